//! Every agent with every customer, over the wire of loopback servers: the conversation comes to its
//! end, is graded, and its transcript says who thought, said and did what.
#![allow(clippy::unwrap_used)]

mod servers;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use servers::{FIGURE, HIDDEN, Servers, answer};
use tau_domain::{Domain, Ending, Message, Reading, Role, Split, Trajectory};
use tau_llm::{
    ChatModel, ChatReply, Endpoint, EndpointKind, JournalError, Journaled, ModelError,
    ModelErrorKind, ProviderLimits, ReplyJournal, SpeakerRole, connect,
};
use tau_sim::human::{HumanModel, Move, Switchboard};
use tau_sim::testing::ScriptedModel;
use tau_sim::{
    AgentSetup, AgentStrategy, CancellationToken, CustomerStrategy, EpisodeSpec, ModelCustomer,
    Players, PracticeCustomer, STOP_MARKER, Silent, Wording, exemplars, play,
};
use tau_traits::hosted::wire_dict;
use tau_traits::{
    Condition, CustomerVoice, Hosted, Prompted, SteerClient, SteerService, TraitMix, TraitSet,
    Unsteered,
};

fn domain() -> Arc<Domain> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/telecom");
    Arc::new(tau_packs::open_pack(&dir).unwrap())
}

/// A task whose gold solution changes nothing and that asks for one figure.
fn spec(domain: &Domain) -> EpisodeSpec {
    let tasks = &domain.tasks[&Split::Test];
    let task = tasks.iter().find(|task| task.id == "telecom-002").unwrap();
    assert_eq!(task.outputs, [FIGURE]);
    let mix = TraitMix::new([("impatience", 1)]).unwrap();
    EpisodeSpec::new(task.clone(), Condition::new(mix), 0, 1)
}

fn chat_model(servers: &Servers, model: String) -> Box<dyn ChatModel> {
    let kind = EndpointKind::OpenAiCompatible;
    let endpoint = Endpoint::new("chat", "Loopback", kind, servers.chat.clone());
    connect(&endpoint, &model, None, ProviderLimits::new(4)).unwrap()
}

fn customer_model(
    servers: &Servers,
    strategy: CustomerStrategy,
    spec: &EpisodeSpec,
) -> Box<dyn ChatModel> {
    match strategy {
        CustomerStrategy::TraitMix => {
            let endpoint =
                Endpoint::new("steer", "Loopback", EndpointKind::Steer, servers.steer.clone());
            let service = SteerService::new(&endpoint, None, ProviderLimits::new(4));
            Box::new(SteerClient::new(service, wire_dict(&spec.condition, TraitSet::shipped())))
        }
        CustomerStrategy::Practice => {
            Box::new(PracticeCustomer::new(&spec.task, &TraitMix::default(), spec.seed))
        }
        CustomerStrategy::Human => {
            let board = Switchboard::new();
            tokio::spawn(person(board.clone()));
            Box::new(HumanModel::new(board, "1", SpeakerRole::Customer))
        }
        _ => chat_model(servers, format!("customer/{strategy}")),
    }
}

