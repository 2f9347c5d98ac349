//! A judging model at work on a run's messages: three of each conversation drawn are rated, one from
//! each third, and messages of the same task, attempt and third are set against each other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::StreamExt;
use tau_diagnosis::{Gauge, GaugedTrait, JudgeError, More, Spent};
use tau_domain::{Message, Role};
use tau_runs::{
    EpisodeId, EpisodeRow, RunId, RunRow, Runs, StoredComparison, StoredReadings, now_ms,
};
use tau_sim::{CancellationToken, STOP_MARKER, Wording};
use tau_traits::fidelity::{MeterReading, MeterSource, Spoken, Third, spoken};
use tau_traits::{Trait, TraitMix};
use tokio::sync::watch;

use super::super::Product;
use super::super::library::count;
use super::metering::{Meters, is_over};
use crate::endpoints::PRACTICE;
use crate::types::{FidelityDraft, FidelityEstimate, FidelityJob};
use crate::{ApiError, ErrorCode};

/// Most questions at the same time.
const MOST_AT_ONCE: u32 = 32;
/// Most conversations of one job.
const MOST: u32 = 100_000;
/// Letters per token in English, the usual rule of thumb.
const LETTERS_PER_TOKEN: f64 = 4.0;
/// Letters of a question beside the traits: rules, the agent's line and the message.
const LETTERS_ASKED: f64 = 1_600.0;
/// Tokens of an answer.
const TOKENS_ANSWERED: f64 = 40.0;

/// The judging that is going on, or went on last, by run.
#[derive(Default)]
pub(crate) struct Gauging(Mutex<HashMap<RunId, Work>>);

struct Work {
    job: Arc<Mutex<FidelityJob>>,
    cancel: CancellationToken,
    over: watch::Receiver<bool>,
    /// Answers of earlier jobs, so that the number only grows.
    before: u64,
}

impl Gauging {
    fn lock(&self) -> MutexGuard<'_, HashMap<RunId, Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The work on a run.
    pub(super) fn of(&self, run: RunId) -> Option<FidelityJob> {
        self.lock().get(&run).map(|work| locked(&work.job).clone())
    }

    /// Answers stored since the app was opened.
    pub(super) fn answers(&self, run: RunId) -> u64 {
        self.lock().get(&run).map_or(0, |work| work.before + u64::from(locked(&work.job).done))
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

    /// Stops all work. What was read is kept.
    pub(crate) fn stop_all(&self) {
        for work in self.lock().values() {
            work.cancel.cancel();
        }
    }
}

fn locked(job: &Mutex<FidelityJob>) -> MutexGuard<'_, FidelityJob> {
    job.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A conversation whose messages a judge reads.
#[derive(Clone)]
struct Drawn {
    row: EpisodeRow,
    mix: TraitMix,
}

/// Two conversations of a task and attempt whose customers were asked for different levels of a trait.
struct Pair {
    trait_at: usize,
    higher: usize,
    lower: usize,
}

/// All that a job asks.
struct Questions {
    traits: Vec<Trait>,
    drawn: Vec<Drawn>,
    pairs: Vec<Pair>,
}

impl Product {
    /// What a job would ask and cost.
    pub(super) async fn gauge_estimate(
        &self,
        draft: &FidelityDraft,
    ) -> Result<FidelityEstimate, ApiError> {
        let row = self.runs.run(super::read_run(&draft.run_id)?).await?;
        let asked = self.questions(&row, draft).await?;
        let letters: usize = asked
            .traits
            .iter()
            .map(|each| {
                let levels = each.levels.iter().map(|level| level.sentence.len() + 20);
                each.description.len() + levels.sum::<usize>()
            })
            .sum();
        let traits = asked.traits.len().max(1) as f64;
        let (rated, compared) = (3.0 * asked.drawn.len() as f64, asked.pairs.len() as f64);
        let questions = rated + compared;
        let read = rated * (LETTERS_ASKED + letters as f64)
            + compared * (LETTERS_ASKED + letters as f64 / traits);
        let endpoint = self.list_endpoints().await?;
        let base = endpoint
            .iter()
            .find(|known| known.id == draft.model.endpoint)
            .map(|known| known.base_url.clone())
            .unwrap_or_default();
        let prices = self.limits.prices();
        let cost = prices.find_at(&base, draft.model.model.trim()).map(|price| {
            (read / LETTERS_PER_TOKEN * price.input + questions * TOKENS_ANSWERED * price.output)
                / 1e6
        });
        let asks =
            format!("About {} questions on {} conversations", questions.round(), asked.drawn.len());
        Ok(FidelityEstimate {
            conversations: count(asked.drawn.len()),
            questions: questions as u32,
            cost,
            sentence: match cost {
                Some(cost) => format!(
                    "{asks}: about ${cost:.2}, by the providers' prices of {}.",
                    prices.as_of
                ),
                None => format!(
                    "{asks}. The price of this model is not known here. Your provider's page has it."
                ),
            },
        })
    }

