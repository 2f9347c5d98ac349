//! A picture in SVG turned into files: PNG and PDF. Both are drawn with the bundled fonts alone, read
//! no clock and no file, and give the same bytes for the same picture on every computer.

mod pages;
mod pdf;
mod png;
mod text;

use std::collections::HashMap;

use resvg::usvg::{ImageHrefResolver, Options, Tree};

pub use pdf::{PdfAbout, PdfPage, pdf};
pub use png::png;

use text::Placed;

/// Why a picture could not be turned into a file.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The picture is not SVG that can be drawn.
    #[error("the picture could not be read: {0}")]
    Svg(String),
    /// The file would be too large.
    #[error("the picture would be {width} by {height} {unit}, which is too large ({limit})")]
    TooLarge {
        /// Its width.
        width: u64,
        /// Its height.
        height: u64,
        /// What they are counted in.
        unit: &'static str,
        /// What is allowed.
        limit: &'static str,
    },
    /// The picture could not be written as PNG.
    #[error("the picture could not be encoded: {0}")]
    Png(#[from] ::png::EncodingError),
    /// The document could not be written as PDF.
    #[error("the document could not be written: {0}")]
    Pdf(String),
}

/// A picture read.
struct Picture {
    /// Its shapes; text is shapes too.
    tree: Tree,
    /// The text behind paths, by their ids.
    texts: HashMap<String, Placed>,
    /// The figures within it, by the id of the path before them: the id of the path behind, and what
    /// they show.
    figures: HashMap<String, (String, String)>,
    /// What it shows in words, where all of it is one figure.
    label: Option<String>,
}

fn read(svg: &str) -> Result<Picture, RenderError> {
    let prepared = text::prepared(svg)?;
    let options = Options {
        // No file is read, whatever the picture refers to.
        image_href_resolver: ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        ..Options::default()
    };
    let tree = Tree::from_str(&prepared.svg, &options)
        .map_err(|error| RenderError::Svg(error.to_string()))?;
    let texts = prepared.texts.into_iter().enumerate();
    let texts = texts.map(|(at, placed)| (text::id(at), placed)).collect();
    let figures = prepared.figures.into_iter().enumerate().map(|(at, label)| {
        let [begins, ends] = text::figure(at);
        (begins, (ends, label))
    });
    Ok(Picture { tree, texts, figures: figures.collect(), label: prepared.label })
}

#[cfg(test)]
mod tests;
