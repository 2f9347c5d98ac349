//! Figures as the interface is told them.

use tau_charts::Bounds;
use tau_charts::trait_color;
use tau_report::fidelity::{
    Adherence, ConditionShown, DosePoint, FactKind, Measured, Mix, Shown, TraitFigures,
    TraitShown as ShownFigures,
};
use tau_stats::TaskMean;
use tau_traits::fidelity::MeterSource;

use super::super::library::count;
use crate::types::{
    self, AdherenceExample, AdherenceKind, ConditionAdherence, ConditionFidelity, DoseLevel,
    Interval, MeasuredLevel, MeterInfo, MixFidelity, RecognisedTrait, ShownTrait, Stability,
    TraitShown,
};

pub(crate) fn shown(shown: Shown) -> TraitShown {
    match shown {
        Shown::Shown => TraitShown::Shown,
        Shown::Weak => TraitShown::Weak,
        Shown::CannotTell => TraitShown::CannotTell,
        Shown::NotShown => TraitShown::NotShown,
    }
}

fn source(source: MeterSource) -> types::MeterSource {
    match source {
        MeterSource::Markers => types::MeterSource::Markers,
        MeterSource::Basis => types::MeterSource::Basis,
        MeterSource::Judge => types::MeterSource::Judge,
    }
}

/// As readings beside a message name it.
pub(super) fn source_name(source: MeterSource) -> &'static str {
    match source {
        MeterSource::Markers => "markers",
        MeterSource::Basis => "direction",
        MeterSource::Judge => "judge",
    }
}

fn interval(mean: &TaskMean) -> Option<Interval> {
    mean.interval.map(|each| Interval { low: each.low, high: each.high })
}

pub(super) fn meters(
    input: &tau_report::fidelity::FidelityInput,
    judge: Option<&str>,
) -> Vec<MeterInfo> {
    let over = |each: &&tau_report::fidelity::MeteredConversation| {
        matches!(each.outcome, tau_domain::Outcome::Passed | tau_domain::Outcome::Failed)
    };
    let of = input.conversations.iter().filter(over).count();
    MeterSource::ALL
        .into_iter()
        .filter_map(|by| {
            let with = input.conversations.iter().filter(over);
            let read =
                with.filter(|each| each.readings.iter().any(|(source, _)| *source == by)).count();
            let (name, description) = match by {
                MeterSource::Markers => (
                    "Markers".to_owned(),
                    "Words and behaviour counted in each message of the customer.",
                ),
                MeterSource::Basis => (
                    "Directions of the local model".to_owned(),
                    "How far each message lies along the trait's direction in the local model.",
                ),
                MeterSource::Judge => (
                    format!("Judge ({})", judge.unwrap_or("a model")),
                    "A model that saw single messages without knowing what was asked for.",
                ),
            };
            (read > 0).then(|| MeterInfo {
                source: source(by),
                name,
                description: description.into(),
                conversations: count(read),
                of: count(of),
            })
        })
        .collect()
}

pub(super) fn condition(each: &ConditionShown) -> ConditionFidelity {
    ConditionFidelity {
        condition: each.condition_id.clone(),
        name: each.name.clone(),
        color: trait_color(each.color),
        shown: shown(each.shown),
        sentence: each.sentence.clone(),
        traits: each.traits.iter().map(shown_trait).collect(),
        planned: count(each.planned),
        metered: count(each.metered),
    }
}

fn shown_trait(each: &ShownFigures) -> ShownTrait {
    ShownTrait {
        trait_id: each.trait_id.clone(),
        name: each.name.clone(),
        asked: each.asked,
        asked_name: each.asked_name.clone(),
        shown: shown(each.shown),
        stronger_than_asked: each.stronger,
        sentence: format!("The customers {}.", each.phrase),
        measured: each.measured.iter().map(measured).collect(),
        stability: each.stability.as_ref().map(|by| Stability {
            early: by.early,
            late: by.late,
            change: by.change.estimate.unwrap_or(by.late - by.early),
            interval: interval(&by.change),
            ratio: by.ratio,
            word: by.course.word().into(),
            conversations: count(by.conversations),
        }),
    }
}

fn measured(each: &Measured) -> MeasuredLevel {
    MeasuredLevel {
        source: source(each.source),
        level: each.level.estimate,
        interval: interval(&each.level),
        baseline: each.baseline.estimate,
        step: each.step.estimate,
        step_interval: interval(&each.step),
        shown: shown(each.shown),
        messages: count(each.messages),
        conversations: count(each.conversations),
        tasks: count(each.step.tasks),
    }
}

pub(super) fn trait_figures(each: &TraitFigures) -> types::TraitFigures {
    types::TraitFigures {
        trait_id: each.trait_id.clone(),
        name: each.name.clone(),
        color: trait_color(each.color),
        source: source(each.source),
        pairwise: each.pairwise.estimate,
        pairwise_interval: interval(&each.pairwise),
        pairs: count(each.pairs),
        tasks: count(each.pairwise.tasks),
        points: each.points.iter().map(dose).collect(),
        slope: each.slope.estimate,
        slope_interval: interval(&each.slope),
        monotone: each.monotone,
        sentence: each.sentence.clone(),
    }
}

fn dose(point: &DosePoint) -> DoseLevel {
    let bounds = |bounds: Bounds| Interval { low: bounds.low, high: bounds.high };
    DoseLevel {
        condition: point.condition_id.clone(),
        asked: point.asked,
        measured: point.measured,
        interval: point.interval.map(bounds),
        conversations: count(point.conversations),
        tasks: count(point.tasks),
    }
}

pub(super) fn mix(each: &Mix) -> MixFidelity {
    MixFidelity {
        condition: each.condition_id.clone(),
        name: each.name.clone(),
        traits: each
            .traits
            .iter()
            .map(|one| RecognisedTrait {
                trait_id: one.trait_id.clone(),
                name: one.name.clone(),
                recognised: one.recognised,
                share: one.share,
            })
            .collect(),
        all_kept: each.all_kept,
        sentence: each.sentence.clone(),
    }
}

pub(super) fn adherence(condition: &str, name: &str, found: &Adherence) -> ConditionAdherence {
    ConditionAdherence {
        condition: condition.to_owned(),
        name: name.to_owned(),
        conversations: count(found.conversations),
        invented: count(found.invented),
        withheld: count(found.withheld),
        user_faults: count(found.user_faults),
        kept: found.kept.estimate,
        kept_interval: interval(&found.kept),
        sentence: found.sentence.clone(),
        examples: found
            .examples
            .iter()
            .map(|each| AdherenceExample {
                conversation_id: each.id.clone(),
                title: each.title.clone(),
                kind: match each.fact.kind {
                    FactKind::Invented => AdherenceKind::Invented,
                    FactKind::Withheld => AdherenceKind::Withheld,
                },
                fact: each.fact.fact.clone(),
                turn: each.fact.turn,
                sentence: each.sentence.clone(),
            })
            .collect(),
    }
}
