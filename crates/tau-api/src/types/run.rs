//! Runs: drafts, previews, progress.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tau_domain::Outcome;
use ts_rs::TS;

use super::ImportedInfo;

/// A run as the person fills it in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunDraft {
    /// What the run is called; empty lets the app choose.
    pub name: String,
    /// The domain's id.
    pub domain: String,
    /// `test`, `train` or `dev`.
    pub split: String,
    /// Ids of the tasks; `None` takes the whole split.
    pub task_ids: Option<Vec<String>>,
    /// The model under test.
    pub agent: ModelChoice,
    /// The simulated customer.
    pub customer: CustomerChoice,
    /// Trait mixes; the baseline is added without asking.
    pub conditions: Vec<ConditionDraft>,
    /// Attempts per task and condition, at least 1.
    pub trials: u32,
    /// Makes the run repeatable.
    pub seed: u32,
    /// Conversations at the same time, at least 1.
    pub max_concurrency: u32,
    /// Sampling temperature of the agent.
    pub temperature: f64,
    /// Most agent steps per conversation (upstream: 30).
    pub max_steps: u32,
    /// How the agent's model is used.
    pub agent_strategy: AgentStrategy,
    /// Whether several tool calls in one message are all carried out; upstream keeps the first.
    pub parallel_tool_calls: bool,
    /// Whether tool calls that a model writes as text are read.
    pub text_tool_calls: bool,
    /// The prompts in use: the id of a wording; empty for the shipped one.
    pub wording: String,
    /// Whether a result file of tau-trait is kept up to date while the run goes on.
    pub checkpoint: bool,
    /// Whether replies to the same question are taken from the cache of replies.
    #[serde(default)]
    pub reply_cache: bool,
    /// The run pauses when it has cost this much in US dollars.
    pub spend_cap_usd: Option<f64>,
    /// Whether practice models take their time, so that a person can read along.
    #[serde(default)]
    pub unhurried: bool,
    /// What else is said of a run over a domain of tau2, where `split` is one of the domain's own and `all`
    /// stands for all tasks. Absent for other domains, and where the defaults will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tau2: Option<Tau2Draft>,
}

/// What is said of a run over a domain of tau2 beyond others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tau2Draft {
    /// How the agent acts.
    pub agent: Tau2Agent,
    /// Failed calls after which a conversation ends (upstream: 10).
    pub max_errors: u32,
    /// Who judges what a task asks in words; needed where a task does.
    pub judge: Option<ModelChoice>,
}

impl Default for Tau2Draft {
    fn default() -> Self {
        let max_errors = tau_sim::tau2::DEFAULT_MAX_ERRORS;
        Tau2Draft { agent: Tau2Agent::LlmAgent, max_errors, judge: None }
    }
}

/// How an agent acts in a domain of tau2, by upstream's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tau2Agent {
    /// It talks with the customer and uses its own tools.
    LlmAgent,
    /// The same, told the expected steps: a test of customer and task.
    LlmAgentGt,
    /// It works alone on a ticket, with both sides' tools; there is no customer.
    LlmAgentSolo,
}

impl From<Tau2Agent> for tau_sim::tau2::AgentKind {
    fn from(agent: Tau2Agent) -> Self {
        match agent {
            Tau2Agent::LlmAgent => Self::Llm,
            Tau2Agent::LlmAgentGt => Self::Plan,
            Tau2Agent::LlmAgentSolo => Self::Solo,
        }
    }
}

impl From<tau_sim::tau2::AgentKind> for Tau2Agent {
    fn from(kind: tau_sim::tau2::AgentKind) -> Self {
        use tau_sim::tau2::AgentKind;
        match kind {
            AgentKind::Llm => Tau2Agent::LlmAgent,
            AgentKind::Plan => Tau2Agent::LlmAgentGt,
            AgentKind::Solo => Tau2Agent::LlmAgentSolo,
        }
    }
}

