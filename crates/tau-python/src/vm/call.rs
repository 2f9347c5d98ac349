//! Calls: binding of arguments with CPython's texts, functions, classes, attributes.

use super::exec::Flow;
use super::{Object, Vm};
use crate::builtins::{self, Method};
use crate::code::*;
use crate::error::{ExcClass, ExcKind, Fault, R};
use crate::text::{self, type_name};
use crate::value::{Key, Map, Value};

pub(crate) type Kwargs = Vec<(Name, Value)>;

impl Vm<'_> {
    pub(super) fn slot_name(&self, slot: u32) -> Name {
        let code = self.running.last().and_then(|c| self.program.codes.get(*c as usize));
        code.and_then(|c| c.slot_names.get(slot as usize)).cloned().unwrap_or_else(|| "".into())
    }

    pub(super) fn is_captured(&self, slot: u32) -> bool {
        let code = self.running.last().and_then(|c| self.program.codes.get(*c as usize));
        code.is_some_and(|c| !c.cells.contains(&slot))
    }

    pub fn class_members(&self, class: u32) -> Option<&[(Name, Value)]> {
        match &self.program.classes.0.get(class as usize)?.kind {
            ClassKind::Enum { members, .. } => Some(members),
            _ => None,
        }
    }

    fn arguments(&mut self, args: &Args, callee: &str) -> R<(Vec<Value>, Kwargs)> {
        let mut positional = Vec::with_capacity(args.positional.len());
        for e in &args.positional {
            let Expr::Star(inner) = e else {
                positional.push(self.eval(e)?);
                continue;
            };
            let value = self.eval(inner)?;
            let more = self.collect(&value).map_err(|fault| match fault {
                Fault::Raised(_) if !matches!(value, Value::Object(_)) => {
                    let kind = type_name(self.heap, &value);
                    Fault::type_error(format!(
                        "{callee}() argument after * must be an iterable, not {kind}"
                    ))
                }
                other => other,
            })?;
            positional.extend(more);
        }
        let mut keywords: Kwargs = Vec::with_capacity(args.keywords.len());
        for (name, e) in &args.keywords {
            let value = self.eval(e)?;
            match name {
                Some(name) => keywords.push((name.clone(), value)),
                None => {
                    let Value::Dict(id) = value else {
                        let name = type_name(self.heap, &value);
                        return Err(Fault::type_error(format!(
                            "{callee}() argument after ** must be a mapping, not {name}"
                        )));
                    };
                    for (key, value) in self.heap.dict(id) {
                        let Value::Str(name) = &key.0 else {
                            return Err(Fault::type_error("keywords must be strings"));
                        };
                        if keywords.iter().any(|(n, _)| n == name) {
                            return Err(Fault::type_error(format!(
                                "{callee}() got multiple values for keyword argument '{name}'"
                            )));
                        }
                        keywords.push((name.clone(), value.clone()));
                    }
                }
            }
        }
        Ok((positional, keywords))
    }

    pub(super) fn call_expr(&mut self, call: &Call) -> R<Value> {
        let func = self.eval(&call.func)?;
        let callee = match &func {
            Value::Function(code) => self.dotted(*code),
            other => text::repr_of(self.heap, other)?,
        };
        let (args, kwargs) = if call.args.plain {
            (self.items(&call.args.positional)?, Vec::new())
        } else {
            self.arguments(&call.args, &callee)?
        };
        self.call_value(&func, args, kwargs)
    }

    fn dotted(&self, code: u32) -> String {
        let code = &self.program.codes[code as usize];
        format!("{}.{}", self.program.modules[code.module as usize].name, code.qualname)
    }

    /// `f(data=.., **kwargs)` with a name given twice.
    pub fn check_repeated(&self, code: &Code, kwargs: &[(String, Value)]) -> R<()> {
        for (i, (name, _)) in kwargs.iter().enumerate() {
            if kwargs[..i].iter().any(|(n, _)| n == name) {
                let dotted = self.dotted(code.number);
                return Err(Fault::type_error(format!(
                    "{dotted}() got multiple values for keyword argument '{name}'"
                )));
            }
        }
        Ok(())
    }

    pub(super) fn method_call(&mut self, call: &MethodCall) -> R<Value> {
        let receiver = self.eval(&call.receiver)?;
        let (args, kwargs) = if call.args.plain {
            (self.items(&call.args.positional)?, Vec::new())
        } else {
            self.arguments(&call.args, &call.name)?
        };
        self.call_method(&receiver, &call.name, call.method, args, kwargs)
    }

    pub fn call_method(
        &mut self,
        receiver: &Value,
        name: &Name,
        method: Option<Method>,
        args: Vec<Value>,
        kwargs: Kwargs,
    ) -> R<Value> {
        if let Some(method) = method
            && let Some(result) = builtins::call_method(self, receiver, method, &args, &kwargs)?
        {
            return Ok(result);
        }
        let func = self.attribute(receiver, name)?;
        self.call_value(&func, args, kwargs)
    }

    /// `base.name`.
    pub fn attribute(&mut self, base: &Value, name: &Name) -> R<Value> {
        if let Some(value) = builtins::attribute(self, base, name) {
            return Ok(value);
        }
        if let Value::Class(class) = base {
            let mut at = Some(*class);
            let classes = self.program.classes.clone();
            while let Some(number) = at {
                let info = &classes.0[number as usize];
                if let ClassKind::Enum { members, .. } = &info.kind
                    && let Some(index) = members.iter().position(|(n, _)| n == name)
                {
                    return Ok(Value::Member(number, index as u32));
                }
                if let Some((_, attr)) = info.attributes.iter().find(|(n, _)| n == name) {
                    return match attr {
                        ClassAttr::Function(code) => Ok(Value::Function(*code)),
                        ClassAttr::Global(slot) => self.global(*slot),
                    };
                }
                at = info.base;
            }
            if &**name == "__name__" {
                return Ok(Value::str(self.heap.class_name(*class)));
            }
            if self.class_members(*class).is_some() {
                // The wording of 3.11: EnumType.__getattr__ raises the bare name.
                return Err(Fault::text(ExcKind::AttributeError, name.to_string()));
            }
            let class = self.heap.class_name(*class);
            return Err(Fault::text(
                ExcKind::AttributeError,
                format!("type object '{class}' has no attribute '{name}'"),
            ));
        }
        if Method::named(name).is_some_and(|m| builtins::has_method(self, base, m)) {
            return self
                .heap
                .new_object(Object::Bound { receiver: base.clone(), name: name.clone() });
        }
        let kind = type_name(self.heap, base);
        Err(Fault::text(
            ExcKind::AttributeError,
            format!("'{kind}' object has no attribute '{name}'"),
        ))
    }

    pub fn call_value(&mut self, func: &Value, args: Vec<Value>, kwargs: Kwargs) -> R<Value> {
        match func {
            Value::Function(code) => self.call_code(*code, None, args, kwargs),
            Value::Builtin(builtin) => builtins::call(self, *builtin, args, kwargs),
            Value::StrMethod(method) => {
                let Some((receiver, rest)) = args.split_first() else {
                    return Err(Fault::type_error(format!(
                        "unbound method str.{}() needs an argument",
                        method.name()
                    )));
                };
                if !matches!(receiver, Value::Str(_)) {
                    let kind = type_name(self.heap, receiver);
                    return Err(Fault::type_error(format!(
                        "descriptor '{}' for 'str' objects doesn't apply to a '{kind}' object",
                        method.name()
                    )));
                }
                builtins::call_method(self, receiver, *method, rest, &kwargs)
                    .map(|v| v.unwrap_or(Value::None))
            }
            Value::Type(type_id) => builtins::construct(self, *type_id, args, kwargs),
            Value::ExcType(class) => {
                if !kwargs.is_empty() {
                    return Err(Fault::type_error(format!(
                        "{}() takes no keyword arguments",
                        self.heap.exc_name(*class)
                    )));
                }
                self.heap.new_object(Object::Exception { class: *class, args })
            }
            Value::Class(class) => self.call_class(*class, args),
            Value::Object(id) => match &self.heap.objects[*id as usize] {
                Object::Closure { closure, .. } => {
                    let code = closure.code;
                    self.call_code(code, Some(*id), args, kwargs)
                }
                Object::Bound { receiver, name } => {
                    let (receiver, name) = (receiver.clone(), name.clone());
                    let method = Method::named(&name);
                    self.deeper(|vm| vm.call_method(&receiver, &name, method, args, kwargs))
                }
                _ => Err(self.not_callable(func)),
            },
            _ => Err(self.not_callable(func)),
        }
    }

    fn not_callable(&self, value: &Value) -> Fault {
        Fault::type_error(format!("'{}' object is not callable", type_name(self.heap, value)))
    }

    fn call_class(&mut self, class: u32, args: Vec<Value>) -> R<Value> {
        if let ClassKind::Exception(_) = &self.program.classes.0[class as usize].kind {
            return self.heap.new_object(Object::Exception { class: ExcClass::User(class), args });
        }
        let [wanted] = &args[..] else {
            return Err(Fault::type_error(
                "EnumType.__call__() missing 1 required positional argument: 'value'",
            ));
        };
        if let Value::Member(of, _) = wanted
            && *of == class
        {
            return Ok(wanted.clone());
        }
        let members: Vec<Value> =
            self.class_members(class).unwrap_or_default().iter().map(|m| m.1.clone()).collect();
        for (index, value) in members.iter().enumerate() {
            if self.same(value, wanted)? {
                return Ok(Value::Member(class, index as u32));
            }
        }
        let text = text::repr_of(self.heap, wanted)?;
        Err(Fault::value_error(format!("{text} is not a valid {}", self.heap.class_name(class))))
    }

    /// Calls function `number`; `closure` is the closure object, if it is one.
    pub fn call_code(
        &mut self,
        number: u32,
        closure: Option<u32>,
        args: Vec<Value>,
        kwargs: Kwargs,
    ) -> R<Value> {
        let program = self.program;
        let code = &program.codes[number as usize];
        if code.module != u32::MAX {
            self.init_module(code.module)?;
        }
        self.step(1)?;
        let frame = self.bind(code, closure, args, kwargs)?;
        self.deeper(|vm| {
            let base = std::mem::replace(&mut vm.base, vm.stack.len());
            vm.stack.extend(frame);
            vm.running.push(number);
            let result = vm.run_code(code, closure);
            vm.running.pop();
            vm.stack.truncate(vm.base);
            vm.base = base;
            result
        })
    }

    fn run_code(&mut self, code: &Code, closure: Option<u32>) -> R<Value> {
        for slot in &code.cells {
            let value = self.slot(*slot).clone();
            let cell = self.heap.new_cell(value)?;
            self.set_slot(*slot, Value::Int(cell as i64));
        }
        if let Some(id) = closure
            && let Object::Closure { cells, .. } = &self.heap.objects[id as usize]
        {
            for (slot, cell) in cells.iter() {
                let at = self.base + *slot as usize;
                self.stack[at] = Value::Int(*cell as i64);
            }
        }
        match self.block(code, &code.body)? {
            Flow::Return(value) => Ok(value),
            _ => Ok(Value::None),
        }
    }

    /// Binds arguments to slots in CPython's order of checks.
    fn bind(
        &mut self,
        code: &Code,
        closure: Option<u32>,
        args: Vec<Value>,
        kwargs: Kwargs,
    ) -> R<Vec<Value>> {
        let mut frame = vec![Value::Unset; code.slots as usize];
        let name = &code.qualname;
        let positional = code.positional as usize;
        let given = args.len();
        let mut rest = Vec::new();
        for (i, value) in args.into_iter().enumerate() {
            if i < positional {
                frame[i] = value;
            } else {
                rest.push(value);
            }
        }
        let mut extra = Map::default();
        for (keyword, value) in kwargs {
            let at = code
                .params
                .iter()
                .position(|p| p.name == keyword)
                .filter(|i| *i >= code.positional_only as usize);
            match at {
                Some(i) if !matches!(frame[i], Value::Unset) => {
                    return Err(Fault::type_error(format!(
                        "{name}() got multiple values for argument '{keyword}'"
                    )));
                }
                Some(i) => frame[i] = value,
                None if code.double_star.is_none()
                    && code.params[..code.positional_only as usize]
                        .iter()
                        .any(|p| p.name == keyword) =>
                {
                    return Err(Fault::type_error(format!(
                        "{name}() got some positional-only arguments passed as keyword arguments: '{keyword}'"
                    )));
                }
                None if code.double_star.is_some() => {
                    extra.insert(Key(Value::Str(keyword)), value);
                }
                None => {
                    return Err(Fault::type_error(format!(
                        "{name}() got an unexpected keyword argument '{keyword}'"
                    )));
                }
            }
        }
        match code.star {
            Some(slot) => frame[slot as usize] = self.heap.new_tuple(rest)?,
            None if !rest.is_empty() => return Err(self.too_many(code, given, &frame)),
            None => {}
        }
        if let Some(slot) = code.double_star {
            frame[slot as usize] = self.heap.new_dict(extra)?;
        }
        let mut missing = Vec::new();
        let mut missing_keywords = Vec::new();
        for (i, param) in code.params.iter().enumerate() {
            if !matches!(frame[i], Value::Unset) {
                continue;
            }
            match &param.default {
                ParamDefault::Const(value) => frame[i] = value.clone(),
                ParamDefault::Global(slot) => frame[i] = self.global(*slot)?,
                ParamDefault::Own(n) => {
                    if let Some(id) = closure
                        && let Object::Closure { defaults, .. } = &self.heap.objects[id as usize]
                    {
                        frame[i] = defaults[*n as usize].clone();
                    }
                }
                ParamDefault::None if i < positional => missing.push(format!("'{}'", param.name)),
                ParamDefault::None => missing_keywords.push(format!("'{}'", param.name)),
            }
        }
        for (missing, kind) in [(missing, "positional"), (missing_keywords, "keyword-only")] {
            if !missing.is_empty() {
                let plural = if missing.len() == 1 { "" } else { "s" };
                let list = listed(&missing);
                return Err(Fault::type_error(format!(
                    "{name}() missing {} required {kind} argument{plural}: {list}",
                    missing.len()
                )));
            }
        }
        Ok(frame)
    }

    fn too_many(&self, code: &Code, given: usize, frame: &[Value]) -> Fault {
        let most = code.positional as usize;
        let defaults =
            code.params[..most].iter().filter(|p| !matches!(p.default, ParamDefault::None)).count();
        let takes = if defaults > 0 {
            format!("from {} to {most}", most - defaults)
        } else {
            most.to_string()
        };
        let plural = if most == 1 && defaults == 0 { "" } else { "s" };
        let keywords =
            frame[most..code.params.len()].iter().filter(|v| !matches!(v, Value::Unset)).count();
        let note = if keywords > 0 {
            let s = |n: usize| if n == 1 { "" } else { "s" };
            format!(
                " positional argument{} (and {keywords} keyword-only argument{})",
                s(given),
                s(keywords)
            )
        } else {
            String::new()
        };
        let was = if given == 1 && keywords == 0 { "was" } else { "were" };
        Fault::type_error(format!(
            "{}() takes {takes} positional argument{plural} but {given}{note} {was} given",
            code.qualname
        ))
    }
}

/// `'a'`; `'a' and 'b'`; `'a', 'b', and 'c'`.
fn listed(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        [] => String::new(),
    }
}
