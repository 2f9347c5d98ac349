//! A model at work on the failures of a run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use tau_diagnosis::{Batch, Case, Cases, Diagnosis, Judge, JudgeError, Source, judge_all};
use tau_runs::{EpisodeId, RunId, RunPlan, Runs, StoredDiagnosis, now_ms};
use tau_sim::CancellationToken;
use tau_traits::{Strength, TraitMix, TraitSet};
use tokio::sync::watch;

use super::super::Product;
use super::super::library::count;
use super::Grounds;
use crate::endpoints::PRACTICE;
use crate::types::{DiagnosisDraft, DiagnosisJob};
use crate::{ApiError, ErrorCode};

/// Most questions at the same time.
const MOST_AT_ONCE: u32 = 32;

/// Most failures of one job.
const MOST: u32 = 100_000;

/// The judging that is going on, or went on last, by run.
#[derive(Default)]
pub(crate) struct Judging(Mutex<HashMap<RunId, Work>>);

struct Work {
    job: Arc<Mutex<DiagnosisJob>>,
    cancel: CancellationToken,
    over: watch::Receiver<bool>,
}

impl Judging {
    fn lock(&self) -> MutexGuard<'_, HashMap<RunId, Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The work on a run.
    pub(super) fn of(&self, run: RunId) -> Option<DiagnosisJob> {
        self.lock().get(&run).map(|work| locked(&work.job).clone())
    }

    /// Stops the work on a run, and returns when it has stopped.
    pub(super) async fn stop(&self, run: RunId) {
        let over = self.lock().get(&run).map(|work| {
            work.cancel.cancel();
            work.over.clone()
        });
        if let Some(mut over) = over {
            // A sender that is gone has stopped too.
            let _ = over.wait_for(|over| *over).await;
        }
    }

    /// Stops all work. What was judged is kept.
    pub(crate) fn stop_all(&self) {
        for work in self.lock().values() {
            work.cancel.cancel();
        }
    }
}

fn locked(job: &Mutex<DiagnosisJob>) -> MutexGuard<'_, DiagnosisJob> {
    job.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Product {
    /// Starts a judge on the failures of a run that it has not judged yet.
    pub(super) async fn judge_failures(
        &self,
        run: RunId,
        draft: &DiagnosisDraft,
    ) -> Result<(), ApiError> {
        let row = self.runs.run(run).await?;
        let judge = self.judge(draft).await?;
        let version = judge.prompts_hash();
        let failures = self.failures(&row, None).await?;
        let open: Vec<EpisodeId> = failures
            .iter()
            .filter(|each| {
                each.verdicts
                    .model
                    .as_ref()
                    .is_none_or(|said| said.by != judge.name() || said.version != version)
            })
            .map(|each| each.row.id)
            .collect();
        let batch = Batch {
            most: draft.most.min(MOST) as usize,
            concurrency: draft.max_concurrency.clamp(1, MOST_AT_ONCE) as usize,
        };
        let grounds = self.grounds(&row.plan).await;
        let job = DiagnosisJob {
            running: true,
            planned: count(open.len().min(batch.most)),
            done: 0,
            failed: 0,
            message: String::new(),
        };
        let job = Arc::new(Mutex::new(job));
        let cancel = CancellationToken::new();
        let (end, over) = watch::channel(false);
        {
            let mut all = self.judging.lock();
            if all.get(&run).is_some_and(|work| locked(&work.job).running) {
                return Err(ApiError::new(
                    ErrorCode::Conflict,
                    "These failures are being judged already. Stop that first.",
                ));
            }
            all.insert(run, Work { job: Arc::clone(&job), cancel: cancel.clone(), over });
        }
        let failures = RunFailures {
            runs: self.runs.clone(),
            run,
            plan: row.plan,
            grounds,
            model: judge.name().to_owned(),
            version,
            job,
        };
        tokio::spawn(async move {
            let report = judge_all(&judge, &failures, &open, batch, &cancel).await;
            {
                let mut job = locked(&failures.job);
                job.running = false;
                if cancel.is_cancelled() {
                    job.message = "Stopped. What was judged is kept.".into();
                } else if let Some(why) = report.stopped {
                    job.message = format!("{why} What was judged is kept.");
                }
            }
            end.send_replace(true);
            failures.runs.tell_of_diagnoses(run);
        });
        Ok(())
    }

    async fn judge(&self, draft: &DiagnosisDraft) -> Result<Judge, ApiError> {
        if draft.most == 0 {
            return Err(ApiError::new(ErrorCode::BadRequest, "Have at least one failure judged."));
        }
        if draft.model.endpoint == PRACTICE {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "The practice models cannot judge. The rules have judged already; for a second opinion choose a real model.",
            ));
        }
        let endpoint = self.endpoints.get(&draft.model.endpoint)?;
        if let Some(why) = endpoint.kind.no_model() {
            let message = format!("{why} Choose another connection.");
            return Err(ApiError::new(ErrorCode::BadRequest, message));
        }
        if draft.model.model.trim().is_empty() {
            return Err(ApiError::new(ErrorCode::BadRequest, "Choose the model that is to judge."));
        }
        let model = self.model(&endpoint, draft.model.model.trim()).await?;
        let wording = tau_sim::Wording::shipped();
        Judge::new(model, &wording)
            .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))
    }
}

