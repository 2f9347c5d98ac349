//! Sheets of paper: where the next thing goes, and how a line of text becomes SVG.

use std::fmt::Write;

use tau_charts::letters::{self, FAMILY, Weight};
use tau_charts::words::escape;

/// Width of A4 in points.
pub(super) const WIDTH: f64 = 595.28;
/// Height of A4 in points.
pub(super) const HEIGHT: f64 = 841.89;
/// Left and right of everything.
pub(super) const SIDE: f64 = 50.0;
const TOP: f64 = 52.0;
/// Where the text of a page ends; the foot stands below.
const BOTTOM: f64 = HEIGHT - 64.0;
/// Room for text from side to side.
pub(super) const ROOM: f64 = WIDTH - 2.0 * SIDE;

pub(super) const INK: &str = "#1b1d1f";
pub(super) const SOFT: &str = "#4c5156";
pub(super) const EDGE: &str = "#8d8a82";
pub(super) const HAIRLINE: &str = "#e0dcd3";
pub(super) const ALERT: &str = "#d55e00";

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    /// Em in points.
    pub size: f64,
    /// From line to line in points.
    pub line: f64,
    /// Its weight.
    pub weight: Weight,
    /// Its colour.
    pub tone: &'static str,
}

impl Type {
    pub const fn regular(size: f64) -> Type {
        Type { size, line: size * 1.45, weight: Weight::Regular, tone: INK }
    }

    pub const fn bold(size: f64) -> Type {
        Type { size, line: size * 1.35, weight: Weight::Bold, tone: INK }
    }

    pub const fn soft(self) -> Type {
        Type { tone: SOFT, ..self }
    }

    /// Width of a line in points.
    pub fn width(self, text: &str) -> f64 {
        f64::from(letters::width(text, self.size as f32, self.weight))
    }

    /// The text in lines of `room` points, line breaks of its own kept, `most` lines at most.
    pub fn wrap(self, text: &str, room: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for part in text.lines() {
            if lines.len() >= most {
                if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('…')) {
                    last.push('…');
                }
                break;
            }
            let left = most - lines.len();
            lines.extend(letters::wrap(part, self.size as f32, self.weight, room as f32, left));
        }
        lines
    }
}

/// At which end of its room a line stands, in the direction of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Where lines begin.
    Start,
    /// Where lines end.
    End,
}

/// The pages so far and the place on the last one.
pub(super) struct Paper {
    /// Whether lines run from right to left.
    mirrored: bool,
    /// What stands on each page, in SVG.
    pub sheets: Vec<String>,
    /// How far down the next thing goes.
    pub y: f64,
}

impl Paper {
    pub fn new(mirrored: bool) -> Paper {
        Paper { mirrored, sheets: vec![String::new()], y: TOP }
    }

    /// What is left of the page.
    pub fn left(&self) -> f64 {
        BOTTOM - self.y
    }

    /// What a fresh page holds.
    pub fn whole() -> f64 {
        BOTTOM - TOP
    }

    /// Begins a page.
    pub fn turn(&mut self) {
        self.sheets.push(String::new());
        self.y = TOP;
    }

    /// Begins a page unless this one has room for `height`.
    pub fn need(&mut self, height: f64) {
        if height > self.left() && self.y > TOP {
            self.turn();
        }
    }

    /// Leaves space, but none at the top of a page.
    pub fn space(&mut self, height: f64) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Puts SVG onto the page.
    pub fn put(&mut self, svg: &str) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push_str(svg);
            sheet.push('\n');
        }
    }

    /// One line of text in the box that begins `from` and ends `to` points from where lines begin, the
    /// middle of its height at `middle`.
    pub fn line(&mut self, text: &str, (from, to): (f64, f64), middle: f64, kind: Type, end: End) {
        let svg = line_svg(self.mirrored, text, (from, to), middle, kind, end);
        self.put(&svg);
    }

    /// Lines one below the other at the present place, which moves below them. Pages turn between
    /// lines.
    pub fn lines(&mut self, lines: &[String], span: (f64, f64), kind: Type) {
        for line in lines {
            self.need(kind.line);
            let middle = self.y + kind.line / 2.0;
            self.line(line, span, middle, kind, End::Start);
            self.y += kind.line;
        }
    }

    /// A filled box; across in points from where lines begin.
    pub fn fill(&mut self, (from, to): (f64, f64), (top, bottom): (f64, f64), tone: &str) {
        let left = if self.mirrored { WIDTH - to } else { from };
        let (width, height) = (to - from, bottom - top);
        self.put(&format!(
            "<rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{tone}\"/>"
        ));
    }

    /// A line across.
    pub fn rule(&mut self, (from, to): (f64, f64), y: f64, thick: f64, tone: &str) {
        self.fill((from, to), (y - thick / 2.0, y + thick / 2.0), tone);
    }
}

/// A line for a page that runs from left to right: one that is all in letters from right to left takes
/// their direction, a sentence with such a name in it keeps the page's.
fn upright(text: &str) -> String {
    let directed = letters::directed(text);
    let runs_on = |c: char| {
        c.is_alphabetic() && letters::directed(c.encode_utf8(&mut [0; 4])).len() == c.len_utf8()
    };
    if directed != text && text.contains(runs_on) { text.to_owned() } else { directed }
}

/// A line of text as SVG; on a mirrored page it begins at the right.
pub(super) fn line_svg(
    mirrored: bool,
    text: &str,
    (from, to): (f64, f64),
    middle: f64,
    kind: Type,
    end: End,
) -> String {
    if text.is_empty() {
        return String::new();
    }
    let at = if end == End::Start { from } else { to };
    let (x, anchor) = match (mirrored, end) {
        (false, End::Start) => (at, "start"),
        (false, End::End) => (at, "end"),
        (true, End::Start) => (WIDTH - at, "end"),
        (true, End::End) => (WIDTH - at, "start"),
    };
    // Half of the height of capitals and figures below the middle.
    let baseline = middle + 0.357 * kind.size;
    let weight = if kind.weight == Weight::Bold { 700 } else { 400 };
    // On a mirrored page a line runs from right to left whatever letter it begins with.
    let text = match mirrored {
        true => format!("\u{202b}{text}\u{202c}"),
        false => upright(text),
    };
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<text x=\"{x:.2}\" y=\"{baseline:.2}\" font-family=\"{FAMILY}\" font-size=\"{:.2}\" font-weight=\"{weight}\" fill=\"{}\" text-anchor=\"{anchor}\" xml:space=\"preserve\">{}</text>",
        kind.size,
        kind.tone,
        escape(&text),
    );
    svg
}
