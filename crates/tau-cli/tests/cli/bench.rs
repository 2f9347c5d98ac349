//! `env`, `domain` and `check-data`: looking at domains and trying their tools by hand.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::json;

use crate::servers::{Server, completion, finish, json_line, replies_so_far, tautrait};

/// What is printed when these lines are typed.
fn typed(data: &Path, words: &[&str], lines: &[&str]) -> String {
    typed_beside(data, None, words, lines)
}

/// The same with a model that can be asked.
fn typed_beside(data: &Path, model: Option<&Server>, words: &[&str], lines: &[&str]) -> String {
    let mut child = tautrait(data, model)
        .arg("env")
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.join("\n").as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success());
    String::from_utf8(ended.stdout).unwrap()
}

#[test]
fn a_tool_called_by_hand_answers_and_tells_what_it_changed_on_which_side() {
    let dir = tempfile::tempdir().unwrap();
    let out = typed(
        dir.path(),
        &["mobile", "--task", "service.airplane"],
        &["toggle_airplane_mode", ":n data.top-up", "check_status_bar", ":q", "never read"],
    );
    assert!(out.contains("Airplane Mode is now OFF."), "{out}");
    assert!(out.contains("  user/device/airplane_mode: true -> false\n"), "{out}");
    let anew = out.split("task data.top-up.").nth(1).unwrap();
    assert!(!anew.contains(" -> "), "looking changes nothing: {anew}");
    let refuel = "refuel_data customer_id=C3101 line_id=L4101 gb_amount=2.0";
    let out = typed(dir.path(), &["mobile", "--task", "data.top-up"], &[refuel, ":n", refuel]);
    assert_eq!(out.matches("agent/lines/L4101/data_refueling_gb: 0.0 -> 2.0").count(), 2, "{out}");
}

#[test]
fn an_agent_that_is_talked_to_holds_its_side_s_tools_and_forgets_with_the_environment() {
    let dir = tempfile::tempdir().unwrap();
    let model = Server::start(Box::new(|body| {
        let last = body["messages"].as_array().unwrap().last().unwrap();
        let message = match (replies_so_far(body), last["role"].as_str()) {
            (0, _) => json!({"role": "assistant", "content": null, "tool_calls": [{
                "id": "a", "type": "function", "function": {
                    "name": "suspend_line",
                    "arguments": "{\"customer_id\": \"C3101\", \"line_id\": \"L4101\", \"reason\": \"lost\"}",
                },
            }]}),
            (1, Some("tool")) if last["content"].as_str().unwrap().contains("Suspended") => {
                json!({"role": "assistant", "content": "Your line is suspended."})
            }
            _ => json!({"role": "assistant", "content": "It is already."}),
        };
        (200, completion(message))
    }));
    let out = typed_beside(
        dir.path(),
        Some(&model),
        &["mobile", "--agent-llm", "gpt-4.1"],
        &[
            "I lost it: suspend L4101",
            "Really?",
            ":c get_data_usage customer_id=C3101 line_id=L4101",
            ":n",
            "Hello",
            ":q",
        ],
    );
    assert_eq!(out.matches("> suspend_line {\"customer_id\": \"C3101\"").count(), 2, "{out}");
    assert_eq!(
        out.matches("agent/lines/L4101/status: \"Active\" -> \"Suspended\"").count(),
        2,
        "{out}"
    );
    assert!(out.contains("\nYour line is suspended.\nIt is already.\n"), "{out}");
    assert!(out.contains("data_used_gb"), "{out}");
    let requests = model.requests();
    let told = |at: usize| requests[at].body["messages"].as_array().unwrap().len();
    // Policy, words, call, answer, words, words; then a new environment and a new conversation.
    assert_eq!((told(0), told(2), told(3)), (2, 6, 2));
    assert!(requests[0].body["messages"][0]["content"].as_str().unwrap().contains("Ferrin Mobile"));
    assert_eq!(requests[0].body["tools"].as_array().unwrap().len(), 13);
}

