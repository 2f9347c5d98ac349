//! An agent from outside through each of its two doors: the Model Context Protocol, and an HTTP address.
//! The agents are small programs in `tests/outside-agents`.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use serde_json::{Value, json};
use tau_api::{Places, Product, SavesInto};

use crate::servers::{Server, finish, json_line, tautrait};

const TASK: &str = "data.roam-both";

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/outside-agents")
}

/// Node, with one of the agents; `None` where there is no Node.
fn agent(script: &str, lazy: bool) -> Option<Command> {
    let there = Command::new("node").arg("--version").output();
    if !there.is_ok_and(|version| version.status.success()) {
        eprintln!("SKIPPED: there is no Node to run the agents from outside");
        return None;
    }
    let mut node = Command::new("node");
    node.arg(scripts().join(script)).args(lazy.then_some("--lazy"));
    Some(node)
}

/// The server as a command of its own, to be started by an agent.
fn offering(data: &Path, more: &[&str]) -> Command {
    let mut command = tautrait(data, None);
    command.args(["mcp", "--domain", "mobile", "--task", TASK]).args(more);
    command
}

/// `outer -- inner`, with what `inner` has in its environment.
fn handing(mut outer: Command, inner: &Command) -> Command {
    outer.arg("--").arg(inner.get_program()).args(inner.get_args());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    outer
}

/// What the app shows of the newest run in a data folder: its line in the list, and its conversation.
fn in_the_app(data: &Path) -> (Value, Value) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let places = Places { shipped, data: data.to_owned() };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let product = Product::open(places, Arc::new(SavesInto(data.join("saved")))).await.unwrap();
        let call = async |name: &str, with: Value| product.call(name, with).await.unwrap();
        let page = json!({"offset": 0, "limit": 9});
        let runs = call("list_runs", json!({"text": "", "page": page.clone()})).await;
        let run = runs["rows"][0].clone();
        let query = json!({"run_id": run["id"], "outcome": null, "condition": null, "task": null,
            "text": "", "page": page});
        let found = call("list_conversations", json!({"query": query})).await;
        let id = found["rows"][0]["id"].clone();
        let conversation = call("get_conversation", json!({"id": id})).await;
        product.shutdown().await;
        (run, conversation)
    })
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

#[test]
fn an_agent_over_the_model_context_protocol_is_graded() {
    let dir = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (lazy, reward) in [(false, 1.0), (true, 0.0)] {
        let Some(node) = agent("mcp-agent.mjs", lazy) else { return };
        let file = dir.path().join(format!("{reward}.json"));
        let words = ["--user-llm", "practice", "--save-to", file.to_str().unwrap()];
        let mut playing = handing(node, &offering(dir.path(), &words));
        let (code, out, err) = finish(&mut playing);
        assert_eq!(code, 0, "{out}{err}");
        let told = json_line(&out);
        assert_eq!((told["reward"].as_f64(), &told["ending"]), (Some(reward), &json!("user_stop")));
        // Thirteen of the operator's and four of ours.
        assert_eq!((&told["tools"], &told["server"]), (&json!(17), &json!("tautrait")));
        assert!(err.contains(&format!("reward {reward:?} (user_stop)")), "{err}");
        let kept = read(&file);
        let simulation = &kept["simulations"][0];
        assert_eq!(simulation["reward_info"]["reward"], reward);
        assert_eq!(kept["info"]["agent_info"]["llm"], "roaming-agent");
        assert_eq!(kept["tasks"][0]["evaluation_criteria"]["actions"][1]["name"], "toggle_roaming");
        let toggled = simulation["messages"].as_array().unwrap().iter().any(|message| {
            message["tool_calls"][0]["name"] == "toggle_roaming" && message["role"] == "user"
        });
        assert_eq!(toggled, !lazy);
        assert_eq!(
            kept["info"]["tautrait"]["practice"], true,
            "whose score it is stands beside it"
        );
        let (run, conversation) = in_the_app(dir.path());
        assert_eq!((&run["agent"], &run["state"]), (&json!("roaming-agent"), &json!("finished")));
        assert_eq!(run["played"], false, "it is an agent under test like any other");
        let outcome = if lazy { "failed" } else { "passed" };
        assert_eq!(conversation["summary"]["outcome"], outcome);
        assert!(conversation["device"].as_array().is_some_and(|device| !device.is_empty()));
        let turns = conversation["turns"].as_array().unwrap();
        let changed = turns.iter().any(|turn| {
            turn["tool"]["name"] == "toggle_roaming" && turn["tool"]["changes"] != json!([])
        });
        assert_eq!(changed, !lazy, "{turns:?}");
        files.push(file);
    }
    let files = files.iter().map(|file| file.to_str().unwrap());
    let (code, out, err) = finish(tautrait(dir.path(), None).arg("table").args(files));
    assert!(code == 0 && out.contains("50 % [2]"), "{out}{err}");
}

