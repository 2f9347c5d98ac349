//! Why conversations failed: rules, a judging model, a person.

mod blame;
mod figures;
mod grounds;
mod judging;
mod verdicts;

use std::collections::HashMap;

use tau_diagnosis::{Diagnosis, Source, Tag};
use tau_domain::Outcome;
use tau_report::{AtFault, Fault};
use tau_runs::{Conversation, EpisodeId, RunId, RunRow, StoredDiagnosis, now_ms};

pub(crate) use grounds::Grounds;
pub(crate) use judging::Judging;

use super::Product;
use super::conversations::{read_conversation, summary};
use super::library::count;
use super::runs::{read_page, read_run};
use crate::types::{
    ConversationDiagnosis, DiagnosisCorrection, DiagnosisDraft, FaultPage, FaultQuery, FaultRow,
    FaultTag, Finding, RunFaults,
};
use crate::{ApiError, ErrorCode};
use verdicts::{Verdicts, view};

impl Product {
    /// At whose door each failure of a run is laid, with its tags.
    pub(crate) async fn laid_at(
        &self,
        run: &RunRow,
    ) -> Result<HashMap<EpisodeId, Fault>, ApiError> {
        let failures = self.failures(run, None).await?;
        let fault = |verdicts: &Verdicts| {
            let tags =
                verdicts.shown().map(|said| said.verdict.tags.as_slice()).unwrap_or_default();
            Fault {
                at: AtFault::of(verdicts.at_fault()).unwrap_or(AtFault::Unjudged),
                tags: tags.iter().map(|tag| tag.id().to_owned()).collect(),
            }
        };
        Ok(failures.iter().map(|each| (each.row.id, fault(&each.verdicts))).collect())
    }

    /// The faults of a run's failures.
    pub async fn run_faults(&self, id: String) -> Result<RunFaults, ApiError> {
        self.faults_of(read_run(&id)?).await
    }

    async fn faults_of(&self, run: RunId) -> Result<RunFaults, ApiError> {
        // Asked first: work that is over has stored all its verdicts, so they are among those read.
        let job = self.judging.of(run);
        let row = self.runs.run(run).await?;
        let failures = self.failures(&row, None).await?;
        let progress = self.runs.progress(run).await?;
        Ok(figures::faults(&failures, progress.passed, job))
    }

    /// The failures behind them.
    pub async fn list_faults(&self, query: FaultQuery) -> Result<FaultPage, ApiError> {
        let row = self.runs.run(read_run(&query.run_id)?).await?;
        let failures = self.failures(&row, query.condition.clone()).await?;
        let mut rows: Vec<FaultRow> = Vec::new();
        for failure in &failures {
            let Some(verdict) = failure.verdicts.shown() else { continue };
            let told = view(verdict);
            if query.author.is_none_or(|author| author == told.author)
                && query.kind.is_none_or(|kind| kind == told.kind)
            {
                rows.push(FaultRow { conversation: summary(&failure.row), diagnosis: told });
            }
        }
        let page = read_page(query.page);
        let total = count(rows.len());
        let rows = rows.into_iter().skip(page.offset as usize).take(page.limit as usize).collect();
        Ok(FaultPage { total, rows })
    }

    /// All judgements of one conversation.
    pub async fn get_diagnosis(
        &self,
        conversation: String,
    ) -> Result<ConversationDiagnosis, ApiError> {
        let episode = read_conversation(&conversation)?;
        let read = self.runs.conversation(episode).await?;
        let mut answer = ConversationDiagnosis {
            conversation_id: conversation,
            shown: None,
            rules: None,
            model: None,
            person: None,
            findings: Vec::new(),
            undecided: String::new(),
        };
        if read.row.outcome != Outcome::Failed {
            return Ok(answer);
        }
        let looked = self.look(&read).await?;
        let mut verdicts = Verdicts::of(self.runs.diagnoses_of(episode).await?);
        if let Some(looked) = looked {
            verdicts.rules = looked.diagnosis.map(verdicts::of_rules);
            answer.undecided = looked.undecided;
            answer.findings = looked
                .findings
                .into_iter()
                .map(|line| Finding { sentence: line.sentence, turn: line.turn })
                .collect();
        }
        answer.shown = verdicts.shown().map(view);
        answer.rules = verdicts.rules.as_ref().map(view);
        answer.model = verdicts.model.as_ref().map(view);
        answer.person = verdicts.person.as_ref().map(view);
        Ok(answer)
    }

    /// The finer tags.
    pub async fn list_fault_tags(&self) -> Result<Vec<FaultTag>, ApiError> {
        let tag = |tag: Tag| FaultTag {
            id: tag.id().into(),
            label: tag.label().into(),
            description: tag.meaning().into(),
        };
        Ok(Tag::ALL.map(tag).into())
    }

    /// Has failures judged by a model.
    pub async fn start_diagnosis(&self, draft: DiagnosisDraft) -> Result<RunFaults, ApiError> {
        let run = read_run(&draft.run_id)?;
        self.judge_failures(run, &draft).await?;
        self.faults_of(run).await
    }

    /// Stops that; what was judged is kept.
    pub async fn stop_diagnosis(&self, run: String) -> Result<RunFaults, ApiError> {
        let run = read_run(&run)?;
        self.judging.stop(run).await;
        self.faults_of(run).await
    }

    /// Keeps a person's judgement, which wins.
    pub async fn correct_diagnosis(
        &self,
        correction: DiagnosisCorrection,
    ) -> Result<ConversationDiagnosis, ApiError> {
        let episode = read_conversation(&correction.conversation_id)?;
        let read = self.runs.conversation(episode).await?;
        let verdict = checked(&correction, &read)?;
        let body = serde_json::to_string(&verdict).map_err(|error| {
            ApiError::new(ErrorCode::Internal, "The judgement could not be kept.").detail(error)
        })?;
        self.runs
            .keep_diagnosis(StoredDiagnosis {
                episode,
                source: Source::Person.name().into(),
                body,
                model: String::new(),
                version: String::new(),
                at_ms: now_ms(),
            })
            .await?;
        self.runs.tell_of_diagnoses(read.row.run);
        self.get_diagnosis(correction.conversation_id).await
    }

    /// Takes it back.
    pub async fn withdraw_correction(
        &self,
        conversation: String,
    ) -> Result<ConversationDiagnosis, ApiError> {
        let episode: EpisodeId = read_conversation(&conversation)?;
        let run = self.runs.conversation(episode).await?.row.run;
        if self.runs.drop_diagnosis(episode, Source::Person.name()).await? {
            self.runs.tell_of_diagnoses(run);
        }
        self.get_diagnosis(conversation).await
    }
}

/// A person's judgement as it is kept.
fn checked(correction: &DiagnosisCorrection, read: &Conversation) -> Result<Diagnosis, ApiError> {
    if read.row.outcome != Outcome::Failed {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "This conversation did not fail, so there is no fault to judge.",
        ));
    }
    let mut tags = Vec::new();
    for id in &correction.tags {
        let Some(tag) = Tag::of(id) else {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "One of the tags is not known here. Choose from the list.",
            )
            .detail(id));
        };
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let turns = count(tau_diagnosis::turns(&read.messages).len());
    if correction.turn.is_some_and(|turn| !(1..=turns).contains(&turn)) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!("There is no such turn. The conversation has turns 1 to {turns}."),
        ));
    }
    Ok(Diagnosis {
        author: verdicts::author(correction.author),
        kind: verdicts::kind(correction.kind),
        description: correction.description.trim().to_owned(),
        kind_description: String::new(),
        first_turn: correction.turn,
        tags,
        severity: None,
        source: Source::Person,
    })
}
