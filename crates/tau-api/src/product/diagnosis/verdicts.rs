//! The verdicts on a run's failures: stored ones, and those of the rules, which are worked out when
//! somebody looks and kept.

use std::collections::HashMap;

use super::grounds::LookedInto;
use crate::types::{DiagnosisSource, DiagnosisView, FaultAuthor, FaultKind};
use crate::{ApiError, ErrorCode, Product};
use tau_diagnosis::{Author, Diagnosis, Kind, RULES_VERSION, Source, Tag};
use tau_domain::Outcome;
use tau_runs::{
    Conversation, ConversationFilter, EpisodeId, EpisodeRow, Page, RunRow, StoredDiagnosis, now_ms,
};

/// Failures read at once.
const AT_ONCE: u32 = 500;

/// A verdict with who says so.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) verdict: Diagnosis,
    /// The judging model's name; empty for the others.
    pub(super) by: String,
    /// Version of the rules or prompts.
    pub(super) version: String,
}

/// The verdicts on one conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Verdicts {
    pub(super) rules: Option<Said>,
    pub(super) model: Option<Said>,
    pub(super) person: Option<Said>,
}

/// A failed conversation with its verdicts.
pub(super) struct Failure {
    pub(super) row: EpisodeRow,
    pub(super) verdicts: Verdicts,
}

impl Verdicts {
    /// Stored verdicts. One that cannot be read any more counts as not there.
    pub(super) fn of(stored: Vec<StoredDiagnosis>) -> Verdicts {
        let mut verdicts = Verdicts::default();
        for one in stored {
            let Ok(verdict) = serde_json::from_str::<Diagnosis>(&one.body) else { continue };
            let said = Some(Said { verdict, by: one.model, version: one.version });
            match Source::of(&one.source) {
                Some(Source::Rules) => verdicts.rules = said,
                Some(Source::Model) => verdicts.model = said,
                Some(Source::Person) => verdicts.person = said,
                None => {}
            }
        }
        verdicts
    }

    /// The one that counts: a person's before a model's before the rules'.
    pub(super) fn shown(&self) -> Option<&Said> {
        self.person.as_ref().or_else(|| self.automatic())
    }

    /// At whose door the failure is laid, as pictures and lists count it: the author's of the verdict
    /// that counts, `grader` where the grade itself is in doubt, `unjudged` where there is no verdict.
    pub(crate) fn at_fault(&self) -> &'static str {
        match self.shown() {
            None => "unjudged",
            Some(said) if said.verdict.tags.contains(&Tag::GraderDispute) => "grader",
            Some(said) => match said.verdict.author {
                Author::User => "user",
                Author::Agent => "agent",
                Author::Environment => "environment",
            },
        }
    }

    /// Whether the verdict that counts carries a tag.
    pub(crate) fn has_tag(&self, tag: &str) -> bool {
        self.shown().is_some_and(|said| said.verdict.tags.iter().any(|each| each.id() == tag))
    }

    /// The one that no person gave.
    pub(super) fn automatic(&self) -> Option<&Said> {
        self.model.as_ref().or(self.rules.as_ref())
    }
}

/// What the rules say now.
pub(super) fn of_rules(verdict: Diagnosis) -> Said {
    Said { verdict, by: String::new(), version: RULES_VERSION.to_string() }
}

impl Product {
    /// The failures that a filter leaves, narrowed to a side at fault and a tag.
    pub(crate) async fn failures_with(
        &self,
        run: &RunRow,
        filter: ConversationFilter,
        author: Option<&str>,
        tag: Option<&str>,
    ) -> Result<Vec<EpisodeRow>, ApiError> {
        if filter.outcome.is_some_and(|outcome| outcome != Outcome::Failed) {
            return Ok(Vec::new());
        }
        let mut found = self.failures_of(run, filter).await?;
        found.retain(|Failure { verdicts, .. }| {
            author.is_none_or(|author| verdicts.at_fault() == author)
                && tag.is_none_or(|tag| verdicts.has_tag(tag))
        });
        Ok(found.into_iter().map(|failure| failure.row).collect())
    }

    /// The failures of a run in the order of lists, with their verdicts; `condition` for only those of
    /// one condition.
    pub(super) async fn failures(
        &self,
        run: &RunRow,
        condition: Option<String>,
    ) -> Result<Vec<Failure>, ApiError> {
        self.failures_of(run, ConversationFilter { condition, ..ConversationFilter::default() })
            .await
    }

