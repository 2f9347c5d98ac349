//! Results read as a person asks, and their charts, through the product's own door.

use serde_json::{Value, json};
use tau_api::{ErrorCode, Product};

use crate::support::{as_planned, call, drawn, finished, practice_draft, product, whole};

/// A finished practice run of twelve tasks with impatient customers at two levels.
async fn run(product: &Product, seed: u32) -> String {
    let tasks: Vec<String> = (1..=12).map(|number| format!("retail-{number:03}")).collect();
    let mut draft = practice_draft();
    draft["task_ids"] = json!(tasks);
    draft["trials"] = json!(2);
    draft["seed"] = json!(seed);
    draft["conditions"] = json!([
        {"name": "", "levels": {"impatience": 2}}, {"name": "", "levels": {"impatience": 4}},
    ]);
    finished(product, draft).await
}

fn reading(run: &str, analysis: Value, language: &str) -> Value {
    let mut whole = whole(run);
    whole["request"]["language"] = json!(language);
    for (name, value) in analysis.as_object().expect("an object") {
        whole["request"]["analysis"][name] = value.clone();
    }
    whole
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_result_is_read_anew_as_a_person_asks_and_says_what_was_changed() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let run = run(&product, 1).await;
    let planned = call(&product, "run_result", whole(&run)).await;
    assert_eq!(planned["baseline"], "baseline");
    assert_eq!((&planned["margin"], &planned["planned_margin"]), (&json!(5.0), &json!(5.0)));
    assert_eq!(planned["rows"][1]["tasks"], 12);

    let other = planned["rows"][1]["condition"].clone();
    let asked = json!({"exclude_tasks": ["retail-003"], "margin": 8.0, "baseline": other});
    let read = call(&product, "run_result", reading(&run, asked, "en")).await;
    assert_eq!((&read["baseline"], &read["margin"]), (&other, &json!(8.0)));
    assert_eq!(read["excluded"], json!(["retail-003"]));
    assert_eq!(read["rows"][0]["condition"], other);
    assert_eq!(read["rows"][1]["tasks"], 11);
    let changed = read["cautions"].as_array().expect("cautions");
    let changed = changed.iter().filter(|each| each["kind"] == "changed_afterwards");
    assert_eq!(changed.count(), 3, "{}", read["cautions"]);

    for asked in [
        json!({"exclude_tasks": ["nobody"]}),
        json!({"baseline": "nobody"}),
        json!({"margin": -1.0}),
    ] {
        let refused = product.call("run_result", reading(&run, asked, "en")).await;
        assert_eq!(refused.expect_err("refused").code, ErrorCode::BadRequest);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conversations_that_the_customer_spoiled_are_left_out_on_request_and_never_in_silence() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let run = run(&product, 1).await;
    let faults = json!({
        "run_id": run, "author": null, "kind": null, "condition": null,
        "page": {"offset": 0, "limit": 200},
    });
    let failures = call(&product, "list_faults", json!({"query": faults})).await;
    for row in failures["rows"].as_array().expect("rows").iter().take(3) {
        let correction = json!({
            "conversation_id": row["conversation"]["id"], "author": "user", "kind": "other",
            "description": "", "turn": null, "tags": [],
        });
        call(&product, "correct_diagnosis", json!({"correction": correction})).await;
    }
    let users = |drawn: &Value| -> u64 {
        let table = &drawn["table"];
        let columns = table["columns"].as_array().expect("columns");
        let at = columns.iter().position(|column| {
            column.as_str().is_some_and(|name| name.to_lowercase().contains("customer"))
        });
        let rows = table["rows"].as_array().expect("rows").iter();
        let cell =
            |row: &Value| row[at.expect("a column of customers")].as_str().map(str::to_owned);
        rows.filter_map(|row| cell(row)?.parse::<u64>().ok()).sum()
    };
    let at_fault = users(&drawn(&product, &run, "faults", false).await);
    assert!(at_fault >= 3, "a person's word counts: {at_fault}");

    let with = call(&product, "run_result", whole(&run)).await;
    assert_eq!(with["sensitivity"]["left_out"], at_fault);
    let sentence = with["sensitivity"]["sentence"].as_str().expect("a sentence");
    assert!(sentence.starts_with("Without the "), "{sentence}");
    let asked = json!({"leave_out_user_faults": true});
    let without = call(&product, "run_result", reading(&run, asked, "en")).await;
    assert_eq!(without["rows"], with["sensitivity"]["rows"]);
    assert_eq!(without["sensitivity"]["rows"], with["rows"]);
    assert!(without["cautions"].to_string().contains("customer's fault"), "{without}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_chart_that_is_listed_can_be_drawn_and_every_other_says_what_to_do() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let (one, two) = (run(&product, 1).await, run(&product, 2).await);
    for runs in [json!([one]), json!([two, one])] {
        let asked = json!({"runs": runs, "analysis": as_planned(), "language": "en"});
        let listed = call(&product, "list_charts", asked).await;
        let listed = listed.as_array().expect("charts");
        assert!(listed.len() > 2);
        for chart in listed {
            let query = json!({
                "runs": runs, "kind": chart["kind"], "variant": chart["variant"],
                "analysis": as_planned(), "language": "en",
            });
            let asked = json!({"query": query, "look": {"dark": false, "width": 720}});
            match chart["missing"].as_str() {
                Some("") => {
                    let drawn = call(&product, "draw_chart", asked).await;
                    assert_eq!(drawn["title"], chart["title"]);
                    assert_ne!(drawn["sentence"], "", "{chart}");
                    assert!(drawn["svg"].as_str().expect("a drawing").starts_with("<svg"));
                    let cautions = drawn["cautions"].as_array().expect("cautions").iter();
                    let mut others = cautions.filter(|each| each["kind"] != "trait_not_shown");
                    assert_eq!(others.next(), None, "runs that were made alike");
                    let saved = json!({"query": query, "format": "csv"});
                    assert_ne!(call(&product, "save_chart", saved).await["path"], Value::Null);
                }
                missing => {
                    let refused = product.call("draw_chart", asked).await.expect_err("refused");
                    assert_eq!(Some(refused.message.as_str()), missing);
                }
            }
        }
    }
    let asked = json!({"runs": [one], "analysis": as_planned(), "language": "en"});
    let listed = call(&product, "list_charts", asked).await;
    let missing = |kind: &str| {
        let of = |each: &&Value| each["kind"] == kind && each["missing"] != "";
        listed.as_array().and_then(|all| all.iter().find(of).cloned())
    };
    for drawn in ["pass_k", "response", "flips", "faults", "dose"] {
        assert_eq!(missing(drawn), None);
    }
}
