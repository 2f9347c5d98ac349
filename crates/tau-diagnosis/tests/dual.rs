//! Whose fault it was, by the rules, where both sides have tools: conversations written by hand.
#![allow(clippy::unwrap_used)]

#[path = "support/phone.rs"]
mod phone;

use phone::Line::{Agent, Answered, Calls, Customer, Does};
use phone::{Line, Stored, held, mobile};
use tau_diagnosis::{Author, Diagnosis, Kind, PartKind, Tag};

const HELLO: Line = Customer("Hello, my phone does not do what it should.");
const GREETING: Line = Agent("Hello, this is Ferrin Mobile. What can I do for you?");
const OFF: Line = Agent("Please turn off airplane mode and tell me what you see.");
const AIRPLANE: Line = Does("toggle_airplane_mode", "{}");
const CLOSING: Line = Agent("That is everything from my side. Is there anything else?");
const BYE: Line = Customer("Thank you. ###STOP###");

fn talk(task: &str, lines: &[Line]) -> Stored {
    ended(task, lines, "user_stop")
}

fn ended(task: &str, lines: &[Line], ending: &str) -> Stored {
    let definition = mobile();
    let task = definition.task(task).unwrap();
    held(&definition, task, lines, ending)
}

fn failed(task: &str, lines: &[Line]) -> Diagnosis {
    judged(&talk(task, lines))
}

fn judged(stored: &Stored) -> Diagnosis {
    let verdict = stored.verdict(&mobile());
    assert_eq!(stored.reward, 0.0);
    verdict.diagnosis.unwrap_or_else(|| panic!("{}", verdict.undecided))
}

#[test]
fn a_conversation_that_succeeds_has_no_diagnosis_and_all_of_its_account_is_met() {
    let stored = talk(
        "service.airplane",
        &[GREETING, HELLO, OFF, AIRPLANE, Customer("It is off, I have a signal."), CLOSING, BYE],
    );
    assert_eq!(stored.reward, 1.0);
    let verdict = stored.verdict(&mobile());
    assert_eq!((verdict.diagnosis, verdict.findings.len()), (None, 0));
    let account = stored.account(&mobile());
    assert!(account.parts.iter().all(|part| part.met), "{account:#?}");
    assert_eq!(account.sentence(true), "Passed.");
}

#[test]
fn a_customer_who_never_does_what_it_is_asked_to_is_at_fault() {
    let found = failed(
        "service.airplane",
        &[
            GREETING,
            HELLO,
            OFF,
            Customer("I see clouds."),
            OFF,
            Customer("And now a bird."),
            CLOSING,
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::User, Kind::GoalPartiallyCompleted));
    assert_eq!((found.tags, found.first_turn), (vec![Tag::MissedRequiredAction], Some(4)));
    assert!(found.description.contains("asked 2 times"), "{}", found.description);
}

#[test]
fn an_agent_who_never_asks_for_it_left_it_out() {
    let found = failed(
        "service.airplane",
        &[
            GREETING,
            HELLO,
            Agent("Is airplane mode shown at the top?"),
            Customer("There is a small plane, yes."),
            CLOSING,
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::GoalPartiallyCompleted));
    assert!(found.tags.contains(&Tag::MissedRequiredAction), "{found:?}");
    assert!(
        found.description.contains("The customer: Toggle airplane mode"),
        "{}",
        found.description
    );
}

#[test]
fn a_customer_who_asks_back_and_is_left_alone_is_not_to_blame() {
    let found = failed(
        "service.airplane",
        &[GREETING, HELLO, OFF, Customer("Where do I find that?"), CLOSING, BYE],
    );
    assert_eq!(found.author, Author::Agent);
}

#[test]
fn a_customer_who_says_that_it_did_what_it_did_not_made_that_up() {
    let found = failed(
        "service.airplane",
        &[GREETING, HELLO, OFF, Customer("Done, it is off."), CLOSING, BYE],
    );
    assert_eq!(found.author, Author::User);
    assert_eq!(found.tags, [Tag::Hallucination, Tag::MissedRequiredAction]);
    assert_eq!(found.first_turn, Some(4));
}

