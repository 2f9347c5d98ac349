//! Traits and mixes of a person's own, from the first draft to a finished run.

use serde_json::{Value, json};
use tau_api::{ErrorCode, Product};

use crate::support::{call, finished, practice_draft, product};

/// A trait as a person writes it in the window.
fn punning() -> Value {
    let level = |sentence: &str, example: &str| json!({"sentence": sentence, "example": example, "prompt": "", "reminder": ""});
    json!({
        "id": "", "name": "Punning", "customers": "", "description": "Cannot let a pun go by.",
        "levels": [
            level("Lets slip a pun now and then.", "I am all ears, and not only the corn."),
            level("Puns in most messages.", "This lamp is not very bright, is it? Get it, a lamp pun?"),
            level("Puns in every message.", "Refund me, it is only fund-amental. Wordplay, you know."),
            level("Hardly says anything that is not a pun.", "Pun, pun, pun: my order was out of order."),
        ],
        "must_not": ["forget what they came for"], "words": ["pun", "wordplay"], "pairs": [],
    })
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trait_of_a_persons_own_goes_from_a_draft_to_a_finished_run_that_keeps_its_words() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut half = punning();
    half["levels"][1]["example"] = json!("");
    let checked = call(&product, "check_trait", json!({"draft": half})).await;
    assert_eq!(checked["problems"][0]["field"], "levels.1.example", "{checked}");
    let refused = product.call("save_trait", json!({"draft": half})).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::BadRequest);
    let checked = call(&product, "check_trait", json!({"draft": punning()})).await;
    assert_eq!(checked["problems"], json!([]));
    assert!(checked["advice"].to_string().contains("Without pairs"), "{checked}");

    let saved = call(&product, "save_trait", json!({"draft": punning()})).await;
    assert_eq!((&saved["draft"]["id"], &saved["shipped"]), (&json!("punning"), &json!(false)));
    assert_eq!(saved["draft"]["customers"], "customers with punning");
    assert!(
        saved["draft"]["levels"][2]["prompt"].as_str().expect("a prompt").contains("every message")
    );
    let listed = call(&product, "list_traits", json!({})).await;
    assert_eq!(ids(&listed).last(), Some(&"punning"), "after the shipped ones");

    let mut draft = practice_draft();
    draft["conditions"] = json!([{"name": "", "levels": {"punning": 2.5, "impatience": 3}}]);
    let preview = call(&product, "preview_run", json!({"draft": draft})).await;
    assert_eq!(preview["problems"], json!([]));
    assert_eq!(preview["conditions"][1]["name"], "Impatience: Strong + Punning: 2.5");
    let told = preview["sentence"].as_str().expect("a sentence");
    assert!(told.contains("does not live Punning"), "{told}");
    let run = finished(&product, draft).await;
    let detail = call(&product, "get_run", json!({"id": run})).await;
    assert_eq!(detail["conditions"][1]["levels"], json!({"impatience": 3.0, "punning": 2.5}));
    assert_ne!(detail["conditions"][1]["color"], "");
    assert!(detail["setup"].to_string().contains("Traits of your own"), "{}", detail["setup"]);
    assert_eq!(call(&product, "get_trait", json!({"id": "punning"})).await["runs"], 1);

    // The run keeps the trait's words when it is gone.
    let left = call(&product, "delete_trait", json!({"id": "punning"})).await;
    assert!(!ids(&left).contains(&"punning"));
    let detail = call(&product, "get_run", json!({"id": run})).await;
    assert_eq!(detail["conditions"][1]["name"], "Impatience: Strong + Punning: 2.5");
    assert!(detail["setup"].to_string().contains("Punning"), "{}", detail["setup"]);
    let again = call(&product, "draft_of_run", json!({"id": run})).await;
    let preview = call(&product, "preview_run", json!({"draft": again})).await;
    assert_eq!(preview["problems"][0]["field"], "conditions.0", "a trait that is gone is said");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shipped_trait_is_copied_and_not_changed_and_files_travel() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let mut draft = call(&product, "get_trait", json!({"id": "impatience"})).await["draft"].clone();
    let refused = product.call("save_trait", json!({"draft": draft})).await.expect_err("refused");
    assert!(refused.message.contains("comes with the app"), "{}", refused.message);
    let refused = product.call("delete_trait", json!({"id": "impatience"})).await;
    assert_eq!(refused.expect_err("refused").code, ErrorCode::Conflict);
    draft["id"] = json!("");
    draft["name"] = json!("My impatience");
    let copy = call(&product, "save_trait", json!({"draft": draft})).await;
    assert_eq!(copy["draft"]["id"], "my-impatience");

    let exported = call(&product, "export_trait", json!({"id": "my-impatience"})).await;
    let path = exported["path"].as_str().expect("a path").to_owned();
    let same = call(&product, "import_trait", json!({"path": path})).await;
    assert_eq!(same["draft"]["id"], "my-impatience", "the same file is the same trait");
    let text = std::fs::read_to_string(&path).expect("the file");
    std::fs::write(&path, text.replace("My impatience", "Our impatience")).expect("it is written");
    let other = call(&product, "import_trait", json!({"path": path})).await;
    assert_eq!(other["draft"]["id"], "my-impatience-2", "another trait stays beside it");
    assert_eq!(other["draft"]["name"], "Our impatience");
    std::fs::write(&path, "id = \"half\"\n").expect("it is written");
    let refused = product.call("import_trait", json!({"path": path})).await.expect_err("refused");
    assert!(
        refused.detail.contains("name") && refused.detail.contains("levels"),
        "{}",
        refused.detail
    );
}

