//! The result file of a run, kept up to date while the run goes on.
//!
//! Upstream's runner reads and rewrites its whole file after every conversation, in place: a kill in
//! the middle leaves half a file, and the work grows with the square of the run. Here finished
//! conversations are appended to a body that nobody sees. Now and then the body is copied, closed and
//! renamed over the file, so that the file is always a whole list. Publishing takes at most a
//! twentieth of the time, whatever the size, and memory holds one conversation.
//!
//! The file is a copy of what the database holds. When it cannot be written the run goes on.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::export::{piece, write_results};
use crate::store::Store;
use crate::tau2::{Frame, Piece, frame};
use crate::{PendingEpisode, RunId, RunPlan, RunsError, Transcript};

/// Shortest time between two publications.
const PAUSE: Duration = Duration::from_secs(1);
/// How many times longer than a publication the pause after it is.
const REST: u32 = 20;

/// A result file that grows.
pub(crate) struct Checkpoint {
    path: PathBuf,
    entries: Sender<Piece>,
    thread: JoinHandle<io::Result<()>>,
}

impl Checkpoint {
    /// Begins with what is finished already.
    ///
    /// # Errors
    /// When there cannot be such a file, or what the database reports.
    pub(crate) async fn begin(
        store: &Store,
        run: RunId,
        plan: &RunPlan,
        path: &Path,
    ) -> Result<Checkpoint, RunsError> {
        let mut growing =
            Growing::create(path, frame(plan)).map_err(|error| failed(path, &error))?;
        // All of it before the first publication: the file of a resumed run never shrinks.
        for condition in &plan.conditions {
            for (episode, task_index, trial) in store.finished(run, &condition.id).await? {
                if let Some(transcript) = store.transcript(episode).await? {
                    let piece = piece(plan, condition, task_index, trial, &transcript)?;
                    growing.add(&piece).map_err(|error| failed(path, &error))?;
                }
            }
        }
        let (entries, receiver) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("checkpoint".into())
            .spawn(move || keep(growing, &receiver))
            .map_err(|error| failed(path, &error))?;
        Ok(Checkpoint { path: path.to_owned(), entries, thread })
    }

    /// Adds a conversation that has just finished.
    pub(crate) fn add(&self, plan: &RunPlan, episode: &PendingEpisode, transcript: &Transcript) {
        let condition = plan.conditions.iter().find(|each| each.id == episode.condition);
        let task = plan.tasks.iter().find(|each| each.id == episode.task);
        let (Some(condition), Some(task)) = (condition, task) else { return };
        match piece(plan, condition, task.index, episode.trial, transcript) {
            // A thread that is gone has failed; its words come at the end.
            Ok(piece) => drop(self.entries.send(piece)),
            Err(error) => tracing::warn!(%error, "a conversation is missing in the result file"),
        }
    }

    /// Publishes for the last time. When the run is `done`, the file is written once more in the
    /// order of its plan, as upstream does at its end.
    ///
    /// # Errors
    /// When the file could not be written.
    pub(crate) async fn end(
        self,
        store: &Store,
        run: RunId,
        plan: &RunPlan,
        done: bool,
    ) -> Result<(), RunsError> {
        let Checkpoint { path, entries, thread } = self;
        drop(entries);
        let kept = tokio::task::spawn_blocking(move || thread.join()).await;
        let kept = match kept {
            Ok(Ok(kept)) => kept,
            Ok(Err(_)) | Err(_) => Err(io::Error::other("its writer ended with a fault")),
        };
        match (done, kept) {
            (true, _) => write_file(store, run, plan, &path).await,
            (false, kept) => kept.map_err(|error| failed(&path, &error)),
        }
    }
}

/// Writes the result file of a run whole or not at all.
///
/// # Errors
/// What the database or the disk report.
pub(crate) async fn write_file(
    store: &Store,
    run: RunId,
    plan: &RunPlan,
    path: &Path,
) -> Result<(), RunsError> {
    let mut beside = Beside::create(path).map_err(|error| failed(path, &error))?;
    write_results(store, run, plan, None, &mut beside.file).await?;
    beside.publish().map_err(|error| failed(path, &error))
}

/// An error of the disk at a file.
pub(crate) fn failed(path: &Path, error: &io::Error) -> RunsError {
    RunsError::File { path: path.to_owned(), reason: error.to_string() }
}

