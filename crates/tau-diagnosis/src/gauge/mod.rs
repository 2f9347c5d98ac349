//! A judging model as a trait meter: how much of some traits one message of a customer shows, and
//! which of two messages shows more of one.
//!
//! It is blind: it sees a message, or two, and the levels' descriptions, and neither the condition nor
//! the rest of the conversation. Which of two messages comes first is drawn by the caller's seed, since
//! judges lean towards a place.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use tau_llm::ChatModel;
use tau_sim::Wording;
use tau_sim::prompts::{PromptError, PromptInfo, check, render};

use crate::judge::{ask, object};
use crate::{JudgeError, Spent};

/// Id of the prompt that asks for levels.
pub const RATE_PROMPT: &str = "fidelity/rate";
/// Id of the prompt that asks which of two shows more.
pub const COMPARE_PROMPT: &str = "fidelity/compare";

const PROMPTS: [PromptInfo; 2] = [
    PromptInfo {
        id: RATE_PROMPT,
        title: "Fidelity: how much of a trait",
        description: "Asks a judging model how strongly one message of a customer shows each trait.",
        variables: &["traits", "agent", "message"],
        required: &["traits", "message"],
        text: include_str!("../../../../data/prompts/fidelity/rate.md"),
    },
    PromptInfo {
        id: COMPARE_PROMPT,
        title: "Fidelity: which shows more",
        description: "Asks a judging model which of two customers' messages shows more of a trait.",
        variables: &["trait", "first", "second"],
        required: &["trait", "first", "second"],
        text: include_str!("../../../../data/prompts/fidelity/compare.md"),
    },
];

/// The prompts of the judging meter that come with the product.
pub fn fidelity_prompts() -> &'static [PromptInfo] {
    &PROMPTS
}

/// A trait as a judge is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GaugedTrait {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Name and sentence of each level, from Off.
    pub levels: Vec<(String, String)>,
}

/// Which of two messages shows more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum More {
    /// The first.
    First,
    /// The second.
    Second,
    /// Neither.
    Same,
}

/// A model that reads levels.
pub struct Gauge {
    model: Arc<dyn ChatModel>,
    rate: String,
    compare: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Levels {
    levels: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    more: String,
}

impl Gauge {
    /// A gauge with the prompts of `wording`; where it has none of its own, with the shipped ones.
    ///
    /// # Errors
    /// When a prompt cannot be used.
    pub fn new(model: Arc<dyn ChatModel>, wording: &Wording) -> Result<Gauge, PromptError> {
        let text = |info: &PromptInfo| {
            let own = wording.texts.get(info.id).map(String::as_str).unwrap_or(info.text);
            check(info, own).map(|()| own.to_owned())
        };
        Ok(Gauge { model, rate: text(&PROMPTS[0])?, compare: text(&PROMPTS[1])? })
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        self.model.name()
    }

