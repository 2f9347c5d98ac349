//! Levels: five stops from Off to Extreme, strengths between them, and what other tools call them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The highest level, called Extreme.
pub const HIGHEST_LEVEL: u8 = 4;

/// The names of the levels, 0 to 4.
pub const LEVEL_NAMES: [&str; 5] = ["Off", "Slight", "Clear", "Strong", "Extreme"];

/// Hundredths of a level.
const PARTS: f64 = 100.0;

/// How much of a trait: a level from 0 to 4, to the hundredth. As JSON `3` or `2.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Strength(u16);

impl Strength {
    /// Nothing of it.
    pub const OFF: Strength = Strength(0);

    /// The strength at this level, rounded to the hundredth; `None` outside 0 to 4.
    pub fn new(level: f64) -> Option<Strength> {
        let inside = (0.0..=f64::from(HIGHEST_LEVEL)).contains(&level);
        // The range makes the cast exact.
        inside.then(|| Strength((level * PARTS).round() as u16))
    }

    /// The level, 0.0 to 4.0.
    pub fn level(self) -> f64 {
        f64::from(self.0) / PARTS
    }

    /// The nearest stop, 0 to 4; from half way the higher one.
    pub fn stop(self) -> u8 {
        // At most 4 by construction.
        self.level().round() as u8
    }

    /// The nearest stop above Off: what a trait that is on at all is played at.
    pub fn stop_when_on(self) -> u8 {
        if self.is_on() { self.stop().max(1) } else { 0 }
    }

    /// Whether there is any of the trait.
    pub fn is_on(self) -> bool {
        self.0 > 0
    }

    /// Whether it is one of the five stops.
    pub fn is_stop(self) -> bool {
        self.0.is_multiple_of(PARTS as u16)
    }

    /// What a person reads: the name of a stop, a number between stops.
    pub fn name(self) -> String {
        if self.is_stop() {
            LEVEL_NAMES[usize::from(self.stop())].to_owned()
        } else {
            self.to_string()
        }
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.level())
    }
}

impl Serialize for Strength {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.is_stop() { to.serialize_u8(self.stop()) } else { to.serialize_f64(self.level()) }
    }
}

impl<'de> Deserialize<'de> for Strength {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let level = f64::deserialize(from)?;
        Strength::new(level).ok_or_else(|| {
            serde::de::Error::custom(format!("levels go from 0 to {HIGHEST_LEVEL}, not {level}"))
        })
    }
}

/// A level as the hosted steer API names it. It has no word for off: there a trait is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostedLevel {
    /// `low`, 0 in the client's configuration files.
    Low,
    /// `medium`, 1 there.
    Medium,
    /// `high`, 2 there.
    High,
}

/// What a stop of ours is for the hosted API, and what a label of theirs is here. It tells three
/// strengths apart, so that Extreme is asked for as Strong is.
const HOSTED: [(u8, HostedLevel); 4] = [
    (1, HostedLevel::Low),
    (2, HostedLevel::Medium),
    (3, HostedLevel::High),
    (4, HostedLevel::High),
];

impl HostedLevel {
    /// The three of them, weakest first.
    pub const ALL: [HostedLevel; 3] = [HostedLevel::Low, HostedLevel::Medium, HostedLevel::High];

    /// What the API is sent for a strength; `None` for off, where the trait is left out.
    pub fn of(strength: Strength) -> Option<HostedLevel> {
        let stop = strength.stop_when_on();
        HOSTED.iter().find(|(level, _)| *level == stop).map(|(_, hosted)| *hosted)
    }

    /// The weakest of our levels that is sent as this one.
    pub fn level(self) -> u8 {
        HOSTED.iter().find(|(_, hosted)| *hosted == self).map_or(0, |(level, _)| *level)
    }

    /// The label on the wire and in configuration files.
    pub fn label(self) -> &'static str {
        match self {
            HostedLevel::Low => "low",
            HostedLevel::Medium => "medium",
            HostedLevel::High => "high",
        }
    }

    /// The number of the label in configuration files, 0 to 2.
    pub fn number(self) -> u8 {
        match self {
            HostedLevel::Low => 0,
            HostedLevel::Medium => 1,
            HostedLevel::High => 2,
        }
    }

    /// The label of this name, in any case.
    pub fn named(label: &str) -> Option<HostedLevel> {
        HostedLevel::ALL.into_iter().find(|each| each.label().eq_ignore_ascii_case(label.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strength_is_kept_to_the_hundredth_and_written_as_it_is() {
        for (level, text) in [(0.0, "0"), (3.0, "3"), (2.5, "2.5"), (0.333, "0.33"), (4.0, "4")] {
            let strength = Strength::new(level).unwrap();
            assert_eq!(serde_json::to_string(&strength).unwrap(), text);
            assert_eq!(serde_json::from_str::<Strength>(text).unwrap(), strength);
            assert_eq!(strength.to_string(), text);
        }
        for wrong in [-0.01, 4.01, f64::NAN, f64::INFINITY] {
            assert_eq!(Strength::new(wrong), None);
        }
        assert!(serde_json::from_str::<Strength>("5").is_err());
    }

    #[test]
    fn between_stops_the_nearest_one_is_played_and_never_off() {
        let stop = |level| Strength::new(level).unwrap().stop_when_on();
        assert_eq!([0.0, 0.2, 1.4, 2.5, 3.9].map(stop), [0, 1, 1, 3, 4]);
        assert_eq!(Strength::new(3.0).unwrap().name(), "Strong");
        assert_eq!(Strength::new(2.5).unwrap().name(), "2.5");
    }

    #[test]
    fn hosted_labels_go_there_and_back() {
        let sent = |level: u8| HostedLevel::of(Strength::new(f64::from(level)).unwrap());
        assert_eq!(sent(0), None);
        for hosted in HostedLevel::ALL {
            assert_eq!(sent(hosted.level()), Some(hosted));
            assert_eq!(HostedLevel::named(&hosted.label().to_uppercase()), Some(hosted));
        }
        assert_eq!(sent(4), Some(HostedLevel::High), "Extreme is beyond what it tells apart");
        assert_eq!(HostedLevel::named("off"), None);
    }
}
