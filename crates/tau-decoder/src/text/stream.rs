//! Decoding token by token. A character may be spread over several tokens; it is handed out when
//! its last byte is there.

use super::Text;

/// A reply while it is being written.
#[derive(Debug)]
pub struct TextStream<'a> {
    text: &'a Text,
    pending: Vec<u8>,
}

impl TextStream<'_> {
    pub(super) fn new(text: &Text) -> TextStream<'_> {
        TextStream { text, pending: Vec::new() }
    }

    /// Takes the next token; what has become readable by it, often nothing.
    pub fn push(&mut self, id: u32) -> String {
        self.text.take(id, &mut self.pending)
    }

    /// What is left at the end: bytes that never became a character, as replacement characters.
    pub fn finish(self) -> String {
        String::from_utf8_lossy(&self.pending).into_owned()
    }
}

impl Text {
    /// Adds a token's bytes to those of a character that is not complete, and takes what has
    /// become readable.
    pub(crate) fn take(&self, id: u32, pending: &mut Vec<u8>) -> String {
        self.spell(id, pending);
        readable(pending)
    }
}

/// Takes the whole characters off the front; bytes that can never become one are replaced.
fn readable(pending: &mut Vec<u8>) -> String {
    let mut out = String::new();
    loop {
        match std::str::from_utf8(pending) {
            Ok(whole) => {
                out.push_str(whole);
                pending.clear();
                return out;
            }
            Err(e) => {
                let (good, bad) = pending.split_at(e.valid_up_to());
                out.push_str(&String::from_utf8_lossy(good));
                let Some(broken) = e.error_len() else {
                    *pending = bad.to_vec();
                    return out;
                };
                out.push(char::REPLACEMENT_CHARACTER);
                *pending = bad[broken..].to_vec();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn half_a_character_waits_and_a_broken_one_is_replaced() {
        let mut pending = "ok é".as_bytes()[..4].to_vec();
        assert_eq!(readable(&mut pending), "ok ");
        pending.extend_from_slice(&"é".as_bytes()[1..]);
        assert_eq!(readable(&mut pending), "é");
        pending.extend_from_slice(b"\xC3a");
        assert_eq!(readable(&mut pending), "\u{FFFD}a");
        assert!(pending.is_empty());
    }
}
