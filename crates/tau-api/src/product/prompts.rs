//! The texts that are put before models: shipped, own copies, upstream wording.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tau_domain::{Domain, SourceKind};
use tau_runs::FewShot;
use tau_sim::prompts::{self, PromptError, PromptInfo, SHIPPED};
use tau_sim::{Wording, exemplars, shipped_prompts};

use super::Product;
use crate::files::write_whole;
use crate::types::{
    AgentStrategy, PromptCheck, PromptView, RunDraft, WordingDraft, WordingInfo, WordingKind,
};
use crate::{ApiError, ErrorCode};

/// Folder of the person's own copies, in the data folder.
const FOLDER: &str = "wordings";
/// What ids of own copies begin with.
const MINE: &str = "mine:";
/// What ids of wordings of imported releases begin with.
const UPSTREAM: &str = "upstream:";
/// Longest name of a wording, in characters.
const LONGEST_NAME: usize = 80;

/// An own copy as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    texts: BTreeMap<String, String>,
}

/// A wording with its id.
struct Known {
    id: String,
    kind: WordingKind,
    wording: Wording,
}

impl Product {
    /// The wording of an id; the shipped one for an empty id.
    ///
    /// # Errors
    /// When there is no such wording.
    pub(crate) async fn wording(&self, id: &str) -> Result<Wording, ApiError> {
        if id.is_empty() || id == SHIPPED {
            return Ok(Wording::shipped());
        }
        let found = self.wordings().into_iter().find(|each| each.id == id);
        found.map(|each| each.wording).ok_or_else(|| no_such_wording(id))
    }

    /// The id of a run's wording, when it is still there in the same words; else that of the shipped
    /// one.
    pub(crate) async fn wording_id(&self, wording: &Wording) -> Result<String, ApiError> {
        let same = |each: &Known| each.wording.hash() == wording.hash();
        Ok(self.wordings().into_iter().find(same).map(|each| each.id).unwrap_or_default())
    }

    /// The example conversations that a draft asks for: those that ship with a domain of ours, or a
    /// file of the person's for an imported one.
    ///
    /// # Errors
    /// When there are none, or too few.
    pub(crate) async fn few_shot(
        &self,
        draft: &RunDraft,
        domain: &Domain,
    ) -> Result<Option<FewShot>, ApiError> {
        if draft.agent_strategy != AgentStrategy::FewShot {
            return Ok(None);
        }
        let shipped = || exemplars::shipped(domain.id.name());
        let few_shot = match domain.source.kind {
            SourceKind::Shipped => shipped()
                .map(|displays| FewShot { source: SHIPPED.to_owned(), displays })
                .ok_or_else(|| {
                    no_examples(&format!("{} has no example conversations.", domain.title))
                }),
            SourceKind::Imported => self.own_examples(domain),
        }?;
        exemplars::draw(&few_shot.displays, 0).map_err(|error| no_examples(&sentence(&error)))?;
        Ok(Some(few_shot))
    }

    /// `exemplars/SOURCE/NAME.jsonl` in the data folder, in upstream's format.
    fn own_examples(&self, domain: &Domain) -> Result<FewShot, ApiError> {
        let folder = self.places.data.join("exemplars").join(&domain.source.name);
        let path = folder.join(format!("{}.jsonl", domain.id.name()));
        let text = std::fs::read_to_string(&path).map_err(|error| {
            let message = format!(
                "There are no example conversations for {}. Put them into {} (one JSON object with \"messages_display\" a line), or choose another way of working.",
                domain.id,
                path.display()
            );
            ApiError::new(ErrorCode::NotFound, message).detail(error)
        })?;
        let displays = exemplars::read(&text)
            .map_err(|error| no_examples(&format!("{}: {error}.", path.display())))?;
        let source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(FewShot { source, displays })
    }

    /// The wordings: shipped, own, from imported releases.
    pub async fn list_wordings(&self) -> Result<Vec<WordingInfo>, ApiError> {
        Ok(self.wordings().iter().map(info).collect())
    }

