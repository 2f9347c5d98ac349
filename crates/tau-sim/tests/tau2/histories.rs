//! Tasks whose conversation has begun already.

use serde_json::{Value as Json, json};
use tau_domain::Role::{Assistant, Tool, User};
use tau_sim::tau2::{AgentKind, Ending, Failure};
use tau_sim::testing::calling;
use tau_toolkits::Profile;

use crate::support::{
    MADE, MILK, PROFILES, STOP, Stage, lines, mock, quiet_todo, says, seen, task, todo,
};

fn with_history(mut task: Json, messages: Json) -> Json {
    task["initial_state"] = json!({ "message_history": messages });
    task
}

fn made(by: &str) -> [Json; 2] {
    let arguments: Json = serde_json::from_str(MILK).unwrap();
    let call = json!({"id": "c", "name": "create_task", "arguments": arguments});
    [
        json!({"role": "assistant", "tool_calls": [call], "content": null}),
        json!({"role": "tool", "id": "c", "requestor": by, "content": MADE}),
    ]
}

#[tokio::test]
async fn after_a_customers_message_it_is_the_agents_turn() {
    for profile in PROFILES {
        let history = json!([
            {"role": "assistant", "content": "Yes?"},
            {"role": "user", "content": "Hi."},
        ]);
        let agent = vec![calling(&[("create_task", MILK)]), says("Noted.")];
        let task = task(with_history(todo(), history));
        let stage = Stage::new(mock(profile), task, agent, vec![says(STOP)]);
        let played = stage.play().await.unwrap();
        assert_eq!((played.trajectory.history, played.trajectory.steps), (2, 4));
        assert_eq!(played.grade.reward.reward, 1.0, "{profile:?}");
        assert_eq!(lines(&played.trajectory.entries)[..2], ["agent: Yes?", "customer: Hi."]);
        // What the task itself says was said is in the agent's history in every profile.
        let said = [(Assistant, "Yes?".to_owned()), (User, "Hi.".to_owned())];
        assert_eq!(seen(&stage.agent_asked()[0]), said);
    }
}

#[tokio::test]
async fn after_an_agents_message_it_is_the_customers_turn() {
    for profile in PROFILES {
        let [call, answer] = made("assistant");
        let history = json!([{"role": "user", "content": "Hi."}, call, answer,
            {"role": "assistant", "content": "Noted."}]);
        let task = task(with_history(todo(), history));
        let customer = vec![says("Thanks."), says(STOP)];
        let stage = Stage::new(mock(profile), task, vec![says("Good-bye.")], customer);
        let played = stage.play().await.unwrap();
        // The history's call was made when the state was set up.
        assert_eq!(played.trajectory.ending, Ending::UserStop);
        let heard = [(Assistant, "Hi.".to_owned()), (User, "Noted.".to_owned())];
        assert_eq!(seen(&stage.customer_asked()[0]), heard, "{profile:?}");
        let roles: Vec<_> =
            seen(&stage.agent_asked()[0]).into_iter().map(|(role, _)| role).collect();
        assert_eq!(roles, [User, Assistant, Tool, Assistant, User]);
    }
}

#[tokio::test]
async fn after_a_tools_answer_whoever_called_goes_on() {
    for profile in PROFILES {
        let messages = Json::Array(made("assistant").to_vec());
        let alone = task(with_history(quiet_todo(), messages.clone()));
        assert!(AgentKind::Solo.takes(&alone));
        let stage = Stage::alone(mock(profile), alone, vec![calling(&[("done", "{}")])]);
        let played = stage.play().await.unwrap();
        let seen = seen(&stage.agent_asked()[0]);
        let expected = [(Assistant, "[create_task]".to_owned()), (Tool, MADE.to_owned())];
        assert_eq!(seen, expected, "{profile:?}");
        assert_eq!((played.trajectory.history, played.trajectory.steps), (2, 1));
        assert_eq!(played.trajectory.ending, Ending::AgentStop);
    }
    // The same of the customer's own call.
    let call = json!({"id": "c", "name": "dismiss_notification", "requestor": "user",
        "arguments": {"notification_id": "n1"}});
    let history = json!([
        {"role": "assistant", "content": "Dismiss it."},
        {"role": "user", "tool_calls": [call]},
        {"role": "tool", "id": "c", "requestor": "user", "content": "Notification n1 dismissed"},
    ]);
    let task = task(with_history(todo(), history));
    let stage = Stage::new(mock(Profile::V1_0), task, vec![], vec![says(STOP)]);
    stage.play().await.unwrap();
    let roles: Vec<_> =
        seen(&stage.customer_asked()[0]).into_iter().map(|(role, _)| role).collect();
    assert_eq!(roles, [User, Assistant, Tool]);
}

#[tokio::test]
async fn a_history_that_is_over_is_graded_without_asking_anybody() {
    for profile in PROFILES {
        let history =
            json!([{"role": "assistant", "content": "Yes?"}, {"role": "user", "content": STOP}]);
        let task = task(with_history(todo(), history));
        let stage = Stage::new(mock(profile), task, vec![], vec![]);
        let played = stage.play().await.unwrap();
        assert_eq!((played.trajectory.ending, played.trajectory.steps), (Ending::UserStop, 0));
    }
}

#[tokio::test]
async fn a_history_that_upstream_would_not_take_is_no_reward() {
    let [call, answer] = made("user");
    let empty = json!({"role": "user", "content": " "});
    let hello = json!({"role": "user", "content": "Hi."});
    for (messages, why) in [
        (json!([call.clone(), answer.clone()]), "somebody else's"),
        (json!([empty]), "empty"),
        (json!([hello, answer]), "not asked for"),
    ] {
        let stage =
            Stage::new(mock(Profile::V1_0), task(with_history(todo(), messages)), vec![], vec![]);
        let failure = stage.play().await.unwrap_err();
        match &failure {
            Failure::Setup(said) => assert!(said.contains(why), "{said}"),
            // The replay of the state looks at the order of calls and answers first.
            Failure::BrokeOff(said) => {
                assert!(said.contains("Tool message not expected"), "{said}")
            }
            other => panic!("{other}"),
        }
    }
}
