//! The bundled fonts: measuring, wrapping, shortening, and carrying letters into files.

pub(crate) mod faces;
pub(crate) mod runs;
mod web;

pub use web::embedded_css;

/// Family as it stands in SVG and HTML.
pub const FAMILY: &str = "Noto Sans, sans-serif";

/// Height of a small x in em; where SVG puts the baseline of vertically centred text follows it.
pub(crate) const X_HEIGHT: f32 = 0.536;

/// Weight of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 700.
    Bold,
}

/// Whether a letter is written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and the forms
/// of presentation.
fn is_right_to_left(c: char) -> bool {
    matches!(c as u32, 0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x10800..=0x10fff | 0x1e800..=0x1eeff)
}

/// A line to be drawn: one with letters from right to left takes its direction from its first letter
/// (first strong isolate), since SVG would lay it out as a piece of a line from left to right.
pub fn directed(line: &str) -> String {
    match line.contains(is_right_to_left) {
        true => format!("\u{2068}{line}\u{2069}"),
        false => line.to_owned(),
    }
}

/// Width of a line in pixels at `size` em pixels, each letter as wide as in the face that draws it.
pub fn width(text: &str, size: f32, weight: Weight) -> f32 {
    runs::runs(text).iter().map(|run| run.width(weight)).sum::<f32>() * size
}

/// Whether a character belongs to the letter before it, so that no line may begin with it: combining
/// marks, vowel signs, joiners.
fn is_mark(c: char) -> bool {
    matches!(c as u32,
        0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6ed
        | 0x900..=0x903 | 0x93a..=0x93c | 0x93e..=0x94f | 0x951..=0x957 | 0x962..=0x963
        | 0xe31 | 0xe33..=0xe3a | 0xe47..=0xe4e | 0x200c..=0x200d | 0x3099..=0x309a | 0xfe00..=0xfe0f)
}

/// The text cut to fit `room` pixels, ending in an ellipsis when anything was cut.
pub fn ellipsise(text: &str, size: f32, weight: Weight, room: f32) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let kept = &text[..longest(text, "…", size, weight, room)];
    let kept = match text[kept.len()..].starts_with(is_mark) {
        // A letter keeps its marks.
        true => {
            let letter = kept.trim_end_matches(is_mark);
            letter.char_indices().last().map_or("", |(at, _)| &letter[..at])
        }
        false => kept,
    };
    format!("{}…", kept.trim_end())
}

/// Bytes of the longest beginning that fits `room` pixels with `tail` behind it.
fn longest(text: &str, tail: &str, size: f32, weight: Weight, room: f32) -> usize {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    // Halving asks for the width of few beginnings; one more letter is hardly ever narrower.
    let fits = |end: &usize| width(&format!("{}{tail}", &text[..*end]), size, weight) <= room;
    match ends.partition_point(fits) {
        0 => 0,
        count => ends[count - 1],
    }
}

/// The text in at most `lines` lines of `room` pixels: broken where its script allows (UAX #14: at
/// spaces, between ideographs, never at a space that does not break), inside a word only when the word
/// alone is too long, the last line ellipsised when the rest does not fit.
pub fn wrap(text: &str, size: f32, weight: Weight, room: f32, lines: usize) -> Vec<String> {
    let fits = |line: &str| width(line, size, weight) <= room;
    let mut done: Vec<String> = Vec::new();
    let mut rest = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    while !rest.is_empty() {
        if fits(&rest) {
            done.push(std::mem::take(&mut rest));
            break;
        }
        if done.len() + 1 == lines {
            done.push(ellipsise(&rest, size, weight, room));
            break;
        }
        let end = longest(&rest, "", size, weight, room);
        // At least one character a line, however narrow the room.
        let end = end.max(rest.chars().next().map_or(0, char::len_utf8));
        // A line may end in a space that has no room.
        let within = |at: &usize| rest[..*at].trim_end_matches(' ').len() <= end;
        let allowed = unicode_linebreak::linebreaks(&rest).map(|(at, _)| at);
        let cut = allowed.take_while(within).last().unwrap_or_else(|| inside(&rest, end));
        let tail = rest.split_off(cut);
        done.push(rest.trim_end_matches(' ').to_owned());
        rest = tail.trim_start_matches(' ').to_owned();
    }
    done
}

