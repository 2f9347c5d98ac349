//! Who is at fault, by the rules, in conversations written by hand.
#![allow(clippy::unwrap_used)]

mod support;

use support::Line::{Agent, Answered, Calls, Customer};
use support::{Line, conversation, shop, task};
use tau_diagnosis::{Author, Diagnosis, Findings, Kind, Tag, diagnose};

/// Ingrid Solheim returns a throw of order FW-20837: 100.05 to card_25320.
const RETURN: &str = "retail-001";
/// Tomas Lindqvist may not return his any more.
const TOO_LATE: &str = "retail-002";

const FIND: Line = Calls(
    "find_customer_by_name_and_postcode",
    r#"{"name": "Ingrid Solheim", "postcode": "5003"}"#,
);
const LOOK: Line = Calls("get_customer", r#"{"customer_id": "c_1037"}"#);
const ORDER: Line = Calls("get_order", r#"{"order_id": "FW-20837"}"#);
const DONE: Line = Calls(
    "return_items",
    r#"{"order_id": "FW-20837", "item_ids": ["THR-702"], "refund_to": "card_25320"}"#,
);
const HELLO: Line =
    Customer("I am Ingrid Solheim, postcode 5003. I want to return the throw of FW-20837.");
const BYE: Line = Customer("Thanks. ###STOP###");

fn look(id: &str, lines: &[Line]) -> (Option<Diagnosis>, Findings) {
    let domain = shop();
    let task = task(&domain, id);
    let trajectory = conversation(&domain, &task, lines);
    let verdict = diagnose(&domain, &task, &trajectory, 0);
    (verdict.diagnosis, verdict.findings)
}

fn failed(id: &str, lines: &[Line]) -> Diagnosis {
    look(id, lines).0.unwrap()
}

#[test]
fn a_conversation_that_succeeds_has_no_diagnosis() {
    let (diagnosis, findings) = look(
        RETURN,
        &[
            HELLO,
            FIND,
            LOOK,
            ORDER,
            Agent("You get 100.05 back. Go ahead?"),
            Customer("Yes."),
            DONE,
            Agent("Done. Anything else?"),
            BYE,
        ],
    );
    assert_eq!(diagnosis, None);
    assert!(findings.is_empty() && findings.exact && findings.lines().is_empty(), "{findings:?}");
}

#[test]
fn a_figure_that_was_not_said_is_the_agents_omission() {
    let found =
        failed(RETURN, &[HELLO, FIND, LOOK, ORDER, DONE, Agent("Done. Anything else?"), BYE]);
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::GoalPartiallyCompleted));
    assert!(found.description.contains("100.05"), "{}", found.description);
    assert_eq!(found.first_turn, Some(6));
}

#[test]
fn a_wrong_argument_of_the_agents_own_is_the_agents() {
    let wrong = Calls(
        "return_items",
        r#"{"order_id": "FW-20837", "item_ids": ["THR-702"], "refund_to": "card_99999"}"#,
    );
    let (found, findings) = look(
        RETURN,
        &[
            HELLO,
            FIND,
            LOOK,
            ORDER,
            Agent("You get 100.05."),
            Customer("Yes."),
            wrong,
            Agent("Sorry, that does not work."),
            BYE,
        ],
    );
    let found = found.unwrap();
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::UsedWrongToolArgument));
    assert_eq!(found.first_turn, Some(7));
    assert!(found.tags.contains(&Tag::Hallucination), "nobody had named that card: {found:?}");
    let wrong = &findings.wrong_arguments[0];
    assert!(!wrong.carried_out);
    assert_eq!(wrong.words(), "refund to card_99999 instead of card_25320");
    assert_eq!(findings.first_divergence.unwrap().actual.unwrap().turn, Some(7));
}

#[test]
fn a_fact_that_the_customer_told_wrongly_is_the_customers() {
    let found = failed(
        RETURN,
        &[
            Customer("I want to return the throw of FW-20837."),
            Agent("What is your name and your postcode?"),
            Customer("Ingrid Solheim, postcode 5030."),
            Calls(
                "find_customer_by_name_and_postcode",
                r#"{"name": "Ingrid Solheim", "postcode": "5030"}"#,
            ),
            Agent("I cannot find you under that, sorry. Goodbye."),
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::User, Kind::UsedWrongToolArgument));
    assert_eq!(found.first_turn, Some(3));
    assert_eq!(found.tags, [Tag::Hallucination], "the task knows no 5030");
    assert!(found.description.contains("5030") && found.description.contains("5003"));
}

#[test]
fn a_mistake_that_the_customer_put_right_is_not_held_against_it() {
    let found = failed(
        RETURN,
        &[
            Customer("I want to return the throw of FW-20837."),
            Agent("What is your name and your postcode?"),
            Customer("Ingrid Solheim, postcode 5030."),
            Calls(
                "find_customer_by_name_and_postcode",
                r#"{"name": "Ingrid Solheim", "postcode": "5030"}"#,
            ),
            Agent("I cannot find you. Could you check your postcode?"),
            Customer("Sorry: 5003."),
            Agent("I cannot help you with that. Goodbye."),
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::GoalPartiallyCompleted));
}

#[test]
fn a_fact_that_was_asked_for_and_never_told_is_the_customers() {
    let found = failed(
        RETURN,
        &[
            Customer("I want to return the throw of FW-20837. I am Ingrid Solheim."),
            Agent("What is your postcode?"),
            Customer("Why do you want to know?"),
            Agent("To find you. What is your postcode?"),
            Customer("I will not say."),
            Agent("Then I cannot go on. Goodbye."),
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::User, Kind::GoalPartiallyCompleted));
    assert_eq!(found.first_turn, Some(3));
}