#[tokio::test]
async fn a_broken_trait_file_is_told_and_the_rest_stays() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    call(&product, "save_trait", json!({"draft": punning()})).await;
    std::fs::write(data.path().join("traits/broken.toml"), "id = ").expect("it is written");
    let listed = call(&product, "list_traits", json!({})).await;
    assert!(ids(&listed).contains(&"punning"));
    let problems = call(&product, "trait_problems", json!({})).await;
    assert_eq!(problems.as_array().map(Vec::len), Some(1));
    assert!(problems[0].as_str().expect("a sentence").contains("broken.toml"), "{problems}");
}

async fn refused(product: &Product, name: &str, arguments: Value) -> String {
    product.call(name, arguments).await.expect_err("refused").message
}

#[tokio::test]
async fn mixes_get_names_and_a_mix_beyond_the_cap_says_what_is_played() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let shipped = call(&product, "list_presets", json!({})).await;
    assert!(shipped.as_array().is_some_and(|list| !list.is_empty() && list[0]["shipped"] == true));
    let mix = |id: &str, name: &str, levels: Value| json!({"preset": {"id": id, "name": name, "description": "", "levels": levels, "shipped": false}});
    let own = mix("", "Monday morning", json!({"impatience": 2.5, "skeptical": 1}));
    let listed = call(&product, "save_preset", own).await;
    let last = listed.as_array().expect("a list").last().expect("mine").clone();
    assert_eq!(
        (&last["name"], &last["levels"]["impatience"]),
        (&json!("Monday morning"), &json!(2.5))
    );
    let id = last["id"].as_str().expect("an id").to_owned();
    let renamed = mix(&id, "Tuesday", json!({"impatience": 1}));
    let listed = call(&product, "save_preset", renamed).await;
    assert_eq!(listed.as_array().map(Vec::len), shipped.as_array().map(|list| list.len() + 1));
    assert!(
        refused(&product, "save_preset", mix("", "tuesday", json!({"impatience": 1})))
            .await
            .contains("already")
    );
    assert!(
        refused(&product, "save_preset", mix("", "None", json!({"impatience": 0})))
            .await
            .contains("off")
    );
    assert!(
        refused(&product, "save_preset", mix("", "X", json!({"rude": 1}))).await.contains("rude")
    );
    let left = call(&product, "delete_preset", json!({"id": id})).await;
    assert_eq!(left, shipped);

    let within =
        call(&product, "check_mix", json!({"levels": {"impatience": 3, "skeptical": 1}})).await;
    assert_eq!(within["label"], "Impatience: Strong + Skepticism: Slight");
    assert_eq!((&within["factor"], &within["sentence"]), (&json!(1.0), &json!("")));
    let all = json!({"impatience": 4, "skeptical": 4, "confusion": 4, "incoherence": 4});
    let beyond = call(&product, "check_mix", json!({"levels": all})).await;
    assert!(
        beyond["sentence"].as_str().is_some_and(|said| said.contains("75 % of its level")),
        "{beyond}"
    );
    let mut draft = practice_draft();
    draft["conditions"] = json!([{"name": "All at once", "levels": all}]);
    let preview = call(&product, "preview_run", json!({"draft": draft})).await;
    assert_eq!(preview["problems"], json!([]));
    let told = preview["sentence"].as_str().expect("a sentence");
    assert!(told.contains("All at once") && told.contains("75 %"), "{told}");
}

#[tokio::test]
async fn a_sweep_makes_mixes_for_a_run_and_too_large_a_one_is_refused_with_both_figures() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let sweep = |kind: &str, traits: Value, levels: Value| json!({"request": {"kind": kind, "traits": traits, "levels": levels}});
    for (kind, expected) in [("single", 4), ("pairs", 4), ("full", 8)] {
        let made = call(
            &product,
            "make_sweep",
            sweep(kind, json!(["impatience", "skeptical"]), json!([2, 3.5])),
        )
        .await;
        assert_eq!(made["conditions"].as_array().map(Vec::len), Some(expected), "{kind}: {made}");
        let mut draft = practice_draft();
        draft["conditions"] = made["conditions"].clone();
        let preview = call(&product, "preview_run", json!({"draft": draft})).await;
        assert_eq!(preview["problems"], json!([]), "{kind}");
    }
    let many = sweep(
        "full",
        json!(["impatience", "skeptical", "confusion", "incoherence"]),
        json!([1, 2, 3, 4]),
    );
    let said = refused(&product, "make_sweep", many).await;
    assert!(said.contains("624 mixes") && said.contains("64"), "{said}");
    let one = sweep("pairs", json!(["impatience"]), json!([1]));
    assert!(refused(&product, "make_sweep", one).await.contains("two traits"));
}
