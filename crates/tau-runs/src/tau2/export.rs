//! A run as results of tau2's: one file, as all versions write it, or the folder of version 1.0 with a file
//! for each simulation.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use tau_domain::Outcome;
use tau_toolkits::{Profile, Value, json_indented};
use tau_traits::Condition;

use super::{Tau2Plan, document};
use crate::checkpoint::{Beside, failed};
use crate::clock::{local_moment, now_ms};
use crate::store::Store;
use crate::{
    ConversationFilter, EpisodeId, EpisodeRow, Exported, Page, RunId, RunPlan, Runs, RunsError,
    Transcript,
};

/// What stands around the conversations of a result file.
pub(crate) enum Frame {
    /// A list of them (tau-trait).
    List,
    /// An object with what they share before them (tau2).
    Results {
        /// Everything before the tasks.
        head: String,
        /// Whether there is a line for an index, which only a folder has.
        indexed: bool,
        /// The tasks that conversations are about, each as it is written.
        tasks: IndexMap<String, String>,
    },
}

/// A conversation as a part of a result file.
pub(crate) struct Piece {
    /// Its text, indented, without what stands between two.
    pub(crate) text: String,
    /// The task that it is about, where the frame holds tasks.
    pub(crate) task: Option<(String, String)>,
}

/// The frame of a run's result file.
pub(crate) fn frame(plan: &RunPlan) -> Frame {
    match &plan.tau2 {
        None => Frame::List,
        Some(tau2) => Frame::of(plan, tau2, tau2.profile),
    }
}

impl Frame {
    fn of(plan: &RunPlan, tau2: &Tau2Plan, form: Profile) -> Frame {
        let now = local_moment(now_ms());
        let info = json_indented(&document::info(plan, tau2, form), 1);
        let head = format!("{{\n  \"timestamp\": \"{now}\",\n  \"info\": {info},\n");
        Frame::Results { head, indexed: form >= Profile::V1_0, tasks: IndexMap::new() }
    }

    /// Takes in the task of a conversation.
    pub(crate) fn know(&mut self, piece: &Piece) {
        if let (Frame::Results { tasks, .. }, Some((id, text))) = (self, &piece.task)
            && !tasks.contains_key(id)
        {
            tasks.insert(id.clone(), text.clone());
        }
    }

    fn know_task(&mut self, task: Option<(String, Value)>) {
        let task = task.map(|(id, task)| (id, inside(&task)));
        self.know(&Piece { text: String::new(), task });
    }

    /// What comes before the conversations.
    pub(crate) fn before(&self) -> String {
        match self {
            Frame::List => "[".to_owned(),
            Frame::Results { head, tasks, .. } => {
                let tasks: Vec<&str> = tasks.values().map(String::as_str).collect();
                let tasks = match tasks.is_empty() {
                    true => "[]".to_owned(),
                    false => format!("[\n{}\n  ]", tasks.join(",\n")),
                };
                format!("{head}  \"tasks\": {tasks},\n  \"simulations\": [")
            }
        }
    }

    /// What comes after them; `empty` when there is none.
    pub(crate) fn after(&self, empty: bool) -> &'static str {
        match (self, empty) {
            (Frame::List, true) => "]\n",
            (Frame::List, false) => "\n]\n",
            (Frame::Results { indexed: true, .. }, true) => "],\n  \"simulation_index\": null\n}\n",
            (Frame::Results { indexed: true, .. }, false) => {
                "\n  ],\n  \"simulation_index\": null\n}\n"
            }
            (Frame::Results { .. }, true) => "]\n}\n",
            (Frame::Results { .. }, false) => "\n  ]\n}\n",
        }
    }
}

/// A conversation of a plan over a domain of tau2 as a part of its result file.
///
/// # Errors
/// When the stored conversation is not one of tau2's.
pub(crate) fn simulation_text(
    plan: &RunPlan,
    tau2: &Tau2Plan,
    condition: &Condition,
    trial: u32,
    transcript: &Transcript,
) -> Result<Piece, RunsError> {
    let simulation = document::simulation(plan, tau2, condition, trial, transcript, tau2.profile)?;
    let task = document::task(transcript, tau2.profile).map(|(id, task)| (id, inside(&task)));
    Ok(Piece { text: inside(&simulation), task })
}

