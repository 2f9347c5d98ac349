//! Grading, against the rewards that upstream's evaluator gave to made-up conversations: one that does
//! and says everything, one that calls no tool, one that says nothing of what it should.

#![allow(clippy::unwrap_used)]

mod support;

use serde_json::{Value as Json, json};
use support::{RECORDED, document, domain, ids, initial, records, release, value};
use tau_toolkits::grading::{
    Action, Assertion, Conversation, Criteria, Evaluation, GradeError, GradedTask, NlCheck, grade,
    judge,
};
use tau_toolkits::{Domain, Profile, Requestor, ToolCall, Turn, Value, json_dumps};

/// The task's criteria. What the recordings hold of them is taken from there, because the released tasks
/// are those of one version; the rest is of the release.
fn criteria(record: &Json) -> Criteria {
    let perfect = &record["eval"]["perfect"];
    let each = |name: &str, inner: &str| -> Option<Vec<Value>> {
        let checks = perfect[name].as_array()?;
        Some(checks.iter().map(|check| value(&check[inner])).collect())
    };
    let texts = |name: &str, inner: &str| -> Option<Vec<String>> {
        let texts = each(name, inner)?;
        Some(texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect())
    };
    let basis = json!({ "reward_basis": record["reward_basis"] });
    Criteria {
        actions: each("action_checks", "action")
            .map(|all| all.iter().map(|action| Action::read(action).unwrap()).collect()),
        env_assertions: each("env_assertions", "env_assertion")
            .map(|all| all.iter().map(|one| Assertion::read(one).unwrap()).collect()),
        communicate_info: texts("communicate_checks", "info"),
        nl_assertions: texts("nl_assertions", "nl_assertion"),
        basis: Criteria::read(&value(&basis)).unwrap().basis,
    }
}

/// Which of the three conversations.
struct Script {
    calls: bool,
    says: bool,
}

fn said(by_user: bool, content: &str) -> Turn {
    Turn::Said { by_user, content: Some(content.into()), calls: None }
}

/// The conversation of a script, made as the recordings' were: tools answer what they answer live.
fn conversation(domain: &Domain, task: &GradedTask, script: &Script) -> Vec<Turn> {
    let criteria = task.criteria.as_ref().unwrap();
    let mut turns = task.history.clone();
    turns.push(said(false, "Hello, what is it about?"));
    let mut environment = domain.environment(&ids()).unwrap();
    environment.set_state(&task.initial, &task.history).unwrap();
    for (i, action) in criteria.actions.iter().flatten().enumerate().filter(|_| script.calls) {
        let call = ToolCall { id: format!("call_{i}"), ..action.call.clone() };
        let response = environment.get_response(&call);
        turns.push(Turn::Said {
            by_user: call.requestor == Requestor::User,
            content: None,
            calls: Some(vec![call]),
        });
        turns.push(Turn::Answer { id: response.id, content: Some(response.content) });
    }
    let info = criteria.communicate_info.as_deref().unwrap_or_default();
    let last = format!("Done. {}", info.join(" / "));
    turns.push(said(false, if script.says { &last } else { "Done." }));
    turns.push(said(true, "###STOP###"));
    turns
}

fn judged(criteria: &Criteria) -> Vec<NlCheck> {
    let met = |assertion: &String| NlCheck {
        assertion: assertion.clone(),
        met: true,
        justification: "stub".into(),
    };
    criteria.nl_assertions.iter().flatten().map(met).collect()
}

fn graded(domain: &Domain, task: &GradedTask, script: &Script) -> Result<Json, GradeError> {
    let turns = conversation(domain, task, script);
    let found = judged(task.criteria.as_ref().unwrap());
    let conversation = Conversation {
        domain,
        ids: &ids(),
        solo: false,
        turns: &turns,
        ending: "user_stop",
        judged: Some(&found),
        lenient: false,
    };
    let info = grade(&conversation, task, Evaluation::All)?;
    Ok(serde_json::from_str(&json_dumps(&info.dump(domain.profile()))).unwrap())
}

/// The part of a reward that the recordings keep of the two lesser conversations.
fn summary(info: &Json) -> Json {
    let all = |name: &str, inner: &str| -> Vec<Json> {
        info[name].as_array().into_iter().flatten().map(|check| check[inner].clone()).collect()
    };
    json!({
        "reward": info["reward"],
        "reward_breakdown": info["reward_breakdown"],
        "db_check": info["db_check"],
        "action_matches": all("action_checks", "action_match"),
        "env_mets": all("env_assertions", "met"),
        "comm_mets": all("communicate_checks", "met"),
    })
}

