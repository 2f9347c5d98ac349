//! Setting up a state and replaying a history, on a small database of our own.

#![allow(clippy::unwrap_used)]

use tau_toolkits::{
    Domain, Environment, Ids, Initial, OpenError, Profile, Requestor, StateError, ToolCall, Turn,
    Value,
};

const AGENT: &str = r#"{
    "tasks": {"task_1": {"task_id": "task_1", "title": "Water the plants", "status": "pending"}},
    "users": {"ana": {"user_id": "ana", "name": "Ana", "tasks": ["task_1"]}}
}"#;
const CUSTOMER: &str =
    r#"{"notifications": {"note_1": {"notification_id": "note_1", "message": "Plants"}}}"#;

fn read(text: &str) -> Value {
    Value::read_json(text).unwrap()
}

fn domain(profile: Profile) -> Domain {
    Domain::open("mock", profile, &read(AGENT), Some(&read(CUSTOMER))).unwrap()
}

fn environment(profile: Profile) -> Environment {
    domain(profile).environment(&Ids::seeded(1)).unwrap()
}

fn history(text: &str) -> Vec<Turn> {
    let Value::List(items) = read(text) else { panic!("a history is a list") };
    items.iter().map(|item| Turn::read(item).unwrap()).collect()
}

fn call(name: &str, requestor: Requestor, arguments: &str) -> ToolCall {
    let Value::Dict(arguments) = read(arguments) else { panic!("arguments are an object") };
    ToolCall { id: "1".into(), name: name.into(), arguments, requestor }
}

fn wrong_read() -> Vec<Turn> {
    history(
        r#"[{"role": "assistant", "tool_calls": [{"id": "a", "name": "get_users", "arguments": {}}]},
            {"role": "tool", "id": "a", "content": "[]"}]"#,
    )
}

fn write(content: &str) -> Vec<Turn> {
    let content = tau_toolkits::json_dumps(&content.into());
    history(&format!(
        r#"[{{"role": "user", "content": "hello"}},
            {{"role": "assistant", "tool_calls": [{{"id": "a", "name": "update_task_status",
              "arguments": {{"task_id": "task_1", "status": "completed"}}}}]}},
            {{"role": "tool", "id": "a", "content": {content}}}]"#
    ))
}

const COMPLETED: &str =
    r#"{"status":"completed","task_id":"task_1","title":"Water the plants","description":null}"#;

#[test]
fn a_replayed_answer_is_compared_as_json_whatever_its_order_and_blanks() {
    for profile in [Profile::V0_1_2, Profile::V0_2, Profile::V1_0] {
        let mut environment = environment(profile);
        let before = environment.agent_hash();
        environment.set_state(&Initial::default(), &write(COMPLETED)).unwrap();
        assert_ne!(environment.agent_hash(), before);
    }
}

#[test]
fn an_answer_that_differs_stops_a_replay_unless_it_is_lenient() {
    let mut strict = environment(Profile::V1_0);
    let error = strict.set_state(&Initial::default(), &write("{}")).unwrap_err();
    assert!(matches!(error, StateError::Differs { name, .. } if name == "update_task_status"));
    let mut lenient = environment(Profile::V1_0);
    let differ = lenient.set_state_leniently(&Initial::default(), &write("{}")).unwrap();
    assert_eq!(differ, 1);
    assert_eq!(lenient.agent_hash(), strict.agent_hash());
}

#[test]
fn reading_tools_are_replayed_before_1_0_and_passed_over_since() {
    let nothing = Initial::default();
    assert!(environment(Profile::V0_1_2).set_state(&nothing, &wrong_read()).is_err());
    assert!(environment(Profile::V0_2).set_state(&nothing, &wrong_read()).is_err());
    assert!(environment(Profile::V1_0).set_state(&nothing, &wrong_read()).is_ok());
}

#[test]
fn a_name_that_is_no_tool_answers_an_error_before_1_0_and_is_passed_over_since() {
    let asked = |content: &str| {
        history(&format!(
            r#"[{{"role": "assistant", "tool_calls": [{{"id": "a", "name": "fly", "arguments": {{}}}}]}},
                {{"role": "tool", "id": "a", "content": "{content}", "error": true}}]"#
        ))
    };
    let nothing = Initial::default();
    let told = "Error: Tool 'fly' not found.";
    assert!(environment(Profile::V0_2).set_state(&nothing, &asked(told)).is_ok());
    assert!(environment(Profile::V0_2).set_state(&nothing, &asked("gone")).is_err());
    assert!(environment(Profile::V1_0).set_state(&nothing, &asked("gone")).is_ok());
}

