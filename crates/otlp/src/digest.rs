//! What tells whether two messages are the same: HighwayHash of 128 bits, at 10 GB/s and more.
//!
//! It is keyed, but the key is no secret: who sends a message that collides with another has made both.

use crate::Encoding;
use highway::{HighwayHash, HighwayHasher, Key};

/// Persisted by its results: never change it.
const KEY: [u64; 3] = [
    0x7468_726f_7567_686c,
    0x696e_6520_6469_6765,
    0x7374_2076_6572_7331,
];

/// Of a message before compression, for a dataset, whose name has no zero byte.
pub(crate) fn of(encoding: Encoding, dataset: &str, message: &[u8]) -> u128 {
    let encoding = match encoding {
        Encoding::Protobuf => 0,
        Encoding::Json => 1,
    };
    let [a, b, c] = KEY;
    let mut hasher = HighwayHasher::new(Key([a, b, c, encoding]));
    hasher.append(dataset.as_bytes());
    hasher.append(&[0]);
    hasher.append(message);
    let [low, high] = hasher.finalize128();
    u128::from(high) << 64 | u128::from(low)
}
