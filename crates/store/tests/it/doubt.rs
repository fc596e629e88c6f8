//! Commits whose answer is lost: they landed, or did not, or land late. No row is doubled or lost.

use crate::world::{World, until};
use model::ErrorKind;
use sqlx::{Connection, SqliteConnection};
use std::sync::Arc;
use throughline_store::{Fault, Step};

async fn check(world: &World, rows: u64) {
    assert_eq!(world.numbers().await, (0..rows).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost() {
    for (fault, files) in [(Fault::AnswerLost, 2), (Fault::Undone, 1)] {
        let world = World::new().await;
        world.append(0..10).await;
        world.store.fail_next_commit(fault);
        let refused = world.store.flush().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Unavailable);
        check(&world, 10).await;
        check(&world.crash().await, 10).await;
        let written = world.files();
        assert_eq!(written.len(), 1);
        world.append(10..20).await;
        // What a commit in doubt names stays until a later one is known to be durable.
        world.store.flush_through(Step::Files).await.unwrap();
        assert!(world.files().contains(&written[0]), "{fault:?}");
        check(&world.crash().await, 20).await;
        world.store.flush().await.unwrap();
        check(&world, 20).await;
        assert_eq!(world.files().len(), files, "{fault:?}");
        check(&world.crash().await, 20).await;
    }
}

#[tokio::test]
async fn answers_lost_one_after_the_other() {
    let world = World::new().await;
    let faults = [
        Fault::Undone,
        Fault::AnswerLost,
        Fault::AnswerLost,
        Fault::Undone,
        Fault::Undone,
    ];
    for (fault, first) in faults.into_iter().zip((0..).step_by(10)) {
        world.append(first..first + 10).await;
        world.store.fail_next_commit(fault);
        world.store.flush().await.unwrap_err();
        check(&world, first + 10).await;
        check(&world.crash().await, first + 10).await;
    }
    // The same rows again, under the same name.
    world.store.fail_next_commit(Fault::Undone);
    world.store.flush().await.unwrap_err();
    world.store.close().await.unwrap();
    let after = world.crash().await;
    check(&after, 50).await;
    assert_eq!(after.store.stats().replayed_records, 0);
    assert_eq!(after.files().len(), 3);
}

/// A commit that was given up on lands while the next flush has its files written already: had that one
/// gone on, the rows of both would be there twice.
#[tokio::test]
async fn a_commit_that_lands_late() {
    let world = Arc::new(World::new().await);
    world.append(0..10).await;
    world.append(10..20).await;
    let path = world.config.data_dir.join("catalog.sqlite");
    let mut catalog = SqliteConnection::connect(path.to_str().unwrap())
        .await
        .unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE")
        .execute(&mut catalog)
        .await
        .unwrap();
    let flush = {
        let world = Arc::clone(&world);
        tokio::spawn(async move { world.store.flush().await })
    };
    until("the file", || {
        world.files() == ["000000000001-000000000002.parquet"]
    })
    .await;
    // In its place a commit of no files that covers the first request.
    let late = "INSERT INTO ducklake_snapshot SELECT snapshot_id + 1, snapshot_time, schema_version,
                    next_catalog_id, next_file_id FROM ducklake_snapshot ORDER BY snapshot_id DESC LIMIT 1;
                INSERT INTO ducklake_snapshot_changes
                    SELECT max(snapshot_id), '', '', '', '{\"wal_seq\": 1}' FROM ducklake_snapshot";
    sqlx::raw_sql(late).execute(&mut catalog).await.unwrap();
    throughline_store::seal_anew(&mut catalog).await.unwrap();
    sqlx::raw_sql("COMMIT").execute(&mut catalog).await.unwrap();
    let refused = flush.await.unwrap().unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unavailable, "{refused}");
    world.store.flush().await.unwrap();
    assert_eq!(world.numbers().await, (10..20).collect::<Vec<_>>());
}
