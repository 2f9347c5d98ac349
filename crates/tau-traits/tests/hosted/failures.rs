//! Every way in which the service fails, and what a person is told.

use std::time::{Duration, Instant};

use serde_json::json;
use tau_llm::{CallPolicy, ChatModel, ModelError, ModelErrorKind, ProviderLimits};
use tau_traits::hosted::SteerClient;

use crate::fake::{Answer, Fake, KEY};
use crate::{customer, dict, limits, policy, request, service_at};

const BOTH: [&str; 2] = ["/steer_bare", "/steer_batch"];

fn said(path: &str, text: &str) -> serde_json::Value {
    match path {
        "/steer_bare" => json!({"response": text}),
        _ => json!({"responses": [text]}),
    }
}

/// The failure of one question, and how often the service was asked.
async fn failed(fake: &Fake, path: &str) -> (ModelError, usize) {
    let before = fake.asked().len();
    let client = customer(fake, path, json!({"impatience": "high"}));
    let error = client.chat(&request()).await.unwrap_err();
    (error, fake.asked().len() - before)
}

#[tokio::test]
async fn a_wrong_key_is_said_at_once_and_never_shown() {
    for path in BOTH {
        let fake = Fake::start().await;
        let address = format!("{}{path}", fake.url);
        for key in [Some("canary-wrong-key"), None] {
            let service = service_at(&address, key, limits());
            let client = SteerClient::new(service, dict(json!({"impatience": "high"})));
            let error = client.chat(&request()).await.unwrap_err();
            assert_eq!((error.kind, error.attempts), (ModelErrorKind::BadKey, 1));
            assert!(error.kind.pauses_provider());
            assert!(error.message.contains("Models & keys"), "{}", error.message);
            assert_eq!(error.detail, "Invalid API key");
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        }
        assert_eq!(fake.asked().len(), 2);
        fake.then([Answer::Says(403, json!({"detail": "canary-steer-9d1c is blocked"}))]);
        let (error, _) = failed(&fake, path).await;
        assert_eq!(error.kind, ModelErrorKind::BadKey);
        assert!(!error.detail.contains(KEY), "{}", error.detail);
    }
}

#[tokio::test]
async fn a_trait_that_it_does_not_know_is_named_with_those_that_it_does() {
    for path in BOTH {
        let fake = Fake::start().await;
        let client = customer(&fake, path, json!({"impatience": "high", "verbosity": "low"}));
        let error = client.chat(&request()).await.unwrap_err();
        assert_eq!((error.kind, fake.asked().len()), (ModelErrorKind::BadRequest, 1));
        assert!(error.message.contains("does not know verbosity."), "{}", error.message);
        assert!(
            error.message.contains("impatience, confusion, skeptical, incoherence"),
            "{}",
            error.message
        );
        assert!(error.detail.contains("unknown trait"), "{}", error.detail);
    }
}

#[tokio::test]
async fn a_refusal_that_the_list_does_not_explain_says_so() {
    let fake = Fake::start().await;
    let level = customer(&fake, "/", json!({"impatience": 7}));
    let error = level.chat(&request()).await.unwrap_err();
    assert!(error.message.contains("a trait or a level"), "{}", error.message);
    assert!(error.detail.contains("unknown level"), "{}", error.detail);
    fake.lists(Answer::Says(404, json!({"detail": "Not Found"})));
    let unlisted = customer(&fake, "/", json!({"verbosity": "low"}));
    let error = unlisted.chat(&request()).await.unwrap_err();
    assert!(error.message.contains("a trait or a level"), "{}", error.message);
    let refusal = Answer::Says(422, json!({"detail": "trait_dict must not be empty"}));
    fake.then([refusal]);
    let baseline = customer(&fake, "/", json!({}));
    let error = baseline.chat(&request()).await.unwrap_err();
    assert!(error.message.contains("the baseline"), "{}", error.message);
}

#[tokio::test]
async fn a_wrong_address_is_told_apart_from_a_wrong_question() {
    let fake = Fake::start().await;
    for path in ["/demo", "/steer_now"] {
        let (error, asked) = failed(&fake, path).await;
        assert_eq!((error.kind, asked), (ModelErrorKind::ModelNotFound, 1), "{path}");
        assert!(error.message.contains("/steer_bare or /steer_batch"), "{}", error.message);
    }
    let service = service_at("not an address", None, limits());
    let client = SteerClient::new(service, dict(json!({"impatience": "low"})));
    let error = client.chat(&request()).await.unwrap_err();
    assert!(error.message.contains("is not a web address"), "{}", error.message);
}

