//! What a trait is: names, five levels in words, contrastive pairs and the marks it leaves in a text.
//!
//! A trait is data. The shipped ones lie in `data/traits`, a person's own beside them in the data
//! folder; [`crate::read_trait`] reads a file and says what is wrong with it.

use serde::{Deserialize, Deserializer, Serialize};

/// One trait of a customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trait {
    /// The id that files, mixes and the hosted service know it by, for instance `impatience`.
    pub id: String,
    /// What a person reads.
    pub name: String,
    /// Customers who have it, as they stand in a sentence: "impatient customers".
    pub customers: String,
    /// One or two sentences about what it is.
    pub description: String,
    /// Index of its colour in the palette; the same wherever the trait is drawn.
    pub colour: u8,
    /// Its name on the steer API; `None` when that service does not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hosted: Option<String>,
    /// What this customer must not do however strong the trait is, each a sentence to whoever plays it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_not: Vec<String>,
    /// Levels 0 to 4: Off, Slight, Clear, Strong, Extreme.
    #[serde(deserialize_with = "numbered")]
    pub levels: Vec<Level>,
    /// Contrastive pairs, from which directions of local steering are taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Pair>,
    /// Pairs that no direction is ever taken from; what was taken is held against them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_out: Vec<Pair>,
    /// What the meter counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub markers: Vec<Marker>,
    /// Whether a person made it. Known from where it lies, not from the file.
    #[serde(default, skip_serializing)]
    pub own: bool,
}

/// One level of a trait.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// 0 to 4, its place in the list.
    #[serde(default, skip_serializing)]
    pub value: u8,
    /// Off, Slight, Clear, Strong or Extreme.
    pub name: String,
    /// What to expect of a customer at this level.
    pub sentence: String,
    /// A line that this customer would say.
    pub example: String,
    /// Further such lines, from different domains: what a level looks like to the meter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// What a language model is told that plays this customer; empty for Off.
    pub prompt: String,
    /// One short sentence that reminds the model of it at each turn; empty for Off.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reminder: String,
}

impl Level {
    /// All lines of this level: the example and the further ones.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.example).chain(&self.examples).map(String::as_str)
    }

    /// The reminder, or the whole prompt of a level that has none.
    pub fn reminded(&self) -> &str {
        if self.reminder.is_empty() { &self.prompt } else { &self.reminder }
    }
}

/// The same answer to an agent twice: with much of a trait, and without it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// What it is about, for instance `retail`.
    pub domain: String,
    /// What the agent said.
    pub agent: String,
    /// The customer's answer with much of the trait.
    pub more: String,
    /// The same content without it, alike in length and topic.
    pub less: String,
}

/// A mark that a trait leaves in a message. A negative weight speaks against the trait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Marker {
    /// Words and phrases, in any case, as whole words.
    Words {
        /// Any of them counts.
        any: Vec<String>,
        /// Points for each occurrence.
        weight: f64,
    },
    /// A regular expression (crate `regex`), in any case unless it says `(?-i)`.
    Pattern {
        /// The expression.
        pattern: String,
        /// Points for each match.
        weight: f64,
    },
    /// A figure of the message beside a usual one: `weight` times (value - usual) / scale, cut at
    /// -1 and 1.
    Measure {
        /// Which figure.
        measure: Measure,
        /// The value at which it counts nothing.
        usual: f64,
        /// The distance from there at which it counts in full; negative when less means more.
        scale: f64,
        /// Points at that distance.
        weight: f64,
    },
}

/// A figure of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Words in it.
    Words,
    /// Question marks in it.
    Questions,
    /// Exclamation marks in it.
    Exclamations,
    /// Share of its letters that stand in words of capitals alone, of two letters or more.
    Capitals,
    /// Words of a sentence, on average.
    SentenceWords,
    /// Digits in it.
    Digits,
    /// Share of its words of four letters or more that the customer has used before.
    Repeats,
    /// Share of its sentences of fewer than four words.
    Fragments,
}

impl Measure {
    /// All of them.
    pub const ALL: [Measure; 8] = [
        Measure::Words,
        Measure::Questions,
        Measure::Exclamations,
        Measure::Capitals,
        Measure::SentenceWords,
        Measure::Digits,
        Measure::Repeats,
        Measure::Fragments,
    ];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Words => "words",
            Measure::Questions => "questions",
            Measure::Exclamations => "exclamations",
            Measure::Capitals => "capitals",
            Measure::SentenceWords => "sentence_words",
            Measure::Digits => "digits",
            Measure::Repeats => "repeats",
            Measure::Fragments => "fragments",
        }
    }
}

impl Trait {
    /// The same without its pairs: what a run keeps of it.
    #[must_use]
    pub fn without_pairs(&self) -> Trait {
        Trait { pairs: Vec::new(), held_out: Vec::new(), ..self.clone() }
    }
}

/// Levels, numbered by their place.
fn numbered<'de, D: Deserializer<'de>>(levels: D) -> Result<Vec<Level>, D::Error> {
    let mut levels = Vec::<Level>::deserialize(levels)?;
    for (value, level) in (0..).zip(&mut levels) {
        level.value = value;
    }
    Ok(levels)
}