#[test]
fn a_customer_who_refuses_is_at_fault() {
    let found = failed(
        "service.airplane",
        &[GREETING, HELLO, OFF, Customer("No, I will not touch that."), CLOSING, BYE],
    );
    assert_eq!(found.author, Author::User);
    assert_eq!(found.tags, [Tag::InconsistentBehavior, Tag::GuidelineViolation]);
}

#[test]
fn what_the_customer_broke_without_being_asked_is_its_fault() {
    let found = failed(
        "data.saver",
        &[
            GREETING,
            HELLO,
            Agent("Please turn data saver off."),
            Does("toggle_data_saver_mode", "{}"),
            Does("toggle_data", "{}"),
            Customer("Both are off now."),
            CLOSING,
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::User, Kind::CalledWrongTool));
    assert_eq!((found.tags, found.first_turn), (vec![Tag::IrrelevantToolCall], Some(5)));
    assert!(found.description.contains("nobody had asked for"), "{}", found.description);
}

#[test]
fn what_the_agent_had_the_customer_break_is_the_agents_fault() {
    let found = failed(
        "data.saver",
        &[
            GREETING,
            HELLO,
            Agent("Please turn data saver off."),
            Does("toggle_data_saver_mode", "{}"),
            Customer("It is off."),
            Agent("Now switch your mobile data off for a moment."),
            Does("toggle_data", "{}"),
            Customer("It is off as well."),
            CLOSING,
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::CalledWrongTool));
    assert_eq!(found.first_turn, Some(6));
}

#[test]
fn what_was_broken_and_put_right_is_nobodys_fault() {
    let stored = talk(
        "data.saver",
        &[
            GREETING,
            HELLO,
            Does("toggle_data", "{}"),
            Does("toggle_data", "{}"),
            Agent("Please turn data saver off."),
            Customer("I will not."),
            CLOSING,
            BYE,
        ],
    );
    let found = judged(&stored);
    assert!(found.description.contains("Toggle data saver mode"), "{}", found.description);
}

#[test]
fn doing_once_more_what_was_asked_for_once_is_the_customers_fault() {
    let found = failed(
        "service.airplane",
        &[GREETING, HELLO, OFF, AIRPLANE, AIRPLANE, Customer("It says on again."), CLOSING, BYE],
    );
    assert_eq!((found.author, found.first_turn), (Author::User, Some(5)));
    assert_eq!(found.tags, [Tag::InconsistentBehavior]);
}

#[test]
fn another_value_than_the_agent_gave_is_the_customers_fault() {
    let ask = Agent("Please set the preferred network to 4G/5G preferred.");
    let only = Does("set_network_mode_preference", r#"{"mode": "3g_only"}"#);
    let found =
        failed("data.2g", &[GREETING, HELLO, ask, only, Customer("It is set."), CLOSING, BYE]);
    assert_eq!((found.author, found.kind), (Author::User, Kind::UsedWrongToolArgument));
    assert_eq!(found.tags, [Tag::ToolCallArgumentError]);
    assert!(found.description.contains("3g_only"), "{}", found.description);
    // The agent asked for that value itself.
    let ask = Agent("Please set the preferred network to 3G only [3g_only].");
    let found =
        failed("data.2g", &[GREETING, HELLO, ask, only, Customer("It is set."), CLOSING, BYE]);
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::UsedWrongToolArgument));
}

#[test]
fn a_wrong_detail_in_the_agents_own_call_is_its_fault() {
    let wrong =
        Calls("refuel_data", r#"{"customer_id": "C3103", "line_id": "L4103", "gb_amount": 2.0}"#);
    let yes = Customer("Yes, please go ahead.");
    let ask = Agent("Shall I top your line up with 2 GB?");
    let found = failed("data.top-up", &[GREETING, HELLO, ask, yes, wrong, CLOSING, BYE]);
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::UsedWrongToolArgument));
    assert!(found.description.contains("2"), "{}", found.description);
    assert_eq!(found.first_turn, Some(5));
}

