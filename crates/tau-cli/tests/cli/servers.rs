//! An agent behind chat completions, a customer behind the steer protocol, and the program.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use serde_json::{Value, json};

/// The agent's key in these tests; it must never be printed or stored.
pub const AGENT_KEY: &str = "sk-canary-agent-5f2e";
/// The steer service's key.
pub const STEER_KEY: &str = "canary-steer-77ab";

/// Answers a request's JSON body: status and body.
pub type Answer = Box<dyn Fn(&Value) -> (u16, Value) + Send + Sync>;

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

struct Loopback {
    answer: Answer,
    listing: Mutex<Option<Value>>,
    requests: Mutex<Vec<Request>>,
}

/// A server that answers every POST; ends with the process.
pub struct Server {
    address: SocketAddr,
    inner: Arc<Loopback>,
}

impl Server {
    pub fn start(answer: Answer) -> Server {
        let inner =
            Arc::new(Loopback { answer, listing: Mutex::default(), requests: Mutex::default() });
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let state = inner.clone();
        std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let router = Router::new()
                    .route("/traits", get(list))
                    .route("/{*path}", post(handle))
                    .with_state(state);
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, router).await.unwrap();
            });
        });
        Server { address, inner }
    }

    /// The same with a list of traits, which does not count as a request.
    pub fn listing(self, traits: Value) -> Server {
        *self.inner.listing.lock().unwrap() = Some(traits);
        self
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.inner.requests.lock().unwrap().clone()
    }
}

async fn list(State(server): State<Arc<Loopback>>) -> (StatusCode, axum::Json<Value>) {
    match &*server.listing.lock().unwrap() {
        Some(traits) => (StatusCode::OK, axum::Json(traits.clone())),
        None => (StatusCode::NOT_FOUND, axum::Json(json!({"detail": "Not Found"}))),
    }
}

async fn handle(
    State(server): State<Arc<Loopback>>,
    headers: HeaderMap,
    axum::Json(body): axum::Json<Value>,
) -> (StatusCode, axum::Json<Value>) {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .collect();
    let (status, answer) = (server.answer)(&body);
    server.requests.lock().unwrap().push(Request { headers, body });
    (StatusCode::from_u16(status).unwrap(), axum::Json(answer))
}

/// A chat completion that holds this assistant message.
pub fn completion(message: Value) -> Value {
    json!({
        "id": "c", "object": "chat.completion", "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
    })
}

/// How many replies the one who answers has given in this conversation.
pub fn replies_so_far(body: &Value) -> usize {
    body["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|message| message["role"] == "assistant")
        .count()
}

/// An agent that only asks, and a customer that leaves at its third turn.
pub fn small_talk() -> (Server, Server) {
    let agent = Server::start(Box::new(|body| {
        let number = replies_so_far(body);
        (
            200,
            completion(
                json!({"role": "assistant", "content": format!("Could you say more ({number})?")}),
            ),
        )
    }));
    let customer = Server::start(Box::new(|body| {
        let said =
            if replies_so_far(body) < 2 { "I need help with an order." } else { "###STOP###" };
        (200, json!({ "response": said }))
    }));
    (agent, customer)
}

/// `tautrait` on its own data folder, without a password store, pointed at these servers.
pub fn tautrait(data: &Path, agent: Option<&Server>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tautrait"));
    command
        .env("TAUTRAIT_DATA_DIR", data)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env_remove("OPENAI_API_BASE")
        .env_remove("OPENAI_BASE_URL")
        .env_remove("STEER_BASE_URL")
        .env("OPENAI_API_KEY", AGENT_KEY)
        .env("STEER_API_KEY", STEER_KEY);
    if let Some(agent) = agent {
        command.env("OPENAI_BASE_URL", agent.url("/v1"));
    }
    command
}

/// Runs it and gives exit code, output and error stream; neither may hold a key.
pub fn finish(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    for key in [AGENT_KEY, STEER_KEY] {
        assert!(!out.contains(key) && !err.contains(key), "a key was printed");
    }
    (status.code().unwrap_or(-1), out, err)
}

/// The one line of JSON on the output.
pub fn json_line(out: &str) -> Value {
    assert_eq!(out.trim_end().lines().count(), 1, "one line was promised: {out}");
    serde_json::from_str(out).unwrap()
}
