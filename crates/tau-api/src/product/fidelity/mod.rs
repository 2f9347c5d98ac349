//! Whether a run's customers showed the traits that they were asked for.

mod judging;
mod metering;
mod views;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tau_report::ReportCondition;
use tau_report::fidelity::{Adherence, Fidelity, adherence, fidelity};
use tau_runs::{EpisodeId, RunId, RunPlan, RunRow};
use tau_traits::fidelity::{MeterReading as Reading, MeterSource};
use tau_traits::{LEVEL_NAMES, TraitSet};

use super::Product;
use super::results::conditions_of;
use super::runs::{customer_name, read_run};
use crate::ApiError;
use crate::types::{FidelityDraft, FidelityEstimate, MeterReading, RunFidelity, Turn};
use metering::{MarkerReadings, Meters, is_named_only};

pub(crate) use judging::Gauging;
pub(crate) use views::shown;

/// The figures of a run and the state of it that they were made from.
#[derive(Default)]
pub(crate) struct Figures(Mutex<HashMap<RunId, (State, Arc<RunFigures>)>>);

/// Conversations over, conversations not scored, and answers of a judging model: what the figures
/// follow from.
type State = (u32, u32, u64);

/// Figures of one run.
pub(crate) struct RunFigures {
    pub(crate) fidelity: Fidelity,
    meters: Vec<crate::types::MeterInfo>,
    /// By condition: its id, its name and what its customers did to their facts.
    adherence: Vec<(String, String, Adherence)>,
}

impl Product {
    /// Whether the customers showed the traits that they were asked for.
    pub async fn run_fidelity(&self, id: String) -> Result<RunFidelity, ApiError> {
        let run = read_run(&id)?;
        // Asked first: work that is over has stored all that it read.
        let job = self.gauging.of(run);
        let row = self.runs.run(run).await?;
        let figures = self.fidelity_figures(&row).await?;
        let found = &figures.fidelity;
        Ok(RunFidelity {
            run_id: id,
            sentence: found.sentence.clone(),
            shown: found.shown.map(shown),
            voice: customer_name(&row),
            meters: figures.meters.clone(),
            conditions: found.conditions.iter().map(views::condition).collect(),
            traits: found.traits.iter().map(views::trait_figures).collect(),
            mixes: found.mixes.iter().map(views::mix).collect(),
            adherence: figures
                .adherence
                .iter()
                .map(|(id, name, counted)| views::adherence(id, name, counted))
                .collect(),
            notes: found.notes.iter().cloned().chain(unsaid_levels(&row)).collect(),
            job,
        })
    }

    /// What a judging model would be asked and cost.
    pub async fn estimate_fidelity(
        &self,
        draft: FidelityDraft,
    ) -> Result<FidelityEstimate, ApiError> {
        self.gauge_estimate(&draft).await
    }

    /// Has customers' messages read by a judging model, blind to what they were asked for.
    pub async fn start_fidelity(&self, draft: FidelityDraft) -> Result<RunFidelity, ApiError> {
        self.start_gauging(&draft).await?;
        self.run_fidelity(draft.run_id).await
    }

    /// Stops that; what was read is kept.
    pub async fn stop_fidelity(&self, run: String) -> Result<RunFidelity, ApiError> {
        self.gauging.stop(read_run(&run)?).await;
        self.run_fidelity(run).await
    }

