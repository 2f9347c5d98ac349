//! What the practice customer sounds like with traits that it does not live: now and then it says a
//! line that the trait's level gives as an example, before or after its own words.

use tau_traits::{TraitMix, TraitSet};

use super::agent::agreement;
use super::speech::sentences;
use super::{Chance, PracticeCustomer};
use crate::STOP_MARKER;

/// Probability, by level, that a message carries a line of the trait.
const HEARD: [f64; 5] = [0.0, 0.35, 0.6, 0.8, 0.95];

/// The lines of each trait, by id.
#[derive(Debug, Default)]
pub(super) struct Sounds(Vec<(String, f64, Vec<String>)>);

impl Sounds {
    /// The lines of a mix, without the traits that the practice customer lives.
    pub(super) fn of(mix: &TraitMix, set: &TraitSet) -> Sounds {
        let others = mix.strengths().filter(|(id, _)| !PracticeCustomer::TRAITS.contains(id));
        let lines = others.filter_map(|(id, strength)| {
            let stop = usize::from(strength.stop_when_on());
            let level = set.get(id)?.levels.get(stop)?;
            let lines: Vec<String> =
                level.lines().flat_map(sentences).filter(|line| is_talk(line)).collect();
            (!lines.is_empty()).then(|| (id.to_owned(), HEARD[stop], lines))
        });
        Sounds(lines.collect())
    }

    /// `said` as this customer puts it at this turn; `answers` says that a yes or a no is waited for,
    /// which no line may turn into something else.
    pub(super) fn coloured(
        &self,
        said: String,
        answers: bool,
        chance: Chance,
        turn: usize,
    ) -> String {
        if said.contains(STOP_MARKER) {
            return said;
        }
        self.0.iter().fold(said, |said, (id, heard, lines)| {
            let what = format!("{id} {turn}");
            if !chance.happens(&format!("sounds {what}"), *heard) {
                return said;
            }
            let leaves = |line: &&String| {
                !answers || agreement(&format!("{line} {said}")) == agreement(&said)
            };
            let fitting: Vec<&String> = lines.iter().filter(leaves).collect();
            let Some(line) = fitting.get(chance.pick(&format!("line {what}"), fitting.len()))
            else {
                return said;
            };
            // A detail ends where its sentence does, so that each part gets an end.
            if chance.happens(&format!("first {what}"), 0.5) {
                format!("{} {said}", ended(line))
            } else {
                format!("{} {line}", ended(&said))
            }
        })
    }
}

/// Whether a line is talk alone: with figures, addresses or details in it, somebody could take what an
/// example is about for what this customer's task is about.
fn is_talk(line: &str) -> bool {
    let lower = line.to_lowercase();
    let details = line.chars().any(|letter| letter.is_numeric() || "@#:;".contains(letter));
    let tells = lower.contains("my ") && lower.contains(" is ");
    !(details || tells || line.contains(STOP_MARKER))
}

fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?', '\u{2026}']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::super::reading::{Shape, values_heard};
    use super::*;
    use tau_domain::Task;
    use tau_traits::meter::Markers;

    fn sounds(id: &str, level: u8) -> Sounds {
        Sounds::of(&TraitMix::new([(id, level)]).unwrap(), TraitSet::shipped())
    }

    #[test]
    fn the_lived_traits_add_no_lines_and_every_other_shipped_one_does() {
        for each in TraitSet::shipped() {
            let lived = PracticeCustomer::TRAITS.contains(&each.id.as_str());
            for level in 1..=4 {
                assert_eq!(sounds(&each.id, level).0.is_empty(), lived, "{} {level}", each.id);
            }
        }
    }

    #[test]
    fn a_line_is_never_a_detail_an_answer_or_the_end() {
        for id in TraitSet::shipped().ids() {
            let sounds = sounds(id, 4);
            for turn in 0..40 {
                let said = sounds.coloured("Order number: W1".into(), false, Chance(7), turn);
                assert_eq!(said.matches(char::is_numeric).count(), 1, "{said}");
                let heard = values_heard("order number", &Shape::of("W1"), false, &[&said]);
                assert_eq!(heard, ["W1"], "{said}");
                let said = sounds.coloured("Yes, please go ahead.".into(), true, Chance(7), turn);
                assert_eq!(agreement(&said), Some(true), "{said}");
                let said = sounds.coloured(STOP_MARKER.into(), false, Chance(7), turn);
                assert_eq!(said, STOP_MARKER);
            }
        }
    }

    #[test]
    fn a_trait_that_it_only_sounds_like_is_heard_by_the_meter_and_more_at_a_higher_level() {
        let task: Task = serde_json::from_str(
            r#"{"id": "1", "user_id": "u", "instruction": "You want your lamp exchanged. Your name is Ann."}"#,
        )
        .unwrap();
        for id in ["impoliteness", "anxiety", "haggling"] {
            let markers = Markers::new(TraitSet::shipped().get(id).unwrap());
            let shown = |level: u8| {
                let mix = TraitMix::new([(id, level)]).unwrap();
                let levels = (0..60).map(|seed| {
                    let customer = PracticeCustomer::new(&task, &mix, seed);
                    markers.score(&customer.say_first(), &[]).level
                });
                levels.sum::<f64>() / 60.0
            };
            let (off, clear, extreme) = (shown(0), shown(2), shown(4));
            assert!(off < clear && clear < extreme, "{id}: {off:.2} {clear:.2} {extreme:.2}");
        }
    }
}
