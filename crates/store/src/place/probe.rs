//! Whether an object store keeps to what we need: what was written is read back, and what is there is not
//! written over by a write that creates.
//!
//! A store that lets the second of two writes win would let two servers take each other's files away. Whether a list
//! shows what was just written is not asked: nothing relies on it.

use crate::Error;
use crate::config::Objects;
use bytes::Bytes;
use object_store::{Attributes, Error as StoreError};
use std::time::Duration;
use uuid::Uuid;

/// For all of it: a start is not to hang.
const PROBE_MAX: Duration = Duration::from_secs(15);

pub(super) async fn probe(objects: &Objects) -> Result<(), Error> {
    match tokio::time::timeout(PROBE_MAX, run(objects)).await {
        Ok(probed) => probed,
        Err(_) => Err(problem(
            objects,
            "it does not answer; check AWS_ENDPOINT_URL, AWS_REGION, the credentials and the network",
        )),
    }
}

async fn run(objects: &Objects) -> Result<(), Error> {
    let path = format!("throughline-probe-{}", Uuid::new_v4().simple());
    let (first, second) = (Bytes::from_static(b"first"), Bytes::from_static(b"second"));
    let none = Attributes::new();
    objects
        .create(&path, &first, &none)
        .await
        .map_err(|error| refusal(objects, error))?;
    let again = objects.create(&path, &second, &none).await;
    let found = objects.patiently(|| objects.bytes(&path)).await;
    // Whatever came of it, nothing is left behind.
    let removed = objects.remove(std::slice::from_ref(&path)).await;
    match (again, found) {
        (Err(Error::ObjectTaken { .. }), Ok(found)) if found == first => {}
        (Ok(()) | Err(Error::ObjectTaken { .. }), Ok(_)) => {
            return Err(problem(
                objects,
                "it writes over what is there although it is told not to (PUT with `If-None-Match: *`), and two \
                 servers could take each other's files away; use a store that holds conditional writes, or a \
                 directory",
            ));
        }
        (Err(error), _) => return Err(refusal(objects, error)),
        (_, Err(source)) => return Err(refusal(objects, objects_error(objects, source))),
    }
    removed.map_err(|error| refusal(objects, error))
}

fn objects_error(objects: &Objects, source: StoreError) -> Error {
    Error::Object {
        verb: "read",
        object: objects.url().to_owned(),
        source,
    }
}

/// What a person can do about it.
fn refusal(objects: &Objects, error: Error) -> Error {
    let Error::Object { verb, source, .. } = error else {
        return error;
    };
    let text = whole(&source);
    let remedy = match &source {
        StoreError::NotFound { .. } => "create the bucket, or name another",
        StoreError::PermissionDenied { .. } | StoreError::Unauthenticated { .. } => {
            "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that they may read, write and delete there"
        }
        StoreError::NotImplemented { .. } => {
            "use a store that holds conditional writes (PUT with `If-None-Match: *`)"
        }
        _ if text.contains("NoSuchBucket") => "create the bucket, or name another",
        _ if text.contains("169.254.169.254") => {
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: without them the machine's own role is asked for"
        }
        _ => "check AWS_ENDPOINT_URL, AWS_REGION, the credentials and the network",
    };
    problem(
        objects,
        &format!("could not {verb} in it: {text}; {remedy}"),
    )
}

fn problem(objects: &Objects, problem: &str) -> Error {
    Error::Place {
        what: "object store",
        place: objects.url().to_owned(),
        problem: problem.to_owned(),
    }
}

/// An error with its causes, each said once.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        next = cause.source();
    }
    text
}
