//! `evaluate-trajs`: rewards of recorded conversations computed anew.

use std::path::Path;

use serde_json::{Value, json};

use crate::servers::{Server, completion, finish, json_line, tautrait};
use crate::tables;
use crate::viewing::{mobile, read, write};

fn evaluate(dir: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = tautrait(&dir.join("data"), None);
    finish(command.current_dir(dir).arg("evaluate-trajs").args(words))
}

fn simulations(results: &mut Value) -> &mut Vec<Value> {
    results["simulations"].as_array_mut().unwrap()
}

#[test]
fn rewards_that_were_changed_are_mended_and_everything_else_stays_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let name = "Größe (1) \"x\".json";
    let path = mobile(dir.path(), "5", name);
    let true_results = read(&path);
    let mut results = true_results.clone();
    for (at, one) in simulations(&mut results).iter_mut().enumerate() {
        match at {
            0 => one["reward_info"]["reward"] = json!(0.0),
            1 => one["reward_info"] = Value::Null,
            2 => one["reward_info"]["reward"] = json!(0.5),
            _ => {}
        }
    }
    write(&path, &results);
    let (code, out, err) = evaluate(dir.path(), &[name]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(
        out.contains("by the rules of tau2 v1.0, the file's tasks, the data of mobile"),
        "{out}"
    );
    let said = "10 conversations: 7 with the same reward, 3 with another, 0 not graded";
    assert!(out.contains(said), "{out}");
    assert!(out.contains("Average reward: 0.8333 over 9 before, 1.0000 over 10 now"), "{out}");
    let updated = dir.path().join(format!("updated_{name}"));
    assert_eq!(read(&path), results, "the file itself is left alone");
    let mut mended = read(&updated);
    let regraded = mended["info"]["tautrait"].as_object_mut().unwrap().remove("regraded").unwrap();
    assert_eq!((&regraded["domain"], &regraded["tasks"]), (&json!("mobile"), &json!("file")));
    assert_eq!(mended, true_results);
}

#[test]
fn what_cannot_be_graded_has_no_reward_and_is_never_a_nought() {
    let dir = tempfile::tempdir().unwrap();
    let path = mobile(dir.path(), "5", "m.json");
    let mut results = read(&path);
    let all = simulations(&mut results);
    all[0]["termination_reason"] = json!("infrastructure_error");
    all[0]["reward_info"] = Value::Null;
    all[1]["termination_reason"] = json!("sunset\u{1b}[2J");
    all[2]["messages"] = json!([]);
    all[3]["task_id"] = json!("nowhere");
    all[4]["termination_reason"] = Value::Null;
    // An answer to a call that nobody made.
    let stray = json!({"id": "x", "role": "tool", "content": "1", "requestor": "assistant"});
    all[5]["messages"].as_array_mut().unwrap().push(stray);
    all[6]["termination_reason"] = json!("max_steps");
    all[7]["messages"][1]["role"] = json!("owl");
    write(&path, &results);
    let (code, out, err) = evaluate(dir.path(), &["m.json", "--json"]);
    assert_eq!(code, 3, "{out}{err}");
    let told = &json_line(&out)["files"][0];
    assert_eq!(
        (&told["not_graded"], &told["same"], &told["changed"]),
        (&6.into(), &2.into(), &1.into())
    );
    let why = |at: usize| told["simulations"][at]["not_graded"].as_str().unwrap_or_default();
    for (at, part) in [
        (0, "infrastructure error"),
        (1, "for a reason that is not known: sunset"),
        (2, "holds no message"),
        (3, "does not hold its task nowhere"),
        (4, "does not say why it ended"),
        (5, "Tool message not expected"),
    ] {
        assert!(why(at).contains(part), "{part}: {}", why(at));
        assert_eq!(told["simulations"][at]["reward"], Value::Null);
    }
    assert_eq!(told["simulations"][6]["reward"], json!(0.0), "it ended too early, as upstream");
    let problem = told["problems"][0].as_str().unwrap();
    assert!(problem.contains("conversation 8") && problem.contains("owl"), "{problem}");
    let mut updated = read(&dir.path().join("updated_m.json"));
    let kept = simulations(&mut updated);
    assert_eq!(kept.len(), 9, "what cannot be read is left out, and was told");
    assert!(kept[..6].iter().all(|one| one["reward_info"].is_null()), "{kept:?}");
    let (_, out, _) = evaluate(dir.path(), &["m.json"]);
    assert!(!out.contains('\u{1b}') && out.contains("not graded: "), "{out}");
}

