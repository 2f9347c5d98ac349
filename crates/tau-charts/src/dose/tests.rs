use super::layout::reach;
use super::*;
use crate::samples::{Sample, dose, keep_pictures, written};
use crate::{ChartSpec, Theme};

fn words(chart: &DoseChart) -> Vec<String> {
    let drawing = chart.draw(&Look::window(Theme::Light, 600, Language::En)).unwrap();
    written(&drawing.svg).into_iter().map(|words| words.text).collect()
}

#[test]
fn pictures_of_all_data_are_tidy_and_kept() {
    keep_pictures("dose", |sample| ChartSpec::Dose(dose(sample)));
}

#[test]
fn levels_and_contrasts_stand_in_panels_of_their_own() {
    let chart = dose(Sample::Typical);
    let both = words(&chart);
    for word in
        ["Level measured", "Contrast measured, in nats a token", "Level asked for", "Extreme"]
    {
        assert!(both.iter().any(|line| line == word), "{word}: {both:?}");
    }
    let levels = DoseChart { voices: chart.voices[..2].to_vec(), ..chart };
    assert!(!words(&levels).iter().any(|line| line.starts_with("Contrast")));
}

#[test]
fn the_chart_is_told_in_words() {
    let chart = dose(Sample::Typical);
    let text = chart.text(Language::En);
    assert_eq!(
        text[0],
        "gpt-4o, told in words: from level 0.2 at Off to level 3.6 at Extreme; more asked was more shown \
         at each step."
    );
    assert!(text[1].ends_with("not each step showed more than the one before."), "{}", text[1]);
    assert!(text[2].contains("from −0.80 at Off to +0.70"), "{}", text[2]);
    assert_eq!(
        chart.sentence(Language::En),
        "Impatience: in 2 of 3 curves more asked was more shown at each step."
    );
    let one = DoseChart { voices: chart.voices[..1].to_vec(), ..chart.clone() };
    assert_eq!(one.sentence(Language::En), text[0]);
    let none = DoseChart { voices: Vec::new(), ..chart };
    assert_eq!(none.text(Language::En), ["Impatience: nothing was measured yet."]);
    assert!(words(&none).iter().any(|line| line.contains("nothing was measured yet")));
}

#[test]
fn what_was_told_of_a_curve_or_a_point_is_kept() {
    let mut chart = dose(Sample::Typical);
    chart.voices[0].sentence = "the customers did not show it.".into();
    chart.voices[0].points[0].label = "Told by others.".into();
    assert_eq!(
        chart.text(Language::En)[0],
        "gpt-4o, told in words: the customers did not show it."
    );
    let drawing = chart.draw(&Look::window(Theme::Light, 600, Language::En)).unwrap();
    assert_eq!(drawing.hotspots[0].label, "Told by others.");
    assert_eq!(
        drawing.hotspots[1].label,
        "gpt-4o, told in words, Slight: measured 1.1 (95 % CI 0.8 to 1.4)."
    );
}

#[test]
fn columns_of_the_table_have_names_that_can_be_read() {
    let table = dose(Sample::Typical).table(Language::En);
    assert_eq!(table.columns[..3], ["Voice", "Level asked (0 to 4)", "Measured"]);
    assert_eq!((table.rows.len(), table.rows[14][5].shown()), (15, "nats a token".into()));
}

#[test]
fn a_title_stands_above_the_curves_and_notes_below() {
    let heading = Heading { title: Some("Voices".into()), notes: vec!["A note.".into()] };
    let words = words(&DoseChart { heading, ..dose(Sample::Typical) });
    assert_eq!(words[0], "Voices");
    assert!(words.iter().any(|line| line == "A note."));
}

#[test]
fn a_scale_of_contrasts_holds_every_interval_and_zero() {
    let chart = dose(Sample::Typical);
    let (low, high, step) = reach(&[&chart.voices[2]]);
    let wide = DoseSeries {
        points: vec![DosePoint { low: -99.0, high: 1_000.0, ..DosePoint::default() }],
        ..chart.voices[2].clone()
    };
    let (from, to, by) = reach(&[&wide]);
    assert!(from <= -99.0 && to >= 1_000.0 && (to - from) / by <= 8.0, "{from} {to} {by}");
    assert!(low <= -1.1 && high >= 1.0 && ((high - low) / step) <= 8.0, "{low} {high} {step}");
}
