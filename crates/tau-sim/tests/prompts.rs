//! What a model is sent that plays a customer with traits, to the letter: every shipped trait at every
//! level, and mixes. A change of a word shows here before a model reads it; `UPDATE_SNAPSHOTS=1` writes
//! the files anew.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tau_domain::{Message, Role, Task};
use tau_sim::testing::ScriptedModel;
use tau_sim::{Customer, CustomerStrategy, ModelCustomer, Wording};
use tau_traits::{LEVEL_NAMES, Prompted, TraitMix, TraitSet};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

fn task() -> Task {
    serde_json::from_str(
        r#"{"id": "1", "user_id": "u", "instruction": "You are Ann Lee. You want your broken lamp exchanged. The order number is #W77."}"#,
    )
    .unwrap()
}

/// The whole of what the model is asked at a customer's second turn.
async fn asked(mix: &TraitMix, strategy: CustomerStrategy) -> String {
    let model = Arc::new(ScriptedModel::saying(["..."]));
    let wording = Wording::shipped();
    let set = TraitSet::shipped();
    let voice = Prompted::new(Box::new(model.clone()), mix, set, wording.anchor()).unwrap();
    let customer = ModelCustomer::new(strategy, Box::new(voice), &task(), &wording).unwrap();
    let conversation = [
        Message::text(Role::System, "The policy, which a customer does not see."),
        Message::text(Role::User, "My lamp is broken."),
        Message::text(Role::Assistant, "Which order is it?"),
    ];
    customer.reply(&conversation).await.unwrap();
    let requests = model.asked();
    assert_eq!(requests.len(), 1);
    let mut text = String::new();
    for message in &requests[0].messages {
        let role = format!("{:?}", message.role).to_lowercase();
        write!(text, "--- {role}\n{}\n", message.content.as_deref().unwrap().trim_end()).unwrap();
    }
    text
}

/// What differs from the stored text, or nothing; writes it when that was asked for.
fn compare(name: &str, text: &str) -> Option<String> {
    let path = folder().join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(folder()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    // A checkout may end its lines in its own way.
    let stored = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if stored == text {
        return None;
    }
    let line = stored.lines().zip(text.lines()).position(|(old, new)| old != new);
    let line = line.unwrap_or_else(|| stored.lines().count().min(text.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(its end)").to_owned();
    Some(format!("{name}, line {}:\n  was: {}\n  is:  {}", line + 1, at(&stored), at(text)))
}

#[tokio::test]
async fn what_models_are_told_of_every_trait_at_every_level_is_what_was_last_read_over() {
    let mut texts: Vec<(String, String)> = Vec::new();
    for each in TraitSet::shipped() {
        let mut text = String::new();
        for level in 1..=4u8 {
            let mix = TraitMix::new([(each.id.as_str(), level)]).unwrap();
            let asked = asked(&mix, CustomerStrategy::Llm).await;
            assert!(asked.contains(&each.levels[usize::from(level)].prompt), "{}", each.id);
            assert!(each.must_not.iter().all(|rule| asked.contains(rule.as_str())), "{}", each.id);
            let name = LEVEL_NAMES[usize::from(level)];
            write!(text, "===== {}: {name}\n{asked}\n", each.name).unwrap();
        }
        texts.push((format!("{}.txt", each.id), text));
    }
    let mixes: [&[(&str, f64)]; 4] = [
        &[("impatience", 3.0), ("skeptical", 1.5)],
        &[("impatience", 4.0), ("skeptical", 4.0), ("confusion", 4.0)],
        &[("verbosity", 2.0), ("oversharing", 3.0), ("distraction", 1.0)],
        &[],
    ];
    let mut text = String::new();
    for levels in mixes {
        let mix = TraitMix::new(levels.iter().copied()).unwrap();
        let label = mix.label(TraitSet::shipped());
        for strategy in [CustomerStrategy::Llm, CustomerStrategy::React] {
            let asked = asked(&mix, strategy).await;
            write!(text, "===== {label}, {strategy}\n{asked}\n").unwrap();
        }
    }
    texts.push(("mixes.txt".to_owned(), text));

    let differing: Vec<String> =
        texts.iter().filter_map(|(name, text)| compare(name, text)).collect();
    assert!(
        differing.is_empty(),
        "prompts have changed; read them over and run with UPDATE_SNAPSHOTS=1:\n{}",
        differing.join("\n")
    );
    let stored: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let made: BTreeSet<String> = texts.into_iter().map(|(name, _)| name).collect();
    assert_eq!(stored, made, "no file is left of a trait that is gone");
}
