//! The hosted voice against a loopback service that speaks the documented protocol.
#![allow(clippy::unwrap_used)]

mod failures;
mod fake;
mod speaking;
mod traits_known;

use std::sync::Arc;
use std::time::Duration;

use fake::{Fake, KEY};
use secrecy::SecretString;
use serde_json::{Map, Value};
use tau_domain::{Message, Role};
use tau_llm::{CallPolicy, ChatRequest, Endpoint, EndpointKind, ProviderLimits};
use tau_traits::hosted::{SteerClient, SteerService};

/// The usual patience with its waiting cut short.
fn policy() -> CallPolicy {
    CallPolicy {
        backoff_base: Duration::from_millis(2),
        backoff_cap: Duration::from_millis(10),
        throttle_budget: Duration::from_secs(5),
        ..CallPolicy::default()
    }
}

fn limits() -> Arc<ProviderLimits> {
    ProviderLimits::with_policy(4, policy())
}

fn service_at(address: &str, key: Option<&str>, limits: Arc<ProviderLimits>) -> SteerService {
    let endpoint = Endpoint::new("steer", "Steering box", EndpointKind::Steer, address);
    SteerService::new(&endpoint, key.map(SecretString::from), limits)
}

fn dict(traits: Value) -> Map<String, Value> {
    traits.as_object().unwrap().clone()
}

/// A customer of the service at this path.
fn customer(fake: &Fake, path: &str, traits: Value) -> SteerClient {
    let service = service_at(&format!("{}{path}", fake.url), Some(KEY), limits());
    SteerClient::new(service, dict(traits))
}

/// A conversation as the customer sees it.
fn conversation() -> Vec<Message> {
    vec![
        Message::text(Role::System, "You want a refund."),
        Message::text(Role::User, "Hi! How can I help you today?"),
        Message::text(Role::Assistant, "I want a refund."),
        Message::text(Role::User, "Which order?"),
    ]
}

fn request() -> ChatRequest {
    ChatRequest { messages: conversation(), ..ChatRequest::default() }
}
