//! The words that repairs look for, from `patterns/repairs.toml`, read once.

use std::sync::LazyLock;

use serde::Deserialize;

/// The embedded file.
pub const WORDS: &str = include_str!("../../../patterns/repairs.toml");

/// The words, as they are written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Before the number and symbol of a document.
    pub number: Vec<String>,
    /// Before a year.
    pub year: Vec<String>,
    /// They do not exist: letters bear wrong names where they stand.
    pub misnamed: Vec<String>,
}

static READ: LazyLock<Words> = LazyLock::new(|| toml::from_str(WORDS).unwrap_or_default());

/// The words.
pub(super) fn words() -> &'static Words {
    &READ
}

/// Whether a text ends with one of some words and a space.
pub(super) fn ends_with(text: &[u8], words: &[String]) -> bool {
    text.strip_suffix(b" ").is_some_and(|t| words.iter().any(|w| t.ends_with(w.as_bytes())))
}
