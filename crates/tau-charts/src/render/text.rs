//! Text made ready for drawing: every line becomes outlines, one path a run (see
//! [`crate::font::runs`]), and each path remembers its letters, so that PDF can write letters where
//! PNG fills outlines. The renderer's own text layout is not used: it loses letters where faces mix
//! and puts those of Devanagari and Thai over one another.

use std::fmt::Write;
use std::ops::Range;

use resvg::usvg::roxmltree::{Document, Node};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

use super::RenderError;
use crate::font::faces::{FAMILIES, face};
use crate::font::runs::{Run, Shaped, runs};
use crate::font::{Weight, X_HEIGHT};

/// A picture whose text is outlines.
pub(super) struct Prepared {
    /// The SVG.
    pub(super) svg: String,
    /// The text behind its paths; [`id`] of the position is the path's id.
    pub(super) texts: Vec<Placed>,
    /// What the figures within it show; [`figure`] of the position are the ids of the paths, never
    /// seen, before and behind it.
    pub(super) figures: Vec<String>,
    /// What the picture shows, for those who do not see it.
    pub(super) label: Option<String>,
}

/// A run at its place.
pub(super) struct Placed {
    /// Its letters and what draws them.
    pub(super) run: Run,
    /// Its weight.
    pub(super) weight: Weight,
    /// Its glyphs.
    pub(super) shaped: Shaped,
    /// Its left end in the coordinates of its element.
    pub(super) x: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// Its size in em pixels.
    pub(super) size: f32,
    /// Which line of the picture it belongs to.
    pub(super) line: usize,
}

/// The id of the path that stands for a text.
pub(super) fn id(position: usize) -> String {
    format!("text-of-the-picture-{position}")
}

/// The ids of the paths before and behind a figure.
pub(super) fn figure(position: usize) -> [String; 2] {
    ["begins", "ends"].map(|what| format!("figure-{position}-{what}"))
}

/// Turns all text of an SVG into outlines.
pub(super) fn prepared(svg: &str) -> Result<Prepared, RenderError> {
    let document = Document::parse(svg).map_err(|e| RenderError::Svg(e.to_string()))?;
    let root = document.root_element();
    let shows = |node: Node<'_, '_>| match node.attribute("role") {
        Some("img") => node.attribute("aria-label").map(str::to_owned),
        _ => None,
    };
    let (mut texts, mut figures) = (Vec::new(), Vec::new());
    // What stands instead of which part of the source, in its order; where one figure ends and the
    // next begins, the end comes first.
    let mut changes: Vec<(Range<usize>, bool, String)> = Vec::new();
    for (line, node) in document.descendants().filter(Node::is_element).enumerate() {
        let Range { start, end } = node.range();
        if node.tag_name().name() == "text" {
            let text = Line::of(node)?;
            let mut paths = String::new();
            for placed in text.placed(line) {
                text.write(&mut paths, &placed, &id(texts.len()));
                texts.push(placed);
            }
            changes.push((start..end, true, paths));
        } else if let Some(label) = shows(node).filter(|_| node != root) {
            let [begins, ends] = figure(figures.len());
            let unseen = |id: &str| {
                format!("<path id=\"{id}\" d=\"M0 0H1V1Z\" fill=\"#000\" fill-opacity=\"0\"/>")
            };
            changes.push((start..start, true, unseen(&begins)));
            changes.push((end..end, false, unseen(&ends)));
            figures.push(label);
        }
    }
    changes.sort_by_key(|(range, begins, _)| (range.start, *begins));
    let mut done = String::with_capacity(svg.len() * 2);
    let mut copied = 0;
    for (range, _, instead) in changes {
        done += &svg[copied..range.start];
        done += &instead;
        copied = range.end;
    }
    done += &svg[copied..];
    let label = shows(root);
    Ok(Prepared { svg: done, texts, figures, label })
}

/// A `<text>` element: one line of letters.
struct Line<'a, 'i> {
    node: Node<'a, 'i>,
    content: String,
    x: f32,
    y: f32,
    size: f32,
    weight: Weight,
    /// Which share of its width stands left of `x`.
    before: f32,
}

