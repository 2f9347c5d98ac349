//! What somebody in a seat has before them: what they may know of the task, and the tools of their side.

use tau_domain::{Message, ToolSpec};
use tau_runs::{PERSON, RunRow};
use tau_sim::tau2::{AgentKind, Brief, seen_by};
use tau_toolkits::Requestor;

use super::super::Product;
use super::super::library::{card, opening_words, title};
use super::super::tool_forms::form;
use crate::types::{Seat, TextPart, ToolForm};
use crate::{ApiError, ErrorCode};

/// A seat with what lies before it.
pub(super) struct Desk {
    pub(super) seat: Seat,
    /// Whether both sides have tools, and each sees its own calls alone.
    both_act: bool,
    pub(super) domain_title: String,
    /// The task, as far as somebody here may know it.
    pub(super) title: String,
    pub(super) card: Vec<TextPart>,
    /// Whether there is nobody to talk to.
    pub(super) alone: bool,
    pub(super) policy: String,
    pub(super) tools: Vec<ToolSpec>,
    /// The tools that end the conversation.
    ending: Vec<String>,
}

/// The person's seat in a run.
pub(super) fn seat(row: &RunRow) -> Seat {
    if row.plan.agent.endpoint == PERSON { Seat::Agent } else { Seat::Customer }
}

impl Product {
    /// The person's desk in a run about `task`.
    ///
    /// # Errors
    /// When the domain or the task is gone.
    pub(super) async fn desk(&self, row: &RunRow, task: &str) -> Result<Desk, ApiError> {
        match &row.plan.tau2 {
            None => self.desk_in_domain(row, task).await,
            Some(tau2) => {
                let definition = self.definition(&row.plan.domain).await?;
                let found = definition.task(task).ok_or_else(gone)?;
                let seat = seat(row);
                let desk = Desk {
                    seat,
                    both_act: true,
                    domain_title: definition.title.clone(),
                    title: opening_words(found),
                    card: Vec::new(),
                    alone: false,
                    policy: String::new(),
                    tools: Vec::new(),
                    ending: Vec::new(),
                };
                if seat == Seat::Customer {
                    let tools = definition.user_tools_of(found).unwrap_or_default();
                    return Ok(Desk { card: card(found), tools, ..desk });
                }
                let brief = Brief::new(tau2.agent, &definition, found)
                    .map_err(|failure| gone().detail(failure))?;
                let alone = tau2.agent == AgentKind::Solo;
                let ticket = found.ticket.clone().filter(|_| alone);
                let card = ticket.map(|text| TextPart { heading: "Your ticket".to_owned(), text });
                Ok(Desk {
                    card: card.into_iter().collect(),
                    alone,
                    policy: tau2.policy.clone(),
                    tools: brief.tools,
                    ending: brief.done.into_iter().collect(),
                    ..desk
                })
            }
        }
    }

    async fn desk_in_domain(&self, row: &RunRow, task: &str) -> Result<Desk, ApiError> {
        let domain = self.domain(&row.plan.domain).await?;
        let found = domain.task(row.plan.split, task);
        let instruction = found.map(|task| task.instruction.clone()).unwrap_or_default();
        let name = found.map(|task| task.title.as_str()).unwrap_or_default();
        let desk = Desk {
            seat: seat(row),
            both_act: false,
            domain_title: domain.title.clone(),
            title: title(name, task),
            card: Vec::new(),
            alone: false,
            policy: String::new(),
            tools: Vec::new(),
            ending: Vec::new(),
        };
        if desk.seat == Seat::Customer {
            let heading = "Who you are and what you want".to_owned();
            return Ok(Desk { card: vec![TextPart { heading, text: instruction }], ..desk });
        }
        let ends = domain.tools.iter().filter(|tool| domain.terminates(&tool.name));
        Ok(Desk {
            policy: domain.policy.clone(),
            ending: ends.map(|tool| tool.name.clone()).collect(),
            tools: domain.tools.clone(),
            ..desk
        })
    }
}

fn gone() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "The task of this conversation is not there any more.")
}

impl Desk {
    /// The tools as forms.
    pub(super) fn forms(&self) -> Vec<ToolForm> {
        let ends = |tool: &ToolSpec| self.ending.contains(&tool.name);
        self.tools.iter().map(|tool| form(tool, ends(tool))).collect()
    }

    /// The messages that this side sees where both sides act; elsewhere all of them.
    pub(super) fn seen(&self, messages: &[Message]) -> Vec<Message> {
        if !self.both_act {
            return messages.to_vec();
        }
        let side = match self.seat {
            Seat::Agent => Requestor::Assistant,
            Seat::Customer => Requestor::User,
        };
        seen_by(side, messages).into_iter().cloned().collect()
    }

    /// Whether a customer in this seat sees calls: those that it made itself.
    pub(super) fn shows_calls(&self) -> bool {
        self.both_act || self.seat == Seat::Agent
    }
}
