use super::*;
use crate::samples::{Sample, keep_pictures, response, written};
use crate::{ChartSpec, Theme};

fn words(chart: &ResponseChart, width: u32) -> Vec<String> {
    let drawing = chart.draw(&Look::window(Theme::Light, width, Language::En)).unwrap();
    written(&drawing.svg).into_iter().map(|words| words.text).collect()
}

#[test]
fn pictures_of_all_data_are_tidy_and_kept() {
    keep_pictures("response", |sample| ChartSpec::Response(response(sample)));
}

#[test]
fn it_says_what_a_step_costs() {
    let chart = response(Sample::Typical);
    let one =
        |nth: usize| ResponseChart { traits: vec![chart.traits[nth].clone()], ..chart.clone() };
    assert_eq!(
        one(0).sentence(Language::En),
        "Each step of Impatience costs 4 points (95 % CI 2 to 6; 50 tasks)."
    );
    assert_eq!(
        one(1).sentence(Language::En),
        "We cannot tell whether the level of Confusion changes success: the interval includes no change \
         (−1 point for each step, 95 % CI −3 to +1; 50 tasks)."
    );
    assert_eq!(
        chart.sentence(Language::En),
        "Each step of Incoherence costs 9 points (95 % CI 7 to 11; 50 tasks), the most among 3 traits \
         that clearly cost success."
    );
    assert_eq!(
        response(Sample::Tiny).sentence(Language::En),
        "From Off to Strong of Impatience success went from 66 % to 33 %; too few tasks to say more \
         (3 tasks)."
    );
    let none = ResponseChart { traits: Vec::new(), ..chart };
    assert_eq!(none.sentence(Language::En), "Nothing has been scored yet.");
}

#[test]
fn levels_stand_by_name_below_and_the_measured_level_has_a_scale_of_its_own() {
    let all = words(&response(Sample::Typical), 720);
    for word in
        ["Off", "Slight", "Clear", "Strong", "Extreme", "Success", "Level measured (0 to 4)"]
    {
        assert!(all.iter().any(|line| line == word), "{word}");
    }
    let mut chart = response(Sample::Typical);
    for point in chart.traits.iter_mut().flat_map(|one| &mut one.points) {
        point.measured = None;
    }
    assert!(!words(&chart, 720).iter().any(|line| line.starts_with("Level measured")));
}

#[test]
fn a_level_between_two_is_a_figure() {
    assert_eq!(level_name(0.5, Language::En), "0.5");
    assert_eq!(level_name(0.5, Language::De), "0,5");
    assert_eq!(level_name(4.0, Language::En), "Extreme");
}

#[test]
fn every_point_opens_its_condition() {
    let look = Look::window(Theme::Light, 720, Language::En);
    let drawing = response(Sample::Typical).draw(&look).unwrap();
    // Fifteen points in all, of which four are the same baseline; each above and below.
    assert_eq!(drawing.hotspots.len(), 2 * (15 - 3));
    assert!(drawing.hotspots.iter().any(|s| s.opens.condition.as_deref() == Some("trait-3-4")));
}

#[test]
fn words_and_table_have_every_point_and_its_measured_level() {
    let chart = response(Sample::Typical);
    let text = chart.text(Language::En);
    assert!(
        text[1].starts_with("Impatience, Slight: 68 % success (95 % CI 56 to 80 %; 50 tasks). The level measured was "),
        "{}",
        text[1]
    );
    assert_eq!(text[5], "Impatience: −4 points for each step (95 % CI −6 to −2; 50 tasks).");
    let table = chart.table(Language::En);
    assert_eq!((table.rows.len(), table.rows[1][3].shown()), (15, "68.00".into()));
    assert_eq!(table.rows[1][10].shown(), "−4.00");
}
