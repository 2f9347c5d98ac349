//! Hearing one message of a voice, read by the trait meter.

use tau_domain::Reading;
use tau_traits::{LEVEL_NAMES, Strength, Trait, TraitMix, meter::Markers};

use super::super::Product;
use super::choice::{kind, settled};
use super::situations::SITUATIONS;
use crate::types::{CustomerChoice, MeterReading, SpeakRequest, SpokenLine, VoiceKind};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Has one say a message.
    pub async fn speak(&self, request: SpeakRequest) -> Result<SpokenLine, ApiError> {
        let set = self.trait_set();
        let mix = TraitMix::new(request.levels.clone())
            .and_then(|mix| mix.check(&set).map(|()| mix))
            .map_err(|error| ApiError::new(ErrorCode::BadRequest, error.to_string()))?;
        let choice = settled(request.voice);
        let voice = self.voice(&choice).await?;
        // Without traits a model that was never calibrated can speak as well.
        let can = voice.ready || mix.is_baseline() && self.is_here(&choice).await;
        if !can {
            return Err(ApiError::new(ErrorCode::Conflict, voice.note));
        }
        let curves = self.curves_for(&choice, &[&mix]).await?;
        let mapped = curves.iter().map(|curve| curve.made_at.clone()).max();
        let speaker = self.speaker(&choice, curves).await?;
        let matter = match request.situation.trim() {
            "" => SITUATIONS[request.seed as usize % SITUATIONS.len()].matter,
            said => said,
        };
        let spoken = speaker.say(&mix, matter, &request.agent, request.seed).await?;
        let mut meter: Vec<MeterReading> = Vec::new();
        let mut unread = Vec::new();
        for (id, asked) in mix.active() {
            let Some(one) = set.get(id) else { continue };
            if let Some(level) = direction(spoken.reading.as_ref(), id) {
                meter.push(reading(one, asked, level, "direction"));
            }
            let markers = Markers::new(one);
            if markers.tell_levels_apart() {
                let read = markers.score(&spoken.text, &[]);
                meter.push(reading(one, asked, read.level, "markers"));
            } else {
                unread.push(format!(
                    "The trait meter cannot read {}: its words do not tell its own levels apart. Add \
                     words that show it on the trait's page.",
                    one.name
                ));
            }
        }
        let practice = voice.kind == VoiceKind::Practice;
        let mut notes = self.notes(&choice, &mix, mapped);
        notes.extend(unread);
        notes.extend(spoken.reading.as_ref().map(heard).unwrap_or_default());
        Ok(SpokenLine {
            text: spoken.text,
            meter,
            notes,
            practice,
            cost_usd: spoken.cost_usd,
            seconds: spoken.seconds,
        })
    }

    /// What a listener must know before reading a message.
    fn notes(&self, one: &CustomerChoice, mix: &TraitMix, mapped: Option<String>) -> Vec<String> {
        let set = self.trait_set();
        let mut notes = Vec::new();
        let capped = mix.capped();
        if capped.is_less() {
            notes.push(format!(
                "All at once that is more than a customer can be: each level was played at {:.0} % of it.",
                capped.factor * 100.0
            ));
        }
        let of = kind(one.strategy);
        if of == Some(VoiceKind::Practice) {
            notes.push(
                "The practice customer said this. It is scripted, not a real model.".to_owned(),
            );
            let known = |id: &str| tau_sim::PracticeCustomer::TRAITS.contains(&id);
            let unknown: Vec<&str> = mix
                .active()
                .filter(|(id, _)| !known(id))
                .filter_map(|(id, _)| Some(set.get(id)?.name.as_str()))
                .collect();
            if !unknown.is_empty() {
                notes.push(format!(
                    "It does not live {}: it says lines that the trait gives as examples.",
                    unknown.join(", ")
                ));
            }
        }
        match mapped {
            Some(at) if of != Some(VoiceKind::Practice) => {
                let day = at.get(..10).unwrap_or(&at);
                notes.push(format!("Its levels are played as they were measured on {day}."));
            }
            None if of == Some(VoiceKind::Prompted) && between(mix) => notes.push(
                "A level between two stops is told in the words of the nearer one.".to_owned(),
            ),
            _ => {}
        }
        notes
    }
}

fn between(mix: &TraitMix) -> bool {
    mix.strengths().any(|(_, strength)| !strength.is_stop())
}

/// The level that a local model's own directions read, where they do: the less side of a trait's pairs
/// is Off, the more side is taken for Strong.
fn direction(reading: Option<&Reading>, id: &str) -> Option<f64> {
    let projection = reading?.steering.as_ref()?.projection.get(id)?;
    Some((projection * 3.0).clamp(0.0, 4.0))
}

/// What the voice noticed as it spoke.
fn heard(reading: &Reading) -> Vec<String> {
    let Some(steering) = &reading.steering else { return Vec::new() };
    let mut notes = steering.notes.clone();
    if steering.resampled > 0 {
        notes.push(format!(
            "The first try fell apart, so it was said again with {:.0} % of the strength.",
            steering.strength * 100.0
        ));
    }
    notes
}

fn reading(one: &Trait, asked: f64, measured: f64, source: &str) -> MeterReading {
    let stop = Strength::new(measured.clamp(0.0, 4.0)).map_or(0, Strength::stop);
    MeterReading {
        trait_id: one.id.clone(),
        name: one.name.clone(),
        color: tau_charts::trait_color(usize::from(one.colour)),
        asked,
        measured,
        level: LEVEL_NAMES[usize::from(stop)].to_owned(),
        source: source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use tau_domain::Steering;

    #[test]
    fn what_a_voice_noticed_is_told() {
        let steering = Steering {
            projection: BTreeMap::from([("impatience".to_owned(), 0.5)]),
            resampled: 1,
            strength: 0.8,
            notes: vec!["Capped.".to_owned()],
        };
        let reading = Reading { steering: Some(steering), ..Reading::default() };
        assert_eq!(direction(Some(&reading), "impatience"), Some(1.5));
        assert_eq!(direction(Some(&reading), "anxiety"), None);
        let notes = heard(&reading);
        assert!(notes[0] == "Capped." && notes[1].contains("80 %"), "{notes:?}");
        assert!(heard(&Reading::default()).is_empty());
    }
}