#[test]
fn a_change_that_nobody_wanted_is_the_agents_fault() {
    let top_up =
        Calls("refuel_data", r#"{"customer_id": "C3101", "line_id": "L4101", "gb_amount": 1.0}"#);
    let found = failed(
        "service.airplane",
        &[GREETING, HELLO, OFF, AIRPLANE, Customer("It is off."), top_up, CLOSING, BYE],
    );
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::CalledWrongTool));
    assert_eq!((found.tags, found.first_turn), (vec![Tag::IrrelevantToolCall], Some(6)));
}

#[test]
fn handing_over_what_could_have_been_done_is_too_early() {
    let hand_over = Calls("transfer_to_human_agents", r#"{"summary": "No service."}"#);
    let lines = [GREETING, HELLO, hand_over, Agent("I hand you over."), Customer("###TRANSFER###")];
    let stored = talk("service.airplane", &lines);
    let found = judged(&stored);
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::GoalPartiallyCompleted));
    assert_eq!(found.tags, [Tag::MissedRequiredAction, Tag::PrematureTermination]);
    assert_eq!(found.first_turn, Some(3));
    assert_eq!(stored.account(&mobile()).ending, "The customer was handed over to a colleague.");
    // Where that is what is expected, it is right.
    assert_eq!(talk("service.contract-over", &lines).reward, 1.0);
}

#[test]
fn not_handing_over_what_nobody_can_do_is_an_omission() {
    let stored =
        talk("service.contract-over", &[GREETING, HELLO, Agent("I cannot help you."), BYE]);
    let found = judged(&stored);
    assert_eq!((found.author, found.kind), (Author::Agent, Kind::GoalPartiallyCompleted));
    let account = stored.account(&mobile());
    let steps = account.parts.iter().find(|part| part.kind == PartKind::Actions).unwrap();
    assert!(steps.counts && !steps.met, "{steps:?}");
    assert_eq!(steps.points[0].remark, "It was never taken.");
}