    /// The conversations that a judge would read, and the pairs: whole tasks at a time, so that every
    /// condition and task is drawn alike, and none that the same judge has read already.
    async fn questions(&self, row: &RunRow, draft: &FidelityDraft) -> Result<Questions, ApiError> {
        if draft.most == 0 {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "Have at least one conversation read.",
            ));
        }
        let traits = Meters::of(&row.plan).traits;
        if traits.is_empty() {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "No customer of this run has a trait, so there is nothing to judge.",
            ));
        }
        let place = |id: &str| row.plan.conditions.iter().position(|each| each.id == id);
        let mut rows: Vec<EpisodeRow> =
            self.all_conversations(row).await?.into_iter().filter(is_over).collect();
        rows.sort_by_key(|each| (each.trial, each.task_index, place(&each.condition_id)));
        rows.truncate(draft.most.min(MOST) as usize);
        let drawn: Vec<Drawn> = rows
            .into_iter()
            .filter_map(|each| {
                let condition = row.plan.conditions.get(place(&each.condition_id)?)?;
                Some(Drawn { row: each, mix: condition.mix.clone() })
            })
            .collect();
        Ok(Questions { pairs: pairs(&traits, &drawn), traits, drawn })
    }

    /// Starts a judge on a run.
    pub(super) async fn start_gauging(&self, draft: &FidelityDraft) -> Result<(), ApiError> {
        let run = super::read_run(&draft.run_id)?;
        let row = self.runs.run(run).await?;
        let gauge = self.gauge(draft).await?;
        let mut asked = self.questions(&row, draft).await?;
        let told: Vec<GaugedTrait> = asked.traits.iter().map(gauged).collect();
        let version = gauge.version(&told);
        let by_this = |model: &str, of: &str| model == gauge.name() && of == version;
        let read: HashSet<i64> = self
            .runs
            .readings(run)
            .await?
            .into_iter()
            .filter(|each| each.source == MeterSource::Judge.name())
            .filter(|each| by_this(&each.model, &each.version))
            .map(|each| each.episode.0)
            .collect();
        let compared: HashSet<(String, i64, i64)> = self
            .runs
            .comparisons(run)
            .await?
            .into_iter()
            .filter(|each| by_this(&each.model, &each.version))
            .map(|each| (each.trait_id, each.higher.0, each.lower.0))
            .collect();
        let open: Vec<usize> = (0..asked.drawn.len())
            .filter(|at| !read.contains(&asked.drawn[*at].row.id.0))
            .collect();
        let id = |at: usize| asked.drawn[at].row.id.0;
        let known = |pair: &Pair| {
            let trait_id = asked.traits[pair.trait_at].id.clone();
            compared.contains(&(trait_id, id(pair.higher), id(pair.lower)))
        };
        let left: Vec<bool> = asked.pairs.iter().map(|pair| !known(pair)).collect();
        let mut left = left.into_iter();
        asked.pairs.retain(|_| left.next().unwrap_or(false));
        let job = FidelityJob {
            running: true,
            planned: count(open.len()) + count(asked.pairs.len()),
            done: 0,
            failed: 0,
            cost: None,
            message: String::new(),
        };
        let job = Arc::new(Mutex::new(job));
        let cancel = CancellationToken::new();
        let (end, over) = watch::channel(false);
        {
            let mut all = self.gauging.lock();
            let before =
                all.get(&run).map_or(0, |work| work.before + u64::from(locked(&work.job).done));
            if all.get(&run).is_some_and(|work| locked(&work.job).running) {
                return Err(ApiError::new(
                    ErrorCode::Conflict,
                    "A model is reading these conversations already. Stop that first.",
                ));
            }
            let work = Work { job: Arc::clone(&job), cancel: cancel.clone(), over, before };
            all.insert(run, work);
        }
        let seed = row.plan.seed;
        let reader =
            Reader { runs: self.runs.clone(), run, gauge, told, version, asked, job, seed };
        let at_once = draft.max_concurrency.clamp(1, MOST_AT_ONCE) as usize;
        tokio::spawn(async move {
            reader.read_all(&open, at_once, &cancel).await;
            {
                let mut job = locked(&reader.job);
                job.running = false;
                if cancel.is_cancelled() && job.message.is_empty() {
                    job.message = "Stopped. What was read is kept.".into();
                }
            }
            end.send_replace(true);
            reader.runs.tell_of_diagnoses(run);
        });
        Ok(())
    }

    async fn gauge(&self, draft: &FidelityDraft) -> Result<Gauge, ApiError> {
        if draft.model.endpoint == PRACTICE {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "The practice models cannot judge. The markers have read already; for a second opinion choose a real model.",
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
        Gauge::new(model, &Wording::shipped())
            .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))
    }
}

