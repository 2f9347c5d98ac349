//! `tautrait run --domain`: tasks of a domain of tau2.

use std::path::Path;

use serde_json::Value;

use crate::servers::{finish, json_line, tautrait};

const PRACTICE: [&str; 4] = ["--agent-llm", "practice", "--user-llm", "practice"];

fn run(dir: &Path, words: &[&str]) -> (i32, String, String) {
    let all = [&["run"][..], words].concat();
    finish(tautrait(&dir.join("data"), None).current_dir(dir).args(all))
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn tasks_of_the_mobile_operator_are_run_and_written_as_tau2_writes_them() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("out/mobile.json");
    let words = ["--domain", "mobile", "--num-tasks", "10", "--num-trials", "2"];
    let more = ["--max-concurrency", "4", "--json", "--save-to", file.to_str().unwrap()];
    let (code, out, err) = run(dir.path(), &[&words[..], &PRACTICE, &more].concat());
    assert_eq!(code, 0, "{out}{err}");
    let said = json_line(&out);
    assert_eq!(said["summary"]["state"], "finished", "{said}");
    assert_eq!(
        (&said["summary"]["scored"], &said["summary"]["not_scored"]),
        (&20.into(), &0.into())
    );
    assert!(said["summary"]["pass_hat_k"]["2"].is_number(), "{said}");
    let written = read(&file);
    assert_eq!(written["info"]["environment_info"]["domain_name"], "mobile");
    assert_eq!(written["info"]["agent_info"]["implementation"], "llm_agent");
    assert_eq!(written["info"]["seed"], 300);
    assert_eq!(written["simulations"].as_array().unwrap().len(), 20);
    assert_eq!(written["simulations"][0]["seed"], 626_729);

    // Its results once more, in the newest shape, without playing anything.
    let id = said["run"].as_str().unwrap();
    let folder = dir.path().join("out/folder");
    let (code, out, err) =
        run(dir.path(), &["--resume", id, "--save-to", folder.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
    let index = read(&folder.join("results.json"));
    assert_eq!(index["simulation_index"].as_array().unwrap().len(), 20);
    assert_eq!(std::fs::read_dir(folder.join("simulations")).unwrap().count(), 20);
    for path in [&file, &folder] {
        let table = finish(
            tautrait(&dir.path().join("data"), None).args(["table", "--format", "json"]).arg(path),
        );
        assert_eq!(table.0, 0, "{table:?}");
    }
}

#[test]
fn failures_of_a_file_of_tau2_are_diagnosed_in_the_domain_that_has_its_tasks() {
    let dir = tempfile::tempdir().unwrap();
    let words = ["--domain", "mobile", "--task-split-name", "small", "--save-to", "out.json"];
    let confused = ["--trait-dict", r#"{"confusion": 4}"#];
    let (code, out, err) = run(dir.path(), &[&words[..], &PRACTICE, &confused].concat());
    assert_eq!(code, 0, "{out}{err}");
    let mut command = tautrait(&dir.path().join("data"), None);
    command.current_dir(dir.path()).args(["diagnose", "--json", "--results-path", "out.json"]);
    let faults = dir.path().join("faults.json");
    let (code, out, err) = finish(command.arg("--output-path").arg(&faults));
    assert_eq!(code, 0, "{out}{err}");
    let said = json_line(&out);
    assert_eq!(said["domain"], "mobile");
    let failed = said["failed"].as_u64().unwrap();
    assert!(failed > 0 && said["judged"] == failed, "{said}");
    let written = read(&faults);
    let faults = written["fault_assignment_analysis"].as_array().unwrap();
    assert_eq!(faults.len() as u64, failed);
    assert!(faults.iter().any(|fault| fault["author"] == "user"), "{written}");
}

#[test]
fn an_agent_alone_one_with_the_plan_and_customers_with_traits_are_run_too() {
    let dir = tempfile::tempdir().unwrap();
    let words = ["--domain", "mobile-workflow", "--num-tasks", "3", "--task-split-name", "small"];
    let alone = ["--agent", "llm_agent_solo", "--user", "dummy_user", "--save-to", "alone"];
    let (code, out, err) = run(dir.path(), &[&words[..], &PRACTICE, &alone].concat());
    assert_eq!(code, 0, "{out}{err}");
    let results = read(&dir.path().join("alone/results.json"));
    assert_eq!(results["info"]["user_info"]["implementation"], "dummy_user");
    let told = ["--agent", "llm_agent_gt", "--trait-dict", r#"{"confusion": 3}"#];
    let (code, out, err) = run(dir.path(), &[&words[..], &PRACTICE, &told].concat());
    assert_eq!(code, 0, "{out}{err}");
    let names: Vec<String> = std::fs::read_dir(dir.path().join("results"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 1);
    let name = "_mobile-workflow_llm_agent_gt_practice_user_simulator_practice.json";
    assert!(names[0].ends_with(name), "{names:?}");
    let written = read(&dir.path().join("results").join(&names[0]));
    assert_eq!(written["simulations"][0]["trait_dict"]["confusion"], 3);
}

#[test]
fn what_does_not_go_together_is_refused_before_anything_runs() {
    let dir = tempfile::tempdir().unwrap();
    for (words, part) in [
        (&["--domain", "mobile", "--user", "dummy_user"][..], "The customer of llm_agent is"),
        (&["--domain", "mobile", "--task-split-name", "dev"], "base, train, test, small, full"),
        (&["--domain", "mobile", "--task-ids", "nothing"], "There is no task nothing"),
        (&["--domain", "retail"], "there is no domain retail"),
        (&["--domain", "mobile", "--evaluation-type", "vibes"], "all_ignore_basis"),
        (&["--domain", "mobile", "--judge-llm", "practice"], "cannot judge"),
        (
            &[
                "--domain",
                "mobile",
                "--agent",
                "llm_agent_solo",
                "--trait-dict",
                r#"{"confusion": 2}"#,
            ],
            "no kinds of customers",
        ),
    ] {
        let (code, out, err) = run(dir.path(), &[words, &PRACTICE].concat());
        assert!(code != 0 && err.contains(part), "{words:?}: {out}{err}");
    }
    assert!(!dir.path().join("results").exists());
}
