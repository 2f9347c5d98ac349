//! What a diagnosis is: who was at fault, what kind of fault it was, and the finer tags.
//!
//! Authors and kinds are those of tau-bench and tau-trait (`auto_error_identification.py`). Tags and
//! severity follow the review tags of tau2-bench; three tags are our own.

use serde::{Deserialize, Serialize};

/// Who was at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The simulated customer.
    User,
    /// The agent under test.
    Agent,
    /// Tools, data, the task or its grading.
    Environment,
}

impl Author {
    /// All of them, in upstream's order.
    pub const ALL: [Author; 3] = [Author::User, Author::Agent, Author::Environment];

    /// The name in files and storage.
    pub fn name(self) -> &'static str {
        match self {
            Author::User => "user",
            Author::Agent => "agent",
            Author::Environment => "environment",
        }
    }

    /// What a person calls it.
    pub fn label(self) -> &'static str {
        match self {
            Author::User => "Customer",
            Author::Agent => "Agent",
            Author::Environment => "Environment",
        }
    }
}

/// What kind of fault it was: that of the first step that went wrong and was not put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A tool was called that should not have been.
    CalledWrongTool,
    /// The right tool was called with a wrong argument, and never with the right one.
    UsedWrongToolArgument,
    /// Something was left out, from one figure to everything; what was done was right.
    GoalPartiallyCompleted,
    /// Something else.
    Other,
}

impl Kind {
    /// All of them, in upstream's order.
    pub const ALL: [Kind; 4] = [
        Kind::CalledWrongTool,
        Kind::UsedWrongToolArgument,
        Kind::GoalPartiallyCompleted,
        Kind::Other,
    ];

    /// The name in files and storage.
    pub fn name(self) -> &'static str {
        match self {
            Kind::CalledWrongTool => "called_wrong_tool",
            Kind::UsedWrongToolArgument => "used_wrong_tool_argument",
            Kind::GoalPartiallyCompleted => "goal_partially_completed",
            Kind::Other => "other",
        }
    }

    /// What a person calls it.
    pub fn label(self) -> &'static str {
        match self {
            Kind::CalledWrongTool => "Wrong action",
            Kind::UsedWrongToolArgument => "Right action, wrong detail",
            Kind::GoalPartiallyCompleted => "Something left out",
            Kind::Other => "Something else",
        }
    }
}

/// A finer tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// Stated something that nothing in the task or the records supports.
    Hallucination,
    /// Took something that was said or shown to mean something else.
    IncorrectInterpretation,
    /// Acted against the policy or, as a customer, against the instruction.
    GuidelineViolation,
    /// A customer told something before it was asked for.
    RevealedInfoEarly,
    /// Said or did what does not fit what the same side said before.
    InconsistentBehavior,
    /// A call that the tool's schema does not allow.
    ToolCallSchemaError,
    /// A call with a wrong argument.
    ToolCallArgumentError,
    /// A call that nothing asked for.
    IrrelevantToolCall,
    /// Left or ended the conversation before it was done.
    PrematureTermination,
    /// Did not do or say what had to be done or said.
    MissedRequiredAction,
    /// Did the right things in an order that made them wrong.
    WrongSequence,
    /// A fault for which there is no tag.
    Other,
    /// A customer's trait was played beyond its level. Our own.
    TraitOveracted,
    /// The grade itself is in doubt. Our own.
    GraderDispute,
    /// A limit or a fault of the machinery. Our own.
    Infrastructure,
}

impl Tag {
    /// All of them, tau2-bench's first.
    pub const ALL: [Tag; 15] = [
        Tag::Hallucination,
        Tag::IncorrectInterpretation,
        Tag::GuidelineViolation,
        Tag::RevealedInfoEarly,
        Tag::InconsistentBehavior,
        Tag::ToolCallSchemaError,
        Tag::ToolCallArgumentError,
        Tag::IrrelevantToolCall,
        Tag::PrematureTermination,
        Tag::MissedRequiredAction,
        Tag::WrongSequence,
        Tag::Other,
        Tag::TraitOveracted,
        Tag::GraderDispute,
        Tag::Infrastructure,
    ];

    /// The tag of this id.
    pub fn of(id: &str) -> Option<Tag> {
        Tag::ALL.into_iter().find(|tag| tag.id() == id)
    }

