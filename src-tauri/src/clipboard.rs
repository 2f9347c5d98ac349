//! The operating system's clipboard.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::Mutex;

use arboard::ImageData;
use tau_api::Clip;

/// The clipboard, opened when something is first put there and kept: under X11 what was copied is there
/// only as long as the program that copied it answers for it.
#[derive(Default)]
pub struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    /// Puts something there. Blocks for as long as the system takes.
    ///
    /// # Errors
    /// What kept it from there, in the system's words.
    pub fn put(&self, clip: Clip) -> Result<(), String> {
        let mut opened = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let clipboard = match opened.as_mut() {
            Some(clipboard) => clipboard,
            None => opened.insert(arboard::Clipboard::new().map_err(|error| error.to_string())?),
        };
        let put = match clip {
            Clip::Text(text) => clipboard.set_text(text),
            Clip::Picture(png) => clipboard.set_image(pixels(&png)?),
        };
        put.map_err(|error| error.to_string())
    }
}

/// A PNG as rows of red, green, blue and opacity, which clipboards take.
fn pixels(file: &[u8]) -> Result<ImageData<'static>, String> {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let size = reader.output_buffer_size().ok_or("a picture too large to hold")?;
    let mut bytes = vec![0; size];
    let frame = reader.next_frame(&mut bytes).map_err(|error| error.to_string())?;
    bytes.truncate(frame.buffer_size());
    let bytes = match frame.color_type {
        png::ColorType::Rgba => bytes,
        png::ColorType::Rgb => {
            bytes.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], u8::MAX]).collect()
        }
        other => return Err(format!("a picture of {other:?}")),
    };
    Ok(ImageData {
        width: frame.width as usize,
        height: frame.height as usize,
        bytes: Cow::Owned(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(color: png::ColorType, bytes: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 2, 1);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().unwrap().write_image_data(bytes).unwrap();
        file
    }

    #[test]
    fn a_picture_keeps_its_pixels_on_the_way_to_the_clipboard() {
        let clear = pixels(&file(png::ColorType::Rgba, &[1, 2, 3, 4, 5, 6, 7, 8])).unwrap();
        assert_eq!(
            (clear.width, clear.height, &*clear.bytes),
            (2, 1, &[1, 2, 3, 4, 5, 6, 7, 8][..])
        );
        let opaque = pixels(&file(png::ColorType::Rgb, &[1, 2, 3, 5, 6, 7])).unwrap();
        assert_eq!(&*opaque.bytes, &[1, 2, 3, 255, 5, 6, 7, 255]);
        assert!(pixels(b"no picture").is_err());
    }
}
