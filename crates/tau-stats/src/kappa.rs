//! Agreement of two raters beyond chance: Cohen's kappa.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::Interval;

/// Fewest items for which an interval of kappa is given: its normal approximation is poor below.
pub const MIN_RATED: usize = 10;

/// How far two raters agree on the same items.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kappa {
    /// Items that both rated.
    pub items: usize,
    /// Items on which they agree.
    pub agreed: usize,
    /// Share of equal ratings, 0 to 1; `None` without items.
    pub agreement: Option<f64>,
    /// The agreement that chance alone would give raters with these habits, 0 to 1.
    pub by_chance: Option<f64>,
    /// Cohen's kappa, -1 to 1 (Cohen 1960): 0 is chance, 1 is perfect. `None` without items, and when
    /// both raters always give one and the same category: then chance alone explains everything, and
    /// kappa is 0/0.
    pub kappa: Option<f64>,
    /// 95 % interval with the large-sample standard error of Fleiss, Cohen and Everitt (1969); `None`
    /// where kappa is, below [`MIN_RATED`] items, and when the agreement is perfect or nil, where the
    /// standard error says nothing.
    pub interval: Option<Interval>,
}

/// Cohen's kappa of pairs of ratings, one pair an item.
pub fn kappa<C: Ord + Copy>(pairs: &[(C, C)]) -> Kappa {
    let n = pairs.len() as f64;
    let agreed = pairs.iter().filter(|(one, other)| one == other).count();
    // Whole numbers as far as possible, so that what is 0 or 0/0 is exactly that.
    let mut totals: BTreeMap<C, (u64, u64)> = BTreeMap::new();
    let mut cells: BTreeMap<(C, C), u64> = BTreeMap::new();
    for &(one, other) in pairs {
        totals.entry(one).or_default().0 += 1;
        totals.entry(other).or_default().1 += 1;
        *cells.entry((one, other)).or_default() += 1;
    }
    let squared = (pairs.len() as u64).pow(2);
    let chance: u64 = totals.values().map(|(one, other)| one * other).sum();
    let observed = agreed as f64 / n;
    let by_chance = chance as f64 / squared as f64;
    let found = Kappa {
        items: pairs.len(),
        agreed,
        agreement: (!pairs.is_empty()).then_some(observed),
        by_chance: (!pairs.is_empty()).then_some(by_chance),
        kappa: None,
        interval: None,
    };
    // No ratings, or all of them in one category.
    if chance == squared {
        return found;
    }
    let beyond = (pairs.len() * agreed) as f64 - chance as f64;
    let kappa = beyond / (squared - chance) as f64;
    let spare = 1.0 - by_chance;
    let share = |category: &C| {
        let (one, other) = totals.get(category).copied().unwrap_or_default();
        (one as f64 / n, other as f64 / n)
    };
    let cell = |pair: (C, C)| cells.get(&pair).copied().unwrap_or_default() as f64 / n;
    let uncertain = pairs.len() >= MIN_RATED && agreed > 0 && agreed < pairs.len();
    let interval = uncertain.then(|| {
        let along: f64 = totals
            .keys()
            .map(|category| {
                let (one, other) = share(category);
                cell((*category, *category)) * (spare - (one + other) * (1.0 - observed)).powi(2)
            })
            .sum();
        let off: f64 = cells
            .keys()
            .filter(|(one, other)| one != other)
            // The first rater's share of the second's category, and the other way round.
            .map(|&(one, other)| cell((one, other)) * (share(&other).0 + share(&one).1).powi(2))
            .sum();
        let middle = (observed * by_chance - 2.0 * by_chance + observed).powi(2);
        let variance = (along + (1.0 - observed).powi(2) * off - middle) / (n * spare.powi(4));
        let half = normal_quantile() * variance.max(0.0).sqrt();
        Interval { low: kappa - half, high: kappa + half }.clipped(-1.0, 1.0)
    });
    Kappa { kappa: Some(kappa), interval, ..found }
}

