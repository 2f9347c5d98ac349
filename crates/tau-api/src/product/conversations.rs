//! Conversations: listed, and told turn by turn.

use tau_diagnosis::{Account, Did, Dual, EndDifference, Point};
use tau_domain::{Action, Ending, Message, Outcome, Task, ToolCall};
use tau_report::explain;
use tau_runs::{Conversation, ConversationFilter, EpisodeId, EpisodeRow, RunRow};
use tau_sim::STOP_MARKER;

use super::Product;
use super::fidelity::beside;
use super::library::{count, title};
use super::runs::{read_page, read_run};
use super::states;
use crate::types::{
    CachedReplies, ConversationDetail, ConversationPage, ConversationQuery, ConversationSummary,
    DraftLine, EndRecord, FieldDifference, GradeAccount, GradePart, GradePoint, NamedValue,
    OutputLine, RecordDifference, Seat, Speaker, ToolTurn, Turn,
};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Conversations of a run.
    pub async fn list_conversations(
        &self,
        query: ConversationQuery,
    ) -> Result<ConversationPage, ApiError> {
        let run = read_run(&query.run_id)?;
        let filter = ConversationFilter {
            outcome: query.outcome,
            condition: query.condition,
            task: query.task,
            text: query.text.trim().to_owned(),
        };
        let page = read_page(query.page);
        if query.author.is_some() || query.tag.is_some() {
            let run = self.runs.run(run).await?;
            let (author, tag) = (query.author.as_deref(), query.tag.as_deref());
            let found = self.failures_with(&run, filter, author, tag).await?;
            let rows = found.iter().skip(page.offset as usize).take(page.limit as usize);
            return Ok(ConversationPage {
                total: count(found.len()),
                rows: rows.map(summary).collect(),
            });
        }
        let found = self.runs.conversations(run, &filter, page).await?;
        Ok(ConversationPage { total: found.total, rows: found.rows.iter().map(summary).collect() })
    }

    /// One conversation, or as far as it went.
    pub async fn get_conversation(&self, id: String) -> Result<ConversationDetail, ApiError> {
        let conversation = self.runs.conversation(read_conversation(&id)?).await?;
        let run = self.runs.run(conversation.row.run).await?;
        let task = match &conversation.task {
            Some(task) => Some(task.clone()),
            None => self.task(&run, &conversation.row.task_id).await,
        };
        let readings = self
            .readings_beside(
                &run.plan,
                &conversation.row.condition_id,
                conversation.row.id,
                &conversation.messages,
            )
            .await?;
        let numbered = tau_diagnosis::turns(&conversation.messages);
        let messages: Vec<usize> = numbered.into_iter().map(|turn| turn.message).collect();
        let account = self.account_of(&run.plan, &conversation).await?;
        let mut detail = detail(&run, conversation, task.as_ref());
        detail.account = account.map(grade_account);
        if run.plan.is_solo() {
            detail.ticket = Some(self.ticket(&run, &detail.summary.task_id).await);
        }
        beside(&mut detail.turns, &messages, readings);
        Ok(detail)
    }

    /// What an agent who works alone was given to read; empty where the domain is gone.
    async fn ticket(&self, run: &RunRow, task: &str) -> String {
        let found = self.definition(&run.plan.domain).await.ok();
        let task = found.as_ref().and_then(|definition| definition.task(task));
        task.and_then(|task| task.ticket.clone()).unwrap_or_default()
    }

    /// The task of a conversation that is not finished, from the domain.
    async fn task(&self, run: &RunRow, id: &str) -> Option<Task> {
        if run.plan.tau2.is_some() {
            let definition = self.definition(&run.plan.domain).await.ok()?;
            return definition.task(id).map(tau_runs::task_in_words);
        }
        let domain = self.domain(&run.plan.domain).await.ok()?;
        domain.task(run.plan.split, id).cloned()
    }
}

/// A conversation's id as the interface writes it.
pub(crate) fn read_conversation(id: &str) -> Result<EpisodeId, ApiError> {
    id.parse()
        .map(EpisodeId)
        .map_err(|_| ApiError::new(ErrorCode::NotFound, "This conversation is not there any more."))
}

pub(crate) fn summary(row: &EpisodeRow) -> ConversationSummary {
    ConversationSummary {
        id: row.id.0.to_string(),
        run_id: row.run.to_string(),
        task_id: row.task_id.clone(),
        title: title(&row.task_title, &row.task_id),
        condition: row.condition_id.clone(),
        condition_name: row.condition_name.clone(),
        attempt: row.trial + 1,
        outcome: row.outcome,
        why: why(row),
        messages: row.messages,
        tool_calls: row.tool_calls,
        cached: (row.cached_replies > 0)
            .then_some(CachedReplies { cached: row.cached_replies, replies: row.replies }),
    }
}

