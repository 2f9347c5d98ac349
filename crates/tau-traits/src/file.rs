//! Trait files: read with every problem named, and written.
//!
//! People write these files, so that one mistake is not told after the other: the whole file is looked
//! at, and each problem says where it is and what to do.

use toml::{Table, Value};

use crate::traits::{Level, Marker, Measure, Pair, Trait};
use crate::{HIGHEST_LEVEL, LEVEL_NAMES, mix::is_trait_id};

/// Colours of the palette; a trait that names none gets one by its id.
const COLOURS: u32 = 8;

/// Longest text of a file, in characters; the longest of ours have a few hundred.
const LONGEST_TEXT: usize = 4_000;

/// Why a trait file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", problems.join("\n"))]
pub struct TraitFileError {
    /// Every problem found, a sentence or two each.
    pub problems: Vec<String>,
}

/// Reads a trait file.
///
/// What a file may leave out: `customers`, `colour`, `hosted`, `must_not`, further examples,
/// reminders, pairs and markers. Without pairs a trait cannot be steered on one's own computer, and
/// without markers it is not metered by them.
///
/// # Errors
/// All that is wrong with it.
pub fn read_trait(text: &str) -> Result<Trait, TraitFileError> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line =
            error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
        let at = line.map(|line| format!("Line {line}: ")).unwrap_or_default();
        TraitFileError { problems: vec![format!("{at}this is no TOML: {}", error.message())] }
    })?;
    let mut reading = Reading::default();
    let read = reading.whole(table);
    if reading.problems.is_empty() {
        Ok(read)
    } else {
        Err(TraitFileError { problems: reading.problems })
    }
}

/// The file of a trait; [`read_trait`] reads it back as it was.
pub fn write_trait(of: &Trait) -> String {
    // Whatever a trait holds can be written: texts, numbers and lists of tables.
    toml::to_string_pretty(of).unwrap_or_default()
}

#[derive(Default)]
struct Reading {
    problems: Vec<String>,
}

impl Reading {
    fn problem(&mut self, problem: impl Into<String>) {
        self.problems.push(problem.into());
    }

    fn whole(&mut self, mut table: Table) -> Trait {
        let at = "the trait";
        let id = self.text(&mut table, "id", at);
        if !id.is_empty() && !is_trait_id(&id) {
            self.problem(format!(
                "`id`: \"{id}\" cannot be an id. Use small letters, digits and dashes, a letter first, at most 40."
            ));
        }
        let name = self.text(&mut table, "name", at);
        let customers = match self.optional(&mut table, "customers", at) {
            Some(customers) => customers,
            None => format!("customers with {}", name.to_lowercase()),
        };
        let read = Trait {
            description: self.text(&mut table, "description", at),
            colour: self.colour(&mut table, &id),
            hosted: self.optional(&mut table, "hosted", at),
            must_not: self.texts(&mut table, "must_not", at),
            levels: self.levels(&mut table),
            pairs: self.pairs(&mut table, "pairs"),
            held_out: self.pairs(&mut table, "held_out"),
            markers: self.markers(&mut table),
            own: false,
            id,
            name,
            customers,
        };
        self.rest(&table, at);
        read
    }

    fn colour(&mut self, table: &mut Table, id: &str) -> u8 {
        match table.remove("colour") {
            None => u8::try_from(id.bytes().map(u32::from).sum::<u32>() % COLOURS).unwrap_or(0),
            Some(Value::Integer(index)) if (0..=255).contains(&index) => {
                u8::try_from(index).unwrap_or(0)
            }
            Some(other) => {
                self.problem(format!(
                    "`colour`: {other} is no number from 0 to 255. Leave it out and one is chosen."
                ));
                0
            }
        }
    }