#[test]
fn a_folder_stays_a_folder_and_its_index_tells_the_new_rewards() {
    let dir = tempfile::tempdir().unwrap();
    let path = mobile(dir.path(), "2", "runs/four");
    let mut index = read(&path.join("results.json"));
    let first = index["simulation_index"][0]["id"].as_str().unwrap().to_owned();
    let file = path.join("simulations").join(format!("{first}.json"));
    let mut one = read(&file);
    one["reward_info"]["reward"] = json!(0.0);
    write(&file, &one);
    index["simulation_index"][0]["reward"] = json!(0.0);
    write(&path.join("results.json"), &index);
    let (code, out, err) = evaluate(dir.path(), &["runs/four", "--output-dir", "new"]);
    assert_eq!(code, 0, "{out}{err}");
    let updated = dir.path().join("new/updated_four");
    let told = read(&updated.join("results.json"));
    assert_eq!(told["simulation_index"][0]["reward"], json!(1.0));
    assert_eq!(told["simulation_index"].as_array().unwrap().len(), 4);
    let mended = read(&updated.join("simulations").join(format!("{first}.json")));
    assert_eq!(mended["reward_info"]["reward"], json!(1.0));
    let (code, out, _) = evaluate(dir.path(), &["new/updated_four", "--json"]);
    assert_eq!((code, &json_line(&out)["files"][0]["same"]), (0, &json!(4)));
    // Something else is not thrown away for it.
    std::fs::write(updated.join("mine.txt"), "x").unwrap();
    let (code, out, err) = evaluate(dir.path(), &["runs/four", "--output-dir", "new"]);
    assert!(code == 1 && err.contains("something other than results"), "{out}{err}");
    assert!(updated.join("mine.txt").exists());
}

#[test]
fn the_tasks_are_the_files_own_unless_the_domains_are_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let path = mobile(dir.path(), "2", "m.json");
    let mut results = read(&path);
    let basis = results["tasks"][0]["evaluation_criteria"]["reward_basis"].clone();
    // A task that asks for something that nobody did, and one that the domain does not have.
    let change = |task: &mut Value| {
        task["evaluation_criteria"]["reward_basis"] = json!(["COMMUNICATE"]);
        task["evaluation_criteria"]["communicate_info"] = json!(["the moon"]);
    };
    change(&mut results["tasks"][0]);
    let gone = results["tasks"][1]["id"].clone();
    results["tasks"][1]["id"] = json!("gone");
    for one in simulations(&mut results) {
        if one["task_id"] == gone {
            one["task_id"] = json!("gone");
        }
    }
    write(&path, &results);
    let (code, out, _) = evaluate(dir.path(), &["m.json", "--json"]);
    let own = &json_line(&out)["files"][0];
    assert_eq!((code, &own["changed"], &own["same"]), (0, &json!(2), &json!(2)));
    let (code, out, _) = evaluate(dir.path(), &["m.json", "--json", "--fresh-tasks"]);
    let fresh = &json_line(&out)["files"][0];
    assert_eq!((code, &fresh["same"], &fresh["not_graded"]), (3, &json!(2), &json!(2)));
    let why =
        fresh["simulations"].as_array().unwrap().iter().find_map(|one| one["not_graded"].as_str());
    assert_eq!(why, Some("The domain mobile has no task gone."));
    let updated = read(&dir.path().join("updated_m.json"));
    let then = &updated["tasks"][0]["evaluation_criteria"]["reward_basis"];
    assert_eq!(*then, basis, "the tasks by which was graded stand in the file");
    assert_eq!(updated["tasks"][1]["id"], "gone");
}

#[test]
fn an_agent_alone_and_the_rules_of_another_version_are_graded_by_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let words =
        ["run", "--domain", "mobile-workflow", "--agent", "llm_agent_solo", "--num-tasks", "3"];
    let mut run = tautrait(&dir.path().join("data"), None);
    run.current_dir(dir.path()).args(words).args([
        "--agent-llm",
        "practice",
        "--save-to",
        "solo.json",
    ]);
    let (code, out, err) = finish(&mut run);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = evaluate(dir.path(), &["solo.json", "--json"]);
    let told = &json_line(&out)["files"][0];
    assert_eq!((code, &told["solo"], &told["same"]), (0, &json!(true), &json!(3)), "{out}{err}");
    assert_eq!(told["domain"], "mobile-workflow");

    // Before 1.0 a tool that answers otherwise than recorded is an obstacle, and no reward.
    let path = mobile(dir.path(), "1", "m.json");
    let mut results = read(&path);
    for message in results["simulations"][0]["messages"].as_array_mut().unwrap() {
        if message["role"] == "tool" {
            message["content"] = json!("something else");
        }
    }
    write(&path, &results);
    let (code, ..) = evaluate(dir.path(), &["m.json"]);
    assert_eq!(code, 0);
    let (code, out, err) = evaluate(dir.path(), &["m.json", "--profile", "v0.2"]);
    assert_eq!(code, 3, "{out}{err}");
    assert!(out.contains("where \"something else\" is recorded"), "{out}");
    let (code, _, err) = evaluate(dir.path(), &["m.json", "--profile", "v9"]);
    assert!(code == 1 && err.contains("There are: v0.1.2, v0.2, v1.0."), "{err}");
}

