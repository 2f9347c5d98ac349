//! Whether a picture is tidy, read from the SVG itself: nothing leaves it and no words overlap.

use crate::Drawing;
use crate::canvas::SVG_UNIT;
use crate::font::{Weight, width};

/// A line of words as it stands in a picture, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// Top and bottom of ordinary letters; accents and tails may reach a little beyond.
    pub top: f64,
    pub bottom: f64,
}

impl Written {
    fn overlaps(&self, other: &Written) -> bool {
        // Letters measure a little differently in each renderer.
        let slack = 0.5;
        self.left + slack < other.right
            && other.left + slack < self.right
            && self.top + slack < other.bottom
            && other.top + slack < self.bottom
    }
}

/// All words of a picture, in the order in which they are drawn.
pub(crate) fn written(svg: &str) -> Vec<Written> {
    let unit = f64::from(SVG_UNIT);
    let mut found = Vec::new();
    for part in svg.split("<text ").skip(1) {
        let (attributes, rest) = part.split_once('>').unwrap();
        // A space before the name, so that the `y` of `dy` is not taken for it.
        let attributes = format!(" {attributes}");
        let attribute = |name: &str| {
            let (_, rest) = attributes.split_once(&format!(" {name}=\""))?;
            Some(rest.split_once('"').unwrap().0)
        };
        let number = |name: &str| attribute(name).unwrap().parse::<f64>().unwrap() / unit;
        let content = rest.split_once("</text>").unwrap().0.trim();
        let text =
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
                .iter()
                .fold(content.to_owned(), |text, (entity, letter)| text.replace(entity, letter));
        let (x, y, size) = (number("x"), number("y"), number("font-size"));
        let weight = match attribute("font-weight") {
            Some("bold") => Weight::Bold,
            _ => Weight::Regular,
        };
        let long = f64::from(width(&text, size as f32, weight));
        let left = match attribute("text-anchor") {
            Some("middle") => x - long / 2.0,
            Some("end") => x - long,
            _ => x,
        };
        let (top, bottom) = (y - 0.4 * size, y + 0.4 * size);
        found.push(Written { text, left, right: left + long, top, bottom });
    }
    found
}

/// Fails when words leave the picture or overlap, or when a place to open leaves it.
pub(crate) fn assert_tidy(drawing: &Drawing) {
    let (width, height) = (f64::from(drawing.width), f64::from(drawing.height));
    let words = written(&drawing.svg);
    assert!(!words.is_empty(), "a picture without a word");
    for (i, one) in words.iter().enumerate() {
        let inside =
            one.left >= 0.0 && one.right <= width && one.top >= 0.0 && one.bottom <= height;
        assert!(inside, "leaves the picture of {width} × {height}: {one:?}");
        for other in &words[i + 1..] {
            assert!(!one.overlaps(other), "overlap at {width} × {height}: {one:?} and {other:?}");
        }
    }
    for spot in &drawing.hotspots {
        let inside = spot.x >= 0.0
            && spot.y >= 0.0
            && spot.x + spot.width <= width
            && spot.y + spot.height <= height;
        assert!(inside && spot.width > 0.0 && spot.height > 0.0, "{width} × {height}: {spot:?}");
        assert!(!spot.label.is_empty(), "a place without a sentence: {spot:?}");
    }
}

#[test]
fn words_that_overlap_or_leave_the_picture_are_found() {
    let text = |x: u32, y: u32, words: &str| {
        format!(
            "<text x=\"{x}\" y=\"{y}\" dy=\"0.5ex\" text-anchor=\"start\" font-size=\"56\">\n{words}\n</text>\n"
        )
    };
    let picture = |texts: &[String]| Drawing {
        svg: texts.concat(),
        width: 400,
        height: 100,
        hotspots: Vec::new(),
        text: Vec::new(),
    };
    let fails =
        |texts: &[String]| std::panic::catch_unwind(|| assert_tidy(&picture(texts))).is_err();
    assert!(!fails(&[text(80, 80, "Impatience"), text(80, 160, "a &lt;b&gt;")]));
    assert!(fails(&[text(80, 80, "Impatience"), text(100, 110, "overlaps")]));
    assert!(fails(&[text(1500, 80, "Impatience")]), "beyond the right edge");
    assert!(fails(&[text(80, 2, "Impatience")]), "above the top");
    assert!(fails(&[]), "nothing at all");
}