    fn levels(&mut self, table: &mut Table) -> Vec<Level> {
        let tables = self.tables(table, "levels");
        if tables.len() != LEVEL_NAMES.len() {
            self.problem(format!(
                "There are {} levels. Write `[[levels]]` five times, for {}, in this order.",
                tables.len(),
                LEVEL_NAMES.join(", ")
            ));
        }
        let mut levels = Vec::new();
        for (value, mut table) in (0..=HIGHEST_LEVEL).zip(tables) {
            let name = LEVEL_NAMES[usize::from(value)];
            let at = format!("the level {name}");
            if let Some(other) = self.optional(&mut table, "name", &at)
                && other != name
            {
                self.problem(format!(
                    "Level {value} is called {name}, not \"{other}\". The levels are the same for all traits."
                ));
            }
            let told = value > 0;
            levels.push(Level {
                value,
                name: name.to_owned(),
                sentence: self.text(&mut table, "sentence", &at),
                example: self.text(&mut table, "example", &at),
                examples: self.texts(&mut table, "examples", &at),
                prompt: self.told(&mut table, "prompt", &at, told),
                reminder: if table.contains_key("reminder") {
                    self.told(&mut table, "reminder", &at, told)
                } else {
                    String::new()
                },
            });
            self.rest(&table, &at);
        }
        levels
    }

    /// What a model is told, which is nothing for Off.
    fn told(&mut self, table: &mut Table, key: &str, at: &str, told: bool) -> String {
        if told {
            return self.text(table, key, at);
        }
        let text = match table.remove(key) {
            None => return String::new(),
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
        };
        if !text.trim().is_empty() {
            self.problem(format!(
                "`{key}` of {at} must be empty: a customer without the trait is told nothing of it."
            ));
        }
        String::new()
    }

    fn pairs(&mut self, table: &mut Table, key: &str) -> Vec<Pair> {
        let tables = self.tables(table, key);
        let mut pairs: Vec<Pair> = Vec::with_capacity(tables.len());
        for (number, mut table) in (1..).zip(tables) {
            let at = format!("pair {number} of `{key}`");
            let pair = Pair {
                domain: self.text(&mut table, "domain", &at),
                agent: self.text(&mut table, "agent", &at),
                more: self.text(&mut table, "more", &at),
                less: self.text(&mut table, "less", &at),
            };
            self.rest(&table, &at);
            if !pair.more.is_empty() && pair.more == pair.less {
                self.problem(format!(
                    "In {at}, `more` and `less` are the same text. Write the answer once with much of the trait and once without."
                ));
            }
            pairs.push(pair);
        }
        pairs
    }

    fn markers(&mut self, table: &mut Table) -> Vec<Marker> {
        let tables = self.tables(table, "markers");
        let mut markers = Vec::with_capacity(tables.len());
        for (number, mut table) in (1..).zip(tables) {
            let at = format!("marker {number}");
            let kind = self.text(&mut table, "kind", &at);
            let weight = self.number(&mut table, "weight", &at).unwrap_or_default();
            match kind.as_str() {
                "words" => {
                    let any = self.texts(&mut table, "any", &at);
                    if any.is_empty() {
                        self.problem(format!("`any` of {at} is empty. List the words that count."));
                    }
                    markers.push(Marker::Words { any, weight });
                }
                "pattern" => {
                    let pattern = self.text(&mut table, "pattern", &at);
                    if let Err(error) = crate::meter::expression(&pattern) {
                        self.problem(format!(
                            "`pattern` of {at} is no regular expression: {error}"
                        ));
                    }
                    markers.push(Marker::Pattern { pattern, weight });
                }
                "measure" => {
                    let name = self.text(&mut table, "measure", &at);
                    let usual = self.number(&mut table, "usual", &at).unwrap_or_default();
                    let scale = self.number(&mut table, "scale", &at);
                    if scale == Some(0.0) {
                        self.problem(format!("`scale` of {at} is 0. Give the distance from `usual` at which it counts in full."));
                    }
                    match Measure::ALL.into_iter().find(|each| each.name() == name) {
                        Some(measure) => {
                            let scale = scale.unwrap_or(1.0);
                            markers.push(Marker::Measure { measure, usual, scale, weight });
                        }
                        None if name.is_empty() => {}
                        None => self.problem(format!(
                            "`measure` of {at} is \"{name}\". Choose one of {}.",
                            Measure::ALL.map(Measure::name).join(", ")
                        )),
                    }
                }
                "" => {}
                other => self.problem(format!(
                    "`kind` of {at} is \"{other}\". Choose words, pattern or measure."
                )),
            }
            self.rest(&table, &at);
        }
        markers
    }

