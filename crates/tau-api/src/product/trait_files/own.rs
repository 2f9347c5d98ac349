//! Traits of the person's own: a folder of files that people may also put there by hand.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tau_traits::{Trait, TraitSet, read_trait, write_trait};

use crate::files::write_whole;

/// Below the data folder.
const FOLDER: &str = "traits";
/// Largest file that is read, in bytes; a trait with a hundred pairs has some fifty thousand.
const LARGEST: u64 = 2 << 20;

/// The shipped traits and those of the folder. What cannot be used of the folder is named, and hides
/// nothing else.
pub(crate) struct OwnTraits {
    folder: PathBuf,
    shelf: RwLock<Shelf>,
}

#[derive(Clone)]
struct Shelf {
    set: Arc<TraitSet>,
    problems: Vec<String>,
}

impl OwnTraits {
    /// Reads the folder below `data`; none is the same as an empty one.
    pub(crate) fn open(data: &Path) -> OwnTraits {
        let folder = data.join(FOLDER);
        let shelf = RwLock::new(read(&folder));
        OwnTraits { folder, shelf }
    }

    /// All traits that can be used, as they were last read.
    pub(crate) fn set(&self) -> Arc<TraitSet> {
        Arc::clone(&self.shelf.read().unwrap_or_else(PoisonError::into_inner).set)
    }

    /// What is wrong with files of the folder, a sentence or two a file.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).problems.clone()
    }

    /// Reads the folder again: files come and go behind the app's back.
    pub(crate) fn reload(&self) {
        let found = read(&self.folder);
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = found;
    }

    /// Keeps a trait in the file of its id.
    pub(crate) fn keep(&self, one: &Trait) -> io::Result<()> {
        let kept = write_whole(&self.file(&one.id), write_trait(one).as_bytes());
        self.reload();
        kept
    }

    /// Removes the file that holds the trait `id`, whatever it is called.
    pub(crate) fn remove(&self, id: &str) -> io::Result<()> {
        let file = files(&self.folder)
            .into_iter()
            .find(|path| open(path).is_ok_and(|one| one.id == id))
            .unwrap_or_else(|| self.file(id));
        let removed = std::fs::remove_file(file);
        self.reload();
        removed
    }

    fn file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.toml"))
    }
}

/// Reads a trait file from anywhere.
///
/// # Errors
/// All that is wrong with it, in words.
pub(crate) fn open(path: &Path) -> Result<Trait, String> {
    let size = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > LARGEST {
        return Err("it is larger than 2 MB, which no trait file is".to_owned());
    }
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => "it is not text".to_owned(),
        _ => error.to_string(),
    })?;
    read_trait(&text).map_err(|error| error.problems.join(" "))
}

/// The trait files of a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter(|path| {
            !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
        })
        .collect();
    files.sort();
    files
}

fn read(folder: &Path) -> Shelf {
    let mut problems = Vec::new();
    let mut own: Vec<Trait> = Vec::new();
    for path in files(folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let told = |why: &str| {
            format!(
                "The trait file {name} cannot be used: {why} Mend it, or take it out of {}.",
                folder.display()
            )
        };
        match open(&path) {
            Err(why) => problems.push(told(&sentence(&why))),
            // Each is tried alone, so that one with a taken id does not hide the others.
            Ok(one) => match TraitSet::with_own(own.iter().cloned().chain([one.clone()]).collect())
            {
                Ok(_) => own.push(one),
                Err(error) => problems.push(told(&sentence(&error.to_string()))),
            },
        }
    }
    // Every one of them was tried with those before it.
    let set = TraitSet::with_own(own).unwrap_or_else(|_| TraitSet::shipped().clone());
    Shelf { set: Arc::new(set), problems }
}

/// The text with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(own: &OwnTraits, id: &str) -> Trait {
        let shipped = TraitSet::shipped().get("impatience").unwrap().clone();
        let one = Trait { id: id.into(), name: id.into(), own: true, ..shipped };
        own.keep(&one).unwrap();
        one
    }

    #[test]
    fn a_trait_that_is_kept_is_there_after_a_restart_and_gone_when_removed() {
        let data = tempfile::tempdir().unwrap();
        let own = OwnTraits::open(data.path());
        let one = kept(&own, "hurry");
        assert_eq!(OwnTraits::open(data.path()).set().get("hurry"), Some(&one));
        own.remove("hurry").unwrap();
        assert!(own.set().get("hurry").is_none());
        assert!(own.remove("hurry").is_err());
    }

    #[test]
    fn a_broken_file_is_named_and_hides_no_other() {
        let data = tempfile::tempdir().unwrap();
        let own = OwnTraits::open(data.path());
        kept(&own, "hurry");
        let folder = data.path().join(FOLDER);
        std::fs::write(folder.join("a.toml"), "id = \"half\"\nname =").unwrap();
        std::fs::write(folder.join("b.toml"), b"\xff\xfe").unwrap();
        let taken = std::fs::read_to_string(folder.join("hurry.toml")).unwrap();
        std::fs::write(folder.join("i.toml"), taken.replace("\"hurry\"", "\"impatience\""))
            .unwrap();
        std::fs::write(folder.join("notes.txt"), "no trait").unwrap();
        own.reload();
        assert!(own.set().get("hurry").is_some());
        let problems = own.problems();
        assert_eq!(problems.len(), 3, "{problems:?}");
        for (problem, part) in problems.iter().zip(["a.toml", "b.toml", "my-impatience"]) {
            assert!(problem.contains(part) && problem.contains("Mend it"), "{problem}");
        }
        let shipped = TraitSet::shipped().get("impatience");
        assert_eq!(own.set().get("impatience"), shipped, "the shipped one stays what it is");
    }
}
