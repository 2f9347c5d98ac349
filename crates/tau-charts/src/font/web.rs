//! Fonts inside files that leave the window: `@font-face` rules with just the letters a text needs.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use subsetter::GlyphRemapper;

use super::Weight;
use super::faces::{BOTH, EAST_ASIAN, FAMILIES, WEB, face, within};
use super::runs::invisible;

/// `@font-face` rules for the letters of `text` (which may be markup), all of them as parts of one
/// family "Noto Sans". Latin costs 17 KB a weight, Greek and Cyrillic 80 KB, other scripts 8 to 54 KB;
/// of the East Asian letters only those in the text are taken, at about 0.4 KB each.
pub fn embedded_css(text: &str) -> String {
    let mut css = String::new();
    for web in &WEB {
        if text.chars().any(|c| within(web.ranges, c) && !invisible(c)) {
            let ranges: Vec<String> =
                web.ranges.iter().map(|&(first, last)| range(first, last)).collect();
            for weight in web.weights {
                css += &rule(*weight, "woff2", web.bytes, &ranges.join(","));
            }
        }
    }
    let mut letters: Vec<char> =
        text.chars().filter(|&c| within(FAMILIES[EAST_ASIAN].claims, c)).collect();
    letters.sort_unstable();
    letters.dedup();
    if let Some((kept, file)) = cut(&letters) {
        let ranges: Vec<String> = kept.iter().map(|&c| range(u32::from(c), u32::from(c))).collect();
        for weight in BOTH {
            css += &rule(*weight, "opentype", &file, &ranges.join(","));
        }
    }
    css
}

fn range(first: u32, last: u32) -> String {
    if first == last { format!("U+{first:X}") } else { format!("U+{first:X}-{last:X}") }
}

fn rule(weight: u32, format: &str, bytes: &[u8], ranges: &str) -> String {
    let kind = if format == "woff2" { "woff2" } else { "otf" };
    format!(
        "@font-face{{font-family:\"Noto Sans\";font-weight:{weight};src:url(data:font/{kind};base64,{}) format(\"{format}\");unicode-range:{ranges}}}",
        STANDARD.encode(bytes)
    )
}

/// The East Asian face with only some letters, as a file a browser takes; which of them it has.
fn cut(letters: &[char]) -> Option<(Vec<char>, Vec<u8>)> {
    let face = face(EAST_ASIAN, Weight::Regular)?;
    let mut remapper = GlyphRemapper::new();
    let mut map = Vec::new();
    for &letter in letters {
        if let Some(glyph) = face.glyph_index(letter) {
            map.push((letter, remapper.remap(glyph.0)));
        }
    }
    if map.is_empty() {
        return None;
    }
    let (whole, _) = FAMILIES[EAST_ASIAN].file(Weight::Regular);
    // What comes back is made for PDF: the table from letters to glyphs and the one with the
    // metrics for Windows are missing.
    let bare = subsetter::subset(whole, 0, &remapper).ok()?;
    let mut tables = tables(&bare)?;
    let metrics = self::tables(whole)?.into_iter().find(|(tag, _)| tag == b"OS/2")?;
    let letters_to_glyphs = letter_table(&map);
    tables.push(metrics);
    tables.push((*b"cmap", &letters_to_glyphs));
    tables.sort_by_key(|(tag, _)| *tag);
    Some((map.into_iter().map(|(letter, _)| letter).collect(), assembled(&bare[..4], &tables)))
}

type Table<'a> = ([u8; 4], &'a [u8]);

/// The tables of a font file.
fn tables(file: &[u8]) -> Option<Vec<Table<'_>>> {
    let number = |at: usize| Some(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?));
    let count = u16::from_be_bytes(file.get(4..6)?.try_into().ok()?);
    (0..usize::from(count))
        .map(|i| {
            let at = 12 + i * 16;
            let (start, length) = (number(at + 8)? as usize, number(at + 12)? as usize);
            Some((file.get(at..at + 4)?.try_into().ok()?, file.get(start..start + length)?))
        })
        .collect()
}

