//! Conversations metered as they are asked for: what was read is stored with the version of the meter,
//! so that only what is new, or was read by an older meter, is read again.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use tau_diagnosis::{Author, FACTS_VERSION, Told, untrue_facts};
use tau_domain::{Message, Outcome, Task};
use tau_report::fidelity::{
    ConversationFacts, Fact, FactKind, FidelityCondition, FidelityInput, FidelityTrait, JudgedPair,
    MeteredConversation,
};
use tau_runs::{ConversationFilter, EpisodeRow, Page, RunPlan, RunRow, StoredReadings, now_ms};
use tau_sim::STOP_MARKER;
use tau_traits::fidelity::{MeterReading, MeterSource, fingerprint, read, spoken};
use tau_traits::meter::Markers;
use tau_traits::{Condition, Trait, TraitSet};

use super::super::Product;
use super::super::library::title;
use super::super::runs::color_index;
use crate::ApiError;

/// Counts up when markers are read in another way, so that stored readings of older ones can be told.
const METER_VERSION: u32 = 1;

/// Where a local model's projection stands on the slider's scale: 1, the side of the pairs with much
/// of the trait, is Strong. The pairs are written so; between and beyond it goes on evenly.
const MORE_SIDE: f64 = 3.0;

/// The level taken where none is said: Slight.
const LEAST: f64 = 1.0;

/// Readings kept in one write.
const KEPT_AT_ONCE: usize = 200;

/// What the marker meter leaves behind of one conversation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct MarkerReadings {
    pub(super) readings: Vec<MeterReading>,
    /// Facts of the task that were not told truly.
    pub(super) facts: Vec<Fact>,
}

/// A run as its meters see it.
pub(crate) struct Metered {
    pub(super) input: FidelityInput,
    pub(super) facts: Vec<ConversationFacts>,
    /// The judging model's name, when one has read something.
    pub(super) judge: Option<String>,
}

/// The meters of a run: one for each trait that any of its customers has.
pub(super) struct Meters {
    pub(super) traits: Vec<Trait>,
    markers: Vec<Markers>,
    pub(super) version: String,
}

impl Meters {
    pub(super) fn of(plan: &RunPlan) -> Meters {
        let set = TraitSet::of_run(&plan.traits);
        let asked: Vec<(String, f64)> =
            plan.conditions.iter().flat_map(|each| asked_of(each, &set)).collect();
        let used = |each: &&Trait| asked.iter().any(|(id, _)| *id == each.id);
        let traits: Vec<Trait> = set.iter().filter(used).map(Trait::without_pairs).collect();
        Meters {
            markers: traits.iter().map(Markers::new).collect(),
            version: version(&traits),
            traits,
        }
    }

    /// Reads one conversation by markers, and what became of its facts.
    pub(super) fn read(&self, task: Option<&Task>, messages: &[Message]) -> MarkerReadings {
        let said = spoken(messages, STOP_MARKER);
        // Markers that cannot tell the trait's own levels apart would call everybody easy.
        let by = self.traits.iter().zip(&self.markers);
        let by = by.filter(|(_, markers)| markers.tell_levels_apart());
        let readings = by.flat_map(|(each, markers)| {
            read(&said, &each.id, |text, earlier| markers.score(text, earlier).level)
        });
        let facts = task.map(|task| untrue_facts(task, messages)).unwrap_or_default();
        MarkerReadings {
            readings: readings.collect(),
            facts: facts
                .into_iter()
                .map(|each| Fact {
                    kind: match each.told {
                        Told::Invented => FactKind::Invented,
                        Told::Withheld => FactKind::Withheld,
                    },
                    fact: each.fact,
                    turn: Some(each.turn),
                })
                .collect(),
        }
    }
}

/// What identifies a reading: the definitions that it follows from.
fn version(traits: &[Trait]) -> String {
    let texts: Vec<String> = traits.iter().map(tau_traits::write_trait).collect();
    format!("{METER_VERSION}.{FACTS_VERSION}.{}", fingerprint(&texts))
}

