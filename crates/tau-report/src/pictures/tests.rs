use tau_charts::{FaultRow, Look, Shown, Theme};
use tau_stats::Verdict;

use super::*;
use crate::result::AskedTrait;
use crate::samples::{condition, episodes, judged, named};
use crate::{Analysis, AtFault, BASELINE, Effort, Fault, TableCondition, TableRun, run_result};

const TAGS: [(&str, &str); 2] = [("hallucination", "Hallucination"), ("other", "Other")];

/// A run with all that charts are made from.
struct Sample {
    rows: Vec<EpisodeRow>,
    conditions: Vec<ReportCondition>,
    settings: ResultSettings,
}

impl Sample {
    /// Impatience at two levels against the baseline: it breaks more the stronger it is, conversations
    /// last a turn longer a level, and half of the failures are the customer's fault.
    fn of(tasks: u32, trials: u32) -> Sample {
        let level = |level: u32| {
            let id = format!("impatience-{level}");
            let rows = episodes(&id, tasks, trials, move |i, k| (i + k) % 6 >= level);
            let asked = AskedTrait {
                id: "impatience".into(),
                name: "Impatience".into(),
                color: 2,
                level: f64::from(level),
            };
            (rows, ReportCondition { single: Some(asked), ..named(&id, &id, None, 2) })
        };
        let (two, asked_two) = level(2);
        let (four, asked_four) = level(4);
        let rows = [episodes(BASELINE, tasks, trials, |i, _| i % 10 > 0), two, four].concat();
        let rows = judged(rows, |row| {
            Some(if row.task_index % 2 == 0 { AtFault::User } else { AtFault::Agent })
        });
        let rows = rows.into_iter().map(|row| {
            let added = match row.condition_id.as_str() {
                "impatience-2" => 2.0,
                "impatience-4" => 4.0,
                _ => 0.0,
            };
            let turns = f64::from(10 + row.task_index % 4 + row.trial) + added;
            let fault = row.fault.clone().map(|fault| Fault {
                tags: vec![
                    if fault.at == AtFault::User { "other" } else { "hallucination" }.into(),
                ],
                ..fault
            });
            let effort = Effort {
                turns: Some(turns + f64::from(row.task_index % 3) * added / 8.0),
                tool_calls: Some(3.0),
                ..Effort::default()
            };
            EpisodeRow { effort, fault, ..row }
        });
        Sample {
            rows: rows.collect(),
            conditions: vec![condition(BASELINE, 0), asked_two, asked_four],
            settings: ResultSettings::default(),
        }
    }

    fn pictures(&self) -> Vec<Picture> {
        let result = run_result(&self.rows, &self.conditions, &self.settings);
        pictures(&Study {
            result: &result,
            rows: &self.rows,
            conditions: &self.conditions,
            settings: &self.settings,
            fidelity: None,
            levels_known: true,
            tags: &TAGS,
        })
    }

    fn picture(&self, kind: ChartKind, variant: &str) -> Picture {
        let of = |each: &Picture| each.kind == kind && each.variant == variant;
        self.pictures().into_iter().find(of).unwrap()
    }

    fn spec(&self, kind: ChartKind, variant: &str) -> ChartSpec {
        self.picture(kind, variant).spec.unwrap()
    }
}

#[test]
fn a_run_has_its_charts_and_says_of_the_others_what_to_do() {
    let pictures = Sample::of(30, 3).pictures();
    let missing: Vec<(ChartKind, &str, &str)> = pictures
        .iter()
        .filter_map(|each| Some((each.kind, each.variant, each.spec.as_ref().err()?.as_str())))
        .collect();
    assert_eq!(
        missing,
        [
            (
                ChartKind::Forest,
                "cost",
                "What conversations cost is not known. Give prices for the models in use, and the next run has them."
            ),
            (ChartKind::Forest, "seconds", "How long conversations took is not known of this run."),
            (
                ChartKind::Dose,
                "",
                "Run customers with a trait to see the level that was asked for and the one measured."
            ),
        ]
    );
    for each in &pictures {
        assert!(!each.title.is_empty() && !each.title.starts_with("title-"), "{}", each.title);
        let Ok(spec) = &each.spec else { continue };
        assert_eq!(spec.kind(), each.kind);
        assert!(!spec.table(Language::En).rows.is_empty(), "{}", each.title);
        let drawing = spec.draw(&Look::window(Theme::Light, 720, Language::En)).unwrap();
        assert!(drawing.svg.starts_with("<svg"), "{}", each.title);
    }
}

