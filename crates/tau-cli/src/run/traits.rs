//! `--trait-dict`: JSON on the command line, or a file of tau-trait's.

use std::path::Path;

use serde_json::Value;
use tau_traits::hosted::{Numbers, read_trait_dict};
use tau_traits::{Condition, TraitSet};

use crate::error::CliError;

/// Longest file that is read.
const LONGEST_FILE: u64 = 1024 * 1024;

/// The customers that `--trait-dict` asks for; without it those without traits.
///
/// JSON on the command line counts our levels, 0 to 4. A file counts as upstream's runner does, which
/// takes no other form: it is the `trait_dict` itself (`notebooks/example_trait_dict_skeptical.json`)
/// or a configuration of a run with one in it.
pub fn condition(written: Option<&str>, set: &TraitSet) -> Result<Condition, CliError> {
    let Some(written) = written else { return Ok(Condition::baseline()) };
    let inline = written.trim_start().starts_with('{');
    let (text, numbers) = match inline {
        true => (written.to_owned(), Numbers::Slider),
        false => (file(Path::new(written))?, Numbers::Service),
    };
    let mut dict: Value = serde_json::from_str(&text).map_err(|error| bad(&error))?;
    if !inline && let Some(inner) = dict.get_mut("trait_dict") {
        dict = inner.take();
        if dict.is_null() {
            return Ok(Condition::baseline());
        }
    }
    let read = read_trait_dict(&dict, numbers, set).map_err(|error| bad(&error))?;
    Ok(read.condition(set))
}

/// Refuses traits that do not exist here. A steer service may know others; it is asked instead.
pub fn check(condition: &Condition, set: &TraitSet) -> Result<(), CliError> {
    condition.mix.check(set).map_err(|error| bad(&error))
}

fn bad(reason: &dyn std::fmt::Display) -> CliError {
    CliError::new("trait_dict", format!("--trait-dict: {reason}")).help(
        r#"Write it as JSON, for instance '{"impatience": 3}'; levels go from 0 to 4. Or give the path of a file with it."#,
    )
}

fn file(path: &Path) -> Result<String, CliError> {
    let unreadable = |error: std::io::Error| bad(&format!("{}: {error}", path.display()));
    if std::fs::metadata(path).map_err(unreadable)?.len() > LONGEST_FILE {
        return Err(bad(&format!("{} is too long to be a list of traits", path.display())));
    }
    std::fs::read_to_string(path).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked(written: Option<&str>) -> Result<Condition, CliError> {
        condition(written, TraitSet::shipped())
    }

    fn of_file(text: &str) -> Condition {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("traits.json");
        std::fs::write(&path, text).unwrap();
        asked(path.to_str()).unwrap()
    }

    #[test]
    fn json_on_the_command_line_counts_our_levels() {
        let ours = asked(Some(r#" {"impatience": 1, "skeptical": 2.5, "confusion": 0}"#)).unwrap();
        assert_eq!(ours.name, "Impatience: Slight + Skepticism: 2.5");
        assert_eq!(ours.trait_dict, None);
        let words = asked(Some(r#"{"impatience": "high", "confusion": "low"}"#)).unwrap();
        assert_eq!(words.name, "Impatience: Strong");
        assert_eq!(json!(words.trait_dict), json!({"impatience": "high", "confusion": "low"}));
        assert_eq!(asked(None).unwrap(), Condition::baseline());
    }

    #[test]
    fn a_file_counts_as_tau_trait_does() {
        let words = r#"{"impatience": "low", "confusion": "low", "skeptical": "medium", "incoherence": "low"}"#;
        let read = of_file(words);
        assert_eq!(read.name, "Skepticism: Clear");
        assert_eq!(serde_json::to_value(&read.trait_dict).unwrap()["skeptical"], "medium");
        let numbers = r#"{"impatience": 1, "confusion": 0, "skeptical": 0, "incoherence": 0}"#;
        assert_eq!(of_file(numbers).name, "Impatience: Clear");
        let config = r#"{"model": "gpt-4o-mini", "env": "retail", "user_strategy": "trait-mix",
            "trait_dict": {"impatience": 1, "confusion": 0, "skeptical": 2, "incoherence": 0}}"#;
        assert_eq!(of_file(config).name, "Impatience: Clear + Skepticism: Strong");
        assert_eq!(of_file(r#"{"trait_dict": null}"#), Condition::baseline());
    }

    #[test]
    fn what_is_neither_is_refused_with_what_would_do() {
        for (written, part) in [
            ("{rude: 1}", "--trait-dict"),
            (r#"{"impatience": "often"}"#, "`often` is no level"),
            ("no-such-file.json", "no-such-file.json"),
        ] {
            let error = asked(Some(written)).unwrap_err();
            assert!(error.message.contains(part), "{written}: {}", error.message);
        }
        let unknown = asked(Some(r#"{"rudeness": 1}"#)).unwrap();
        assert!(check(&unknown, TraitSet::shipped()).unwrap_err().message.contains("rudeness"));
    }
}
