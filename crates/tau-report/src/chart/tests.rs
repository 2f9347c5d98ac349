use super::*;
use crate::samples::{condition, episodes, named};
use crate::{BASELINE, ResultSettings, run_result};

fn result(names: &[&str], tasks: u32, practice: bool) -> RunResult {
    let mut rows = episodes(BASELINE, tasks, 3, |i, k| (i * 7 + k * 3) % 10 < 8);
    let mut conditions = vec![named(BASELINE, "Baseline, no traits", None, 0)];
    for (n, name) in names.iter().enumerate() {
        let id = format!("c{n}");
        let cut = 8 - (n as u32 * 5) % 7;
        rows.extend(episodes(&id, tasks, 3, |i, k| (i * 7 + k * 3) % 10 < cut));
        conditions.push(named(&id, name, None, n));
    }
    let settings = ResultSettings { practice, ..ResultSettings::default() };
    run_result(&rows, &conditions, &settings)
}

fn chart(names: &[&str]) -> DropChart {
    DropChart::from_result(&result(names, 40, false), None)
}

const FOUR: [&str; 4] = ["Impatience", "Confusion", "Skeptical", "Incoherence"];

#[test]
fn every_row_has_its_name_its_place_and_a_sentence() {
    let drawing = chart(&FOUR).draw(Theme::Light, 960).unwrap();
    assert_eq!(drawing.hotspots.len(), 5);
    assert_eq!(drawing.text.len(), 5);
    for name in FOUR {
        assert!(drawing.svg.contains(name), "{name}");
    }
    let mut bottom = 0.0;
    for spot in &drawing.hotspots {
        assert!(spot.y >= bottom && spot.x >= 0.0);
        assert!(spot.x + spot.width <= f64::from(drawing.width));
        bottom = spot.y + spot.height;
        assert!(spot.label.contains("conversations scored"), "{}", spot.label);
    }
    assert!(bottom <= f64::from(drawing.height));
}

#[test]
fn rows_are_sorted_worst_first() {
    let chart = chart(&FOUR);
    let differences: Vec<f64> = chart.rows.iter().filter_map(|r| r.difference).collect();
    assert!(differences.windows(2).all(|w| w[0] <= w[1]), "{differences:?}");
    assert!(differences[0] < differences[3]);
}

#[test]
fn the_windows_drawing_is_transparent_and_the_exported_one_stands_alone() {
    let chart = chart(&FOUR);
    let shown = chart.draw(Theme::Dark, 960).unwrap().svg;
    let exported = chart.to_svg(960).unwrap();
    assert!(!shown.contains("@font-face"));
    assert!(!shown.contains("width=\"3840\""), "nothing fills the background");
    assert!(exported.contains("@font-face") && exported.contains("#FAF9F6"));
    assert!(exported.len() < 500_000, "{}", exported.len());
    assert!(exported.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\""));
    assert!(exported.trim_end().ends_with("</svg>"));
}

#[test]
fn names_are_escaped_and_shortened() {
    let long = format!("<b>{}", "very ".repeat(30));
    let svg = chart(&[&long, "Verärgerte 客户"]).to_svg(720).unwrap();
    assert!(!svg.contains("<b>") && svg.contains("&lt;b&gt;"));
    assert!(svg.contains('…'));
    assert!(svg.contains("Verärgerte 客户"));
}

#[test]
fn text_stays_inside_the_picture_at_every_width() {
    let long = "A name that goes on for about eighty letters, since somebody will surely do that";
    for width in [600, 720, 960, 1200, 2000] {
        let chart = chart(&[long, "Impatience"]);
        let layout = Layout::of(&chart, width);
        assert!(layout.rates.right > layout.rates.left + 100.0, "{width}");
        for placed in &layout.rows {
            for line in &placed.name {
                let room = layout.rates.left - layout.names_left - 10.0;
                assert!(f64::from(font::width(line, 14.0, font::Weight::Regular)) < room);
            }
        }
        let figure = font::width("−100 (−100 to −100)", 14.0, font::Weight::Bold);
        assert!(layout.figures_left + f64::from(figure) < f64::from(width) - 4.0, "{width}");
    }
}