#[test]
fn a_run_without_scores_has_no_chart_and_a_single_condition_no_comparison() {
    let mut sample = Sample::of(12, 1);
    let why = |sample: &Sample, kind| sample.picture(kind, "").spec.unwrap_err();
    assert_eq!(
        why(&sample, ChartKind::PassK),
        "Run each task twice or more to see how often all attempts succeed."
    );
    sample.rows.retain(|row| row.condition_id == BASELINE);
    sample.conditions.truncate(1);
    assert!(sample.picture(ChartKind::Forest, "success").spec.is_ok(), "a rate is something");
    assert!(why(&sample, ChartKind::Flips).starts_with("Run a second kind of customer"));
    assert_eq!(
        why(&sample, ChartKind::Response),
        "Run two levels of a trait to see success over its level."
    );
    for row in &mut sample.rows {
        row.outcome = Outcome::Passed;
        row.fault = None;
    }
    assert_eq!(
        why(&sample, ChartKind::Faults),
        "No conversation failed, so there is no fault to show."
    );
    sample.rows.clear();
    let pictures = sample.pictures();
    let drawn: Vec<_> = pictures.iter().filter(|each| each.spec.is_ok()).collect();
    assert!(drawn.is_empty(), "{drawn:?}");
}

#[test]
fn effort_is_compared_task_by_task_and_more_of_it_is_worse() {
    let ChartSpec::Forest(chart) = Sample::of(30, 3).spec(ChartKind::Forest, "turns") else {
        panic!("turns are a forest")
    };
    assert_eq!(chart.measure, Measure::Turns);
    assert_eq!(chart.baseline.as_ref().unwrap().scored, 90);
    let strongest = &chart.rows[0];
    assert_eq!((strongest.condition_id.as_str(), strongest.tasks), ("impatience-4", 30));
    // 4 turns and, by the task's number, none, half a turn or a whole one: 4.5 on average.
    assert!((strongest.difference.unwrap() - 4.5).abs() < 1e-9);
    assert!(strongest.interval.unwrap().low > 4.0);
    assert_eq!(strongest.verdict, Some(Verdict::Worse));
    let ChartSpec::Forest(calls) = Sample::of(30, 3).spec(ChartKind::Forest, "tool_calls") else {
        panic!("calls are a forest")
    };
    assert_eq!(calls.rows[0].difference, Some(0.0));
    assert_eq!(calls.rows[0].verdict, Some(Verdict::CannotTell), "no spread, no interval");
}

#[test]
fn below_ten_tasks_every_chart_is_counts_without_intervals() {
    for each in Sample::of(9, 3).pictures() {
        match each.spec {
            Ok(ChartSpec::Forest(chart)) => {
                assert!(chart.rows.iter().all(|row| row.interval.is_none()), "{}", each.variant);
            }
            Ok(ChartSpec::PassK(chart)) => {
                let mut points = chart.series.iter().flat_map(|series| &series.points);
                assert!(points.all(|p| p.interval.is_none() && p.difference_interval.is_none()));
            }
            Ok(ChartSpec::Response(chart)) => {
                assert_eq!(chart.traits[0].slope, None);
                assert!(chart.traits[0].points.iter().all(|point| point.interval.is_none()));
            }
            Ok(ChartSpec::Tags(chart)) => {
                let mut cells = chart.rows.iter().flat_map(|row| &row.cells);
                assert!(cells.all(|cell| cell.interval.is_none()));
            }
            _ => {}
        }
    }
}

#[test]
fn a_response_goes_from_the_baseline_over_the_levels_with_the_slope_of_the_tasks() {
    let ChartSpec::Response(chart) = Sample::of(30, 3).spec(ChartKind::Response, "") else {
        panic!("a response")
    };
    let line = &chart.traits[0];
    let levels: Vec<f64> = line.points.iter().map(|point| point.level).collect();
    assert_eq!(levels, [0.0, 2.0, 4.0]);
    assert_eq!(line.points[0].condition_id, BASELINE);
    let slope = line.slope.unwrap();
    // 0.9, 2/3 and 1/3 of the attempts: (-2 * 0.9 + 2 / 3) / 8 a level.
    assert!((slope.per_level - (-1.8 + 2.0 / 3.0) / 8.0).abs() < 1e-9, "{slope:?}");
    assert_eq!(slope.tasks, 30);
    assert!(slope.interval.unwrap().high < 0.0);
}

