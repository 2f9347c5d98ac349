//! The bundled font: measuring, wrapping, shortening.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, GlyphId, PxScale};
use base64::Engine;

static REGULAR: &[u8] = include_bytes!("../assets/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../assets/NotoSans-Bold.ttf");
static REGULAR_WEB: &[u8] = include_bytes!("../assets/NotoSans-Regular.woff2");
static BOLD_WEB: &[u8] = include_bytes!("../assets/NotoSans-Bold.woff2");

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

/// The two faces, parsed once. The files are part of the binary, so parsing cannot fail at run
/// time unless the build is broken; then text measures by rule of thumb and PNG text is missing,
/// which the tests would show.
static FACES: LazyLock<[Option<FontRef<'static>>; 2]> =
    LazyLock::new(|| [REGULAR, BOLD].map(|bytes| FontRef::try_from_slice(bytes).ok()));

/// The parsed face of a weight.
pub(crate) fn face(weight: Weight) -> Option<&'static FontRef<'static>> {
    match weight {
        Weight::Regular => FACES[0].as_ref(),
        Weight::Bold => FACES[1].as_ref(),
    }
}

/// ab_glyph scales by ascent minus descent; this is that height for a size in em pixels.
pub(crate) fn scale(face: &FontRef<'_>, em: f32) -> PxScale {
    let per_em = face.units_per_em().unwrap_or(1000.0);
    PxScale::from(em * face.height_unscaled() / per_em)
}

/// Advance of one character in em. What the font lacks is as wide as other fonts will draw it:
/// a full em for East Asian letters, nothing for marks, 0.6 otherwise.
pub(crate) fn advance(face: &FontRef<'_>, c: char) -> f32 {
    let glyph = face.glyph_id(c);
    if glyph != GlyphId(0) && !is_invisible(c) {
        let per_em = face.units_per_em().unwrap_or(1000.0);
        return face.h_advance_unscaled(glyph) / per_em;
    }
    match c as u32 {
        _ if is_invisible(c) => 0.0,
        0x1100..=0x11ff | 0x2e80..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xff60 => 1.0,
        0x1f000..=0x1faff | 0x20000..=0x3ffff => 1.0,
        0x0591..=0x05c7 | 0x064b..=0x065f | 0xfe00..=0xfe0f => 0.0,
        _ => 0.6,
    }
}

/// Joiners, direction marks and isolates: nothing is drawn for them.
fn is_invisible(c: char) -> bool {
    matches!(c as u32, 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff)
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

/// Width of a line in pixels at `size` em pixels.
pub fn width(text: &str, size: f32, weight: Weight) -> f32 {
    let em: f32 = match face(weight) {
        Some(face) => text.chars().map(|c| advance(face, c)).sum(),
        None => text.chars().count() as f32 * 0.6,
    };
    em * size
}

/// The text cut to fit `room` pixels, ending in an ellipsis when anything was cut.
pub fn ellipsise(text: &str, size: f32, weight: Weight, room: f32) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&format!("{kept}…"), size, weight) > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// The text in at most `lines` lines of `room` pixels: broken at spaces, inside a word only when
/// the word alone is too long, the last line ellipsised when the rest does not fit.
pub fn wrap(text: &str, size: f32, weight: Weight, room: f32, lines: usize) -> Vec<String> {
    let fits = |line: &str| width(line, size, weight) <= room;
    let mut done: Vec<String> = Vec::new();
    let mut rest = text.split_whitespace().collect::<Vec<_>>().join(" ");
    while !rest.is_empty() {
        if fits(&rest) {
            done.push(std::mem::take(&mut rest));
            break;
        }
        if done.len() + 1 == lines {
            done.push(ellipsise(&rest, size, weight, room));
            break;
        }
        // The longest prefix that fits, then back to the last space within it.
        let mut end = 0;
        for (at, c) in rest.char_indices() {
            if !fits(&rest[..at + c.len_utf8()]) {
                break;
            }
            end = at + c.len_utf8();
        }
        // At least one character a line, however narrow the room.
        end = end.max(rest.chars().next().map_or(0, char::len_utf8));
        let cut = match rest[..end].rfind(' ') {
            _ if rest[end..].starts_with(' ') => end,
            Some(space) if space > 0 => space,
            _ => end,
        };
        let tail = rest.split_off(cut);
        done.push(rest.trim_end().to_owned());
        rest = tail.trim_start().to_owned();
    }
    done
}

/// `@font-face` rules that carry the subset, for files that leave the window.
pub fn embedded_css() -> String {
    let rule = |bytes: &[u8], weight: u32| {
        format!(
            "@font-face{{font-family:\"Noto Sans\";font-weight:{weight};src:url(data:font/woff2;base64,{}) format(\"woff2\")}}",
            base64::engine::general_purpose::STANDARD.encode(bytes)
        )
    };
    rule(REGULAR_WEB, 400) + &rule(BOLD_WEB, 700)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_parse_and_hold_what_charts_write() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = face(weight).unwrap();
            for c in "Aaäßñøłžпривет−×·…–“”%+αω".chars() {
                assert_ne!(face.glyph_id(c), GlyphId(0), "{c}");
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
    fn letters_the_font_lacks_are_given_room() {
        assert_eq!(width("客户", 10.0, Weight::Regular), 20.0);
        assert_eq!(width("\u{2068}客\u{2069}", 10.0, Weight::Regular), 10.0);
        assert!(!wrap("不耐烦的客户不耐烦的客户", 14.0, Weight::Regular, 60.0, 3).is_empty());
    }
}
