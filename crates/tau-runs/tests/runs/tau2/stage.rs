//! The mobile operator, ready for runs.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use tau_llm::{Endpoint, EndpointKind, ProviderLimits};
use tau_packs::Library;
use tau_runs::{
    AgentPlan, Conversation, ConversationFilter, CustomerPlan, CustomerStrategy, Directory,
    EpisodeRow, ModelPlayer, NOBODY, PRACTICE, Pacing, Page, PlayFailure, RunId, RunLimits,
    RunPlan, RunState, Runs, Tau2Plan,
};
use tau_sim::human::Switchboard;
use tau_sim::tau2::AgentKind;
use tau_toolkits::Definition;

use crate::support::plan;

/// One address for every endpoint, or none at all.
struct At(Option<String>);

#[async_trait]
impl Directory for At {
    async fn find(&self, endpoint: &str) -> Result<(Endpoint, Option<SecretString>), PlayFailure> {
        let Some(url) = &self.0 else {
            return Err(PlayFailure::setup(format!("There is no connection {endpoint}.")));
        };
        let kind = EndpointKind::OpenAiCompatible;
        Ok((Endpoint::new(endpoint, "Loopback", kind, url.clone()), None))
    }
}

/// An open data folder and a domain of tau2.
pub struct Stage {
    pub runs: Runs,
    pub library: Arc<Library>,
    pub definition: Arc<Definition>,
    /// Where people sit.
    pub people: Arc<Switchboard>,
}

impl Stage {
    /// Over the practice models alone.
    pub async fn open(dir: &Path) -> Stage {
        Stage::at(dir, "mobile", None).await
    }

    /// Over a domain, with models at an address.
    pub async fn at(dir: &Path, domain: &str, url: Option<String>) -> Stage {
        let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs");
        let library = Arc::new(Library::new(vec![packs], dir.join("library")));
        let definition = library.definition(&domain.parse().unwrap()).unwrap();
        let limits = ProviderLimits::new(4);
        let people = Switchboard::new();
        let player = ModelPlayer::new(library.clone(), Arc::new(At(url)), limits);
        let player = Arc::new(player.with_people(people.clone()));
        let pacing = Pacing { attempts: 2, retry_after: Duration::ZERO, ..Pacing::default() };
        let runs = Runs::open_with(&dir.join("data"), player, pacing).await.unwrap();
        Stage { runs, library, definition, people }
    }

    /// `tasks` tasks of the split `base` with the practice models, all under the baseline and one trait.
    pub fn plan(&self, agent: AgentKind, tasks: usize, trials: u32) -> RunPlan {
        let tau2 = Tau2Plan::new(&self.definition, agent, Some("base"));
        let mut chosen = tau2.tasks(&self.definition).unwrap();
        chosen.truncate(tasks);
        let mut ready = RunPlan {
            domain: self.definition.id.to_string(),
            domain_fingerprint: self.definition.fingerprint.clone(),
            tasks: chosen,
            agent: AgentPlan::new(PRACTICE, tau_sim::PRACTICE_AGENT),
            customer: CustomerPlan::new(
                CustomerStrategy::Practice,
                PRACTICE,
                tau_sim::PRACTICE_CUSTOMER,
            ),
            shuffle: false,
            limits: RunLimits { max_steps: 200, ..RunLimits::default() },
            grader: tau2.grader(),
            tau2: Some(Box::new(tau2)),
            ..plan(1, trials, 4)
        };
        if agent == AgentKind::Solo {
            ready.customer = CustomerPlan::new(CustomerStrategy::Llm, NOBODY, "");
            ready.conditions = Vec::new();
        }
        ready
    }

    /// Plays a plan until it stops.
    pub async fn play(&self, plan: RunPlan) -> RunId {
        let run = self.runs.create(plan).await.unwrap();
        self.runs.start(run).await.unwrap();
        self.runs.wait(run).await;
        run
    }

    /// The same, which has to come to its end with everything scored.
    pub async fn finish(&self, plan: RunPlan) -> RunId {
        let run = self.play(plan).await;
        let progress = self.runs.progress(run).await.unwrap();
        assert_eq!((progress.state, progress.not_scored), (RunState::Finished, 0), "{progress:?}");
        run
    }

    /// All conversations of a run in the order of the grid.
    pub async fn rows(&self, run: RunId) -> Vec<EpisodeRow> {
        let page = Page { offset: 0, limit: 10_000 };
        self.runs.conversations(run, &ConversationFilter::default(), page).await.unwrap().rows
    }

    /// The same whole.
    pub async fn conversations(&self, run: RunId) -> Vec<Conversation> {
        let mut all = Vec::new();
        for row in self.rows(run).await {
            all.push(self.runs.conversation(row.id).await.unwrap());
        }
        all
    }
}

/// What a conversation holds beyond its messages.
pub fn extra(conversation: &Conversation) -> serde_json::Value {
    serde_json::from_str(conversation.extra.as_ref().unwrap().as_str()).unwrap()
}