/// The protocol spoken by hand.
struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Client {
    fn start(mut server: Command) -> (Client, Value) {
        server.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = server.spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut client = Client { child, input, output };
        let hello = client.ask(
            "initialize",
            json!({"protocolVersion": "2024-11-05", "capabilities": {},
                "clientInfo": {"name": "by hand", "version": "0"}}),
        );
        client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        (client, hello)
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input, "{message}").unwrap();
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.send(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}));
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].clone()
    }

    /// The texts of a tool's answer, and whether it is an error.
    fn call(&mut self, tool: &str, arguments: Value) -> (Vec<String>, bool) {
        let answer = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        let texts = answer["content"].as_array().unwrap().iter();
        let texts = texts.map(|block| block["text"].as_str().unwrap().to_owned()).collect();
        (texts, answer["isError"] == true)
    }

    /// Ends the server without closing its input.
    #[cfg(unix)]
    fn end(self) -> (Option<i32>, String) {
        let Client { mut child, input, output } = self;
        let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        assert!(killed.unwrap().success());
        let status = child.wait().unwrap();
        drop((input, output));
        let mut err = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut err).unwrap();
        (status.code(), err)
    }

    /// Hangs up: exit status and the error stream.
    fn leave(self) -> (Option<i32>, String) {
        let Client { child, input, output } = self;
        drop(input);
        let ended = child.wait_with_output().unwrap();
        drop(output);
        (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
    }
}

#[test]
fn an_agent_that_hangs_up_has_no_grade_and_is_not_scored() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("left.json");
    let words = ["--user-llm", "practice", "--save-to", file.to_str().unwrap()];
    let (mut client, hello) = Client::start(offering(dir.path(), &words));
    let told = hello["instructions"].as_str().unwrap();
    assert!(told.contains("begin_conversation") && told.contains("Ferrin Mobile"), "{told}");
    let (texts, failed) = client.call("say_to_customer", json!({"message": "Hello?"}));
    assert!(failed && texts[0].contains("not begun"), "{texts:?}");
    let (texts, _) = client.call("begin_conversation", json!({}));
    assert!(texts[0].starts_with("You: ") && texts[1].starts_with("Customer: Hello."), "{texts:?}");
    let (texts, failed) = client.call("no_such_tool", json!({}));
    assert_eq!((texts[0].as_str(), failed), ("Error: Tool 'no_such_tool' not found.", true));
    let (_, failed) = client.call("say_to_customer", json!({"message": "  "}));
    assert!(failed);
    // Told again: the whole of it.
    let (again, _) = client.call("begin_conversation", json!({}));
    assert_eq!(again.len(), 4, "{again:?}");
    let (grade, _) = client.call("read_grade", json!({}));
    assert_eq!(grade, [r#"{"over":false}"#]);
    let (code, err) = client.leave();
    assert_eq!(code, Some(3), "{err}");
    assert!(err.contains("no reward: The agent left before the end"), "{err}");
    let kept = read(&file);
    let simulation = &kept["simulations"][0];
    assert_eq!(simulation["reward_info"], Value::Null);
    assert_eq!(simulation["termination_reason"], "infrastructure_error");
    assert_eq!(simulation["info"]["error"], "The agent left before the end of the conversation.");
    // What was said is in the app; upstream's file holds nothing of such a conversation.
    assert_eq!(simulation["messages"], json!([]));
    let (run, conversation) = in_the_app(dir.path());
    assert_eq!((&run["agent"], &run["state"]), (&json!("by hand"), &json!("finished")));
    assert_eq!(conversation["summary"]["outcome"], "not_scored");
    let turns = conversation["turns"].to_string();
    assert!(turns.contains("no_such_tool") && turns.contains("Hello."), "{turns}");
}

#[test]
fn an_agent_that_only_looks_leaves_nothing_behind_but_the_file_that_was_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let (mut client, _) = Client::start(offering(dir.path(), &["--user-llm", "practice"]));
    client.ask("tools/list", json!({}));
    let (code, err) = client.leave();
    assert!(code == Some(3) && err.contains("did not begin"), "{err}");
    let file = dir.path().join("none.json");
    let words = ["--user-llm", "practice", "--save-to", file.to_str().unwrap()];
    let (client, _) = Client::start(offering(dir.path(), &words));
    let (code, err) = client.leave();
    assert!(code == Some(3) && err.contains("before the conversation began"), "{err}");
    assert_eq!(read(&file)["simulations"][0]["termination_reason"], "infrastructure_error");
    assert_eq!(in_the_app(dir.path()).0["agent"], "by hand", "the run of the file, and no other");
}

