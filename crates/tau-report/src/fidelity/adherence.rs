//! Whether customers of a condition told the truth of their task, counted.

use serde::{Deserialize, Serialize};
use tau_stats::{TaskMean, task_share};

use tau_charts::words;

/// Most conversations that are named.
const MOST_EXAMPLES: usize = 12;

/// What was done to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Said, though it is neither in the instruction nor was said to the customer.
    Invented,
    /// Needed and asked for, and never told.
    Withheld,
}

/// One fact that was not told truly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What was done to it.
    pub kind: FactKind,
    /// The fact.
    pub fact: String,
    /// The turn where it shows, from 1.
    pub turn: Option<u32>,
}

/// What one conversation's customer did to the facts of its task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationFacts {
    /// The conversation's id.
    pub id: String,
    /// The task's title.
    pub title: String,
    /// The task's id.
    pub task_id: String,
    /// The condition's id.
    pub condition_id: String,
    /// What was not told truly.
    pub facts: Vec<Fact>,
    /// Whether its failure was found to be the customer's fault.
    pub users_fault: bool,
}

/// The facts of one condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adherence {
    /// Conversations looked at.
    pub conversations: usize,
    /// Of these with an invented fact.
    pub invented: usize,
    /// Of these with a withheld fact.
    pub withheld: usize,
    /// Failures that were found to be the customer's fault.
    pub user_faults: usize,
    /// Share of conversations with neither, by task.
    pub kept: TaskMean,
    /// In a sentence.
    pub sentence: String,
    /// Conversations to open.
    pub examples: Vec<FactExample>,
}

/// A conversation in which a fact was not told truly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactExample {
    /// The conversation's id.
    pub id: String,
    /// The task's title.
    pub title: String,
    /// The fact.
    pub fact: Fact,
    /// In a sentence.
    pub sentence: String,
}

/// Counts the conversations of one condition; those without a score are left out by the caller.
pub fn adherence(conversations: &[&ConversationFacts]) -> Adherence {
    let with = |kind: FactKind| {
        let has = |each: &&&ConversationFacts| each.facts.iter().any(|fact| fact.kind == kind);
        conversations.iter().filter(has).count()
    };
    let mut tasks: std::collections::BTreeMap<&str, (usize, usize)> = Default::default();
    for each in conversations {
        let task = tasks.entry(&each.task_id).or_default();
        *task = (task.0 + usize::from(each.facts.is_empty()), task.1 + 1);
    }
    let shares: Vec<f64> = tasks.values().map(|(kept, all)| *kept as f64 / *all as f64).collect();
    let kept = conversations.iter().filter(|each| each.facts.is_empty()).count();
    let (invented, withheld) = (with(FactKind::Invented), with(FactKind::Withheld));
    Adherence {
        conversations: conversations.len(),
        invented,
        withheld,
        user_faults: conversations.iter().filter(|each| each.users_fault).count(),
        kept: task_share(&shares, conversations.len()),
        sentence: said(conversations.len(), kept, invented, withheld),
        examples: conversations
            .iter()
            .filter_map(|each| Some(example(each, each.facts.first()?)))
            .take(MOST_EXAMPLES)
            .collect(),
    }
}

fn said(all: usize, kept: usize, invented: usize, withheld: usize) -> String {
    if all == 0 {
        return "No conversation could be looked at.".to_owned();
    }
    if kept == all {
        return format!(
            "In {} no fact was made up or held back.",
            match all {
                1 => "the one conversation".to_owned(),
                _ => format!("all {}", words::count(all, "conversation")),
            }
        );
    }
    let mut parts = Vec::new();
    if invented > 0 {
        parts.push(format!("in {} a fact was made up", words::thousands(invented)));
    }
    if withheld > 0 {
        parts.push(format!(
            "in {} a fact that was asked for was held back",
            words::thousands(withheld)
        ));
    }
    format!(
        "In {} of {} the customer told the truth of its task; {}.",
        words::thousands(kept),
        words::count(all, "conversation"),
        words::list(&parts)
    )
}

fn example(each: &ConversationFacts, fact: &Fact) -> FactExample {
    let sentence = match fact.kind {
        FactKind::Invented => {
            format!("Said {}, which is neither in its instruction nor was said to it.", fact.fact)
        }
        FactKind::Withheld => format!("Was asked for {} and never told it.", fact.fact),
    };
    FactExample { id: each.id.clone(), title: each.title.clone(), fact: fact.clone(), sentence }
}
