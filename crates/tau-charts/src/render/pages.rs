//! A picture drawn onto a page of a PDF: shapes as shapes, text as letters.

use std::collections::HashMap;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::tiny_skia::PathSegment;
use resvg::usvg;

use super::RenderError;
use super::text::Placed;
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
    pub(super) surface: &'a mut Surface<'s>,
    /// The text behind paths, by their ids.
    pub(super) texts: &'a HashMap<String, Placed>,
    /// The document's faces.
    pub(super) fonts: &'a mut Fonts,
}

impl Painter<'_, '_> {
    /// Draws a group with what is in it.
    pub(super) fn group(&mut self, group: &usvg::Group) -> Result<(), RenderError> {
        if group.mask().is_some() || !group.filters().is_empty() {
            return Err(unknown("a mask or a filter"));
        }
        if group.blend_mode() != usvg::BlendMode::Normal {
            return Err(unknown("a blend mode"));
        }
        let clip = group.clip_path().map(clipping).transpose()?;
        let mut pushed = 1;
        self.surface.push_transform(&transform(group.transform()));
        if let Some(clip) = clip {
            self.surface.push_clip_path(&clip, &FillRule::NonZero);
            pushed += 1;
        }
        if group.opacity() != usvg::Opacity::ONE {
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
        drawn
    }

    fn path(&mut self, path: &usvg::Path) -> Result<(), RenderError> {
        if !path.is_visible() || (path.fill().is_none() && path.stroke().is_none()) {
            return Ok(());
        }
        self.surface.set_fill(path.fill().map(fill).transpose()?);
        self.surface.set_stroke(path.stroke().map(stroke).transpose()?);
        match self.texts.get(path.id()) {
            Some(text) => self.text(text),
            None => {
                if let Some(outline) = outline(path.data(), usvg::Transform::identity()) {
                    self.surface.draw_path(&outline);
                }
                Ok(())
            }
        }
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
