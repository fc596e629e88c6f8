//! Values against the part of JSON Schema that the document uses. A member that is not described fails as well, unless
//! the schema lets any in; a word that is not known here fails the test, so that nothing goes unchecked.

use serde_json::{Map, Value};

/// Words that say nothing of a value.
const SILENT: [&str; 6] = [
    "description",
    "example",
    "examples",
    "format",
    "title",
    "default",
];

/// Fails when `value` is not as `schema` says; `place` is for the message.
pub(super) fn check(document: &Value, schema: &Value, value: &Value, place: &str) {
    assert!(!schema.is_null(), "{place}: no schema");
    if let Err(fault) = fits(document, schema, value) {
        panic!("{place}: {fault}\nin {value}");
    }
}

/// What a `$ref` leads to; anything else is itself.
pub(super) fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let Some(reference) = value.get("$ref") else {
        return value;
    };
    let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
    let found = document.pointer(pointer);
    resolved(
        document,
        found.unwrap_or_else(|| panic!("{pointer} is not in the document")),
    )
}

/// Why a value is not as a schema says.
pub(super) fn fits(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    matches(document, schema, value)?;
    let Some(members) = value.as_object() else {
        return Ok(());
    };
    let mut known = Known::default();
    known.of(document, schema, value);
    let unknown = members
        .keys()
        .find(|name| !known.is_open && !known.names.contains(name));
    unknown.map_or(Ok(()), |name| Err(format!("{name:?} is not described")))
}

/// The members that a schema describes, alone or together with others.
#[derive(Default)]
struct Known {
    names: Vec<String>,
    is_open: bool,
}

impl Known {
    fn of(&mut self, document: &Value, schema: &Value, value: &Value) {
        let schema = resolved(document, schema);
        let properties = schema["properties"].as_object();
        let parts = |word: &str| schema[word].as_array().cloned().unwrap_or_default();
        let one_of: Vec<Value> = parts("oneOf")
            .into_iter()
            .filter(|part| fits(document, part, value).is_ok())
            .collect();
        let has_parts = schema.get("allOf").is_some() || schema.get("oneOf").is_some();
        self.is_open |=
            schema.get("additionalProperties").is_some() || (properties.is_none() && !has_parts);
        self.names
            .extend(properties.into_iter().flat_map(Map::keys).cloned());
        for part in parts("allOf").iter().chain(&one_of) {
            self.of(document, part, value);
        }
    }
}

fn matches(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let schema = resolved(document, schema).as_object().unwrap();
    for (word, said) in schema {
        match word.as_str() {
            "type" => kind(said, value)?,
            "required" => required(said, value)?,
            "minimum" => {
                let least = said.as_f64().unwrap();
                if value.as_f64().is_some_and(|number| number < least) {
                    return Err(format!("{value} is less than {least}"));
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    fits(document, said, item).map_err(|fault| format!("[{index}]: {fault}"))?;
                }
            }
            "properties" => {
                for (name, schema) in said.as_object().unwrap() {
                    if let Some(member) = value.get(name) {
                        fits(document, schema, member)
                            .map_err(|fault| format!("{name}: {fault}"))?;
                    }
                }
            }
            "additionalProperties" if said.is_boolean() => {}
            "additionalProperties" => {
                let described = schema.get("properties");
                for (name, member) in value.as_object().into_iter().flatten() {
                    if described.is_none_or(|described| described.get(name).is_none()) {
                        fits(document, said, member).map_err(|fault| format!("{name}: {fault}"))?;
                    }
                }
            }
            "propertyNames" => {}
            "allOf" => {
                for part in said.as_array().unwrap() {
                    matches(document, part, value)?;
                }
            }
            "oneOf" => one_of(document, said.as_array().unwrap(), value)?,
            silent if SILENT.contains(&silent) => {}
            word => panic!("the word {word} of JSON Schema is not known to this test"),
        }
    }
    Ok(())
}

fn one_of(document: &Value, parts: &[Value], value: &Value) -> Result<(), String> {
    let faults: Vec<String> = parts
        .iter()
        .filter_map(|part| fits(document, part, value).err())
        .collect();
    match parts.len() - faults.len() {
        1 => Ok(()),
        fit => Err(format!("{fit} of {} fit: {faults:?}", parts.len())),
    }
}

fn kind(said: &Value, value: &Value) -> Result<(), String> {
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        kind => panic!("there is no type {kind}"),
    };
    let fits = match said {
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    };
    if fits {
        Ok(())
    } else {
        Err(format!("{value} is not of type {said}"))
    }
}

fn required(said: &Value, value: &Value) -> Result<(), String> {
    let Some(members) = value.as_object() else {
        return Ok(());
    };
    let names = said
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap());
    let mut missing = names.filter(|name| !members.contains_key(*name));
    missing
        .next()
        .map_or(Ok(()), |name| Err(format!("{name:?} is missing")))
}
