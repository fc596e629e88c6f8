//! All control data from one database into another that has none.

use crate::database::Transaction;
use crate::{Error, datasets};
use sqlx::FromRow;

/// A token as it is kept, revoked or not.
#[derive(Debug, FromRow)]
struct Token {
    id: String,
    name: String,
    description: String,
    hash: Vec<u8>,
    capabilities: String,
    created_nanos: i64,
    expires_nanos: Option<i64>,
    revoked_nanos: Option<i64>,
}

pub(crate) async fn copy(from: &mut Transaction, to: &mut Transaction) -> Result<(), Error> {
    tokens(from, to).await?;
    let all: Vec<datasets::Row> = from.all(datasets::SELECT, &[]).await?;
    for row in &all {
        datasets::insert(to, row).await?;
    }
    let fields = "SELECT dataset, name, type FROM throughline_field";
    let fields: Vec<(String, String, String)> = from.all(fields, &[]).await?;
    for (dataset, name, kind) in &fields {
        datasets::insert_field(to, dataset, name, kind).await?;
    }
    let records = "SELECT kind, id, created_nanos, updated_nanos, body FROM throughline_record";
    let records: Vec<(String, String, i64, i64, String)> = from.all(records, &[]).await?;
    for (kind, id, created_nanos, updated_nanos, body) in &records {
        to.execute(
            "INSERT INTO throughline_record (kind, id, created_nanos, updated_nanos, body) VALUES ($1, $2, $3, $4, $5)",
            &[
                kind.into(),
                id.into(),
                (*created_nanos).into(),
                (*updated_nanos).into(),
                body.into(),
            ],
        )
        .await?;
    }
    Ok(())
}

async fn tokens(from: &mut Transaction, to: &mut Transaction) -> Result<(), Error> {
    let tokens = "SELECT id, name, description, hash, capabilities, created_nanos, expires_nanos, revoked_nanos \
                  FROM throughline_token";
    let tokens: Vec<Token> = from.all(tokens, &[]).await?;
    for token in &tokens {
        to.execute(
            "INSERT INTO throughline_token (id, name, description, hash, capabilities, created_nanos, expires_nanos,
                 revoked_nanos) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                (&token.id).into(),
                (&token.name).into(),
                (&token.description).into(),
                token.hash.as_slice().into(),
                (&token.capabilities).into(),
                token.created_nanos.into(),
                token.expires_nanos.into(),
                token.revoked_nanos.into(),
            ],
        )
        .await?;
    }
    Ok(())
}
