//! The dose curves of a trait as one drawing: every voice that was measured.

use tau_report::{DoseChart, DoseSeries, Theme, dose_sentence};

use super::super::Product;
use super::super::trait_files::no_such_trait;
use super::curves::{drawn, scale};
use crate::types::{Chart, DoseChartRequest};
use crate::{ApiError, ErrorCode};

impl Product {
    /// The curves of one trait, drawn.
    pub async fn dose_chart(&self, request: DoseChartRequest) -> Result<Chart, ApiError> {
        let set = self.trait_set();
        let one = set.get(&request.trait_id).ok_or_else(|| no_such_trait(&request.trait_id))?;
        let mut voices = Vec::new();
        for measured in self.measured().await? {
            let Some(curve) = measured.curves.iter().find(|curve| curve.trait_id == one.id) else {
                continue;
            };
            let (scale, points) = (scale(curve.unit), drawn(curve));
            voices.push(DoseSeries {
                name: measured.name,
                color: voices.len(),
                scale,
                sentence: dose_sentence(scale, &points, curve.monotone()),
                points,
            });
        }
        let chart = DoseChart { trait_name: one.name.clone(), voices };
        let theme = if request.dark { Theme::Dark } else { Theme::Light };
        let drawing = chart.draw(theme, request.width).map_err(|error| {
            ApiError::new(ErrorCode::Internal, "The chart could not be drawn.").detail(error)
        })?;
        Ok(Chart {
            svg: drawing.svg,
            width: drawing.width,
            height: drawing.height,
            hotspots: Vec::new(),
            text: drawing.text,
        })
    }
}
