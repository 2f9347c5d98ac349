//! What a run is going to do, decided before it starts and stored whole.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tau_domain::Split;
use tau_python::Random;
use tau_sim::Wording;
pub use tau_sim::{AgentStrategy, CustomerStrategy};
use tau_traits::{Condition, DoseCurve, Trait, TraitSet};

use crate::{RunsError, Tau2Plan};

/// Most episodes of one run; beyond it a plan is more likely a slip than a wish.
pub const MOST_EPISODES: usize = 200_000;

/// A run, before it is run: domain, tasks, conditions, trials, models, seed and limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunPlan {
    /// What a person calls it.
    pub name: String,
    /// The domain's id: `retail` or `SOURCE:NAME`.
    pub domain: String,
    /// SHA-256 of the domain's content when the plan was made.
    pub domain_fingerprint: String,
    /// Which tasks.
    pub split: Split,
    /// The tasks, in the order of the split.
    pub tasks: Vec<PlannedTask>,
    /// The customer's trait mixes. [`RunPlan::checked`] puts the baseline first.
    pub conditions: Vec<Condition>,
    /// The traits in use as they were when the plan was made, without their pairs: a file may change
    /// or go later. Empty in plans from before there were others than the shipped ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<Trait>,
    /// Whether the baseline is added. `false` measures the given conditions alone, as upstream's
    /// runner does: there is then nothing to compare with.
    #[serde(default = "yes")]
    pub baseline: bool,
    /// Repetitions of each task under each condition, at least 1.
    pub trials: u32,
    /// The model under test.
    pub agent: AgentPlan,
    /// The simulated customer.
    pub customer: CustomerPlan,
    /// Sampling temperature of the agent.
    pub temperature: f64,
    /// From it follow the order of play and each episode's own seed.
    pub seed: u64,
    /// Whether tasks are played in shuffled order, so that partial results are a fair sample.
    pub shuffle: bool,
    /// Tasks of the whole split. Upstream's runner draws one of them before it first shuffles; 0 when
    /// it is not known.
    #[serde(default)]
    pub split_size: u32,
    /// Whether the tasks were named one by one. Upstream then shuffles the same list again for each
    /// trial, where for a range of indices each trial begins with the list in order.
    #[serde(default)]
    pub tasks_by_name: bool,
    /// How much at once, how long, how dear.
    pub limits: RunLimits,
    /// The templates in use, whole: an own copy or an imported release may change later.
    #[serde(default)]
    pub wording: Wording,
    /// SHA-256 of the prompts in use.
    #[serde(default)]
    pub prompts_hash: String,
    /// Which rules of grading apply.
    #[serde(default = "grader")]
    pub grader: String,
    /// What a plan over a domain of tau2 says beyond others. `None` for the domains of tau-bench; then
    /// [`RunPlan::split`] names the split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tau2: Option<Box<Tau2Plan>>,
    /// Whether replies to the same question are taken from the cache of replies.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reply_cache: bool,
    /// Whether it is the sample that comes with the product.
    #[serde(default)]
    pub sample: bool,
    /// A result file of tau-trait that is kept up to date while the run goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<PathBuf>,
    /// The files it was opened from; such a run is only read. `None` when it is run here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<ImportedFrom>,
}

fn yes() -> bool {
    true
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The grader of tau-bench's domains: the state hash and required outputs of tau-bench v1.
pub fn grader() -> String {
    "tau-bench-v1".to_owned()
}

/// A task of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedTask {
    /// The task's id.
    pub id: String,
    /// Its index within the split, which is what upstream calls `task_id`.
    pub index: u32,
    /// A few words for lists.
    pub title: String,
}

