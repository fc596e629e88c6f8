//! The scheduler: one job a tick, however many schedulers there are.

use std::time::Duration;

use instainstru::beat::Beat;

use crate::place::Place;

async fn count(place: &Place, name: &str) -> usize {
    place.get(&format!("/jobs?limit=200&name={name}")).await["jobs"]
        .as_array()
        .unwrap()
        .len()
}

#[tokio::test]
async fn two_schedulers_write_one_job() {
    let place = Place::new().await;
    let mut beats = [
        Beat::new(place.market.clone()),
        Beat::new(place.market.clone()),
    ];
    for _ in 0..2 {
        place.clock.advance(Duration::from_secs(30));
        for beat in &mut beats {
            assert!(beat.fire_due().await > 0);
            assert_eq!(beat.fire_due().await, 0, "a tick fires once");
        }
    }
    assert_eq!(count(&place, "expire_holds").await, 2);
    assert_eq!(count(&place, "remind_upcoming").await, 1);
    assert_eq!(count(&place, "refill_slots").await, 0);
    assert_eq!(place.work().await, 4);
}

#[tokio::test]
async fn ticks_that_were_slept_through_are_skipped() {
    let place = Place::new().await;
    let mut beat = Beat::new(place.market.clone());
    place.clock.advance(Duration::from_secs(605));
    assert_eq!(beat.fire_due().await, 4, "all but the hourly one");
    assert_eq!(count(&place, "expire_holds").await, 1);
    place.clock.advance(Duration::from_secs(25));
    assert_eq!(beat.fire_due().await, 1, "back on the grid");
}
