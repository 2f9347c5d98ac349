//! Documents opened by other programs: the workbook in LibreOffice, the PDF in Poppler. A program that
//! is not here is said so, loudly; nothing then passes for having been tried.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use tau_charts::{ChartSpec, Language};
use tau_domain::Outcome;
use tau_report::{
    BASELINE, BookConversation, EpisodeRow, Report, ReportChart, ReportCondition, ReportFacts,
    ResultSettings, Said, Speaker, WorstConversation, drop_chart, pdf_report, run_result, workbook,
};

/// 1 March 2026, 10:00 UTC.
const CREATED: i64 = 1_772_359_200_000;
/// What a spreadsheet would run.
const FORMULA: &str = "=HYPERLINK(\"http://example.invalid\",\"open\")";

fn condition(id: &str, name: &str, color: usize) -> ReportCondition {
    serde_json::from_value(serde_json::json!({
        "id": id, "name": name, "customers": null, "color": color,
    }))
    .unwrap()
}

fn episode(condition: &str, task: u32, outcome: Outcome) -> EpisodeRow {
    serde_json::from_value(serde_json::json!({
        "task_id": format!("task-{task:03}"), "task_index": task, "condition_id": condition,
        "trial": 0, "outcome": outcome,
    }))
    .unwrap()
}

/// Twenty tasks; under every kind of customers some of them break. Names in several scripts, one of
/// them a formula.
fn facts(language: Language) -> ReportFacts {
    let names =
        ["Baseline", FORMULA, "Ungeduld: größer", "不耐烦的客户", "عملاء غير صبورين", "Нетерпение"];
    let ids: Vec<String> = (0..names.len())
        .map(|index| if index == 0 { BASELINE.to_owned() } else { format!("c{index}") })
        .collect();
    let conditions: Vec<ReportCondition> = ids
        .iter()
        .zip(names)
        .enumerate()
        .map(|(index, (id, name))| condition(id, name, index))
        .collect();
    let mut rows = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        for task in 0..20 {
            let passed = index == 0 || task >= 10;
            rows.push(episode(id, task, if passed { Outcome::Passed } else { Outcome::Failed }));
        }
    }
    let result = run_result(&rows, &conditions, &ResultSettings::default());
    let spec = ChartSpec::Forest(drop_chart(&result, None));
    ReportFacts {
        language,
        name: "Spring – größer".into(),
        domain: "Retail".into(),
        agent: "agent-1".into(),
        customer: "customer-1".into(),
        generated: "2026-03-01".into(),
        product: "Tau-Trait Desktop".into(),
        setup: vec![("Seed".into(), "7".into())],
        seed: 7,
        cautions: vec!["The run was stopped before its end.".into()],
        sensitivity: None,
        fidelity: Vec::new(),
        rows,
        titles: [("task-000".to_owned(), FORMULA.to_owned())].into(),
        charts: vec![ReportChart { title: "Success and its change".into(), spec }],
        worst: vec![WorstConversation {
            task_id: "task-000".into(),
            condition: "不耐烦的客户".into(),
            trial: 0,
            reason: "Failed: the agent never said 54.".into(),
            fault: None,
            excerpt: vec![Said { by: Speaker::Customer, text: "Wo bleibt mein Geld?".into() }],
        }],
        result,
    }
}

fn conversation(task: u32) -> BookConversation {
    BookConversation {
        task_id: format!("task-{task:03}"),
        task_title: FORMULA.into(),
        condition_id: "c1".into(),
        condition: FORMULA.into(),
        trial: 0,
        outcome: Outcome::Failed,
        reward: Some(0.0),
        why: "+1+1".into(),
        messages: 4,
        tool_calls: 2,
        steps: 3,
        cost_usd: Some(0.0125),
        seconds: Some(4.5),
        fault: "@SUM(A1)".into(),
        tags: "-1".into(),
    }
}

/// Runs a program; `None` where it is not installed.
fn run(program: &str, args: &[&str]) -> Option<String> {
    match Command::new(program).args(args).output() {
        Ok(done) => {
            let said = String::from_utf8_lossy(&done.stdout).into_owned();
            let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(done.status.success(), "{program} {args:?}: {said}{complaint}");
            Some(said)
        }
        Err(_) => {
            eprintln!("SKIPPED: {program} is not installed (cargo xtask test installs it).");
            None
        }
    }
}

