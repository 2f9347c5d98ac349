//! CPython's `random.Random` for whoever has to draw as upstream's runner does: the order of shuffled
//! tasks, the examples of a few-shot agent. Tools do not use it; their chance is the episode's own.
//!
//! The generator is MT19937 (Matsumoto and Nishimura, 1998) with `init_by_array`, as `random.seed(int)`
//! uses it; what is drawn from it follows `Lib/random.py` of CPython 3.11.

const N: usize = 624;
const M: usize = 397;

/// CPython's generator, seeded with an integer.
#[derive(Clone)]
pub struct Random {
    state: [u32; N],
    next: usize,
}

impl Random {
    /// As after `random.seed(seed)`.
    pub fn seeded(seed: u64) -> Random {
        let key: &[u32] = match seed >> 32 {
            0 => &[seed as u32],
            high => &[seed as u32, high as u32],
        };
        let mut state = [0u32; N];
        state[0] = 19_650_218;
        for i in 1..N {
            let before = state[i - 1] ^ (state[i - 1] >> 30);
            state[i] = before.wrapping_mul(1_812_433_253).wrapping_add(i as u32);
        }
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let before = state[i - 1] ^ (state[i - 1] >> 30);
            state[i] = (state[i] ^ before.wrapping_mul(1_664_525))
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            (i, j) = (i + 1, (j + 1) % key.len());
            if i == N {
                (state[0], i) = (state[N - 1], 1);
            }
        }
        for _ in 1..N {
            let before = state[i - 1] ^ (state[i - 1] >> 30);
            state[i] = (state[i] ^ before.wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i == N {
                (state[0], i) = (state[N - 1], 1);
            }
        }
        state[0] = 0x8000_0000;
        Random { state, next: N }
    }

