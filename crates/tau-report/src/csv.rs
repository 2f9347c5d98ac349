//! The chart's data as a table of comma-separated values.

use crate::DropChart;

/// A cell: quoted where needed. Text that a spreadsheet would run as a formula is prefixed with an
/// apostrophe; numbers, negative ones too, stay as they are.
pub(crate) fn cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded =
        if risky && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

fn number(value: Option<f64>, factor: f64) -> String {
    value.map_or_else(String::new, |v| format!("{:.2}", v * factor))
}

impl DropChart {
    /// The drawn data, one line per row, in percent and points. Lines end in CR LF (RFC 4180).
    pub fn to_csv(&self) -> String {
        let mut lines = vec![
            "condition,name,conversations_planned,conversations_scored,tasks_compared,baseline_success_percent,success_percent,difference_points,ci95_low_points,ci95_high_points,verdict,trait"
                .to_owned(),
        ];
        for row in self.baseline.iter().chain(&self.rows) {
            let cells = [
                row.condition_id.clone(),
                row.name.clone(),
                row.planned.to_string(),
                row.scored.to_string(),
                row.tasks.to_string(),
                number(row.baseline, 100.0),
                number(row.rate, 100.0),
                number(row.difference, 100.0),
                number(row.interval.map(|i| i.low), 100.0),
                number(row.interval.map(|i| i.high), 100.0),
                row.verdict.map_or_else(String::new, |v| v.word().to_owned()),
                row.shown.map_or_else(String::new, |s| s.word().to_owned()),
            ];
            lines.push(cells.map(|c| cell(&c)).join(","));
        }
        lines.join("\r\n") + "\r\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{condition, episodes, named};
    use crate::{BASELINE, ResultSettings, run_result};

    #[test]
    fn a_name_cannot_become_a_formula_and_a_number_stays_a_number() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(cell("-cmd|x"), "'-cmd|x");
        assert_eq!(cell("-12.5"), "-12.5");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
    }

    #[test]
    fn the_table_holds_what_is_drawn() {
        let rows =
            [episodes(BASELINE, 20, 1, |_, _| true), episodes("x", 20, 1, |i, _| i >= 5)].concat();
        let conditions = [condition(BASELINE, 0), named("x", "=evil()", None, 0)];
        let result = run_result(&rows, &conditions, &ResultSettings::default());
        let csv = DropChart::from_result(&result, None).to_csv();
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[1].starts_with("baseline,baseline,20,20,0,,100.00,"));
        assert!(
            lines[2].starts_with("x,'=evil(),20,20,20,100.00,75.00,-25.00,-45.79,-4.21,worse"),
            "{}",
            lines[2]
        );
    }
}