/// Who is under test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentPlan {
    /// How the model is used.
    pub strategy: AgentStrategy,
    /// Id of the endpoint: [`PRACTICE`] for the practice agent, [`PERSON`] for a person, [`OUTSIDE`] for
    /// an agent that comes from outside.
    pub endpoint: String,
    /// The model's name there.
    pub model: String,
    /// Whether all tool calls of a message are carried out; upstream keeps the first.
    #[serde(default)]
    pub parallel_tool_calls: bool,
    /// Whether tool calls that a model writes as text are read.
    #[serde(default)]
    pub text_tool_calls: bool,
    /// Example conversations from which the strategy `few-shot` draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub few_shot: Option<FewShot>,
}

impl AgentPlan {
    /// A model used by tool calling, as upstream does by default.
    pub fn new(endpoint: impl Into<String>, model: impl Into<String>) -> AgentPlan {
        AgentPlan {
            strategy: AgentStrategy::ToolCalling,
            endpoint: endpoint.into(),
            model: model.into(),
            parallel_tool_calls: false,
            text_tool_calls: false,
            few_shot: None,
        }
    }
}

/// Example conversations, kept with the plan so that a resumed run shows the same ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FewShot {
    /// Where they came from: `shipped` or a file's name.
    pub source: String,
    /// The conversations as text (upstream's `messages_display`).
    pub displays: Vec<String>,
}

/// Where the conversations of a run came from that was not run here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFrom {
    /// `tau-bench`, `tau-trait` or `tau2`.
    pub format: String,
    /// Which version of the format, as far as it can be told; may be empty.
    #[serde(default)]
    pub version: String,
    /// The files.
    pub files: Vec<ImportedFile>,
    /// What could not be used of them, a sentence each.
    #[serde(default)]
    pub problems: Vec<String>,
    /// What a reader must know of how they were read, a sentence each.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Parts of a set-up that the files do not say; what the plan has there means nothing.
    #[serde(default)]
    pub unsaid: Vec<String>,
}

/// A result file that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// Its name without folders.
    pub name: String,
    /// SHA-256 of its content, in hex: the same file is not opened twice.
    pub sha256: String,
}

/// Who plays the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerPlan {
    /// How traits reach it.
    pub strategy: CustomerStrategy,
    /// Id of the endpoint.
    pub endpoint: String,
    /// The model's name there; may be empty for the steer protocol.
    pub model: String,
    /// Whether a model that is told its traits in words is reminded of them at each turn, with the
    /// rules and the cap that came with the reminders. Plans from before that are without.
    #[serde(default)]
    pub reanchor: bool,
    /// What was measured of this voice when the plan was made, for the traits in use: by it levels are
    /// played, whatever is measured later. Empty for a voice that was not measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub curves: Vec<DoseCurve>,
}

impl CustomerPlan {
    /// A customer as new plans have it.
    pub fn new(
        strategy: CustomerStrategy,
        endpoint: impl Into<String>,
        model: impl Into<String>,
    ) -> CustomerPlan {
        CustomerPlan {
            strategy,
            endpoint: endpoint.into(),
            model: model.into(),
            reanchor: true,
            curves: Vec::new(),
        }
    }
}

/// Bounds of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunLimits {
    /// Conversations at the same time, at least 1.
    pub max_concurrency: u32,
    /// Most agent steps of a conversation (upstream: 30).
    pub max_steps: u32,
    /// The run pauses when its replies have cost this much in US dollars.
    #[serde(default)]
    pub spend_cap_usd: Option<f64>,
    /// Milliseconds that practice models wait before each reply, so that a person can read along; 0 for
    /// no wait. It changes nothing of what they say.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pause_ms: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Default for RunLimits {
    fn default() -> Self {
        RunLimits { max_concurrency: 4, max_steps: 30, spend_cap_usd: None, pause_ms: 0 }
    }
}

/// One conversation of a plan, as indices into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlannedEpisode {
    /// Index into [`RunPlan::tasks`].
    pub task: usize,
    /// Index into [`RunPlan::conditions`].
    pub condition: usize,
    /// Repetition, from 0.
    pub trial: u32,
}

