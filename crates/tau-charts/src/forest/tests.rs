use super::*;
use crate::samples::forest::{TRAITS, baseline, chart, effort, forest, row};
use crate::samples::{PATHOLOGICAL_NAMES, Sample, assert_tidy, show, snapshot, written};
use crate::{Theme, font};

const EFFORTS: [Measure; 4] = [Measure::Turns, Measure::ToolCalls, Measure::Cost, Measure::Seconds];

fn window(width: u32) -> Look {
    Look::window(Theme::Light, width, Language::En)
}

fn four() -> ForestChart {
    ForestChart { heading: Heading::default(), ..forest(Sample::Typical) }
}

#[test]
fn every_row_has_its_name_its_place_and_a_sentence() {
    let drawing = four().draw(&window(960)).unwrap();
    assert_eq!(drawing.hotspots.len(), 5);
    assert_eq!(drawing.text.len(), 5);
    for name in &TRAITS[..4] {
        assert!(drawing.svg.contains(name), "{name}");
    }
    let mut bottom = 0.0;
    for spot in &drawing.hotspots {
        assert!(spot.y >= bottom && spot.height >= 24.0);
        bottom = spot.y + spot.height;
        assert!(spot.label.contains("conversations scored"), "{}", spot.label);
    }
    assert_eq!(drawing.hotspots[1].opens.condition.as_deref(), Some("c0"));
    assert!(drawing.text[1].starts_with("Impatience: 60 % success against 72 % without traits, 12 points lower (95 % confidence interval −19 to −5); worse; 50 tasks; 148 of 150 conversations scored."), "{}", drawing.text[1]);
    assert!(drawing.text[2].ends_with("Yet the customers showed the trait only weakly."));
    assert!(drawing.text[3].ends_with("Yet the customers did not show the trait."));
}

#[test]
fn the_windows_drawing_is_transparent_and_the_exported_one_stands_alone() {
    let shown = four().draw(&Look::window(Theme::Dark, 960, Language::En)).unwrap().svg;
    let exported = four().draw(&Look::file(960, Language::En)).unwrap().svg;
    assert!(!shown.contains("@font-face"));
    assert!(!shown.contains("width=\"3840\""), "nothing fills the background");
    assert!(exported.contains("@font-face") && exported.contains("#FAF9F6"));
    assert!(exported.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\""));
    assert!(exported.trim_end().ends_with("</svg>"));
}

#[test]
fn names_are_escaped_and_shortened() {
    let long = format!("<b>{}", "very ".repeat(30));
    let rows = vec![
        row(0, &long, (0.5, 0.0), None, 3),
        row(1, "Verärgerte 客户", (0.5, 0.0), None, 3),
        row(2, "", (0.5, 0.0), None, 3),
    ];
    let drawing = chart(None, rows).draw(&window(720)).unwrap();
    let svg = &drawing.svg;
    assert!(!svg.contains("<b>") && svg.contains("&lt;b&gt;"));
    assert!(svg.contains('…') && svg.contains("Verärgerte 客户") && svg.contains("(no name)"));
    let hebrew = chart(None, vec![row(0, PATHOLOGICAL_NAMES[4], (0.5, 0.0), None, 3)]);
    let told = &hebrew.text(Language::En)[0];
    assert!(told.contains("סבלנות\u{2069}: 50 % success"), "figures stay behind the name: {told}");
    assert!(drawing.hotspots[0].label.starts_with(long.trim_end()), "whole where it is read out");
}

#[test]
fn nothing_overlaps_or_leaves_the_picture_on_any_data_in_any_width_and_language() {
    let tidy = |chart: &ForestChart, width, language| {
        assert_tidy(&chart.draw(&Look::window(Theme::Light, width, language)).unwrap());
    };
    for measure in [Measure::Success].into_iter().chain(EFFORTS) {
        for sample in [Sample::Tiny, Sample::Typical, Sample::Pathological] {
            let chart = effort(sample, measure);
            for width in [300, 600, 720, 960, 5000] {
                tidy(&chart, width, Language::En);
            }
        }
        for language in Language::ALL {
            tidy(&effort(Sample::Typical, measure), 600, language);
        }
    }
    tidy(&forest(Sample::Large), 600, Language::En);
}

