//! The drawn data of a chart as a table: for the window, for CSV and for workbooks.

use serde::{Deserialize, Serialize};

/// A table of typed cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DataTable {
    /// One name a column, with its unit ("Change (points)").
    pub columns: Vec<String>,
    /// Rows as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Cell {
    /// Words. Whoever writes them to a spreadsheet must not let them become a formula.
    Text(String),
    /// A figure in the column's unit; `places` decimals are shown.
    Number {
        /// The figure.
        value: f64,
        /// Decimals to show.
        places: u8,
    },
    /// Nothing known.
    Empty,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// A whole number.
    pub fn count(count: usize) -> Cell {
        Cell::Number { value: count as f64, places: 0 }
    }

    /// A figure times `factor` (100 for percent and points) with `places` decimals.
    pub fn figure(value: Option<f64>, factor: f64, places: u8) -> Cell {
        value.map_or(Cell::Empty, |value| Cell::Number { value: value * factor, places })
    }

    /// As another program reads it: a hyphen for minus, no grouping.
    fn plain(&self) -> String {
        match self {
            Cell::Number { value, places } => {
                let places = usize::from(*places);
                format!("{value:.places$}")
            }
            other => other.shown(),
        }
    }

    /// As it reads: a true minus, no grouping.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number { value, places } => {
                let places = usize::from(*places);
                let text = format!("{value:.places$}");
                let zero = text.trim_matches(['-', '0', '.']).is_empty();
                if zero {
                    text.trim_start_matches('-').to_owned()
                } else {
                    text.replace('-', "−")
                }
            }
            Cell::Empty => String::new(),
        }
    }
}

/// A cell of a CSV file: quoted where needed. Text that a spreadsheet would run as a formula is
/// prefixed with an apostrophe; numbers, negative ones too, stay as they are.
pub fn csv_cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded =
        if risky && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

impl DataTable {
    /// With tabs between columns, as it reads: what a spreadsheet or a document takes from the clipboard.
    /// Nothing in it can become a formula or another cell.
    pub fn to_tabs(&self) -> String {
        let safe = |text: String| {
            let text = text.replace(['\t', '\n', '\r'], " ");
            match text.starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err() {
                true => format!("'{text}"),
                false => text,
            }
        };
        let head = self.columns.iter().cloned().map(safe).collect::<Vec<_>>();
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::plain).map(safe).collect());
        let lines: Vec<String> =
            [head].into_iter().chain(rows).map(|line: Vec<String>| line.join("\t")).collect();
        lines.join("\n") + "\n"
    }

    /// As comma-separated values: UTF-8, lines end in CR LF (RFC 4180), a point as the decimal sign.
    pub fn to_csv(&self) -> String {
        let cell = |cell: &Cell| match cell {
            Cell::Number { .. } => cell.plain(),
            other => csv_cell(&other.shown()),
        };
        let head = self.columns.iter().map(|name| csv_cell(name)).collect::<Vec<_>>();
        let rows = self.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>());
        let lines: Vec<String> =
            [head].into_iter().chain(rows).map(|line| line.join(",")).collect();
        lines.join("\r\n") + "\r\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_a_formula_and_a_number_stays_a_number() {
        assert_eq!(csv_cell("=1+1"), "'=1+1");
        assert_eq!(csv_cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(csv_cell("-cmd|x"), "'-cmd|x");
        assert_eq!(csv_cell("-12.5"), "-12.5");
        assert_eq!(csv_cell("a, \"b\""), "\"a, \"\"b\"\"\"");
    }

    #[test]
    fn a_table_of_values_keeps_its_figures_and_reads_with_a_true_minus() {
        let change = Cell::figure(Some(-0.125), 100.0, 1);
        let table = DataTable {
            columns: vec!["Condition".into(), "Change (points)".into()],
            rows: vec![vec![Cell::text("=evil()"), change.clone()]],
        };
        assert_eq!(table.to_csv(), "Condition,Change (points)\r\n'=evil(),-12.5\r\n");
        assert_eq!(table.to_tabs(), "Condition\tChange (points)\n'=evil()\t-12.5\n");
        assert_eq!(change.shown(), "−12.5");
        assert_eq!(Cell::figure(Some(-0.0001), 100.0, 1).shown(), "0.0");
    }
}