#[test]
fn pass_k_falls_with_k_and_its_difference_is_over_tasks_with_k_attempts_on_both_sides() {
    let mut sample = Sample::of(30, 3);
    sample.rows.retain(|row| row.condition_id == BASELINE || row.trial < 2 || row.task_index < 12);
    let ChartSpec::PassK(chart) = sample.spec(ChartKind::PassK, "") else { panic!("curves") };
    assert!(chart.series[0].is_baseline);
    let points = &chart.series[1].points;
    assert_eq!(
        points.iter().map(|p| (p.k, p.tasks)).collect::<Vec<_>>(),
        [(1, 30), (2, 30), (3, 12)]
    );
    assert!(points[0].value >= points[1].value && points[1].value >= points[2].value);
    assert!(points.iter().all(|point| point.difference_interval.is_some()));
    assert!(chart.series[0].points.iter().all(|point| point.difference.is_none()));
}

#[test]
fn flips_go_from_the_largest_fall_to_the_largest_rise() {
    let ChartSpec::Flips(chart) = Sample::of(30, 3).spec(ChartKind::Flips, "") else {
        panic!("strips")
    };
    assert_eq!(chart.rows.len(), 2);
    let changes: Vec<f64> =
        chart.rows[1].tasks.iter().map(|flip| flip.rate - flip.baseline).collect();
    assert_eq!((changes.len(), chart.rows[1].fell_out), (30, 0));
    assert!(changes.is_sorted() && changes[0] < 0.0 && changes[29] > 0.0);
}

#[test]
fn faults_and_tags_count_every_failure_once_and_leave_the_unjudged_out_of_shares() {
    let mut sample = Sample::of(30, 1);
    let failed = |row: &&mut EpisodeRow| row.fault.is_some() && row.condition_id == "impatience-4";
    sample.rows.iter_mut().filter(failed).take(3).for_each(|row| row.fault = None);
    sample.rows[1].outcome = Outcome::NotScored;
    sample.rows[1].fault = None;
    let ChartSpec::Faults(chart) = sample.spec(ChartKind::Faults, "") else { panic!("stacks") };
    let of =
        |id: &str| -> &FaultRow { chart.rows.iter().find(|row| row.condition_id == id).unwrap() };
    assert_eq!((of(BASELINE).scored, of(BASELINE).not_scored), (29, 1));
    assert_eq!((of("impatience-4").failed(), of("impatience-4").unjudged), (20, 3));
    let ChartSpec::Tags(chart) = sample.spec(ChartKind::Tags, "") else { panic!("bars") };
    assert!(chart.has_baseline);
    let strongest = chart.columns.iter().position(|column| column.id == "impatience-4").unwrap();
    let counts: Vec<usize> = chart.rows.iter().map(|row| row.cells[strongest].count).collect();
    assert_eq!(counts.iter().sum::<usize>(), 17);
    assert_eq!(chart.rows[0].cells[strongest].scored, 27);
    assert_eq!(chart.rows[0].cells[0].difference, None);
    assert!(chart.rows[0].cells[strongest].difference.is_some());
}

#[test]
fn every_chart_follows_the_analysis() {
    let mut sample = Sample::of(30, 2);
    let out = sample.rows.iter().filter(|row| row.task_index >= 15).map(|row| row.task_id.clone());
    let analysis = Analysis {
        exclude_tasks: out.collect(),
        baseline: Some("impatience-2".into()),
        ..Analysis::default()
    };
    sample.settings.analysis = analysis;
    let read = sample.pictures();
    sample.rows.retain(|row| row.task_index < 15);
    sample.settings.analysis.exclude_tasks.clear();
    let specs =
        |pictures: Vec<Picture>| -> Vec<_> { pictures.into_iter().map(|each| each.spec).collect() };
    assert_eq!(specs(read), specs(sample.pictures()));
    let ChartSpec::Flips(chart) = sample.spec(ChartKind::Flips, "") else { panic!("strips") };
    assert!(chart.rows.iter().any(|row| row.condition_id == BASELINE));
    assert!(chart.rows.iter().all(|row| row.condition_id != "impatience-2"));
}

#[test]
fn a_chart_that_leaves_the_page_takes_its_title_and_cautions_along_once() {
    let mut sample = Sample::of(9, 1);
    sample.settings.practice = true;
    sample.conditions[1].check = Some(crate::fidelity::TraitCheck {
        shown: Shown::NotShown,
        note: "They did not show it.".into(),
    });
    let result = run_result(&sample.rows, &sample.conditions, &sample.settings);
    let picture = sample.picture(ChartKind::Forest, "success");
    let ChartSpec::Forest(chart) =
        for_file(picture.spec.unwrap(), &picture.title, &result.cautions)
    else {
        panic!("a forest")
    };
    assert_eq!(chart.heading.title.as_deref(), Some("Success under each condition"));
    let notes = chart.heading.notes;
    assert_eq!(notes.iter().filter(|note| *note == "They did not show it.").count(), 1);
    assert!(notes.iter().any(|note| note == "Practice, not a real model."));
    assert!(notes.iter().any(|note| note.starts_with("Only 9 tasks have a score")), "{notes:?}");
}