/// The thread's work: entries are taken as they come, and published when it is time.
fn keep(mut file: Growing, entries: &Receiver<Piece>) -> io::Result<()> {
    let mut result = Ok(());
    let mut rested = Instant::now();
    let mut waiting = !file.empty;
    loop {
        let next = if waiting {
            entries.recv_timeout(rested.saturating_duration_since(Instant::now()))
        } else {
            entries.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        let ended = matches!(next, Err(RecvTimeoutError::Disconnected));
        if let Ok(entry) = next
            && result.is_ok()
        {
            result = file.add(&entry);
            waiting = true;
        }
        if result.is_ok() && waiting && (ended || Instant::now() >= rested) {
            let started = Instant::now();
            result = file.publish();
            rested = Instant::now() + PAUSE.max(started.elapsed() * REST);
            waiting = false;
        }
        if let Err(error) = &result
            && waiting
        {
            tracing::warn!(%error, "the result file cannot be kept up to date");
            waiting = false;
        }
        if ended {
            return result;
        }
    }
}

/// The results so far, without what stands around them.
struct Growing {
    path: PathBuf,
    frame: Frame,
    body: File,
    empty: bool,
}

impl Growing {
    fn create(path: &Path, frame: Frame) -> io::Result<Growing> {
        let folder = folder(path);
        fs::create_dir_all(folder)?;
        // It has no name, so that a kill leaves nothing behind.
        let body = tempfile::tempfile_in(folder)?;
        let growing = Growing { path: path.to_owned(), frame, body, empty: true };
        // A place where nothing can be written is found out now.
        Beside::create(path)?;
        Ok(growing)
    }

    fn add(&mut self, piece: &Piece) -> io::Result<()> {
        self.frame.know(piece);
        self.body.write_all(if self.empty { b"\n" } else { b",\n" })?;
        self.body.write_all(piece.text.as_bytes())?;
        self.empty = false;
        Ok(())
    }

    fn publish(&mut self) -> io::Result<()> {
        let mut beside = Beside::create(&self.path)?;
        beside.file.write_all(self.frame.before().as_bytes())?;
        let end = self.body.stream_position()?;
        self.body.seek(SeekFrom::Start(0))?;
        let copied = io::copy(&mut self.body, &mut beside.file);
        self.body.seek(SeekFrom::Start(end))?;
        copied?;
        beside.file.write_all(self.frame.after(self.empty).as_bytes())?;
        beside.publish()
    }
}

/// A file beside another one, to be renamed over it; gone when it is not.
pub(crate) struct Beside {
    pub(crate) file: BufWriter<File>,
    beside: PathBuf,
    path: PathBuf,
    published: bool,
}

impl Beside {
    pub(crate) fn create(path: &Path) -> io::Result<Beside> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let folder = folder(path);
        fs::create_dir_all(folder)?;
        let beside = folder.join(format!(".{name}.part"));
        let file = BufWriter::new(File::create(&beside)?);
        Ok(Beside { file, beside, path: path.to_owned(), published: false })
    }

    pub(crate) fn publish(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.beside, &self.path)?;
        self.published = true;
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.published {
            // What is left is overwritten by the next one.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(path: &Path) -> Vec<serde_json::Value> {
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    }

    fn entry(text: String) -> Piece {
        Piece { text, task: None }
    }

    #[test]
    fn every_publication_is_a_whole_list() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/result.json");
        let mut file = Growing::create(&path, Frame::List).unwrap();
        for number in 0..5 {
            file.add(&entry(format!("  {{\"n\": {number}}}"))).unwrap();
            file.publish().unwrap();
            assert_eq!(list(&path).len(), number + 1);
        }
        drop(file);
        assert_eq!(
            fs::read_dir(path.parent().unwrap()).unwrap().count(),
            1,
            "nothing is left over"
        );
    }

    #[test]
    fn entries_that_come_quickly_are_published_at_the_end_at_the_latest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.json");
        let (sender, receiver) = mpsc::channel();
        for number in 0..1000 {
            sender.send(entry(format!("{number}"))).unwrap();
        }
        drop(sender);
        keep(Growing::create(&path, Frame::List).unwrap(), &receiver).unwrap();
        assert_eq!(list(&path).len(), 1000);
    }

    #[test]
    fn a_place_where_nothing_can_be_written_is_found_out_at_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "x").unwrap();
        assert!(Growing::create(&folder.path().join("file/result.json"), Frame::List).is_err());
    }
}
