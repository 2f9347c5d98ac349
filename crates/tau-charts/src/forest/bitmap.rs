//! The chart as PNG: painted larger than needed on plotters' bitmap and averaged down, with text
//! set by subpixel positions, which plotters' own text is not.

use ab_glyph::{Font, point};
use plotters::prelude::{BitMapBackend, IntoDrawingArea};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use super::layout::Layout;
use super::paint::paint;
use crate::canvas::{PLOTTERS_EM, refused};
use crate::font::{self, Weight, X_HEIGHT};
use crate::{ChartError, PngScale, Theme};

/// Draws and encodes.
pub(crate) fn png(layout: &Layout, theme: Theme, scale: PngScale) -> Result<Vec<u8>, ChartError> {
    // (pixels of the picture per pixel of the chart, painted pixels per pixel of the picture)
    let (scale, fine) = match scale {
        PngScale::One => (1, 4),
        PngScale::Two => (2, 2),
        PngScale::Three => (3, 2),
    };
    let unit = scale * fine;
    let (width, height) = (layout.width * unit, layout.height * unit);
    let mut painted = vec![0u8; width as usize * height as usize * 3];
    {
        let backend = FineText(BitMapBackend::with_buffer(&mut painted, (width, height)));
        let area = backend.into_drawing_area();
        paint(&area, layout, theme, unit.cast_signed(), true)?;
        area.present().map_err(refused)?;
    }
    let size = (layout.width * scale, layout.height * scale);
    let picture = averaged(&painted, size, fine);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, size.0, size.1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // So that a document shows it at its intended size: 96 dots per inch times the scale.
    let per_metre = 3780 * scale;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&picture)?;
    writer.finish()?;
    Ok(file)
}

/// Averages squares of `fine` by `fine` pixels.
fn averaged(painted: &[u8], (width, height): (u32, u32), fine: u32) -> Vec<u8> {
    let (width, height, fine) = (width as usize, height as usize, fine as usize);
    let stride = width * fine * 3;
    let mut sums = vec![0u32; width * 3];
    let mut picture = Vec::with_capacity(width * height * 3);
    let area = (fine * fine) as u32;
    for y in 0..height {
        sums.fill(0);
        for line in painted[y * fine * stride..(y + 1) * fine * stride].chunks_exact(stride) {
            for (x, pixel) in line.chunks_exact(3).enumerate() {
                let at = x / fine * 3;
                for (sum, value) in sums[at..at + 3].iter_mut().zip(pixel) {
                    *sum += u32::from(*value);
                }
            }
        }
        picture.extend(sums.iter().map(|sum| ((sum + area / 2) / area) as u8));
    }
    picture
}

/// plotters' bitmap, except for text.
struct FineText<'a>(BitMapBackend<'a>);

type Failure<'a> = DrawingErrorKind<<BitMapBackend<'a> as DrawingBackend>::ErrorType>;

impl<'a> DrawingBackend for FineText<'a> {
    type ErrorType = <BitMapBackend<'a> as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<(), Failure<'a>> {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), Failure<'a>> {
        self.0.present()
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Result<(), Failure<'a>> {
        self.0.draw_pixel(at, color)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), Failure<'a>> {
        self.0.draw_rect(from, to, style, fill)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Result<(), Failure<'a>> {
        let weight = match style.style() {
            FontStyle::Bold => Weight::Bold,
            _ => Weight::Regular,
        };
        let Some(face) = font::face(weight) else {
            return Ok(());
        };
        let em = (style.size() / PLOTTERS_EM) as f32;
        let scale = font::scale(face, em);
        let mut pen = x as f32
            - match style.anchor().h_pos {
                HPos::Left => 0.0,
                HPos::Center => font::width(text, em, weight) / 2.0,
                HPos::Right => font::width(text, em, weight),
            };
        // The same line as SVG's: half a small x below the point.
        let line = y as f32 + em * X_HEIGHT / 2.0;
        let mut color = style.color();
        let full = color.alpha;
        for c in text.chars() {
            let glyph = face.glyph_id(c).with_scale_and_position(scale, point(pen, line));
            pen += font::advance(face, c) * em;
            let Some(outline) = face.outline_glyph(glyph) else {
                continue;
            };
            let corner = outline.px_bounds().min;
            let mut failed = Ok(());
            outline.draw(|dx, dy, cover| {
                if cover > 0.0 && failed.is_ok() {
                    color.alpha = full * f64::from(cover.min(1.0));
                    let at = (corner.x as i32 + dx as i32, corner.y as i32 + dy as i32);
                    failed = self.0.draw_pixel(at, color);
                }
            });
            failed?;
        }
        Ok(())
    }
}
