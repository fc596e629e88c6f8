//! What is kept as it was sent, described: one shape for the three, filled in from a table.

use super::{ANNOTATIONS, SAVED_QUERIES, Shape, VIRTUAL_FIELDS};
use control::RecordKind;
use serde_json::{Map, Value, json};

/// A kind of record, as its page has it.
struct Page {
    path: &'static str,
    shape: &'static Shape,
    /// Of the schema.
    name: &'static str,
    plural: &'static str,
    /// Members that are known, with their types; all others are kept as well.
    members: &'static [(&'static str, &'static str)],
    example: fn() -> Value,
}

const PAGES: [Page; 3] = [
    Page {
        path: "/v2/annotations",
        shape: &ANNOTATIONS,
        name: "Annotation",
        plural: "Annotations",
        members: &[
            ("type", "string"),
            ("datasets", "array"),
            ("title", "string"),
            ("description", "string"),
            ("url", "string"),
            ("time", "string"),
            ("endTime", "string"),
        ],
        example: || json!({ "type": "deploy", "datasets": ["traces"], "title": "api 1.42" }),
    },
    Page {
        path: "/v2/vfields",
        shape: &VIRTUAL_FIELDS,
        name: "VirtualField",
        plural: "VirtualFields",
        members: &[
            ("dataset", "string"),
            ("name", "string"),
            ("expression", "string"),
            ("description", "string"),
            ("type", "string"),
            ("unit", "string"),
        ],
        example: || json!({ "dataset": "traces", "name": "is_slow", "expression": "duration > 1s" }),
    },
    Page {
        path: "/v2/apl-starred-queries",
        shape: &SAVED_QUERIES,
        name: "SavedQuery",
        plural: "SavedQueries",
        members: &[
            ("name", "string"),
            ("query", "object"),
            ("dataset", "string"),
            ("kind", "string"),
            ("metadata", "object"),
            ("who", "string"),
        ],
        example: || json!({ "name": "slow", "dataset": "traces", "query": { "apl": "traces | where duration > 1s" } }),
    },
];

/// Adds their paths and their schemas to a document.
pub(in crate::api) fn describe(paths: &mut Map<String, Value>, schemas: &mut Map<String, Value>) {
    for page in &PAGES {
        let name = page.name;
        schemas.insert(format!("New{name}"), taken(page));
        schemas.insert(name.to_owned(), kept(page));
        paths.insert(page.path.to_owned(), all(page));
        paths.insert(format!("{}/{{id}}", page.path), one(page));
    }
}

fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn taken(page: &Page) -> Value {
    let members = page.members.iter().map(|(name, kind)| {
        let described = match *kind {
            "array" => json!({ "type": "array", "items": { "type": "string" } }),
            // A text, or what a client makes of it.
            "object" => json!({}),
            kind => json!({ "type": kind }),
        };
        ((*name).to_owned(), described)
    });
    json!({
        "type": "object",
        "description": "Other members are kept as they are.",
        "required": page.shape.required,
        "properties": members.collect::<Map<String, Value>>(),
        "additionalProperties": true,
    })
}

fn kept(page: &Page) -> Value {
    let time = json!({ "type": "string", "description": "RFC 3339." });
    json!({ "allOf": [
        schema(&format!("New{}", page.name)),
        {
            "type": "object",
            "required": ["id", "created", "updatedAt"],
            "properties": { "id": { "type": "string" }, "created": time, "updatedAt": time },
        },
    ]})
}

fn answer(description: &str, schema: &Value) -> Value {
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}

fn body(name: &str, example: Option<Value>) -> Value {
    let mut content = json!({ "schema": schema(name) });
    if let Some(example) = example {
        content["example"] = example;
    }
    json!({ "required": true, "content": { "application/json": content } })
}

fn all(page: &Page) -> Value {
    let what = page.shape.kind.name();
    let query = |name: &str, description: &str| json!({ "name": name, "in": "query", "description": description, "schema": { "type": "string" } });
    json!({
        "get": {
            "tags": ["kept"],
            "operationId": format!("list{}", page.plural),
            "summary": format!("Every {what} that the token may read."),
            "parameters": [
                query("dataset", "Of this dataset alone."),
                query("datasets", "Of these datasets alone, with commas."),
                query("start", "Those that end before this time are left out."),
                query("end", "Those that begin after this time are left out."),
            ],
            "responses": { "200": answer("All of them.", &json!({ "type": "array", "items": schema(page.name) })) },
        },
        "post": {
            "tags": ["kept"],
            "operationId": format!("create{}", page.name),
            "summary": format!("Keeps a {what}."),
            "requestBody": body(&format!("New{}", page.name), Some((page.example)())),
            "responses": answers(page, "It is kept."),
        },
    })
}

/// What is answered to one that is to be kept, or changed.
fn answers(page: &Page, done: &str) -> Value {
    let refused = |why: &str| answer(why, &schema("Error"));
    let mut answers = json!({
        "200": answer(done, &schema(page.name)),
        "400": refused("What it needs is missing, or cannot be read."),
    });
    if page.shape.kind == RecordKind::VirtualField {
        answers["404"] = refused("There is no such dataset.");
        answers["409"] = refused("The dataset has a field of this name.");
    }
    answers
}

fn one(page: &Page) -> Value {
    let what = page.shape.kind.name();
    let missing = answer(&format!("There is no such {what}."), &schema("Error"));
    let id =
        json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }]);
    let mut changed = answers(page, "It is changed.");
    changed["404"] = missing.clone();
    json!({
        "get": {
            "tags": ["kept"],
            "operationId": format!("get{}", page.name),
            "summary": format!("One {what}."),
            "parameters": id,
            "responses": { "200": answer("It is there.", &schema(page.name)), "404": missing },
        },
        "put": {
            "tags": ["kept"],
            "operationId": format!("update{}", page.name),
            "summary": format!("Changes a {what}; what is not sent stays."),
            "parameters": id,
            "requestBody": { "required": true, "content": { "application/json": { "schema": { "type": "object" } } } },
            "responses": changed,
        },
        "delete": {
            "tags": ["kept"],
            "operationId": format!("delete{}", page.name),
            "summary": format!("Deletes a {what}."),
            "parameters": id,
            "responses": { "204": { "description": "It is gone." }, "404": missing },
        },
    })
}
