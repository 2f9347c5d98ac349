//! A whole recorded file played again through the command line: the recorded agent answers chat
//! completions, the recorded customer answers the steer protocol, our environment does the rest.
//! The rewards must be the recorded ones.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::servers::{Server, completion, finish, json_line, replies_so_far, tautrait};

fn from(variable: &str, usual: &str) -> PathBuf {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(usual);
    std::env::var_os(variable).map_or(usual, PathBuf::from)
}

fn recorded(facts: &Path) -> Vec<Value> {
    let mut text = String::new();
    let file = File::open(facts).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn turns(conversation: &Value, role: &str) -> Vec<Value> {
    let all = conversation["traj"].as_array().unwrap();
    all.iter().filter(|message| message["role"] == role).cloned().collect()
}

/// The recorded agents, told apart by the customer's first words (which are unique in the file).
fn agent(conversations: &[Value]) -> Server {
    let by_opening: HashMap<String, Vec<Value>> = conversations
        .iter()
        .map(|one| {
            (one["traj"][1]["content"].as_str().unwrap().to_owned(), turns(one, "assistant"))
        })
        .collect();
    assert_eq!(by_opening.len(), conversations.len());
    Server::start(Box::new(move |body| {
        let opening = body["messages"][1]["content"].as_str().unwrap();
        let message = &by_opening[opening][replies_so_far(body)];
        (
            200,
            completion(json!({
                "role": "assistant", "content": message["content"], "tool_calls": message["tool_calls"],
            })),
        )
    }))
}

/// The recorded customers, told apart by the task's instruction in their prompt.
fn customer(conversations: &[Value]) -> Server {
    let by_task: Vec<(String, Vec<Value>)> = conversations
        .iter()
        .map(|one| {
            (one["info"]["task"]["instruction"].as_str().unwrap().to_owned(), turns(one, "user"))
        })
        .collect();
    let by_task = Arc::new(by_task);
    Server::start(Box::new(move |body| {
        let prompt = body["messages"][0]["content"].as_str().unwrap();
        let fits = by_task.iter().filter(|(instruction, _)| prompt.contains(instruction.trim()));
        let (_, said) = fits.max_by_key(|(instruction, _)| instruction.len()).unwrap();
        (200, json!({ "response": said[replies_so_far(body)]["content"] }))
    }))
}

#[test]
fn recorded_conversations_played_through_the_command_line_get_the_recorded_rewards() {
    let facts = from("TAUTRAIT_FACTS", "../shared/facts")
        .join("tau1/trajectories/impatience_airline.json.gz");
    let wheel = from("TAUTRAIT_WHEEL", "target/upstream/tau_trait-0.1.1-py3-none-any.whl");
    for needed in [&facts, &wheel] {
        if !needed.exists() {
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!(
                    "SKIPPED: recorded conversations through the command line: {} is missing\n",
                    needed.display()
                ),
            );
            return;
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let (code, out, err) =
        finish(tautrait(&data, None).arg("import").arg(&wheel).args(["--name", "tau1"]));
    assert_eq!(code, 0, "{out}{err}");

    let conversations = recorded(&facts);
    let (agent, customer) = (agent(&conversations), customer(&conversations));
    let file = dir.path().join("out.json");
    let (code, out, err) = finish(
        tautrait(&data, Some(&agent))
            .args([
                "run",
                "--env",
                "tau1:airline",
                "--model",
                "recorded",
                "--model-provider",
                "openai",
            ])
            .args(["--user-model-provider", "steer", "--endpoint", &customer.url("/steer_tau")])
            .args([
                "--trait-dict",
                r#"{"impatience": 4}"#,
                "--max-concurrency",
                "8",
                "--json",
                "--result-fp",
            ])
            .arg(&file),
    );
    assert_eq!(code, 0, "{out}{err}");
    let line = json_line(&out);
    assert_eq!(
        (&line["summary"]["scored"], &line["summary"]["not_scored"]),
        (&json!(60), &json!(0))
    );

    let played: Vec<Value> = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let by_task: HashMap<u64, &Value> =
        played.iter().map(|result| (result["task_id"].as_u64().unwrap(), result)).collect();
    let mut different = Vec::new();
    for conversation in &conversations {
        let task = conversation["task_id"].as_u64().unwrap();
        let ours = by_task[&task];
        let hash = |result: &Value| result["info"]["reward_info"]["info"]["gt_data_hash"].clone();
        if ours["reward"] != conversation["reward"] || hash(ours) != hash(conversation) {
            different.push(task);
        }
        assert_eq!(
            ours["traj"].as_array().unwrap().len(),
            conversation["traj"].as_array().unwrap().len(),
            "{task}"
        );
    }
    assert!(different.is_empty(), "rewards or gold hashes differ in tasks {different:?}");
    assert_eq!(by_task.len(), 60);
}
