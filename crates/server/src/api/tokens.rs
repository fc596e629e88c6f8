//! `/v2/tokens`: tokens, in Axiom's words. The text of one is in the answer that made it, and nowhere else.

use super::Api;
use super::error::Error;
use super::json::Sent;
use apl::datetime;
use axum::extract::{Path, State};
use axum::{Extension, Json};
use control::{Caller, Capabilities, NewToken, Secret, Token};
use http::StatusCode;
use serde::{Deserialize, Serialize};

const RESOURCE: &str = "apiTokens";

/// A token to be made, or to get another text.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wanted {
    #[serde(default)]
    name: String,
    description: Option<String>,
    expires_at: Option<String>,
    #[serde(flatten)]
    capabilities: Capabilities,
}

/// What regenerating takes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Renewal {
    new_token_expires_at: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shown {
    id: String,
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    saml_authenticated: bool,
    #[serde(flatten)]
    capabilities: Capabilities,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl Shown {
    fn of(token: Token, secret: Option<&Secret>) -> Self {
        Self {
            id: token.id,
            name: token.name,
            description: token.description,
            expires_at: token.expires_nanos.map(datetime::format),
            saml_authenticated: false,
            capabilities: token.capabilities,
            token: secret.map(|secret| secret.reveal().to_owned()),
        }
    }
}

pub(super) async fn list(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Vec<Shown>>, Error> {
    check(&caller, "read")?;
    let tokens = api.control.tokens().into_iter();
    Ok(Json(tokens.map(|token| Shown::of(token, None)).collect()))
}

pub(super) async fn create(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Sent(wanted): Sent<Wanted>,
) -> Result<Json<Shown>, Error> {
    check(&caller, "create")?;
    if let Some(word) = wanted.capabilities.unknown() {
        let known = "expected actions on resources as Axiom has them";
        return Err(Error::invalid(format!(
            "there is no capability {word:?}: {known}"
        )));
    }
    if !caller.may_give(&wanted.capabilities) {
        return Err(Error::denied("make a token that may more than itself"));
    }
    let sent = moment(wanted.expires_at.as_deref())?;
    let expires_nanos = caller.end_of_given(sent);
    let new = NewToken {
        name: wanted.name,
        description: wanted.description.unwrap_or_default(),
        capabilities: wanted.capabilities,
        expires_nanos,
    };
    let (token, secret) = api.control.create_token(new).await?;
    Ok(Json(Shown::of(token, Some(&secret))))
}

pub(super) async fn show(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<Shown>, Error> {
    check(&caller, "read")?;
    Ok(Json(Shown::of(api.control.token(&id)?, None)))
}

pub(super) async fn regenerate(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Sent(renewal): Sent<Renewal>,
) -> Result<Json<Shown>, Error> {
    check(&caller, "update")?;
    let token = api.control.token(&id)?;
    if !caller.may_give(&token.capabilities) {
        return Err(Error::denied("renew a token that may more than itself"));
    }
    let sent = moment(renewal.new_token_expires_at.as_deref())?.or(token.expires_nanos);
    let expires_nanos = caller.end_of_given(sent);
    let (token, secret) = api.control.regenerate_token(&id, expires_nanos).await?;
    Ok(Json(Shown::of(token, Some(&secret))))
}

pub(super) async fn revoke(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<StatusCode, Error> {
    check(&caller, "delete")?;
    let is_own = caller.id() == Some(id.as_str());
    if !is_own && !caller.may_give(&api.control.token(&id)?.capabilities) {
        return Err(Error::denied("revoke a token that may more than itself"));
    }
    api.control.revoke_token(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check(caller: &Caller, action: &str) -> Result<(), Error> {
    if caller.may(RESOURCE, action) {
        return Ok(());
    }
    Err(Error::denied("use tokens"))
}

fn moment(text: Option<&str>) -> Result<Option<i64>, Error> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let expected = || {
        Error::invalid(format!(
            "expected a time such as 2027-01-31T00:00:00Z, got {text:?}"
        ))
    };
    datetime::parse(text).map(Some).ok_or_else(expected)
}
