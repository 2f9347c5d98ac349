//! A task of `tasks.json`, in upstream's shape (`data_model/tasks.py`).

use serde_json::{Value, json};

use super::choice::{Composition, Family};
use super::fault::{Call, Fault};
use super::people::Customer;
use super::words;

/// Megabits a second from which a speed test says "Excellent" with room to spare; the pack's network
/// gives 220, and 44 with any one thing in the way.
const FAST: u32 = 200;

/// The task of a composition for a customer. `turn` varies what does not matter.
pub fn task(one: &Composition, customer: &Customer, turn: usize) -> Value {
    let wrong: Vec<&str> = one.faults.iter().map(|fault| words::what_is_wrong(*fault)).collect();
    let outcome = if one.beyond_repair() { " To be handed over." } else { "" };
    json!({
        "id": one.id(),
        "description": {
            "purpose": format!("{}.{outcome}", sentence(&wrong.join("; "))),
            "relevant_policies": null,
            "notes": null,
        },
        "user_scenario": {
            "persona": customer.persona,
            "instructions": {
                "domain": "mobile",
                "reason_for_call": words::reason(one, turn),
                "known_info": known(one, customer, turn),
                "unknown_info": unknown(one),
                "task_instructions": instructions(one, customer, turn),
            },
        },
        "ticket": ticket(one, customer, turn),
        "initial_state": {
            "initialization_data": null,
            "initialization_actions": start(one, customer),
        },
        "evaluation_criteria": {
            "actions": actions(one, customer, turn),
            "env_assertions": assertions(one, customer, turn),
            "reward_basis": if one.beyond_repair() {
                json!(["ENV_ASSERTION", "ACTION"])
            } else {
                json!(["ENV_ASSERTION"])
            },
        },
    })
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn known(one: &Composition, customer: &Customer, turn: usize) -> String {
    let place = match words::city(one, turn) {
        Some(city) => format!("You are abroad, in {city}, until the end of next week."),
        None => format!("You are at home in {}.", customer.town),
    };
    format!(
        "You are {}. The number of your phone is {}. You were born on {}. {place}",
        customer.name, customer.phone, customer.born
    )
}

fn unknown(one: &Composition) -> String {
    let mut text = String::from(
        "You know neither your customer number nor the number of your line. How the settings of your phone stand you do not know before you look.",
    );
    if one.family == Family::Service {
        text.push_str(" You do not have the PIN and the PUK of your SIM card.");
    }
    text
}

fn instructions(one: &Composition, customer: &Customer, turn: usize) -> String {
    let mut all = vec![words::content(one.family).to_owned()];
    all.extend(words::consents(one, customer, turn).into_iter().map(|(told, _)| told));
    all.push(
        "If the agent hands you over to a colleague, accept it. You want nothing else.".into(),
    );
    all.join(" ")
}

fn ticket(one: &Composition, customer: &Customer, turn: usize) -> String {
    let place = match words::city(one, turn) {
        Some(city) => format!("abroad, in {city}"),
        None => format!("at home in {}", customer.town),
    };
    let consents = words::consents(one, customer, turn).into_iter().map(|(_, written)| written);
    format!(
        "Caller: {}, born {}, number {}; identified.\nTrouble: {}\nPlace: {place}.\nConsent: {}\nSettled when {}.",
        customer.name,
        customer.born,
        customer.phone,
        words::trouble(one),
        consents.collect::<Vec<_>>().join(" "),
        words::settled(one.family),
    )
}

fn function(call: Call) -> Value {
    json!({ "env_type": call.side, "func_name": call.name, "arguments": call.arguments })
}

fn start(one: &Composition, customer: &Customer) -> Vec<Value> {
    let call = |name, arguments| function(Call { side: "user", name, arguments });
    let who = json!({ "name": customer.name, "phone_number": customer.phone });
    let mut all = vec![call("set_user_info", who)];
    if one.faults.iter().any(|fault| fault.abroad()) {
        all.push(call("set_user_location", json!({ "abroad": true })));
    }
    all.extend(one.faults.iter().flat_map(|fault| fault.start(customer)).map(function));
    all
}

fn action(id: String, call: Call) -> Value {
    json!({ "action_id": id, "requestor": call.side, "name": call.name, "arguments": call.arguments })
}

fn actions(one: &Composition, customer: &Customer, turn: usize) -> Vec<Value> {
    if one.beyond_repair() {
        let summary = format!("{} {}", customer.name, words::trouble(one));
        return vec![json!({
            "action_id": "hand-over",
            "requestor": "assistant",
            "name": "transfer_to_human_agents",
            "arguments": { "summary": summary },
            "compare_args": [],
        })];
    }
    let mut all = Vec::new();
    for fault in &one.faults {
        let calls = fault.repair(customer, turn).into_iter().enumerate();
        all.extend(calls.map(|(i, call)| action(format!("{}-{}", fault.word(), i + 1), call)));
    }
    if one.faults.iter().any(|fault| fault.needs_restart()) {
        let restart = Call { side: "user", name: "reboot_device", arguments: json!({}) };
        all.push(action("restart".into(), restart));
    }
    all
}

fn assertions(one: &Composition, customer: &Customer, turn: usize) -> Vec<Value> {
    let phone = |name, arguments| Call { side: "user", name, arguments };
    let mut all = Vec::new();
    match one.family {
        Family::Service => {
            let status = if one.beyond_repair() { "no_service" } else { "connected" };
            all.push(phone("assert_service_status", json!({ "expected_status": status })));
        }
        Family::Data => {
            all.push(phone("assert_mobile_data_status", json!({ "expected_status": true })));
            let fast = json!({ "expected_speed": FAST, "expected_desc": "excellent" });
            all.push(phone("assert_internet_speed", fast));
        }
        Family::Mms => {
            all.push(phone("assert_can_send_mms", json!({ "expected_status": true })));
        }
    }
    // Where handing over is right, the rest may be mended before or not.
    let counts = |fault: &&Fault| fault.beyond_repair() || !one.beyond_repair();
    all.extend(one.faults.iter().filter(counts).flat_map(|fault| fault.checks(customer)));
    let account = |name, line: &str, what: &str, value: Value| {
        let mut arguments = json!({ "customer_id": customer.id, "line_id": line });
        arguments[what] = value;
        Call { side: "assistant", name, arguments }
    };
    // What was added is what was wanted, and nothing where nothing was.
    let added = one.faults.iter().map(|fault| fault.top_up(customer, turn)).sum::<f64>();
    all.push(account(
        "assert_data_refueling_amount",
        &customer.line.id,
        "expected_amount",
        json!(customer.topped_up + added),
    ));
    if let Some(other) = &customer.other {
        let status = json!(other.status);
        all.push(account("assert_line_status", &other.id, "expected_status", status));
    }
    let assertion = |call| {
        let mut written = function(call);
        written["assert_value"] = json!(true);
        written
    };
    all.into_iter().map(assertion).collect()
}
