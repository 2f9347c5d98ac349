//! A line of text cut into runs that one face draws in one direction, in the order in which they
//! stand from left to right. What measures and what draws use the same runs, so a label is as wide
//! as it was measured.

use std::ops::Range;

use rustybuzz::ttf_parser::GlyphId;
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};

use super::Weight;
use super::faces::{FAMILIES, face, within};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    /// Its text in the order of reading.
    pub(crate) text: String,
    /// The position in [`FAMILIES`] of what draws it.
    pub(crate) family: usize,
    /// Whether it is read from right to left.
    pub(crate) right_to_left: bool,
}

/// The family that draws a character: the first that claims it, else the first of all.
fn family_of(c: char) -> usize {
    FAMILIES.iter().position(|family| within(family.claims, c)).unwrap_or(0)
}

/// Joiners, selectors and combining marks stay with the letter before them.
fn clings(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36f | 0x200c..=0x200d | 0xfe00..=0xfe0f)
}

/// Whether text is Noto Sans's own and needs neither runs nor turning around.
pub(crate) fn is_plain(text: &str) -> bool {
    text.chars().all(|c| (c as u32) < 0x590 || (family_of(c) == 0 && !turns_text(c)))
}

/// What turns text around: marks of direction and letters from right to left.
fn turns_text(c: char) -> bool {
    turns(c)
        || matches!(c as u32, 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

/// Marks and brackets of direction. They have done their work once a line is cut.
fn turns(c: char) -> bool {
    matches!(c as u32, 0x200e..=0x200f | 0x202a..=0x202e | 0x2066..=0x2069)
}

/// Cuts a line; its base direction is from left to right, as in SVG.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    if text.is_empty() {
        return Vec::new();
    }
    if is_plain(text) {
        return vec![Run { text: text.to_owned(), family: 0, right_to_left: false }];
    }
    let bidi = BidiInfo::new(text, Some(Level::ltr()));
    let mut done: Vec<Run> = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, visual) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for range in visual {
            let right_to_left = levels.get(range.start).is_some_and(Level::is_rtl);
            let mut pieces = by_family(&text[range], right_to_left);
            if right_to_left {
                pieces.reverse();
            }
            for piece in pieces {
                match done.last_mut() {
                    Some(Run { text, family, right_to_left: false })
                        if *family == piece.family && !piece.right_to_left =>
                    {
                        text.push_str(&piece.text);
                    }
                    _ => done.push(piece),
                }
            }
        }
    }
    done
}

/// Cuts text of one direction where its face changes. A space between two words of one family is
/// that family's, so that a name stays one piece.
fn by_family(text: &str, right_to_left: bool) -> Vec<Run> {
    let mut pieces: Vec<Run> = Vec::new();
    let mut spaces = String::new();
    for c in text.chars().filter(|c| !turns(*c)) {
        if c == ' ' && pieces.last().is_some_and(|last| last.family != 0) {
            spaces.push(c);
            continue;
        }
        let family = match pieces.last() {
            Some(last) if clings(c) && spaces.is_empty() => last.family,
            _ => family_of(c),
        };
        match pieces.last_mut() {
            Some(last) if last.family == family => {
                last.text.push_str(&std::mem::take(&mut spaces));
                last.text.push(c);
            }
            _ => {
                let mut text = String::new();
                if family == 0 {
                    text = std::mem::take(&mut spaces);
                } else if !spaces.is_empty() {
                    let text = std::mem::take(&mut spaces);
                    pieces.push(Run { text, family: 0, right_to_left });
                }
                text.push(c);
                pieces.push(Run { text, family, right_to_left });
            }
        }
    }
    if !spaces.is_empty() {
        pieces.push(Run { text: spaces, family: 0, right_to_left });
    }
    pieces
}

