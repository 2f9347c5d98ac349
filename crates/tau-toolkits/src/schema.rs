//! What a model is: its fields in upstream's order, their types, their defaults.

use std::sync::OnceLock;

use crate::value::{Map, Value};

/// A model of upstream's `data_model.py` files.
#[derive(Debug)]
pub struct Class {
    /// The class's name, as it stands in error texts.
    pub name: &'static str,
    /// The fields in order: a base class's first, a re-declared field in its first place.
    pub fields: &'static [Field],
    /// What happens to keys that are no field.
    pub extra: Extra,
    sorted: OnceLock<Box<[usize]>>,
}

/// What a model does with keys that are no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// They are dropped.
    Ignore,
    /// They are an error.
    Forbid,
}

/// A field of a model.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it holds when nothing is given.
    pub default: Default,
}

/// The type of a field.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Anything.
    Any,
    /// `str`
    Str,
    /// `int`
    Int,
    /// `float`
    Float,
    /// `bool`
    Bool,
    /// `Literal` of strings.
    Literal(&'static [&'static str]),
    /// `Optional`
    Optional(&'static Kind),
    /// `list`
    List(&'static Kind),
    /// `dict` from strings.
    Dict(&'static Kind),
    /// `dict` from a `Literal` or a string enum: these words, to what.
    Keyed(&'static [&'static str], &'static Kind),
    /// A model.
    Model(&'static Class),
    /// A union of models.
    Union(&'static [&'static Class]),
    /// An enum with strings for values.
    Enum(&'static EnumClass),
    /// `datetime.date`
    Date,
    /// `datetime.datetime`
    DateTime,
}

/// A default of a field or a parameter.
#[derive(Clone, Copy, Debug)]
pub enum Default {
    /// There is none.
    Required,
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(&'static str),
    /// A new, empty list.
    List,
    /// A new, empty dict.
    Dict,
    /// A member of an enum by number.
    Member(&'static EnumClass, usize),
    /// Whatever a function makes.
    Made(fn() -> Value),
}

/// An `Enum` whose members are strings.
#[derive(Debug)]
pub struct EnumClass {
    /// The class's name.
    pub name: &'static str,
    /// The members: name in Python, value.
    pub members: &'static [(&'static str, &'static str)],
}

impl Class {
    /// A model that drops unknown keys.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Class {
        Class { name, fields, extra: Extra::Ignore, sorted: OnceLock::new() }
    }

    /// A model that refuses unknown keys.
    pub const fn strict(name: &'static str, fields: &'static [Field]) -> Class {
        Class { name, fields, extra: Extra::Forbid, sorted: OnceLock::new() }
    }

    /// The number of a field.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The numbers of the fields by name, which is the order in what is hashed.
    pub fn sorted(&self) -> &[usize] {
        self.sorted.get_or_init(|| {
            let mut order: Vec<usize> = (0..self.fields.len()).collect();
            order.sort_by_key(|&number| self.fields[number].name);
            order.into()
        })
    }
}

/// A field that must be given.
pub const fn required(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, default: Default::Required }
}

/// A field that is `None` when it is not given.
pub const fn optional(name: &'static str, kind: &'static Kind) -> Field {
    Field { name, kind: Kind::Optional(kind), default: Default::None }
}

/// A field with a default of its own.
pub const fn defaulted(name: &'static str, kind: Kind, default: Default) -> Field {
    Field { name, kind, default }
}

impl Default {
    /// The value; `None` where there is no default.
    pub fn value(&self) -> Option<Value> {
        Some(match self {
            Default::Required => return None,
            Default::None => Value::None,
            Default::Bool(b) => Value::Bool(*b),
            Default::Int(number) => Value::Int(i128::from(*number)),
            Default::Float(number) => Value::Float(*number),
            Default::Str(text) => Value::str(*text),
            Default::List => Value::list(Vec::new()),
            Default::Dict => Value::Dict(std::sync::Arc::new(Map::new())),
            Default::Member(class, number) => Value::Member(class, *number),
            Default::Made(make) => make(),
        })
    }
}

impl EnumClass {
    /// The member with this value.
    pub fn of(&'static self, value: &str) -> Option<Value> {
        let number = self.members.iter().position(|member| member.1 == value)?;
        Some(Value::Member(self, number))
    }
}
