//! `traits`, `say`, `calibrate`, `models`, and a run with a trait of one's own.

use std::path::Path;

use serde_json::json;

use crate::servers::{finish, json_line, tautrait};

/// A trait as a person writes it by hand.
fn punning(folder: &Path) -> std::path::PathBuf {
    let level = |name: &str, sentence: &str, prompt: &str| {
        format!(
            "[[levels]]\nname = \"{name}\"\nsentence = \"{sentence}\"\nexample = \"A lamp pun.\"\nprompt = \"{prompt}\"\n"
        )
    };
    let text = format!(
        "id = \"punning\"\nname = \"Punning\"\ndescription = \"Cannot let a pun go by.\"\n{}{}{}{}{}",
        level("Off", "No puns.", ""),
        level("Slight", "A pun now and then.", "Pun now and then."),
        level("Clear", "Puns in most messages.", "Pun in most messages."),
        level("Strong", "Puns in each message.", "Pun in each message."),
        level("Extreme", "Nothing but puns.", "Say nothing but puns."),
    );
    let path = folder.join("punning.toml");
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_trait_file_is_added_listed_and_played_in_a_run() {
    let dir = tempfile::tempdir().unwrap();
    let file = punning(dir.path());
    let (code, out, err) =
        finish(tautrait(dir.path(), None).args(["traits", "add", "--json"]).arg(&file));
    assert_eq!(code, 0, "{out}{err}");
    let added = json_line(&out);
    assert_eq!(added["trait"]["draft"]["id"], "punning");
    assert!(added["advice"].to_string().contains("Without pairs"), "{added}");
    let (_, out, _) = finish(tautrait(dir.path(), None).arg("traits"));
    assert!(out.contains("Punning (yours)") && out.contains("Skepticism"), "{out}");
    let (_, out, _) = finish(tautrait(dir.path(), None).args(["traits", "show", "punning"]));
    assert!(out.contains("Strong: Puns in each message."), "{out}");

    let (code, out, err) = finish(tautrait(dir.path(), None).args([
        "run",
        "--model-provider",
        "practice",
        "--user-strategy",
        "practice",
        "--trait-dict",
        r#"{"punning": 2.5}"#,
        "--end-index",
        "1",
        "--log-dir",
        &dir.path().join("results").display().to_string(),
        "--json",
    ]));
    assert_eq!(code, 0, "{out}{err}");
    let (code, _, err) =
        finish(tautrait(dir.path(), None).args(["traits", "remove", "impatience"]));
    assert!(code == 1 && err.contains("comes with the app"), "{err}");
    let (code, _, _) = finish(tautrait(dir.path(), None).args(["traits", "remove", "punning"]));
    assert_eq!(code, 0);
}

#[test]
fn a_voice_is_heard_and_measured_on_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let say =
        ["say", "--trait-dict", r#"{"impatience": 4}"#, "--agent", "What is your order number?"];
    let (code, out, err) = finish(tautrait(dir.path(), None).args(say));
    assert!(code == 0 && !out.trim().is_empty(), "{out}{err}");
    assert!(err.contains("not a real model") && err.contains("Impatience:"), "{err}");
    let (code, out, _) =
        finish(tautrait(dir.path(), None).args(["say", "--voice", "nobody", "--json"]));
    assert_eq!((code, &json_line(&out)["error"]["code"]), (1, &json!("usage")));
    let (code, out, err) = finish(tautrait(dir.path(), None).args([
        "calibrate",
        "practice",
        "--traits",
        "impatience",
        "--json",
    ]));
    assert_eq!(code, 0, "{out}{err}");
    let view = json_line(&out);
    assert_eq!((&view["state"], &view["done"]), (&json!("done"), &json!(50)));
    assert_eq!(view["curves"]["curves"][0]["points"].as_array().map(Vec::len), Some(5));
}

#[test]
fn models_are_listed_with_licence_and_nothing_is_fetched_without_a_yes() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, _) = finish(tautrait(dir.path(), None).args(["models", "--json"]));
    assert_eq!(code, 0);
    let models = json_line(&out)["models"].clone();
    assert!(models.as_array().is_some_and(|list| list.len() >= 7), "{models}");
    assert_eq!(
        (&models[0]["state"], &models[0]["licence"]),
        (&json!("missing"), &json!("Apache-2.0"))
    );
    let file = models[0]["id"].as_str().unwrap();
    let (code, _, err) = finish(tautrait(dir.path(), None).args(["models", "fetch", file]));
    assert!(code == 1 && err.contains("licence") && err.contains("--yes"), "{err}");
    let (code, _, err) = finish(tautrait(dir.path(), None).args([
        "run",
        "--model-provider",
        "practice",
        "--user-strategy",
        "local",
        "--user-model",
        "gone.gguf",
        "--end-index",
        "1",
        "--log-dir",
        &dir.path().join("results").display().to_string(),
    ]));
    assert!(code != 0 && err.contains("gone.gguf"), "{err}");
}
