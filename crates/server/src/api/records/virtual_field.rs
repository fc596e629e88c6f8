//! What a virtual field has to be: an expression that can be read, of a dataset that is there, under a name that is free.
//! What its expression means is found when a query names it.

use crate::api::error::Error;
use crate::api::{Api, fields};
use crate::query::{self, DATASET_DEFAULT};
use apl::VirtualField;
use control::Caller;
use model::ErrorKind;
use serde_json::{Map, Value};

const BYTES_MAX: usize = VirtualField::EXPRESSION_BYTES_MAX;
const FIELDS_MAX: usize = VirtualField::PER_DATASET_MAX;

/// `before` is what it was so far: what stays as it was is not looked at again, though the dataset may have changed.
pub(super) async fn check(
    api: &Api,
    caller: &Caller,
    body: &Map<String, Value>,
    before: Option<&Value>,
) -> Result<(), Error> {
    let text = |name: &str| {
        let text = body.get(name).and_then(Value::as_str);
        text.ok_or_else(|| Error::invalid(format!("{name:?} is no text")))
    };
    let (dataset, name, expression) = (text("dataset")?, text("name")?, text("expression")?);
    let is_as_before = |key: &str| before.is_some_and(|before| before.get(key) == body.get(key));
    if !is_as_before("expression") {
        check_expression(expression)?;
    }
    if !is_as_before("dataset") {
        check_dataset(api, caller, dataset).await?;
    }
    if !(is_as_before("dataset") && is_as_before("name")) {
        check_name(api, dataset, name)?;
    }
    Ok(())
}

fn check_expression(expression: &str) -> Result<(), Error> {
    if expression.len() > BYTES_MAX {
        return Err(Error::invalid(format!(
            "\"expression\" is too long: expected at most {BYTES_MAX} bytes"
        )));
    }
    match apl::unreadable_expression(expression) {
        mistakes if mistakes.is_empty() => Ok(()),
        mistakes => Err(query::Error::Mistakes(mistakes).into()),
    }
}

/// There is one, and it has room.
async fn check_dataset(api: &Api, caller: &Caller, dataset: &str) -> Result<(), Error> {
    let is_there =
        dataset == DATASET_DEFAULT || api.sight(caller.clone()).one(dataset).await?.is_some();
    if !is_there {
        let message = format!(
            "there is no dataset {dataset}: make it first, by POST /v2/datasets or by what is sent to it"
        );
        return Err(Error::of(ErrorKind::NotFound, message));
    }
    if api.control.virtual_fields(dataset).len() >= FIELDS_MAX {
        return Err(Error::invalid(format!(
            "dataset {dataset} has {FIELDS_MAX} virtual fields, as many as it may have: delete one first"
        )));
    }
    Ok(())
}

/// Of two of one name the second would never be read.
fn check_name(api: &Api, dataset: &str, name: &str) -> Result<(), Error> {
    let kept = api.control.virtual_fields(dataset);
    let message = if kept.iter().any(|field| field.name == name) {
        format!(
            "dataset {dataset} has a virtual field {name} already: change that one by PUT /v2/vfields/ID, or take \
             another name"
        )
    } else if fields::has(api, dataset, name) {
        format!(
            "dataset {dataset} has a field {name} of its own, which would hide it: take another name"
        )
    } else {
        return Ok(());
    };
    Err(Error::of(ErrorKind::Conflict, message))
}
