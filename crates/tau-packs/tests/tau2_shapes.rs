//! The shapes in which releases of tau2 come: a checkout of any version, its `data` folder, a wheel. The release
//! here is a small one of our own words, in upstream's layout.

#![allow(clippy::unwrap_used)]

mod support;

use std::path::Path;

use tau_packs::{ImportError, ImportReport, Library, import_release, inspect_release};
use tau_toolkits::{Definition, Profile};

const AGENTS: &str = r#"
AGENT_INSTRUCTION = """
Serve.
""".strip()

AGENT_SOLO_INSTRUCTION = """
Work alone; end with `{stop_function_name}`.
""".strip()

AGENT_GT_INSTRUCTION = "Follow the steps."


class LLMGTAgent:
    @classmethod
    def make_agent_instructions_from_action(cls, action, include_function_args=False):
        if action.requestor == "user":
            if include_function_args:
                return f"Have them do {action.get_func_format()}!"
            else:
                return f"Theirs: {action.name}."
        elif action.requestor == "assistant":
            if include_function_args:
                return f"Do {action.get_func_format()}!"


class LLMSoloAgent:
    STOP_FUNCTION_NAME = "done"

    def add_stop_tool(self):
        def done() -> str:
            """Say that it is done."""
            return "x"
"#;

const ORCHESTRATOR: &str = r#"
DEFAULT_FIRST_AGENT_MESSAGE = AssistantMessage(
    role="assistant", content="Good morning!", cost=0.0
)
"#;

const TOOLS: &str = r#"
from typing import Optional

from tau2.domains.mock.data_model import TaskStatus


class MockTools(ToolKitBase):
    @is_tool(ToolType.WRITE)
    def create_task(self, user_id: str, title: str, description: Optional[str] = None):
        """Put a task on a list.

        Args:
            user_id: Whose list.
            title: What to call it.
        """

    @is_tool(ToolType.READ)
    def get_users(self):
        """Look at everybody."""

    @is_tool(ToolType.WRITE)
    def update_task_status(self, task_id: str, status: TaskStatus):
        """Move a task on."""

    @is_tool(ToolType.GENERIC)
    def transfer_to_human_agents(self, summary: str):
        """Hand over."""

    def assert_number_of_tasks(self, user_id: str, expected_number: int):
        """Not a tool."""
"#;

const USER_TOOLS: &str = r#"
class MockUserTools(ToolKitBase):
    @is_tool(ToolType.READ)
    def check_notifications(self):
        """Look at what came in."""

    @is_tool(ToolType.WRITE)
    def dismiss_notification(self, notification_id: str):
        """Put one away."""
"#;

const MODELS: &str = r#"
from typing import Literal

TaskStatus = Literal["pending", "completed"]
"#;

const DATA: &str = r#"{"tasks": {"task_1": {"task_id": "task_1", "title": "A", "status": "pending"}},
"users": {"ana": {"user_id": "ana", "name": "Ana", "tasks": ["task_1"]}}}"#;

const TASK: &str = r#"[{"id": "close", "user_scenario": {"instructions": "Have task_1 closed."},
"ticket": "Close task_1.", "evaluation_criteria": {"actions": [{"action_id": "a", "name":
"update_task_status", "arguments": {"task_id": "task_1", "status": "completed"}}]}}]"#;

/// The release in the layout of a checkout.
fn checkout() -> tempfile::TempDir {
    support::files(&[
        ("pyproject.toml", "[project]\nname = \"tau2\"\nversion = \"9.9\"\n"),
        ("src/tau2/agent/llm_agent.py", AGENTS),
        ("src/tau2/orchestrator/orchestrator.py", ORCHESTRATOR),
        ("src/tau2/domains/mock/tools.py", TOOLS),
        ("src/tau2/domains/mock/data_model.py", MODELS),
        ("data/tau2/user_simulator/simulation_guidelines.md", "Play.\n"),
        ("data/tau2/domains/mock/db.json", DATA),
        ("data/tau2/domains/mock/policy.md", "Be kind."),
        ("data/tau2/domains/mock/tasks.json", TASK),
    ])
}