    async fn failures_of(
        &self,
        run: &RunRow,
        filter: ConversationFilter,
    ) -> Result<Vec<Failure>, ApiError> {
        let mut stored: HashMap<EpisodeId, Vec<StoredDiagnosis>> = HashMap::new();
        for one in self.runs.diagnoses(run.id).await? {
            stored.entry(one.episode).or_default().push(one);
        }
        let filter = ConversationFilter { outcome: Some(Outcome::Failed), ..filter };
        let mut rows: Vec<EpisodeRow> = Vec::new();
        loop {
            let page = Page { offset: rows.len() as u32, limit: AT_ONCE };
            let found = self.runs.conversations(run.id, &filter, page).await?;
            let last = found.rows.len() < AT_ONCE as usize;
            rows.extend(found.rows);
            if last {
                break;
            }
        }
        let grounds = self.grounds(&run.plan).await;
        let now = RULES_VERSION.to_string();
        let mut failures = Vec::with_capacity(rows.len());
        for row in rows {
            let mut verdicts = Verdicts::of(stored.remove(&row.id).unwrap_or_default());
            let old = verdicts.rules.as_ref().is_none_or(|said| said.version != now);
            if let Some(grounds) = grounds.as_ref().filter(|_| old) {
                let read = self.runs.conversation(row.id).await?;
                let looked = grounds.look(run.plan.seed, read).await?;
                verdicts.rules = looked.and_then(|looked| looked.diagnosis).map(of_rules);
                if let Some(said) = &verdicts.rules {
                    self.keep_rules(row.id, said).await?;
                }
            }
            failures.push(Failure { row, verdicts });
        }
        Ok(failures)
    }

    /// What the rules say about a conversation; `None` when its domain is not here.
    pub(super) async fn look(&self, read: &Conversation) -> Result<Option<LookedInto>, ApiError> {
        let plan = self.runs.run(read.row.run).await?.plan;
        let Some(grounds) = self.grounds(&plan).await else { return Ok(None) };
        grounds.look(plan.seed, read.clone()).await
    }

    async fn keep_rules(&self, episode: EpisodeId, said: &Said) -> Result<(), ApiError> {
        let body = serde_json::to_string(&said.verdict).map_err(|error| {
            ApiError::new(ErrorCode::Internal, "A judgement could not be kept.").detail(error)
        })?;
        let verdict = StoredDiagnosis {
            episode,
            source: Source::Rules.name().into(),
            body,
            model: String::new(),
            version: said.version.clone(),
            at_ms: now_ms(),
        };
        Ok(self.runs.keep_diagnosis(verdict).await?)
    }
}

/// A verdict as the interface shows it.
pub(super) fn view(said: &Said) -> DiagnosisView {
    let verdict = &said.verdict;
    let mut description = verdict.description.clone();
    if !verdict.kind_description.is_empty() {
        description = format!("{description} {}", verdict.kind_description);
    }
    DiagnosisView {
        source: match verdict.source {
            Source::Rules => DiagnosisSource::Rules,
            Source::Model => DiagnosisSource::Model,
            Source::Person => DiagnosisSource::Person,
        },
        by: said.by.clone(),
        author: match verdict.author {
            Author::User => FaultAuthor::User,
            Author::Agent => FaultAuthor::Agent,
            Author::Environment => FaultAuthor::Environment,
        },
        kind: match verdict.kind {
            Kind::CalledWrongTool => FaultKind::CalledWrongTool,
            Kind::UsedWrongToolArgument => FaultKind::UsedWrongToolArgument,
            Kind::GoalPartiallyCompleted => FaultKind::GoalPartiallyCompleted,
            Kind::Other => FaultKind::Other,
        },
        description: description.trim().to_owned(),
        turn: verdict.first_turn,
        tags: verdict.tags.iter().map(|tag| tag.id().to_owned()).collect(),
    }
}

pub(super) fn author(author: FaultAuthor) -> Author {
    match author {
        FaultAuthor::User => Author::User,
        FaultAuthor::Agent => Author::Agent,
        FaultAuthor::Environment => Author::Environment,
    }
}

pub(super) fn kind(kind: FaultKind) -> Kind {
    match kind {
        FaultKind::CalledWrongTool => Kind::CalledWrongTool,
        FaultKind::UsedWrongToolArgument => Kind::UsedWrongToolArgument,
        FaultKind::GoalPartiallyCompleted => Kind::GoalPartiallyCompleted,
        FaultKind::Other => Kind::Other,
    }
}