fn gauged(each: &Trait) -> GaugedTrait {
    GaugedTrait {
        id: each.id.clone(),
        name: each.name.clone(),
        description: each.description.clone(),
        levels: each
            .levels
            .iter()
            .map(|level| (level.name.clone(), level.sentence.clone()))
            .collect(),
    }
}

/// Conversations of one task and attempt with nothing but one trait at different levels, the baseline
/// being 0.
fn pairs(traits: &[Trait], drawn: &[Drawn]) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut groups: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for (at, each) in drawn.iter().enumerate() {
        groups.entry((each.row.trial, each.row.task_index)).or_default().push(at);
    }
    for (trait_at, each) in traits.iter().enumerate() {
        let alone = |at: &&usize| drawn[**at].mix.active().all(|(id, _)| id == each.id);
        let level = |at: usize| drawn[at].mix.level(&each.id);
        for group in groups.values() {
            let of: Vec<usize> = group.iter().filter(alone).copied().collect();
            for (nth, one) in of.iter().enumerate() {
                for other in &of[nth + 1..] {
                    let (higher, lower) =
                        if level(*one) > level(*other) { (*one, *other) } else { (*other, *one) };
                    if level(higher) > level(lower) {
                        found.push(Pair { trait_at, higher, lower });
                    }
                }
            }
        }
    }
    found
}

/// A conversation as a judge is shown it.
struct Said {
    messages: Vec<Message>,
    spoken: Vec<Spoken>,
}

impl Said {
    /// The middle message of a third.
    fn of(&self, third: Third) -> Option<&Spoken> {
        let all = self.spoken.len();
        let of: Vec<&Spoken> =
            (0..all).filter(|at| Third::of(*at, all) == third).map(|at| &self.spoken[at]).collect();
        of.get(of.len() / 2).copied()
    }

    /// What the agent had said before a message.
    fn before(&self, message: u32) -> Option<&str> {
        let earlier = self.messages.iter().take(message as usize).rev();
        earlier.filter(|each| each.role == Role::Assistant).find_map(Message::heard)
    }
}

struct Reader {
    runs: Runs,
    run: RunId,
    gauge: Gauge,
    told: Vec<GaugedTrait>,
    version: String,
    asked: Questions,
    job: Arc<Mutex<FidelityJob>>,
    seed: u64,
}

#[derive(Clone, Copy)]
enum Step {
    Rate(usize),
    Compare(usize),
}