/// The projections that a local voice stored with its messages, as levels.
pub(super) fn projections(messages: &[Message]) -> Vec<MeterReading> {
    let with = messages
        .iter()
        .enumerate()
        .filter_map(|(at, message)| Some((at, message.reading.as_ref()?.steering.as_ref()?)));
    with.flat_map(|(at, steering)| {
        steering.projection.iter().map(move |(id, side)| MeterReading {
            message: at as u32,
            trait_id: id.clone(),
            level: (side * MORE_SIDE).clamp(0.0, 4.0),
        })
    })
    .collect()
}

impl Product {
    /// Everything that meters have read in a run; what they have not read yet is read now.
    pub(super) async fn metered(&self, row: &RunRow) -> Result<Metered, ApiError> {
        let _alone = self.metering.lock().await;
        let meters = Meters::of(&row.plan);
        let rows = self.all_conversations(row).await?;
        let mut stored: HashMap<(i64, MeterSource), StoredReadings> = HashMap::new();
        for each in self.runs.readings(row.id).await? {
            if let Some(source) = MeterSource::of(&each.source) {
                stored.insert((each.episode.0, source), each);
            }
        }
        self.meter_the_rest(&meters, &rows, &mut stored).await?;
        let mut names: HashMap<i64, (&str, &str)> = HashMap::new();
        for each in &rows {
            names.insert(each.id.0, (&each.task_id, &each.condition_id));
        }
        let pairs = self.runs.comparisons(row.id).await?;
        let judge = stored
            .iter()
            .find(|((_, source), _)| *source == MeterSource::Judge)
            .map(|(_, each)| each.model.clone())
            .or_else(|| pairs.first().map(|pair| pair.model.clone()));
        let pairs = pairs.iter().filter_map(|pair| {
            let (task, higher) = names.get(&pair.higher.0)?;
            let (_, lower) = names.get(&pair.lower.0)?;
            Some(JudgedPair {
                trait_id: pair.trait_id.clone(),
                task_id: (*task).to_owned(),
                higher: (*higher).to_owned(),
                lower: (*lower).to_owned(),
                won: pair.won,
            })
        });
        let pairs: Vec<JudgedPair> = pairs.collect();
        let faults = self.customers_faults(row).await?;
        let (conversations, facts) = told(&rows, &stored, &faults);
        let input = FidelityInput {
            traits: meters.traits.iter().map(named).collect(),
            conditions: conditions(&row.plan),
            conversations,
            pairs,
        };
        Ok(Metered { input, facts, judge })
    }

    /// All conversations of a run.
    pub(super) async fn all_conversations(
        &self,
        row: &RunRow,
    ) -> Result<Vec<EpisodeRow>, ApiError> {
        let mut rows = Vec::new();
        let mut page = Page { offset: 0, limit: 1_000 };
        loop {
            let found =
                self.runs.conversations(row.id, &ConversationFilter::default(), page).await?;
            rows.extend(found.rows);
            page.offset += page.limit;
            if page.offset >= found.total {
                return Ok(rows);
            }
        }
    }

    async fn meter_the_rest(
        &self,
        meters: &Meters,
        rows: &[EpisodeRow],
        stored: &mut HashMap<(i64, MeterSource), StoredReadings>,
    ) -> Result<(), ApiError> {
        let mut fresh: Vec<StoredReadings> = Vec::new();
        for each in rows.iter().filter(|each| is_over(each)) {
            let known = stored.get(&(each.id.0, MeterSource::Markers));
            if known.is_some_and(|known| known.version == meters.version) {
                continue;
            }
            let read = self.runs.conversation(each.id).await?;
            let found = meters.read(read.task.as_ref(), &read.messages);
            let keep = |source: MeterSource, body: Result<String, serde_json::Error>| {
                body.ok().map(|body| StoredReadings {
                    episode: each.id,
                    source: source.name().into(),
                    body,
                    model: String::new(),
                    version: meters.version.clone(),
                    at_ms: now_ms(),
                })
            };
            fresh.extend(keep(MeterSource::Markers, serde_json::to_string(&found)));
            let projected = projections(&read.messages);
            if !projected.is_empty() {
                fresh.extend(keep(MeterSource::Basis, serde_json::to_string(&projected)));
            }
            if fresh.len() >= KEPT_AT_ONCE {
                self.keep_fresh(&mut fresh, stored).await?;
            }
        }
        self.keep_fresh(&mut fresh, stored).await
    }

