//! `/v2/tokens`: tokens, in Axiom's words. The text of one is in the answer that made it, and nowhere else.

use super::Api;
use super::error::{Body, Error};
use super::json::Sent;
use apl::datetime;
use axum::extract::{Path, State};
use axum::{Extension, Json};
use control::{Caller, Capabilities, NewToken, Secret, Token};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, SchemaType, Type,
};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

const RESOURCE: &str = "apiTokens";

/// A token to be made, or to get another text.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewToken)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wanted {
    #[serde(default)]
    name: String,
    description: Option<String>,
    /// RFC 3339; null when it lasts until it is revoked.
    expires_at: Option<String>,
    #[serde(flatten)]
    #[schema(value_type = Actions)]
    capabilities: Capabilities,
}

/// What regenerating takes.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TokenRenewal)]
#[serde(rename_all = "camelCase")]
pub(super) struct Renewal {
    /// RFC 3339; null leaves it as it was.
    new_token_expires_at: Option<String>,
}

/// A token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shown {
    id: String,
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    /// That time is over: it opens nothing any more.
    expired: bool,
    saml_authenticated: bool,
    #[serde(flatten)]
    #[schema(value_type = Actions)]
    capabilities: Capabilities,
    /// Its text, in the answer that made it and nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// What `control` calls capabilities, described.
struct Actions;

impl ToSchema for Actions {
    fn name() -> std::borrow::Cow<'static, str> {
        "Capabilities".into()
    }
}

impl PartialSchema for Actions {
    fn schema() -> RefOr<Schema> {
        let words = || {
            ArrayBuilder::new()
                .schema_type(SchemaType::from_iter([Type::Array, Type::Null]))
                .items(ObjectBuilder::new().schema_type(Type::String))
        };
        let actions = || {
            ObjectBuilder::new()
                .description(Some("Resources, and of each create, read, update, delete."))
                .additional_properties(Some(AdditionalProperties::from(words())))
        };
        let by_dataset = ObjectBuilder::new()
            .description(Some("By dataset; `*` is every one."))
            .additional_properties(Some(AdditionalProperties::from(actions())));
        ObjectBuilder::new()
            .description(Some("What a token may, in Axiom's words."))
            .property("datasetCapabilities", by_dataset)
            .property("orgCapabilities", actions())
            .into()
    }
}

impl Shown {
    fn of(token: Token, secret: Option<&Secret>, now_nanos: i64) -> Self {
        Self {
            expired: token.is_expired(now_nanos),
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

/// All tokens, without their texts.
#[utoipa::path(
    get,
    path = "/v2/tokens",
    operation_id = "listTokens",
    tag = "tokens",
    responses((status = 200, description = "All of them.", body = Vec<Shown>)),
)]
pub(super) async fn list(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Vec<Shown>>, Error> {
    check(&caller, "read")?;
    let now_nanos = api.clock.now_nanos();
    let tokens = api.control.tokens().into_iter();
    let shown = tokens.map(|token| Shown::of(token, None, now_nanos));
    Ok(Json(shown.collect()))
}

/// Makes a token that may no more than the one that asks, and shows its text, once.
#[utoipa::path(
    post,
    path = "/v2/tokens",
    operation_id = "createToken",
    tag = "tokens",
    request_body(content = Wanted, example = json!({
        "name": "shop",
        "expiresAt": "2027-01-31T00:00:00Z",
        "datasetCapabilities": { "traces": { "ingest": ["create"], "query": ["read"] } }
    })),
    responses(
        (status = 200, description = "It is made.", body = Shown),
        (status = 400, description = "There is no such capability, or no such time, or it is over.", body = Body),
    ),
)]
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
    let now_nanos = api.clock.now_nanos();
    let sent = moment(wanted.expires_at.as_deref())?;
    to_come(sent, "expiresAt", now_nanos)?;
    let expires_nanos = caller.end_of_given(sent);
    let new = NewToken {
        name: wanted.name,
        description: wanted.description.unwrap_or_default(),
        capabilities: wanted.capabilities,
        expires_nanos,
    };
    let (token, secret) = api.control.create_token(new).await?;
    Ok(Json(Shown::of(token, Some(&secret), now_nanos)))
}

/// One token, without its text.
#[utoipa::path(
    get,
    path = "/v2/tokens/{id}",
    operation_id = "getToken",
    tag = "tokens",
    params(("id" = String, Path, description = "Of the token.")),
    responses(
        (status = 200, description = "The token.", body = Shown),
        (status = 404, description = "There is no such token.", body = Body),
    ),
)]
pub(super) async fn show(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<Shown>, Error> {
    check(&caller, "read")?;
    let token = api.control.token(&id)?;
    Ok(Json(Shown::of(token, None, api.clock.now_nanos())))
}

/// Gives a token another text; the one that it had is worthless from then on.
#[utoipa::path(
    post,
    path = "/v2/tokens/{id}/regenerate",
    operation_id = "regenerateToken",
    tag = "tokens",
    params(("id" = String, Path, description = "Of the token.")),
    request_body(content = Renewal, example = json!({ "newTokenExpiresAt": "2027-01-31T00:00:00Z" })),
    responses(
        (status = 200, description = "The token, with its new text.", body = Shown),
        (status = 400, description = "There is no such time, or it is over.", body = Body),
        (status = 404, description = "There is no such token.", body = Body),
    ),
)]
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
    let now_nanos = api.clock.now_nanos();
    let sent = moment(renewal.new_token_expires_at.as_deref())?.or(token.expires_nanos);
    to_come(sent, "newTokenExpiresAt", now_nanos)?;
    let expires_nanos = caller.end_of_given(sent);
    let (token, secret) = api.control.regenerate_token(&id, expires_nanos).await?;
    Ok(Json(Shown::of(token, Some(&secret), now_nanos)))
}

/// Makes a token worthless, for good.
#[utoipa::path(
    delete,
    path = "/v2/tokens/{id}",
    operation_id = "revokeToken",
    tag = "tokens",
    params(("id" = String, Path, description = "Of the token.")),
    responses(
        (status = 204, description = "It is revoked."),
        (status = 404, description = "There is no such token.", body = Body),
    ),
)]
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

/// A token whose time is over would be worth nothing.
fn to_come(end: Option<i64>, member: &str, now_nanos: i64) -> Result<(), Error> {
    match end.filter(|end| *end <= now_nanos) {
        None => Ok(()),
        Some(end) => Err(Error::invalid(format!(
            "{} is over: give a later {member}",
            datetime::format(end)
        ))),
    }
}
