use super::*;
use crate::samples::{Sample, faults, keep_pictures, written};
use crate::{ChartSpec, Theme};

#[test]
fn pictures_of_all_data_are_tidy_and_kept() {
    keep_pictures("faults", |sample| ChartSpec::Faults(faults(sample)));
}

#[test]
fn parts_stand_side_by_side_and_take_their_share_of_the_scored_conversations() {
    let chart = faults(Sample::Typical);
    let layout = Layout::of(&chart, 720, Language::En);
    for (row, placed) in chart.rows.iter().zip(&layout.rows) {
        let whole = placed.whole.width();
        for (part, area) in &placed.parts {
            assert!((area.width() / whole - row.share(part.of(row))).abs() < 1e-9);
        }
        for two in placed.parts.windows(2) {
            assert_eq!(two[0].1.right, two[1].1.left);
        }
        let all: f64 = placed.parts.iter().map(|(_, area)| area.width()).sum();
        // What has no score is in no bar.
        assert!((all / whole - row.failed() as f64 / row.scored as f64).abs() < 1e-9);
    }
}

#[test]
fn every_part_that_has_conversations_opens_them_and_is_large_enough_to_hit() {
    let chart = faults(Sample::Typical);
    let drawing = chart.draw(&Look::window(Theme::Light, 720, Language::En)).unwrap();
    let parts = chart.rows.iter().flat_map(|row| Part::ALL.map(|part| part.of(row)));
    assert_eq!(drawing.hotspots.len(), parts.filter(|count| *count > 0).count());
    assert!(drawing.hotspots.iter().all(|spot| spot.width >= 24.0 && spot.height >= 24.0));
    let spot = &drawing.hotspots[0];
    assert_eq!(spot.opens.author.as_deref(), Some("user"));
    assert_eq!(spot.opens.condition.as_deref(), Some("baseline"));
    assert_eq!(
        spot.label,
        "Without traits: 3 of 42 failures caused by the customer (2 % of 150 scored conversations)."
    );
}

#[test]
fn the_picture_has_each_count_and_what_was_not_scored() {
    let drawing =
        faults(Sample::Typical).draw(&Look::window(Theme::Light, 720, Language::En)).unwrap();
    let words: Vec<String> = written(&drawing.svg).into_iter().map(|w| w.text).collect();
    for word in ["42 of 150 failed", "28 %", "3 not scored", "31", "Customer", "Not judged"] {
        assert!(words.iter().any(|line| line == word), "{word}: {words:?}");
    }
}

#[test]
fn it_says_who_caused_how_many_failures() {
    assert_eq!(
        faults(Sample::Typical).sentence(Language::En),
        "Of 298 failures in 742 scored conversations the agent caused 197, the customer 62 and the \
         environment 7; the grading of 9 is in doubt and 23 were not judged."
    );
    let of = |parts: [usize; 5], scored: usize| {
        let mut chart = faults(Sample::Tiny);
        chart.rows.truncate(1);
        let row = &mut chart.rows[0];
        [row.user, row.agent, row.environment, row.grader, row.unjudged] = parts;
        row.scored = scored;
        chart.sentence(Language::En)
    };
    assert_eq!(of([0; 5], 0), "Nothing has been scored yet.");
    assert_eq!(of([0; 5], 30), "None of 30 scored conversations failed.");
    assert!(of([0, 0, 0, 0, 9], 30).contains("nobody has judged yet"));
    assert!(of([1, 2, 3, 4, 0], 30).ends_with("the grading of 4 is in doubt."));
}

#[test]
fn words_and_table_have_every_part() {
    let chart = faults(Sample::Typical);
    assert_eq!(
        chart.text(Language::En)[1],
        "Impatience: Strong: 64 of 147 scored conversations failed (44 %); customer 9, agent 44, \
         environment 2, grader 1, not judged 8; 3 not scored."
    );
    let table = chart.table(Language::En);
    let shown: Vec<String> = table.rows[1].iter().map(Cell::shown).collect();
    assert_eq!(shown[2..], ["147", "3", "64", "43.54", "9", "44", "2", "1", "8"]);
    assert_eq!(table.columns[6], "Fault: customer");
}
