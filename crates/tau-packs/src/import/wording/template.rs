//! Following code that puts a text together, with holes for what differs from task to task.

use std::collections::HashMap;
use std::rc::Rc;

use ruff_python_ast::{self as ast, CmpOp, Expr, Operator, Stmt};
use ruff_text_size::Ranged;

use super::super::reader::{Reader, Value};
use super::super::source::Module;
use crate::error::Fault;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Text(String),
    /// What the template language is to put there.
    Hole(String),
}

/// What is known of a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sym {
    Text(Vec<Piece>),
    /// The list of tools, before it is written as JSON.
    Tools,
    Bool(bool),
    None,
    Unknown,
}

impl Sym {
    pub fn hole(variable: &str) -> Sym {
        Sym::Text(vec![Piece::Hole(format!("{{{{ {variable} }}}}"))])
    }

    fn text(text: &str) -> Sym {
        Sym::Text(vec![Piece::Text(text.to_owned())])
    }
}

/// The pieces as a template that renders to the text, whatever stands in it.
pub(super) fn written(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Hole(hole) => out.push_str(hole),
            Piece::Text(text) => {
                let before_hole = matches!(pieces.get(index + 1), Some(Piece::Hole(_)));
                let last = index + 1 == pieces.len();
                for (at, c) in text.char_indices() {
                    let after = &text[at + c.len_utf8()..];
                    // Only a brace that would open a tag, and the last line's end, which the
                    // template language drops, need to be written as expressions.
                    let opens = c == '{'
                        && (after.starts_with(['{', '%', '#'])
                            || (after.is_empty() && before_hole));
                    match (opens, c == '\n' && last && after.is_empty()) {
                        (true, _) => out.push_str("{{ '{' }}"),
                        (_, true) => out.push_str("{{ '\\n' }}"),
                        _ => out.push(c),
                    }
                }
            }
        }
    }
    out
}

/// Follows the statements of a function.
pub(super) struct Follower<'a, 'r> {
    reader: &'a mut Reader<'r>,
    module: Rc<Module>,
    /// Names, and attributes as `self.name`.
    scope: HashMap<String, Sym>,
    /// Names that assignments do not change.
    fixed: Vec<String>,
    /// What conditions on the object itself come to.
    pub assume: bool,
    /// Whether there was such a condition.
    pub assumed: bool,
}

impl<'a, 'r> Follower<'a, 'r> {
    pub fn new(reader: &'a mut Reader<'r>, module: &Rc<Module>) -> Self {
        Follower {
            reader,
            module: module.clone(),
            scope: HashMap::new(),
            fixed: Vec::new(),
            assume: false,
            assumed: false,
        }
    }

    /// Gives a name a value that stays.
    pub fn fix(&mut self, name: &str, value: Sym) {
        self.scope.insert(name.to_owned(), value);
        self.fixed.push(name.to_owned());
    }

    /// Follows a body; gives what it returns. What cannot be followed leaves its names unknown.
    pub fn run(&mut self, body: &[Stmt]) -> Option<Result<Sym, Fault>> {
        for statement in body {
            match statement {
                Stmt::Assign(assign) => {
                    let value = self.expr(&assign.value).unwrap_or(Sym::Unknown);
                    for target in &assign.targets {
                        self.assign(target, value.clone());
                    }
                }
                Stmt::AnnAssign(assign) => {
                    if let Some(value) = &assign.value {
                        let value = self.expr(value).unwrap_or(Sym::Unknown);
                        self.assign(&assign.target, value);
                    }
                }
                Stmt::AugAssign(assign) if assign.op == Operator::Add => {
                    let both = self.expr(&assign.target).and_then(|left| {
                        let right = self.expr(&assign.value)?;
                        Ok(concatenated(left, right).unwrap_or(Sym::Unknown))
                    });
                    self.assign(&assign.target, both.unwrap_or(Sym::Unknown));
                }
                Stmt::If(branch) => {
                    let mut taken: Option<&[Stmt]> = None;
                    if self.holds(&branch.test) == Some(true) {
                        taken = Some(&branch.body);
                    } else {
                        for clause in &branch.elif_else_clauses {
                            let holds =
                                clause.test.as_ref().is_none_or(|t| self.holds(t) == Some(true));
                            if holds {
                                taken = Some(&clause.body);
                                break;
                            }
                        }
                    }
                    if let Some(returned) = taken.and_then(|body| self.run(body)) {
                        return Some(returned);
                    }
                }
                Stmt::Return(end) => {
                    return Some(match &end.value {
                        Some(value) => self.expr(value),
                        None => Ok(Sym::None),
                    });
                }
                _ => {}
            }
        }
        None
    }

