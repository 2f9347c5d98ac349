//! PNG.

use resvg::tiny_skia::{Pixmap, Transform};

use super::{RenderError, read};
use crate::PngScale;

/// Pixels of the largest picture: 256 MB while it is drawn.
const MOST: u64 = 64 << 20;

/// A picture as PNG. The file says how large it is meant to be shown (96 dots per inch times the
/// scale); it is opaque unless something shines through.
///
/// # Errors
/// When the SVG cannot be read, or the picture would have more than 67 million pixels.
pub fn png(svg: &str, scale: PngScale) -> Result<Vec<u8>, RenderError> {
    let scale: u16 = match scale {
        PngScale::One => 1,
        PngScale::Two => 2,
        PngScale::Three => 3,
    };
    let tree = read(svg)?.tree;
    let pixels = |length: f32| (f64::from(length) * f64::from(scale)).round() as u64;
    let (width, height) = (pixels(tree.size().width()), pixels(tree.size().height()));
    let too_large = RenderError::TooLarge {
        width,
        height,
        unit: "pixels",
        limit: "at most 67 million pixels; choose a smaller scale",
    };
    if width.max(height) > 1 << 16 || width * height > MOST {
        return Err(too_large);
    }
    let Some(mut painted) = Pixmap::new(width as u32, height as u32) else {
        return Err(too_large);
    };
    let factor = f32::from(scale);
    resvg::render(&tree, Transform::from_scale(factor, factor), &mut painted.as_mut());
    encoded(&painted, u32::from(scale))
}

fn encoded(painted: &Pixmap, scale: u32) -> Result<Vec<u8>, RenderError> {
    let opaque = painted.pixels().iter().all(|pixel| pixel.alpha() == u8::MAX);
    let channels = if opaque { 3 } else { 4 };
    let mut samples = Vec::with_capacity(painted.pixels().len() * channels);
    for pixel in painted.pixels() {
        let color = pixel.demultiply();
        let all = [color.red(), color.green(), color.blue(), color.alpha()];
        samples.extend_from_slice(&all[..channels]);
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, painted.width(), painted.height());
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: 3780 * scale,
        yppu: 3780 * scale,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&samples)?;
    writer.finish()?;
    Ok(file)
}
