//! The languages that charts and reports are written in, and how each writes figures.

mod catalogue;
mod figures;
mod phrases;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use catalogue::{Arg, Catalogue};
pub(crate) use phrases::args;

/// A language of charts and reports.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, the language that every message exists in.
    #[default]
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Chinese, simplified.
    Zh,
    /// Arabic.
    Ar,
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Language; 7] = [
        Language::En,
        Language::De,
        Language::Es,
        Language::Fr,
        Language::Ru,
        Language::Zh,
        Language::Ar,
    ];

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::De => "de",
            Language::Es => "es",
            Language::Fr => "fr",
            Language::Ru => "ru",
            Language::Zh => "zh",
            Language::Ar => "ar",
        }
    }

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::De => "Deutsch",
            Language::Es => "Español",
            Language::Fr => "Français",
            Language::Ru => "Русский",
            Language::Zh => "中文",
            Language::Ar => "العربية",
        }
    }

    /// The language of a tag such as `de-AT` or `zh_CN`; `None` where we have none for it.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        Language::ALL.into_iter().find(|language| language.tag() == primary)
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        self == Language::Ar
    }

    /// The message `id` of the charts' catalogue.
    pub(crate) fn say(self, id: &str, args: &[(&str, Arg)]) -> String {
        MESSAGES.say(self, id, args)
    }
}

/// The messages of all charts.
static MESSAGES: LazyLock<Catalogue> = LazyLock::new(|| {
    crate::catalogue!(
        "words.ftl",
        "forest.ftl",
        "flips.ftl",
        "slope.ftl",
        "columns.ftl",
        "heat.ftl",
        "pass_k.ftl",
        "response.ftl",
        "faults.ftl",
        "tags.ftl",
        "dose.ftl",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_finds_its_language_and_an_unknown_one_none() {
        assert_eq!(Language::of_tag("de-AT"), Some(Language::De));
        assert_eq!(Language::of_tag("zh_CN"), Some(Language::Zh));
        assert_eq!(Language::of_tag("EN-us"), Some(Language::En));
        assert_eq!(Language::of_tag("tlh"), None);
    }

    #[test]
    fn every_message_of_every_language_can_be_read() {
        assert_eq!(MESSAGES.problems(), Vec::<String>::new());
    }
}