/// A value as an element of one of the file's lists.
fn inside(value: &Value) -> String {
    format!("    {}", json_indented(value, 2))
}

/// The shape of results of tau2's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tau2Shape {
    /// One file with the fields of this version: `v0.1.2`, `v0.2` or `v1.0`.
    File(Profile),
    /// Version 1.0's folder: `results.json`, and a file in `simulations` for each conversation.
    Folder,
}

impl Runs {
    /// Writes all finished conversations of a run over a domain of tau2 as results of tau2's, whole or not
    /// at all. In the shapes of 1.0 those that could not be scored are there too, without a reward; the
    /// older ones know no word for them.
    ///
    /// # Errors
    /// [`RunsError::WrongState`] for another run, [`RunsError::File`] also where a folder of that name
    /// holds something else, otherwise what the database reports.
    pub async fn write_tau2(
        &self,
        run: RunId,
        shape: Tau2Shape,
        path: &Path,
    ) -> Result<Exported, RunsError> {
        let plan = self.run(run).await?.plan;
        let Some(tau2) = plan.tau2.as_deref() else {
            return Err(RunsError::WrongState(
                "This run is not over a domain of tau2, so it cannot be written as its results."
                    .into(),
            ));
        };
        let results = Results { store: &self.shared.store, run, plan: &plan, tau2 };
        match shape {
            Tau2Shape::File(form) => {
                let mut beside = Beside::create(path).map_err(|error| failed(path, &error))?;
                let exported = results.write(form, &mut beside.file).await?;
                beside.publish().map_err(|error| failed(path, &error))?;
                Ok(exported)
            }
            Tau2Shape::Folder => results.write_folder(path).await,
        }
    }
}

/// A run whose results are written.
struct Results<'a> {
    store: &'a Store,
    run: RunId,
    plan: &'a RunPlan,
    tau2: &'a Tau2Plan,
}

/// Writes the result file of a run in the fields of its own version, one conversation at a time.
///
/// # Errors
/// What the database or `out` report.
pub(crate) async fn write_results_file(
    store: &Store,
    run: RunId,
    plan: &RunPlan,
    tau2: &Tau2Plan,
    out: &mut (dyn Write + Send),
) -> Result<Exported, RunsError> {
    Results { store, run, plan, tau2 }.write(tau2.profile, out).await
}

