//! Conversations as lines of JSON, for whoever goes on with them in another program.
//!
//! One object a line, UTF-8, lines end in LF. A line stands for itself: it names its run, task and
//! condition, so files can be joined and split. The fields are described in `docs/conversations.md`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use tau_domain::{
    Ending, Message, Outcome, Reading, Reward, Role, StateDifference, Task, ToolCall, Usage,
};

/// What the first field of each line says.
const FORMAT: &str = "tau-trait-desktop-conversation";
/// Grows when a field changes its meaning or goes. New fields do not change it.
const VERSION: u32 = 1;

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConversationLine<'a> {
    /// The run it belongs to.
    pub run: &'a RunLine,
    /// The task.
    pub task: TaskLine<'a>,
    /// The customers.
    pub condition: ConditionLine<'a>,
    /// Which attempt, from 0.
    pub trial: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// 1 or 0; `None` without a score.
    pub reward: Option<f64>,
    /// Why, in a sentence.
    pub reason: String,
    /// How it ended; `None` while it has not.
    pub ending: Option<Ending>,
    /// What the reward is made of; `None` without a score.
    pub grade: Option<&'a Reward>,
    /// A grade of several parts (tau2) taken apart: each part, whether it counts, what of it is met, and what
    /// was found instead; `None` elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<serde_json::Value>,
    /// Where the records differ from what was expected.
    pub differences: &'a [StateDifference],
    /// What was said and done.
    pub messages: Vec<MessageLine<'a>>,
    /// Agent steps.
    pub steps: u32,
    /// How long it took in seconds; `None` where a file does not say.
    pub seconds: Option<f64>,
    /// What it cost in US dollars.
    pub cost_usd: Costs,
    /// Replies of models, and how many of them were taken from the cache of replies; `None` where nobody
    /// counted them.
    pub replies: Option<Replies>,
    /// Tokens; `None` without a score.
    pub tokens: Option<Tokens>,
    /// Whose fault it was, as each judge said.
    pub faults: Vec<FaultLine>,
}

/// A run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RunLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The domain's id.
    pub domain: String,
    /// The split of its tasks.
    pub split: String,
    /// The agent's model.
    pub agent: String,
    /// The customer's model.
    pub customer: String,
    /// Which rules of grading.
    pub grader: String,
    /// SHA-256 of the prompts.
    pub prompts_hash: String,
    /// Whether a practice model takes part.
    pub practice: bool,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskLine<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its index in its split.
    pub index: u32,
    /// A few words for it; may be empty.
    pub title: &'a str,
    /// The task as it was done; `None` where the conversation is not finished.
    pub definition: Option<&'a Task>,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConditionLine<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Level by trait, 0 to 4; empty for customers without traits.
    pub mix: BTreeMap<String, f64>,
}

/// What a conversation cost in US dollars; `None` where prices are not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Costs {
    /// The agent's replies.
    pub agent: Option<f64>,
    /// The customer's replies.
    pub customer: Option<f64>,
    /// Together.
    pub total: Option<f64>,
}

/// How many replies of models a conversation took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Replies {
    /// In all.
    pub total: u32,
    /// Taken from the cache of replies: they cost nothing.
    pub cached: u32,
}

/// Tokens by who used them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Tokens {
    /// The agent's model.
    pub agent: Usage,
    /// The customer's model.
    pub customer: Usage,
}

/// A judgement of a failure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FaultLine {
    /// Who says so: `rules`, `model` or `person`.
    pub source: String,
    /// The judging model; empty for the others.
    pub model: String,
    /// The judgement as it is stored.
    pub judgement: Value,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MessageLine<'a> {
    /// `system` (the policy), `user` (the customer), `assistant` (the agent) or `tool`.
    pub role: Role,
    /// What the model wrote, or the tool answered.
    pub content: Option<&'a str>,
    /// What the other side heard of it; `None` for what nobody hears.
    pub heard: Option<&'a str>,
    /// Tool calls, also those that were read from the text.
    pub tool_calls: &'a [ToolCall],
    /// For a tool's answer: the call.
    pub tool_call_id: Option<&'a str>,
    /// For a tool's answer: the tool.
    pub name: Option<&'a str>,
    /// What was read out of the message beside what was heard: a thought that stayed hidden, drafts
    /// that were held back, what a steered voice noticed.
    pub reading: Option<&'a Reading>,
    /// Whether it was taken from the cache of replies.
    pub cached: bool,
}