/// How the agent's model is made to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AgentStrategy {
    /// The model is given the tools as such.
    ToolCalling,
    /// The tools stand in the prompt and the model writes actions as text.
    Act,
    /// The same with a thought before each action.
    React,
    /// The model is given the tools and five example conversations.
    FewShot,
}

macro_rules! same_names {
    ($ours:ident, $theirs:ty, [$($name:ident),*]) => {
        impl From<$ours> for $theirs {
            fn from(value: $ours) -> Self {
                match value { $($ours::$name => <$theirs>::$name),* }
            }
        }
        impl From<$theirs> for $ours {
            fn from(value: $theirs) -> Self {
                match value { $(<$theirs>::$name => $ours::$name),* }
            }
        }
    };
}

same_names!(AgentStrategy, tau_sim::AgentStrategy, [ToolCalling, Act, React, FewShot]);
same_names!(
    CustomerStrategy,
    tau_sim::CustomerStrategy,
    [Llm, React, Verify, Reflection, Human, TraitMix, Local, Practice]
);

/// A model at an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModelChoice {
    /// The endpoint's id.
    pub endpoint: String,
    /// The model's name there.
    pub model: String,
}

/// How the customer is played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CustomerChoice {
    /// How traits reach the customer.
    pub strategy: CustomerStrategy,
    /// The endpoint's id.
    pub endpoint: String,
    /// The model's name there; empty for the steer protocol.
    pub model: String,
    /// Whether a model that is told its traits in words is reminded of them at each turn, so that
    /// they do not fade.
    #[serde(default)]
    pub reanchor: bool,
}

/// How traits reach the simulated customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CustomerStrategy {
    /// Scripted, offline: not a real model.
    Practice,
    /// A model that is told how to behave.
    Llm,
    /// The same, thinking before each message; the agent does not see the thought.
    React,
    /// The same, each message checked before it is sent, up to three attempts.
    Verify,
    /// The same, each message reconsidered before it is sent.
    Reflection,
    /// A person.
    Human,
    /// A model that is steered from outside (the steer protocol).
    TraitMix,
    /// A model on this computer whose activations are steered.
    Local,
}

/// A trait mix as the person sets it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ConditionDraft {
    /// What it is called; empty lets the app choose ("Impatience: Strong").
    pub name: String,
    /// Trait id to level 0 to 4, to the hundredth.
    pub levels: BTreeMap<String, f64>,
}

/// A condition of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ConditionInfo {
    /// Stable within the run; `baseline` is the one without traits.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Trait id to level, above 0 to 4; empty for the baseline.
    pub levels: BTreeMap<String, f64>,
    /// Its colour in every chart, as `#rrggbb`; the baseline's is ink and given as an empty string.
    pub color: String,
}

/// What a draft would do, before anything is spent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunPreview {
    /// The name it would get.
    pub name: String,
    /// The conditions, the baseline first.
    pub conditions: Vec<ConditionInfo>,
    /// Tasks per condition.
    pub tasks: u32,
    /// Conversations in all.
    pub conversations: u32,
    /// What it will cost.
    pub cost: CostEstimate,
    /// How long it will take in seconds; `None` when unknown.
    pub seconds: Option<f64>,
    /// Smallest drop in points that it could show (80 % power); `None` below 10 tasks.
    pub smallest_drop: Option<f64>,
    /// The summary in one sentence or two.
    pub sentence: String,
    /// What keeps it from starting; empty when it can start.
    pub problems: Vec<FieldProblem>,
}

/// What a run will cost in US dollars.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CostEstimate {
    /// Nothing: practice models only.
    pub free: bool,
    /// Lower end; `None` when prices are not known.
    pub low: Option<f64>,
    /// Upper end; `None` when prices are not known.
    pub high: Option<f64>,
    /// The estimate in words.
    pub sentence: String,
}