/// A `cmap` with one format 12 table: <https://learn.microsoft.com/typography/opentype/spec/cmap>.
fn letter_table(map: &[(char, u16)]) -> Vec<u8> {
    let mut table = Vec::new();
    for number in [0u16, 1, 3, 10] {
        table.extend(number.to_be_bytes());
    }
    table.extend(12u32.to_be_bytes());
    for number in [12u16, 0] {
        table.extend(number.to_be_bytes());
    }
    let groups = map.len() as u32;
    for number in [16 + groups * 12, 0, groups] {
        table.extend(number.to_be_bytes());
    }
    for &(letter, glyph) in map {
        for number in [u32::from(letter), u32::from(letter), u32::from(glyph)] {
            table.extend(number.to_be_bytes());
        }
    }
    table
}

/// A font file of tables sorted by name.
fn assembled(flavour: &[u8], tables: &[Table<'_>]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.checked_ilog2().unwrap_or(0) as u16;
    let search = 16u16 << power;
    let mut file = flavour.to_vec();
    for number in [count, search, power, count * 16 - search] {
        file.extend(number.to_be_bytes());
    }
    let mut at = 12 + tables.len() * 16;
    for (tag, bytes) in tables {
        file.extend(tag);
        for number in [checksum(bytes), at as u32, bytes.len() as u32] {
            file.extend(number.to_be_bytes());
        }
        at += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        file.extend(*bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0u32, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(css: &str) -> Vec<(String, Vec<u8>)> {
        css.split("@font-face")
            .skip(1)
            .map(|rule| {
                let (_, data) = rule.split_once(";base64,").unwrap();
                let (data, rest) = data.split_once(')').unwrap();
                let ranges = rest.split_once("unicode-range:").unwrap().1.trim_end_matches('}');
                (ranges.to_owned(), STANDARD.decode(data).unwrap())
            })
            .collect()
    }

    #[test]
    fn only_faces_that_a_text_needs_are_carried() {
        let count = |text| files(&embedded_css(text)).len();
        assert_eq!(count(""), 0);
        assert_eq!(count("<text>Impatience −12 %</text>"), 2, "Latin, regular and bold");
        assert_eq!(count("<text>Нетерпение</text>"), 4);
        assert_eq!(
            count("<text>\u{2068}صبور\u{2069}</text>"),
            4,
            "marks of direction need no face"
        );
        assert_eq!(count("ग्राहक"), 2);
        assert_eq!(count("客户"), 2);
        assert!(embedded_css("<text>Impatience</text>").len() < 36_000);
    }

    #[test]
    fn of_the_east_asian_letters_just_those_of_the_text_are_carried_and_drawn_the_same() {
        let css = embedded_css("客户、客户고객𠮷");
        let (ranges, file) = files(&css).remove(0);
        assert_eq!(ranges, "U+3001,U+5BA2,U+6237,U+AC1D,U+ACE0", "𠮷 is in no face here");
        assert!(file.len() < 6_000, "{}", file.len());
        let cut = rustybuzz::Face::from_slice(&file, 0).unwrap();
        let whole = face(EAST_ASIAN, Weight::Regular).unwrap();
        for letter in "、客户고객".chars() {
            let boxes = [&cut, whole].map(|face| {
                let glyph = face.glyph_index(letter).unwrap();
                (face.glyph_bounding_box(glyph), face.glyph_hor_advance(glyph))
            });
            assert_eq!(boxes[0], boxes[1], "{letter}");
        }
        assert_eq!(cut.glyph_index('A'), None);
        for (tag, bytes) in tables(&file).unwrap() {
            assert!(!bytes.is_empty(), "{}", String::from_utf8_lossy(&tag));
        }
        assert_eq!(tables(&file).unwrap().len(), 9);
    }
}
