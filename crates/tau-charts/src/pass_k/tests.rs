use super::*;
use crate::samples::{Sample, keep_pictures, pass_k, written};
use crate::{ChartSpec, Theme};

fn words(chart: &PassKChart, width: u32) -> Vec<String> {
    let drawing = chart.draw(&Look::window(Theme::Light, width, Language::En)).unwrap();
    written(&drawing.svg).into_iter().map(|words| words.text).collect()
}

#[test]
fn pictures_of_all_data_are_tidy_and_kept() {
    keep_pictures("pass-k", |sample| ChartSpec::PassK(pass_k(sample)));
}

#[test]
fn the_picture_says_what_a_curve_is_and_how_many_tasks_stand_behind_each_point() {
    let typical = words(&pass_k(Sample::Typical), 720);
    assert!(typical.iter().any(|line| line.starts_with("Chance that all k attempts")));
    assert!(typical.iter().any(|line| line == "n = 46 to 48"), "{typical:?}");
    let few = words(&pass_k(Sample::Tiny), 720);
    assert!(few.iter().any(|line| line.contains("Too few tasks")), "{few:?}");
    assert!(!few.iter().any(|line| line.starts_with("n = ")), "the same for all: {few:?}");
}

#[test]
fn a_few_curves_share_a_panel_and_many_have_one_each_with_the_baseline() {
    let panels =
        |chart: &PassKChart| words(chart, 720).iter().filter(|line| *line == "100 %").count();
    let typical = pass_k(Sample::Typical);
    assert_eq!(panels(&typical), 4);
    let few = PassKChart { series: typical.series[..3].to_vec(), ..typical };
    assert_eq!(panels(&few), 1);
}

#[test]
fn every_point_of_a_condition_opens_its_conversations_and_the_baseline_does_so_once() {
    let drawing =
        pass_k(Sample::Typical).draw(&Look::window(Theme::Light, 720, Language::En)).unwrap();
    assert_eq!(drawing.hotspots.len(), 5 * 3);
    assert!(drawing.hotspots.iter().all(|spot| spot.width >= 24.0 && spot.height >= 24.0));
    assert_eq!(drawing.hotspots[0].opens.condition.as_deref(), Some("baseline"));
}

#[test]
fn it_says_how_the_chance_of_the_most_attempts_changed() {
    let chart = pass_k(Sample::Typical);
    assert_eq!(
        chart.sentence(Language::En),
        "The chance that all 3 attempts at a task succeed fell 35 points under “Incoherence: Extreme”, \
         to 15 % (95 % CI 27 to 43; 47 tasks), the largest of 3 clear drops."
    );
    let two = |other: usize| PassKChart {
        series: vec![chart.series[0].clone(), chart.series[other].clone()],
        ..chart.clone()
    };
    assert!(two(1).sentence(Language::En).ends_with("46 tasks)."));
    assert!(two(2).sentence(Language::En).starts_with(
        "We cannot tell whether “Confusion: Clear” changes the chance that all 3 attempts"
    ));
    assert_eq!(
        pass_k(Sample::Tiny).sentence(Language::En),
        "Under “Impatience: Strong” an attempt at a task succeeds with a chance of 33 %; fewer than 10 \
         tasks (3 tasks) are too few to say more."
    );
    let alone = PassKChart { series: chart.series[..1].to_vec(), ..chart.clone() };
    assert!(
        alone.sentence(Language::En).contains("all 3 attempts at a task succeed with a chance")
    );
    let none = PassKChart { series: Vec::new(), ..chart };
    assert_eq!(none.sentence(Language::En), "Nothing has been scored yet.");
}

#[test]
fn points_of_too_few_tasks_do_not_speak_for_a_curve() {
    // Eight attempts were scored for nine tasks only, seven for a hundred.
    let sentence = pass_k(Sample::Large).sentence(Language::En);
    assert!(sentence.contains("all 7 attempts") && sentence.contains("100 tasks"), "{sentence}");
    assert!(words(&pass_k(Sample::Large), 1_100).iter().any(|line| line.contains("at k = 7: −")));
}

#[test]
fn words_and_table_have_every_point() {
    let chart = pass_k(Sample::Typical);
    let text = chart.text(Language::En);
    assert_eq!(text.len(), 15);
    assert_eq!(text[0], "Without traits, k = 1: 72 % (95 % CI 62 to 82 %; 50 tasks).");
    assert!(text[3].contains("−17 points against the baseline (95 % CI −25 to −9)"), "{}", text[3]);
    let table = chart.table(Language::En);
    assert_eq!((table.rows.len(), table.rows[5][6].shown()), (15, "46".into()));
    assert_eq!(table.columns[2], "Attempts that must all succeed (k)");
}
