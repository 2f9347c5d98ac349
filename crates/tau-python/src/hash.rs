//! The v1 state hash: `sha256(str(to_hashable(data)))`.
//!
//! `to_hashable` turns a dict into a tuple of its items sorted by key, a list into a tuple, a set
//! into a sorted tuple, and leaves the rest alone. The base keeps its canonical text, the place of
//! every container in it, and the digest's state every 64 KiB: the hash of a slightly changed state
//! copies whole spans and hashes from the first difference on.

use crate::compare;
use crate::error::{Fault, LimitKind, R};
use crate::heap::{Base, Container, Heap};
use crate::text;
use crate::value::{Key, Map, Value};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

const STEP: usize = 64 * 1024;
const MAX_DEPTH: usize = 900;

/// The canonical text of a base and what is needed to reuse it.
pub(crate) struct Canon {
    pub hash: String,
    text: String,
    lists: Vec<(usize, usize)>,
    dicts: Vec<(usize, usize)>,
    /// The digest after each multiple of `STEP` bytes.
    midstates: Vec<Sha256>,
}

impl Canon {
    pub fn of(base: &Base) -> Canon {
        let mut canon = Canon {
            hash: String::new(),
            text: String::new(),
            lists: vec![(0, 0); base.lists.len()],
            dicts: vec![(0, 0); base.dicts.len()],
            midstates: Vec::new(),
        };
        canon.dict(base, base.root);
        let mut digest = Sha256::new();
        for chunk in canon.text.as_bytes().chunks(STEP) {
            canon.midstates.push(digest.clone());
            digest.update(chunk);
        }
        canon.hash = hex::encode(digest.finalize());
        canon
    }

    fn value(&mut self, base: &Base, value: &Value) {
        match value {
            Value::Dict(id) => self.dict(base, *id),
            Value::List(id) => {
                let start = self.text.len();
                let items = &base.lists[*id as usize];
                self.text.push('(');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        self.text.push_str(", ");
                    }
                    self.value(base, item);
                }
                self.text.push_str(close(items.len()));
                self.lists[*id as usize] = (start, self.text.len());
            }
            leaf => push_leaf(&mut self.text, leaf),
        }
    }

    fn dict(&mut self, base: &Base, id: u32) {
        let start = self.text.len();
        let entries = &base.dicts[id as usize];
        let mut order: Vec<(&Key, &Value)> = entries.iter().collect();
        // Keys read from JSON are strings; code-point order is byte order.
        order.sort_by(|a, b| a.0.value().as_str().cmp(&b.0.value().as_str()));
        self.text.push('(');
        for (i, (key, value)) in order.into_iter().enumerate() {
            self.text.push_str(if i > 0 { ", (" } else { "(" });
            push_leaf(&mut self.text, key.value());
            self.text.push_str(", ");
            self.value(base, value);
            self.text.push(')');
        }
        self.text.push_str(close(entries.len()));
        self.dicts[id as usize] = (start, self.text.len());
    }
}

fn close(len: usize) -> &'static str {
    if len == 1 { ",)" } else { ")" }
}

/// The values a JSON document has at its leaves.
fn push_leaf(out: &mut String, leaf: &Value) {
    match leaf {
        Value::Str(s) => text::push_str_repr(out, s),
        Value::None => out.push_str("None"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Int(i) => out.push_str(&i.to_string()),
        Value::Big(b) => out.push_str(&b.to_string()),
        Value::Float(f) => text::push_float(out, *f),
        _ => {}
    }
}

/// The base containers that are changed or hold a changed one.
pub(crate) fn touched(heap: &Heap) -> HashSet<Container> {
    let mut seen = HashSet::new();
    let lists = heap.lists.changed_ids().map(Container::List);
    let dicts = heap.dicts.changed_ids().map(Container::Dict);
    for start in lists.chain(dicts) {
        let mut at = Some(start);
        while let Some(container) = at {
            if !seen.insert(container) {
                break;
            }
            at = match container {
                Container::List(id) => heap.base.list_parent[id as usize],
                Container::Dict(id) => heap.base.dict_parent[id as usize],
            };
        }
    }
    seen
}

/// The hash of a heap's state.
pub(crate) fn state_hash(heap: &Heap) -> R<String> {
    let canon = heap.base.canon();
    let touched = touched(heap);
    if touched.is_empty() {
        return Ok(canon.hash.clone());
    }
    let mut writer = Canonical {
        heap,
        canon: Some(canon),
        touched,
        sink: Sink::hashing(canon),
        depth: 0,
        key: String::new(),
    };
    writer.value(&heap.root())?;
    Ok(writer.sink.finish())
}

/// `str(to_hashable(value))`.
pub(crate) fn canonical_text(heap: &Heap, value: &Value) -> R<String> {
    let mut writer = Canonical {
        heap,
        canon: None,
        touched: HashSet::new(),
        sink: Sink::Text(String::new()),
        depth: 0,
        key: String::new(),
    };
    writer.value(value)?;
    match writer.sink {
        Sink::Text(text) => Ok(text),
        Sink::Hash { .. } => Ok(String::new()),
    }
}

enum Sink<'c> {
    Text(String),
    Hash {
        canon: &'c Canon,
        /// While everything so far equals the base's text: how much that is.
        same: usize,
        digest: Option<Sha256>,
    },
}

