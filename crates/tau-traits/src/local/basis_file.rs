//! The file of a basis: safetensors, with its provenance in the header.
//!
//! `residual_norm` holds one number a layer; for each trait `<id>.direction` holds (layers, width) unit
//! vectors and `<id>.stats` (layers, 5) the columns gap, auc, d_prime, less, more. The header's
//! metadata says of what model this is true. A file that does not fit the model it lies beside is
//! refused: directions of another model would steer, only not where the slider says.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::de::DeserializeOwned;

use super::LocalError;
use super::basis::{Provenance, Record, Stats, TraitBasis, TraitDirections};

/// The format that is written and read.
pub(crate) const FORMAT: &str = "trait-basis/1";

const STATS: &str = "gap,auc,d_prime,less,more";

/// The basis that belongs to a model file: beside it, with `.traits.safetensors` for `.gguf`.
pub fn basis_path(model: &Path) -> PathBuf {
    model.with_extension("traits.safetensors")
}

impl TraitBasis {
    /// The file's bytes.
    ///
    /// # Errors
    /// When directions and residual norms do not have the same shape.
    pub fn to_bytes(&self) -> Result<Vec<u8>, LocalError> {
        let damaged = |reason: String| LocalError::NotABasis { path: PathBuf::new(), reason };
        let mut metadata = HashMap::from([
            ("format".to_owned(), FORMAT.to_owned()),
            ("stats".to_owned(), STATS.to_owned()),
            ("layer".to_owned(), json(&self.layer)?),
            ("provenance".to_owned(), json(&self.provenance)?),
        ]);
        let layers = self.layers();
        let mut tensors: BTreeMap<String, (Vec<usize>, Vec<u8>)> = BTreeMap::new();
        tensors.insert(
            "residual_norm".to_owned(),
            (vec![layers], bytes(self.residual_norm.iter().copied())),
        );
        for (id, known) in &self.traits {
            let width = known.units.first().map_or(0, Vec::len);
            let shape = vec![known.units.len(), width];
            let data = bytes(known.units.iter().flatten().copied());
            tensors.insert(format!("{id}.direction"), (shape, data));
            if !known.stats.is_empty() {
                let data = bytes(known.stats.iter().flat_map(Stats::row));
                let shape = vec![known.stats.len(), Stats::COLUMNS];
                tensors.insert(format!("{id}.stats"), (shape, data));
            }
            metadata.insert(format!("trait.{id}"), json(&known.record)?);
        }
        let views: Result<Vec<_>, LocalError> = tensors
            .iter()
            .map(|(name, (shape, data))| {
                let view = TensorView::new(Dtype::F32, shape.clone(), data)
                    .map_err(|error| damaged(format!("{name}: {error}")))?;
                Ok((name.as_str(), view))
            })
            .collect();
        safetensors::serialize(views?, Some(metadata)).map_err(|error| damaged(error.to_string()))
    }

    /// Reads a basis for a model of `layers` and `width`, whose file has this SHA-256. `path` and
    /// `model` name them in errors.
    ///
    /// # Errors
    /// When the file is none, is damaged, has another format, or belongs to another model.
    pub fn from_bytes(
        data: &[u8],
        path: &Path,
        model: &str,
        sha256: &str,
        layers: usize,
        width: usize,
    ) -> Result<TraitBasis, LocalError> {
        let damaged = |reason: String| LocalError::NotABasis { path: path.to_owned(), reason };
        let file = SafeTensors::deserialize(data).map_err(|error| damaged(error.to_string()))?;
        let (_, header) =
            SafeTensors::read_metadata(data).map_err(|error| damaged(error.to_string()))?;
        let metadata = header.metadata().clone().unwrap_or_default();
        let format = metadata.get("format").cloned().unwrap_or_default();
        if format != FORMAT {
            if !format.starts_with("trait-basis/") {
                return Err(damaged("it has no directions of traits".to_owned()));
            }
            let (path, expected) = (path.to_owned(), FORMAT);
            return Err(LocalError::OtherFormat { path, found: format, expected });
        }
        let provenance: Provenance = field(&metadata, "provenance").map_err(damaged)?;
        if provenance.model_sha256 != sha256 {
            return Err(LocalError::OtherModel {
                path: path.to_owned(),
                basis_model: provenance.model_name,
                this_model: model.to_owned(),
            });
        }
        let residual_norm = numbers(&file, "residual_norm", &[layers]).map_err(damaged)?;
        let layer: Option<usize> = field(&metadata, "layer").map_err(damaged)?;
        if layer.is_some_and(|layer| layer >= layers) {
            return Err(damaged(format!("it steers a layer that is not there ({layer:?})")));
        }
        let mut traits = BTreeMap::new();
        for name in file.names() {
            let Some(id) = name.strip_suffix(".direction") else { continue };
            let found = file.tensor(name).map_err(|error| damaged(error.to_string()))?;
            if found.shape() != [layers, width] {
                let shape = (
                    found.shape().first().copied().unwrap_or(0),
                    found.shape().get(1).copied().unwrap_or(0),
                );
                return Err(LocalError::WrongShape {
                    trait_id: id.to_owned(),
                    found: shape,
                    expected: (layers, width),
                });
            }
            let units = numbers(&file, name, &[layers, width]).map_err(damaged)?;
            let stats_name = format!("{id}.stats");
            let stats = if file.tensor(&stats_name).is_ok() {
                numbers(&file, &stats_name, &[layers, Stats::COLUMNS]).map_err(damaged)?
            } else {
                Vec::new()
            };
            let record: Record = field(&metadata, &format!("trait.{id}")).map_err(damaged)?;
            let (rows, _) = stats.as_chunks::<{ Stats::COLUMNS }>();
            let known = TraitDirections {
                units: units.chunks(width.max(1)).map(<[f32]>::to_vec).collect(),
                stats: rows.iter().map(|row| Stats::of_row(*row)).collect(),
                record,
            };
            traits.insert(id.to_owned(), known);
        }
        Ok(TraitBasis { provenance, layer, residual_norm, traits })
    }

