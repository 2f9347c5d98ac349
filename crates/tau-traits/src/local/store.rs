//! The model files of this computer, each opened once however many conversations it plays in.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tau_decoder::EngineOptions;
use tokio::sync::Mutex as AsyncMutex;

use super::{LocalError, LocalModel};

/// A folder of model files.
///
/// A model stays open while anybody uses it, and the one that was opened last stays open after that, so
/// that listening to one line after the other does not load it each time.
pub struct LocalModels {
    folder: PathBuf,
    options: EngineOptions,
    open: Mutex<Open>,
    /// One model is read at a time: two at once would only fight over the disk and the memory.
    reading: AsyncMutex<()>,
}

#[derive(Default)]
struct Open {
    all: HashMap<String, Weak<LocalModel>>,
    last: Option<Arc<LocalModel>>,
}

impl LocalModels {
    /// The models in `folder`, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        LocalModels::with_options(folder, EngineOptions::default())
    }

    /// The same with other options than usual.
    pub fn with_options(folder: PathBuf, options: EngineOptions) -> Self {
        LocalModels { folder, options, open: Mutex::default(), reading: AsyncMutex::default() }
    }

    /// Where the files lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of a model file.
    ///
    /// # Errors
    /// When there is no such file, or the name is more than a name.
    pub fn path(&self, file_name: &str) -> Result<PathBuf, LocalError> {
        let mut parts = Path::new(file_name).components();
        let plain = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
        let path = self.folder.join(file_name);
        if plain && path.is_file() {
            return Ok(path);
        }
        let (name, folder) = (file_name.to_owned(), self.folder.clone());
        Err(LocalError::NoSuchModel { name, folder })
    }

    /// The model of this file, opened when it is not.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be used.
    pub async fn open(&self, file_name: &str) -> Result<Arc<LocalModel>, LocalError> {
        let path = self.path(file_name)?;
        if let Some(model) = self.opened(file_name) {
            return Ok(model);
        }
        let _one_at_a_time = self.reading.lock().await;
        if let Some(model) = self.opened(file_name) {
            return Ok(model);
        }
        // Room first: the last model is given up when nobody else holds it.
        self.held().last = None;
        let options = self.options.clone();
        let opened = tokio::task::spawn_blocking(move || LocalModel::open(&path, &options)).await;
        let model = Arc::new(opened.map_err(|error| LocalError::Stopped(error.to_string()))??);
        let mut open = self.held();
        open.all.insert(file_name.to_owned(), Arc::downgrade(&model));
        open.last = Some(model.clone());
        Ok(model)
    }

    /// Lets go of a model, for instance before its file is removed. Conversations that use it go on.
    pub fn close(&self, file_name: &str) {
        let mut open = self.held();
        let closed = open.all.remove(file_name);
        if let (Some(closed), Some(last)) = (closed, &open.last)
            && std::ptr::eq(closed.as_ptr(), Arc::as_ptr(last))
        {
            open.last = None;
        }
    }

    fn opened(&self, file_name: &str) -> Option<Arc<LocalModel>> {
        let mut open = self.held();
        let model = open.all.get(file_name)?.upgrade()?;
        open.last = Some(model.clone());
        Some(model)
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_model_is_opened_by_its_name_in_the_folder_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("models");
        std::fs::create_dir(&inside).unwrap();
        std::fs::write(folder.path().join("secret.gguf"), "x").unwrap();
        std::fs::write(inside.join("broken.gguf"), "no model").unwrap();
        let models = LocalModels::new(inside);
        let absolute = folder.path().join("secret.gguf");
        for name in ["missing.gguf", "../secret.gguf", "", ".", &absolute.to_string_lossy()] {
            let error = models.open(name).await.err().unwrap();
            assert!(matches!(error, LocalError::NoSuchModel { .. }), "{name}: {error}");
        }
        let error = models.open("broken.gguf").await.err().unwrap();
        assert!(matches!(error, LocalError::Decoder(_)), "{error}");
    }
}