    fn assign(&mut self, target: &Expr, value: Sym) {
        let name = match target {
            Expr::Name(name) => name.id.to_string(),
            Expr::Attribute(attribute) => match &*attribute.value {
                Expr::Name(owner) => format!("{}.{}", owner.id, attribute.attr),
                _ => return,
            },
            _ => return,
        };
        if !self.fixed.contains(&name) {
            self.scope.insert(name, value);
        }
    }

    /// Whether a condition holds, as far as that is known.
    fn holds(&mut self, test: &Expr) -> Option<bool> {
        match test {
            Expr::UnaryOp(unary) if unary.op == ast::UnaryOp::Not => {
                self.holds(&unary.operand).map(|held| !held)
            }
            Expr::Compare(compare) if compare.ops.len() == 1 => {
                let none = matches!(&compare.comparators[0], Expr::NoneLiteral(_));
                let left = self.expr(&compare.left).ok()?;
                match (compare.ops[0], none, left) {
                    (CmpOp::Is, true, Sym::Unknown) | (CmpOp::IsNot, true, Sym::Unknown) => {
                        self.assumed = true;
                        Some((compare.ops[0] == CmpOp::IsNot) == self.assume)
                    }
                    (CmpOp::Is, true, left) => Some(left == Sym::None),
                    (CmpOp::IsNot, true, left) => Some(left != Sym::None),
                    (_, _, Sym::Unknown) => {
                        self.assumed = true;
                        Some(self.assume)
                    }
                    _ => None,
                }
            }
            test => match self.expr(test).ok()? {
                Sym::Bool(truth) => Some(truth),
                Sym::Text(pieces) => Some(!pieces.is_empty()),
                Sym::None => Some(false),
                Sym::Tools => Some(true),
                Sym::Unknown => {
                    self.assumed = true;
                    Some(self.assume)
                }
            },
        }
    }

    /// The text that an expression makes.
    ///
    /// # Errors
    /// At something that is neither text nor a hole.
    pub fn expr(&mut self, expr: &Expr) -> Result<Sym, Fault> {
        Ok(match expr {
            Expr::StringLiteral(s) => Sym::text(s.value.to_str()),
            Expr::BooleanLiteral(b) => Sym::Bool(b.value),
            Expr::NoneLiteral(_) => Sym::None,
            Expr::Name(name) => match self.scope.get(name.id.as_str()) {
                Some(known) => known.clone(),
                None => self.global(expr, name.id.as_str()),
            },
            Expr::Attribute(attribute) => match &*attribute.value {
                Expr::Name(owner) => self
                    .scope
                    .get(&format!("{}.{}", owner.id, attribute.attr))
                    .cloned()
                    .unwrap_or(Sym::Unknown),
                _ => Sym::Unknown,
            },
            Expr::If(choice) => match self.holds(&choice.test) {
                Some(true) => self.expr(&choice.body)?,
                Some(false) => self.expr(&choice.orelse)?,
                None => Sym::Unknown,
            },
            Expr::BinOp(b) if b.op == Operator::Add => {
                let (left, right) = (self.expr(&b.left)?, self.expr(&b.right)?);
                concatenated(left, right).ok_or_else(|| self.lost(expr))?
            }
            Expr::FString(f) => self.f_string(f)?,
            Expr::Call(call) => self.call(call)?,
            _ => Sym::Unknown,
        })
    }

    fn lost(&self, at: &impl Ranged) -> Fault {
        let shown: String = self.module.shown(at).chars().take(60).collect();
        self.module.fault(at, format!("`{shown}`: the wording depends on what is not known here"))
    }

    fn global(&mut self, expr: &Expr, _name: &str) -> Sym {
        let module = self.module.clone();
        let frame = self.reader.frame(&module);
        // A constant that is itself put together from constants.
        match self.reader.expr(&frame, expr) {
            Ok(Value::Str(text)) => Sym::text(&text),
            Ok(Value::Bool(truth)) => Sym::Bool(truth),
            Ok(Value::None) => Sym::None,
            _ => Sym::Unknown,
        }
    }

    fn f_string(&mut self, f: &ast::ExprFString) -> Result<Sym, Fault> {
        let mut pieces = Vec::new();
        for part in f.value.iter() {
            match part {
                ast::FStringPart::Literal(literal) => push(&mut pieces, literal.as_str()),
                ast::FStringPart::FString(inner) => {
                    for element in &inner.elements {
                        match element {
                            ast::InterpolatedStringElement::Literal(literal) => {
                                push(&mut pieces, &literal.value);
                            }
                            ast::InterpolatedStringElement::Interpolation(hole) => {
                                if hole.format_spec.is_some()
                                    || hole.conversion != ast::ConversionFlag::None
                                {
                                    return Err(self.lost(hole));
                                }
                                match self.expr(&hole.expression)? {
                                    Sym::Text(inner) => {
                                        for piece in inner {
                                            match piece {
                                                Piece::Text(text) => push(&mut pieces, &text),
                                                hole => pieces.push(hole),
                                            }
                                        }
                                    }
                                    _ => return Err(self.lost(hole)),
                                }
                            }
                        }
                    }
                }
            }
        }
        Ok(Sym::Text(pieces))
    }