/// Where a word that is too long alone is cut, at `end` or before it: a letter keeps its marks.
fn inside(word: &str, end: usize) -> usize {
    if !word[end..].starts_with(is_mark) {
        return end;
    }
    let letter = word[..end].trim_end_matches(is_mark);
    letter.char_indices().last().map_or(end, |(at, _)| if at > 0 { at } else { end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_parses_and_holds_what_charts_write() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = faces::face(0, weight).unwrap();
            for c in "Aaäßñøłžпривет−×·…–“”%+αω".chars() {
                assert!(face.glyph_index(c).is_some(), "{c}");
            }
            for family in 0..faces::FAMILIES.len() {
                assert!(faces::face(family, weight).is_some(), "{family}");
            }
        }
        assert!(
            width("Impatience", 14.0, Weight::Bold) > width("Impatience", 14.0, Weight::Regular)
        );
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_word_when_there_are_enough_of_them() {
        let name = "Impatient and confused customers who forget their order number twice";
        let lines = wrap(name, 14.0, Weight::Regular, 150.0, 9);
        assert_eq!(lines.join(" "), name);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|l| width(l, 14.0, Weight::Regular) <= 150.0));
    }

    #[test]
    fn what_does_not_fit_the_last_line_ends_in_an_ellipsis() {
        let lines = wrap(&"word ".repeat(40), 14.0, Weight::Regular, 150.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
        assert!(width(&lines[1], 14.0, Weight::Regular) <= 150.0);
    }

    #[test]
    fn one_endless_word_is_broken_inside() {
        let lines = wrap(&"x".repeat(80), 14.0, Weight::Regular, 150.0, 9);
        assert_eq!(lines.concat().len(), 80);
        assert!(lines.iter().all(|l| width(l, 14.0, Weight::Regular) <= 150.0));
    }

    #[test]
    fn a_line_with_letters_from_right_to_left_begins_on_their_side() {
        assert_eq!(directed("عملاء: 3 من 10"), "\u{2068}عملاء: 3 من 10\u{2069}");
        assert_eq!(directed("Impatience, 不耐烦"), "Impatience, 不耐烦");
    }

    #[test]
    fn a_letter_is_as_wide_as_in_the_face_that_draws_it() {
        let width = |text| width(text, 10.0, Weight::Regular);
        assert_eq!(width("客户"), 20.0);
        assert_eq!(width("\u{2068}客\u{2069}"), 10.0, "marks of direction take no room");
        assert!(width("قطة") < width("ق") + width("ط") + width("ة"), "letters join");
        assert_eq!(width("ที่"), width("ท"), "marks stand above");
        let alone = width("Impatience") + width(" ") + width("客");
        assert!((width("Impatience 客") - alone).abs() < 0.01, "faces mix in a line");
    }

    #[test]
    fn no_line_begins_with_a_mark_of_the_letter_before() {
        for name in ["ลูกค้าที่ใจร้อนและสับสน", "अधीरऔरभ्रमितग्राहक", "e\u{301}e\u{301}e\u{301}e\u{301}"]
        {
            for room in [20.0, 30.0, 40.0, 50.0] {
                let lines = wrap(name, 14.0, Weight::Regular, room, 99);
                assert_eq!(lines.concat(), name);
                assert!(!lines.iter().any(|line| line.starts_with(is_mark)), "{lines:?}");
            }
        }
    }

    #[test]
    fn ideographs_fill_their_lines_beside_figures_and_spaces() {
        let sentence = "不计责任在客户的 57 次对话：无法判断是否有任何特质改变成功率。";
        let lines = wrap(sentence, 14.0, Weight::Regular, 200.0, 9);
        let full = |line: &String| width(line, 14.0, Weight::Regular) > 150.0;
        assert!(lines.len() > 1 && lines[..lines.len() - 1].iter().all(full), "{lines:?}");
        assert!(!lines.iter().any(|line| line.starts_with(['：', '。'])), "{lines:?}");
    }

    #[test]
    fn a_space_that_does_not_break_keeps_a_figure_and_its_unit_together() {
        for room in 40..120 {
            let lines = wrap("a share of 95\u{a0}% here", 14.0, Weight::Regular, room as f32, 9);
            assert!(!lines.iter().any(|line| line.starts_with('%')), "{lines:?}");
        }
    }
}