/// Something to mend in a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FieldProblem {
    /// The field's name in the draft, for instance `agent.model`.
    pub field: String,
    /// What to do.
    pub message: String,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Conversations are going on.
    Running,
    /// Stopped for now; can go on.
    Paused,
    /// Everything planned was done.
    Finished,
    /// Given up by the person.
    Cancelled,
}

/// A run in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunSummary {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The domain's id.
    pub domain: String,
    /// The domain's title.
    pub domain_title: String,
    /// The agent's model, labelled when it is a practice model.
    pub agent: String,
    /// The customer's model, labelled when it is a practice model.
    pub customer: String,
    /// Whether a practice model takes part: the figures say nothing about a real agent.
    pub practice: bool,
    /// Whether it is the sample that came with the app.
    pub sample: bool,
    /// The files it was opened from; `None` when it was run here.
    pub imported: Option<ImportedInfo>,
    /// Whether a person takes part in it.
    pub played: bool,
    /// Whether the agent works alone, on tickets: there are no customers.
    pub alone: bool,
    /// Where it stands.
    pub state: RunState,
    /// When it was made.
    pub created_at: String,
    /// Figures so far.
    pub progress: Progress,
    /// The result in one sentence; empty while there is none.
    pub headline: String,
}

/// Figures of a run so far.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Where it stands.
    pub state: RunState,
    /// Conversations planned.
    pub planned: u32,
    /// Conversations ended, scored or not.
    pub finished: u32,
    /// Conversations going on.
    pub running: u32,
    /// Reward 1.
    pub passed: u32,
    /// Reward 0.
    pub failed: u32,
    /// Could not be scored.
    pub not_scored: u32,
    /// Seconds to go; `None` when unknown.
    pub eta_seconds: Option<f64>,
    /// Spent so far in US dollars; `None` when prices are not known.
    pub cost_usd: Option<f64>,
    /// Why it is paused or what is wrong; empty when all is well.
    pub message: String,
    /// What was taken from the cache of replies. Absent for a run without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cache: Option<CacheUse>,
}

/// What a run took from the cache of replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CacheUse {
    /// Replies of models in finished conversations.
    pub replies: u32,
    /// Those of them that were taken from the cache.
    pub cached: u32,
    /// What was wrong with the cache, in a sentence; empty when nothing was.
    pub trouble: String,
}

/// How much is in the cache of replies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReplyCacheSize {
    /// Replies.
    pub replies: u32,
    /// Bytes on the disk.
    pub bytes: f64,
}

/// A run with its plan.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunDetail {
    /// The list entry.
    pub summary: RunSummary,
    /// The conditions, the baseline first.
    pub conditions: Vec<ConditionInfo>,
    /// Number of tasks.
    pub tasks: u32,
    /// Attempts per task and condition.
    pub trials: u32,
    /// What was set, as label and value, for the Set-up tab.
    pub setup: Vec<SetupLine>,
}

/// One line of a run's set-up.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetupLine {
    /// What was set.
    pub label: String,
    /// To what.
    pub value: String,
}

/// Tasks by conditions by attempts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunGrid {
    /// The columns, the baseline first.
    pub conditions: Vec<ConditionInfo>,
    /// Attempts within a cell.
    pub trials: u32,
    /// One row a task, in the plan's order.
    pub rows: Vec<GridRow>,
}

/// A task's row.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GridRow {
    /// The task's id.
    pub task_id: String,
    /// The task's title.
    pub title: String,
    /// Per condition (in the grid's order), per attempt.
    pub cells: Vec<Vec<GridCell>>,
}

/// One conversation in the grid.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GridCell {
    /// The conversation's id.
    pub id: String,
    /// What became of it.
    #[ts(type = "Outcome")]
    pub outcome: Outcome,
}

/// A page of runs.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunPage {
    /// Runs that match, on all pages.
    pub total: u32,
    /// This page.
    pub rows: Vec<RunSummary>,
}
