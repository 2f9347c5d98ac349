//! The dose-response of a run as a chart: the level asked for across, what was measured up, a line a
//! trait and meter.

use tau_charts::{DoseChart, DosePoint, DoseScale, DoseSeries, Language};

use super::{Fidelity, MeterSource, TraitFigures};
use crate::say::say;

/// Entries of the palette; further ones begin again with another shape.
const PALETTE: usize = 7;

/// Its specification. Each point is a place that opens the conversations of its condition.
pub fn dose_chart(fidelity: &Fidelity, language: Language) -> DoseChart {
    DoseChart {
        trait_name: say(language, "dose-traits", &[]),
        voices: fidelity.traits.iter().map(|each| series(fidelity, each, language)).collect(),
        ..DoseChart::default()
    }
}

fn series(fidelity: &Fidelity, each: &TraitFigures, language: Language) -> DoseSeries {
    // A second meter of the same trait has its colour with another shape.
    let before = fidelity.traits.iter().take_while(|other| !std::ptr::eq(*other, each));
    let nth = before.filter(|other| other.trait_id == each.trait_id).count();
    let points = each.points.iter().map(|point| DosePoint {
        level: point.asked,
        effect: point.measured,
        low: point.interval.map_or(point.measured, |i| i.low),
        high: point.interval.map_or(point.measured, |i| i.high),
        condition_id: Some(point.condition_id.clone()),
        // Made from the figures, in the language of the drawing; so is the curve's sentence.
        label: String::new(),
    });
    let by = match each.source {
        MeterSource::Markers => "dose-by-markers",
        MeterSource::Basis => "dose-by-directions",
        MeterSource::Judge => "dose-by-judge",
    };
    DoseSeries {
        name: say(language, by, &[("name", (&each.name).into())]),
        color: each.color + nth * PALETTE,
        scale: DoseScale::Level,
        points: points.collect(),
        sentence: String::new(),
    }
}
