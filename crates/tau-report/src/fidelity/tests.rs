//! Simulated customers of known honesty: what the figures say of each.

use super::*;
use crate::BASELINE;
use tau_charts::{ChartSpec, Language, Look, Theme};

const MESSAGES: u32 = 6;

/// Noise of half a level either way that depends on nothing but its place.
fn noise(seed: u32) -> f64 {
    let mixed = seed.wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(2_246_822_519);
    f64::from(mixed >> 8) / f64::from(1u32 << 24) - 0.5
}

struct Simulated {
    tasks: u32,
    trials: u32,
    source: MeterSource,
}

const USUAL: Simulated = Simulated { tasks: 20, trials: 2, source: MeterSource::Markers };

impl Simulated {
    /// A run over conditions, each a list of (trait, level asked for). `level` says what a customer
    /// shows: asked level, place in the conversation from 0 to 1, trait.
    fn run(
        &self,
        conditions: &[&[(&str, f64)]],
        level: impl Fn(&[(&str, f64)], &str, f64) -> f64,
    ) -> FidelityInput {
        let mut traits: Vec<&str> =
            conditions.iter().flat_map(|asked| asked.iter().map(|(id, _)| *id)).collect();
        traits.sort_unstable();
        traits.dedup();
        let mut input = FidelityInput {
            traits: traits.iter().enumerate().map(|(color, id)| named(id, color)).collect(),
            ..FidelityInput::default()
        };
        for (place, asked) in conditions.iter().enumerate() {
            let id = condition_id(asked);
            input.conditions.push(FidelityCondition {
                id: id.clone(),
                name: id.clone(),
                color: 0,
                asked: asked.iter().map(|(id, level)| ((*id).to_owned(), *level)).collect(),
            });
            for (task, trial) in
                (0..self.tasks).flat_map(|task| (0..self.trials).map(move |trial| (task, trial)))
            {
                let mut read = Vec::new();
                for (nth, trait_id) in (0u32..).zip(&traits) {
                    for message in 0..MESSAGES {
                        let seed =
                            (((task * 7 + trial) * 31 + place as u32) * 37 + nth) * 41 + message;
                        let at = f64::from(message) / f64::from(MESSAGES - 1);
                        let shown = level(asked, trait_id, at) + noise(seed);
                        read.push(MeterReading {
                            message: 1 + 2 * message,
                            trait_id: (*trait_id).to_owned(),
                            level: shown.clamp(0.0, 4.0),
                        });
                    }
                }
                input.conversations.push(MeteredConversation {
                    id: format!("{id}/{task}/{trial}"),
                    task_id: task.to_string(),
                    condition_id: id.clone(),
                    trial,
                    outcome: Outcome::Passed,
                    readings: vec![(self.source, read)],
                });
            }
        }
        input
    }
}

fn named(id: &str, color: usize) -> FidelityTrait {
    FidelityTrait {
        id: id.to_owned(),
        name: id[..1].to_uppercase() + &id[1..],
        color,
        levels: ["Off", "Slight", "Clear", "Strong", "Extreme"].map(str::to_owned).into(),
    }
}

fn condition_id(asked: &[(&str, f64)]) -> String {
    if asked.is_empty() {
        return BASELINE.to_owned();
    }
    asked.iter().map(|(id, level)| format!("{id}-{level}")).collect::<Vec<_>>().join("+")
}

/// What was asked of a trait; 0 when it is off.
fn of(asked: &[(&str, f64)], trait_id: &str) -> f64 {
    asked.iter().find(|(id, _)| *id == trait_id).map_or(0.0, |(_, level)| *level)
}

/// A slider's sweep of one trait.
const SWEEP: [&[(&str, f64)]; 4] =
    [&[], &[("impatience", 1.0)], &[("impatience", 2.0)], &[("impatience", 3.0)]];

fn faithful(asked: &[(&str, f64)], trait_id: &str, _: f64) -> f64 {
    0.5 + 0.8 * of(asked, trait_id)
}

