//! Models over HTTP: one face for every provider.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;

use crate::dialect::{Answer, Dialect, ListedModel, Unsupported};
use crate::json_api::JsonApi;
use crate::limits::ProviderLimits;
use crate::{
    ChatModel, ChatReply, ChatRequest, Endpoint, Finish, ModelError, ModelErrorKind, route,
};

/// Pages of a provider's list of models that are read at most.
const MOST_PAGES: usize = 20;

/// The model `model` at `endpoint`. Cheap: connections and limits are those of `limits`.
///
/// # Errors
/// When the endpoint's address is none, or nobody talks there ([`crate::EndpointKind::Steer`]).
pub fn connect(
    endpoint: &Endpoint,
    model: &str,
    key: Option<SecretString>,
    limits: Arc<ProviderLimits>,
) -> Result<Box<dyn ChatModel>, ModelError> {
    let route = route::to_model(endpoint, model)?;
    let api =
        endpoint.api(model, key, route.key_header, Arc::clone(&limits)).with_headers(route.headers);
    Ok(Box::new(RemoteModel {
        model: model.to_owned(),
        base_url: endpoint.base_url.clone(),
        url: route.url,
        dialect: route.dialect,
        responses_url: route::to_responses(endpoint),
        api,
        limits,
    }))
}

/// The models that an endpoint says it has, sorted by name.
///
/// # Errors
/// As any call; endpoints without such a list answer [`ModelErrorKind::ModelNotFound`].
pub async fn list_models(
    endpoint: &Endpoint,
    key: Option<SecretString>,
    limits: Arc<ProviderLimits>,
) -> Result<Vec<ListedModel>, ModelError> {
    let mut models = Vec::new();
    let mut failure = None;
    for route in route::to_lists(endpoint)? {
        let api = endpoint
            .api("", key.clone(), route.key_header, Arc::clone(&limits))
            .with_headers(route.headers);
        match pages(&api, &route.url, route.dialect).await {
            Ok(listed) => models.extend(listed),
            Err(error) => failure = Some(error),
        }
    }
    match failure {
        // One of two lists is better than none.
        Some(error) if models.is_empty() => Err(error),
        _ => {
            models.sort();
            models.dedup_by(|one, other| one.id == other.id);
            Ok(models)
        }
    }
}

async fn pages(api: &JsonApi, url: &str, dialect: Dialect) -> Result<Vec<ListedModel>, ModelError> {
    let mut models = Vec::new();
    let mut page_url = url.to_owned();
    for _ in 0..MOST_PAGES {
        let (page, _) = api.get(&page_url, |text| dialect.read_models(text)).await?;
        models.extend(page.models);
        let Some((name, value)) = page.next else { break };
        let Ok(mut next) = reqwest::Url::parse(url) else { break };
        next.query_pairs_mut().append_pair(name, &value);
        page_url = next.into();
    }
    Ok(models)
}

/// A model behind an endpoint.
#[derive(Debug)]
struct RemoteModel {
    model: String,
    base_url: String,
    url: String,
    dialect: Dialect,
    responses_url: Option<String>,
    api: JsonApi,
    limits: Arc<ProviderLimits>,
}

#[async_trait]
impl ChatModel for RemoteModel {
    fn name(&self) -> &str {
        &self.model
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let (mut answer, attempts) = self.ask(request).await?;
        answer.reply.attempts = attempts;
        if answer.reply.finish == Finish::ContentFilter {
            // Half an answer is not what the model said; it is not acted on either.
            let said = answer.reply.message.content.unwrap_or_default();
            let words = if answer.withheld.is_empty() { said } else { answer.withheld };
            let message = format!("The provider of {} withheld the answer.", self.model);
            return Err(ModelError {
                detail: crate::sorting::scrub(&words, None),
                attempts,
                ..ModelError::new(ModelErrorKind::ContentFilter, message)
            });
        }
        // What the provider charged is better than what a list says.
        if answer.reply.cost_usd.is_none() {
            let price = self.limits.prices().find_at(&self.base_url, &self.model);
            let (usage, cached) = (answer.reply.usage, answer.cached_tokens);
            answer.reply.cost_usd = price.map(|price| price.with_cached(usage, cached));
        }
        Ok(answer.reply)
    }
}

