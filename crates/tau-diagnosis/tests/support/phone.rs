//! Conversations of two who both have tools, written by hand and carried out at the mobile operator.

#![allow(clippy::unwrap_used, dead_code)] // helpers of tests are tests

use std::path::Path;

use tau_diagnosis::{Account, Dual, DualVerdict, account, diagnose_dual};
use tau_domain::{Message, Role};
use tau_packs::tau2::{Guidance, open_definition};
use tau_toolkits::grading::{Conversation, Evaluation, NlCheck, RewardInfo, grade};
use tau_toolkits::{Definition, Ids, Requestor, Task, ToolCall, Turn, Value, json_dumps};

/// One line of a conversation.
#[derive(Clone, Copy)]
pub enum Line {
    Customer(&'static str),
    Agent(&'static str),
    /// The customer uses its device.
    Does(&'static str, &'static str),
    /// The agent calls a tool.
    Calls(&'static str, &'static str),
    /// A call of the agent's that is answered with this, whatever the tool would say.
    Answered(&'static str, &'static str, &'static str),
}

pub fn mobile() -> Definition {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/mobile");
    open_definition(&pack, Guidance::Manual).unwrap()
}

/// A conversation as it is stored.
pub struct Stored {
    pub messages: Vec<Message>,
    pub extra: String,
    pub reward: f64,
}

impl Stored {
    pub fn dual(&self) -> Dual<'_> {
        Dual { messages: &self.messages, extra: &self.extra, reward: self.reward, seed: 0 }
    }

    pub fn verdict(&self, definition: &Definition) -> DualVerdict {
        diagnose_dual(&definition.domain, &self.dual()).unwrap()
    }

    pub fn account(&self, definition: &Definition) -> Account {
        account(Some(&definition.domain), &self.dual()).unwrap()
    }
}

/// The conversation about a task, carried out and graded as one that ended so.
pub fn held(definition: &Definition, task: &Task, lines: &[Line], ending: &str) -> Stored {
    let ids = Ids::seeded(0);
    let mut environment = definition.domain.environment(&ids).unwrap();
    environment.set_state(&task.graded.initial, &[]).unwrap();
    let mut messages = vec![Message::text(Role::System, "policy")];
    let mut turns = Vec::new();
    for line in lines {
        let (tool, arguments, by_user, answer) = match *line {
            Line::Customer(text) => {
                messages.push(Message::text(Role::User, text));
                turns.push(said(true, text));
                continue;
            }
            Line::Agent(text) => {
                messages.push(Message::text(Role::Assistant, text));
                turns.push(said(false, text));
                continue;
            }
            Line::Does(tool, arguments) => (tool, arguments, true, None),
            Line::Calls(tool, arguments) => (tool, arguments, false, None),
            Line::Answered(tool, arguments, answer) => (tool, arguments, false, Some(answer)),
        };
        let id = format!("call_{}", messages.len());
        let Value::Dict(read) = Value::read_json(arguments).unwrap() else { panic!() };
        let requestor = if by_user { Requestor::User } else { Requestor::Assistant };
        let call = ToolCall { id: id.clone(), name: tool.into(), arguments: read, requestor };
        let content = match answer {
            Some(answer) => answer.to_owned(),
            None => environment.get_response(&call).content,
        };
        let said =
            tau_domain::ToolCall { id: id.clone(), name: tool.into(), arguments: arguments.into() };
        let role = if by_user { Role::User } else { Role::Assistant };
        let mut acting = Message { content: None, ..Message::text(role, "") };
        acting.tool_calls.push(said.clone());
        messages.push(acting);
        messages.push(Message::tool_result(&said, content.clone()));
        turns.push(Turn::Said { by_user, content: None, calls: Some(vec![call]) });
        turns.push(Turn::Answer { id, content: Some(content) });
    }
    let criteria = task.graded.criteria.as_ref().unwrap();
    let judged: Vec<NlCheck> =
        criteria.nl_assertions.iter().flatten().map(|one| unmet(one)).collect();
    let conversation = Conversation {
        domain: &definition.domain,
        ids: &ids,
        solo: false,
        turns: &turns,
        ending,
        judged: Some(&judged),
        lenient: true,
    };
    let reward = grade(&conversation, &task.graded, Evaluation::All).unwrap();
    stored(definition, task, messages, &reward, ending)
}

/// What a stored conversation consists of.
pub fn stored(
    definition: &Definition,
    task: &Task,
    messages: Vec<Message>,
    reward: &RewardInfo,
    ending: &str,
) -> Stored {
    let profile = definition.profile;
    let simulation =
        Value::dict([("termination_reason", ending.into()), ("reward_info", reward.dump(profile))]);
    let extra = Value::dict([
        ("played_here", true.into()),
        ("simulation", simulation),
        ("task", task.dump(profile)),
    ]);
    Stored { messages, extra: json_dumps(&extra), reward: reward.reward }
}

fn unmet(assertion: &str) -> NlCheck {
    let justification = "The agent was short with the customer.".to_owned();
    NlCheck { assertion: assertion.to_owned(), met: false, justification }
}

fn said(by_user: bool, text: &str) -> Turn {
    Turn::Said { by_user, content: Some(text.to_owned()), calls: None }
}