    /// A text that has to be there.
    fn text(&mut self, table: &mut Table, key: &str, at: &str) -> String {
        let there = table.contains_key(key);
        match self.optional(table, key, at) {
            Some(text) if !text.trim().is_empty() => text,
            Some(_) => {
                self.problem(format!("`{key}` of {at} is empty. Write it."));
                String::new()
            }
            None => {
                if !there {
                    self.problem(format!("`{key}` of {at} is missing. Write `{key} = \"...\"`."));
                }
                String::new()
            }
        }
    }

    fn optional(&mut self, table: &mut Table, key: &str, at: &str) -> Option<String> {
        match table.remove(key)? {
            Value::String(text) if text.chars().count() > LONGEST_TEXT => {
                self.problem(format!(
                    "`{key}` of {at} is longer than {LONGEST_TEXT} letters. Shorten it."
                ));
                None
            }
            Value::String(text) => Some(text),
            other => {
                self.problem(format!(
                    "`{key}` of {at} is {} where text belongs. Put it in quotation marks.",
                    other.type_str()
                ));
                None
            }
        }
    }

    fn texts(&mut self, table: &mut Table, key: &str, at: &str) -> Vec<String> {
        let Some(value) = table.remove(key) else { return Vec::new() };
        let list = match value {
            Value::Array(list) => list,
            other => vec![other],
        };
        let mut texts = Vec::with_capacity(list.len());
        for each in list {
            match each {
                Value::String(text) if !text.trim().is_empty() => texts.push(text),
                _ => {
                    self.problem(format!(
                        "`{key}` of {at} is a list of texts. Write `{key} = [\"...\", \"...\"]`."
                    ));
                    break;
                }
            }
        }
        texts
    }

    fn number(&mut self, table: &mut Table, key: &str, at: &str) -> Option<f64> {
        match table.remove(key) {
            // Whole numbers of a file are small enough to be exact.
            Some(Value::Integer(number)) => Some(number as f64),
            Some(Value::Float(number)) if number.is_finite() => Some(number),
            _ => {
                self.problem(format!(
                    "`{key}` of {at} is missing or no number. Write `{key} = 1.0`."
                ));
                None
            }
        }
    }

    fn tables(&mut self, table: &mut Table, key: &str) -> Vec<Table> {
        let Some(value) = table.remove(key) else { return Vec::new() };
        let list = match value {
            Value::Array(list) => list,
            other => vec![other],
        };
        let count = list.len();
        let tables: Vec<Table> = list
            .into_iter()
            .filter_map(|each| match each {
                Value::Table(table) => Some(table),
                _ => None,
            })
            .collect();
        if tables.len() < count {
            self.problem(format!("`{key}` is a list of tables. Begin each with `[[{key}]]`."));
        }
        tables
    }

