//! How far a calibration is, for whoever waits for it or stops it.

use tokio_util::sync::CancellationToken;

use super::LocalError;

/// What a calibration is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading the pairs of a trait.
    Reading,
    /// Comparing layers on a trait.
    Layer,
    /// Measuring what strengths do.
    Strength,
    /// Checking the slider on held-out lines.
    Check,
}

/// How far a calibration is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is being done.
    pub stage: Stage,
    /// Id of the trait that it is done for.
    pub trait_id: String,
    /// Measurements made.
    pub done: u32,
    /// Measurements in all, about.
    pub planned: u32,
}

impl Step {
    /// What is being done, for a person; `name` is the trait's name.
    pub fn sentence(&self, name: &str) -> String {
        match self.stage {
            Stage::Reading => format!("Reading the pairs of {name}."),
            Stage::Layer => format!("Looking for the layer where {name} is steered best."),
            Stage::Strength => format!("Measuring how strongly {name} may be steered."),
            Stage::Check => format!("Checking the slider of {name} on lines kept for that."),
        }
    }
}

/// Measurements that stages take about, for progress.
pub(super) const READING: u32 = 9;
pub(super) const STRENGTH: u32 = 12;

/// Where a calibration tells how far it is, and hears whether to go on.
pub(super) struct Ledger<'a> {
    pub progress: &'a mut dyn FnMut(Step),
    pub stop: &'a CancellationToken,
    pub done: u32,
    pub planned: u32,
}

impl Ledger<'_> {
    /// Says what comes next.
    ///
    /// # Errors
    /// When somebody stopped the calibration.
    pub fn next(&mut self, stage: Stage, trait_id: &str, cost: u32) -> Result<(), LocalError> {
        if self.stop.is_cancelled() {
            return Err(LocalError::Cancelled);
        }
        let (done, planned) = (self.done.min(self.planned), self.planned);
        (self.progress)(Step { stage, trait_id: trait_id.to_owned(), done, planned });
        self.done += cost;
        Ok(())
    }
}
