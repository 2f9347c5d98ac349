//! Grading of a conversation, as upstream of each profile grades it: `evaluator/evaluator.py`.
//!
//! Grading replays the conversation on fresh data; it needs no model, except that assertions in words
//! are judged by one beforehand ([`judge`]) and its findings are an input.

mod criteria;
pub mod judge;
mod parts;
mod reward;

use thiserror::Error;

pub use criteria::{Action, Assertion, Basis, Criteria, GradedTask};
pub use judge::NlCheck;
use parts::Part;
pub use reward::{ActionCheck, AssertionCheck, CommunicateCheck, DbCheck, Notes, RewardInfo};
pub(crate) use reward::{each, or_none};

use crate::domain::Domain;
use crate::environment::StateError;
use crate::history::Turn;
use crate::ids::Ids;
use crate::raised::Raised;
use crate::toolkit::Profile;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evaluation {
    /// The state alone.
    Env,
    /// What was said alone.
    Communicate,
    /// The actions alone.
    Action,
    /// The judge's findings alone.
    NlAssertions,
    /// Everything; the reward is the product of what the task names.
    All,
    /// The same, and a judge whether the task names it or not.
    AllWithNlAssertions,
    /// State, actions and what was said; the reward is their product, whatever the task names.
    AllIgnoreBasis,
    /// The same with a judge.
    AllWithNlAssertionsIgnoreBasis,
}

impl Evaluation {
    /// All, in upstream's order.
    pub const ALL: [Evaluation; 8] = [
        Evaluation::Env,
        Evaluation::Communicate,
        Evaluation::Action,
        Evaluation::All,
        Evaluation::NlAssertions,
        Evaluation::AllWithNlAssertions,
        Evaluation::AllIgnoreBasis,
        Evaluation::AllWithNlAssertionsIgnoreBasis,
    ];

    /// Upstream's word (`EvaluationType`).
    pub fn word(self) -> &'static str {
        match self {
            Evaluation::Env => "env",
            Evaluation::Communicate => "communicate",
            Evaluation::Action => "action",
            Evaluation::NlAssertions => "nl_assertions",
            Evaluation::All => "all",
            Evaluation::AllWithNlAssertions => "all_with_nl_assertions",
            Evaluation::AllIgnoreBasis => "all_ignore_basis",
            Evaluation::AllWithNlAssertionsIgnoreBasis => "all_with_nl_assertions_ignore_basis",
        }
    }

    /// The one of this word.
    pub fn of(word: &str) -> Option<Evaluation> {
        Evaluation::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What is graded.
#[derive(Clone, Copy)]
pub struct Conversation<'c> {
    /// The domain, which also says whose rules hold.
    pub domain: &'c Domain,
    /// Where ids that tools draw come from: the same row for what was done and for what was expected,
    /// so that both can be equal. Upstream draws them at random, and they never are.
    pub ids: &'c Ids,
    /// Whether the agent was alone.
    pub solo: bool,
    /// All messages, the task's own history first.
    pub turns: &'c [Turn],
    /// Why it ended, in upstream's word.
    pub ending: &'c str,
    /// What a judge found, where one was asked ([`Criteria::asks_judge`]).
    pub judged: Option<&'c [NlCheck]>,
    /// Whether tools that answer other than recorded are passed over in the replay (re-grading).
    pub lenient: bool,
}

