//! Opened result files as runs.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tau_domain::{API_OUTPUT, Message, Outcome, Task};
use tau_packs::Library;
use tau_traits::Condition;

use super::file::{Fault, Header, ResultFile, ResultFormat, hex};
use super::name::Traits;
use super::place::{Place, key};
use super::{Entry, Score};
use crate::store::{FinishedEpisode, pack, unpack};
use crate::{ImportedFrom, PlannedTask, RunPlan, RunsError, Transcript};

/// Characters of an instruction that stand in for a title.
const TITLE: usize = 70;
/// Result files read as a run, not yet stored.
pub struct OpenedRun {
    /// What it is.
    pub plan: RunPlan,
    /// Its conversations, in the order of files and entries.
    pub episodes: Vec<OpenedEpisode>,
}

/// One conversation of an [`OpenedRun`].
pub struct OpenedEpisode {
    /// Index into the plan's tasks.
    pub task: usize,
    /// Index into the plan's conditions.
    pub condition: usize,
    /// Repetition, from 0.
    pub trial: u32,
    /// Passed, failed or not scored.
    pub outcome: Outcome,
    pub(crate) score: Score,
    pub(crate) row: FinishedEpisode,
    pub(crate) transcript: Vec<u8>,
}

impl OpenedEpisode {
    /// What was said and done, with the task.
    ///
    /// # Errors
    /// Never in practice: it was written by this program a moment ago.
    pub fn transcript(&self) -> Result<Transcript, RunsError> {
        unpack(&self.transcript)
    }
}

impl OpenedRun {
    /// The identity of what was opened: the same files give the same.
    pub fn digest(&self) -> String {
        self.plan.imported.as_ref().map(ImportedFrom::digest).unwrap_or_default()
    }
}

impl ImportedFrom {
    /// One hash for all files, whatever their order.
    pub fn digest(&self) -> String {
        digest(self.files.iter().map(|file| file.sha256.as_str()))
    }
}

pub(super) fn digest<'a>(hashes: impl Iterator<Item = &'a str>) -> String {
    let sorted: BTreeSet<&str> = hashes.collect();
    let mut hash = Sha256::new();
    for each in sorted {
        hash.update(each.as_bytes());
    }
    hex(&hash.finalize())
}

/// Opens result files. Files of the same format, domain, agent and customer become one run; of
/// files that do not say their model, those that lie in the same folder and name their traits.
///
/// A file that cannot be opened is listed in the second value and does not hold up the others. A
/// file that occurs twice counts once.
pub fn open_results(paths: &[PathBuf], library: &Library) -> (Vec<OpenedRun>, Vec<RunsError>) {
    let mut groups: Vec<(Group, Vec<ResultFile>)> = Vec::new();
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        match ResultFile::open(path) {
            Ok(file) if !seen.insert(file.sha256().to_owned()) => {}
            Ok(file) => {
                let group = Group::of(&file);
                match groups.iter_mut().find(|(known, _)| *known == group) {
                    Some((_, files)) => files.push(file),
                    None => groups.push((group, vec![file])),
                }
            }
            Err(error) => errors.push(error),
        }
    }
    let mut runs = Vec::new();
    for (_, files) in groups {
        match open_group(files, library) {
            Ok(run) => runs.push(run),
            Err(error) => errors.push(error),
        }
    }
    (runs, errors)
}

/// What files must share to be one run.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    format: bool,
    header: Header,
    /// For files that do not say their model: where they lie, or which they are.
    apart: String,
}

impl Group {
    fn of(file: &ResultFile) -> Group {
        let named = file.parts.traits != Traits::Unsaid;
        let apart = match (&*file.header.model, named) {
            ("", true) => file.path().parent().unwrap_or(Path::new("")).display().to_string(),
            ("", false) => file.sha256().to_owned(),
            _ => String::new(),
        };
        // A seed differs from trial to trial and says nothing about who was tested.
        let header = Header { seed: None, ..file.header.clone() };
        Group { format: file.format() == ResultFormat::Tau2, header, apart }
    }
}

fn open_group(files: Vec<ResultFile>, library: &Library) -> Result<OpenedRun, RunsError> {
    let mut opening = Opening::of(&files, library);
    let mut episodes = Vec::new();
    for file in &files {
        opening.begin(file);
        for entry in file.entries().flatten() {
            episodes.push(opening.take(entry, file)?);
        }
    }
    let plan = opening.plan(&files);
    // The baseline comes first, whatever the order of the files.
    let mut order: Vec<usize> = (0..plan.conditions.len()).collect();
    order.sort_by_key(|index| plan.conditions[*index].id != tau_traits::BASELINE);
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let conditions = order.iter().map(|old| plan.conditions[*old].clone()).collect();
    for episode in &mut episodes {
        episode.condition = place[episode.condition];
    }
    Ok(OpenedRun { plan: RunPlan { conditions, ..plan }, episodes })
}

