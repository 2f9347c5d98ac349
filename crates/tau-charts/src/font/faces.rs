//! The bundled faces and which characters each of them draws.

use std::sync::LazyLock;

use rustybuzz::Face;

use super::Weight;

/// Ranges of characters, first and last.
pub(crate) type Ranges = &'static [(u32, u32)];

/// A family of the bundle: the letters of one group of scripts.
pub(crate) struct Family {
    /// What it draws; the first family draws whatever no other claims.
    pub(crate) claims: Ranges,
    /// Whether letters change with their neighbours, so that a width is that of a whole word.
    pub(crate) joins: bool,
    regular: &'static [u8],
    bold: Option<&'static [u8]>,
}

/// A file for browsers: a part of a family, named "Noto Sans" there like all the others.
pub(crate) struct Web {
    /// The file in WOFF2.
    pub(crate) bytes: &'static [u8],
    /// The CSS weights it stands for.
    pub(crate) weights: &'static [u32],
    /// What it draws.
    pub(crate) ranges: Ranges,
}

/// Position of the East Asian family in [`FAMILIES`]; for browsers it is cut to what a text needs.
pub(crate) const EAST_ASIAN: usize = 5;

macro_rules! asset {
    ($name:literal) => {
        include_bytes!(concat!("../../assets/", $name))
    };
}

const ARABIC: Ranges = &[(0x600, 0x6ff), (0x750, 0x77f), (0x8a0, 0x8ff)];
const HEBREW: Ranges = &[(0x591, 0x5f4), (0xfb1d, 0xfb4f)];
const DEVANAGARI: Ranges = &[(0x900, 0x97f), (0xa8e0, 0xa8ff)];
const THAI: Ranges = &[(0xe01, 0xe3a), (0xe3f, 0xe5b)];

/// The families, in the order in which they are asked.
pub(crate) static FAMILIES: [Family; 6] = [
    // Noto Sans.
    Family {
        claims: &[],
        joins: false,
        regular: asset!("NotoSans-Regular.ttf"),
        bold: Some(asset!("NotoSans-Bold.ttf")),
    },
    // Noto Sans Arabic.
    Family {
        claims: ARABIC,
        joins: true,
        regular: asset!("NotoSansArabic-Regular.ttf"),
        bold: None,
    },
    // Noto Sans Hebrew.
    Family {
        claims: HEBREW,
        joins: true,
        regular: asset!("NotoSansHebrew-Regular.ttf"),
        bold: None,
    },
    // Noto Sans Devanagari.
    Family {
        claims: DEVANAGARI,
        joins: true,
        regular: asset!("NotoSansDevanagari-Regular.ttf"),
        bold: None,
    },
    // Noto Sans Thai.
    Family { claims: THAI, joins: true, regular: asset!("NotoSansThai-Regular.ttf"), bold: None },
    // Noto Sans CJK SC.
    Family {
        claims: &[
            (0x2e80, 0x30ff),
            (0x3105, 0x31ff),
            (0x3200, 0x9fff),
            (0xac00, 0xd7a3),
            (0xf900, 0xfaff),
            (0xff01, 0xffe6),
            (0x20000, 0x3ffff),
        ],
        joins: false,
        regular: asset!("NotoSansCJK-Regular.otf"),
        bold: None,
    },
];

/// Latin with its usual signs: what nearly every chart needs.
const LATIN: Ranges = &[
    (0x20, 0x7e),
    (0xa0, 0x17f),
    (0x192, 0x192),
    (0x218, 0x21b),
    (0x2c6, 0x2c7),
    (0x2d8, 0x2dd),
    (0x2002, 0x200a),
    (0x2010, 0x2027),
    (0x202f, 0x203a),
    (0x2044, 0x2044),
    (0x20ac, 0x20ac),
    (0x2122, 0x2122),
    (0x2212, 0x2212),
    (0xfffd, 0xfffd),
];

/// The rest of Noto Sans: Greek, Cyrillic, Vietnamese, phonetic and further signs.
const MORE: Ranges = &[
    (0x180, 0x191),
    (0x193, 0x217),
    (0x21c, 0x2c5),
    (0x2c8, 0x2d7),
    (0x2de, 0x3e1),
    (0x3f0, 0x4ff),
    (0x1e00, 0x1eff),
    (0x2000, 0x2001),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x203b, 0x2043),
    (0x2045, 0x209c),
    (0x20a0, 0x20ab),
    (0x20ad, 0x20f0),
    (0x2100, 0x2121),
    (0x2123, 0x215f),
    (0x2184, 0x2189),
    (0x25cc, 0x25cc),
    (0xfb00, 0xfb06),
];

/// Both weights, for families with one face: a browser that looks for bold letters looks only among the
/// parts of "Noto Sans" whose weight is just that.
pub(crate) const BOTH: &[u32] = &[400, 700];

/// The files for browsers, East Asian letters aside.
pub(crate) static WEB: [Web; 8] = [
    Web { bytes: asset!("NotoSans-Regular.woff2"), weights: &[400], ranges: LATIN },
    Web { bytes: asset!("NotoSans-Bold.woff2"), weights: &[700], ranges: LATIN },
    Web { bytes: asset!("NotoSansMore-Regular.woff2"), weights: &[400], ranges: MORE },
    Web { bytes: asset!("NotoSansMore-Bold.woff2"), weights: &[700], ranges: MORE },
    Web { bytes: asset!("NotoSansArabic-Regular.woff2"), weights: BOTH, ranges: ARABIC },
    Web { bytes: asset!("NotoSansHebrew-Regular.woff2"), weights: BOTH, ranges: HEBREW },
    Web { bytes: asset!("NotoSansDevanagari-Regular.woff2"), weights: BOTH, ranges: DEVANAGARI },
    Web { bytes: asset!("NotoSansThai-Regular.woff2"), weights: BOTH, ranges: THAI },
];

/// Whether a character is within ranges.
pub(crate) fn within(ranges: Ranges, c: char) -> bool {
    ranges.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c)))
}

impl Family {
    /// The file of a weight, and whether it is the weight that was asked for.
    pub(crate) fn file(&self, weight: Weight) -> (&'static [u8], bool) {
        match (weight, self.bold) {
            (Weight::Regular, _) => (self.regular, true),
            (Weight::Bold, Some(bold)) => (bold, true),
            (Weight::Bold, None) => (self.regular, false),
        }
    }
}

/// Every face, parsed once. The files are part of the binary, so parsing cannot fail at run time
/// unless the build is broken, which the tests would show; then text is measured by rule of thumb.
static FACES: LazyLock<Vec<[Option<Face<'static>>; 2]>> = LazyLock::new(|| {
    let parsed = |family: &'static Family, weight| Face::from_slice(family.file(weight).0, 0);
    FAMILIES
        .iter()
        .map(|family| [Weight::Regular, Weight::Bold].map(|w| parsed(family, w)))
        .collect()
});

/// The parsed face of a family (its position in [`FAMILIES`]) and weight.
pub(crate) fn face(family: usize, weight: Weight) -> Option<&'static Face<'static>> {
    FACES.get(family)?[usize::from(weight == Weight::Bold)].as_ref()
}
