//! The outline of a JSON file: where its entries begin and end, found without building anything.
//!
//! A result file is read entry by entry, so that a file of hundreds of megabytes needs the memory of
//! one conversation and an entry that cannot be read costs nothing but itself. Each entry's own text
//! is then read by the ordinary JSON reader. Python also writes `NaN`, `Infinity` and `-Infinity`,
//! which are not JSON; [`Found::text`] gives them as strings, so that they survive and are no numbers.

use std::borrow::Cow;
use std::ops::Range;

/// Deepest nesting of an entry; the ordinary reader's own limit is 128.
const DEEPEST: usize = 100;
/// Nesting at which the rest of the file is given up.
const ABSURD: usize = 100_000;

/// A value in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its bytes.
    pub range: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: u32,
    /// Whether it holds numbers that only Python writes.
    odd: bool,
    /// Whether it is nested too deep to be read.
    deep: bool,
}

/// Where and why the outline ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1, counted in bytes.
    pub column: u32,
    /// What was met.
    pub reason: String,
}

impl Found {
    /// The value's text, readable by the ordinary reader.
    pub(crate) fn text<'a>(&self, bytes: &'a [u8]) -> Result<Cow<'a, str>, String> {
        if self.deep {
            return Err(format!("it is nested more than {DEEPEST} levels deep"));
        }
        let text = std::str::from_utf8(&bytes[self.range.clone()])
            .map_err(|_| "it is not UTF-8 text".to_owned())?;
        Ok(if self.odd { Cow::Owned(quote_odd(text)) } else { Cow::Borrowed(text) })
    }
}

/// The elements of the array at `range`; what was found before a fault comes first.
pub(crate) fn elements(
    bytes: &[u8],
    range: Range<usize>,
    line: u32,
) -> (Vec<Found>, Option<Broken>) {
    let mut scan = Scan::at(bytes, range, line);
    let mut found = Vec::new();
    let broken = scan.array(&mut found).err();
    (found, broken)
}

/// The members of the object at `range`, in the file's order.
pub(crate) fn members(
    bytes: &[u8],
    range: Range<usize>,
    line: u32,
) -> (Vec<(String, Found)>, Option<Broken>) {
    let mut scan = Scan::at(bytes, range, line);
    let mut found = Vec::new();
    let broken = scan.object(&mut found).err();
    (found, broken)
}

/// The first byte that is not white space or a byte order mark.
pub(crate) fn first(bytes: &[u8]) -> Option<(usize, u8)> {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let at = bytes[start..].iter().position(|byte| !byte.is_ascii_whitespace())? + start;
    Some((at, bytes[at]))
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
    line: u32,
    line_start: usize,
}

impl<'a> Scan<'a> {
    fn at(bytes: &'a [u8], range: Range<usize>, line: u32) -> Self {
        Scan { bytes, at: range.start, end: range.end, line, line_start: range.start }
    }

    fn broken(&self, reason: impl Into<String>) -> Broken {
        let column = u32::try_from(self.at.saturating_sub(self.line_start) + 1).unwrap_or(u32::MAX);
        Broken { line: self.line, column, reason: reason.into() }
    }

