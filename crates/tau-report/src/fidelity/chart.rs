//! The dose-response of a run as a chart: the level asked for across, what was measured up, a line a
//! trait and meter.

use tau_charts::{DoseChart, DosePoint, DoseScale, DoseSeries, words};

use super::{Fidelity, TraitFigures, sentence};

/// Entries of the palette; further ones begin again with another shape.
const PALETTE: usize = 7;

/// Its specification. Each point is a place that opens the conversations of its condition.
pub fn dose_chart(fidelity: &Fidelity) -> DoseChart {
    DoseChart {
        trait_name: "Traits".to_owned(),
        voices: fidelity.traits.iter().map(|each| series(fidelity, each)).collect(),
        ..DoseChart::default()
    }
}

fn series(fidelity: &Fidelity, each: &TraitFigures) -> DoseSeries {
    // A second meter of the same trait has its colour with another shape.
    let before = fidelity.traits.iter().take_while(|other| !std::ptr::eq(*other, each));
    let nth = before.filter(|other| other.trait_id == each.trait_id).count();
    let points = each.points.iter().map(|point| DosePoint {
        level: point.asked,
        effect: point.measured,
        low: point.interval.map_or(point.measured, |i| i.low),
        high: point.interval.map_or(point.measured, |i| i.high),
        condition_id: Some(point.condition_id.clone()),
        label: format!(
            "{} ({}): asked for {}, measured {}{}; {}.",
            each.name,
            sentence::meter(each.source),
            sentence::number(point.asked),
            sentence::number(point.measured),
            point.interval.map_or_else(String::new, |i| format!(
                " (95 % CI {} to {})",
                sentence::number(i.low),
                sentence::number(i.high)
            )),
            words::count(point.conversations, "conversation"),
        ),
    });
    DoseSeries {
        name: format!("{}, by {}", each.name, sentence::meter(each.source)),
        color: each.color + nth * PALETTE,
        scale: DoseScale::Level,
        points: points.collect(),
        sentence: each.sentence.clone(),
    }
}
