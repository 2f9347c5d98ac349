//! Texts that somebody else wrote, made harmless for a terminal.

/// A text as one line: nothing in it can steer a terminal, break the line or turn the reading direction.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| !steers(*c)).collect()
}

/// The same over several lines; a tab is four blanks.
pub fn plain_lines(text: &str) -> String {
    let kept = text.chars().filter(|c| matches!(c, '\n' | '\t') || !steers(*c));
    kept.collect::<String>().replace('\t', "    ")
}

/// Escape sequences begin with a control character; the others turn the direction of what follows them.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_steer_a_terminal() {
        let text = "a\x1b[31mred\x1b[0m\u{9b}2J\r\nb\u{202e}c\td\x07";
        assert_eq!(plain(text), "a[31mred[0m2Jbcd");
        assert_eq!(plain_lines(text), "a[31mred[0m2J\nbc    d");
    }
}
