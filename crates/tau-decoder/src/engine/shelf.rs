//! Lanes between two jobs. The next prompt of a conversation begins with all of the last one, and
//! a run's conversations begin alike; what was read of such a beginning is kept.

use std::collections::VecDeque;

use crate::decoder::PIECE;
use crate::{DecoderError, Lane};

/// A lane at rest, and what it has read without any push.
pub(super) struct Kept {
    pub lane: Lane,
    pub tokens: Vec<u32>,
}

/// Lanes at rest, the longest unused first.
#[derive(Default)]
pub(super) struct Shelf {
    kept: VecDeque<Kept>,
}

impl Shelf {
    /// Puts a lane to rest. `clean` are its tokens up to the first one that a push touched.
    pub fn put(&mut self, mut lane: Lane, clean: Vec<u32>) {
        lane.truncate(clean.len());
        if lane.len() >= PIECE {
            self.kept.push_back(Kept { lane, tokens: clean });
        }
    }

    /// A lane that has read the beginning of `prompt`, in whole pieces and not to its very end;
    /// `None` when nothing of it was kept. A lane that knows more than that stays for whoever
    /// needs the rest, and a copy is given.
    pub fn take(&mut self, prompt: &[u32]) -> Result<Option<Lane>, DecoderError> {
        let most = prompt.len().saturating_sub(1);
        let known = |kept: &Kept| {
            let same = kept.tokens.iter().zip(&prompt[..most]).take_while(|(a, b)| a == b).count();
            same / PIECE * PIECE
        };
        let best = self.kept.iter().map(known).enumerate().max_by_key(|(_, n)| *n);
        let Some((place, length)) = best.filter(|(_, n)| *n > 0) else { return Ok(None) };
        if self.kept[place].tokens.len() >= length + PIECE {
            return self.kept[place].lane.beginning(length).map(Some);
        }
        Ok(self.kept.remove(place).map(|mut kept| {
            kept.lane.truncate(length);
            kept.lane
        }))
    }

    /// Bytes that the lanes hold.
    pub fn bytes(&self) -> usize {
        self.kept.iter().map(|k| k.lane.bytes()).sum()
    }

    /// Lets the longest unused lanes go until the rest fits.
    pub fn shrink(&mut self, bytes: usize) {
        while self.bytes() > bytes && self.kept.pop_front().is_some() {}
    }
}
