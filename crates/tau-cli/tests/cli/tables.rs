//! Runs and result files side by side.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::servers::{finish, json_line, tautrait};

/// A result file of tau-bench with one conversation a task.
pub fn file(folder: &Path, name: &str, passes: impl Fn(u32) -> bool) -> PathBuf {
    let entries: Vec<Value> = (0..20)
        .map(|task| {
            let reward = if passes(task) { 1.0 } else { 0.0 };
            json!({
                "task_id": task, "trial": 0, "reward": reward,
                "info": {"task": {"user_id": "u", "instruction": format!("Task {task}."), "actions": [], "outputs": []},
                         "source": "user",
                         "reward_info": {"reward": reward, "info": {"r_actions": reward, "gt_data_hash": ""}, "actions": []}},
                "traj": [{"role": "user", "content": "Hello"}],
            })
        })
        .collect();
    let path = folder.join(name);
    std::fs::write(&path, serde_json::to_string(&entries).unwrap()).unwrap();
    path
}

#[test]
fn result_files_are_put_side_by_side_without_being_kept() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let baseline = file(dir.path(), "gpt-4o_retail_none_0.json", |task| task < 16);
    let confused = file(dir.path(), "gpt-4o_retail_trait_dict_confusion_0.json", |task| task < 10);
    let (code, out, errors) =
        finish(tautrait(&data, None).arg("table").args([&baseline, &confused]));
    assert_eq!(code, 0, "{errors}");
    assert!(out.contains("retail (from a file)  gpt-4o  80 % (56 to 93) [20]"), "{out}");
    assert!(out.contains("−30 (−52 to −8) [20]") && out.contains("−38 % [20]"), "{out}");
    assert!(!data.join("runs.db").exists(), "nothing is kept");

    let mut command = tautrait(&data, None);
    command.arg("table").args([&baseline, &confused]).args(["--format", "json"]);
    let (code, out, _) = finish(&mut command);
    let table: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 0);
    assert_eq!(table["lines"][0]["cells"][0]["difference"], json!(-0.3));
    assert_eq!(table["lines"][0]["cells"][0]["verdict"], "worse");

    let mut command = tautrait(&data, None);
    command.arg("table").arg(&baseline).args(["--board", "--format", "markdown"]);
    let (code, out, _) = finish(&mut command);
    assert!(code == 0 && out.contains("| 20 of 20 | 0.800 ("), "{out}");
}

#[test]
fn a_file_that_is_no_result_is_told_and_a_run_that_is_not_there_too() {
    let dir = tempfile::tempdir().unwrap();
    let wrong = dir.path().join("wrong.json");
    std::fs::write(&wrong, "{}").unwrap();
    let (code, _, errors) = finish(tautrait(dir.path(), None).arg("table").arg(&wrong));
    assert!(code == 1 && errors.contains("neither a list of results"), "{errors}");
    let (code, _, errors) = finish(tautrait(dir.path(), None).args(["table", "nobody"]));
    assert!(code == 1 && errors.contains("the path of a result file"), "{errors}");
}

#[test]
fn a_run_is_found_by_its_name_and_its_file_carries_the_traits() {
    let dir = tempfile::tempdir().unwrap();
    let logs = dir.path().join("logs");
    let mut ids = Vec::new();
    for traits in ["{}", r#"{"impatience": 3}"#] {
        let mut run = tautrait(dir.path(), None);
        run.args(["run", "--model-provider", "practice", "--end-index", "3", "--json"]);
        run.args(["--trait-dict", traits]).arg("--log-dir").arg(&logs);
        let (code, out, errors) = finish(&mut run);
        assert_eq!(code, 0, "{errors}");
        let line = json_line(&out);
        ids.push(line["run"].as_str().unwrap().to_owned());
        let file = line["result_file"].as_str().unwrap().to_owned();
        assert_eq!(file.contains("_traits-impatience-3_"), traits.contains("impatience"), "{file}");
        let results: Vec<Value> = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(results.len(), 3);
        assert_eq!(results[0]["info"].get("trait_dict").is_some(), traits.contains("impatience"));
    }
    let (code, out, errors) = finish(tautrait(dir.path(), None).arg("table").args(&ids));
    assert_eq!(code, 0, "{errors}");
    assert!(out.contains("Impatience: Strong"), "{out}");
    assert!(out.contains("Practice models say nothing about a real agent."), "{out}");
}
