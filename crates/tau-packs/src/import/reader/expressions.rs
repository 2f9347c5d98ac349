//! Expressions.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;
use ruff_python_ast::{self as ast, CmpOp, Expr, Number, Operator, UnaryOp};

use super::super::source::Module;
use super::{Frame, Read, Reader, Stop, Value, library};

impl Reader<'_> {
    /// The value of an expression.
    pub fn expr(&mut self, frame: &Frame, expr: &Expr) -> Read<Value> {
        let module = frame.module.clone();
        self.deeper(&module, expr, |reader| reader.expression(frame, &module, expr))
    }

    fn expression(&mut self, frame: &Frame, module: &Rc<Module>, expr: &Expr) -> Read<Value> {
        Ok(match expr {
            Expr::NoneLiteral(_) => Value::None,
            Expr::BooleanLiteral(b) => Value::Bool(b.value),
            Expr::StringLiteral(s) => Value::str(s.value.to_str()),
            Expr::NumberLiteral(n) => match &n.value {
                Number::Int(i) => match i.as_i64() {
                    Some(small) => Value::Int(small),
                    None => self.literal(module, expr)?,
                },
                _ => self.literal(module, expr)?,
            },
            Expr::UnaryOp(unary) => match unary.op {
                UnaryOp::Not => Value::Bool(!self.truth(frame, &unary.operand)?),
                _ => self.literal(module, expr)?,
            },
            Expr::FString(f) => self.f_string(frame, f)?,
            Expr::List(list) => Value::list(self.elements(frame, &list.elts)?),
            Expr::Tuple(tuple) => Value::list(self.elements(frame, &tuple.elts)?),
            Expr::Dict(dict) => self.dict(frame, dict)?,
            Expr::Name(name) => self.name(frame, expr, name.id.as_str())?,
            Expr::Attribute(attribute) => {
                let whole = self.expr(frame, &attribute.value)?;
                self.attribute(module, expr, whole, attribute.attr.as_str())?
            }
            Expr::Subscript(subscript) => {
                let whole = self.expr(frame, &subscript.value)?;
                let key = self.expr(frame, &subscript.slice)?;
                self.item(module, expr, whole, &key)?
            }
            Expr::BinOp(b) => {
                let left = self.expr(frame, &b.left)?;
                let right = self.expr(frame, &b.right)?;
                self.operate(module, expr, b.op, left, right)?
            }
            Expr::BoolOp(b) => {
                let mut value = Value::None;
                for (index, operand) in b.values.iter().enumerate() {
                    value = self.expr(frame, operand)?;
                    if index + 1 == b.values.len() {
                        break;
                    }
                    let Some(truth) = value.truth() else {
                        return self.refuse(module, operand, "a condition that is not known here");
                    };
                    if truth == (b.op == ast::BoolOp::Or) {
                        break;
                    }
                }
                value
            }
            Expr::Compare(compare) => self.compare(frame, compare)?,
            Expr::If(choice) => match self.truth(frame, &choice.test)? {
                true => self.expr(frame, &choice.body)?,
                false => self.expr(frame, &choice.orelse)?,
            },
            Expr::Lambda(lambda) => Value::Lambda(frame.clone(), Rc::new((*lambda.body).clone())),
            Expr::ListComp(comp) => {
                let mut items = Vec::new();
                self.comprehend(frame, &comp.generators, &mut |reader, inner| {
                    items.push(reader.expr(inner, &comp.elt)?);
                    Ok(())
                })?;
                Value::list(items)
            }
            Expr::Generator(comp) => {
                let mut items = Vec::new();
                self.comprehend(frame, &comp.generators, &mut |reader, inner| {
                    items.push(reader.expr(inner, &comp.elt)?);
                    Ok(())
                })?;
                Value::list(items)
            }
            Expr::DictComp(comp) => {
                let mut entries = IndexMap::new();
                let (Some(key), value) = (&comp.key, &comp.value) else {
                    return self.refuse(module, expr, "this comprehension");
                };
                self.comprehend(frame, &comp.generators, &mut |reader, inner| {
                    let named = reader.expr(inner, key)?;
                    let Some(name) = named.text() else {
                        return reader.refuse(&inner.module, &**key, "a key that is no string");
                    };
                    entries.insert(name.to_owned(), reader.expr(inner, value)?);
                    Ok(())
                })?;
                Value::dict(entries)
            }
            Expr::Call(call) => self.call_expression(frame, expr, call)?,
            _ => {
                let cut: String = module.shown(expr).chars().take(60).collect();
                return self.refuse(module, expr, format!("`{cut}` is not understood"));
            }
        })
    }

    /// A number that a literal spells, as JSON text.
    fn literal(&mut self, module: &Module, expr: &Expr) -> Read<Value> {
        match super::super::literals::Literals::new(&module.text).json(expr) {
            Ok(json) => Ok(Value::Number(json.into())),
            Err(error) => self.refuse(module, expr, error.reason),
        }
    }

    fn elements(&mut self, frame: &Frame, exprs: &[Expr]) -> Read<Vec<Value>> {
        let mut items = Vec::with_capacity(exprs.len());
        for expr in exprs {
            if let Expr::Starred(star) = expr {
                let inner = self.expr(frame, &star.value)?;
                items.extend(self.items(&frame.module.clone(), expr, inner)?);
            } else {
                items.push(self.expr(frame, expr)?);
            }
        }
        Ok(items)
    }

    fn dict(&mut self, frame: &Frame, dict: &ast::ExprDict) -> Read<Value> {
        let mut entries = IndexMap::new();
        for item in &dict.items {
            let value = self.expr(frame, &item.value)?;
            let Some(key) = &item.key else {
                for (key, value) in self.entries(&frame.module.clone(), &item.value, value)? {
                    entries.insert(key, value);
                }
                continue;
            };
            let named = self.expr(frame, key)?;
            let Some(name) = named.text() else {
                let reason = "a key that is no string: data as JSON has no other keys";
                return self.refuse(&frame.module, key, reason);
            };
            entries.insert(name.to_owned(), value);
        }
        Ok(Value::dict(entries))
    }

    fn name(&mut self, frame: &Frame, at: &Expr, name: &str) -> Read<Value> {
        if let Some(value) = frame.get(name) {
            return self.force(value);
        }
        let module = frame.module.clone();
        if let Some(value) = self.global(&module, name)? {
            return self.force(value);
        }
        Ok(match name {
            "__file__" => Value::Path(module.file.as_str().into()),
            "__name__" => Value::str(module.name.as_str()),
            "__package__" => {
                let package = match module.is_package() {
                    true => module.name.as_str(),
                    false => module.name.rsplit_once('.').map_or("", |(package, _)| package),
                };
                Value::str(package)
            }
            _ if library::BUILTINS.contains(&name) => Value::Known(name.into()),
            _ => return self.refuse(&module, at, format!("the name {name} is not known")),
        })
    }

    fn f_string(&mut self, frame: &Frame, f: &ast::ExprFString) -> Read<Value> {
        let mut text = String::new();
        for part in f.value.iter() {
            match part {
                ast::FStringPart::Literal(literal) => text.push_str(literal.as_str()),
                ast::FStringPart::FString(inner) => {
                    for element in &inner.elements {
                        match element {
                            ast::InterpolatedStringElement::Literal(l) => text.push_str(&l.value),
                            ast::InterpolatedStringElement::Interpolation(i) => {
                                if i.format_spec.is_some()
                                    || i.conversion != ast::ConversionFlag::None
                                {
                                    return self.refuse(&frame.module, i, "this f-string");
                                }
                                let value = self.expr(frame, &i.expression)?;
                                text.push_str(&self.shown(&frame.module, i, &value)?);
                            }
                        }
                    }
                }
            }
        }
        self.made(&frame.module, f, text.len())?;
        Ok(Value::str(text))
    }

    /// `str()` of a value.
    pub(super) fn shown(
        &mut self,
        module: &Module,
        at: &impl ruff_text_size::Ranged,
        value: &Value,
    ) -> Read<String> {
        Ok(match value {
            Value::Str(text) | Value::Path(text) => text.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::None => "None".to_owned(),
            other => {
                return self.refuse(module, at, format!("{} as text", other.kind()));
            }
        })
    }

    pub(super) fn operate(
        &mut self,
        module: &Rc<Module>,
        at: &impl ruff_text_size::Ranged,
        op: Operator,
        left: Value,
        right: Value,
    ) -> Read<Value> {
        let (left, right) = (open(left), open(right));
        Ok(match (op, &left, &right) {
            (Operator::Add, Value::Str(a), Value::Str(b)) => {
                self.made(module, at, a.len() + b.len())?;
                Value::str(format!("{a}{b}"))
            }
            // Paths are strings too: `os.path.dirname(__file__) + "/x.json"`.
            (Operator::Add, Value::Path(a), Value::Str(b)) => Value::Path(format!("{a}{b}").into()),
            (Operator::Add, Value::Int(a), Value::Int(b)) => Value::Int(a.saturating_add(*b)),
            (Operator::Sub, Value::Int(a), Value::Int(b)) => Value::Int(a.saturating_sub(*b)),
            (Operator::Add, Value::List(a), Value::List(b)) => {
                let both: Vec<Value> =
                    a.borrow().iter().chain(b.borrow().iter()).cloned().collect();
                self.made(module, at, both.len() * 16)?;
                Value::list(both)
            }
            (Operator::Div, Value::Path(a), Value::Str(b)) => library::join(a, b),
            (Operator::BitOr, Value::Dict(a), Value::Dict(b)) => {
                let mut both = a.borrow().clone();
                both.extend(b.borrow().iter().map(|(k, v)| (k.clone(), v.clone())));
                Value::dict(both)
            }
            _ => {
                let reason = format!("{} {} {}", left.kind(), op.as_str(), right.kind());
                return self.refuse(module, at, reason);
            }
        })
    }

    fn compare(&mut self, frame: &Frame, compare: &ast::ExprCompare) -> Read<Value> {
        let module = frame.module.clone();
        let mut left = self.expr(frame, &compare.left)?;
        for (op, right) in compare.ops.iter().zip(&compare.comparators) {
            let right = self.expr(frame, right)?;
            let held = match op {
                CmpOp::Eq => left.equals(&right),
                CmpOp::NotEq => left.equals(&right).map(|equal| !equal),
                CmpOp::Is | CmpOp::IsNot => {
                    let same = match (&left, &right) {
                        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => None,
                        (Value::None, Value::None) => Some(true),
                        (Value::Bool(a), Value::Bool(b)) => Some(a == b),
                        (_, Value::None) | (Value::None, _) => Some(false),
                        _ => None,
                    };
                    same.map(|same| same == (*op == CmpOp::Is))
                }
                CmpOp::In | CmpOp::NotIn => {
                    let within = match (&left, &open(right.clone())) {
                        (Value::Str(a), Value::Str(b)) => Some(b.contains(&**a)),
                        (Value::Str(a), Value::Dict(entries)) => {
                            Some(entries.borrow().contains_key(&**a))
                        }
                        (_, Value::List(items)) => {
                            let items = items.borrow();
                            let all: Option<Vec<bool>> =
                                items.iter().map(|item| left.equals(item)).collect();
                            all.map(|all| all.contains(&true))
                        }
                        _ => None,
                    };
                    within.map(|within| within == (*op == CmpOp::In))
                }
                CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => match (&left, &right) {
                    (Value::Int(a), Value::Int(b)) => Some(match op {
                        CmpOp::Lt => a < b,
                        CmpOp::LtE => a <= b,
                        CmpOp::Gt => a > b,
                        _ => a >= b,
                    }),
                    _ => None,
                },
            };
            match held {
                Some(true) => left = right,
                Some(false) => return Ok(Value::Bool(false)),
                None => {
                    let reason = format!("a comparison of {} with {}", left.kind(), right.kind());
                    return self.refuse(&module, compare, reason);
                }
            }
        }
        Ok(Value::Bool(true))
    }

    fn comprehend(
        &mut self,
        frame: &Frame,
        generators: &[ast::Comprehension],
        each: &mut dyn FnMut(&mut Self, &Frame) -> Read<()>,
    ) -> Read<()> {
        let Some((first, rest)) = generators.split_first() else { return each(self, frame) };
        let over = self.expr(frame, &first.iter)?;
        for item in self.items(&frame.module.clone(), &first.iter, over)? {
            let inner = Frame {
                module: frame.module.clone(),
                locals: Rc::new(RefCell::new(frame.locals.borrow().clone())),
            };
            self.assign(&inner, &first.target, item)?;
            let mut kept = true;
            for test in &first.ifs {
                kept = kept && self.truth(&inner, test)?;
            }
            if kept {
                self.comprehend(&inner, rest, each)?;
            }
        }
        Ok(())
    }

    fn call_expression(&mut self, frame: &Frame, at: &Expr, call: &ast::ExprCall) -> Read<Value> {
        let module = frame.module.clone();
        // The receiver of a method is worked out once.
        let (called, method) = match &*call.func {
            Expr::Attribute(attribute) => {
                let whole = self.expr(frame, &attribute.value)?;
                match whole {
                    Value::Module(_) | Value::Known(_) => {
                        let name = attribute.attr.as_str();
                        let found = self.attribute(&module, at, whole, name)?;
                        (self.force(found)?, None)
                    }
                    whole => (whole, Some(attribute.attr.as_str())),
                }
            }
            other => (self.expr(frame, other)?, None),
        };
        let constructs = matches!(&called, Value::Known(name) if &**name == "super().__init__")
            && method.is_none();
        let positional = match constructs {
            true => {
                let args = call.arguments.args.iter();
                args.map(|arg| self.unforced(frame, arg)).collect::<Read<_>>()?
            }
            false => self.elements(frame, &call.arguments.args)?,
        };
        let mut keywords = Vec::new();
        for keyword in &call.arguments.keywords {
            let value = match constructs {
                // What upstream's constructor is given is looked at one by one, and only when asked for.
                true => Ok(self.unforced(frame, &keyword.value)?),
                false => self.expr(frame, &keyword.value),
            };
            match (&keyword.arg, value) {
                (Some(name), value) => keywords.push((name.to_string(), value?)),
                (None, value) => keywords.extend(self.entries(&module, &keyword.value, value?)?),
            }
        }
        match (called, method) {
            (whole, Some(method)) => self.method(&module, at, whole, method, positional, keywords),
            (Value::Known(name), None) => self.known(&module, at, &name, positional, keywords),
            (Value::Class(..), None) if positional.is_empty() => {
                Ok(Value::dict(keywords.into_iter().collect()))
            }
            (Value::Function(home, function), None) => {
                self.call_or_interpret(&home, &function, positional, keywords)
            }
            (Value::Lambda(inner, body), None) if positional.is_empty() => self.expr(&inner, &body),
            (other, None) => self.refuse(&module, at, format!("{} is called", other.kind())),
        }
    }

    /// An expression whose value may wait: a name stays a name, and what cannot be read is noted.
    fn unforced(&mut self, frame: &Frame, expr: &Expr) -> Read<Value> {
        if let Expr::Name(name) = expr {
            if let Some(value) = frame.get(name.id.as_str()) {
                return Ok(value);
            }
            return Ok(Value::Reference(frame.module.clone(), name.id.as_str().into()));
        }
        match self.expr(frame, expr) {
            Err(Stop::Fault(fault)) => {
                self.notes.push(fault);
                Ok(Value::Unknown("what could not be read"))
            }
            read => read,
        }
    }

    /// The items that a loop over the value visits.
    pub fn items(
        &mut self,
        module: &Rc<Module>,
        at: &impl ruff_text_size::Ranged,
        value: Value,
    ) -> Read<Vec<Value>> {
        Ok(match open(value) {
            Value::List(items) => items.borrow().clone(),
            Value::Dict(entries) => {
                entries.borrow().keys().map(|key| Value::str(key.as_str())).collect()
            }
            Value::File(file) => {
                let text = self.file_text(&file)?;
                text.split_inclusive('\n').map(Value::str).collect()
            }
            other => return self.refuse(module, at, format!("a loop over {}", other.kind())),
        })
    }

    /// The entries of a mapping.
    pub fn entries(
        &mut self,
        module: &Rc<Module>,
        at: &impl ruff_text_size::Ranged,
        value: Value,
    ) -> Read<Vec<(String, Value)>> {
        match open(value) {
            Value::Dict(entries) => {
                Ok(entries.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect())
            }
            other => self.refuse(module, at, format!("the entries of {}", other.kind())),
        }
    }

    fn item(&mut self, module: &Rc<Module>, at: &Expr, whole: Value, key: &Value) -> Read<Value> {
        let missing =
            |reason: String| Err(Stop::Raised(module.fault(at, format!("it raises {reason}"))));
        match (open(whole), key) {
            (Value::Dict(entries), Value::Str(key)) => match entries.borrow().get(&**key) {
                Some(value) => Ok(value.clone()),
                None => missing(format!("KeyError: '{key}'")),
            },
            (Value::List(items), Value::Int(index)) => {
                let items = items.borrow();
                let index = if *index < 0 { *index + items.len() as i64 } else { *index };
                match usize::try_from(index).ok().and_then(|index| items.get(index)) {
                    Some(value) => Ok(value.clone()),
                    None => missing("IndexError".to_owned()),
                }
            }
            (other, _) => self.refuse(module, at, format!("an item of {}", other.kind())),
        }
    }
}

/// Data of a file by one level, where it can be.
fn open(value: Value) -> Value {
    let unopened = value.clone();
    value.opened().unwrap_or(unopened)
}