impl RunPlan {
    /// The plan with the baseline in front and nothing twice.
    ///
    /// # Errors
    /// [`RunsError::BadPlan`] when there is nothing to run or a number is out of range.
    pub fn checked(mut self) -> Result<RunPlan, RunsError> {
        let bad = |message: &str| Err(RunsError::BadPlan(message.to_owned()));
        if self.tasks.is_empty() {
            return bad("The run has no tasks. Choose at least one.");
        }
        let mut seen = std::collections::HashSet::new();
        if !self.tasks.iter().all(|task| seen.insert(task.id.as_str())) {
            return bad("A task was chosen twice. Use more trials to repeat a task.");
        }
        if self.trials == 0 || self.limits.max_concurrency == 0 || self.limits.max_steps == 0 {
            return bad("Trials, concurrency and steps must each be at least 1.");
        }
        if !self.temperature.is_finite() || self.temperature < 0.0 {
            return bad("The temperature must be a number from 0 up.");
        }
        if self.baseline {
            self.conditions.retain(|condition| !condition.is_baseline());
            self.conditions.insert(0, Condition::baseline());
        }
        let mut kept: Vec<Condition> = Vec::with_capacity(self.conditions.len());
        for condition in std::mem::take(&mut self.conditions) {
            if kept.contains(&condition) {
                continue;
            }
            if kept.iter().any(|other| other.id == condition.id) {
                return bad("Two different conditions have the same id.");
            }
            kept.push(condition);
        }
        self.conditions = kept;
        if self.conditions.is_empty() {
            return bad("The run has no conditions.");
        }
        if let Some(tau2) = &self.tau2 {
            tau2.check(&self)?;
        }
        match self.episode_count() {
            Some(count) if count <= MOST_EPISODES => Ok(self),
            _ => bad(
                "That is more than 200,000 conversations. Choose fewer tasks, conditions or trials.",
            ),
        }
    }

    /// Tasks times conditions times trials; `None` beyond what a machine can count.
    pub fn episode_count(&self) -> Option<usize> {
        self.tasks.len().checked_mul(self.conditions.len())?.checked_mul(self.trials as usize)
    }

    /// All episodes in order of play: trial by trial, task by task, and all conditions of a task one
    /// after the other (rotated from task to task), so that a run stopped half-way has compared the
    /// same tasks under every condition. Shuffled tasks come in the order in which upstream's runner
    /// shuffles them (`run.py`: one seed, and a new list for each trial).
    pub fn order_of_play(&self) -> Vec<PlannedEpisode> {
        let mut random = Random::seeded(self.seed);
        if self.split_size > 0 {
            // Upstream's first environment takes a task by chance (`envs/base.py`, `__init__`).
            random.below(self.split_size);
        }
        let mut episodes = Vec::with_capacity(self.episode_count().unwrap_or(0));
        let mut tasks: Vec<usize> = (0..self.tasks.len()).collect();
        for trial in 0..self.trials {
            if self.shuffle {
                if !self.tasks_by_name {
                    tasks.sort_unstable();
                }
                random.shuffle(&mut tasks);
            }
            for (turn, task) in tasks.iter().copied().enumerate() {
                for step in 0..self.conditions.len() {
                    let condition = (step + turn) % self.conditions.len();
                    episodes.push(PlannedEpisode { task, condition, trial });
                }
            }
        }
        episodes
    }

    /// The name of the split that the tasks are of; `all` for those of a whole domain of tau2's.
    pub fn split_name(&self) -> &str {
        match &self.tau2 {
            Some(tau2) => tau2.split.as_deref().unwrap_or("all"),
            None => self.split.name(),
        }
    }

    /// Whether nobody plays a customer: the agent works alone.
    pub fn is_solo(&self) -> bool {
        self.tau2.as_ref().is_some_and(|tau2| tau2.is_solo())
    }

