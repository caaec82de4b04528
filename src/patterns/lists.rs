//! Lists of words, each declared in one place: its doc comment, its name in the pattern file and its kind.
//!
//! ```text
//! word_lists! {
//!     /// Words of times.
//!     #[derive(Debug)]
//!     pub struct TimeWords {
//!         /// Before the far end of a plan: "tầm nhìn đến".
//!         vision: backward,
//!         /// Openings of a term of office: "nhiệm kỳ".
//!         terms: forward,
//!     }
//!     beside {
//!         /// What is no plain list, with what it begins as.
//!         pub spoken: Phrases<Means> = Phrases::forward(),
//!     }
//!     read by_id
//! }
//! ```
//!
//! makes the struct with the two lists and `spoken`, `TimeWords::empty()`, and the way in which its file is read. A new list
//! is two lines here and its words in the file. `given (rules: DateRules)` before `read` hands `empty` what
//! a field of `beside` begins as.
//!
//! | kind | a field of type | asked for |
//! |---|---|---|
//! | `forward` | `Phrases<()>` | phrases from a token onwards |
//! | `backward` | `Phrases<()>` | phrases just before a token |
//! | `single` | `WordSet` | single words |
//! | `texts` | `Vec<String>` | what is looked for in text, as it is written |
//!
//! | way | file | made |
//! |---|---|---|
//! | `read by_id` | `[[list]]` with `id` and `words` | `list(id)`, the list to add to, none where no list has the name |
//! | `read as_table Words { … }` | `[words]`, a key for each list | the struct `Words` of that table, with its further keys, and `add_all(words)` |

use super::phrases::Phrases;
use crate::words::vocab::{Vocab, WordSet};

/// A list that takes words of a pattern file.
pub(super) trait WordList {
    /// Adds words, in their order.
    fn add_words(&mut self, vocab: &mut Vocab, words: &[String]);
}

impl WordList for Phrases<()> {
    fn add_words(&mut self, vocab: &mut Vocab, words: &[String]) {
        words.iter().for_each(|phrase| self.add(vocab, phrase, ()));
    }
}

impl WordList for WordSet {
    fn add_words(&mut self, vocab: &mut Vocab, words: &[String]) {
        self.extend(words.iter().map(|word| vocab.intern(word)));
    }
}

impl WordList for Vec<String> {
    fn add_words(&mut self, _: &mut Vocab, words: &[String]) {
        self.extend_from_slice(words);
    }
}

/// See the [module](self).
macro_rules! word_lists {
    (@type forward) => { $crate::patterns::phrases::Phrases<()> };
    (@type backward) => { $crate::patterns::phrases::Phrases<()> };
    (@type single) => { $crate::words::vocab::WordSet };
    (@type texts) => { Vec<String> };

    (@empty forward) => { $crate::patterns::phrases::Phrases::forward() };
    (@empty backward) => { $crate::patterns::phrases::Phrases::backward() };
    (@empty single) => { $crate::words::vocab::WordSet::default() };
    (@empty texts) => { Vec::new() };

    (@by_id $name:ident { $($(#[$doc:meta])* $list:ident: $kind:ident,)* }) => {
        impl $name {
            /// The list that a file calls so.
            fn list(&mut self, id: &str) -> Option<&mut dyn $crate::patterns::lists::WordList> {
                match id {
                    $(stringify!($list) => Some(&mut self.$list),)*
                    _ => None,
                }
            }
        }
    };

    (
        @as_table $name:ident { $($(#[$doc:meta])* $list:ident: $kind:ident,)* }
        $words:ident { $($key:ident: $type:ty,)* }
    ) => {
        /// The table as its file writes it.
        #[derive(Default, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        struct $words { $($list: Vec<String>,)* $($key: $type,)* }

        impl $name {
            /// Adds the plain lists of a file.
            fn add_all(&mut self, vocab: &mut $crate::words::vocab::Vocab, words: &$words) {
                use $crate::patterns::lists::WordList;
                $(self.$list.add_words(vocab, &words.$list);)*
            }
        }
    };

    (
        @struct $(#[$about:meta])* $name:ident
        { $($(#[$doc:meta])* $list:ident: $kind:ident,)* }
        ($($given:ident: $given_type:ty)?)
        { $($(#[$note:meta])* $vis:vis $field:ident: $type:ty = $start:expr,)* }
    ) => {
        $(#[$about])*
        pub struct $name {
            $($(#[$doc])* pub $list: word_lists!(@type $kind),)*
            $($(#[$note])* $vis $field: $type,)*
        }

        impl $name {
            /// Without a word.
            fn empty($($given: $given_type)?) -> Self {
                Self { $($list: word_lists!(@empty $kind),)* $($field: $start,)* }
            }
        }
    };

    (
        $(#[$about:meta])* pub struct $name:ident $lists:tt
        beside $fields:tt
        $(given ($given:ident: $given_type:ty))?
        read $way:ident $($table:tt)*
    ) => {
        word_lists! { @struct $(#[$about])* $name $lists ($($given: $given_type)?) $fields }
        word_lists! { @$way $name $lists $($table)* }
    };
}

pub(super) use word_lists;

#[cfg(test)]
mod tests {
    use super::*;

    word_lists! {
        /// Of all kinds.
        pub struct ById {
            /// Forward.
            terms: forward,
            /// Backward.
            vision: backward,
            /// Single.
            joins: single,
            /// As written.
            crops: texts,
        }
        beside {
            /// No list.
            many: usize = many,
        }
        given (many: usize)
        read by_id
    }

    word_lists! {
        /// Read as a table.
        pub struct InTable {
            /// As written.
            crops: texts,
        }
        beside {}
        read as_table Words { sizes: Vec<u8>, }
    }

    #[test]
    fn a_list_is_found_by_its_name_and_takes_words() {
        let vocab = &mut Vocab::default();
        let mut lists = ById::empty(3);
        for id in ["terms", "vision", "joins", "crops"] {
            lists.list(id).unwrap().add_words(vocab, &["lúa".into()]);
        }
        assert!(lists.list("many").is_none() && lists.list("lua").is_none());
        assert_eq!((lists.crops.as_slice(), lists.many), (["lúa".to_owned()].as_slice(), 3));
        assert_eq!(lists.joins.iter().collect::<Vec<_>>(), [vocab.intern("lúa")]);
    }

    #[test]
    fn a_table_holds_the_lists_and_its_further_keys_and_no_others() {
        let words: Words = toml::from_str("crops = ['lúa']\nsizes = [1]").unwrap();
        let mut lists = InTable::empty();
        lists.add_all(&mut Vocab::default(), &words);
        assert_eq!(
            (lists.crops.as_slice(), words.sizes.as_slice()),
            (["lúa".to_owned()].as_slice(), &[1][..])
        );
        let error = toml::from_str::<Words>("lua = ['lúa']").err().unwrap().to_string();
        assert!(error.contains("unknown field `lua`, expected `crops` or `sizes`"), "{error}");
    }
}
