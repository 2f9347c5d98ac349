//! Copy-on-write storage of one kind of object over an immutable base.

use crate::value::FixedState;
use std::collections::HashMap;

/// Objects numbered below `base_len` come from the base until they are changed; the others are new.
pub(crate) struct Arena<T> {
    base_len: u32,
    /// One bit per base object, allocated with the first change.
    dirty: Vec<u64>,
    changed: HashMap<u32, T, FixedState>,
    fresh: Vec<T>,
}

impl<T: Clone> Arena<T> {
    pub fn new(base_len: usize) -> Arena<T> {
        Arena {
            base_len: base_len as u32,
            dirty: Vec::new(),
            changed: HashMap::default(),
            fresh: Vec::new(),
        }
    }

    #[inline]
    pub fn is_base(&self, id: u32) -> bool {
        id < self.base_len
    }

    /// Whether a base object has been changed.
    #[inline]
    pub fn is_changed(&self, id: u32) -> bool {
        !self.dirty.is_empty() && self.dirty[(id / 64) as usize] >> (id % 64) & 1 == 1
    }

    pub fn changed_ids(&self) -> impl Iterator<Item = u32> + '_ {
        self.changed.keys().copied()
    }

    #[inline]
    pub fn get<'a>(&'a self, base: &'a [T], id: u32) -> &'a T {
        if id >= self.base_len {
            &self.fresh[(id - self.base_len) as usize]
        } else if self.is_changed(id) {
            &self.changed[&id]
        } else {
            &base[id as usize]
        }
    }

    pub fn get_mut(&mut self, base: &[T], id: u32) -> &mut T {
        if id >= self.base_len {
            return &mut self.fresh[(id - self.base_len) as usize];
        }
        if self.dirty.is_empty() {
            self.dirty = vec![0; self.base_len as usize / 64 + 1];
        }
        self.dirty[(id / 64) as usize] |= 1 << (id % 64);
        self.changed.entry(id).or_insert_with(|| base[id as usize].clone())
    }

    pub fn push(&mut self, object: T) -> u32 {
        let id = self.base_len + self.fresh.len() as u32;
        self.fresh.push(object);
        id
    }

    pub fn len(&self) -> u32 {
        self.base_len + self.fresh.len() as u32
    }

    /// Forgets the objects made since `len`.
    pub fn truncate(&mut self, len: u32) {
        self.fresh.truncate((len - self.base_len) as usize);
    }

    pub fn reset(&mut self) {
        for id in self.changed.keys() {
            self.dirty[(id / 64) as usize] &= !(1 << (id % 64));
        }
        self.changed.clear();
        self.fresh.clear();
    }
}
