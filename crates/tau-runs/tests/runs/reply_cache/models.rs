//! An agent and a customer on loopback who never say the same twice, and the stage on which they play.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use axum::routing::post;
use axum::{Json, Router};
use secrecy::SecretString;
use serde_json::{Value, json};
use tau_domain::Split;
use tau_llm::{Endpoint, EndpointKind, ProviderLimits};
use tau_packs::Library;
use tau_runs::{
    AgentPlan, CacheAddress, Conversation, ConversationFilter, CustomerPlan, CustomerStrategy,
    Directory, ModelPlayer, Pacing, Page, PlannedTask, PlayFailure, RunId, RunPlan, RunState, Runs,
    Tau2Plan,
};
use tau_sim::tau2::AgentKind;

use crate::support::plan;

/// What each reply costs in US dollars.
pub const COST: f64 = 0.01;

/// The models, and how often they were asked.
#[derive(Default)]
pub struct Models {
    count: AtomicU32,
    url: String,
    /// Whether they say nothing.
    pub mute: AtomicBool,
}

impl Models {
    pub async fn start() -> Arc<Models> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let models = Arc::new(Models { url, ..Models::default() });
        let answering = models.clone();
        let answer = move |Json(body): Json<Value>| {
            let models = answering.clone();
            async move { Json(models.answer(&body)) }
        };
        let app = Router::new().route("/v1/chat/completions", post(answer));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        models
    }

    pub fn asked(&self) -> u32 {
        self.count.load(Ordering::SeqCst)
    }

    fn answer(&self, body: &Value) -> Value {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let agent = body["model"] == "agent-1";
        let messages = body["messages"].as_array().unwrap().len();
        let text = match (self.mute.load(Ordering::SeqCst), agent, messages) {
            (true, ..) => String::new(),
            (_, true, _) => format!("What else? ({number})"),
            (_, false, 0..=5) => format!("Please help me. ({number})"),
            (_, false, _) => format!("Thank you. ({number}) ###STOP###"),
        };
        json!({
            "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
            "usage": {"prompt_tokens": 70, "completion_tokens": 5, "cost": COST},
        })
    }
}

/// Where every endpoint is.
struct At(String);

#[async_trait]
impl Directory for At {
    async fn find(&self, endpoint: &str) -> Result<(Endpoint, Option<SecretString>), PlayFailure> {
        let kind = EndpointKind::OpenAiCompatible;
        Ok((Endpoint::new(endpoint, "Loopback", kind, &self.0), None))
    }
}

/// An open data folder with a cache.
pub struct Theatre {
    pub runs: Runs,
    pub models: Arc<Models>,
    pub library: Arc<Library>,
}

impl Theatre {
    pub async fn open(dir: &Path, cache: &CacheAddress, models: Arc<Models>) -> Theatre {
        let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs");
        let library = Arc::new(Library::new(vec![packs], dir.join("library")));
        let data = dir.join("data");
        let directory = Arc::new(At(models.url.clone()));
        let player = ModelPlayer::new(library.clone(), directory, ProviderLimits::new(8))
            .with_reply_cache(cache.open(&data).unwrap());
        let pacing = Pacing { attempts: 2, retry_after: Duration::ZERO, ..Pacing::default() };
        let runs = Runs::open_with(&data, Arc::new(player), pacing).await.unwrap();
        Theatre { runs, models, library }
    }

    pub async fn play(&self, plan: RunPlan) -> RunId {
        let run = self.runs.create(plan).await.unwrap();
        self.runs.start(run).await.unwrap();
        self.runs.wait(run).await;
        run
    }

    /// Plays a plan, which has to come to its end with everything scored.
    pub async fn finish(&self, plan: RunPlan) -> RunId {
        let run = self.play(plan).await;
        let progress = self.runs.progress(run).await.unwrap();
        assert_eq!((progress.state, progress.not_scored), (RunState::Finished, 0), "{progress:?}");
        run
    }

    pub async fn conversations(&self, run: RunId) -> Vec<Conversation> {
        let page = Page { offset: 0, limit: 10_000 };
        let rows =
            self.runs.conversations(run, &ConversationFilter::default(), page).await.unwrap();
        let mut all = Vec::new();
        for row in rows.rows {
            all.push(self.runs.conversation(row.id).await.unwrap());
        }
        all
    }

    /// Ends it, so that another can open its folder.
    pub async fn close(self) {
        self.runs.shutdown().await;
    }
}

/// Two tasks under the baseline and one trait, with models.
fn with_models(plan: RunPlan) -> RunPlan {
    RunPlan {
        agent: AgentPlan::new("e", "agent-1"),
        customer: CustomerPlan::new(CustomerStrategy::Llm, "e", "user-1"),
        reply_cache: true,
        ..plan
    }
}

/// A run in a domain of tau-bench.
pub fn tau_bench(theatre: &Theatre) -> RunPlan {
    let domain = theatre.library.get(&"retail".parse().unwrap()).unwrap();
    let tasks = domain.tasks[&Split::Test].iter().enumerate().take(2);
    with_models(RunPlan {
        domain: "retail".into(),
        domain_fingerprint: domain.fingerprint.clone(),
        tasks: tasks
            .map(|(index, task)| PlannedTask {
                id: task.id.clone(),
                index: index as u32,
                title: task.title.clone(),
            })
            .collect(),
        ..plan(2, 1, 4)
    })
}

/// A run in a domain of tau2.
pub fn tau2(theatre: &Theatre) -> RunPlan {
    let definition = theatre.library.definition(&"mobile".parse().unwrap()).unwrap();
    let tau2 = Tau2Plan::new(&definition, AgentKind::Llm, Some("base"));
    let mut tasks = tau2.tasks(&definition).unwrap();
    tasks.truncate(2);
    with_models(RunPlan {
        domain: definition.id.to_string(),
        domain_fingerprint: definition.fingerprint.clone(),
        tasks,
        grader: tau2.grader(),
        tau2: Some(Box::new(tau2)),
        ..plan(2, 1, 4)
    })
}
