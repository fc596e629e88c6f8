//! Rot in a store whose data files or catalog are elsewhere: what is damaged is named and not served. What looks at
//! one directory only says so.

use crate::postgres::Postgres;
use crate::remote;
use crate::spans;
use crate::stand_in::StandIn;
use crate::world;
use datafusion::prelude::SessionContext;
use model::{Clock, ErrorKind};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;
use throughline_store::{Config, Error, Store, backup, verify, verify_places};

/// A closed store with six data files, and the servers that it uses.
struct Sample {
    config: Config,
    clock: Clock,
    objects: Option<StandIn>,
    postgres: Option<Postgres>,
    directory: TempDir,
}

impl Sample {
    async fn new(has_objects: bool, has_postgres: bool) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let (mut objects, mut postgres) = (None, None);
        if has_objects {
            objects = Some(StandIn::start(1).await);
        }
        if has_postgres {
            postgres = Some(Postgres::start().await);
        }
        let config = Config {
            objects: objects.as_ref().map(StandIn::objects),
            catalog: postgres.as_ref().map(Postgres::url),
            ..world::config(directory.path())
        };
        let this = Self {
            config,
            clock: Clock::fixed(spans::EPOCH),
            objects,
            postgres,
            directory,
        };
        let store = this.open().await;
        for first in [0, 10, 20, 30, 40, 50] {
            let appended = world::append(&store, &this.clock, "traces", first..first + 10);
            appended.await.unwrap();
            store.flush().await.unwrap();
        }
        store.close().await.unwrap();
        this
    }

    /// Each of the places that are not one directory.
    async fn all() -> [Self; 3] {
        [
            Self::new(true, false).await,
            Self::new(false, true).await,
            Self::new(true, true).await,
        ]
    }

    async fn open(&self) -> Store {
        remote::open(&self.config, &self.clock).await.unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        let below = format!("traces/{name}");
        match &self.objects {
            Some(objects) => objects.path(&below),
            None => self.config.data_dir.join("data").join(below),
        }
    }
}

async fn asked(store: &Store) -> Result<usize, String> {
    let table = store.table("traces").await;
    let table = table.map_err(|error| error.to_string())?.unwrap();
    let frame = SessionContext::new().read_table(table).unwrap();
    let rows = frame.collect().await.map_err(|error| error.to_string())?;
    Ok(rows.iter().map(|batch| batch.num_rows()).sum())
}

#[tokio::test]
async fn a_damaged_file_is_named_and_not_served() {
    const NAME: &str = "000000000003-000000000003.parquet";
    for sample in Sample::all().await {
        let path = sample.file(NAME);
        let bytes = fs::read(&path).unwrap();
        let mut rotten = bytes.clone();
        rotten[200] ^= 4;
        fs::write(&path, rotten).unwrap();
        let store = sample.open().await;
        let said = asked(&store).await.unwrap_err();
        let shown = match &sample.objects {
            Some(_) => format!("s3://spans/a prefix/of ours/traces/{NAME} is damaged"),
            None => format!("data/traces/{NAME} is damaged"),
        };
        assert!(said.contains(&shown), "{said}");
        store.compact().await.unwrap();
        assert_eq!(store.stats().compaction_failures, 1);
        store.close().await.unwrap();
        drop(store);
        fs::write(&path, bytes).unwrap();
        let store = sample.open().await;
        assert_eq!(asked(&store).await, Ok(60), "it was left alone");
        store.compact().await.unwrap();
        assert_eq!(asked(&store).await, Ok(60));
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn checksums_in_postgresql() {
    let sample = Sample::new(false, true).await;
    let postgres = sample.postgres.as_ref().unwrap();
    postgres
        .run("UPDATE throughline_file_sums SET blocks = set_byte(blocks, 0, get_byte(blocks, 0) # 1) WHERE data_file_id = 2")
        .await;
    let opened = remote::open(&sample.config, &sample.clock).await;
    let refused = opened.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Corrupt, "{refused}");
    assert!(
        refused.to_string().contains("throughline_file_sums"),
        "{refused}"
    );
    // As a program before had it: files without checksums are read as they are, and a merged one has them.
    postgres.run("DROP TABLE throughline_file_sums").await;
    let store = sample.open().await;
    assert_eq!(asked(&store).await, Ok(60));
    store.compact().await.unwrap();
    assert_eq!(asked(&store).await, Ok(60));
    store.close().await.unwrap();
    drop(store);
    let path = sample.file("000000000001-000000000006.parquet");
    let mut bytes = fs::read(&path).unwrap();
    bytes[200] ^= 4;
    fs::write(&path, bytes).unwrap();
    let said = asked(&sample.open().await).await.unwrap_err();
    assert!(said.contains("is damaged"), "{said}");
}

/// Wherever the parts are: all is read, and what is damaged, missing or unnamed is named.
#[tokio::test]
async fn all_of_it_is_verified() {
    for sample in Sample::all().await {
        let config = &sample.config;
        let found = async || verify_places(config, |_| {}).await.unwrap();
        let clean = found().await;
        assert!(clean.is_clean(), "{clean:?}");
        assert_eq!((clean.files, clean.strays.len()), (6, 0), "{clean:?}");
        assert!(clean.bytes > 6 * 1000);
        let damaged = sample.file("000000000002-000000000002.parquet");
        let mut bytes = fs::read(&damaged).unwrap();
        bytes[200] ^= 4;
        fs::write(&damaged, bytes).unwrap();
        let missing = sample.file("000000000003-000000000003.parquet");
        let unnamed = sample.file("000000000009-000000000010.parquet");
        fs::rename(missing, unnamed).unwrap();
        let report = found().await;
        let said = report.damaged.iter().map(|it| {
            let path = it.path.display().to_string();
            (path.rsplit_once('/').unwrap().1.to_owned(), it.what.clone())
        });
        let mut said: Vec<_> = said.collect();
        said.sort();
        assert_eq!(said.len(), 2, "{report:?}");
        assert_eq!(said[0].0, "000000000002-000000000002.parquet");
        assert!(said[0].1.contains("checksum"), "{said:?}");
        let gone = "000000000003-000000000003.parquet".to_owned();
        assert_eq!(said[1], (gone, "it is not there".to_owned()));
        let strays = report.strays;
        assert!(
            strays.len() == 1 && strays[0].ends_with("traces/000000000009-000000000010.parquet"),
            "{strays:?}"
        );
    }
}

#[tokio::test]
async fn what_looks_at_a_directory_refuses() {
    for sample in Sample::all().await {
        let root = &sample.config.data_dir;
        let target = sample.directory.path().join("backup");
        let refusals = [
            verify(root, |_| {}).await.unwrap_err(),
            backup(root, &target, spans::EPOCH, |_| {})
                .await
                .unwrap_err(),
        ];
        let (place, remedy) = match &sample.postgres {
            Some(_) => ("PostgreSQL", "--catalog"),
            None => ("s3://spans", "--data"),
        };
        for refused in refusals {
            assert!(matches!(refused, Error::Elsewhere { .. }), "{refused}");
            assert_eq!(refused.kind(), ErrorKind::Invalid);
            let text = refused.to_string();
            assert!(text.contains(place) && text.contains(remedy), "{text}");
        }
        assert!(!target.exists(), "nothing is begun");
    }
}
