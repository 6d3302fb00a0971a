//! A random sequence that is the same on every machine and for ever, unlike a library's.
//! What is drawn with it is the business of `articles` and `queries`.

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 for a limit of 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// One of `list`, or the default when it is empty.
    pub(crate) fn one<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.below(list.len())).copied().unwrap_or_default()
    }

    /// A place in a list of `length`, small ones far more often than large ones, as words are
    /// used: the chance falls with the place (Zipf's law).
    pub(crate) fn zipf(&mut self, length: usize) -> usize {
        // Whole numbers only: a power of floating point may differ from machine to machine.
        let doublings = (length + 1).checked_ilog2().unwrap_or(0) as usize;
        loop {
            let first = 1 << self.below(doublings + 1);
            let place = first - 1 + self.below(first);
            if place < length.max(1) {
                return place;
            }
        }
    }

    /// Puts a list into a random order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_sequence() {
        let draw = |seed| {
            let mut random = Random::new(seed);
            [(); 3].map(|()| random.next())
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        // The reference values of SplitMix64 for the seed 1234567.
        assert_eq!(
            draw(1_234_567),
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn zipf_stays_within_the_list_and_prefers_its_beginning() {
        let mut random = Random::new(1);
        let drawn: Vec<usize> = (0..10_000).map(|_| random.zipf(1_000)).collect();
        assert!(drawn.iter().all(|&place| place < 1_000));
        let early = drawn.iter().filter(|&&place| place < 10).count();
        assert!((2_500..4_500).contains(&early), "{early}");
    }
}
