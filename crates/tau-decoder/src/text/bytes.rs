//! The alphabet of byte-level tokens: every byte is a printable character. Printable Latin-1 stands
//! for itself; the other 68 bytes are, in order, the characters from U+0100 on (GPT-2's
//! `bytes_to_unicode`).

/// Appends the bytes that a token's letters stand for.
pub(super) fn spelled(token: &str, bytes: &mut Vec<u8>) {
    for letter in token.chars() {
        match byte(letter) {
            Some(b) => bytes.push(b),
            // Not of the alphabet: a token that was added as it is.
            None => bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

fn stands_for_itself(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF)
}

fn byte(letter: char) -> Option<u8> {
    let code = u32::from(letter);
    match u8::try_from(code) {
        Ok(b) => stands_for_itself(b).then_some(b),
        Err(_) => (0..=255u8).filter(|b| !stands_for_itself(*b)).nth((code - 256) as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_one_letter_and_known_letters_are_right() {
        let letters = (0u32..400).filter_map(char::from_u32);
        let mut bytes: Vec<u8> = letters.filter_map(byte).collect();
        bytes.sort_unstable();
        assert_eq!(bytes, (0..=255).collect::<Vec<u8>>());
        let mut out = Vec::new();
        // GPT-2 writes a space as U+0120 and a line feed as U+010A.
        spelled("\u{120}caf\u{c3}\u{a9}\u{10a}", &mut out);
        assert_eq!(out, " café\n".as_bytes());
    }
}