/// A list's short reason, from what the list's row holds.
pub(crate) fn why(row: &EpisodeRow) -> String {
    match (row.outcome, row.ending) {
        (Outcome::NotScored, _) => row.message.clone(),
        (Outcome::Failed, Some(Ending::StepLimit)) => "Went on for too long".into(),
        (Outcome::Failed, Some(Ending::AgentError)) => "The agent's reply could not be used".into(),
        (Outcome::Failed, Some(Ending::Terminated)) => {
            "Ended by the agent without the expected result".into()
        }
        (Outcome::Failed, _) => "The customer left without the expected result".into(),
        (Outcome::Passed, _) => "Done as expected".into(),
        (Outcome::Pending | Outcome::Running, _) => String::new(),
    }
}

/// Why a conversation came out as it did, in a sentence; empty while it goes on.
pub(crate) fn verdict_of(conversation: &Conversation) -> String {
    let Some(trajectory) = &conversation.trajectory else {
        return match conversation.row.outcome {
            Outcome::NotScored => explain::why_not_scored(&conversation.row.message),
            _ => String::new(),
        };
    };
    // A grade of tau2 has more parts than our words say.
    if let Some(account) = recorded_account(conversation) {
        return account.sentence(trajectory.reward.value >= 1.0);
    }
    explain::why(trajectory.ending, &trajectory.reward, &trajectory.differences, trajectory.steps)
}

fn detail(run: &RunRow, conversation: Conversation, task: Option<&Task>) -> ConversationDetail {
    let verdict = verdict_of(&conversation);
    let mut turns = turns(&conversation.messages);
    let device = states::watched(&mut turns, &conversation);
    let Conversation { row, place, trajectory, .. } = conversation;
    let condition = run.plan.conditions.iter().find(|condition| condition.id == row.condition_id);
    let id = |episode: Option<EpisodeId>| episode.map(|episode| episode.0.to_string());
    let (differences, outputs, graded) = match &trajectory {
        Some(trajectory) => (
            records(explain::record_differences(&trajectory.differences)),
            trajectory
                .reward
                .outputs
                .iter()
                .map(|check| OutputLine { text: check.output.clone(), said: check.found })
                .collect(),
            trajectory.reward.graded,
        ),
        None => (Vec::new(), Vec::new(), false),
    };
    ConversationDetail {
        summary: summary(&row),
        instruction: task.map(|task| task.instruction.clone()).unwrap_or_default(),
        ticket: None,
        traits: condition
            .filter(|condition| condition.id != tau_traits::BASELINE)
            .map(|condition| match condition.mix.is_baseline() {
                true => condition.name.clone(),
                false => condition.mix.label(&run.plan.trait_set()),
            })
            .unwrap_or_default(),
        practice: run.plan.is_practice(),
        turns,
        verdict,
        differences,
        graded,
        outputs,
        expected_actions: task.map(expected_actions).unwrap_or_default(),
        previous: id(place.previous),
        next: id(place.next),
        baseline: id(place.baseline),
        device,
        account: None,
    }
}

/// The grade of a conversation as it is recorded, taken apart, where it has several parts (tau2).
pub(crate) fn recorded_account(conversation: &Conversation) -> Option<Account> {
    let dual = Dual {
        messages: &conversation.messages,
        extra: conversation.extra.as_ref()?.as_str(),
        reward: conversation.trajectory.as_ref()?.reward.value,
        seed: 0,
    };
    tau_diagnosis::account(None, &dual)
}

fn grade_account(account: Account) -> GradeAccount {
    let point = |point: Point| GradePoint {
        text: point.text,
        met: point.met,
        remark: point.remark,
        turn: point.turn,
    };
    let parts = account.parts.into_iter().map(|part| GradePart {
        title: part.kind.title().to_owned(),
        counts: part.counts,
        met: part.met,
        points: part.points.into_iter().map(point).collect(),
        differences: end_records(part.differences),
    });
    let other = "The tools answer differently here than they did in the conversation: it was held on other data, so what was found instead may be off.";
    GradeAccount {
        cut_short: account.ended_early,
        parts: parts.collect(),
        note: if account.exact == Some(false) { other.to_owned() } else { String::new() },
        ending: account.ending,
    }
}

/// Differences grouped by the record that they are in.
fn end_records(differences: Vec<EndDifference>) -> Vec<EndRecord> {
    let mut records: Vec<EndRecord> = Vec::new();
    for difference in differences {
        let seat = if difference.on_customers_side { Seat::Customer } else { Seat::Agent };
        let field = FieldDifference {
            field: difference.field,
            expected: difference.expected.unwrap_or_default(),
            actual: difference.left.unwrap_or_default(),
        };
        match records.iter_mut().find(|one| one.seat == seat && one.record == difference.record) {
            Some(record) => record.fields.push(field),
            None => {
                records.push(EndRecord { seat, record: difference.record, fields: vec![field] })
            }
        }
    }
    records
}

