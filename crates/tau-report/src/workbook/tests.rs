//! Workbooks, read back from their XML.

use std::io::{Cursor, Read};

use super::*;
use crate::report::samples::facts;
use tau_charts::Language;

/// 1 March 2026, 10:00 UTC.
const CREATED: i64 = 1_772_359_200_000;

fn conversation(task: &str, why: &str) -> BookConversation {
    BookConversation {
        task_id: task.into(),
        task_title: "+cmd|' /C calc'!A0".into(),
        condition_id: "x".into(),
        condition: "@SUM(A1)".into(),
        trial: 0,
        outcome: Outcome::Failed,
        reward: Some(0.0),
        why: why.into(),
        messages: 4,
        tool_calls: 2,
        steps: 3,
        cost_usd: Some(0.0123),
        seconds: Some(4.5),
        fault: "=agent".into(),
        tags: "-1+1".into(),
    }
}

/// The parts of a workbook by name.
fn parts(bytes: &[u8]) -> std::collections::BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let mut read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(&mut read).collect()
}

fn book(facts: &crate::ReportFacts) -> Vec<u8> {
    workbook(facts, [conversation("=1+1", "Failed: =HYPERLINK(\"x\")")], CREATED).unwrap()
}

#[test]
fn no_text_of_a_run_is_a_formula() {
    let mut facts = facts();
    for row in &mut facts.result.rows {
        row.name = "=cmd|' /C calc'!A0".into();
    }
    facts.name = "=1+1".into();
    facts.charts[0].title = "=A1".into();
    let parts = parts(&book(&facts));
    let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    let mut cells = 0;
    for (name, sheet) in sheets {
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{name}");
        assert!(!sheet.contains("hyperlink"), "{name}");
        cells += sheet.matches(" t=\"s\"").count();
    }
    assert!(cells > 50, "texts are shared strings");
    let strings = &parts["xl/sharedStrings.xml"];
    for text in ["=1+1", "@SUM(A1)", "+cmd|", "-1+1", "=agent", "=cmd|", "=A1"] {
        assert!(strings.contains(&format!(">{text}")), "{text}");
    }
    // What charts take from cells are ranges, never a text of ours.
    for (name, chart) in parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")) {
        for formula in chart.split("<c:f>").skip(1) {
            let formula = formula.split_once("</c:f>").unwrap().0;
            let (sheet, range) = formula.rsplit_once('!').unwrap();
            assert_eq!(sheet.trim_matches('\''), "Figure 1", "{name}");
            assert!(range.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '$' | ':')));
        }
    }
}

#[test]
fn each_chart_has_a_sheet_with_a_native_chart_and_its_intervals() {
    let parts = parts(&book(&facts()));
    let charts: Vec<&String> =
        parts.keys().filter(|name| name.starts_with("xl/charts/chart")).collect();
    assert_eq!(charts.len(), facts().charts.len());
    let chart = &parts["xl/charts/chart1.xml"];
    assert!(chart.contains("<c:barChart>") && chart.contains("<c:errBars>"));
    // The change of −58.33 points and what its interval adds on either side are in the cells drawn.
    assert!(chart.contains("<c:v>-58.3333"), "{chart}");
    let names = &parts["xl/workbook.xml"];
    for name in ["Summary", "Customers", "Tasks", "Conversations", "Figure 1", "Method"] {
        assert!(names.contains(&format!("name=\"{name}\"")), "{name}");
    }
}

#[test]
fn a_workbook_holds_the_sentence_the_figures_and_the_conversations() {
    let parts = parts(&book(&facts()));
    let strings = &parts["xl/sharedStrings.xml"];
    for text in
        ["With impatient customers success fell 58 points", "Without conversations whose", "Seed"]
    {
        assert!(strings.contains(text), "{text}");
    }
    let conditions = &parts["xl/worksheets/sheet2.xml"];
    assert!(
        conditions.contains("<v>-58.33333333333333") || conditions.contains("<v>-58.3333333333333")
    );
    let conversations = &parts["xl/worksheets/sheet4.xml"];
    assert!(conversations.contains("<v>0.0123</v>") && conversations.contains("<v>4.5</v>"));
}

#[test]
fn the_same_run_gives_the_same_bytes_and_the_time_is_the_one_passed_in() {
    let (one, two) = (book(&facts()), book(&facts()));
    assert_eq!(one, two);
    assert!(parts(&one)["docProps/core.xml"].contains("2026-03-01T10:00:00Z"));
}

#[test]
fn what_a_cell_cannot_hold_is_cut_and_the_workbook_still_opens() {
    let long = conversation("7", &"a\u{1}b".repeat(20_000));
    let bytes = workbook(&facts(), [long], CREATED).unwrap();
    assert!(parts(&bytes)["xl/sharedStrings.xml"].contains('…'));
}

#[test]
fn an_arabic_workbook_runs_from_right_to_left() {
    let mut facts = facts();
    facts.language = Language::Ar;
    assert!(parts(&book(&facts))["xl/worksheets/sheet1.xml"].contains("rightToLeft=\"1\""));
}
