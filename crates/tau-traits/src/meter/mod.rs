//! The trait meter: how much of a trait a message shows, from the words and the shape of its text.

/// A pattern as markers mean it: in any case unless it says otherwise.
///
/// # Errors
/// When it is no regular expression, or one too large.
pub(crate) fn expression(pattern: &str) -> Result<regex::Regex, regex::Error> {
    regex::RegexBuilder::new(pattern).case_insensitive(true).size_limit(1 << 20).build()
}
