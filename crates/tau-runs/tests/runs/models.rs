//! Playing shipped domains with the practice models.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tau_domain::Split;
use tau_llm::{Endpoint, ProviderLimits};
use tau_packs::Library;
use tau_runs::{
    AgentPlan, CustomerPlan, CustomerStrategy, Directory, ModelPlayer, PRACTICE, PlannedTask,
    PlayFailure, RunPlan, RunState, Runs,
};

use crate::support::plan;

/// Nobody is reached.
struct NoOne;

#[async_trait]
impl Directory for NoOne {
    async fn find(&self, endpoint: &str) -> Result<(Endpoint, Option<SecretString>), PlayFailure> {
        Err(PlayFailure::setup(format!("There is no connection {endpoint}.")))
    }
}

async fn open(dir: &Path) -> (Runs, RunPlan) {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs");
    let library = Arc::new(Library::new(vec![packs], dir.to_owned()));
    let domain = library.get(&"retail".parse().unwrap()).unwrap();
    let tasks = domain.tasks[&Split::Test].iter().enumerate().take(4);
    let practice = RunPlan {
        domain: "retail".into(),
        domain_fingerprint: domain.fingerprint.clone(),
        tasks: tasks
            .map(|(index, task)| PlannedTask {
                id: task.id.clone(),
                index: index as u32,
                title: task.title.clone(),
            })
            .collect(),
        agent: AgentPlan::new(PRACTICE, "practice"),
        customer: CustomerPlan::new(CustomerStrategy::Practice, PRACTICE, "practice"),
        ..plan(4, 1, 4)
    };
    let player = ModelPlayer::new(library, Arc::new(NoOne), ProviderLimits::new(4));
    (Runs::open(dir, Arc::new(player)).await.unwrap(), practice)
}

#[tokio::test]
async fn the_practice_models_play_a_shipped_domain() {
    let dir = tempfile::tempdir().unwrap();
    let (runs, practice) = open(dir.path()).await;
    assert!(practice.is_practice());
    let run = runs.create(practice).await.unwrap();
    runs.start(run).await.unwrap();
    runs.wait(run).await;
    let progress = runs.progress(run).await.unwrap();
    assert_eq!(
        (progress.state, progress.finished, progress.not_scored),
        (RunState::Finished, 8, 0),
        "{progress:?}"
    );
    let episode = runs.grid(run).await.unwrap().cells[0].episode;
    let conversation = runs.conversation(episode).await.unwrap();
    assert!(conversation.messages.len() >= 3 && conversation.trajectory.is_some());
}

#[tokio::test]
async fn a_domain_that_changed_since_the_plan_pauses_the_run() {
    let dir = tempfile::tempdir().unwrap();
    let (runs, practice) = open(dir.path()).await;
    let run =
        runs.create(RunPlan { domain_fingerprint: "another".into(), ..practice }).await.unwrap();
    runs.start(run).await.unwrap();
    runs.wait(run).await;
    let progress = runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.kind.as_str()), (RunState::Paused, "setup"));
    assert!(progress.message.contains("has changed"), "{}", progress.message);
}

#[tokio::test]
async fn a_connection_that_is_gone_pauses_the_run() {
    let dir = tempfile::tempdir().unwrap();
    let (runs, practice) = open(dir.path()).await;
    let agent = AgentPlan { endpoint: "gone".into(), ..practice.agent.clone() };
    let run = runs.create(RunPlan { agent, ..practice }).await.unwrap();
    runs.start(run).await.unwrap();
    runs.wait(run).await;
    assert_eq!(runs.progress(run).await.unwrap().message, "There is no connection gone.");
}
