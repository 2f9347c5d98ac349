//! Cells: texts that stay texts, figures, and the names of sheets.

use std::collections::HashSet;

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

/// Characters that a cell holds, in UTF-16 as Excel counts them.
const LONGEST_TEXT: usize = 32_767;
/// Characters of a sheet's name.
const LONGEST_NAME: usize = 31;

/// Formats of cells.
pub(super) struct Look {
    /// The name of a sheet's matter.
    pub title: Format,
    /// Heads of columns.
    pub head: Format,
    /// Sentences.
    pub prose: Format,
    /// Figures by the decimals they show.
    figures: [Format; 5],
}

impl Look {
    pub fn new() -> Look {
        let bold = Format::new().set_bold();
        let figure = |format: &str| Format::new().set_num_format(format);
        Look {
            title: bold.clone().set_font_size(14),
            head: bold
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0xf3_f1ea)),
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            figures: ["0", "0.0", "0.00", "0.000", "0.0000"].map(figure),
        }
    }
}

/// A text cut to what a cell holds. What a cell cannot hold ends in an ellipsis.
pub(super) fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < LONGEST_TEXT
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// Writes words: whatever they begin with, the cell is text.
pub(super) fn text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    words: &str,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    let words = cut(words);
    match format {
        Some(format) => sheet.write_string_with_format(row, column, words, format)?,
        None => sheet.write_string(row, column, words)?,
    };
    Ok(())
}

/// Writes a figure with `places` decimals; nothing where there is none.
pub(super) fn figure(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Option<f64>,
    places: usize,
    look: &Look,
) -> Result<(), XlsxError> {
    if let Some(value) = value.filter(|value| value.is_finite()) {
        let format = &look.figures[places.min(look.figures.len() - 1)];
        sheet.write_number_with_format(row, column, value, format)?;
    }
    Ok(())
}

/// Writes the heads of columns and sets the columns' widths.
pub(super) fn heads(
    sheet: &mut Worksheet,
    row: u32,
    from: u16,
    names: &[String],
    look: &Look,
) -> Result<(), XlsxError> {
    for (column, name) in (from..).zip(names) {
        text(sheet, (row, column), name, Some(&look.head))?;
        let wide = name.chars().count().clamp(10, 24) as f64;
        sheet.set_column_width(column, wide)?;
    }
    Ok(())
}

/// Names of sheets: what Excel takes, and no name twice.
#[derive(Default)]
pub(super) struct SheetNames(HashSet<String>);

impl SheetNames {
    /// `wanted`, as far as it can be had.
    pub fn free(&mut self, wanted: &str) -> String {
        let allowed =
            |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !c.is_control();
        // Marks of direction are for lines of text; a name that is typed has none.
        let typed = wanted.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}'));
        let clean: String = typed.map(|c| if allowed(c) { c } else { ' ' }).collect();
        let clean = clean.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        let clean = if clean.is_empty() { "1" } else { clean };
        let mut number = 1;
        loop {
            let tail = if number == 1 { String::new() } else { format!(" {number}") };
            let mut units = tail.len();
            let fits = |c: &char| {
                units += c.len_utf16();
                units <= LONGEST_NAME
            };
            let name = clean.chars().take_while(fits).collect::<String>() + &tail;
            // `History` is Excel's own.
            let taken = name.eq_ignore_ascii_case("history");
            if !taken && self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_a_cell_is_cut_between_characters() {
        assert_eq!(cut("short"), "short");
        let long = cut(&"😀".repeat(20_000));
        assert!(long.encode_utf16().count() <= LONGEST_TEXT && long.ends_with("😀…"));
        assert_eq!(cut(&"x".repeat(LONGEST_TEXT)).len(), LONGEST_TEXT);
    }

    #[test]
    fn names_of_sheets_are_such_as_excel_takes_and_differ() {
        let mut names = SheetNames::default();
        assert_eq!(names.free("Tasks/[all]:*?"), "Tasks  all");
        assert_eq!(names.free("tasks  ALL"), "tasks  ALL 2");
        assert_eq!(names.free("'"), "1");
        assert_eq!(names.free("History"), "History 2");
        let long = names.free(&"n".repeat(40));
        assert_eq!(long.chars().count(), 31);
        assert_eq!(names.free(&"n".repeat(40)), format!("{} 2", "n".repeat(29)));
    }
}
