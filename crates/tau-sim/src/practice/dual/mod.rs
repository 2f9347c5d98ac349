//! The practice models where the customer may have tools of its own (tau2's domains).
//!
//! The agent follows the task's expected actions: its own it takes, asking before it changes something;
//! the customer's it asks for, naming the tool in brackets. The customer does what it is asked, and its
//! traits act on that: it does not find the button, presses another one, wants reasons, reports so that
//! nobody can tell whether it is done (so that it is asked again, and switches twice), or leaves.

mod agent;
mod customer;

pub use agent::DualPracticeAgent;
pub use customer::DualPracticeCustomer;

use tau_domain::{Message, Role, ToolCall, Usage};
use tau_llm::{ChatReply, Finish};
use tau_toolkits::{Requestor, Task, Value, json_dumps};

use super::speech::sentences;

/// Asked before something is changed.
const GO_AHEAD: &str = "Shall I go ahead? (yes/no)";
/// Said when everything is done that will be.
const CLOSING: &str = "Is there anything else I can help you with?";

/// An expected action.
#[derive(Clone, Debug)]
struct Step {
    tool: String,
    arguments: String,
    by: Requestor,
}

/// The expected actions of a task.
fn steps(task: &Task) -> Vec<Step> {
    let step = |action: &tau_toolkits::grading::Action| Step {
        tool: action.call.name.clone(),
        arguments: json_dumps(&Value::Dict(action.call.arguments.clone())),
        by: action.call.requestor,
    };
    task.actions().iter().map(step).collect()
}

/// What a practice model does.
enum Next {
    Say(String),
    Call(String, String),
}

impl Next {
    /// The same as a model's reply; `turn` tells the calls of a conversation apart.
    fn reply(self, turn: usize) -> ChatReply {
        let mut message = Message::text(Role::Assistant, "");
        let finish = match self {
            Next::Say(text) => {
                message.content = Some(text);
                Finish::Stop
            }
            Next::Call(name, arguments) => {
                message.content = None;
                message.tool_calls.push(ToolCall {
                    id: format!("practice{turn}"),
                    name,
                    arguments,
                });
                Finish::ToolCalls
            }
        };
        ChatReply { message, usage: Usage::default(), finish, cost_usd: Some(0.0), attempts: 1 }
    }
}

fn words(text: &str) -> Vec<String> {
    let words =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether a customer's words say that something was done or seen.
fn reports(text: &str) -> bool {
    const SAYS: [&str; 10] =
        ["done", "on", "off", "now", "says", "shows", "is", "yes", "okay", "enabled"];
    let says = |sentence: &String| {
        !sentence.contains('?') && words(sentence).iter().any(|word| SAYS.contains(&word.as_str()))
    };
    sentences(text).iter().any(says)
}

#[cfg(test)]
mod tests {
    use super::reports;

    #[test]
    fn a_report_is_told_from_a_question_and_from_babble() {
        assert!(reports("Done. It says: Airplane Mode is now OFF."));
        assert!(reports("There are bars now"));
        assert!(reports("Done. Can we hurry?"));
        assert!(!reports("Where is that?"));
        assert!(!reports("Well, the stairs, and my cousin."));
    }
}
