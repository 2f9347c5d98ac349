//! `eval` of arithmetic: digits, `+ - * / ( ) .` and blanks, with CPython's error texts.
//!
//! Upstream's `calculate` tools admit exactly this alphabet. Anything else is a `SyntaxError`
//! here, so that no program text ever runs.

use crate::error::{ExcKind, Fault, R};
use crate::number::Op;
use crate::value::Value;
use crate::vm::Vm;

/// CPython's tokenizer allows 200 open brackets.
const MAX_OPEN: usize = 200;
const MAX_TOKENS: usize = 20_000;
/// Deeper trees end CPython's own parser as well.
const MAX_DEPTH: u32 = 700;

#[derive(Clone, Debug)]
enum Token {
    Number(Value),
    Op(Op),
    Open,
    Close,
    Dot,
    Ellipsis,
    End,
}

#[derive(Debug)]
enum Node {
    Value(Value),
    Ellipsis,
    Negative(Box<Node>),
    Positive(Box<Node>),
    Binary(Op, Box<Node>, Box<Node>),
    Call(Box<Node>, Vec<Node>),
    /// `*` or `**` before an argument.
    Star(&'static str, Box<Node>),
}

fn syntax_error(message: &str, line: u32) -> Fault {
    Fault::text(ExcKind::SyntaxError, format!("{message} (<string>, line {line})"))
}

pub(super) fn eval(vm: &mut Vm, source: &str) -> R<Value> {
    vm.step(source.len() as u64 / 4)?;
    let text = source.trim_start_matches([' ', '\t']);
    let (tokens, open) = tokenize(text)?;
    if tokens.len() > MAX_TOKENS {
        return Err(Fault::limit(crate::error::LimitKind::DataDepth));
    }
    if text.trim().is_empty() {
        return Err(syntax_error("invalid syntax", 0));
    }
    let node = stacker::maybe_grow(1 << 20, 8 << 20, || {
        let mut parser = Parser { tokens: &tokens, at: 0, open, depth: 0 };
        let node = parser.sum()?;
        match parser.peek() {
            Token::End => Ok(node),
            _ => Err(parser.fail()),
        }
    })?;
    stacker::maybe_grow(1 << 20, 8 << 20, || value(vm, &node))
}

fn tokenize(text: &str) -> R<(Vec<Token>, usize)> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let (mut at, mut open) = (0, 0);
    while at < bytes.len() {
        let next = bytes.get(at + 1).copied();
        let (token, width) = match bytes[at] {
            b' ' | b'\t' => {
                at += 1;
                continue;
            }
            b'(' => {
                open += 1;
                if open >= MAX_OPEN {
                    return Err(syntax_error("too many nested parentheses", 1));
                }
                (Token::Open, 1)
            }
            b')' if open == 0 => return Err(syntax_error("unmatched ')'", 1)),
            b')' => {
                open -= 1;
                (Token::Close, 1)
            }
            b'+' => (Token::Op(Op::Add), 1),
            b'-' => (Token::Op(Op::Sub), 1),
            b'*' if next == Some(b'*') => (Token::Op(Op::Pow), 2),
            b'*' => (Token::Op(Op::Mul), 1),
            b'/' if next == Some(b'/') => (Token::Op(Op::FloorDiv), 2),
            b'/' => (Token::Op(Op::Div), 1),
            b'.' if bytes[at..].starts_with(b"...") => (Token::Ellipsis, 3),
            b'0'..=b'9' | b'.' => {
                let digits =
                    |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
                let whole = digits(at);
                let mut end = at + whole;
                let mut float = false;
                if bytes.get(end) == Some(&b'.') {
                    let fraction = digits(end + 1);
                    if whole == 0 && fraction == 0 {
                        tokens.push(Token::Dot);
                        at += 1;
                        continue;
                    }
                    float = true;
                    end += 1 + fraction;
                }
                if whole > 0 && matches!(bytes.get(end), Some(b'e' | b'E')) {
                    let signed = matches!(bytes.get(end + 1), Some(b'+' | b'-')) as usize;
                    let exponent = digits((end + 1 + signed).min(bytes.len()));
                    if exponent > 0 {
                        float = true;
                        end += 1 + signed + exponent;
                    }
                }
                let number = &text[at..end];
                if !float
                    && number.len() > 1
                    && number.starts_with('0')
                    && number.bytes().any(|b| b != b'0')
                {
                    return Err(syntax_error(
                        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                        1,
                    ));
                }
                let value = if float {
                    Value::Float(number.parse().unwrap_or(f64::NAN))
                } else if number.len() > crate::number::MAX_STR_DIGITS {
                    let text = crate::number::too_many_digits(number.len());
                    return Err(syntax_error(
                        &format!(
                            "{text} - Consider hexadecimal for huge integer literals to avoid decimal conversion limits."
                        ),
                        1,
                    ));
                } else {
                    Value::big(number.parse().unwrap_or_default())
                };
                (Token::Number(value), end - at)
            }
            _ => return Err(syntax_error("invalid syntax", 1)),
        };
        tokens.push(token);
        at += width;
    }
    tokens.push(Token::End);
    Ok((tokens, open))
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    /// Brackets never closed.
    open: usize,
    depth: u32,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).unwrap_or(&Token::End)
    }

    /// The error at the current token. CPython reads on when two expressions stand side by side;
    /// whoever reads to the end while a bracket is open gets that bracket's error.
    fn fail(&self) -> Fault {
        let at_open_end =
            |at: usize| self.open > 0 && matches!(self.tokens.get(at), None | Some(Token::End));
        let mut message = "invalid syntax";
        if at_open_end(self.at) {
            message = "'(' was never closed";
        } else if matches!(self.peek(), Token::Number(_) | Token::Ellipsis) && self.after_operand()
        {
            let mut second =
                Parser { tokens: self.tokens, at: self.at, open: 0, depth: self.depth };
            let parsed = second.sum().is_ok();
            if at_open_end(second.at) {
                message = "'(' was never closed";
            } else if parsed && level(&self.tokens[..second.at]) > 0 {
                message = "invalid syntax. Perhaps you forgot a comma?";
            }
        }
        syntax_error(message, 1)
    }

    fn after_operand(&self) -> bool {
        self.at > 0
            && matches!(self.tokens[self.at - 1], Token::Number(_) | Token::Close | Token::Ellipsis)
    }

    fn deeper(&mut self) -> R<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::limit(crate::error::LimitKind::DataDepth));
        }
        Ok(())
    }

    fn sum(&mut self) -> R<Node> {
        let mut left = self.product()?;
        let mut length = 0;
        while let Token::Op(op @ (Op::Add | Op::Sub)) = self.peek() {
            let op = *op;
            self.at += 1;
            length += 1;
            if length > 2 * MAX_DEPTH {
                return Err(Fault::limit(crate::error::LimitKind::DataDepth));
            }
            left = Node::Binary(op, Box::new(left), Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> R<Node> {
        let mut left = self.factor()?;
        let mut length = 0;
        while let Token::Op(op @ (Op::Mul | Op::Div | Op::FloorDiv)) = self.peek() {
            let op = *op;
            self.at += 1;
            length += 1;
            if length > 2 * MAX_DEPTH {
                return Err(Fault::limit(crate::error::LimitKind::DataDepth));
            }
            left = Node::Binary(op, Box::new(left), Box::new(self.factor()?));
        }
        Ok(left)
    }

    fn factor(&mut self) -> R<Node> {
        self.deeper()?;
        let node = match self.peek() {
            Token::Op(Op::Sub) => {
                self.at += 1;
                Node::Negative(Box::new(self.factor()?))
            }
            Token::Op(Op::Add) => {
                self.at += 1;
                Node::Positive(Box::new(self.factor()?))
            }
            _ => {
                let base = self.primary()?;
                if matches!(self.peek(), Token::Op(Op::Pow)) {
                    self.at += 1;
                    Node::Binary(Op::Pow, Box::new(base), Box::new(self.factor()?))
                } else {
                    base
                }
            }
        };
        self.depth -= 1;
        Ok(node)
    }

    fn primary(&mut self) -> R<Node> {
        let mut node = match self.peek().clone() {
            Token::Number(value) => {
                self.at += 1;
                Node::Value(value)
            }
            Token::Ellipsis => {
                self.at += 1;
                Node::Ellipsis
            }
            Token::Open => {
                self.at += 1;
                if matches!(self.peek(), Token::Close) {
                    self.at += 1;
                    Node::Value(Value::tuple(Vec::new()))
                } else {
                    self.group()?
                }
            }
            _ => return Err(self.fail()),
        };
        let mut calls = 0;
        while matches!(self.peek(), Token::Open) {
            calls += 1;
            if calls > MAX_DEPTH {
                return Err(Fault::limit(crate::error::LimitKind::DataDepth));
            }
            self.at += 1;
            let args = if matches!(self.peek(), Token::Close) {
                self.at += 1;
                Vec::new()
            } else {
                vec![self.argument()?]
            };
            node = Node::Call(Box::new(node), args);
        }
        Ok(node)
    }

    /// What follows an opening bracket, and the closing one.
    fn group(&mut self) -> R<Node> {
        self.deeper()?;
        if matches!(self.peek(), Token::Op(Op::Mul | Op::Pow)) {
            let error = self.starred();
            return Err(error);
        }
        let node = self.sum()?;
        if !matches!(self.peek(), Token::Close) {
            return Err(self.fail());
        }
        self.depth -= 1;
        self.at += 1;
        Ok(node)
    }

    /// `(*expression)` and `(**expression)`
    fn starred(&mut self) -> Fault {
        let message = match self.peek() {
            Token::Op(Op::Pow) => "cannot use double starred expression here",
            _ => "cannot use starred expression here",
        };
        self.at += 1;
        match self.sum() {
            Ok(_) if matches!(self.peek(), Token::Close) && self.open == 0 => {
                syntax_error(message, 1)
            }
            Ok(_) => self.fail(),
            Err(fault) => fault,
        }
    }

    /// The argument of a call: an expression, `*expression` or `**expression`.
    fn argument(&mut self) -> R<Node> {
        let star = match self.peek() {
            Token::Op(Op::Mul) => "*",
            Token::Op(Op::Pow) => "**",
            _ => return self.group(),
        };
        self.at += 1;
        let inner = self.group()?;
        Ok(Node::Star(star, Box::new(inner)))
    }
}

/// How many brackets are open after these tokens.
fn level(tokens: &[Token]) -> i64 {
    let step = |token: &Token| match token {
        Token::Open => 1,
        Token::Close => -1,
        _ => 0,
    };
    tokens.iter().map(step).sum()
}

fn value(vm: &mut Vm, node: &Node) -> R<Value> {
    vm.step(1)?;
    match node {
        Node::Value(value) => Ok(value.clone()),
        Node::Star(_, inner) => value(vm, inner),
        Node::Ellipsis => Ok(Value::Ellipsis),
        Node::Negative(inner) => {
            let inner = value(vm, inner)?;
            vm.unary(crate::code::UnaryOp::Neg, &inner)
        }
        Node::Positive(inner) => {
            let inner = value(vm, inner)?;
            vm.unary(crate::code::UnaryOp::Pos, &inner)
        }
        Node::Binary(op, left, right) => {
            let left = value(vm, left)?;
            let right = value(vm, right)?;
            vm.binary(*op, &left, &right)
        }
        Node::Call(func, args) => {
            let func = value(vm, func)?;
            let mut given = Vec::new();
            for arg in args {
                match arg {
                    Node::Star(star, inner) => {
                        let inner = value(vm, inner)?;
                        if !matches!((*star, &inner), ("*", Value::Tuple(_))) {
                            let callee = crate::text::str_of(vm.heap, &func)?;
                            let wanted = if *star == "*" { "an iterable" } else { "a mapping" };
                            let kind = crate::text::type_name(vm.heap, &inner);
                            return Err(Fault::type_error(format!(
                                "{callee} argument after {star} must be {wanted}, not {kind}"
                            )));
                        }
                    }
                    arg => given.push(value(vm, arg)?),
                }
            }
            vm.call_value(&func, given, Vec::new())
        }
    }
}