#[test]
fn assertions_in_words_are_as_the_files_judge_found_or_judged_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = mobile(dir.path(), "1", "m.json");
    let mut results = read(&path);
    let wanted = "The agent is polite.";
    results["tasks"][0]["evaluation_criteria"]["nl_assertions"] = json!([wanted]);
    results["tasks"][0]["evaluation_criteria"]["reward_basis"] = json!(["NL_ASSERTION"]);
    let found = json!([{"nl_assertion": wanted, "met": false, "justification": "It is not."}]);
    results["simulations"][0]["reward_info"]["nl_assertions"] = found;
    write(&path, &results);
    let (code, out, err) = evaluate(dir.path(), &["m.json", "--json"]);
    let told = &json_line(&out)["files"][0];
    assert_eq!(code, 3, "{out}{err}");
    assert_eq!(told["simulations"][0]["reward"], json!(0.0), "as the file's judge found");
    let why = told["simulations"][1]["not_graded"].as_str().unwrap();
    assert!(why.contains("need a judge"), "{why}");
    assert!(told["notes"][0].as_str().unwrap().contains("not judged anew"), "{told}");

    let answer = json!({"results": [
        {"expectedOutcome": wanted, "metExpectation": true, "reasoning": "It says please."}]});
    let pack = domain_with_a_judge(dir.path());
    let server = Server::start(Box::new(move |_| {
        (200, completion(json!({"role": "assistant", "content": answer.to_string()})))
    }));
    let mut command = tautrait(&dir.path().join("data"), None);
    command.current_dir(dir.path()).env("JUDGE_BASE_URL", server.url("/v1"));
    command.args(["evaluate-trajs", "m.json", "--json", "--judge-llm", "judge/wise"]);
    command.args(["--domain", pack]);
    let (code, out, err) = finish(&mut command);
    let told = &json_line(&out)["files"][0];
    assert_eq!((code, &told["average_reward"]), (0, &json!(1.0)), "{out}{err}");
    assert_eq!(server.requests().len(), 2);
}

/// The mobile operator as an imported domain that tells a judge what to do.
fn domain_with_a_judge(dir: &Path) -> &'static str {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/mobile");
    let pack = dir.join("data/sources/mine/mobile");
    std::fs::create_dir_all(pack.join("wording")).unwrap();
    for folder in ["", "wording"] {
        for entry in std::fs::read_dir(shipped.join(folder)).unwrap().flatten() {
            if entry.path().is_file() {
                let to = pack.join(folder).join(entry.file_name());
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    let manifest = std::fs::read_to_string(pack.join("pack.toml")).unwrap();
    let source = "\n[source]\nname = \"mine\"\nversion = \"1\"\n";
    std::fs::write(pack.join("pack.toml"), manifest + source).unwrap();
    std::fs::write(pack.join("wording/judge.md"), "Judge.\n").unwrap();
    "mine:mobile"
}

#[test]
fn files_that_cannot_be_graded_at_all_are_named_and_do_not_hold_up_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let path = mobile(dir.path(), "1", "m.json");
    tables::file(dir.path(), "bench.json", |_| true);
    std::fs::write(dir.path().join("empty.json"), "").unwrap();
    let mut elsewhere = read(&path);
    elsewhere["info"]["environment_info"]["domain_name"] = json!("bakery");
    elsewhere["info"]["tautrait"] = Value::Null;
    write(&dir.path().join("elsewhere.json"), &elsewhere);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(dir.path().join("cut.json"), &text[..text.rfind("\"task_id\"").unwrap()])
        .unwrap();
    let files =
        ["bench.json", "empty.json", "elsewhere.json", "missing.json", "cut.json", "m.json"];
    let (code, out, err) = evaluate(dir.path(), &files);
    assert_eq!(code, 1, "{out}{err}");
    for part in
        ["no result of tau2", "not JSON", "called \"bakery\"", "missing.json", "cut.json, line"]
    {
        assert!(err.contains(part), "{part}: {err}");
    }
    assert!(out.contains("Updated file: updated_m.json"), "{out}");
    assert_eq!(
        read(&dir.path().join("updated_cut.json"))["simulations"].as_array().unwrap().len(),
        1
    );
    let (code, out, _) = evaluate(dir.path(), &["elsewhere.json", "--domain", "mobile", "--json"]);
    let told = &json_line(&out)["files"][0];
    assert_eq!((code, &told["same"], &told["profile"]), (0, &json!(2), &json!("v1.0")));
    // Nothing that was asked for is written over.
    let (code, _, err) = evaluate(dir.path(), &["m.json", "updated_m.json"]);
    assert!(code == 1 && err.contains("over a file that is to be read"), "{err}");
}
