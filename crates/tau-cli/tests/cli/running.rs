//! `tautrait run`.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::servers::{
    AGENT_KEY, STEER_KEY, Server, completion, finish, json_line, replies_so_far, small_talk,
    tautrait,
};

fn result_files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_run_over_loopback_writes_a_result_file_as_tau_trait_does() {
    let dir = tempfile::tempdir().unwrap();
    let (agent, customer) = small_talk();
    let results = dir.path().join("results");
    let (code, out, err) = finish(
        tautrait(&dir.path().join("data"), Some(&agent))
            .args([
                "run",
                "--env",
                "retail",
                "--model",
                "vendor/agent-1",
                "--model-provider",
                "openai",
            ])
            .args([
                "--user-model",
                "",
                "--user-model-provider",
                "steer",
                "--endpoint",
                &customer.url("/steer_tau"),
            ])
            .args(["--trait-dict", r#"{"impatience": 3, "confusion": 0}"#, "--temperature", "0.7"])
            .args([
                "--start-index",
                "1",
                "--end-index",
                "3",
                "--num-trials",
                "2",
                "--max-concurrency",
                "2",
            ])
            .arg("--log-dir")
            .arg(&results),
    );
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("Scored 4 of 4 conversations") && out.contains("k=2:"), "{out}");

    let names = result_files(&results);
    assert_eq!(names.len(), 1, "{names:?}");
    let stamp = names[0]
        .strip_prefix("tool-calling-agent-1-0.7_range_1-3_user--llm_traits-impatience-3_")
        .unwrap();
    let stamp = stamp.strip_suffix(".json").unwrap();
    assert!(stamp.len() == 10 && stamp.bytes().all(|byte| byte.is_ascii_digit()), "{stamp}");

    let list: Vec<Value> =
        serde_json::from_slice(&std::fs::read(results.join(&names[0])).unwrap()).unwrap();
    let mut which: Vec<_> =
        list.iter().map(|r| (r["task_id"].as_u64(), r["trial"].as_u64())).collect();
    which.sort();
    assert_eq!(
        which,
        [(Some(1), Some(0)), (Some(1), Some(1)), (Some(2), Some(0)), (Some(2), Some(1))]
    );
    let first = &list[0];
    let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["task_id", "reward", "info", "traj", "trial"]);
    assert_eq!(first["info"]["source"], "user");
    assert!(first["info"]["reward_info"]["actions"].is_array());
    let roles: Vec<&str> =
        first["traj"].as_array().unwrap().iter().map(|m| m["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["system", "user", "assistant", "user", "assistant", "user"]);

    let asked = customer.requests();
    assert_eq!(asked.len(), 4 * 3);
    assert_eq!(asked[0].header("api-key"), Some(STEER_KEY));
    // Our levels, in the service's words.
    assert_eq!(asked[0].body["trait_dict"], json!({"impatience": "high"}));
    let asked = agent.requests();
    assert_eq!(asked.len(), 4 * 2);
    assert_eq!(asked[0].header("authorization").unwrap(), format!("Bearer {AGENT_KEY}"));
    assert_eq!(
        (&asked[0].body["model"], &asked[0].body["temperature"]),
        (&json!("vendor/agent-1"), &json!(0.7))
    );
    assert!(!asked[0].body["tools"].as_array().unwrap().is_empty());
}

#[test]
fn no_key_reaches_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let (agent, customer) = small_talk();
    let (code, _, err) = finish(
        tautrait(&dir.path().join("data"), Some(&agent))
            .args([
                "run",
                "--model",
                "a",
                "--model-provider",
                "openai",
                "--user-strategy",
                "trait-mix",
            ])
            .args(["--endpoint", &customer.url("/steer"), "--task-ids", "0", "--json", "--log-dir"])
            .arg(dir.path().join("results")),
    );
    assert_eq!(code, 0, "{err}");
    let mut folders = vec![dir.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            for key in [AGENT_KEY, STEER_KEY] {
                assert!(
                    !bytes.windows(key.len()).any(|part| part == key.as_bytes()),
                    "{}",
                    path.display()
                );
            }
        }
    }
    assert!(files >= 3, "database, lock and result are there");
}

#[test]
fn the_practice_models_run_without_network_and_the_same_each_time() {
    let figures = || {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("out.json");
        let (code, out, err) = finish(
            tautrait(&dir.path().join("data"), None)
                .args([
                    "run",
                    "--env",
                    "telecom",
                    "--model-provider",
                    "practice",
                    "--task-ids",
                    "0,3",
                    "5",
                ])
                .args(["--num-trials", "3", "--max-concurrency", "4", "--json", "--result-fp"])
                .arg(&file),
        );
        assert_eq!(code, 0, "{out}{err}");
        let line = json_line(&out);
        assert_eq!(line["summary"]["state"], "finished");
        assert_eq!(
            (&line["summary"]["scored"], &line["summary"]["not_scored"]),
            (&json!(9), &json!(0))
        );
        assert_eq!(line["result_file"], file.display().to_string());
        let list: Vec<Value> = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(list.len(), 9);
        (line["summary"]["pass_hat_k"].clone(), line["summary"]["average_reward"].clone())
    };
    let first = figures();
    assert_eq!(first.0.as_object().unwrap().len(), 3, "{first:?}");
    assert_eq!(first, figures());
}

