//! Messages in Fluent's format: one set a language, English where another lacks one.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Language;

/// What a message is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Words, put in as they are.
    Text(String),
    /// A count: chooses the plural and is written as the language writes counts.
    Count(usize),
    /// A figure with decimals, which only chooses the plural: how it is written is an argument of its own.
    Figure(f64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Arg::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Arg::Count(count)
    }
}

/// The [`Catalogue`] of the files of these names in `lang/<tag>/` of the crate that asks, one folder a
/// language.
#[macro_export]
macro_rules! catalogue {
    ($($file:literal),* $(,)?) => {{
        macro_rules! texts {
            ($tag:literal) => {
                &[$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lang/", $tag, "/", $file))),*]
            };
        }
        $crate::Catalogue::of(&[
            ($crate::Language::En, texts!("en")),
            ($crate::Language::De, texts!("de")),
            ($crate::Language::Es, texts!("es")),
            ($crate::Language::Fr, texts!("fr")),
            ($crate::Language::Ru, texts!("ru")),
            ($crate::Language::Zh, texts!("zh")),
            ($crate::Language::Ar, texts!("ar")),
        ])
    }};
}

/// The messages of one part of the product, in all languages.
pub struct Catalogue {
    bundles: BTreeMap<Language, FluentBundle<FluentResource>>,
    problems: Vec<String>,
}

impl Catalogue {
    /// Reads the texts of each language. What cannot be read is left out and listed in
    /// [`Catalogue::problems`], which a test of each catalogue holds empty.
    pub fn of(texts: &[(Language, &[&str])]) -> Catalogue {
        let mut problems = Vec::new();
        let mut bundles = BTreeMap::new();
        for (language, texts) in texts {
            let tag = language.tag();
            let id: LanguageIdentifier = tag.parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            // Words of both directions meet in a line only where the language runs from right to left.
            bundle.set_use_isolating(language.is_right_to_left());
            bundle.set_formatter(Some(match language {
                Language::En | Language::Zh | Language::Ar => with_commas,
                _ => with_spaces,
            }));
            for text in *texts {
                let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(
                    |(resource, errors)| {
                        problems.extend(errors.iter().map(|error| format!("{tag}: {error}")));
                        resource
                    },
                );
                if let Err(errors) = bundle.add_resource(resource) {
                    problems.extend(errors.iter().map(|error| format!("{tag}: {error}")));
                }
            }
            bundles.insert(*language, bundle);
        }
        let ids = |text: &&str| -> Vec<String> {
            let names =
                text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            names.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
        };
        for (language, _) in texts {
            let all = texts.iter().flat_map(|(_, texts)| texts.iter().flat_map(ids));
            let missing = all.filter(|id| !bundles[language].has_message(id));
            problems.extend(missing.map(|id| format!("{}: {id} is missing", language.tag())));
        }
        problems.sort();
        problems.dedup();
        Catalogue { bundles, problems }
    }

    /// The message `id` in `language`, in English where that has none; the id itself where there is no
    /// such message, which tests find.
    pub fn say(&self, language: Language, id: &str, args: &[(&str, Arg)]) -> String {
        let of = |language| {
            let bundle = self.bundles.get(&language)?;
            Some((bundle, bundle.get_message(id)?.value()?))
        };
        let Some((bundle, pattern)) = of(language).or_else(|| of(Language::En)) else {
            return id.to_owned();
        };
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            match arg {
                Arg::Text(text) => values.set(*name, text.as_str()),
                Arg::Count(count) => values.set(*name, FluentNumber::from(*count)),
                Arg::Figure(figure) => values.set(*name, FluentNumber::from(*figure)),
            }
        }
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
    }

    /// Texts that could not be read and messages that a language lacks.
    pub fn problems(&self) -> Vec<String> {
        self.problems.clone()
    }
}

type Memory = intl_memoizer::concurrent::IntlLangMemoizer;

fn with_commas(value: &FluentValue<'_>, _: &Memory) -> Option<String> {
    counted(value, ",")
}

/// A space that does not break, as SI recommends: it is read alike in all languages.
fn with_spaces(value: &FluentValue<'_>, _: &Memory) -> Option<String> {
    counted(value, "\u{a0}")
}

fn counted(value: &FluentValue<'_>, mark: &str) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(super::figures::grouped(number.value as usize, mark)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        Catalogue::of(&[
            (
                Language::En,
                &["tasks = { $n ->\n    [one] { $n } task\n   *[other] { $n } tasks\n}\n"],
            ),
            (
                Language::Ru,
                &[
                    "tasks = { $n ->\n    [one] { $n } задача\n    [few] { $n } задачи\n   *[many] { $n } задач\n}\nonly = x\n",
                ],
            ),
        ])
    }

    #[test]
    fn counts_choose_the_plural_of_their_language_and_are_grouped_as_it_groups() {
        let say = |language, n: usize| catalogue().say(language, "tasks", &[("n", n.into())]);
        assert_eq!(say(Language::En, 1), "1 task");
        assert_eq!(say(Language::En, 1250), "1,250 tasks");
        assert_eq!(say(Language::Ru, 3), "3 задачи");
        assert_eq!(say(Language::Ru, 1250), "1\u{a0}250 задач");
        assert_eq!(say(Language::De, 2), "2 tasks", "English where a language has none");
    }

    #[test]
    fn a_missing_message_is_found() {
        assert_eq!(catalogue().problems(), ["en: only is missing"]);
    }
}
