//! Labels beside a scale, moved apart as little as possible so that none overlaps another.

/// Middles of labels of the given heights, wanted at the given middles, in the same order: within `low` and
/// `high` where they fit at all, no two overlapping, the order of the wanted middles kept, and the sum of
/// squared moves the smallest.
pub(super) fn spread(wanted: &[f64], heights: &[f64], (low, high): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // Without the heights of those above it each label asks for a place; places may not decrease, and where
    // they would, neighbours share their mean (the method of pooled neighbours).
    let mut above = 0.0;
    let mut offsets = Vec::new();
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for place in &order {
        let offset = above + heights[*place] / 2.0;
        above += heights[*place];
        offsets.push(offset);
        pools.push((wanted[*place] - offset, 1));
        while let [.., (first, n), (second, m)] = pools[..]
            && first > second
        {
            let both = n + m;
            let mean = (first * n as f64 + second * m as f64) / both as f64;
            pools.truncate(pools.len() - 2);
            pools.push((mean, both));
        }
    }
    let last = (high - above).max(low);
    let places = pools.iter().flat_map(|(at, count)| std::iter::repeat_n(*at, *count));
    let mut middles = vec![0.0; wanted.len()];
    for ((place, offset), at) in order.iter().zip(offsets).zip(places) {
        middles[*place] = at.clamp(low, last) + offset;
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_with_room_stay_where_they_are_wanted() {
        assert_eq!(spread(&[50.0, 10.0, 90.0], &[20.0; 3], (0.0, 100.0)), [50.0, 10.0, 90.0]);
        assert_eq!(spread(&[], &[], (0.0, 100.0)), Vec::<f64>::new());
    }

    #[test]
    fn two_that_are_wanted_at_one_place_part_to_both_sides_of_it() {
        assert_eq!(spread(&[50.0, 50.0], &[20.0, 20.0], (0.0, 100.0)), [40.0, 60.0]);
        assert_eq!(spread(&[0.0, 0.0], &[20.0, 40.0], (0.0, 100.0)), [10.0, 40.0]);
        assert_eq!(spread(&[100.0, 100.0], &[20.0, 20.0], (0.0, 100.0)), [70.0, 90.0]);
    }

    #[test]
    fn however_they_are_wanted_none_overlaps_and_the_order_is_kept() {
        for seed in 0..50_u32 {
            let count = 1 + seed as usize % 20;
            let wanted: Vec<f64> =
                (0..count as u32).map(|i| f64::from((i * 7919 + seed * 104_729) % 500)).collect();
            let heights: Vec<f64> = (0..count).map(|i| 18.0 + (i % 3) as f64 * 9.0).collect();
            let room = heights.iter().sum::<f64>().max(500.0);
            let middles = spread(&wanted, &heights, (0.0, room));
            let mut order: Vec<usize> = (0..count).collect();
            order.sort_by(|a, b| middles[*a].total_cmp(&middles[*b]));
            for pair in order.windows(2) {
                let gap = middles[pair[1]] - middles[pair[0]];
                assert!(gap >= (heights[pair[0]] + heights[pair[1]]) / 2.0 - 1e-9);
                assert!(wanted[pair[0]] <= wanted[pair[1]]);
            }
            for (middle, height) in middles.iter().zip(&heights) {
                assert!(middle - height / 2.0 >= -1e-9 && middle + height / 2.0 <= room + 1e-9);
            }
        }
    }
}