    /// Writes the file whole, or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), LocalError> {
        let data = self.to_bytes()?;
        let beside = path.with_extension("safetensors.part");
        let written = || -> io::Result<()> {
            let mut file = File::create(&beside)?;
            file.write_all(&data)?;
            file.sync_all()?;
            fs::rename(&beside, path)
        };
        written().map_err(|source| {
            let _ = fs::remove_file(&beside);
            LocalError::File { path: path.to_owned(), source }
        })
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, LocalError> {
    serde_json::to_string(value)
        .map_err(|error| LocalError::NotABasis { path: PathBuf::new(), reason: error.to_string() })
}

fn field<T: DeserializeOwned>(metadata: &HashMap<String, String>, name: &str) -> Result<T, String> {
    let text = metadata.get(name).ok_or_else(|| format!("it says nothing of {name}"))?;
    serde_json::from_str(text).map_err(|error| format!("{name}: {error}"))
}

fn bytes(numbers: impl Iterator<Item = f32>) -> Vec<u8> {
    numbers.flat_map(f32::to_le_bytes).collect()
}

/// The numbers of a tensor of this shape; all of them finite.
fn numbers(file: &SafeTensors<'_>, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
    let tensor = file.tensor(name).map_err(|error| error.to_string())?;
    if tensor.dtype() != Dtype::F32 || tensor.shape() != shape {
        return Err(format!(
            "{name} is {:?} {:?} and should be F32 {shape:?}",
            tensor.dtype(),
            tensor.shape()
        ));
    }
    let (words, _) = tensor.data().as_chunks::<4>();
    let numbers: Vec<f32> = words.iter().map(|word| f32::from_le_bytes(*word)).collect();
    if numbers.iter().any(|number| !number.is_finite()) {
        return Err(format!("{name} holds something that is no number"));
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::basis::Source;
    use crate::local::testing::basis;

    fn sample() -> TraitBasis {
        let mut sample =
            basis(&[("impatience", [1.0, 0.0, 0.0], 0.4), ("skeptical", [0.0, 0.6, 0.8], 0.3)]);
        // One of the two came from elsewhere: nothing was measured about it.
        if let Some(known) = sample.traits.get_mut("skeptical") {
            known.stats.clear();
            known.record.source = Source::ControlVector;
            known.record.curve = None;
        }
        sample
    }

    fn read(data: &[u8], sha256: &str, layers: usize, width: usize) -> Result<TraitBasis, String> {
        let path = Path::new("small.traits.safetensors");
        TraitBasis::from_bytes(data, path, "small", sha256, layers, width)
            .map_err(|error| error.to_string())
    }

    /// The same file with its metadata changed.
    fn with_metadata(change: impl Fn(&mut HashMap<String, String>)) -> Vec<u8> {
        let data = sample().to_bytes().unwrap();
        let file = SafeTensors::deserialize(&data).unwrap();
        let (_, header) = SafeTensors::read_metadata(&data).unwrap();
        let mut metadata = header.metadata().clone().unwrap();
        change(&mut metadata);
        safetensors::serialize(file.tensors(), Some(metadata)).unwrap()
    }

    #[test]
    fn a_basis_reads_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = basis_path(&folder.path().join("small.Q4.gguf"));
        assert_eq!(path.file_name().unwrap(), "small.Q4.traits.safetensors");
        let sample = sample();
        sample.save(&path).unwrap();
        sample.save(&path).unwrap();
        let data = fs::read(&path).unwrap();
        assert_eq!(read(&data, &"a".repeat(64), 2, 3).unwrap(), sample);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_basis_of_another_model_is_refused_with_both_names() {
        let data = sample().to_bytes().unwrap();
        let error = read(&data, &"b".repeat(64), 2, 3).unwrap_err();
        assert!(error.contains("planted") && error.contains("calibrate small"), "{error}");
    }

    #[test]
    fn directions_of_another_shape_are_refused() {
        let data = sample().to_bytes().unwrap();
        assert!(read(&data, &"a".repeat(64), 3, 3).is_err());
        let error = read(&data, &"a".repeat(64), 2, 4).unwrap_err();
        assert!(error.contains("(2, 3)") && error.contains("(2, 4)"), "{error}");
    }

    #[test]
    fn another_version_of_the_format_is_refused_and_says_what_to_do() {
        let newer = with_metadata(|metadata| {
            metadata.insert("format".into(), "trait-basis/2".into());
        });
        let error = read(&newer, &"a".repeat(64), 2, 3).unwrap_err();
        assert!(error.contains("trait-basis/2") && error.contains("update the app"), "{error}");
    }

    #[test]
    fn what_is_no_basis_or_a_damaged_one_is_refused() {
        let data = sample().to_bytes().unwrap();
        let sha256 = "a".repeat(64);
        let other = with_metadata(|metadata| metadata.clear());
        let nameless = with_metadata(|metadata| {
            metadata.remove("trait.impatience");
        });
        let beyond = with_metadata(|metadata| {
            metadata.insert("layer".into(), "2".into());
        });
        let mut endless = data.clone();
        let end = endless.len();
        endless[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
        for broken in
            [&b"GGUF"[..], b"", &data[..data.len() - 1], &other, &nameless, &beyond, &endless]
        {
            let error = read(broken, &sha256, 2, 3).unwrap_err();
            assert!(error.contains("calibrate the model again"), "{error}");
        }
    }
}
