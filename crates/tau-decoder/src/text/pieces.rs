//! SentencePiece's BPE as GGUF files carry it: tokens with scores and no list of merges.
//!
//! The text's spaces become a mark, the text is cut into characters, and of all neighbours whose
//! union is a token the one with the highest score is joined, the leftmost of equals, until no
//! union is a token. A character that is no token is spelled in bytes. The same procedure as
//! SentencePiece's `bpe_model.cc` and `llama.cpp`'s `llm_tokenizer_spm`. A list of ranked merges
//! recovered from the scores would differ where two pairs make the same token, so it is not used.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::Kind;
use crate::DecoderError;
use crate::file::Gguf;

const SPACE: &str = "\u{2581}";

/// The tokens that texts are made of.
#[derive(Debug)]
pub(super) struct Pieces {
    /// Token texts to ids and scores.
    known: HashMap<Box<str>, (u32, f32)>,
    /// The token of each byte.
    bytes: Vec<Option<u32>>,
    unknown: Option<u32>,
    space_first: bool,
}

impl Pieces {
    pub fn read(gguf: &Gguf, tokens: &[String], kinds: &[Kind]) -> Result<Pieces, DecoderError> {
        let scores = gguf
            .list("tokenizer.ggml.scores")
            .filter(|s| s.len() == tokens.len())
            .ok_or_else(|| gguf.damaged("tokenizer.ggml.scores does not fit the tokens"))?;
        let scores: Vec<f32> = scores
            .iter()
            .map(|s| s.to_f32().ok().filter(|s| s.is_finite()))
            .collect::<Option<_>>()
            .ok_or_else(|| gguf.damaged("tokenizer.ggml.scores holds no numbers"))?;
        let unknown = gguf.number("tokenizer.ggml.unknown_token_id");
        let mut pieces = Pieces {
            known: HashMap::with_capacity(tokens.len()),
            bytes: vec![None; 256],
            unknown: unknown.filter(|id| *id < tokens.len() as u64).map(|id| id as u32),
            space_first: gguf.flag("tokenizer.ggml.add_space_prefix").unwrap_or(true),
        };
        for (id, (token, kind)) in tokens.iter().zip(kinds).enumerate() {
            match kind {
                Kind::Byte => {
                    if let Some(byte) = byte(token) {
                        pieces.bytes[byte as usize] = Some(id as u32);
                    }
                }
                Kind::Normal | Kind::User | Kind::Unused => {
                    pieces.known.insert(token.as_str().into(), (id as u32, scores[id]));
                }
                Kind::Control | Kind::Unknown => {}
            }
        }
        Ok(pieces)
    }

    /// These tokens alone, numbered in order.
    #[cfg(test)]
    pub fn of(known: &[(&str, f32)]) -> Pieces {
        let numbered = known.iter().enumerate();
        let known = numbered.map(|(id, (t, s))| ((*t).into(), (id as u32, *s))).collect();
        Pieces { known, bytes: vec![None; 256], unknown: None, space_first: false }
    }

    /// Appends the tokens of a text.
    pub fn encode(&self, text: &str, ids: &mut Vec<u32>) {
        if text.is_empty() {
            return;
        }
        let prefix = if self.space_first { SPACE } else { "" };
        let marked = format!("{prefix}{}", text.replace(' ', SPACE));
        for piece in self.joined(&marked) {
            match self.known.get(piece) {
                Some((id, _)) => ids.push(*id),
                None => {
                    ids.extend(
                        piece.bytes().filter_map(|b| self.bytes[b as usize].or(self.unknown)),
                    );
                }
            }
        }
    }

    /// The stretches that are left when nothing can be joined any more.
    pub(super) fn joined<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let mut line: Vec<Stretch> = text
            .char_indices()
            .map(|(at, c)| Stretch { from: at, to: at + c.len_utf8() })
            .collect();
        let count = line.len();
        // Neighbours by number; `count` stands for none. A joined stretch keeps its left number.
        let mut before: Vec<usize> =
            (0..count).map(|i| i.checked_sub(1).unwrap_or(count)).collect();
        let mut after: Vec<usize> = (1..=count).collect();
        let mut queue = BinaryHeap::new();
        let offer = |queue: &mut BinaryHeap<Pair>, line: &[Stretch], left: usize, right: usize| {
            if left == count || right == count {
                return;
            }
            let (from, to) = (line[left].from, line[right].to);
            if let Some((_, score)) = self.known.get(&text[from..to]) {
                queue.push(Pair { score: *score, left, right, length: to - from });
            }
        };
        for right in 1..count {
            offer(&mut queue, &line, right - 1, right);
        }
        while let Some(pair) = queue.pop() {
            let (left, right) = (line[pair.left], line[pair.right]);
            // Stale: one of the two has been joined with something else since.
            if left.is_gone() || right.is_gone() || right.to - left.from != pair.length {
                continue;
            }
            line[pair.left].to = right.to;
            line[pair.right].to = right.from;
            let next = after[pair.right];
            after[pair.left] = next;
            if next != count {
                before[next] = pair.left;
            }
            offer(&mut queue, &line, before[pair.left], pair.left);
            offer(&mut queue, &line, pair.left, next);
        }
        line.iter().filter(|s| !s.is_gone()).map(|s| &text[s.from..s.to]).collect()
    }
}

#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: usize,
    to: usize,
}

impl Stretch {
    fn is_gone(self) -> bool {
        self.from == self.to
    }
}

/// Two neighbours whose union is a token.
#[derive(Debug, PartialEq)]
struct Pair {
    score: f32,
    left: usize,
    right: usize,
    length: usize,
}

impl Eq for Pair {}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        self.score.total_cmp(&other.score).then(other.left.cmp(&self.left))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Appends the bytes of a token.
pub(super) fn spelled(token: &str, kind: Kind, bytes: &mut Vec<u8>) {
    match (kind, byte(token)) {
        (Kind::Byte, Some(byte)) => bytes.push(byte),
        _ => bytes.extend_from_slice(token.replace(SPACE, " ").as_bytes()),
    }
}

/// The byte that `<0x0A>` spells.
fn byte(token: &str) -> Option<u8> {
    let digits = token.strip_prefix("<0x")?.strip_suffix('>')?;
    u8::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 2)
}
