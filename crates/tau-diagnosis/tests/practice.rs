//! The rules against those who know: practice conversations on the shipped packs fail, the practice
//! models say what they did wrong, and the rules are measured by that.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tau_diagnosis::{Author, Kind, RulesVerdict, diagnose};
use tau_domain::{Domain, Split, Task, Trajectory};
use tau_llm::SpeakerRole;
use tau_sim::{
    AgentSetup, CancellationToken, CustomerStrategy, EpisodeSpec, ModelCustomer, Players,
    PracticeAgent, PracticeCustomer, PracticeFault, PracticeFaultKind, Silent, Wording, play,
    practice_fault,
};
use tau_stats::kappa;
use tau_traits::{Condition, TraitMix, Unsteered};

const TRIALS: u32 = 2;

/// Share of failures in which the rules have to name the true author, and the true kind.
const FLOOR: f64 = 0.93;

fn shipped(name: &str) -> Option<Arc<Domain>> {
    let dir: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs").join(name);
    if !dir.join("pack.toml").is_file() {
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("SKIPPED: there is no pack {name}\n"),
        );
        return None;
    }
    Some(Arc::new(tau_packs::open_pack(&dir).unwrap()))
}

fn conditions() -> Vec<Condition> {
    let mut all = vec![Condition::baseline()];
    for id in PracticeCustomer::TRAITS {
        for level in 1..=4 {
            all.push(Condition::new(TraitMix::new([(id, level)]).unwrap()));
        }
    }
    all
}

async fn one(
    domain: &Arc<Domain>,
    task: &Task,
    condition: &Condition,
    trial: u32,
) -> (Trajectory, u64) {
    let spec = EpisodeSpec::new(task.clone(), condition.clone(), trial, 10);
    let agent = PracticeAgent::new(domain, task, spec.seed);
    let customer = PracticeCustomer::new(task, &condition.mix, spec.seed);
    let (strategy, wording) = (CustomerStrategy::Practice, Wording::shipped());
    let voice = Box::new(Unsteered::new(Box::new(customer)));
    let customer = ModelCustomer::new(strategy, voice, task, &wording).unwrap();
    let setup = AgentSetup::tool_calling(domain);
    let players = Players { agent: &agent, setup: &setup, customer: &customer };
    let cancel = CancellationToken::new();
    let played = play(domain.clone(), &spec, players, &Silent, &cancel).await.unwrap();
    (played, spec.seed)
}

/// A failure with what is known about it.
struct Failure {
    condition: String,
    task: String,
    trajectory: Trajectory,
    truth: PracticeFault,
    /// Whether the same task and chance pass with a customer without traits.
    passes_without_traits: bool,
    verdict: RulesVerdict,
}

async fn failures(domain: &Arc<Domain>) -> Vec<Failure> {
    let mut found = Vec::new();
    for task in &domain.tasks[&Split::Test] {
        for trial in 0..TRIALS {
            let (plain, _) = one(domain, task, &Condition::baseline(), trial).await;
            for condition in conditions() {
                let (trajectory, seed) = one(domain, task, &condition, trial).await;
                let verdict = diagnose(domain, task, &trajectory, seed);
                let truth = practice_fault(domain, task, &condition.mix, seed, &trajectory);
                assert_eq!(truth.is_some(), verdict.diagnosis.is_some());
                let Some(truth) = truth else { continue };
                found.push(Failure {
                    condition: condition.name.clone(),
                    task: task.id.clone(),
                    trajectory,
                    truth,
                    passes_without_traits: plain.reward.value >= 1.0,
                    verdict,
                });
            }
        }
    }
    found
}

fn author(fault: &PracticeFault) -> Author {
    match fault.speaker {
        SpeakerRole::Agent => Author::Agent,
        SpeakerRole::Customer => Author::User,
    }
}

fn kind(fault: &PracticeFault) -> Kind {
    match fault.kind {
        PracticeFaultKind::WrongArgument => Kind::UsedWrongToolArgument,
        PracticeFaultKind::LeftOut => Kind::GoalPartiallyCompleted,
    }
}

fn show(failure: &Failure) {
    let diagnosis = failure.verdict.diagnosis.as_ref().unwrap();
    println!(
        "---- {} {}: truth {:?} {:?}, rules {:?} {:?} at {:?}: {}",
        failure.task,
        failure.condition,
        author(&failure.truth),
        kind(&failure.truth),
        diagnosis.author,
        diagnosis.kind,
        diagnosis.first_turn,
        diagnosis.description
    );
    println!("     slips {:?}", failure.truth.slips);
    for line in failure.verdict.findings.lines() {
        println!("     {:?} {}", line.turn, line.sentence);
    }
    if std::env::var("SHOW").is_ok_and(|what| what == "all") {
        for message in &failure.trajectory.messages[1..] {
            println!(
                "       {:?}: {} {:?}",
                message.role,
                message.content.as_deref().unwrap_or_default(),
                message
                    .tool_calls
                    .iter()
                    .map(|c| format!("{}{}", c.name, c.arguments))
                    .collect::<Vec<_>>()
            );
        }
    }
}

async fn rules_agree_with_those_who_know(name: &str) {
    let Some(domain) = shipped(name) else { return };
    let failures = failures(&domain).await;
    let mut authors = Vec::new();
    let mut kinds = Vec::new();
    let mut counterfactual = 0;
    for failure in &failures {
        let diagnosis = failure.verdict.diagnosis.as_ref().unwrap();
        authors.push((author(&failure.truth), diagnosis.author));
        kinds.push((kind(&failure.truth), diagnosis.kind));
        // What fails with traits and passes without them, chance being the same, fails by the customer.
        if failure.passes_without_traits {
            assert_eq!(author(&failure.truth), Author::User, "{}", failure.task);
            counterfactual += 1;
        }
        let agree = authors.last().is_some_and(|(a, b)| a == b)
            && kinds.last().is_some_and(|(a, b)| a == b);
        if !agree && std::env::var("SHOW").is_ok() {
            show(failure);
        }
    }
    let share = |same: usize| same as f64 / failures.len() as f64;
    let same_author = share(authors.iter().filter(|(a, b)| a == b).count());
    let same_kind = share(kinds.iter().filter(|(a, b)| a == b).count());
    let both =
        share(authors.iter().zip(&kinds).filter(|((a, b), (c, d))| a == b && c == d).count());
    println!(
        "{name}: {} failures; author {:.1} % ({:?}), kind {:.1} % ({:?}), both {:.1} %; {counterfactual} pass without traits",
        failures.len(),
        100.0 * same_author,
        kappa(&authors).kappa,
        100.0 * same_kind,
        kappa(&kinds).kappa,
        100.0 * both,
    );
    assert!(failures.len() >= 50, "{name}: only {} failures to measure by", failures.len());
    assert!(share(counterfactual) >= 0.5, "{name}: too few with a known cause");
    assert!(same_author >= FLOOR, "{name}: author {same_author:.3}");
    assert!(same_kind >= FLOOR, "{name}: kind {same_kind:.3}");
}

#[tokio::test]
async fn at_the_shop_the_rules_agree_with_those_who_know() {
    rules_agree_with_those_who_know("retail").await;
}

#[tokio::test]
async fn at_the_operator_the_rules_agree_with_those_who_know() {
    rules_agree_with_those_who_know("telecom").await;
}

#[tokio::test]
async fn at_the_airline_the_rules_agree_with_those_who_know() {
    rules_agree_with_those_who_know("airline").await;
}

#[tokio::test]
async fn at_the_clinic_the_rules_agree_with_those_who_know() {
    rules_agree_with_those_who_know("telehealth").await;
}
