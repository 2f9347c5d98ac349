//! Conversations written by hand and carried out in the shipped shop.

#![allow(clippy::unwrap_used, dead_code)] // helpers of tests are tests

use std::path::Path;
use std::sync::Arc;

use tau_domain::{
    Domain, Ending, Environment, JsonText, Message, Role, Split, Task, ToolCall, Trajectory, Usage,
};
use tau_sim::STOP_MARKER;

/// One line of a conversation.
pub enum Line {
    Customer(&'static str),
    Agent(&'static str),
    Calls(&'static str, &'static str),
    /// A call that is answered with this, whatever the tool would say.
    Answered(&'static str, &'static str, &'static str),
}

pub fn shop() -> Arc<Domain> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/retail");
    Arc::new(tau_packs::open_pack(&dir).unwrap())
}

pub fn task(domain: &Arc<Domain>, id: &str) -> Task {
    domain.task(Split::Test, id).unwrap().clone()
}

/// The conversation, carried out and graded.
pub fn conversation(domain: &Arc<Domain>, task: &Task, lines: &[Line]) -> Trajectory {
    let mut environment = Environment::new(domain.clone(), 0);
    let mut messages = vec![Message::text(Role::System, "policy")];
    let mut said = Vec::new();
    let mut ending = Ending::StepLimit;
    for line in lines {
        match line {
            Line::Customer(text) => {
                messages.push(Message::text(Role::User, *text));
                if text.contains(STOP_MARKER) {
                    ending = Ending::CustomerStopped;
                }
            }
            Line::Agent(text) => {
                messages.push(Message::text(Role::Assistant, *text));
                said.push((*text).to_owned());
            }
            Line::Calls(tool, arguments) => {
                let seen = environment.call(tool, &JsonText::from(*arguments));
                if seen.terminates {
                    ending = Ending::Terminated;
                }
                push_call(&mut messages, tool, arguments, &seen.to_string());
            }
            Line::Answered(tool, arguments, answer) => {
                push_call(&mut messages, tool, arguments, answer);
            }
        }
    }
    let mut reward = environment.grade(task, &said);
    if ending == Ending::StepLimit {
        (reward.value, reward.graded) = (0.0, false);
    }
    Trajectory {
        messages,
        ending,
        differences: environment.differences_from_gold(task),
        reward,
        agent_usage: Usage::default(),
        customer_usage: Usage::default(),
        agent_cost_usd: None,
        customer_cost_usd: None,
        steps: lines.len() as u32,
    }
}

fn push_call(messages: &mut Vec<Message>, tool: &str, arguments: &str, answer: &str) {
    let call = ToolCall {
        id: format!("call_{}", messages.len()),
        name: tool.to_owned(),
        arguments: arguments.to_owned(),
    };
    let mut acting = Message::text(Role::Assistant, "");
    acting.content = None;
    acting.tool_calls.push(call.clone());
    messages.push(acting);
    messages.push(Message::tool_result(&call, answer));
}
