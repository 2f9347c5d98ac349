//! JSON Schemas of parameters, as pydantic writes them from annotations and models: read as syntax.

use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr, Operator, Stmt, StmtClassDef};
use serde_json::{Map, Value, json};

use super::docstring::cleaned;
use super::syntax::{
    annotated, bases, class_named, docstring_of, field_call, imported_from, keyword, literal,
    members, value_of,
};
use crate::import::release::ReleaseError;
use crate::import::source::{Module, Modules};

/// Nesting at which following names stops.
const MAX_DEPTH: u32 = 40;

/// Why there is no schema: something that is not understood, in words, or a release that cannot be read.
#[derive(Debug)]
pub(super) enum NoSchema {
    /// What is not understood.
    Unknown(String),
    /// The release.
    Release(ReleaseError),
}

impl From<ReleaseError> for NoSchema {
    fn from(error: ReleaseError) -> NoSchema {
        NoSchema::Release(error)
    }
}

type Made<T> = Result<T, NoSchema>;

fn unknown<T>(what: impl Into<String>) -> Made<T> {
    Err(NoSchema::Unknown(what.into()))
}

/// Makes schemas, and collects the models that they refer to.
pub(super) struct Schemas<'m, 'r> {
    modules: &'m mut Modules<'r>,
    definitions: BTreeMap<String, Value>,
    depth: u32,
}

impl<'m, 'r> Schemas<'m, 'r> {
    pub fn new(modules: &'m mut Modules<'r>) -> Self {
        Schemas { modules, definitions: BTreeMap::new(), depth: 0 }
    }

    /// The schema of a function's parameters, without `self`.
    ///
    /// # Errors
    /// What is not understood.
    pub fn parameters(
        mut self,
        module: &Rc<Module>,
        function: &ast::StmtFunctionDef,
        said: &BTreeMap<String, String>,
    ) -> Made<Value> {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        let all = function.parameters.args.iter().chain(&function.parameters.kwonlyargs);
        for parameter in all.filter(|parameter| parameter.parameter.name.as_str() != "self") {
            let name = parameter.parameter.name.as_str();
            let mut schema = match &parameter.parameter.annotation {
                Some(annotation) => self.of(module, annotation)?,
                None => Map::new(),
            };
            match &parameter.default {
                Some(default) => {
                    let value = self.default(module, default)?;
                    schema.insert("default".to_owned(), value);
                }
                None => required.push(json!(name)),
            }
            if let Some(text) = said.get(name) {
                schema.insert("description".to_owned(), json!(text));
            }
            properties.insert(name.to_owned(), titled(name, schema));
        }
        let mut schema = Map::new();
        if !self.definitions.is_empty() {
            let definitions = Map::from_iter(self.definitions);
            schema.insert("$defs".to_owned(), Value::Object(definitions));
        }
        schema.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        schema.insert("title".to_owned(), json!("parameters"));
        schema.insert("type".to_owned(), json!("object"));
        Ok(Value::Object(schema))
    }

