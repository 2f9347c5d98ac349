use super::*;
use crate::Theme;
use crate::samples::flips::{flip, flips, row, tasks};
use crate::samples::{Sample, assert_tidy, show, snapshot, written};

fn window(width: u32) -> Look {
    Look::window(Theme::Light, width, Language::En)
}

fn strip(rows: Vec<FlipRow>) -> FlipStrip {
    FlipStrip { heading: Heading::default(), rows }
}

#[test]
fn nothing_overlaps_or_leaves_the_picture_on_any_data_in_any_width_and_language() {
    for sample in Sample::ALL {
        for width in [300, 400, 600, 960, 5000] {
            assert_tidy(&flips(sample).draw(&window(width)).unwrap());
        }
        for language in Language::ALL {
            let look = Look::window(Theme::Dark, 400, language);
            assert_tidy(&flips(sample).draw(&look).unwrap());
        }
    }
    strip(Vec::new()).draw(&window(600)).unwrap();
}

#[test]
fn a_click_on_a_task_opens_it_under_its_condition() {
    let drawing = flips(Sample::Tiny).draw(&window(600)).unwrap();
    assert_eq!(drawing.hotspots.len(), 4, "the condition and three tasks");
    assert_eq!(drawing.hotspots[0].opens, crate::Opens::condition("c0"));
    let task = &drawing.hotspots[1];
    assert_eq!(task.opens.task.as_deref(), Some("retail-0"));
    assert_eq!(task.opens.condition.as_deref(), Some("c0"));
    assert_eq!(
        task.label,
        "Task “retail-0” under “Impatience”: 100 % success without traits, 0 % under the condition."
    );
    assert!(drawing.hotspots.iter().all(|spot| spot.width >= 24.0 && spot.height >= 24.0));
}

#[test]
fn every_task_has_its_place_and_only_thin_ones_of_the_same_values_share_one_that_counts_them() {
    for (count, width) in [(1, 400), (12, 400), (50, 960), (50, 400), (115, 600), (400, 2000)] {
        let all = tasks(count, 3, 2);
        let chart = strip(vec![row(0, "Impatience", all.clone(), 0)]);
        let drawing = chart.draw(&window(width)).unwrap();
        let layout = Layout::of(&chart, f64::from(width), Language::En);
        let slot = layout.strips[0].slot;
        let spots = &drawing.hotspots[1..];
        let runs = layout.strips[0].groups.iter().flat_map(|group| &group.runs);
        assert_eq!(runs.map(|(_, count)| count).sum::<usize>(), count);
        let covered: f64 = spots.iter().map(|spot| spot.width).sum();
        assert!((covered - slot * count as f64).abs() < 1e-6, "{count} {width}");
        for pair in spots.windows(2) {
            assert!(pair[1].x >= pair[0].x + pair[0].width - 1e-6, "places do not overlap");
        }
        if slot >= 6.0 {
            assert_eq!(spots.len(), count);
        } else {
            assert!(spots.len() < count);
            let shared = spots.iter().find(|spot| spot.opens.task.is_none()).unwrap();
            let tasks = (shared.width / slot).round();
            assert!(shared.label.starts_with(&format!("{tasks} tasks under")), "{}", shared.label);
        }
    }
}

#[test]
fn tasks_stand_in_three_groups_with_their_counts() {
    let mut all = vec![flip(0, (3, 0), 3), flip(1, (3, 1), 3), flip(2, (0, 0), 3)];
    all.extend([flip(3, (2, 2), 3), flip(4, (1, 2), 3), flip(5, (3, 3), 3)]);
    let drawing = strip(vec![row(0, "Impatience", all, 2)]).draw(&window(600)).unwrap();
    let words: Vec<String> = written(&drawing.svg).into_iter().map(|one| one.text).collect();
    for expected in ["2 broke", "3 same", "1 fixed", "2 not compared", "broke", "same", "fixed"] {
        assert!(words.iter().any(|word| word == expected), "{expected}: {words:?}");
    }
    assert_eq!(
        drawing.text,
        [
            "Impatience: of 6 tasks 2 broke (succeeded less often than without traits), 3 stayed the same and 1 was fixed (succeeded more often). 2 tasks could not be compared, because one side has no score."
        ]
    );
}

#[test]
fn the_sentence_names_the_condition_with_the_largest_balance_of_broken_tasks() {
    let some = |color, name: &str, broke, fixed| {
        let broken = (0..broke).map(|i| flip(i, (1, 0), 1));
        let mended = (0..fixed).map(|i| flip(100 + i, (0, 1), 1));
        let same = (0..40 - broke - fixed).map(|i| flip(200 + i, (1, 1), 1));
        row(color, name, broken.chain(mended).chain(same).collect(), 0)
    };
    let said = |rows| strip(rows).sentence(Language::En);
    assert_eq!(
        said(vec![some(0, "a", 9, 8), some(1, "b", 7, 1)]),
        "Under “b”, the condition with the largest balance of tasks that broke, 7 of 40 tasks succeeded less often than without traits and 1 more often."
    );
    assert_eq!(
        said(vec![some(0, "a", 9, 8)]),
        "Under “a” 9 of 40 tasks succeeded less often than without traits and 8 more often."
    );
    assert_eq!(
        said(vec![some(0, "a", 1, 8)]),
        "Under “a” 8 of 40 tasks succeeded more often than without traits and 1 less often."
    );
    assert_eq!(
        said(vec![some(0, "a", 0, 0)]),
        "Under “a” none of 40 tasks succeeded more or less often than without traits."
    );
    assert_eq!(said(vec![row(0, "a", Vec::new(), 5)]), "No task has been compared yet.");
}

#[test]
fn the_table_holds_every_task_with_what_became_of_it() {
    let table = flips(Sample::Tiny).table(Language::En);
    assert_eq!(
        table.to_csv().lines().take(2).collect::<Vec<_>>(),
        [
            "Id,Condition,Task,Success without traits (%),Success (%),Change (points),What became of it",
            "c0,Impatience,retail-0,100.00,0.00,-100.00,broke",
        ]
    );
    assert_eq!(flips(Sample::Large).table(Language::En).rows.len(), 8 * 115);
}

#[test]
fn pictures_are_as_they_were_looked_at() {
    let kept = [
        (Sample::Tiny, 400, Theme::Light),
        (Sample::Typical, 960, Theme::Light),
        (Sample::Typical, 600, Theme::Dark),
        (Sample::Large, 560, Theme::Light),
        (Sample::Pathological, 720, Theme::Light),
    ];
    for (sample, width, theme) in kept {
        let drawing = flips(sample).draw(&Look::window(theme, width, Language::En)).unwrap();
        let theme = format!("{theme:?}").to_lowercase();
        let name = format!("flips-{}-{theme}-{width}.svg", sample.name());
        show(&name, &drawing);
        snapshot(&name, &drawing.svg);
    }
}
