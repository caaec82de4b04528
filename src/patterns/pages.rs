//! Words by which readers tell the text from what stands around it: `pages.toml`, read once. Readers know no other rules.

use std::sync::LazyLock;

use serde::Deserialize;

/// The embedded file.
pub(super) const BUILTIN: &str = include_str!("../../patterns/pages.toml");

/// The words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// Of web pages.
    pub web: Web,
    /// Of printed pages.
    pub print: Print,
}

/// Names of elements that hold no text of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    /// Single words.
    pub names: Vec<String>,
    /// Two words side by side.
    pub pairs: Vec<[String; 2]>,
}

/// Words of printed pages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// Before the number of a page.
    pub page: Vec<String>,
    /// All of them stand in the line of place and date.
    pub date: Vec<String>,
}

static PAGES: LazyLock<Pages> = LazyLock::new(|| toml::from_str(BUILTIN).unwrap_or_default());

/// The words.
pub fn pages() -> &'static Pages {
    &PAGES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_load() {
        assert!(pages().web.names.contains(&"lienquan".to_owned()));
        assert!(
            !pages().web.pairs.is_empty() && !pages().print.page.is_empty() && !pages().print.date.is_empty()
        );
    }
}
