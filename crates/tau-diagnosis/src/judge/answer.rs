//! A judging model's answer, read to the letter: what is not exactly as asked for is a problem that is
//! told, and never guessed at.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Author, Kind, Severity, Tag};

/// The first judgement.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthorAnswer {
    pub(super) author: Author,
    pub(super) first_turn: Option<u32>,
    pub(super) severity: Severity,
    pub(super) tags: Vec<Tag>,
    pub(super) description: String,
}

/// The second judgement.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindAnswer {
    pub(super) kind: Kind,
    pub(super) description: String,
}

/// Reads the first judgement of a conversation with this many turns.
pub(super) fn author(text: &str, turns: u32) -> Result<AuthorAnswer, String> {
    let mut answer: AuthorAnswer = object(text)?;
    if let Some(turn) = answer.first_turn
        && !(1..=turns).contains(&turn)
    {
        return Err(format!("there is no turn {turn}; turns go from 1 to {turns}"));
    }
    described(&answer.description)?;
    let mut seen = Vec::new();
    answer.tags.retain(|tag| {
        !seen.contains(tag) && {
            seen.push(*tag);
            true
        }
    });
    Ok(answer)
}

/// Reads the second judgement.
pub(super) fn kind(text: &str) -> Result<KindAnswer, String> {
    let answer: KindAnswer = object(text)?;
    described(&answer.description)?;
    Ok(answer)
}

fn described(description: &str) -> Result<(), String> {
    if description.trim().is_empty() { Err("the description is empty".to_owned()) } else { Ok(()) }
}

/// The object that is the whole text, or the whole of one fenced block that is the whole text.
pub(crate) fn object<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let text = text.trim();
    let fenced = text.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    let text = match fenced {
        Some(inside) => inside.strip_prefix("json").unwrap_or(inside).trim(),
        None => text,
    };
    serde_json::from_str(text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"author": "agent", "first_turn": 3, "severity": "critical",
        "tags": ["hallucination", "hallucination"], "description": "It made up a fee."}"#;

    #[test]
    fn an_answer_is_an_object_alone_or_in_a_fence() {
        for text in [GOOD.to_owned(), format!("```json\n{GOOD}\n```"), format!(" ```\n{GOOD}``` ")]
        {
            let answer = author(&text, 5).unwrap();
            assert_eq!((answer.author, answer.first_turn), (Author::Agent, Some(3)));
            assert_eq!(answer.tags, [Tag::Hallucination]);
        }
        let answer = kind(r#"{"kind": "other", "description": "x"}"#).unwrap();
        assert_eq!(answer.kind, Kind::Other);
    }

    #[test]
    fn whatever_is_not_as_asked_for_is_a_problem() {
        let problem = |from: &str, to: &str| author(&GOOD.replacen(from, to, 1), 5).unwrap_err();
        assert!(problem("\"agent\"", "\"nobody\"").contains("nobody"));
        assert!(problem("3", "9").contains("no turn 9"));
        assert!(problem("3", "0").contains("no turn 0"));
        assert!(problem("3", "\"3\"").contains("invalid type"));
        assert!(problem("hallucination", "boredom").contains("boredom"));
        assert!(problem("It made up a fee.", " ").contains("empty"));
        assert!(problem("severity", "urgency").contains("urgency"));
        assert!(author(&format!("Here you are: {GOOD}"), 5).is_err());
        assert!(author(&format!("{GOOD} {GOOD}"), 5).is_err());
        assert!(author("", 5).is_err());
        assert!(kind(r#"{"kind": "other"}"#).is_err());
    }
}
