//! Runs whose customers are played by a steer service: recorded conversations through the scheduler,
//! and what stops a run before anything is said.

#[allow(dead_code)] // other tests use the rest of it
#[path = "../../../tau-traits/tests/hosted/fake.rs"]
mod fake;

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::routing::post;
use axum::{Json, Router};
use fake::{Fake, KEY, said_so_far};
use secrecy::SecretString;
use serde_json::{Value, json};
use tau_domain::{Domain, DomainId, Split};
use tau_llm::{Endpoint, EndpointKind, ProviderLimits};
use tau_packs::Library;
use tau_runs::{
    AgentPlan, CustomerPlan, CustomerStrategy, Directory, ModelPlayer, PRACTICE, PlannedTask,
    PlayFailure, RunPlan, RunState, Runs,
};
use tau_traits::{Condition, TraitMix};

use crate::support::plan;

/// The agent behind chat completions and the customer behind the steer protocol.
struct Loopback {
    chat: String,
    steer: String,
}

#[async_trait]
impl Directory for Loopback {
    async fn find(&self, endpoint: &str) -> Result<(Endpoint, Option<SecretString>), PlayFailure> {
        Ok(match endpoint {
            "steer" => {
                let kind = EndpointKind::Steer;
                let endpoint = Endpoint::new("steer", "Steering box", kind, &self.steer);
                (endpoint, Some(SecretString::from(KEY)))
            }
            _ => {
                let kind = EndpointKind::OpenAiCompatible;
                (Endpoint::new("chat", "Recorded agent", kind, &self.chat), None)
            }
        })
    }
}

fn from(variable: &str, usual: &str) -> PathBuf {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(usual);
    std::env::var_os(variable).map_or(usual, PathBuf::from)
}

