//! `view`: result files in a menu, their figures, their conversations and notes about them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::servers::{finish, json_line, tautrait};
use crate::tables;

/// A result file of tau2 with `tasks` tasks of the mobile operator, tried twice by practice models.
pub fn mobile(dir: &Path, tasks: &str, to: &str) -> PathBuf {
    let path = dir.join(to);
    let words = ["run", "--domain", "mobile", "--agent-llm", "practice", "--user-llm", "practice"];
    let more = ["--num-trials", "2", "--max-concurrency", "4", "--num-tasks", tasks, "--save-to"];
    let mut run = tautrait(&dir.join("data"), None);
    let (code, out, err) = finish(run.args(words).args(more).arg(&path));
    assert_eq!(code, 0, "{out}{err}");
    path
}

pub fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

pub fn write(path: &Path, value: &Value) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, serde_json::to_vec_pretty(value).unwrap()).unwrap();
}

/// What `view` prints and says of errors when these lines are typed.
fn typed(dir: &Path, words: &[&str], lines: &[&str]) -> (String, String) {
    let mut child = tautrait(&dir.join("data"), None)
        .current_dir(dir)
        .arg("view")
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.join("\n").as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    let texts = [ended.stdout, ended.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(ended.status.success(), "{texts:?}");
    let [out, err] = texts;
    (out, err)
}

#[test]
fn a_file_is_chosen_from_the_menu_and_read_conversation_by_conversation() {
    let dir = tempfile::tempdir().unwrap();
    mobile(dir.path(), "3", "results/mobile.json");
    let lines = ["1", "2", ":t", ":n =a note, with \"marks\"", ":m", ":b", "7", ":q", "never read"];
    let (out, err) = typed(dir.path(), &[], &lines);
    assert_eq!(err, "");
    let parts = [
        "Result files in results:\n   1  20",
        "mobile.json: results of tau2 1.0\n",
        "6 conversations about 3 tasks, 6 scored, 6 passed\nAverage reward: 1.0000\n",
        "  k=2: 1.0000\n",
        "Ended: user_stop 6\n",
        "Conversation 2: task ",
        "What the customer is told:\n    Persona:\n",
        "the customer: ",
        "MESSAGES\n   1  agent\n        Hello, this is Ferrin Mobile.",
        "customer calls ",
        " answers the customer\n",
        "REWARD 1\n  the product of ENV_ASSERTION 1.0\n",
        "✓ ENV_ASSERTION mobile data works",
        "Noted in results/simulation_notes.csv.",
        "The files are numbered from 1 to 1.",
    ];
    let mut rest = out.as_str();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} is not in {rest}"));
        rest = &rest[at + part.len()..];
    }
    let notes = std::fs::read_to_string(dir.path().join("results/simulation_notes.csv")).unwrap();
    let lines: Vec<&str> = notes.lines().collect();
    assert_eq!(
        lines[0],
        "timestamp,simulation_id,task_id,trial,duration,reward,db_match,results_file,sim_index,note"
    );
    let cells: Vec<&str> = lines[1].splitn(10, ',').collect();
    assert_eq!((cells[3], cells[5], cells[7], cells[8]), ("1", "1.0", "results/mobile.json", "2"));
    // What a spreadsheet would take for a formula is a text.
    assert_eq!(cells[9], "\"'=a note, with \"\"marks\"\"\"");
}

#[test]
fn only_what_failed_is_listed_when_that_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let path = mobile(dir.path(), "3", "m.json");
    let mut results = read(&path);
    let tasks = results["tasks"].as_array().unwrap();
    let ids: Vec<String> =
        tasks.iter().map(|task| task["id"].as_str().unwrap().to_owned()).collect();
    for one in results["simulations"].as_array_mut().unwrap() {
        let (task, trial) = (one["task_id"].as_str().unwrap(), &one["trial"]);
        if task == ids[0] || (task == ids[1] && *trial == json!(1)) {
            one["reward_info"]["reward"] = json!(0.0);
        } else if *trial == json!(0) && task == ids[2] {
            one["termination_reason"] = json!("infrastructure_error");
            one["reward_info"] = Value::Null;
        }
    }
    write(&path, &results);
    let told = |words: &[&str]| {
        let mut view = tautrait(dir.path(), None);
        let (code, out, err) =
            finish(view.args(["view", "--json", "--file"]).arg(&path).args(words));
        assert_eq!(code, 0, "{err}");
        json_line(&out)
    };
    let all = told(&[]);
    let metrics = &all["metrics"];
    assert_eq!(
        (&metrics["simulations"], &metrics["scored"], &metrics["not_scored"], &metrics["passed"]),
        (&json!(6), &json!(5), &json!(1), &json!(2))
    );
    // The mean over what has a score; a failure of the machinery is in no figure.
    assert_eq!(metrics["average_reward"], json!(0.4));
    assert_eq!(metrics["pass_hat_k"], json!({"1": 0.5, "2": 0.0}));
    assert_eq!(metrics["tasks_left_out"], json!(1));
    assert_eq!(metrics["termination_reasons"]["infrastructure_error"], json!(1));
    let listed = |told: &Value| -> Vec<(String, u64)> {
        let all = told["simulations"].as_array().unwrap().iter();
        all.map(|one| (one["task_id"].as_str().unwrap().to_owned(), one["trial"].as_u64().unwrap()))
            .collect()
    };
    let everything = listed(&all);
    assert!(everything.is_sorted() && everything.len() == 6, "{everything:?}");
    let failed = told(&["--only-show-failed"]);
    assert_eq!(listed(&failed).len(), 3);
    assert!(listed(&failed).contains(&(ids[1].clone(), 1)));
    assert_eq!(failed["metrics"], *metrics, "the figures are the whole file's");
    let never = listed(&told(&["--only-show-all-failed"]));
    assert_eq!(never, [(ids[0].clone(), 0), (ids[0].clone(), 1)]);
    let (out, _) = typed(dir.path(), &["--file", "m.json", "--only-show-all-failed"], &[]);
    assert!(out.contains("2 of 6 conversations are shown."), "{out}");
}

