//! Result files opened as runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tau_domain::Outcome;
use tau_packs::Library;
use tau_runs::{ConversationFilter, OpenedRun, Page, RunId, RunState, Runs, open_results, preview};

use crate::support::{Scripted, facts, wheel};

struct Desk {
    dir: tempfile::TempDir,
    library: Library,
    runs: Runs,
}

impl Desk {
    async fn new() -> Desk {
        let dir = tempfile::tempdir().unwrap();
        let library = Library::new(Vec::new(), dir.path().join("data"));
        let player = Arc::new(Scripted::new(1, Duration::ZERO));
        let runs = Runs::open(&dir.path().join("data"), player).await.unwrap();
        Desk { dir, library, runs }
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn open(&self, paths: &[PathBuf]) -> Vec<OpenedRun> {
        let (runs, errors) = open_results(paths, &self.library);
        assert_eq!(errors, []);
        runs
    }

    async fn import(&self, paths: &[PathBuf]) -> Vec<RunId> {
        let mut ids = Vec::new();
        for opened in self.open(paths) {
            ids.push(self.runs.import(opened).await.unwrap());
        }
        ids
    }
}

/// An entry of tau-bench: task, attempt, reward.
fn entry(task: u32, trial: u32, reward: f64) -> Value {
    json!({
        "task_id": task, "trial": trial, "reward": reward,
        "info": {
            "task": {"user_id": format!("user_{task}"), "instruction": format!("You are customer number {task}."),
                     "actions": [{"name": "pay", "kwargs": {"amount": 50.0}}], "outputs": []},
            "source": "user", "user_cost": 0.01,
            "reward_info": {"reward": reward, "info": {"r_actions": reward, "gt_data_hash": "h"}, "actions": []},
        },
        "traj": [
            {"role": "system", "content": "# Retail agent policy"},
            {"role": "user", "content": "Hello"},
            {"role": "assistant", "content": null, "tool_calls": [
                {"id": "c", "type": "function", "function": {"name": "pay", "arguments": "{\"amount\": 50.0}"}}]},
            {"role": "tool", "tool_call_id": "c", "name": "pay", "content": "paid"},
            {"role": "assistant", "content": "Done."},
            {"role": "user", "content": "###STOP###"},
        ],
    })
}

fn failure(task: u32) -> Value {
    json!({"task_id": task, "trial": 0, "reward": 0.0, "traj": [],
           "info": {"error": "APIConnectionError: no route", "traceback": "Traceback (most recent call last)"}})
}

fn list(entries: &[Value]) -> String {
    serde_json::to_string_pretty(&json!(entries)).unwrap()
}

const NAME: &str = "tool-calling-gpt-4o-0.0_range_0--1_user-gpt-4o-llm";

#[tokio::test]
async fn files_of_one_agent_become_one_run_with_a_condition_each() {
    let desk = Desk::new().await;
    let plain = desk.write(
        &format!("{NAME}_traits-none_0101000000.json"),
        &list(&[entry(0, 0, 1.0), entry(1, 0, 1.0), failure(2)]),
    );
    let impatient = desk.write(
        &format!("{NAME}_traits-impatience-3_0101000001.json"),
        &list(&[entry(0, 0, 0.0), entry(1, 0, 1.0), entry(2, 0, 0.0)]),
    );
    // The trait first: the baseline still comes first in the run.
    let ids = desk.import(&[impatient.clone(), plain.clone()]).await;
    assert_eq!(ids.len(), 1);
    let row = desk.runs.run(ids[0]).await.unwrap();
    assert_eq!(row.state, RunState::Finished);
    let names: Vec<&str> = row.plan.conditions.iter().map(|each| each.id.as_str()).collect();
    assert_eq!(names, ["baseline", "impatience-3"]);
    assert_eq!(
        (row.plan.agent.model.as_str(), row.plan.domain.as_str()),
        ("gpt-4o", "file:retail")
    );
    let imported = row.plan.imported.as_ref().unwrap();
    assert_eq!((imported.format.as_str(), imported.files.len()), ("tau-trait", 2));
    assert!(
        imported.notes[0].contains("1 conversations of the file were not scored"),
        "{imported:?}"
    );
    let progress = desk.runs.progress(ids[0]).await.unwrap();
    assert_eq!((progress.passed, progress.failed, progress.not_scored), (3, 2, 1));

    // Opened again, in whatever order, it is the run that is there.
    assert_eq!(desk.import(&[plain.clone(), impatient]).await, ids);
    // One of the files alone is something else.
    assert_ne!(desk.import(&[plain]).await, ids);
}

#[tokio::test]
async fn an_opened_conversation_shows_what_the_file_holds() {
    let desk = Desk::new().await;
    let file = desk.write("gpt-4o-retail.json", &list(&[entry(4, 0, 0.0), failure(5)]));
    let run = desk.import(&[file]).await[0];
    let rows = desk
        .runs
        .conversations(run, &ConversationFilter::default(), Page::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(rows.len(), 2);
    let whole = desk.runs.conversation(rows[0].id).await.unwrap();
    let task = whole.task.unwrap();
    assert_eq!(task.instruction, "You are customer number 4.");
    assert!(task.actions[0].kwargs.as_str().contains("50.0"), "as it was written");
    let trajectory = whole.trajectory.unwrap();
    assert_eq!((trajectory.messages.len(), trajectory.reward.value), (6, 0.0));
    assert_eq!((rows[0].messages, rows[0].tool_calls, rows[0].preview.as_str()), (3, 1, "Hello"));
    let lost = desk.runs.conversation(rows[1].id).await.unwrap();
    assert_eq!(lost.row.outcome, Outcome::NotScored);
    assert_eq!(
        lost.row.message,
        "The benchmark's runner recorded a failure: APIConnectionError: no route"
    );
    assert!(lost.trajectory.is_none());
    assert!(lost.extra.unwrap().as_str().contains("Traceback"), "nothing of the entry is lost");
}

#[tokio::test]
async fn an_opened_run_is_only_read() {
    let desk = Desk::new().await;
    let file = desk.write("gpt-4o-retail.json", &list(&[entry(0, 0, 0.0), failure(1)]));
    let run = desk.import(&[file]).await[0];
    for refused in [
        desk.runs.start(run).await.unwrap_err(),
        desk.runs.pause(run).await.unwrap_err(),
        desk.runs.cancel(run).await.unwrap_err(),
        desk.runs.retry_not_scored(run).await.unwrap_err(),
    ] {
        assert_eq!(refused.code(), "wrong_state");
        assert!(refused.to_string().contains("opened from a file"), "{refused}");
    }
    assert_eq!(desk.runs.progress(run).await.unwrap().not_scored, 1, "nothing was touched");
    desk.runs.rename(run, "Another name").await.unwrap();
    desk.runs.delete(run).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_read_is_listed_and_the_rest_opens() {
    let desk = Desk::new().await;
    let good = serde_json::to_string(&entry(0, 0, 1.0)).unwrap();
    let file = desk.write(
        "gpt-4o-retail.json",
        &format!("[\n{good},\n{{\"reward\": 1.0}},\n{good},\n{{\"task_id\": 3, \"rew"),
    );
    let looked = preview(&file, &desk.library).unwrap();
    assert_eq!((looked.conversations, looked.scored, looked.passed), (3, 2, 2));
    assert_eq!(looked.problems.len(), 2, "{:?}", looked.problems);
    assert!(
        looked.problems[0].contains("line 5: the file ends in the middle"),
        "{:?}",
        looked.problems
    );
    assert!(
        looked.problems[1].contains("conversation 2 (line 3): it has no task_id"),
        "{:?}",
        looked.problems
    );
    let run = desk.import(&[file]).await[0];
    let plan = desk.runs.run(run).await.unwrap().plan;
    assert_eq!(plan.imported.unwrap().problems, looked.problems);
    // The same task and attempt twice: both are there.
    assert_eq!((plan.trials, desk.runs.progress(run).await.unwrap().passed), (2, 2));
}

#[tokio::test]
async fn what_is_no_result_is_refused_in_words() {
    let desk = Desk::new().await;
    for (name, content, words) in [
        ("a.json", "", "not JSON"),
        ("b.json", "[]", "no conversations"),
        ("c.json", "{\"tasks\": []}", "neither a list of results"),
        ("d.json", "[1, 2]", "its entries are not results"),
        ("e.json", "[\"", "ends in the middle"),
        ("f.json", "{\"info\": {}, \"tasks\": [], \"simulations\": []}", "no conversations"),
    ] {
        let (runs, errors) = open_results(&[desk.write(name, content)], &desk.library);
        assert!(runs.is_empty() && errors[0].code() == "not_results", "{name}");
        assert!(errors[0].to_string().contains(words), "{}", errors[0]);
    }
    let (_, errors) = open_results(&[desk.dir.path().join("gone.json")], &desk.library);
    assert_eq!(errors[0].code(), "file");
}

#[tokio::test]
async fn repeated_runs_of_the_same_customers_are_further_attempts() {
    let desk = Desk::new().await;
    let files: Vec<PathBuf> = (0..3)
        .map(|run| {
            let name = format!("gpt_4o_retail_trait_dict_impatient_{run}.json");
            desk.write(&name, &list(&[entry(0, 0, 1.0), entry(1, run + 4, 1.0)]))
        })
        .collect();
    let other = desk.write("kimi_k2_retail_none_0.json", &list(&[entry(0, 0, 1.0)]));
    let ids = desk.import(&[files, vec![other]].concat()).await;
    assert_eq!(ids.len(), 2, "another model is another run");
    let plan = desk.runs.run(ids[0]).await.unwrap().plan;
    assert_eq!(plan.conditions[0].id, "impatience");
    let grid = desk.runs.grid(ids[0]).await.unwrap();
    assert_eq!((grid.tasks.len(), grid.cells.len()), (2, 6));
    assert!(grid.cells.iter().all(|cell| cell.task < 2 && cell.condition == 0));
    let outcomes = desk.runs.outcomes(ids[0]).await.unwrap();
    let trials: Vec<u32> =
        outcomes.iter().filter(|row| row.task_index == 0).map(|row| row.trial).collect();
    assert_eq!(trials[0], 0);
    assert!(trials.windows(2).all(|pair| pair[0] < pair[1]), "{trials:?}");
}

#[tokio::test]
async fn our_own_export_reads_back_with_its_conditions() {
    let desk = Desk::new().await;
    let run = desk.runs.create(crate::support::plan(4, 2, 2)).await.unwrap();
    desk.runs.start(run).await.unwrap();
    desk.runs.wait(run).await;
    let file = desk.write("exported.json", &desk.runs.export_tau_trait(run).await.unwrap());
    let again = desk.import(&[file]).await[0];
    let plan = desk.runs.run(again).await.unwrap().plan;
    let names: Vec<&str> = plan.conditions.iter().map(|each| each.id.as_str()).collect();
    assert_eq!((names, plan.trials), (vec!["baseline", "impatience-3"], 2));
    let outcomes = |rows: Vec<tau_runs::OutcomeRow>| -> Vec<(u32, String, u32, Outcome)> {
        rows.into_iter()
            .map(|row| (row.task_index, row.condition_id, row.trial, row.outcome))
            .collect()
    };
    assert_eq!(
        outcomes(desk.runs.outcomes(run).await.unwrap()),
        outcomes(desk.runs.outcomes(again).await.unwrap())
    );
    assert_eq!(
        desk.runs.export_tau_trait(run).await.unwrap(),
        desk.runs.export_tau_trait(again).await.unwrap(),
        "and exports to the same bytes"
    );
}

/// A tau2 result in the fields of one of its versions (`data_model/simulation.py`).
fn tau2(version: &str) -> Value {
    let message = |role: &str, content: Value, calls: Value| {
        let mut message = json!({
            "role": role, "content": content, "tool_calls": calls, "turn_idx": 0,
            "timestamp": "2025-07-15T10:00:00.000001", "cost": 0.001,
            "usage": {"completion_tokens": 5, "prompt_tokens": 70}, "raw_data": {"finish_reason": "stop"},
        });
        if version == "1.0" {
            message["is_audio"] = json!(false);
            message["is_final_chunk"] = json!(true);
            message["generation_time_seconds"] = json!(1.5);
        }
        message
    };
    let simulation = |task: &str, trial: u32, reward: f64, reason: &str| {
        let mut simulation = json!({
            "id": format!("{task}-{trial}"), "task_id": task, "timestamp": "t", "start_time": "t", "end_time": "t",
            "duration": 2.5, "termination_reason": reason, "agent_cost": 0.02, "user_cost": 0.01,
            "reward_info": {
                "reward": reward, "db_check": {"db_match": reward == 1.0, "db_reward": reward},
                "env_assertions": [], "action_checks": [{"action": {"action_id": "a", "requestor": "assistant",
                    "name": "pay", "arguments": {"n": 1.0}}, "action_match": reward == 1.0, "action_reward": reward}],
                "nl_assertions": [{"nl_assertion": "The agent is polite — always.", "met": true, "justification": "yes"}],
                "communicate_checks": [], "reward_basis": ["DB", "COMMUNICATE"],
                "reward_breakdown": {"DB": reward, "COMMUNICATE": 1.0}, "info": null,
            },
            "messages": [
                message("assistant", json!("Hi! How can I help you today?"), Value::Null),
                message("user", Value::Null, json!([{"id": "u", "name": "toggle_data", "arguments": {}, "requestor": "user"}])),
                json!({"id": "u", "role": "tool", "content": "on", "requestor": "user", "error": false, "turn_idx": 2, "timestamp": "t"}),
                message("user", json!("It is on. ###STOP###"), Value::Null),
            ],
            "trial": trial, "seed": 626729,
        });
        if version == "0.2" {
            simulation["skipped"] = json!(false);
        }
        if version == "1.0" {
            simulation["mode"] = json!("half_duplex");
            simulation["policy"] = json!("The whole policy");
        }
        simulation
    };
    let task = |id: &str| {
        json!({"id": id, "description": null, "user_scenario": {"persona": null, "instructions": "Call."},
               "ticket": null, "initial_state": null,
               "evaluation_criteria": {"actions": [], "communicate_info": [], "reward_basis": ["DB", "COMMUNICATE"]}})
    };
    let mut info = json!({
        "git_commit": "unknown", "num_trials": 2, "max_steps": 200, "max_errors": 10,
        "user_info": {"implementation": "user_simulator", "llm": "gpt-4.1", "llm_args": {"temperature": 0.0}, "global_simulation_guidelines": "g"},
        "agent_info": {"implementation": "llm_agent", "llm": "gpt-4.1-mini", "llm_args": {"temperature": 0.5}},
        "environment_info": {"domain_name": "telecom", "policy": "The policy", "tool_defs": null}, "seed": 300,
    });
    let mut simulations = vec![
        simulation("[a]b", 0, 1.0, "user_stop"),
        simulation("[a]b", 1, 0.0, "max_steps"),
        simulation("[a]c", 0, 0.0, "agent_stop"),
    ];
    if version == "1.0" {
        info["text_streaming_config"] = json!({"chunk_by": "words", "chunk_size": 1});
        let mut lost = simulation("[a]c", 1, 0.0, "infrastructure_error");
        lost["reward_info"] = Value::Null;
        lost["info"] = json!({"error": "503 from the provider", "error_type": "X"});
        simulations.push(lost);
    }
    json!({"timestamp": "t", "info": info, "tasks": [task("[a]b"), task("[a]c")], "simulations": simulations})
}

async fn opens_as_tau2(file: &Path, version: &str, desk: &Desk) {
    let run = desk.import(&[file.to_owned()]).await[0];
    let plan = desk.runs.run(run).await.unwrap().plan;
    let imported = plan.imported.as_ref().unwrap();
    assert_eq!((imported.format.as_str(), imported.version.as_str()), ("tau2", version));
    assert_eq!(
        (plan.agent.model.as_str(), plan.customer.model.as_str()),
        ("gpt-4.1-mini", "gpt-4.1")
    );
    assert_eq!((plan.temperature, plan.seed, plan.limits.max_steps), (0.5, 300, 200));
    assert_eq!((plan.grader.clone(), plan.trials), (format!("tau2-{version}"), 2));
    let progress = desk.runs.progress(run).await.unwrap();
    let lost = u32::from(version == "1.0");
    assert_eq!((progress.passed, progress.failed, progress.not_scored), (1, 2, lost));
    let rows = desk
        .runs
        .conversations(run, &ConversationFilter::default(), Page::default())
        .await
        .unwrap()
        .rows;
    let first = desk.runs.conversation(rows[0].id).await.unwrap();
    assert_eq!(first.messages[2].tool_calls[0].name, "toggle_data");
    assert_eq!(first.messages[3].name.as_deref(), Some("toggle_data"));
    let extra: Value = serde_json::from_str(first.extra.unwrap().as_str()).unwrap();
    let checks = &extra["simulation"]["reward_info"];
    assert_eq!(checks["reward_breakdown"], json!({"DB": 1.0, "COMMUNICATE": 1.0}));
    assert_eq!(checks["nl_assertions"][0]["nl_assertion"], "The agent is polite — always.");
    assert_eq!(checks["action_checks"][0]["action"]["arguments"]["n"], json!(1.0));
}

#[tokio::test]
async fn tau2_results_of_every_version_open() {
    for version in ["v0.1.2", "0.2", "1.0"] {
        let desk = Desk::new().await;
        // Finished files escape everything that is not ASCII.
        let text = serde_json::to_string_pretty(&tau2(version)).unwrap().replace('—', "\\u2014");
        assert!(text.is_ascii());
        let file = desk.write("2025_telecom.json", &text);
        opens_as_tau2(&file, version, &desk).await;
    }
}

#[tokio::test]
async fn tau2_results_with_a_file_for_each_simulation_open_from_file_or_folder() {
    for folder in [false, true] {
        let desk = Desk::new().await;
        let mut whole = tau2("1.0");
        let simulations = whole["simulations"].take();
        let mut index = Vec::new();
        for each in simulations.as_array().unwrap() {
            let id = each["id"].as_str().unwrap().replace(['[', ']'], "_");
            index.push(json!({"id": id, "task_id": each["task_id"], "trial": each["trial"]}));
            desk.write(&format!("my_run/simulations/{id}.json"), &each.to_string());
        }
        index.push(json!({"id": "gone", "task_id": "x", "trial": 0}));
        whole["simulations"] = json!([]);
        whole["simulation_index"] = json!(index);
        let file = desk.write("my_run/results.json", &whole.to_string());
        let path = if folder { file.parent().unwrap().to_owned() } else { file };
        let looked = preview(&path, &desk.library).unwrap();
        assert_eq!((looked.file.as_str(), looked.conversations), ("my_run", 4));
        assert!(looked.problems[0].contains("gone.json is in the index"), "{:?}", looked.problems);
        opens_as_tau2(&path, "1.0", &desk).await;
    }
}

#[tokio::test]
async fn a_reward_that_is_no_number_is_no_score() {
    let desk = Desk::new().await;
    let mut whole = tau2("v0.1.2");
    whole["simulations"][0]["reward_info"]["reward"] = json!("REWARD");
    let text = whole.to_string().replace("\"REWARD\"", "NaN");
    let run = desk.import(&[desk.write("nan.json", &text)]).await[0];
    let progress = desk.runs.progress(run).await.unwrap();
    assert_eq!((progress.passed, progress.failed, progress.not_scored), (0, 2, 1));
}

#[tokio::test]
async fn the_recorded_conversations_open_with_the_rewards_that_the_files_hold() {
    let Some(folder) = facts("tau1/trajectories") else { return };
    let desk = Desk::new().await;
    let files = ["impatience_airline.json.gz", "impatience_retail.json.gz"];
    let files: Vec<PathBuf> = files.iter().map(|name| folder.join(name)).collect();
    let opened = desk.open(&files);
    assert_eq!(opened.len(), 2, "two domains are two runs");
    for (opened, (conversations, passed)) in opened.into_iter().zip([(60, 24), (120, 70)]) {
        let run = desk.runs.import(opened).await.unwrap();
        let progress = desk.runs.progress(run).await.unwrap();
        assert_eq!((progress.planned, progress.not_scored), (conversations, 0));
        let plan = desk.runs.run(run).await.unwrap().plan;
        assert_eq!(plan.conditions[0].id, "impatience");
        assert!(plan.imported.unwrap().problems.is_empty());
        assert_eq!(progress.passed, passed, "{}", plan.name);
    }
}

#[tokio::test]
async fn recorded_conversations_of_an_installed_domain_show_what_differs() {
    let (Some(folder), Some(wheel)) = (facts("tau1/trajectories"), wheel()) else { return };
    let desk = Desk::new().await;
    tau_packs::import_release(&wheel, "tau1", &desk.library).unwrap();
    let run = desk.import(&[folder.join("impatience_airline.json.gz")]).await[0];
    let plan = desk.runs.run(run).await.unwrap().plan;
    assert_eq!((plan.domain.as_str(), plan.tasks.len()), ("tau1:airline", 60));
    assert!(!plan.domain_fingerprint.is_empty());
    let notes = plan.imported.unwrap().notes;
    let checked = notes.iter().find(|note| note.starts_with("Checked")).unwrap();
    assert!(checked.contains("54 of 54 rewards and 284 of 284 tool results"), "{checked}");
    let failed =
        ConversationFilter { outcome: Some(Outcome::Failed), ..ConversationFilter::default() };
    let rows = desk.runs.conversations(run, &failed, Page::default()).await.unwrap().rows;
    let mut shown = 0;
    for row in &rows {
        let trajectory = desk.runs.conversation(row.id).await.unwrap().trajectory.unwrap();
        shown += usize::from(!trajectory.differences.is_empty());
        assert!(trajectory.differences.is_empty() || !trajectory.reward.state_matches);
    }
    assert!(shown > 5, "{shown} of {} failures show what differs", rows.len());
}

#[tokio::test]
async fn a_recorded_react_agent_shows_what_it_called_and_what_it_said() {
    let desk = Desk::new().await;
    let mut recorded = entry(0, 0, 1.0);
    recorded["traj"] = json!([
        {"role": "system", "content": "# Retail agent policy"},
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "Thought:\nPay first.\nAction:\n{\"name\": \"pay\", \"arguments\": {\"amount\": 50.0}}"},
        {"role": "user", "content": "API output: paid"},
        {"role": "assistant", "content": "Action:\n{\"name\": \"respond\", \"arguments\": {\"content\": \"Done.\"}}"},
        {"role": "user", "content": "###STOP###"},
    ]);
    let file = desk
        .write("react-gpt-4o-0.0_range_0--1_user-gpt-4o-llm_0101000000.json", &list(&[recorded]));
    let run = desk.import(&[file]).await[0];
    let plan = desk.runs.run(run).await.unwrap().plan;
    assert_eq!(plan.agent.strategy, tau_runs::AgentStrategy::React);
    let row = desk
        .runs
        .conversations(run, &ConversationFilter::default(), Page::default())
        .await
        .unwrap()
        .rows
        .remove(0);
    assert_eq!((row.messages, row.tool_calls), (3, 1));
    let messages = desk.runs.conversation(row.id).await.unwrap().messages;
    assert_eq!(messages[2].calls()[0].arguments, r#"{"amount": 50.0}"#);
    assert_eq!(messages[3].observation_of(), Some("pay"));
    assert_eq!(messages[4].heard(), Some("Done."));
}
