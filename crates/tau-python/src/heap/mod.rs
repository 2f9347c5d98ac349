//! The heap of one episode: an overlay on a domain's immutable data.

mod arena;
mod base;

pub use base::Base;
pub(crate) use base::Container;

use crate::error::{Fault, JsonError, LimitKind, R, RenderError};
use crate::json::{self, Sink};
use crate::text;
use crate::value::{Elements, Key, Map, Value};
use crate::vm::Object;
use arena::Arena;
use std::sync::Arc;

/// What one list item or dict entry is counted as, in bytes.
pub(crate) const ITEM_BYTES: usize = 24;
pub(crate) const ENTRY_BYTES: usize = 72;

/// The state of one episode. Creating one costs a few allocations whatever the size of the base;
/// an object of the base is copied when it is first changed.
pub struct Heap {
    pub(crate) base: Arc<Base>,
    pub(crate) lists: Arena<Vec<Value>>,
    pub(crate) dicts: Arena<Map>,
    pub(crate) sets: Vec<Elements>,
    pub(crate) objects: Vec<Object>,
    pub(crate) cells: Vec<Value>,
    /// Module-level variables by program; see `vm::globals`.
    pub(crate) globals: Vec<(u64, Vec<Value>)>,
    /// The classes of the program that ran last.
    pub(crate) classes: Option<Arc<crate::program::Classes>>,
    /// Bytes allocated since the budget was set, and the most that may be.
    spent: usize,
    allowed: usize,
    /// The lowest numbers of objects made since the mark, and whether one may have been stored in an older object.
    mark: Mark,
    escaped: bool,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    lists: u32,
    dicts: u32,
    sets: u32,
    objects: u32,
    cells: u32,
}

impl Heap {
    /// An untouched overlay on `base`.
    pub fn new(base: Arc<Base>) -> Heap {
        let mut heap = Heap {
            lists: Arena::new(base.lists.len()),
            dicts: Arena::new(base.dicts.len()),
            sets: Vec::new(),
            objects: Vec::new(),
            cells: Vec::new(),
            globals: Vec::new(),
            classes: None,
            base,
            spent: 0,
            allowed: usize::MAX,
            mark: Mark::default(),
            escaped: false,
        };
        heap.set_mark();
        heap
    }

    /// Back to the base. Values obtained before are no longer valid.
    pub fn reset(&mut self) {
        self.lists.reset();
        self.dicts.reset();
        self.sets.clear();
        self.objects.clear();
        self.cells.clear();
        self.globals.clear();
        self.set_mark();
    }

    /// The dict of tables.
    pub fn root(&self) -> Value {
        Value::Dict(self.base.root)
    }

    /// Python's `json.loads`.
    ///
    /// # Errors
    /// With the text of Python's exception.
    pub fn read_json(&mut self, text: &str) -> Result<Value, JsonError> {
        let saved = std::mem::replace(&mut self.allowed, usize::MAX);
        let value = json::read(text, self);
        self.allowed = saved;
        value
    }

    /// Python's `json.dumps` with its defaults.
    ///
    /// # Errors
    /// The TypeError or ValueError Python would raise.
    pub fn json_dumps(&self, value: &Value) -> Result<String, RenderError> {
        json::dumps(self, value, &json::Style::default()).map_err(|fault| self.render_error(&fault))
    }

    /// Python's `str(value)`. Values nested beyond the limit end in `...`.
    pub fn str(&self, value: &Value) -> String {
        text::str_of(self, value).unwrap_or_else(|_| "...".into())
    }

    /// Python's `repr(value)`.
    pub fn repr(&self, value: &Value) -> String {
        text::repr_of(self, value).unwrap_or_else(|_| "...".into())
    }

    /// The entry of a dict under a string key; `None` when absent or when `value` is no dict.
    pub fn get(&self, value: &Value, key: &str) -> Option<Value> {
        match value {
            Value::Dict(id) => crate::value::map_get(self.dict(*id), key).cloned(),
            _ => None,
        }
    }

    /// The items of a list or tuple.
    pub fn items<'v>(&'v self, value: &'v Value) -> Option<&'v [Value]> {
        match value {
            Value::List(id) => Some(self.list(*id)),
            Value::Tuple(tuple) => Some(&tuple.items),
            _ => None,
        }
    }

    /// The entries of a dict, in order.
    pub fn entries(&self, value: &Value) -> Option<&Map> {
        match value {
            Value::Dict(id) => Some(self.dict(*id)),
            _ => None,
        }
    }

    /// The v1 state hash `sha256(str(to_hashable(root)))`. A state upstream could not hash (for
    /// example because it mixes key types) gives `error: ...`, which is equal to no hash.
    pub fn state_hash(&self) -> String {
        match crate::hash::state_hash(self) {
            Ok(hash) => hash,
            Err(fault) => {
                let error = self.render_error(&fault);
                format!("error: {}: {}", error.type_name, error.message)
            }
        }
    }

    pub(crate) fn render_error(&self, fault: &Fault) -> RenderError {
        match fault {
            Fault::Raised(raised) => RenderError {
                type_name: match raised.class {
                    crate::error::ExcClass::Builtin(kind) => kind.name().to_string(),
                    crate::error::ExcClass::User(_) => "Exception".to_string(),
                },
                message: text::exception_text(self, raised.class, &raised.args),
            },
            Fault::Limit(hit) => RenderError {
                type_name: "RecursionError".to_string(),
                message: hit.kind.to_string(),
            },
        }
    }

    #[inline]
    pub(crate) fn list(&self, id: u32) -> &Vec<Value> {
        self.lists.get(&self.base.lists, id)
    }

    #[inline]
    pub(crate) fn dict(&self, id: u32) -> &Map {
        self.dicts.get(&self.base.dicts, id)
    }