    fn peek(&mut self) -> Option<u8> {
        while self.at < self.end {
            match self.bytes[self.at] {
                b'\n' => {
                    self.line = self.line.saturating_add(1);
                    self.at += 1;
                    self.line_start = self.at;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
        None
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Broken> {
        match self.peek() {
            Some(byte) if byte == wanted => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.broken(format!("{:?} was expected here", wanted as char))),
            None => Err(self.ends()),
        }
    }

    fn ends(&self) -> Broken {
        self.broken("the file ends in the middle")
    }

    fn array(&mut self, found: &mut Vec<Found>) -> Result<(), Broken> {
        self.expect(b'[')?;
        if self.peek() == Some(b']') {
            return Ok(());
        }
        loop {
            let value = self.value()?;
            found.push(value);
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => return Ok(()),
                Some(_) => return Err(self.broken("a comma was expected here")),
                None => return Err(self.ends()),
            }
        }
    }

    fn object(&mut self, found: &mut Vec<(String, Found)>) -> Result<(), Broken> {
        self.expect(b'{')?;
        if self.peek() == Some(b'}') {
            return Ok(());
        }
        loop {
            let name = self.value()?;
            let name = name.text(self.bytes).ok();
            let name = name.and_then(|text| serde_json::from_str::<String>(&text).ok());
            let name = name.ok_or_else(|| self.broken("a name in quotes was expected here"))?;
            self.expect(b':')?;
            let value = match self.value() {
                Ok(value) => value,
                // What has begun is known by name, so that its own entries can still be found.
                Err((start, line, broken)) => {
                    let range = start..self.end;
                    found.push((name, Found { range, line, odd: false, deep: false }));
                    return Err(broken);
                }
            };
            found.push((name, value));
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => return Ok(()),
                Some(_) => return Err(self.broken("a comma was expected here")),
                None => return Err(self.ends()),
            }
        }
    }

    /// One value, skipped. On a fault also where the value began.
    fn value(&mut self) -> Result<Found, (usize, u32, Broken)> {
        self.peek();
        let (start, line) = (self.at, self.line);
        self.skip(start, line).map_err(|broken| (start, line, broken))
    }

    fn skip(&mut self, start: usize, line: u32) -> Result<Found, Broken> {
        let mut open: Vec<u8> = Vec::new();
        let mut found = Found { range: start..start, line, odd: false, deep: false };
        loop {
            let Some(byte) = self.peek() else { return Err(self.ends()) };
            match byte {
                b'{' | b'[' => {
                    open.push(byte);
                    found.deep |= open.len() > DEEPEST;
                    if open.len() > ABSURD {
                        return Err(self.broken("it is nested absurdly deep"));
                    }
                    self.at += 1;
                }
                b'}' | b']' => {
                    let fits = match open.pop() {
                        Some(opened) => (opened == b'{') == (byte == b'}'),
                        None => false,
                    };
                    if !fits {
                        return Err(self.broken(format!("there is a stray {:?}", byte as char)));
                    }
                    self.at += 1;
                }
                b'"' => self.string()?,
                b',' | b':' if !open.is_empty() => self.at += 1,
                b',' | b':' => return Err(self.broken("a value was expected here")),
                _ => found.odd |= self.word(),
            }
            if open.is_empty() {
                found.range.end = self.at;
                return Ok(found);
            }
        }
    }

    fn string(&mut self) -> Result<(), Broken> {
        let mut at = self.at + 1;
        while at < self.end {
            match self.bytes[at] {
                b'\\' => at += 2,
                b'"' => {
                    self.at = at + 1;
                    return Ok(());
                }
                b'\n' => {
                    self.line = self.line.saturating_add(1);
                    at += 1;
                    self.line_start = at;
                }
                _ => at += 1,
            }
        }
        self.at = self.end;
        Err(self.ends())
    }

    /// A number or a word; says whether it is one that only Python writes.
    fn word(&mut self) -> bool {
        let start = self.at;
        let stop = |byte: &u8| {
            byte.is_ascii_whitespace()
                || matches!(byte, b',' | b':' | b'[' | b']' | b'{' | b'}' | b'"')
        };
        let rest = &self.bytes[start..self.end];
        self.at = start + rest.iter().position(stop).unwrap_or(rest.len()).max(1);
        matches!(&self.bytes[start..self.at], b"NaN" | b"Infinity" | b"-Infinity")
    }
}

impl From<(usize, u32, Broken)> for Broken {
    fn from((_, _, broken): (usize, u32, Broken)) -> Self {
        broken
    }
}

/// The text with Python's `NaN`, `Infinity` and `-Infinity` in quotes.
fn quote_odd(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut quoted = false;
    while let Some(byte) = rest.bytes().next() {
        if quoted {
            let end = rest.find(['"', '\\']).unwrap_or(rest.len());
            // A backslash takes the character after it along, whatever it is.
            let step = match rest.as_bytes().get(end) {
                Some(b'\\') => end + 1 + rest[end + 1..].chars().next().map_or(0, char::len_utf8),
                Some(_) => {
                    quoted = false;
                    end + 1
                }
                None => end,
            };
            out.push_str(&rest[..step]);
            rest = &rest[step..];
            continue;
        }
        let odd = ["NaN", "Infinity", "-Infinity"].into_iter().find(|word| rest.starts_with(word));
        if let Some(word) = odd {
            out.push('"');
            out.push_str(word);
            out.push('"');
            rest = &rest[word.len()..];
            continue;
        }
        quoted = byte == b'"';
        let step = rest.chars().next().map_or(1, char::len_utf8);
        out.push_str(&rest[..step]);
        rest = &rest[step..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(json: &str) -> (Vec<String>, Option<Broken>) {
        let bytes = json.as_bytes();
        let (found, broken) = elements(bytes, 0..bytes.len(), 1);
        (found.iter().map(|each| each.text(bytes).unwrap().into_owned()).collect(), broken)
    }

    #[test]
    fn the_entries_of_a_list_are_found_whatever_is_in_them() {
        let (found, broken) = texts("[ {\"a\": \"]},\\\"\"}, [1, [2]] ,\n -1.5e3, null, \"x\" ]");
        assert_eq!(found, ["{\"a\": \"]},\\\"\"}", "[1, [2]]", "-1.5e3", "null", "\"x\""]);
        assert_eq!(broken, None);
        assert_eq!(texts("[]"), (vec![], None));
    }

    #[test]
    fn what_comes_before_a_fault_is_kept_and_the_fault_has_a_place() {
        let (found, broken) = texts("[{\"a\": 1},\n {\"b\": 2},\n {\"c\": [1, ");
        assert_eq!(found.len(), 2);
        assert_eq!(broken.unwrap().line, 3);
        let (found, broken) = texts("[1, 2 3]");
        assert_eq!(found.len(), 2);
        assert_eq!(broken.map(|broken| (broken.line, broken.column)), Some((1, 7)));
        let (found, broken) = texts("[[1}, 2]");
        assert!(found.is_empty() && broken.unwrap().reason.contains("stray"));
    }

    #[test]
    fn numbers_that_only_python_writes_become_strings_outside_strings() {
        let (found, _) = texts(r#"[{"a": NaN, "b": "NaN \" NaN ä", "c": [-Infinity, Infinity]}]"#);
        assert_eq!(found, [r#"{"a": "NaN", "b": "NaN \" NaN ä", "c": ["-Infinity", "Infinity"]}"#]);
    }

    #[test]
    fn an_entry_that_is_nested_too_deep_is_refused_and_the_next_one_is_found() {
        let json = format!("[{}{}, 7]", "[".repeat(200), "]".repeat(200));
        let bytes = json.as_bytes();
        let (found, broken) = elements(bytes, 0..bytes.len(), 1);
        assert_eq!((found.len(), broken), (2, None));
        assert!(found[0].text(bytes).unwrap_err().contains("levels"));
        assert_eq!(found[1].text(bytes).unwrap(), "7");
        let absurd = format!("[{}", "[".repeat(300_000));
        let (found, broken) = elements(absurd.as_bytes(), 0..absurd.len(), 1);
        assert!(found.is_empty() && broken.unwrap().reason.contains("absurdly"));
    }

    #[test]
    fn the_members_of_an_object_are_found_and_a_cut_one_is_known_by_name() {
        let json = "{\"info\": {\"x\": 1},\n\"simulations\": [{\"id\": 1}, {\"id\":";
        let (found, broken) = members(json.as_bytes(), 0..json.len(), 1);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["info", "simulations"]);
        assert!(broken.is_some());
        let cut = &found[1].1;
        let (inner, _) = elements(json.as_bytes(), cut.range.clone(), cut.line);
        assert_eq!(inner.len(), 1);
        assert_eq!(inner[0].line, 2);
    }
}
