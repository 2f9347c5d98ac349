//! Between a trait's file and the form in which a person writes it. The form is smaller: what it does
//! not show (further examples, patterns, measures) stays as it was when a trait is changed.

use tau_traits::{HIGHEST_LEVEL, LEVEL_NAMES, Level, Marker, Pair, Trait, TraitSet, is_trait_id};

use crate::types::{LevelDraft, PairDraft, TraitDraft};

/// Colours of the palette.
const COLOURS: u8 = 7;
/// Of so many pairs, one is held out and no direction is taken from it.
const HELD_OUT_OF: usize = 4;
/// Fewest pairs of which some are held out.
const FEWEST_TO_HOLD_OUT: usize = 8;
/// What pairs of a person's own are about; the form does not ask.
const DOMAIN: &str = "own";

/// The form of a trait.
pub(super) fn draft(one: &Trait) -> TraitDraft {
    let level = |level: &Level| LevelDraft {
        sentence: level.sentence.clone(),
        example: level.example.clone(),
        prompt: level.prompt.clone(),
        reminder: level.reminder.clone(),
    };
    TraitDraft {
        id: one.id.clone(),
        name: one.name.clone(),
        customers: one.customers.clone(),
        description: one.description.clone(),
        levels: one.levels.iter().skip(1).map(level).collect(),
        must_not: one.must_not.clone(),
        words: words(one),
        pairs: woven(one).map(shown).collect(),
    }
}

/// The trait of a form. `before` is the trait that is changed, where there is one.
pub(super) fn made(
    draft: &TraitDraft,
    id: String,
    before: Option<&Trait>,
    set: &TraitSet,
) -> Trait {
    let name = draft.name.trim().to_owned();
    let customers = match draft.customers.trim() {
        "" => format!("customers with {}", name.to_lowercase()),
        said => said.to_owned(),
    };
    let colour = before.map_or_else(|| free_colour(set), |before| before.colour);
    let (pairs, held_out) = split(draft.pairs.iter().map(|pair| kept(pair, before)).collect());
    Trait {
        customers,
        description: draft.description.trim().to_owned(),
        colour,
        hosted: before.and_then(|before| before.hosted.clone()),
        must_not: lines(&draft.must_not),
        levels: levels(draft, &name, before),
        pairs,
        held_out,
        markers: markers(draft, before),
        own: true,
        id,
        name,
    }
}

/// An id made of a name that no trait of the set has.
pub(super) fn free_id(name: &str, set: &TraitSet) -> String {
    let letters: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let parts: Vec<&str> = letters.split('-').filter(|part| !part.is_empty()).collect();
    let mut base: String = parts.join("-").chars().take(36).collect();
    base = base.trim_matches('-').to_owned();
    let usable = is_trait_id(&base);
    let taken = |id: &str| set.get(id).is_some();
    if usable && !taken(&base) {
        return base;
    }
    // A name in another script, or one that is there already.
    let (stem, first) = if usable { (base.as_str(), 2) } else { ("trait", 1) };
    (first..)
        .map(|number: u32| format!("{stem}-{number}"))
        .find(|id| !taken(id))
        .unwrap_or_default()
}

/// The colour that the fewest traits have.
fn free_colour(set: &TraitSet) -> u8 {
    let used = |colour: u8| set.iter().filter(|each| each.colour % COLOURS == colour).count();
    (0..COLOURS).min_by_key(|colour| used(*colour)).unwrap_or_default()
}

fn levels(draft: &TraitDraft, name: &str, before: Option<&Trait>) -> Vec<Level> {
    let known = |value: u8| before.and_then(|before| before.levels.get(usize::from(value)));
    let off = known(0).cloned().unwrap_or_else(|| Level {
        value: 0,
        name: LEVEL_NAMES[0].to_owned(),
        sentence: "Nothing of it: says what is wanted and answers what is asked.".to_owned(),
        example: "Hello, I have a question about my order. Can you help me with it?".to_owned(),
        ..Level::default()
    });
    let on = (1..=HIGHEST_LEVEL).zip(&draft.levels).map(|(value, level)| {
        let title = LEVEL_NAMES[usize::from(value)];
        let (sentence, example) = (level.sentence.trim(), level.example.trim());
        Level {
            value,
            name: title.to_owned(),
            prompt: or(&level.prompt, || {
                format!("{name}, to the degree \"{title}\": {sentence} You would say something like: \"{example}\" Find words of your own each time.")
            }),
            reminder: or(&level.reminder, || sentence.to_owned()),
            sentence: sentence.to_owned(),
            example: example.to_owned(),
            examples: known(value).map(|level| level.examples.clone()).unwrap_or_default(),
        }
    });
    std::iter::once(off).chain(on).collect()
}

fn or(text: &str, otherwise: impl FnOnce() -> String) -> String {
    match text.trim() {
        "" => otherwise(),
        said => said.to_owned(),
    }
}

/// The lines that say something, without repeating any.
fn lines(texts: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts.iter().map(|text| text.trim()) {
        if !text.is_empty() && !kept.iter().any(|known| known == text) {
            kept.push(text.to_owned());
        }
    }
    kept
}

/// The words that speak for a trait.
fn words(one: &Trait) -> Vec<String> {
    let all = one.markers.iter().filter_map(|marker| match marker {
        Marker::Words { any, weight } if *weight > 0.0 => Some(any.clone()),
        _ => None,
    });
    lines(&all.flatten().collect::<Vec<_>>())
}

