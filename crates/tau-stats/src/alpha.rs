//! Agreement of several raters beyond chance: Krippendorff's alpha.

use serde::{Deserialize, Serialize};

/// How far apart two ratings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Categories: equal or not.
    Nominal,
    /// Ranks: the ratings between two count.
    Ordinal,
    /// Numbers: the square of the difference.
    Interval,
}

/// Krippendorff's alpha of units that were rated by some of the raters (Krippendorff, "Computing
/// Krippendorff's Alpha-Reliability", 2011); one entry of a unit is one rater's rating.
///
/// 1 is perfect agreement, 0 what chance gives. Units with fewer than two ratings say nothing.
/// `None` without a pair of ratings, and when all ratings are the same: then nothing could have
/// disagreed.
pub fn krippendorff_alpha(units: &[Vec<Option<f64>>], scale: Scale) -> Option<f64> {
    let units: Vec<Vec<f64>> = units
        .iter()
        .map(|unit| unit.iter().flatten().copied().filter(|v| v.is_finite()).collect::<Vec<_>>())
        .filter(|unit| unit.len() > 1)
        .collect();
    let mut values: Vec<f64> = units.iter().flatten().copied().collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let place = |value: f64| values.partition_point(|other| *other < value);
    let size = values.len();
    // The coincidence matrix: each unit spreads as many pairs as it has ratings.
    let mut coincidences = vec![vec![0.0; size]; size];
    for unit in &units {
        let share = 1.0 / (unit.len() - 1) as f64;
        for (i, one) in unit.iter().enumerate() {
            for (j, other) in unit.iter().enumerate() {
                if i != j {
                    coincidences[place(*one)][place(*other)] += share;
                }
            }
        }
    }
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = totals.iter().sum();
    let distance = |i: usize, j: usize| -> f64 {
        let (low, high) = (i.min(j), i.max(j));
        match scale {
            Scale::Nominal => f64::from(u8::from(i != j)),
            Scale::Ordinal => {
                let between: f64 = totals[low..=high].iter().sum();
                (between - (totals[low] + totals[high]) / 2.0).powi(2)
            }
            Scale::Interval => (values[i] - values[j]).powi(2),
        }
    };
    let mut observed = 0.0;
    let mut expected = 0.0;
    for i in 0..size {
        for j in 0..size {
            observed += coincidences[i][j] * distance(i, j);
            expected += totals[i] * totals[j] * distance(i, j);
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_agreement_is_one_and_all_the_same_is_undefined() {
        let units = vec![vec![Some(1.0), Some(1.0)], vec![Some(2.0), Some(2.0), None]];
        assert_eq!(krippendorff_alpha(&units, Scale::Nominal), Some(1.0));
        let same = vec![vec![Some(1.0), Some(1.0)]; 4];
        assert_eq!(krippendorff_alpha(&same, Scale::Interval), None);
        assert_eq!(krippendorff_alpha(&[vec![Some(1.0)]], Scale::Nominal), None);
    }

    #[test]
    fn two_raters_and_two_categories_equal_the_one_worked_by_hand() {
        // 3 units 0-0, 1 unit 0-1, 1 unit 1-1: o_01 = 1 each way; n_0 = 7, n_1 = 3, n = 10.
        // alpha = 1 - 9 * 2 / (2 * 21) = 0.571429
        let pair = |a, b| vec![Some(a), Some(b)];
        let units =
            [pair(0.0, 0.0), pair(0.0, 0.0), pair(0.0, 0.0), pair(0.0, 1.0), pair(1.0, 1.0)];
        for scale in [Scale::Nominal, Scale::Interval] {
            assert!((krippendorff_alpha(&units, scale).unwrap() - 4.0 / 7.0).abs() < 1e-12);
        }
    }
}
