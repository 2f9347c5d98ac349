//! The rules over conversations that the practice models really hold at the mobile operator.
#![allow(clippy::unwrap_used)]

#[path = "support/phone.rs"]
mod phone;

use std::collections::BTreeMap;

use phone::{Stored, mobile, stored};
use tau_diagnosis::Author;
use tau_sim::tau2::{AgentKind, Players, SimulatedCustomer, Spec};
use tau_sim::{CancellationToken, DualPracticeAgent, DualPracticeCustomer, Silent, Wording};
use tau_toolkits::{Definition, Task};
use tau_traits::{TraitMix, TraitSet, Unsteered};

async fn practised(definition: &Definition, task: &Task, mix: &[(&str, f64)], seed: u64) -> Stored {
    let set = TraitSet::shipped();
    let mix = TraitMix::new(mix.iter().copied()).unwrap();
    let agent = DualPracticeAgent::new(definition, task, seed);
    let customer = DualPracticeCustomer::new(task, &mix, set, seed);
    let voice = Box::new(Unsteered::new(Box::new(customer)));
    let customer = SimulatedCustomer::new(definition, task, voice, &Wording::shipped()).unwrap();
    let players = Players { agent: &agent, customer: Some(&customer), judge: None };
    let (spec, never) = (Spec::new(AgentKind::Llm), CancellationToken::new());
    let played = tau_sim::tau2::play(definition, task, &spec, players, &Silent, &never);
    let played = played.await.unwrap();
    let ending = played.trajectory.ending.word();
    let messages = played.trajectory.entries.into_iter().map(|entry| entry.message);
    stored(definition, task, messages.collect(), &played.grade.reward, ending)
}

/// Whose fault the failures over all tasks were, and how many the rules could not decide.
async fn faults(definition: &Definition, mix: &[(&str, f64)]) -> (BTreeMap<Author, usize>, usize) {
    let (mut authors, mut undecided) = (BTreeMap::new(), 0);
    for (seed, task) in definition.tasks.iter().enumerate() {
        let stored = practised(definition, task, mix, seed as u64).await;
        let verdict = stored.verdict(definition);
        let account = stored.account(definition);
        assert_eq!(account.exact, Some(true), "{}", task.id);
        assert_eq!(account.unmet().count() > 0, stored.reward < 1.0, "{}", task.id);
        if stored.reward >= 1.0 {
            assert_eq!(verdict.diagnosis, None);
            continue;
        }
        match verdict.diagnosis {
            Some(found) => {
                println!("{} {:?} {:?} {}", task.id, found.author, found.kind, found.description);
                *authors.entry(found.author).or_default() += 1;
            }
            None => undecided += 1,
        }
    }
    println!("{mix:?}: {authors:?}, {undecided} undecided");
    (authors, undecided)
}

#[tokio::test]
async fn what_an_easy_customers_agent_forgot_is_the_agents_fault() {
    let (authors, undecided) = faults(&mobile(), &[]).await;
    assert!(authors.get(&Author::Agent).is_some_and(|failures| *failures > 0), "{authors:?}");
    assert_eq!((authors.len(), undecided), (1, 0), "{authors:?}");
}

#[tokio::test]
async fn most_of_what_difficult_customers_cost_is_laid_at_their_door() {
    let definition = mobile();
    for id in ["impatience", "confusion", "skeptical"] {
        let (authors, undecided) = faults(&definition, &[(id, 4.0)]).await;
        let of = |author: Author| authors.get(&author).copied().unwrap_or(0);
        assert_eq!((of(Author::Environment), undecided), (0, 0), "{id}: {authors:?}");
        assert!(of(Author::User) > of(Author::Agent), "{id}: {authors:?}");
    }
}
