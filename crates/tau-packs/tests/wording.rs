//! The wording of a release's prompts comes out letter by letter.

#![allow(clippy::unwrap_used)]

mod support;

use minijinja::{Environment, UndefinedBehavior, context};
use sha2::{Digest, Sha256};
use tau_packs::inspect_release;

/// Prompts of the released wheel, filled in by CPython 3.11 with the values of [`filled`]: SHA-256.
const SENT: [(&str, &str); 8] = [
    ("agent/act", "06e3a272caff4a02013f0dfa3a3fdc256eab9cc62ce12642f644505b42d7b3b8"),
    ("agent/few-shot", "a09e06c5cc5de23226ba060fe52b6aff9c690dd1a31fa31d9ab46b994134e7af"),
    ("agent/react", "92f71441813972cea423551dc1fb935e6e31da8df1a815314e68cdaf97806812"),
    ("agent/tool-calling", "e71a727e2183fbb08bbeafe26f43e613e5a8b4d7c4f32adf71c39fa05a3445bb"),
    ("customer/llm", "6116cbb8dc2e2278e8ec2a98a5c251ea51a65901195bc30d67a98796609925fa"),
    ("customer/react", "fd70154c748252f4322472ba5132d6f7d7008b411865920cab79d71bed8b7caa"),
    (
        "customer/reflection-rewrite",
        "544982412c0c86de5bfa9fb8285baced0e36619976e9afa86d1ab91f6d5c1c63",
    ),
    ("customer/verify-check", "279bb435386f4f4163dac8a007638150e88407701ded660e87e6bfbe72706a6a"),
];

/// A template filled in, strictly.
fn filled(template: &str) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let values = context! {
        policy => "WIKI {w}\n",
        tools => r#"[{"type": "function", "function": {"name": "f", "parameters": {}}}]"#,
        examples => ["one\n{d}", "two"],
        instruction => "Name: {x} {{y}} é.\nSecond line.",
        transcript => "System: S\nCustomer: Hi {z}\nAgent: A",
        response => "RESP {q}",
        traits => Vec::<String>::new(),
    };
    environment.render_str(template, values).unwrap()
}

#[test]
fn every_prompt_of_the_wheel_reads_as_upstream_sends_it() {
    let Some(wheel) = support::wheel() else { return };
    let (_data_dir, library, report) = support::imported(&wheel);
    let wordings = library.wordings();
    assert_eq!(wordings.len(), 1, "{report}");
    let wording = &wordings[0];
    assert_eq!((wording.source.as_str(), wording.name.as_str()), ("tau1", "tau_trait 0.1.1"));
    let sent: Vec<(String, String)> = wording
        .texts
        .iter()
        .map(|(id, text)| (id.clone(), hex::encode(Sha256::digest(filled(text)))))
        .collect();
    let expected: Vec<(String, String)> =
        SENT.iter().map(|(id, hash)| ((*id).to_owned(), (*hash).to_owned())).collect();
    assert_eq!(sent, expected);
    assert_eq!(report.wordings[0].prompts.len(), 8);
}

/// A checkout with customers whose rules depend on whether they are steered.
const STEERED: &str = r#"
class LLMUserSimulationEnv(Base):
    def __init__(self, provider):
        self.steering_method = provider if "steer" in provider else None

    def build_system_prompt(self, instruction):
        shown = ("\nTask: " + instruction) if instruction is not None else ""
        print(shown)
        pace = "Say little."
        if self.steering_method:
            pace = f"Say nothing, {BRAND}."
        return f"""Be a customer.{shown}
- {pace} {{}}
"""
"#;

#[test]
fn a_customer_told_something_else_when_steered_has_two_wordings() {
    let folder = support::files(&[
        ("up/__init__.py", ""),
        ("up/envs/__init__.py", ""),
        ("up/envs/user.py", &format!("from up.names import BRAND\n{STEERED}")),
        ("up/names.py", "BRAND = 'Mirka'\n"),
    ]);
    let preview = inspect_release(folder.path()).unwrap();
    let names: Vec<&str> = preview.wordings.iter().map(|found| found.name.as_str()).collect();
    assert_eq!(names, ["release unversioned", "release unversioned, steered customers"]);
    assert!(preview.unused.is_empty(), "{preview}");
}

#[test]
fn a_prompt_that_cannot_be_followed_is_named_with_its_place() {
    let folder = support::files(&[(
        "up/agents/chat_react_agent.py",
        "class ChatReActAgent:\n    def __init__(self, wiki, tools_info):\n        self.prompt = wiki + fetch()\n\n    def solve(self):\n        return [{'role': 'system', 'content': self.prompt}]\n",
    )]);
    let preview = inspect_release(folder.path()).unwrap();
    assert!(preview.wordings.is_empty());
    let unused = preview.unused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(unused.contains("up/agents/chat_react_agent.py:1: ChatReActAgent"), "{unused}");
}
