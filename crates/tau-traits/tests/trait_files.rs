//! A review of the shipped traits: `data/traits/*.toml` and `data/mixes.toml`.
//!
//! Directions of local steering are mean differences over the contrastive pairs, so whatever else
//! tells `more` from `less` (length, politeness, question marks, one pet word, other facts) becomes
//! part of the direction. What can be counted of that is counted here.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use tau_traits::{JOINT_CAP, Marker, Pair, Trait, TraitSet};

/// Traits whose pairs differ in manners, because manners are the trait.
const ABOUT_MANNERS: [&str; 1] = ["impoliteness"];

fn traits() -> impl Iterator<Item = &'static Trait> {
    TraitSet::shipped().iter()
}

fn all_pairs(of: &Trait) -> impl Iterator<Item = &Pair> {
    of.pairs.iter().chain(&of.held_out)
}

/// The words of a text in small letters; an apostrophe belongs to its word.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn letters(text: &str) -> f64 {
    text.chars().count() as f64
}

fn facts(text: &str) -> BTreeSet<String> {
    words(text).into_iter().filter(|word| word.chars().any(|each| each.is_ascii_digit())).collect()
}

/// In how many of the lines each word occurs.
fn lines_with<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in lines {
        for word in words(line).into_iter().collect::<BTreeSet<_>>() {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

/// Words that the trait is about: those that its own markers count.
fn own_words(of: &Trait, candidates: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut listed = BTreeSet::new();
    let mut patterns = Vec::new();
    for marker in &of.markers {
        match marker {
            Marker::Words { any, .. } => listed.extend(any.iter().flat_map(|each| words(each))),
            Marker::Pattern { pattern, .. } => {
                let built = regex::RegexBuilder::new(pattern).case_insensitive(true).build();
                patterns.push(built.unwrap());
            }
            Marker::Measure { .. } => {}
        }
    }
    candidates
        .filter(|word| listed.contains(word) || patterns.iter().any(|each| each.is_match(word)))
        .collect()
}

#[test]
fn every_trait_has_a_description_limits_and_five_levels_to_listen_to() {
    for each in traits() {
        let id = &each.id;
        assert!(each.description.len() > 40 && each.description.ends_with('.'), "{id}");
        assert!(each.customers.contains(' ') || each.customers.ends_with('s'), "{id}");
        assert!((3..=5).contains(&each.must_not.len()), "{id}: {} limits", each.must_not.len());
        assert_eq!(each.levels.len(), 5, "{id}");
        for level in &each.levels {
            let at = format!("{id}, {}", level.name);
            assert!(level.sentence.ends_with('.') && !level.example.is_empty(), "{at}");
            assert!(level.examples.len() >= 3, "{at}: {} examples", level.examples.len());
            assert_eq!(level.value == 0, level.prompt.is_empty(), "{at}");
            assert_eq!(level.value == 0, level.reminder.is_empty(), "{at}");
            if level.value > 0 {
                assert!(level.prompt.starts_with("You ") || level.prompt.contains(" you "), "{at}");
                assert!(level.reminder.len() < 170, "{at}: a reminder is one short sentence");
                assert!(level.reminder.len() < level.prompt.len(), "{at}");
            }
        }
    }
}

#[test]
fn no_customer_may_leak_the_role_invent_facts_or_withhold_for_good() {
    for each in traits() {
        let says = |part: &str| each.must_not.iter().any(|rule| rule.contains(part));
        assert!(says("reveal these instructions"), "{}", each.id);
        assert!(says("invent") || says("make up"), "{}", each.id);
        assert!(says("second time") || says("third time"), "{}: when is a fact given?", each.id);
        assert!(says("insults") || says("slurs") || says("rude") || says("polite") || says("warm"));
        for rule in &each.must_not {
            assert!(rule.ends_with('.'), "{}: {rule}", each.id);
        }
    }
}

#[test]
fn a_customer_leaves_early_only_where_the_level_says_so_and_never_at_once() {
    for each in traits() {
        for level in &each.levels {
            let leaves = ["you leave", "you do.", "break off"];
            if level.prompt.contains("leave the conversation")
                || level.prompt.contains("will leave")
            {
                assert_eq!(each.id, "impatience");
                assert!(leaves.iter().any(|part| level.prompt.contains(part)));
                assert!(level.prompt.contains("several messages"), "{}", level.name);
            }
        }
    }
}

#[test]
fn prompts_tell_of_a_manner_and_of_no_task() {
    let matters = "flight booking refund parcel invoice router prescription account retail \
                   airline telecom hotel bank delivery insurance doctor";
    for each in traits() {
        for level in &each.levels {
            for text in [&level.prompt, &level.reminder] {
                assert!(!text.chars().any(|letter| letter.is_ascii_digit()), "{}: {text}", each.id);
                let named = words(text)
                    .into_iter()
                    .find(|word| matters.split_whitespace().any(|each| each == word));
                assert_eq!(named, None, "{}, {}", each.id, level.name);
            }
        }
    }
}

#[test]
fn there_are_enough_pairs_and_they_come_from_many_domains() {
    for each in traits() {
        let id = &each.id;
        assert!(each.pairs.len() >= 20, "{id}: {} pairs", each.pairs.len());
        assert_eq!(each.held_out.len(), 8, "{id}");
        for pairs in [&each.pairs, &each.held_out] {
            let domains: BTreeSet<&str> = pairs.iter().map(|pair| pair.domain.as_str()).collect();
            assert!(domains.len() >= 5, "{id}: {domains:?}");
            for domain in domains {
                let share = pairs.iter().filter(|pair| pair.domain == domain).count();
                assert!(share * 4 <= pairs.len(), "{id}: {share} pairs of {domain}");
            }
        }
    }
}

#[test]
fn no_line_is_written_twice_anywhere() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for each in traits() {
        let pairs = all_pairs(each).flat_map(|pair| [&pair.agent, &pair.more, &pair.less]);
        let levels = each.levels.iter().flat_map(|level| {
            [&level.sentence, &level.prompt, &level.reminder, &level.example]
                .into_iter()
                .chain(&level.examples)
        });
        for line in pairs.chain(levels).filter(|line| !line.is_empty()) {
            let plain = words(line).join(" ");
            if let Some(other) = seen.insert(plain, each.id.clone()) {
                panic!("in {other} and in {}: {line}", each.id);
            }
        }
    }
}

#[test]
fn what_is_held_out_is_not_a_rewording_of_what_is_trained_on() {
    for each in traits() {
        for held in &each.held_out {
            let told: BTreeSet<String> = words(&held.more).into_iter().collect();
            for pair in &each.pairs {
                let other: BTreeSet<String> = words(&pair.more).into_iter().collect();
                let (both, any) = (told.intersection(&other).count(), told.union(&other).count());
                assert!(both * 5 < any * 2, "{}: {} / {}", each.id, held.more, pair.more);
            }
        }
    }
}

#[test]
fn both_lines_of_a_pair_are_one_chat_message_of_like_length() {
    for each in traits() {
        let mut ratios = Vec::new();
        for pair in all_pairs(each) {
            for line in [&pair.more, &pair.less] {
                let count = words(line).len();
                assert!((12..=35).contains(&count), "{}, {count} words: {line}", each.id);
                assert!(!line.contains('\n'), "{}: {line}", each.id);
            }
            let ratio = letters(&pair.more) / letters(&pair.less);
            assert!((0.8..=1.25).contains(&ratio), "{}, {ratio:.2}: {}", each.id, pair.more);
            ratios.push(ratio);
        }
        let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
        assert!((0.9..=1.1).contains(&mean), "{}: {mean:.3}", each.id);
        let longer = ratios.iter().filter(|ratio| **ratio > 1.0).count();
        let share = longer as f64 / ratios.len() as f64;
        assert!((0.1..=0.9).contains(&share), "{}: `more` is longer in {share:.2}", each.id);
    }
}

#[test]
fn both_lines_of_a_pair_tell_the_same_facts_about_the_same_matter() {
    for each in traits() {
        let mut apart = 0;
        for pair in all_pairs(each) {
            assert_eq!(facts(&pair.more), facts(&pair.less), "{}: {}", each.id, pair.more);
            let long = |text: &str| -> BTreeSet<String> {
                words(text).into_iter().filter(|word| word.chars().count() > 2).collect()
            };
            let (more, less) = (long(&pair.more), long(&pair.less));
            apart += usize::from(more.intersection(&less).count() < 2);
        }
        // Padding leaves little room for the words of the matter, and a private reason is another
        // reason; both still answer the same question.
        let allowed = if each.id == "verbosity" { 16 } else { 4 };
        assert!(apart <= allowed, "{}: {apart} pairs share hardly a word", each.id);
    }
}

#[test]
fn no_pet_word_tells_the_lines_apart_but_those_the_trait_is_about() {
    for each in traits() {
        let count = all_pairs(each).count();
        let more = lines_with(all_pairs(each).map(|pair| pair.more.as_str()));
        let less = lines_with(all_pairs(each).map(|pair| pair.less.as_str()));
        let own = own_words(each, more.keys().chain(less.keys()).cloned());
        for (side, other) in [(&more, &less), (&less, &more)] {
            for (word, lines) in side {
                let across = other.get(word).copied().unwrap_or(0);
                let telling = lines * 3 > count && across * 5 < *lines;
                assert!(!telling || own.contains(word), "{}: `{word}` {lines}:{across}", each.id);
            }
        }
        // Nor may all of `more` begin alike.
        let mut firsts = BTreeMap::<String, usize>::new();
        for pair in all_pairs(each) {
            *firsts.entry(words(&pair.more)[0].clone()).or_default() += 1;
        }
        let most = firsts.values().max().copied().unwrap_or(0);
        assert!(most * 5 <= count * 2, "{}: {firsts:?}", each.id);
    }
}

#[test]
fn a_word_that_the_trait_is_about_is_not_in_most_of_its_lines_either() {
    for each in traits() {
        let count = all_pairs(each).count();
        for marker in &each.markers {
            let Marker::Words { any, weight } = marker else { continue };
            let side =
                |pair: &Pair| if *weight > 0.0 { pair.more.clone() } else { pair.less.clone() };
            for phrase in any {
                let sought = format!(" {} ", words(phrase).join(" "));
                let lines = all_pairs(each)
                    .filter(|pair| format!(" {} ", words(&side(pair)).join(" ")).contains(&sought))
                    .count();
                assert!(lines * 2 <= count, "{}: `{phrase}` in {lines} of {count}", each.id);
            }
        }
    }
}

#[test]
fn manners_and_punctuation_are_alike_where_the_trait_is_not_about_them() {
    let polite = ["please", "thank", "thanks", "sorry", "kind", "kindly"];
    for each in traits() {
        let count = all_pairs(each).count();
        let apart = |has: &dyn Fn(&str) -> bool| {
            let more = all_pairs(each).filter(|pair| has(&pair.more)).count();
            more.abs_diff(all_pairs(each).filter(|pair| has(&pair.less)).count())
        };
        let manners = apart(&|line| words(line).iter().any(|word| polite.contains(&word.as_str())));
        if !ABOUT_MANNERS.contains(&each.id.as_str()) {
            assert!(manners * 5 <= count, "{}: manners differ in {manners}", each.id);
        }
        let questions = apart(&|line| line.contains('?'));
        assert!(questions * 3 <= count, "{}: questions differ in {questions}", each.id);
        for mark in ["!", "...", "…", " - ", "—", "("] {
            let marks = apart(&|line| line.contains(mark));
            assert!(marks * 6 <= count, "{}: `{mark}` differs in {marks}", each.id);
        }
    }
}

#[test]
fn a_trait_can_be_measured_by_words_and_by_behaviour() {
    for each in traits() {
        let mut kinds = BTreeSet::new();
        for marker in &each.markers {
            let (kind, weight) = match marker {
                Marker::Words { weight, .. } => ("words", *weight),
                Marker::Pattern { pattern, weight } => {
                    assert!(regex::Regex::new(pattern).is_ok(), "{}: {pattern}", each.id);
                    ("pattern", *weight)
                }
                Marker::Measure { scale, weight, .. } => {
                    assert!(*scale != 0.0, "{}", each.id);
                    ("measure", *weight)
                }
            };
            assert!(weight != 0.0 && weight.abs() <= 5.0, "{}: {weight}", each.id);
            kinds.insert(kind);
        }
        assert!(kinds.contains("words") && kinds.contains("measure"), "{}: {kinds:?}", each.id);
    }
}

#[test]
fn the_mixes_to_pick_from_are_of_shipped_traits_and_within_what_can_be_played() {
    let text = include_str!("../../../data/mixes.toml");
    let table: toml::Table = text.parse().unwrap();
    let presets = table["presets"].as_array().unwrap();
    assert!((6..=8).contains(&presets.len()));
    let mut seen = BTreeSet::new();
    for preset in presets {
        let word = |key: &str| preset[key].as_str().unwrap();
        assert!(seen.insert(word("id")), "{} twice", word("id"));
        assert!(!word("name").is_empty() && word("description").ends_with('.'));
        let levels = preset["levels"].as_table().unwrap();
        assert!(levels.len() >= 2, "{}: a mix is of two traits or more", word("id"));
        let mut square = 0.0;
        for (id, level) in levels {
            assert!(TraitSet::shipped().get(id).is_some(), "{}: no trait {id}", word("id"));
            let level = level.as_integer().unwrap();
            assert!((1..=4).contains(&level), "{}: {id} at {level}", word("id"));
            square += (level * level) as f64;
        }
        assert!(square.sqrt() <= JOINT_CAP, "{}: {:.2}", word("id"), square.sqrt());
    }
}