/// A sheet of the workbook as LibreOffice reads it, formulas as formulas.
fn sheet(folder: &Path, number: usize) -> Option<String> {
    let text = |path: &Path| path.display().to_string();
    // Filter options: comma, double quote, UTF-8, from line 1, no column formats, quote texts, no
    // formatting of figures, show formulas, sheet by number.
    let filter = format!(
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true,false,false,{number}"
    );
    let profile = format!("-env:UserInstallation=file://{}", text(&folder.join("profile")));
    let out = folder.join(format!("out{number}"));
    let book = text(&folder.join("book.xlsx"));
    run(
        "soffice",
        &[&profile, "--headless", "--convert-to", &filter, "--outdir", &text(&out), &book],
    )?;
    let file = std::fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
    Some(std::fs::read_to_string(file).unwrap())
}

#[test]
fn a_workbook_opens_in_libreoffice_with_its_figures_and_no_formula_from_text() {
    let folder = tempfile::tempdir().unwrap();
    let book = workbook(&facts(Language::En), (0..3).map(conversation), CREATED).unwrap();
    std::fs::write(folder.path().join("book.xlsx"), book).unwrap();
    let Some(conditions) = sheet(folder.path(), 2) else { return };
    // Texts are quoted and figures are not: a formula would come as its result, or unquoted.
    let quoted = format!("\"{}\"", FORMULA.replace('"', "\"\""));
    assert!(conditions.contains(&quoted), "{conditions}");
    assert!(conditions.contains("-50"), "{conditions}");
    assert!(conditions.contains("不耐烦的客户") && conditions.contains("عملاء غير صبورين"));
    let conversations = sheet(folder.path(), 4).unwrap();
    assert_eq!(conversations.matches(&quoted).count(), 6, "{conversations}");
    for text in ["\"+1+1\"", "\"@SUM(A1)\"", "\"-1\""] {
        assert_eq!(conversations.matches(text).count(), 3, "{text}: {conversations}");
    }
    assert!(conversations.contains("0.0125") && conversations.contains("4.5"));
    let figure = sheet(folder.path(), 5).unwrap();
    assert!(figure.contains("\"Success and its change\"") && figure.contains("-50"));
}

#[test]
fn a_pdf_gives_its_sentences_back_and_brings_its_fonts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    for language in [Language::En, Language::Ar] {
        let facts = facts(language);
        let report = Report::of(&facts);
        std::fs::write(&path, pdf_report(&report, CREATED).unwrap()).unwrap();
        let path = path.display().to_string();
        let Some(text) = run("pdftotext", &["-layout", &path, "-"]) else { return };
        let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // The mark after "Geld" stands on the other side of it on a page from right to left.
        for wanted in ["Spring – größer", "不耐烦的客户", "Нетерпение", "Wo bleibt mein Geld"]
        {
            assert!(words.contains(wanted), "{wanted}: {words}");
        }
        if language == Language::En {
            let sentence = facts.result.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(&sentence), "{sentence}: {words}");
            assert!(words.contains("The unit of analysis is the task."), "{words}");
        }
        let fonts = run("pdffonts", &[&path]).unwrap();
        // Two lines of head; the columns `emb` and `sub` follow the encoding.
        let lines: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(lines.len() >= 3, "{fonts}");
        for line in lines {
            let columns: Vec<&str> = line.split_whitespace().rev().collect();
            // From the right: object, its generation, uni, sub, emb.
            assert_eq!((columns[4], columns[3]), ("yes", "yes"), "{fonts}");
            assert_eq!(columns[2], "yes", "words can be copied: {fonts}");
        }
        let info = run("pdfinfo", &[&path]).unwrap();
        let said = |name: &str| {
            info.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap_or_default()
        };
        assert_eq!(said("Tagged:"), "yes", "{info}");
        assert!(said("Page size:").contains("A4"), "{info}");
    }
}