fn unpacked(file: &Path) -> Vec<Value> {
    let mut text = String::new();
    let packed = std::fs::File::open(file).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn turns(conversation: &Value, role: &str) -> Vec<Value> {
    let all = conversation["traj"].as_array().unwrap();
    all.iter().filter(|message| message["role"] == role).cloned().collect()
}

/// The recorded agents, told apart by the customer's first words.
async fn agent(conversations: &[Value]) -> String {
    let by_opening: HashMap<String, Vec<Value>> = conversations
        .iter()
        .map(|one| (opening(one).to_owned(), turns(one, "assistant")))
        .collect();
    assert_eq!(by_opening.len(), conversations.len());
    let by_opening = Arc::new(by_opening);
    let complete = move |Json(body): Json<Value>| async move {
        let opening = body["messages"][1]["content"].as_str().unwrap();
        let message = &by_opening[opening][said_so_far(&body)];
        let finish = if message["tool_calls"].is_array() { "tool_calls" } else { "stop" };
        Json(json!({"choices": [{"message": message, "finish_reason": finish}]}))
    };
    let app = Router::new().route("/v1/chat/completions", post(complete));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    url
}

fn opening(conversation: &Value) -> &str {
    conversation["traj"][1]["content"].as_str().unwrap()
}

/// The recorded customers, told apart by the task's instruction in their prompt and by what they said
/// first. Two of retail's tasks have the same instruction; whoever asks first gets the first of them.
async fn customer(conversations: &[Value]) -> Fake {
    let by_task: Vec<(String, Vec<Value>)> = conversations
        .iter()
        .map(|one| {
            (one["info"]["task"]["instruction"].as_str().unwrap().to_owned(), turns(one, "user"))
        })
        .collect();
    let opened = Mutex::new(HashSet::new());
    Fake::with_line(Box::new(move |entry| {
        let messages = entry["messages"].as_array().unwrap();
        let prompt = messages[0]["content"].as_str().unwrap();
        let fits = by_task.iter().filter(|(instruction, _)| prompt.contains(instruction.trim()));
        let longest = fits.clone().map(|(instruction, _)| instruction.len()).max();
        let mut same = fits.filter(|(instruction, _)| Some(instruction.len()) == longest);
        let said = messages.iter().find(|message| message["role"] == "assistant");
        let (_, lines) = match said {
            Some(first) => same.find(|(_, lines)| lines[0]["content"] == first["content"]),
            None => same.find(|(_, lines)| {
                opened.lock().unwrap().insert(lines[0]["content"].as_str().unwrap().to_owned())
            }),
        }
        .ok_or("no such conversation")?;
        let line = lines.get(said_so_far(entry)).ok_or("the recording is over")?;
        Ok(line["content"].as_str().unwrap().to_owned())
    }))
    .await
}

/// The plan of all test tasks, every customer in this condition.
fn all_tasks(domain: &Domain, id: &str, condition: Condition) -> RunPlan {
    let tasks = domain.tasks[&Split::Test].iter().enumerate().map(|(index, task)| PlannedTask {
        id: task.id.clone(),
        index: index as u32,
        title: task.title.clone(),
    });
    RunPlan {
        domain: id.into(),
        domain_fingerprint: domain.fingerprint.clone(),
        tasks: tasks.collect(),
        conditions: vec![condition],
        baseline: false,
        agent: AgentPlan::new("chat", "recorded"),
        customer: CustomerPlan::new(CustomerStrategy::TraitMix, "steer", ""),
        ..plan(1, 1, 8)
    }
}

/// Plays a recorded file as a run, the steer service at `path`, and compares what comes of it.
async fn plays_as_recorded(name: &str, file: &str, path: &str) {
    let facts = from("TAUTRAIT_FACTS", "../shared/facts").join("tau1/trajectories").join(file);
    let wheel = from("TAUTRAIT_WHEEL", "target/upstream/tau_trait-0.1.1-py3-none-any.whl");
    for needed in [&facts, &wheel] {
        if !needed.exists() {
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!(
                    "SKIPPED: a run of recorded conversations of {name}: there is no {}\n",
                    needed.display()
                ),
            );
            return;
        }
    }
    let recorded = unpacked(&facts);
    let dir = tempfile::tempdir().unwrap();
    let library = Arc::new(Library::new(Vec::new(), dir.path().to_owned()));
    tau_packs::import_release(&wheel, "tau1", &library).unwrap();
    let id = DomainId::imported("tau1", name).unwrap();
    let domain = library.get(&id).unwrap();

    let fake = customer(&recorded).await;
    let steer = format!("{}{path}", fake.url);
    let directory = Arc::new(Loopback { chat: agent(&recorded).await, steer });
    let player = ModelPlayer::new(library, directory, ProviderLimits::new(8));
    let runs = Runs::open(&dir.path().join("runs"), Arc::new(player)).await.unwrap();
    // As the recording's file of traits had it: one trait and three that are not wanted.
    let written = json!({"impatience": "medium", "confusion": "low", "skeptical": "low", "incoherence": "low"});
    let condition = Condition {
        trait_dict: written.as_object().cloned(),
        ..Condition::new(TraitMix::new([("impatience", 2)]).unwrap())
    };
    let planned = all_tasks(&domain, &id.to_string(), condition);
    let run = runs.create(planned).await.unwrap();
    runs.start(run).await.unwrap();
    runs.wait(run).await;
    let progress = runs.progress(run).await.unwrap();
    assert_eq!(
        (progress.state, progress.finished as usize, progress.not_scored),
        (RunState::Finished, recorded.len(), 0),
        "{progress:?}"
    );

    let ours = runs.export_tau_trait(run).await.unwrap();
    let ours: Vec<Value> = serde_json::from_str(&ours).unwrap();
    let by_opening: HashMap<&str, &Value> =
        ours.iter().map(|result| (opening(result), result)).collect();
    let task = |result: &Value| result["info"]["task"]["instruction"].clone();
    let hash = |result: &Value| result["info"]["reward_info"]["info"]["gt_data_hash"].clone();
    for theirs in &recorded {
        let (ours, which) = (by_opening[opening(theirs)], &theirs["task_id"]);
        assert_eq!(task(ours), task(theirs), "{name} {which}");
        assert_eq!(ours["reward"], theirs["reward"], "{name} {which}");
        assert_eq!(hash(ours), hash(theirs), "{name} {which}: gold state");
        assert_eq!(turns(ours, "user"), turns(theirs, "user"), "{name} {which}: the customer");
        assert_eq!(
            ours["traj"].as_array().unwrap().len(),
            theirs["traj"].as_array().unwrap().len(),
            "{name} {which}: length"
        );
    }

    assert_eq!(fake.listed(), 1, "one question for the traits of the whole run");
    let spoken: usize = recorded.iter().map(|one| turns(one, "user").len()).sum();
    let asked = fake.asked();
    assert_eq!(asked.len(), spoken, "a call for each line of a customer");
    for request in asked {
        let entry = if request.path == "/steer_batch" { &request.body[0] } else { &request.body };
        assert_eq!(entry["trait_dict"], written, "as it was written");
        assert_eq!(entry["messages"][0]["role"], "system");
        assert_eq!(entry["messages"][1]["role"], "user", "the customer is the assistant");
    }
}

