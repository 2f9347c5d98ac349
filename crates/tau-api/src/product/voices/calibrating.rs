//! Calibrations that go on, one a voice. What was measured is kept trait by trait, so that stopping
//! loses only the trait under way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tau_traits::{Trait, TraitMix};
use tokio_util::sync::CancellationToken;

use super::super::Product;
use super::choice::{kind, read_voice, settled, voice_id};
use super::speaker::Speaker;
use super::{curves, measuring};
use crate::types::{
    CalibrationDraft, CalibrationView, CustomerChoice, CustomerStrategy, VoiceKind,
};
use crate::{ApiError, ErrorCode};

/// The calibrations that are going on, or went on last, by voice.
#[derive(Default)]
pub(crate) struct Calibrations(Mutex<HashMap<String, Work>>);

struct Work {
    at: Arc<Standing>,
    stop: CancellationToken,
}

/// How far one is.
pub(super) struct Standing {
    view: Mutex<CalibrationView>,
    begun: Instant,
}

impl Standing {
    fn view(&self) -> MutexGuard<'_, CalibrationView> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says what is done now and how far it is.
    pub(super) fn step(&self, step: String, done: u32, planned: u32) {
        let passed = self.begun.elapsed().as_secs_f64();
        let mut view = self.view();
        (view.step, view.done, view.planned) = (step, done, planned);
        view.eta_seconds = (done > 0 && passed > 1.0)
            .then(|| passed / f64::from(done) * f64::from(planned.saturating_sub(done)));
    }

    fn heard(&self) {
        let (step, done, planned) = {
            let view = self.view();
            (view.step.clone(), view.done + 1, view.planned)
        };
        self.step(step, done, planned);
    }

    fn end(&self, ended: Result<(), ApiError>, stopped: bool) {
        let mut view = self.view();
        view.eta_seconds = None;
        (view.step, view.message) = (String::new(), String::new());
        view.state = match ended {
            Ok(()) => "done".to_owned(),
            Err(_) if stopped => {
                view.message = "Stopped. What was measured before stays.".to_owned();
                "stopped".to_owned()
            }
            Err(error) => {
                view.message = match error.detail.as_str() {
                    "" => error.message,
                    detail => format!("{} ({detail})", error.message),
                };
                "failed".to_owned()
            }
        };
    }
}

impl Calibrations {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops all of them. What was measured is kept.
    pub(crate) fn stop_all(&self) {
        self.lock().values().for_each(|work| work.stop.cancel());
    }
}

impl Product {
    /// Measures what the levels do in a voice.
    pub async fn start_calibration(
        &self,
        draft: CalibrationDraft,
    ) -> Result<CalibrationView, ApiError> {
        let choice = settled(draft.voice);
        let id = voice_id(&choice);
        let voice = self.voice(&choice).await?;
        // A model of this computer gets ready by being measured.
        let can = voice.ready || voice.kind == VoiceKind::Local && self.is_here(&choice).await;
        if !can {
            return Err(ApiError::new(ErrorCode::Conflict, voice.note));
        }
        let set = self.trait_set();
        let mut traits: Vec<Trait> = Vec::new();
        for one in self.measurable(&choice)? {
            if draft.traits.is_empty() || draft.traits.contains(&one) {
                traits.extend(set.get(&one).cloned());
            }
        }
        if let Some(missing) =
            draft.traits.iter().find(|id| !traits.iter().any(|one| one.id == **id))
        {
            return Err(self.not_measurable(&choice, missing));
        }
        let at = {
            let mut all = self.calibrations.lock();
            if all.get(&id).is_some_and(|work| work.at.view().state == "running") {
                return Err(ApiError::new(
                    ErrorCode::Conflict,
                    "This voice is being measured already. Stop that first.",
                ));
            }
            let mut view = self.idle(&choice, traits.len());
            view.state = "running".to_owned();
            let at = Arc::new(Standing { view: Mutex::new(view), begun: Instant::now() });
            let stop = CancellationToken::new();
            all.insert(id.clone(), Work { at: Arc::clone(&at), stop: stop.clone() });
            (at, stop)
        };
        let (at, stop) = at;
        let job = Job { id: id.clone(), name: voice.name, kind: voice.kind, traits };
        if choice.strategy == CustomerStrategy::Local {
            let models = Arc::clone(&self.local);
            tokio::spawn(async move {
                let traits = &job.traits;
                let ended =
                    super::local::calibrate(&models, &choice.model, traits, &at, &stop).await;
                at.end(ended, stop.is_cancelled());
            });
        } else {
            let speaker = self.speaker(&choice, Vec::new()).await?;
            let data = self.places.data.clone();
            tokio::spawn(async move {
                let ended = measure(&job, &speaker, &data, &at, &stop).await;
                at.end(ended, stop.is_cancelled());
            });
        }
        self.calibration(id).await
    }