    async fn keep_fresh(
        &self,
        fresh: &mut Vec<StoredReadings>,
        stored: &mut HashMap<(i64, MeterSource), StoredReadings>,
    ) -> Result<(), ApiError> {
        if fresh.is_empty() {
            return Ok(());
        }
        self.runs.keep_readings(fresh.clone()).await?;
        for each in fresh.drain(..) {
            if let Some(source) = MeterSource::of(&each.source) {
                stored.insert((each.episode.0, source), each);
            }
        }
        Ok(())
    }

    /// Conversations whose failure a model or a person put down to the customer.
    async fn customers_faults(&self, row: &RunRow) -> Result<BTreeMap<i64, bool>, ApiError> {
        let mut faults: BTreeMap<i64, bool> = BTreeMap::new();
        // In the order model, person, rules: a person's word wins, the rules' counts where alone.
        for source in ["rules", "model", "person"] {
            for each in self.runs.diagnoses(row.id).await? {
                if each.source != source {
                    continue;
                }
                let verdict: Option<tau_diagnosis::Diagnosis> =
                    serde_json::from_str(&each.body).ok();
                if let Some(verdict) = verdict {
                    faults.insert(each.episode.0, verdict.author == Author::User);
                }
            }
        }
        Ok(faults)
    }
}

pub(super) fn is_over(row: &EpisodeRow) -> bool {
    matches!(row.outcome, Outcome::Passed | Outcome::Failed)
}

fn told(
    rows: &[EpisodeRow],
    stored: &HashMap<(i64, MeterSource), StoredReadings>,
    faults: &BTreeMap<i64, bool>,
) -> (Vec<MeteredConversation>, Vec<ConversationFacts>) {
    let mut conversations = Vec::with_capacity(rows.len());
    let mut facts = Vec::new();
    for each in rows {
        let mut readings = Vec::new();
        for source in MeterSource::ALL {
            let Some(found) = stored.get(&(each.id.0, source)) else { continue };
            if source == MeterSource::Markers {
                let Ok(body) = serde_json::from_str::<MarkerReadings>(&found.body) else {
                    continue;
                };
                if is_over(each) {
                    facts.push(ConversationFacts {
                        id: each.id.0.to_string(),
                        title: title(&each.task_title, &each.task_id),
                        task_id: each.task_id.clone(),
                        condition_id: each.condition_id.clone(),
                        facts: body.facts,
                        users_fault: faults.get(&each.id.0).copied().unwrap_or(false),
                    });
                }
                if !body.readings.is_empty() {
                    readings.push((source, body.readings));
                }
            } else if let Ok(body) = serde_json::from_str::<Vec<MeterReading>>(&found.body) {
                readings.push((source, body));
            }
        }
        conversations.push(MeteredConversation {
            id: each.id.0.to_string(),
            task_id: each.task_id.clone(),
            condition_id: each.condition_id.clone(),
            trial: each.trial,
            outcome: each.outcome,
            readings,
        });
    }
    (conversations, facts)
}

fn named(each: &Trait) -> FidelityTrait {
    FidelityTrait {
        id: each.id.clone(),
        name: each.name.clone(),
        color: usize::from(each.colour),
        levels: each.levels.iter().map(|level| level.name.clone()).collect(),
    }
}

/// What a condition's customers were asked for. A result file may name a trait and not its level; then
/// the least that can have been meant is taken.
pub(super) fn asked_of(condition: &Condition, set: &TraitSet) -> Vec<(String, f64)> {
    if is_named_only(condition, set) {
        return vec![(condition.id.clone(), LEAST)];
    }
    let known = condition.mix.active().filter(|(id, _)| set.get(id).is_some());
    known.map(|(id, level)| (id.to_owned(), level)).collect()
}

/// Whether a condition is called after a trait and says no level.
pub(super) fn is_named_only(condition: &Condition, set: &TraitSet) -> bool {
    condition.mix.is_baseline() && set.get(&condition.id).is_some()
}

fn conditions(plan: &RunPlan) -> Vec<FidelityCondition> {
    let set = TraitSet::of_run(&plan.traits);
    plan.conditions
        .iter()
        .map(|condition| FidelityCondition {
            id: condition.id.clone(),
            name: condition.name.clone(),
            color: color_index(condition, &set).unwrap_or_default(),
            asked: asked_of(condition, &set),
        })
        .collect()
}