#[test]
fn the_labels_of_the_two_scales_never_touch() {
    let small = |text: &str| f64::from(font::width(text, 12.0, font::Weight::Regular));
    for width in [600, 720, 800, 960, 1200, 2000] {
        let layout = Layout::of(&chart(&FOUR), width);
        let left = layout.rates.right + small("100 %") / 2.0;
        let right = layout.differences.left - small("−100") / 2.0;
        assert!(right - left > 8.0, "{width}");
        for panel in [layout.rates, layout.differences] {
            let places: Vec<f64> = panel.ticks().map(|tick| panel.x(tick)).collect();
            assert!(places.len() >= 3 && places.windows(2).all(|w| w[1] - w[0] > 36.0), "{width}");
        }
    }
}

#[test]
fn forty_rows_make_the_chart_taller_not_tighter() {
    let names: Vec<String> = (0..40).map(|i| format!("Condition {i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let drawing = chart(&names).draw(Theme::Light, 960).unwrap();
    assert_eq!(drawing.hotspots.len(), 41);
    assert!(drawing.hotspots.iter().all(|spot| spot.height >= 48.0));
}

#[test]
fn the_picture_decodes_has_its_size_and_is_not_blank() {
    let chart = chart(&FOUR);
    let height = Layout::of(&chart, 720).height;
    for (scale, factor) in [(PngScale::One, 1), (PngScale::Three, 3)] {
        let file = chart.to_png(720, scale).unwrap();
        let mut reader = png::Decoder::new(file.as_slice()).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (720 * factor, height * factor));
        let near = |want: [u8; 3]| {
            pixels
                .chunks_exact(3)
                .filter(|p| p.iter().zip(want).all(|(a, b)| a.abs_diff(b) < 12))
                .count()
        };
        let all = pixels.len() / 3;
        assert!(near([0xfa, 0xf9, 0xf6]) > all / 2, "mostly paper");
        assert!(near([0x1b, 0x1d, 0x1f]) > 200, "ink");
        assert!(near([0x00, 0x72, 0xb2]) > 100, "a trait's colour");
    }
}

#[test]
fn practice_is_written_on_the_chart_itself() {
    let practice = DropChart::from_result(&result(&FOUR, 40, true), None);
    assert!(practice.to_svg(960).unwrap().contains("Practice, not a real model."));
    assert!(!chart(&FOUR).to_svg(960).unwrap().contains("Practice"));
}

#[test]
fn nothing_scored_and_too_few_tasks_are_drawn_as_such() {
    let empty =
        run_result(&[], &[condition(BASELINE, 0), condition("x", 0)], &ResultSettings::default());
    let svg = DropChart::from_result(&empty, None).draw(Theme::Light, 720).unwrap().svg;
    assert!(svg.contains("not scored yet"));
    let few = DropChart::from_result(&result(&FOUR, 5, false), None);
    assert!(few.to_svg(720).unwrap().contains("too few tasks to tell"));
}

/// Every name, length and theme makes a picture of its size. With `TAUTRAIT_CHARTS` set to a folder
/// the pictures are also kept there, for a person to look at.
#[test]
fn long_names_many_rows_and_both_themes_make_whole_pictures() {
    let folder = std::env::var_os("TAUTRAIT_CHARTS").map(std::path::PathBuf::from);
    let long = "A name that goes on for about eighty letters, since somebody will surely do that";
    let many: Vec<String> = (0..40).map(|i| format!("Impatience and confusion, mix {i}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (name, names, tasks) in [
        ("four", FOUR.to_vec(), 40),
        ("long", vec![long, "Verärgerte Kundschaft", "不耐烦的客户", "x"], 40),
        ("many", many, 60),
        ("few", FOUR.to_vec(), 5),
    ] {
        let title =
            (name == "long").then(|| "Does our agent cope with impatient customers?".to_owned());
        let chart = DropChart::from_result(&result(&names, tasks, true), title);
        for (width, theme) in [(720, Theme::Light), (1000, Theme::Dark)] {
            let layout = Layout::of(&chart, width);
            let file = bitmap::png(&layout, theme, PngScale::Two).unwrap();
            let size = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
            assert_eq!((size(16), size(20)), (layout.width * 2, layout.height * 2));
            if let Some(folder) = &folder {
                std::fs::write(folder.join(format!("{name}-{width}-{theme:?}.png")), file).unwrap();
            }
        }
    }
}

#[test]
fn a_chart_says_whose_prompts_were_used_when_they_are_not_ours() {
    let mut result = result(&FOUR, 40, false);
    assert!(!DropChart::from_result(&result, None).to_svg(960).unwrap().contains("wording"));
    result.wording = Some("tau-trait 0.1.1".into());
    let drawn = DropChart::from_result(&result, None).to_svg(960).unwrap();
    assert!(drawn.contains("Prompts in the wording of tau-trait 0.1.1."), "{drawn}");
}
