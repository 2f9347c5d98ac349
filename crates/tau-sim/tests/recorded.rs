//! Recorded conversations, played again from end to end through loopback servers: the agent over
//! chat completions, the customer over the steer protocol, the tools in our own environment. The
//! rewards must be the recorded ones.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use secrecy::SecretString;
use serde_json::{Value, json};
use tau_domain::{Domain, DomainId, Split};
use tau_llm::{Endpoint, EndpointKind, ProviderLimits, connect};
use tau_sim::{
    AgentSetup, CancellationToken, CustomerStrategy, EpisodeSpec, ModelCustomer, Players, Silent,
    Wording, play,
};
use tau_traits::hosted::wire_dict;
use tau_traits::{Condition, Hosted, SteerClient, SteerService, TraitMix, TraitSet};

/// The recorded messages of each conversation: by its number, which travels as model and key.
type Recordings = Arc<Mutex<HashMap<String, Vec<Value>>>>;

/// Answers with the recorded assistant message that follows what has been said so far.
async fn complete(
    State(recordings): State<Recordings>,
    Json(request): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let number = request["model"].as_str().unwrap();
    let so_far = request["messages"].as_array().unwrap().len();
    let recordings = recordings.lock().unwrap();
    let Some(message) =
        recordings[number].get(so_far).filter(|message| message["role"] == "assistant")
    else {
        return (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": {"message": "not in the recording"}})),
        );
    };
    let finish = if message["tool_calls"].is_array() { "tool_calls" } else { "stop" };
    (StatusCode::OK, Json(json!({"choices": [{"message": message, "finish_reason": finish}]})))
}

/// Answers with the recorded customer message that follows what the customer has said so far.
async fn steer(
    State(recordings): State<Recordings>,
    headers: HeaderMap,
    Json(request): Json<Value>,
) -> (StatusCode, Json<Value>) {
    assert_eq!(request["trait_dict"], json!({"impatience": "medium"}));
    let number = headers["api-key"].to_str().unwrap();
    let said = request["messages"].as_array().unwrap();
    let said = said.iter().filter(|message| message["role"] == "assistant").count();
    let recordings = recordings.lock().unwrap();
    let next = recordings[number].iter().filter(|message| message["role"] == "user").nth(said);
    match next {
        Some(message) => (StatusCode::OK, Json(json!({"response": message["content"]}))),
        None => (StatusCode::BAD_REQUEST, Json(json!({"detail": "not in the recording"}))),
    }
}

async fn servers(recordings: Recordings) -> (String, String) {
    let app = Router::new()
        .route("/v1/chat/completions", post(complete))
        .route("/steer", post(steer))
        .with_state(recordings);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (format!("http://{address}/v1"), format!("http://{address}/steer"))
}

fn facts() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/facts");
    std::env::var_os("TAUTRAIT_FACTS").map_or_else(beside, PathBuf::from)
}

fn wheel() -> PathBuf {
    let usual = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../target/upstream/tau_trait-0.1.1-py3-none-any.whl")
    };
    std::env::var_os("TAUTRAIT_WHEEL").map_or_else(usual, PathBuf::from)
}

async fn plays_as_recorded(name: &str, file: &str, conversations: usize) {
    let (file, wheel) = (facts().join("tau1/trajectories").join(file), wheel());
    for needed in [&file, &wheel] {
        if !needed.exists() {
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!(
                    "SKIPPED: recorded conversations of {name}: there is no {}\n",
                    needed.display()
                ),
            );
            return;
        }
    }
    let mut text = String::new();
    let packed = std::fs::File::open(&file).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let recorded: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(recorded.len(), conversations);

    let place = tempfile::tempdir().unwrap();
    let library = tau_packs::Library::new(Vec::new(), place.path().to_owned());
    tau_packs::import_release(&wheel, "tau1", &library).unwrap();
    let domain: Arc<Domain> = library.get(&DomainId::imported("tau1", name).unwrap()).unwrap();

    let numbered = recorded.iter().enumerate();
    let messages: HashMap<String, Vec<Value>> = numbered
        .map(|(number, each)| (number.to_string(), each["traj"].as_array().unwrap().clone()))
        .collect();
    let recordings: Recordings = Arc::new(Mutex::new(messages));
    let (chat_url, steer_url) = servers(recordings).await;
    let chat = Endpoint::new("chat", "Recorded agent", EndpointKind::OpenAiCompatible, chat_url);
    let steer = Endpoint::new("steer", "Recorded customer", EndpointKind::Steer, steer_url);
    let limits = ProviderLimits::new(4);
    let mix = TraitMix::new([("impatience", 2)]).unwrap();

    let setup = AgentSetup::tool_calling(&domain);
    for (number, each) in recorded.iter().enumerate() {
        let index = usize::try_from(each["task_id"].as_u64().unwrap()).unwrap();
        let task = domain.tasks[&Split::Test][index].clone();
        let key = SecretString::from(number.to_string());
        let agent = connect(&chat, &number.to_string(), None, limits.clone()).unwrap();
        let condition = Condition::new(mix.clone());
        let traits = wire_dict(&condition, TraitSet::shipped());
        let client = SteerClient::new(SteerService::new(&steer, Some(key), limits.clone()), traits);
        let customer = ModelCustomer::new(
            CustomerStrategy::TraitMix,
            Box::new(Hosted::new(Box::new(client))),
            &task,
            &Wording::shipped(),
        )
        .unwrap();
        let spec = EpisodeSpec::new(task, condition, 0, 10);
        let players = Players { agent: &*agent, setup: &setup, customer: &customer };
        let cancel = CancellationToken::new();
        let trajectory = play(domain.clone(), &spec, players, &Silent, &cancel).await.unwrap();

        assert_eq!(trajectory.reward.value, each["reward"].as_f64().unwrap(), "{name} {index}");
        let length = each["traj"].as_array().unwrap().len();
        assert_eq!(trajectory.messages.len(), length, "{name} {index}: length");
        let recorded_hash = each["info"]["reward_info"]["info"]["gt_data_hash"].as_str();
        if let Some(hash) = recorded_hash {
            assert_eq!(trajectory.reward.gold_hash, hash, "{name} {index}: gold state");
        }
        for (ours, theirs) in
            trajectory.messages.iter().zip(each["traj"].as_array().unwrap()).skip(1)
        {
            assert_eq!(json!(ours.content), theirs["content"], "{name} {index}");
        }
    }
}

#[tokio::test]
async fn the_recorded_airline_conversations_get_their_recorded_rewards() {
    plays_as_recorded("airline", "impatience_airline.json.gz", 60).await;
}

#[tokio::test]
async fn the_recorded_retail_conversations_get_their_recorded_rewards() {
    plays_as_recorded("retail", "impatience_retail.json.gz", 120).await;
}
