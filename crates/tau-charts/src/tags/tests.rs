use super::*;
use crate::samples::{Sample, keep_pictures, tags, written};
use crate::{ChartSpec, Theme};

fn words(chart: &TagBars, width: u32) -> Vec<String> {
    let drawing = chart.draw(&Look::window(Theme::Light, width, Language::En)).unwrap();
    written(&drawing.svg).into_iter().map(|words| words.text).collect()
}

#[test]
fn pictures_of_all_data_are_tidy_and_kept() {
    keep_pictures("tags", |sample| ChartSpec::Tags(tags(sample)));
}

#[test]
fn many_tags_fold_into_a_last_line_that_the_words_spell_out() {
    let chart = tags(Sample::Large);
    assert_eq!(chart.shown(), 10);
    assert!(words(&chart, 1_100).iter().any(|line| line == "17 further tags"));
    let text = chart.text(Language::En);
    let last = text.last().unwrap();
    assert!(last.starts_with("17 further tags: Wrong tool 10, Policy not followed 11"), "{last}");
    assert_eq!(chart.table(Language::En).rows.len(), 27 * 9, "the table has them all");
    assert!(!words(&tags(Sample::Typical), 720).iter().any(|line| line.contains("further")));
}

#[test]
fn without_room_for_their_scale_changes_are_figures() {
    let chart = tags(Sample::Typical);
    let (wide, narrow) = (words(&chart, 900), words(&chart, 480));
    assert!(wide.iter().any(|line| line == "Change, in points"));
    assert!(!narrow.iter().any(|line| line == "Change, in points"));
    for all in [wide, narrow] {
        assert!(all.iter().any(|line| line == "Change (95 % CI)"), "{all:?}");
    }
}

#[test]
fn below_ten_tasks_there_are_counts_only() {
    let all = words(&tags(Sample::Tiny), 720);
    assert!(all.iter().any(|line| line == "1 of 3"), "{all:?}");
    assert!(all.iter().any(|line| line.contains("Too few tasks")));
    assert!(!all.iter().any(|line| line.contains("Change")));
}

#[test]
fn every_bar_opens_the_conversations_with_its_tag() {
    let chart = tags(Sample::Typical);
    let drawing = chart.draw(&Look::window(Theme::Light, 720, Language::En)).unwrap();
    assert_eq!(drawing.hotspots.len(), 15);
    let spot = &drawing.hotspots[1];
    assert_eq!(spot.opens.tag.as_deref(), Some("wrong_arguments"));
    assert_eq!(spot.opens.condition.as_deref(), Some("trait-0"));
    assert!(drawing.hotspots.iter().all(|spot| spot.height >= 24.0));
}

#[test]
fn it_says_which_failure_became_more_frequent() {
    let chart = tags(Sample::Typical);
    assert_eq!(
        chart.sentence(Language::En),
        "The failure “Wrong arguments to a tool” became more frequent by 13 points under “Impatience: \
         Strong”, in 37 % of conversations (95 % CI 9 to 17), the largest of 3 clear increases."
    );
    let mut unclear = chart.clone();
    for cell in unclear.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.interval = cell.interval.map(|_| Bounds { low: -0.1, high: 0.3 });
    }
    assert!(unclear.sentence(Language::En).contains("we cannot tell whether any failure"));
    let few = tags(Sample::Tiny).sentence(Language::En);
    assert!(few.starts_with("The most frequent failure is “Wrong tool”"), "{few}");
    assert!(few.contains("1 of 3 scored conversations"), "{few}");
    let none = TagBars { rows: Vec::new(), ..chart };
    assert_eq!(none.sentence(Language::En), "No failed conversation has a tag.");
    assert!(words(&none, 720).iter().any(|line| line == "No failed conversation has a tag."));
}

#[test]
fn words_and_table_have_every_bar() {
    let chart = tags(Sample::Typical);
    let text = chart.text(Language::En);
    assert_eq!(
        text[0],
        "Wrong arguments to a tool, Without traits: 36 of 150 scored conversations (24 %)."
    );
    assert!(text[1].contains("+13 points against the baseline (95 % CI +9 to +17)"), "{}", text[1]);
    let table = chart.table(Language::En);
    assert_eq!((table.rows.len(), table.rows[0][6].shown()), (15, "24.00".into()));
    assert_eq!(table.columns[4], "Conversations with it");
}
