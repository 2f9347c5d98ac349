//! One chart on all sets of data: drawn in every theme and at many widths, kept, and put where a person
//! can look at it.

use super::{Sample, assert_tidy, show, snapshot};
use crate::{ChartSpec, Drawing, Language, Look, Theme};

/// A figure from 0 to 1 for a place, spread evenly and without chance (the golden ratio's multiples).
pub(crate) fn spread(place: usize) -> f64 {
    (place as f64 * 0.618_033_988_749_895 + 0.31).fract()
}

/// Draws a chart of each [`Sample`] at widths from 400 to 2,000 in both themes and in all languages, fails
/// when one is not tidy, and compares those of 720 pixels with the kept ones.
pub(crate) fn keep_pictures(chart: &str, of: impl Fn(Sample) -> ChartSpec) {
    for sample in Sample::ALL {
        let spec = of(sample);
        for width in [10, 400, 600, 720, 1_100, 9_000] {
            for (theme, tone) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
                // Only colours depend on the theme.
                if theme == Theme::Dark && ![400, 720].contains(&width) {
                    continue;
                }
                let drawing = spec.draw(&Look::window(theme, width, Language::En)).unwrap();
                assert_tidy(&drawing);
                assert_bounded(&drawing);
                let name = format!("{chart}-{}-{tone}-{width}.svg", sample.name());
                if [400, 720, 1_100].contains(&width) {
                    show(&name, &drawing);
                }
                let kept = match sample {
                    Sample::Typical => true,
                    _ => theme == Theme::Light,
                };
                if width == 720 && kept {
                    snapshot(&name, &drawing.svg);
                }
            }
        }
        // Words of other languages are longer, shorter and run the other way.
        for language in Language::ALL {
            for width in [400, 1_100] {
                let drawing = spec.draw(&Look::window(Theme::Light, width, language)).unwrap();
                assert_tidy(&drawing);
                assert_bounded(&drawing);
            }
        }
        assert!(spec.sentence(Language::En).ends_with('.'), "{}", spec.sentence(Language::En));
        assert!(spec.text(Language::En).iter().all(|line| line.ends_with('.')));
        let table = spec.table(Language::En);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    }
}

#[test]
fn one_row_and_forty_rows_are_as_tidy() {
    fn rows<T: Clone>(of: &[T], count: usize) -> Vec<T> {
        of.iter().cycle().take(count).cloned().collect()
    }
    for sample in [Sample::Typical, Sample::Pathological] {
        for count in [1, 40] {
            let (mut heat, mut curves) = (super::heat(sample), super::pass_k(sample));
            heat.lines = rows(&heat.lines, count);
            heat.columns = rows(&heat.columns, count);
            for line in &mut heat.lines {
                line.cells = rows(&line.cells, count);
            }
            curves.series = rows(&curves.series, count);
            let (mut response, mut faults) = (super::response(sample), super::faults(sample));
            response.traits = rows(&response.traits, count);
            faults.rows = rows(&faults.rows, count);
            let (mut tags, mut dose) = (super::tags(sample), super::dose(sample));
            tags.columns = rows(&tags.columns, count);
            tags.rows = rows(&tags.rows, count);
            for row in &mut tags.rows {
                row.cells = rows(&row.cells, count);
            }
            dose.voices = rows(&dose.voices, count);
            for spec in [
                ChartSpec::Heat(heat),
                ChartSpec::PassK(curves),
                ChartSpec::Response(response),
                ChartSpec::Faults(faults),
                ChartSpec::Tags(tags),
                ChartSpec::Dose(dose),
            ] {
                // What is tidy where it is narrow has more room where it is wide.
                for width in if count == 1 { vec![400, 960] } else { vec![400] } {
                    let look = Look::window(Theme::Light, width, Language::En);
                    let drawing = spec.draw(&look).unwrap();
                    assert_tidy(&drawing);
                    assert_bounded(&drawing);
                    show(
                        &format!("{:?}-{count}-{}-{width}.svg", spec.kind(), sample.name()),
                        &drawing,
                    );
                }
            }
        }
    }
}

/// No stroke leaves the picture either: every number of a shape's place is within it.
fn assert_bounded(drawing: &Drawing) {
    let unit = f64::from(crate::canvas::SVG_UNIT);
    let (width, height) = (f64::from(drawing.width) * unit, f64::from(drawing.height) * unit);
    for (at, points) in drawing.svg.match_indices("points=\"") {
        let list = drawing.svg[at + points.len()..].split('"').next().unwrap();
        for point in list.split_whitespace() {
            let (x, y) = point.split_once(',').unwrap();
            let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
            let inside = (0.0..=width).contains(&x) && (0.0..=height).contains(&y);
            assert!(inside, "{x},{y} is outside of {width} × {height}");
        }
    }
    for rect in drawing.svg.split("<rect ").skip(1) {
        let of = |name: &str| -> f64 {
            let rest = rect.split_once(&format!("{name}=\"")).unwrap().1;
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        let (right, bottom) = (of("x") + of("width"), of("y") + of("height"));
        assert!(of("x") >= 0.0 && right <= width && of("y") >= 0.0 && bottom <= height, "{rect}");
    }
}