#[test]
fn the_scales_have_room_and_at_least_two_labels_each() {
    for measure in [Measure::Success].into_iter().chain(EFFORTS) {
        for width in [600, 720, 800, 960, 1200, 2000] {
            let layout = Layout::of(&effort(Sample::Typical, measure), width, Language::En);
            assert!(layout.levels.right > layout.levels.left + 100.0, "{width}");
            for panel in [&layout.levels, &layout.differences] {
                let places: Vec<f64> = panel.ticks.iter().map(|(tick, _)| panel.x(*tick)).collect();
                assert!(places.len() >= 2, "{measure:?} {width} {panel:?}");
            }
            let half = layout.differences.ticks.len();
            assert!(half >= 3 && half % 2 == 1, "symmetric around zero: {measure:?} {width}");
        }
    }
}

#[test]
fn forty_rows_make_the_chart_taller_not_tighter() {
    let drawing = forest(Sample::Large).draw(&window(960)).unwrap();
    assert_eq!(drawing.hotspots.len(), 41);
    assert!(drawing.hotspots.iter().all(|spot| spot.height >= 48.0));
    let labels = written(&drawing.svg).iter().filter(|one| one.text == "50 %").count();
    assert_eq!(labels, 2, "the scale stands above and below");
}

#[test]
fn a_mark_is_filled_where_zero_is_outside_the_interval_and_hollow_elsewhere() {
    let layout = Layout::of(&four(), 960, Language::En);
    let clear: Vec<bool> = layout.rows.iter().map(|placed| placed.clear).collect();
    assert_eq!(clear, [false, true, false, false, true]);
}

#[test]
fn nothing_scored_and_too_few_tasks_are_drawn_as_such() {
    let nothing = |scored| ForestRow {
        scored,
        rate: None,
        baseline: None,
        difference: None,
        verdict: None,
        ..row(0, "Impatience", (0.5, 0.0), None, 3)
    };
    let mut empty = chart(Some(baseline(0.0, (0, 0, 9))), vec![nothing(0)]);
    empty.baseline.as_mut().unwrap().rate = None;
    assert!(empty.draw(&window(720)).unwrap().svg.contains("not scored yet"));
    assert_eq!(empty.sentence(Language::En), "Nothing has been scored yet.");
    let few = forest(Sample::Tiny).draw(&window(720)).unwrap().svg;
    assert!(few.contains("too few tasks to tell") && few.contains("Too few tasks for confidence"));
    assert!(!few.contains("95 % confidence interval;"));
    chart(None, Vec::new()).draw(&window(720)).unwrap();
}

#[test]
fn notes_stand_below_the_chart_in_the_picture_itself() {
    let notes = vec!["Practice, not a real model.".to_owned()];
    let noted = ForestChart { heading: Heading { title: None, notes }, ..four() };
    assert!(noted.draw(&window(960)).unwrap().svg.contains("Practice, not a real model."));
    assert!(!four().draw(&window(960)).unwrap().svg.contains("Practice"));
}

#[test]
fn the_caption_says_how_many_tasks_and_attempts_and_a_range_where_rows_differ() {
    let drawn = four().draw(&window(1200)).unwrap().svg;
    assert!(drawn.contains("49 to 50 tasks × 3 attempts, compared task by task."), "{drawn}");
}

#[test]
fn a_clear_drop_is_named_with_its_size_interval_and_design_after_customers_without_their_trait() {
    assert_eq!(
        forest(Sample::Typical).sentence(Language::En),
        "The customers of “Skeptical” did not show the trait, so the change says nothing about it. \
         With impatient customers success fell 12 points (95 % CI 5 to 19; 50 tasks × 3 attempts)."
    );
}

