//! `tautrait diagnose`: a result file in, upstream's file out.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::servers::{AGENT_KEY, Server, completion, finish, json_line, tautrait};

const AUTHOR: &str = r#"{"author": "agent", "first_turn": 1, "severity": "critical", "tags": [], "description": "The agent did nothing."}"#;
const KIND: &str = r#"{"kind": "goal_partially_completed", "description": "Nothing was done."}"#;

/// A judge that answers both questions, or always this.
fn judge(always: Option<&'static str>) -> Server {
    Server::start(Box::new(move |body| {
        let question = body["messages"][0]["content"].as_str().unwrap();
        let usual = if question.contains("Who caused it") { KIND } else { AUTHOR };
        let message = json!({"role": "assistant", "content": always.unwrap_or(usual)});
        (200, completion(message))
    }))
}

/// A practice run with impatient customers, written as a result file.
fn results(dir: &Path) -> PathBuf {
    let file = dir.join("results.json");
    let mut run = tautrait(&dir.join("data"), None);
    run.args(["run", "--env", "retail", "--model-provider", "practice", "--max-concurrency", "4"])
        .args(["--user-strategy", "practice", "--trait-dict", r#"{"impatience": 4}"#])
        .arg("--result-fp")
        .arg(&file);
    let (code, out, err) = finish(&mut run);
    assert_eq!(code, 0, "{out}{err}");
    file
}

fn failed(file: &Path) -> Vec<u64> {
    let list: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let failed = list.as_array().unwrap().iter().filter(|one| one["reward"] == 0.0);
    failed.map(|one| one["task_id"].as_u64().unwrap()).collect()
}

fn analysis(file: &Path) -> (Vec<Value>, Vec<Value>) {
    let read: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let keys: Vec<&String> = read.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["fault_assignment_analysis", "fault_type_analysis"]);
    let list = |key: &str| read[key].as_array().unwrap().clone();
    (list("fault_assignment_analysis"), list("fault_type_analysis"))
}

#[test]
fn rules_alone_diagnose_every_failure_of_a_file_and_find_its_domain() {
    let dir = tempfile::tempdir().unwrap();
    let (file, out_file) = (results(dir.path()), dir.path().join("deep/diagnosis.json"));
    let failed = failed(&file);
    assert!(failed.len() >= 5, "{failed:?}");
    let mut command = tautrait(&dir.path().join("data"), None);
    command.args(["diagnose", "--json", "--results-path"]).arg(&file);
    let (code, out, err) = finish(command.arg("--output-path").arg(&out_file));
    assert_eq!(code, 0, "{out}{err}");
    let told = json_line(&out);
    assert_eq!((&told["domain"], &told["judged"]), (&json!("retail"), &json!(failed.len())));
    let (authors, kinds) = analysis(&out_file);
    let ids: Vec<u64> = authors.iter().map(|one| one["task_id"].as_u64().unwrap()).collect();
    assert_eq!(ids, failed, "in the order of the results");
    let by = |who: &str| authors.iter().filter(|one| one["author"] == who).count();
    assert!(by("user") > by("agent"), "impatient customers leave: {told}");
    assert_eq!(kinds.len(), by("agent"), "kinds are of the agent's faults alone");
}

#[test]
fn a_judging_model_is_asked_twice_for_each_of_the_first_failures() {
    let dir = tempfile::tempdir().unwrap();
    let (file, out_file) = (results(dir.path()), dir.path().join("diagnosis.json"));
    let judge = judge(None);
    let mut command = tautrait(&dir.path().join("data"), Some(&judge));
    command
        .args([
            "diagnose",
            "--platform",
            "openai",
            "--model",
            "judge-1",
            "-n",
            "2",
            "--env",
            "retail",
        ])
        .arg("--results-path")
        .arg(&file)
        .arg("--output-path")
        .arg(&out_file);
    let (code, out, err) = finish(&mut command);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("looking at the first 2") && out.contains("2 judged"), "{out}");
    let (authors, kinds) = analysis(&out_file);
    assert_eq!(authors.len(), 2);
    assert_eq!(kinds[0]["description"], "Nothing was done.");
    let asked = judge.requests();
    assert_eq!(asked.len(), 4);
    assert_eq!(asked[0].body["model"], "judge-1");
    assert_eq!(asked[0].header("authorization").unwrap(), format!("Bearer {AGENT_KEY}"));
}

#[test]
fn answers_that_cannot_be_read_are_reported_and_in_no_count() {
    let dir = tempfile::tempdir().unwrap();
    let (file, out_file) = (results(dir.path()), dir.path().join("diagnosis.json"));
    let judge = judge(Some("The customer, I think."));
    let mut command = tautrait(&dir.path().join("data"), Some(&judge));
    command
        .args(["diagnose", "--model-provider", "openai", "--model", "m", "-n", "1", "--json"])
        .arg("--results-path")
        .arg(&file)
        .arg("--output-path")
        .arg(&out_file);
    let (code, out, err) = finish(&mut command);
    assert_eq!(code, 3, "{out}{err}");
    let told = json_line(&out);
    assert_eq!((&told["judged"], &told["authors"]["user"]), (&json!(0), &json!(0)));
    assert_eq!(told["not_judged"].as_array().unwrap().len(), 1);
    assert_eq!(judge.requests().len(), 2, "once, and once more");
    assert_eq!(analysis(&out_file).0.len(), 0);
}

#[test]
fn what_is_missing_is_said_before_anything_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = dir.path().join("none.json");
    let run = |more: &[&str]| {
        let mut command = tautrait(&dir.path().join("data"), None);
        command.args(["diagnose", "--results-path"]).arg(&nowhere);
        command.arg("--output-path").arg(dir.path().join("out.json")).args(more);
        finish(&mut command)
    };
    let (code, _, err) = run(&["--model-provider", "openai"]);
    assert_eq!(code, 1);
    assert!(err.contains("Which model is to judge?") && err.contains("rules alone"), "{err}");
    let (code, _, err) = run(&["--rules-only"]);
    assert_eq!(code, 1);
    assert!(err.contains("none.json"), "{err}");
}
