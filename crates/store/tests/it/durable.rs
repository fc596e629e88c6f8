//! The steps without which a loss of power takes a file away: content synced, name given, directory
//! synced, in this order. The log's own are its crate's matter, the catalog's are SQLite's.

use crate::world::World;
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};
use throughline_store::Step;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Of all stores in this process: verb and path.
static STEPS: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

struct Recorder;

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "throughline::disk"
    }

    fn event(&self, event: &Event<'_>) {
        let mut step = Fields::default();
        event.record(&mut step);
        let mut steps = STEPS.lock().unwrap_or_else(PoisonError::into_inner);
        steps.push((step.verb, step.path));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Fields {
    verb: String,
    path: String,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "verb" {
            value.clone_into(&mut self.verb);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "path" {
            self.path = format!("{value:?}");
        }
    }
}

/// The steps since the last call, in the world's directory and above.
fn steps(world: &World) -> Vec<String> {
    let root = world.config.data_dir.canonicalize().unwrap();
    let above = root.parent().unwrap().display().to_string();
    let mut steps = STEPS.lock().unwrap_or_else(PoisonError::into_inner);
    let ours = steps.extract_if(.., |(_, path)| path.starts_with(&above));
    ours.map(|(verb, path)| format!("{verb} {}", path[above.len()..].trim_start_matches('/')))
        .collect()
}

#[tokio::test]
async fn every_step_is_done_in_its_order() {
    tracing::subscriber::set_global_default(Recorder).unwrap();
    let world = World::new().await;
    let expected = [
        "sync ",
        "sync data dir/VERSION.tmp",
        "rename data dir/VERSION",
        "sync data dir",
        "sync data dir",
    ];
    assert_eq!(steps(&world), expected);
    world.append(0..10).await;
    let file = |name: &str| {
        let file = format!("data dir/data/traces/{name}.parquet");
        [
            "sync data dir/data".to_owned(),
            format!("sync {file}.tmp"),
            format!("rename {file}"),
            "sync data dir/data/traces".to_owned(),
        ]
    };
    world.store.flush_through(Step::Files).await.unwrap();
    assert_eq!(steps(&world), file("000000000001-000000000001"));
    world.append(10..20).await;
    world.store.flush().await.unwrap();
    // What the first left is removed durably.
    let mut expected = vec!["sync data dir/data/traces".to_owned()];
    expected.extend(file("000000000001-000000000002"));
    assert_eq!(steps(&world), expected);
    world.store.close().await.unwrap();
    assert_eq!(steps(&world), [""; 0]);
}
