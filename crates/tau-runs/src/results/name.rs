//! The names of result files: as upstream's runner gives them, and what can be read from a name.
//!
//! tau-bench and the package tau-trait write
//! `{agent_strategy}-{model}-{temperature}_range_{start}-{end}_user-{user_model}-{user_strategy}_{stamp}.json`
//! (`run.py`); a part `_traits-{traits}` before the stamp says which traits the customers had. Files
//! that were published go by freer names (`impatience_retail.json`, `gpt_4o_retail_none_2.json`,
//! `gpt-4o-airline.json`).

use std::fmt;

use serde_json::{Map, Value};
use tau_traits::hosted::{DictError, Numbers, read_trait_dict};
use tau_traits::{Condition, TraitMix, TraitSet};

/// The file name that upstream's runner gives a result.
///
/// Of `model` only what follows the last `/` is used, as upstream does; in the other parts a
/// character that cannot be in a file name becomes `-`.
#[derive(Clone, Debug)]
pub struct ResultName<'a> {
    /// `--agent-strategy`.
    pub agent_strategy: &'a str,
    /// `--model`.
    pub model: &'a str,
    /// `--temperature`, written as Python writes a float.
    pub temperature: f64,
    /// `--start-index` as given.
    pub start_index: i64,
    /// `--end-index` as given; -1 for the end.
    pub end_index: i64,
    /// `--user-model`.
    pub user_model: &'a str,
    /// `--user-strategy`.
    pub user_strategy: &'a str,
    /// The traits (see [`traits_part`]); `None` leaves the part out.
    pub traits: Option<&'a str>,
    /// Local time as `MMDDHHMMSS`.
    pub stamp: &'a str,
}

impl fmt::Display for ResultName<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let model = self.model.rsplit('/').next().unwrap_or_default();
        write!(
            out,
            "{}-{}-{:?}_range_{}-{}_user-{}-{}",
            safe(self.agent_strategy),
            safe(model),
            self.temperature,
            self.start_index,
            self.end_index,
            safe(self.user_model),
            safe(self.user_strategy),
        )?;
        if let Some(traits) = self.traits {
            write!(out, "_traits-{}", safe(traits))?;
        }
        write!(out, "_{}.json", self.stamp)
    }
}

fn safe(part: &str) -> String {
    let bad = |c: char| {
        c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    part.chars().map(|c| if bad(c) { '-' } else { c }).collect()
}

/// The traits of a run's conditions as a part of a file name: `impatience-3`, for a mix
/// `impatience-3+skeptical-1`, for several conditions `several`; `None` for the baseline alone.
pub fn traits_part(conditions: &[Condition]) -> Option<String> {
    match conditions {
        [] => None,
        [only] if only.is_baseline() => None,
        [only] => Some(only.id.clone()),
        _ => Some("several".to_owned()),
    }
}

/// What is said about the traits of a file's customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Traits {
    /// Nothing.
    #[default]
    Unsaid,
    /// Which trait, but not how strong; empty for none.
    Named(String),
    /// Trait to level. That the traits exist here is not promised.
    Levels(TraitMix),
    /// Levels that do not exist here, in words.
    Said(String),
}

impl Traits {
    /// As a `trait_dict` of a result file says it. Its numbers are our levels: upstream's runner writes
    /// no traits into its results, so only this app's have them, and words are the steer service's.
    pub(crate) fn of_dict(written: &Map<String, Value>) -> Traits {
        let dict = Value::Object(written.clone());
        match read_trait_dict(&dict, Numbers::Slider, TraitSet::shipped()) {
            Ok(read) => Traits::Levels(read.mix),
            Err(DictError::NoLevel { level, .. }) if level.parse::<f64>().is_err() => {
                Traits::Unsaid
            }
            Err(_) => {
                let said = written.iter().map(|(id, level)| (id.as_str(), plain(level)));
                Traits::Said(shown(said.filter(|(_, level)| level != "0")))
            }
        }
    }

