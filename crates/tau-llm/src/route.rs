//! Which address, header and format lead to a model of an endpoint.

use reqwest::Url;

use crate::dialect::Dialect;
use crate::json_api::KeyHeader;
use crate::{Endpoint, EndpointKind, ModelError, ModelErrorKind};

/// The version of Azure's dated interface that is asked for when the address names none: the newest
/// that is generally available.
const AZURE_VERSION: &str = "2024-10-21";

/// The way to one model, or to an endpoint's list of models.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    /// The whole address.
    pub(crate) url: String,
    /// The format of request and answer.
    pub(crate) dialect: Dialect,
    /// How the key travels.
    pub(crate) key_header: KeyHeader,
    /// Headers that the format asks for.
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

const ANTHROPIC_HEADERS: &[(&str, &str)] = &[("anthropic-version", "2023-06-01")];

/// The way to `model` at `endpoint`.
///
/// # Errors
/// When the address is none, or the endpoint has no models to talk to.
pub(crate) fn to_model(endpoint: &Endpoint, model: &str) -> Result<Route, ModelError> {
    let base = Base::read(endpoint)?;
    let bearer = |url, dialect| Route { url, dialect, key_header: KeyHeader::Bearer, headers: &[] };
    Ok(match endpoint.kind {
        EndpointKind::OpenAiCompatible => {
            let mistral = base.0.host_str() == Some("api.mistral.ai");
            let dialect = if mistral { Dialect::Mistral } else { Dialect::ChatCompletions };
            bearer(base.with(&["chat", "completions"]), dialect)
        }
        EndpointKind::AzureOpenAi => Route {
            url: azure(&base, &["chat", "completions"], Some(model)),
            dialect: Dialect::ChatCompletions,
            key_header: KeyHeader::Named("api-key"),
            headers: &[],
        },
        EndpointKind::Anthropic => Route {
            url: base.with(&["messages"]),
            dialect: Dialect::Anthropic,
            key_header: KeyHeader::Named("x-api-key"),
            headers: ANTHROPIC_HEADERS,
        },
        EndpointKind::Gemini => Route {
            url: base.with(&["models", &generate(model.trim_start_matches("models/"))]),
            dialect: Dialect::Gemini,
            key_header: KeyHeader::Named("x-goog-api-key"),
            headers: &[],
        },
        EndpointKind::Bedrock => bearer(base.with(&["model", model, "converse"]), Dialect::Bedrock),
        EndpointKind::Vertex => vertex(&base, model),
        EndpointKind::Steer => return Err(steer(endpoint)),
        EndpointKind::OutsideAgent => bearer(base.0.into(), Dialect::Outside),
    })
}

/// The address of OpenAI's Responses beside that of chat completions, where there may be one.
pub(crate) fn to_responses(endpoint: &Endpoint) -> Option<String> {
    let base = Base::read(endpoint).ok()?;
    match endpoint.kind {
        EndpointKind::OpenAiCompatible => Some(base.with(&["responses"])),
        EndpointKind::AzureOpenAi if azure_v1(&base) => Some(azure(&base, &["responses"], None)),
        _ => None,
    }
}

/// The ways to the endpoint's lists of models; most have one.
///
/// # Errors
/// As [`to_model`].
pub(crate) fn to_lists(endpoint: &Endpoint) -> Result<Vec<Route>, ModelError> {
    let base = Base::read(endpoint)?;
    let list = |url, dialect, key_header| Route { url, dialect, key_header, headers: &[] };
    let bearer = |url, dialect| list(url, dialect, KeyHeader::Bearer);
    Ok(match endpoint.kind {
        EndpointKind::OpenAiCompatible => {
            vec![bearer(base.with(&["models"]), Dialect::ChatCompletions)]
        }
        EndpointKind::AzureOpenAi => vec![list(
            azure(&base, &["models"], None),
            Dialect::ChatCompletions,
            KeyHeader::Named("api-key"),
        )],
        EndpointKind::Anthropic => vec![Route {
            url: base.query("limit", "1000").with(&["models"]),
            dialect: Dialect::Anthropic,
            key_header: KeyHeader::Named("x-api-key"),
            headers: ANTHROPIC_HEADERS,
        }],
        EndpointKind::Gemini => vec![list(
            base.query("pageSize", "1000").with(&["models"]),
            Dialect::Gemini,
            KeyHeader::Named("x-goog-api-key"),
        )],
        EndpointKind::Bedrock => {
            let control = base.bedrock_control();
            vec![
                bearer(
                    control
                        .query("byOutputModality", "TEXT")
                        .query("byInferenceType", "ON_DEMAND")
                        .with(&["foundation-models"]),
                    Dialect::Bedrock,
                ),
                bearer(
                    control.query("maxResults", "1000").with(&["inference-profiles"]),
                    Dialect::Bedrock,
                ),
            ]
        }
        EndpointKind::Vertex => vec![list(
            base.vertex_publisher("v1beta1").query("pageSize", "100").with(&["models"]),
            Dialect::Gemini,
            base.vertex_key(),
        )],
        EndpointKind::Steer => return Err(steer(endpoint)),
        EndpointKind::OutsideAgent => {
            let message = format!("{} is an agent and does not list models.", endpoint.name);
            return Err(ModelError::new(ModelErrorKind::ModelNotFound, message));
        }
    })
}

