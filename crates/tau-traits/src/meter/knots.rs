//! From a sum of markers to a level: straight lines between the levels' own means.
//!
//! The means of few lines need not rise from level to level. Neighbours that fall are pooled to their
//! common mean (isotonic regression by pooling adjacent violators), so that more never reads as less.

/// Points (sum, level), rising in both.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Knots(Vec<(f64, f64)>);

/// Levels that cannot be told apart.
struct Pool {
    sum: f64,
    lines: f64,
    levels: Vec<f64>,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.sum / self.lines
    }
}

impl Knots {
    /// The knots of levels, lowest first, each with the sums of its lines.
    pub(super) fn fitted(levels: impl IntoIterator<Item = (f64, Vec<f64>)>) -> Knots {
        let mut pools: Vec<Pool> = Vec::new();
        for (level, sums) in levels {
            if sums.is_empty() {
                continue;
            }
            let mut next =
                Pool { sum: sums.iter().sum(), lines: sums.len() as f64, levels: vec![level] };
            while let Some(last) = pools.pop_if(|last| last.mean() >= next.mean()) {
                next.sum += last.sum;
                next.lines += last.lines;
                next.levels.splice(0..0, last.levels);
            }
            pools.push(next);
        }
        let last = pools.len().saturating_sub(1);
        let knot = |(place, pool): (usize, &Pool)| {
            let middle = pool.levels.iter().sum::<f64>() / pool.levels.len() as f64;
            let level = match place {
                // The ends stand for the ends of the slider, so that both can be reached.
                0 => pool.levels.first().copied().unwrap_or(middle),
                _ if place == last => pool.levels.last().copied().unwrap_or(middle),
                _ => middle,
            };
            (pool.mean(), level)
        };
        Knots(pools.iter().enumerate().map(knot).collect())
    }

    /// Whether there is any rise to read a level off.
    pub(super) fn rise(&self) -> bool {
        self.0.len() > 1
    }

    /// The level of a sum; the nearest end outside.
    pub(super) fn level(&self, sum: f64) -> f64 {
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else { return 0.0 };
        if !self.rise() || sum <= first.0 {
            return if self.rise() { first.1 } else { 0.0 };
        }
        for two in self.0.windows(2) {
            let ((from, low), (to, high)) = (two[0], two[1]);
            if sum <= to {
                return low + (high - low) * (sum - from) / (to - from);
            }
        }
        last.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knots(means: [f64; 5]) -> Knots {
        Knots::fitted((0u8..).zip(means).map(|(level, mean)| (f64::from(level), vec![mean])))
    }

    #[test]
    fn between_levels_it_is_a_straight_line_and_outside_the_nearest_end() {
        let knots = knots([0.0, 1.0, 3.0, 4.0, 8.0]);
        let read = [-5.0, 0.5, 2.0, 3.0, 6.0, 90.0].map(|sum| knots.level(sum));
        assert_eq!(read, [0.0, 0.5, 1.5, 2.0, 3.5, 4.0]);
    }

    #[test]
    fn levels_that_fall_are_pooled_so_that_more_is_never_less() {
        let knots = knots([0.0, 3.0, 1.0, 4.0, 8.0]);
        assert_eq!(knots, Knots(vec![(0.0, 0.0), (2.0, 1.5), (4.0, 3.0), (8.0, 4.0)]));
        let read: Vec<f64> = (0..90).map(|tenth| knots.level(f64::from(tenth) / 10.0)).collect();
        assert!(read.windows(2).all(|two| two[1] >= two[0]));
    }

    #[test]
    fn pooled_ends_still_reach_the_ends_of_the_slider() {
        let knots = knots([1.0, 0.0, 2.0, 4.0, 3.0]);
        assert_eq!((knots.level(0.5), knots.level(3.5)), (0.0, 4.0));
    }

    #[test]
    fn without_a_rise_everything_is_off() {
        for means in [[0.0; 5], [5.0, 4.0, 3.0, 2.0, 1.0]] {
            let knots = knots(means);
            assert!(!knots.rise());
            assert_eq!((knots.level(0.0), knots.level(9.0)), (0.0, 0.0));
        }
        assert_eq!(Knots::default().level(1.0), 0.0);
    }
}
