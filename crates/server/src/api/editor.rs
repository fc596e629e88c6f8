//! `POST /api/v1/apl/complete` and `POST /api/v1/apl/diagnose`: what an editor asks of a text, at each key stroke. Nothing is
//! run. Only datasets that the caller may query are named, or known.

use super::error::{Body, Error, Mistake};
use super::json::Sent;
use super::queries::variables;
use super::{Api, check_queries};
use crate::query::{DATASET_DEFAULT, Outlined};
use apl::Context;
use axum::extract::State;
use axum::{Extension, Json};
use control::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A place in a text that may be unfinished.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = EditorPlace)]
pub(super) struct Place {
    apl: String,
    /// In bytes of the text. Inside a character it is taken for its start, behind the end for the end.
    offset: usize,
    /// What a text that begins with a pipe is about.
    dataset: Option<String>,
}

/// What could be written at a place.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Completions {
    /// The text that a choice takes the place of, in bytes.
    start: usize,
    end: usize,
    /// The likeliest first, at most 50.
    items: Vec<Completion>,
    /// How many there are in all.
    found: usize,
}

/// What could be written.
#[derive(Debug, Serialize, ToSchema)]
struct Completion {
    label: String,
    /// `dataset`, `table`, `field`, `value`, `function`, `aggregation`, `operator`, `keyword` or `type`.
    kind: &'static str,
    insert: String,
    /// Where in `insert`, in bytes, one goes on writing.
    caret: usize,
    /// The type of a field, how a call is written; may be empty.
    detail: String,
    /// One sentence; may be empty.
    doc: String,
}

/// A text to be looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = EditorText)]
pub(super) struct Text {
    apl: String,
    /// What a text that begins with a pipe is about.
    dataset: Option<String>,
    /// As of a query: values of what the text declares as its parameters.
    #[schema(value_type = Option<Object>)]
    variables: Option<serde_json::Map<String, serde_json::Value>>,
}

/// What is wrong with a text.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Diagnosis {
    /// It does not run for these; in the order of the text.
    mistakes: Vec<Mistake>,
    /// What is no mistake, but may not be meant.
    warnings: Vec<Mistake>,
}

/// What could be written at a place of a query.
#[utoipa::path(
    post,
    path = "/api/v1/apl/complete",
    operation_id = "complete",
    tag = "queries",
    request_body(content = Place, example = json!({ "apl": "traces | where dur", "offset": 18 })),
    responses(
        (status = 200, description = "The likeliest first.", body = Completions),
        (status = 400, description = "It is not known what is asked.", body = Body),
    ),
)]
pub(super) async fn complete(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Sent(place): Sent<Place>,
) -> Result<Json<Completions>, Error> {
    let context = context(&api, place.dataset);
    let (apl, offset) = (place.apl, place.offset);
    look(&api, caller, move |outlined| {
        let completions = apl::complete(&apl, offset, &context, outlined);
        let items = completions.items.into_iter().map(|item| Completion {
            label: item.label,
            kind: item.kind.name(),
            insert: item.insert,
            caret: item.caret,
            detail: item.detail,
            doc: item.doc,
        });
        // A dataset that may not be queried has no fields to offer; the rest is offered all the same.
        Ok(Completions {
            start: completions.range.start,
            end: completions.range.end,
            items: items.collect(),
            found: completions.found,
        })
    })
    .await
}

/// What is wrong with a query; it is not run.
#[utoipa::path(
    post,
    path = "/api/v1/apl/diagnose",
    operation_id = "diagnose",
    tag = "queries",
    request_body(content = Text, example = json!({ "apl": "traces | where duratoin > 1s" })),
    responses(
        (status = 200, description = "All mistakes, with their places.", body = Diagnosis),
        (status = 400, description = "It is not known what is asked.", body = Body),
    ),
)]
pub(super) async fn diagnose(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Sent(text): Sent<Text>,
) -> Result<Json<Diagnosis>, Error> {
    let context = Context {
        variables: variables(text.variables),
        ..context(&api, text.dataset)
    };
    look(&api, caller, move |outlined| {
        let diagnosis = apl::diagnose(&text.apl, &context, outlined);
        if let Some(failure) = outlined.failure() {
            return Err(failure.into());
        }
        Ok(Diagnosis {
            mistakes: diagnosis.mistakes.into_iter().map(Mistake::from).collect(),
            warnings: diagnosis.warnings.into_iter().map(Mistake::from).collect(),
        })
    })
    .await
}

fn context(api: &Api, dataset: Option<String>) -> Context {
    Context {
        dataset: Some(dataset.unwrap_or_else(|| DATASET_DEFAULT.to_owned())),
        now_nanos: api.clock.now_nanos(),
        ..Context::default()
    }
}

/// Looks at a text, for a caller who may query any dataset.
async fn look<T: Send + 'static>(
    api: &Api,
    caller: Caller,
    look: impl FnOnce(&Outlined) -> Result<T, Error> + Send + 'static,
) -> Result<Json<T>, Error> {
    check_queries(&caller)?;
    let now_nanos = api.clock.now_nanos();
    let sight = api.sight(caller);
    let outlined = Outlined::new(sight, std::sync::Arc::clone(&api.outlines), now_nanos);
    let looked = api.engine.look(move || look(&outlined));
    looked.await?.map(Json)
}
