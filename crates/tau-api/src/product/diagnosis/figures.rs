//! The faults of a run in figures, and how far people and the automatic judgement agree.

use tau_diagnosis::{Author, Diagnosis, Kind, Tag};
use tau_stats::kappa;

use super::super::library::count;
use super::verdicts::Failure;
use crate::types::{Agreement, DiagnosisJob, FaultCount, Interval, RunFaults};

/// Authors in the order in which they are shown.
const AUTHORS: [Author; 3] = [Author::Agent, Author::User, Author::Environment];

/// The faults of a run with this many conversations that passed.
pub(super) fn faults(failures: &[Failure], passed: u32, job: Option<DiagnosisJob>) -> RunFaults {
    let shown: Vec<&Diagnosis> =
        failures.iter().filter_map(|each| Some(&each.verdicts.shown()?.verdict)).collect();
    let judged = failures
        .iter()
        .filter(|each| each.verdicts.model.is_some() || each.verdicts.person.is_some())
        .count();
    let with_author = |author: Author| shown.iter().filter(|each| each.author == author).count();
    let mut tags: Vec<FaultCount> = Tag::ALL
        .into_iter()
        .map(|tag| {
            let count = shown.iter().filter(|each| each.tags.contains(&tag)).count();
            counted(tag.id(), tag.label(), count)
        })
        .filter(|each| each.count > 0)
        .collect();
    // Of the same number the order of the list is kept.
    tags.sort_by_key(|each| std::cmp::Reverse(each.count));
    let scored = passed as usize + failures.len();
    let rate = |scored: usize| (scored > 0).then(|| f64::from(passed) / scored as f64);
    RunFaults {
        failures: count(failures.len()),
        judged: count(judged),
        sentence: sentence(failures.len(), &shown, with_author),
        authors: AUTHORS
            .into_iter()
            .map(|author| counted(author.name(), author.label(), with_author(author)))
            .filter(|each| each.count > 0)
            .collect(),
        kinds: Kind::ALL
            .into_iter()
            .map(|kind| {
                let count = shown.iter().filter(|each| each.kind == kind).count();
                counted(kind.name(), kind.label(), count)
            })
            .filter(|each| each.count > 0)
            .collect(),
        tags,
        agreement: agreement(failures),
        rate: rate(scored),
        rate_without_user_faults: rate(scored - with_author(Author::User)),
        job,
    }
}

fn counted(id: &str, label: &str, number: usize) -> FaultCount {
    FaultCount { id: id.into(), label: label.into(), count: count(number) }
}

fn sentence(
    failures: usize,
    shown: &[&Diagnosis],
    with_author: impl Fn(Author) -> usize,
) -> String {
    if failures == 0 {
        return "No conversation failed.".into();
    }
    if shown.is_empty() {
        return "Nothing can be said about these failures: the domain that they were held in is not here."
            .into();
    }
    let parts: Vec<String> = AUTHORS
        .into_iter()
        .map(|author| (author, with_author(author)))
        .filter(|(_, number)| *number > 0)
        .map(|(author, number)| {
            let who = match author {
                Author::Agent => "the agent",
                Author::User => "the customer",
                Author::Environment => "neither, but the environment,",
            };
            format!("{who} was at fault in {number}")
        })
        .collect();
    let list = match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.concat(),
    };
    let of = match shown.len() {
        1 => "the one failure".to_owned(),
        number => format!("{number} failures"),
    };
    let unknown = match failures - shown.len() {
        0 => String::new(),
        left => format!(" {left} more could not be looked into."),
    };
    format!("Of {of}, {list}.{unknown}")
}

/// Agreement on who was at fault, over what a person and rules or a model both judged.
fn agreement(failures: &[Failure]) -> Option<Agreement> {
    let pairs: Vec<(Author, Author)> = failures
        .iter()
        .filter_map(|each| {
            let person = each.verdicts.person.as_ref()?.verdict.author;
            Some((person, each.verdicts.automatic()?.verdict.author))
        })
        .collect();
    let found = kappa(&pairs);
    let same = found.agreement?;
    let on = match found.items {
        1 => "the one failure that both judged".to_owned(),
        items => format!("{items} failures that both judged"),
    };
    let beyond = match (found.kappa, found.interval) {
        (Some(kappa), Some(interval)) => format!(
            " Beyond chance that is a kappa of {kappa:.2} (95 % interval {:.2} to {:.2}).",
            interval.low, interval.high
        ),
        (Some(kappa), None) => format!(" Beyond chance that is a kappa of {kappa:.2}."),
        (None, _) => {
            " Both named the same side every time, so that chance alone would explain it: kappa is not defined."
                .to_owned()
        }
    };
    Some(Agreement {
        conversations: count(found.items),
        same_author: same,
        kappa: found.kappa,
        interval: found.interval.map(|each| Interval { low: each.low, high: each.high }),
        sentence: format!(
            "Of {on}, people and the automatic judgement name the same side in {}.{beyond}",
            found.agreed
        ),
    })
}
