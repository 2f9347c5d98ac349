//! A provider that misbehaves, on loopback. What is asserted is the provider's own ledger: what
//! reached it, and when.
#![allow(clippy::unwrap_used)]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use tau_domain::{Message, Role};
use tau_llm::{
    CallPolicy, ChatModel, ChatReply, ChatRequest, Endpoint, EndpointKind, KeyHeader, ModelError,
    ModelErrorKind, ProviderLimits, connect, list_models,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const KEY: &str = "sk-test-0123456789";
const GOOD: &str = r#"{"choices":[{"message":{"role":"assistant","content":"OK"},"finish_reason":"stop"}],
    "usage":{"prompt_tokens":9,"completion_tokens":1}}"#;

/// One scripted answer: status, headers, body.
type Answer = (u16, Vec<(&'static str, String)>, String);

#[derive(Default)]
struct Ledger {
    script: Mutex<VecDeque<Answer>>,
    requests: Mutex<Vec<(Instant, HeaderMap, String)>>,
}

impl Ledger {
    fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

async fn serve(State(ledger): State<Arc<Ledger>>, headers: HeaderMap, body: Bytes) -> Response {
    let body = String::from_utf8_lossy(&body).into_owned();
    ledger.requests.lock().unwrap().push((Instant::now(), headers, body));
    let mut script = ledger.script.lock().unwrap();
    // The last answer is repeated for ever.
    let answer = if script.len() > 1 { script.pop_front() } else { script.front().cloned() };
    let (status, headers, body) = answer.unwrap();
    let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

async fn provider(script: Vec<Answer>) -> (String, Arc<Ledger>) {
    let ledger = Arc::new(Ledger { script: Mutex::new(script.into()), ..Ledger::default() });
    let app = Router::new().fallback(serve).with_state(ledger.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, ledger)
}

fn answer(status: u16, body: &str) -> Answer {
    (status, Vec::new(), body.to_owned())
}

fn quick() -> CallPolicy {
    CallPolicy {
        connect_timeout: Duration::from_secs(2),
        idle_timeout: Duration::from_millis(200),
        throttle_budget: Duration::from_secs(2),
        backoff_base: Duration::from_millis(10),
        backoff_cap: Duration::from_millis(50),
        ..CallPolicy::default()
    }
}

fn model(url: &str) -> Box<dyn ChatModel> {
    model_with(url, ProviderLimits::with_policy(8, quick()))
}

fn model_with(url: &str, limits: Arc<ProviderLimits>) -> Box<dyn ChatModel> {
    let endpoint = Endpoint::new("p", "Provider", EndpointKind::OpenAiCompatible, url);
    connect(&endpoint, "m", Some(SecretString::from(KEY)), limits).unwrap()
}

async fn ask(url: &str) -> Result<ChatReply, ModelError> {
    let messages = vec![Message::text(Role::User, "hello")];
    model(url).chat(&ChatRequest { messages, ..ChatRequest::default() }).await
}

#[tokio::test]
async fn a_good_call_sends_the_key_and_counts_the_tokens() {
    let (url, ledger) = provider(vec![answer(200, GOOD)]).await;
    let reply = ask(&url).await.unwrap();
    assert_eq!(reply.message.content.as_deref(), Some("OK"));
    assert_eq!((reply.usage.input_tokens, reply.attempts), (9, 1));
    let requests = ledger.requests.lock().unwrap();
    assert_eq!(requests[0].1["authorization"], format!("Bearer {KEY}"));
    let body: serde_json::Value = serde_json::from_str(&requests[0].2).unwrap();
    assert_eq!(body["model"], "m");
    assert!(body.get("tool_choice").is_none() && body.get("tools").is_none());
}

#[tokio::test]
async fn a_429_with_a_hint_keeps_all_calls_of_the_key_back() {
    let hint = (429, vec![("retry-after-ms", "400".to_owned())], String::new());
    let (url, ledger) = provider(vec![hint, answer(200, GOOD)]).await;
    let model = model_with(&url, ProviderLimits::with_policy(8, quick()));
    let request = ChatRequest::default();
    let first = model.chat(&request);
    let later = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        model.chat(&request).await
    };
    let (first, later) = tokio::join!(first, later);
    assert_eq!(first.unwrap().attempts, 2);
    assert_eq!(later.unwrap().attempts, 1);
    let requests = ledger.requests.lock().unwrap();
    assert_eq!(requests.len(), 3);
    for (at, ..) in &requests[1..] {
        assert!(*at - requests[0].0 >= Duration::from_millis(395), "before the hint had passed");
    }
}

#[tokio::test]
async fn a_hint_longer_than_the_patience_is_an_error_at_once() {
    let hint = (429, vec![("retry-after", "3600".to_owned())], "{}".to_owned());
    let (url, ledger) = provider(vec![hint]).await;
    let error = ask(&url).await.unwrap_err();
    assert_eq!((error.kind, ledger.count()), (ModelErrorKind::Throttled, 1));
    assert!(error.kind.retryable() && !error.kind.pauses_provider());
}

#[tokio::test]
async fn refusals_without_reason_or_hint_are_taken_for_an_exhausted_quota() {
    let (url, ledger) = provider(vec![answer(429, "{}")]).await;
    let error = ask(&url).await.unwrap_err();
    assert_eq!((error.kind, ledger.count()), (ModelErrorKind::QuotaExhausted, 5));
    assert!(error.message.contains("looks as if the quota"), "{}", error.message);
}

#[tokio::test]
async fn what_a_person_must_mend_is_asked_exactly_once() {
    for (status, body, kind) in [
        (
            429,
            r#"{"error":{"code":"insufficient_quota","message":"no money"}}"#,
            ModelErrorKind::QuotaExhausted,
        ),
        (401, r#"{"error":{"message":"bad key"}}"#, ModelErrorKind::BadKey),
        (
            404,
            r#"{"error":{"code":"model_not_found","message":"no such model"}}"#,
            ModelErrorKind::ModelNotFound,
        ),
        (
            400,
            r#"{"error":{"code":"context_length_exceeded","message":"too long"}}"#,
            ModelErrorKind::ContextLength,
        ),
        (400, r#"{"error":{"message":"what?"}}"#, ModelErrorKind::BadRequest),
    ] {
        let (url, ledger) = provider(vec![answer(status, body)]).await;
        let error = ask(&url).await.unwrap_err();
        assert_eq!((error.kind, ledger.count(), error.attempts), (kind, 1, 1));
    }
}

#[tokio::test]
async fn the_key_is_in_no_message_and_no_debug_text() {
    let body = format!(r#"{{"error":{{"message":"Incorrect API key provided: {KEY}."}}}}"#);
    let (url, _) = provider(vec![answer(401, &body)]).await;
    let error = ask(&url).await.unwrap_err();
    assert!(error.detail.contains("[key]"));
    let endpoint = Endpoint::new("p", "Provider", EndpointKind::OpenAiCompatible, url);
    let limits = ProviderLimits::new(1);
    let api = endpoint.api("m", Some(SecretString::from(KEY)), KeyHeader::Bearer, limits);
    let seen = format!("{error:?} {error} {api:?}");
    assert!(!seen.contains(KEY), "{seen}");
}

#[tokio::test]
async fn a_provider_that_recovers_is_tried_again() {
    let script = vec![answer(500, "oops"), answer(503, ""), answer(529, "{}"), answer(200, GOOD)];
    let (url, ledger) = provider(script).await;
    assert_eq!(ask(&url).await.unwrap().attempts, 4);
    assert_eq!(ledger.count(), 4);
}

#[tokio::test]
async fn a_provider_that_stays_down_is_given_up_after_six_attempts() {
    let (url, ledger) = provider(vec![answer(502, "<html>bad gateway</html>")]).await;
    let error = ask(&url).await.unwrap_err();
    assert_eq!((error.kind, ledger.count()), (ModelErrorKind::Unavailable, 6));
}

#[tokio::test]
async fn answers_that_cannot_be_read_are_asked_for_three_times() {
    for body in
        ["<html>login</html>", "", r#"{"choices":[{"message":{"content":"cu"#, r#"{"choices":[]}"#]
    {
        let (url, ledger) = provider(vec![answer(200, body)]).await;
        let error = ask(&url).await.unwrap_err();
        assert_eq!((error.kind, ledger.count()), (ModelErrorKind::Malformed, 3), "{body}");
        assert_eq!(error.detail, body);
    }
}

#[tokio::test]
async fn an_error_inside_a_200_is_an_error() {
    let body = r#"{"error":{"code":402,"message":"Insufficient credits"}}"#;
    let (url, ledger) = provider(vec![answer(200, body)]).await;
    assert_eq!(ask(&url).await.unwrap_err().kind, ModelErrorKind::QuotaExhausted);
    assert_eq!(ledger.count(), 1);
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off_at_the_cap() {
    let (url, _) = provider(vec![answer(200, &"x".repeat(17 * 1024 * 1024))]).await;
    let error = ask(&url).await.unwrap_err();
    assert_eq!(error.kind, ModelErrorKind::Malformed);
    assert!(error.message.contains("longer than 16 MB"), "{}", error.message);
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_key() {
    let (elsewhere, second) = provider(vec![answer(200, GOOD)]).await;
    let (url, _) = provider(vec![(307, vec![("location", elsewhere)], String::new())]).await;
    assert_eq!(ask(&url).await.unwrap_err().kind, ModelErrorKind::BadRequest);
    assert_eq!(second.count(), 0);
}

/// Listens, reads what comes first, and lets `act` do the rest.
async fn raw<F, W>(act: F) -> String
where
    F: Fn(tokio::net::TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0u8; 16];
            let _ = stream.read(&mut head).await;
            tokio::spawn(act(stream));
        }
    });
    url
}

#[tokio::test]
async fn a_connection_that_is_reset_counts_as_unavailable() {
    // Closing with unread data in the buffer sends a reset.
    let url = raw(|stream| async move { drop(stream) }).await;
    let error = ask(&url).await.unwrap_err();
    assert_eq!((error.kind, error.attempts), (ModelErrorKind::Unavailable, 6));
}

#[tokio::test]
async fn a_connection_that_ends_in_the_middle_of_the_answer_counts_as_unavailable() {
    let url = raw(|mut stream| async move {
        let mut rest = vec![0u8; 64 * 1024];
        let _ = stream.read(&mut rest).await;
        let _ =
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"choices\"").await;
    })
    .await;
    assert_eq!(ask(&url).await.unwrap_err().kind, ModelErrorKind::Unavailable);
}

#[tokio::test]
async fn nobody_listening_counts_as_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(ask(&url).await.unwrap_err().kind, ModelErrorKind::Unavailable);
}

#[tokio::test]
async fn an_answer_that_drips_too_slowly_is_a_time_out() {
    let url = raw(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n").await;
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(500)).await;
            if stream.write_all(b"{").await.is_err() {
                return;
            }
        }
    })
    .await;
    let error = ask(&url).await.unwrap_err();
    assert_eq!((error.kind, error.attempts), (ModelErrorKind::Timeout, 3));
}

#[tokio::test]
async fn the_models_of_an_endpoint_are_listed() {
    let (url, _) =
        provider(vec![answer(200, r#"{"data":[{"id":"b"},{"id":"a"},{"id":"b"}]}"#)]).await;
    let endpoint = Endpoint::new("p", "Provider", EndpointKind::OpenAiCompatible, url + "/");
    let models = list_models(&endpoint, None, ProviderLimits::new(1)).await.unwrap();
    let names: Vec<&str> = models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
}