#[test]
fn conversations_get_the_rewards_that_upstream_gave_them() {
    let (mut whole, mut short) = (0, 0);
    for (prefix, profile) in RECORDED {
        for name in ["mock", "airline", "retail", "telecom"] {
            let recordings = match (prefix, name) {
                ("head", "telecom") => "head_telecom_quarter.jsonl".to_owned(),
                (_, "telecom") => continue,
                _ => format!("{prefix}_{name}.jsonl"),
            };
            let (Some(domain), Some(recorded), Some(released)) = (
                domain(name, profile),
                records(&recordings),
                release(&format!("{name}/tasks.json")),
            ) else {
                return;
            };
            let released: Json = serde_json::from_str(&released).unwrap();
            for record in recorded {
                let what = format!("{prefix} {name} {}", record["task_id"]);
                let (initial, history) = initial(&released, &record["task_id"]);
                let task = GradedTask { initial, history, criteria: Some(criteria(&record)) };
                let all = Script { calls: true, says: true };
                let perfect = graded(&domain, &task, &all).unwrap();
                assert_eq!(perfect, record["eval"]["perfect"], "{what}");
                whole += 1;
                let idle = Script { calls: false, says: true };
                let silent = Script { calls: true, says: false };
                for (key, script) in [("no_tools_said_all", idle), ("tools_said_nothing", silent)] {
                    let what = format!("{what}, {key}");
                    let reward = graded(&domain, &task, &script);
                    match record["eval"].get(key) {
                        Some(recorded) if recorded.get("exception").is_some() => {
                            let raised = reward.unwrap_err().to_string();
                            let recorded = recorded["exception"].as_str().unwrap();
                            assert!(recorded.ends_with(&raised), "{what}: {raised}");
                        }
                        Some(recorded) => {
                            assert_eq!(summary(&reward.unwrap()), *recorded, "{what}");
                        }
                        None if key == "no_tools_said_all" => {
                            let matches = &reward.unwrap()["db_check"]["db_match"];
                            assert_eq!(*matches, record["no_tools_db_match"], "{what}");
                        }
                        None => {
                            let checks = summary(&reward.unwrap())["comm_mets"].clone();
                            let met = checks.as_array().unwrap().iter().all(|met| *met == true);
                            let factor = if met { 1.0 } else { 0.0 };
                            assert_eq!(json!(factor), record["comm_said_nothing"], "{what}");
                        }
                    }
                    short += 1;
                }
            }
        }
    }
    println!("compared: {whole} whole rewards and {short} in part");
}

#[test]
fn a_judge_is_shown_what_upstream_shows_it() {
    let Some(recorded) = document("head_text_fingerprints.json") else { return };
    let turns = [
        said(true, "U"),
        Turn::Said { by_user: false, content: None, calls: Some(Vec::new()) },
        Turn::Answer { id: String::new(), content: Some("T".into()) },
    ];
    let assertions = ["A 'q' a".to_owned(), "B \"w\"".to_owned()];
    let shown = judge::shown(&assertions, &turns);
    assert_eq!(shown, recorded["judge_user_prompt_repr"].as_str().unwrap());
}

