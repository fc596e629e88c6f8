//! Control data in a directory of its own, and in PostgreSQL.

#![allow(clippy::unwrap_used, reason = "tests")]

mod moves;
mod place;
#[expect(dead_code, reason = "of the store's tests")]
#[path = "../../../store/tests/it/postgres.rs"]
mod postgres;

use model::{Clock, ErrorKind};
use place::Place;
use postgres::Postgres;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;
use throughline_control::{
    Caller, Capabilities, Control, FieldType, Kind, NewToken, RecordKind, Refused,
};

/// Each in a directory of its own, and in a schema of its own of one PostgreSQL.
macro_rules! in_both {
    ($($name:ident,)*) => {
        mod in_a_directory {
            $(
                #[tokio::test]
                async fn $name() {
                    super::$name(&super::Place::directory()).await;
                }
            )*
        }

        #[tokio::test]
        async fn in_postgres() {
            let postgres = Postgres::start().await;
            $(
                $name(&Place::schema(&postgres, stringify!($name)).await).await;
            )*
        }
    };
}

in_both! {
    a_token_is_asked_for_as_soon_as_there_is_one_and_for_ever,
    a_token_reaches_as_far_as_its_datasets_and_its_time,
    fields_have_the_type_that_holds_all_their_values,
    events_are_noted_only_for_the_dataset_they_were_read_for,
    a_dataset_that_took_events_meanwhile_takes_no_spans,
    there_are_so_many_datasets_and_no_more,
    records_come_back_as_they_were_sent,
    records_have_limits_by_themselves_and_together,
    a_database_that_does_not_answer_ends_the_trust_in_tokens_after_a_minute,
    fields_too_many_cost_no_log_record,
    virtual_fields_are_those_of_the_dataset,
}

fn token(name: &str, capabilities: Capabilities) -> NewToken {
    NewToken {
        name: name.to_owned(),
        description: String::new(),
        capabilities,
        expires_nanos: None,
    }
}

fn bearer(secret: &throughline_control::Secret) -> String {
    bearer_of(secret.reveal())
}

fn bearer_of(text: &str) -> String {
    format!("Bearer {text}")
}