fn table_run(id: &str, model: &str, domain: &str, sample: Sample) -> TableRun {
    TableRun {
        id: id.into(),
        name: format!("Run {id}"),
        domain: domain.into(),
        fingerprint: domain.into(),
        model: model.into(),
        strategy: "tool-calling".into(),
        grader: "tau-bench-v1".into(),
        practice: false,
        stopped: false,
        identity: Vec::new(),
        conditions: sample
            .conditions
            .into_iter()
            .map(|condition| TableCondition { single: condition.id != BASELINE, condition })
            .collect(),
        rows: sample.rows,
    }
}

fn of_runs(runs: &[TableRun], kind: ChartKind, variant: &str) -> Result<ChartSpec, String> {
    let of = |each: &Picture| each.kind == kind && each.variant == variant;
    let pictures = pictures_of_runs(runs, &ResultSettings::default());
    pictures.into_iter().find(of).unwrap().spec
}

#[test]
fn heat_maps_give_each_agent_or_domain_a_line_and_leave_the_average_out() {
    let runs = [
        table_run("a", "model-1", "Retail", Sample::of(30, 2)),
        table_run("b", "model-2", "Retail", Sample::of(30, 2)),
        table_run("c", "model-1", "Airline", Sample::of(8, 2)),
    ];
    let Ok(ChartSpec::Heat(chart)) = of_runs(&runs, ChartKind::Heat, "models") else {
        panic!("a heat map")
    };
    let names: Vec<&str> = chart.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["model-1 · Airline", "model-1 · Retail", "model-2 · Retail"]);
    let ids: Vec<&str> = chart.columns.iter().map(|column| column.id.as_str()).collect();
    assert_eq!(ids, ["impatience-2", "impatience-4"]);
    let cell = chart.lines[1].cells[1].as_ref().unwrap();
    assert_eq!((cell.tasks, cell.verdict), (30, Some(Verdict::Worse)));
    let few = chart.lines[0].cells[1].as_ref().unwrap();
    assert_eq!((few.interval, few.verdict), (None, Some(Verdict::CannotTell)));
    let Ok(ChartSpec::Heat(chart)) = of_runs(&runs, ChartKind::Heat, "domains") else {
        panic!("a heat map")
    };
    assert_eq!(chart.lines[0].name, "Airline · model-1");
    assert_eq!(
        of_runs(&runs[..2], ChartKind::Heat, "domains").unwrap_err(),
        "Choose runs in two domains or more to compare them."
    );
}

#[test]
fn a_slope_compares_two_runs_task_by_task_and_refuses_what_cannot_be_compared() {
    let mut later = table_run("b", "model-2", "Retail", Sample::of(30, 2));
    for row in later.rows.iter_mut().filter(|row| row.task_index % 2 == 0) {
        row.outcome = Outcome::Passed;
    }
    later.rows.retain(|row| row.task_index > 4);
    let mut runs = [table_run("a", "model-1", "Retail", Sample::of(30, 2)), later];
    let Ok(ChartSpec::Slope(chart)) = of_runs(&runs, ChartKind::Slope, "") else {
        panic!("a slope")
    };
    assert_eq!((chart.left.as_str(), chart.right.as_str()), ("Run a", "Run b"));
    assert!(chart.lines[0].is_baseline);
    for line in &chart.lines {
        assert_eq!(line.tasks, 25);
        assert!((line.right - line.left - line.difference).abs() < 1e-9);
        assert!(line.left_interval.is_some() && line.right_interval.is_some());
    }
    assert_eq!(chart.lines[2].verdict, Verdict::Better);
    let why = |runs: &[TableRun]| of_runs(runs, ChartKind::Slope, "").unwrap_err();
    assert_eq!(why(&runs[..1]), "Choose two runs, an earlier and a later one.");
    runs[1].grader = "tau2-1.0".into();
    assert!(why(&runs).starts_with("The two runs were graded by different rules"));
    runs[1].fingerprint = "other".into();
    assert!(why(&runs).starts_with("The domain's content differs"));
    runs[1].domain = "Airline".into();
    assert!(why(&runs).starts_with("Choose two runs in the same domain"));
}
