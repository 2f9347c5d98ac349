use super::*;
use crate::fidelity::TraitCheck;
use crate::samples::{condition, episodes};
use crate::table::TableCondition;
use crate::{Analysis, BASELINE, ReportCondition, run_result};

fn kinds(cautions: &[Caution]) -> Vec<CautionKind> {
    cautions.iter().map(|caution| caution.kind).collect()
}

fn rows(tasks: u32) -> Vec<EpisodeRow> {
    [episodes(BASELINE, tasks, 1, |_, _| true), episodes("x", tasks, 1, |i, _| i % 3 > 0)].concat()
}

fn conditions() -> Vec<ReportCondition> {
    vec![condition(BASELINE, 0), condition("x", 0)]
}

fn of(rows: &[EpisodeRow], settings: &ResultSettings) -> Vec<Caution> {
    run_result(rows, &conditions(), settings).cautions
}

#[test]
fn a_whole_run_of_many_tasks_needs_no_caution() {
    assert_eq!(of(&rows(12), &ResultSettings::default()), []);
    assert_eq!(of(&[], &ResultSettings::default()), [], "nothing is scored, nothing is claimed");
}

#[test]
fn fewer_than_ten_tasks_are_counts_alone() {
    let found = of(&rows(9), &ResultSettings::default());
    assert_eq!(kinds(&found), [CautionKind::FewTasks]);
    assert_eq!(
        found[0].text,
        "Only 9 tasks have a score: there are counts only, no intervals and no verdicts. Run 10 tasks or more to compare."
    );
}

#[test]
fn a_run_that_was_stopped_says_how_much_was_not_held_and_one_that_goes_on_does_not() {
    let mut rows = rows(12);
    for row in rows.iter_mut().filter(|row| row.task_index > 9) {
        row.outcome = Outcome::Pending;
    }
    assert_eq!(of(&rows, &ResultSettings::default()), []);
    let stopped = ResultSettings { stopped: true, ..ResultSettings::default() };
    let found = of(&rows, &stopped);
    assert_eq!(kinds(&found), [CautionKind::StoppedEarly]);
    assert!(found[0].text.contains("4 of 24 conversations were not held"), "{}", found[0].text);
    assert_eq!(of(&self::rows(12), &stopped), [], "stopped after its last conversation");
}

#[test]
fn conversations_without_a_score_are_counted() {
    let mut rows = rows(12);
    rows[0].outcome = Outcome::NotScored;
    let found = of(&rows, &ResultSettings::default());
    assert_eq!(kinds(&found), [CautionKind::NotScored]);
    assert!(found[0].text.starts_with("1 of 24 conversations not scored"));
}

#[test]
fn replies_from_the_cache_are_counted_and_said_to_be_no_new_evidence() {
    let mut rows = rows(12);
    for row in &mut rows {
        row.effort.replies = 5;
    }
    assert_eq!(of(&rows, &ResultSettings::default()), []);
    rows[0].effort.cached_replies = 3;
    rows.iter_mut().for_each(|row| row.trial = 0);
    let found = of(&rows, &ResultSettings::default());
    assert_eq!(kinds(&found), [CautionKind::ReplyCache]);
    assert!(found[0].text.starts_with("3 of 120 replies"), "{}", found[0].text);
    assert!(!found[0].text.contains("attempts"), "{}", found[0].text);
    rows[1].trial = 1;
    let found = of(&rows, &ResultSettings::default());
    assert!(found[0].text.contains("These attempts repeat earlier ones"), "{}", found[0].text);
}

#[test]
fn what_was_changed_after_the_run_is_said_and_what_was_not_is_not() {
    let changed = |analysis: Analysis| {
        let found = of(&rows(12), &ResultSettings { analysis, ..ResultSettings::default() });
        assert!(found.iter().all(|each| each.kind == CautionKind::ChangedAfterwards));
        found.into_iter().map(|each| each.text).collect::<Vec<_>>()
    };
    let tasks = ["task-003", "task-001", "no such task"].map(str::to_owned).into();
    assert_eq!(
        changed(Analysis { exclude_tasks: tasks, ..Analysis::default() }),
        ["2 tasks were left out after the run: task-001, task-003."]
    );
    assert_eq!(
        changed(Analysis { margin: Some(0.1), ..Analysis::default() }),
        ["The margin was changed after the run, from 5 to 10 points."]
    );
    assert_eq!(
        changed(Analysis { baseline: Some("x".into()), ..Analysis::default() }),
        ["Conditions are compared with “x”, not with customers without traits."]
    );
    let same = Analysis { margin: Some(0.05), leave_out_user_faults: true, ..Analysis::default() };
    assert_eq!(changed(same), [""; 0]);
}

