//! What stands beside figures, in the person's language.

use std::sync::LazyLock;

use tau_charts::{Arg, Catalogue, Language};

static MESSAGES: LazyLock<Catalogue> =
    LazyLock::new(|| tau_charts::catalogue!("results.ftl", "pictures.ftl", "report.ftl"));

/// The message `id`.
pub(crate) fn say(language: Language, id: &str, args: &[(&str, Arg)]) -> String {
    MESSAGES.say(language, id, args)
}

/// Joined as the language joins: commas, no last "and", which not every language has.
pub(crate) fn list<'a>(language: Language, items: impl IntoIterator<Item = &'a str>) -> String {
    let comma = match language {
        Language::Zh => "、",
        Language::Ar => "، ",
        _ => ", ",
    };
    items.into_iter().collect::<Vec<_>>().join(comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_of_every_language_can_be_read() {
        assert_eq!(MESSAGES.problems(), Vec::<String>::new());
    }
}
