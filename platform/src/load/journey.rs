//! What a student does in one go: look around, book and pay, hold and hesitate, cancel, review. The
//! weights are those of a marketplace on a good day.

use rand::Rng;
use rand::rngs::StdRng;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::client::{Answer, Client};
use super::pace::{self, Pace};
use super::student::{Remembered, Student};

/// What students type. Tasters come often: their lessons begin soon enough to be reviewed.
const SEARCHES: [&str; 12] = [
    "music taster",
    "language taster under 6",
    "craft taster",
    "french for beginners",
    "drums",
    "singing taster",
    "cooking",
    "spanish",
    "piano lessons under 50",
    "yoga for a beginner",
    "algebra, intermediate",
    "chess",
];
const COMMENTS: [&str; 4] = [
    "Clear and kind.",
    "Learned more than I thought.",
    "A little fast.",
    "Will come again.",
];
const CARD: &str = "tok_visa";
const CARD_DECLINED: &str = "tok_declined";

pub(super) struct Booked {
    pub(super) id: String,
    pub(super) trace_id: Option<String>,
}

/// One journey, chosen by chance.
pub(super) async fn run(
    client: &Client,
    student: &mut Student,
    pace: &mut Pace,
    chance: &mut StdRng,
) {
    student.set_out();
    let choice = chance.random_range(0..SEARCHES.len());
    match chance.random_range(0..100) {
        0..40 => {
            look_around(client, student, pace, choice).await;
        }
        40..65 => {
            book(client, student, pace, choice).await;
        }
        65..68 => {
            // the bank says no
            hold(client, student, pace, choice, Some(CARD_DECLINED)).await;
        }
        68..76 => pay_later(client, student, pace, choice).await,
        76..82 => {
            // and never comes back: the hold expires
            hold(client, student, pace, choice, None).await;
        }
        82..90 => cancel(client, student, pace).await,
        _ => review(client, student, pace, chance).await,
    }
}

/// Home page, search, an instructor, the free times; returns a slot.
async fn look_around(
    client: &Client,
    student: &Student,
    pace: &mut Pace,
    choice: usize,
) -> Option<Value> {
    get(client, student, "/").await?;
    pace.spend(pace::ROOT).await;
    let query: String = SEARCHES[choice].replace(' ', "+").replace(',', "%2C");
    let found = get(client, student, &format!("/lessons?q={query}")).await?;
    pace.spend(pace::SEARCH).await;
    let lessons = found.body.get("lessons")?.as_array()?;
    let instructor = lessons
        .get(choice % lessons.len().max(1))?
        .get("instructor_id")?
        .as_str()?
        .to_owned();
    get(client, student, &format!("/instructors/{instructor}")).await?;
    pace.spend(pace::VIEW).await;
    let free = get(
        client,
        student,
        &format!("/instructors/{instructor}/slots?limit=5"),
    )
    .await?;
    pace.spend(pace::VIEW).await;
    let slots = free.body.get("slots")?.as_array()?;
    slots.get(choice % slots.len().max(1)).cloned()
}

/// From looking around to a paid booking in one request.
pub(super) async fn book(
    client: &Client,
    student: &mut Student,
    pace: &mut Pace,
    choice: usize,
) -> Option<Booked> {
    let booked = hold(client, student, pace, choice, Some(CARD)).await?;
    pace.spend(pace::PAY).await;
    Some(booked)
}

/// Makes a booking; with a card, pays it at once.
async fn hold(
    client: &Client,
    student: &mut Student,
    pace: &mut Pace,
    choice: usize,
    card: Option<&str>,
) -> Option<Booked> {
    let slot = look_around(client, student, pace, choice).await?;
    let user_id = sign_up(client, student, pace).await?;
    let body = json!({ "user_id": user_id, "slot_id": slot.get("id")?, "card_token": card });
    let answer = post(client, student, "/bookings", body).await?;
    pace.spend(pace::HOLD).await;
    if answer.status != StatusCode::CREATED {
        // somebody was faster, or the card was declined: that is life
        return None;
    }
    let booked = Booked {
        id: answer.body.get("id")?.as_str()?.to_owned(),
        trace_id: answer.trace_id,
    };
    if card.is_some() {
        remember(student, &booked, &slot);
    }
    Some(booked)
}

/// Holds, hesitates, pays.
async fn pay_later(client: &Client, student: &mut Student, pace: &mut Pace, choice: usize) {
    let Some(booked) = hold(client, student, pace, choice, None).await else {
        return;
    };
    let paid = post(
        client,
        student,
        &format!("/bookings/{}/pay", booked.id),
        json!({ "card_token": CARD }),
    )
    .await;
    pace.spend(pace::PAY).await;
    if let Some(Answer {
        status: StatusCode::OK,
        body,
        ..
    }) = paid
    {
        remember(student, &booked, &body);
    }
}

async fn cancel(client: &Client, student: &mut Student, pace: &mut Pace) {
    if let Some(booking) = student.recall(false) {
        post(
            client,
            student,
            &format!("/bookings/{}/cancel", booking.id),
            json!({}),
        )
        .await;
        pace.spend(pace::CANCEL).await;
    }
}

async fn review(client: &Client, student: &mut Student, pace: &mut Pace, chance: &mut StdRng) {
    let Some(booking) = student.recall(true) else {
        // nothing to review yet: see one's bookings instead
        if let Some(id) = student.id.clone() {
            get(client, student, &format!("/users/{id}/bookings")).await;
            pace.spend(pace::VIEW).await;
        }
        return;
    };
    let rating = chance.random_range(3..=5);
    let comment = COMMENTS[chance.random_range(0..COMMENTS.len())];
    let body = json!({ "rating": rating, "comment": comment });
    post(
        client,
        student,
        &format!("/bookings/{}/review", booking.id),
        body,
    )
    .await;
    pace.spend(pace::REVIEW).await;
}

async fn sign_up(client: &Client, student: &mut Student, pace: &mut Pace) -> Option<String> {
    if student.id.is_none() {
        let (name, email) = student.identity();
        let answer = post(
            client,
            student,
            "/users",
            json!({ "name": name, "email": email }),
        )
        .await?;
        pace.spend(pace::SIGN_UP).await;
        student.id = Some(answer.body.get("id")?.as_str()?.to_owned());
    }
    student.id.clone()
}

/// `from` is a slot or a booking: both say when the lesson begins.
fn remember(student: &mut Student, booked: &Booked, from: &Value) {
    if let Some(starts_at) = from
        .get("starts_at")
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok())
    {
        student.remember(Remembered {
            id: booked.id.clone(),
            starts_at,
        });
    }
}

async fn get(client: &Client, student: &Student, path: &str) -> Option<Answer> {
    client.send(Method::GET, &student.url(path), None).await
}

async fn post(client: &Client, student: &Student, path: &str, body: Value) -> Option<Answer> {
    client
        .send(Method::POST, &student.url(path), Some(body))
        .await
}
