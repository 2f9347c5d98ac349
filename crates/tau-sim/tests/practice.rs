//! The practice models on the shipped packs: they succeed without traits, fail with them, and always
//! in the same way for the same seed.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tau_domain::{Domain, Split, Task, Trajectory};
use tau_llm::ChatModel;
use tau_sim::{
    AgentSetup, AgentStrategy, CancellationToken, CustomerStrategy, EpisodeSpec, ModelCustomer,
    Players, PracticeAgent, PracticeCustomer, PracticeInText, Silent, Wording, play,
};
use tau_traits::{Condition, TraitMix, TraitSet, Unsteered};

const TRIALS: u32 = 4;

fn shipped(name: &str) -> Arc<Domain> {
    let dir: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs").join(name);
    Arc::new(tau_packs::open_pack(&dir).unwrap())
}

fn condition(id: &str, level: u8) -> Condition {
    Condition::new(TraitMix::new([(id, level)]).unwrap())
}

async fn one(domain: &Arc<Domain>, task: &Task, condition: &Condition, trial: u32) -> Trajectory {
    played(domain, task, condition, trial, AgentStrategy::ToolCalling).await
}

async fn played(
    domain: &Arc<Domain>,
    task: &Task,
    condition: &Condition,
    trial: u32,
    strategy: AgentStrategy,
) -> Trajectory {
    let spec = EpisodeSpec::new(task.clone(), condition.clone(), trial, 10);
    let practice = PracticeAgent::new(domain, task, spec.seed);
    let agent: Box<dyn ChatModel> = if strategy.acts_in_text() {
        Box::new(PracticeInText::new(practice, strategy))
    } else {
        Box::new(practice)
    };
    let customer = PracticeCustomer::new(task, &condition.mix, spec.seed);
    let customer = ModelCustomer::new(
        CustomerStrategy::Practice,
        Box::new(Unsteered::new(Box::new(customer))),
        task,
        &Wording::shipped(),
    )
    .unwrap();
    let setup = AgentSetup::new(strategy, domain, &Wording::shipped(), &[], 1).unwrap();
    let players = Players { agent: &agent, setup: &setup, customer: &customer };
    let cancel = CancellationToken::new();
    play(domain.clone(), &spec, players, &Silent, &cancel).await.unwrap()
}

async fn success(domain: &Arc<Domain>, condition: &Condition) -> f64 {
    let (mut passed, mut played) = (0.0, 0.0);
    for task in &domain.tasks[&Split::Test] {
        for trial in 0..TRIALS {
            let trajectory = one(domain, task, condition, trial).await;
            passed += trajectory.reward.value;
            played += 1.0;
        }
    }
    passed / played
}

async fn traits_make_the_difference(name: &str) {
    let domain = shipped(name);
    let baseline = success(&domain, &Condition::baseline()).await;
    println!("{name}: baseline {:.0} %", 100.0 * baseline);
    let mut low = Vec::new();
    for id in PracticeCustomer::TRAITS {
        let mut rates = Vec::new();
        for level in 1..=4 {
            rates.push(success(&domain, &condition(id, level)).await);
        }
        let shown: Vec<String> =
            rates.iter().map(|rate| format!("{:.0} %", 100.0 * rate)).collect();
        println!("{name}: {id} Slight to Extreme: {}", shown.join(", "));
        low.push((id, rates[3]));
    }
    assert!(baseline >= 0.8, "{name}: only {baseline:.2} without traits");
    for (id, rate) in low {
        assert!(
            rate <= baseline - 0.15,
            "{name}: {id} at Extreme {rate:.2}, baseline {baseline:.2}"
        );
    }
}

#[tokio::test]
async fn in_the_shop_each_trait_at_its_extreme_costs_at_least_fifteen_points() {
    traits_make_the_difference("retail").await;
}

#[tokio::test]
async fn at_the_operator_each_trait_at_its_extreme_costs_at_least_fifteen_points() {
    traits_make_the_difference("telecom").await;
}

#[tokio::test]
async fn a_conversation_is_the_same_for_the_same_seed_and_another_for_another_trial() {
    let domain = shipped("telecom");
    let mixed = Condition::new(TraitMix::new([("confusion", 3), ("incoherence", 3)]).unwrap());
    let mut differs = false;
    for task in &domain.tasks[&Split::Test] {
        let first = one(&domain, task, &mixed, 0).await;
        assert_eq!(first, one(&domain, task, &mixed, 0).await);
        differs |= first.messages != one(&domain, task, &mixed, 1).await.messages;
    }
    assert!(differs);
}

#[tokio::test]
async fn an_agent_that_writes_its_actions_does_what_it_does_by_tool_calls() {
    let domain = shipped("telecom");
    let impatient = condition("impatience", 3);
    let mut thoughts = 0;
    for task in &domain.tasks[&Split::Test] {
        let by_calls = one(&domain, task, &impatient, 0).await;
        for strategy in [AgentStrategy::Act, AgentStrategy::React] {
            let in_text = played(&domain, task, &impatient, 0, strategy).await;
            assert_eq!(in_text.reward, by_calls.reward, "{} by {strategy}", task.id);
            let heard = |trajectory: &Trajectory| -> Vec<String> {
                let heard = trajectory.messages.iter().filter_map(|message| message.heard());
                heard.map(str::to_owned).collect()
            };
            assert_eq!(heard(&in_text), heard(&by_calls), "{} by {strategy}", task.id);
            let readings = in_text.messages.iter().filter_map(|message| message.reading.as_ref());
            thoughts += readings.filter(|reading| reading.thought.is_some()).count();
        }
    }
    assert!(thoughts > 0, "ReAct thinks");
}

#[tokio::test]
async fn a_trait_that_the_customer_only_sounds_like_is_heard_and_costs_nothing() {
    let domain = shipped("telecom");
    let others = TraitSet::shipped().ids().filter(|id| !PracticeCustomer::TRAITS.contains(id));
    for id in others {
        let sounding = condition(id, 4);
        let mut heard = 0;
        for task in &domain.tasks[&Split::Test] {
            let plain = one(&domain, task, &Condition::baseline(), 0).await;
            let with = one(&domain, task, &sounding, 0).await;
            assert_eq!(with.reward.value, plain.reward.value, "{id}: {}", task.id);
            heard += usize::from(with.messages != plain.messages);
        }
        assert!(heard > 0, "{id}");
    }
}
