//! An agent alone, and an agent that is given the plan.

use tau_domain::Role;
use tau_sim::tau2::{AgentKind, Ending, Failure, Speaker};
use tau_sim::testing::calling;
use tau_toolkits::Profile;

use crate::support::{
    MADE, MILK, PROFILES, STOP, Stage, lines, mock, phone, quiet_todo, says, seen, task, todo,
    two_faults,
};

#[tokio::test]
async fn an_agent_alone_works_through_its_ticket_and_says_that_it_is_done() {
    for profile in PROFILES {
        let agent = vec![calling(&[("create_task", MILK)]), calling(&[("done", "{}")])];
        let stage = Stage::alone(mock(profile), task(quiet_todo()), agent);
        let played = stage.play().await.unwrap();
        let expected = [
            "agent: [create_task]".to_owned(),
            format!("tool for agent: {MADE}"),
            format!("agent: {STOP}"),
        ];
        assert_eq!(lines(&played.trajectory.entries), expected, "{profile:?}");
        assert_eq!(played.trajectory.ending, Ending::AgentStop);
        // The first message is there before the first step.
        assert_eq!((played.trajectory.steps, played.grade.reward.reward), (2, 1.0));
        let asked = stage.agent_asked();
        assert!(asked.iter().all(|request| request.must_call));
        let system = asked[0].messages[0].content.clone().unwrap();
        assert!(system.starts_with("<instructions>\nWork alone, then call done.\n</instructions>"));
        assert!(system.contains("Be fair, alone."), "{system}");
        assert!(system.ends_with("<ticket>\nAnn wants a to-do named Milk.\n</ticket>"));
        assert_eq!(seen(&asked[0]), []);
        let names: Vec<&str> = asked[0].tools.iter().map(|tool| tool.name.as_str()).collect();
        assert_eq!(names.last(), Some(&"done"));
        // The mock domain's customer has tools since 1.0.
        assert_eq!(names.contains(&"check_notifications"), profile == Profile::V1_0);
    }
}

#[tokio::test]
async fn both_sides_tools_are_an_agents_who_is_alone() {
    for profile in PROFILES {
        for name in ["telecom", "telecom-workflow"] {
            let agent = vec![
                calling(&[("toggle_airplane_mode", "{}")]),
                calling(&[("send_payment_request", r#"{"customer_id": "C1", "bill_id": "B1"}"#)]),
                calling(&[("make_payment", "{}")]),
                calling(&[("done", "{}"), ("get_details_by_id", r#"{"id": "B1"}"#)]),
            ];
            let stage = Stage::alone(phone(name, profile), two_faults(), agent);
            let played = stage.play().await.unwrap();
            assert_eq!(played.trajectory.ending, Ending::AgentStop);
            assert_eq!(played.grade.reward.reward, 1.0, "{profile:?} {name}");
            // What is called beside `done` is not.
            assert_eq!(lines(&played.trajectory.entries).len(), 7);
        }
    }
}

#[tokio::test]
async fn an_agent_alone_may_be_done_at_once() {
    for profile in PROFILES {
        let agent = vec![calling(&[("done", "{}")])];
        let stage = Stage::alone(mock(profile), task(quiet_todo()), agent);
        let played = stage.play().await.unwrap();
        let end = (played.trajectory.ending, played.trajectory.steps);
        assert_eq!(end, (Ending::AgentStop, 0), "{profile:?}");
        assert_eq!(played.grade.reward.reward, 0.0);
    }
}

#[tokio::test]
async fn an_agent_alone_that_only_talks_is_asked_again_and_then_has_no_reward() {
    let talks = || says("I shall.");
    for profile in PROFILES {
        let agent = vec![talks(), talks(), talks(), calling(&[("done", "{}")])];
        let stage = Stage::alone(mock(profile), task(quiet_todo()), agent);
        let played = stage.play().await.unwrap();
        assert_eq!(lines(&played.trajectory.entries), [format!("agent: {STOP}")]);
        assert_eq!(played.trajectory.agent_usage.input_tokens, 40, "all that was asked is paid");

        let agent = vec![talks(), talks(), talks(), talks()];
        let stage = Stage::alone(mock(profile), task(quiet_todo()), agent);
        let failure = stage.play().await.unwrap_err();
        let Failure::Useless { whose: Speaker::Agent, why, attempts: 4 } = failure else {
            panic!("{failure}")
        };
        assert!(why.contains("can only call tools"), "{why}");
    }
}

#[tokio::test]
async fn who_can_take_a_task_is_said_before_anybody_is_asked() {
    let mut without_ticket = todo();
    without_ticket["ticket"] = serde_json::Value::Null;
    let mut without_plan = todo();
    without_plan["evaluation_criteria"]["actions"] = serde_json::json!([]);
    for (kind, json) in [(AgentKind::Solo, without_ticket), (AgentKind::Plan, without_plan)] {
        let task = task(json);
        assert!(AgentKind::Llm.takes(&task) && !kind.takes(&task));
        let mut stage = Stage::new(mock(Profile::V1_0), task, vec![], vec![]);
        stage.spec.agent = kind;
        stage.customer = stage.customer.filter(|_| kind != AgentKind::Solo);
        let failure = stage.play().await.unwrap_err();
        assert!(matches!(&failure, Failure::Setup(why) if why.contains("todo")), "{failure}");
    }
    // Nor can an agent alone have a customer, nor any other have none.
    let mut stage = Stage::mock(Profile::V1_0, vec![], vec![]);
    stage.spec.agent = AgentKind::Solo;
    assert!(matches!(stage.play().await, Err(Failure::Setup(_))));
    stage.spec.agent = AgentKind::Llm;
    stage.customer = None;
    assert!(matches!(stage.play().await, Err(Failure::Setup(_))));
}

#[tokio::test]
async fn an_agent_with_the_plan_reads_what_to_do_and_what_to_have_done() {
    for profile in PROFILES {
        let agent = vec![
            says("Turn airplane mode off, please."),
            calling(&[("send_payment_request", r#"{"customer_id": "C1", "bill_id": "B1"}"#)]),
            says("Pay, please."),
        ];
        let customer = vec![
            says("No service."),
            calling(&[("toggle_airplane_mode", "{}")]),
            says("It is off."),
            calling(&[("make_payment", "{}")]),
            says(STOP),
        ];
        let mut stage = Stage::new(phone("telecom", profile), two_faults(), agent, customer);
        stage.spec.agent = AgentKind::Plan;
        let played = stage.play().await.unwrap();
        assert_eq!(played.grade.reward.reward, 1.0, "{profile:?}");
        let asked = stage.agent_asked();
        assert!(!asked[0].must_call);
        let system = asked[0].messages[0].content.clone().unwrap();
        let steps = "<resolution_steps>\n[Step 1] Have them call toggle_airplane_mode().\n\
            [Step 2] Call send_payment_request(customer_id=C1, bill_id=B1).\n\
            [Step 3] Have them call make_payment().\n</resolution_steps>";
        assert!(system.starts_with("<instructions>\nFollow the steps.\n"), "{system}");
        assert!(system.ends_with(steps), "{system}");
        assert_eq!(asked[0].messages[0].role, Role::System);
    }
}
