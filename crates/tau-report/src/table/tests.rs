use super::*;
use crate::samples::{condition, episodes, named};

fn run(id: &str, conditions: &[(&str, bool)], rows: Vec<EpisodeRow>) -> TableRun {
    TableRun {
        id: id.into(),
        name: format!("Run {id}"),
        domain: "Retail".into(),
        fingerprint: "f".into(),
        model: "model-1".into(),
        strategy: "tool-calling".into(),
        grader: "tau-bench-v1".into(),
        practice: false,
        stopped: false,
        identity: vec![("Customer's model".into(), "gpt-4o".into())],
        conditions: conditions
            .iter()
            .map(|(id, single)| TableCondition { condition: condition(id, 0), single: *single })
            .collect(),
        rows,
    }
}

fn whole() -> TableRun {
    let rows = [
        episodes(BASELINE, 60, 1, |task, _| task % 5 < 4),
        episodes("confusion-3", 60, 1, |task, _| task % 5 < 3),
        episodes("impatience-3", 60, 1, |task, _| task % 5 < 2),
    ];
    let conditions = [(BASELINE, false), ("confusion-3", true), ("impatience-3", true)];
    run("a", &conditions, rows.concat())
}

#[test]
fn a_line_gives_baseline_drop_in_points_and_in_per_cent_and_the_average() {
    let table = trait_table(&[whole()], 1);
    let names: Vec<&str> = table.columns.iter().map(|column| column.id.as_str()).collect();
    assert_eq!(names, ["confusion-3", "impatience-3", AVERAGE]);
    let line = &table.lines[0];
    assert_eq!(line.baseline.as_ref().unwrap().rate, Some(0.8));
    let close = |value: Option<f64>, expected: f64| (value.unwrap() - expected).abs() < 1e-9;
    let cells: Vec<&TraitCell> = line.cells.iter().flatten().collect();
    assert!(close(cells[0].difference, -0.2) && close(cells[0].relative, -0.25));
    assert!(close(cells[1].difference, -0.4) && close(cells[1].relative, -0.5));
    assert!(close(cells[2].difference, -0.3) && close(cells[2].relative, -0.375));
    assert!(cells.iter().all(|cell| cell.difference_interval.is_some()));
    assert!(cells.iter().all(|cell| cell.relative_interval.is_some()), "sixty tasks are enough");
    assert_eq!((cells[2].scored, cells[2].planned, cells[2].tasks), (120, 120, 60));
    assert_eq!(table.notes, Vec::<String>::new());
}

#[test]
fn a_baseline_of_another_run_serves_and_what_else_differs_is_said_and_marked() {
    let mut baseline = whole();
    baseline.conditions.truncate(1);
    baseline.rows.retain(|row| row.condition_id == BASELINE);
    let mut traits = whole();
    traits.id = "b".into();
    traits.name = "Run b".into();
    traits.conditions.remove(0);
    traits.rows.retain(|row| row.condition_id != BASELINE);
    let alike = trait_table(&[baseline.clone(), traits.clone()], 1);
    assert_eq!(alike.lines.len(), 1);
    assert_eq!(alike.lines[0].cells, trait_table(&[whole()], 1).lines[0].cells);
    assert_eq!(alike.lines[0].runs, ["a", "b"]);

    traits.identity[0].1 = "steer".into();
    let apart = trait_table(&[baseline.clone(), traits.clone()], 1);
    assert!(apart.lines[0].cells.iter().flatten().all(|cell| cell.marked));
    assert_eq!(
        apart.notes,
        [
            "“Run a” and “Run b” differ in more than the customers: Customer's model (gpt-4o and steer)."
        ]
    );
    let text = render_traits(&apart, TableFormat::Text);
    assert!(text.contains("−20 (−30 to −10) ! [60]"), "{text}");

    traits.grader = "tau2-1.0".into();
    let refused = trait_table(&[baseline, traits], 1);
    assert_eq!(refused.lines.len(), 2, "different grading is not compared");
    assert!(refused.notes.iter().any(|note| note.contains("graded by different rules")));
    assert!(
        refused
            .lines
            .iter()
            .flat_map(|line| line.cells.iter().flatten())
            .all(|cell| cell.difference.is_none())
    );
}