    /// What was not read is not known here; most likely it is misspelt.
    fn rest(&mut self, table: &Table, at: &str) {
        for key in table.keys() {
            self.problem(format!(
                "`{key}` is no part of {at}. Remove it, or correct its spelling."
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
id = "nostalgia"
name = "Nostalgia"
description = "Compares everything with how it used to be."
must_not = ["Never invent an order that was not placed."]

[[levels]]
sentence = "Talks about today."
example = "I would like to return the kettle."

[[levels]]
sentence = "Mentions earlier days once."
example = "It used to be easier, but here is the number."
prompt = "You mention once that things used to be better."

[[levels]]
name = "Clear"
sentence = "Compares often."
example = "In the old shop they knew me by name."
examples = ["My old bank would have called me."]
prompt = "You compare what you are told with how it used to be."
reminder = "Compare it with how it used to be."

[[levels]]
sentence = "Tells stories of earlier."
example = "Thirty years ago one walked in and it was done."
prompt = "You tell how things used to be before you answer."

[[levels]]
sentence = "Hardly talks of anything else."
example = "Back then, ah, back then you would not have asked."
prompt = "You answer everything with how it used to be."

[[pairs]]
domain = "retail"
agent = "Which order is it?"
more = "One used to need no numbers at all. It is order 77."
less = "It is order 77. I have it here in front of me now."

[[markers]]
kind = "words"
any = ["used to", "back then"]
weight = 1

[[markers]]
kind = "pattern"
pattern = "years? ago"
weight = 0.5

[[markers]]
kind = "measure"
measure = "words"
usual = 12
scale = 20.5
weight = 0.5
"#;

    #[test]
    fn a_person_writes_what_matters_and_the_rest_follows() {
        let read = read_trait(FILE).unwrap();
        assert_eq!(read.customers, "customers with nostalgia");
        assert_eq!(read.levels[3].name, "Strong");
        assert_eq!(read.levels[1].reminded(), read.levels[1].prompt);
        assert_eq!(read.levels[2].reminded(), "Compare it with how it used to be.");
        assert_eq!((read.pairs.len(), read.held_out.len(), read.markers.len()), (1, 0, 3));
        assert!(!read.own && read.hosted.is_none());
    }

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let read = read_trait(FILE).unwrap();
        assert_eq!(read_trait(&write_trait(&read)).unwrap(), read);
        for shipped in crate::TraitSet::shipped() {
            assert_eq!(&read_trait(&write_trait(shipped)).unwrap(), shipped, "{}", shipped.id);
        }
    }

    #[test]
    fn every_problem_is_told_at_once_each_with_what_to_do() {
        let broken = FILE
            .replace("\"nostalgia\"", "\"Old Times\"")
            .replace("name = \"Clear\"", "name = \"Middling\"")
            .replace("reminder = \"Compare it with how it used to be.\"", "remainder = \"x\"")
            .replace("sentence = \"Talks about today.\"", "prompt = \"You talk.\"")
            .replace("less = ", "lest = ")
            .replace("years? ago", "years( ago")
            .replace("measure = \"words\"", "measure = \"letters\"")
            .replace("scale = 20.5", "scale = \"far\"");
        let problems = read_trait(&broken).unwrap_err().problems;
        let told = [
            "\"Old Times\" cannot be an id",
            "`sentence` of the level Off is missing",
            "`prompt` of the level Off must be empty",
            "Level 2 is called Clear, not \"Middling\"",
            "`remainder` is no part of the level Clear",
            "`less` of pair 1 of `pairs` is missing",
            "`lest` is no part of pair 1",
            "`pattern` of marker 2 is no regular expression",
            "`scale` of marker 3 is missing or no number",
            "`measure` of marker 3 is \"letters\". Choose one of words, questions",
        ];
        for part in told {
            assert!(problems.iter().any(|each| each.contains(part)), "{part}: {problems:#?}");
        }
        assert_eq!(problems.len(), told.len(), "{problems:#?}");
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        let error = read_trait("id = \"a\"\nname = Nostalgia\n").unwrap_err().to_string();
        assert!(error.starts_with("Line 2: this is no TOML"), "{error}");
        let four = FILE.replacen("[[levels]]", "[[pairs]]", 1);
        let error = read_trait(&four).unwrap_err().to_string();
        assert!(error.contains("There are 4 levels. Write `[[levels]]` five times"), "{error}");
    }
}
