//! The plan of a run that was opened from files: what they say of how it came about, and what a reader
//! must know of how they were read.

use tau_domain::Split;
use tau_sim::Wording;
use tau_traits::Condition;

use super::file::{Header, ResultFile, ResultFormat};
use super::name::slug;
use super::opening::Opening;
use crate::{
    AgentPlan, AgentStrategy, CustomerPlan, CustomerStrategy, ImportedFile, ImportedFrom,
    RunLimits, RunPlan, grader,
};

/// Endpoint of the models of a run that was opened from files: they are not asked.
pub const RECORDED: &str = "recorded";
/// What stands for a model's name that the file does not say.
pub const NOT_IN_FILE: &str = "not in the file";
/// The wording of such a run.
pub const AS_RECORDED: &str = "as recorded";
/// Sentences of problems that are kept with a run.
const MOST_PROBLEMS: usize = 200;

impl Opening {
    /// The plan of what was read; takes tasks, conditions and problems out of it.
    pub(super) fn plan(&mut self, files: &[ResultFile]) -> RunPlan {
        let header = files.first().map(|file| file.header.clone()).unwrap_or_default();
        let format = files.iter().map(ResultFile::format).max().unwrap_or(ResultFormat::TauBench);
        let version = files.first().map(ResultFile::version).unwrap_or_default().to_owned();
        let tau2 = format == ResultFormat::Tau2;
        let domain = match &self.place {
            Some(place) => place.domain.id.to_string(),
            None => format!("file:{}", slug(&header.domain)),
        };
        let notes = self.notes(tau2);
        let unsaid = [
            ("Temperature", header.temperature.is_none()),
            ("Seed", header.seed.is_none()),
            ("Most steps per conversation", header.max_steps.is_none()),
            ("Way of working", header.agent_strategy.is_empty()),
            ("Prompts", true),
            ("Conversations at the same time", true),
        ];
        let mut problems = std::mem::take(&mut self.problems);
        if problems.len() > MOST_PROBLEMS {
            let more = problems.len() - MOST_PROBLEMS;
            problems.truncate(MOST_PROBLEMS);
            problems.push(format!("And {more} more of the kind."));
        }
        RunPlan {
            name: run_name(files, &header, &domain, &self.conditions),
            domain_fingerprint: self
                .place
                .as_ref()
                .map(|place| place.domain.fingerprint.clone())
                .unwrap_or_default(),
            domain,
            split: self.place.as_ref().map_or(Split::Test, |place| place.split),
            tasks: std::mem::take(&mut self.tasks),
            conditions: std::mem::take(&mut self.conditions),
            baseline: false,
            trials: self.trials,
            agent: AgentPlan {
                strategy: agent_strategy(&header.agent_strategy),
                ..AgentPlan::new(RECORDED, model_name(&header.model))
            },
            traits: Vec::new(),
            customer: CustomerPlan {
                // Upstream's customers are told once.
                reanchor: false,
                ..CustomerPlan::new(
                    header.user_strategy.parse().unwrap_or(CustomerStrategy::Llm),
                    RECORDED,
                    model_name(&header.user_model),
                )
            },
            temperature: header.temperature.unwrap_or(0.0),
            seed: header.seed.unwrap_or(0),
            shuffle: false,
            limits: RunLimits {
                max_concurrency: 1,
                max_steps: header.max_steps.unwrap_or(RunLimits::default().max_steps),
                ..RunLimits::default()
            },
            wording: Wording { name: AS_RECORDED.to_owned(), ..Wording::shipped() },
            prompts_hash: String::new(),
            grader: if tau2 { format!("tau2-{version}") } else { grader() },
            tau2: None,
            reply_cache: false,
            sample: false,
            checkpoint: None,
            split_size: 0,
            tasks_by_name: false,
            imported: Some(ImportedFrom {
                format: format.name().to_owned(),
                version,
                files: files
                    .iter()
                    .map(|file| ImportedFile {
                        name: file.name().to_owned(),
                        sha256: file.sha256().to_owned(),
                    })
                    .collect(),
                problems,
                notes,
                unsaid: unsaid
                    .iter()
                    .filter(|(_, unsaid)| *unsaid)
                    .map(|(label, _)| (*label).to_owned())
                    .collect(),
            }),
        }
    }

    /// What a reader must know of how the files were read.
    fn notes(&self, tau2: bool) -> Vec<String> {
        let mut notes = Vec::new();
        if self.not_scored > 0 {
            notes.push(format!(
                "{} conversations of the file were not scored here: its runner could not finish them, so that they say nothing about the agent. {}",
                self.not_scored,
                if tau2 { "tau2 leaves such out as well." } else { "The file itself counts them as reward 0." }
            ));
        }
        if self.traits_unsaid && !self.by_file {
            notes.push(
                "The file does not say which traits its customers had; they are shown as the baseline.".into(),
            );
        }
        if self.renumbered > 0 {
            notes.push(format!(
                "{} conversations repeat a task and attempt that the file already has; they are shown as further attempts.",
                self.renumbered
            ));
        }
        if self.replayed.1 > 0 {
            let ((agree, graded), (equal, calls)) = (self.replayed, self.calls);
            notes.push(format!(
                "Checked against the installed domain: {agree} of {graded} rewards and {equal} of {calls} tool results came out the same."
            ));
        }
        notes
    }
}

fn agent_strategy(name: &str) -> AgentStrategy {
    name.parse().unwrap_or(AgentStrategy::ToolCalling)
}

fn model_name(name: &str) -> String {
    if name.is_empty() { NOT_IN_FILE.to_owned() } else { name.to_owned() }
}

fn run_name(
    files: &[ResultFile],
    header: &Header,
    domain: &str,
    conditions: &[Condition],
) -> String {
    let said = match (header.domain.as_str(), domain.rsplit(':').next()) {
        ("", Some(name)) => name.to_owned(),
        (name, _) => name.to_owned(),
    };
    match (files, header.model.as_str()) {
        ([only], "") => only.name().trim_end_matches(".gz").trim_end_matches(".json").to_owned(),
        (_, "") => format!("{} result files, {said}", files.len()),
        (_, model) => match conditions {
            [only] => format!("{model} in {said}: {}", only.name),
            _ => format!("{model} in {said}: {} kinds of customers", conditions.len()),
        },
    }
}