#[test]
fn calls_and_answers_of_a_history_must_pair() {
    let refused = |text: &str| {
        let error = environment(Profile::V1_0).set_state(&Initial::default(), &history(text));
        match error.unwrap_err() {
            StateError::Raised(raised) => raised.text,
            other => panic!("{other}"),
        }
    };
    let asks = r#"{"role": "assistant", "tool_calls": [{"id": "a", "name": "get_users", "arguments": {}}]}"#;
    assert_eq!(refused(&format!("[{asks}]")), "Tool message expected. Got None.");
    assert_eq!(
        refused(&format!(r#"[{asks}, {{"role": "tool", "id": "b", "content": ""}}]"#)),
        "Tool call id mismatch. Got a and b"
    );
    assert!(
        refused(r#"[{"role": "tool", "id": "a", "content": ""}]"#).starts_with("Tool message not")
    );
}

#[test]
fn initial_data_is_merged_key_by_key_and_checked_again() {
    let initial = Initial::read(&read(
        r#"{"initialization_data": {"agent_data": {"tasks": {"task_1": {"status": "completed"}}}}}"#,
    ));
    let mut environment = environment(Profile::V0_2);
    environment.set_state(&initial.unwrap(), &[]).unwrap();
    let task = r#"{"description": null, "status": "completed", "task_id": "task_1", "title": "Water the plants"}"#;
    assert!(environment.agent().preimage().contains(task), "{}", environment.agent().preimage());

    let wrong = Initial::read(&read(
        r#"{"initialization_data": {"agent_data": {"tasks": {"task_1": {"status": "late"}}}}}"#,
    ));
    let hash = environment.agent_hash();
    let error = environment.set_state(&wrong.unwrap(), &[]).unwrap_err().to_string();
    assert!(
        error.starts_with("1 validation error for MockDB\ntasks.task_1.status\n  Input should be")
    );
    assert_eq!(environment.agent_hash(), hash);
}

#[test]
fn since_1_0_initial_data_leaves_both_sides_with_one_database() {
    let initial = Initial::read(&read(
        r#"{"initialization_data": {"agent_data": {"tasks": {"task_1": {"title": "Rest"}}}}}"#,
    ));
    let mut environment = environment(Profile::V1_0);
    environment.set_state(&initial.unwrap(), &[]).unwrap();
    assert_eq!(environment.user_hash(), Some(environment.agent_hash()));
    let response = environment.get_response(&call("check_notifications", Requestor::User, "{}"));
    assert_eq!(response.content, "Error: 'MockDB' object has no attribute 'notifications'");
    let done = r#"{"task_id": "task_1", "status": "completed"}"#;
    environment.get_response(&call("update_task_status", Requestor::Assistant, done));
    assert_eq!(environment.user_hash(), Some(environment.agent_hash()));
}

#[test]
fn initial_actions_call_any_method() {
    let initial = Initial::read(&read(
        r#"{"initialization_actions": [{"env_type": "user", "func_name": "add_notification",
            "arguments": {"notification_id": "note_2", "message": "Rest", "task_id": "task_1"}}]}"#,
    ));
    let mut environment = environment(Profile::V1_0);
    environment.set_state(&initial.unwrap(), &[]).unwrap();
    let response = environment.get_response(&call("check_notifications", Requestor::User, "{}"));
    assert!(response.content.contains(r#""notification_id": "note_2""#), "{}", response.content);

    let unknown = Initial::read(&read(
        r#"{"initialization_actions": [{"env_type": "assistant", "func_name": "fly", "arguments": {}}]}"#,
    ));
    let error = environment.set_state(&unknown.unwrap(), &[]).unwrap_err();
    assert_eq!(error.to_string(), "'MockTools' object has no attribute 'fly'");
}

#[test]
fn an_agent_alone_has_the_customer_s_tools_and_no_customer() {
    let mut alone = domain(Profile::V1_0).solo_environment(&Ids::seeded(1)).unwrap();
    let seen = alone.get_response(&call("check_notifications", Requestor::Assistant, "{}"));
    assert!(!seen.error);
    let refused = alone.get_response(&call("check_notifications", Requestor::User, "{}"));
    assert_eq!(refused.content, "Error: User tool calls are not allowed in solo mode");
    let said = history(r#"[{"role": "user", "content": "hello"}]"#);
    let error = alone.set_state(&Initial::default(), &said).unwrap_err();
    assert_eq!(error.to_string(), "User messages are not allowed in solo mode");
}

#[test]
fn a_customer_without_tools_is_told_so() {
    let mut environment = environment(Profile::V0_2);
    let response = environment.get_response(&call("check_notifications", Requestor::User, "{}"));
    assert_eq!(response.content, "Error: User tools not available");
}

#[test]
fn environments_of_one_domain_share_nothing_that_changes() {
    let domain = domain(Profile::V1_0);
    let mut first = domain.environment(&Ids::seeded(1)).unwrap();
    let second = domain.environment(&Ids::seeded(2)).unwrap();
    let before = second.agent_hash();
    first.get_response(&call(
        "create_task",
        Requestor::Assistant,
        r#"{"user_id": "ana", "title": "x"}"#,
    ));
    assert_eq!(second.agent_hash(), before);
    assert_eq!(domain.agent().hash(), before);
    assert_ne!(first.agent_hash(), before);
}

#[test]
fn a_bare_number_reaches_the_model_as_a_text() {
    assert_eq!(
        tau_toolkits::to_json_str(&read("[1, 2.0, true, null, \"a\"]")),
        r#"["1", "2.0", "True", null, "a"]"#
    );
    assert_eq!(tau_toolkits::to_json_str(&"a \"b\"".into()), "a \"b\"");
}

#[test]
fn what_cannot_be_opened_says_why() {
    let open = |name: &str, user: Option<&Value>| {
        Domain::open(name, Profile::V1_0, &read("{\"tasks\": {}}"), user).err().unwrap()
    };
    assert!(matches!(open("bank", None), OpenError::Unknown(_)));
    let error = open("mock", Some(&read("{}"))).to_string();
    assert!(error.contains("users\n  Field required"), "{error}");
    let missing = Domain::open("mock", Profile::V1_0, &read(AGENT), None).err().unwrap();
    assert!(matches!(missing, OpenError::Missing { .. }));
}
