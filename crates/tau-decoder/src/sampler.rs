//! Drawing the next token from logits. The same seed and logits give the same tokens.

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampling {
    /// 0 takes the most likely token always.
    pub temperature: f64,
    /// Only the most likely tokens that together have this probability are drawn from; 1 is all.
    pub top_p: f64,
    /// A token that came lately becomes less likely by this factor on its logit; 1 is not at all
    /// (Keskar et al., "CTRL", 2019, section 4.1).
    pub repeat_penalty: f32,
    /// Where the chance comes from.
    pub seed: u64,
}

impl Default for Sampling {
    fn default() -> Sampling {
        Sampling { temperature: 0.7, top_p: 0.95, repeat_penalty: 1.0, seed: 0 }
    }
}

/// The state of one reply's chance.
#[derive(Debug, Clone)]
pub struct Sampler {
    sampling: Sampling,
    state: u64,
}

/// How many tokens back the penalty reaches.
const LATELY: usize = 64;

impl Sampler {
    /// A sampler at the start of its seed's sequence.
    pub fn new(sampling: Sampling) -> Sampler {
        Sampler { sampling, state: sampling.seed }
    }

    /// Draws a token. `earlier` are the reply's tokens so far. Logits that are no numbers are
    /// never drawn; when none is a number, the answer is token 0.
    pub fn draw(&mut self, logits: &[f32], earlier: &[u32]) -> u32 {
        let logits = self.penalised(logits, earlier);
        let Some(best) = most_likely(&logits) else { return 0 };
        if self.sampling.temperature <= 0.0 {
            return best as u32;
        }
        let most = f64::from(logits[best]);
        let weights: Vec<f64> = logits
            .iter()
            .map(|x| ((f64::from(*x) - most) / self.sampling.temperature).exp())
            .map(|w| if w.is_finite() { w } else { 0.0 })
            .collect();
        let chance = self.chance();
        let kept = nucleus(&weights, self.sampling.top_p);
        let total: f64 = kept.iter().map(|i| weights[*i]).sum();
        let mut left = chance * total;
        for i in &kept {
            left -= weights[*i];
            if left < 0.0 {
                return *i as u32;
            }
        }
        // Rounding may leave a hair; the last with any weight is meant.
        kept.last().copied().unwrap_or(best) as u32
    }

    fn penalised(&self, logits: &[f32], earlier: &[u32]) -> Vec<f32> {
        let mut logits = logits.to_vec();
        let penalty = self.sampling.repeat_penalty;
        if penalty > 0.0 && penalty != 1.0 {
            let mut lately = earlier[earlier.len().saturating_sub(LATELY)..].to_vec();
            lately.sort_unstable();
            lately.dedup();
            for id in lately {
                if let Some(x) = logits.get_mut(id as usize) {
                    *x = if *x > 0.0 { *x / penalty } else { *x * penalty };
                }
            }
        }
        logits
    }

    /// The next number in [0, 1): SplitMix64 (Steele, Lea and Flood, 2014).
    fn chance(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The place of the largest number, the first of equals.
fn most_likely(logits: &[f32]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (i, x) in logits.iter().enumerate() {
        if !x.is_nan() && *x > f32::NEG_INFINITY && best.is_none_or(|b| *x > logits[b]) {
            best = Some(i);
        }
    }
    best
}

/// The heaviest places that together carry the share `top_p`, heaviest first. Vocabularies are
/// large and nuclei small, so only what is heavy enough is sorted.
fn nucleus(weights: &[f64], top_p: f64) -> Vec<usize> {
    if top_p >= 1.0 {
        return (0..weights.len()).collect();
    }
    let goal = weights.iter().sum::<f64>() * top_p.max(0.0);
    let mut floor = 1e-3;
    loop {
        let mut heavy: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] >= floor).collect();
        let mass: f64 = heavy.iter().map(|i| weights[*i]).sum();
        if mass >= goal || heavy.len() == weights.len() {
            heavy.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
            let mut sum = 0.0;
            let enough = heavy.iter().position(|i| {
                sum += weights[*i];
                sum >= goal
            });
            heavy.truncate(enough.map_or(heavy.len(), |last| last + 1));
            return heavy;
        }
        floor = if floor > 1e-12 { floor * 1e-3 } else { 0.0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(temperature: f64, top_p: f64, repeat_penalty: f32, seed: u64) -> Sampler {
        Sampler::new(Sampling { temperature, top_p, repeat_penalty, seed })
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_seed_something_else() {
        let logits: Vec<f32> = (0..200).map(|i| (i as f32 * 0.37).sin()).collect();
        let draws = |seed| {
            let mut sampler = with(1.0, 1.0, 1.0, seed);
            (0..20).map(|_| sampler.draw(&logits, &[])).collect::<Vec<u32>>()
        };
        assert_eq!(draws(7), draws(7));
        assert_ne!(draws(7), draws(8));
    }

    #[test]
    fn tokens_are_drawn_as_often_as_their_probability_says() {
        let logits = [1.0f32.ln(), 3.0f32.ln(), 6.0f32.ln()];
        let mut sampler = with(1.0, 1.0, 1.0, 1);
        let mut counts = [0u32; 3];
        for _ in 0..20_000 {
            counts[sampler.draw(&logits, &[]) as usize] += 1;
        }
        for (count, share) in counts.iter().zip([0.1, 0.3, 0.6]) {
            assert!((f64::from(*count) / 20_000.0 - share).abs() < 0.01, "{counts:?}");
        }
    }

    #[test]
    fn no_temperature_takes_the_most_likely_and_the_first_of_equals() {
        assert_eq!(with(0.0, 1.0, 1.0, 3).draw(&[0.1, 2.0, 2.0, f32::NAN], &[]), 1);
    }

    #[test]
    fn the_tail_beyond_top_p_is_never_drawn() {
        let mut weights = vec![0.1, 0.6, 0.3];
        weights.extend(vec![1e-9; 1000]);
        assert_eq!(nucleus(&weights, 0.85), [1, 2]);
        assert_eq!(nucleus(&weights, 0.0), [1]);
        assert_eq!(nucleus(&weights, 0.999_999_999).len(), 1002);
    }

    #[test]
    fn a_repeated_token_becomes_less_likely_whatever_its_sign() {
        let sampler = with(1.0, 1.0, 2.0, 0);
        assert_eq!(sampler.penalised(&[4.0, -4.0, 1.0], &[0, 1, 1]), [2.0, -8.0, 1.0]);
    }

    #[test]
    fn logits_that_are_no_numbers_do_not_stop_it() {
        assert_eq!(with(1.0, 0.9, 1.0, 0).draw(&[f32::NAN, f32::NEG_INFINITY], &[]), 0);
        assert_eq!(with(1.0, 0.9, 1.0, 0).draw(&[f32::NAN, 1.0], &[]), 1);
    }
}