#[test]
fn several_conversations_at_the_same_time_have_a_store_each() {
    let dir = tempfile::tempdir().unwrap();
    let (mut first, _) = Client::start(offering(dir.path(), &["--user-llm", "practice"]));
    let (code, _, err) = finish(&mut offering(dir.path(), &["--user-llm", "practice"]));
    assert!(code == 1 && err.contains("--store"), "{err}");
    let store = dir.path().join("second");
    let results = dir.path().join("results");
    let words = ["--store", store.to_str().unwrap(), "--save-to", results.to_str().unwrap()];
    let words = [&["--user-llm", "practice"][..], &words].concat();
    let (mut second, _) = Client::start(offering(dir.path(), &words));
    for client in [&mut first, &mut second] {
        let (texts, failed) = client.call("begin_conversation", json!({}));
        assert!(!failed && texts[1].starts_with("Customer: "), "{texts:?}");
    }
    let (texts, _) = second
        .call("say_to_customer", json!({"message": "Is there anything else I can help you with?"}));
    assert!(texts.last().unwrap().contains("user_stop"), "{texts:?}");
    assert_eq!((second.leave().0, first.leave().0), (Some(0), Some(3)));
    // A folder is in the shape of 1.0.
    assert_eq!(read(&results.join("results.json"))["simulation_index"][0]["reward"], 0.0);
    assert_eq!(in_the_app(&store).1["summary"]["outcome"], "failed");
}

#[cfg(unix)]
#[test]
fn a_server_that_is_ended_keeps_what_was_said_and_grades_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ended.json");
    let words = ["--user-llm", "practice", "--save-to", file.to_str().unwrap()];
    let (mut client, _) = Client::start(offering(dir.path(), &words));
    client.call("begin_conversation", json!({}));
    let (code, err) = client.end();
    assert_eq!(code, Some(3), "{err}");
    let simulation = &read(&file)["simulations"][0];
    assert_eq!(simulation["reward_info"], Value::Null);
    let (_, conversation) = in_the_app(dir.path());
    assert!(conversation["turns"].to_string().contains("Hello."), "{conversation}");
}

