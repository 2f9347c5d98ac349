//! The conversation loop with scripted models: upstream's semantics, one by one.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::{Arc, Mutex};

use tau_domain::{Domain, Ending, Message, Role, Split, Trajectory};
use tau_llm::{ModelError, ModelErrorKind, SpeakerRole};
use tau_sim::testing::{ScriptedModel, calling};
use tau_sim::{
    AgentSetup, CancellationToken, CustomerStrategy, EpisodeFailure, EpisodeSpec, ModelCustomer,
    Observer, Players, Silent, Wording, play,
};
use tau_traits::{Condition, Unsteered};

fn domain() -> Arc<Domain> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/telecom");
    Arc::new(tau_packs::open_pack(&dir).unwrap())
}

/// A task whose gold solution changes nothing and that asks for one figure.
fn spec(domain: &Domain) -> EpisodeSpec {
    let tasks = &domain.tasks[&Split::Test];
    let task = tasks.iter().find(|task| task.id == "telecom-002").unwrap();
    EpisodeSpec::new(task.clone(), Condition::baseline(), 0, 1)
}

async fn run(
    spec: &EpisodeSpec,
    domain: &Arc<Domain>,
    agent: &ScriptedModel,
    customer: ScriptedModel,
) -> Result<Trajectory, EpisodeFailure> {
    let customer = customer_of(spec, customer);
    let setup = AgentSetup::tool_calling(domain);
    let players = Players { agent, setup: &setup, customer: &customer };
    play(domain.clone(), spec, players, &Silent, &CancellationToken::new()).await
}

fn customer_of(spec: &EpisodeSpec, model: ScriptedModel) -> ModelCustomer {
    let voice = Box::new(Unsteered::new(Box::new(model)));
    ModelCustomer::new(CustomerStrategy::Llm, voice, &spec.task, &Wording::shipped()).unwrap()
}

fn roles(trajectory: &Trajectory) -> Vec<Role> {
    trajectory.messages.iter().map(|message| message.role).collect()
}

#[tokio::test]
async fn the_stop_marker_anywhere_in_the_customers_text_ends_and_grades() {
    let domain = domain();
    let agent = ScriptedModel::saying(["It was 2025-08-11."]);
    let customer = ScriptedModel::saying(["Hello", "Thanks. ###STOP### bye"]);
    let trajectory = run(&spec(&domain), &domain, &agent, customer).await.unwrap();
    assert_eq!(trajectory.ending, Ending::CustomerStopped);
    assert_eq!(roles(&trajectory), [Role::System, Role::User, Role::Assistant, Role::User]);
    assert!(trajectory.reward.graded && trajectory.reward.value == 1.0);
    assert!(trajectory.differences.is_empty());
    assert_eq!(trajectory.steps, 1);
    assert_eq!(
        (trajectory.agent_usage.input_tokens, trajectory.customer_usage.output_tokens),
        (10, 2)
    );
    assert_eq!(trajectory.customer_cost_usd, Some(0.002));
}

#[tokio::test]
async fn a_figure_that_was_not_said_costs_the_reward() {
    let domain = domain();
    let agent = ScriptedModel::saying(["No."]);
    let customer = ScriptedModel::saying(["Hello", "###STOP###"]);
    let trajectory = run(&spec(&domain), &domain, &agent, customer).await.unwrap();
    assert_eq!(trajectory.reward.value, 0.0);
    assert!(trajectory.reward.state_matches && !trajectory.reward.outputs[0].found);
}