/// A group of files while it is read.
pub(super) struct Opening {
    pub(super) place: Option<Place>,
    pub(super) tasks: Vec<PlannedTask>,
    pub(super) by_id: HashMap<String, usize>,
    pub(super) conditions: Vec<Condition>,
    /// Attempts that were seen, by condition and task.
    pub(super) attempts: HashMap<(usize, usize), BTreeSet<u32>>,
    /// By condition, what the current file's repetitions are counted from.
    pub(super) offset: HashMap<usize, u32>,
    /// By condition, one more than the highest repetition of the files before.
    pub(super) beyond: HashMap<usize, u32>,
    /// Whether several files say nothing about traits, so that their names tell them apart.
    pub(super) by_file: bool,
    pub(super) trials: u32,
    pub(super) problems: Vec<String>,
    pub(super) not_scored: u32,
    pub(super) renumbered: u32,
    pub(super) replayed: (u32, u32),
    pub(super) calls: (u32, u32),
    pub(super) traits_unsaid: bool,
}

impl Opening {
    fn of(files: &[ResultFile], library: &Library) -> Opening {
        let mut wanted = HashSet::new();
        let mut problems = Vec::new();
        let mut silent = 0;
        for file in files {
            problems.extend(file.faults().iter().map(Fault::to_string));
            let mut says = file.parts.traits != Traits::Unsaid;
            for entry in file.entries() {
                match entry {
                    Ok(entry) => {
                        says |= entry.traits.is_some();
                        wanted.extend(entry.task.as_ref().map(key));
                    }
                    Err(fault) => problems.push(fault.to_string()),
                }
            }
            silent += usize::from(!says);
        }
        // tau2's tasks are told apart by an id, not by a customer: none of ours has them.
        let tau2 = files.iter().any(|file| file.format() == ResultFormat::Tau2);
        Opening {
            place: if tau2 { None } else { Place::find(library, &wanted) },
            tasks: Vec::new(),
            by_id: HashMap::new(),
            conditions: Vec::new(),
            attempts: HashMap::new(),
            offset: HashMap::new(),
            beyond: HashMap::new(),
            by_file: silent > 1 && silent < files.len(),
            trials: 1,
            problems,
            not_scored: 0,
            renumbered: 0,
            replayed: (0, 0),
            calls: (0, 0),
            traits_unsaid: silent > 0 && !tau2,
        }
    }

    /// Another file: where it repeats a condition of an earlier one, its repetitions follow on.
    fn begin(&mut self, file: &ResultFile) {
        self.offset.clear();
        self.beyond.clear();
        for ((condition, _), trials) in &self.attempts {
            let highest = trials.last().map_or(0, |last| last + 1);
            let beyond = self.beyond.entry(*condition).or_default();
            *beyond = highest.max(*beyond);
        }
        if file.is_empty() {
            return;
        }
        let clashes: HashSet<usize> = file
            .entries()
            .flatten()
            .filter_map(|entry| {
                let condition = self.condition_of(&entry, file);
                let condition =
                    self.conditions.iter().position(|known| known.id == condition.id)?;
                let (id, _) = self.planned(&entry);
                let seen = self.attempts.get(&(condition, *self.by_id.get(&id)?))?;
                seen.contains(&entry.trial).then_some(condition)
            })
            .collect();
        for condition in clashes {
            self.offset.insert(condition, self.beyond.get(&condition).copied().unwrap_or(0));
        }
    }

    fn condition_of(&self, entry: &Entry, file: &ResultFile) -> Condition {
        let name = file.name().trim_end_matches(".gz").trim_end_matches(".json");
        traits_of(entry, file).condition(self.by_file.then_some(name))
    }

    /// The task's id and, where a domain of ours has it, its own task with its index.
    fn planned(&self, entry: &Entry) -> (String, Option<(u32, Task)>) {
        let place = self.place.as_ref();
        let known = match (&entry.task, entry.index) {
            (Some(task), index) => place.and_then(|place| {
                // Two tasks may ask for the same thing: then the file's own index says which it is.
                let at = index.and_then(|index| Some((index as usize, place.task_at(index)?)));
                at.filter(|(_, known)| key(known) == key(task)).or_else(|| place.task(task))
            }),
            (None, Some(index)) => {
                place.and_then(|place| Some((index as usize, place.task_at(index)?)))
            }
            (None, None) => None,
        };
        match known {
            Some((index, task)) => (task.id.clone(), Some((count(index), task.clone()))),
            None => (entry.task_id.clone(), None),
        }
    }