/// A person who says hello and leaves at the second turn.
async fn person(board: Arc<Switchboard>) {
    let mut changes = board.changes();
    loop {
        if let Some(waiting) = board.waiting("1") {
            let text = if waiting.messages == 2 { "Hello, which invoice?" } else { STOP_MARKER };
            board.answer("1", Move::Say(text.into())).unwrap();
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}

fn customer_of(
    strategy: CustomerStrategy,
    model: Box<dyn ChatModel>,
    spec: &EpisodeSpec,
) -> ModelCustomer {
    let (wording, mix) = (Wording::shipped(), &spec.condition.mix);
    let voice: Box<dyn CustomerVoice> = if strategy.is_prompted() {
        Box::new(Prompted::new(model, mix, TraitSet::shipped(), wording.anchor()).unwrap())
    } else if strategy == CustomerStrategy::TraitMix {
        Box::new(Hosted::new(model))
    } else {
        Box::new(Unsteered::new(model))
    };
    ModelCustomer::new(strategy, voice, &spec.task, &wording).unwrap()
}

async fn played(
    servers: &Servers,
    agent: AgentStrategy,
    customer: CustomerStrategy,
    change: impl FnOnce(&mut AgentSetup, &mut String),
) -> Trajectory {
    let domain = domain();
    let spec = spec(&domain);
    let displays = exemplars::shipped("telecom").unwrap();
    let wording = Wording::shipped();
    let mut setup = AgentSetup::new(agent, &domain, &wording, &displays, spec.seed).unwrap();
    let mut name = format!("agent/{agent}");
    change(&mut setup, &mut name);
    let agent = chat_model(servers, name);
    let customer = customer_of(customer, customer_model(servers, customer, &spec), &spec);
    let players = Players { agent: &agent, setup: &setup, customer: &customer };
    play(domain, &spec, players, &Silent, &CancellationToken::new()).await.unwrap()
}

/// The message that calls the tool, and the one that brings its result.
fn call_and_result(trajectory: &Trajectory) -> (&Message, &Message) {
    let at = trajectory.messages.iter().position(|message| !message.calls().is_empty()).unwrap();
    (&trajectory.messages[at], &trajectory.messages[at + 1])
}

fn reading(message: &Message) -> &Reading {
    message.reading.as_deref().unwrap()
}

#[tokio::test]
async fn every_agent_comes_to_an_end_with_every_customer() {
    for agent in AgentStrategy::ALL {
        for customer in CustomerStrategy::ALL {
            let servers = Servers::start().await;
            let who = format!("{agent} with {customer}");
            let trajectory = played(&servers, agent, customer, |_, _| {}).await;
            assert_eq!(trajectory.ending, Ending::CustomerStopped, "{who}");
            assert_eq!(trajectory.reward.value, 1.0, "{who}: {:?}", trajectory.reward);
            let (call, result) = call_and_result(&trajectory);
            let calls = call.calls();
            assert_eq!((calls.len(), calls[0].name.as_str()), (1, "get_customer"), "{who}");
            assert_eq!(result.observation_of(), Some("get_customer"), "{who}");
            let expected = if agent.acts_in_text() { Role::User } else { Role::Tool };
            assert_eq!(result.role, expected, "{who}");
            assert!(trajectory.agent_usage.input_tokens > 0, "{who}");
            if customer.is_prompted() {
                let asked = servers.asked(&format!("customer/{customer}"));
                assert_eq!(
                    trajectory.customer_usage.input_tokens,
                    10 * asked.len() as u64,
                    "{who}: checks and rewritings are paid for too"
                );
                let prompt = asked[0]["messages"][0]["content"].as_str().unwrap();
                let slight = &TraitSet::shipped().get("impatience").unwrap().levels[1];
                assert!(prompt.contains(&slight.prompt), "{who}: the trait reaches the prompt");
            }
        }
    }
}

#[tokio::test]
async fn an_acting_agent_is_told_the_tools_in_its_prompt_and_keeps_its_own_words() {
    for agent in [AgentStrategy::Act, AgentStrategy::React] {
        let servers = Servers::start().await;
        let trajectory = played(&servers, agent, CustomerStrategy::Llm, |_, _| {}).await;
        let system = trajectory.messages[0].content.as_deref().unwrap();
        let domain = domain();
        assert!(system.starts_with(&domain.policy));
        assert!(system.contains(&tau_sim::tools_text(&domain.tools)));
        let (call, result) = call_and_result(&trajectory);
        let written = call.content.as_deref().unwrap();
        assert!(written.contains("Action:\n{\"name\":\"get_customer\""), "{written}");
        assert!(call.tool_calls.is_empty());
        let thought = (agent == AgentStrategy::React).then_some("One thing at a time.");
        assert_eq!(reading(call).thought.as_deref(), thought);
        assert!(result.content.as_deref().unwrap().starts_with("API output: {\"customer_id\""));
        let last = trajectory.messages.iter().rfind(|m| m.role == Role::Assistant).unwrap();
        assert_eq!(last.heard(), Some(answer().as_str()));
        // The customer hears what was said, not the action around it.
        let asked = servers.asked("customer/llm");
        let heard = asked[1]["messages"].as_array().unwrap().last().unwrap();
        let heard = heard["content"].as_str().unwrap();
        let note = heard.strip_prefix(answer().as_str()).unwrap();
        assert!(note.starts_with("\n\n[A note") && note.contains("Impatience, slight: "), "{note}");
        // The agent's model gets its own text back.
        let history = servers.asked(&format!("agent/{agent}"));
        assert_eq!(history[1]["messages"][2]["content"], written);
        assert_eq!(history[1]["messages"][2]["role"], "assistant");
    }
}

#[tokio::test]
async fn a_few_shot_agent_is_shown_five_examples_which_follow_from_the_seed() {
    let servers = Servers::start().await;
    let strategy = AgentStrategy::FewShot;
    let trajectory = played(&servers, strategy, CustomerStrategy::Llm, |_, _| {}).await;
    let system = trajectory.messages[0].content.as_deref().unwrap();
    let displays = exemplars::shipped("telecom").unwrap();
    let drawn = exemplars::draw(&displays, spec(&domain()).seed).unwrap();
    for (index, display) in drawn.iter().enumerate() {
        assert!(system.contains(&format!("\n\nExample {}:\n{display}", index + 1)));
    }
    assert!(!system.contains("Example 6:"));
}

#[tokio::test]
async fn a_thinking_customers_thought_is_kept_and_heard_by_nobody() {
    let servers = Servers::start().await;
    let agent = AgentStrategy::ToolCalling;
    let trajectory = played(&servers, agent, CustomerStrategy::React, |_, _| {}).await;
    let opening = &trajectory.messages[1];
    assert_eq!(opening.content.as_deref(), Some("Hello, which invoice is it?"));
    assert_eq!(reading(opening).thought.as_deref(), Some(HIDDEN));
    // Its own model sees what it thought before.
    let again = &servers.asked("customer/react")[1]["messages"][2]["content"];
    assert_eq!(
        again,
        &format!("Thought:\n{HIDDEN}\n\nUser Response:\nHello, which invoice is it?")
    );
    assert_eq!(trajectory.messages.last().unwrap().content.as_deref(), Some(STOP_MARKER));
}

#[tokio::test]
async fn drafts_that_were_turned_down_are_kept_with_the_verdict() {
    for (customer, calls) in [(CustomerStrategy::Verify, 6), (CustomerStrategy::Reflection, 6)] {
        let servers = Servers::start().await;
        let trajectory = played(&servers, AgentStrategy::ToolCalling, customer, |_, _| {}).await;
        let opening = &trajectory.messages[1];
        assert_eq!(opening.content.as_deref(), Some("Hello, which invoice is it?"));
        let drafts = &reading(opening).drafts;
        assert_eq!((drafts.len(), drafts[0].verdict.as_str()), (1, "false"), "{customer}");
        assert!(drafts[0].text.starts_with("DRAFT"));
        assert!(trajectory.messages.last().unwrap().reading.is_none(), "the second passed at once");
        assert_eq!(servers.asked(&format!("customer/{customer}")).len(), calls, "{customer}");
    }
}

#[tokio::test]
async fn calls_are_made_one_a_turn_or_all_of_them_as_the_setup_says() {
    let agent = AgentStrategy::ToolCalling;
    let servers = Servers::start().await;
    let one = played(&servers, agent, CustomerStrategy::Llm, |_, _| {}).await;
    let all = played(&servers, agent, CustomerStrategy::Llm, |setup, _| {
        setup.parallel_tool_calls = true;
    })
    .await;
    let results = |trajectory: &Trajectory| -> Vec<String> {
        let of_tools = trajectory.messages.iter().filter(|message| message.role == Role::Tool);
        of_tools.filter_map(|message| message.tool_call_id.clone()).collect()
    };
    assert_eq!((results(&one), results(&all)), (vec!["a".into()], vec!["a".into(), "b".into()]));
    assert_eq!(all.steps, one.steps);
}

#[tokio::test]
async fn calls_that_are_written_as_text_are_made_when_the_setup_says_so() {
    let agent = AgentStrategy::ToolCalling;
    let servers = Servers::start().await;
    let trajectory = played(&servers, agent, CustomerStrategy::Llm, |setup, name| {
        setup.text_tool_calls = true;
        *name = "agent/text".into();
    })
    .await;
    assert_eq!(trajectory.reward.value, 1.0);
    let (call, result) = call_and_result(&trajectory);
    assert_eq!((call.content.as_deref(), result.role), (None, Role::Tool));
    assert_eq!(reading(call).call.as_ref(), Some(&call.tool_calls[0]));
    assert_eq!(result.tool_call_id.as_deref(), Some(call.tool_calls[0].id.as_str()));

    let said = played(&servers, agent, CustomerStrategy::Llm, |_, name| {
        *name = "agent/text".into();
    })
    .await;
    assert_eq!(said.messages[2].heard(), Some("[get_customer(customer_id=\"C-1039\")]"));
}

/// A journal in memory.
#[derive(Default)]
struct Memory(Mutex<HashMap<(SpeakerRole, u32), ChatReply>>);

#[async_trait]
impl ReplyJournal for Memory {
    async fn recall(&self, role: SpeakerRole, seq: u32) -> Result<Option<ChatReply>, JournalError> {
        Ok(self.0.lock().unwrap().get(&(role, seq)).cloned())
    }

    async fn record(
        &self,
        role: SpeakerRole,
        seq: u32,
        reply: &ChatReply,
    ) -> Result<(), JournalError> {
        self.0.lock().unwrap().insert((role, seq), reply.clone());
        Ok(())
    }
}

#[tokio::test]
async fn a_conversation_that_is_taken_up_again_asks_nobody_anything_twice() {
    let domain = domain();
    let spec = spec(&domain);
    let wording = Wording::shipped();
    let setup = AgentSetup::new(AgentStrategy::React, &domain, &wording, &[], 1).unwrap();
    for strategy in CustomerStrategy::ALL {
        let servers = Servers::start().await;
        let journal = Arc::new(Memory::default());
        let mut trajectories = Vec::new();
        for silent in [false, true] {
            let (agent, customer): (Box<dyn ChatModel>, Box<dyn ChatModel>) = if silent {
                let error = || ModelError::new(ModelErrorKind::Unavailable, "asked twice");
                (
                    Box::new(ScriptedModel::failing(error())),
                    Box::new(ScriptedModel::failing(error())),
                )
            } else {
                (
                    chat_model(&servers, "agent/react".into()),
                    customer_model(&servers, strategy, &spec),
                )
            };
            let agent = Journaled::new(agent, journal.clone(), SpeakerRole::Agent);
            let customer = Journaled::new(customer, journal.clone(), SpeakerRole::Customer);
            let customer = customer_of(strategy, Box::new(customer), &spec);
            let players = Players { agent: &agent, setup: &setup, customer: &customer };
            let cancel = CancellationToken::new();
            let played = play(domain.clone(), &spec, players, &Silent, &cancel).await.unwrap();
            trajectories.push(played);
        }
        assert_eq!(trajectories[0], trajectories[1], "{strategy}");
    }
}