fn steer(endpoint: &Endpoint) -> ModelError {
    ModelError::new(
        ModelErrorKind::BadRequest,
        format!("{} plays customers and has no models to talk to.", endpoint.name),
    )
}

fn generate(model: &str) -> String {
    format!("{model}:generateContent")
}

/// Azure's two interfaces: `.../openai/v1`, which takes the deployment in the body, and the dated one,
/// which has it in the path and is meant when the address names a version or a deployment.
fn azure(base: &Base, segments: &[&str], deployment: Option<&str>) -> String {
    let path = base.0.path().trim_end_matches('/').to_owned();
    let deployed = path.contains("/openai/deployments/");
    let dated = base.0.query_pairs().any(|(name, _)| name == "api-version");
    let openai = |base: &Base| {
        if path.ends_with("/openai") { base.clone() } else { base.below(&["openai"]) }
    };
    if azure_v1(base) {
        let base = if path.ends_with("/v1") { base.clone() } else { openai(base).below(&["v1"]) };
        return base.with(segments);
    }
    let base = if dated { base.clone() } else { base.query("api-version", AZURE_VERSION) };
    match deployment {
        _ if deployed => base.with(segments),
        Some(deployment) => openai(&base).below(&["deployments", deployment]).with(segments),
        None => openai(&base).with(segments),
    }
}

/// Whether an Azure address means the interface without dates.
fn azure_v1(base: &Base) -> bool {
    let path = base.0.path().trim_end_matches('/');
    let dated = base.0.query_pairs().any(|(name, _)| name == "api-version");
    path.ends_with("/v1") || !(dated || path.contains("/openai/deployments/"))
}

/// Vertex has a path for each publisher, and each publisher's own format behind it.
fn vertex(base: &Base, model: &str) -> Route {
    let (publisher, name) = match model.split_once('/') {
        Some((publisher, name)) => (publisher, name),
        None if model.starts_with("claude") => ("anthropic", model),
        None => ("google", model),
    };
    let key_header = base.vertex_key();
    let of = |url, dialect| Route { url, dialect, key_header: key_header.clone(), headers: &[] };
    match publisher {
        "google" => {
            of(base.with(&["publishers", "google", "models", &generate(name)]), Dialect::Gemini)
        }
        "anthropic" => of(
            base.with(&["publishers", "anthropic", "models", &format!("{name}:rawPredict")]),
            Dialect::AnthropicOnVertex,
        ),
        _ => of(
            base.with(&["endpoints", "openapi", "chat", "completions"]),
            Dialect::ChatCompletions,
        ),
    }
}

/// An endpoint's base address.
#[derive(Clone)]
struct Base(Url);

impl Base {
    fn read(endpoint: &Endpoint) -> Result<Base, ModelError> {
        let wrong = |why: &dyn std::fmt::Display| {
            ModelError::new(
                ModelErrorKind::BadRequest,
                format!("{}: `{}` is not a web address ({why}).", endpoint.name, endpoint.base_url),
            )
        };
        let url = Url::parse(&endpoint.base_url).map_err(|error| wrong(&error))?;
        if url.cannot_be_a_base() {
            return Err(wrong(&"it has no host"));
        }
        Ok(Base(url))
    }

    fn below(&self, segments: &[&str]) -> Base {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        Base(url)
    }

    /// The address with these path segments behind it, each escaped where it must be.
    fn with(&self, segments: &[&str]) -> String {
        self.below(segments).0.into()
    }

    fn query(&self, name: &str, value: &str) -> Base {
        let mut url = self.0.clone();
        url.query_pairs_mut().append_pair(name, value);
        Base(url)
    }

    /// Bedrock lists its models at another host of the same region.
    fn bedrock_control(&self) -> Base {
        let mut url = self.0.clone();
        let host = url.host_str().unwrap_or_default();
        let aws = host.ends_with(".amazonaws.com") || host.ends_with(".api.aws");
        if let Some(rest) = host.strip_prefix("bedrock-runtime").filter(|_| aws) {
            let control = format!("bedrock{rest}");
            // It was a host before, so it is one now.
            let _ = url.set_host(Some(&control));
        }
        Base(url)
    }

    /// Vertex's catalogue of Google's own models, which lies outside any project.
    fn vertex_publisher(&self, version: &str) -> Base {
        let mut url = self.0.clone();
        url.set_path(&format!("/{version}/publishers/google"));
        Base(url)
    }

    /// With a project in the address Vertex takes access tokens, without one API keys (its "express
    /// mode").
    fn vertex_key(&self) -> KeyHeader {
        if self.0.path().contains("/projects/") {
            KeyHeader::Bearer
        } else {
            KeyHeader::Named("x-goog-api-key")
        }
    }
}
