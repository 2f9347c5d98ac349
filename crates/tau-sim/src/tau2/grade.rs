//! Grading of a conversation that was played (upstream `evaluator/evaluator.py`). Assertions in words are
//! put to a judge first, where the rules of the profile look at them.

use tau_domain::{Message, Role, Usage};
use tau_llm::{ChatModel, ChatRequest};
use tau_toolkits::grading::{self, Conversation, GradeError, NlCheck, RewardInfo, judge};
use tau_toolkits::{Definition, Ids, Task, Turn};
use tokio_util::sync::CancellationToken;

use super::reply::useful;
use super::{AgentKind, Failure, Speaker, Spec, Trajectory};
use crate::customer::Bill;

/// What a conversation was worth, and what judging it took.
#[derive(Clone, Debug)]
pub struct Grade {
    /// The reward with everything it rests on.
    pub reward: RewardInfo,
    /// Tokens of the judge's model.
    pub judge_usage: Usage,
    /// What the judge's model cost in US dollars, where prices are known.
    pub judge_cost_usd: Option<f64>,
    /// How often the judge's model replied.
    pub judge_replies: u32,
    /// How many of these replies were taken from the cache.
    pub judge_cached: u32,
}

/// Grades a conversation by the rules of the definition's profile.
///
/// # Errors
/// When upstream raises, or a judge is needed who is not there or has no instruction, could not be asked,
/// or gave nothing that can be read.
pub async fn grade(
    definition: &Definition,
    task: &Task,
    spec: &Spec,
    trajectory: &Trajectory,
    judge: Option<&dyn ChatModel>,
    cancel: &CancellationToken,
) -> Result<Grade, Failure> {
    let turns = turns(task, trajectory)?;
    let ids = Ids::seeded(spec.seed);
    let graded = |judged: Option<&[NlCheck]>| {
        let conversation = Conversation {
            domain: &definition.domain,
            ids: &ids,
            solo: spec.agent == AgentKind::Solo,
            turns: &turns,
            ending: trajectory.ending.word(),
            judged,
            lenient: false,
        };
        grading::grade(&conversation, &task.graded, spec.evaluation)
    };
    let (reward, bill) = match graded(None) {
        // Only now: a conversation that ended early is not shown to anybody.
        Err(GradeError::JudgeWanted) => {
            let (checks, bill) = ask_judge(definition, task, &turns, judge, cancel).await?;
            (graded(Some(&checks)), bill)
        }
        reward => (reward, Bill::default()),
    };
    let reward = reward.map_err(Failure::Grading)?;
    Ok(Grade {
        reward,
        judge_usage: bill.usage,
        judge_cost_usd: bill.cost_usd,
        judge_replies: bill.replies,
        judge_cached: bill.cached,
    })
}

/// The messages as a replay takes them; the task's own history as the task has it.
fn turns(task: &Task, trajectory: &Trajectory) -> Result<Vec<Turn>, Failure> {
    let own = task.graded.history.iter().cloned().map(Ok);
    let played = trajectory.entries[trajectory.history..].iter().map(super::Entry::turn);
    Ok(own.chain(played).collect::<Result<_, _>>()?)
}

async fn ask_judge(
    definition: &Definition,
    task: &Task,
    turns: &[Turn],
    judge: Option<&dyn ChatModel>,
    cancel: &CancellationToken,
) -> Result<(Vec<NlCheck>, Bill), Failure> {
    let missing =
        |what: &str| Failure::Setup(format!("its assertions in words need a judge, {what}"));
    let model = judge.ok_or_else(|| missing("and there is none"))?;
    let instruction = definition.wording.judge.as_deref();
    let instruction = instruction.ok_or_else(|| missing("and the domain does not instruct one"))?;
    let criteria = task.graded.criteria.as_ref();
    let assertions = criteria.and_then(|criteria| criteria.nl_assertions.as_deref());
    let shown = judge::shown(assertions.unwrap_or_default(), turns);
    let request = ChatRequest {
        messages: vec![Message::text(Role::System, instruction), Message::text(Role::User, shown)],
        temperature: Some(0.0),
        ..ChatRequest::default()
    };
    let ask = || model.chat(&request);
    let read = |message: Message| judge::read(message.content.as_deref().unwrap_or_default());
    useful(Speaker::Judge, cancel, ask, read).await
}
