//! Directions of models on this computer, read without opening the models, and remembered until their
//! files change.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tau_traits::local::{TraitBasis, basis_path};

use super::shelf::Record;

/// A model's directions; `None` before the first calibration, and a reason when they must not be used.
pub(crate) type Known = Result<Option<Arc<TraitBasis>>, String>;

/// What was read, by model file.
#[derive(Default)]
pub(crate) struct Bases(Mutex<HashMap<String, (SystemTime, Known)>>);

impl Bases {
    /// The directions beside the model `file` in `folder`, which `record` is about.
    pub(super) fn of(&self, folder: &Path, file: &str, record: &Record) -> Known {
        let path = basis_path(&folder.join(file));
        let Ok(changed) = std::fs::metadata(&path).and_then(|meta| meta.modified()) else {
            return Ok(None);
        };
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((when, known)) = read.get(file)
            && *when == changed
        {
            return known.clone();
        }
        let known = std::fs::read(&path)
            .map_err(|error| error.to_string())
            .and_then(|data| {
                let (name, sum) = (&record.name, &record.sha256);
                TraitBasis::from_bytes(&data, &path, name, sum, record.layers, record.width)
                    .map_err(|error| error.to_string())
            })
            .map(|basis| Some(Arc::new(basis)));
        read.insert(file.to_owned(), (changed, known.clone()));
        known
    }
}
