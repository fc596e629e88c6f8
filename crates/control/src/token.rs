//! The text of a token: `xaat-` and a random UUID, as Axiom's clients want it. It is shown once; what is kept is its
//! SHA-256, which is enough for 122 random bits.

use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;
use uuid::Uuid;

const PREFIX: &str = "xaat-";

/// A token's text. `Debug` does not show it.
#[derive(Clone)]
pub struct Secret(String);

/// What is kept of it.
#[derive(Clone, Debug)]
pub(crate) struct Hash(Vec<u8>);

impl Secret {
    pub(crate) fn random() -> Self {
        Self(format!("{PREFIX}{}", Uuid::new_v4()))
    }

    /// The text, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> Hash {
        Hash::of(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Hash {
    pub(crate) fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).to_vec())
    }

    pub(crate) fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Takes the same time wherever the two differ.
    pub(crate) fn is(&self, other: &Self) -> bool {
        bool::from(self.0.ct_eq(&other.0))
    }
}
