//! Typed records over the models: what upstream's tools do with attributes is done here with fields.
//!
//! A record is read from an object of its model after that was validated, and written back as one for
//! tool results and hashes. What upstream assigns without a check is held as a [`Loose`] value.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::date::{Date, DateTime};
use crate::value::{Map, Value};

/// What a field of a record may be.
pub trait Stored: Sized {
    /// From a value of a validated model; `None` where the value is none that the model allows.
    fn read(value: &Value) -> Option<Self>;
    /// As the model holds it.
    fn write(&self) -> Value;
}

/// A value that upstream assigns without a check: whatever was passed stays there, is hashed and shown.
pub type Loose = Value;

impl Stored for Loose {
    fn read(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
    fn write(&self) -> Value {
        self.clone()
    }
}

impl Stored for String {
    fn read(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
    fn write(&self) -> Value {
        Value::str(self.as_str())
    }
}

impl Stored for bool {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(b) => Some(*b),
            _ => None,
        }
    }
    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Stored for f64 {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Float(number) => Some(*number),
            _ => None,
        }
    }
    fn write(&self) -> Value {
        Value::Float(*self)
    }
}

impl Stored for Date {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }
    fn write(&self) -> Value {
        Value::Date(*self)
    }
}

impl Stored for DateTime {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::DateTime(time) => Some(*time),
            _ => None,
        }
    }
    fn write(&self) -> Value {
        Value::DateTime(*self)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::None => Some(None),
            value => T::read(value).map(Some),
        }
    }
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::None, T::write)
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::List(items) => items.iter().map(T::read).collect(),
            _ => None,
        }
    }
    fn write(&self) -> Value {
        Value::list(self.iter().map(T::write).collect())
    }
}

impl<T: Stored> Stored for IndexMap<Arc<str>, T> {
    fn read(value: &Value) -> Option<Self> {
        let entries = value.as_dict()?.iter();
        entries.map(|(key, item)| Some((key.clone(), T::read(item)?))).collect()
    }
    fn write(&self) -> Value {
        let entries = self.iter().map(|(key, item)| (key.clone(), item.write()));
        Value::Dict(Arc::new(entries.collect::<Map>()))
    }
}

/// Declares a string enum: upstream's `class X(str, Enum)` as a Rust enum, with the static that
/// describes it to the models. Members stand in upstream's order with their Python names and values.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $name:ident = $class:ident {
            $($(#[$doc:meta])* $member:ident = $python:literal / $word:literal),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $member),+ }

        /// The enumeration's description for the models.
        pub static $class: $crate::schema::EnumClass = $crate::schema::EnumClass {
            name: stringify!($name),
            members: &[$(($python, $word)),+],
        };

        impl $name {
            /// All members, in upstream's order.
            pub const ALL: &'static [$name] = &[$($name::$member),+];

            /// The word that stands in files, hashes and texts.
            pub fn word(self) -> &'static str {
                match self { $($name::$member => $word),+ }
            }

            /// The member with this word.
            pub fn of(word: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|member| member.word() == word)
            }
        }

        impl $crate::telecom::record::Stored for $name {
            fn read(value: &$crate::value::Value) -> Option<Self> {
                value.as_str().and_then($name::of)
            }
            fn write(&self) -> $crate::value::Value {
                $crate::value::Value::Member(&$class, *self as usize)
            }
        }
    };
}

/// Declares a record: a struct with upstream's field names, and the static that describes the model.
/// `field: Type => (kind)` is required, `field: Type => (kind) = default` is not.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident = $class:ident $python:literal {
            $($(#[$doc:meta])* $field:ident: $type:ty => ($kind:expr) $(= $default:expr)?),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[allow(missing_docs, reason = "the names are upstream's and say what they are")]
        pub struct $name { $($(#[$doc])* pub $field: $type),+ }

        /// The model's description.
        pub static $class: $crate::schema::Class = $crate::schema::Class::strict(
            $python,
            &[$($crate::schema::Field {
                name: stringify!($field),
                kind: $kind,
                default: record!(@default $($default)?),
            }),+],
        );

        impl $crate::telecom::record::Stored for $name {
            fn read(value: &$crate::value::Value) -> Option<Self> {
                let mut fields = value.as_model()?.fields.iter();
                Some($name {
                    $($field: $crate::telecom::record::Stored::read(fields.next()?)?),+
                })
            }
            fn write(&self) -> $crate::value::Value {
                let fields = vec![$($crate::telecom::record::Stored::write(&self.$field)),+];
                let model = $crate::value::Model { class: &$class, fields };
                $crate::value::Value::Model(std::sync::Arc::new(model))
            }
        }
    };
    (@default) => { $crate::schema::Default::Required };
    (@default $default:expr) => { $default };
}

pub(crate) use record;
pub(crate) use words;