    /// The figures of a run, computed again only when something was read or finished since.
    pub(crate) async fn fidelity_figures(&self, row: &RunRow) -> Result<Arc<RunFigures>, ApiError> {
        let progress = self.runs.progress_of(row).await?;
        let over = progress.passed + progress.failed;
        let state = (over, progress.not_scored, self.gauging.answers(row.id));
        let lock = || self.figures.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, figures)) = lock().get(&row.id)
            && *known == state
        {
            return Ok(Arc::clone(figures));
        }
        let metered = self.metered(row).await?;
        let of = |id: &str| {
            let of = metered.facts.iter().filter(|each| each.condition_id == id);
            adherence(&of.collect::<Vec<_>>())
        };
        let figures = Arc::new(RunFigures {
            fidelity: fidelity(&metered.input),
            meters: views::meters(&metered.input, metered.judge.as_deref()),
            adherence: match metered.facts.is_empty() {
                true => Vec::new(),
                false => row
                    .plan
                    .conditions
                    .iter()
                    .map(|each| (each.id.clone(), each.name.clone(), of(&each.id)))
                    .collect(),
            },
        });
        lock().insert(row.id, (state, Arc::clone(&figures)));
        Ok(figures)
    }

    /// A run's conditions as reports name them, with what is known of their customers.
    pub(crate) async fn checked_conditions(
        &self,
        row: &RunRow,
    ) -> Result<Vec<ReportCondition>, ApiError> {
        let mut conditions = conditions_of(&row.plan);
        // What a person said is theirs: no trait was asked of them by a level.
        let set = TraitSet::of_run(&row.plan.traits);
        let asked = |each| !metering::asked_of(each, &set).is_empty();
        if row.plan.is_played() || !row.plan.conditions.iter().any(asked) {
            return Ok(conditions);
        }
        let figures = self.fidelity_figures(row).await?;
        for each in &mut conditions {
            each.check = figures.fidelity.check(&each.id);
        }
        Ok(conditions)
    }

    /// What the meters read on each message of a conversation, by the message's index. Markers are
    /// read anew, so that a conversation that is going on has them too.
    pub(super) async fn readings_beside(
        &self,
        plan: &RunPlan,
        condition: &str,
        episode: EpisodeId,
        messages: &[tau_domain::Message],
    ) -> Result<HashMap<u32, Vec<MeterReading>>, ApiError> {
        let meters = Meters::of(plan);
        let mut read: Vec<(MeterSource, Vec<Reading>)> = Vec::new();
        let MarkerReadings { readings, .. } = meters.read(None, messages);
        read.push((MeterSource::Markers, readings));
        read.push((MeterSource::Basis, metering::projections(messages)));
        for stored in self.runs.readings_of(episode).await? {
            if stored.source == MeterSource::Judge.name()
                && let Ok(judged) = serde_json::from_str(&stored.body)
            {
                read.push((MeterSource::Judge, judged));
            }
        }
        let set = TraitSet::of_run(&plan.traits);
        let mix = plan.conditions.iter().find(|each| each.id == condition).map(|each| &each.mix);
        let mut beside: HashMap<u32, Vec<MeterReading>> = HashMap::new();
        for (source, readings) in read {
            for each in readings {
                let Some(known) = set.get(&each.trait_id) else { continue };
                beside.entry(each.message).or_default().push(MeterReading {
                    trait_id: each.trait_id.clone(),
                    name: known.name.clone(),
                    color: tau_charts::trait_color(usize::from(known.colour)),
                    asked: mix.map_or(0.0, |mix| mix.level(&each.trait_id)),
                    measured: each.level,
                    level: LEVEL_NAMES[(each.level.round().clamp(0.0, 4.0)) as usize].into(),
                    source: views::source_name(source).into(),
                });
            }
        }
        Ok(beside)
    }
}

/// Whether the level of every trait is known: a result file may name a trait and no level.
pub(super) fn says_levels(row: &RunRow) -> bool {
    unsaid_levels(row).is_empty()
}

/// A sentence for each condition whose level a result file does not say.
fn unsaid_levels(row: &RunRow) -> Vec<String> {
    let set = TraitSet::of_run(&row.plan.traits);
    let unsaid = row.plan.conditions.iter().filter(|each| is_named_only(each, &set));
    let told = |name: &str| {
        format!(
            "The file does not say at which level “{name}” was played; it is held against Slight."
        )
    };
    unsaid.map(|each| told(&each.name)).collect()
}

/// Puts readings beside the turns of the customer's messages. `messages` gives each turn's message.
pub(super) fn beside(
    turns: &mut [Turn],
    messages: &[usize],
    mut readings: HashMap<u32, Vec<MeterReading>>,
) {
    for (turn, message) in turns.iter_mut().zip(messages) {
        if turn.speaker == crate::types::Speaker::Customer {
            turn.meter = readings.remove(&(*message as u32)).unwrap_or_default();
        }
    }
}
