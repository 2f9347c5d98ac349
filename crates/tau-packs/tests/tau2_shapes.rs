//! The shapes in which releases of tau2 come: a checkout of any version, its `data` folder, a wheel. The release
//! here is a small one of our own words, in upstream's layout.

#![allow(clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::path::Path;

use tau_packs::{ImportError, ImportReport, Library, check_pack, import_release, inspect_release};
use tau_toolkits::{Definition, Profile};
use zip::write::{SimpleFileOptions, ZipWriter};

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
fn a_wheel_has_the_same_in_another_place() {
    let release = checkout();
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let guidelines = "tau2/data/tau2/user_simulator/simulation_guidelines.md";
    for (name, text) in [
        ("tau2/agent/llm_agent.py", AGENTS),
        ("tau2/orchestrator/orchestrator.py", ORCHESTRATOR),
        ("tau2/domains/mock/tools.py", TOOLS),
        ("tau2/domains/mock/data_model.py", MODELS),
        (guidelines, "Play.\n"),
        ("tau2/data/tau2/domains/mock/db.json", DATA),
        ("tau2/data/tau2/domains/mock/policy.md", "Be kind."),
        ("tau2/data/tau2/domains/mock/tasks.json", TASK),
        ("tau2-9.9.dist-info/METADATA", "Metadata-Version: 2.1\nName: tau2\nVersion: 9.9\n"),
    ] {
        add(name, text);
    }
    let wheel = release.path().join("tau2-9.9-py3-none-any.whl");
    std::fs::write(&wheel, zip.finish().unwrap().into_inner()).unwrap();
    let (of_wheel, of_checkout) = (mock(&wheel), mock(release.path()));
    assert_eq!(of_wheel.wording, of_checkout.wording);
    assert_eq!((&of_wheel.version, &of_wheel.policy), (&of_checkout.version, &of_checkout.policy));
    assert_eq!(of_wheel.agent_tools, of_checkout.agent_tools);
    assert_eq!(of_wheel.domain.agent().hash(), of_checkout.domain.agent().hash());
    assert_eq!(of_wheel.profile, Profile::V0_1_2);
}

#[test]
fn tasks_may_stand_in_an_object_with_or_without_splits() {
    let release = checkout();
    let folder = "data/tau2/domains/mock";
    let object = |list: &str| format!("{{\"tasks\": {list}}}");
    support::write_files(release.path(), &[(&format!("{folder}/tasks.json"), &object(TASK))]);
    let (_folder, library, report) = imported(release.path());
    assert_eq!(report.unwrap().definitions[0].found.tasks, 1);
    let listed = library.definitions();
    assert_eq!((listed.definitions[0].tasks, listed.broken.len()), (1, 0));
    let other = TASK.replace("\"close\"", "\"other\"");
    let full = format!("{}, {}", &TASK[..TASK.len() - 1], &other[1..]);
    support::write_files(release.path(), &[(&format!("{folder}/tasks_full.json"), &object(&full))]);
    let mock = mock(release.path());
    assert_eq!((mock.splits["base"].len(), mock.splits["full"].len()), (1, 2));
}

#[test]
fn what_1_0_says_of_a_task_is_kept_and_what_no_upstream_knows_is_not() {
    let release = checkout();
    let task = TASK.replace(
        "\"ticket\"",
        "\"annotations\": {\"x\": 1}, \"issues\": [{\"id\": \"1\", \"title\": \"Odd\"}], \
         \"required_documents\": [\"d\"], \"user_tools\": [\"check_notifications\"], \"ticket\"",
    );
    let folder = "data/tau2/domains/mock";
    support::write_files(
        release.path(),
        &[
            ("src/tau2/domains/mock/user_tools.py", USER_TOOLS),
            (&format!("{folder}/tasks.json"), &task),
            (&format!("{folder}/split_tasks.json"), r#"{"base": ["close"]}"#),
            (&format!("{folder}/user_db.json"), r#"{"notifications": {}}"#),
        ],
    );
    let mock = mock(release.path());
    assert_eq!(mock.user_tools_of(&mock.tasks[0]).unwrap().len(), 1);
    let written = tau_toolkits::json_dumps(&mock.tasks[0].dump(Profile::V1_0));
    assert!(written.contains(r#""issues": [{"id": "1", "title": "Odd", "description": null"#));
    assert!(written.contains(r#""required_documents": ["d"], "user_tools": ["check_notif"#));
    assert!(!written.contains("annotations"), "{written}");
}

#[test]
fn odd_files_are_told_in_words() {
    let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
    let twice = format!("{}, {}", &TASK[..TASK.len() - 1], &TASK[1..]);
    let file = |name: &str| format!("data/tau2/domains/mock/{name}");
    for (name, text, told) in [
        ("tasks.json", deep.as_str(), "tasks.json"),
        ("tasks.json", &twice, "two tasks have the id \"close\""),
        ("tasks.json", "[{\"id\": 5}]", "id is not a text"),
        ("tasks.json", "[{}]", "id is missing"),
        ("tasks.json", "{\"task\": []}", "there is no list of tasks"),
        ("db.json", "{\"tasks\": 1}", "validation error"),
        ("db.json", "[", "db.json"),
        ("split_tasks.json", "{\"base\": 1}", "split_tasks.json"),
    ] {
        let release = checkout();
        support::write_files(release.path(), &[(&file(name), text)]);
        let (_folder, _library, report) = imported(release.path());
        let refused = report.unwrap_err().to_string();
        assert!(refused.contains(told), "{name}: {refused}");
    }
    let release = checkout();
    std::fs::write(release.path().join(file("policy.md")), b"Be k\xffind.").unwrap();
    let (_folder, _library, report) = imported(release.path());
    let refused = report.unwrap_err().to_string();
    assert!(refused.contains("policy.md") && refused.contains("UTF-8"), "{refused}");
}

#[test]
fn a_task_that_names_a_tool_which_is_not_there_is_told_by_the_check() {
    let release = checkout();
    let gone = TASK.replace("update_task_status", "close_task");
    let name = "data/tau2/domains/mock/tasks.json";
    support::write_files(release.path(), &[(name, &gone)]);
    let (_folder, library, report) = imported(release.path());
    report.unwrap();
    let report = check_pack(&library.source_dir("up").join("mock"));
    let told = "close: the agent is expected to use close_task, and has no such tool";
    assert!(report.to_string().contains(told), "{report}");
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
