//! One model file: the engine that runs it, and the basis that lies beside it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tau_decoder::{Engine, EngineOptions, ModelInfo};
use tokio_util::sync::CancellationToken;

use super::basis::Provenance;
use super::calibrate::{Measured, calibrate, measured};
use super::frame::frame_sha256;
use super::lines::{NeutralLines, Reader};
use super::{LocalError, NEUTRAL, SteeredModel, Step, TraitBasis, basis_path};
use crate::{Trait, TraitMix};

/// What runs models, as a basis records it.
const ENGINE: &str = concat!("tau-decoder ", env!("CARGO_PKG_VERSION"));

/// An open model with its trait directions.
pub struct LocalModel {
    path: PathBuf,
    engine: Arc<Engine>,
    basis: RwLock<Known>,
}

/// What lies beside the model file.
#[derive(Clone)]
enum Known {
    Nothing,
    Basis(Arc<TraitBasis>),
    /// A file that must not be used, and why.
    Refused(String),
}

impl LocalModel {
    /// Opens a model file, and the basis beside it where there is one. Blocks while weights are read.
    ///
    /// A basis that does not fit is no reason not to open the model: it says why in
    /// [`LocalModel::refused`], and calibrating replaces it.
    ///
    /// # Errors
    /// When the model cannot be used.
    pub fn open(path: &Path, options: &EngineOptions) -> Result<LocalModel, LocalError> {
        let engine = Engine::start(path, options)?;
        let model =
            LocalModel { path: path.to_owned(), engine, basis: RwLock::new(Known::Nothing) };
        let known = match model.read_basis() {
            Ok(None) => Known::Nothing,
            Ok(Some(basis)) => Known::Basis(Arc::new(basis)),
            Err(error) => Known::Refused(error.to_string()),
        };
        model.set(known);
        Ok(model)
    }

    /// Facts about the model.
    pub fn info(&self) -> &ModelInfo {
        self.engine.info()
    }

    /// The model file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What runs it.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Its trait directions; `None` before the first calibration.
    pub fn basis(&self) -> Option<Arc<TraitBasis>> {
        match self.known() {
            Known::Basis(basis) => Some(basis),
            _ => None,
        }
    }

    /// Why the basis beside the model is not used; `None` when it is, or there is none.
    pub fn refused(&self) -> Option<String> {
        match self.known() {
            Known::Refused(why) => Some(why),
            _ => None,
        }
    }

    /// The model with the traits of a mix. The baseline needs no basis and is not steered.
    ///
    /// # Errors
    /// When a trait of the mix has no measured strength in this model.
    pub fn steered(self: &Arc<Self>, mix: &TraitMix) -> Result<SteeredModel, LocalError> {
        let injection = match (self.known(), mix.active().next()) {
            (_, None) => None,
            (Known::Basis(basis), _) => basis.compose(mix)?,
            (Known::Refused(why), _) => return Err(LocalError::Refused(why)),
            (Known::Nothing, Some((id, _))) => {
                return Err(LocalError::Uncalibrated {
                    model: self.info().name.clone(),
                    trait_id: id.to_owned(),
                });
            }
        };
        Ok(SteeredModel::new(self.clone(), injection))
    }

    /// How much of each trait a line shows to this model, whoever wrote it: read unsteered, as an answer to
    /// the agent's line, on the scale of [`TraitBasis::projection`]. Empty without a basis.
    ///
    /// # Errors
    /// When the model cannot read the line.
    pub async fn read_out(
        &self,
        text: &str,
        agent_line: &str,
    ) -> Result<BTreeMap<String, f64>, LocalError> {
        let Some(basis) = self.basis() else { return Ok(BTreeMap::new()) };
        let Some(layer) = basis.layer else { return Ok(BTreeMap::new()) };
        let (reader, text, agent) =
            (Reader::new(self.engine.clone()), text.to_owned(), agent_line.to_owned());
        let read = blocking(move || {
            let reply = reader.reply("(any)", text.trim())?;
            let mut prompts = reader.prompts(&[&agent])?;
            reader.means(&mut prompts, &[reply])
        })
        .await?;
        let captured = read.first().and_then(|read| read.layers.get(layer));
        Ok(captured.map(|at| basis.projections(&at.mean)).unwrap_or_default())
    }

