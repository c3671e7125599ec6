//! Short names drawn from what something holds: FNV-1a, the same everywhere and in every version. They need to differ,
//! not to be secret.

/// FNV-1a of 32 bits.
pub(super) struct Fnv32(pub(super) u32);

impl Default for Fnv32 {
    fn default() -> Self {
        Self(0x811c_9dc5)
    }
}

impl Fnv32 {
    /// Takes bytes in.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    }
}

/// FNV-1a of 64 bits.
pub(super) fn fnv64(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_reference() {
        let mut short = Fnv32::default();
        short.add(b"foo");
        short.add(b"bar");
        assert_eq!(short.0, 0xbf9c_f968);
        assert_eq!(fnv64(*b"foobar"), 0x8594_4171_f739_67e8);
    }
}