    /// The schema of an annotation.
    fn of(&mut self, module: &Rc<Module>, annotation: &Expr) -> Made<Map<String, Value>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return unknown("annotations that refer to each other");
        }
        let schema = self.annotation(module, annotation);
        self.depth -= 1;
        schema
    }

    fn annotation(&mut self, module: &Rc<Module>, annotation: &Expr) -> Made<Map<String, Value>> {
        match annotation {
            Expr::Name(name) => self.name(module, name.id.as_str()),
            Expr::NoneLiteral(_) => Ok(typed("null")),
            Expr::BinOp(both) if both.op == Operator::BitOr => {
                let alternatives =
                    vec![self.of(module, &both.left)?, self.of(module, &both.right)?];
                Ok(any_of(alternatives))
            }
            Expr::Subscript(subscript) => {
                let inner: Vec<&Expr> = match &*subscript.slice {
                    Expr::Tuple(tuple) => tuple.elts.iter().collect(),
                    one => vec![one],
                };
                match &*subscript.value {
                    Expr::Name(name) => self.generic(module, name.id.as_str(), &inner),
                    other => unknown(format!("`{}`", module.shown(other))),
                }
            }
            other => unknown(format!("the annotation `{}`", module.shown(other))),
        }
    }

    fn generic(
        &mut self,
        module: &Rc<Module>,
        name: &str,
        inner: &[&Expr],
    ) -> Made<Map<String, Value>> {
        match (name, inner) {
            ("Optional", [one]) => Ok(any_of(vec![self.of(module, one)?, typed("null")])),
            ("Union", all) => {
                let all: Vec<_> =
                    all.iter().map(|one| self.of(module, one)).collect::<Made<_>>()?;
                Ok(any_of(all))
            }
            ("List" | "list", [one]) => {
                let items = Value::Object(self.of(module, one)?);
                let mut schema = Map::from_iter([("items".to_owned(), items)]);
                schema.extend(typed("array"));
                Ok(schema)
            }
            ("Dict" | "dict", [_, value]) => {
                let values = self.of(module, value)?;
                let values = if values.is_empty() { json!(true) } else { Value::Object(values) };
                let mut schema = Map::from_iter([("additionalProperties".to_owned(), values)]);
                schema.extend(typed("object"));
                Ok(schema)
            }
            ("Literal", all) => {
                let values: Vec<Value> =
                    all.iter().map(|one| self.default(module, one)).collect::<Made<_>>()?;
                if !values.iter().all(Value::is_string) {
                    return unknown("a Literal of something other than texts");
                }
                let key = match values.as_slice() {
                    [one] => ("const".to_owned(), one.clone()),
                    _ => ("enum".to_owned(), Value::Array(values)),
                };
                let mut schema = Map::from_iter([key]);
                schema.extend(typed("string"));
                Ok(schema)
            }
            ("Annotated", [one, ..]) => self.of(module, one),
            _ => unknown(format!("the annotation {name}[...]")),
        }
    }

    fn name(&mut self, module: &Rc<Module>, name: &str) -> Made<Map<String, Value>> {
        Ok(match name {
            "str" => typed("string"),
            "int" => typed("integer"),
            "float" => typed("number"),
            "bool" => typed("boolean"),
            "Any" => Map::new(),
            "dict" | "Dict" => {
                let mut schema = Map::from_iter([("additionalProperties".to_owned(), json!(true))]);
                schema.extend(typed("object"));
                schema
            }
            "list" | "List" => {
                let mut schema = Map::from_iter([("items".to_owned(), json!({}))]);
                schema.extend(typed("array"));
                schema
            }
            _ => return self.own(module, name),
        })
    }

    /// A name of the release: a model, an enum, or a name for an annotation.
    fn own(&mut self, module: &Rc<Module>, name: &str) -> Made<Map<String, Value>> {
        if let Some(class) = class_named(&module.suite, name) {
            self.class(module, class)?;
            let place = json!(format!("#/$defs/{name}"));
            return Ok(Map::from_iter([("$ref".to_owned(), place)]));
        }
        if let Some(value) = value_of(&module.suite, name) {
            return self.of(module, value);
        }
        match imported_from(module, name) {
            Some((other, original)) => match self.modules.get(&other)? {
                Some(other) => self.name(&other, &original),
                None => unknown(format!("{name} of {other}, which the release does not hold")),
            },
            None => unknown(format!("the annotation {name}")),
        }
    }

    fn class(&mut self, module: &Rc<Module>, class: &StmtClassDef) -> Made<()> {
        let name = class.name.to_string();
        if self.definitions.contains_key(&name) {
            return Ok(());
        }
        // Stands for itself while it is read: models may refer to each other.
        self.definitions.insert(name.clone(), Value::Null);
        let described = docstring_of(&class.body).map(|text| cleaned(&text));
        let mut schema = Map::new();
        if bases(class).contains(&"Enum") {
            if let Some(text) = described {
                schema.insert("description".to_owned(), json!(text));
            }
            let members = members(class).map(|(_, value)| value);
            schema.insert("enum".to_owned(), Value::Array(members.collect()));
            schema.insert("title".to_owned(), json!(name));
            schema.extend(typed("string"));
        } else {
            let mut fields = Fields::default();
            self.fields(module, class, &mut fields)?;
            if fields.no_extra {
                schema.insert("additionalProperties".to_owned(), json!(false));
            }
            if let Some(text) = described {
                schema.insert("description".to_owned(), json!(text));
            }
            schema.insert("properties".to_owned(), Value::Object(fields.properties));
            if !fields.required.is_empty() {
                schema.insert("required".to_owned(), json!(fields.required));
            }
            schema.insert("title".to_owned(), json!(name));
            schema.extend(typed("object"));
        }
        self.definitions.insert(name, Value::Object(schema));
        Ok(())
    }

    /// The fields of a model, those of its bases first.
    fn fields(&mut self, module: &Rc<Module>, class: &StmtClassDef, out: &mut Fields) -> Made<()> {
        for base in bases(class).into_iter().filter(|base| *base != "BaseModel") {
            if let Some(base) = class_named(&module.suite, base) {
                self.fields(module, base, out)?;
            } else if let Some((other, original)) = imported_from(module, base)
                && let Some(other) = self.modules.get(&other)?
                && let Some(base) = class_named(&other.suite, &original)
            {
                self.fields(&other, base, out)?;
            }
        }
        for statement in &class.body {
            match statement {
                Stmt::Assign(assign) if module.shown(assign).starts_with("model_config") => {
                    let shown = module.shown(&*assign.value);
                    out.no_extra = shown.contains("extra=\"forbid\"");
                }
                Stmt::AnnAssign(field) => {
                    let Expr::Name(name) = &*field.target else { continue };
                    self.field(module, name.id.as_str(), field, out)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        module: &Rc<Module>,
        name: &str,
        field: &ast::StmtAnnAssign,
        out: &mut Fields,
    ) -> Made<()> {
        let mut schema = self.of(module, &field.annotation)?;
        let mut needed = field.value.is_none();
        // `Annotated[X, Field(...)]`, and the value `Field(...)` or a plain default.
        for call in [annotated(&field.annotation), field.value.as_deref()].into_iter().flatten() {
            let Some(call) = field_call(call) else {
                let value = self.default(module, call)?;
                schema.insert("default".to_owned(), value);
                continue;
            };
            if let Some(text) = keyword(call, "description") {
                let text = self.default(module, text)?;
                schema.insert("description".to_owned(), text);
            }
            let default = call.arguments.args.first().or_else(|| keyword(call, "default"));
            match default.filter(|value| !matches!(value, Expr::EllipsisLiteral(_))) {
                Some(default) => {
                    let value = self.default(module, default)?;
                    schema.insert("default".to_owned(), value);
                    needed = false;
                }
                None => needed |= keyword(call, "default_factory").is_none(),
            }
        }
        if needed && !schema.contains_key("default") {
            out.required.push(name.to_owned());
        }
        out.properties.insert(name.to_owned(), titled(name, schema));
        Ok(())
    }

    /// A default: a literal, or a member of an enum.
    fn default(&mut self, module: &Rc<Module>, value: &Expr) -> Made<Value> {
        if let Some(value) = literal(value) {
            return Ok(value);
        }
        if let Expr::Attribute(member) = value
            && let Expr::Name(class) = &*member.value
        {
            let holder = match imported_from(module, class.id.as_str()) {
                Some((other, original)) => {
                    self.modules.get(&other)?.map(|module| (module, original))
                }
                None => Some((module.clone(), class.id.to_string())),
            };
            if let Some((holder, name)) = holder
                && let Some(class) = class_named(&holder.suite, &name)
                && let Some((_, value)) =
                    members(class).find(|(name, _)| name == member.attr.as_str())
            {
                return Ok(value);
            }
        }
        unknown(format!("the value `{}`", module.shown(value)))
    }
}

#[derive(Default)]
struct Fields {
    properties: Map<String, Value>,
    required: Vec<String>,
    no_extra: bool,
}

fn typed(name: &str) -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), json!(name))])
}

