//! Models of this computer as voices: their curves, and measuring them.

use std::sync::Arc;

use tau_traits::local::{LocalError, LocalModels};
use tau_traits::{DoseCurve, Trait};
use tokio_util::sync::CancellationToken;

use super::super::Product;
use super::calibrating::Standing;
use super::curves::Measured;
use crate::types::LocalModelInfo;
use crate::{ApiError, ErrorCode};

impl Product {
    /// What was measured of a model on this computer, by lines that nothing was fitted to.
    pub(super) fn local_measured(&self, model: &LocalModelInfo, voice: &str) -> Option<Measured> {
        let basis = self.basis(&model.id).ok()??;
        let curves = basis.traits.values().filter_map(|known| {
            let record = &known.record;
            record.check.clone().or_else(|| record.curve.clone())
        });
        Some(Measured {
            voice: voice.to_owned(),
            name: format!("{}, steered on this computer", model.name),
            curves: curves.collect(),
        })
    }

    /// The curves by which a model on this computer turns levels into strengths.
    pub(super) fn local_curves(&self, file: &str) -> Vec<DoseCurve> {
        let basis = self.basis(file).ok().flatten();
        let known = basis.iter().flat_map(|basis| basis.traits.values());
        known.filter_map(|known| known.record.curve.clone()).collect()
    }
}

/// Calibrates the model of `file` for `traits`; the file beside it keeps what was found.
pub(super) async fn calibrate(
    models: &LocalModels,
    file: &str,
    traits: &[Trait],
    at: &Arc<Standing>,
    stop: &CancellationToken,
) -> Result<(), ApiError> {
    at.step("Opening the model.".to_owned(), 0, 0);
    let model = models.open(file).await.map_err(|error| told(&error))?;
    let wanted: Vec<&Trait> = traits.iter().collect();
    let names: Vec<(String, String)> =
        traits.iter().map(|one| (one.id.clone(), one.name.clone())).collect();
    let heard = Arc::clone(at);
    let progress = move |step: tau_traits::local::Step| {
        let name = names.iter().find(|(id, _)| *id == step.trait_id);
        let name = name.map_or(step.trait_id.as_str(), |(_, name)| name);
        heard.step(step.sentence(name), step.done, step.planned);
    };
    let now = crate::time::rfc3339(tau_runs::now_ms());
    model.calibrate(&wanted, &now, progress, stop).await.map_err(|error| told(&error))?;
    Ok(())
}

/// A failure of a model on this computer, for a person.
pub(crate) fn told(error: &LocalError) -> ApiError {
    let code = match error {
        LocalError::Cancelled => ErrorCode::Cancelled,
        LocalError::NoSuchModel { .. } => ErrorCode::NotFound,
        LocalError::File { .. } => ErrorCode::Storage,
        LocalError::Stopped(_) => ErrorCode::Internal,
        _ => ErrorCode::BadRequest,
    };
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    let text = format!("{}{}", first.unwrap_or_default(), letters.as_str());
    ApiError::new(code, if text.ends_with('.') { text } else { format!("{text}.") })
}
