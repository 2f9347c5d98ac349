//! Opening a pack folder as a domain.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tau_domain::{Domain, DomainId, GoldStates, ToolSpec};
use tau_python::{Base, Limits, ModuleSource, Part, Program};

use crate::error::{Fault, PackError};
use crate::format::{self, Manifest, ToolTable};
use crate::library::source_info;
use crate::tool_defs::{self, TOOLS_FILE};

/// The file that lists an imported pack's tools.
pub const TOOL_TABLE: &str = "tools.json";

/// Opens the pack in `dir`.
///
/// # Errors
/// The first file that is missing or not as described; for tool code, everything that is wrong in it.
pub fn open_pack(dir: &Path) -> Result<Domain, PackError> {
    let manifest = format::read_manifest(dir)?;
    let invalid = |message: String| PackError::invalid(&dir.join("pack.toml"), None, message);
    let id = match &manifest.source {
        Some(source) => DomainId::imported(&source.name, &manifest.id),
        None => DomainId::shipped(&manifest.id),
    };
    let id = id.map_err(|e| invalid(e.to_string()))?;
    if !tau_domain::is_clock(&manifest.clock) {
        return Err(invalid(format!("clock {:?} is not YYYY-MM-DDTHH:MM:SS", manifest.clock)));
    }
    let tables = format::read_tables(dir, &manifest.tables)?;
    let base = load_base(dir, &tables)?;
    let (tools, targets, program) = open_tools(dir)?;
    let policy = format::read_text(&dir.join("policy.md"))?;
    let tasks = format::read_tasks(dir)?
        .into_iter()
        .map(|(split, tasks)| (split, tasks.into_iter().map(|(_, task)| task).collect()))
        .collect();
    Ok(Domain {
        id,
        title: manifest.title.clone(),
        description: manifest.description.clone(),
        version: manifest.version.clone(),
        source: source_info(&manifest),
        policy,
        tools,
        targets,
        terminate_tools: manifest.terminate_tools.clone(),
        tasks,
        default_split: manifest.default_split,
        clock: manifest.clock.clone(),
        rules: format::read_rules(dir)?,
        base: Arc::new(base),
        program: Arc::new(program),
        limits: limits(&manifest),
        fingerprint: fingerprint(dir)?,
        gold: GoldStates::default(),
    })
}

fn load_base(dir: &Path, tables: &[(String, String)]) -> Result<Base, PackError> {
    // One by one first, to be able to name the file.
    Base::from_json_tables(tables).map_err(|error| {
        let file = tables
            .iter()
            .find(|table| Base::from_json_tables(std::slice::from_ref(table)).is_err())
            .map_or_else(|| "db".to_owned(), |(name, _)| format!("db/{name}.json"));
        PackError::invalid(&dir.join(file), None, error.to_string())
    })
}

fn limits(manifest: &Manifest) -> Limits {
    let mut limits = Limits::default();
    // A pack may ask for less than the usual limits, never for more.
    if let Some(steps) = manifest.budgets.steps {
        limits.steps = limits.steps.min(steps);
    }
    if let Some(bytes) = manifest.budgets.memory_bytes {
        limits.memory_bytes = limits.memory_bytes.min(bytes as usize);
    }
    limits
}

type OpenedTools = (Vec<ToolSpec>, HashMap<String, String>, Program);

fn open_tools(dir: &Path) -> Result<OpenedTools, PackError> {
    let table_path = dir.join(TOOL_TABLE);
    if table_path.exists() {
        return open_imported_tools(dir, &table_path);
    }
    let text = format::read_text(&dir.join(TOOLS_FILE))?;
    let defs = tool_defs::read_tools(&text).map_err(PackError::Tools)?;
    let name = TOOLS_FILE.trim_end_matches(".py");
    let source = ModuleSource {
        name: name.to_owned(),
        file: TOOLS_FILE.to_owned(),
        text,
        part: Part::Whole,
    };
    let program = compile(&[source])?;
    let targets = defs
        .iter()
        .map(|tool| (tool.spec.name.clone(), format!("{name}.{}", tool.spec.name)))
        .collect();
    Ok((defs.into_iter().map(|tool| tool.spec).collect(), targets, program))
}

fn open_imported_tools(dir: &Path, table_path: &Path) -> Result<OpenedTools, PackError> {
    let table: ToolTable = serde_json::from_str(&format::read_text(table_path)?)
        .map_err(|e| PackError::invalid(table_path, Some(e.line() as u32), e.to_string()))?;
    let mut modules = Vec::new();
    for module in table.modules {
        if module.file.split('/').any(|part| part == ".." || part.is_empty()) {
            let message = format!("module file {:?} is outside the pack", module.file);
            return Err(PackError::invalid(table_path, None, message));
        }
        let text = format::read_text(&dir.join(&module.file))?;
        modules.push(ModuleSource {
            name: module.name,
            file: module.file,
            text,
            part: Part::Whole,
        });
    }
    let program = compile(&modules)?;
    // Upstream keeps the tools in a dict by name: of two with one name the last is called.
    let targets =
        table.tools.iter().map(|tool| (tool.spec.name.clone(), tool.target.clone())).collect();
    Ok((table.tools.into_iter().map(|tool| tool.spec).collect(), targets, program))
}

/// Compiles tool code.
pub(crate) fn compile(modules: &[ModuleSource]) -> Result<Program, PackError> {
    Program::compile(modules).map_err(|errors| PackError::Tools(faults(errors)))
}

pub(crate) fn faults(errors: Vec<tau_python::LoadError>) -> Vec<Fault> {
    errors
        .into_iter()
        .map(|error| Fault { file: error.file, line: Some(error.line), reason: error.reason })
        .collect()
}

/// SHA-256 over names and contents of all files of the pack, in hex.
///
/// # Errors
/// When a file cannot be read.
pub fn fingerprint(dir: &Path) -> Result<String, PackError> {
    let mut files = Vec::new();
    list_files(dir, &mut files)?;
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        let name = file.strip_prefix(dir).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&file)
            .map_err(|source| PackError::Io { path: file.display().to_string(), source })?;
        // Lengths in between, so that no two different packs give the same sequence of bytes.
        hasher.update((name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
    }
    Ok(hex::encode(hasher.finalize()))
}

fn list_files(dir: &Path, files: &mut Vec<PathBuf>) -> Result<(), PackError> {
    let unreadable = |source| PackError::Io { path: dir.display().to_string(), source };
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() {
            list_files(&entry.path(), files)?;
        } else if kind.is_file() && files.len() < 10_000 {
            files.push(entry.path());
        }
    }
    Ok(())
}