impl<'a, 'i> Line<'a, 'i> {
    fn of(node: Node<'a, 'i>) -> Result<Line<'a, 'i>, RenderError> {
        let inherited =
            |name: &str| node.ancestors().find_map(|n| n.attribute(name)).map(str::trim);
        let number = |text: &str| -> Result<f32, RenderError> {
            let refused = || RenderError::Svg(format!("\"{text}\" is no length of text"));
            text.trim_end_matches("px").trim().parse().map_err(|_| refused())
        };
        let size = number(inherited("font-size").unwrap_or("16"))?;
        let length = |name: &str| -> Result<f32, RenderError> {
            let text = node.attribute(name).unwrap_or("0").trim();
            Ok(match (text.strip_suffix("em"), text.strip_suffix("ex")) {
                (Some(ems), _) => number(ems)? * size,
                (_, Some(heights)) => number(heights)? * size * X_HEIGHT,
                _ => number(text)?,
            })
        };
        let letters: String =
            node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
        Ok(Line {
            node,
            content: letters.split_ascii_whitespace().collect::<Vec<_>>().join(" "),
            x: length("x")? + length("dx")?,
            y: length("y")? + length("dy")?,
            size,
            weight: match inherited("font-weight") {
                Some("bold" | "bolder" | "600" | "700" | "800" | "900") => Weight::Bold,
                _ => Weight::Regular,
            },
            before: match inherited("text-anchor") {
                Some("middle") => 0.5,
                Some("end") => 1.0,
                _ => 0.0,
            },
        })
    }

    /// Its runs at their places.
    fn placed(&self, line: usize) -> Vec<Placed> {
        let shaped: Vec<(Run, Shaped)> = runs(&self.content)
            .into_iter()
            .map(|run| {
                let shaped = run.shaped(self.weight);
                (run, shaped)
            })
            .collect();
        let width: f32 = shaped.iter().map(|(_, shaped)| shaped.width * self.size).sum();
        let mut left = self.x - self.before * width;
        let place = |(run, shaped): (Run, Shaped)| {
            let x = left;
            left += shaped.width * self.size;
            Placed { run, weight: self.weight, shaped, x, y: self.y, size: self.size, line }
        };
        shaped.into_iter().map(place).collect()
    }

    /// A run as a path that looks as the element says.
    fn write(&self, svg: &mut String, placed: &Placed, id: &str) {
        let outlines = placed.outlines();
        if outlines.is_empty() {
            return;
        }
        // Writing to a string cannot fail.
        let _ = write!(svg, "<path id=\"{id}\"");
        for attribute in self.node.attributes() {
            let own = matches!(attribute.name(), "id" | "d" | "x" | "y" | "dx" | "dy" | "space");
            if attribute.namespace().is_none() && !own {
                let _ = write!(svg, " {}=\"{}\"", attribute.name(), escaped(attribute.value()));
            }
        }
        let (_, exact) = FAMILIES[placed.run.family].file(self.weight);
        if !exact && self.node.attribute("stroke").is_none() {
            // A family without a bold face is emboldened by an outline.
            let ink = self.node.ancestors().find_map(|n| n.attribute("fill")).unwrap_or("#000");
            let width = self.size * 0.03;
            let _ = write!(svg, " stroke=\"{}\" stroke-width=\"{width}\"", escaped(ink));
        }
        let _ = write!(svg, " d=\"{outlines}\"/>");
    }
}

impl Placed {
    /// The outlines of its glyphs as the data of a path.
    fn outlines(&self) -> String {
        let Some(face) = face(self.run.family, self.weight) else {
            return String::new();
        };
        let unit = self.size / face.units_per_em() as f32;
        let mut pen = Pen { data: String::new(), x: self.x, y: self.y, unit };
        let mut x = self.x;
        for glyph in &self.shaped.glyphs {
            pen.x = x + glyph.right * self.size;
            pen.y = self.y - glyph.up * self.size;
            face.outline_glyph(GlyphId(glyph.id), &mut pen);
            x += glyph.advance * self.size;
        }
        pen.data
    }
}

/// Writes outlines as the data of a path.
struct Pen {
    data: String,
    x: f32,
    y: f32,
    unit: f32,
}

impl Pen {
    fn step(&mut self, letter: char, points: &[(f32, f32)]) {
        self.data.push(letter);
        for &(x, y) in points {
            // Writing to a string cannot fail.
            let _ =
                write!(self.data, "{:.3} {:.3} ", self.x + x * self.unit, self.y - y * self.unit);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.step('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.step('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.step('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.step('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.step('Z', &[]);
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
