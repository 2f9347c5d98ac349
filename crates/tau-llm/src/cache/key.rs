//! Under which key a reply is kept: everything that has a part in it.

use reqwest::Url;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tau_domain::{Message, Role, ToolCall, ToolSpec};

use crate::{ChatRequest, Endpoint, EndpointKind};

/// Grows when the same question may get another key, or what is kept changes its shape.
const VERSION: &str = "tautrait-reply-1";

/// Which model it is, as far as that has a part in its answers. Holds no key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    kind: EndpointKind,
    address: String,
    model: String,
    setting: String,
}

impl Origin {
    /// The model `model` at `endpoint`; `None` where replies are not to be kept: an agent of one's own may
    /// be another one tomorrow under the same address.
    pub fn of(endpoint: &Endpoint, model: &str) -> Option<Origin> {
        (endpoint.kind != EndpointKind::OutsideAgent).then(|| Origin {
            kind: endpoint.kind,
            address: without_credentials(&endpoint.base_url),
            model: model.to_owned(),
            setting: String::new(),
        })
    }

    /// The same with what is sent beside each request, for instance the traits of a steered customer.
    #[must_use]
    pub fn with_setting(self, setting: impl Into<String>) -> Origin {
        Origin { setting: setting.into(), ..self }
    }
}

/// An address as it is, without a name and password in it.
fn without_credentials(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    // Fails only for addresses that cannot hold any.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// SHA-256 over a question in one way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReplyKey([u8; 32]);

#[derive(Serialize)]
struct Question<'a> {
    version: &'static str,
    origin: &'a Origin,
    draw: u64,
    messages: Vec<Said<'a>>,
    tools: &'a [ToolSpec],
    must_call: bool,
    temperature: Option<f64>,
    seed: Option<u64>,
    max_tokens: Option<u32>,
}

/// A message as models see it.
#[derive(Serialize)]
struct Said<'a> {
    role: Role,
    content: Option<&'a str>,
    tool_calls: &'a [ToolCall],
    tool_call_id: Option<&'a str>,
    name: Option<&'a str>,
    echo: Option<&'a str>,
}

impl ReplyKey {
    /// The key of a question to a model, in the attempt that `draw` stands for.
    pub fn of(origin: &Origin, draw: u64, request: &ChatRequest) -> ReplyKey {
        // Whole, so that a new member is not forgotten here.
        let ChatRequest { messages, tools, must_call: _, temperature, seed, max_tokens } = request;
        let question = Question {
            version: VERSION,
            origin,
            draw,
            messages: messages.iter().map(said).collect(),
            tools,
            must_call: request.has_to_call(),
            temperature: *temperature,
            seed: *seed,
            max_tokens: *max_tokens,
        };
        // Nothing in it can fail to be written.
        let written = serde_json::to_vec(&question).unwrap_or_default();
        ReplyKey(Sha256::digest(&written).into())
    }

    /// The key of the answer number `nth` (from 0) to the same question in one conversation.
    pub(super) fn nth(self, nth: u32) -> ReplyKey {
        if nth == 0 {
            return self;
        }
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        hasher.update(nth.to_be_bytes());
        ReplyKey(hasher.finalize().into())
    }

    /// The key's bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key in hex.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn said(message: &Message) -> Said<'_> {
    let Message { role, content, tool_calls, tool_call_id, name, reading: _, echo, cached: _ } =
        message;
    Said {
        role: *role,
        content: content.as_deref(),
        tool_calls,
        tool_call_id: tool_call_id.as_deref(),
        name: name.as_deref(),
        echo: echo.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn endpoint(address: &str) -> Endpoint {
        Endpoint::new("id", "name", EndpointKind::OpenAiCompatible, address)
    }

    fn origin(address: &str, model: &str) -> Origin {
        Origin::of(&endpoint(address), model).unwrap()
    }

    fn request() -> ChatRequest {
        ChatRequest {
            messages: vec![
                Message::text(Role::System, "Be kind."),
                Message::text(Role::User, "Hi"),
            ],
            tools: vec![ToolSpec {
                name: "look".into(),
                description: "Looks.".into(),
                parameters: serde_json::json!({"type": "object"}),
            }],
            temperature: Some(0.0),
            seed: Some(1),
            ..ChatRequest::default()
        }
    }

    #[test]
    fn whatever_has_a_part_in_an_answer_has_a_part_in_its_key() {
        let here = origin("https://one.example/v1", "m");
        let base = request();
        let mut others = vec![
            ReplyKey::of(&here, 1, &base),
            ReplyKey::of(&here, 2, &base),
            ReplyKey::of(&origin("https://two.example/v1", "m"), 1, &base),
            ReplyKey::of(&origin("https://one.example/v1", "n"), 1, &base),
            ReplyKey::of(&here.clone().with_setting("impatience"), 1, &base),
            ReplyKey::of(&here, 1, &base).nth(1),
            ReplyKey::of(&here, 1, &base).nth(2),
        ];
        let mut changed = |change: &dyn Fn(&mut ChatRequest)| {
            let mut request = base.clone();
            change(&mut request);
            others.push(ReplyKey::of(&here, 1, &request));
        };
        changed(&|request| request.seed = Some(2));
        changed(&|request| request.seed = None);
        changed(&|request| request.temperature = Some(0.5));
        changed(&|request| request.temperature = None);
        changed(&|request| request.max_tokens = Some(5));
        changed(&|request| request.must_call = true);
        changed(&|request| request.tools.clear());
        changed(&|request| request.tools[0].description = "Looks twice.".into());
        changed(&|request| request.messages[1].content = Some("Hi.".into()));
        changed(&|request| request.messages[1].echo = Some("trace".into()));
        changed(&|request| request.messages.swap(0, 1));
        assert_eq!(others.iter().collect::<HashSet<_>>().len(), others.len());
    }

    #[test]
    fn what_is_never_sent_has_no_part_in_the_key() {
        let here = origin("https://one.example/v1", "m");
        let mut marked = request();
        marked.messages[1].cached = true;
        marked.messages[1].reading = Some(Box::default());
        assert_eq!(ReplyKey::of(&here, 1, &marked), ReplyKey::of(&here, 1, &request()));
    }

    #[test]
    fn a_key_does_not_change_from_one_release_to_the_next() {
        let key = ReplyKey::of(&origin("https://one.example/v1", "m"), 1, &request());
        assert_eq!(key.hex(), "959a5f1a8020974c2fb3c237e2447e05d8499b5125ece2af5e53b41b1e2a9310");
    }

    #[test]
    fn an_address_counts_without_the_password_in_it() {
        assert_eq!(
            origin("https://me:secret@one.example/v1/", "m"),
            origin("https://one.example/v1", "m")
        );
        assert!(!format!("{:?}", origin("https://me:secret@one.example/", "m")).contains("secret"));
    }

    #[test]
    fn an_agent_of_one_s_own_is_always_asked() {
        let own = Endpoint { kind: EndpointKind::OutsideAgent, ..endpoint("http://localhost:1") };
        assert_eq!(Origin::of(&own, "mine"), None);
    }
}
