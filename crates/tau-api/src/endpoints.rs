//! The list of places where models are reached. Addresses and names only: keys live in [`crate::keys`].

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use reqwest::Url;
use serde::{Deserialize, Serialize};

use crate::files::write_whole;
use crate::types::{Endpoint, EndpointDraft, EndpointKind, KeyState};
use crate::{ApiError, ErrorCode};

mod address;

pub use address::checked_address;

/// Id of the built-in practice models.
pub const PRACTICE: &str = "practice";
/// Name of the practice agent in lists of models.
pub const PRACTICE_AGENT: &str = "practice agent";
/// Name of the practice customer in lists of models.
pub const PRACTICE_CUSTOMER: &str = "practice customer";

/// An endpoint as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredEndpoint {
    /// Its id: letters, digits and dashes.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// How it is spoken to.
    pub kind: EndpointKind,
    /// Where it is.
    pub base_url: String,
    /// Models to offer.
    #[serde(default)]
    pub models: Vec<String>,
    /// The provider it was made from; empty for an address typed by hand.
    #[serde(default)]
    pub provider: String,
}

impl StoredEndpoint {
    /// The account under which its key is kept. It holds the address's origin, so that a key can
    /// never be sent anywhere else than where it was entered for.
    pub fn account(&self) -> String {
        format!("{} {}", self.id, origin(&self.base_url).unwrap_or_default())
    }

    /// The variables in which its key is looked for last: by its own name, and by the provider's as
    /// long as it is at the provider's address.
    pub fn variables(&self) -> Vec<String> {
        let name = if self.kind == EndpointKind::Steer { "steer" } else { &self.id };
        let mut variables = crate::keys::variables(name);
        if let Some(provider) = tau_llm::provider(&self.provider)
            && provider.is_at(&self.base_url)
        {
            variables.extend(crate::keys::provider_variables(provider));
        }
        let mut seen = std::collections::HashSet::new();
        variables.retain(|name| seen.insert(name.clone()));
        variables
    }

    /// As the room of models knows it.
    pub fn address(&self) -> tau_llm::Endpoint {
        let kind = match self.kind {
            EndpointKind::Steer => tau_llm::EndpointKind::Steer,
            EndpointKind::OutsideAgent => tau_llm::EndpointKind::OutsideAgent,
            EndpointKind::OpenaiCompatible | EndpointKind::Practice => {
                tau_llm::EndpointKind::OpenAiCompatible
            }
            EndpointKind::AzureOpenai => tau_llm::EndpointKind::AzureOpenAi,
            EndpointKind::Anthropic => tau_llm::EndpointKind::Anthropic,
            EndpointKind::Gemini => tau_llm::EndpointKind::Gemini,
            EndpointKind::Bedrock => tau_llm::EndpointKind::Bedrock,
            EndpointKind::Vertex => tau_llm::EndpointKind::Vertex,
        };
        tau_llm::Endpoint::new(&self.id, &self.name, kind, &self.base_url)
    }

    /// As the interface sees it.
    pub fn shown(&self, key: KeyState) -> Endpoint {
        Endpoint {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            base_url: self.base_url.clone(),
            models: self.models.clone(),
            key,
            provider: self.provider.clone(),
        }
    }
}

/// A protocol as the interface names it.
pub fn kind_shown(kind: tau_llm::EndpointKind) -> EndpointKind {
    match kind {
        tau_llm::EndpointKind::OpenAiCompatible => EndpointKind::OpenaiCompatible,
        tau_llm::EndpointKind::AzureOpenAi => EndpointKind::AzureOpenai,
        tau_llm::EndpointKind::Anthropic => EndpointKind::Anthropic,
        tau_llm::EndpointKind::Gemini => EndpointKind::Gemini,
        tau_llm::EndpointKind::Bedrock => EndpointKind::Bedrock,
        tau_llm::EndpointKind::Vertex => EndpointKind::Vertex,
        tau_llm::EndpointKind::Steer => EndpointKind::Steer,
        tau_llm::EndpointKind::OutsideAgent => EndpointKind::OutsideAgent,
    }
}

/// The practice models, as the interface sees them.
pub fn practice() -> Endpoint {
    Endpoint {
        id: PRACTICE.into(),
        name: "Practice models (not real models)".into(),
        kind: EndpointKind::Practice,
        base_url: String::new(),
        models: vec![PRACTICE_AGENT.into(), PRACTICE_CUSTOMER.into()],
        key: KeyState::NotNeeded,
        provider: String::new(),
    }
}

/// The endpoints of the person, kept in one small file.
pub struct Endpoints {
    file: PathBuf,
    list: Mutex<Vec<StoredEndpoint>>,
}

