//! Runs over tau2's domains as files of tau2's, and those files opened again.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tau_domain::{Message, Outcome};
use tau_runs::{Conversation, OpenedRun, RunId, RunPlan, Tau2Shape, open_results};
use tau_sim::tau2::AgentKind;
use tau_toolkits::Profile;

use super::stage::Stage;
use crate::support::facts;

async fn played(stage: &Stage, checkpoint: Option<PathBuf>) -> RunId {
    let plan = RunPlan { checkpoint, ..stage.plan(AgentKind::Llm, 3, 2) };
    stage.finish(plan).await
}

fn reopened(stage: &Stage, path: &Path) -> OpenedRun {
    let (mut runs, errors) = open_results(&[path.to_owned()], &stage.library);
    assert_eq!(errors, []);
    assert_eq!(runs.len(), 1);
    let opened = runs.remove(0);
    assert!(opened.plan.imported.as_ref().unwrap().problems.is_empty(), "{:?}", opened.plan);
    opened
}

/// A message without what a file has no place for: readings, and how arguments were spaced.
fn spoken(message: &Message) -> Message {
    let mut message = Message { reading: None, echo: None, ..message.clone() };
    for call in &mut message.tool_calls {
        let arguments: Value = serde_json::from_str(&call.arguments).unwrap();
        call.arguments = arguments.to_string();
    }
    message
}

/// Compares what was opened with what was played, conversation by conversation.
fn the_same(opened: &OpenedRun, played: &[Conversation]) {
    assert_eq!(opened.episodes.len(), played.len());
    for conversation in played {
        let row = &conversation.row;
        let found = opened.episodes.iter().find(|each| {
            opened.plan.tasks[each.task].id == row.task_id
                && opened.plan.conditions[each.condition].id == row.condition_id
                && each.trial == row.trial
        });
        let found = found.unwrap_or_else(|| panic!("{row:?} is missing"));
        assert_eq!(found.outcome, row.outcome);
        let again = found.transcript().unwrap();
        let one: Vec<Message> = again.trajectory.messages.iter().map(spoken).collect();
        let other: Vec<Message> = conversation.messages.iter().map(spoken).collect();
        assert_eq!(one, other, "{}", row.task_id);
        let trajectory = conversation.trajectory.as_ref().unwrap();
        assert_eq!(again.trajectory.reward, trajectory.reward);
        assert_eq!(again.trajectory.ending, trajectory.ending);
        let task = conversation.task.as_ref().unwrap();
        assert_eq!(again.task.instruction, task.instruction);
        assert_eq!(
            (again.task.actions.len(), &again.task.title),
            (task.actions.len(), &task.title)
        );
    }
}

#[tokio::test]
async fn a_run_in_each_of_tau2s_shapes_is_opened_as_what_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let run = played(&stage, None).await;
    let conversations = stage.conversations(run).await;
    for (shape, name, version) in [
        (Tau2Shape::File(Profile::V0_1_2), "old.json", "v0.1.2"),
        (Tau2Shape::File(Profile::V0_2), "middle.json", "0.2"),
        (Tau2Shape::File(Profile::V1_0), "new.json", "1.0"),
        (Tau2Shape::Folder, "folder", "1.0"),
    ] {
        let path = dir.path().join(name);
        let exported = stage.runs.write_tau2(run, shape, &path).await.unwrap();
        assert_eq!((exported.written, exported.not_scored), (12, 0));
        let opened = reopened(&stage, &path);
        let from = opened.plan.imported.as_ref().unwrap();
        assert_eq!((from.format.as_str(), from.version.as_str()), ("tau2", version));
        assert_eq!(opened.plan.conditions.len(), 2, "the customers' traits are read back");
        the_same(&opened, &conversations);
        // Writing it once more replaces it.
        stage.runs.write_tau2(run, shape, &path).await.unwrap();
        the_same(&reopened(&stage, &path), &conversations);
    }
}

