//! Colours and marks of charts: Okabe-Ito for traits, ink for the baseline.

use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};

/// On what the chart is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Ink on paper; every export.
    #[default]
    Light,
    /// Paper on ink.
    Dark,
}

/// Okabe-Ito without black (the baseline's), strongest first: vermillion, blue, bluish green,
/// reddish purple, orange, sky blue, yellow.
const OKABE_ITO: [RGBColor; 7] = [
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xcc, 0x79, 0xa7),
    RGBColor(0xe6, 0x9f, 0x00),
    RGBColor(0x56, 0xb4, 0xe9),
    RGBColor(0xf0, 0xe4, 0x42),
];

/// The colour of a condition as `#rrggbb`, by its colour index. The same index is the same colour
/// wherever it appears; indices beyond the palette begin again (the mark's shape then differs).
pub fn trait_color(index: usize) -> String {
    let RGBColor(r, g, b) = color(index);
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The colour of a condition.
pub(crate) fn color(index: usize) -> RGBColor {
    OKABE_ITO[index % OKABE_ITO.len()]
}

/// Whether the colour is too pale on paper for a mark without an edge: the yellow.
pub(crate) fn is_pale(index: usize) -> bool {
    index % OKABE_ITO.len() == OKABE_ITO.len() - 1
}

/// Shape of a condition's mark, so that colour is never the only cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Circle,
    Square,
    TriangleUp,
    Diamond,
    TriangleDown,
    Pentagon,
}

/// The mark of a colour index: six shapes against seven colours repeat together after 42.
pub(crate) fn mark(index: usize) -> Mark {
    const MARKS: [Mark; 6] = [
        Mark::Circle,
        Mark::Square,
        Mark::TriangleUp,
        Mark::Diamond,
        Mark::TriangleDown,
        Mark::Pentagon,
    ];
    MARKS[index % MARKS.len()]
}

/// The few colours around the data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tones {
    /// Behind everything; also inside hollow marks.
    pub paper: RGBColor,
    /// Names, figures, the baseline.
    pub ink: RGBColor,
    /// Secondary words.
    pub soft: RGBColor,
    /// The zero line.
    pub edge: RGBColor,
    /// Grid and row rules.
    pub hairline: RGBColor,
}

impl Theme {
    /// The interface's tokens of the same names.
    pub(crate) fn tones(self) -> Tones {
        match self {
            Theme::Light => Tones {
                paper: RGBColor(0xfa, 0xf9, 0xf6),
                ink: RGBColor(0x1b, 0x1d, 0x1f),
                soft: RGBColor(0x4c, 0x51, 0x56),
                edge: RGBColor(0x8d, 0x8a, 0x82),
                hairline: RGBColor(0xe0, 0xdc, 0xd3),
            },
            Theme::Dark => Tones {
                paper: RGBColor(0x15, 0x17, 0x1a),
                ink: RGBColor(0xeb, 0xe8, 0xe1),
                soft: RGBColor(0xbc, 0xbf, 0xc1),
                edge: RGBColor(0x74, 0x79, 0x7e),
                hairline: RGBColor(0x33, 0x38, 0x3d),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_and_shape_together_tell_forty_conditions_apart() {
        let mut seen = std::collections::HashSet::new();
        for index in 0..40 {
            assert!(seen.insert((trait_color(index), format!("{:?}", mark(index)))));
        }
    }

    #[test]
    fn an_index_always_has_the_same_colour() {
        assert_eq!(trait_color(1), "#0072b2");
        assert_eq!(trait_color(8), trait_color(1));
    }
}
