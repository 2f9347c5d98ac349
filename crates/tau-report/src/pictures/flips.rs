//! Each task from the baseline's rate to the condition's.

use std::collections::BTreeMap;

use tau_charts::{ChartSpec, Flip, FlipRow, FlipStrip, Heading};
use tau_stats::pair;

use super::{Study, compared, looked_at, notes};
use crate::rows::outcomes_of;

/// The chart, or the message that says why there is none.
pub(super) fn chart(study: &Study<'_>) -> Result<ChartSpec, &'static str> {
    if study.result.scored == 0 {
        return Err("missing-nothing-scored");
    }
    let rows = looked_at(study);
    let places: BTreeMap<&str, u32> =
        rows.iter().map(|row| (row.task_id.as_str(), row.task_index)).collect();
    let of = |id: &str| outcomes_of(rows.iter().copied(), id);
    let before = of(&study.result.baseline);
    let strips: Vec<FlipRow> = compared(study)
        .map(|row| {
            let (pairs, fell_out) = pair(&before, &of(&row.condition_id));
            let mut tasks: Vec<Flip> = pairs
                .into_iter()
                .map(|pair| Flip {
                    baseline: pair.baseline.success().unwrap_or_default(),
                    rate: pair.treated.success().unwrap_or_default(),
                    task_id: pair.baseline.task,
                })
                .collect();
            // The largest fall first; of the same change in the order of the split.
            tasks.sort_by(|a, b| {
                let change = |flip: &Flip| flip.rate - flip.baseline;
                let place = |flip: &Flip| places.get(flip.task_id.as_str()).copied();
                change(a).total_cmp(&change(b)).then(place(a).cmp(&place(b)))
            });
            FlipRow {
                condition_id: row.condition_id.clone(),
                name: row.name.clone(),
                color: row.color_index,
                tasks,
                fell_out,
            }
        })
        .collect();
    if strips.is_empty() {
        return Err("missing-comparison");
    }
    let heading = Heading { title: None, notes: notes(study.result) };
    Ok(ChartSpec::Flips(FlipStrip { heading, rows: strips }))
}
