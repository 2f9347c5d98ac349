//! What a report and a workbook are made from.

use serde::{Deserialize, Serialize};
use tau_charts::{ChartSpec, Language, Shown};

use crate::result::RunResult;
use crate::rows::EpisodeRow;

/// All that a report is made from. What is text here is in the report's language or a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportFacts {
    /// The language to write in.
    pub language: Language,
    /// The run's name.
    pub name: String,
    /// The domain's title.
    pub domain: String,
    /// The agent: its model or "practice agent"; empty where the file it was opened from does not say.
    pub agent: String,
    /// The simulated customer: its model or "practice customer"; empty likewise.
    pub customer: String,
    /// The date of the run as it stands here, as it shall read.
    pub generated: String,
    /// Name and version of the product.
    pub product: String,
    /// Further facts of the set-up: name and value.
    pub setup: Vec<(String, String)>,
    /// The figures.
    pub result: RunResult,
    /// Seed of the permutation test.
    pub seed: u64,
    /// What makes the figures less than they seem, a sentence each.
    pub cautions: Vec<String>,
    /// The result without conversations whose customer was at fault, in a sentence.
    pub sensitivity: Option<String>,
    /// Whether the customers showed their traits.
    pub fidelity: Vec<ConditionFidelity>,
    /// Every planned conversation that the figures are about.
    pub rows: Vec<EpisodeRow>,
    /// Titles of tasks by id, for those that have one.
    pub titles: std::collections::BTreeMap<String, String>,
    /// The charts, in the order of reading.
    pub charts: Vec<ReportChart>,
    /// Conversations to read first.
    pub worst: Vec<WorstConversation>,
}

/// Whether a condition's customers showed their traits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionFidelity {
    /// The condition's name.
    pub name: String,
    /// The worst of its traits.
    pub shown: Shown,
    /// In a sentence.
    pub sentence: String,
}

/// A chart of a report. Its heading has no title: the document writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportChart {
    /// Its title.
    pub title: String,
    /// Its data.
    pub spec: ChartSpec,
}

/// A failed conversation to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorstConversation {
    /// The task's id.
    pub task_id: String,
    /// The condition's name.
    pub condition: String,
    /// Which attempt, from 0.
    pub trial: u32,
    /// Why it failed, in a sentence.
    pub reason: String,
    /// Whose fault it was and why, where somebody judged it.
    pub fault: Option<String>,
    /// A few turns around where it went wrong.
    pub excerpt: Vec<Said>,
}

/// Something that was said or done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// By whom.
    pub by: Speaker,
    /// What.
    pub text: String,
}

/// Who spoke or acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The simulated customer.
    Customer,
    /// The agent.
    Agent,
    /// The agent, by a tool.
    Tool,
}

impl ReportFacts {
    /// The name of the condition that the others are compared with; empty where there is none.
    pub(crate) fn baseline(&self) -> &str {
        self.result.rows.iter().find(|row| row.is_baseline()).map_or("", |row| row.name.as_str())
    }

    /// Whether something is compared with a baseline.
    pub(crate) fn compares(&self) -> bool {
        self.result.rows.iter().any(|row| row.difference.is_some())
    }

    /// Tasks with a score under some condition.
    pub(crate) fn tasks(&self) -> usize {
        use tau_domain::Outcome::{Failed, Passed};
        let scored = self.rows.iter().filter(|row| matches!(row.outcome, Passed | Failed));
        scored.map(|row| row.task_id.as_str()).collect::<std::collections::BTreeSet<_>>().len()
    }
}