    /// SHA-256, in hex, of the prompts in use and of the traits they describe: with the model's name,
    /// what identifies a reading.
    pub fn version(&self, traits: &[GaugedTrait]) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        add(&self.rate);
        add(&self.compare);
        for each in traits {
            add(&each.id);
            add(&each.description);
            each.levels.iter().for_each(|(name, sentence)| {
                add(name);
                add(sentence);
            });
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// How much of each trait a message shows, 0 to 4, in the order of the traits. What it took is
    /// counted in `spent`, also when it fails.
    ///
    /// # Errors
    /// When the model could not be asked or did not answer as asked.
    pub async fn rate(
        &self,
        traits: &[GaugedTrait],
        agent: Option<&str>,
        message: &str,
        spent: &mut Spent,
    ) -> Result<Vec<f64>, JudgeError> {
        let told: Vec<String> = traits.iter().map(described).collect();
        let values = json!({
            "traits": told.join("\n\n"), "agent": agent.unwrap_or_default(), "message": message,
        });
        let question = render(RATE_PROMPT, &self.rate, values)?;
        ask(self.model.as_ref(), question, spent, |text| levels(text, traits)).await
    }

    /// Which of two messages shows more of a trait.
    ///
    /// # Errors
    /// When the model could not be asked or did not answer as asked.
    pub async fn compare(
        &self,
        each: &GaugedTrait,
        first: &str,
        second: &str,
        spent: &mut Spent,
    ) -> Result<More, JudgeError> {
        let strongest = each.levels.last().map(|(_, sentence)| sentence.as_str());
        let told = format!(
            "{}. {}\nAt its strongest: {}",
            each.name,
            each.description,
            strongest.unwrap_or_default()
        );
        let values = json!({"trait": told, "first": first, "second": second});
        let question = render(COMPARE_PROMPT, &self.compare, values)?;
        ask(self.model.as_ref(), question, spent, which).await
    }
}

/// A trait with its levels, a line each.
fn described(each: &GaugedTrait) -> String {
    let levels = each.levels.iter().enumerate();
    let lines = levels.map(|(value, (name, sentence))| format!("- {value} ({name}): {sentence}"));
    format!(
        "## {}: {}\n{}\n{}",
        each.id,
        each.name,
        each.description,
        lines.collect::<Vec<_>>().join("\n")
    )
}

fn levels(text: &str, traits: &[GaugedTrait]) -> Result<Vec<f64>, String> {
    let answer: Levels = object(text)?;
    if let Some(id) = answer.levels.keys().find(|id| traits.iter().all(|each| each.id != **id)) {
        return Err(format!("nobody asked for `{id}`"));
    }
    traits
        .iter()
        .map(|each| match answer.levels.get(&each.id) {
            Some(level) if (0.0..=4.0).contains(level) => Ok(*level),
            Some(level) => Err(format!("{level} of `{}` is not between 0 and 4", each.id)),
            None => Err(format!("the level of `{}` is missing", each.id)),
        })
        .collect()
}

fn which(text: &str) -> Result<More, String> {
    let answer: Which = object(text)?;
    match answer.more.trim().to_lowercase().as_str() {
        "a" => Ok(More::First),
        "b" => Ok(More::Second),
        "same" => Ok(More::Same),
        other => Err(format!("`{other}` is neither A nor B nor same")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;
    use std::sync::Mutex;
    use tau_domain::{Message, Role, Usage};
    use tau_llm::{ChatReply, ChatRequest, Finish, ModelError};

    #[derive(Debug)]
    struct Scripted {
        answers: Mutex<Vec<&'static str>>,
        asked: Mutex<Vec<String>>,
    }

    #[async_trait]
    impl ChatModel for Scripted {
        fn name(&self) -> &str {
            "judge-1"
        }

        async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
            let last = request.messages.last().and_then(|last| last.content.clone());
            self.asked.lock().unwrap().push(last.unwrap_or_default());
            let answer = self.answers.lock().unwrap().remove(0);
            Ok(ChatReply {
                message: Message::text(Role::Assistant, answer),
                usage: Usage { input_tokens: 100, output_tokens: 10 },
                finish: Finish::Stop,
                cost_usd: Some(0.001),
                attempts: 1,
            })
        }
    }

    fn trait_of(id: &str) -> GaugedTrait {
        let level = |name: &str| (name.to_owned(), format!("{name} of {id}."));
        GaugedTrait {
            id: id.into(),
            name: id.to_uppercase(),
            description: format!("About {id}."),
            levels: ["Off", "Slight", "Clear", "Strong", "Extreme"].map(level).into(),
        }
    }

    fn gauge(answers: &[&'static str]) -> (Gauge, Arc<Scripted>) {
        let answers = Mutex::new(answers.to_vec());
        let model = Arc::new(Scripted { answers, asked: Mutex::default() });
        (Gauge::new(model.clone(), &Wording::shipped()).unwrap(), model)
    }

    #[tokio::test]
    async fn a_message_is_rated_for_each_trait_and_what_cannot_be_read_is_asked_again() {
        let (gauge, model) = gauge(&[
            r#"{"levels": {"impatience": 3}}"#,
            r#"{"levels": {"confusion": 0.5, "impatience": 3}}"#,
        ]);
        let traits = [trait_of("impatience"), trait_of("confusion")];
        let mut spent = Spent::default();
        let found = gauge.rate(&traits, Some("Which order?"), "NOW!", &mut spent).await.unwrap();
        assert_eq!(found, [3.0, 0.5]);
        assert_eq!((spent.usage.input_tokens, spent.cost_usd), (200, Some(0.002)));
        let asked = model.asked.lock().unwrap();
        for words in ["NOW!", "Which order?", "3 (Strong): Strong of impatience."] {
            assert!(asked[0].contains(words), "{words}: {}", asked[0]);
        }
        assert!(asked[1].contains("the level of `confusion` is missing"), "{}", asked[1]);
    }

    #[tokio::test]
    async fn two_messages_are_compared_without_a_word_on_who_was_asked_for_what() {
        let (gauge, model) = gauge(&[r#"{"more": "B"}"#, r#"{"more": "same"}"#]);
        let mut spent = Spent::default();
        let each = trait_of("impatience");
        let more = gauge.compare(&each, "Fine.", "NOW!", &mut spent).await.unwrap();
        assert_eq!(more, More::Second);
        assert_eq!(gauge.compare(&each, "a", "b", &mut spent).await.unwrap(), More::Same);
        let asked = model.asked.lock().unwrap();
        assert!(asked[0].contains("Fine.") && !asked[0].to_lowercase().contains("baseline"));
    }

    #[test]
    fn levels_outside_the_scale_and_traits_nobody_asked_for_are_refused() {
        let traits = [trait_of("impatience")];
        assert!(
            levels(r#"{"levels": {"impatience": 5}}"#, &traits)
                .unwrap_err()
                .contains("not between")
        );
        assert!(
            levels(r#"{"levels": {"impatience": 1, "x": 1}}"#, &traits)
                .unwrap_err()
                .contains("nobody")
        );
        assert!(which(r#"{"more": "C"}"#).is_err());
    }

    #[test]
    fn another_description_of_a_trait_is_another_version() {
        let (gauge, _) = gauge(&[]);
        let mut other = trait_of("impatience");
        other.description.push('!');
        assert_ne!(gauge.version(&[trait_of("impatience")]), gauge.version(&[other]));
    }
}