#[test]
fn a_judge_s_answer_is_json_and_nothing_else() {
    let answer =
        r#"{"results": [{"expectedOutcome": "A", "reasoning": "R", "metExpectation": true}]}"#;
    let check = NlCheck { assertion: "A".into(), met: true, justification: "R".into() };
    assert_eq!(judge::read(answer).unwrap(), [check]);
    assert_eq!(judge::read("{}").unwrap(), []);
    judge::read("```json\n{}\n```").unwrap_err();
    judge::read(r#"{"results": [{"reasoning": "R"}]}"#).unwrap_err();
}

fn mock_task(criteria: Json) -> GradedTask {
    GradedTask::read(&value(&json!({ "id": "t", "evaluation_criteria": criteria }))).unwrap()
}

fn mock_reward(
    profile: Profile,
    task: &GradedTask,
    ending: &str,
    kind: Evaluation,
) -> Option<Json> {
    let domain = domain("mock", profile)?;
    let conversation = Conversation {
        domain: &domain,
        ids: &ids(),
        solo: false,
        turns: &[said(false, "The total is 1,200 dollars.")],
        ending,
        judged: None,
        lenient: false,
    };
    Some(match grade(&conversation, task, kind) {
        Ok(info) => serde_json::from_str(&json_dumps(&info.dump(profile))).unwrap(),
        Err(error) => json!(error.to_string()),
    })
}

#[test]
fn a_conversation_that_was_cut_off_has_no_reward_and_says_why() {
    let task = mock_task(json!({ "communicate_info": ["1200"] }));
    for (profile, ending, reward, basis) in [
        (Profile::V1_0, "max_steps", 0.0, Json::Null),
        (Profile::V1_0, "agent_error", 0.0, Json::Null),
        (Profile::V0_1_2, "max_steps", 0.0, json!(["DB"])),
        (Profile::V0_1_2, "agent_error", 1.0, json!(["DB", "COMMUNICATE"])),
        (Profile::V0_2, "agent_stop", 1.0, json!(["DB", "COMMUNICATE"])),
    ] {
        let Some(info) = mock_reward(profile, &task, ending, Evaluation::All) else { return };
        assert_eq!(info["reward"], reward, "{profile:?} {ending}");
        assert_eq!(info["reward_basis"], basis, "{profile:?} {ending}");
    }
}

#[test]
fn commas_are_taken_out_of_what_was_said_and_not_out_of_what_had_to_be() {
    for (wanted, reward) in [("1200 DOLLARS", 1.0), ("1,200", 0.0)] {
        let task = mock_task(json!({ "communicate_info": [wanted] }));
        let kind = Evaluation::Communicate;
        let Some(info) = mock_reward(Profile::V1_0, &task, "user_stop", kind) else { return };
        assert_eq!(info["reward"], reward, "{wanted}");
    }
}

#[test]
fn assertions_in_words_are_looked_at_by_the_rules_of_the_profile() {
    let task = mock_task(json!({ "nl_assertions": ["A"], "reward_basis": ["NL_ASSERTION"] }));
    let unsaid = mock_task(json!({ "nl_assertions": ["A"] }));
    let wanted = "the task's assertions in words have not been judged";
    let left_out = "NL assertions are part of the reward basis, but they are not being evaluated.";
    for (profile, task, kind, told) in [
        (Profile::V0_1_2, &unsaid, Evaluation::All, Some(wanted)),
        (Profile::V0_2, &unsaid, Evaluation::All, None),
        (Profile::V0_2, &task, Evaluation::All, Some(left_out)),
        (Profile::V0_2, &task, Evaluation::AllWithNlAssertions, Some(wanted)),
        (Profile::V1_0, &task, Evaluation::All, Some(wanted)),
        (Profile::V1_0, &unsaid, Evaluation::All, None),
        (Profile::V1_0, &task, Evaluation::AllIgnoreBasis, None),
    ] {
        let what = format!("{profile:?} {kind:?}");
        let Some(info) = mock_reward(profile, task, "user_stop", kind) else { return };
        assert_eq!(info.as_str(), told, "{what}");
        let asks = task.criteria.as_ref().unwrap().asks_judge(profile, kind);
        assert_eq!(asks, told == Some(wanted), "{what}");
    }
}

#[test]
fn an_expected_action_counts_as_upstream_counts_it() {
    let action = |compare: Json| {
        let action = json!({
            "action_id": "a", "name": "find", "arguments": {"id": 1, "note": "n"},
            "compare_args": compare,
        });
        Action::read(&value(&action)).unwrap()
    };
    let call = |arguments: Json| {
        let call = json!({"name": "find", "arguments": arguments, "requestor": "user"});
        ToolCall::read(&value(&call)).unwrap()
    };
    // The arguments of the call count where nothing is said: those left out do not matter.
    assert!(action(Json::Null).is(&call(json!({}))));
    assert!(action(Json::Null).is(&call(json!({"id": 1.0}))));
    assert!(!action(Json::Null).is(&call(json!({"id": 1, "more": 2}))));
    assert!(action(json!(["id"])).is(&call(json!({"id": 1, "more": 2}))));
    assert!(!action(json!(["id"])).is(&call(json!({"note": "n"}))));
    assert!(action(json!([])).is(&call(json!({"id": 7}))));
}

#[test]
fn an_assertion_that_cannot_be_asked_is_no_reward() {
    let Some(domain) = domain("mock", Profile::V1_0) else { return };
    let asked = json!({
        "env_type": "assistant", "func_name": "no_such_method", "arguments": {},
    });
    let task = mock_task(json!({ "env_assertions": [asked], "reward_basis": ["ENV_ASSERTION"] }));
    let error = graded(&domain, &task, &Script { calls: true, says: true }).unwrap_err();
    assert_eq!(error.to_string(), "'MockTools' object has no attribute 'no_such_method'");
}
