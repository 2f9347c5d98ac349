//! Importing through the product's own door: looking, keeping, listing, removing.

use std::fs;
use std::path::Path;

use serde_json::json;
use tau_api::ErrorCode;

use crate::support::{call, product};

/// A release of one domain in one file.
const DOMAIN: &str = r#"
class Ring:
    @staticmethod
    def invoke(data, bell):
        data["bells"][bell]["rung"] = True
        return "ding"

    @staticmethod
    def get_info():
        return {"type": "function", "function": {"name": "ring", "description": "Ring a bell.", "parameters": {"type": "object", "properties": {"bell": {"type": "string"}}}}}


TASKS_TEST = [
    {"user_id": "u", "instruction": "Ring b1.", "actions": [{"name": "ring", "kwargs": {"bell": "b1"}}], "outputs": []},
    {"user_id": "u", "actions": []},
]


class MockBellsDomainEnv(Env):
    def __init__(self, task_split="test"):
        super().__init__(data_load_func=lambda: {"bells": {"b1": {"rung": False}}}, tools=[Ring], tasks=TASKS_TEST, wiki="Ring.", rules=[])
        self.terminate_tools = []
"#;

const USER: &str = "class LLMUserSimulationEnv:\n    def build_system_prompt(self, instruction):\n        return f\"Say ###STOP### at the end. {instruction}\"\n";

fn release(folder: &Path) -> String {
    let envs = folder.join("bells/tower/envs");
    fs::create_dir_all(&envs).expect("a folder");
    fs::write(envs.join("bells.py"), DOMAIN).expect("a file");
    fs::write(envs.join("user.py"), USER).expect("a file");
    let setup = "setup(name=\"Tower_Bench\", version=\"2.0\")";
    fs::write(folder.join("bells/setup.py"), setup).expect("a file");
    folder.join("bells").display().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_release_is_shown_kept_listed_and_removed() {
    let data = tempfile::tempdir().expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    let path = release(outside.path());
    let product = product(data.path()).await;
    let dropped = call(&product, "look_at", json!({"paths": [path]})).await;
    let found = &dropped["release"];
    assert_eq!(found["package"], "Tower_Bench");
    assert_eq!(found["suggested_name"], "tower-bench");
    assert_eq!(found["replaces"], false);
    assert_eq!(found["domains"][0]["name"], "bells");
    assert_eq!(found["domains"][0]["splits"], json!([{"split": "test", "tasks": 1}]));
    assert_eq!(found["wording"], json!(["Customer"]));
    let fault = found["faults"][0]["reason"].as_str().unwrap_or_default();
    assert!(fault.starts_with("task 1: missing field `instruction`"), "{dropped}");
    assert!(!data.path().join("sources").exists(), "looking keeps nothing");

    let kept = call(&product, "keep_release", json!({"path": path, "name": "tower"})).await;
    assert_eq!(kept["domains"], json!(["tower:bells"]));
    assert_eq!(kept["faults"], found["faults"]);
    let domains = call(&product, "list_domains", json!({})).await;
    assert!(domains.to_string().contains("tower:bells"), "{domains}");
    let again = call(&product, "look_at", json!({"paths": [path]})).await;
    assert_eq!(again["release"]["replaces"], false, "only the suggested name counts");

    let left = call(&product, "delete_source", json!({"name": "tower"})).await;
    assert_eq!(left, json!([]));
    let gone =
        product.call("delete_source", json!({"name": "tower"})).await.expect_err("it is gone");
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_release_is_told_with_what_to_do() {
    let data = tempfile::tempdir().expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let empty = outside.path().join("holiday");
    fs::create_dir(&empty).expect("a folder");
    let broken = outside.path().join("broken.zip");
    fs::write(&broken, b"PK but no zip").expect("a file");
    let gone = outside.path().join("gone.zip");
    let paths: Vec<String> =
        [&empty, &broken, &gone].iter().map(|path| path.display().to_string()).collect();
    let dropped = call(&product, "look_at", json!({"paths": paths})).await;
    assert!(dropped["release"].is_null());
    let unknown = dropped["unknown"].as_array().expect("a list");
    assert_eq!(unknown.len(), 3, "{dropped}");
    for (told, part) in
        unknown.iter().zip(["holds no benchmark", "no whole archive", "not there any more"])
    {
        assert!(told.as_str().unwrap_or_default().contains(part), "{told}");
    }
    for (path, name) in [(&empty, "x"), (&broken, "x"), (&empty, "../x")] {
        let arguments = json!({"path": path.display().to_string(), "name": name});
        let refused = product.call("keep_release", arguments).await.expect_err("nothing to keep");
        assert_eq!(refused.code, ErrorCode::BadRequest, "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn published_releases_are_listed_with_revision_licence_and_check() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let list = call(&product, "list_releases", json!({})).await;
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 2);
    for release in list {
        assert_eq!(release["licence"], "MIT");
        assert_eq!(release["revision"].as_str().map(str::len), Some(40));
        assert!(release["check"].as_str().unwrap_or_default().contains("state hash"));
        assert!(release["kept_as"].is_null() && release["download"].is_null());
    }
    let unknown =
        product.call("fetch_release", json!({"id": "nothing"})).await.expect_err("unknown");
    assert_eq!(unknown.code, ErrorCode::NotFound);
}