impl<'c> Sink<'c> {
    fn hashing(canon: &'c Canon) -> Sink<'c> {
        Sink::Hash { canon, same: 0, digest: None }
    }

    fn push(&mut self, piece: &str) {
        match self {
            Sink::Text(text) => text.push_str(piece),
            Sink::Hash { digest: Some(digest), .. } => digest.update(piece),
            Sink::Hash { canon, same, digest } => {
                let rest = &canon.text.as_bytes()[*same..];
                let ours = piece.as_bytes();
                if rest.len() >= ours.len()
                    && (rest.as_ptr() == ours.as_ptr() || rest.starts_with(ours))
                {
                    *same += ours.len();
                    return;
                }
                let mut started = resume(canon, *same);
                started.update(ours);
                *digest = Some(started);
            }
        }
    }

    fn finish(self) -> String {
        match self {
            Sink::Text(text) => text,
            Sink::Hash { canon, same, digest } => {
                let digest = digest.unwrap_or_else(|| resume(canon, same));
                hex::encode(digest.finalize())
            }
        }
    }
}

/// The digest of the first `len` bytes of the base's text.
fn resume(canon: &Canon, len: usize) -> Sha256 {
    let step = (len / STEP).min(canon.midstates.len().saturating_sub(1));
    let mut digest = canon.midstates.get(step).cloned().unwrap_or_default();
    digest.update(&canon.text.as_bytes()[step * STEP..len]);
    digest
}

struct Canonical<'h> {
    heap: &'h Heap,
    canon: Option<&'h Canon>,
    touched: HashSet<Container>,
    sink: Sink<'h>,
    depth: usize,
    key: String,
}

impl<'h> Canonical<'h> {
    fn enter(&mut self) -> R<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::limit(LimitKind::DataDepth));
        }
        Ok(())
    }

    /// The base's text of a container that is as it was, with all it holds.
    fn span(&self, container: Container) -> Option<&'h str> {
        let canon = self.canon?;
        let (start, end) = match container {
            Container::List(id) if self.heap.lists.is_base(id) => canon.lists[id as usize],
            Container::Dict(id) if self.heap.dicts.is_base(id) => canon.dicts[id as usize],
            _ => return None,
        };
        (!self.touched.contains(&container)).then(|| &canon.text[start..end])
    }

    fn value(&mut self, value: &Value) -> R<()> {
        match value {
            Value::Dict(id) => match self.span(Container::Dict(*id)) {
                Some(span) => self.sink.push(span),
                None => {
                    self.enter()?;
                    self.dict(self.heap.dict(*id))?;
                    self.depth -= 1;
                }
            },
            Value::List(id) => match self.span(Container::List(*id)) {
                Some(span) => self.sink.push(span),
                None => {
                    self.enter()?;
                    let items = self.heap.list(*id);
                    self.sink.push("(");
                    for (i, item) in items.iter().enumerate() {
                        if i > 0 {
                            self.sink.push(", ");
                        }
                        self.value(item)?;
                    }
                    self.sink.push(close(items.len()));
                    self.depth -= 1;
                }
            },
            Value::Set(id) => {
                let mut elements: Vec<Value> =
                    self.heap.set(*id).iter().map(|k| k.value().clone()).collect();
                compare::sort_values(self.heap, &mut elements, false)?;
                self.leaf(&Value::tuple(elements))?;
            }
            leaf => self.leaf(leaf)?,
        }
        Ok(())
    }

    fn leaf(&mut self, leaf: &Value) -> R<()> {
        let mut buffer = std::mem::take(&mut self.key);
        buffer.clear();
        text::push_repr(self.heap, &mut buffer, leaf)?;
        self.sink.push(&buffer);
        self.key = buffer;
        Ok(())
    }

    fn dict(&mut self, entries: &'h Map) -> R<()> {
        let order = sorted_entries(self.heap, entries)?;
        self.sink.push("(");
        for (i, (key, value)) in order.into_iter().enumerate() {
            self.sink.push(if i > 0 { ", (" } else { "(" });
            self.leaf(key.value())?;
            self.sink.push(", ");
            self.value(value)?;
            self.sink.push(")");
        }
        self.sink.push(close(entries.len()));
        Ok(())
    }
}

/// `sorted(d.items())`; keys are unique, so values are never compared.
pub(crate) fn sorted_entries<'m>(heap: &Heap, entries: &'m Map) -> R<Vec<(&'m Key, &'m Value)>> {
    let mut order: Vec<(&Key, &Value)> = entries.iter().collect();
    if order.iter().all(|(key, _)| key.value().as_str().is_some()) {
        order.sort_by(|a, b| a.0.value().as_str().cmp(&b.0.value().as_str()));
        return Ok(order);
    }
    let mut keys: Vec<Value> = entries.keys().map(|k| k.value().clone()).collect();
    compare::sort_values(heap, &mut keys, false)?;
    Ok(keys.into_iter().filter_map(|k| entries.get_key_value(&Key(k))).collect())
}