fn imported(path: &Path) -> (tempfile::TempDir, Library, Result<ImportReport, ImportError>) {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Vec::new(), folder.path().to_owned());
    let report = import_release(path, "up", &library);
    (folder, library, report)
}

fn mock(path: &Path) -> std::sync::Arc<Definition> {
    let (_folder, library, report) = imported(path);
    report.unwrap();
    library.definition(&"up:mock".parse().unwrap()).unwrap()
}

#[test]
fn a_release_s_words_are_taken_from_its_code_and_its_tools_described_from_their_signatures() {
    let checkout = checkout();
    let mock = mock(checkout.path());
    let wording = &mock.wording;
    assert_eq!(wording.agent, "Serve.");
    assert_eq!(wording.solo.as_deref(), Some("Work alone; end with `done`."));
    assert_eq!(wording.user, "Play.\n");
    assert_eq!(wording.greeting, "Good morning!");
    let plan = wording.plan_prompt(&mock.policy, &mock.tasks[0]).unwrap();
    let step = "[Step 1] Do update_task_status(task_id=task_1, status=completed)!";
    assert!(plan.contains(step) && plan.contains("Be kind."), "{plan}");
    assert_eq!(
        mock.agent_tools[0].parameters.to_string(),
        r#"{"properties":{"user_id":{"description":"Whose list.","title":"User Id","type":"string"},"title":{"description":"What to call it.","title":"Title","type":"string"},"description":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Description"}},"required":["user_id","title"],"title":"parameters","type":"object"}"#
    );
    let status = &mock.agent_tools[2].parameters["properties"]["status"];
    assert_eq!(
        status.to_string(),
        r#"{"enum":["pending","completed"],"title":"Status","type":"string"}"#
    );
    assert_eq!(mock.done.as_ref().unwrap().description, "Say that it is done.");
    assert_eq!(mock.version, "9.9");
}