#[test]
fn who_leaves_while_the_agent_works_is_at_fault() {
    let found = failed(
        RETURN,
        &[
            HELLO,
            FIND,
            LOOK,
            ORDER,
            Agent("You get 100.05 back. Shall I go ahead?"),
            Customer("Too slow, I am off. ###STOP###"),
        ],
    );
    assert_eq!((found.author, found.kind), (Author::User, Kind::GoalPartiallyCompleted));
    assert_eq!((found.tags, found.first_turn), (vec![Tag::PrematureTermination], Some(6)));
}

#[test]
fn who_leaves_an_agent_that_asks_again_and_again_is_not_at_fault() {
    let found = failed(
        RETURN,
        &[
            HELLO,
            Agent("What is your postcode?"),
            Customer("5003."),
            Agent("Please tell me your postcode."),
            Customer("5003, as I said."),
            Agent("And your postcode?"),
            Customer("I give up. ###STOP###"),
        ],
    );
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::GoalPartiallyCompleted));
}

#[test]
fn who_leaves_an_agent_that_refuses_wrongly_is_not_at_fault() {
    let found = failed(
        RETURN,
        &[
            HELLO,
            FIND,
            LOOK,
            ORDER,
            Agent("I am unable to take that back."),
            Customer("Then goodbye. ###STOP###"),
        ],
    );
    assert_eq!(found.author, Author::Agent);
}

#[test]
fn a_customer_who_refuses_what_it_came_for_is_at_fault() {
    let found = failed(
        RETURN,
        &[
            HELLO,
            FIND,
            LOOK,
            ORDER,
            Agent("I return THR-702 to card_25320, 100.05. Shall I go ahead?"),
            Customer("No, I do not trust you."),
            Agent("As you wish. Anything else?"),
            BYE,
        ],
    );
    assert_eq!((found.author, found.first_turn), (Author::User, Some(6)));
    assert!(found.tags.contains(&Tag::InconsistentBehavior));
}

#[test]
fn a_change_that_the_policy_forbids_is_the_agents_wrong_tool() {
    let (found, findings) = look(
        TOO_LATE,
        &[
            Customer(
                "I am Tomas Lindqvist, postcode 753 20. Order FW-20775, I want to cancel order FW-21397 too.",
            ),
            Calls("cancel_order", r#"{"order_id": "FW-21397", "reason": "ordered by mistake"}"#),
            Agent("It came on 2026-01-27. Anything else?"),
            BYE,
        ],
    );
    let found = found.unwrap();
    assert_eq!(findings.extra.len(), 1);
    assert_eq!(found.kind, Kind::CalledWrongTool);
    // The order number is the customer's own invention: the task does not know it.
    assert_eq!((found.author, found.first_turn), (Author::User, Some(1)));
    let found = failed(
        TOO_LATE,
        &[
            Customer("I am Tomas Lindqvist, postcode 753 20. Please return the throw of FW-20775."),
            Calls("cancel_order", r#"{"order_id": "FW-21397", "reason": "ordered by mistake"}"#),
            Agent("It came on 2026-01-27. Anything else?"),
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::CalledWrongTool));
    assert_eq!(found.tags, [Tag::GuidelineViolation]);
}

#[test]
fn a_tool_that_fails_on_the_right_call_is_the_environments() {
    let found = failed(
        RETURN,
        &[
            HELLO,
            Answered(
                "find_customer_by_name_and_postcode",
                r#"{"name": "Ingrid Solheim", "postcode": "5003"}"#,
                "Error: connection reset",
            ),
            Agent("Our system is down. Goodbye."),
            BYE,
        ],
    );
    assert_eq!((found.author, found.tags), (Author::Environment, vec![Tag::Infrastructure]));
    assert_eq!(found.first_turn, Some(2));
}

#[test]
fn a_grade_that_cannot_be_repeated_is_disputed() {
    let domain = shop();
    let task = task(&domain, RETURN);
    let lines = [
        HELLO,
        FIND,
        LOOK,
        ORDER,
        Agent("You get 100.05 back."),
        Customer("Yes."),
        DONE,
        Agent("Anything else?"),
        BYE,
    ];
    let mut trajectory = conversation(&domain, &task, &lines);
    trajectory.reward.value = 0.0;
    let found = diagnose(&domain, &task, &trajectory, 0).diagnosis.unwrap();
    assert_eq!((found.author, found.tags), (Author::Environment, vec![Tag::GraderDispute]));
}

#[test]
fn an_agent_that_hands_over_instead_of_acting_is_at_fault() {
    let found = failed(
        RETURN,
        &[HELLO, FIND, LOOK, ORDER, Calls("transfer_to_human", r#"{"reason": "a return"}"#)],
    );
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::GoalPartiallyCompleted));
    assert!(found.tags.contains(&Tag::PrematureTermination));
}

#[test]
fn an_agent_that_does_not_come_to_an_end_is_at_fault() {
    let found = failed(
        RETURN,
        &[
            HELLO,
            FIND,
            LOOK,
            ORDER,
            Agent("100.05. Yes?"),
            Customer("Yes."),
            DONE,
            Agent("Done."),
            Customer("Good."),
            Agent("Done."),
        ],
    );
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::Other));
}

#[test]
fn a_conversation_on_other_data_says_so() {
    let (_, findings) = look(
        RETURN,
        &[HELLO, Answered("get_order", r#"{"order_id": "FW-20837"}"#, "{}"), Agent("No."), BYE],
    );
    assert!(!findings.exact);
    assert!(findings.lines().iter().any(|line| line.sentence.contains("other data")));
}
