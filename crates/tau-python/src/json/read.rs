//! Python's `json.loads`: NaN and Infinity, integers of any size, duplicate keys (last value,
//! first position), lone surrogates, and the exact texts of `JSONDecodeError`.

use crate::error::{JsonError, LimitKind};
use crate::value::{Key, Map, Value, surrogate_char};
use num_bigint::BigInt;
use std::sync::Arc;

/// Deeper documents are refused (CPython gives up near 1,000 as well).
const MAX_DEPTH: u32 = 500;

/// Where a reader puts containers and strings.
pub(crate) trait Sink {
    fn list(&mut self, items: Vec<Value>) -> Result<Value, JsonError>;
    fn dict(&mut self, entries: Map) -> Result<Value, JsonError>;
    fn text(&mut self, text: &str) -> Arc<str>;
}

pub(crate) fn read(text: &str, sink: &mut impl Sink) -> Result<Value, JsonError> {
    let mut reader =
        Reader { text, bytes: text.as_bytes(), at: 0, depth: 0, sink, buffer: String::new() };
    if text.starts_with('\u{feff}') {
        return Err(reader.error("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0));
    }
    reader.skip_space();
    let value = reader.value()?;
    reader.skip_space();
    if reader.at != text.len() {
        let at = reader.at;
        return Err(reader.error("Extra data", at));
    }
    Ok(value)
}

struct Reader<'t, S> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    depth: u32,
    sink: &'t mut S,
    buffer: String,
}

impl<S: Sink> Reader<'_, S> {
    fn error(&self, reason: &str, at: usize) -> JsonError {
        let before = &self.text[..at];
        let line = before.matches('\n').count() + 1;
        let position = before.chars().count();
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        JsonError::Malformed {
            message: format!("{reason}: line {line} column {column} (char {position})"),
        }
    }

    #[inline]
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    #[inline]
    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Value, JsonError> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.error("Expecting value", self.at))
    }

    fn value(&mut self) -> Result<Value, JsonError> {
        match self.peek() {
            b'"' => {
                let text = self.string()?;
                Ok(Value::Str(text))
            }
            b'{' | b'[' => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(JsonError::Limit(LimitKind::DataDepth));
                }
                let value = if self.peek() == b'{' { self.object() } else { self.array() };
                self.depth -= 1;
                value
            }
            b'n' => self.literal("null", Value::None),
            b't' => self.literal("true", Value::Bool(true)),
            b'f' => self.literal("false", Value::Bool(false)),
            b'N' => self.literal("NaN", Value::Float(f64::NAN)),
            b'I' => self.literal("Infinity", Value::Float(f64::INFINITY)),
            b'-' if self.bytes.get(self.at + 1) == Some(&b'I') => {
                self.literal("-Infinity", Value::Float(f64::NEG_INFINITY))
            }
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(self.error("Expecting value", self.at)),
        }
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Value, JsonError> {
        let start = self.at;
        if self.peek() == b'-' {
            self.at += 1;
        }
        match self.peek() {
            b'0' => self.at += 1,
            b'1'..=b'9' => {
                self.digits();
            }
            _ => return Err(self.error("Expecting value", start)),
        }
        let whole_end = self.at;
        let mut is_float = false;
        if self.peek() == b'.' {
            self.at += 1;
            if self.digits() > 0 {
                is_float = true;
            } else {
                self.at = whole_end;
            }
        }
        if matches!(self.peek(), b'e' | b'E') {
            let before = self.at;
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            if self.digits() > 0 {
                is_float = true;
            } else {
                self.at = before;
            }
        }
        let text = &self.text[start..self.at];
        if is_float {
            return Ok(Value::Float(text.parse().unwrap_or(f64::NAN)));
        }
        if let Ok(small) = text.parse::<i64>() {
            return Ok(Value::Int(small));
        }
        let digits = text.trim_start_matches('-').len();
        if digits > crate::number::MAX_STR_DIGITS {
            return Err(JsonError::Malformed { message: crate::number::too_many_digits(digits) });
        }
        Ok(Value::big(text.parse::<BigInt>().unwrap_or_default()))
    }

    fn array(&mut self) -> Result<Value, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == b']' {
            self.at += 1;
            return self.sink.list(items);
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            match self.peek() {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return self.sink.list(items);
                }
                _ => return Err(self.error("Expecting ',' delimiter", self.at)),
            }
            self.skip_space();
        }
    }

    fn object(&mut self) -> Result<Value, JsonError> {
        self.at += 1;
        let mut entries = Map::default();
        self.skip_space();
        if self.peek() == b'}' {
            self.at += 1;
            return self.sink.dict(entries);
        }
        loop {
            if self.peek() != b'"' {
                return Err(
                    self.error("Expecting property name enclosed in double quotes", self.at)
                );
            }
            let key = self.string()?;
            self.skip_space();
            if self.peek() != b':' {
                return Err(self.error("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.skip_space();
            let value = self.value()?;
            entries.insert(Key(Value::Str(key)), value);
            self.skip_space();
            match self.peek() {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return self.sink.dict(entries);
                }
                _ => return Err(self.error("Expecting ',' delimiter", self.at)),
            }
            self.skip_space();
        }
    }

    fn string(&mut self) -> Result<Arc<str>, JsonError> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        while !matches!(self.peek(), b'"' | b'\\' | 0..=31) {
            self.at += 1;
        }
        if self.peek() == b'"' {
            let text = self.sink.text(&self.text[start..self.at]);
            self.at += 1;
            return Ok(text);
        }
        self.buffer.clear();
        self.at = start;
        loop {
            let run = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..=31) {
                self.at += 1;
            }
            self.buffer.push_str(&self.text[run..self.at]);
            if self.at >= self.bytes.len() {
                return Err(self.error("Unterminated string starting at", open));
            }
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    let text = std::mem::take(&mut self.buffer);
                    let shared = self.sink.text(&text);
                    self.buffer = text;
                    return Ok(shared);
                }
                b'\\' => self.escape(open)?,
                _ => return Err(self.error("Invalid control character at", self.at)),
            }
        }
    }

    fn escape(&mut self, open: usize) -> Result<(), JsonError> {
        let backslash = self.at;
        self.at += 1;
        let Some(&letter) = self.bytes.get(self.at) else {
            return Err(self.error("Unterminated string starting at", open));
        };
        self.at += 1;
        let plain = match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit(self.at - 1)?;
                let code = self.joined(unit);
                self.buffer.push(code);
                return Ok(());
            }
            _ => return Err(self.error("Invalid \\escape", backslash)),
        };
        self.buffer.push(plain);
        Ok(())
    }

    /// Four hexadecimal digits; `letter` is the position of the `u`.
    fn unit(&mut self, letter: usize) -> Result<u32, JsonError> {
        let digits = self.bytes.get(letter + 1..letter + 5);
        let valid =
            digits.filter(|d| d.iter().all(u8::is_ascii_hexdigit) && letter + 5 < self.bytes.len());
        let Some(valid) = valid else {
            return Err(self.error("Invalid \\uXXXX escape", letter));
        };
        self.at = letter + 5;
        let text = std::str::from_utf8(valid).unwrap_or("0");
        Ok(u32::from_str_radix(text, 16).unwrap_or(0))
    }

    /// Joins a surrogate pair; a lone surrogate is kept as its stand-in.
    fn joined(&mut self, unit: u32) -> char {
        if (0xD800..0xDC00).contains(&unit) && self.bytes[self.at..].starts_with(b"\\u") {
            let saved = self.at;
            if let Ok(low) = self.unit(self.at + 1)
                && (0xDC00..0xE000).contains(&low)
            {
                let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                return char::from_u32(code).unwrap_or('\u{FFFD}');
            }
            self.at = saved;
        }
        char::from_u32(unit).unwrap_or_else(|| surrogate_char(unit))
    }
}
