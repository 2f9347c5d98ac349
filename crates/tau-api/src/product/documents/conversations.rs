//! Conversations as lines of JSON, read and written one at a time.

use std::collections::HashMap;

use tau_diagnosis::Account;
use tau_report::{
    ConditionLine, ConversationLine, Costs, FaultLine, MessageLine, Replies, RunLine, TaskLine,
    Tokens, write_line,
};
use tau_runs::{Conversation, EpisodeId, RunRow, StoredDiagnosis};

use super::super::conversations::verdict_of;
use super::super::results::{file_name, not_saved};
use super::super::runs::{agent_name, customer_name};
use super::seconds;
use crate::files::Beside;
use crate::types::Exported;
use crate::{ApiError, Product};

impl Product {
    /// Saves all conversations of a run where the person says, one a line.
    pub(super) async fn save_conversations(&self, row: &RunRow) -> Result<Exported, ApiError> {
        let suggested = format!("{}.jsonl", file_name(&row.name));
        let Some(path) = self.host.choose_save_path(&suggested).await else {
            return Ok(Exported { path: None });
        };
        let failed = |error: &std::io::Error| not_saved(&path, error);
        let mut file = Beside::create(&path).map_err(|error| failed(&error))?;
        // The rules look first, so that what they say is among what is stored.
        self.blames(row).await?;
        let mut faults: HashMap<EpisodeId, Vec<FaultLine>> = HashMap::new();
        for one in self.runs.diagnoses(row.id).await? {
            faults.entry(one.episode).or_default().extend(fault(one));
        }
        let run = run_line(row);
        for episode in self.all_episodes(row).await? {
            let conversation = self.runs.conversation(episode.id).await?;
            let faults = faults.remove(&episode.id).unwrap_or_default();
            let account = self.account_of(&row.plan, &conversation).await?;
            let line = line(row, &run, &conversation, account.as_ref(), faults);
            write_line(&mut file, &line).map_err(|error| failed(&error))?;
        }
        file.publish().map_err(|error| failed(&error))?;
        Ok(Exported { path: Some(path.display().to_string()) })
    }
}

/// A stored verdict; one that cannot be read any more is left out.
fn fault(stored: StoredDiagnosis) -> Option<FaultLine> {
    let judgement = serde_json::from_str(&stored.body).ok()?;
    Some(FaultLine { source: stored.source, model: stored.model, judgement })
}

fn run_line(row: &RunRow) -> RunLine {
    let plan = &row.plan;
    RunLine {
        id: row.id.to_string(),
        name: row.name.clone(),
        domain: plan.domain.to_string(),
        split: plan.split_name().to_owned(),
        agent: agent_name(row),
        customer: customer_name(row),
        grader: plan.grader.clone(),
        prompts_hash: plan.prompts_hash.clone(),
        practice: plan.is_practice(),
    }
}

fn line<'a>(
    row: &'a RunRow,
    run: &'a RunLine,
    conversation: &'a Conversation,
    account: Option<&Account>,
    faults: Vec<FaultLine>,
) -> ConversationLine<'a> {
    let episode = &conversation.row;
    let planned = row.plan.conditions.iter().find(|each| each.id == episode.condition_id);
    let mix = planned.map(|each| each.mix.trait_dict()).into_iter().flatten();
    let trajectory = conversation.trajectory.as_ref();
    ConversationLine {
        run,
        task: TaskLine {
            id: &episode.task_id,
            index: episode.task_index,
            title: &episode.task_title,
            definition: conversation.task.as_ref(),
        },
        condition: ConditionLine {
            id: &episode.condition_id,
            name: &episode.condition_name,
            mix: mix.map(|(id, strength)| (id.clone(), strength.level())).collect(),
        },
        trial: episode.trial,
        outcome: episode.outcome,
        reward: trajectory.map(|trajectory| trajectory.reward.value),
        reason: verdict_of(conversation),
        ending: episode.ending,
        grade: trajectory.map(|trajectory| &trajectory.reward),
        // It holds texts, numbers and lists alone, so it can be written.
        account: account.and_then(|account| serde_json::to_value(account).ok()),
        differences: trajectory.map_or(&[], |trajectory| &trajectory.differences),
        messages: conversation.messages.iter().map(MessageLine::of).collect(),
        steps: episode.steps,
        seconds: seconds(episode),
        cost_usd: Costs {
            agent: trajectory.and_then(|trajectory| trajectory.agent_cost_usd),
            customer: trajectory.and_then(|trajectory| trajectory.customer_cost_usd),
            total: episode.cost_usd,
        },
        replies: (episode.replies > 0)
            .then_some(Replies { total: episode.replies, cached: episode.cached_replies }),
        tokens: trajectory.map(|trajectory| Tokens {
            agent: trajectory.agent_usage,
            customer: trajectory.customer_usage,
        }),
        faults,
    }
}
