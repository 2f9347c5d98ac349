//! The steer protocol: a service that plays a customer with traits.
//!
//! `POST` to one address with the header `API-Key` and
//! `{trait_dict, messages: [{role, content}], temperature, max_tokens, system_prompt}`, answered
//! `{"response": "..."}` (upstream `envs/user.py`, `steer_completions`). The customer is the
//! `assistant` of these messages.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::{Value, json};
use tau_domain::{Message, Role, Usage};
use tau_llm::{
    ChatModel, ChatReply, ChatRequest, Endpoint, Finish, JsonApi, KeyHeader, ModelError,
    ProviderLimits,
};

use crate::TraitMix;

/// What upstream sends.
const TEMPERATURE: f64 = 0.7;
/// What upstream sends.
const MAX_TOKENS: u32 = 256;

/// A customer with one mix of traits behind a steer service.
#[derive(Clone, Debug)]
pub struct SteerClient {
    url: String,
    name: String,
    mix: TraitMix,
    api: JsonApi,
}

impl SteerClient {
    /// A customer with `mix`, played by the service at the endpoint's address.
    pub fn new(
        endpoint: &Endpoint,
        key: Option<SecretString>,
        mix: TraitMix,
        limits: Arc<ProviderLimits>,
    ) -> Self {
        SteerClient {
            url: endpoint.base_url.clone(),
            name: endpoint.name.clone(),
            mix,
            api: endpoint.api("", key, KeyHeader::Named("api-key"), limits),
        }
    }

    fn body(&self, request: &ChatRequest) -> Value {
        let messages: Vec<Value> = request
            .messages
            .iter()
            .map(|message| json!({"role": message.role, "content": message.content}))
            .collect();
        json!({
            "trait_dict": self.mix.trait_dict(),
            "messages": messages,
            "temperature": request.temperature.unwrap_or(TEMPERATURE),
            "max_tokens": request.max_tokens.unwrap_or(MAX_TOKENS),
            "system_prompt": 0,
        })
    }
}

/// Reads `{"response": "..."}`.
fn read_response(text: &str) -> Result<String, String> {
    let value = tau_llm::wire::read_json(text)?;
    match value.get("response") {
        Some(Value::String(response)) => Ok(response.clone()),
        _ => Err("there is no text under `response`".to_owned()),
    }
}

#[async_trait]
impl ChatModel for SteerClient {
    fn name(&self) -> &str {
        &self.name
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let body = self.body(request);
        let (response, attempts) = self.api.post(&self.url, &body, read_response).await?;
        Ok(ChatReply {
            message: Message::text(Role::Assistant, response),
            usage: Usage::default(),
            finish: Finish::Stop,
            cost_usd: None,
            attempts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::time::Duration;

    use axum::http::{HeaderMap, StatusCode};
    use axum::routing::post;
    use axum::{Json, Router};
    use tau_llm::{CallPolicy, EndpointKind, ModelErrorKind};

    type Seen = Arc<Mutex<Vec<(HeaderMap, Value)>>>;

    async fn service(answers: Vec<(u16, Value)>) -> (SteerClient, Seen) {
        let seen: Seen = Seen::default();
        let ledger = seen.clone();
        let app = Router::new().route(
            "/steer",
            post(move |headers: HeaderMap, Json(body): Json<Value>| async move {
                let mut seen = ledger.lock().unwrap();
                let (status, answer) = answers[seen.len().min(answers.len() - 1)].clone();
                seen.push((headers, body));
                (StatusCode::from_u16(status).unwrap(), Json(answer))
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/steer", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let policy = CallPolicy {
            backoff_base: Duration::from_millis(5),
            backoff_cap: Duration::from_millis(20),
            ..CallPolicy::default()
        };
        let client = SteerClient::new(
            &Endpoint::new("s", "Steer", EndpointKind::Steer, url),
            Some(SecretString::from("key-1")),
            TraitMix::new([("impatience", 2)]).unwrap(),
            ProviderLimits::with_policy(4, policy),
        );
        (client, seen)
    }

    fn request() -> ChatRequest {
        let messages = vec![Message::text(Role::System, "s"), Message::text(Role::User, "hi")];
        ChatRequest { messages, ..ChatRequest::default() }
    }

    #[tokio::test]
    async fn the_request_is_the_protocols_own_shape() {
        let (client, seen) = service(vec![(200, json!({"response": "Do it now."}))]).await;
        let reply = client.chat(&request()).await.unwrap();
        assert_eq!(reply.message, Message::text(Role::Assistant, "Do it now."));
        let seen = seen.lock().unwrap();
        assert_eq!(seen[0].0["api-key"], "key-1");
        assert!(!seen[0].0.contains_key("authorization"));
        assert_eq!(
            seen[0].1,
            json!({
                "trait_dict": {"impatience": 2},
                "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "hi"}],
                "temperature": 0.7, "max_tokens": 256, "system_prompt": 0,
            })
        );
    }

    #[tokio::test]
    async fn a_service_that_recovers_is_tried_again() {
        let answers =
            vec![(503, json!({})), (200, json!({"oops": 1})), (200, json!({"response": ""}))];
        let (client, seen) = service(answers).await;
        assert_eq!(client.chat(&request()).await.unwrap().attempts, 3);
        assert_eq!(seen.lock().unwrap().len(), 3);
    }

    #[tokio::test]
    async fn an_unknown_trait_is_a_wrong_request_and_not_repeated() {
        let (client, seen) = service(vec![(422, json!({"detail": "unknown trait"}))]).await;
        let error = client.chat(&request()).await.unwrap_err();
        assert_eq!(
            (error.kind, error.detail.as_str()),
            (ModelErrorKind::BadRequest, "unknown trait")
        );
        assert_eq!(seen.lock().unwrap().len(), 1);
    }
}
