//! Finding things in a parsed file.

use ruff_python_ast::{Expr, ExprCall, Number, Stmt, StmtClassDef, StmtFunctionDef, UnaryOp};
use serde_json::{Value, json};

use crate::import::source::Module;

/// A class of a file.
pub(super) fn class_named<'s>(suite: &'s [Stmt], name: &str) -> Option<&'s StmtClassDef> {
    suite.iter().find_map(|statement| match statement {
        Stmt::ClassDef(class) if class.name.as_str() == name => Some(class),
        _ => None,
    })
}

/// What a name is given in a suite: the last word counts.
pub(super) fn value_of<'s>(suite: &'s [Stmt], name: &str) -> Option<&'s Expr> {
    suite.iter().rev().find_map(|statement| {
        let (targets, value) = match statement {
            Stmt::Assign(assign) => (assign.targets.as_slice(), Some(&*assign.value)),
            Stmt::AnnAssign(assign) => {
                (std::slice::from_ref(&*assign.target), assign.value.as_deref())
            }
            _ => return None,
        };
        let named = |target: &Expr| matches!(target, Expr::Name(n) if n.id.as_str() == name);
        value.filter(|_| targets.iter().any(named))
    })
}

/// A function anywhere in a suite: in it, in its classes, in its functions.
pub(super) fn function_named<'s>(suite: &'s [Stmt], name: &str) -> Option<&'s StmtFunctionDef> {
    suite.iter().find_map(|statement| match statement {
        Stmt::FunctionDef(function) if function.name.as_str() == name => Some(function),
        Stmt::FunctionDef(function) => function_named(&function.body, name),
        Stmt::ClassDef(class) => function_named(&class.body, name),
        _ => None,
    })
}

/// The module and name that an imported name stands for.
pub(super) fn imported_from(module: &Module, name: &str) -> Option<(String, String)> {
    module.suite.iter().find_map(|statement| {
        let Stmt::ImportFrom(import) = statement else { return None };
        let alias = import
            .names
            .iter()
            .find(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str() == name)?;
        Some((module.imported(import), alias.name.to_string()))
    })
}

/// The docstring of a body.
pub(super) fn docstring_of(body: &[Stmt]) -> Option<String> {
    match body.first()? {
        Stmt::Expr(statement) => match &*statement.value {
            Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// `Field(...)`.
pub(super) fn field_call(value: &Expr) -> Option<&ExprCall> {
    match value {
        Expr::Call(call) if is_name(&call.func, "Field") => Some(call),
        _ => None,
    }
}

/// An argument of a call by its name.
pub(super) fn keyword<'c>(call: &'c ExprCall, name: &str) -> Option<&'c Expr> {
    let keyword = call.arguments.keywords.iter();
    keyword
        .filter(|keyword| keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == name))
        .map(|keyword| &keyword.value)
        .next()
}

/// Whether an expression is a name.
pub(super) fn is_name(value: &Expr, name: &str) -> bool {
    matches!(value, Expr::Name(found) if found.id.as_str() == name)
}

/// The text of a literal, with a `.strip()` after it carried out.
pub(super) fn text_of(value: &Expr) -> Option<String> {
    match value {
        Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
        Expr::Call(call) if call.arguments.is_empty() => match &*call.func {
            Expr::Attribute(method) if method.attr.as_str() == "strip" => {
                Some(text_of(&method.value)?.trim().to_owned())
            }
            _ => None,
        },
        _ => None,
    }
}

/// The names of a class's bases.
pub(super) fn bases(class: &StmtClassDef) -> Vec<&str> {
    let arguments = class.arguments.iter().flat_map(|arguments| &arguments.args);
    arguments
        .filter_map(|base| match base {
            Expr::Name(name) => Some(name.id.as_str()),
            _ => None,
        })
        .collect()
}

/// The members of a string enum.
pub(super) fn members(class: &StmtClassDef) -> impl Iterator<Item = (String, Value)> {
    class.body.iter().filter_map(|statement| match statement {
        Stmt::Assign(assign) => match assign.targets.as_slice() {
            [Expr::Name(name)] => Some((name.id.to_string(), literal(&assign.value)?)),
            _ => None,
        },
        _ => None,
    })
}

/// The `Field(...)` of an `Annotated[...]`.
pub(super) fn annotated(annotation: &Expr) -> Option<&Expr> {
    let Expr::Subscript(subscript) = annotation else { return None };
    let Expr::Name(name) = &*subscript.value else { return None };
    let Expr::Tuple(parts) = &*subscript.slice else { return None };
    let field = parts.elts.iter().skip(1).find(|part| field_call(part).is_some());
    field.filter(|_| name.id.as_str() == "Annotated")
}

/// The value of a literal.
pub(super) fn literal(value: &Expr) -> Option<Value> {
    Some(match value {
        Expr::NoneLiteral(_) => Value::Null,
        Expr::BooleanLiteral(b) => json!(b.value),
        Expr::StringLiteral(text) => json!(text.value.to_str()),
        Expr::NumberLiteral(number) => match &number.value {
            Number::Int(int) => json!(int.as_i64()?),
            Number::Float(float) => json!(float),
            Number::Complex { .. } => return None,
        },
        Expr::UnaryOp(minus) if minus.op == UnaryOp::USub => match literal(&minus.operand)? {
            Value::Number(number) if number.is_i64() => json!(-number.as_i64()?),
            Value::Number(number) => json!(-number.as_f64()?),
            _ => return None,
        },
        _ => return None,
    })
}
