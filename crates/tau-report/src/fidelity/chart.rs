//! The dose-response of a run as a picture: the level asked for across, what was measured up, a line a
//! trait and meter. Drawn by the one drawing of dose curves.

use super::{Fidelity, TraitFigures, sentence};
use crate::dose::{DoseChart, DosePoint, DoseScale, DoseSeries};
use crate::{ChartError, Drawing, Hotspot, Theme, words};

/// Entries of the palette; further ones begin again with another shape.
const PALETTE: usize = 7;
/// Half of the side of a place to focus, in pixels.
const REACH: f64 = 12.0;

/// Draws it. Each point is a place that opens the conversations of its condition.
///
/// # Errors
/// When the drawing library refuses.
pub fn dose_chart(fidelity: &Fidelity, theme: Theme, width: u32) -> Result<Drawing, ChartError> {
    let chart = DoseChart {
        trait_name: "Traits".to_owned(),
        voices: fidelity.traits.iter().map(|each| series(fidelity, each)).collect(),
    };
    let mut drawing = chart.draw(theme, width)?;
    if fidelity.traits.is_empty() {
        drawing.text = vec!["Nothing has been metered yet.".to_owned()];
    }
    drawing.hotspots = fidelity
        .traits
        .iter()
        .zip(chart.places(width))
        .flat_map(|(each, places)| each.points.iter().zip(places).map(move |at| (each, at)))
        .map(|(each, (point, (x, y)))| Hotspot {
            condition_id: point.condition_id.clone(),
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
            x: x - REACH,
            y: y - REACH,
            width: 2.0 * REACH,
            height: 2.0 * REACH,
        })
        .collect();
    Ok(drawing)
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
    });
    DoseSeries {
        name: format!("{}, by {}", each.name, sentence::meter(each.source)),
        color: each.color + nth * PALETTE,
        scale: DoseScale::Level,
        points: points.collect(),
        sentence: each.sentence.clone(),
    }
}