#[test]
fn a_faithful_simulator_is_shown_at_every_level_with_a_rising_dose_to_the_end() {
    let found = fidelity(&USUAL.run(&SWEEP, faithful));
    assert_eq!(found.shown, Some(Shown::Shown));
    assert_eq!(found.sentence, "All 3 kinds of customers showed what they were asked for.");
    let figures = &found.traits[0];
    assert_eq!(figures.monotone, Some(true));
    let slope = figures.slope.estimate.unwrap();
    assert!((slope - 0.8).abs() < 0.05, "{slope}");
    assert!(figures.pairwise.interval.unwrap().low > 0.8, "{:?}", figures.pairwise);
    // 20 tasks, 2 attempts, 3 thirds of 2 × 2 messages, 6 pairs of levels.
    assert_eq!(figures.pairs, 20 * 2 * 3 * 4 * 6);
    let strong = &found.conditions[2];
    assert_eq!(strong.traits[0].stability.as_ref().unwrap().course, Course::Holds);
    assert!(
        strong.sentence.starts_with("Customers asked for “impatience-3” came across as strong (measured 2.9 of 3), to the end."),
        "{}",
        strong.sentence
    );
    assert_eq!(found.check("impatience-3").unwrap().note, "");
    assert_eq!(found.check(BASELINE), None);
}

#[test]
fn a_simulator_that_ignores_the_level_is_not_shown_and_the_check_says_so() {
    let found = fidelity(&USUAL.run(&[&[], &[("impatience", 3.0)]], |_, _, _| 0.5));
    assert_eq!(found.shown, Some(Shown::NotShown));
    let figures = &found.traits[0];
    assert!(figures.pairwise.interval.unwrap().contains(0.5), "{:?}", figures.pairwise);
    assert!(figures.slope.interval.unwrap().contains(0.0), "{:?}", figures.slope);
    let check = found.check("impatience-3").unwrap();
    assert_eq!(check.shown, Shown::NotShown);
    assert!(
        check.note.starts_with("The customers of “impatience-3” did not show the trait (measured 0.5 of 3), so the change says nothing about it."),
        "{}",
        check.note
    );
}

#[test]
fn a_simulator_that_over_acts_is_shown_but_stronger_than_asked_and_not_by_dose() {
    let over = |asked: &[(&str, f64)], id: &str, _: f64| match of(asked, id) > 0.0 {
        true => 3.7,
        false => 0.3,
    };
    let found = fidelity(&USUAL.run(&SWEEP, over));
    assert_eq!(found.shown, Some(Shown::Shown));
    let stronger: Vec<bool> = found.conditions.iter().map(|each| each.traits[0].stronger).collect();
    assert_eq!(stronger, [true, true, false]);
    assert!(
        found.conditions[0]
            .sentence
            .contains("stronger than asked, as extreme (measured 3.7, asked 1)"),
        "{}",
        found.conditions[0].sentence
    );
    // Half of the pairs are against the baseline and won, the others are drawn by lot.
    let share = found.traits[0].pairwise.estimate.unwrap();
    assert!((0.7..0.8).contains(&share), "{share}");
}

#[test]
fn a_simulator_that_plays_less_than_half_of_the_level_is_weak() {
    let found = fidelity(
        &USUAL.run(&[&[], &[("impatience", 4.0)]], |asked, id, _| 0.5 + 0.3 * of(asked, id)),
    );
    assert_eq!(found.shown, Some(Shown::Weak));
    assert!(found.check("impatience-4").unwrap().note.contains("only weakly (measured 1.7 of 4)"));
}

#[test]
fn a_simulator_that_forgets_late_fades_and_one_that_heats_up_grows() {
    let fading = |asked: &[(&str, f64)], id: &str, at: f64| 0.5 + of(asked, id) * (1.0 - 0.9 * at);
    let found = fidelity(&USUAL.run(&[&[], &[("impatience", 3.0)]], fading));
    let by = found.conditions[0].traits[0].stability.clone().unwrap();
    assert_eq!(by.course, Course::Fades);
    // Early: at 0 and 0.2; late: at 0.8 and 1: 3.23 and 1.07.
    assert!((by.early - 3.23).abs() < 0.1 && (by.late - 1.07).abs() < 0.1, "{by:?}");
    assert!((by.ratio.unwrap() - 0.57 / 2.73).abs() < 0.05, "{by:?}");
    assert!(found.sentence.contains("but it fades (from 3.2 to 1.1)"), "{}", found.sentence);
    let heating = |asked: &[(&str, f64)], id: &str, at: f64| 0.5 + of(asked, id) * at;
    let found = fidelity(&USUAL.run(&[&[], &[("impatience", 3.0)]], heating));
    assert_eq!(found.conditions[0].traits[0].stability.as_ref().unwrap().course, Course::Grows);
}