#[tokio::test]
async fn the_fields_of_a_file_stand_in_upstreams_order_and_python_would_write_it_so() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let run = played(&stage, None).await;
    let path = dir.path().join("old.json");
    stage.runs.write_tau2(run, Tau2Shape::File(Profile::V0_1_2), &path).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.is_ascii(), "Python escapes what is not");
    let file: Value = serde_json::from_str(&text).unwrap();
    let names =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(names(&file), ["timestamp", "info", "tasks", "simulations"]);
    let expected = [
        "git_commit",
        "num_trials",
        "max_steps",
        "max_errors",
        "user_info",
        "agent_info",
        "environment_info",
        "seed",
        "tautrait",
    ];
    assert_eq!(names(&file["info"]), expected);
    let simulation = &file["simulations"][0];
    let expected = [
        "id",
        "task_id",
        "timestamp",
        "start_time",
        "end_time",
        "duration",
        "termination_reason",
        "agent_cost",
        "user_cost",
        "reward_info",
        "messages",
        "trial",
        "seed",
        "trait_dict",
    ];
    assert_eq!(names(simulation), expected);
    let said = |role: &str| {
        let messages = simulation["messages"].as_array().unwrap();
        messages.iter().find(|message| message["role"] == role).unwrap().clone()
    };
    let expected =
        ["role", "content", "tool_calls", "turn_idx", "timestamp", "cost", "usage", "raw_data"];
    assert_eq!(names(&said("assistant")), expected);
    let expected = ["id", "role", "content", "requestor", "error", "turn_idx", "timestamp"];
    assert_eq!(names(&said("tool")), expected);
    let ours = &file["info"]["tautrait"];
    assert_eq!((&ours["profile"], &ours["practice"]), (&"v1.0".into(), &true.into()));
    assert_eq!(ours["data_sha256"], stage.definition.fingerprint);
}

/// The fields of a model that are written, as upstream's own classes told them.
fn recorded(models: &Value, module: &str, model: &str) -> Vec<String> {
    let fields = models[format!("tau2.{module}")][model]["fields"].as_array();
    let fields = fields.unwrap_or_else(|| panic!("{model} is not recorded"));
    let written = fields.iter().filter(|field| field["exclude"] != true);
    written.map(|field| field["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_file_in_the_shape_of_each_upstream_has_the_fields_of_its_models_in_their_order() {
    let Some(facts) = facts("tau2") else { return };
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let run = played(&stage, None).await;
    for (form, release) in
        [(Profile::V0_1_2, "v0.1.2"), (Profile::V0_2, "wheel"), (Profile::V1_0, "head")]
    {
        let gzipped = std::fs::File::open(facts.join(format!("{release}_models.json.gz"))).unwrap();
        let models: Value = serde_json::from_reader(flate2::read::GzDecoder::new(gzipped)).unwrap();
        let path = dir.path().join(format!("{release}.json"));
        stage.runs.write_tau2(run, Tau2Shape::File(form), &path).await.unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        // What this app adds, upstream's readers pass over.
        let ours = ["tautrait", "trait_dict"];
        let same = |value: &Value, module: &str, model: &str| {
            let names =
                value.as_object().unwrap().keys().filter(|name| !ours.contains(&name.as_str()));
            let names: Vec<&String> = names.collect();
            let expected = recorded(&models, module, model);
            assert_eq!(names, expected.iter().collect::<Vec<_>>(), "{release} {model}");
        };
        let results = "data_model.simulation";
        same(&file, results, "Results");
        let info = &file["info"];
        same(info, results, "Info");
        same(&info["user_info"], results, "UserInfo");
        same(&info["agent_info"], results, "AgentInfo");
        same(&info["environment_info"], "environment.environment", "EnvironmentInfo");
        same(&file["tasks"][0], "data_model.tasks", "Task");
        let simulation = &file["simulations"][0];
        same(simulation, results, "SimulationRun");
        let reward = &simulation["reward_info"];
        same(reward, results, "RewardInfo");
        same(&reward["db_check"], results, "DBCheck");
        same(&reward["env_assertions"][0], results, "EnvAssertionCheck");
        same(&reward["action_checks"][0], results, "ActionCheck");
        let mut stamps: Vec<&str> = Vec::new();
        for (at, message) in simulation["messages"].as_array().unwrap().iter().enumerate() {
            let model = match message["role"].as_str().unwrap() {
                "user" => "UserMessage",
                "assistant" => "AssistantMessage",
                _ => "ToolMessage",
            };
            same(message, "data_model.message", model);
            assert_eq!(message["turn_idx"], at);
            stamps.push(message["timestamp"].as_str().unwrap());
            for call in message["tool_calls"].as_array().into_iter().flatten() {
                same(call, "data_model.message", "ToolCall");
            }
        }
        assert!(stamps.is_sorted(), "upstream orders messages by them: {stamps:?}");
    }
}

#[tokio::test]
async fn the_result_file_that_is_kept_up_to_date_is_tau2s_too() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let path = dir.path().join("deep/result.json");
    let run = played(&stage, Some(path.clone())).await;
    let conversations = stage.conversations(run).await;
    assert!(conversations.iter().all(|each| each.row.outcome != Outcome::NotScored));
    the_same(&reopened(&stage, &path), &conversations);
}

#[tokio::test]
async fn a_folder_that_holds_something_else_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let run = played(&stage, None).await;
    let path = dir.path().join("mine");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("letter.txt"), "Dear").unwrap();
    let error = stage.runs.write_tau2(run, Tau2Shape::Folder, &path).await.unwrap_err();
    assert!(error.to_string().contains("something other"), "{error}");
    assert!(path.join("letter.txt").exists());
}
