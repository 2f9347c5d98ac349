//! The immutable data of one domain, shared by all its episodes.

use crate::error::JsonError;
use crate::hash::Canon;
use crate::json::{self, Sink};
use crate::value::{FixedState, Key, Map, Value};
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

/// The parsed tables of a domain: an arena of lists and dicts with interned strings.
pub struct Base {
    pub(crate) lists: Vec<Vec<Value>>,
    pub(crate) dicts: Vec<Map>,
    /// The container that holds each list or dict; a JSON document is a tree, so there is one.
    pub(crate) list_parent: Vec<Option<Container>>,
    pub(crate) dict_parent: Vec<Option<Container>>,
    pub(crate) root: u32,
    canon: OnceLock<Canon>,
}

/// A list or dict of the base by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Container {
    List(u32),
    Dict(u32),
}

impl Base {
    /// Reads the tables in order; the root is a dict from table name to parsed JSON.
    ///
    /// # Errors
    /// The first table that is not JSON as Python's `json.loads` understands it.
    pub fn from_json_tables(tables: &[(String, String)]) -> Result<Base, JsonError> {
        let mut builder = Builder::default();
        let mut root = Map::default();
        for (name, text) in tables {
            let value = json::read(text, &mut builder)?;
            root.insert(Key(Value::Str(builder.text(name))), value);
        }
        builder.dicts.push(root);
        Ok(builder.finish())
    }

    /// The v1 hash of the untouched data.
    pub fn state_hash(&self) -> String {
        self.canon().hash.clone()
    }

    pub(crate) fn canon(&self) -> &Canon {
        self.canon.get_or_init(|| Canon::of(self))
    }
}

#[derive(Default)]
struct Builder {
    lists: Vec<Vec<Value>>,
    dicts: Vec<Map>,
    strings: HashSet<Arc<str>, FixedState>,
}

impl Sink for Builder {
    fn list(&mut self, items: Vec<Value>) -> Result<Value, JsonError> {
        self.lists.push(items);
        Ok(Value::List(self.lists.len() as u32 - 1))
    }

    fn dict(&mut self, entries: Map) -> Result<Value, JsonError> {
        self.dicts.push(entries);
        Ok(Value::Dict(self.dicts.len() as u32 - 1))
    }

    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.strings.get(text) {
            return known.clone();
        }
        let new: Arc<str> = text.into();
        self.strings.insert(new.clone());
        new
    }
}

impl Builder {
    fn finish(self) -> Base {
        let mut list_parent = vec![None; self.lists.len()];
        let mut dict_parent = vec![None; self.dicts.len()];
        let mut note = |child: &Value, parent: Container| match child {
            Value::List(id) => list_parent[*id as usize] = Some(parent),
            Value::Dict(id) => dict_parent[*id as usize] = Some(parent),
            _ => {}
        };
        for (id, list) in self.lists.iter().enumerate() {
            list.iter().for_each(|item| note(item, Container::List(id as u32)));
        }
        for (id, dict) in self.dicts.iter().enumerate() {
            dict.values().for_each(|item| note(item, Container::Dict(id as u32)));
        }
        Base {
            root: self.dicts.len() as u32 - 1,
            lists: self.lists,
            dicts: self.dicts,
            list_parent,
            dict_parent,
            canon: OnceLock::new(),
        }
    }
}
