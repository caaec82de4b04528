//! Words as they are spelled, for rules that look at one word: "Bộ" opens the name of a ministry, "bộ" does not.

use serde::Deserialize;

use crate::words::fold::folds_to;

/// Words as they are spelled; small and capital letters are told apart.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Spelled(Vec<String>);

impl Spelled {
    /// Whether a word is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.0.iter().any(|w| w == word)
    }

    /// Whether a word is one of them but for the case of its ASCII letters.
    pub fn has_in_any_case(&self, word: &str) -> bool {
        self.0.iter().any(|w| w.eq_ignore_ascii_case(word))
    }

    /// Whether a word is one of them in whatever case; the list holds it in small letters.
    pub fn has_folded(&self, word: &str) -> bool {
        self.0.iter().any(|w| folds_to(word, w))
    }

    /// The first of them: the one that is written out.
    pub fn first(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Takes over the words of another file.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }
}

/// A struct of lists of words as a pattern file holds them, all of them may be left out.
macro_rules! spelled {
    ($(#[$about:meta])* pub struct $name:ident { $($(#[$doc:meta])* $list:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name { $($(#[$doc])* pub $list: Spelled,)* }

        impl $name {
            /// Takes over the words of another file.
            pub fn extend(&mut self, more: Self) {
                $(self.$list.extend(more.$list);)*
            }
        }
    };
}

pub(crate) use spelled;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_as_it_is_spelled_and_by_its_folded_form_where_asked() {
        let words = Spelled(vec!["Bộ".into(), "hòa".into()]);
        assert!(words.has("Bộ") && !words.has("bộ") && !words.has("Bộ "));
        assert!(words.has_folded("HÒA") && !words.has_folded("hoa"));
        assert!(Spelled(vec!["mã".into()]).has_in_any_case("Mã") && !words.has_in_any_case("ma"));
    }

    #[test]
    fn every_list_of_the_embedded_file_holds_words_and_none_twice() {
        let file: toml::Table = toml::from_str(super::super::particles::BUILTIN).unwrap();
        for (name, list) in file {
            let mut words: Vec<String> = list.try_into().unwrap();
            let many = words.len();
            words.sort();
            words.dedup();
            assert!(many > 0 && words.len() == many && words.iter().all(|w| !w.is_empty()), "{name}");
        }
    }
}
