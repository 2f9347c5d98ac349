//! Figures in English words, for what is not yet written in the person's language.

use crate::Bounds;

/// U+2212; the bundled font has it.
const MINUS: char = '−';

/// A number of points without sign: whole, but with the decimals it takes not to read zero, since the
/// end of an interval beside zero decides what the comparison says.
pub fn size(rate: f64) -> String {
    let points = (rate * 100.0).abs();
    if (0.05..0.95).contains(&points) {
        format!("{points:.1}")
    } else if (0.005..0.05).contains(&points) {
        format!("{points:.2}")
    } else {
        format!("{:.0}", points.round())
    }
}

/// A signed number of points: `−12`, `+3`, `0`.
pub fn points(rate: f64) -> String {
    let size = size(rate);
    match size.as_str() {
        "0" => size,
        _ if rate < 0.0 => format!("{MINUS}{size}"),
        _ => format!("+{size}"),
    }
}

/// A signed number of points as words for the ear: `12 points lower`.
pub fn points_spoken(rate: f64) -> String {
    match points(rate).as_str() {
        "0" => "the same".to_owned(),
        _ => format!("{} {}", plural_points(rate), if rate < 0.0 { "lower" } else { "higher" }),
    }
}

/// `1 point`, `12 points`.
pub fn plural_points(rate: f64) -> String {
    let size = size(rate);
    let unit = if size == "1" { "point" } else { "points" };
    format!("{size} {unit}")
}

/// A rate as whole percent, never rounded to 0 or 100 when it is neither.
pub fn percent(rate: f64) -> String {
    let percent = rate * 100.0;
    let whole =
        if percent > 0.0 && percent < 100.0 { percent.round().clamp(1.0, 99.0) } else { percent };
    format!("{whole:.0} %")
}

/// `58 to 83`, in percent.
pub fn percent_range(low: f64, high: f64) -> String {
    let bare = |rate| percent(rate).trim_end_matches(" %").to_owned();
    format!("{} to {}", bare(low), bare(high))
}

/// `−19 to −5`, in points.
pub fn points_range(low: f64, high: f64) -> String {
    format!("{} to {}", points(low), points(high))
}

/// `−12 (−19 to −5)`, in points.
pub fn difference(difference: f64, interval: Option<Bounds>) -> String {
    match interval {
        None => points(difference),
        Some(i) => format!("{} ({})", points(difference), points_range(i.low, i.high)),
    }
}

/// A p-value: three decimals, `< 0.001` below that.
pub fn p_value(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") }
}

/// `1 task`, `50 tasks`.
pub fn count(number: usize, singular: &str) -> String {
    if number == 1 { format!("1 {singular}") } else { format!("{} {singular}s", thousands(number)) }
}

/// `12,480`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Joins with commas and a last `and`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Text for HTML and XML: nothing in it can open a tag, an attribute or an entity; characters that
/// XML forbids are dropped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if allowed_in_xml(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether XML 1.0 admits the character, line breaks and tabs included.
pub fn allowed_in_xml(c: char) -> bool {
    !(c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_whole_and_signed_and_a_small_one_is_not_called_zero() {
        assert_eq!(points(-0.12), "−12");
        assert_eq!(points(0.034), "+3");
        assert_eq!(points(-0.004), "−0.4");
        assert_eq!(points(-0.0004), "−0.04");
        assert_eq!(points(0.00001), "0");
        assert_eq!(points(-0.0), "0");
        assert_eq!(points(0.0095), "+1");
        assert_eq!(plural_points(0.01), "1 point");
        assert_eq!(points_range(-0.19, 0.05), "−19 to +5");
    }

    #[test]
    fn a_rate_short_of_all_is_never_called_all() {
        assert_eq!(percent(0.999), "99 %");
        assert_eq!(percent(0.001), "1 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent_range(0.58, 1.0), "58 to 100");
    }

    #[test]
    fn counts_and_lists_read_as_words() {
        assert_eq!(count(1, "task"), "1 task");
        assert_eq!(count(1250, "task"), "1,250 tasks");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(p_value(0.0004), "< 0.001");
    }

    #[test]
    fn escaped_text_holds_no_markup_and_nothing_xml_forbids() {
        assert_eq!(escape("<a href='x'>\u{0}&\"\u{1b}ä"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;ä");
    }
}