    pub(crate) fn set(&self, id: u32) -> &Elements {
        &self.sets[id as usize]
    }

    /// For changing a list. `stored` are the values that come in.
    pub(crate) fn list_mut(&mut self, id: u32, stored: &[Value]) -> &mut Vec<Value> {
        if id < self.mark.lists && stored.iter().any(holds_reference) {
            self.escaped = true;
        }
        self.lists.get_mut(&self.base.lists, id)
    }

    pub(crate) fn dict_mut(&mut self, id: u32, stored: Option<&Value>) -> &mut Map {
        if id < self.mark.dicts && stored.is_some_and(holds_reference) {
            self.escaped = true;
        }
        self.dicts.get_mut(&self.base.dicts, id)
    }

    pub(crate) fn set_mut(&mut self, id: u32) -> &mut Elements {
        self.escaped |= id < self.mark.sets;
        &mut self.sets[id as usize]
    }

    pub(crate) fn set_cell(&mut self, id: u32, value: Value) {
        self.escaped |= id < self.mark.cells;
        self.cells[id as usize] = value;
    }

    pub(crate) fn note_escape(&mut self) {
        self.escaped = true;
    }

    pub(crate) fn new_list(&mut self, items: Vec<Value>) -> R<Value> {
        self.charge(items.len() * ITEM_BYTES + 32)?;
        Ok(Value::List(self.lists.push(items)))
    }

    pub(crate) fn new_dict(&mut self, entries: Map) -> R<Value> {
        self.charge(entries.len() * ENTRY_BYTES + 64)?;
        Ok(Value::Dict(self.dicts.push(entries)))
    }

    pub(crate) fn new_set(&mut self, elements: Elements) -> R<Value> {
        self.charge(elements.len() * ENTRY_BYTES + 64)?;
        self.sets.push(elements);
        Ok(Value::Set(self.sets.len() as u32 - 1))
    }

    pub(crate) fn new_object(&mut self, object: Object) -> R<Value> {
        self.charge(std::mem::size_of::<Object>())?;
        self.objects.push(object);
        Ok(Value::Object(self.objects.len() as u32 - 1))
    }

    pub(crate) fn new_cell(&mut self, value: Value) -> R<u32> {
        self.charge(ITEM_BYTES)?;
        self.cells.push(value);
        Ok(self.cells.len() as u32 - 1)
    }

    pub(crate) fn new_str(&mut self, text: String) -> R<Value> {
        self.charge(text.len() + 16)?;
        Ok(Value::str(text))
    }

    /// A tuple, refused when nested too deeply.
    pub(crate) fn new_tuple(&mut self, items: Vec<Value>) -> R<Value> {
        self.charge(items.len() * ITEM_BYTES + 32)?;
        let tuple = Value::tuple(items);
        if tuple.depth() > crate::value::MAX_TUPLE_DEPTH {
            return Err(Fault::limit(LimitKind::DataDepth));
        }
        Ok(tuple)
    }

    /// Counts an allocation before it is made.
    #[inline]
    pub(crate) fn charge(&mut self, bytes: usize) -> R<()> {
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > self.allowed {
            return Err(Fault::limit(LimitKind::Memory));
        }
        Ok(())
    }

    /// How many bytes may still be allocated.
    pub(crate) fn remaining(&self) -> usize {
        self.allowed.saturating_sub(self.spent)
    }

    pub(crate) fn set_budget(&mut self, bytes: usize) {
        self.spent = 0;
        self.allowed = bytes;
    }

    fn set_mark(&mut self) {
        self.mark = Mark {
            lists: self.lists.len(),
            dicts: self.dicts.len(),
            sets: self.sets.len() as u32,
            objects: self.objects.len() as u32,
            cells: self.cells.len() as u32,
        };
        self.escaped = false;
    }

    /// Starts a call: objects made from here on are dropped by [`Heap::end_call`] when nothing
    /// that outlives the call can refer to them.
    pub(crate) fn begin_call(&mut self) {
        self.set_mark();
    }

    pub(crate) fn end_call(&mut self, result: Option<&Value>) {
        if !self.escaped && !result.is_some_and(holds_reference) {
            self.lists.truncate(self.mark.lists);
            self.dicts.truncate(self.mark.dicts);
            self.sets.truncate(self.mark.sets as usize);
            self.objects.truncate(self.mark.objects as usize);
            self.cells.truncate(self.mark.cells as usize);
        }
        self.set_mark();
        self.allowed = usize::MAX;
    }
}

fn holds_reference(value: &Value) -> bool {
    matches!(
        value,
        Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Object(_) | Value::Tuple(_)
    )
}

impl Sink for Heap {
    fn list(&mut self, items: Vec<Value>) -> Result<Value, JsonError> {
        self.new_list(items).map_err(|_| JsonError::Limit(LimitKind::Memory))
    }

    fn dict(&mut self, entries: Map) -> Result<Value, JsonError> {
        self.new_dict(entries).map_err(|_| JsonError::Limit(LimitKind::Memory))
    }

    fn text(&mut self, text: &str) -> Arc<str> {
        text.into()
    }
}

/// `hash(value)` would succeed: turns a value into a dict key.
pub(crate) fn hashable(value: Value) -> R<Key> {
    check_hashable(&value)?;
    Ok(Key(value))
}

pub(crate) fn check_hashable(value: &Value) -> R<()> {
    match value {
        Value::List(_) => Err(Fault::type_error("unhashable type: 'list'")),
        Value::Dict(_) => Err(Fault::type_error("unhashable type: 'dict'")),
        Value::Set(_) => Err(Fault::type_error("unhashable type: 'set'")),
        Value::Tuple(tuple) => tuple.items.iter().try_for_each(check_hashable),
        _ => Ok(()),
    }
}
