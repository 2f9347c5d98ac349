//! A person in a seat of a domain in which both sides have tools.

use std::path::Path;

use tau_domain::{Message, Outcome, Role};
use tau_llm::SpeakerRole;
use tau_runs::{
    AgentPlan, CustomerPlan, CustomerStrategy, EpisodeId, FailureKind, OUTSIDE, PERSON, RunId,
    RunPlan, RunState, StateSide, Tau2Plan,
};
use tau_sim::human::{Move, MoveError, PERSON_NAME, Waiting};
use tau_sim::tau2::{AgentKind, seen_by};
use tau_toolkits::Requestor;

use super::stage::{Stage, extra};

/// Abroad, with roaming off for the line and on the phone: each side has its part to do.
const TASK: &str = "data.roam-both";
const LINE: &str = r#"{"customer_id": "C3108", "line_id": "L4110"}"#;

fn plan(stage: &Stage, kind: AgentKind) -> RunPlan {
    let tau2 = Tau2Plan::new(&stage.definition, kind, None);
    let mut tasks = tau2.tasks(&stage.definition).unwrap();
    tasks.retain(|task| task.id == TASK);
    let tau2 = Some(Box::new(tau2));
    RunPlan { tasks, conditions: Vec::new(), tau2, ..stage.plan(kind, 1, 1) }
}

fn as_agent(stage: &Stage, kind: AgentKind) -> RunPlan {
    RunPlan { agent: AgentPlan::new(PERSON, PERSON_NAME), ..plan(stage, kind) }
}

fn as_customer(stage: &Stage) -> RunPlan {
    let customer = CustomerPlan::new(CustomerStrategy::Human, PERSON, PERSON_NAME);
    RunPlan { customer, ..plan(stage, AgentKind::Llm) }
}

/// Somebody in a seat.
struct Sitting<'s> {
    stage: &'s Stage,
    run: RunId,
    episode: EpisodeId,
}

