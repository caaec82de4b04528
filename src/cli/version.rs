//! `--version`: which program this is, down to the commit, the features and the patterns.

use crate::patterns::Patterns;

/// The commit it was built from, where that was known.
const COMMIT: &str = env!("BAOCAO_COMMIT");
/// What it was built with.
const FEATURES: &[(&str, bool)] = &[
    ("cli", cfg!(feature = "cli")),
    ("mimalloc", cfg!(feature = "mimalloc")),
    ("parquet", cfg!(feature = "parquet")),
    ("sqlite", cfg!(feature = "sqlite")),
    ("xlsx", cfg!(feature = "xlsx")),
];

/// One line, or all that is needed to know a build again.
pub fn text(is_long: bool) -> String {
    let mut text = format!("baocao {}", env!("CARGO_PKG_VERSION"));
    if !is_long {
        return text + "\n";
    }
    if !COMMIT.is_empty() {
        text.push_str(&format!(" ({COMMIT})"));
    }
    let features: Vec<&str> = FEATURES.iter().filter(|f| f.1).map(|f| f.0).collect();
    let patterns = Patterns::builtin().map(|p| p.fingerprint).unwrap_or_default();
    format!(
        "{text}\nfeatures: {}\npatterns: {patterns}\nrecords: {}\n",
        features.join(", "),
        crate::record::RECORD_SCHEMA
    )
}