    fn call(&mut self, call: &ast::ExprCall) -> Result<Sym, Fault> {
        let Expr::Attribute(attribute) = &*call.func else { return Ok(Sym::Unknown) };
        let [argument] = &*call.arguments.args else { return Ok(Sym::Unknown) };
        match attribute.attr.as_str() {
            // `json.dumps(tools_info)`; further options would change the text.
            "dumps" if call.arguments.keywords.is_empty() => Ok(match self.expr(argument)? {
                Sym::Tools => Sym::hole("tools"),
                _ => Sym::Unknown,
            }),
            "join" => {
                let Sym::Text(separator) = self.expr(&attribute.value)? else {
                    return Ok(Sym::Unknown);
                };
                self.examples(&separator, argument)
            }
            _ => Ok(Sym::Unknown),
        }
    }

    /// `separator.join([f"Example {i+1}:\n{display}" for i, display in enumerate(displays)])`: the
    /// examples of a few-shot agent, one after the other.
    fn examples(&mut self, separator: &[Piece], argument: &Expr) -> Result<Sym, Fault> {
        let (element, generators) = match argument {
            Expr::ListComp(comp) => (&comp.elt, &comp.generators),
            Expr::Generator(comp) => (&comp.elt, &comp.generators),
            _ => return Ok(Sym::Unknown),
        };
        let ([generator], Expr::FString(f)) = (generators.as_slice(), &**element) else {
            return Ok(Sym::Unknown);
        };
        let (index, item) = match &generator.target {
            Expr::Name(item) => (None, item),
            Expr::Tuple(pair) => match pair.elts.as_slice() {
                [Expr::Name(index), Expr::Name(item)] => (Some(index), item),
                _ => return Ok(Sym::Unknown),
            },
            _ => return Ok(Sym::Unknown),
        };
        let shows_examples = self.module.shown(&generator.iter).contains("display");
        if !generator.ifs.is_empty() || !shows_examples {
            return Ok(Sym::Unknown);
        }
        let mut inner = Vec::new();
        for part in f.value.iter() {
            match part {
                ast::FStringPart::Literal(literal) => push(&mut inner, literal.as_str()),
                ast::FStringPart::FString(part) => {
                    for element in &part.elements {
                        match element {
                            ast::InterpolatedStringElement::Literal(literal) => {
                                push(&mut inner, &literal.value);
                            }
                            ast::InterpolatedStringElement::Interpolation(hole) => {
                                let shown = self.module.shown(&*hole.expression).replace(' ', "");
                                let variable = match index {
                                    _ if shown == item.id.as_str() => "example",
                                    Some(index) if shown == format!("{}+1", index.id) => {
                                        "loop.index"
                                    }
                                    Some(index) if shown == index.id.as_str() => "loop.index0",
                                    _ => return Err(self.lost(hole)),
                                };
                                inner.push(Piece::Hole(format!("{{{{ {variable} }}}}")));
                            }
                        }
                    }
                }
            }
        }
        // The line's end after the last piece is followed by a tag, so that it stays.
        inner.push(Piece::Hole("{% if not loop.last %}".to_owned()));
        inner.extend(separator.iter().cloned());
        inner.push(Piece::Hole("{% endif %}".to_owned()));
        let looped = format!("{{% for example in examples %}}{}{{% endfor %}}", written(&inner));
        Ok(Sym::Text(vec![Piece::Hole(looped)]))
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

/// Two texts after one another; `None` when one of them is none.
fn concatenated(left: Sym, right: Sym) -> Option<Sym> {
    let (Sym::Text(mut left), Sym::Text(right)) = (left, right) else { return None };
    for piece in right {
        match piece {
            Piece::Text(text) => push(&mut left, &text),
            hole => left.push(hole),
        }
    }
    Some(Sym::Text(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_of_a_text_survive_the_template_language() {
        let pieces = [
            Piece::Text("{\"a\": {{1}} {%x%} {# {".to_owned()),
            Piece::Hole("{{ policy }}".to_owned()),
            Piece::Text("}}\n".to_owned()),
        ];
        let environment = minijinja::Environment::new();
        let template = written(&pieces);
        let rendered =
            environment.render_str(&template, minijinja::context! { policy => "P" }).unwrap();
        assert_eq!(rendered, "{\"a\": {{1}} {%x%} {# {P}}\n", "{template}");
    }
}
