//! Our own pack with a device in the customer's hand: what is expected solves each of its tasks, and the
//! practice models play all of it offline.

use std::path::Path;

use tau_sim::tau2::{AgentKind, Ending, Played, Players, SimulatedCustomer, Spec};
use tau_sim::{CancellationToken, DualPracticeAgent, DualPracticeCustomer, Silent, Wording};
use tau_toolkits::{Definition, Task};
use tau_traits::{TraitMix, TraitSet, Unsteered};

use crate::recorded::scripts;
use crate::support::Stage;

fn mobile(guidance: tau_packs::tau2::Guidance) -> Definition {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/mobile");
    tau_packs::tau2::open_definition(&dir, guidance).unwrap()
}

async fn practise(
    definition: &Definition,
    task: &Task,
    kind: AgentKind,
    mix: &[(&str, f64)],
    seed: u64,
) -> Played {
    let set = TraitSet::shipped();
    let mix = TraitMix::new(mix.iter().copied()).unwrap();
    let agent = DualPracticeAgent::new(definition, task, seed);
    let customer = DualPracticeCustomer::new(task, &mix, set, seed);
    let voice = Box::new(Unsteered::new(Box::new(customer)));
    let customer = SimulatedCustomer::new(definition, task, voice, &Wording::shipped()).unwrap();
    let customer = (kind != AgentKind::Solo).then_some(&customer);
    let players = Players { agent: &agent, customer, judge: None };
    let never = CancellationToken::new();
    let spec = Spec::new(kind);
    tau_sim::tau2::play(definition, task, &spec, players, &Silent, &never).await.unwrap()
}

/// The share of tasks that are solved, and whether all conversations came to an end of their own.
async fn solved(definition: &Definition, kind: AgentKind, mix: &[(&str, f64)]) -> f64 {
    let mut rewards = 0.0;
    for (seed, task) in definition.tasks.iter().enumerate() {
        let played = practise(definition, task, kind, mix, seed as u64).await;
        let ending = played.trajectory.ending;
        assert!(matches!(ending, Ending::UserStop | Ending::AgentStop), "{}: {ending:?}", task.id);
        rewards += played.grade.reward.reward;
    }
    rewards / definition.tasks.len() as f64
}

#[tokio::test]
async fn what_is_expected_solves_every_task_of_the_mobile_operator_with_manual_and_with_workflow() {
    use tau_packs::tau2::Guidance::{Manual, Workflow};
    for guidance in [Manual, Workflow] {
        let mut definition = mobile(guidance);
        for task in definition.tasks.clone() {
            let (agent, customer) = scripts(&task);
            let what = task.id.clone();
            let mut stage = Stage::new(definition, task, agent, customer);
            let played = stage.play().await.unwrap();
            assert_eq!(played.grade.reward.reward, 1.0, "{what}");
            definition = stage.definition;
            // The same by an agent alone.
            let calls = played.trajectory.entries.iter().filter(|entry| entry.is_tool_call());
            let done = tau_sim::testing::calling(&[("done", "{}")]);
            let calls = calls.map(|entry| {
                let role = tau_domain::Role::Assistant;
                tau_domain::Message { role, ..entry.message.clone() }
            });
            stage = Stage::alone(definition, stage.task, calls.chain([done]).collect());
            assert_eq!(stage.play().await.unwrap().grade.reward.reward, 1.0, "{what}");
            definition = stage.definition;
        }
    }
}

#[tokio::test]
async fn the_practice_models_solve_most_tasks_in_every_way_of_playing_them() {
    let definition = mobile(tau_packs::tau2::Guidance::Workflow);
    for kind in AgentKind::ALL {
        let share = solved(&definition, kind, &[]).await;
        println!("{kind}: {share:.2}");
        assert!((0.85..1.0).contains(&share), "{kind}: {share}");
    }
}

#[tokio::test]
async fn the_practice_customers_traits_cost_success_and_others_are_only_heard() {
    let definition = mobile(tau_packs::tau2::Guidance::Manual);
    let baseline = solved(&definition, AgentKind::Llm, &[]).await;
    for id in DualPracticeCustomer::TRAITS {
        let mild = solved(&definition, AgentKind::Llm, &[(id, 1.0)]).await;
        let strong = solved(&definition, AgentKind::Llm, &[(id, 4.0)]).await;
        println!("{id}: {baseline:.2} {mild:.2} {strong:.2}");
        assert!(mild <= baseline && strong < baseline - 0.1, "{id}: {mild} {strong}");
    }
    let heard = solved(&definition, AgentKind::Llm, &[("verbosity", 4.0)]).await;
    assert_eq!(heard, baseline);
}

#[tokio::test]
async fn a_practice_conversation_is_the_same_each_time_it_is_played() {
    let definition = mobile(tau_packs::tau2::Guidance::Manual);
    let mix = [("confusion", 3.0), ("incoherence", 2.0), ("verbosity", 3.0)];
    for task in &definition.tasks[..10] {
        let once = practise(&definition, task, AgentKind::Llm, &mix, 7).await;
        let again = practise(&definition, task, AgentKind::Llm, &mix, 7).await;
        assert_eq!(once.trajectory.entries, again.trajectory.entries);
        let usual = once.trajectory.entries.iter().any(|entry| entry.has_text());
        assert!(usual && once.trajectory.customer_cost_usd == Some(0.0));
    }
}
