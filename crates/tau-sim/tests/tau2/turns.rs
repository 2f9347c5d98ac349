//! The order of turns, and what ends a conversation.

use std::time::Duration;

use tau_domain::Role;
use tau_sim::tau2::{Ending, OUT_OF_SCOPE, TRANSFER};
use tau_sim::testing::calling;
use tau_toolkits::Profile;

use crate::support::{GREETING, MADE, MILK, PROFILES, STOP, Stage, lines, says, seen};

#[tokio::test]
async fn a_task_is_done_and_rewarded_in_each_profile() {
    for profile in PROFILES {
        let agent = vec![calling(&[("create_task", MILK)]), says("It is Noted, Ann.")];
        let stage = Stage::mock(profile, agent, vec![says("A to-do, please."), says(STOP)]);
        let played = stage.play().await.unwrap();
        assert_eq!(
            lines(&played.trajectory.entries),
            [
                &format!("agent: {GREETING}"),
                "customer: A to-do, please.",
                "agent: [create_task]",
                &format!("tool for agent: {MADE}"),
                "agent: It is Noted, Ann.",
                &format!("customer: {STOP}"),
            ]
        );
        assert_eq!(played.trajectory.ending, Ending::UserStop);
        assert_eq!((played.trajectory.steps, played.trajectory.errors), (5, 0));
        assert_eq!(played.grade.reward.reward, 1.0, "{profile:?}");
        let request = &stage.agent_asked()[0];
        assert_eq!((request.temperature, request.must_call), (Some(0.0), false));
        assert_eq!(request.tools, stage.definition.agent_tools);
    }
}

#[tokio::test]
async fn the_agent_remembers_its_greeting_since_0_2_and_the_customer_always_hears_it() {
    for profile in PROFILES {
        let stage = Stage::mock(profile, vec![says("Yes?")], vec![says("Hello."), says(STOP)]);
        stage.play().await.unwrap();
        let hello = (Role::User, "Hello.".to_owned());
        let expected = match profile {
            Profile::V0_1_2 => vec![hello],
            _ => vec![(Role::Assistant, GREETING.to_owned()), hello],
        };
        assert_eq!(seen(&stage.agent_asked()[0]), expected, "{profile:?}");
        let asked = stage.customer_asked();
        let greeting = (Role::User, GREETING.to_owned());
        assert_eq!(seen(&asked[0]), std::slice::from_ref(&greeting));
        let next = [greeting, (Role::Assistant, "Hello.".into()), (Role::User, "Yes?".into())];
        assert_eq!(seen(&asked[1]), next);
    }
}

#[tokio::test]
async fn any_of_three_marks_anywhere_in_what_the_customer_says_ends_and_grades() {
    for mark in [STOP, TRANSFER, OUT_OF_SCOPE] {
        for profile in PROFILES {
            let last = says(&format!("Well. {mark} Bye."));
            let stage = Stage::mock(profile, vec![], vec![last]);
            let played = stage.play().await.unwrap();
            assert_eq!(played.trajectory.ending, Ending::UserStop, "{profile:?} {mark}");
            assert_eq!(played.grade.reward.reward, 0.0);
            assert!(played.grade.reward.db_check.is_some_and(|check| !check.matches));
        }
    }
}

#[tokio::test]
async fn several_calls_are_all_made_in_order_and_answered_together() {
    for profile in PROFILES {
        let two = calling(&[("create_task", MILK), ("get_users", "")]);
        let stage = Stage::mock(profile, vec![two, says("Noted.")], vec![says("Hi."), says(STOP)]);
        let played = stage.play().await.unwrap();
        let users = r#"[{"user_id": "ann", "name": "Ann", "tasks": ["task_1"]}]"#;
        let answers = [format!("tool for agent: {MADE}"), format!("tool for agent: {users}")];
        assert_eq!(lines(&played.trajectory.entries)[3..5], answers);
        // The answers to one message are one step.
        assert_eq!(played.trajectory.steps, 5);
        let asked = stage.agent_asked();
        let roles: Vec<Role> = seen(&asked[1]).into_iter().map(|(role, _)| role).collect();
        assert_eq!(roles[roles.len() - 3..], [Role::Assistant, Role::Tool, Role::Tool]);
        let ids = asked[1].messages.iter().filter_map(|message| message.tool_call_id.as_deref());
        assert_eq!(ids.collect::<Vec<_>>(), ["call_0", "call_1"]);
    }
}

#[tokio::test]
async fn what_is_said_beside_calls_stays_on_record_and_the_customer_never_hears_it() {
    for profile in PROFILES {
        let mut both = calling(&[("create_task", MILK)]);
        both.content = Some("I have noted it.".into());
        let agent = vec![both, says("Done.")];
        let mut stage = Stage::mock(profile, agent, vec![says("Hi."), says(STOP)]);
        let played = stage.play().await.unwrap();
        // What had to be said counts, although nobody heard it.
        assert_eq!(played.grade.reward.reward, 1.0, "{profile:?}");
        let heard = seen(&stage.customer_asked()[1]);
        assert!(heard.iter().all(|(_, text)| !text.contains("noted")), "{heard:?}");

        // Where the order is enforced, such a message ends the conversation before the call is made.
        let mut both = calling(&[("create_task", MILK)]);
        both.content = Some("I have noted it.".into());
        let agent = vec![both, says("Done.")];
        stage = Stage::mock(profile, agent, vec![says("Hi."), says(STOP)]);
        stage.spec.strict = true;
        let played = stage.play().await.unwrap();
        let (ending, reward) = match profile {
            Profile::V0_1_2 => (Ending::UserStop, 1.0),
            _ => (Ending::AgentError, 0.0),
        };
        assert_eq!((played.trajectory.ending, played.grade.reward.reward), (ending, reward));
    }
}