fn sentence(rows: Vec<ForestRow>) -> String {
    chart(Some(baseline(0.72, (108, 150, 150))), rows).sentence(Language::En)
}

#[test]
fn of_several_drops_the_worst_is_named() {
    let drop = |i, name, by: f64| row(i, name, (0.7, -by), Some((-by - 0.1, -by + 0.1)), 50);
    assert_eq!(
        sentence(vec![
            drop(0, "a", 0.2),
            drop(1, "b", 0.5),
            row(2, "c", (0.7, 0.3), Some((0.2, 0.4)), 50)
        ]),
        "Under “b” success fell 50 points (95 % CI 40 to 60; 50 tasks × 3 attempts), the largest of 2 clear drops."
    );
}

#[test]
fn a_rise_is_called_a_rise() {
    assert_eq!(
        sentence(vec![row(0, "a", (0.5, 0.01), Some((0.004, 0.016)), 50)]),
        "Under “a” success rose 1 point (95 % CI 0.4 to 2; 50 tasks × 3 attempts)."
    );
}

#[test]
fn when_the_interval_includes_no_change_the_sentence_says_that_we_cannot_tell() {
    let mut one = row(0, "Impatience", (0.5, -0.05), Some((-0.15, 0.05)), 20);
    one.customers = Some("impatient customers".into());
    assert_eq!(
        sentence(vec![one.clone()]),
        "We cannot tell whether a conversation with impatient customers changes success: the interval includes no change (−5 points, 95 % CI −15 to +5; 20 tasks × 3 attempts)."
    );
    assert_eq!(
        sentence(vec![row(1, "b", (0.5, 0.01), Some((-0.06, 0.08)), 20), one.clone()]),
        "We cannot tell whether any trait changes success: every interval includes no change (largest shift, impatient customers: −5 points, 95 % CI −15 to +5; 20 tasks × 3 attempts)."
    );
    one.customers = None;
    assert!(sentence(vec![one]).starts_with("We cannot tell whether “Impatience” changes success"));
}

#[test]
fn a_narrow_interval_around_zero_is_no_meaningful_change_and_names_the_margin() {
    let still = |i| row(i, "a", (0.5, 0.0), Some((-0.02, 0.02)), 400);
    assert_eq!(
        sentence(vec![still(0)]),
        "Under “a” success did not change by a meaningful amount: the interval stays within 5 points of no change (400 tasks × 3 attempts)."
    );
    assert_eq!(
        sentence(vec![still(0), still(1)]),
        "No trait changed success by a meaningful amount: every interval stays within 5 points of no change."
    );
}

#[test]
fn below_ten_tasks_there_are_counts_alone() {
    assert_eq!(
        forest(Sample::Tiny).sentence(Language::En),
        "With impatient customers 1 of 3 conversations succeeded, without traits 2 of 3; 3 tasks are too few to say more."
    );
}

#[test]
fn a_baseline_alone_reports_its_rate() {
    let mut alone = baseline(0.72, (108, 150, 150));
    alone.rate_interval = Some(Bounds { low: 0.63, high: 0.8 });
    assert_eq!(
        chart(Some(alone.clone()), Vec::new()).sentence(Language::En),
        "The agent succeeded in 72 % of conversations (95 % CI 63 to 80; 150 conversations scored)."
    );
    alone.rate_interval = None;
    assert_eq!(
        chart(Some(alone), Vec::new()).sentence(Language::En),
        "The agent succeeded in 108 of 150 conversations."
    );
    let mut only = row(0, "Impatience", (0.5, 0.0), None, 3);
    (only.difference, only.baseline) = (None, None);
    only.passed = 4;
    assert_eq!(
        chart(None, vec![only]).sentence(Language::En),
        "Under “Impatience” the agent succeeded in 4 of 9 conversations."
    );
}