    fn take(&mut self, mut entry: Entry, file: &ResultFile) -> Result<OpenedEpisode, RunsError> {
        let condition = self.condition_of(&entry, file);
        let condition = match self.conditions.iter().position(|known| known.id == condition.id) {
            Some(index) => index,
            None => {
                self.conditions.push(condition);
                self.conditions.len() - 1
            }
        };
        let (id, known) = self.planned(&entry);
        let (index, task) = match known {
            Some((index, task)) => (index, task),
            None => (
                entry.index.unwrap_or(count(self.tasks.len())),
                entry.task.take().unwrap_or_else(|| unknown_task(&id)),
            ),
        };
        let task_at = match self.by_id.get(&id) {
            Some(at) => *at,
            None => {
                self.tasks.push(PlannedTask { id: id.clone(), index, title: title(&task) });
                self.by_id.insert(id, self.tasks.len() - 1);
                self.tasks.len() - 1
            }
        };
        let mut trial =
            entry.trial.saturating_add(self.offset.get(&condition).copied().unwrap_or(0));
        let seen = self.attempts.entry((condition, task_at)).or_default();
        if seen.contains(&trial) {
            trial = seen.last().map_or(0, |last| last.saturating_add(1));
            self.renumbered += 1;
        }
        seen.insert(trial);
        self.trials = self.trials.max(trial.saturating_add(1));
        // Strategies that write their actions as text; some files do not say theirs.
        let strategy = file.header.agent_strategy.as_str();
        let observes = |message: &Message| {
            message.content.as_deref().is_some_and(|text| text.starts_with(API_OUTPUT))
        };
        let messages = &mut entry.trajectory.messages;
        if matches!(strategy, "act" | "react") || messages.iter().any(observes) {
            tau_sim::read_recorded(messages);
        }
        self.replay(&task, &mut entry);
        self.not_scored += u32::from(entry.score != Score::Scored);
        let outcome = outcome(&entry);
        let transcript =
            Transcript { extra: entry.extra, ..Transcript::new(task, entry.trajectory) };
        Ok(OpenedEpisode {
            task: task_at,
            condition,
            trial,
            outcome,
            score: entry.score,
            row: FinishedEpisode::of(&transcript, 1, entry.duration_ms),
            transcript: pack(&transcript)?,
        })
    }

    fn replay(&mut self, task: &Task, entry: &mut Entry) {
        let trajectory = &mut entry.trajectory;
        let graded = entry.score == Score::Scored && trajectory.reward.graded;
        let Some(place) = self.place.as_ref().filter(|_| graded) else { return };
        if place.task(task).is_none() {
            return;
        }
        let shown = place.replay(task, trajectory);
        self.calls = (self.calls.0 + shown.equal, self.calls.1 + shown.calls);
        self.replayed = (self.replayed.0 + u32::from(shown.agrees), self.replayed.1 + 1);
        if shown.agrees {
            trajectory.reward.state_matches = shown.state_matches;
            trajectory.differences = shown.differences;
        }
    }
}

pub(super) fn traits_of(entry: &Entry, file: &ResultFile) -> Traits {
    match &entry.traits {
        Some(Traits::Unsaid) | None => file.parts.traits.clone(),
        Some(said) => said.clone(),
    }
}

pub(super) fn outcome(entry: &Entry) -> Outcome {
    match entry.score {
        Score::NotScored { .. } => Outcome::NotScored,
        Score::Scored => {
            crate::store::episode_outcome("finished", Some(entry.trajectory.reward.value))
        }
    }
}

fn unknown_task(id: &str) -> Task {
    Task {
        id: id.to_owned(),
        user_id: String::new(),
        instruction: String::new(),
        actions: Vec::new(),
        outputs: Vec::new(),
        title: String::new(),
        rules: Vec::new(),
        twin: None,
        allowed: None,
    }
}

/// The task's title, or its instruction's first words.
fn title(task: &Task) -> String {
    if !task.title.is_empty() {
        return task.title.clone();
    }
    let words: Vec<&str> = task.instruction.split_whitespace().collect();
    let mut letters = words.join(" ");
    if let Some((at, _)) = letters.char_indices().nth(TITLE) {
        letters.truncate(at);
        letters = format!("{}…", letters.trim_end());
    }
    letters
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