#[test]
fn whose_rules_hold_is_told_from_the_shape_of_the_release() {
    let release = checkout();
    assert_eq!(mock(release.path()).profile, Profile::V0_1_2);
    let folder = "data/tau2/domains/mock";
    let splits = (&*format!("{folder}/split_tasks.json"), r#"{"base": ["close"]}"#);
    support::write_files(release.path(), &[splits]);
    let split = mock(release.path());
    assert_eq!((split.profile, split.default_split()), (Profile::V0_2, Some("base")));
    assert!(split.user_tools.is_none());
    support::write_files(
        release.path(),
        &[
            ("src/tau2/domains/mock/user_tools.py", USER_TOOLS),
            (&format!("{folder}/user_db.json"), r#"{"notifications": {}}"#),
        ],
    );
    let newest = mock(release.path());
    assert_eq!(newest.profile, Profile::V1_0);
    assert_eq!(newest.user_tools.as_ref().map(Vec::len), Some(2));
}

#[test]
fn before_there_were_splits_the_files_of_tasks_are_the_splits() {
    let release = checkout();
    let other = TASK.replace("\"close\"", "\"other\"");
    let full = format!("{}, {}", &TASK[..TASK.len() - 1], &other[1..]);
    let folder = "data/tau2/domains/mock";
    support::write_files(
        release.path(),
        &[
            (&format!("{folder}/tasks_full.json"), &full),
            (&format!("{folder}/tasks_small.json"), &other),
        ],
    );
    let mock = mock(release.path());
    let ids = |split| -> Vec<&str> {
        mock.select(split).unwrap().iter().map(|task| task.id.as_str()).collect()
    };
    assert_eq!(ids(None), ["close", "other"]);
    assert_eq!((ids(Some("base")), ids(Some("small"))), (vec!["close"], vec!["other"]));
    assert!(mock.select(Some("test")).is_none());
}

#[test]
fn the_data_folder_of_a_checkout_stands_for_the_checkout_and_alone_it_is_not_enough() {
    let release = checkout();
    let mock = mock(&release.path().join("data"));
    assert_eq!(mock.wording.agent, "Serve.");
    let alone = tempfile::tempdir().unwrap();
    for (name, text) in [("db.json", DATA), ("policy.md", "Be kind."), ("tasks.json", TASK)] {
        let name = format!("tau2/domains/mock/{name}");
        support::write_files(alone.path(), &[(&name, text)]);
    }
    let (_folder, _library, report) = imported(alone.path());
    let refused = report.unwrap_err().to_string();
    assert!(refused.contains("give the checkout or the wheel"), "{refused}");
}

#[test]
fn a_domain_whose_tools_are_not_ours_is_refused_with_what_differs() {
    let release = checkout();
    let changed = TOOLS.replace("def get_users(self)", "def list_users(self)");
    support::write_files(release.path(), &[("src/tau2/domains/mock/tools.py", &changed)]);
    let (_folder, _library, report) = imported(release.path());
    let refused = report.unwrap_err().to_string();
    assert!(refused.contains("get_users is missing, and there is no list_users"), "{refused}");
    let changed = TOOLS.replace("self, summary: str", "self, summary: str, urgent: bool");
    support::write_files(release.path(), &[("src/tau2/domains/mock/tools.py", &changed)]);
    let (_folder, _library, report) = imported(release.path());
    let refused = report.unwrap_err().to_string();
    assert!(refused.contains("transfer_to_human_agents takes"), "{refused}");
}

#[test]
fn what_cannot_be_used_and_what_differs_from_the_known_releases_is_named() {
    let release = checkout();
    let folder = "data/tau2/domains/bank";
    support::write_files(release.path(), &[(&format!("{folder}/tasks.json"), TASK)]);
    let preview = inspect_release(release.path()).unwrap();
    let unused: Vec<String> = preview.unused.iter().map(ToString::to_string).collect();
    let expected = [
        "tau2.evaluator.evaluator_nl_assertions: no instruction of the judge",
        "data/tau2/domains/bank/: there are no tools for this domain here",
    ];
    assert_eq!(unused, expected);
    let strange = &preview.definitions[0].strange;
    let expected = ["policy", "wording agent", "wording greeting", "wording plan", "wording user"];
    assert_eq!(strange, &expected, "{preview}");
}

#[test]
fn a_pack_that_lacks_a_file_or_names_what_is_not_there_says_which() {
    let release = checkout();
    let (_folder, library, report) = imported(release.path());
    report.unwrap();
    let pack = library.source_dir("up").join("mock");
    let id = "up:mock".parse().unwrap();
    let opened = |what: &str| {
        // Opened packs are kept; another modification time opens them anew.
        let manifest = std::fs::read_to_string(pack.join("pack.toml")).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        std::fs::write(pack.join("pack.toml"), manifest).unwrap();
        let error = library.definition(&id).err().unwrap().to_string();
        assert!(error.contains(what), "{error}");
    };
    let greeting = pack.join("wording/greeting.md");
    let text = std::fs::read_to_string(&greeting).unwrap();
    std::fs::remove_file(&greeting).unwrap();
    opened("greeting.md");
    std::fs::write(&greeting, text).unwrap();
    std::fs::write(pack.join("tasks.json"), r#"[{"id": "a", "user_scenario": {}}]"#).unwrap();
    opened("task a: user_scenario has no instructions");
    let manifest = std::fs::read_to_string(pack.join("pack.toml")).unwrap();
    let strange = manifest.replace("profile = \"v0.1.2\"", "profile = \"v7\"");
    std::fs::write(pack.join("pack.toml"), strange).unwrap();
    opened("profile \"v7\" is not known; there are v0.1.2, v0.2, v1.0");
    assert_eq!(library.definitions().broken.len(), 1);
}