#[test]
fn customers_who_did_not_show_their_trait_are_named_where_their_change_is_shown() {
    let check = |shown, note: &str| {
        let mut conditions = conditions();
        conditions[1].check = Some(TraitCheck { shown, note: note.to_owned() });
        let in_language = |language| {
            let settings = ResultSettings { language, ..ResultSettings::default() };
            run_result(&rows(12), &conditions, &settings).cautions
        };
        (in_language(Language::En), in_language(Language::De))
    };
    let (english, german) = check(Shown::NotShown, "Measured 0.2 of 3.");
    assert_eq!(kinds(&english), [CautionKind::TraitNotShown]);
    assert_eq!(english[0].text, "Measured 0.2 of 3.");
    assert_eq!(kinds(&german), [CautionKind::TraitNotShown]);
    assert_ne!(german[0].text, english[0].text, "English words stay out of other languages");
    assert_eq!(kinds(&check(Shown::Weak, "").0), [CautionKind::TraitNotShown]);
    assert_eq!(check(Shown::Shown, "").0, []);
    assert_eq!(check(Shown::CannotTell, "Too few.").0, [], "a note says it");
}

fn run(id: &str) -> TableRun {
    let identity = [("customer's model", "gpt-4o"), ("wording", "own 12ab"), ("temperature", "0")];
    TableRun {
        id: id.into(),
        name: format!("Run {id}"),
        domain: "Retail".into(),
        fingerprint: "f".into(),
        model: format!("model-{id}"),
        strategy: "tool-calling".into(),
        grader: "tau-bench-v1".into(),
        practice: false,
        stopped: false,
        identity: identity.map(|(label, value)| (label.to_owned(), value.to_owned())).into(),
        conditions: conditions()
            .into_iter()
            .map(|condition| TableCondition { single: condition.id != BASELINE, condition })
            .collect(),
        rows: rows(12),
    }
}

fn between(runs: &[TableRun]) -> Vec<Caution> {
    between_runs(runs, &ResultSettings::default())
}

#[test]
fn runs_that_were_made_alike_need_no_caution() {
    assert_eq!(between(&[run("a"), run("b"), run("c")]), []);
}

#[test]
fn each_part_of_a_set_up_that_differs_is_said_once_with_the_runs_that_have_it() {
    let with = |part: usize, value: &str| {
        let mut runs = [run("a"), run("b"), run("c")];
        runs[1].identity[part].1 = value.to_owned();
        between(&runs)
    };
    let found = with(0, "steer");
    assert_eq!(kinds(&found), [CautionKind::CustomerModel]);
    assert_eq!(
        found[0].text,
        "The runs do not have the same customers: gpt-4o (Run a, Run c); steer (Run b). What differs between them may come from that."
    );
    assert_eq!(kinds(&with(1, "tau-trait")), [CautionKind::Prompts]);
    assert_eq!(kinds(&with(2, "1")), [CautionKind::SetUp]);
}

#[test]
fn other_grading_and_other_data_are_said_and_what_is_not_known_is_not() {
    let mut runs = [run("a"), run("b")];
    runs[1].grader = "tau2-1.0".into();
    assert_eq!(kinds(&between(&runs)), [CautionKind::Grader]);
    runs[1].grader = String::new();
    assert_eq!(between(&runs), []);
    runs[1].fingerprint = "g".into();
    assert_eq!(kinds(&between(&runs)), [CautionKind::Data]);
    runs[1].domain = "Airline".into();
    assert_eq!(between(&runs), [], "two domains have two contents");
}

#[test]
fn runs_side_by_side_carry_their_own_cautions_too() {
    let mut runs = [run("a"), run("b")];
    runs[1].rows.retain(|row| row.task_index < 4);
    runs[1].rows[0].outcome = Outcome::Pending;
    runs[1].rows[1].outcome = Outcome::NotScored;
    runs[1].stopped = true;
    let analysis = Analysis { margin: Some(0.02), ..Analysis::default() };
    let settings = ResultSettings { analysis, ..ResultSettings::default() };
    assert_eq!(
        kinds(&between_runs(&runs, &settings)),
        [
            CautionKind::FewTasks,
            CautionKind::StoppedEarly,
            CautionKind::NotScored,
            CautionKind::ChangedAfterwards
        ]
    );
}