impl Reader {
    async fn read_all(&self, open: &[usize], at_once: usize, cancel: &CancellationToken) {
        let mut steps: Vec<Step> = open.iter().copied().map(Step::Rate).collect();
        steps.extend((0..self.asked.pairs.len()).map(Step::Compare));
        let work = futures_util::stream::iter(steps).map(|step| async move {
            let mut spent = Spent::default();
            let outcome = tokio::select! {
                biased;
                () = cancel.cancelled() => return,
                outcome = self.step(step, &mut spent) => outcome,
            };
            {
                let mut job = locked(&self.job);
                if let Some(cost) = spent.cost_usd {
                    *job.cost.get_or_insert(0.0) += cost;
                }
                match &outcome {
                    Ok(()) => job.done += 1,
                    Err(error) => {
                        job.failed += 1;
                        job.message = error.to_string();
                    }
                }
            }
            if outcome.is_err_and(|error| error.stops_all()) {
                cancel.cancel();
            }
            self.runs.tell_of_diagnoses(self.run);
        });
        work.buffer_unordered(at_once).collect::<()>().await;
    }

    async fn step(&self, step: Step, spent: &mut Spent) -> Result<(), JudgeError> {
        match step {
            Step::Rate(at) => self.rate(&self.asked.drawn[at], spent).await,
            Step::Compare(at) => self.compare(&self.asked.pairs[at], spent).await,
        }
    }

    async fn said(&self, episode: EpisodeId) -> Result<Said, JudgeError> {
        let read = self.runs.conversation(episode).await;
        let messages = read.map_err(|error| JudgeError::Case(error.to_string()))?.messages;
        Ok(Said { spoken: spoken(&messages, STOP_MARKER), messages })
    }

    async fn rate(&self, each: &Drawn, spent: &mut Spent) -> Result<(), JudgeError> {
        let said = self.said(each.row.id).await?;
        let mut readings: Vec<MeterReading> = Vec::new();
        for third in [Third::Early, Third::Middle, Third::Late] {
            let Some(message) = said.of(third) else { continue };
            let agent = said.before(message.message);
            let levels = self.gauge.rate(&self.told, agent, &message.text, spent).await?;
            readings.extend(self.told.iter().zip(levels).map(|(each, level)| MeterReading {
                message: message.message,
                trait_id: each.id.clone(),
                level,
            }));
        }
        let body = serde_json::to_string(&readings)
            .map_err(|error| JudgeError::Store(error.to_string()))?;
        let stored = StoredReadings {
            episode: each.row.id,
            source: MeterSource::Judge.name().into(),
            body,
            model: self.gauge.name().to_owned(),
            version: self.version.clone(),
            at_ms: now_ms(),
        };
        let kept = self.runs.keep_readings(vec![stored]).await;
        kept.map_err(|error| JudgeError::Store(error.to_string()))
    }

    async fn compare(&self, pair: &Pair, spent: &mut Spent) -> Result<(), JudgeError> {
        let (higher, lower) =
            (self.asked.drawn[pair.higher].row.id, self.asked.drawn[pair.lower].row.id);
        let (high, low) = (self.said(higher).await?, self.said(lower).await?);
        // The middle of a conversation: neither the wish at its start nor the thanks at its end.
        let third = [Third::Middle, Third::Late, Third::Early]
            .into_iter()
            .find_map(|third| Some((high.of(third)?, low.of(third)?)));
        let Some((more, less)) = third else { return Ok(()) };
        let each = &self.told[pair.trait_at];
        // Judges lean towards a place, so each side has each place equally often.
        let swapped = (self.seed ^ higher.0.unsigned_abs() ^ lower.0.unsigned_abs().rotate_left(7))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            >> 63
            == 1;
        let (first, second) =
            if swapped { (&less.text, &more.text) } else { (&more.text, &less.text) };
        let answer = self.gauge.compare(each, first, second, spent).await?;
        let won = match (answer, swapped) {
            (More::Same, _) => 0.5,
            (More::First, false) | (More::Second, true) => 1.0,
            (More::First, true) | (More::Second, false) => 0.0,
        };
        let kept = self.runs.keep_comparison(StoredComparison {
            trait_id: each.id.clone(),
            higher,
            higher_message: more.message,
            lower,
            lower_message: less.message,
            won,
            model: self.gauge.name().to_owned(),
            version: self.version.clone(),
            at_ms: now_ms(),
        });
        kept.await.map_err(|error| JudgeError::Store(error.to_string()))
    }
}
