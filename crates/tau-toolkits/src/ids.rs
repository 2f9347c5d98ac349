//! Ids that upstream draws at random. Here they follow from a seed that the caller gives.

/// A row of numbers that follows from its seed.
#[derive(Clone, Debug)]
pub struct Ids(u64);

impl Ids {
    /// The row of a seed.
    pub fn seeded(seed: u64) -> Ids {
        Ids(seed)
    }

    /// The next number (SplitMix64).
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