impl<'a> MessageLine<'a> {
    /// The line of a message. What a provider wants back with its message (signed traces of thinking)
    /// stays out.
    pub fn of(message: &'a Message) -> MessageLine<'a> {
        MessageLine {
            role: message.role,
            content: message.content.as_deref(),
            heard: message.heard(),
            tool_calls: message.calls(),
            tool_call_id: message.tool_call_id.as_deref(),
            name: message.name.as_deref(),
            reading: message.reading.as_deref(),
            cached: message.cached,
        }
    }
}

/// Writes a conversation as a line.
///
/// # Errors
/// What `out` reports.
pub fn write_line(out: &mut dyn Write, line: &ConversationLine<'_>) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'a> {
        format: &'static str,
        version: u32,
        #[serde(flatten)]
        line: &'a ConversationLine<'a>,
    }
    serde_json::to_writer(&mut *out, &Whole { format: FORMAT, version: VERSION, line })?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::Draft;

    #[test]
    fn a_conversation_is_one_line_with_what_was_hidden_and_without_what_providers_sign() {
        let run = RunLine { id: "r1".into(), name: "Two\nlines".into(), ..RunLine::default() };
        let call =
            ToolCall { id: "c".into(), name: "look".into(), arguments: r#"{"id": 50.0}"#.into() };
        let mut thinking =
            Message::text(Role::User, "Thought: less.\nHello").with_reading(Reading {
                thought: Some("less.".into()),
                said: Some("Hello".into()),
                drafts: vec![Draft { text: "Hey".into(), verdict: "no".into() }],
                ..Reading::default()
            });
        thinking.echo = Some("signed".into());
        let mut acting = Message::text(Role::Assistant, "");
        acting.tool_calls = vec![call.clone()];
        let messages = [thinking, acting, Message::tool_result(&call, "found")];
        let line = ConversationLine {
            run: &run,
            task: TaskLine { id: "7", index: 7, title: "", definition: None },
            condition: ConditionLine {
                id: "impatience-3",
                name: "Impatience: Strong",
                mix: [("impatience".to_owned(), 3.0)].into(),
            },
            trial: 1,
            outcome: Outcome::Failed,
            reward: Some(0.0),
            reason: "Failed.".into(),
            ending: Some(Ending::CustomerStopped),
            grade: None,
            account: None,
            differences: &[],
            messages: messages.iter().map(MessageLine::of).collect(),
            steps: 2,
            seconds: Some(1.5),
            cost_usd: Costs::default(),
            replies: Some(Replies { total: 2, cached: 1 }),
            tokens: None,
            faults: vec![FaultLine {
                source: "person".into(),
                model: String::new(),
                judgement: serde_json::json!({"author": "agent"}),
            }],
        };
        let mut out = Vec::new();
        write_line(&mut out, &line).unwrap();
        write_line(&mut out, &line).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.split_terminator('\n').collect();
        assert_eq!(lines.len(), 2);
        assert!(!text.contains("signed"));
        let read: Value = serde_json::from_str(lines[0]).unwrap();
        assert_eq!(read["format"], FORMAT);
        assert_eq!(read["run"]["name"], "Two\nlines");
        assert_eq!(read["condition"]["mix"]["impatience"], 3.0);
        assert_eq!((&read["outcome"], &read["trial"]), (&"failed".into(), &1.into()));
        let said = &read["messages"][0];
        assert_eq!((&said["role"], &said["heard"]), (&"user".into(), &"Hello".into()));
        assert_eq!(said["reading"]["thought"], "less.");
        assert_eq!(said["reading"]["drafts"][0]["text"], "Hey");
        assert_eq!(read["messages"][1]["tool_calls"][0]["arguments"], r#"{"id": 50.0}"#);
        assert_eq!(read["messages"][2]["content"], "found");
        assert_eq!(read["faults"][0]["judgement"]["author"], "agent");
        assert_eq!(read["cost_usd"]["total"], Value::Null);
    }
}