/// One of several, with those of several in it laid open and none twice.
fn any_of(alternatives: Vec<Map<String, Value>>) -> Map<String, Value> {
    let mut open: Vec<Value> = Vec::new();
    for one in alternatives {
        let parts = match one.get("anyOf") {
            Some(Value::Array(parts)) if one.len() == 1 => parts.clone(),
            _ => vec![Value::Object(one)],
        };
        for part in parts {
            if !open.contains(&part) {
                open.push(part);
            }
        }
    }
    Map::from_iter([("anyOf".to_owned(), Value::Array(open))])
}

/// A property with its title, keys by name. What only refers to a model has the model's title.
fn titled(name: &str, mut schema: Map<String, Value>) -> Value {
    if !schema.contains_key("$ref") {
        schema.insert("title".to_owned(), json!(title(name)));
    }
    let sorted: BTreeMap<String, Value> = schema.into_iter().collect();
    Value::Object(sorted.into_iter().collect())
}

/// Python's `name.title().replace("_", " ")`.
fn title(name: &str) -> String {
    let mut inside = false;
    let raised = name.chars().map(|c| {
        let letter = if inside { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
        inside = c.is_alphabetic();
        if letter == '_' { ' ' } else { letter }
    });
    raised.collect()
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_title_is_the_name_in_words() {
        assert_eq!(title("gb_amount"), "Gb Amount");
        assert_eq!(title("address1"), "Address1");
        assert_eq!(title("zip"), "Zip");
    }
}