impl Results<'_> {
    /// One file.
    async fn write(
        &self,
        form: Profile,
        out: &mut (dyn Write + Send),
    ) -> Result<Exported, RunsError> {
        let told = |error: io::Error| failed(Path::new("result file"), &error);
        let frame = self.frame(form).await?;
        out.write_all(frame.before().as_bytes()).map_err(told)?;
        let mut first = true;
        let exported = self
            .each(form, |simulation| {
                out.write_all(if first { b"\n    " } else { b",\n    " })?;
                first = false;
                out.write_all(json_indented(&simulation, 2).as_bytes())
            })
            .await?;
        out.write_all(frame.after(first).as_bytes()).map_err(told)?;
        Ok(exported)
    }

    /// The frame with all tasks that finished conversations are about: they stand before them.
    async fn frame(&self, form: Profile) -> Result<Frame, RunsError> {
        let mut frame = Frame::of(self.plan, self.tau2, form);
        let mut known = HashSet::new();
        for condition in &self.plan.conditions {
            for (episode, task, _) in self.store.finished(self.run, &condition.id).await? {
                if known.insert(task) {
                    frame.know_task(document::task(&self.transcript(episode).await?, form));
                }
            }
        }
        Ok(frame)
    }

    /// Gives each conversation to `write`, in the plan's order.
    async fn each(
        &self,
        form: Profile,
        mut write: impl FnMut(Value) -> io::Result<()> + Send,
    ) -> Result<Exported, RunsError> {
        let Results { store, run, plan, tau2 } = *self;
        let told = |error: io::Error| failed(Path::new("result file"), &error);
        let mut exported = Exported::default();
        for condition in &plan.conditions {
            for (episode, _, trial) in store.finished(run, &condition.id).await? {
                let transcript = self.transcript(episode).await?;
                let simulation =
                    document::simulation(plan, tau2, condition, trial, &transcript, form)?;
                write(simulation).map_err(told)?;
                exported.written += 1;
            }
            for row in self.not_scored(condition).await? {
                exported.not_scored += 1;
                if form >= Profile::V1_0 {
                    write(document::unscored(plan, tau2, condition, &row, now_ms()))
                        .map_err(told)?;
                }
            }
        }
        Ok(exported)
    }

    async fn transcript(&self, episode: EpisodeId) -> Result<Transcript, RunsError> {
        let lost =
            || RunsError::Unreadable(format!("conversation {episode} has lost its transcript"));
        self.store.transcript(episode).await?.ok_or_else(lost)
    }

    async fn not_scored(&self, condition: &Condition) -> Result<Vec<EpisodeRow>, RunsError> {
        let filter = ConversationFilter {
            condition: Some(condition.id.clone()),
            outcome: Some(Outcome::NotScored),
            ..ConversationFilter::default()
        };
        let all = Page { offset: 0, limit: u32::MAX };
        Ok(self.store.conversations(self.run, &filter, &[], all).await?.rows)
    }

    /// Version 1.0's folder.
    async fn write_folder(&self, path: &Path) -> Result<Exported, RunsError> {
        let told = |error: io::Error| failed(path, &error);
        if !may_be_replaced(path).map_err(told)? {
            let other = "it is there and holds something other than results";
            return Err(told(io::Error::other(other)));
        }
        // Beside it first, so that a folder is whole or not there.
        let beside = beside(path);
        let written = self.fill(&beside).await;
        let placed = written
            .and_then(|exported| put_in_place(&beside, path).map_err(told).map(|()| exported));
        if placed.is_err() {
            // What is left of it is of no use; the error says what happened.
            let _ = fs::remove_dir_all(&beside);
        }
        placed
    }

    async fn fill(&self, folder: &Path) -> Result<Exported, RunsError> {
        let told = |error: io::Error| failed(folder, &error);
        let simulations = folder.join("simulations");
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(told)?;
        }
        fs::create_dir_all(&simulations).map_err(told)?;
        let frame = self.frame(Profile::V1_0).await?;
        let mut index = Vec::new();
        let exported = self
            .each(Profile::V1_0, |simulation| {
                let entry = document::index_entry(&simulation);
                let id = entry.as_dict().and_then(|object| object.get("id")?.as_str());
                let file = simulations.join(format!("{}.json", id.unwrap_or_default()));
                fs::write(file, json_indented(&simulation, 0))?;
                index.push(entry);
                Ok(())
            })
            .await?;
        let index = json_indented(&Value::list(index), 1);
        let text = format!("{}],\n  \"simulation_index\": {index}\n}}\n", frame.before());
        fs::write(folder.join("results.json"), text).map_err(told)?;
        Ok(exported)
    }
}

/// Whether nothing is lost when a folder is written here: there is none, it is empty, or it holds results.
pub(crate) fn may_be_replaced(path: &Path) -> io::Result<bool> {
    if !path.exists() {
        return Ok(true);
    }
    if !path.is_dir() {
        return Ok(false);
    }
    let mut entries = fs::read_dir(path)?;
    Ok(entries.all(|entry| {
        entry.is_ok_and(|entry| {
            entry.file_name() == "results.json" || entry.file_name() == "simulations"
        })
    }))
}

/// Puts a folder that is whole in the stead of what is there.
pub(crate) fn put_in_place(beside: &Path, path: &Path) -> io::Result<()> {
    if path.exists() {
        fs::remove_dir_all(path)?;
    }
    fs::rename(beside, path)
}

/// Where a folder is filled before it is put in its place.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.part"))
}
