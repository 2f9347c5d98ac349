use super::paint::{fill, hatching};
use super::*;
use crate::patterns::{contrast, readable_on};
use crate::samples::{Sample, heat, keep_pictures, written};
use crate::{ChartSpec, Theme};

#[test]
fn pictures_of_all_data_are_tidy_and_kept() {
    keep_pictures("heat", |sample| ChartSpec::Heat(heat(sample)));
}

#[test]
fn figures_read_on_every_colour_of_both_themes() {
    for theme in [Theme::Light, Theme::Dark] {
        for step in -1000..=1000 {
            let back = fill(theme, f64::from(step) / 1000.0, 1.0);
            assert!(contrast(back, readable_on(back)) >= 4.5, "{theme:?} {step}");
            assert!(
                contrast(back, hatching(back)) >= 1.8,
                "{theme:?} {step}: lines cannot be seen"
            );
        }
    }
}

#[test]
fn cells_whose_interval_holds_zero_are_hatched_and_no_others() {
    let layout = Layout::of(&heat(Sample::Typical), 720, Language::En);
    let data = heat(Sample::Typical);
    let cells: Vec<_> = data.lines.iter().flat_map(|line| &line.cells).collect();
    assert!(layout.cells.iter().any(|cell| cell.hatched));
    for (placed, cell) in layout.cells.iter().zip(cells) {
        let holds = cell.as_ref().and_then(|cell| cell.interval).is_some_and(|i| i.hold_zero());
        assert_eq!(placed.hatched, holds);
    }
}

#[test]
fn below_ten_tasks_a_cell_has_its_count_and_no_colour() {
    let layout = Layout::of(&heat(Sample::Tiny), 720, Language::En);
    assert!(layout.cells[0].counts_only && layout.scale.is_none());
    assert_eq!(layout.cells[0].small, ["3 tasks"]);
}

#[test]
fn heads_keep_to_their_columns() {
    for sample in Sample::ALL {
        let layout = Layout::of(&heat(sample), 720, Language::En);
        let apart = layout.heads.windows(2).map(|two| two[1].centre - two[0].centre);
        let step = apart.fold(f64::INFINITY, f64::min);
        for line in layout.heads.iter().flat_map(|head| &head.lines) {
            let wide = crate::font::width(line, 12.0, crate::font::Weight::Bold);
            assert!(f64::from(wide) <= step, "{line}");
        }
    }
}

#[test]
fn every_cell_that_was_planned_can_be_opened_in_its_run() {
    let drawing = heat(Sample::Large).draw(&Look::window(Theme::Light, 720, Language::En)).unwrap();
    let cells = heat(Sample::Large).lines.iter().flat_map(|line| &line.cells).flatten().count();
    assert_eq!(drawing.hotspots.len(), cells);
    let first = &drawing.hotspots[0];
    assert_eq!(first.opens.run.as_deref(), Some("run-0"));
    assert_eq!(first.opens.condition.as_deref(), Some("trait-0"));
    assert!(drawing.hotspots.iter().all(|spot| spot.width >= 24.0 && spot.height >= 24.0));
}

#[test]
fn it_says_the_largest_clear_drop_and_how_many_there_are() {
    assert_eq!(
        heat(Sample::Typical).sentence(Language::En),
        "Of 11 comparisons 6 are clear drops; the largest is 30 points, for telecom under \
         “Incoherence: Extreme” (95 % CI 23 to 37; 50 tasks)."
    );
    assert_eq!(
        heat(Sample::Tiny).sentence(Language::En),
        "With fewer than 10 tasks in each comparison only counts can be given; the largest change is \
         −33 points for gpt-4o under “Impatience: Strong” (3 tasks)."
    );
    let none = HeatMap { lines: Vec::new(), ..heat(Sample::Tiny) };
    assert_eq!(none.sentence(Language::En), "Nothing has been compared yet.");
}

#[test]
fn without_a_clear_change_it_says_so() {
    let mut chart = heat(Sample::Typical);
    for cell in chart.lines.iter_mut().flat_map(|line| &mut line.cells).flatten() {
        cell.difference = Some(0.01);
        cell.interval = Some(Bounds { low: -0.06, high: 0.08 });
        cell.verdict = Some(Verdict::CannotTell);
    }
    let sentence = chart.sentence(Language::En);
    assert!(sentence.starts_with("We cannot tell whether success changes: every"), "{sentence}");
    assert!(sentence.contains("+1 point,") && sentence.contains("−6 to +8"), "{sentence}");
    for cell in chart.lines.iter_mut().flat_map(|line| &mut line.cells).flatten() {
        cell.interval = Some(Bounds { low: -0.02, high: 0.04 });
        cell.verdict = Some(Verdict::NoMeaningfulChange);
    }
    assert!(chart.sentence(Language::En).starts_with("No comparison shows a meaningful change"));
}

#[test]
fn words_and_table_have_every_cell_with_its_doubts() {
    let chart = heat(Sample::Typical);
    let text = chart.text(Language::En);
    assert_eq!(text[0], "airline: 48 % success without traits.");
    assert_eq!(
        text[2],
        "airline, Confusion: Clear: success changed by −3 points (95 % CI −10 to +4; 48 tasks); \
         cannot tell. The customers' trait: trait not shown."
    );
    assert!(text.iter().any(|line| line == "telecom, Skepticism: Strong: not run."));
    let table = chart.table(Language::En);
    assert_eq!(table.rows.len(), 12);
    assert_eq!(table.columns[5], "Change (points)");
    assert_eq!(table.rows[0][5].shown(), "−12.00");
}

#[test]
fn names_are_drawn_as_text_and_never_as_markup() {
    let look = Look::window(Theme::Light, 2_000, Language::En);
    let svg = heat(Sample::Pathological).draw(&look).unwrap().svg;
    assert!(!svg.contains("<b>") && svg.contains("&lt;b&gt;"));
    assert!(written(&svg).iter().any(|words| words.text == "(no name)"));
}