    /// The traits as this plan knows them: its own definitions, and the shipped ones.
    pub fn trait_set(&self) -> TraitSet {
        TraitSet::of_run(&self.traits)
    }

    /// Whether a person takes part.
    pub fn is_played(&self) -> bool {
        self.agent.endpoint == PERSON || self.customer.strategy == CustomerStrategy::Human
    }

    /// Whether a practice model takes part: the figures then say nothing about a real agent.
    pub fn is_practice(&self) -> bool {
        let customer = self.customer.strategy == CustomerStrategy::Practice;
        self.agent.endpoint == PRACTICE || (customer && !self.is_solo())
    }
}

/// Id of the endpoint behind which the practice models stand.
pub const PRACTICE: &str = "practice";
/// Id of the endpoint behind which a person sits.
pub const PERSON: &str = "person";
/// Id of the endpoint of an agent from outside, which is not asked but comes and acts (in tau2's
/// domains). Its model is the name that it gave itself.
pub const OUTSIDE: &str = "outside";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{condition, plan};
    use std::collections::HashSet;

    #[test]
    fn the_baseline_is_added_and_comes_first() {
        let mut draft = plan(3, 1);
        draft.conditions = vec![condition("impatience", 3)];
        let ready = draft.checked().unwrap();
        assert_eq!(ready.conditions.len(), 2);
        assert!(ready.conditions[0].is_baseline());
        assert_eq!(ready.clone().checked().unwrap(), ready, "checking twice changes nothing");
    }

    #[test]
    fn a_condition_measured_alone_stays_alone() {
        let mut draft = plan(3, 1);
        draft.conditions = vec![condition("impatience", 3)];
        draft.baseline = false;
        assert_eq!(draft.checked().unwrap().conditions.len(), 1);
    }

    #[test]
    fn every_episode_is_played_once_and_the_order_follows_from_the_seed() {
        let mut ready = plan(7, 3);
        ready.shuffle = true;
        let order = ready.order_of_play();
        assert_eq!(order.len(), 7 * 2 * 3);
        assert_eq!(order.iter().collect::<HashSet<_>>().len(), order.len());
        assert_eq!(order, ready.order_of_play());
        let other = RunPlan { seed: ready.seed + 1, ..ready.clone() };
        assert_ne!(order, other.order_of_play());
    }

    #[test]
    fn tasks_are_shuffled_as_upstream_shuffles_them() {
        // CPython 3.11: random.seed(10), random.randint(0, 6), then twice
        // random.shuffle(list(range(7))).
        let range = RunPlan {
            shuffle: true,
            seed: 10,
            split_size: 7,
            conditions: vec![Condition::baseline()],
            ..plan(7, 2)
        };
        let tasks = |plan: &RunPlan| -> Vec<usize> {
            plan.order_of_play().iter().map(|each| each.task).collect()
        };
        assert_eq!(tasks(&range), [2, 1, 4, 6, 5, 3, 0, 4, 5, 0, 1, 2, 3, 6]);
        // random.seed(10), random.randint(0, 19), then twice random.shuffle of one list of four.
        let named =
            RunPlan { split_size: 20, tasks_by_name: true, tasks: plan(4, 2).tasks, ..range };
        assert_eq!(tasks(&named), [3, 2, 1, 0, 1, 2, 0, 3]);
    }

    #[test]
    fn a_run_stopped_half_way_has_compared_the_same_tasks() {
        let mut ready = plan(10, 1);
        ready.shuffle = true;
        let half = &ready.order_of_play()[..10];
        let tasks = |wanted: usize| -> HashSet<usize> {
            half.iter().filter(|e| e.condition == wanted).map(|e| e.task).collect()
        };
        assert_eq!(tasks(0), tasks(1));
    }

    #[test]
    fn an_empty_plan_is_refused_with_a_sentence() {
        let mut draft = plan(0, 1);
        draft.name = "Empty".into();
        assert_eq!(draft.checked().unwrap_err().code(), "bad_plan");
    }
}
