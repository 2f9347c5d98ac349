//! A provider on loopback that answers from a script and keeps a ledger of what reached it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde_json::{Value, json};
use tau_domain::{Message, Role, ToolCall, ToolSpec};
use tau_llm::{
    CallPolicy, ChatModel, ChatReply, ChatRequest, Endpoint, EndpointKind, ListedModel, ModelError,
    ModelErrorKind, ProviderLimits, connect, list_models,
};
use tokio::net::TcpListener;

pub const KEY: &str = "key-0123456789-secret";

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub text: String,
}

impl Asked {
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// A scripted answer: status, headers, body.
pub type Answer = (u16, Vec<(&'static str, &'static str)>, String);

#[derive(Default)]
struct Ledger {
    script: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Asked>>,
}

/// See the module.
pub struct Fake {
    ledger: Arc<Ledger>,
    pub origin: String,
}

async fn serve(
    State(ledger): State<Arc<Ledger>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().unwrap().as_str().to_owned();
    let text = String::from_utf8(body.to_vec()).unwrap();
    ledger.asked.lock().unwrap().push(Asked { method, path, headers, text });
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

impl Fake {
    /// A fake that answers 200 with these bodies, one after the other.
    pub async fn answering(bodies: &[Value]) -> Fake {
        Fake::scripted(bodies.iter().map(|body| (200, vec![], body.to_string())).collect()).await
    }

    /// A fake that refuses everything so.
    pub async fn refusing(
        status: u16,
        header: Option<(&'static str, &'static str)>,
        body: Value,
    ) -> Fake {
        Fake::scripted(vec![(status, header.into_iter().collect(), body.to_string())]).await
    }

    pub async fn scripted(script: Vec<Answer>) -> Fake {
        let ledger = Arc::new(Ledger { script: Mutex::new(script.into()), ..Ledger::default() });
        let app = Router::new().fallback(serve).with_state(ledger.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Fake { ledger, origin }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.ledger.asked.lock().unwrap().clone()
    }

    pub fn endpoint(&self, kind: EndpointKind, path: &str) -> Endpoint {
        Endpoint::new("p", "Provider", kind, format!("{}{path}", self.origin))
    }

    pub fn model(&self, kind: EndpointKind, path: &str, model: &str) -> Box<dyn ChatModel> {
        let limits = ProviderLimits::with_policy(4, quick());
        let key = Some(SecretString::from(KEY));
        connect(&self.endpoint(kind, path), model, key, limits).unwrap()
    }

    pub async fn models(&self, kind: EndpointKind, path: &str) -> Vec<ListedModel> {
        let limits = ProviderLimits::with_policy(4, quick());
        let key = Some(SecretString::from(KEY));
        list_models(&self.endpoint(kind, path), key, limits).await.unwrap()
    }
}

pub fn quick() -> CallPolicy {
    CallPolicy {
        throttle_budget: Duration::from_secs(2),
        backoff_base: Duration::from_millis(2),
        backoff_cap: Duration::from_millis(10),
        ..CallPolicy::default()
    }
}

/// A conversation with everything in it: policy, two calls at once, their results, a remark between.
pub fn conversation() -> ChatRequest {
    let call = |id: &str, order: &str| ToolCall {
        id: id.into(),
        name: "get_order".into(),
        arguments: format!(r#"{{"order": "{order}", "limit": 50.0}}"#),
    };
    let (one, two) = (call("call-1", "A1"), call("call-2", "B2"));
    let asks = Message {
        content: None,
        tool_calls: vec![one.clone(), two.clone()],
        ..Message::text(Role::Assistant, "")
    };
    ChatRequest {
        messages: vec![
            Message::text(Role::System, "Be kind."),
            Message::text(Role::User, "Where are my orders?"),
            asks,
            Message::tool_result(&one, "on its way"),
            Message::tool_result(&two, "delivered"),
            Message::text(Role::User, "And?"),
        ],
        tools: vec![tool()],
        temperature: Some(0.0),
        seed: Some(7),
        ..ChatRequest::default()
    }
}

pub fn tool() -> ToolSpec {
    ToolSpec {
        name: "get_order".into(),
        description: "Finds an order.".into(),
        parameters: schema(),
    }
}

pub fn schema() -> Value {
    json!({"type": "object", "properties": {"order": {"type": "string"}}, "required": ["order"]})
}

pub fn hello() -> ChatRequest {
    ChatRequest { messages: vec![Message::text(Role::User, "Hello")], ..ChatRequest::default() }
}

/// What `model` makes of a refusal, and how often it asked.
pub async fn sorted(
    kind: EndpointKind,
    path: &str,
    status: u16,
    header: Option<(&'static str, &'static str)>,
    body: Value,
) -> (ModelErrorKind, usize) {
    let fake = Fake::refusing(status, header, body).await;
    let error = fake.model(kind, path, "m").chat(&hello()).await.unwrap_err();
    assert!(!format!("{error:?}").contains(KEY));
    (error.kind, fake.asked().len())
}

pub async fn ask(model: &dyn ChatModel) -> Result<ChatReply, ModelError> {
    model.chat(&conversation()).await
}

pub fn ids(models: &[ListedModel]) -> Vec<&str> {
    models.iter().map(|model| model.id.as_str()).collect()
}