#[tokio::test]
async fn failed_calls_count_over_the_whole_conversation_and_not_at_all_in_the_first_release() {
    for profile in PROFILES {
        let agent = vec![
            calling(&[("no_such_tool", "{}")]),
            calling(&[("create_task", MILK)]),
            calling(&[("create_task", r#"{"user_id": "bob", "title": "x"}"#)]),
            says("Noted."),
        ];
        let mut stage = Stage::mock(profile, agent, vec![says("Hi."), says(STOP)]);
        stage.spec.max_errors = 2;
        let played = stage.play().await.unwrap();
        let trajectory = played.trajectory;
        let lines = lines(&trajectory.entries);
        assert_eq!(lines[3], "tool for agent: Error: Tool 'no_such_tool' not found. !");
        assert_eq!(lines[7], "tool for agent: Error: User bob not found !");
        if profile == Profile::V0_1_2 {
            assert_eq!((trajectory.ending, trajectory.errors), (Ending::UserStop, 0));
            assert_eq!(played.grade.reward.reward, 1.0);
        } else {
            assert_eq!((trajectory.ending, trajectory.errors), (Ending::TooManyErrors, 2));
            assert_eq!((lines.len(), played.grade.reward.reward), (8, 0.0));
        }
    }
}

#[tokio::test]
async fn too_many_failed_calls_at_the_last_step_are_what_it_ended_for() {
    for profile in [Profile::V0_2, Profile::V1_0] {
        let agent = vec![calling(&[("no_such_tool", "{}"), ("nor_this", "{}")])];
        let mut stage = Stage::mock(profile, agent, vec![says("Hi.")]);
        (stage.spec.max_steps, stage.spec.max_errors) = (3, 2);
        let trajectory = stage.play().await.unwrap().trajectory;
        assert_eq!((trajectory.ending, trajectory.steps), (Ending::TooManyErrors, 3));
    }
}

#[tokio::test]
async fn at_the_last_step_calls_are_still_made_but_in_the_first_release() {
    for profile in PROFILES {
        let agent = vec![calling(&[("create_task", MILK)])];
        let mut stage = Stage::mock(profile, agent, vec![says("Hi.")]);
        stage.spec.max_steps = 2;
        let played = stage.play().await.unwrap();
        assert_eq!(played.trajectory.ending, Ending::MaxSteps);
        let last = played.trajectory.entries.last().unwrap().message.role;
        let expected = match profile {
            Profile::V0_1_2 => (2, Role::Assistant),
            _ => (3, Role::Tool),
        };
        assert_eq!((played.trajectory.steps, last), expected, "{profile:?}");
        assert_eq!(played.grade.reward.reward, 0.0);
        assert!(played.grade.reward.db_check.is_none(), "it is not looked at");
    }
}

#[tokio::test]
async fn a_customer_who_stops_at_the_last_step_is_overruled_by_it() {
    for profile in PROFILES {
        let mut stage = Stage::mock(profile, vec![], vec![says(STOP)]);
        stage.spec.max_steps = 1;
        let played = stage.play().await.unwrap();
        assert_eq!(played.trajectory.ending, Ending::MaxSteps, "{profile:?}");
    }
}

#[tokio::test]
async fn the_clock_ends_a_conversation_since_1_0_and_overrules_nothing() {
    for profile in PROFILES {
        let customer = || vec![says("Hi."), says(STOP)];
        let mut stage = Stage::mock(profile, vec![says("Noted.")], customer());
        stage.spec.timeout = Some(Duration::ZERO);
        let played = stage.play().await.unwrap();
        let expected = match profile {
            Profile::V1_0 => (Ending::Timeout, 1),
            _ => (Ending::UserStop, 3),
        };
        assert_eq!((played.trajectory.ending, played.trajectory.steps), expected);
        stage = Stage::mock(profile, vec![], vec![says(STOP)]);
        stage.spec.timeout = Some(Duration::ZERO);
        assert_eq!(stage.play().await.unwrap().trajectory.ending, Ending::UserStop);
    }
}

#[tokio::test]
async fn what_a_conversation_cost_is_known_by_side_and_by_message() {
    let agent = vec![calling(&[("create_task", MILK)]), says("Noted.")];
    let stage = Stage::mock(Profile::V1_0, agent, vec![says("Hi."), says(STOP)]);
    let mut trajectory = stage.play().await.unwrap().trajectory;
    assert_eq!(trajectory.agent_usage.input_tokens, 20);
    assert_eq!(trajectory.customer_cost_usd, Some(0.002));
    let costs: Vec<Option<f64>> = trajectory.entries.iter().map(|entry| entry.cost_usd).collect();
    let one = Some(0.001);
    assert_eq!(costs, [Some(0.0), one, one, None, one, one]);
    assert_eq!(trajectory.recorded_costs(Profile::V0_2), (Some(0.002), Some(0.002)));
    trajectory.entries[1].cost_usd = None;
    assert_eq!(trajectory.recorded_costs(Profile::V0_2), (None, None));
    assert_eq!(trajectory.recorded_costs(Profile::V1_0), (Some(0.002), None));
}
