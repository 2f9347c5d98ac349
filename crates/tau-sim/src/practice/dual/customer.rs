//! The customer.

use async_trait::async_trait;
use serde_json::Value as Json;
use tau_domain::{Message, Role, ToolSpec};
use tau_llm::{ChatModel, ChatReply, ChatRequest, ModelError};
use tau_toolkits::{Instructions, Requestor, Task};
use tau_traits::{TraitMix, TraitSet};

use super::super::agent::agreement;
use super::super::sounds::Sounds;
use super::super::speech::{opening, wishes};
use super::super::{Chance, PRACTICE_CUSTOMER};
use super::{CLOSING, GO_AHEAD, Next, Step, reports, steps, words};
use crate::STOP_MARKER;

// How the traits act, by level 0 to 4.

/// Messages of the agent that an impatient customer puts up with; one of three more by chance.
const PATIENCE: [usize; 5] = [usize::MAX, 12, 8, 5, 2];
/// Probability that a confused customer does not find what it is asked for.
const LOST: [f64; 5] = [0.0, 0.08, 0.2, 0.35, 0.5];
/// Probability that it uses something else instead.
const MIXED_UP: [f64; 5] = [0.0, 0.03, 0.08, 0.15, 0.25];
/// Times that a sceptical customer wants reasons before it does something or agrees.
const REASONS: [usize; 5] = [0, 0, 1, 1, 2];
/// Probability that it refuses.
const REFUSAL: [f64; 5] = [0.0, 0.02, 0.06, 0.12, 0.25];
/// Probability that nobody can tell from an incoherent customer's report whether something was done.
const BABBLE: [f64; 5] = [0.0, 0.06, 0.2, 0.4, 0.6];

/// A customer that uses its tools as it is asked to and lives its traits. See the module's text.
#[derive(Debug)]
pub struct DualPracticeCustomer {
    reason: String,
    steps: Vec<Step>,
    chance: Chance,
    impatience: usize,
    confusion: usize,
    scepticism: usize,
    incoherence: usize,
    sounds: Sounds,
}

impl DualPracticeCustomer {
    /// The traits that it lives; of others it says lines of the level.
    pub const TRAITS: [&str; 4] = ["impatience", "confusion", "skeptical", "incoherence"];

    /// The customer of one conversation about `task`, with `mix` in the words of `set`.
    pub fn new(task: &Task, mix: &TraitMix, set: &TraitSet, seed: u64) -> Self {
        let level = |id: &str| usize::from(mix.strength(id).stop_when_on());
        let reason = match &task.scenario.instructions {
            Instructions::Text(text) => opening(text),
            // A reason alone is short enough to be told whole.
            Instructions::Structured { reason_for_call, .. } => match wishes(reason_for_call) {
                told if told.is_empty() => opening(reason_for_call),
                told => told.join(" "),
            },
        };
        let own = steps(task).into_iter().filter(|step| step.by == Requestor::User);
        DualPracticeCustomer {
            reason,
            steps: own.collect(),
            chance: Chance(seed),
            impatience: level("impatience"),
            confusion: level("confusion"),
            scepticism: level("skeptical"),
            incoherence: level("incoherence"),
            sounds: Sounds::of(mix, set),
        }
    }

    fn next(&self, messages: &[Message], tools: &[ToolSpec]) -> Next {
        let turn = messages.len();
        if let Some(answer) = messages.last().filter(|last| last.role == Role::Tool) {
            let text = answer.content.as_deref().unwrap_or_default();
            return Next::Say(self.report(text, turn));
        }
        // The first thing that it hears is the greeting.
        let heard: Vec<&str> = messages
            .iter()
            .filter(|message| message.role == Role::User)
            .skip(1)
            .filter_map(|message| message.content.as_deref())
            .collect();
        let Some(last) = heard.last() else {
            return self.say(format!("Hello. {}", self.reason), false, turn);
        };
        if last.contains(CLOSING) || words(last).iter().any(|word| word == "goodbye") {
            return Next::Say(STOP_MARKER.to_owned());
        }
        let spare = self.chance.pick("patience", 3);
        if heard.len() > PATIENCE[self.impatience].saturating_add(spare) {
            let leaves = format!("This is taking far too long. I am leaving. {STOP_MARKER}");
            return Next::Say(leaves);
        }
        let wanted = asked_for(last, tools);
        let confirms = last.contains(GO_AHEAD);
        if wanted.is_none() && !confirms {
            return self.say(self.reason.clone(), false, turn);
        }
        if let Some(words) = self.balks(last, &heard, turn) {
            return self.say(words, true, turn);
        }
        match wanted {
            Some(tool) if !confirms => self.use_tool(tool, tools, messages),
            _ => self.say("Yes, please go ahead.".to_owned(), true, turn),
        }
    }

