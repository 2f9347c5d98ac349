//! Example conversations for the few-shot agent (upstream `agents/few_shot_agent.py`).
//!
//! The format is upstream's: one JSON object a line, with the conversation as text under
//! `messages_display`.

use rand::SeedableRng;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// How many displays an agent is shown (upstream's `num_few_shots`).
pub const SHOWN: usize = 5;

/// Largest file, in bytes. Upstream's are under one million.
pub const LARGEST: usize = 16 << 20;

const SHIPPED: [(&str, &str); 4] = [
    ("airline", include_str!("../../../data/exemplars/airline.jsonl")),
    ("retail", include_str!("../../../data/exemplars/retail.jsonl")),
    ("telecom", include_str!("../../../data/exemplars/telecom.jsonl")),
    ("telehealth", include_str!("../../../data/exemplars/telehealth.jsonl")),
];

/// A file that is not a list of displays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisplaysError {
    /// It is larger than [`LARGEST`].
    #[error("the file is larger than {} MB", LARGEST >> 20)]
    TooLarge,
    /// A line is not `{"messages_display": "..."}`.
    #[error("line {line} is not a JSON object with a text under \"messages_display\": {reason}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What the JSON reader says.
        reason: String,
    },
    /// There is nothing in it.
    #[error("there is no example conversation in the file")]
    Empty,
}

/// Fewer displays than an agent has to be shown. Upstream refuses as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a few-shot agent is shown {SHOWN} example conversations, and there are only {0}")]
pub struct TooFew(pub usize);

/// The displays that come with a pack of ours, by the domain's name.
pub fn shipped(domain: &str) -> Option<Vec<String>> {
    let (_, text) = SHIPPED.iter().find(|(name, _)| *name == domain)?;
    read(text).ok()
}

/// Reads a file of displays; empty lines do not count.
///
/// # Errors
/// The first line that is none.
pub fn read(text: &str) -> Result<Vec<String>, DisplaysError> {
    #[derive(Deserialize)]
    struct Line {
        messages_display: String,
    }
    if text.len() > LARGEST {
        return Err(DisplaysError::TooLarge);
    }
    let mut displays = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Line = serde_json::from_str(line)
            .map_err(|error| DisplaysError::Line { line: index + 1, reason: error.to_string() })?;
        displays.push(line.messages_display);
    }
    if displays.is_empty() { Err(DisplaysError::Empty) } else { Ok(displays) }
}

/// Draws [`SHOWN`] of the displays without replacement. The same seed draws the same ones in the same
/// order; upstream draws anew for each conversation, which here follows from the episode's seed.
///
/// # Errors
/// [`TooFew`].
pub fn draw(displays: &[String], seed: u64) -> Result<Vec<&str>, TooFew> {
    if displays.len() < SHOWN {
        return Err(TooFew(displays.len()));
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    Ok(sample(&mut random, displays.len(), SHOWN)
        .into_iter()
        .map(|index| displays[index].as_str())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_seed_decides_which_examples_are_shown_and_none_is_shown_twice() {
        let displays: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        let mut draws = HashSet::new();
        for seed in 0..50 {
            let drawn = draw(&displays, seed).unwrap();
            assert_eq!(drawn, draw(&displays, seed).unwrap());
            assert_eq!(drawn.iter().collect::<HashSet<_>>().len(), SHOWN);
            draws.insert(drawn);
        }
        assert!(draws.len() > 40, "only {} different draws", draws.len());
        assert_eq!(draw(&displays[..4], 1), Err(TooFew(4)));
    }

    #[test]
    fn a_file_of_upstreams_shape_is_read_and_another_is_refused_by_its_line() {
        let text = "{\"messages_display\": \"user: Hi\\nassistant: None\\ntool: 5\"}\n\n{\"messages_display\": \"b\", \"more\": 1}\n";
        assert_eq!(read(text).unwrap(), ["user: Hi\nassistant: None\ntool: 5", "b"]);
        for (text, line) in [("{\"messages_display\": \"a\"}\n{\"display\": 1}", 2), ("[]", 1)] {
            assert!(matches!(read(text), Err(DisplaysError::Line { line: at, .. }) if at == line));
        }
        assert_eq!(read("\n \n"), Err(DisplaysError::Empty));
    }

    #[test]
    fn every_domain_of_ours_has_more_examples_than_are_shown() {
        for (name, text) in SHIPPED {
            let displays = read(text).unwrap();
            assert!(displays.len() > SHOWN, "{name}: {}", displays.len());
            let different: HashSet<_> = displays.iter().collect();
            assert_eq!(different.len(), displays.len(), "{name}");
        }
        assert_eq!(shipped("elsewhere"), None);
    }
}
