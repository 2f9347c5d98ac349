//! Voices: who can play a customer, hearing one, measuring its levels.

mod calibrating;
mod choice;
pub(super) mod curves;
mod local;
mod measuring;
mod situations;
mod speaker;
mod speaking;

use std::sync::Arc;

use tau_runs::CustomerPlan;
use tau_traits::local::LEAST_PAIRS;
use tau_traits::{DoseCurve, TraitMix};

pub(crate) use self::calibrating::Calibrations;
pub(crate) use self::choice::LOCAL;
use self::choice::{choice, kind, practice, settled, voice_id};
use self::curves::Measured;
pub(crate) use self::local::told;
use self::speaker::Speaker;
use super::Product;
use super::models::key_is_missing;
use crate::types::{
    CustomerChoice, CustomerStrategy, Endpoint, EndpointKind, LocalModelState, VoiceCurves,
    VoiceInfo, VoiceKind,
};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Who can play a customer.
    pub async fn list_voices(&self) -> Result<Vec<VoiceInfo>, ApiError> {
        let mut voices = vec![self.practice_voice().await?];
        for endpoint in self.list_endpoints().await? {
            match endpoint.kind {
                EndpointKind::Practice | EndpointKind::OutsideAgent => {}
                EndpointKind::Steer => voices.push(self.hosted_voice(&endpoint).await?),
                _ => {
                    for model in &endpoint.models {
                        let strategy = CustomerStrategy::Llm;
                        let one = choice(strategy, endpoint.id.clone(), model.clone());
                        voices.push(self.prompted_voice(one, &endpoint).await?);
                    }
                }
            }
        }
        for model in self.list_local_models().await? {
            if model.state == LocalModelState::Ready {
                voices.push(self.local_voice(&model).await?);
            }
        }
        Ok(voices)
    }

    /// One of them, or one that could be: a model that its connection does not list.
    pub(crate) async fn voice(&self, wanted: &CustomerChoice) -> Result<VoiceInfo, ApiError> {
        let wanted = settled(wanted.clone());
        match kind(wanted.strategy) {
            None => Err(ApiError::new(
                ErrorCode::BadRequest,
                "A person speaks for themselves. Choose another voice.",
            )),
            Some(VoiceKind::Practice) => self.practice_voice().await,
            Some(VoiceKind::Local) => {
                let model = self.local_model(&wanted.model).await?;
                self.local_voice(&model).await
            }
            Some(of) => {
                let endpoints = self.list_endpoints().await?;
                let endpoint = endpoints.iter().find(|known| known.id == wanted.endpoint);
                let endpoint = endpoint.ok_or_else(|| {
                    ApiError::new(
                        ErrorCode::NotFound,
                        "This connection is not there any more. Choose another voice.",
                    )
                })?;
                match of {
                    VoiceKind::Hosted => self.hosted_voice(endpoint).await,
                    _ => self.prompted_voice(wanted, endpoint).await,
                }
            }
        }
    }

    async fn practice_voice(&self) -> Result<VoiceInfo, ApiError> {
        let note = "Scripted and free: not a real model.".to_owned();
        self.info("Practice customer".to_owned(), practice(), true, note).await
    }

    async fn prompted_voice(
        &self,
        one: CustomerChoice,
        endpoint: &Endpoint,
    ) -> Result<VoiceInfo, ApiError> {
        let note = match (key_is_missing(endpoint), one.model.is_empty()) {
            (true, _) => format!("Enter a key for {} on the page Connections.", endpoint.name),
            (_, true) => "Choose a model.".to_owned(),
            _ => String::new(),
        };
        let name = format!("{} ({}), told in words", one.model, endpoint.name);
        let ready = note.is_empty();
        self.info(name, one, ready, note).await
    }

    async fn hosted_voice(&self, endpoint: &Endpoint) -> Result<VoiceInfo, ApiError> {
        let one = choice(CustomerStrategy::TraitMix, endpoint.id.clone(), String::new());
        let missing = key_is_missing(endpoint);
        let note = match missing {
            true => format!("Enter a key for {} on the page Connections.", endpoint.name),
            false => "It knows low, medium and high: Extreme sounds as Strong does.".to_owned(),
        };
        self.info(format!("{}, steered there", endpoint.name), one, !missing, note).await
    }

    async fn local_voice(
        &self,
        model: &crate::types::LocalModelInfo,
    ) -> Result<VoiceInfo, ApiError> {
        let one = choice(CustomerStrategy::Local, LOCAL.to_owned(), model.id.clone());
        let note = match (&model.basis, model.state) {
            (_, state) if state != LocalModelState::Ready => match model.message.as_str() {
                "" => "The model is not on this computer. Fetch it first.".to_owned(),
                said => said.to_owned(),
            },
            (None, _) => "Its levels have no strengths yet. Calibrate it once; that takes minutes."
                .to_owned(),
            (Some(basis), _) if !basis.outdated.is_empty() => format!(
                "The words of {} have changed since it was calibrated. Calibrate it again.",
                basis.outdated.join(", ")
            ),
            _ => String::new(),
        };
        let ready = model.state == LocalModelState::Ready && model.basis.is_some();
        self.info(format!("{}, steered on this computer", model.name), one, ready, note).await
    }

    async fn info(
        &self,
        name: String,
        one: CustomerChoice,
        ready: bool,
        note: String,
    ) -> Result<VoiceInfo, ApiError> {
        let kind = kind(one.strategy).unwrap_or(VoiceKind::Practice);
        let measured = self.measured_of(&one).await?;
        let traits = match kind {
            VoiceKind::Prompted | VoiceKind::Practice => None,
            VoiceKind::Local => {
                let curves = measured.as_ref().map(|one| one.curves.as_slice());
                let known = curves.unwrap_or_default().iter();
                Some(known.map(|curve| curve.trait_id.clone()).collect())
            }
            _ => Some(self.measurable(&one)?),
        };
        Ok(VoiceInfo {
            id: voice_id(&one),
            name,
            kind,
            choice: one,
            ready,
            note,
            traits,
            calibrated_at: measured.map(|one| one.made_at()).filter(|at| !at.is_empty()),
        })
    }

    /// Traits that a voice can be measured for.
    fn measurable(&self, one: &CustomerChoice) -> Result<Vec<String>, ApiError> {
        let set = self.trait_set();
        let kind = kind(one.strategy).ok_or_else(calibrating::no_such_voice)?;
        let can = |one: &&tau_traits::Trait| match kind {
            VoiceKind::Prompted | VoiceKind::Practice => true,
            VoiceKind::Hosted => one.hosted.is_some(),
            VoiceKind::Local => one.pairs.len() + one.held_out.len() >= LEAST_PAIRS,
        };
        Ok(set.iter().filter(can).map(|one| one.id.clone()).collect())
    }

    fn not_measurable(&self, one: &CustomerChoice, id: &str) -> ApiError {
        let set = self.trait_set();
        let Some(known) = set.get(id) else { return super::trait_files::no_such_trait(id) };
        let why = match kind(one.strategy) {
            Some(VoiceKind::Local) => {
                format!(
                    "{} has too few pairs of answers for a direction. Add pairs to it.",
                    known.name
                )
            }
            Some(VoiceKind::Hosted) => {
                format!(
                    "The steer service does not know {}. Choose a voice that is told in words.",
                    known.name
                )
            }
            _ => {
                format!("The practice customer does not know {}. Choose a real model.", known.name)
            }
        };
        ApiError::new(ErrorCode::BadRequest, why)
    }

    /// What was measured of a voice.
    async fn measured_of(&self, one: &CustomerChoice) -> Result<Option<Measured>, ApiError> {
        let one = settled(one.clone());
        if one.strategy == CustomerStrategy::Local {
            let model = self.local_model(&one.model).await?;
            return Ok(self.local_measured(&model, &voice_id(&one)));
        }
        Ok(curves::of_voice(&self.places.data, &voice_id(&one)))
    }

    /// What was measured of all voices.
    pub(crate) async fn measured(&self) -> Result<Vec<Measured>, ApiError> {
        let mut all = curves::all(&self.places.data);
        for model in self.list_local_models().await? {
            let one = choice(CustomerStrategy::Local, LOCAL.to_owned(), model.id.clone());
            all.extend(self.local_measured(&model, &voice_id(&one)));
        }
        Ok(all)
    }

    /// What was measured, voice by voice.
    pub async fn list_curves(&self) -> Result<Vec<VoiceCurves>, ApiError> {
        let all = self.measured().await?;
        Ok(all.iter().map(|one| curves::shown(&one.voice, &one.name, &one.curves)).collect())
    }

    /// The curves by which a voice plays the levels of these mixes. A run keeps them, so that it can be
    /// repeated after the voice was measured anew.
    pub(crate) async fn curves_for(
        &self,
        one: &CustomerChoice,
        mixes: &[&TraitMix],
    ) -> Result<Vec<DoseCurve>, ApiError> {
        let known = match one.strategy {
            CustomerStrategy::Local => self.local_curves(&one.model),
            _ => self.measured_of(one).await?.map(|one| one.curves).unwrap_or_default(),
        };
        let used = |curve: &DoseCurve| mixes.iter().any(|mix| mix.level(&curve.trait_id) > 0.0);
        Ok(known.into_iter().filter(used).collect())
    }

    /// Somebody to be asked for messages in this voice, who plays levels by `curves`.
    async fn speaker(
        &self,
        one: &CustomerChoice,
        curves: Vec<DoseCurve>,
    ) -> Result<Speaker, ApiError> {
        let customer = CustomerPlan {
            reanchor: one.reanchor,
            curves,
            ..CustomerPlan::new(one.strategy.into(), &one.endpoint, &one.model)
        };
        Ok(Speaker {
            player: Arc::clone(&self.player),
            customer,
            traits: self.trait_set(),
            wording: Arc::new(tau_sim::Wording::shipped()),
        })
    }

    async fn is_here(&self, one: &CustomerChoice) -> bool {
        let model = self.local_model(&one.model).await;
        model.is_ok_and(|model| model.state == LocalModelState::Ready)
    }
}