#[tokio::test]
async fn of_several_calls_only_the_first_is_kept_and_made() {
    let domain = domain();
    let agent = ScriptedModel::new([
        calling(&[
            ("get_customer", r#"{"customer_id": "C-1039"}"#),
            ("waive_late_fee", r#"{"invoice_id": "INV-50116"}"#),
        ]),
        Message::text(Role::Assistant, "2025-08-11"),
    ]);
    let customer = ScriptedModel::saying(["Hello", "###STOP###"]);
    let trajectory = run(&spec(&domain), &domain, &agent, customer).await.unwrap();
    assert_eq!(trajectory.messages[2].tool_calls.len(), 1);
    assert_eq!(trajectory.messages[3].name.as_deref(), Some("get_customer"));
    assert_eq!(trajectory.messages[3].tool_call_id.as_deref(), Some("call_0"));
    assert_eq!(trajectory.reward.value, 1.0, "the second call changed nothing");
    assert_eq!(agent.asked()[1].messages, trajectory.messages[..4]);
}

#[tokio::test]
async fn a_terminating_tool_ends_and_grades() {
    let domain = domain();
    let agent = ScriptedModel::new([calling(&[("transfer_to_human", r#"{"reason": "fraud"}"#)])]);
    let customer = ScriptedModel::saying(["Hello"]);
    let trajectory = run(&spec(&domain), &domain, &agent, customer).await.unwrap();
    assert_eq!(trajectory.ending, Ending::Terminated);
    assert!(trajectory.reward.graded);
    assert_eq!(roles(&trajectory).last(), Some(&Role::Tool));
}

#[tokio::test]
async fn the_step_limit_ends_without_a_grade() {
    let domain = domain();
    let mut spec = spec(&domain);
    spec.max_steps = 2;
    let agent = ScriptedModel::saying(["2025-08-11", "2025-08-11", "never asked for"]);
    let customer = ScriptedModel::saying(["a", "b", "c"]);
    let trajectory = run(&spec, &domain, &agent, customer).await.unwrap();
    assert_eq!((trajectory.ending, trajectory.steps), (Ending::StepLimit, 2));
    assert!(!trajectory.reward.graded && trajectory.reward.value == 0.0);
}

#[tokio::test]
async fn arguments_that_are_no_object_fail_the_attempt() {
    let domain = domain();
    for arguments in ["{oops", "[1]", "7"] {
        let agent = ScriptedModel::new([calling(&[("get_customer", arguments)])]);
        let customer = ScriptedModel::saying(["Hello"]);
        let trajectory = run(&spec(&domain), &domain, &agent, customer).await.unwrap();
        assert_eq!(trajectory.ending, Ending::AgentError, "{arguments}");
        assert!(!trajectory.reward.graded && trajectory.reward.value == 0.0);
    }
}

#[tokio::test]
async fn an_unknown_tool_is_answered_and_the_conversation_goes_on() {
    let domain = domain();
    let agent = ScriptedModel::new([
        calling(&[("teleport", "{}")]),
        Message::text(Role::Assistant, "sorry"),
    ]);
    let customer = ScriptedModel::saying(["Hello", "###STOP###"]);
    let trajectory = run(&spec(&domain), &domain, &agent, customer).await.unwrap();
    assert_eq!(trajectory.messages[3].content.as_deref(), Some("Unknown action teleport"));
    assert_eq!(trajectory.steps, 2);
}

#[tokio::test]
async fn a_model_that_cannot_be_reached_gives_no_reward() {
    let domain = domain();
    let error = ModelError::new(ModelErrorKind::Unavailable, "down");
    let agent = ScriptedModel::failing(error);
    let customer = ScriptedModel::saying(["Hello"]);
    let failure = run(&spec(&domain), &domain, &agent, customer).await.unwrap_err();
    assert!(matches!(failure, EpisodeFailure::Model { speaker: SpeakerRole::Agent, .. }));
}

#[tokio::test]
async fn a_cancelled_conversation_gives_no_reward_and_the_observer_saw_all_of_it() {
    struct Watching(Mutex<Vec<Message>>, CancellationToken);
    impl Observer for Watching {
        fn message(&self, message: &Message) {
            self.0.lock().unwrap().push(message.clone());
            if message.role == Role::Assistant {
                self.1.cancel();
            }
        }
    }
    let domain = domain();
    let spec = spec(&domain);
    let agent = ScriptedModel::saying(["one", "two"]);
    let customer = ScriptedModel::saying(["Hello", "more"]);
    let customer = customer_of(&spec, customer);
    let setup = AgentSetup::tool_calling(&domain);
    let players = Players { agent: &agent, setup: &setup, customer: &customer };
    let cancel = CancellationToken::new();
    let watching = Watching(Mutex::default(), cancel.clone());
    let failure = play(domain, &spec, players, &watching, &cancel).await.unwrap_err();
    assert!(matches!(failure, EpisodeFailure::Cancelled));
    assert_eq!(watching.0.lock().unwrap().len(), 3);
}
