//! What is not the agent's fault is no reward.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tau_domain::Outcome;
use tau_runs::{AgentPlan, RunPlan, RunState, Tau2Shape};
use tau_sim::tau2::AgentKind;
use tau_toolkits::Profile;
use tokio::net::TcpListener;

use super::stage::Stage;

/// A model that says nothing at all, until it is healed.
#[derive(Clone, Default)]
struct Mute {
    healed: Arc<AtomicBool>,
    asked: Arc<AtomicU32>,
}

impl Mute {
    async fn start(&self) -> String {
        let app =
            Router::new().route("/v1/chat/completions", post(answer)).with_state(self.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await });
        format!("http://{address}/v1")
    }
}

async fn answer(State(mute): State<Mute>, Json(_): Json<Value>) -> impl IntoResponse {
    mute.asked.fetch_add(1, Ordering::SeqCst);
    let text = if mute.healed.load(Ordering::SeqCst) {
        "That is all. Is there anything else I can help you with?"
    } else {
        ""
    };
    Json(json!({
        "id": "x", "object": "chat.completion", "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop",
                     "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 1, "total_tokens": 6}
    }))
}

#[tokio::test]
async fn replies_of_no_use_are_no_reward_and_are_forgotten_before_another_attempt() {
    let dir = tempfile::tempdir().unwrap();
    let mute = Mute::default();
    let stage = Stage::at(dir.path(), "mobile", Some(mute.start().await)).await;
    let plan =
        RunPlan { agent: AgentPlan::new("loopback", "mute"), ..stage.plan(AgentKind::Llm, 2, 1) };
    let run = stage.play(plan).await;
    let rows = stage.rows(run).await;
    assert_eq!(rows.len(), 4);
    for row in &rows {
        assert_eq!((row.outcome, row.kind.as_str()), (Outcome::NotScored, "useless"), "{row:?}");
        assert!(row.message.contains("neither says anything"), "{}", row.message);
    }
    // Two attempts at each conversation, four questions at each.
    assert_eq!(mute.asked.load(Ordering::SeqCst), 4 * 2 * 4);

    // In a file of 1.0 they are there without a reward, in older ones not at all.
    let new = dir.path().join("new.json");
    let exported = stage.runs.write_tau2(run, Tau2Shape::File(Profile::V1_0), &new).await.unwrap();
    assert_eq!((exported.written, exported.not_scored), (0, 4));
    let file: Value = serde_json::from_slice(&std::fs::read(&new).unwrap()).unwrap();
    for simulation in file["simulations"].as_array().unwrap() {
        assert_eq!(simulation["termination_reason"], "infrastructure_error");
        assert_eq!(simulation["reward_info"], Value::Null);
    }
    let old = dir.path().join("old.json");
    stage.runs.write_tau2(run, Tau2Shape::File(Profile::V0_1_2), &old).await.unwrap();
    let file: Value = serde_json::from_slice(&std::fs::read(&old).unwrap()).unwrap();
    assert_eq!(file["simulations"], json!([]));

    // The replies of no use are not recalled: another attempt asks anew.
    mute.healed.store(true, Ordering::SeqCst);
    stage.runs.retry_not_scored(run).await.unwrap();
    stage.runs.wait(run).await;
    let progress = stage.runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.finished), (RunState::Finished, 4), "{progress:?}");
    assert_eq!(progress.not_scored, 0, "{progress:?}");
}

#[tokio::test]
async fn a_model_that_cannot_be_reached_pauses_the_run_or_is_no_reward() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let plan =
        RunPlan { agent: AgentPlan::new("gone", "model"), ..stage.plan(AgentKind::Llm, 1, 1) };
    let run = stage.play(plan).await;
    let progress = stage.runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.kind.as_str()), (RunState::Paused, "setup"));
    assert_eq!((progress.passed, progress.failed), (0, 0));
}