#[test]
fn another_baseline_is_named_wherever_it_is_meant() {
    let named = ForestChart {
        baseline_name: Some("Confusion".into()),
        ..chart(None, vec![row(0, "a", (0.7, -0.2), Some((-0.3, -0.1)), 50)])
    };
    assert_eq!(
        named.sentence(Language::En),
        "Under “a” success fell 20 points against “Confusion” (95 % CI 10 to 30; 50 tasks × 3 attempts)."
    );
    assert!(named.text(Language::En)[0].contains("against 70 % under “Confusion”"));
    let svg = named.draw(&window(720)).unwrap().svg;
    assert!(svg.contains("\nConfusion\n") && !svg.contains("\nwithout traits\n"));
    assert!(named.table(Language::En).columns[6].contains("under “Confusion”"));
}

#[test]
fn effort_is_told_in_its_own_unit_and_never_called_success() {
    let told = EFFORTS.map(|measure| {
        let mut one = effort(Sample::Typical, measure);
        one.rows.truncate(1);
        one.sentence(Language::En)
    });
    assert_eq!(
        told,
        [
            "With impatient customers a conversation took 2.1 more turns (95 % CI 0.9 to 3.3; 50 tasks × 3 attempts).",
            "With impatient customers the agent made 1.1 more tool calls per conversation (95 % CI 0.5 to 1.7; 50 tasks × 3 attempts).",
            "With impatient customers a conversation cost $0.012 more (95 % CI $0.005 to $0.019; 50 tasks × 3 attempts).",
            "With impatient customers a conversation took 31\u{a0}s longer (95 % CI 13\u{a0}s to 49\u{a0}s; 50 tasks × 3 attempts).",
        ]
    );
    for measure in EFFORTS {
        let chart = effort(Sample::Typical, measure);
        let drawing = chart.draw(&window(900)).unwrap();
        let words =
            written(&drawing.svg).into_iter().map(|one| one.text).collect::<Vec<_>>().join("|");
        let all = format!("{words} {:?} {}", drawing.text, chart.table(Language::En).to_csv());
        for never in ["uccess", "worse", "better", "points"] {
            assert!(!all.contains(never), "{measure:?} {never}: {all}");
        }
        assert!(words.contains("|less|") && words.contains("|more|"), "{words}");
    }
}

#[test]
fn too_few_tasks_one_condition_and_none_are_told_of_effort_too() {
    assert_eq!(
        effort(Sample::Tiny, Measure::Turns).sentence(Language::En),
        "With impatient customers a conversation took 12.9 turns on average, without traits 7.1; 3 tasks are too few to say more."
    );
    let alone = ForestChart { rows: Vec::new(), ..effort(Sample::Typical, Measure::Cost) };
    assert_eq!(
        alone.sentence(Language::En),
        "A conversation cost $0.031 on average (150 conversations)."
    );
    let mut vague = effort(Sample::Typical, Measure::Seconds);
    vague.rows.drain(..1);
    vague.rows.truncate(1);
    assert_eq!(
        vague.sentence(Language::En),
        "We cannot tell whether “Confusion” changes how long a conversation takes: the interval includes no change (+18\u{a0}s, 95 % CI −1\u{a0}s to +36\u{a0}s; 50 tasks × 3 attempts)."
    );
}

#[test]
fn long_times_are_in_minutes_and_the_table_stays_in_seconds() {
    let slow = ForestChart {
        measure: Measure::Seconds,
        ..chart(
            Some(baseline(300.0, (0, 30, 30))),
            vec![row(0, "a", (300.0, 90.0), Some((30.0, 150.0)), 10)],
        )
    };
    let drawing = slow.draw(&window(960)).unwrap();
    assert!(
        drawing.svg.contains("+1.5\u{a0}min (+0.5\u{a0}min to +2.5\u{a0}min)"),
        "{}",
        drawing.svg
    );
    assert!(drawing.svg.contains("Change, in minutes") && drawing.svg.contains("min\n</text>"));
    let csv = slow.table(Language::En).to_csv();
    assert!(csv.contains("Change (s)") && csv.contains(",90.00,30.00,150.00,"), "{csv}");
}

