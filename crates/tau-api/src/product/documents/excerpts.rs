//! The conversations that a report shows first: of the tasks that broke most, the first attempt that
//! failed, around the turn where it went wrong.

use tau_report::{EpisodeRow, RunResult, Said, Speaker as By, WorstConversation, worst_tasks};
use tau_runs::{ConversationFilter, Page, RunRow};

use crate::types::{Speaker, Turn};
use crate::{ApiError, Product};

/// Conversations that are shown.
const SHOWN: usize = 5;
/// Turns before the one where it went wrong.
const BEFORE: u32 = 2;
/// Turns of an excerpt.
const TURNS: usize = 5;
/// Letters of a turn.
const LETTERS: usize = 500;

impl Product {
    pub(super) async fn worst(
        &self,
        run: &RunRow,
        rows: &[EpisodeRow],
        result: &RunResult,
    ) -> Result<Vec<WorstConversation>, ApiError> {
        let blames = self.blames(run).await?;
        let mut shown = Vec::new();
        for task in worst_tasks(rows, &result.baseline, SHOWN) {
            let filter = ConversationFilter {
                condition: Some(task.condition_id.clone()),
                task: Some(task.task_id.clone()),
                ..ConversationFilter::default()
            };
            let page = Page { offset: 0, limit: super::AT_ONCE };
            let found = self.runs.conversations(run.id, &filter, page).await?.rows;
            let failed = found.into_iter().find(|episode| episode.trial == task.failed_trial);
            let Some(episode) = failed else { continue };
            let detail = self.get_conversation(episode.id.0.to_string()).await?;
            let blame = blames.get(&episode.id);
            shown.push(WorstConversation {
                task_id: task.task_id,
                condition: episode.condition_name,
                trial: episode.trial,
                reason: detail.verdict,
                fault: blame.map(|blame| format!("{}. {}", blame.author, blame.description)),
                excerpt: excerpt(&detail.turns, blame.and_then(|blame| blame.first_turn)),
            });
        }
        Ok(shown)
    }
}

/// The turns around `first`; the last ones where it is not known.
fn excerpt(turns: &[Turn], first: Option<u32>) -> Vec<Said> {
    let from = match first.and_then(|first| {
        turns.iter().position(|turn| turn.number + BEFORE >= first && turn.number <= first)
    }) {
        Some(from) => from,
        None => turns.len().saturating_sub(TURNS),
    };
    turns.iter().skip(from).take(TURNS).map(said).collect()
}

fn said(turn: &Turn) -> Said {
    let (by, text) = match (&turn.speaker, &turn.tool) {
        (_, Some(tool)) => (By::Tool, tool.sentence.clone()),
        (Speaker::Customer, None) => (By::Customer, turn.text.clone()),
        (_, None) => (By::Agent, turn.text.clone()),
    };
    let text = match text.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    };
    Said { by, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(count: u32) -> Vec<Turn> {
        let turn = |number: u32| Turn {
            number,
            speaker: if number % 2 == 1 { Speaker::Customer } else { Speaker::Agent },
            text: number.to_string(),
            tool: None,
            thought: String::new(),
            drafts: Vec::new(),
            cached: None,
            meter: Vec::new(),
        };
        (1..=count).map(turn).collect()
    }

    fn told(said: &[Said]) -> Vec<&str> {
        said.iter().map(|said| said.text.as_str()).collect()
    }

    #[test]
    fn an_excerpt_stands_around_the_turn_where_it_went_wrong() {
        assert_eq!(told(&excerpt(&turns(20), Some(9))), ["7", "8", "9", "10", "11"]);
        assert_eq!(told(&excerpt(&turns(20), Some(1))), ["1", "2", "3", "4", "5"]);
        assert_eq!(told(&excerpt(&turns(20), None)), ["16", "17", "18", "19", "20"]);
        assert_eq!(told(&excerpt(&turns(3), Some(99))), ["1", "2", "3"]);
    }

    #[test]
    fn a_long_turn_is_cut_between_letters() {
        let mut long = turns(1);
        long[0].text = "ä".repeat(LETTERS + 1);
        let cut = excerpt(&long, None).remove(0).text;
        assert_eq!(cut.chars().count(), LETTERS + 1);
        assert!(cut.ends_with("ä…"));
    }
}
