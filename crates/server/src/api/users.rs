//! `/v1/user`, `/v2/user`, `/v2/users`: who asks. There are tokens and no people yet: the one user is the token, or
//! whoever reaches an open server.

use super::error::{Body, Error};
use axum::extract::Path;
use axum::{Extension, Json};
use control::Caller;
use model::ErrorKind;
use serde::Serialize;
use utoipa::ToSchema;

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct User {
    /// Of the token; `local` on an open server.
    id: String,
    name: String,
    email: String,
    /// Of the first version of the API.
    emails: Vec<String>,
    role: Role,
}

#[derive(Debug, Serialize, ToSchema)]
struct Role {
    id: &'static str,
    name: &'static str,
}

fn user(caller: &Caller) -> User {
    let role = match caller.may("apiTokens", "create") {
        true => ("owner", "Owner"),
        false => ("custom", "Custom"),
    };
    User {
        id: caller.id().unwrap_or("local").to_owned(),
        name: caller.name().unwrap_or("local").to_owned(),
        email: String::new(),
        emails: Vec::new(),
        role: Role {
            id: role.0,
            name: role.1,
        },
    }
}

/// Who asks: the token, or whoever reaches an open server.
#[utoipa::path(
    get,
    path = "/v2/user",
    operation_id = "currentUser",
    tag = "users",
    responses((status = 200, description = "The one who asks.", body = User)),
)]
pub(super) async fn current(Extension(caller): Extension<Caller>) -> Json<User> {
    Json(user(&caller))
}

/// All users: the one who asks.
#[utoipa::path(
    get,
    path = "/v2/users",
    operation_id = "listUsers",
    tag = "users",
    responses((status = 200, description = "One.", body = Vec<User>)),
)]
pub(super) async fn list(Extension(caller): Extension<Caller>) -> Json<Vec<User>> {
    Json(vec![user(&caller)])
}

/// One user.
#[utoipa::path(
    get,
    path = "/v2/users/{id}",
    operation_id = "getUser",
    tag = "users",
    params(("id" = String, Path, description = "As in the list.")),
    responses(
        (status = 200, description = "The user.", body = User),
        (status = 404, description = "There is no such user.", body = Body),
    ),
)]
pub(super) async fn show(
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<User>, Error> {
    let user = user(&caller);
    if user.id == id {
        return Ok(Json(user));
    }
    Err(Error::of(
        ErrorKind::NotFound,
        format!("there is no user {id}"),
    ))
}