/// The normal quantile of a 95 % interval.
fn normal_quantile() -> f64 {
    Normal::new(0.0, 1.0).map_or(1.959_963_985, |normal| normal.inverse_cdf(0.975))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[((u8, u8), usize)]) -> Vec<(u8, u8)> {
        cells.iter().flat_map(|(pair, times)| std::iter::repeat_n(*pair, *times)).collect()
    }

    #[test]
    fn kappa_equals_the_one_worked_by_hand() {
        // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: p_o = 0.7, p_e = 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
        let found = kappa(&table(&[((1, 1), 20), ((1, 0), 5), ((0, 1), 10), ((0, 0), 15)]));
        assert_eq!((found.items, found.agreed), (50, 35));
        assert!((found.agreement.unwrap() - 0.7).abs() < 1e-12);
        assert!((found.by_chance.unwrap() - 0.5).abs() < 1e-12);
        assert!((found.kappa.unwrap() - 0.4).abs() < 1e-12);
        // Var = (A + B - C) / (n (1 - p_e)^4) with
        // A = 0.4 (0.5 - 1.1 * 0.3)^2 + 0.3 (0.5 - 0.9 * 0.3)^2 = 0.01156 + 0.01587 = 0.02743,
        // yes-no: p(first says no) + p(second says yes) = 0.5 + 0.6 = 1.1, no-yes: 0.5 + 0.4 = 0.9:
        // B = 0.09 (0.1 * 1.21 + 0.2 * 0.81) = 0.02547, C = (0.35 - 1 + 0.7)^2 = 0.0025,
        // Var = 0.0504 / 3.125 = 0.016128, SE = 0.126996.
        let interval = found.interval.unwrap();
        assert!((interval.half_width() - 1.959964 * 0.126996).abs() < 1e-5, "{interval:?}");
        assert!(interval.contains(0.4));
    }

    #[test]
    fn perfect_agreement_is_one_and_perfect_disagreement_minus_one() {
        let found = kappa(&table(&[((0, 0), 10), ((1, 1), 10)]));
        assert_eq!((found.kappa, found.interval), (Some(1.0), None));
        let found = kappa(&table(&[((0, 1), 10), ((1, 0), 10)]));
        assert!((found.kappa.unwrap() + 1.0).abs() < 1e-12);
        assert_eq!(found.interval, None);
    }

    #[test]
    fn kappa_is_not_defined_where_chance_explains_everything() {
        let found = kappa(&table(&[((2, 2), 30)]));
        assert_eq!((found.agreement, found.kappa, found.interval), (Some(1.0), None, None));
        let found = kappa::<u8>(&[]);
        assert_eq!((found.items, found.agreement, found.kappa), (0, None, None));
    }

    #[test]
    fn one_rater_who_never_varies_gives_zero_not_nothing() {
        let found = kappa(&table(&[((1, 1), 12), ((0, 1), 8)]));
        assert_eq!(found.kappa, Some(0.0));
    }

    #[test]
    fn few_items_have_a_kappa_and_no_interval() {
        let found = kappa(&table(&[((0, 0), 4), ((1, 1), 3), ((0, 1), 2)]));
        assert!(found.kappa.is_some() && found.interval.is_none());
    }

    #[test]
    fn it_does_not_matter_who_is_the_first_rater_and_what_categories_are_called() {
        let pairs = table(&[((0, 0), 7), ((1, 1), 9), ((2, 2), 5), ((0, 2), 3), ((1, 0), 2)]);
        let swapped: Vec<(u8, u8)> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
        let renamed: Vec<(u8, u8)> = pairs.iter().map(|(a, b)| (9 - a, 9 - b)).collect();
        let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
        let whole = kappa(&pairs);
        for other in [kappa(&swapped), kappa(&renamed)] {
            assert!(close(whole.kappa.unwrap(), other.kappa.unwrap()));
            assert!(close(whole.interval.unwrap().low, other.interval.unwrap().low));
        }
    }
}
