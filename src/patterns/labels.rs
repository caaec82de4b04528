//! What comparisons and pages call levels and times, and single words of the catalogue: `labels.toml`, read once.

use std::sync::LazyLock;

use serde::Deserialize;

/// The embedded file.
pub(super) const BUILTIN: &str = include_str!("../../patterns/labels.toml");

/// The words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Names of levels.
    pub levels: Levels,
    /// Forms of times.
    pub times: Times,
    /// How laws are cited.
    pub laws: Laws,
    /// Words beside figures that the catalogue asks for.
    pub catalogue: Beside,
}

/// Names of levels.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// The whole country.
    pub country: String,
    /// Of the first level.
    pub province: String,
    /// Of the second.
    pub district: String,
    /// Of the third.
    pub commune: String,
}

/// Forms of times, with holes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// January to June.
    pub first_half: String,
    /// July to December.
    pub second_half: String,
    /// A quarter and its year.
    pub quarter: String,
    /// A month and its year.
    pub month: String,
    /// So many months of a year.
    pub months: String,
}

/// How laws are cited.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laws {
    /// What their names begin with.
    pub first: Vec<String>,
    /// What stands between the name and a number.
    pub behind: Vec<String>,
}

/// Words beside figures that the catalogue asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// What is reckoned by the year.
    pub year: String,
    /// Stands behind the value of an example that is a share of a plan.
    pub plan: String,
    /// Between both ends of a range.
    pub ranges: Vec<String>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| toml::from_str(BUILTIN).unwrap_or_default());

/// The words.
pub fn labels() -> &'static Labels {
    &LABELS
}

/// A form with its holes filled.
pub fn filled(form: &str, with: &[&str]) -> String {
    let fill = |text: String, (n, word): (usize, &&str)| text.replace(&format!("{{{}}}", n + 1), word);
    with.iter().enumerate().fold(form.to_owned(), fill)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_load() {
        assert_eq!(labels().levels.province, "tỉnh");
        assert_eq!(filled(&labels().times.quarter, &["III", "2023"]), "quý III/2023");
    }
}