#[test]
fn one_conversation_is_told_to_a_script_with_the_calls_of_both_sides() {
    let dir = tempfile::tempdir().unwrap();
    for to in ["one.json", "folder"] {
        let path = mobile(dir.path(), "4", to);
        let told = |number: &str| {
            let mut view = tautrait(dir.path(), None);
            view.args(["view", "--json", "--simulation", number, "--file"]).arg(&path);
            let (code, out, err) = finish(&mut view);
            (code, json_line(&out), err)
        };
        let all: Vec<Value> = (1..=8).map(|number| told(&number.to_string()).1).collect();
        let messages = |one: &Value| one["simulation"]["messages"].as_array().unwrap().clone();
        let calls = all.iter().flat_map(messages).collect::<Vec<Value>>();
        let of = |side: &str, what: &str| {
            calls.iter().any(|one| {
                let called = one["tool_calls"].as_array().is_some_and(|calls| !calls.is_empty());
                let answers = one["role"] == "tool";
                one["requestor"] == side && if what == "calls" { called } else { answers }
            })
        };
        assert!(of("user", "calls") && of("user", "answers"), "{to}");
        assert!(of("assistant", "calls") && of("assistant", "answers"), "{to}");
        let one = &all[0]["simulation"];
        assert_eq!(one["reward_info"]["reward"], json!(1.0));
        assert_eq!(one["task"]["id"], one["task_id"]);
        assert!(one["id"].as_str().is_some_and(|id| !id.is_empty()), "{one}");
        let (code, error, _) = told("9");
        assert!(code == 1 && error["error"]["help"] == "They are numbered from 1 to 8.", "{error}");
    }
}

#[test]
fn nothing_in_a_file_or_in_its_name_can_steer_a_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let path = mobile(dir.path(), "1", "m.json");
    let mut results = read(&path);
    let evil = "\u{1b}[2J\u{9b}31mred\u{202e}\r\nREWARD 1\u{7}";
    results["info"]["agent_info"]["llm"] = json!(evil);
    results["tasks"][0]["ticket"] = json!(evil);
    let one = &mut results["simulations"][0];
    one["id"] = json!(evil);
    one["termination_reason"] = json!(evil);
    one["messages"][1]["content"] = json!(evil);
    one["reward_info"]["info"] = json!({ "note": evil });
    let odd = "results/Größe \"x\" [1]\u{1b}[31m;.json";
    write(&dir.path().join(odd), &results);
    let (out, err) = typed(dir.path(), &[], &["1", "1", ":n \u{1b}[31mred", ":t", ":b", "2"]);
    let notes = std::fs::read_to_string(dir.path().join("results/simulation_notes.csv")).unwrap();
    for text in [&out, &err, &notes.replace("\r\n", "\n")] {
        let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(bad, None, "{text}");
    }
    assert!(out.contains("Größe \"x\" [1][31m;.json: results of tau2"), "{out}");
    // A line that a file makes up is not the program's own.
    assert!(!out.contains("\nREWARD 1[") && out.contains("        REWARD 1\n"), "{out}");
}

#[test]
fn a_file_of_tau_bench_a_cut_one_and_an_empty_one_are_told_for_what_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let bench = tables::file(dir.path(), "gpt-4o_retail_none_0.json", |task| task < 16);
    let (out, _) = typed(dir.path(), &["--file", bench.to_str().unwrap()], &["12"]);
    assert!(
        out.contains("none_0.json: results of tau-") && out.contains("20 scored, 16 passed"),
        "{out}"
    );
    assert!(out.contains("Conversation 12: task 11, trial 0"), "tasks go by their numbers: {out}");
    assert!(out.contains("   1  customer\n        Hello\n"), "{out}");

    let whole = mobile(dir.path(), "2", "m.json");
    let text = std::fs::read_to_string(&whole).unwrap();
    let cut = dir.path().join("cut.json");
    let last = text.rfind("\"task_id\"").unwrap();
    std::fs::write(&cut, &text[..last]).unwrap();
    let (out, err) = typed(dir.path(), &["--file", "cut.json"], &[]);
    assert!(out.contains("3 conversations about 2 tasks"), "{out}");
    assert!(err.contains("cut.json, line "), "{err}");

    for (name, content, part) in [
        ("empty.json", "", "it is not JSON"),
        ("none.json", "{\"info\": {}, \"tasks\": [], \"simulations\": []}", "no conversations"),
        ("other.json", "{\"a\": 1}", "neither a list of results"),
    ] {
        std::fs::write(dir.path().join(name), content).unwrap();
        let mut view = tautrait(dir.path(), None);
        view.current_dir(dir.path()).args(["view", "--json", "--file", name]);
        let (code, out, _) = finish(&mut view);
        let error = json_line(&out);
        let message = error["error"]["message"].as_str().unwrap();
        assert!(code == 1 && message.contains(part), "{message}");
    }
    let (_, out, _) = finish(tautrait(dir.path(), None).current_dir(dir.path()).args([
        "view",
        "--json",
        "--log-dir",
        ".",
    ]));
    assert_eq!(json_line(&out)["files"].as_array().unwrap().len(), 6, "{out}");
    let nowhere = tautrait(dir.path(), None).current_dir(dir.path()).arg("view").output().unwrap();
    let err = String::from_utf8(nowhere.stderr).unwrap();
    assert!(!nowhere.status.success() && err.contains("--log-dir DIR"), "{err}");
}
