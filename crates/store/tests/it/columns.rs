//! A newer program has columns that the catalog has not: they are added, and no id is given twice.

use crate::world::World;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row, SqliteConnection};

async fn catalog(world: &World) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(world.config.data_dir.join("catalog.sqlite"))
        .connect()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_column_that_the_catalog_has_not() {
    let world = World::new().await;
    world.append(0..10).await;
    world.store.flush().await.unwrap();
    world.store.close().await.unwrap();

    let mut connection = catalog(&world).await;
    let before: i64 = max_id(&mut connection).await;
    // As if an older program had created the table: without this column.
    sqlx::query("DELETE FROM ducklake_column WHERE column_name = 'attributes.db.system'")
        .execute(&mut connection)
        .await
        .unwrap();
    throughline_store::seal_anew(&mut connection).await.unwrap();
    sqlx::Connection::close(connection).await.unwrap();

    let after = world.crash().await;
    after.append(10..20).await;
    after.store.flush().await.unwrap();
    assert_eq!(after.numbers().await.len(), 20);
    after.append(20..30).await;
    after.store.flush().await.unwrap();

    let mut connection = catalog(&after).await;
    let row = sqlx::query("SELECT column_id, begin_snapshot FROM ducklake_column WHERE column_name = 'attributes.db.system'")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(row.get::<i64, _>(0), before + 1);
    let begin: i64 = row.get(1);
    let changes: Vec<(i64, String)> = sqlx::query_as(
        "SELECT snapshot_id, changes_made FROM ducklake_snapshot_changes ORDER BY snapshot_id",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let seen: Vec<_> = changes
        .iter()
        .map(|(id, changes)| (*id - begin, changes.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (-2, "created_schema:\"main\""),
            (
                -1,
                "created_table:\"main\".\"traces\",inserted_into_table:1"
            ),
            (0, "altered_table:1,inserted_into_table:1"),
            (1, "inserted_into_table:1"),
        ]
    );
    let versions: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT snapshot_id, schema_version FROM ducklake_snapshot ORDER BY snapshot_id",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert_eq!(versions, [(0, 0), (1, 1), (2, 2), (3, 2)]);
}

async fn max_id(connection: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("SELECT max(column_id) FROM ducklake_column")
        .fetch_one(connection)
        .await
        .unwrap()
}
