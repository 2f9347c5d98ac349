//! A steer service on a loopback address, written from the protocol's documentation: it refuses what
//! is not in the documented shape, and fails as it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use serde_json::{Value, json};

/// The traits that it knows.
pub const TRAITS: [&str; 4] = ["impatience", "confusion", "skeptical", "incoherence"];
/// The key that it accepts.
pub const KEY: &str = "canary-steer-9d1c";

/// How one request is answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// As the documentation says.
    AsDocumented,
    /// With this status and body.
    Says(u16, Value),
    /// With this status, these headers and this text.
    Text(u16, Vec<(&'static str, &'static str)>, String),
    /// Not at all.
    Hangs,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub key: Option<String>,
    pub headers: HeaderMap,
    pub body: Value,
}

/// What a customer says: made from its entry of the request.
pub type Line = Box<dyn Fn(&Value) -> Result<String, String> + Send + Sync>;

struct Inner {
    requests: Mutex<Vec<Request>>,
    script: Mutex<VecDeque<Answer>>,
    listing: Mutex<Answer>,
    line: Line,
}

/// The service. It ends with the test's runtime.
#[derive(Clone)]
pub struct Fake {
    pub url: String,
    inner: Arc<Inner>,
}

impl Fake {
    /// A service whose customers say their traits and how often they have spoken.
    pub async fn start() -> Fake {
        Fake::with_line(Box::new(|entry| {
            let spoken = said_so_far(entry);
            Ok(format!("{} #{spoken}", entry["trait_dict"]))
        }))
        .await
    }

    /// A service whose customers say what `line` makes of their entry.
    pub async fn with_line(line: Line) -> Fake {
        let inner = Arc::new(Inner {
            requests: Mutex::default(),
            script: Mutex::default(),
            listing: Mutex::new(Answer::AsDocumented),
            line,
        });
        let app = Router::new().fallback(answer).with_state(inner.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Fake { url, inner }
    }

    /// Answers the next requests for customers so; those after them as documented.
    pub fn then(&self, answers: impl IntoIterator<Item = Answer>) -> &Self {
        self.inner.script.lock().unwrap().extend(answers);
        self
    }

    /// Answers every request for the list of traits so.
    pub fn lists(&self, answer: Answer) -> &Self {
        *self.inner.listing.lock().unwrap() = answer;
        self
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.inner.requests.lock().unwrap().clone()
    }

    /// The requests for customers so far.
    pub fn asked(&self) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.method == "POST").collect()
    }

    /// How often the list of traits was asked for.
    pub fn listed(&self) -> usize {
        self.requests().iter().filter(|request| request.path == "/traits").count()
    }
}

/// How often the customer of an entry has spoken.
pub fn said_so_far(entry: &Value) -> usize {
    let messages = entry["messages"].as_array().unwrap();
    messages.iter().filter(|message| message["role"] == "assistant").count()
}

async fn answer(
    State(fake): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    let key = headers.get("api-key").map(|key| key.to_str().unwrap().to_owned());
    let path = uri.path().to_owned();
    fake.requests.lock().unwrap().push(Request {
        method: method.to_string(),
        path: path.clone(),
        key: key.clone(),
        headers: headers.clone(),
        body: body.clone(),
    });
    let told = match (&method, path.as_str()) {
        (&Method::GET, "/traits") => fake.listing.lock().unwrap().clone(),
        _ => fake.script.lock().unwrap().pop_front().unwrap_or(Answer::AsDocumented),
    };
    match told {
        Answer::Says(status, body) => respond(status, body),
        Answer::Text(status, headers, text) => {
            let mut response = (StatusCode::from_u16(status).unwrap(), text).into_response();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Answer::Hangs => {
            tokio::time::sleep(Duration::from_secs(600)).await;
            respond(200, Value::Null)
        }
        Answer::AsDocumented => match (&method, path.as_str()) {
            (&Method::GET, "/traits") => respond(200, json!({"traits": TRAITS})),
            (&Method::POST, "/steer_bare") => documented(&headers, key.as_deref(), || {
                customer(&fake, &body, false).map(|said| json!({"response": said}))
            }),
            (&Method::POST, "/steer_batch") => documented(&headers, key.as_deref(), || {
                let entries = body.as_array().ok_or(("body", "a list is wanted"))?;
                let said: Result<Vec<String>, _> =
                    entries.iter().map(|entry| customer(&fake, entry, true)).collect();
                Ok(json!({"responses": said?}))
            }),
            _ => respond(404, json!({"detail": "Not Found"})),
        },
    }
}

type Refused = (&'static str, &'static str);

fn documented(
    headers: &HeaderMap,
    key: Option<&str>,
    said: impl FnOnce() -> Result<Value, Refused>,
) -> Response {
    if key != Some(KEY) {
        return respond(401, json!({"detail": "Invalid API key"}));
    }
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
    match said() {
        Ok(body) => respond(200, body),
        Err((place, why)) => {
            let detail = json!([{"loc": ["body", place], "msg": why, "type": "value_error"}]);
            respond(422, json!({"detail": detail}))
        }
    }
}

/// What one customer says, when its entry has the documented shape.
fn customer(fake: &Inner, entry: &Value, in_batch: bool) -> Result<String, Refused> {
    let traits = entry["trait_dict"].as_object().ok_or(("trait_dict", "an object is wanted"))?;
    for (name, level) in traits {
        if !TRAITS.contains(&name.as_str()) {
            return Err(("trait_dict", "unknown trait"));
        }
        let level_known = match level {
            Value::String(word) => ["low", "medium", "high"].contains(&word.as_str()),
            Value::Number(number) => number.as_i64().is_some_and(|level| (0..=2).contains(&level)),
            _ => false,
        };
        if !level_known {
            return Err(("trait_dict", "unknown level"));
        }
    }
    let messages = entry["messages"].as_array().ok_or(("messages", "a list is wanted"))?;
    for message in messages {
        assert_eq!(message.as_object().unwrap().len(), 2, "role and content and nothing else");
        assert!(message["content"].is_string());
        assert!(["system", "user", "assistant"].contains(&message["role"].as_str().unwrap()));
    }
    if !entry["temperature"].is_number() || !entry["max_tokens"].is_u64() {
        return Err(("temperature", "a number is wanted"));
    }
    if in_batch {
        assert!(entry["user_characteristics"].is_object() && entry["seed"].is_i64());
    }
    (fake.line)(entry).map_err(|_| ("messages", "not in the recording"))
}

fn respond(status: u16, body: Value) -> Response {
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}