#[test]
fn strategies_that_do_not_exist_or_do_not_go_together_are_refused_before_anything_runs() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let cases = [
        (["--agent-strategy", "guess"], "tool-calling"),
        (["--user-strategy", "guess"], "reflection"),
        (["--few-shot-displays-path", "displays.jsonl"], "few-shot"),
        (["--user-strategy", "human"], "--json"),
    ];
    for (case, mention) in cases {
        let (code, out, err) = finish(
            tautrait(&data, None)
                .args(["run", "--model-provider", "practice", "--json"])
                .args(case),
        );
        assert_eq!(code, 1, "{case:?}");
        assert_eq!(json_line(&out)["error"]["code"], "usage", "{case:?}");
        assert!(err.contains(mention), "{case:?}: {err}");
    }
    assert!(!data.exists(), "nothing was made");
}

#[test]
fn the_practice_agent_also_writes_its_actions_as_text() {
    let dir = tempfile::tempdir().unwrap();
    let (code, _, err) = finish(
        tautrait(&dir.path().join("data"), None)
            .args(["run", "--model-provider", "practice", "--user-strategy", "practice"])
            .args(["--agent-strategy", "react", "--env", "retail", "--task-ids", "0", "--json"])
            .args(["--log-dir", &dir.path().join("results").display().to_string()]),
    );
    assert_eq!(code, 0, "{err}");
    let written: Vec<_> =
        std::fs::read_dir(dir.path().join("results")).unwrap().flatten().collect();
    let text = std::fs::read_to_string(written[0].path()).unwrap();
    assert!(text.contains("Action:") && text.contains("API output: "), "{text}");
}

#[test]
fn what_does_not_fit_is_said_with_what_would() {
    let dir = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &str, &str); 6] = [
        (&["--model-provider", "practice", "--env", "no-such"], "domain", "no-such"),
        (&["--model-provider", "practice", "--task-ids", "9999"], "usage", "no task 9999"),
        (
            &["--model-provider", "practice", "--trait-dict", "{rude: 1}"],
            "trait_dict",
            "--trait-dict",
        ),
        (
            &["--model-provider", "practice", "--trait-dict", r#"{"rudeness": 1}"#],
            "trait_dict",
            "rudeness",
        ),
        (&["--model", "m", "--model-provider", "nowhere"], "provider", "NOWHERE_BASE_URL"),
        (
            &["--model", "m", "--model-provider", "openai", "--user-strategy", "trait-mix"],
            "provider",
            "--endpoint",
        ),
    ];
    for (words, error, mention) in cases {
        let (code, out, err) =
            finish(tautrait(dir.path(), None).args(["run", "--json"]).args(words));
        assert_eq!(code, 1, "{words:?}: {out}");
        assert_eq!(json_line(&out)["error"]["code"], error, "{words:?}: {err}");
        assert!(err.contains(mention), "{words:?}: {err}");
    }
}

#[test]
fn a_missing_key_is_noticed_before_anything_is_bought() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, err) = finish(tautrait(dir.path(), None).env_remove("OPENAI_API_KEY").args([
        "run",
        "--model",
        "m",
        "--model-provider",
        "openai",
        "--json",
    ]));
    assert_eq!((code, &json_line(&out)["error"]["code"]), (1, &json!("key")));
    assert!(err.contains("TAUTRAIT_OPENAI_KEY or OPENAI_API_KEY"), "{err}");
}

#[test]
fn a_run_without_quota_pauses_and_goes_on_later_without_buying_anything_twice() {
    let dir = tempfile::tempdir().unwrap();
    let empty = Arc::new(AtomicBool::new(true));
    let quota = empty.clone();
    let agent = Server::start(Box::new(move |body| {
        if replies_so_far(body) == 1 && quota.load(Ordering::SeqCst) {
            let error = json!({"error": {"code": "insufficient_quota", "message": "You exceeded your quota."}});
            return (429, error);
        }
        (200, completion(json!({"role": "assistant", "content": "Could you say more?"})))
    }));
    let (_, customer) = small_talk();
    let data = dir.path().join("data");
    let file = dir.path().join("out.json");
    let (code, out, err) = finish(
        tautrait(&data, Some(&agent))
            .args([
                "run",
                "--model",
                "a",
                "--model-provider",
                "openai",
                "--user-strategy",
                "trait-mix",
            ])
            .args([
                "--endpoint",
                &customer.url("/steer"),
                "--task-ids",
                "0",
                "1",
                "--json",
                "--result-fp",
            ])
            .arg(&file),
    );
    assert_eq!(code, 3, "{out}{err}");
    let line = json_line(&out);
    assert_eq!(
        (&line["summary"]["state"], &line["summary"]["not_scored"]),
        (&json!("paused"), &json!(0))
    );
    let run = line["run"].as_str().unwrap();
    assert!(err.contains(&format!("tautrait run --resume {run}")), "{err}");

    empty.store(false, Ordering::SeqCst);
    let (code, out, err) = finish(
        tautrait(&data, Some(&agent))
            .args(["run", "--resume", run, "--json", "--result-fp"])
            .arg(&file),
    );
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(json_line(&out)["summary"]["scored"], 2);
    let refused =
        agent.requests().iter().filter(|request| replies_so_far(&request.body) == 1).count() - 2;
    assert_eq!(agent.requests().len() - refused, 4, "two conversations of two replies");
    assert_eq!(customer.requests().len(), 6, "no customer's reply was bought again");
}

