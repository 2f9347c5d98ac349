//! Why a conversation failed: who was at fault, what kind of fault it was, and where it began.
//!
//! Three voices. Rules ([`examine`], [`diagnose`]) carry out the gold solution and the conversation
//! once more and say what differs; they need no model and give the same answer every time. A judging
//! model ([`Judge`]) reads the transcript with those findings beside it and makes the two judgements
//! of tau-bench and tau-trait: author and kind. A person can overrule both.
//!
//! Two meters of simulated customers live here too, since they ask and read in the same way: what a
//! customer did to the facts of its task ([`untrue_facts`], rules), and how much of a trait a message
//! shows ([`Gauge`], a judging model).
//!
//! Conversations of tau2's, where customers have tools too, are looked into by rules of their own ([`account`],
//! [`diagnose_dual`]).
//!
//! Two rules of tau2-bench's reviews hold in all of them: what a customer claims is checked against
//! the task, and a customer is not blamed for leaving an agent that fails.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod diagnosis;
mod dual;
mod examine;
mod facts;
mod gauge;
mod judge;
mod rules;
mod turns;

pub use diagnosis::{Author, Diagnosis, Kind, Severity, Source, Tag};
pub use dual::{
    Account, Dual, DualVerdict, EndDifference, Part, PartKind, Point, account, diagnose_dual,
};
pub use examine::{
    Call, Divergence, FindingLine, Findings, ToolFailure, WrongArgument, WrongArguments, examine,
};
pub use facts::{FACTS_VERSION, Told, UntrueFact, untrue_facts};
pub use gauge::{COMPARE_PROMPT, Gauge, GaugedTrait, More, RATE_PROMPT, fidelity_prompts};
pub use judge::{
    AUTHOR_PROMPT, Batch, BatchReport, Case, Cases, Judge, JudgeError, KIND_PROMPT, Spent,
    diagnosis_prompts, judge_all,
};
pub use rules::{RULES_VERSION, RulesVerdict, diagnose};
pub use turns::{Did, Turn, turns};