    /// The name in files and storage.
    pub fn id(self) -> &'static str {
        self.words().0
    }

    /// What a person calls it.
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        self.words().2
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Tag::Hallucination => (
                "hallucination",
                "Made something up",
                "Stated something that neither the task nor the records support.",
            ),
            Tag::IncorrectInterpretation => (
                "incorrect_interpretation",
                "Misunderstood",
                "Took what was said or shown to mean something else.",
            ),
            Tag::GuidelineViolation => (
                "guideline_violation",
                "Broke a rule",
                "Acted against the policy or, as a customer, against the instruction.",
            ),
            Tag::RevealedInfoEarly => (
                "revealed_info_early",
                "Told too early",
                "The customer told something that was to be told only when asked.",
            ),
            Tag::InconsistentBehavior => (
                "inconsistent_behavior",
                "Contradicted itself",
                "Said or did what does not fit what the same side said before.",
            ),
            Tag::ToolCallSchemaError => (
                "tool_call_schema_error",
                "Malformed call",
                "A tool was called in a form that it does not take.",
            ),
            Tag::ToolCallArgumentError => (
                "tool_call_argument_error",
                "Wrong detail in a call",
                "A tool was called with a wrong argument.",
            ),
            Tag::IrrelevantToolCall => (
                "irrelevant_tool_call",
                "Unneeded action",
                "A tool was called that nothing asked for.",
            ),
            Tag::PrematureTermination => (
                "premature_termination",
                "Ended too early",
                "One side left or ended the conversation before it was done.",
            ),
            Tag::MissedRequiredAction => (
                "missed_required_action",
                "Left something out",
                "Something that had to be done or said was not.",
            ),
            Tag::WrongSequence => (
                "wrong_sequence",
                "Wrong order",
                "The right things were done in an order that made them wrong.",
            ),
            Tag::Other => ("other", "Something else", "A fault for which there is no tag."),
            Tag::TraitOveracted => (
                "trait_overacted",
                "Trait overacted",
                "The customer's trait was played beyond the level that was asked for.",
            ),
            Tag::GraderDispute => (
                "grader_dispute",
                "Grade in doubt",
                "What was done looks right although the grade says otherwise.",
            ),
            Tag::Infrastructure => (
                "infrastructure",
                "Technical limit",
                "A limit or a fault of the machinery, not of anybody in the conversation.",
            ),
        }
    }
}

/// How bad it was (tau2-bench's review): whether it decided the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The outcome would have been the same without it.
    Minor,
    /// It decided the outcome.
    Critical,
}

/// Who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Rules that compare what was done with what was expected.
    Rules,
    /// A model that read the conversation.
    Model,
    /// A person.
    Person,
}

impl Source {
    /// The name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Source::Rules => "rules",
            Source::Model => "model",
            Source::Person => "person",
        }
    }

    /// The source of this name.
    pub fn of(name: &str) -> Option<Source> {
        [Source::Rules, Source::Model, Source::Person].into_iter().find(|s| s.name() == name)
    }
}

/// Why one conversation failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// Who was at fault.
    pub author: Author,
    /// What kind of fault.
    pub kind: Kind,
    /// Why this author: a sentence or two for a person.
    pub description: String,
    /// Why this kind: a sentence or two for a person; may be empty.
    #[serde(default)]
    pub kind_description: String,
    /// The first turn where it went wrong, from 1 as in [`crate::turns`]; `None` when it is not in
    /// any single turn.
    #[serde(default)]
    pub first_turn: Option<u32>,
    /// Finer tags, without repetition.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// How bad, where that was judged.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Who says so.
    pub source: Source,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_storage_are_those_that_ids_say() {
        for tag in Tag::ALL {
            assert_eq!(serde_json::to_value(tag).unwrap(), tag.id());
            assert_eq!(Tag::of(tag.id()), Some(tag));
            assert!(!tag.label().is_empty() && tag.meaning().ends_with('.'));
        }
        for author in Author::ALL {
            assert_eq!(serde_json::to_value(author).unwrap(), author.name());
        }
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        for source in [Source::Rules, Source::Model, Source::Person] {
            assert_eq!(serde_json::to_value(source).unwrap(), source.name());
            assert_eq!(Source::of(source.name()), Some(source));
        }
    }
}