impl RemoteModel {
    /// Asks, and asks again without what the provider says that this model does not take, or over the
    /// interface that it names. Nothing of the conversation is left out, only a setting; it is logged,
    /// and a model that takes no temperature could not be measured at all otherwise.
    async fn ask(&self, request: &ChatRequest) -> Result<(Answer, u32), ModelError> {
        let mut before = 0;
        loop {
            let without = self.api.bucket().unsupported();
            let (url, dialect) = match &self.responses_url {
                Some(url) if without.chat_completions => (url, Dialect::Responses),
                _ => (&self.url, self.dialect),
            };
            let body = dialect.body(&self.model, request, without).map_err(|error| {
                let message = format!("The question to {} could not be written.", self.model);
                ModelError { detail: error, ..ModelError::new(ModelErrorKind::BadRequest, message) }
            })?;
            match self.api.post(url, &body, |text| dialect.read(text)).await {
                Ok((answer, attempts)) => return Ok((answer, before + attempts)),
                Err(mut error) => {
                    before += error.attempts;
                    match self.learned(&error, request, without) {
                        Some(more) => {
                            tracing::warn!(model = %self.model, ?more, "asked without a setting");
                            self.api.bucket().learn(more);
                        }
                        None => {
                            error.attempts = before;
                            return Err(error);
                        }
                    }
                }
            }
        }
    }

    /// What a refusal teaches about this model; `None` when nothing new.
    fn learned(
        &self,
        error: &ModelError,
        request: &ChatRequest,
        known: Unsupported,
    ) -> Option<Unsupported> {
        let refused =
            matches!(error.kind, ModelErrorKind::BadRequest | ModelErrorKind::ModelNotFound);
        let words = error.detail.to_lowercase();
        // "To use function tools, use /v1/responses", "only supported in v1/responses".
        if refused
            && words.contains("v1/responses")
            && self.responses_url.is_some()
            && !known.chat_completions
        {
            return Some(Unsupported { chat_completions: true, ..known });
        }
        if error.kind != ModelErrorKind::BadRequest {
            return None;
        }
        let echoed = request.messages.iter().any(|message| message.echo.is_some());
        if echoed && !known.echoes && is_about_a_trace(&words) {
            return Some(Unsupported { echoes: true, ..known });
        }
        if !is_about_a_setting(&words) {
            return None;
        }
        let mut more = known;
        if request.max_tokens.is_some() && words.contains("max_completion_tokens") {
            more.max_tokens = true;
        } else if request.temperature.is_some() && words.contains("temperature") {
            more.temperature = true;
        } else if request.seed.is_some() && words.contains("seed") {
            more.seed = true;
        }
        (more != known).then_some(more)
    }
}

/// Whether a refusal is about traces of thinking that came back: from another account (a resumed run
/// with another key), or in a conversation of which the agent's strategy dropped a part.
fn is_about_a_trace(words: &str) -> bool {
    let trace = ["thinking", "thought", "reasoning", "signature", "encrypted"];
    trace.iter().any(|name| words.contains(name)) && !words.contains("missing")
}

/// Whether a refusal says that something in the request is not taken.
fn is_about_a_setting(words: &str) -> bool {
    [
        "unsupported",
        "not support",
        "does not accept",
        "deprecated",
        "not permitted",
        "not allowed",
        "unknown name",
        "unknown parameter",
        "unrecognized",
        "extra inputs",
        "extra_forbidden",
        "only the default",
    ]
    .iter()
    .any(|phrase| words.contains(phrase))
}
