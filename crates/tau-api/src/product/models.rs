//! Connections to models: listing, changing, keys, testing.

use std::sync::Arc;
use std::time::Instant;

use secrecy::SecretString;
use tau_domain::{Message, Role};
use tau_llm::{ChatModel, ChatRequest, ModelError, ModelErrorKind};

use super::Product;
use crate::endpoints::{self, PRACTICE, StoredEndpoint};
use crate::types::{Endpoint, EndpointDraft, EndpointKind, EndpointTest, KeyState};
use crate::{ApiError, ErrorCode};

/// Longest key that is taken; the longest in use are some hundred letters.
const LONGEST_KEY: usize = 4096;

impl Product {
    /// Where models are reached; the practice models first.
    pub async fn list_endpoints(&self) -> Result<Vec<Endpoint>, ApiError> {
        let mut shown = vec![endpoints::practice()];
        for endpoint in self.endpoints.list() {
            shown.push(self.shown(&endpoint).await);
        }
        Ok(shown)
    }

    /// Adds or changes one.
    pub async fn save_endpoint(&self, draft: EndpointDraft) -> Result<Endpoint, ApiError> {
        let before = self.endpoints.get(&draft.id).ok();
        let saved = self.endpoints.save(draft)?;
        // A key entered for one address is never sent to another; the old one is of no use.
        if let Some(before) = before
            && before.account() != saved.account()
        {
            self.keys.clear(&before.account()).await?;
        }
        Ok(self.shown(&saved).await)
    }

    /// Removes one and its key.
    pub async fn delete_endpoint(&self, id: String) -> Result<Vec<Endpoint>, ApiError> {
        let endpoint = self.endpoints.get(&id)?;
        self.keys.clear(&endpoint.account()).await?;
        self.endpoints.delete(&id)?;
        self.list_endpoints().await
    }

    /// Keeps a key in the system's password store. It never comes back.
    pub async fn set_key(&self, endpoint: String, key: String) -> Result<Endpoint, ApiError> {
        let key = key.trim().to_owned();
        if key.is_empty() || key.len() > LONGEST_KEY || key.chars().any(char::is_control) {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "This does not look like a key. Copy it once more from the provider's page, in one line.",
            ));
        }
        let endpoint = self.endpoints.get(&endpoint)?;
        let state = self.keys.set(&endpoint.account(), SecretString::from(key)).await?;
        Ok(endpoint.shown(state))
    }

    /// Removes a key.
    pub async fn clear_key(&self, endpoint: String) -> Result<Endpoint, ApiError> {
        let endpoint = self.endpoints.get(&endpoint)?;
        self.keys.clear(&endpoint.account()).await?;
        Ok(self.shown(&endpoint).await)
    }

    /// Asks the endpoint one tiny question.
    pub async fn test_endpoint(
        &self,
        endpoint: String,
        model: String,
    ) -> Result<EndpointTest, ApiError> {
        if endpoint == PRACTICE {
            return Ok(EndpointTest {
                ok: true,
                message:
                    "The practice models are built in and always ready. They are not real models."
                        .into(),
                milliseconds: 0,
                models: endpoints::practice().models,
            });
        }
        let endpoint = self.endpoints.get(&endpoint)?;
        if endpoint.kind == EndpointKind::Steer {
            return Ok(self.test_steer(&endpoint).await);
        }
        let models = self.listed_models(&endpoint).await;
        let model = [model, endpoint.models.first().cloned().unwrap_or_default()]
            .into_iter()
            .find(|name| !name.trim().is_empty());
        if model.is_none() {
            return Ok(untried(&endpoint, models));
        }
        let asked = self.model(&endpoint, model.as_deref().unwrap_or_default()).await?;
        let question = ChatRequest {
            messages: vec![Message::text(Role::User, "Reply with the single word OK.")],
            ..ChatRequest::default()
        };
        let start = Instant::now();
        let answer = asked.chat(&question).await;
        let milliseconds = u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX);
        let (ok, message) = match answer {
            Ok(_) => (
                true,
                format!("{} answered in {:.1} s.", asked.name(), f64::from(milliseconds) / 1000.0),
            ),
            Err(error) => (false, error.message),
        };
        Ok(EndpointTest { ok, message, milliseconds, models: models.unwrap_or_default() })
    }

    /// A model at an endpoint, with its key.
    ///
    /// # Errors
    /// When there is none: a steer service has customers, not models.
    pub(crate) async fn model(
        &self,
        endpoint: &StoredEndpoint,
        model: &str,
    ) -> Result<Arc<dyn ChatModel>, ApiError> {
        let (_, key) = self.keys.find(&endpoint.account(), &endpoint.variables()).await;
        tau_llm::connect(&endpoint.address(), model, key, Arc::clone(&self.limits))
            .map(Arc::from)
            .map_err(|error| ApiError::new(ErrorCode::BadRequest, error.message))
    }

    async fn shown(&self, endpoint: &StoredEndpoint) -> Endpoint {
        let (state, _) = self.keys.find(&endpoint.account(), &endpoint.variables()).await;
        endpoint.shown(state)
    }

    async fn listed_models(&self, endpoint: &StoredEndpoint) -> Result<Vec<String>, ModelError> {
        let (_, key) = self.keys.find(&endpoint.account(), &endpoint.variables()).await;
        let limits = Arc::clone(&self.limits);
        let models = tau_llm::list_models(&endpoint.address(), key, limits).await?;
        Ok(models.into_iter().map(|model| model.id).collect())
    }
}

/// The answer when no model was named: what the list of models alone tells.
fn untried(endpoint: &StoredEndpoint, models: Result<Vec<String>, ModelError>) -> EndpointTest {
    let (ok, message, models) = match models {
        Ok(models) if models.is_empty() => (
            false,
            format!("{} lists no models. Add the name of one and test again.", endpoint.name),
            models,
        ),
        Ok(models) => {
            let count = models.len();
            (
                true,
                format!(
                    "{} is there and lists {count} models. Choose which to offer.",
                    endpoint.name
                ),
                models,
            )
        }
        Err(error) if error.kind == ModelErrorKind::BadKey => (false, error.message, Vec::new()),
        Err(_) => (
            false,
            format!(
                "{} does not list its models. Add the name of one and test again.",
                endpoint.name
            ),
            Vec::new(),
        ),
    };
    EndpointTest { ok, message, milliseconds: 0, models }
}

/// Whether a key is to be asked for: none was found, and the address is not on this machine, where
/// local model servers usually need none.
pub(crate) fn key_is_missing(endpoint: &Endpoint) -> bool {
    endpoint.key == KeyState::Missing && endpoint.base_url.starts_with("https://")
}