    /// Measures directions, layer and strengths for `traits`, keeps them and writes them beside the
    /// model. It takes minutes; conversations on the same model go on meanwhile, more slowly.
    ///
    /// What is known of other traits stays, and with it the layer. `made_at` is the time (RFC 3339) that
    /// the basis records; `progress` hears of each step.
    ///
    /// # Errors
    /// When a trait has too few pairs, no trait shows an effect, the file cannot be written, or `stop` was
    /// called; what was known before stays then.
    pub async fn calibrate(
        &self,
        traits: &[&Trait],
        made_at: &str,
        mut progress: impl FnMut(Step) + Send + 'static,
        stop: &CancellationToken,
    ) -> Result<Arc<TraitBasis>, LocalError> {
        let traits: Vec<Trait> = traits.iter().map(|one| (*one).clone()).collect();
        let (engine, old, stop) = (self.engine.clone(), self.basis(), stop.clone());
        let provenance = self.provenance(made_at);
        let basis = blocking(move || {
            let traits: Vec<&Trait> = traits.iter().collect();
            calibrate(&engine, old.as_deref(), &traits, provenance?, &mut progress, &stop)
        })
        .await?;
        self.keep(basis)
    }

    /// What a mix does to the held-out pairs of one of its traits, or of another trait, and to neutral
    /// lines; `None` for the baseline, which does nothing.
    ///
    /// # Errors
    /// When a trait of the mix has no measured strength, or the trait too few pairs.
    pub async fn measure(
        self: &Arc<Self>,
        mix: &TraitMix,
        one: &Trait,
    ) -> Result<Option<Measured>, LocalError> {
        let steered = self.steered(mix)?;
        let Some(injection) = steered.injection().cloned() else { return Ok(None) };
        let (reader, one) = (Reader::new(self.engine.clone()), one.clone());
        blocking(move || measured(&reader, &one, &injection).map(Some)).await
    }

    /// A basis without traits for this model: where it is from, and its residual norms.
    pub(super) async fn empty_basis(&self, made_at: &str) -> Result<TraitBasis, LocalError> {
        let reader = Reader::new(self.engine.clone());
        let provenance = self.provenance(made_at);
        blocking(move || {
            let norm = NeutralLines::new(&reader, &NEUTRAL)?.residual_norm(&reader)?;
            Ok(TraitBasis::empty(provenance?, norm))
        })
        .await
    }

    /// Writes a basis beside the model and uses it from now on.
    pub(super) fn keep(&self, basis: TraitBasis) -> Result<Arc<TraitBasis>, LocalError> {
        basis.save(&basis_path(&self.path))?;
        let basis = Arc::new(basis);
        self.set(Known::Basis(basis.clone()));
        Ok(basis)
    }

    fn provenance(&self, made_at: &str) -> Result<Provenance, LocalError> {
        let info = self.info();
        Ok(Provenance {
            model_sha256: info.sha256()?.to_owned(),
            model_name: info.name.clone(),
            arch: info.arch.clone(),
            quantization: info.quantization.clone(),
            template_sha256: self.engine.text().template_sha256().unwrap_or_default().to_owned(),
            frame_sha256: frame_sha256(),
            engine: ENGINE.to_owned(),
            made_at: made_at.to_owned(),
        })
    }

    fn read_basis(&self) -> Result<Option<TraitBasis>, LocalError> {
        let path = basis_path(&self.path);
        let data = match fs::read(&path) {
            Ok(data) => data,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(LocalError::File { path, source }),
        };
        let info = self.info();
        let sha256 = info.sha256()?;
        TraitBasis::from_bytes(&data, &path, &info.name, sha256, info.layers, info.width).map(Some)
    }

    fn known(&self) -> Known {
        self.basis.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, known: Known) {
        *self.basis.write().unwrap_or_else(PoisonError::into_inner) = known;
    }
}

/// Runs work that waits for the engine away from threads that must not wait.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LocalError> + Send + 'static,
) -> Result<T, LocalError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| LocalError::Stopped(error.to_string()))?
}