#[test]
fn small_amounts_of_money_keep_the_decimals_that_tell_them_apart() {
    let cheap = ForestChart {
        measure: Measure::Cost,
        ..chart(None, vec![row(0, "a", (0.0021, 0.0003), Some((0.00001, 0.0006)), 20)])
    };
    let svg = cheap.draw(&window(1200)).unwrap().svg;
    assert!(svg.contains("+$0.00030 (+$0.00001 to +$0.00060)"), "{svg}");
    let german = cheap.draw(&Look::window(Theme::Light, 1200, Language::De)).unwrap().svg;
    assert!(german.contains("+0,00030\u{a0}$"), "{german}");
}

#[test]
fn the_table_names_its_columns_with_their_units_and_keeps_figures() {
    let table = four().table(Language::En);
    assert_eq!(
        table.columns,
        [
            "Id",
            "Condition",
            "Conversations planned",
            "Conversations scored",
            "Conversations succeeded",
            "Tasks compared",
            "Success without traits (%)",
            "Success (%)",
            "Change (points)",
            "95 % CI low (points)",
            "95 % CI high (points)",
            "Verdict",
            "Trait",
        ]
    );
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    let csv = table.to_csv();
    assert!(
        csv.contains("c0,Impatience,150,148,89,50,72.00,60.00,-12.00,-19.00,-5.00,worse,\r\n"),
        "{csv}"
    );
    assert!(csv.contains("trait not shown"), "{csv}");
    for measure in EFFORTS {
        let table = effort(Sample::Pathological, measure).table(Language::En);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    }
}

#[test]
fn the_png_decodes_has_its_size_and_is_not_blank() {
    let height = Layout::of(&four(), 720, Language::En).height;
    for (scale, factor) in [(PngScale::One, 1), (PngScale::Three, 3)] {
        let file = four().to_png(720, scale).unwrap();
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
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
fn names_of_every_script_keep_within_their_column() {
    for width in [600, 960, 2000] {
        let layout = Layout::of(&forest(Sample::Pathological), width, Language::En);
        for placed in &layout.rows {
            for line in &placed.name {
                let room = layout.levels.left - layout.names_left - 10.0;
                let long = font::width(&line.text, line.size as f32, line.weight);
                assert!(f64::from(long) < room, "{line:?}");
            }
        }
    }
    let svg = forest(Sample::Pathological).draw(&window(960)).unwrap().svg;
    for name in [PATHOLOGICAL_NAMES[4], "عملاء غير صبورين"] {
        assert!(svg.contains(&format!("\u{2068}{name}")), "{name} takes its own direction");
    }
}

#[test]
fn pictures_are_as_they_were_looked_at() {
    let kept = [
        (Sample::Tiny, Measure::Success, 600, Theme::Light),
        (Sample::Typical, Measure::Success, 720, Theme::Light),
        (Sample::Typical, Measure::Success, 1000, Theme::Dark),
        (Sample::Large, Measure::Success, 960, Theme::Light),
        (Sample::Pathological, Measure::Success, 720, Theme::Light),
        (Sample::Pathological, Measure::Success, 1000, Theme::Dark),
        (Sample::Tiny, Measure::Seconds, 600, Theme::Light),
        (Sample::Typical, Measure::Turns, 720, Theme::Light),
        (Sample::Typical, Measure::ToolCalls, 600, Theme::Light),
        (Sample::Typical, Measure::Cost, 1000, Theme::Dark),
        (Sample::Typical, Measure::Seconds, 720, Theme::Light),
        (Sample::Pathological, Measure::Cost, 600, Theme::Light),
    ];
    for (sample, measure, width, theme) in kept {
        let drawing =
            effort(sample, measure).draw(&Look::window(theme, width, Language::En)).unwrap();
        let name = format!(
            "forest-{}-{}-{}-{width}.svg",
            format!("{measure:?}").to_lowercase(),
            sample.name(),
            format!("{theme:?}").to_lowercase()
        );
        show(&name, &drawing);
        snapshot(&name, &drawing.svg);
    }
}
