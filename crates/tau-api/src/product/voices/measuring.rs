//! Measuring a voice that speaks: the same everyday matters at each setting of its dial, read by the
//! trait meter.

use std::sync::Arc;

use tau_traits::{
    DoseCurve, DosePoint, EffectUnit, HIGHEST_LEVEL, HostedLevel, Trait, TraitMix, meter::Markers,
};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::situations::SITUATIONS;
use super::speaker::Speaker;
use crate::types::VoiceKind;
use crate::{ApiError, ErrorCode};

/// Messages asked for at the same time.
const AT_ONCE: usize = 4;

/// A setting of a voice's dial, and the level that plays it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    /// The level of the slider.
    pub level: f64,
    /// The voice's own dial there.
    pub dial: f64,
}

/// The settings of a voice's dial above off. A steer service has three (low, medium and high as 0, 1 and
/// 2); all others are asked for a level.
pub(super) fn settings(kind: VoiceKind) -> Vec<Setting> {
    match kind {
        VoiceKind::Hosted => (0..)
            .zip(HostedLevel::ALL)
            .map(|(dial, hosted)| Setting {
                level: f64::from(hosted.level()),
                dial: f64::from(dial),
            })
            .collect(),
        _ => (1..=HIGHEST_LEVEL)
            .map(|level| Setting { level: f64::from(level), dial: f64::from(level) })
            .collect(),
    }
}

/// The dial of a voice that is not told of a trait: one below its lowest setting.
fn off(kind: VoiceKind) -> f64 {
    if kind == VoiceKind::Hosted { -1.0 } else { 0.0 }
}

/// Messages that calibrating `traits` traits takes: without traits once, then each trait at each setting.
pub(super) fn messages(kind: VoiceKind, traits: usize) -> u32 {
    let each = settings(kind).len() * traits + 1;
    u32::try_from(each * SITUATIONS.len()).unwrap_or(u32::MAX)
}

/// What every matter is answered with under one mix, in their order.
///
/// # Errors
/// When the voice does not answer, or `stop` was called.
pub(super) async fn said(
    speaker: &Speaker,
    mix: &TraitMix,
    stop: &CancellationToken,
    heard: &(dyn Fn() + Sync),
) -> Result<Vec<String>, ApiError> {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut asked = JoinSet::new();
    for (place, situation) in SITUATIONS.into_iter().enumerate() {
        let (speaker, mix, room) = (speaker.clone(), mix.clone(), Arc::clone(&room));
        asked.spawn(async move {
            let _place = room.acquire_owned().await;
            let seed = u32::try_from(place).unwrap_or_default();
            let spoken = speaker.say(&mix, situation.matter, situation.agent, seed).await;
            (place, spoken)
        });
    }
    let mut texts = vec![String::new(); SITUATIONS.len()];
    loop {
        let next = tokio::select! {
            biased;
            () = stop.cancelled() => {
                return Err(ApiError::new(ErrorCode::Cancelled, "Stopped."));
            }
            next = asked.join_next() => next,
        };
        let Some(next) = next else { return Ok(texts) };
        let (place, spoken) = next.map_err(|error| {
            ApiError::new(ErrorCode::Internal, "A message was not asked to its end.").detail(error)
        })?;
        texts[place] = spoken?.text;
        heard();
    }
}

/// The curve of a trait over what was said without it and at each setting.
pub(super) fn curve(
    voice: &str,
    one: &Trait,
    kind: VoiceKind,
    without: &[String],
    at_settings: &[(Setting, Vec<String>)],
    made_at: String,
) -> DoseCurve {
    let meter = Markers::new(one);
    let point = |setting: Setting, texts: &[String]| {
        let levels: Vec<f64> = texts.iter().map(|text| meter.score(text, &[]).level).collect();
        let mean = tau_stats::task_mean(&levels);
        let effect = mean.estimate.unwrap_or_default();
        let (low, high) = mean.interval.map_or((effect, effect), |ends| (ends.low, ends.high));
        let n = u32::try_from(levels.len()).unwrap_or(u32::MAX);
        DosePoint { level: setting.level, dial: setting.dial, effect, low, high, n, damage: None }
    };
    let mut points = vec![point(Setting { level: 0.0, dial: off(kind) }, without)];
    points.extend(at_settings.iter().map(|(setting, texts)| point(*setting, texts)));
    DoseCurve {
        voice: voice.to_owned(),
        trait_id: one.id.clone(),
        unit: EffectUnit::Markers,
        points,
        made_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_traits::TraitSet;

    #[test]
    fn a_steer_service_is_measured_at_its_three_settings_and_the_others_at_four_levels() {
        let dials =
            |kind| settings(kind).iter().map(|one| (one.level, one.dial)).collect::<Vec<_>>();
        assert_eq!(dials(VoiceKind::Hosted), [(1.0, 0.0), (2.0, 1.0), (3.0, 2.0)]);
        assert_eq!(dials(VoiceKind::Prompted).len(), 4);
        assert_eq!(messages(VoiceKind::Prompted, 2), 90);
        assert_eq!(messages(VoiceKind::Hosted, 1), 40);
    }

    #[test]
    fn a_curve_rises_with_what_the_meter_reads_and_begins_without_the_trait() {
        let one = TraitSet::shipped().get("impatience").unwrap();
        let lines = |level: usize| -> Vec<String> {
            let mut lines: Vec<String> = one.levels[level].lines().map(str::to_owned).collect();
            lines.extend(lines.clone());
            lines
        };
        let at: Vec<(Setting, Vec<String>)> = settings(VoiceKind::Prompted)
            .into_iter()
            .map(|setting| (setting, lines(setting.level as usize)))
            .collect();
        let made = curve("v", one, VoiceKind::Prompted, &lines(0), &at, String::new());
        assert_eq!(made.points[0].dial, 0.0);
        assert!(made.points[4].effect > made.points[0].effect + 1.0, "{made:?}");
        assert_eq!(made.points.len(), 5);
    }
}
