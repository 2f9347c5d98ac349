//! Agents behind providers that do not speak chat completions.

use serde_json::{Value, json};

use crate::servers::{Server, finish, json_line, small_talk, tautrait};

const KEY: &str = "canary-anthropic-0c1d";

/// A run of one conversation with the agent at `--model-provider` NAME.
fn run(provider: &str, model: &str, variables: &[(&str, String)]) -> (i32, Value, String) {
    let dir = tempfile::tempdir().unwrap();
    let (_, customer) = small_talk();
    let mut command = tautrait(dir.path(), None);
    // The result file goes to `results` where one stands.
    command.current_dir(dir.path());
    command.args(["run", "--env", "retail", "--task-ids", "0", "--json", "--model", model]);
    command.args(["--model-provider", provider, "--user-strategy", "trait-mix"]);
    command.args(["--endpoint", &customer.url("/steer")]);
    for (name, value) in variables {
        command.env(name, value);
    }
    let (code, out, err) = finish(&mut command);
    assert!(!out.contains(KEY) && !err.contains(KEY), "a key was printed");
    (code, json_line(&out), err)
}

#[test]
fn an_agent_at_anthropic_plays_with_the_usual_variables() {
    let agent = Server::start(Box::new(|_| {
        let text = json!([{"type": "text", "text": "Could you say more?"}]);
        (
            200,
            json!({"type": "message", "content": text, "stop_reason": "end_turn",
                "usage": {"input_tokens": 7, "output_tokens": 3}}),
        )
    }));
    let variables = [("ANTHROPIC_BASE_URL", agent.url("")), ("ANTHROPIC_API_KEY", KEY.to_owned())];
    let (code, out, err) = run("anthropic", "claude-sonnet-5-5", &variables);
    assert_eq!(code, 0, "{out} {err}");
    let asked = agent.requests();
    assert!(!asked.is_empty());
    assert_eq!(asked[0].header("x-api-key"), Some(KEY));
    assert_eq!(asked[0].body["messages"][0]["role"], "user");
    assert!(asked[0].body["system"].as_str().is_some_and(|policy| policy.len() > 100));
}

#[test]
fn an_agent_at_bedrock_plays_with_a_key_under_our_name() {
    let agent = Server::start(Box::new(|_| {
        let message = json!({"role": "assistant", "content": [{"text": "Could you say more?"}]});
        (
            200,
            json!({"output": {"message": message}, "stopReason": "end_turn",
            "usage": {"inputTokens": 7, "outputTokens": 3, "totalTokens": 10}}),
        )
    }));
    let variables = [("BEDROCK_BASE_URL", agent.url("")), ("TAUTRAIT_BEDROCK_KEY", KEY.to_owned())];
    let (code, out, err) = run("bedrock", "amazon.nova-pro-v1:0", &variables);
    assert_eq!(code, 0, "{out} {err}");
    let bearer = format!("Bearer {KEY}");
    assert_eq!(agent.requests()[0].header("authorization"), Some(bearer.as_str()));
}

#[test]
fn a_provider_that_lacks_its_region_or_key_says_which_variable_to_set() {
    let (code, out, err) = run("bedrock", "m", &[]);
    assert_eq!((code, &out["error"]["code"]), (1, &json!("provider")));
    assert!(err.contains("AWS_REGION_NAME"), "{err}");
    let (code, out, err) = run("groq", "m", &[]);
    assert_eq!((code, &out["error"]["code"]), (1, &json!("key")));
    assert!(err.contains("TAUTRAIT_GROQ_KEY or GROQ_API_KEY"), "{err}");
}