impl Run {
    /// Its width in em as laid out; drawn text is as wide, or slightly narrower by kerning.
    pub(crate) fn width(&self, weight: Weight) -> f32 {
        if FAMILIES[self.family].joins {
            return self.shaped(weight).width;
        }
        let Some(face) = face(self.family, weight) else {
            return self.text.chars().count() as f32 * 0.6;
        };
        let missing = face.glyph_hor_advance(GlyphId(0)).unwrap_or(0);
        let advance = |c| match face.glyph_index(c) {
            _ if invisible(c) => 0,
            Some(glyph) => face.glyph_hor_advance(glyph).unwrap_or(missing),
            None => missing,
        };
        let sum: f32 = self.text.chars().map(|c| f32::from(advance(c))).sum();
        sum / face.units_per_em() as f32
    }

    /// Its glyphs, as drawn.
    pub(crate) fn shaped(&self, weight: Weight) -> Shaped {
        let Some(face) = face(self.family, weight) else {
            return Shaped { glyphs: Vec::new(), width: 0.0 };
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&self.text);
        buffer.set_direction(match self.right_to_left {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        let shaped = rustybuzz::shape(face, &[], buffer);
        let mut starts: Vec<usize> =
            shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.push(self.text.len());
        let em = |units: i32| units as f32 / face.units_per_em() as f32;
        let glyphs: Vec<Glyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, position)| {
                let start = info.cluster as usize;
                let next = starts.partition_point(|&other| other <= start);
                Glyph {
                    id: info.glyph_id as u16,
                    advance: em(position.x_advance),
                    right: em(position.x_offset),
                    up: em(position.y_offset),
                    letters: start..starts.get(next).copied().unwrap_or(self.text.len()),
                }
            })
            .collect();
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        Shaped { glyphs, width }
    }
}

/// Characters that are never seen, whatever a face has for them.
pub(crate) fn invisible(c: char) -> bool {
    matches!(c as u32, 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfe00..=0xfe0f | 0xfeff)
}

/// A run's glyphs from left to right, and its width in em.
pub(crate) struct Shaped {
    /// The glyphs.
    pub(crate) glyphs: Vec<Glyph>,
    /// The width.
    pub(crate) width: f32,
}

/// A glyph; lengths in em.
pub(crate) struct Glyph {
    /// Its number in the face.
    pub(crate) id: u16,
    /// How far the next one stands from it.
    pub(crate) advance: f32,
    /// How far it is moved to the right of its place.
    pub(crate) right: f32,
    /// How far it is moved up.
    pub(crate) up: f32,
    /// The letters it stands for, as a range of the run's text.
    pub(crate) letters: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, usize, bool)> {
        runs(text).into_iter().map(|run| (run.text, run.family, run.right_to_left)).collect()
    }

    #[test]
    fn a_line_is_cut_where_face_or_direction_change_and_stands_from_left_to_right() {
        let run = |text: &str, family, right_to_left| (text.to_owned(), family, right_to_left);
        assert_eq!(cut("Impatience"), [run("Impatience", 0, false)]);
        assert_eq!(
            cut("a 不耐烦 的客户 b"),
            [run("a ", 0, false), run("不耐烦 的客户", 5, false), run(" b", 0, false)]
        );
        assert_eq!(
            cut("(غير صبور) 5"),
            [run("(", 0, false), run("غير صبور", 1, true), run(") 5", 0, false)]
        );
        // A line that begins on the right: its number stands left of it, its brackets turn around.
        assert_eq!(
            cut("\u{2068}غير (صبور) 5\u{2069}"),
            [
                run("5", 0, false),
                run(") ", 0, true),
                run("صبور", 1, true),
                run(" (", 0, true),
                run("غير", 1, true),
            ]
        );
        assert!(cut("").is_empty());
    }

    #[test]
    fn glyphs_remember_their_letters() {
        for text in ["Impatience", "क्षत्रिय", "น้ำ", "لا إله"] {
            for run in runs(text) {
                let shaped = run.shaped(Weight::Regular);
                let mut told: Vec<_> = shaped.glyphs.iter().map(|g| g.letters.clone()).collect();
                told.sort_by_key(|letters| letters.start);
                told.dedup();
                let joined: String =
                    told.iter().map(|letters| &run.text[letters.clone()]).collect();
                assert_eq!(joined, run.text);
            }
        }
    }
}
