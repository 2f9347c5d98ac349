//! The list of models that the app knows, `data/models.toml`.

use std::path::Path;

use serde::Deserialize;
use tau_packs::Parcel;

/// The list's name below the shipped data.
const FILE: &str = "models.toml";
/// The list of this version.
const OURS: &str = include_str!("../../../../../data/models.toml");

/// A model that can be fetched from its public host.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recommended {
    /// What a person calls it.
    pub name: String,
    /// The file's name, which is also its id.
    pub file: String,
    /// Where it is fetched from.
    pub address: String,
    /// Its licence.
    pub licence: String,
    /// Where that can be read.
    pub licence_page: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hex; `None` leaves it to the host to say.
    #[serde(default)]
    pub sha256: Option<String>,
    /// What it is good for, in a sentence or two.
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    model: Vec<Recommended>,
}

impl Recommended {
    /// As the fetcher knows it.
    pub(super) fn parcel(&self) -> Parcel {
        Parcel {
            file: self.file.clone(),
            address: self.address.clone(),
            sha256: self.sha256.clone(),
        }
    }

    /// Whether the list was changed to name a copy on this machine.
    pub(super) fn is_here(&self) -> bool {
        self.address.starts_with("http://127.0.0.1:")
    }
}

/// The list below `shipped`, where one is, else the one of this version. A list that cannot be read
/// leaves the person's own files to choose from.
pub(super) fn recommended(shipped: &Path) -> Vec<Recommended> {
    let path = shipped.join(FILE);
    let text = std::fs::read_to_string(&path);
    let read: Result<File, toml::de::Error> = toml::from_str(text.as_deref().unwrap_or(OURS));
    match read {
        Ok(File { model }) => model,
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "the list of models cannot be read");
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_model_of_the_list_has_its_licence_size_and_a_public_address() {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
        let list = recommended(&shipped);
        assert!(list.len() >= 7, "{}", list.len());
        let mut files = HashSet::new();
        for model in &list {
            assert!(files.insert(&model.file), "{} is there twice", model.file);
            assert!(model.address.starts_with("https://huggingface.co/"), "{}", model.address);
            assert!(model.address.ends_with(&format!("/{}", model.file)), "{}", model.address);
            assert!(model.licence_page.starts_with("https://") && !model.licence.is_empty());
            assert!((100_000_000..8_000_000_000).contains(&model.bytes), "{}", model.file);
            let hex = |sum: &String| sum.len() == 64 && sum.bytes().all(|c| c.is_ascii_hexdigit());
            assert!(model.sha256.as_ref().is_none_or(hex), "{}", model.file);
            assert!(model.note.ends_with('.'), "{}", model.file);
        }
        let pinned = list.iter().filter(|model| model.sha256.is_some()).count();
        assert!(pinned >= 6, "most are pinned by their checksum: {pinned}");
    }

    #[test]
    fn without_a_list_there_is_ours_and_a_broken_one_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        assert!(recommended(folder.path()).len() >= 7);
        std::fs::write(folder.path().join(FILE), "[[model]]\nname = 3").unwrap();
        assert!(recommended(folder.path()).is_empty());
    }
}