async fn a_token_is_asked_for_as_soon_as_there_is_one_and_for_ever(place: &Place) {
    let clock = Clock::fixed(1);
    let server = place.open(&clock).await;
    assert!(server.is_open());
    assert!(server.admit(None).unwrap().may("apiTokens", "create"));

    // Another process, as `throughline token create` is.
    let other = place.open(&clock).await;
    let all = ["*".to_owned()];
    let simple = Capabilities::simple(&all, true, false, false);
    let (made, secret) = other.create_token(token("app", simple)).await.unwrap();
    server.refresh().await.unwrap();
    assert_eq!(server.admit(None).unwrap_err(), Refused::Missing);
    assert_eq!(
        server.admit(Some("Basic abcdef")).unwrap_err(),
        Refused::Missing
    );
    assert_eq!(
        server
            .admit(Some("Bearer xaat-00000000-0000-0000-0000-000000000000"))
            .unwrap_err(),
        Refused::Unknown
    );
    let caller = server.admit(Some(&bearer(&secret))).unwrap();
    assert!(caller.may_ingest("traces"));
    assert!(!caller.may_query("traces"));
    assert!(!caller.may("apiTokens", "read"));

    other.revoke_token(&made.id).await.unwrap();
    server.refresh().await.unwrap();
    assert_eq!(
        server.admit(Some(&bearer(&secret))).unwrap_err(),
        Refused::Unknown
    );
    assert!(!server.is_open(), "the last token gone opens nothing");
    assert_eq!(
        server.revoke_token(&made.id).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

#[tokio::test]
async fn no_file_has_the_text_of_a_token() {
    let (directory, clock) = (TempDir::new().unwrap(), Clock::fixed(1));
    let control = Control::open(directory.path(), clock.clone())
        .await
        .unwrap();
    let (_, secret) = control
        .create_token(token("a", Capabilities::default()))
        .await
        .unwrap();
    assert_eq!(format!("{secret:?}"), "Secret");
    let (text, uuid) = (
        secret.reveal(),
        secret.reveal().strip_prefix("xaat-").unwrap(),
    );
    assert_eq!((text.len(), uuid.len()), (41, 36));
    let mut bytes = 0;
    for file in std::fs::read_dir(directory.path()).unwrap() {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        bytes += content.len();
        let has = |wanted: &str| {
            content
                .windows(wanted.len())
                .any(|at| at == wanted.as_bytes())
        };
        assert!(!has(uuid));
    }
    assert!(bytes > 0);
}

async fn a_token_reaches_as_far_as_its_datasets_and_its_time(place: &Place) {
    let clock = Clock::fixed(1_000);
    let control = place.open(&clock).await;
    let one = Capabilities::simple(&["billing".to_owned()], true, true, false);
    let new = NewToken {
        expires_nanos: Some(2_000),
        ..token("billing", one.clone())
    };
    let (made, secret) = control.create_token(new).await.unwrap();
    let caller = control.admit(Some(&bearer(&secret))).unwrap();
    assert!(caller.may_query("billing") && caller.may_ingest("billing"));
    assert!(!caller.may_query("traces") && !caller.may_ingest("traces"));
    assert!(caller.may_give(&one));
    let all = Capabilities::simple(&["*".to_owned()], false, true, false);
    assert!(!caller.may_give(&all) && Caller::OPEN.may_give(&all));

    let (again, other) = control.regenerate_token(&made.id, None).await.unwrap();
    assert_eq!(again.id, made.id);
    assert!(control.admit(Some(&bearer(&secret))).is_err());
    assert!(control.admit(Some(&bearer(&other))).is_ok());
    clock.advance(1_000);
    assert_eq!(
        control.admit(Some(&bearer(&other))).unwrap_err(),
        Refused::Unknown
    );
}

async fn fields_have_the_type_that_holds_all_their_values(place: &Place) {
    let clock = Clock::fixed(1);
    let control = place.open(&clock).await;
    let of = control
        .create_dataset("ev", "", Kind::Events)
        .await
        .unwrap();
    let note = async |kinds: &[(&str, FieldType)]| {
        let seen = kinds
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), *kind))
            .collect();
        control.note_fields(&of, &seen).await.unwrap();
    };
    use FieldType::{Boolean, Float, Integer, Text};
    note(&[("a", Integer), ("b", Integer), ("c", Boolean)]).await;
    note(&[("a", Integer), ("b", Float), ("c", Integer)]).await;
    let expected: BTreeMap<String, FieldType> = [("a", Integer), ("b", Float), ("c", Text)]
        .map(|(name, kind)| (name.to_owned(), kind))
        .into();
    assert_eq!(control.event_fields("EV").unwrap(), expected);
    assert!(!control.takes_spans("ev").await.unwrap());

    control.delete_dataset("ev").await.unwrap();
    assert!(control.is_deleted("ev") && control.dataset("ev").is_none());
    assert!(control.takes_spans("ev").await.unwrap());
    control
        .create_dataset("ev", "anew", Kind::Events)
        .await
        .unwrap();
    assert_eq!(control.event_fields("ev").unwrap().len(), 0);
    assert!(
        control.takes_spans("ev").await.unwrap(),
        "it has no events yet"
    );
    assert_eq!(control.dataset("ev").unwrap().kind, Kind::Traces);
    let again = control
        .create_dataset("EV", "", Kind::Events)
        .await
        .unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Conflict);
}

async fn events_are_noted_only_for_the_dataset_they_were_read_for(place: &Place) {
    let clock = Clock::fixed(1);
    let control = place.open(&clock).await;
    let seen: BTreeMap<_, _> = [("a".to_owned(), FieldType::Text)].into();
    let make = async || {
        clock.advance(1);
        let made = control.create_dataset("ev", "", Kind::Events).await;
        made.unwrap()
    };
    let kind = async |of| match control.note_fields(of, &seen).await {
        Ok(()) => None,
        Err(error) => Some(error.kind()),
    };
    let first = make().await;
    assert_eq!(kind(&first).await, None);
    control.delete_dataset("ev").await.unwrap();
    assert_eq!(kind(&first).await, Some(ErrorKind::Conflict));
    let second = make().await;
    assert_eq!(kind(&first).await, Some(ErrorKind::Conflict));
    assert!(control.takes_spans("ev").await.unwrap());
    assert_eq!(kind(&second).await, Some(ErrorKind::Conflict));
    control.delete_dataset("ev").await.unwrap();
    // Events without a field are events; and what was said already is still asked of the live one.
    let third = make().await;
    control.note_fields(&third, &BTreeMap::new()).await.unwrap();
    assert!(!control.takes_spans("ev").await.unwrap());
    assert_eq!(control.event_fields("ev").unwrap().len(), 0);
    assert_eq!(kind(&third).await, None);
    let before = control.note_fields(&second, &seen).await.unwrap_err();
    assert_eq!(before.kind(), ErrorKind::Conflict);
}