/// The messages as a person reads them, numbered as diagnoses number them. A message is shown as what
/// was heard of it; thoughts and drafts that were held back stand beside its first turn.
pub(crate) fn turns(messages: &[Message]) -> Vec<Turn> {
    let mut shown: Vec<Turn> = Vec::new();
    let mut last = None;
    for turn in tau_diagnosis::turns(messages) {
        let (speaker, text, tool) = match turn.did {
            Did::CustomerSaid(text) => (Speaker::Customer, without_marker(text), None),
            Did::AgentSaid(text) | Did::AgentRemarked(text) => {
                (Speaker::Agent, without_marker(text), None)
            }
            Did::Called(call, result) => {
                (Speaker::Tool, String::new(), Some(tool_turn(call, result)))
            }
        };
        let first = last.replace(turn.message) != Some(turn.message);
        let reading = messages[turn.message].reading.as_ref().filter(|_| first);
        shown.push(Turn {
            number: turn.number,
            speaker,
            text,
            tool,
            thought: reading.and_then(|reading| reading.thought.clone()).unwrap_or_default(),
            drafts: reading
                .map(|reading| reading.drafts.iter().map(draft_line).collect())
                .unwrap_or_default(),
            meter: Vec::new(),
            cached: messages[turn.message].cached.then_some(true),
        });
    }
    shown
}

fn draft_line(draft: &tau_domain::Draft) -> DraftLine {
    // A check answers with one word; others say what was wrong.
    let verdict = match draft.verdict.trim().to_lowercase().trim_end_matches('.') {
        "false" | "no" => "The check turned it down.".to_owned(),
        _ => draft.verdict.clone(),
    };
    DraftLine { text: draft.text.clone(), verdict }
}

/// Stands where nothing was said but that it is over.
const ENDED: &str = "(ended the conversation)";

/// What was said, without the marker by which simulated customers, and agents who work alone, end.
fn without_marker(text: &str) -> String {
    let said = text.replace(STOP_MARKER, "");
    match said.trim() {
        "" if text.contains(STOP_MARKER) => ENDED.to_owned(),
        said => said.to_owned(),
    }
}

/// A call with its answer.
pub(super) fn tool_turn_of(name: &str, arguments: &str, result: &str) -> ToolTurn {
    let call =
        ToolCall { id: String::new(), name: name.to_owned(), arguments: arguments.to_owned() };
    tool_turn(&call, Some(result))
}

fn tool_turn(call: &ToolCall, result: Option<&str>) -> ToolTurn {
    ToolTurn {
        name: call.name.clone(),
        sentence: match result {
            Some(result) => explain::tool_line(&call.name, &call.arguments, result),
            None => explain::tool_call(&call.name, &call.arguments),
        },
        ok: result.is_some_and(|result| {
            !result.starts_with("Error") && !result.starts_with("Unknown action")
        }),
        arguments: named_values(&call.arguments),
        result: result.map(pretty).unwrap_or_default(),
        seat: None,
        changes: None,
    }
}

/// Arguments as labels and values.
fn named_values(arguments: &str) -> Vec<NamedValue> {
    let named = explain::named_arguments(arguments).into_iter();
    named.map(|(name, value)| NamedValue { name, value }).collect()
}

/// A result laid out over lines when it has structure.
fn pretty(result: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(result) {
        Ok(value @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) => {
            serde_json::to_string_pretty(&value).unwrap_or_else(|_| result.to_owned())
        }
        _ => result.to_owned(),
    }
}

fn expected_actions(task: &Task) -> Vec<String> {
    let sentence = |action: &Action| explain::tool_to_call(&action.name, action.kwargs.as_str());
    task.actions.iter().map(sentence).collect()
}

fn records(groups: Vec<explain::RecordLines>) -> Vec<RecordDifference> {
    groups
        .into_iter()
        .map(|group| RecordDifference {
            record: group.record,
            fields: group
                .fields
                .into_iter()
                .map(|field| FieldDifference {
                    field: field.field,
                    expected: field.expected,
                    actual: field.actual,
                })
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marker_that_ends_a_conversation_is_not_shown_as_speech() {
        assert_eq!(without_marker("###STOP###"), "(ended the conversation)");
        assert_eq!(without_marker("Thanks, bye. ###STOP###"), "Thanks, bye.");
        assert_eq!(without_marker(""), "");
    }
}
