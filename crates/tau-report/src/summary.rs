//! The report as plain text, for a terminal.

use crate::html::{ReportInput, facts};
use crate::result::run_result;
use tau_charts::words;

/// Sentence, table, notes and set-up as plain text, ending in a line break. Control characters in
/// names are dropped, so that nothing in a run can steer the terminal.
pub fn text_summary(input: &ReportInput) -> String {
    let result = run_result(&input.rows, &input.conditions, &input.settings);
    let mut text = format!("{}\n", input.name);
    if result.practice {
        text.push_str("Practice, not a real model.\n");
    }
    text.push_str(&format!("\n{}\n\n", result.sentence));
    let mut table = vec![
        ["Condition", "Scored", "Success", "Change in points", "Verdict", "p"].map(str::to_owned),
    ];
    for row in &result.rows {
        table.push([
            row.name.clone(),
            format!("{} of {}", words::thousands(row.scored), words::thousands(row.planned)),
            row.rate_text.clone(),
            row.difference_text.clone(),
            row.verdict_word.clone(),
            row.p_value.map_or_else(String::new, words::p_value),
        ]);
    }
    let widths: [usize; 6] = std::array::from_fn(|column| {
        table.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
    });
    for row in &table {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            let pad = width + 2 - cell.chars().count();
            line.push_str(&" ".repeat(pad));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push('\n');
    let cautions = result.cautions.iter().map(|caution| &caution.text);
    for note in cautions.chain(&result.notes).chain(&input.notes) {
        text.push_str(&format!("{note}\n"));
    }
    for (name, value) in facts(input) {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{episodes, named};
    use crate::{BASELINE, ResultSettings};

    #[test]
    fn the_summary_says_the_sentence_the_figures_and_the_set_up() {
        let input = ReportInput {
            name: "Spring\u{1b}[31m".into(),
            domain: "Retail".into(),
            agent: "a".into(),
            customer: "b".into(),
            generated: "1 March 2026".into(),
            conditions: vec![
                named(BASELINE, "Baseline", None, 0),
                named("x", "Impatience", None, 0),
            ],
            rows: [episodes(BASELINE, 12, 1, |_, _| true), episodes("x", 12, 1, |i, _| i > 6)]
                .concat(),
            settings: ResultSettings { practice: true, ..ResultSettings::default() },
            setup: vec![],
            notes: vec![],
            explained: vec![],
        };
        let text = text_summary(&input);
        assert!(text.starts_with(
            "Spring[31m\nPractice, not a real model.\n\nUnder “Impatience” success fell 58 points"
        ));
        assert!(!text.contains('\u{1b}'));
        let lines: Vec<&str> = text.lines().collect();
        let head = lines.iter().position(|l| l.starts_with("Condition")).unwrap();
        let column = lines[head].find("Success").unwrap();
        assert!(lines[head + 1][column..].starts_with("100 %"), "{text}");
        assert!(lines[head + 2][column..].starts_with("42 %"), "{text}");
        assert!(text.contains("Domain: Retail\n"));
    }
}
