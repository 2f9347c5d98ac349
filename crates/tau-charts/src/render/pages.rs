//! A picture drawn onto a page of a PDF: shapes as shapes, text as letters.

use std::collections::HashMap;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ContentTag, Identifier, Node, Tag, TagGroup};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::tiny_skia::PathSegment;
use resvg::usvg;

use super::text::Placed;
use super::{Picture, RenderError};
use crate::font::Weight;
use crate::font::faces::FAMILIES;

/// The faces of a document, each embedded once.
#[derive(Default)]
pub(super) struct Fonts(HashMap<(usize, bool), Font>);

impl Fonts {
    fn of(&mut self, text: &Placed) -> Result<Font, RenderError> {
        let (file, exact) = FAMILIES[text.run.family].file(text.weight);
        let key = (text.run.family, exact && text.weight == Weight::Bold);
        if let Some(font) = self.0.get(&key) {
            return Ok(font.clone());
        }
        let font = Font::new(file.into(), 0)
            .ok_or_else(|| RenderError::Pdf("a bundled font could not be read".to_owned()))?;
        self.0.insert(key, font.clone());
        Ok(font)
    }
}

/// Draws a picture.
pub(super) struct Painter<'a, 's> {
    /// Where to.
    surface: &'a mut Surface<'s>,
    /// What.
    picture: &'a Picture,
    /// The document's faces.
    fonts: &'a mut Fonts,
    /// A page that is read: each line of text by itself, figures by their words; other shapes are
    /// decoration. `None`: all of it is one figure.
    page: Option<Parts>,
    /// The id of the path at which the open figure ends.
    open: Option<String>,
    /// Whether all around is already marked as decoration.
    decoration: bool,
}

/// What is read of a page, in its order.
#[derive(Default)]
pub(super) struct Parts {
    groups: Vec<TagGroup>,
    line: Option<usize>,
}

impl Parts {
    /// The parts.
    pub(super) fn into_groups(self) -> Vec<TagGroup> {
        self.groups
    }

    fn line(&mut self, line: usize, content: Identifier) {
        if self.line.replace(line) != Some(line) {
            self.groups.push(TagGroup::new(Tag::P));
        }
        if let Some(group) = self.groups.last_mut() {
            group.push(Node::Leaf(content));
        }
    }

    fn figure(&mut self, label: String, content: Identifier) {
        self.line = None;
        self.groups.push(TagGroup::with_children(Tag::Figure(Some(label)), vec![content.into()]));
    }
}

impl<'a, 's> Painter<'a, 's> {
    /// Ready to draw a picture.
    pub(super) fn new(
        surface: &'a mut Surface<'s>,
        picture: &'a Picture,
        fonts: &'a mut Fonts,
    ) -> Self {
        let page = picture.label.is_none().then(Parts::default);
        Painter { surface, picture, fonts, page, open: None, decoration: false }
    }

    /// Draws a group with what is in it.
    pub(super) fn group(&mut self, group: &usvg::Group) -> Result<(), RenderError> {
        if group.mask().is_some() || !group.filters().is_empty() {
            return Err(unknown("a mask or a filter"));
        }
        if group.blend_mode() != usvg::BlendMode::Normal {
            return Err(unknown("a blend mode"));
        }
        let clip = group.clip_path().map(clipping).transpose()?;
        let opaque = group.opacity() == usvg::Opacity::ONE;
        // What shines through is drawn aside, where nothing can be marked.
        let marked = !opaque && self.marks();
        if marked {
            self.surface.start_tagged(ContentTag::Artifact(Artifact::default()));
            self.decoration = true;
        }
        let mut pushed = 1;
        self.surface.push_transform(&transform(group.transform()));
        if let Some(clip) = clip {
            self.surface.push_clip_path(&clip, &FillRule::NonZero);
            pushed += 1;
        }
        if !opaque {
            self.surface.push_opacity(share(group.opacity()));
            self.surface.push_isolated();
            pushed += 2;
        }
        let drawn = group.children().iter().try_for_each(|child| match child {
            usvg::Node::Group(group) => self.group(group),
            usvg::Node::Path(path) => self.path(path),
            usvg::Node::Image(_) => Err(unknown("a picture in pixels")),
            // All text has become paths.
            usvg::Node::Text(_) => Ok(()),
        });
        // Also after a failure: a surface that is left half drawn is a bug to krilla.
        for _ in 0..pushed {
            self.surface.pop();
        }
        if marked {
            self.surface.end_tagged();
            self.decoration = false;
        }
        drawn
    }

    /// Ends what a failure has left open, and gives what is read of the page.
    pub(super) fn finish(self) -> Option<Parts> {
        if self.open.is_some() {
            self.surface.end_tagged();
        }
        self.page
    }

    /// Whether each thing is marked by itself here.
    fn marks(&self) -> bool {
        self.page.is_some() && self.open.is_none() && !self.decoration
    }

