//! `/v1/user`, `/v2/user`, `/v2/users`: who asks. There are tokens and no people yet: the one user is the token, or
//! whoever reaches an open server.

use super::error::Error;
use axum::extract::Path;
use axum::{Extension, Json};
use control::Caller;
use model::ErrorKind;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct User {
    id: String,
    name: String,
    email: String,
    /// Of the first version of the API.
    emails: Vec<String>,
    role: Role,
}

#[derive(Debug, Serialize)]
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

pub(super) async fn current(Extension(caller): Extension<Caller>) -> Json<User> {
    Json(user(&caller))
}

pub(super) async fn list(Extension(caller): Extension<Caller>) -> Json<Vec<User>> {
    Json(vec![user(&caller)])
}

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