/// What a customer with this mix is like, in the words in which a model is told.
fn prompt_texts(mix: &TraitMix, set: &TraitSet) -> Vec<String> {
    let text = |(id, strength): (&str, Strength)| {
        let level = set.get(id)?.levels.get(usize::from(strength.stop_when_on()))?;
        Some(level.prompt.clone())
    };
    mix.strengths().filter_map(text).collect()
}

/// The failures of a run, for the judge.
struct RunFailures {
    runs: Runs,
    run: RunId,
    plan: RunPlan,
    grounds: Option<Grounds>,
    model: String,
    version: String,
    job: Arc<Mutex<DiagnosisJob>>,
}

#[async_trait]
impl Cases for RunFailures {
    type Id = EpisodeId;

    async fn load(&self, episode: EpisodeId) -> Result<Case, String> {
        let read = self.runs.conversation(episode).await.map_err(|error| error.to_string())?;
        let condition =
            self.plan.conditions.iter().find(|condition| condition.id == read.row.condition_id);
        let traits = condition
            .map(|condition| prompt_texts(&condition.mix, &self.plan.trait_set()))
            .unwrap_or_default();
        let looked = match &self.grounds {
            Some(grounds) => {
                grounds.look(self.plan.seed, read.clone()).await.map_err(|error| error.message)?
            }
            None => None,
        };
        let (Some(task), Some(trajectory)) = (read.task, read.trajectory) else {
            return Err("The conversation is not there any more.".into());
        };
        // Without the domain the judge has the transcript and the gold solution alone.
        let findings = looked.map(|looked| [looked.findings, looked.unmet].concat());
        let findings = findings.unwrap_or_default();
        Ok(Case { task, trajectory, findings, traits })
    }

    async fn keep(&self, episode: EpisodeId, verdict: Diagnosis) -> Result<(), String> {
        let body = serde_json::to_string(&verdict).map_err(|error| error.to_string())?;
        let stored = StoredDiagnosis {
            episode,
            source: Source::Model.name().into(),
            body,
            model: self.model.clone(),
            version: self.version.clone(),
            at_ms: now_ms(),
        };
        self.runs.keep_diagnosis(stored).await.map_err(|error| error.to_string())?;
        locked(&self.job).done += 1;
        self.runs.tell_of_diagnoses(self.run);
        Ok(())
    }

    async fn gave_up(&self, _: EpisodeId, error: &JudgeError) {
        {
            let mut job = locked(&self.job);
            job.failed += 1;
            job.message = error.to_string();
        }
        self.runs.tell_of_diagnoses(self.run);
    }
}