#[test]
fn an_agent_alone_works_on_a_ticket_with_the_tools_of_both_sides() {
    let dir = tempfile::tempdir().unwrap();
    let (mut client, hello) = Client::start(offering(dir.path(), &["--agent", "llm_agent_solo"]));
    assert!(hello["instructions"].as_str().unwrap().contains("Orson Delacroix"));
    let tools = client.ask("tools/list", json!({}))["tools"].as_array().unwrap().clone();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"toggle_roaming") && names.last() == Some(&"done"), "{names:?}");
    assert!(!names.contains(&"say_to_customer"));
    client.call("begin_conversation", json!({}));
    let line = json!({"customer_id": "C3108", "line_id": "L4110"});
    assert!(!client.call("enable_roaming", line).1);
    assert!(!client.call("toggle_roaming", json!({})).1);
    let (texts, failed) = client.call("done", json!({}));
    assert_eq!((texts, failed), (vec!["The conversation is over: agent_stop.".to_owned()], false));
    let (texts, failed) = client.call("toggle_roaming", json!({}));
    assert!(failed && texts[0].contains("over"), "{texts:?}");
    let (grade, _) = client.call("read_grade", json!({}));
    assert!(grade[0].contains(r#""reward":1.0"#), "{grade:?}");
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn a_customer_who_cannot_be_reached_is_not_the_agents_failure() {
    let dir = tempfile::tempdir().unwrap();
    let broken =
        Server::start(Box::new(|_| (400, json!({"error": {"message": "No such thing."}}))));
    let mut server = offering(dir.path(), &["--user-llm", "openai/m"]);
    server.env("OPENAI_BASE_URL", broken.url("/v1"));
    let (mut client, _) = Client::start(server);
    let (texts, failed) = client.call("begin_conversation", json!({}));
    assert!(failed && texts.last().unwrap().contains("has no grade"), "{texts:?}");
    let (code, err) = client.leave();
    assert!(code == Some(3) && err.contains("no reward"), "{err}");
}

#[test]
fn what_does_not_fit_is_refused_before_anybody_connects() {
    let dir = tempfile::tempdir().unwrap();
    for (words, part) in [
        (&["--domain", "mobile", "--task", "nope"][..], "no task nope"),
        (&["--domain", "retail", "--task", "0"], "no domain retail"),
        (&["--domain", "mobile", "--task", TASK], "Who plays the customer?"),
        (&["--domain", "mobile", "--task", TASK, "--agent", "x"], "there is no agent"),
        (&["--domain", "mobile", "--task", TASK, "--user-llm", "nobody/m"], "no provider nobody"),
        (&["--domain", "mobile", "--task", TASK, "--judge-llm", "practice"], "cannot judge"),
    ] {
        let (code, out, err) = finish(tautrait(dir.path(), None).arg("mcp").args(words));
        assert!(code == 1 && err.contains(part) && out.is_empty(), "{words:?}: {out}{err}");
    }
}

/// The agent behind an address, until it is dropped.
struct Listening(Child, String);

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn listening(lazy: bool) -> Option<Listening> {
    let mut child = agent("http-agent.mjs", lazy)?.stdout(Stdio::piped()).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    Some(Listening(child, address.trim().to_owned()))
}

#[test]
fn an_agent_behind_an_address_is_graded_where_the_customer_has_a_device() {
    let dir = tempfile::tempdir().unwrap();
    for (lazy, reward) in [(false, 1.0), (true, 0.0)] {
        let Some(agent) = listening(lazy) else { return };
        let file = dir.path().join(format!("{reward}.json"));
        let (code, out, err) = finish(
            tautrait(dir.path(), None)
                .env("HTTP_AGENT_BASE_URL", &agent.1)
                .args(["run", "--domain", "mobile", "--agent-llm", "http-agent/roaming"])
                .args(["--user-llm", "practice", "--task-split-name", "full"])
                .args(["--task-ids", TASK, "--save-to"])
                .arg(&file),
        );
        assert_eq!(code, 0, "{out}{err}");
        assert!(out.contains("Scored 1 of 1"), "{out}");
        let simulation = &read(&file)["simulations"][0];
        assert_eq!(simulation["reward_info"]["reward"], reward);
        assert_eq!(
            (&simulation["agent_cost"], &simulation["user_cost"]),
            (&json!(0.0), &json!(0.0))
        );
    }
}

#[test]
fn an_agent_behind_an_address_plays_a_run() {
    let dir = tempfile::tempdir().unwrap();
    let agent = Server::start(Box::new(|body| {
        let heard = body["messages"].as_array().unwrap().len();
        let transfer = json!([{"name": "transfer_to_human", "arguments": {"reason": "I am new."}}]);
        let answer =
            if heard > 2 { json!({"tool_calls": transfer}) } else { json!({"text": "Hm?"}) };
        (200, answer)
    }));
    let file = dir.path().join("result.json");
    let (code, out, err) = finish(
        tautrait(dir.path(), None)
            .env("HTTP_AGENT_BASE_URL", agent.url("/mine"))
            .args(["run", "--env", "telecom", "--model-provider", "http-agent", "--model", "mine"])
            .args(["--user-strategy", "practice", "--task-ids", "0", "--result-fp"])
            .arg(&file),
    );
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("Scored 1 of 1"), "{out}");
    let asked = agent.requests();
    let body = &asked[0].body;
    assert_eq!((&body["protocol"], &body["agent"]), (&json!("tautrait-agent/1"), &json!("mine")));
    assert!(body["policy"].as_str().unwrap().len() > 500);
    assert!(
        body["tools"].as_array().unwrap().len() > 5 && body["messages"][0]["role"] == "customer"
    );
    let traj = &read(&file)[0]["traj"];
    let called = traj
        .as_array()
        .unwrap()
        .iter()
        .any(|message| message["tool_calls"][0]["function"]["name"] == "transfer_to_human");
    assert!(called, "{traj}");
}
