//! Runs of every agent with every simulated customer, whose models answer on loopback addresses.

#[path = "../../../tau-sim/tests/strategies/servers.rs"]
mod servers;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use servers::{HIDDEN, Servers};
use tau_domain::{Outcome, Split};
use tau_llm::{Endpoint, EndpointKind, ProviderLimits};
use tau_packs::Library;
use tau_runs::{
    AgentPlan, AgentStrategy, CustomerPlan, CustomerStrategy, Directory, FewShot, ModelPlayer,
    PRACTICE, PlannedTask, PlayFailure, RunId, RunPlan, RunState, Runs,
};
use tau_sim::exemplars;

use crate::support::plan;

/// The two servers under the names `chat` and `steer`.
struct Loopback(Arc<Servers>);

#[async_trait]
impl Directory for Loopback {
    async fn find(&self, endpoint: &str) -> Result<(Endpoint, Option<SecretString>), PlayFailure> {
        let (kind, url) = match endpoint {
            "steer" => (EndpointKind::Steer, &self.0.steer),
            _ => (EndpointKind::OpenAiCompatible, &self.0.chat),
        };
        Ok((Endpoint::new(endpoint, "Loopback", kind, url.clone()), None))
    }
}

struct Stage {
    runs: Runs,
    plan: RunPlan,
    servers: Arc<Servers>,
}

impl Stage {
    async fn open(dir: &Path) -> Stage {
        let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs");
        let library = Arc::new(Library::new(vec![packs], dir.to_owned()));
        let domain = library.get(&"telecom".parse().unwrap()).unwrap();
        let tasks = domain.tasks[&Split::Test].iter().enumerate();
        let task = tasks.into_iter().find(|(_, task)| task.id == "telecom-002").unwrap();
        let planned = PlannedTask {
            id: task.1.id.clone(),
            index: task.0 as u32,
            title: task.1.title.clone(),
        };
        let plan = RunPlan {
            domain: "telecom".into(),
            domain_fingerprint: domain.fingerprint.clone(),
            tasks: vec![planned],
            ..plan(1, 1, 1)
        };
        let servers = Arc::new(Servers::start().await);
        let directory = Arc::new(Loopback(servers.clone()));
        let player = ModelPlayer::new(library, directory, ProviderLimits::new(4));
        Stage { runs: Runs::open(dir, Arc::new(player)).await.unwrap(), plan, servers }
    }

    fn plan(&self, agent: AgentStrategy, customer: CustomerStrategy) -> RunPlan {
        let displays = exemplars::shipped("telecom").unwrap();
        let few_shot = FewShot { source: "shipped".into(), displays };
        let endpoint = match customer {
            CustomerStrategy::TraitMix => "steer",
            CustomerStrategy::Practice => PRACTICE,
            _ => "chat",
        };
        RunPlan {
            agent: AgentPlan {
                strategy: agent,
                few_shot: (agent == AgentStrategy::FewShot).then_some(few_shot),
                ..AgentPlan::new("chat", format!("agent/{agent}"))
            },
            customer: CustomerPlan::new(customer, endpoint, format!("customer/{customer}")),
            ..self.plan.clone()
        }
    }

    async fn finished(&self, plan: RunPlan) -> RunId {
        let who = format!("{} with {}", plan.agent.strategy, plan.customer.strategy);
        let run = self.runs.create(plan).await.unwrap();
        self.runs.start(run).await.unwrap();
        self.runs.wait(run).await;
        let progress = self.runs.progress(run).await.unwrap();
        assert_eq!(
            (progress.state, progress.finished, progress.not_scored),
            (RunState::Finished, 2, 0),
            "{who}: {progress:?}"
        );
        run
    }
}

#[tokio::test]
async fn every_agent_finishes_a_run_with_every_simulated_customer() {
    let dir = tempfile::tempdir().unwrap();
    for agent in AgentStrategy::ALL {
        for customer in CustomerStrategy::ALL {
            // A person has no seat here, and there is no model file; each says so in a test of its own.
            if [CustomerStrategy::Human, CustomerStrategy::Local].contains(&customer) {
                continue;
            }
            let stage = Stage::open(&dir.path().join(format!("{agent}-{customer}"))).await;
            let run = stage.finished(stage.plan(agent, customer)).await;
            for cell in stage.runs.grid(run).await.unwrap().cells {
                let told = stage.runs.conversation(cell.episode).await.unwrap();
                let who = format!("{agent} with {customer}");
                // The practice customer may be in a mood in which nothing helps.
                if customer != CustomerStrategy::Practice {
                    assert_eq!(cell.outcome, Outcome::Passed, "{who}");
                }
                assert!(told.messages.iter().any(|message| !message.calls().is_empty()), "{who}");
            }
        }
    }
}

#[tokio::test]
async fn what_was_thought_and_turned_down_is_stored_and_sent_to_no_agent() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let run = stage.finished(stage.plan(AgentStrategy::React, CustomerStrategy::React)).await;
    let episode = stage.runs.grid(run).await.unwrap().cells[0].episode;
    let told = stage.runs.conversation(episode).await.unwrap();
    let thoughts: Vec<&str> = told
        .messages
        .iter()
        .filter_map(|message| message.reading.as_ref()?.thought.as_deref())
        .collect();
    assert!(thoughts.contains(&HIDDEN) && thoughts.contains(&"One thing at a time."));
    // The server of the agent fails when it is sent what it must not know.
    assert!(!stage.servers.asked("agent/react").is_empty());
    let exported = stage.runs.export_tau_trait(run).await.unwrap();
    assert!(!exported.contains("\"reading\""), "the file of tau-trait knows no readings");
    assert!(exported.contains("API output: "), "and keeps the text as upstream has it");
}

#[tokio::test]
async fn a_persons_seat_where_there_is_no_person_pauses_the_run_with_a_reason() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let plan = stage.plan(AgentStrategy::ToolCalling, CustomerStrategy::Human);
    let run = stage.runs.create(plan).await.unwrap();
    stage.runs.start(run).await.unwrap();
    stage.runs.wait(run).await;
    let progress = stage.runs.progress(run).await.unwrap();
    assert_eq!(progress.state, RunState::Paused);
    assert!(progress.message.contains("in the app"), "{}", progress.message);
}

#[tokio::test]
async fn a_steered_model_where_there_is_none_pauses_the_run_with_a_reason() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let plan = stage.plan(AgentStrategy::ToolCalling, CustomerStrategy::Local);
    let run = stage.runs.create(plan).await.unwrap();
    stage.runs.start(run).await.unwrap();
    stage.runs.wait(run).await;
    let progress = stage.runs.progress(run).await.unwrap();
    assert_eq!(progress.state, RunState::Paused);
    assert!(progress.message.contains("on this computer"), "{}", progress.message);
}