    /// How far that is.
    pub async fn calibration(&self, voice: String) -> Result<CalibrationView, ApiError> {
        let choice = read_voice(&voice).ok_or_else(no_such_voice)?;
        let going = self.calibrations.lock().get(&voice).map(|work| work.at.view().clone());
        let mut view = match going {
            Some(view) => view,
            None => {
                let traits = self.measurable(&choice)?.len();
                self.idle(&choice, traits)
            }
        };
        let measured = self.measured_of(&choice).await?;
        if view.state == "none" && measured.is_some() {
            view.state = "done".to_owned();
        }
        view.curves = measured.map(|one| curves::shown(&one.voice, &one.name, &one.curves));
        Ok(view)
    }

    /// Stops it; what was measured before stays.
    pub async fn stop_calibration(&self, voice: String) -> Result<CalibrationView, ApiError> {
        if let Some(work) = self.calibrations.lock().get(&voice) {
            work.stop.cancel();
            let mut view = work.at.view();
            if view.state == "running" {
                "Stopping.".clone_into(&mut view.step);
            }
        }
        self.calibration(voice).await
    }

    /// A view before anything is done; `calls` says what it will take.
    fn idle(&self, choice: &CustomerChoice, traits: usize) -> CalibrationView {
        let (planned, calls) = match kind(choice.strategy) {
            Some(of @ (VoiceKind::Prompted | VoiceKind::Hosted)) => {
                let messages = measuring::messages(of, traits);
                (messages, messages)
            }
            Some(VoiceKind::Practice) => (measuring::messages(VoiceKind::Practice, traits), 0),
            _ => (0, 0),
        };
        CalibrationView {
            voice: voice_id(choice),
            state: "none".to_owned(),
            step: String::new(),
            done: 0,
            planned,
            eta_seconds: None,
            calls,
            curves: None,
            message: String::new(),
        }
    }
}

pub(super) fn no_such_voice() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "There is no such voice. Choose one from the list.")
}

struct Job {
    id: String,
    name: String,
    kind: VoiceKind,
    traits: Vec<Trait>,
}

/// Has the voice speak at each setting, and keeps the curve of each trait as it is done.
async fn measure(
    job: &Job,
    speaker: &Speaker,
    data: &std::path::Path,
    at: &Standing,
    stop: &CancellationToken,
) -> Result<(), ApiError> {
    let planned = at.view().planned;
    let heard = || at.heard();
    at.step("Listening to it without traits.".to_owned(), 0, planned);
    let without = measuring::said(speaker, &TraitMix::default(), stop, &heard).await?;
    for one in &job.traits {
        let mut said = Vec::new();
        for setting in measuring::settings(job.kind) {
            let mix = TraitMix::new([(one.id.as_str(), setting.level)])
                .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))?;
            let done = at.view().done;
            let named = tau_traits::LEVEL_NAMES[setting.level as usize];
            at.step(format!("Listening to {} at {named}.", one.name), done, planned);
            said.push((setting, measuring::said(speaker, &mix, stop, &heard).await?));
        }
        let now = crate::time::rfc3339(tau_runs::now_ms());
        let curve = measuring::curve(&job.name, one, job.kind, &without, &said, now);
        curves::keep(data, &job.id, &job.name, curve).map_err(|error| {
            ApiError::new(ErrorCode::Storage, "The curve could not be saved. Is the disk full?")
                .detail(error)
        })?;
    }
    Ok(())
}