impl<'s> Sitting<'s> {
    async fn down(stage: &'s Stage, plan: RunPlan) -> Sitting<'s> {
        let run = stage.runs.create(plan).await.unwrap();
        Sitting::again(stage, run).await
    }

    async fn again(stage: &'s Stage, run: RunId) -> Sitting<'s> {
        stage.runs.start(run).await.unwrap();
        let episode = stage.rows(run).await[0].id;
        Sitting { stage, run, episode }
    }

    /// Waits until it is this person's turn; `None` when the run has stopped.
    async fn turn(&self) -> Option<Waiting> {
        let mut changes = self.stage.people.changes();
        loop {
            if let Some(waiting) = self.stage.people.waiting(&self.episode.to_string()) {
                return Some(waiting);
            }
            tokio::select! {
                changed = changes.changed() => changed.unwrap(),
                () = self.stage.runs.wait(self.run) => return None,
            }
        }
    }

    /// Makes a move; what was said and answered since.
    async fn act(&self, step: Move) -> Vec<Message> {
        let before = self.turn().await.expect("a turn").messages;
        self.stage.people.answer(&self.episode.to_string(), step).unwrap();
        self.turn().await;
        let told = self.stage.runs.conversation(self.episode).await.unwrap();
        let side = match told.row.outcome {
            _ if self.is_agent().await => Requestor::Assistant,
            _ => Requestor::User,
        };
        // The seat's own prompt stands before what it has seen.
        let seen = seen_by(side, &told.messages);
        seen[before - 1..].iter().map(|message| (*message).clone()).collect()
    }

    async fn is_agent(&self) -> bool {
        self.stage.runs.run(self.run).await.unwrap().plan.agent.endpoint == PERSON
    }

    async fn call(&self, tool: &str, arguments: &str) -> String {
        let step = Move::Call { tool: tool.into(), arguments: arguments.into() };
        let learned = self.act(step).await;
        assert_eq!((learned.len(), learned[1].role), (2, Role::Tool), "{learned:?}");
        learned[1].content.clone().unwrap()
    }

    async fn say(&self, text: &str) -> Vec<Message> {
        self.act(Move::Say(text.into())).await
    }
}

fn words(messages: &[Message]) -> Vec<&str> {
    messages.iter().filter_map(|message| message.content.as_deref()).collect()
}

const PLEASE: &str = "Please switch roaming on in your phone [toggle_roaming].";
const CLOSING: &str = "Is there anything else I can help you with?";

#[tokio::test]
async fn a_person_as_the_agent_solves_a_task_together_with_the_customer() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let person = Sitting::down(&stage, as_agent(&stage, AgentKind::Llm)).await;
    let waiting = person.turn().await.unwrap();
    assert_eq!((waiting.seat, waiting.messages), (SpeakerRole::Agent, 3), "prompt and two words");
    assert!(waiting.has_tools && waiting.may_speak);
    let answer = person.call("enable_roaming", LINE).await;
    assert!(answer.contains("oaming"), "{answer}");
    let failed = person.call("enable_roaming", "{}").await;
    assert!(failed.starts_with("Error: "), "{failed}");
    let heard = person.say(PLEASE).await;
    // What the customer does with the phone the agent is not told.
    assert!(heard.iter().all(|message| message.role != Role::Tool), "{heard:?}");
    assert_eq!(heard.len(), 2, "{heard:?}");
    let heard = person.say(CLOSING).await;
    assert!(words(&heard)[1].contains("###STOP###"), "{heard:?}");
    stage.runs.wait(person.run).await;

    let told = stage.runs.conversation(person.episode).await.unwrap();
    assert_eq!(told.row.outcome, Outcome::Passed);
    let changes = told.states.as_ref().unwrap().changes.iter();
    let sides: Vec<StateSide> = changes.map(|change| change.side).collect();
    assert!(sides.contains(&StateSide::Agent) && sides.contains(&StateSide::Customer));
    let simulation = &extra(&told)["simulation"];
    assert_eq!(simulation["termination_reason"], "user_stop");
    assert!(simulation["agent_cost"].is_null(), "nobody knows what a person costs");
    assert_eq!(simulation["user_cost"], 0.0);
}

#[tokio::test]
async fn a_person_as_the_customer_uses_the_phone_and_ends_the_conversation() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let person = Sitting::down(&stage, as_customer(&stage)).await;
    let waiting = person.turn().await.unwrap();
    assert_eq!((waiting.seat, waiting.messages), (SpeakerRole::Customer, 2));
    assert!(waiting.has_tools && waiting.may_speak);
    let before = person.call("check_network_status", "{}").await;
    assert!(before.contains("Roaming"), "{before}");
    let mut heard = person.say("My internet does not work.").await;
    let mut toggled = false;
    while !words(&heard).last().unwrap().contains(CLOSING) {
        let asked = words(&heard).last().unwrap().contains("[toggle_roaming]");
        if asked && !toggled {
            person.call("toggle_roaming", "{}").await;
            toggled = true;
        }
        heard = person.say(if asked { "Done: it says ON." } else { "Yes, please." }).await;
        assert!(heard.iter().all(|message| message.tool_calls.is_empty()), "{heard:?}");
    }
    assert!(toggled);
    person.say("###STOP###").await;
    stage.runs.wait(person.run).await;
    let told = stage.runs.conversation(person.episode).await.unwrap();
    let changes = &told.states.as_ref().unwrap().changes;
    let roaming = changes.iter().find(|change| {
        change.side == StateSide::Customer && change.path.join(".").contains("roaming")
    });
    assert_eq!(roaming.unwrap().after.as_deref(), Some("true"), "{changes:?}");
    let call = told.messages.iter().find(|message| !message.tool_calls.is_empty()).unwrap();
    assert_eq!((call.role, call.tool_calls[0].name.as_str()), (Role::User, "check_network_status"));
    assert_eq!(told.row.outcome, Outcome::Passed, "{:?}", extra(&told)["simulation"]);
}

#[tokio::test]
async fn a_person_alone_has_the_tools_of_both_sides_and_nobody_to_talk_to() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let person = Sitting::down(&stage, as_agent(&stage, AgentKind::Solo)).await;
    let waiting = person.turn().await.unwrap();
    assert!(waiting.has_tools && !waiting.may_speak);
    let key = person.episode.to_string();
    let refused = stage.people.answer(&key, Move::Say("Hello?".into()));
    assert_eq!(refused, Err(MoveError::NobodyListens));
    person.call("enable_roaming", LINE).await;
    person.call("toggle_roaming", "{}").await;
    person.act(Move::Call { tool: "done".into(), arguments: "{}".into() }).await;
    stage.runs.wait(person.run).await;
    let told = stage.runs.conversation(person.episode).await.unwrap();
    assert_eq!(told.row.outcome, Outcome::Passed);
    assert_eq!(extra(&told)["simulation"]["termination_reason"], "agent_stop");
}

