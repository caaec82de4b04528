//! Stage 3, clauses: reading `clauses.toml`.
//!
//! An example marks a figure of a sentence of its own and says what it means: name, scope, role, direction, bound.

use serde::Deserialize;

use super::{ClauseWords, FILE, Words};
use crate::patterns::source::{PatternError, Sources};
use crate::words::vocab::Vocab;

/// A sentence and what one of its figures means; what is not given is not asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence, its figure in ⟦ ⟧.
    pub text: String,
    /// What is measured; "-" for nothing.
    pub name: Option<String>,
    /// Of which part or body.
    pub scope: Option<String>,
    /// As what.
    pub role: Option<String>,
    /// Up or down.
    pub direction: Option<String>,
    /// How exactly.
    pub bound: Option<String>,
    /// The figure, as written, whose part it is; "-" for none.
    pub part_of: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    words: Words,
    #[serde(default)]
    example: Vec<Example>,
}

impl ClauseWords {
    /// Reads `clauses.toml`.
    ///
    /// # Errors
    /// A broken pattern file: where, what, and what to do.
    pub fn load(sources: &Sources, vocab: &mut Vocab) -> Result<Self, PatternError> {
        let mut out = Self::empty();
        for file in sources.named(FILE) {
            let File { words, example } = file.parse()?;
            out.add_all(vocab, &words);
            out.keep_as_text(words);
            out.examples.extend(example.into_iter().map(|e| (file.shown.clone(), e)));
        }
        Ok(out)
    }

    /// Lists that are looked for in text too, or only there, each in its form.
    fn keep_as_text(&mut self, words: Words) {
        self.class_kind_names.extend(words.class_kinds.iter().map(|w| w.to_lowercase()));
        self.tellers.extend(words.tells_that.iter().map(|w| format!(" {w} ")));
        self.ages.extend(words.age);
        self.time_names.extend(words.time_heads);
        self.siblings.extend(words.siblings);
        self.sizes.extend(words.sizes);
    }
}