    /// The condition of these customers. One whose traits or levels do not exist here, or are not
    /// said, has a name of its own and no mix; `otherwise` names those of whom nothing is said.
    pub(crate) fn condition(&self, otherwise: Option<&str>) -> Condition {
        match self {
            Traits::Unsaid => match otherwise {
                None => Condition::baseline(),
                Some(name) => named(&format!("file-{}", slug(name)), name),
            },
            Traits::Named(id) if id.is_empty() => Condition::baseline(),
            Traits::Named(id) => {
                let name =
                    TraitSet::shipped().get(id).map_or(id.as_str(), |each| each.name.as_str());
                named(id, name)
            }
            Traits::Levels(mix) if mix.check(TraitSet::shipped()).is_ok() => {
                Condition::new(mix.clone())
            }
            Traits::Levels(mix) => {
                let said = shown(mix.strengths().map(|(id, level)| (id, level.to_string())));
                named(&slug(&said), &said)
            }
            Traits::Said(said) => named(&slug(said), said),
        }
    }
}

/// Traits and levels that are unknown here, as a file has them: `rudeness 2 + impatience 7`.
fn shown<'a>(said: impl Iterator<Item = (&'a str, String)>) -> String {
    said.map(|(id, level)| format!("{id} {level}")).collect::<Vec<_>>().join(" + ")
}

fn plain(level: &Value) -> String {
    level.as_str().map_or_else(|| level.to_string(), str::to_owned)
}

fn named(id: &str, name: &str) -> Condition {
    Condition { id: id.to_owned(), name: name.to_owned(), ..Condition::baseline() }
}

/// Letters and digits in lower case, everything else as single dashes.
pub(crate) fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '+')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "unnamed".to_owned() } else { words.join("-") }
}

/// What a file's name says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NameParts {
    /// The agent's strategy; empty when it is not said.
    pub agent_strategy: String,
    /// The agent's model; empty when it is not said.
    pub model: String,
    /// The agent's temperature.
    pub temperature: Option<f64>,
    /// The customer's model; empty when it is not said.
    pub user_model: String,
    /// The customer's strategy; empty when it is not said.
    pub user_strategy: String,
    /// The domain; empty when it is not said.
    pub domain: String,
    /// The traits.
    pub traits: Traits,
    /// Whether the name follows upstream's scheme.
    pub scheme: bool,
}

/// Strategies that names begin with; `function_calling` is that of tau-bench's first version.
const AGENTS: [&str; 6] =
    ["orchestrated-tool-calling", "tool-calling", "few-shot", "react", "act", "function_calling"];
/// Strategies that names end with.
const CUSTOMERS: [&str; 7] =
    ["trait-mix", "reflection", "practice", "verify", "react", "human", "llm"];
/// Domains that occur in names.
const DOMAINS: [&str; 5] = ["retail", "airline", "telecom", "telehealth", "mock"];
/// Words for traits in names, and the trait's id; empty for none.
const WORDS: [(&str, &str); 14] = [
    ("impatience", "impatience"),
    ("impatient", "impatience"),
    ("confusion", "confusion"),
    ("confused", "confusion"),
    ("skeptical", "skeptical"),
    ("skepticism", "skeptical"),
    ("sceptical", "skeptical"),
    ("incoherence", "incoherence"),
    ("incoherent", "incoherence"),
    ("coherence", "incoherence"),
    ("none", ""),
    ("baseline", ""),
    ("notraits", ""),
    ("notrait", ""),
];

/// Reads a file's name (without its folder).
pub(crate) fn read_name(file: &str) -> NameParts {
    let stem = file.strip_suffix(".gz").unwrap_or(file);
    let stem = stem.strip_suffix(".json").unwrap_or(stem);
    by_scheme(stem).unwrap_or_else(|| freely(stem))
}

