//! What the service knows, asked for before anything is said.

use std::time::Duration;

use serde_json::json;
use tau_llm::ModelErrorKind;
use tau_traits::hosted::Listings;

use crate::fake::{Answer, Fake, KEY, TRAITS};
use crate::{dict, limits, service_at};

#[tokio::test]
async fn the_traits_are_listed_in_either_shape_without_a_key() {
    let fake = Fake::start().await;
    for path in ["", "/steer_bare", "/steer_batch", "/traits"] {
        let service = service_at(&format!("{}{path}", fake.url), None, limits());
        assert_eq!(service.traits().await.unwrap(), TRAITS);
    }
    fake.lists(Answer::Says(200, json!(["patience", "verbosity"])));
    let service = service_at(&fake.url, Some(KEY), limits());
    assert_eq!(service.traits().await.unwrap(), ["patience", "verbosity"]);
    let keys: Vec<_> = fake.requests().into_iter().map(|request| request.key).collect();
    assert_eq!(keys, [None, None, None, None, Some(KEY.to_owned())]);
}

#[tokio::test]
async fn a_list_that_cannot_be_had_is_tried_once() {
    let fake = Fake::start().await;
    let service = service_at(&fake.url, Some(KEY), limits());
    for (answer, kind) in [
        (Answer::Says(503, json!({})), ModelErrorKind::Unavailable),
        (Answer::Says(404, json!({"detail": "Not Found"})), ModelErrorKind::ModelNotFound),
        (Answer::Says(401, json!({"detail": "no"})), ModelErrorKind::BadKey),
        (Answer::Says(200, json!({"traits": "all"})), ModelErrorKind::Malformed),
        (Answer::Says(429, json!({"detail": "slow down"})), ModelErrorKind::Throttled),
    ] {
        let before = fake.listed();
        fake.lists(answer);
        assert_eq!(service.traits().await.unwrap_err().kind, kind);
        assert_eq!(fake.listed() - before, 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_service_is_asked_once_for_everybody() {
    let fake = Fake::start().await;
    let (listings, service) = (Listings::default(), service_at(&fake.url, None, limits()));
    let known = dict(json!({"impatience": "high", "skeptical": 0}));
    let asked = (0..20).map(|_| listings.check(&service, &known));
    for result in futures_of(asked).await {
        assert_eq!(result, Ok(()));
    }
    assert_eq!(fake.listed(), 1);
    let other = service_at(&format!("{}/steer_bare", fake.url), None, limits());
    assert_eq!(listings.of(&other).await.unwrap().len(), 4);
    assert_eq!(fake.listed(), 1, "the same service under another address");
}

async fn futures_of<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut results = Vec::new();
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(result) => {
                results.push(result);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    results
}

#[tokio::test]
async fn what_it_does_not_know_is_refused_before_anything_is_said() {
    let fake = Fake::start().await;
    let (listings, service) = (Listings::default(), service_at(&fake.url, Some(KEY), limits()));
    let mixed = dict(json!({"impatience": "high", "verbosity": "low", "anxiety": "high"}));
    let unknown = listings.check(&service, &mixed).await.unwrap_err();
    assert_eq!(unknown.unknown, ["anxiety", "verbosity"]);
    assert_eq!(
        unknown.to_string(),
        "Steering box does not know anxiety, verbosity. It knows impatience, confusion, skeptical, incoherence. Take what it does not know out of the mix, or have a language model play the customer."
    );
    assert!(fake.asked().is_empty());
    assert_eq!(listings.check(&service, &dict(json!({}))).await, Ok(()));
}

#[tokio::test]
async fn a_list_holds_for_its_time_and_its_absence_for_its_own() {
    let (never, forever) = (Duration::ZERO, Duration::from_secs(3600));
    let fake = Fake::start().await;
    let (service, strange) =
        (service_at(&fake.url, None, limits()), dict(json!({"verbosity": "low"})));
    for (holds, ask_again, absent, listed) in
        [(forever, forever, 1, 0), (forever, never, 2, 1), (never, never, 2, 2)]
    {
        let listings = Listings::new(holds, ask_again);
        let before = fake.listed();
        fake.lists(Answer::Says(404, json!({"detail": "Not Found"})));
        for _ in 0..2 {
            assert_eq!(listings.check(&service, &strange).await, Ok(()), "it did not say");
        }
        assert_eq!(fake.listed() - before, absent);
        fake.lists(Answer::AsDocumented);
        for _ in 0..2 {
            let refused = listings.check(&service, &strange).await.is_err();
            assert_eq!(refused, listed > 0, "only a list refuses");
        }
        assert_eq!(fake.listed() - before, absent + listed);
    }
}
