//! Grading of a conversation that was played, now or at another time (upstream `evaluator/evaluator.py`,
//! `evaluate_trajectories.py`). Assertions in words are put to a judge first, where the rules of the profile
//! look at them.

use tau_domain::{Message, Role, Usage};
use tau_llm::{ChatModel, ChatRequest};
use tau_toolkits::grading::{
    self, Conversation, Evaluation, GradeError, GradedTask, NlCheck, RewardInfo, judge,
};
use tau_toolkits::{Definition, Domain, Ids, Task, Turn};
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

/// A conversation of which the messages are known, wherever it was held.
#[derive(Clone, Copy)]
pub struct Recording<'r> {
    /// The domain, which also says whose rules hold.
    pub domain: &'r Domain,
    /// All messages, the task's own history first.
    pub turns: &'r [Turn],
    /// Why it ended, in upstream's word.
    pub ending: &'r str,
    /// Whether the agent was alone.
    pub solo: bool,
    /// Where ids come from that tools draw.
    pub seed: u64,
    /// What is looked at.
    pub evaluation: Evaluation,
    /// Whether tools that answer other than recorded are passed over.
    pub lenient: bool,
    /// What a judge found before; `None` has the judge asked, where one is needed.
    pub judged: Option<&'r [NlCheck]>,
    /// What a judge is told, where the domain tells one something.
    pub instruction: Option<&'r str>,
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
    let recording = Recording {
        domain: &definition.domain,
        turns: &turns(task, trajectory)?,
        ending: trajectory.ending.word(),
        solo: spec.agent == AgentKind::Solo,
        seed: spec.seed,
        evaluation: spec.evaluation,
        lenient: false,
        judged: None,
        instruction: definition.wording.judge.as_deref(),
    };
    grade_recording(&recording, &task.graded, judge, cancel).await
}

/// Grades a conversation that was held before.
///
/// # Errors
/// As [`grade`].
pub async fn grade_recording(
    recording: &Recording<'_>,
    task: &GradedTask,
    judge: Option<&dyn ChatModel>,
    cancel: &CancellationToken,
) -> Result<Grade, Failure> {
    let ids = Ids::seeded(recording.seed);
    let graded = |judged: Option<&[NlCheck]>| {
        let conversation = Conversation {
            domain: recording.domain,
            ids: &ids,
            solo: recording.solo,
            turns: recording.turns,
            ending: recording.ending,
            judged,
            lenient: recording.lenient,
        };
        grading::grade(&conversation, task, recording.evaluation)
    };
    let (reward, bill) = match graded(recording.judged) {
        // Only now: a conversation that ended early is not shown to anybody.
        Err(GradeError::JudgeWanted) => {
            let (checks, bill) = ask_judge(recording, task, judge, cancel).await?;
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
    recording: &Recording<'_>,
    task: &GradedTask,
    judge: Option<&dyn ChatModel>,
    cancel: &CancellationToken,
) -> Result<(Vec<NlCheck>, Bill), Failure> {
    let missing =
        |what: &str| Failure::Setup(format!("its assertions in words need a judge, {what}"));
    let model = judge.ok_or_else(|| missing("and there is none"))?;
    let instruction = recording.instruction;
    let instruction = instruction.ok_or_else(|| missing("and the domain does not instruct one"))?;
    let criteria = task.criteria.as_ref();
    let assertions = criteria.and_then(|criteria| criteria.nl_assertions.as_deref());
    let shown = judge::shown(assertions.unwrap_or_default(), recording.turns);
    let request = ChatRequest {
        messages: vec![Message::text(Role::System, instruction), Message::text(Role::User, shown)],
        temperature: Some(0.0),
        ..ChatRequest::default()
    };
    let ask = || model.chat(&request);
    let read = |message: Message| judge::read(message.content.as_deref().unwrap_or_default());
    useful(Speaker::Judge, cancel, ask, read).await
}
