//! How likely a text is to the model.

use crate::decoder::PIECE;
use crate::{Capture, Decoder, DecoderError, Feed, Lane, Push};

impl Decoder {
    /// The sum of log p(token | all before it) over `tokens[from..]`, and how many those are.
    ///
    /// # Errors
    /// When `from` is 0 (the first token has nothing before it) or past the end, and as
    /// [`Decoder::forward`].
    pub fn score(
        &self,
        tokens: &[u32],
        from: usize,
        push: &[Push],
    ) -> Result<(f64, usize), DecoderError> {
        self.score_after(&mut self.lane(), tokens, from, push)
    }

    /// As [`Decoder::score`], for tokens that continue a lane: `from` counts within `tokens` and
    /// must not be 0. The lane has read all but the last token afterwards; [`Lane::truncate`] puts
    /// it back, so that many continuations of one beginning cost that beginning once.
    ///
    /// # Errors
    /// As [`Decoder::score`].
    pub fn score_after(
        &self,
        lane: &mut Lane,
        tokens: &[u32],
        from: usize,
        push: &[Push],
    ) -> Result<(f64, usize), DecoderError> {
        if from == 0 || from > tokens.len() {
            return Err(DecoderError::Misfit(format!("a score from {from} of {}", tokens.len())));
        }
        if from == tokens.len() {
            return Ok((0.0, 0));
        }
        let read = tokens.len() - 1;
        let (mut at, mut sum) = (0, 0.0);
        while at < read {
            let n = (read - at).min(PIECE - lane.len() % PIECE);
            // The logits at position p are those of the token at p + 1.
            let keep = (at + n).saturating_sub((from - 1).max(at));
            let piece = &tokens[at..at + n];
            let feed = Feed { lane: &mut *lane, tokens: piece, push, keep, capture: Capture::None };
            let fed = self.forward(&mut [feed])?.swap_remove(0);
            for (logits, target) in fed.logits.iter().zip(&tokens[at + n - keep + 1..]) {
                sum += log_probability(logits, *target)?;
            }
            at += n;
        }
        Ok((sum, tokens.len() - from))
    }
}

/// The logarithm of the probability that these logits give a token.
///
/// # Errors
/// When there is no such token.
pub fn log_probability(logits: &[f32], token: u32) -> Result<f64, DecoderError> {
    let one = logits
        .get(token as usize)
        .ok_or_else(|| DecoderError::Misfit(format!("token {token} of {}", logits.len())))?;
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|x| f64::from(x - most).exp()).sum();
    Ok(f64::from(one - most) - sum.ln())
}