#[tokio::test]
async fn a_service_that_recovers_is_asked_again() {
    for path in BOTH {
        let fake = Fake::start().await;
        let text = |status, text: &str| Answer::Text(status, vec![], text.to_owned());
        fake.then([
            text(200, "<html>please wait</html>"),
            Answer::Says(200, json!({"oops": 1})),
            Answer::Says(500, json!({"detail": "Internal Server Error"})),
            text(502, "<html>bad gateway</html>"),
            Answer::Says(503, json!({})),
        ]);
        let client = customer(&fake, path, json!({"impatience": "high"}));
        let reply = client.chat(&request()).await.unwrap();
        assert_eq!(reply.message.content.as_deref(), Some(r#"{"impatience":"high"} #1"#));
        assert_eq!((reply.attempts, fake.asked().len()), (6, 6));
        let bodies: Vec<_> = fake.asked().into_iter().map(|asked| asked.body).collect();
        assert!(bodies.iter().all(|body| *body == bodies[0]), "the same question each time");
    }
}

#[tokio::test]
async fn a_service_that_stays_away_is_given_up() {
    for path in BOTH {
        let fake = Fake::start().await;
        let attempts = policy().unavailable_attempts;
        fake.then(vec![Answer::Says(503, json!({"detail": "down"})); attempts as usize + 1]);
        let (error, asked) = failed(&fake, path).await;
        assert_eq!((error.kind, error.attempts), (ModelErrorKind::Unavailable, attempts));
        assert_eq!(asked, attempts as usize);
        assert!(error.kind.retryable());
    }
    let nobody = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let client =
        SteerClient::new(service_at(&nobody, None, limits()), dict(json!({"impatience": "low"})));
    let error = client.chat(&request()).await.unwrap_err();
    assert_eq!(error.kind, ModelErrorKind::Unavailable);
    assert!(error.message.contains("Steering box cannot be reached"), "{}", error.message);
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_outage() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut some = [0; 1024];
            let _ = stream.read(&mut some).await;
            let half = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"responses\": [";
            let _ = stream.write_all(half).await;
        }
    });
    let client =
        SteerClient::new(service_at(&url, None, limits()), dict(json!({"impatience": "low"})));
    let error = client.chat(&request()).await.unwrap_err();
    assert_eq!(error.kind, ModelErrorKind::Unavailable);
    assert_eq!(error.attempts, policy().unavailable_attempts);
}

#[tokio::test]
async fn a_service_that_asks_to_slow_down_is_obeyed() {
    let fake = Fake::start().await;
    fake.then([Answer::Text(
        429,
        vec![("retry-after", "1")],
        r#"{"detail": "slow down"}"#.to_owned(),
    )]);
    let client = customer(&fake, "/steer_bare", json!({"impatience": "high"}));
    let start = Instant::now();
    assert_eq!(client.chat(&request()).await.unwrap().attempts, 2);
    assert!(start.elapsed() >= Duration::from_millis(900), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_wait_has_an_end() {
    let usual = CallPolicy::default();
    assert_eq!(usual.steer_timeout, Duration::from_secs(30));
    for path in BOTH {
        let fake = Fake::start().await;
        let short = CallPolicy {
            steer_timeout: Duration::from_millis(150),
            timeout_attempts: 2,
            ..policy()
        };
        let limits = ProviderLimits::with_policy(4, short);
        let service = service_at(&format!("{}{path}", fake.url), Some(KEY), limits);
        let client = SteerClient::new(service, dict(json!({"impatience": "high"})));
        fake.then([Answer::Hangs]);
        assert_eq!(
            client.chat(&request()).await.unwrap().attempts,
            2,
            "one time-out is waited out"
        );
        fake.then([Answer::Hangs, Answer::Hangs]);
        let error = client.chat(&request()).await.unwrap_err();
        assert_eq!((error.kind, error.attempts), (ModelErrorKind::Timeout, 2));
        assert!(error.message.contains("did not answer in time"), "{}", error.message);
    }
}

#[tokio::test]
async fn an_answer_for_somebody_else_is_none() {
    let odd = [
        ("/steer_batch", json!({"responses": []})),
        ("/steer_batch", json!({"responses": ["a", "b"]})),
        ("/steer_batch", json!({"responses": [null]})),
        ("/steer_batch", json!({"responses": [""]})),
        ("/steer_batch", json!({"response": "a"})),
        ("/steer_batch", json!(["a"])),
        ("/steer_bare", json!({"responses": ["a"]})),
        ("/steer_bare", json!({"response": null})),
        ("/steer_bare", json!({"response": ""})),
        ("/steer_bare", json!("a")),
    ];
    for (path, body) in odd {
        let fake = Fake::start().await;
        let attempts = policy().malformed_attempts;
        fake.then(vec![Answer::Says(200, body.clone()); attempts as usize]);
        let (error, asked) = failed(&fake, path).await;
        assert_eq!((error.kind, asked), (ModelErrorKind::Malformed, attempts as usize), "{body}");
        assert!(error.message.contains("Is the address right?"), "{}", error.message);
    }
}

#[tokio::test]
async fn one_missing_answer_is_asked_for_again_and_an_answer_never() {
    for path in BOTH {
        let fake = Fake::start().await;
        fake.then([
            Answer::Says(200, said(path, " ")),
            Answer::Says(200, said(path, "No.")),
            Answer::Says(200, said(path, "Not asked for")),
        ]);
        let client = customer(&fake, path, json!({"impatience": "high"}));
        let reply = client.chat(&request()).await.unwrap();
        assert_eq!((reply.message.content.as_deref(), reply.attempts), (Some("No."), 2));
        assert_eq!(fake.asked().len(), 2);
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let fake = Fake::start().await;
    let small = CallPolicy { body_cap: 64 * 1024, malformed_attempts: 1, ..policy() };
    let limits = ProviderLimits::with_policy(4, small);
    let long = json!({"response": "x".repeat(128 * 1024)}).to_string();
    fake.then([Answer::Text(200, vec![], long)]);
    let service = service_at(&format!("{}/steer_bare", fake.url), Some(KEY), limits);
    let client = SteerClient::new(service, dict(json!({"impatience": "high"})));
    let error = client.chat(&request()).await.unwrap_err();
    assert_eq!((error.kind, error.attempts), (ModelErrorKind::Malformed, 1));
    assert!(error.detail.contains("longer than"), "{error:?}");
}

#[tokio::test]
async fn a_redirect_does_not_take_the_key_elsewhere() {
    let (fake, other) = (Fake::start().await, Fake::start().await);
    let target: &'static str = Box::leak(format!("{}/steer_bare", other.url).into_boxed_str());
    fake.then([Answer::Text(307, vec![("location", target)], String::new())]);
    let (error, _) = failed(&fake, "/steer_bare").await;
    assert_eq!(error.kind, ModelErrorKind::BadRequest);
    assert!(other.requests().is_empty());
}
