//! Two sides with tools of their own on one state.

use tau_domain::Role;
use tau_sim::tau2::Ending;
use tau_sim::testing::calling;
use tau_toolkits::{Profile, Requestor};

use crate::support::{
    Diary, GREETING, PROFILES, STOP, Stage, lines, mock, phone, says, seen, task, todo, two_faults,
};

fn stage(name: &str, profile: Profile) -> Stage {
    let agent = vec![
        says("Is airplane mode on?"),
        calling(&[("send_payment_request", r#"{"customer_id": "C1", "bill_id": "B1"}"#)]),
        says("There is a bill to pay."),
    ];
    let customer = vec![
        says("No service."),
        calling(&[("toggle_airplane_mode", "{}")]),
        says("It was."),
        calling(&[("check_payment_request", "{}"), ("make_payment", "{}")]),
        says(STOP),
    ];
    Stage::new(phone(name, profile), two_faults(), agent, customer)
}

#[tokio::test]
async fn customer_and_agent_mend_what_neither_could_alone() {
    for profile in PROFILES {
        for name in ["telecom", "telecom-workflow"] {
            let stage = stage(name, profile);
            let played = stage.play().await.unwrap();
            let trajectory = &played.trajectory;
            let short: Vec<String> = lines(&trajectory.entries)
                .iter()
                .map(|line| line.chars().take(34).collect())
                .collect();
            assert_eq!(
                short,
                [
                    &format!("agent: {GREETING}"),
                    "customer: No service.",
                    "agent: Is airplane mode on?",
                    "customer: [toggle_airplane_mode]",
                    "tool for customer: Airplane Mode i",
                    "customer: It was.",
                    "agent: [send_payment_request]",
                    "tool for agent: Payment request se",
                    "agent: There is a bill to pay.",
                    "customer: [check_payment_request] ",
                    "tool for customer: You have a paym",
                    "tool for customer: Payment of 9.0 ",
                    &format!("customer: {STOP}"),
                ],
                "{profile:?}"
            );
            assert_eq!((trajectory.ending, trajectory.steps), (Ending::UserStop, 11));
            assert_eq!(played.grade.reward.reward, 1.0, "{profile:?} {name}");
        }
    }
}

#[tokio::test]
async fn the_agent_sees_nothing_of_the_customers_calls_and_the_customer_nothing_of_the_agents() {
    for profile in PROFILES {
        let stage = stage("telecom", profile);
        stage.play().await.unwrap();
        let agent = stage.agent_asked().pop().unwrap();
        let agent: Vec<String> = seen(&agent).into_iter().map(|(_, text)| text).collect();
        let from = usize::from(profile == Profile::V0_1_2);
        let expected =
            [GREETING, "No service.", "Is airplane mode on?", "It was.", "[send_payment_request]"];
        assert_eq!(agent[..agent.len() - 1], expected[from..]);

        let customer = stage.customer_asked().pop().unwrap();
        let roles: Vec<Role> = seen(&customer).into_iter().map(|(role, _)| role).collect();
        use Role::{Assistant, Tool, User};
        assert_eq!(
            roles,
            [User, Assistant, User, Assistant, Tool, Assistant, User, Assistant, Tool, Tool]
        );
        assert!(seen(&customer).iter().all(|(_, text)| !text.contains("send_payment")));
        assert_eq!(Some(customer.tools), stage.definition.user_tools);
        assert!(!customer.must_call);
    }
}

#[tokio::test]
async fn whoever_watches_sees_both_states_after_each_call() {
    let diary = Diary::default();
    let stage = stage("telecom", Profile::V1_0);
    let played = stage.play_before(&diary).await.unwrap();
    assert_eq!(*diary.entries.lock().unwrap(), played.trajectory.entries);
    let states = diary.states.lock().unwrap();
    assert_eq!(states.len(), 5, "at the start and after four calls");
    let (agent, user): (Vec<_>, Vec<_>) = states.iter().cloned().unzip();
    // Airplane mode is the customer's phone, the request to pay reaches both, looking changes nothing,
    // and paying settles the bill.
    assert!(agent[0] == agent[1] && user[0] != user[1]);
    assert!(agent[1] != agent[2] && user[1] != user[2]);
    assert!(agent[2] == agent[3] && user[2] == user[3]);
    assert!(agent[3] != agent[4] && user[3] != user[4]);
}

#[tokio::test]
async fn a_stop_mark_beside_the_customers_own_calls_does_not_stop() {
    let mut both = calling(&[("check_notifications", "{}")]);
    both.content = Some(format!("{STOP} for now"));
    let customer = vec![both, says("Nothing there."), says(STOP)];
    let stage = Stage::new(mock(Profile::V1_0), task(todo()), vec![says("Noted.")], customer);
    let trajectory = stage.play().await.unwrap().trajectory;
    assert_eq!(trajectory.entries[2].requestor, Requestor::User);
    assert_eq!((trajectory.entries.len(), trajectory.ending), (6, Ending::UserStop));
    // Where the order is enforced, it is the customer's error.
    let mut both = calling(&[("check_notifications", "{}")]);
    both.content = Some("Let me see.".into());
    let mut stage = Stage::new(mock(Profile::V1_0), task(todo()), vec![], vec![both]);
    stage.spec.strict = true;
    let played = stage.play().await.unwrap();
    let end = (played.trajectory.ending, played.grade.reward.reward);
    assert_eq!(end, (Ending::UserError, 0.0));
}

#[tokio::test]
async fn a_task_may_leave_the_customer_only_some_tools_since_1_0() {
    let mut json = todo();
    json["user_tools"] = serde_json::json!(["dismiss_notification", "no_such_tool"]);
    let stage = Stage::new(mock(Profile::V1_0), task(json), vec![], vec![says(STOP)]);
    stage.play().await.unwrap();
    let asked = &stage.customer_asked()[0];
    let names: Vec<&str> = asked.tools.iter().map(|tool| tool.name.as_str()).collect();
    assert_eq!(names, ["dismiss_notification"]);
    // Without a toolkit there are no tools and other guidelines.
    for (profile, guidelines) in PROFILES.into_iter().zip([
        "You call somebody.",
        "You call somebody.",
        "You call somebody, phone in hand.",
    ]) {
        let stage = Stage::mock(profile, vec![], vec![says(STOP)]);
        stage.play().await.unwrap();
        let system = stage.customer_asked()[0].messages[0].content.clone().unwrap();
        let scenario = "Persona:\n\tCalm.\nInstructions:\n\tYou want a to-do named Milk.";
        assert_eq!(system, format!("{guidelines}\n\n<scenario>\n{scenario}\n</scenario>"));
    }
}
