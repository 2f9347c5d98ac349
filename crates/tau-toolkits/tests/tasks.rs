//! The release's tasks as the engine reads them, against what upstream's own Python says of them.

#![allow(clippy::unwrap_used)]

mod support;

use support::{records, release};
use tau_toolkits::{Task, Value, sha256};

/// Recordings with the release's folder that holds their tasks. The tasks of telecom are the same in both
/// versions.
const RECORDED: [(&str, &str); 4] = [
    ("wheel_mock.jsonl", "mock"),
    ("wheel_airline.jsonl", "airline"),
    ("wheel_retail.jsonl", "retail"),
    ("head_telecom_quarter.jsonl", "telecom"),
];

#[test]
fn a_customer_reads_its_scenario_to_the_blank_and_who_can_take_a_task_is_upstream_s_answer() {
    let mut compared = 0;
    for (file, folder) in RECORDED {
        let Some(recorded) = records(file) else { return };
        let Some(text) = release(&format!("{folder}/tasks.json")) else { return };
        let tasks = Task::read_all(&Value::read_json(&text).unwrap()).unwrap();
        for record in recorded {
            let id = record["task_id"].as_str().unwrap();
            let task = tasks.iter().find(|task| task.id == id).unwrap();
            let scenario = task.scenario.to_string();
            let said = &record["user_scenario_str"];
            assert_eq!(scenario.chars().count() as u64, said["chars"], "{file} {id}: {scenario}");
            assert_eq!(sha256(&scenario), said["sha256"].as_str().unwrap(), "{file} {id}");
            assert_eq!(task.has_plan(), record["gt_valid"], "{file} {id}");
            assert_eq!(task.fits_solo(), record["solo_valid"], "{file} {id}");
            compared += 1;
        }
    }
    println!("compared: {compared} scenarios");
}