    /// Keeps an own copy.
    ///
    /// # Errors
    /// When it has no name, a template cannot be used, or the file cannot be written.
    pub async fn save_wording(&self, draft: WordingDraft) -> Result<WordingInfo, ApiError> {
        let name = draft.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name == SHIPPED {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                format!("Give the wording a name of its own, of at most {LONGEST_NAME} letters."),
            ));
        }
        let mut texts = BTreeMap::new();
        for (id, text) in draft.texts {
            let prompt = known_prompt(&id)?;
            // A file with Windows line ends is the same text.
            let text = text.replace("\r\n", "\n");
            if text == prompt.text {
                continue;
            }
            prompts::check(prompt, &text).map_err(|error| {
                ApiError::new(
                    ErrorCode::BadRequest,
                    format!("\"{}\" cannot be used: {}", prompt.title, told(&error).0),
                )
                .detail(error)
            })?;
            texts.insert(id, text);
        }
        let others = self.wordings();
        let id = if draft.id.is_empty() {
            new_id(name, &others)
        } else if others.iter().any(|each| each.id == draft.id && each.kind == WordingKind::Mine) {
            draft.id
        } else {
            return Err(no_such_wording(&draft.id));
        };
        if others.iter().any(|each| each.id != id && each.wording.name == name) {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                format!("There is a wording called \"{name}\" already. Choose another name."),
            ));
        }
        let kept = Kept { name: name.to_owned(), texts };
        let bytes = serde_json::to_vec_pretty(&kept).map_err(|error| not_written(&error))?;
        write_whole(&self.own_file(&id)?, &bytes).map_err(|error| not_written(&error))?;
        let wording = Wording { name: kept.name, texts: kept.texts };
        Ok(info(&Known { id, kind: WordingKind::Mine, wording }))
    }

    /// Removes an own copy. Runs keep the words they were made with.
    ///
    /// # Errors
    /// When it is not the person's own, or the file cannot be removed.
    pub async fn delete_wording(&self, id: String) -> Result<Vec<WordingInfo>, ApiError> {
        match std::fs::remove_file(self.own_file(&id)?) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(no_such_wording(&id)),
            removed => {
                removed.map_err(|error| not_written(&error))?;
                self.list_wordings().await
            }
        }
    }

    /// Whether a template can be used, and how it looks.
    ///
    /// # Errors
    /// When there is no such prompt.
    pub async fn check_prompt(&self, id: String, text: String) -> Result<PromptCheck, ApiError> {
        let prompt = known_prompt(&id)?;
        Ok(match prompts::preview(prompt, &text) {
            Ok(sample) => PromptCheck { ok: true, message: String::new(), line: None, sample },
            Err(error) => {
                let (message, line) = told(&error);
                PromptCheck { ok: false, message, line, sample: String::new() }
            }
        })
    }

    fn wordings(&self) -> Vec<Known> {
        let shipped = Known {
            id: SHIPPED.to_owned(),
            kind: WordingKind::Shipped,
            wording: Wording { name: "Our wording".to_owned(), ..Wording::shipped() },
        };
        std::iter::once(shipped)
            .chain(self.own_wordings())
            .chain(self.upstream_wordings())
            .collect()
    }

    fn own_wordings(&self) -> Vec<Known> {
        let entries = std::fs::read_dir(self.places.data.join(FOLDER)).into_iter().flatten();
        let mut own: Vec<Known> = entries
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let slug = name.strip_suffix(".json")?;
                if slug.starts_with('.') {
                    return None;
                }
                let kept: Kept = serde_json::from_slice(&std::fs::read(entry.path()).ok()?)
                    .inspect_err(|error| tracing::warn!(%error, name, "a wording cannot be read"))
                    .ok()?;
                let wording = Wording { name: kept.name, texts: kept.texts };
                Some(Known { id: format!("{MINE}{slug}"), kind: WordingKind::Mine, wording })
            })
            .collect();
        own.sort_by(|a, b| a.wording.name.cmp(&b.wording.name));
        own
    }

    /// A release may carry two: one for language models, one for steered customers.
    fn upstream_wordings(&self) -> Vec<Known> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let known = |id: &String| prompts::shipped_prompt(id).is_some();
        self.library
            .wordings()
            .into_iter()
            .map(|upstream| {
                let number = seen.entry(upstream.source.clone()).or_default();
                *number += 1;
                let id = match *number {
                    1 => format!("{UPSTREAM}{}", upstream.source),
                    number => format!("{UPSTREAM}{}:{number}", upstream.source),
                };
                let texts = upstream.texts.into_iter().filter(|(id, _)| known(id)).collect();
                let wording = Wording { name: upstream.name, texts };
                Known { id, kind: WordingKind::Upstream, wording }
            })
            .collect()
    }

    /// The file of an own copy.
    fn own_file(&self, id: &str) -> Result<PathBuf, ApiError> {
        let slug = id.strip_prefix(MINE).unwrap_or_default();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if slug.is_empty() || slug.len() > LONGEST_NAME || !slug.chars().all(plain) {
            return Err(no_such_wording(id));
        }
        Ok(self.places.data.join(FOLDER).join(format!("{slug}.json")))
    }
}

/// An id that no other wording has, made from the name.
fn new_id(name: &str, others: &[Known]) -> String {
    let mut slug: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    slug.truncate(40);
    let slug = slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let slug = if slug.is_empty() { "wording".to_owned() } else { slug };
    let free = |id: &String| others.iter().all(|each| each.id != *id);
    std::iter::once(format!("{MINE}{slug}"))
        .chain((2..).map(|number| format!("{MINE}{slug}-{number}")))
        .find(free)
        .unwrap_or_default()
}

fn info(known: &Known) -> WordingInfo {
    let view = |prompt: &PromptInfo| {
        let text = known.wording.text(prompt.id).unwrap_or_default();
        PromptView {
            id: prompt.id.to_owned(),
            title: prompt.title.to_owned(),
            description: prompt.description.to_owned(),
            variables: prompt.variables.iter().map(|name| (*name).to_owned()).collect(),
            text: text.to_owned(),
            changed: text != prompt.text,
        }
    };
    WordingInfo {
        id: known.id.clone(),
        name: known.wording.name.clone(),
        kind: known.kind,
        hash: known.wording.hash(),
        prompts: shipped_prompts().iter().map(view).collect(),
    }
}

fn known_prompt(id: &str) -> Result<&'static PromptInfo, ApiError> {
    prompts::shipped_prompt(id).ok_or_else(|| {
        ApiError::new(ErrorCode::NotFound, format!("There is no prompt called \"{id}\"."))
    })
}

/// What is wrong with a template, as a sentence, and its line.
fn told(error: &PromptError) -> (String, Option<u32>) {
    match error {
        PromptError::Unusable { problem, line, .. } => (sentence(problem), *line),
        PromptError::Unknown { .. } => (sentence(error), None),
    }
}

/// Words of an error as a sentence.
fn sentence(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

fn no_such_wording(id: &str) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "These prompts are not there any more. Choose another wording.",
    )
    .detail(id)
}

fn no_examples(message: &str) -> ApiError {
    ApiError::new(ErrorCode::BadRequest, format!("{message} Choose another way of working."))
}

fn not_written(error: &dyn std::fmt::Display) -> ApiError {
    ApiError::new(ErrorCode::Storage, "The wording could not be saved. Is the disk full?")
        .detail(error)
        .retryable()
}
