//! Tokens: made, listed, revoked, and presented with a request.

use crate::grant::Grant;
use crate::token::Hash;
use crate::{Caller, Capabilities, Control, Error, Refused, Secret};
use sqlx::FromRow;
use std::sync::Arc;
use uuid::Uuid;

const NAME_BYTES_MAX: usize = 200;
const BEARER: &str = "bearer ";

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub name: String,
    pub description: String,
    pub capabilities: Capabilities,
    /// Nanoseconds since 1970-01-01 UTC.
    pub expires_nanos: Option<i64>,
}

/// A token without its text.
#[derive(Clone, Debug)]
pub struct Token {
    pub id: String,
    pub name: String,
    pub description: String,
    pub capabilities: Capabilities,
    /// Nanoseconds since 1970-01-01 UTC.
    pub created_nanos: i64,
    pub expires_nanos: Option<i64>,
}

impl Token {
    /// Whether its time is over: it opens no door any more.
    pub fn is_expired(&self, now_nanos: i64) -> bool {
        self.expires_nanos.is_some_and(|end| end <= now_nanos)
    }
}

/// A token as it is kept.
#[derive(Debug, FromRow)]
pub(crate) struct Row {
    id: String,
    name: String,
    description: String,
    hash: Vec<u8>,
    capabilities: String,
    created_nanos: i64,
    expires_nanos: Option<i64>,
}

/// A token that is not revoked, in memory.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) token: Token,
    hash: Hash,
    grant: Arc<Grant>,
}

pub(crate) const SELECT: &str = "SELECT id, name, description, hash, capabilities, created_nanos, expires_nanos \
    FROM throughline_token WHERE revoked_nanos IS NULL ORDER BY created_nanos, id";

impl From<Row> for Known {
    fn from(row: Row) -> Self {
        // Capabilities that cannot be read allow nothing.
        let capabilities: Capabilities =
            serde_json::from_str(&row.capabilities).unwrap_or_default();
        // An earlier version kept those without actions, too.
        let capabilities = capabilities.trimmed();
        Self {
            hash: Hash::stored(row.hash),
            grant: Arc::new(Grant {
                id: row.id.clone(),
                name: row.name.clone(),
                capabilities: capabilities.clone(),
                expires_nanos: row.expires_nanos,
            }),
            token: Token {
                id: row.id,
                name: row.name,
                description: row.description,
                capabilities,
                created_nanos: row.created_nanos,
                expires_nanos: row.expires_nanos,
            },
        }
    }
}

impl Control {
    /// Whether anybody may do everything: no token was ever made.
    pub fn is_open(&self) -> bool {
        self.state().tokens_ever == 0
    }

    /// Who asks, by the `Authorization` header of a request.
    ///
    /// # Errors
    /// On a server with tokens: when there is none in the header, or one that is not valid, or when the database does not
    /// answer for a minute and it may have been revoked.
    pub fn admit(&self, authorization: Option<&str>) -> Result<Caller, Refused> {
        let caller = self.admit_to_send(authorization)?;
        match caller.id() {
            Some(_) if self.is_unsure() => Err(Refused::Unsure),
            _ => Ok(caller),
        }
    }

    /// Who sends spans or events and asks for nothing else. That a known token may send outlasts a database that does not
    /// answer: what is lost otherwise cannot be had again, and what one sends that was revoked meanwhile can be deleted.
    ///
    /// # Errors
    /// As [`Control::admit`], but for the database.
    pub fn admit_to_send(&self, authorization: Option<&str>) -> Result<Caller, Refused> {
        let state = self.state();
        if state.tokens_ever == 0 {
            return Ok(Caller::OPEN);
        }
        let text = authorization.map(str::trim).ok_or(Refused::Missing)?;
        let (scheme, text) = text
            .split_at_checked(BEARER.len())
            .ok_or(Refused::Missing)?;
        if !scheme.eq_ignore_ascii_case(BEARER) {
            return Err(Refused::Missing);
        }
        let (presented, now_nanos) = (Hash::of(text.trim()), self.clock.now_nanos());
        let mut found = None;
        // All of them, so that the time says nothing of where one is.
        for known in &state.tokens {
            if known.hash.is(&presented) {
                found = Some(known);
            }
        }
        match found {
            Some(known) if !known.token.is_expired(now_nanos) => {
                Ok(Caller::of(Arc::clone(&known.grant)))
            }
            _ => Err(Refused::Unknown),
        }
    }

    /// All tokens that are not revoked, oldest first.
    pub fn tokens(&self) -> Vec<Token> {
        let state = self.state();
        state
            .tokens
            .iter()
            .map(|known| known.token.clone())
            .collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn token(&self, id: &str) -> Result<Token, Error> {
        let found = self.tokens().into_iter().find(|token| token.id == id);
        found.ok_or_else(|| missing(id))
    }

    /// Makes a token. Its text is not kept and cannot be had again.
    ///
    /// # Errors
    /// `Invalid` for its name, `Unavailable` when the database does not answer.
    pub async fn create_token(&self, new: NewToken) -> Result<(Token, Secret), Error> {
        if new.name.trim().is_empty() || new.name.len() > NAME_BYTES_MAX {
            let message = format!("a token's name has 1 to {NAME_BYTES_MAX} bytes");
            return Err(Error::Invalid(message));
        }
        let (secret, id) = (Secret::random(), Uuid::new_v4().to_string());
        let created_nanos = self.clock.now_nanos();
        let mut change = self.change().await?;
        change
            .execute(
                "INSERT INTO throughline_token (id, name, description, hash, capabilities, created_nanos, expires_nanos)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                &[
                    (&id).into(),
                    (&new.name).into(),
                    (&new.description).into(),
                    secret.hash().bytes().into(),
                    (&json(&new.capabilities.trimmed())).into(),
                    created_nanos.into(),
                    new.expires_nanos.into(),
                ],
            )
            .await?;
        change.commit().await?;
        Ok((self.token(&id)?, secret))
    }

    /// Gives a token another text; the old one is worth nothing from now on.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn regenerate_token(
        &self,
        id: &str,
        expires_nanos: Option<i64>,
    ) -> Result<(Token, Secret), Error> {
        let secret = Secret::random();
        let mut change = self.change().await?;
        let done = change
            .execute(
                "UPDATE throughline_token SET hash = $1, expires_nanos = coalesce($2, expires_nanos)
                 WHERE id = $3 AND revoked_nanos IS NULL",
                &[
                    secret.hash().bytes().into(),
                    expires_nanos.into(),
                    id.into(),
                ],
            )
            .await?;
        if done == 0 {
            return Err(missing(id));
        }
        change.commit().await?;
        Ok((self.token(id)?, secret))
    }

    /// Makes a token worthless, for good.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn revoke_token(&self, id: &str) -> Result<(), Error> {
        let mut change = self.change().await?;
        let done = change
            .execute(
                "UPDATE throughline_token SET revoked_nanos = $1 WHERE id = $2 AND revoked_nanos IS NULL",
                &[self.clock.now_nanos().into(), id.into()],
            )
            .await?;
        match done {
            0 => Err(missing(id)),
            _ => change.commit().await,
        }
    }
}

fn missing(id: &str) -> Error {
    Error::Missing {
        what: "token",
        name: id.to_owned(),
    }
}

/// Texts and lists of texts: nothing in them that JSON could not say.
fn json(capabilities: &Capabilities) -> String {
    serde_json::to_string(capabilities).unwrap_or_default()
}