    /// What it says instead of doing or agreeing to what it is asked.
    fn balks(&self, last: &str, heard: &[&str], turn: usize) -> Option<String> {
        let topic = topic(last);
        let times =
            heard.iter().filter(|text| topic.is_some() && self::topic(text) == topic).count();
        if times <= REASONS[self.scepticism] && times > 0 {
            const DOUBTS: [&str; 2] = ["Why should I do that?", "And how would that help?"];
            return Some(DOUBTS[(times - 1) % DOUBTS.len()].to_owned());
        }
        let about = topic.unwrap_or_default();
        if self.chance.happens(&format!("refusal {about}"), REFUSAL[self.scepticism]) {
            return Some("No, I will not have that done.".to_owned());
        }
        let lost = self.chance.happens(&format!("lost {turn}"), LOST[self.confusion]);
        let words = if last.contains(GO_AHEAD) {
            "Wait, I lost you there. What is this about?"
        } else {
            "Wait, where is that? I do not see it."
        };
        lost.then(|| words.to_owned())
    }

    /// Uses the tool as the task has it, or another one by mistake.
    fn use_tool(&self, tool: &ToolSpec, tools: &[ToolSpec], messages: &[Message]) -> Next {
        let turn = messages.len();
        let mistakes: Vec<&ToolSpec> =
            tools.iter().filter(|other| other.name != tool.name && is_plain(other)).collect();
        if self.chance.happens(&format!("mixed up {turn}"), MIXED_UP[self.confusion])
            && let Some(other) =
                mistakes.get(self.chance.pick(&format!("which {turn}"), mistakes.len()))
        {
            return Next::Call(other.name.clone(), "{}".to_owned());
        }
        let calls = messages.iter().flat_map(|message| &message.tool_calls);
        let before = calls.filter(|call| call.name == tool.name).count();
        let known: Vec<&Step> = self.steps.iter().filter(|step| step.tool == tool.name).collect();
        match known.get(before).or(known.last()) {
            Some(step) => Next::Call(step.tool.clone(), step.arguments.clone()),
            None if is_plain(tool) => Next::Call(tool.name.clone(), "{}".to_owned()),
            None => self.say("I do not know how to do that.".to_owned(), false, turn),
        }
    }

    /// What it tells of what its device answered.
    fn report(&self, answer: &str, turn: usize) -> String {
        if self.chance.happens(&format!("babble {turn}"), BABBLE[self.incoherence]) {
            const BABBLE: [&str; 3] = [
                "Well, the thing with the stairs, and my cousin.",
                "Perhaps tomorrow, the blue one, with the window.",
                "And then the train, you know, and all of that.",
            ];
            return BABBLE[self.chance.pick(&format!("which babble {turn}"), BABBLE.len())]
                .to_owned();
        }
        let first = answer.lines().next().unwrap_or_default();
        self.coloured(format!("Done. It says: {first}"), false, turn)
    }

    fn say(&self, text: String, answers: bool, turn: usize) -> Next {
        Next::Say(self.coloured(text, answers, turn))
    }

    /// With lines of the traits that it does not live, unless the agent would take it for something else.
    fn coloured(&self, text: String, answers: bool, turn: usize) -> String {
        let coloured = self.sounds.coloured(text.clone(), answers, self.chance, turn);
        let taken = |text: &str| (reports(text), agreement(text));
        if taken(&coloured) == taken(&text) { coloured } else { text }
    }
}

/// What stands in brackets: the name of a tool.
fn topic(text: &str) -> Option<&str> {
    let (_, after) = text.split_once('[')?;
    after.split_once(']').map(|(name, _)| name)
}

/// The tool that an agent asks for: the one that it names, or else one whose words are all in what it
/// says, the longest name first.
fn asked_for<'t>(text: &str, tools: &'t [ToolSpec]) -> Option<&'t ToolSpec> {
    let named = topic(text).and_then(|name| tools.iter().find(|tool| tool.name == name));
    let said = words(text);
    let meant = |tool: &&ToolSpec| {
        let name = words(&tool.name);
        name.len() > 1 && name.iter().all(|word| said.contains(word))
    };
    named.or_else(|| tools.iter().filter(meant).max_by_key(|tool| tool.name.len()))
}

/// Whether a tool can be used without knowing anything.
fn is_plain(tool: &ToolSpec) -> bool {
    let required = tool.parameters.get("required").and_then(Json::as_array);
    required.is_none_or(Vec::is_empty)
}

#[async_trait]
impl ChatModel for DualPracticeCustomer {
    fn name(&self) -> &str {
        PRACTICE_CUSTOMER
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let next = self.next(&request.messages, &request.tools);
        Ok(next.reply(request.messages.len()))
    }
}
