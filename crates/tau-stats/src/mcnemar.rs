//! McNemar's exact test, for one attempt per task.

use statrs::distribution::{Binomial, DiscreteCDF};

/// Two-sided exact p-value from the tasks whose result changed: `broke` succeeded under the
/// baseline only, `fixed` under the condition only. p = min(1, 2 P[Bin(b + f, 1/2) <= min(b, f)]).
pub fn mcnemar_exact(broke: usize, fixed: usize) -> f64 {
    let changed = (broke + fixed) as u64;
    match Binomial::new(0.5, changed) {
        Ok(binomial) if changed > 0 => (2.0 * binomial.cdf(broke.min(fixed) as u64)).min(1.0),
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_values_equal_the_ones_worked_by_hand() {
        // 2 * (1 + 10 + 45) / 1024
        assert!((mcnemar_exact(8, 2) - 112.0 / 1024.0).abs() < 1e-9);
        assert!((mcnemar_exact(6, 0) - 2.0 / 64.0).abs() < 1e-9);
        assert_eq!(mcnemar_exact(3, 3), 1.0);
        assert_eq!(mcnemar_exact(0, 0), 1.0);
    }

    #[test]
    fn it_does_not_matter_which_side_is_called_the_baseline() {
        assert_eq!(mcnemar_exact(9, 2), mcnemar_exact(2, 9));
    }
}
