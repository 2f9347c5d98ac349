//! The texts that are put before a judging model.

use serde_json::json;
use sha2::{Digest, Sha256};
use tau_domain::{Task, Trajectory};
use tau_sim::prompts::{PromptError, PromptInfo, check, render};
use tau_sim::{STOP_MARKER, Wording};

use crate::turns::{Did, turns};
use crate::{Author, FindingLine, Tag};

/// Id of the prompt for the first judgement.
pub const AUTHOR_PROMPT: &str = "diagnosis/author";
/// Id of the prompt for the second judgement.
pub const KIND_PROMPT: &str = "diagnosis/kind";

/// Most characters of one tool answer that the judge is shown.
const LONGEST_ANSWER: usize = 2_000;

const PROMPTS: [PromptInfo; 2] = [
    PromptInfo {
        id: AUTHOR_PROMPT,
        title: "Diagnosis: whose fault",
        description: "Asks a judging model who caused a failure: customer, agent or environment.",
        variables: &["instruction", "traits", "gold", "outputs", "findings", "transcript", "tags"],
        required: &["instruction", "gold", "transcript"],
        text: include_str!("../../../../data/prompts/diagnosis/author.md"),
    },
    PromptInfo {
        id: KIND_PROMPT,
        title: "Diagnosis: what kind",
        description: "Asks a judging model what kind of fault it was, once it is known whose.",
        variables: &[
            "instruction",
            "gold",
            "outputs",
            "findings",
            "transcript",
            "author",
            "description",
        ],
        required: &["instruction", "gold", "transcript", "author"],
        text: include_str!("../../../../data/prompts/diagnosis/kind.md"),
    },
];

/// The prompts of judging models that come with the product, beside those of
/// [`tau_sim::shipped_prompts`].
pub fn diagnosis_prompts() -> &'static [PromptInfo] {
    &PROMPTS
}

/// A failure as the judge is shown it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The task.
    pub task: Task,
    /// What was said and done.
    pub trajectory: Trajectory,
    /// What differs from the expected conversation, a line each.
    pub findings: Vec<FindingLine>,
    /// What the customer was told about its traits; empty for none.
    pub traits: Vec<String>,
}

/// The templates in use: a person's own, or the shipped ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Texts {
    author: String,
    kind: String,
}

impl Texts {
    /// Those of a wording, checked.
    pub(super) fn of(wording: &Wording) -> Result<Texts, PromptError> {
        let text = |info: &PromptInfo| {
            let own = wording.texts.get(info.id).map(String::as_str).unwrap_or(info.text);
            check(info, own).map(|()| own.to_owned())
        };
        Ok(Texts { author: text(&PROMPTS[0])?, kind: text(&PROMPTS[1])? })
    }

    /// SHA-256, in hex, of both: part of what identifies a verdict.
    pub(super) fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for text in [&self.author, &self.kind] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(super) fn author(&self, case: &Case) -> Result<String, PromptError> {
        let mut values = shown(case);
        values["traits"] = json!(case.traits);
        let tag = |tag: Tag| format!("- {}: {}", tag.id(), tag.meaning());
        values["tags"] = json!(Tag::ALL.map(tag).join("\n"));
        render(AUTHOR_PROMPT, &self.author, values)
    }

    pub(super) fn kind(
        &self,
        case: &Case,
        author: Author,
        description: &str,
    ) -> Result<String, PromptError> {
        let mut values = shown(case);
        values["author"] = json!(author.name());
        values["description"] = json!(description);
        render(KIND_PROMPT, &self.kind, values)
    }
}

/// What both prompts are given.
fn shown(case: &Case) -> serde_json::Value {
    let or_nothing = |lines: Vec<String>, nothing: &str| {
        if lines.is_empty() { nothing.to_owned() } else { lines.join("\n") }
    };
    let gold = case
        .task
        .actions
        .iter()
        .map(|action| format!("- {} {}", action.name, action.kwargs.as_str()));
    let outputs = case.task.outputs.iter().map(|output| format!("- {output}"));
    let findings = case.findings.iter().map(|line| match line.turn {
        Some(turn) => format!("- turn {turn}: {}", line.sentence),
        None => format!("- {}", line.sentence),
    });
    json!({
        "instruction": case.task.instruction,
        "gold": or_nothing(gold.collect(), "Nothing: no records were to be changed."),
        "outputs": or_nothing(outputs.collect(), "Nothing in particular."),
        "findings": or_nothing(findings.collect(), "Nothing was found to differ."),
        "transcript": transcript(case),
    })
}

fn transcript(case: &Case) -> String {
    let lines = turns(&case.trajectory.messages).into_iter().map(|turn| match turn.did {
        Did::CustomerSaid(text) => {
            let said = text.replace(STOP_MARKER, "");
            let left = if said.len() < text.len() { " (leaves)" } else { "" };
            format!("[{}] Customer: {}{left}", turn.number, said.trim())
        }
        Did::AgentSaid(text) => format!("[{}] Agent: {}", turn.number, text.trim()),
        Did::AgentRemarked(text) => {
            format!("[{}] Agent, not to the customer: {}", turn.number, text.trim())
        }
        Did::Called(call, answer) => format!(
            "[{}] {} calls {} {} -> {}",
            turn.number,
            if turn.by_customer { "Customer" } else { "Agent" },
            call.name,
            call.arguments,
            answer.map_or_else(|| "no answer".to_owned(), cut)
        ),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn cut(answer: &str) -> String {
    match answer.char_indices().nth(LONGEST_ANSWER) {
        Some((at, _)) => format!("{} ... (cut)", &answer[..at]),
        None => answer.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_prompts_of_diagnosis_can_be_used_and_an_own_copy_is_checked() {
        let shipped = Texts::of(&Wording::shipped()).unwrap();
        let mut own = Wording::shipped();
        own.texts
            .insert(AUTHOR_PROMPT.into(), "{{ instruction }}{{ gold }}{{ transcript }}".into());
        assert_ne!(Texts::of(&own).unwrap().hash(), shipped.hash());
        own.texts.insert(AUTHOR_PROMPT.into(), "{{ instruction }}".into());
        assert!(Texts::of(&own).unwrap_err().to_string().contains("gold"));
    }
}