#[test]
fn a_person_plays_the_customer_at_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let instruction = "You are"; // how every task of the shop begins
    let mut child = tautrait(&dir.path().join("data"), None)
        .args(["run", "--env", "retail", "--model-provider", "practice"])
        .args(["--user-strategy", "human", "--task-ids", "0", "--log-dir"])
        .arg(dir.path().join("results"))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let words = b"Hello, I need help.\nI would rather not say.\n###STOP###\n";
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), words).unwrap();
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    assert!(said.contains(instruction) && said.contains("Agent: "), "{said}");
    let file = result_files(&dir.path().join("results")).remove(0);
    let kept = std::fs::read_to_string(dir.path().join("results").join(file)).unwrap();
    assert!(kept.contains("I would rather not say."), "{kept}");
}

/// A service that knows two traits and plays nobody.
fn two_traits() -> Server {
    Server::start(Box::new(|_| (422, json!({"detail": "unknown trait"}))))
        .listing(json!({"traits": ["impatience", "confusion"]}))
}

#[test]
fn a_file_of_traits_reaches_the_service_as_it_was_written() {
    let dir = tempfile::tempdir().unwrap();
    let (agent, customer) = small_talk();
    let traits = json!({"impatience": "low", "confusion": "low", "skeptical": "medium", "incoherence": "low"});
    let file = dir.path().join("trait_dict_skeptical.json");
    std::fs::write(&file, traits.to_string()).unwrap();
    let data = dir.path().join("data");
    let mut command = tautrait(&data, Some(&agent));
    command
        .args(["run", "--model", "a", "--model-provider", "openai", "--task-ids", "0", "--json"])
        .args(["--user-model-provider", "steer", "--endpoint", &customer.url("/steer_bare")])
        .arg("--trait-dict")
        .arg(&file)
        .arg("--result-fp")
        .arg(dir.path().join("out.json"));
    let (code, out, err) = finish(&mut command);
    assert_eq!(code, 0, "{out}{err}");
    assert!(customer.requests().iter().all(|request| request.body["trait_dict"] == traits));
    let written = std::fs::read_to_string(dir.path().join("out.json")).unwrap();
    let results: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(results[0]["info"]["trait_dict"]["skeptical"], 2, "Clear, in our levels");
}

#[test]
fn a_trait_that_the_service_does_not_know_is_said_before_the_run() {
    let dir = tempfile::tempdir().unwrap();
    let (agent, _) = small_talk();
    let customer = two_traits();
    let mut command = tautrait(dir.path(), Some(&agent));
    command
        .args(["run", "--model", "a", "--model-provider", "openai", "--task-ids", "0", "--json"])
        .args(["--user-strategy", "trait-mix", "--endpoint", &customer.url("")])
        .args(["--trait-dict", r#"{"skeptical": "high"}"#]);
    let (code, out, err) = finish(&mut command);
    assert_eq!(code, 1, "{out}{err}");
    assert_eq!(json_line(&out)["error"]["code"], "trait_dict");
    assert!(err.contains("does not know skeptical. It knows impatience, confusion."), "{err}");
    assert!(customer.requests().is_empty() && agent.requests().is_empty());
}

#[test]
fn the_public_service_wants_a_key_and_says_which_one_is_for_trying() {
    let dir = tempfile::tempdir().unwrap();
    let (agent, _) = small_talk();
    let mut command = tautrait(dir.path(), Some(&agent));
    command
        .env_remove("STEER_API_KEY")
        .args(["run", "--model", "a", "--model-provider", "openai", "--task-ids", "0", "--json"])
        .args(["--user-model-provider", "collinear", "--trait-dict", r#"{"impatience": "high"}"#]);
    let (code, out, err) = finish(&mut command);
    assert_eq!(code, 1, "{out}{err}");
    assert_eq!(json_line(&out)["error"]["code"], "key");
    assert!(err.contains("STEER_API_KEY") && err.contains("tautrait-001"), "{err}");
    assert!(agent.requests().is_empty(), "nothing was asked of anybody");
}
