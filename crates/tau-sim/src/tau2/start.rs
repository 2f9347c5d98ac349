//! How a conversation begins: with a greeting, with an agent alone at work, or where the task's own history
//! leaves off.

use tau_domain::{Message, Role};
use tau_toolkits::{Definition, Environment, Ids, Profile, Requestor, Task};

use super::customer::flipped;
use super::entry::read_history;
use super::orchestrator::{Party, Playing, stops};
use super::{AgentKind, Ending, Entry, Failure, Spec};

/// The environment of a task, its history replayed.
pub(super) fn environment(
    definition: &Definition,
    task: &Task,
    spec: &Spec,
) -> Result<Environment, Failure> {
    let ids = Ids::seeded(spec.seed);
    let mut environment = match spec.agent {
        AgentKind::Solo => definition.domain.solo_environment(&ids),
        AgentKind::Llm | AgentKind::Plan => definition.domain.environment(&ids),
    }?;
    environment.set_state(&task.graded.initial, &task.graded.history)?;
    Ok(environment)
}

impl Playing<'_> {
    /// The first message; gives how many there were before.
    pub(super) async fn begin(&mut self) -> Result<usize, Failure> {
        self.show_state();
        let history = read_history(&self.task.messages)?;
        let before = history.len();
        if before > 0 {
            self.go_on(history)?;
        } else if self.brief.done.is_some() {
            self.begin_alone().await?;
        } else {
            self.greet();
        }
        self.look_at_order();
        self.environment.sync_tools()?;
        Ok(before)
    }

    /// The agent's greeting, which no model wrote. In the first release it is not in the agent's own
    /// history: its model first reads what the customer says.
    fn greet(&mut self) {
        let text = self.definition.wording.greeting.as_str();
        let message = Message::text(Role::Assistant, text);
        if self.profile() >= Profile::V0_2 {
            self.agent_saw.push(message.clone());
        }
        let greeting = Entry { cost_usd: Some(0.0), ..Entry::said(Requestor::Assistant, message) };
        self.send(greeting, Party::Agent, Party::Customer);
    }

    /// The first message of an agent alone.
    async fn begin_alone(&mut self) -> Result<(), Failure> {
        let entry = self.ask_agent().await?;
        let (stops, calls) = (self.agent_stops(&entry), entry.is_tool_call());
        self.agent_saw.push(entry.message.clone());
        self.send(entry, Party::Agent, Party::Customer);
        if stops {
            self.ending = Some(Ending::AgentStop);
            // Upstream takes the last message for one to the customer, whatever it is.
            self.to = Party::Customer;
        } else if !calls {
            self.ending = Some(Ending::AgentError);
        }
        Ok(())
    }

    /// Goes on after the task's history: its last message is on its way, and each side has seen its part
    /// of what was before.
    fn go_on(&mut self, history: Vec<Entry>) -> Result<(), Failure> {
        check(&history)?;
        let last = history.len() - 1;
        for entry in history {
            self.push(entry);
        }
        self.sent = last;
        let entry = &self.entries[last];
        let calls = entry.is_tool_call();
        let own = match entry.requestor {
            Requestor::Assistant => Party::Agent,
            Requestor::User => Party::Customer,
        };
        let (from, to, ending) = match entry.message.role {
            Role::Tool => (Party::Environment, own, None),
            Role::Assistant => {
                let ending = self.agent_stops(entry).then_some(Ending::AgentStop);
                (Party::Agent, if calls { Party::Environment } else { Party::Customer }, ending)
            }
            _ => {
                let ending = stops(entry).then_some(Ending::UserStop);
                (Party::Customer, if calls { Party::Environment } else { Party::Agent }, ending)
            }
        };
        // Who is about to get the last message has not seen it yet; the other side has, if it may.
        let seen_by =
            |party: Party| if to == party { &self.entries[..last] } else { &self.entries[..] };
        let agent = seen_by(Party::Agent).iter().filter(|entry| agent_sees(entry));
        let agent: Vec<Message> = agent.map(|entry| entry.message.clone()).collect();
        let customer: Vec<Message> = seen_by(Party::Customer).iter().filter_map(flipped).collect();
        (self.agent_saw, self.customer_saw) = (agent, customer);
        (self.from, self.to, self.ending) = (from, to, ending);
        Ok(())
    }
}

/// Whether a message is in the agent's history: all of its own, what the customer says to it, the answers
/// to its calls.
fn agent_sees(entry: &Entry) -> bool {
    match entry.message.role {
        Role::Assistant => true,
        Role::User => !entry.is_tool_call(),
        _ => entry.requestor == Requestor::Assistant,
    }
}

/// Whether a history is one that upstream takes: everybody says or calls something, and as many answers
/// follow as there were calls.
fn check(history: &[Entry]) -> Result<(), Failure> {
    let refused = |why: String| Err(Failure::Setup(why));
    let (mut missing, mut caller) = (0, None);
    for entry in history {
        if entry.message.role == Role::Tool {
            if missing == 0 || caller.is_none() {
                return refused("an answer of a tool in its history was not asked for".into());
            }
            if caller != Some(entry.requestor) {
                return refused("an answer of a tool in its history is somebody else's".into());
            }
            missing -= 1;
            continue;
        }
        if !entry.has_text() && !entry.is_tool_call() {
            return refused("a message in its history is empty".into());
        }
        caller = None;
        if entry.is_tool_call() {
            if missing > 0 {
                return refused(format!("{missing} answers of tools are missing in its history"));
            }
            missing = entry.message.tool_calls.len();
            caller = Some(entry.requestor);
        }
    }
    Ok(())
}