    fn path(&mut self, path: &usvg::Path) -> Result<(), RenderError> {
        if self.open.as_deref() == Some(path.id()) {
            self.open = None;
            self.surface.end_tagged();
            return Ok(());
        }
        if let Some((ends, label)) = self.picture.figures.get(path.id()) {
            if self.marks() {
                let content = self.surface.start_tagged(ContentTag::Other);
                self.open = Some(ends.clone());
                if let Some(parts) = &mut self.page {
                    parts.figure(label.clone(), content);
                }
            }
            return Ok(());
        }
        if !path.is_visible() || (path.fill().is_none() && path.stroke().is_none()) {
            return Ok(());
        }
        self.surface.set_fill(path.fill().map(fill).transpose()?);
        self.surface.set_stroke(path.stroke().map(stroke).transpose()?);
        let text = self.picture.texts.get(path.id());
        let marked = self.marks().then(|| {
            self.surface.start_tagged(match text {
                Some(_) => ContentTag::Other,
                None => ContentTag::Artifact(Artifact::default()),
            })
        });
        let drawn = match text {
            Some(text) => self.text(text),
            None => {
                if let Some(outline) = outline(path.data(), usvg::Transform::identity()) {
                    self.surface.draw_path(&outline);
                }
                Ok(())
            }
        };
        if let Some(content) = marked {
            self.surface.end_tagged();
            if let (Some(text), Some(parts)) = (text, &mut self.page) {
                parts.line(text.line, content);
            }
        }
        drawn
    }

    fn text(&mut self, text: &Placed) -> Result<(), RenderError> {
        let font = self.fonts.of(text)?;
        let glyphs: Vec<KrillaGlyph> = text
            .shaped
            .glyphs
            .iter()
            .map(|g| {
                let id = GlyphId::new(g.id.into());
                KrillaGlyph::new(id, g.advance, g.right, g.up, 0.0, g.letters.clone(), None)
            })
            .collect();
        let start = Point::from_xy(text.x, text.y);
        self.surface.draw_glyphs(start, &glyphs, font, &text.run.text, text.size, false);
        Ok(())
    }
}

fn unknown(what: &str) -> RenderError {
    RenderError::Svg(format!("{what} cannot be written as PDF"))
}

fn transform(t: usvg::Transform) -> Transform {
    Transform::from_row(t.sx, t.ky, t.kx, t.sy, t.tx, t.ty)
}

fn share(opacity: usvg::Opacity) -> NormalizedF32 {
    NormalizedF32::new(opacity.get()).unwrap_or(NormalizedF32::ONE)
}

fn color(paint: &usvg::Paint) -> Result<rgb::Color, RenderError> {
    match paint {
        usvg::Paint::Color(color) => Ok(rgb::Color::new(color.red, color.green, color.blue)),
        _ => Err(unknown("a gradient or a pattern")),
    }
}

fn fill(fill: &usvg::Fill) -> Result<Fill, RenderError> {
    Ok(Fill {
        paint: color(fill.paint())?.into(),
        opacity: share(fill.opacity()),
        rule: match fill.rule() {
            usvg::FillRule::NonZero => FillRule::NonZero,
            usvg::FillRule::EvenOdd => FillRule::EvenOdd,
        },
    })
}

fn stroke(stroke: &usvg::Stroke) -> Result<Stroke, RenderError> {
    Ok(Stroke {
        paint: color(stroke.paint())?.into(),
        width: stroke.width().get(),
        miter_limit: stroke.miterlimit().get(),
        line_cap: match stroke.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        line_join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
        },
        opacity: share(stroke.opacity()),
        dash: stroke
            .dasharray()
            .map(|array| StrokeDash { array: array.to_vec(), offset: stroke.dashoffset() }),
    })
}

/// The outline of a clip path.
fn clipping(clip: &usvg::ClipPath) -> Result<Path, RenderError> {
    if clip.clip_path().is_some() {
        return Err(unknown("a clipped clip path"));
    }
    let mut paths = PathBuilder::new();
    for child in clip.root().children() {
        let usvg::Node::Path(path) = child else {
            return Err(unknown("a clip path of groups"));
        };
        segments(&mut paths, path.data(), clip.transform().pre_concat(path.abs_transform()));
    }
    paths.finish().ok_or_else(|| unknown("an empty clip path"))
}

fn outline(data: &resvg::tiny_skia::Path, moved: usvg::Transform) -> Option<Path> {
    let mut path = PathBuilder::new();
    segments(&mut path, data, moved);
    path.finish()
}

fn segments(to: &mut PathBuilder, data: &resvg::tiny_skia::Path, moved: usvg::Transform) {
    let at = |mut point: resvg::tiny_skia::Point| {
        moved.map_point(&mut point);
        point
    };
    for segment in data.segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                let p = at(p);
                to.move_to(p.x, p.y);
            }
            PathSegment::LineTo(p) => {
                let p = at(p);
                to.line_to(p.x, p.y);
            }
            PathSegment::QuadTo(a, p) => {
                let (a, p) = (at(a), at(p));
                to.quad_to(a.x, a.y, p.x, p.y);
            }
            PathSegment::CubicTo(a, b, p) => {
                let (a, b, p) = (at(a), at(b), at(p));
                to.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y);
            }
            PathSegment::Close => to.close(),
        }
    }
}