#[tokio::test]
async fn a_persons_calls_and_words_count_towards_the_limits() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let mut few = as_agent(&stage, AgentKind::Llm);
    few.tau2.as_mut().unwrap().max_errors = 2;
    let person = Sitting::down(&stage, few).await;
    person.call("no_such_tool", "{}").await;
    person.call("no_such_tool", "{}").await;
    stage.runs.wait(person.run).await;
    let told = stage.runs.conversation(person.episode).await.unwrap();
    assert_eq!(extra(&told)["simulation"]["termination_reason"], "too_many_errors");
    assert_eq!(told.row.outcome, Outcome::Failed);

    let mut short = as_customer(&stage);
    short.limits.max_steps = 2;
    let person = Sitting::down(&stage, short).await;
    person.say("Hello?").await;
    stage.runs.wait(person.run).await;
    let told = stage.runs.conversation(person.episode).await.unwrap();
    assert_eq!(extra(&told)["simulation"]["termination_reason"], "max_steps");
}

async fn half_way(dir: &Path) -> (RunId, Vec<Message>) {
    let stage = Stage::open(dir).await;
    let person = Sitting::down(&stage, as_agent(&stage, AgentKind::Llm)).await;
    person.call("enable_roaming", LINE).await;
    person.say(PLEASE).await;
    let told = stage.runs.conversation(person.episode).await.unwrap();
    stage.runs.shutdown().await;
    (person.run, told.messages)
}

#[tokio::test]
async fn a_conversation_goes_on_where_the_person_was_when_the_program_ended() {
    let dir = tempfile::tempdir().unwrap();
    let (run, before) = half_way(dir.path()).await;
    let stage = Stage::open(dir.path()).await;
    assert_eq!(stage.runs.run(run).await.unwrap().state, RunState::Paused);
    let person = Sitting::again(&stage, run).await;
    person.turn().await.unwrap();
    let now = stage.runs.conversation(person.episode).await.unwrap();
    assert_eq!(now.messages, before, "nothing is asked again and no tool acted twice");
    person.say(CLOSING).await;
    stage.runs.wait(run).await;
    let told = stage.runs.conversation(person.episode).await.unwrap();
    assert_eq!(told.row.outcome, Outcome::Passed);
}

#[tokio::test]
async fn a_conversation_that_is_given_up_takes_its_question_back() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let person = Sitting::down(&stage, as_customer(&stage)).await;
    person.turn().await.unwrap();
    stage.runs.cancel(person.run).await.unwrap();
    assert!(stage.people.all_waiting().is_empty());
    assert_eq!(stage.runs.run(person.run).await.unwrap().state, RunState::Cancelled);
}

#[tokio::test]
async fn a_run_that_is_broken_off_is_not_scored_and_can_be_planned_once_more() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let person = Sitting::down(&stage, as_agent(&stage, AgentKind::Llm)).await;
    person.call("enable_roaming", LINE).await;
    stage.runs.break_off(person.run, "cancelled", "The agent left.").await.unwrap();
    assert!(stage.people.all_waiting().is_empty());
    let told = stage.runs.conversation(person.episode).await.unwrap();
    assert_eq!(
        (told.row.outcome, told.row.message.as_str()),
        (Outcome::NotScored, "The agent left.")
    );
    assert!(!told.messages.is_empty(), "what was said is kept");
    assert_eq!(stage.runs.run(person.run).await.unwrap().state, RunState::Finished);
    stage.runs.retry_not_scored(person.run).await.unwrap();
    person.turn().await.unwrap();
    // Over again, it changes nothing.
    stage.runs.cancel(person.run).await.unwrap();
}

#[tokio::test]
async fn an_agent_from_outside_that_is_not_there_pauses_the_run_with_a_reason() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let agent = AgentPlan::new(OUTSIDE, "roaming-agent");
    let ready = RunPlan { agent, ..plan(&stage, AgentKind::Llm) };
    assert!(!ready.is_played(), "it is an agent under test like any other");
    let run = stage.play(ready).await;
    let progress = stage.runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.kind), (RunState::Paused, FailureKind::Setup.name()));
    assert!(progress.message.contains("tautrait mcp"), "{}", progress.message);
}
