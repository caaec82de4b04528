//! Stage 3, frames: reading `frames.toml`.

use serde::Deserialize;

use super::{FrameWords, Means, Own, OwnLevel};
use crate::patterns::source::{PatternError, SourceFile, Sources};
use crate::words::token::hint;
use crate::words::vocab::Vocab;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    own: Vec<OwnEntry>,
    #[serde(default)]
    list: Vec<ListEntry>,
    #[serde(default)]
    spoken: Vec<SpokenEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpokenEntry {
    means: Means,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnEntry {
    level: OwnLevel,
    #[serde(default)]
    strong: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListEntry {
    id: toml::Spanned<String>,
    words: Vec<String>,
}

impl FrameWords {
    /// Reads the words from all files named `frames.toml`; later files add words.
    ///
    /// # Errors
    /// A mistake in a file, with its place.
    pub fn load(sources: &Sources, vocab: &mut Vocab) -> Result<Self, PatternError> {
        let mut words = Self::empty();
        for source in sources.named(Self::FILE) {
            let file: File = source.parse()?;
            file.own.iter().for_each(|entry| words.add_own(entry, vocab));
            for SpokenEntry { means, words: phrases } in &file.spoken {
                phrases.iter().for_each(|phrase| words.spoken.add(vocab, phrase, *means));
            }
            for entry in &file.list {
                words.add_list(source, entry, vocab)?;
            }
        }
        words.spoken.give_hint(vocab, hint::DATE);
        Ok(words)
    }

    fn add_own(&mut self, entry: &OwnEntry, vocab: &mut Vocab) {
        let level = entry.level;
        self.own_names.extend(entry.strong.iter().map(|w| (level, w.to_lowercase())));
        for (list, strong) in [(&entry.strong, true), (&entry.weak, false)] {
            list.iter().for_each(|phrase| self.own.add(vocab, phrase, Own { level, strong }));
        }
    }

    fn add_list(
        &mut self,
        source: &SourceFile,
        entry: &ListEntry,
        vocab: &mut Vocab,
    ) -> Result<(), PatternError> {
        let id = entry.id.get_ref();
        let is_text = self.keep_as_text(id, &entry.words);
        match self.list(id) {
            Some(list) => list.add_words(vocab, &entry.words),
            None if is_text => {}
            None => {
                let message = format!("no list is called {id:?}");
                let hint = "compare the lists of the embedded frames.toml";
                return Err(source.error(entry.id.span().start, &message, hint));
            }
        }
        Ok(())
    }

    /// Lists that are looked for in text too, or only there, each in its form; whether it is one of them.
    fn keep_as_text(&mut self, id: &str, words: &[String]) -> bool {
        let small: fn(&str) -> String = str::to_lowercase;
        let spaced: fn(&str) -> String = |word| format!(" {word} ");
        let [means, means_not] = &mut self.means;
        let (list, form) = match id {
            "country" => (&mut self.country_names, small),
            "local_bodies" => (&mut self.local_bodies, small),
            "commune_heads" => (&mut self.commune_heads, small),
            "growth_names" => (&mut self.growth_names, small),
            "mean_growth" => (means, small),
            "mean_growth_not" => (means_not, small),
            "area_kinds" => (&mut self.area_kinds, spaced),
            "year_unit" => {
                self.year_unit = words.first().map(String::as_str).unwrap_or_default().into();
                return true;
            }
            _ => return false,
        };
        list.extend(words.iter().map(|word| form(word)));
        true
    }
}