#[test]
fn calling_it_done_without_a_look_is_ending_too_early() {
    let allow = Calls("enable_roaming", r#"{"customer_id": "C3108", "line_id": "L4110"}"#);
    let claim = Agent("Your data should work now. Is there anything else?");
    let look = Does("run_speed_test", "{}");
    let tags = |lines: &[Line]| failed("data.roam-both", lines).tags;
    let blind = [GREETING, HELLO, allow, claim, BYE];
    assert_eq!(tags(&blind), [Tag::MissedRequiredAction, Tag::PrematureTermination]);
    // Somebody looked: left out, but not in the blind.
    let seen = [GREETING, HELLO, allow, look, claim, BYE];
    assert_eq!(tags(&seen), [Tag::MissedRequiredAction]);
}

#[test]
fn a_customer_who_leaves_an_agent_at_work_left_too_early() {
    let question = Agent("Thank you. Could you tell me your date of birth?");
    let found = failed(
        "service.airplane",
        &[GREETING, HELLO, question, Customer("This takes too long. ###STOP###")],
    );
    assert_eq!((found.author, found.tags), (Author::User, vec![Tag::PrematureTermination]));
    // Who leaves after the agent has come to an end did not.
    let found = failed("service.airplane", &[GREETING, HELLO, CLOSING, BYE]);
    assert_eq!(found.author, Author::Agent);
}

#[test]
fn a_customer_who_leaves_an_agent_that_fails_is_not_to_blame() {
    let wrong = Calls("get_customer_by_id", r#"{"customer_id": "C9999"}"#);
    let question = Agent("Could you tell me your date of birth?");
    let leave = Customer("This takes too long. ###STOP###");
    let found = failed("service.airplane", &[GREETING, HELLO, wrong, wrong, question, leave]);
    assert_eq!(found.author, Author::Agent);
}

#[test]
fn a_number_that_the_customer_made_up_is_its_fault() {
    let ask = Agent("What is the phone number of your line?");
    let wrong = Calls("get_customer_by_phone", r#"{"phone_number": "907-555-9999"}"#);
    let sorry = Agent("I cannot find you, so I cannot go on.");
    let found = failed(
        "data.top-up",
        &[GREETING, HELLO, ask, Customer("It is 907-555-9999."), wrong, sorry, BYE],
    );
    assert_eq!((found.author, found.tags), (Author::User, vec![Tag::Hallucination]));
    assert_eq!(found.first_turn, Some(4));
    // Its own number, mistyped by the agent.
    let found = failed(
        "data.top-up",
        &[GREETING, HELLO, ask, Customer("It is 907-555-0121."), wrong, sorry, BYE],
    );
    assert_eq!(found.author, Author::Agent);
}

#[test]
fn the_right_steps_in_the_wrong_order_are_called_that() {
    let found = failed(
        "service.apn",
        &[
            GREETING,
            HELLO,
            Agent("Please restart your phone, and then reset the APN settings."),
            Does("reboot_device", "{}"),
            Does("reset_apn_settings", "{}"),
            Customer("I did both."),
            CLOSING,
            BYE,
        ],
    );
    assert_eq!((found.author, found.tags), (Author::Agent, vec![Tag::WrongSequence]));
}

#[test]
fn what_is_cut_short_is_told_with_how_it_stood() {
    let lines = [GREETING, HELLO, Agent("One moment, please."), Customer("All right.")];
    let stored = ended("service.airplane", &lines, "max_steps");
    let account = stored.account(&mobile());
    assert!(account.ended_early, "{account:?}");
    assert_eq!(
        account.sentence(false),
        "Failed. The conversation was cut short: the limit of steps was reached."
    );
    let asserted = &account.parts[0];
    assert_eq!((asserted.kind, asserted.met), (PartKind::Assertions, false));
    assert_eq!(asserted.points[0].remark, "There was no service: airplane mode was on.");
    let found = judged(&stored);
    assert_eq!(found.author, Author::Agent);
    assert!(found.description.contains("in the time it had"), "{}", found.description);
}

#[test]
fn who_goes_on_after_all_is_done_is_at_fault_for_the_limit() {
    let done = [GREETING, HELLO, OFF, AIRPLANE, Customer("It is off."), CLOSING];
    let chats = [&done[..], &[Customer("And how is the weather?"), Agent("Fine.")]].concat();
    let found = judged(&ended("service.airplane", &chats, "max_steps"));
    assert_eq!((found.author, found.first_turn), (Author::User, Some(7)));
    let goes_on = [&done[..5], &[Agent("One moment.")]].concat();
    let found = judged(&ended("service.airplane", &goes_on, "max_steps"));
    assert_eq!(found.author, Author::Agent);
}

#[test]
fn too_many_refused_calls_are_the_fault_of_who_made_them() {
    let wrong = Calls("get_customer_by_id", r#"{"customer_id": "C9999"}"#);
    let found =
        judged(&ended("service.airplane", &[GREETING, HELLO, wrong, wrong], "too_many_errors"));
    assert_eq!((found.author, found.tags), (Author::Agent, vec![Tag::ToolCallArgumentError]));
    let wrong = Does("no_such_switch", "{}");
    let found =
        judged(&ended("service.airplane", &[GREETING, HELLO, wrong, wrong], "too_many_errors"));
    assert_eq!((found.author, found.first_turn), (Author::User, Some(3)));
}

#[test]
fn a_message_that_cannot_be_acted_on_is_its_senders_fault() {
    for (ending, author) in [("agent_error", Author::Agent), ("user_error", Author::User)] {
        let found = judged(&ended("service.airplane", &[GREETING, HELLO], ending));
        assert_eq!((found.author, found.tags), (author, vec![Tag::ToolCallSchemaError]));
    }
}

#[test]
fn the_right_call_that_a_tool_refused_is_the_environments_fault() {
    let refused = Answered(
        "refuel_data",
        r#"{"customer_id": "C3103", "line_id": "L4103", "gb_amount": 1.0}"#,
        "Error: the service is down",
    );
    let stored = talk("data.top-up", &[GREETING, HELLO, refused, Agent("I cannot."), BYE]);
    // It is graded by what the tool does, so it is taken for a failure by hand.
    let stored = Stored { reward: 0.0, ..stored };
    let found = judged(&stored);
    assert_eq!((found.author, found.tags), (Author::Environment, vec![Tag::Infrastructure]));
}

#[test]
fn a_failure_in_which_all_is_met_is_a_grade_in_doubt() {
    let stored = talk("service.airplane", &[GREETING, HELLO, OFF, AIRPLANE, CLOSING, BYE]);
    let found = judged(&Stored { reward: 0.0, ..stored });
    assert_eq!((found.author, found.tags), (Author::Environment, vec![Tag::GraderDispute]));
}

#[test]
fn what_only_a_judging_model_found_is_left_undecided() {
    let definition = mobile();
    let mut task = definition.task("service.airplane").unwrap().clone();
    let criteria = task.graded.criteria.as_mut().unwrap();
    criteria.nl_assertions = Some(vec!["The agent is friendly.".into()]);
    criteria.basis.push(tau_toolkits::grading::Basis::NlAssertion);
    let lines = [GREETING, HELLO, OFF, AIRPLANE, Customer("It is off."), CLOSING, BYE];
    let stored = held(&definition, &task, &lines, "user_stop");
    let verdict = stored.verdict(&definition);
    assert_eq!(verdict.diagnosis, None);
    assert!(verdict.undecided.contains("only a reader can tell"), "{}", verdict.undecided);
    let account = stored.account(&definition);
    let judged = account.parts.iter().find(|part| part.kind == PartKind::Judged).unwrap();
    assert_eq!(judged.points[0].remark, "The agent was short with the customer.");
}

const AGAIN: Line = Agent("I could not follow. Please turn off airplane mode once more.");

#[test]
fn a_customer_who_does_not_say_that_it_is_done_and_undoes_it_is_at_fault() {
    let babble = Customer("Perhaps tomorrow, the blue one.");
    let lines = [GREETING, HELLO, OFF, AIRPLANE, babble, AGAIN, AIRPLANE, babble, CLOSING, BYE];
    let found = failed("service.airplane", &lines);
    assert_eq!((found.author, found.first_turn), (Author::User, Some(5)));
    // It had said so, and was asked again.
    let tells = Customer("Airplane mode is off.");
    let lines = [GREETING, HELLO, OFF, AIRPLANE, tells, AGAIN, AIRPLANE, tells, CLOSING, BYE];
    assert_eq!(failed("service.airplane", &lines).author, Author::Agent);
}

#[test]
fn a_customer_who_does_something_else_than_it_is_asked_to_is_at_fault() {
    let found = failed(
        "service.airplane",
        &[
            GREETING,
            HELLO,
            OFF,
            Does("run_speed_test", "{}"),
            Customer("Done. It says: No connection."),
            CLOSING,
            BYE,
        ],
    );
    assert_eq!((found.author, found.kind), (Author::User, Kind::CalledWrongTool));
    assert_eq!(found.tags, [Tag::IncorrectInterpretation, Tag::MissedRequiredAction]);
}

#[test]
fn a_customer_who_leaves_instead_of_doing_it_left_too_early() {
    let leave = Customer("I have no time for that. ###STOP###");
    let found = failed("service.airplane", &[GREETING, HELLO, OFF, leave]);
    assert_eq!((found.author, found.tags), (Author::User, vec![Tag::PrematureTermination]));
}

#[test]
fn a_customer_who_never_agrees_clearly_kept_the_agent_from_it() {
    let ask = Agent("I would top up line L4103 with 1 GB. Shall I go ahead? (yes/no)");
    let lost = Customer("Wait, what is this about?");
    let found = failed("data.top-up", &[GREETING, HELLO, ask, lost, ask, lost, CLOSING, BYE]);
    assert_eq!((found.author, found.tags), (Author::User, vec![Tag::InconsistentBehavior]));
    // It did agree.
    let yes = Customer("Yes, please go ahead.");
    let found = failed("data.top-up", &[GREETING, HELLO, ask, lost, ask, yes, CLOSING, BYE]);
    assert_eq!(found.author, Author::Agent);
}