    /// `random.getrandbits(32)`.
    pub fn next_u32(&mut self) -> u32 {
        if self.next == N {
            for i in 0..N {
                let joined =
                    (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
                let odd = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + M) % N] ^ (joined >> 1) ^ odd;
            }
            self.next = 0;
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// `random.random()`: from 0 to below 1, with 53 bits.
    pub fn next_f64(&mut self) -> f64 {
        let (high, low) = (self.next_u32() >> 5, self.next_u32() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    /// A whole number from 0 to below `n`, as `randrange(n)` and `randint(0, n - 1)` draw it; 0 for
    /// `n` = 0, without a draw.
    pub fn below(&mut self, n: u32) -> u32 {
        if n == 0 {
            return 0;
        }
        let bits = u32::BITS - n.leading_zeros();
        loop {
            let drawn = self.next_u32() >> (32 - bits);
            if drawn < n {
                return drawn;
            }
        }
    }

    /// `random.shuffle(items)`.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i as u32 + 1) as usize;
            items.swap(i, j);
        }
    }

    /// `random.sample(range(n), k)`: `k` different numbers below `n`; all of them when `k` is larger.
    pub fn sample(&mut self, n: u32, k: u32) -> Vec<u32> {
        let k = k.min(n);
        // CPython's choice between two ways, which draw differently.
        let mut set_size = 21u64;
        if k > 5 {
            set_size += 4u64.pow((f64::from(k * 3).ln() / 4f64.ln()).ceil() as u32);
        }
        let mut drawn = Vec::with_capacity(k as usize);
        if u64::from(n) <= set_size {
            let mut pool: Vec<u32> = (0..n).collect();
            for i in 0..k {
                let j = self.below(n - i) as usize;
                drawn.push(pool[j]);
                pool[j] = pool[(n - i - 1) as usize];
            }
        } else {
            while drawn.len() < k as usize {
                let j = self.below(n);
                if !drawn.contains(&j) {
                    drawn.push(j);
                }
            }
        }
        drawn
    }
}

/// The numbers below `n` in the order of `random.seed(seed)`, `random.shuffle(list(range(n)))`.
pub fn python_shuffle(seed: u64, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    Random::seeded(seed).shuffle(&mut order);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of CPython 3.11: two shuffles of `range(10)` from one stream, 32 bits, a float.
    type Recorded = (u64, [usize; 10], [usize; 10], u32, f64);
    const RECORDED: [Recorded; 5] = [
        (
            0,
            [7, 8, 1, 5, 3, 4, 2, 0, 9, 6],
            [9, 4, 8, 6, 0, 1, 7, 2, 3, 5],
            1_332_073_689,
            0.09876334465914771,
        ),
        (
            10,
            [5, 2, 7, 1, 8, 4, 3, 6, 0, 9],
            [6, 1, 5, 7, 8, 3, 9, 0, 2, 4],
            191_368_220,
            0.4203962002706605,
        ),
        (
            42,
            [7, 3, 2, 8, 5, 6, 9, 4, 0, 1],
            [3, 5, 2, 4, 1, 8, 7, 0, 6, 9],
            2_410_529_190,
            0.1988376506866485,
        ),
        (
            4_294_967_301,
            [5, 3, 6, 1, 9, 0, 8, 4, 7, 2],
            [0, 2, 8, 4, 1, 6, 7, 9, 3, 5],
            3_515_814_442,
            0.7782912524347252,
        ),
        (
            u64::MAX,
            [2, 6, 7, 9, 8, 1, 4, 5, 3, 0],
            [6, 4, 1, 9, 2, 0, 5, 7, 8, 3],
            2_532_600_979,
            0.03668191517985597,
        ),
    ];

    #[test]
    fn two_shuffles_from_one_stream_are_those_of_cpython() {
        for (seed, first, second, bits, float) in RECORDED {
            let mut random = Random::seeded(seed);
            let mut order: Vec<usize> = (0..10).collect();
            random.shuffle(&mut order);
            assert_eq!(order, first, "{seed}");
            let mut order: Vec<usize> = (0..10).collect();
            random.shuffle(&mut order);
            assert_eq!(order, second, "{seed}");
            assert_eq!((random.next_u32(), random.next_f64()), (bits, float), "{seed}");
            assert_eq!(python_shuffle(seed, 10), first);
        }
    }

    #[test]
    fn a_long_shuffle_is_that_of_cpython() {
        use sha2::{Digest, Sha256};
        // `str(list)` of `range(500)` shuffled with seed 10.
        let text = format!("{:?}", python_shuffle(10, 500));
        assert_eq!(
            hex::encode(Sha256::digest(text)),
            "0d2342d3620f21612efbe991713988cf444db780f18fe46a9155e1e0e6a6f629"
        );
    }

    #[test]
    fn the_orders_of_a_run_of_three_trials_are_those_of_tau_traits_runner() {
        // `run.py`: seed; the first environment draws a task (`randint(0, len(tasks) - 1)`); then
        // each trial shuffles the indices anew, or task ids where the last trial left them.
        let mut random = Random::seeded(10);
        assert_eq!(random.below(115), 73);
        let mut order: Vec<usize> = (0..115).collect();
        random.shuffle(&mut order);
        assert_eq!(order[..8], [67, 71, 110, 29, 18, 85, 65, 111]);
        let mut order: Vec<usize> = (0..115).collect();
        random.shuffle(&mut order);
        assert_eq!(order[..8], [31, 99, 89, 114, 88, 22, 60, 42]);

        let mut random = Random::seeded(10);
        random.below(20);
        let mut ids = [3, 1, 4];
        for expected in [[4, 1, 3], [3, 4, 1], [1, 4, 3]] {
            random.shuffle(&mut ids);
            assert_eq!(ids, expected);
        }
    }

    #[test]
    fn samples_are_those_of_cpython_small_and_large() {
        let mut random = Random::seeded(7);
        assert_eq!(random.sample(12, 5), [5, 2, 6, 0, 1]);
        assert_eq!(random.sample(100, 5), [68, 12, 46, 74, 7]);
        assert_eq!(random.sample(30, 8), [29, 16, 6, 1, 2, 13, 24, 25]);
        assert_eq!(random.sample(1000, 8), [246, 92, 564, 434, 60, 846, 579, 126]);
        assert_eq!(random.sample(2, 5).len(), 2);
    }
}