#[tokio::test]
async fn a_run_of_the_recorded_airline_conversations_gets_their_rewards() {
    plays_as_recorded("airline", "impatience_airline.json.gz", "/steer_bare").await;
}

#[tokio::test]
async fn a_run_of_the_recorded_retail_conversations_in_batches_gets_their_rewards() {
    plays_as_recorded("retail", "impatience_retail.json.gz", "").await;
}

/// A run of two shipped tasks in one condition, with a practice agent.
async fn short_run(dir: &Path, fake: &Fake, mix: TraitMix) -> (Runs, tau_runs::RunId) {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs");
    let library = Arc::new(Library::new(vec![packs], dir.to_owned()));
    let domain = library.get(&"telecom".parse().unwrap()).unwrap();
    let mut planned = all_tasks(&domain, "telecom", Condition::new(mix));
    planned.tasks.truncate(2);
    planned.agent = AgentPlan::new(PRACTICE, tau_sim::PRACTICE_AGENT);
    let directory = Arc::new(Loopback { chat: String::new(), steer: fake.url.clone() });
    let player = ModelPlayer::new(library, directory, ProviderLimits::new(4));
    let runs = Runs::open(dir, Arc::new(player)).await.unwrap();
    let run = runs.create(planned).await.unwrap();
    runs.start(run).await.unwrap();
    runs.wait(run).await;
    (runs, run)
}

#[tokio::test]
async fn a_trait_that_the_service_does_not_know_stops_the_run_before_anything_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let fake = Fake::start().await;
    let mix = TraitMix::new([("impatience", 3), ("verbosity", 2)]).unwrap();
    let (runs, run) = short_run(dir.path(), &fake, mix).await;
    let progress = runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.finished), (RunState::Paused, 0), "{progress:?}");
    let told = format!("{progress:?}");
    assert!(told.contains("does not know verbosity. It knows impatience, confusion"), "{told}");
    assert!(fake.asked().is_empty(), "nothing was said");
}

#[tokio::test]
async fn a_customer_that_stops_ends_the_conversation() {
    let dir = tempfile::tempdir().unwrap();
    let fake = Fake::with_line(Box::new(|entry| {
        let last = if said_so_far(entry) == 0 { "My line is dead." } else { "Bye. ###STOP###" };
        Ok(last.to_owned())
    }))
    .await;
    let mix = TraitMix::new([("impatience", 4)]).unwrap();
    let (runs, run) = short_run(dir.path(), &fake, mix).await;
    let progress = runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.finished), (RunState::Finished, 2), "{progress:?}");
    let asked = fake.asked();
    assert_eq!(asked.len(), 4, "two lines each");
    assert!(asked.iter().all(|call| call.body[0]["trait_dict"] == json!({"impatience": "high"})));
}