#[test]
fn an_agent_that_cannot_be_asked_is_told_and_ends_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let model = Server::start(Box::new(|_| (401, json!({"error": {"message": "no such key"}}))));
    let words = ["mobile", "--agent-llm", "gpt-4.1"];
    let out = typed_beside(dir.path(), Some(&model), &words, &["Hello", ":c toggle_data", ":q"]);
    assert!(out.contains("key"), "{out}");
    assert!(out.contains("user/device/data_enabled: true -> false"), "{out}");
    let mut practice = tautrait(dir.path(), None);
    let (code, _, err) = finish(practice.args(["env", "mobile", "--agent-llm", "practice"]));
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("Choose a real model"), "{err}");
}

#[test]
fn a_slip_of_the_finger_ends_nothing_and_a_side_has_only_its_own_tools() {
    let dir = tempfile::tempdir().unwrap();
    let lines = [
        "nope",
        "user: get_data_usage",
        ":x",
        "toggle_data words",
        ":n nope",
        ":d nowhere",
        ":d",
        ":d mobile-workflow",
        ":t",
        ":p",
    ];
    let out = typed(dir.path(), &["mobile"], &lines);
    for part in [
        "Error: Tool 'nope' not found.",
        "Error: Tool 'get_data_usage' not found.",
        "There is no command :x",
        "Write name=value",
        "has no task nope",
        "there is no domain nowhere",
        "\nmobile-workflow\n",
        "(workflow), its data as it is.",
        "  grant_app_permission app_name=string permission=string\n",
        "<main_policy>",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    // Alone, an agent has the tools of both sides; the customer has none then.
    let lines = ["toggle_data", "user: toggle_data"];
    let out = typed(dir.path(), &["mobile", "--solo"], &lines);
    assert!(out.contains("user/device/data_enabled: true -> false"), "{out}");
    assert!(out.contains("not allowed in solo mode"), "{out}");
}

#[test]
fn a_domain_is_told_with_its_policy_its_tools_and_their_types() {
    let dir = tempfile::tempdir().unwrap();
    let told = |words: &[&str]| {
        let (code, out, err) = finish(tautrait(dir.path(), None).arg("domain").args(words));
        assert_eq!(code, 0, "{err}");
        out
    };
    let text = told(&["mobile"]);
    assert!(text.contains("TOOLS OF THE USER") && text.contains("rules of tau2 v1.0"), "{text}");
    assert!(text.contains("    limit: integer, ") && !text.contains("data.roam-both"), "{text}");
    let markdown = told(&["mobile", "--format", "markdown", "--tasks"]);
    assert!(
        markdown.contains("| `mode` | 4g\\_5g")
            || markdown.contains("| `mode` | 4g_5g_preferred\\|4g_only"),
        "{markdown}"
    );
    assert!(markdown.contains("| `data.roam-both` | Abroad"), "{markdown}");
    let whole = json_line(&told(&["mobile", "--format", "json"]));
    assert_eq!(whole["sides"][1]["tools"].as_array().unwrap().len(), 30);
    assert_eq!(whole["tasks"].as_array().unwrap().len(), 99);
    assert_eq!(whole["splits"][0], json!({"name": "base", "tasks": 72}));
    // Domains of tau-bench too.
    let retail = told(&["retail", "--tasks"]);
    assert!(retail.contains("TOOLS OF THE AGENT") && retail.contains("\nTASKS\n"), "{retail}");
    let (code, _, err) = finish(tautrait(dir.path(), None).args(["domain", "nowhere"]));
    assert!(code == 1 && err.contains("no domain nowhere"), "{err}");
}

#[test]
fn data_is_sound_until_a_domain_in_it_does_not_open() {
    let dir = tempfile::tempdir().unwrap();
    let check = || finish(tautrait(dir.path(), None).args(["check-data", "--json"]));
    let (code, out, _) = check();
    let told = json_line(&out);
    assert_eq!((code, &told["broken"]), (0, &json!([])));
    assert!(told["domains"].as_array().unwrap().contains(&json!("mobile-workflow")), "{told}");
    let pack = dir.path().join("sources/mine/broken");
    std::fs::create_dir_all(&pack).unwrap();
    std::fs::write(pack.join("pack.toml"), "format = 2\n").unwrap();
    let (code, out, _) = check();
    assert_eq!(code, 1);
    assert_eq!(json_line(&out)["broken"].as_array().unwrap().len(), 1, "{out}");
    let (_, out, _) = finish(tautrait(dir.path(), None).arg("check-data"));
    assert!(out.contains("not usable: "), "{out}");
}
