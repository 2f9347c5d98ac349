//! What is put before the models: whose wording, which example conversations.

use tau_domain::Domain;
use tau_packs::Library;
use tau_runs::{AgentStrategy, FewShot};
use tau_sim::Wording;

use super::plan::agent_strategy;
use crate::error::CliError;
use crate::options::{RunOptions, shown};

/// The example conversations for the strategy few-shot: a file's, or those of the domain.
pub(super) fn few_shot(asked: &RunOptions, domain: &Domain) -> Result<Option<FewShot>, CliError> {
    if agent_strategy(asked)? != AgentStrategy::FewShot {
        return Ok(None);
    }
    if let Some(path) = &asked.few_shot_displays_path {
        let bad = |reason: String| CliError::new("few_shot", format!("{}: {reason}", shown(path)));
        let text = std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
        let displays = tau_sim::exemplars::read(&text).map_err(|error| bad(error.to_string()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(Some(FewShot { source: name, displays }));
    }
    let displays = tau_sim::exemplars::shipped(&domain.id.to_string()).ok_or_else(|| {
        CliError::new(
            "few_shot",
            format!("The domain {} has no example conversations of its own.", domain.id),
        )
        .help("Give a file with --few-shot-displays-path.")
    })?;
    Ok(Some(FewShot { source: "shipped".to_owned(), displays }))
}

/// The shipped wording, or that of an imported source.
pub(super) fn wording(asked: &RunOptions, library: &Library) -> Result<Wording, CliError> {
    let Some(source) = &asked.wording else { return Ok(Wording::shipped()) };
    let there = library.wordings();
    let found = there
        .iter()
        .find(|wording| [&wording.source, &wording.name].contains(&source))
        .ok_or_else(|| {
            let names: Vec<&str> = there.iter().map(|wording| wording.source.as_str()).collect();
            let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            CliError::new(
                "usage",
                format!("No imported source {source} brought prompts of its own."),
            )
            .help(format!("Sources with prompts: {known}."))
        })?;
    Ok(Wording { name: found.name.clone(), texts: found.texts.clone() })
}