fn by_scheme(stem: &str) -> Option<NameParts> {
    let (agent, rest) = stem.split_once("_range_")?;
    let (range, user) = rest.split_once("_user")?;
    is_range(range).then_some(())?;
    let mut parts = NameParts { scheme: true, ..NameParts::default() };
    let (agent, temperature) = agent.rsplit_once('-')?;
    parts.temperature = temperature.parse().ok().filter(|number: &f64| number.is_finite());
    let strategy = AGENTS.iter().find(|name| agent.starts_with(*name));
    let (strategy, model) = match strategy {
        // The first version puts a digit after the strategy.
        Some(name) => {
            let rest = agent[name.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
            (*name, rest.strip_prefix('-')?)
        }
        None => agent.split_once('-')?,
    };
    parts.agent_strategy = strategy.replace('_', "-").replace("function-calling", "tool-calling");
    parts.model = model.to_owned();
    let (user, _stamp) = user.rsplit_once('_')?;
    let (user, traits) = match user.rsplit_once("_traits-") {
        Some((user, traits)) => (user, Some(traits)),
        None => (user, None),
    };
    // The first version has no dash and no strategy.
    let user = user.strip_prefix('-').unwrap_or(user);
    match CUSTOMERS.iter().find(|name| user.strip_suffix(*name).is_some_and(|u| u.ends_with('-'))) {
        Some(strategy) => {
            parts.user_strategy = (*strategy).to_owned();
            parts.user_model = user[..user.len() - strategy.len() - 1].to_owned();
        }
        None => parts.user_model = user.to_owned(),
    }
    parts.traits = traits.map(read_traits).unwrap_or_default();
    Some(parts)
}

fn is_range(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some((start, end)) = text.split_once('-') else { return false };
    start.parse::<u64>().is_ok() && end.parse::<i64>().is_ok()
}

/// The traits of a name: `impatience-3+skeptical-1`, `none`, `impatience`.
fn read_traits(text: &str) -> Traits {
    let lower = text.to_ascii_lowercase();
    if let Some((_, id)) = WORDS.iter().find(|(word, _)| *word == lower) {
        return Traits::Named((*id).to_owned());
    }
    let mut levels = Map::new();
    for part in lower.split(['+', ',', '_', ' ']).filter(|part| !part.is_empty()) {
        let Some((id, level)) = part.rsplit_once(['-', ':', '=']) else { return Traits::Unsaid };
        levels.insert(id.to_owned(), Value::from(level));
    }
    if levels.is_empty() { Traits::Unsaid } else { Traits::of_dict(&levels) }
}

fn freely(stem: &str) -> NameParts {
    let lower = stem.to_ascii_lowercase();
    let word = |wanted: &str| -> Option<usize> {
        lower.match_indices(wanted).map(|(at, _)| at).find(|at| {
            let before = lower[..*at].chars().next_back();
            let after = lower[at + wanted.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    };
    let domain = DOMAINS.iter().find_map(|name| Some((*name, word(name)?)));
    let traits = WORDS.iter().find_map(|(name, id)| Some((*id, word(name)?)));
    let mut parts = NameParts::default();
    if let Some((name, _)) = domain {
        parts.domain = name.to_owned();
    }
    if let Some((id, _)) = traits {
        parts.traits = Traits::Named(id.to_owned());
    }
    // What stands in front of both is most likely the model.
    if let Some((_, at)) = domain
        && traits.is_none_or(|(_, other)| other > at)
        && lower.is_char_boundary(at)
    {
        parts.model =
            stem[..at].trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned();
    }
    parts
}

/// The level of a trait that stands alone in a condition, and the trait's id, for tables; `None` for
/// the baseline and for mixes. The level is `None` where the file did not say it.
pub fn single_trait(condition: &Condition) -> Option<(&str, Option<f64>)> {
    if let Some((only, strength)) = condition.mix.single() {
        return Some((only, Some(strength.level())));
    }
    let named = condition.mix.is_baseline().then(|| TraitSet::shipped().get(&condition.id));
    named.flatten().map(|_| (condition.id.as_str(), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::condition;

    fn levels(levels: &[(&str, f64)]) -> Traits {
        Traits::Levels(TraitMix::new(levels.iter().copied()).unwrap())
    }

    fn name() -> ResultName<'static> {
        ResultName {
            agent_strategy: "tool-calling",
            model: "vendor/gpt-5-mini",
            temperature: 0.0,
            start_index: 0,
            end_index: -1,
            user_model: "gpt-4o",
            user_strategy: "llm",
            traits: None,
            stamp: "1121034500",
        }
    }

    #[test]
    fn the_file_is_named_as_upstream_names_it() {
        let expected = "tool-calling-gpt-5-mini-0.0_range_0--1_user-gpt-4o-llm_1121034500.json";
        assert_eq!(name().to_string(), expected);
        let odd = ResultName { user_model: "../x", ..name() };
        assert!(!odd.to_string().contains('/'), "{odd}");
        let traits = ResultName { traits: Some("impatience-3"), ..name() }.to_string();
        assert!(traits.ends_with("_user-gpt-4o-llm_traits-impatience-3_1121034500.json"));
    }

    #[test]
    fn a_name_of_the_scheme_reads_back_with_and_without_traits() {
        for (traits, read) in [
            (None, Traits::Unsaid),
            (Some("none"), Traits::Named(String::new())),
            (Some("impatience"), Traits::Named("impatience".into())),
            (Some("impatience-3+skeptical-1"), levels(&[("impatience", 3.0), ("skeptical", 1.0)])),
            (Some("tech-averse-2.5"), levels(&[("tech-averse", 2.5)])),
            (Some("incoherence-medium"), levels(&[("incoherence", 2.0)])),
            (
                Some("impatience-high+confusion-low"),
                levels(&[("impatience", 3.0), ("confusion", 0.0)]),
            ),
            (Some("skeptical-low"), levels(&[("skeptical", 1.0)])),
            (Some("impatience-often"), Traits::Unsaid),
        ] {
            let written = ResultName { traits, temperature: 0.7, ..name() }.to_string();
            let parts = read_name(&written);
            assert!(parts.scheme);
            assert_eq!(
                (parts.agent_strategy.as_str(), parts.model.as_str()),
                ("tool-calling", "gpt-5-mini")
            );
            assert_eq!(
                (parts.user_model.as_str(), parts.user_strategy.as_str()),
                ("gpt-4o", "llm")
            );
            assert_eq!((parts.temperature, parts.traits), (Some(0.7), read));
        }
    }

    #[test]
    fn odd_but_real_names_are_read() {
        let steer = read_name("few-shot-a-b-c-1.0_range_-5-10_user--trait-mix_0102030405.json.gz");
        assert_eq!((steer.agent_strategy.as_str(), steer.model.as_str()), ("few-shot", "a-b-c"));
        assert_eq!((steer.user_model.as_str(), steer.user_strategy.as_str()), ("", "trait-mix"));
        let first = read_name("function_calling0-gpt-4o-0.0_range_0--1_usergpt-4_0612203040.json");
        assert_eq!(
            (first.agent_strategy.as_str(), first.model.as_str()),
            ("tool-calling", "gpt-4o")
        );
        assert_eq!((first.user_model.as_str(), first.user_strategy.as_str()), ("gpt-4", ""));
    }

    #[test]
    fn published_files_say_domain_model_and_trait_in_their_own_way() {
        let said = |file: &str| {
            let parts = read_name(file);
            (parts.domain, parts.model, parts.traits)
        };
        let is = |domain: &str, model: &str, traits: &str| {
            (domain.to_owned(), model.to_owned(), Traits::Named(traits.to_owned()))
        };
        assert_eq!(said("impatience_retail.json"), is("retail", "", "impatience"));
        assert_eq!(said("telehealth_none.json"), is("telehealth", "", ""));
        assert_eq!(
            said("gpt_4o_retail_trait_dict_impatient_2.json"),
            is("retail", "gpt_4o", "impatience")
        );
        assert_eq!(
            said("gpt-4o-airline.json"),
            ("airline".to_owned(), "gpt-4o".to_owned(), Traits::Unsaid)
        );
        assert_eq!(said("a_range_x_user-y_z.json").2, Traits::Unsaid);
        assert_eq!(said("größe.json"), (String::new(), String::new(), Traits::Unsaid));
    }

    #[test]
    fn what_does_not_exist_here_keeps_a_name_of_its_own() {
        let rude = levels(&[("rudeness", 2.0), ("confusion", 0.0)]).condition(None);
        assert_eq!((rude.id.as_str(), rude.name.as_str()), ("rudeness-2", "rudeness 2"));
        let seven = read_name("a-m-0.0_range_0--1_user-u-llm_traits-impatience-7_1.json").traits;
        assert_eq!(seven.condition(None).name, "impatience 7");
        let unknown = Traits::Unsaid.condition(Some("My file"));
        assert_eq!((unknown.id.as_str(), unknown.name.as_str()), ("file-my-file", "My file"));
        let named = Traits::Named("skeptical".into()).condition(None);
        assert_eq!((named.id.as_str(), named.name.as_str()), ("skeptical", "Skepticism"));
        assert_eq!(single_trait(&named), Some(("skeptical", None)));
        assert_eq!(single_trait(&condition("impatience", 3)), Some(("impatience", Some(3.0))));
        assert_eq!(single_trait(&Condition::baseline()), None);
    }

    #[test]
    fn the_part_for_traits_names_one_condition_or_says_that_there_are_several() {
        let strong = condition("impatience", 3);
        assert_eq!(traits_part(&[Condition::baseline()]), None);
        assert_eq!(traits_part(std::slice::from_ref(&strong)).as_deref(), Some("impatience-3"));
        assert_eq!(traits_part(&[Condition::baseline(), strong]).as_deref(), Some("several"));
    }
}
