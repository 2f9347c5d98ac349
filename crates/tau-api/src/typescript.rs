//! The interface's view of this room: TypeScript made from the commands and types.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use tau_domain::Outcome;
use ts_rs::{Config, TS, TypeVisitor};

use crate::{ApiError, commands, types::Tick};

/// What the command list shows of itself.
pub(crate) trait CommandVisitor {
    /// A command begins.
    fn command(&mut self, name: &str, doc: &str);
    /// An argument of it.
    fn argument<T: TS + 'static>(&mut self, name: &str);
    /// What it returns; the command ends.
    fn result<T: TS + 'static>(&mut self);
}

/// The whole generated file.
pub fn typescript() -> String {
    let mut writer = Writer::default();
    commands::describe(&mut writer);
    writer.types.add::<ApiError>();
    writer.types.add::<Tick>();
    format!(
        "// Generated from crates/tau-api by `UPDATE_TYPES=1 cargo test -p tau-api`. Do not edit.\n\n\
         /** What became of one conversation. */\nexport type Outcome = {outcomes};\n\n\
         {types}\n/** Every command: its arguments and its result. */\nexport interface Commands {{\n{commands}}}\n",
        outcomes = outcomes(),
        types = writer.types.text(),
        commands = writer.commands,
    )
}

/// `Outcome` lives below the boundary, in a room that knows no TypeScript.
fn outcomes() -> String {
    [Outcome::Passed, Outcome::Failed, Outcome::NotScored, Outcome::Pending, Outcome::Running]
        .iter()
        .map(|outcome| serde_json::json!(outcome).to_string())
        .collect::<Vec<_>>()
        .join(" | ")
}

#[derive(Default)]
struct Writer {
    commands: String,
    arguments: Vec<String>,
    types: Types,
}

impl CommandVisitor for Writer {
    fn command(&mut self, name: &str, doc: &str) {
        let doc = doc.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(self.commands, "  /** {doc} */\n  {name}: ");
        self.arguments.clear();
    }

    fn argument<T: TS + 'static>(&mut self, name: &str) {
        self.types.add::<T>();
        self.arguments.push(format!("{name}: {}", T::name(&Config::default())));
    }

    fn result<T: TS + 'static>(&mut self) {
        self.types.add::<T>();
        let arguments = match self.arguments.as_slice() {
            [] => "Record<string, never>".to_owned(),
            some => format!("{{ {} }}", some.join("; ")),
        };
        let result = T::name(&Config::default());
        let _ = writeln!(self.commands, "{{ arguments: {arguments}; result: {result} }};");
    }
}

/// The types met so far, by name: the order in which they are met differs from build to build.
#[derive(Default)]
struct Types {
    seen: HashSet<TypeId>,
    declared: BTreeMap<String, String>,
}

impl Types {
    fn text(&self) -> String {
        self.declared.values().map(|declaration| format!("{declaration}\n")).collect()
    }

    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.insert(TypeId::of::<T>()) {
            T::visit_dependencies(self);
            if T::output_path().is_some() {
                let config = Config::default();
                let docs =
                    T::docs().map(|docs| format!("{}\n", docs.trim_end())).unwrap_or_default();
                let declaration = format!("{docs}export {}\n", T::decl(&config));
                self.declared.insert(T::name(&config), declaration);
            }
        }
        T::visit_generics(self);
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_is_written_against_the_commands_of_this_version() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/api/generated.ts");
        let fresh = typescript();
        if std::env::var_os("UPDATE_TYPES").is_some() {
            std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
            std::fs::write(path, &fresh).unwrap();
        }
        let stored = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            stored == fresh,
            "ui/src/lib/api/generated.ts is out of date: run UPDATE_TYPES=1 cargo test -p tau-api"
        );
    }
}