#[test]
fn a_change_that_customers_without_traits_show_too_is_no_fading() {
    // Everybody is calmer at the end.
    let calmer = |asked: &[(&str, f64)], id: &str, at: f64| 1.5 - at + 0.7 * of(asked, id);
    let found = fidelity(&USUAL.run(&[&[], &[("impatience", 3.0)]], calmer));
    assert_eq!(found.conditions[0].traits[0].stability.as_ref().unwrap().course, Course::Holds);
}

#[test]
fn a_mix_that_loses_one_trait_says_which() {
    let mix: &[(&str, f64)] = &[("confusion", 3.0), ("impatience", 3.0)];
    let lost = |asked: &[(&str, f64)], id: &str, _: f64| match id {
        "impatience" => 0.5,
        _ => 0.5 + 0.8 * of(asked, id),
    };
    let found = fidelity(&USUAL.run(&[&[], mix], lost));
    let of = &found.mixes[0];
    assert_eq!(of.all_kept, Some(false));
    let kept: Vec<Option<bool>> = of.traits.iter().map(|each| each.recognised).collect();
    assert_eq!(kept, [Some(true), Some(false)]);
    assert!(of.traits[0].share.unwrap() > 0.95);
    assert!((0.3..0.7).contains(&of.traits[1].share.unwrap()));
    assert_eq!(
        of.sentence,
        "“confusion-3+impatience-3”: Impatience is lost in the mix; Confusion can be recognised."
    );
    let check = found.check("confusion-3+impatience-3").unwrap();
    assert!(check.note.contains("did not show Impatience (measured 0.5 of 3)"), "{}", check.note);
    let both = fidelity(&USUAL.run(&[&[], mix], faithful));
    assert_eq!(both.mixes[0].all_kept, Some(true));
}

#[test]
fn with_few_tasks_there_are_figures_and_no_verdict() {
    let few = Simulated { tasks: 5, ..USUAL };
    let found = fidelity(&few.run(&[&[], &[("impatience", 3.0)]], faithful));
    assert_eq!(found.shown, Some(Shown::CannotTell));
    assert!(
        found.sentence.contains("5 tasks are too few to tell (measured 3 of 3)"),
        "{}",
        found.sentence
    );
    assert_eq!(found.traits[0].pairwise.interval, None);
    assert!(found.notes.iter().any(|note| note.contains("no verdict")));
}

#[test]
fn without_customers_without_traits_nothing_is_claimed() {
    let found = fidelity(&USUAL.run(&[&[("impatience", 3.0)]], faithful));
    assert_eq!(found.shown, Some(Shown::CannotTell));
    assert!(
        found.sentence.contains("no customers without traits to compare with"),
        "{}",
        found.sentence
    );
    assert!(found.conditions[0].traits[0].measured[0].level.interval.is_some());
}

#[test]
fn what_has_no_score_is_in_no_figure_and_is_counted() {
    let mut input = USUAL.run(&[&[], &[("impatience", 3.0)]], faithful);
    // All that would speak against the trait could not be scored.
    for each in input.conversations.iter_mut().filter(|each| each.condition_id != BASELINE) {
        if each.trial == 1 {
            each.outcome = Outcome::NotScored;
            for (_, read) in &mut each.readings {
                read.iter_mut().for_each(|reading| reading.level = 0.0);
            }
        }
    }
    let found = fidelity(&input);
    assert_eq!(found.shown, Some(Shown::Shown));
    assert_eq!((found.conditions[0].planned, found.conditions[0].metered), (40, 20));
    assert!(
        found.notes[0].starts_with("20 of 80 conversations without a score"),
        "{:?}",
        found.notes
    );
}

