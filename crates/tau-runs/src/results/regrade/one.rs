//! One recorded conversation, graded anew.

use std::sync::Arc;

use tau_sim::tau2::{Failure, Recording, grade_recording};
use tau_sim::{CancellationToken, episode_seed};
use tau_toolkits::grading::{Basis, Evaluation, NlCheck, RewardInfo};
use tau_toolkits::{Profile, Task, Turn, Value};

use super::super::fields::Fields;
use super::super::tau2::{Context, entry};
use super::super::{Entry, Score};
use super::{Bench, Regraded};

/// Why conversations end, in the words of all versions (upstream `TerminationReason`). Others could mean
/// anything.
const ENDINGS: [&str; 9] = [
    "user_stop",
    "agent_stop",
    "max_steps",
    "timeout",
    "too_many_errors",
    "agent_error",
    "user_error",
    "judge_stop",
    "context_window_exceeded",
];

impl Bench<'_> {
    /// Grades a conversation anew.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub(super) async fn regraded(
        &mut self,
        text: &str,
        number: u32,
        context: &Context,
        cancel: &CancellationToken,
    ) -> Result<Regraded, String> {
        let known = entry(text, context)?;
        let fields = Fields::read(text)?;
        let after = self.reward(&fields, &known, context, cancel).await;
        Ok(Regraded {
            number,
            id: fields.string("id").unwrap_or_default(),
            before: (known.score == Score::Scored).then_some(known.trajectory.reward.value),
            after,
            task_id: known.task_id,
            trial: known.trial,
        })
    }

    async fn reward(
        &mut self,
        fields: &Fields<'_>,
        known: &Entry,
        context: &Context,
        cancel: &CancellationToken,
    ) -> Result<RewardInfo, String> {
        if let Score::NotScored { kind: "recorded_failure", message } = &known.score {
            return Err(message.clone());
        }
        let ending = fields.string("termination_reason").unwrap_or_default();
        if !ENDINGS.contains(&ending.as_str()) {
            return Err(match ending.as_str() {
                "" => "The file does not say why it ended.".to_owned(),
                other => format!("It ended for a reason that is not known: {other}."),
            });
        }
        let task = self.task(&known.task_id, context)?;
        let turns = turns(fields)?;
        let evaluation = self.evaluation(&task);
        let judged = self.judged(fields, &task, evaluation, context);
        let recording = Recording {
            domain: &self.domain,
            turns: &turns,
            ending: &ending,
            solo: self.solo,
            seed: self.seed(fields, known),
            evaluation,
            // As upstream: since 1.0 a tool that answers otherwise now is no obstacle.
            lenient: self.profile >= Profile::V1_0,
            judged: judged.as_deref(),
            instruction: self.definition.wording.judge.as_deref(),
        };
        let graded = grade_recording(&recording, &task.graded, self.how.judge, cancel).await;
        let reward = graded.map_err(|failure| told(&failure))?.reward;
        let looked_at = reward.nl_assertions.as_ref().is_some_and(|checks| !checks.is_empty());
        self.as_judged += u32::from(judged.is_some() && looked_at);
        Ok(reward)
    }

    /// The task as the file has it, or as the domain has it now.
    fn task(&mut self, id: &str, context: &Context) -> Result<Arc<Task>, String> {
        if let Some(known) = self.tasks.get(id) {
            return known.clone();
        }
        let read = match self.how.fresh_tasks {
            true => {
                let lost = || format!("The domain {} has no task {id}.", self.definition.id);
                self.definition.task(id).cloned().map(Arc::new).ok_or_else(lost)
            }
            false => file_task(id, context).map(Arc::new),
        };
        self.tasks.insert(id.to_owned(), read.clone());
        read
    }

    /// What is looked at: what the file says, else everything, with the judge where 0.2 wants to be told so.
    fn evaluation(&self, task: &Task) -> Evaluation {
        let criteria = task.graded.criteria.as_ref();
        let rests = criteria.is_some_and(|criteria| criteria.basis.contains(&Basis::NlAssertion));
        match self.made.evaluation {
            Some(evaluation) => evaluation,
            None if self.profile == Profile::V0_2 && rests => Evaluation::AllWithNlAssertions,
            None => Evaluation::All,
        }
    }

    /// What the file's judge found of the same assertions, where nobody is there to judge anew.
    fn judged(
        &self,
        fields: &Fields<'_>,
        task: &Task,
        evaluation: Evaluation,
        context: &Context,
    ) -> Option<Vec<NlCheck>> {
        let criteria = task.graded.criteria.as_ref()?;
        if self.how.judge.is_some() || !criteria.asks_judge(self.profile, evaluation) {
            return None;
        }
        if self.how.fresh_tasks {
            let then = file_task(&task.id, context).ok()?;
            let then = then.graded.criteria?.nl_assertions;
            if then != criteria.nl_assertions {
                return None;
            }
        }
        let check = |text: &str| {
            let check = Fields::read(text).ok()?;
            Some(NlCheck {
                assertion: check.string("nl_assertion")?,
                met: check.truth("met")?,
                justification: check.string("justification").unwrap_or_default(),
            })
        };
        let found = fields.fields("reward_info")?.list("nl_assertions")?;
        let found: Option<Vec<NlCheck>> = found.into_iter().map(check).collect();
        found.filter(|found| !found.is_empty())
    }

    /// Where ids come from that tools draw: as in the run, where it was one of ours.
    fn seed(&self, fields: &Fields<'_>, known: &Entry) -> u64 {
        match self.made.run_seed {
            Some(seed) => episode_seed(seed, &known.task_id, known.trial),
            None => fields.get("seed").and_then(|seed| seed.parse().ok()).unwrap_or(0),
        }
    }
}

fn file_task(id: &str, context: &Context) -> Result<Task, String> {
    let text =
        context.task_text(id).ok_or_else(|| format!("The file does not hold its task {id}."))?;
    let value = Value::read_json(text);
    let read = value.and_then(|value| Task::read(&value).map_err(|error| error.to_string()));
    read.map_err(|why| format!("Its task cannot be read: {why}."))
}

/// The messages as a replay takes them.
fn turns(fields: &Fields<'_>) -> Result<Vec<Turn>, String> {
    let recorded = fields.list("messages").unwrap_or_default();
    if recorded.is_empty() {
        return Err("The file holds no message of it.".to_owned());
    }
    let mut turns = Vec::with_capacity(recorded.len());
    for (index, text) in recorded.into_iter().enumerate() {
        // Several answers at once, as the orchestrator passes them on.
        let several = Fields::read(text).ok().and_then(|fields| fields.list("tool_messages"));
        for text in several.unwrap_or_else(|| vec![text]) {
            let turn = Value::read_json(text)
                .and_then(|value| Turn::read(&value).map_err(|error| error.to_string()));
            turns.push(
                turn.map_err(|why| format!("Its message {} cannot be read: {why}.", index + 1))?,
            );
        }
    }
    Ok(turns)
}

/// Why there is no reward, in a sentence.
fn told(failure: &Failure) -> String {
    let why = match failure {
        Failure::Grading(error) => error.to_string(),
        Failure::Setup(why) => why.clone(),
        other => return other.to_string(),
    };
    let mut letters = why.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let sentence = format!("{first}{}", letters.as_str());
    if sentence.ends_with('.') { sentence } else { sentence + "." }
}
