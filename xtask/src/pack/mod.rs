//! `cargo xtask pack mobile`: the tasks of our own dual-control pack, composed from faults.
//!
//! What is drawn on: the customers of `data/packs/mobile/db.json`, who they are as people
//! ([`people`]), and the faults ([`fault`]). What comes out: `tasks.json` and `split_tasks.json` beside
//! the database, the same on each run. `crates/tau-toolkits/tests/mobile.rs` proves them on the toolkit.

mod choice;
mod fault;
mod people;
mod task;
mod words;

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::shell::{self, Result};
use choice::Composition;
use people::Customer;

/// The packs whose tasks are composed here.
const PACKS: &str = "mobile";

/// Writes the tasks of the pack that the arguments name.
pub fn pack(arguments: &[String]) -> Result<()> {
    match arguments {
        [name] if name == PACKS => {}
        _ => return Err(format!("cargo xtask pack {PACKS}")),
    }
    let files = files()?;
    for (name, text) in &files {
        let path = folder().join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("wrote {}", path.display());
    }
    Ok(())
}

fn folder() -> PathBuf {
    shell::root().join("data/packs/mobile")
}

/// The files, by name, as they are to be.
fn files() -> Result<Vec<(&'static str, String)>> {
    let path = folder().join("db.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let database: Value =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let customers = Customer::all(&database)?;
    let chosen = choice::chosen();
    // Families take turns, too: a step further each round, so that everybody calls about everything.
    let caller = |number: usize| &customers[(number + number / customers.len()) % customers.len()];
    let tasks: Vec<Value> = chosen
        .iter()
        .enumerate()
        .map(|(number, one)| task::task(one, caller(number), number))
        .collect();
    // A task a line: small enough, and a change shows in the history as the tasks it concerns.
    let lines: Vec<String> = tasks.iter().map(Value::to_string).collect();
    let splits = serde_json::to_string_pretty(&splits(&chosen)).map_err(|e| e.to_string())?;
    Ok(vec![
        ("tasks.json", format!("[\n{}\n]\n", lines.join(",\n"))),
        ("split_tasks.json", format!("{splits}\n")),
    ])
}

/// `small` has one fault a task, `base` more than one; a third of `base` is `test`, the rest `train`.
fn splits(chosen: &[Composition]) -> Value {
    let (small, base): (Vec<&Composition>, _) =
        chosen.iter().partition(|one| one.faults.len() == 1);
    // The families take turns, three tasks a round: every third round goes to the test.
    let (test, train): (Vec<_>, Vec<_>) =
        base.iter().enumerate().partition(|(place, _)| place / 3 % 3 == 2);
    let ids = |all: &[&Composition]| all.iter().map(|one| one.id()).collect::<Vec<_>>();
    let of = |some: Vec<(usize, &&Composition)>| {
        some.iter().map(|(_, one)| one.id()).collect::<Vec<_>>()
    };
    json!({
        "base": ids(&base),
        "train": of(train),
        "test": of(test),
        "small": ids(&small),
        "full": chosen.iter().map(Composition::id).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tasks_are_those_that_are_composed() {
        for (name, text) in files().unwrap() {
            let shipped = fs::read_to_string(folder().join(name)).unwrap();
            assert!(shipped == text, "{name} differs: run `cargo xtask pack mobile`");
        }
    }
}