#[test]
fn models_that_were_not_tested_alike_are_told() {
    let mut other = whole();
    other.model = "model-2".into();
    other.identity[0].1 = "another customer".into();
    let table = trait_table(&[whole(), other], 1);
    assert_eq!(table.lines.len(), 2);
    assert!(
        table.notes[0].contains("not tested alike: they differ in Customer's model"),
        "{:?}",
        table.notes
    );
}

#[test]
fn what_was_not_scored_stands_beside_every_figure() {
    let mut part = whole();
    for row in part.rows.iter_mut().filter(|row| row.task_index < 2) {
        row.outcome = tau_domain::Outcome::NotScored;
    }
    let table = trait_table(&[part.clone()], 1);
    let cell = table.lines[0].cells[0].as_ref().unwrap();
    assert_eq!((cell.scored, cell.planned, cell.tasks), (58, 60, 58));
    for format in [TableFormat::Text, TableFormat::Markdown] {
        let text = render_traits(&table, format);
        assert!(text.contains("[58 of 60]") && text.contains("[116 of 120]"), "{text}");
        let board = render_board(&pass_board(&[part.clone()]), format);
        assert!(board.contains("58 of 60") && board.contains("[58 tasks]"), "{board}");
    }
}

#[test]
fn the_board_gives_pass_k_over_the_tasks_with_k_scored_attempts() {
    let mut several = run(
        "a",
        &[(BASELINE, false)],
        episodes(BASELINE, 12, 4, |task, trial| task < 6 || trial < 2),
    );
    let board = pass_board(&[several.clone()]);
    assert_eq!(board.ks, [1, 2, 3, 4]);
    let values: Vec<f64> = board.lines[0].cells.iter().map(|cell| cell.unwrap().value).collect();
    // Six tasks always succeed; the others twice in four: C(2,k)/C(4,k) = 1/2, 1/6, 0, 0.
    for (value, expected) in values.iter().zip([0.75, 7.0 / 12.0, 0.5, 0.5]) {
        assert!((value - expected).abs() < 1e-12, "{values:?}");
    }
    assert!(board.lines[0].cells.iter().flatten().all(|cell| cell.interval.is_some()));
    several.rows.retain(|row| row.task_index != 3 || row.trial == 0);
    let cells = pass_board(&[several]).lines[0].cells.clone();
    assert_eq!((cells[0].unwrap().tasks, cells[3].unwrap().tasks), (12, 11));
}

#[test]
fn every_format_holds_the_same_figures_and_names_cannot_break_out() {
    let mut odd = whole();
    odd.domain = "=cmd|x\n".into();
    odd.conditions[1].condition = named("confusion-3", "Confusion: Strong", None, 1);
    let table = trait_table(&[odd], 1);
    let markdown = render_traits(&table, TableFormat::Markdown);
    assert!(markdown.contains("| =cmd\\|x | model-1 | 80 % (68 to 88) [60] |"), "{markdown}");
    assert!(markdown.contains("Confusion: Strong"));
    assert!(markdown.contains("−25 % ("), "{markdown}");
    let csv = render_traits(&table, TableFormat::Csv);
    assert!(csv.contains(",60,60,60,60.00,"), "{csv}");
    assert!(csv.contains(",-20.00,"), "{csv}");
    assert!(csv.contains("'=cmd|x"), "a spreadsheet runs nothing: {csv}");
    let json: TraitTable = serde_json::from_str(&render_traits(&table, TableFormat::Json)).unwrap();
    assert_eq!(json.lines.len(), 1);
}