#[test]
fn two_meters_that_contradict_each_other_settle_nothing() {
    let mut input = USUAL.run(&[&[], &[("impatience", 3.0)]], faithful);
    let judge = Simulated { source: MeterSource::Judge, ..USUAL };
    let against = judge.run(&[&[], &[("impatience", 3.0)]], |_, _, _| 0.5);
    for (each, other) in input.conversations.iter_mut().zip(against.conversations) {
        each.readings.extend(other.readings);
    }
    let found = fidelity(&input);
    assert_eq!(found.shown, Some(Shown::CannotTell));
    assert!(found.conditions[0].traits[0].contradicted);
    assert!(
        found.sentence.contains("contradict each other (the judge 0.5 and markers 2.9 of 3)"),
        "{}",
        found.sentence
    );
    assert_eq!(found.traits.len(), 2, "each meter has its figures");
}

#[test]
fn a_judges_word_on_pairs_is_what_counts_for_the_judge() {
    let judge = Simulated { source: MeterSource::Judge, ..USUAL };
    let mut input = judge.run(&[&[], &[("impatience", 3.0)]], faithful);
    for task in 0..20u32 {
        input.pairs.push(JudgedPair {
            trait_id: "impatience".into(),
            task_id: task.to_string(),
            higher: "impatience-3".into(),
            lower: BASELINE.into(),
            won: if task < 15 { 1.0 } else { 0.5 },
        });
    }
    let found = fidelity(&input);
    assert_eq!(found.traits[0].pairwise.estimate, Some(0.875));
    assert_eq!(found.traits[0].pairs, 20);
}

#[test]
fn the_chart_has_a_place_for_every_point_in_both_themes() {
    let found = fidelity(&USUAL.run(&SWEEP, faithful));
    for theme in [Theme::Light, Theme::Dark] {
        let look = Look::window(theme, 700, Language::En);
        let drawn = ChartSpec::Dose(dose_chart(&found, Language::En)).draw(&look).unwrap();
        assert_eq!(drawn.hotspots.len(), 4);
        assert!(drawn.svg.contains("Impatience, by markers"));
        let spot = &drawn.hotspots[3];
        assert_eq!(spot.opens.condition.as_deref(), Some("impatience-3"));
        assert!(
            spot.label.starts_with("Impatience, by markers, Strong: measured 2.9 (95 % CI "),
            "{}",
            spot.label
        );
        assert!(spot.x > drawn.hotspots[0].x && spot.y < drawn.hotspots[0].y);
        assert!(spot.x + spot.width < f64::from(drawn.width));
    }
    let empty = ChartSpec::Dose(dose_chart(&fidelity(&FidelityInput::default()), Language::En));
    assert_eq!(empty.text(Language::En), ["Traits: nothing was measured yet."]);
}

#[test]
fn conversations_with_untrue_facts_are_counted_and_named() {
    let one = |id: u32, kinds: &[FactKind]| ConversationFacts {
        id: id.to_string(),
        title: "An exchange".into(),
        task_id: (id / 2).to_string(),
        condition_id: BASELINE.into(),
        facts: kinds
            .iter()
            .map(|kind| Fact { kind: *kind, fact: "#W9".into(), turn: Some(3) })
            .collect(),
        users_fault: !kinds.is_empty(),
    };
    let all = [
        one(0, &[]),
        one(1, &[FactKind::Invented, FactKind::Invented]),
        one(2, &[FactKind::Withheld]),
        one(3, &[]),
    ];
    let found = adherence(&all.iter().collect::<Vec<_>>());
    assert_eq!((found.invented, found.withheld, found.user_faults), (1, 1, 2));
    assert_eq!(found.kept.estimate, Some(0.5));
    assert_eq!(found.examples.len(), 2);
    assert_eq!(
        found.sentence,
        "In 2 of 4 conversations the customer told the truth of its task; in 1 a fact was made up and in 1 a fact that was asked for was held back."
    );
    assert!(found.examples[0].sentence.contains("#W9, which is neither in its instruction"));
}

#[test]
fn fidelity_survives_being_stored() {
    let found = fidelity(&USUAL.run(&SWEEP, faithful));
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Fidelity>(&text).unwrap(), found);
}
