//! The queue by itself: leases, lost workers, keys. How jobs fail and are retried is tested over HTTP
//! (`tests/it/jobs.rs`).

use std::time::Duration;

use tempfile::TempDir;

use super::*;

struct Place {
    db: Db,
    now: Moment,
    _folder: TempDir,
}

impl Place {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let db = Db::open(&folder.path().join("queue.db").display().to_string())
            .await
            .unwrap();
        Self {
            db,
            now: Moment::from_millis(1_796_115_600_000),
            _folder: folder,
        }
    }

    async fn enqueue(&self, key: Option<&str>, delay: Duration) -> String {
        let when = When {
            key: key.map(str::to_owned),
            now: self.now,
            run_at: self.now.after(delay),
        };
        let mut write = self.db.begin().await.unwrap();
        let id = enqueue(&self.db, &mut write, &Work::ExpireHolds, when)
            .await
            .unwrap();
        write.commit().await.unwrap();
        id
    }

    async fn claim(&self, worker: &str) -> Option<Claim> {
        claim(&self.db, worker, self.now).await.unwrap()
    }

    async fn status(&self, id: &str) -> (String, u32) {
        let job = find(&self.db, self.db.reader(), id).await.unwrap().unwrap();
        (format!("{:?}", job.status), job.attempt)
    }
}

#[tokio::test]
async fn a_job_is_leased_to_one_worker() {
    let place = Place::new().await;
    let id = place.enqueue(None, Duration::ZERO).await;
    assert_eq!(place.claim("a").await.unwrap().id, id);
    assert!(place.claim("b").await.is_none());
}

#[tokio::test]
async fn a_job_waits_for_its_time_and_the_oldest_goes_first() {
    let mut place = Place::new().await;
    let late = place.enqueue(None, Duration::from_secs(10)).await;
    let soon = place.enqueue(None, Duration::from_secs(5)).await;
    assert!(place.claim("a").await.is_none());
    place.now = place.now.after(Duration::from_secs(10));
    assert_eq!(place.claim("a").await.unwrap().id, soon);
    assert_eq!(place.claim("a").await.unwrap().id, late);
}

#[tokio::test]
async fn a_key_writes_one_job() {
    let place = Place::new().await;
    let first = place.enqueue(Some("tick:1"), Duration::ZERO).await;
    assert_eq!(place.enqueue(Some("tick:1"), Duration::ZERO).await, first);
    assert_ne!(place.enqueue(Some("tick:2"), Duration::ZERO).await, first);
    assert_eq!(list(&place.db, None, None, 10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_rolled_back_was_never_enqueued() {
    let place = Place::new().await;
    let mut write = place.db.begin().await.unwrap();
    let when = When {
        key: None,
        now: place.now,
        run_at: place.now,
    };
    enqueue(&place.db, &mut write, &Work::ExpireHolds, when)
        .await
        .unwrap();
    drop(write);
    assert!(place.claim("a").await.is_none());
}

/// A job that kills its worker every time ends dead, and does not go round for ever.
#[tokio::test]
async fn a_lost_worker_is_a_failed_attempt() {
    let mut place = Place::new().await;
    let id = place.enqueue(None, Duration::ZERO).await;
    for attempt in 1..=3 {
        assert_eq!(place.claim("a").await.unwrap().attempt, attempt);
        place.now = place.now.after(LEASE);
    }
    assert!(place.claim("a").await.is_none());
    assert_eq!(place.status(&id).await, ("Dead".to_owned(), 3));
}

/// A worker that was thought lost and comes back does not overwrite what its successor does.
#[tokio::test]
async fn a_late_worker_changes_nothing() {
    let mut place = Place::new().await;
    let id = place.enqueue(None, Duration::ZERO).await;
    let late = place.claim("a").await.unwrap();
    place.now = place.now.after(LEASE);
    let successor = place.claim("b").await.unwrap();
    settle(&place.db, &late, Ok(()), place.now).await.unwrap();
    assert_eq!(place.status(&id).await, ("Running".to_owned(), 2));
    settle(&place.db, &successor, Ok(()), place.now)
        .await
        .unwrap();
    assert_eq!(place.status(&id).await, ("Done".to_owned(), 2));
}

#[test]
fn waits_double_up_to_five_minutes() {
    let waits: Vec<u64> = [1, 2, 3, 8, 9, 99]
        .map(|attempt| back_off(attempt).as_secs())
        .to_vec();
    assert_eq!(waits, [2, 4, 8, 256, 300, 300]);
}