impl Endpoints {
    /// Reads the file; none is the same as an empty list.
    ///
    /// # Errors
    /// When the file is there but cannot be read: it is left as it is, so nothing is lost.
    pub fn open(file: PathBuf) -> Result<Self, ApiError> {
        let list = match std::fs::read(&file) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|error| unreadable(&file, &error))?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(unreadable(&file, &error)),
        };
        Ok(Endpoints { file, list: Mutex::new(list) })
    }

    /// All of them, in the order in which they were added.
    pub fn list(&self) -> Vec<StoredEndpoint> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is none of this id.
    pub fn get(&self, id: &str) -> Result<StoredEndpoint, ApiError> {
        self.list().into_iter().find(|endpoint| endpoint.id == id).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "This connection is not there any more. Choose another one.",
            )
        })
    }

    /// Adds or changes one.
    ///
    /// # Errors
    /// When a field is missing or the address is not one that may be asked.
    pub fn save(&self, draft: EndpointDraft) -> Result<StoredEndpoint, ApiError> {
        let name = draft.name.trim();
        if name.is_empty() || name.chars().count() > 80 {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "Give the connection a name of 1 to 80 letters.",
            ));
        }
        if draft.kind == EndpointKind::Practice {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "The practice models are built in; there is nothing to add.",
            ));
        }
        let base_url = checked_address(draft.base_url.trim())?;
        let mut models: Vec<String> = Vec::new();
        for model in draft.models.iter().map(|model| model.trim()) {
            if !model.is_empty() && !models.iter().any(|known| known == model) {
                models.push(model.to_owned());
            }
        }
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        let id = if draft.id.is_empty() { free_id(name, &list) } else { draft.id };
        let endpoint = StoredEndpoint {
            id,
            name: name.into(),
            kind: draft.kind,
            base_url,
            models,
            provider: draft.provider,
        };
        let mut changed = list.clone();
        match changed.iter_mut().find(|known| known.id == endpoint.id) {
            Some(known) => *known = endpoint.clone(),
            None => changed.push(endpoint.clone()),
        }
        self.store(&changed)?;
        *list = changed;
        Ok(endpoint)
    }

    /// Removes one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn delete(&self, id: &str) -> Result<(), ApiError> {
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        let rest: Vec<_> = list.iter().filter(|endpoint| endpoint.id != id).cloned().collect();
        self.store(&rest)?;
        *list = rest;
        Ok(())
    }

    fn store(&self, list: &[StoredEndpoint]) -> Result<(), ApiError> {
        let text = serde_json::to_vec_pretty(list).map_err(|error| {
            ApiError::new(ErrorCode::Internal, "The connections could not be written.")
                .detail(error)
        })?;
        write_whole(&self.file, &text).map_err(|error| {
            ApiError::new(
                ErrorCode::Storage,
                "The connections could not be saved. Is the disk full?",
            )
            .detail(format!("{}: {error}", self.file.display()))
            .retryable()
        })
    }
}

fn unreadable(file: &std::path::Path, error: &dyn std::fmt::Display) -> ApiError {
    ApiError::new(
        ErrorCode::Storage,
        "The list of connections cannot be read. Move the file away to start with an empty list.",
    )
    .detail(format!("{}: {error}", file.display()))
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> Option<String> {
    Url::parse(address).ok().map(|url| url.origin().ascii_serialization())
}

/// An id made of the name that no other endpoint has.
fn free_id(name: &str, list: &[StoredEndpoint]) -> String {
    let mut base: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    base = base.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if base.is_empty() || base == PRACTICE {
        base = "connection".into();
    }
    let taken = |id: &str| list.iter().any(|endpoint| endpoint.id == id);
    let mut id = base.clone();
    let mut number = 2;
    while taken(&id) {
        id = format!("{base}-{number}");
        number += 1;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, address: &str) -> EndpointDraft {
        EndpointDraft {
            id: String::new(),
            name: name.into(),
            kind: EndpointKind::OpenaiCompatible,
            base_url: address.into(),
            models: vec![" a ".into(), "a".into(), String::new(), "b".into()],
            provider: String::new(),
        }
    }

    #[test]
    fn endpoints_survive_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("connections.json");
        let endpoints = Endpoints::open(file.clone()).unwrap();
        let saved = endpoints.save(draft("OpenAI", "https://api.example.org/v1/")).unwrap();
        assert_eq!(saved.id, "openai");
        assert_eq!(saved.base_url, "https://api.example.org/v1");
        assert_eq!(saved.models, ["a", "b"]);
        assert_eq!(
            endpoints.save(draft("OpenAI", "https://b.example.org")).unwrap().id,
            "openai-2"
        );
        assert_eq!(Endpoints::open(file).unwrap().list().len(), 2);
    }

    #[test]
    fn a_broken_file_is_reported_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("connections.json");
        std::fs::write(&file, "[{").unwrap();
        assert_eq!(Endpoints::open(file.clone()).err().unwrap().code, ErrorCode::Storage);
        assert_eq!(std::fs::read(file).unwrap(), b"[{");
    }

    #[test]
    fn a_key_belongs_to_the_address_it_was_entered_for() {
        let mut endpoint = StoredEndpoint {
            id: "x".into(),
            name: "X".into(),
            kind: EndpointKind::OpenaiCompatible,
            base_url: "https://a.example.org/v1".into(),
            models: vec![],
            provider: String::new(),
        };
        let before = endpoint.account();
        endpoint.base_url = "https://a.example.org/v2".into();
        assert_eq!(endpoint.account(), before);
        endpoint.base_url = "https://b.example.org/v1".into();
        assert_ne!(endpoint.account(), before);
    }

    #[test]
    fn a_providers_usual_variable_is_read_only_for_the_providers_own_address() {
        let mut endpoint = StoredEndpoint {
            id: "my-bedrock".into(),
            name: "My Bedrock".into(),
            kind: EndpointKind::Bedrock,
            base_url: "https://bedrock-runtime.eu-west-1.amazonaws.com".into(),
            models: vec![],
            provider: "bedrock".into(),
        };
        assert_eq!(
            endpoint.variables(),
            [
                "TAUTRAIT_MY_BEDROCK_KEY",
                "MY_BEDROCK_API_KEY",
                "TAUTRAIT_BEDROCK_KEY",
                "AWS_BEARER_TOKEN_BEDROCK"
            ]
        );
        endpoint.base_url = "https://bedrock-runtime.example.org".into();
        assert_eq!(endpoint.variables(), ["TAUTRAIT_MY_BEDROCK_KEY", "MY_BEDROCK_API_KEY"]);
    }
}
