use super::*;
use crate::Theme;
use crate::samples::slope::{baseline, chart, line, slope};
use crate::samples::{Sample, assert_tidy, show, snapshot, written};

fn window(width: u32) -> Look {
    Look::window(Theme::Light, width, Language::En)
}

#[test]
fn labels_never_overlap_or_leave_the_picture_on_any_data_in_any_width_and_language() {
    for sample in Sample::ALL {
        for width in [300, 400, 600, 960, 5000] {
            assert_tidy(&slope(sample).draw(&window(width)).unwrap());
        }
        for language in Language::ALL {
            assert_tidy(&slope(sample).draw(&Look::window(Theme::Dark, 400, language)).unwrap());
        }
    }
    // All at one place.
    let same = |i| line(i, "The same everywhere", (0.5, 0.5), Some((0.1, 0.1)), 50);
    assert_tidy(&chart((0..40).map(same).collect()).draw(&window(400)).unwrap());
    assert_tidy(&chart(Vec::new()).draw(&window(400)).unwrap());
}

#[test]
fn each_end_of_a_line_opens_the_condition_in_its_release() {
    let drawing = slope(Sample::Typical).draw(&window(800)).unwrap();
    assert_eq!(drawing.hotspots.len(), 10);
    let opened: Vec<_> = drawing.hotspots.iter().map(|spot| &spot.opens).collect();
    assert_eq!(opened[0].condition.as_deref(), Some("baseline"));
    assert_eq!(opened[0].run.as_deref(), Some("run-1"));
    assert_eq!(opened[1].run.as_deref(), Some("run-2"));
    for (i, one) in drawing.hotspots.iter().enumerate() {
        assert!(one.width >= 24.0 && one.height >= 24.0);
        for other in &drawing.hotspots[i + 1..] {
            let apart = one.x + one.width <= other.x
                || other.x + other.width <= one.x
                || one.y + one.height <= other.y
                || other.y + other.height <= one.y;
            assert!(apart, "{one:?} {other:?}");
        }
    }
}

#[test]
fn both_ends_are_named_with_their_rates_and_the_later_one_with_what_became_of_it() {
    let drawing = slope(Sample::Typical).draw(&window(800)).unwrap();
    let words: Vec<String> = written(&drawing.svg).into_iter().map(|one| one.text).collect();
    let times = |text: &str| words.iter().filter(|word| *word == text).count();
    for name in ["No traits", "Impatience", "Confusion", "Skeptical", "Incoherence"] {
        assert_eq!(times(name), 2, "{name}");
    }
    assert_eq!(times("60 %"), 1);
    assert_eq!(times("71 %, +11 points (+4 to +18)"), 1);
    assert_eq!((times("better"), times("worse"), times("cannot tell")), (1, 1, 2));
    assert_eq!((times("Release 4"), times("Release 5")), (1, 1));
    assert!(words.iter().any(|word| word.starts_with("47 to 50 tasks that both releases scored")));
    assert_eq!(
        drawing.text[1],
        "Impatience: 60 % success in “Release 4” (95 % CI 48 to 72), 71 % in “Release 5” (95 % CI 59 to 83), 11 points higher (95 % CI +4 to +18); better; 50 tasks."
    );
}

#[test]
fn intervals_of_the_rates_are_drawn_for_few_lines_and_left_to_the_table_for_many() {
    let says = |sample| {
        let drawn = slope(sample).draw(&window(960)).unwrap().svg;
        drawn.contains("Upright lines: 95 % confidence interval")
    };
    assert!(says(Sample::Typical));
    assert!(!says(Sample::Large) && !says(Sample::Tiny));
}

fn said(lines: Vec<SlopeLine>) -> String {
    chart(lines).sentence(Language::En)
}

#[test]
fn the_sentence_names_the_largest_clear_drop_before_any_rise() {
    assert_eq!(
        slope(Sample::Typical).sentence(Language::En),
        "From “Release 4” to “Release 5” success under “Confusion” fell 12 points (95 % CI 5 to 19; 50 tasks)."
    );
    let fell = |i, name, right| line(i, name, (0.7, right), Some((0.1, 0.05)), 50);
    assert_eq!(
        said(vec![fell(0, "a", 0.5), fell(1, "b", 0.4)]),
        "From “Release 4” to “Release 5” success under “b” fell 30 points (95 % CI 25 to 35; 50 tasks), the largest of 2 clear drops."
    );
    assert_eq!(
        said(vec![baseline((0.6, 0.7), Some((0.1, 0.04)), 50)]),
        "From “Release 4” to “Release 5” success without traits rose 10 points (95 % CI 6 to 14; 50 tasks)."
    );
}

#[test]
fn what_cannot_be_told_what_did_not_change_and_what_is_too_little_are_called_so() {
    let vague = line(0, "a", (0.6, 0.63), Some((0.1, 0.1)), 20);
    assert_eq!(
        said(vec![vague.clone()]),
        "We cannot tell whether success under “a” changed from “Release 4” to “Release 5”: the interval includes no change (+3 points, 95 % CI −7 to +13; 20 tasks)."
    );
    let still = line(1, "b", (0.6, 0.61), Some((0.1, 0.03)), 400);
    assert!(said(vec![vague, still.clone()]).contains("largest shift, “a”: +3 points"));
    assert_eq!(
        said(vec![still.clone()]),
        "From “Release 4” to “Release 5” success under “b” did not change by a meaningful amount (+1 point, 95 % CI −2 to +4; 400 tasks)."
    );
    assert_eq!(
        said(vec![still.clone(), still]),
        "From “Release 4” to “Release 5” success did not change by a meaningful amount under any of 2 conditions."
    );
    assert_eq!(
        slope(Sample::Tiny).sentence(Language::En),
        "From “Release 4” to “Release 5” success under “Impatience” went from 67 % to 33 %; 3 tasks are too few to say more."
    );
    assert_eq!(said(Vec::new()), "The two releases share no scored task yet.");
}

#[test]
fn the_table_names_the_releases_in_its_columns() {
    let table = slope(Sample::Typical).table(Language::En);
    assert_eq!(table.columns[3], "Success, Release 4 (%)");
    assert_eq!(table.columns[7], "95 % CI low, Release 5 (%)");
    let csv = table.to_csv();
    assert!(
        csv.contains(
            "c0,Impatience,50,60.00,48.00,72.00,71.00,59.00,83.00,11.00,4.00,18.00,better"
        ),
        "{csv}"
    );
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
}

#[test]
fn pictures_are_as_they_were_looked_at() {
    let kept = [
        (Sample::Tiny, 400, Theme::Light),
        (Sample::Typical, 720, Theme::Light),
        (Sample::Typical, 600, Theme::Dark),
        (Sample::Large, 960, Theme::Light),
        (Sample::Pathological, 600, Theme::Light),
        (Sample::Pathological, 960, Theme::Dark),
    ];
    for (sample, width, theme) in kept {
        let drawing = slope(sample).draw(&Look::window(theme, width, Language::En)).unwrap();
        let theme = format!("{theme:?}").to_lowercase();
        let name = format!("slope-{}-{theme}-{width}.svg", sample.name());
        show(&name, &drawing);
        snapshot(&name, &drawing.svg);
    }
}