/// Two processes: what one has in memory is old, what is in the file decides.
async fn a_dataset_that_took_events_meanwhile_takes_no_spans(place: &Place) {
    let clock = Clock::fixed(1);
    let one = place.open(&clock).await;
    let of = one.create_dataset("ev", "", Kind::Events).await.unwrap();
    let other = place.open(&clock).await;
    one.note_fields(&of, &BTreeMap::new()).await.unwrap();
    assert!(!other.takes_spans("ev").await.unwrap());
    assert_eq!(other.dataset("ev").unwrap().kind, Kind::Events);
}

async fn there_are_so_many_datasets_and_no_more(place: &Place) {
    let clock = Clock::fixed(1);
    let control = place.open(&clock).await;
    let make = async |at: usize| {
        let name = format!("x{at}");
        control.create_dataset(&name, "", Kind::Events).await
    };
    for at in 0..100 {
        make(at).await.unwrap();
    }
    assert_eq!(make(100).await.unwrap_err().kind(), ErrorKind::Invalid);
    control.delete_dataset("x7").await.unwrap();
    make(100).await.unwrap();
}

async fn records_come_back_as_they_were_sent(place: &Place) {
    let clock = Clock::fixed(7);
    let kind = RecordKind::Annotation;
    let id = {
        let control = place.open(&clock).await;
        let made = control
            .create_record(kind, json!({"title": "deploy"}))
            .await
            .unwrap();
        assert!(made.id.starts_with("ann_"));
        control
            .update_record(kind, &made.id, json!({"title": "rollback"}))
            .await
            .unwrap();
        control.close().await;
        made.id
    };
    let control = place.open(&clock).await;
    let found = control.record(kind, &id).await.unwrap();
    assert_eq!(
        (found.body, found.created_nanos),
        (json!({"title": "rollback"}), 7)
    );
    assert!(
        control
            .records(RecordKind::SavedQuery)
            .await
            .unwrap()
            .is_empty()
    );
    control.delete_record(kind, &id).await.unwrap();
    assert_eq!(
        control.record(kind, &id).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

#[tokio::test]
async fn the_file_is_for_its_owner_only_also_when_it_was_copied() {
    let (directory, clock) = (TempDir::new().unwrap(), Clock::fixed(1));
    let path = directory.path().join("control.sqlite");
    std::fs::write(&path, "").unwrap();
    std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    let control = Control::open(directory.path(), clock.clone())
        .await
        .unwrap();
    for file in std::fs::read_dir(directory.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.path());
    }
    control.close().await;
}

async fn records_have_limits_by_themselves_and_together(place: &Place) {
    let clock = Clock::fixed(1);
    let control = place.open(&clock).await;
    let kind = RecordKind::SavedQuery;
    let of = |bytes: usize| json!({ "query": "é".repeat(bytes / 2) });
    let small = control.create_record(kind, of(10)).await.unwrap();
    let too_long = control.update_record(kind, &small.id, of(64 << 10)).await;
    assert_eq!(too_long.unwrap_err().kind(), ErrorKind::Invalid);
    let long = || of((64 << 10) - 64);
    let mut kept = 1;
    while control.create_record(kind, long()).await.is_ok() {
        kept += 1;
        assert!(kept < 300);
    }
    assert_eq!(kept, 257, "16 MiB");
    let grown = control.update_record(kind, &small.id, long()).await;
    assert_eq!(grown.unwrap_err().kind(), ErrorKind::Invalid);
    control.delete_record(kind, &small.id).await.unwrap();
    control
        .create_record(RecordKind::Annotation, long())
        .await
        .unwrap();
}

async fn a_database_that_does_not_answer_ends_the_trust_in_tokens_after_a_minute(place: &Place) {
    const SECOND: i64 = 1_000_000_000;
    let clock = Clock::fixed(1);
    let control = place.open(&clock).await;
    let all = Capabilities::simple(&["*".to_owned()], true, true, true);
    let (_, secret) = control.create_token(token("all", all)).await.unwrap();
    let bearer = bearer(&secret);
    clock.advance(3600 * SECOND);
    control.refresh().await.unwrap();
    assert!(control.admit(Some(&bearer)).is_ok());
    control.close().await;
    for (seconds, expected) in [
        (0, None),
        (59, None),
        (1, None),
        (1, Some(Refused::Unsure)),
        (3600, Some(Refused::Unsure)),
    ] {
        clock.advance(seconds * SECOND);
        assert!(control.refresh().await.is_err());
        assert_eq!(control.admit(Some(&bearer)).err(), expected, "{seconds}");
        // What is not taken is lost; what is taken can be deleted.
        let sender = control.admit_to_send(Some(&bearer)).unwrap();
        assert!(sender.may_ingest("traces"));
    }
    assert!(control.is_unsure());
    assert_eq!(
        control.admit_to_send(Some("Bearer xaat-other")).err(),
        Some(Refused::Unknown)
    );
    assert_eq!(
        control.admit(Some("Bearer xaat-other")).err(),
        Some(Refused::Unknown)
    );
}

/// Of logs the fields too many are in a map; of events they are refused.
async fn fields_too_many_cost_no_log_record(place: &Place) {
    let clock = Clock::fixed(1);
    let control = place.open(&clock).await;
    let named = |names: &[String]| -> BTreeMap<String, FieldType> {
        let text = |name: &String| (name.clone(), FieldType::Text);
        names.iter().map(text).collect()
    };
    let mut names: Vec<String> = (0..1100).map(|n| format!("attributes.{n:04}")).collect();
    names.extend(["body".to_owned(), "severity".to_owned(), "x".repeat(600)]);
    let logs = control
        .create_dataset("logs", "", Kind::Logs)
        .await
        .unwrap();
    control.note_fields(&logs, &named(&names)).await.unwrap();
    let known = control.event_fields("logs").unwrap();
    assert_eq!(known.len(), 1001);
    assert!(known.contains_key("body") && known.contains_key("attributes.0997"));
    assert!(!known.contains_key("attributes.0998"));
    assert_eq!(known.get("attributes.custom"), Some(&FieldType::Map));
    // The same again changes nothing, and fields that are there may still change their type.
    control.note_fields(&logs, &named(&names)).await.unwrap();
    assert_eq!(control.event_fields("logs").unwrap(), known);
    let number = [("attributes.9999".to_owned(), FieldType::Float)].into();
    control.note_fields(&logs, &number).await.unwrap();
    assert_eq!(control.event_fields("logs").unwrap(), known);

    let web = control
        .create_dataset("web", "", Kind::Events)
        .await
        .unwrap();
    let refused = control.note_fields(&web, &named(&names)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    assert!(control.event_fields("web").unwrap().is_empty());
}

async fn virtual_fields_are_those_of_the_dataset(place: &Place) {
    let clock = Clock::fixed(1);
    let control = place.open(&clock).await;
    for (dataset, name) in [("a", "slow"), ("b", "other"), ("a", "it's")] {
        let body = json!({ "dataset": dataset, "name": name, "expression": "duration > 1s" });
        control
            .create_record(RecordKind::VirtualField, body)
            .await
            .unwrap();
        clock.advance(1);
    }
    let body = json!({ "dataset": "a", "name": "no field", "expression": "1" });
    control
        .create_record(RecordKind::SavedQuery, body)
        .await
        .unwrap();
    let names = |control: &Control, dataset: &str| {
        let fields = control.virtual_fields(dataset);
        let names: Vec<String> = fields.into_iter().map(|field| field.name).collect();
        names.join(", ")
    };
    assert_eq!(names(&control, "a"), "slow, it's");
    let all = control.records(RecordKind::VirtualField).await.unwrap();
    let body = json!({ "dataset": "b", "name": "slow", "expression": "duration > 2s" });
    control
        .update_record(RecordKind::VirtualField, &all[0].id, body)
        .await
        .unwrap();
    control
        .delete_record(RecordKind::VirtualField, &all[1].id)
        .await
        .unwrap();
    control.close().await;
    let again = place.open(&clock).await;
    for control in [&control, &again] {
        assert_eq!(names(control, "a"), "it's");
        let of_b = control.virtual_fields("b");
        assert_eq!(
            (of_b.len(), of_b[0].expression.as_str()),
            (1, "duration > 2s")
        );
    }
}
