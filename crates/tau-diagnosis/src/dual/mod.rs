//! Why a conversation of tau2's was not solved, where the customer may have tools of its own.
//!
//! [`account`] takes a grade apart: what counted, what of it was met, and what was found instead. [`diagnose_dual`]
//! says by rules whose fault it was. Both carry the conversation and the expected actions out once more on the
//! task's own beginning; they ask no model and give the same answer every time.
//!
//! What is read is what is stored beside such a conversation, whether it was played here or opened from a file:
//! its task, why it ended and its grade, in upstream's words.

mod account;
mod looked;
mod matching;
mod phone;
mod recorded;
mod replay;
mod rules;
mod words;

use tau_domain::Message;
use tau_domain::plain::{tool_line, tool_to_call};
use tau_toolkits::Domain;

pub use account::{Account, Part, PartKind, Point};
pub use words::EndDifference;

use crate::{Diagnosis, FindingLine};
use looked::Looked;
use recorded::Recorded;
use rules::{Found, Scene};

/// A conversation of tau2's.
#[derive(Clone, Copy, Debug)]
pub struct Dual<'a> {
    /// Its messages; the policy may stand first.
    pub messages: &'a [Message],
    /// What is stored beside it in upstream's words, JSON: `simulation`, `task`.
    pub extra: &'a str,
    /// Its reward.
    pub reward: f64,
    /// The episode's seed, as far as it is known; it matters only for ids that tools draw.
    pub seed: u64,
}

impl Dual<'_> {
    /// As upstream's runner: a reward near 1 is a success.
    fn failed(&self) -> bool {
        self.reward < 1.0 - 1e-6
    }
}

/// What the rules have to say about a conversation of tau2's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DualVerdict {
    /// The calls that went wrong and the steps that were left out, a line each.
    pub findings: Vec<FindingLine>,
    /// What of the grade is not met, a line each: what an [`Account`] says at length.
    pub unmet: Vec<FindingLine>,
    /// Why it failed; `None` when it did not, and when the rules cannot decide.
    pub diagnosis: Option<Diagnosis>,
    /// Why the rules cannot decide, in a sentence; empty where they do and where it did not fail.
    pub undecided: String,
}

/// Takes the grade of a conversation apart. Without the domain, or where the domain cannot set the task up, only
/// what is recorded is told. `None` for a conversation that is not of tau2.
pub fn account(domain: Option<&Domain>, conversation: &Dual<'_>) -> Option<Account> {
    let recorded = Recorded::read(conversation.extra)?;
    let looked = domain
        .and_then(|domain| Looked::at(domain, &recorded, conversation.messages, conversation.seed));
    Some(account::account(&recorded, looked.as_ref()))
}

/// Looks into a conversation with rules alone. `None` for one that is not of tau2, and where the domain cannot set
/// its task up.
pub fn diagnose_dual(domain: &Domain, conversation: &Dual<'_>) -> Option<DualVerdict> {
    let recorded = Recorded::read(conversation.extra)?;
    let looked = Looked::at(domain, &recorded, conversation.messages, conversation.seed)?;
    let mut verdict = DualVerdict {
        findings: Vec::new(),
        unmet: Vec::new(),
        diagnosis: None,
        undecided: String::new(),
    };
    if !conversation.failed() {
        return Some(verdict);
    }
    verdict.findings = findings(&looked);
    verdict.unmet = unmet(&account::account(&recorded, Some(&looked)));
    match Scene::new(domain, &looked).found() {
        Found::Fault(fault) => verdict.diagnosis = Some(fault.into_diagnosis()),
        Found::Undecided(why) => verdict.undecided = why,
    }
    Some(verdict)
}

/// Calls that spoilt something, calls that were refused, and steps that were not taken.
fn findings(looked: &Looked<'_>) -> Vec<FindingLine> {
    let mut lines = Vec::new();
    let mut say = |turn, sentence: String| {
        let line = FindingLine { sentence, turn };
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    let who = |step: &replay::Step| if step.by_customer() { "The customer" } else { "The agent" };
    for step in looked.spoilers() {
        let did = tool_to_call(&step.call.name, &step.arguments);
        let spoilt =
            format!("{}: {did}, after which something was not as it should be.", who(step));
        say(Some(step.turn), spoilt);
    }
    for step in looked.made.steps.iter().filter(|step| step.failed) {
        let line = tool_line(&step.call.name, &step.arguments, &step.answer);
        say(Some(step.turn), format!("{}: {line}.", who(step)));
    }
    for index in looked.open() {
        let step = account::step_in_words(&looked.recorded.actions[index].0);
        say(None, format!("Not done. {step}."));
    }
    if !looked.made.exact {
        let other = "The tools answer differently here than they did in the conversation: it was held on other data.";
        say(None, other.to_owned());
    }
    lines
}

/// What counts and is not met.
fn unmet(account: &Account) -> Vec<FindingLine> {
    let mut lines = Vec::new();
    for part in account.unmet() {
        for point in part.points.iter().filter(|point| point.met == Some(false)) {
            let sentence =
                format!("Not so: {}. {}", point.text, point.remark).trim_end().to_owned();
            lines.push(FindingLine { sentence, turn: point.turn });
        }
        let differences = part.differences.iter();
        lines.extend(
            differences
                .map(|one| FindingLine { sentence: format!("{}.", one.words()), turn: None }),
        );
    }
    lines
}