/// Weights that a person gave by hand stay as long as the words do.
fn markers(draft: &TraitDraft, before: Option<&Trait>) -> Vec<Marker> {
    let wanted = lines(&draft.words);
    let known = before.map(|before| before.markers.as_slice()).unwrap_or_default();
    if before.is_some_and(|before| words(before) == wanted) {
        return known.to_vec();
    }
    let speaks_for =
        |marker: &&Marker| !matches!(marker, Marker::Words { weight, .. } if *weight > 0.0);
    let mut markers: Vec<Marker> = known.iter().filter(speaks_for).cloned().collect();
    if !wanted.is_empty() {
        markers.insert(0, Marker::Words { any: wanted, weight: 1.0 });
    }
    markers
}

fn shown(pair: &Pair) -> PairDraft {
    PairDraft { agent: pair.agent.clone(), more: pair.more.clone(), less: pair.less.clone() }
}

fn kept(pair: &PairDraft, before: Option<&Trait>) -> Pair {
    let (agent, more, less) = (pair.agent.trim(), pair.more.trim(), pair.less.trim());
    let same = |known: &&Pair| known.agent == agent && known.more == more && known.less == less;
    before
        .and_then(|before| before.pairs.iter().chain(&before.held_out).find(same))
        .cloned()
        .unwrap_or_else(|| Pair {
            domain: DOMAIN.to_owned(),
            agent: agent.to_owned(),
            more: more.to_owned(),
            less: less.to_owned(),
        })
}

/// Every fourth pair is held out, where there are enough.
fn split(all: Vec<Pair>) -> (Vec<Pair>, Vec<Pair>) {
    if all.len() < FEWEST_TO_HOLD_OUT {
        return (all, Vec::new());
    }
    let (mut pairs, mut held_out) = (Vec::new(), Vec::new());
    for (place, pair) in all.into_iter().enumerate() {
        if is_held_out(place) { held_out.push(pair) } else { pairs.push(pair) }
    }
    (pairs, held_out)
}

fn is_held_out(place: usize) -> bool {
    place % HELD_OUT_OF == HELD_OUT_OF - 1
}

/// All pairs in the order of the form, so that what is saved unchanged stays what it is.
fn woven(one: &Trait) -> impl Iterator<Item = &Pair> {
    let (mut pairs, mut held_out) = (one.pairs.iter(), one.held_out.iter());
    (0..one.pairs.len() + one.held_out.len()).filter_map(move |place| {
        if is_held_out(place) {
            held_out.next().or_else(|| pairs.next())
        } else {
            pairs.next().or_else(|| held_out.next())
        }
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use tau_traits::{read_trait, write_trait};

    pub(crate) fn form() -> TraitDraft {
        let level = |n: usize| LevelDraft {
            sentence: format!("Makes {n} puns."),
            example: format!("That is pun number {n}."),
            ..LevelDraft::default()
        };
        TraitDraft {
            name: "Punning".into(),
            description: "Cannot let a pun go by.".into(),
            levels: (1..=4).map(level).collect(),
            words: vec!["pun".into(), " pun ".into(), "".into(), "wordplay".into()],
            pairs: (0..10)
                .map(|n| PairDraft {
                    agent: format!("Question {n}?"),
                    more: format!("A pun {n}."),
                    less: format!("An answer {n}."),
                })
                .collect(),
            ..TraitDraft::default()
        }
    }

    #[test]
    fn a_form_becomes_a_trait_file_and_the_file_the_same_form() {
        let set = TraitSet::shipped();
        let one = made(&form(), "punning".into(), None, set);
        assert_eq!(one.customers, "customers with punning");
        assert_eq!((one.pairs.len(), one.held_out.len()), (8, 2));
        assert!(one.levels[3].prompt.contains("Makes 3 puns."));
        assert_eq!(one.levels[3].reminder, "Makes 3 puns.");
        let read = read_trait(&write_trait(&one)).unwrap();
        assert_eq!(Trait { own: true, ..read }, one);
        let again = draft(&one);
        assert_eq!(again.pairs, form().pairs, "in the order in which they were written");
        assert_eq!(again.words, ["pun", "wordplay"]);
        assert_eq!(made(&again, "punning".into(), Some(&one), set), one, "saving changes nothing");
    }

    #[test]
    fn what_the_form_does_not_show_stays() {
        let set = TraitSet::shipped();
        let shipped = set.get("impatience").unwrap();
        let mut changed = draft(shipped);
        changed.words.push("this instant".into());
        let copy = made(&changed, "my-impatience".into(), Some(shipped), set);
        assert_eq!(copy.levels[2].examples, shipped.levels[2].examples);
        let measures = |one: &Trait| {
            one.markers.iter().filter(|marker| !matches!(marker, Marker::Words { .. })).count()
        };
        assert_eq!(measures(&copy), measures(shipped));
        assert!(words(&copy).contains(&"this instant".to_owned()));
    }

    #[test]
    fn an_id_is_made_of_the_name_and_belongs_to_nobody_else() {
        let set = TraitSet::shipped();
        assert_eq!(free_id("Always  Late!", set), "always-late");
        assert_eq!(free_id("Impatience", set), "impatience-2");
        assert_eq!(free_id("Нетерпение", set), "trait-1");
        assert_eq!(free_id("4 a.m. callers", set), "trait-1");
        assert!(is_trait_id(&free_id(&"long ".repeat(30), set)));
    }
}