/// Why a conversation could not be graded. Upstream's run breaks off there; a reward it is not.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GradeError {
    /// The replay failed.
    #[error(transparent)]
    State(#[from] StateError),
    /// An assertion on the state could not be asked.
    #[error("{0}")]
    Raised(#[from] Raised),
    /// The assertions in words have to be judged first.
    #[error("the task's assertions in words have not been judged")]
    JudgeWanted,
    /// The reward rests on assertions in words, which this kind of evaluation leaves out.
    #[error("NL assertions are part of the reward basis, but they are not being evaluated.")]
    BasisNotEvaluated,
}

/// Grades a conversation.
///
/// # Errors
/// When upstream raises too, or a judge has to be asked first.
pub fn grade(
    conversation: &Conversation<'_>,
    task: &GradedTask,
    kind: Evaluation,
) -> Result<RewardInfo, GradeError> {
    let profile = conversation.domain.profile();
    // Upstream's model fills in this basis where nobody says otherwise; since 0.2 it is said.
    let unsaid = (profile == Profile::V0_1_2).then(|| vec![Basis::Db]);
    if let Some(note) = ended_early(profile, conversation.ending) {
        return Ok(RewardInfo::bare(0.0, unsaid, Notes::One(note)));
    }
    let Some(criteria) = &task.criteria else {
        let note = Notes::One("No evaluation criteria".into());
        return Ok(RewardInfo::bare(1.0, unsaid, note));
    };
    match kind {
        Evaluation::Env
        | Evaluation::Communicate
        | Evaluation::Action
        | Evaluation::NlAssertions => one_part(conversation, task, criteria, kind),
        _ => all_parts(conversation, task, criteria, kind),
    }
}

/// The remark on a conversation that ended too early to be graded.
fn ended_early(profile: Profile, ending: &str) -> Option<String> {
    let (graded, shown) = match profile {
        Profile::V0_1_2 => (
            !matches!(ending, "too_many_errors" | "max_steps"),
            format!("TerminationReason.{}", ending.to_uppercase()),
        ),
        _ => (matches!(ending, "agent_stop" | "user_stop"), ending.to_owned()),
    };
    (!graded).then(|| format!("Simulation terminated prematurely. Termination reason: {shown}"))
}

fn one_part(
    conversation: &Conversation<'_>,
    task: &GradedTask,
    criteria: &Criteria,
    kind: Evaluation,
) -> Result<RewardInfo, GradeError> {
    let mut info = RewardInfo::bare(1.0, Some(vec![Basis::Db]), Notes::None);
    let note = match kind {
        Evaluation::Env => {
            let part = parts::state(conversation, task, criteria)?;
            if part.note.is_none() {
                info.basis = Some(criteria.basis.clone());
            }
            info.db_check = Some(part.checks.db);
            info.env_assertions = part.checks.assertions;
            (info.reward, info.breakdown) = (part.reward, part.breakdown);
            part.note
        }
        Evaluation::Communicate => {
            let part = parts::communicate(conversation, criteria);
            info.communicate_checks = part.checks;
            (info.reward, info.breakdown) = (part.reward, part.breakdown);
            part.note
        }
        Evaluation::Action => {
            let part = parts::actions(conversation, criteria);
            info.action_checks = part.checks;
            (info.reward, info.breakdown) = (part.reward, part.breakdown);
            part.note
        }
        _ => {
            let part = parts::judged(conversation, criteria)?;
            info.nl_assertions = part.checks;
            (info.reward, info.breakdown) = (part.reward, part.breakdown);
            part.note
        }
    };
    info.notes = note.map_or(Notes::None, |note| Notes::One(note.into()));
    Ok(info)
}

fn all_parts(
    conversation: &Conversation<'_>,
    task: &GradedTask,
    criteria: &Criteria,
    kind: Evaluation,
) -> Result<RewardInfo, GradeError> {
    let profile = conversation.domain.profile();
    let state = parts::state(conversation, task, criteria)?;
    let actions = parts::actions(conversation, criteria);
    let said = parts::communicate(conversation, criteria);
    let asked = criteria.judged(profile, kind);
    let judged = asked.then(|| parts::judged(conversation, criteria)).transpose()?;

    let whatever =
        matches!(kind, Evaluation::AllIgnoreBasis | Evaluation::AllWithNlAssertionsIgnoreBasis);
    let counts =
        |bases: &[Basis]| whatever || bases.iter().any(|basis| criteria.basis.contains(basis));
    if !whatever && judged.is_none() && counts(&[Basis::NlAssertion]) {
        return Err(GradeError::BasisNotEvaluated);
    }
    let mut product = Product::default();
    if counts(&[Basis::Db, Basis::EnvAssertion]) {
        product.take(&state);
    }
    if counts(&[Basis::Action]) {
        product.take(&actions);
    }
    // Without regard to the task the judge comes last.
    if let Some(judged) = judged.as_ref().filter(|_| !whatever && counts(&[Basis::NlAssertion])) {
        product.take(judged);
    }
    if counts(&[Basis::Communicate]) {
        product.take(&said);
    }
    if let Some(judged) = judged.as_ref().filter(|_| whatever) {
        product.take(judged);
    }
    let basis = if whatever {
        let mut basis = vec![Basis::Db, Basis::EnvAssertion, Basis::Action, Basis::Communicate];
        basis.extend(judged.is_some().then_some(Basis::NlAssertion));
        basis
    } else {
        criteria.basis.clone()
    };
    Ok(RewardInfo {
        reward: product.reward,
        db_check: Some(state.checks.db),
        env_assertions: state.checks.assertions,
        action_checks: actions.checks,
        notes: Notes::Parts {
            env: state.note,
            nl: judged.as_ref().and_then(|part| part.note),
            communicate: said.note,
            action: actions.note,
        },
        nl_assertions: judged.and_then(|part| part.checks),
        communicate_checks: said.checks,
        basis: Some(basis),
        breakdown: Some(product.factors),
    })
}

/// The product of the parts that count.
struct Product {
    reward: f64,
    factors: Vec<(Basis, f64)>,
}

impl Default for Product {
    fn default() -> Self {
        Product { reward: 1.0, factors: Vec::new() }
    }
}

impl Product {
    fn take<T>(&mut self, part: &Part<T>) {
        self.reward *= part.reward;
        self.factors.extend(part.breakdown.iter().flatten());
    }
}
