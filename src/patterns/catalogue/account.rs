//! Accounts for the words of a name: what an indicator's own words do not say, nor words of where and when, sets a part
//! apart. "lao động nghề cá được giải quyết việc làm" are no jobs of a whole province.

use rustc_hash::FxHashSet;

use super::phrase::{Folder, NEUTRAL};
use super::words::Word;
use super::{Catalogue, Entry, guard};

/// The words that say what each indicator is, by its place in the file.
#[derive(Debug, Default)]
pub(super) struct Own(Vec<FxHashSet<Word>>);

impl Own {
    pub(super) fn new(entries: &[Entry], folder: &Folder) -> Self {
        let mut own: Vec<FxHashSet<Word>> = entries
            .iter()
            .map(|e| {
                let units = e.units.iter().flat_map(|u| folder.read(u));
                guard::own_words(e, folder).into_iter().flatten().chain(units).collect()
            })
            .collect();
        // What its rate or its growth is called says the same thing.
        let at = |id: &String| entries.iter().position(|e| e.id == *id);
        for (i, e) in entries.iter().enumerate() {
            for other in [&e.rate, &e.change, &e.plan, &e.in_country, &e.in_province].into_iter().flatten() {
                let Some(j) = at(other) else { continue };
                let both: FxHashSet<Word> =
                    own.get(i).into_iter().chain(own.get(j)).flatten().copied().collect();
                for n in [i, j] {
                    if let Some(words) = own.get_mut(n) {
                        words.clone_from(&both);
                    }
                }
            }
        }
        Self(own)
    }
}

impl Catalogue {
    /// Whether an indicator accounts for every word of a name: by its own words, those of where, when and how much, those
    /// that leave a figure what it is, and those of the `scope` that the figure has besides. A word that is left over says
    /// that a part or another thing is measured.
    pub(super) fn accounts_for(&self, entry: &Entry, name: &str, scope: &str) -> bool {
        let Some(own) = self.by_id.get(&entry.id).and_then(|&i| self.own.0.get(i)) else { return true };
        let mut plain = self.plain(name, true);
        let scope = self.folder.read(scope);
        for (word, covered) in plain.words.iter().zip(&mut plain.covered) {
            *covered |= own.contains(word) || scope.contains(word);
        }
        self.cover(NEUTRAL, &mut plain);
        plain.all()
    }
}
