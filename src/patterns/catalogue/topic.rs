//! Names that say too little by themselves: "tổng điểm", "thứ hạng", "năng suất chung". Of what they are, the words that
//! govern them tell: the caption and the row of a table, the sentence, the headings above, the title of the document.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::phrase::Folder;
use super::words::Word;
use super::{Catalogue, Entry, Query, Words};
use crate::record::{Indicator, Metadata, Section};

/// Most words that a bare name may have besides: "năng suất chung | toàn tỉnh".
const MORE_WORDS: usize = 6;
/// Most bytes of a sentence, a caption or a heading that are looked at.
const LEAD: usize = 600;
/// How many headings up.
const HEADINGS: usize = 4;

/// The bare names of all indicators and what must govern them.
#[derive(Debug, Default)]
pub(super) struct Topics {
    /// By the first word: the whole phrase, and whose it is.
    bare: FxHashMap<Word, Vec<(Vec<Word>, usize)>>,
    /// Words that may stand beside it and say no more: "toàn tỉnh", "ước đạt".
    beside: FxHashSet<Word>,
    /// Of each indicator that has bare names: what governs them, and what does not.
    of: FxHashMap<usize, Topic>,
    /// Of each indicator that has some: words that rule it out in what governs a figure.
    not_above: FxHashMap<usize, Vec<Vec<Word>>>,
}

#[derive(Debug, Default)]
struct Topic {
    is: Vec<Vec<Word>>,
    is_not: Vec<Vec<Word>>,
}

/// What governs an item, in pieces: the nearest first.
pub(super) struct Lead<'a> {
    /// Before the value in its sentence, or what the cell's table says.
    pub before: Cow<'a, str>,
    /// Behind it.
    pub behind: &'a str,
    /// The headings above, inner before outer, and the title.
    pub above: Vec<&'a str>,
}

impl Topics {
    pub(super) fn new(entries: &[Entry], words: &Words, folder: &Folder) -> Self {
        let beside = words.beside.iter().flat_map(|w| folder.read(w)).collect();
        let mut topics = Self { beside, ..Self::default() };
        let read = |list: &[String]| -> Vec<Vec<Word>> { list.iter().map(|w| folder.read(w)).collect() };
        for (i, entry) in entries.iter().enumerate().filter(|(_, e)| !e.not_above.is_empty()) {
            topics.not_above.insert(i, read(&entry.not_above));
        }
        for (i, entry) in entries.iter().enumerate().filter(|(_, e)| !e.bare.is_empty()) {
            for name in read(&entry.bare) {
                if let Some(first) = name.first() {
                    topics.bare.entry(*first).or_default().push((name, i));
                }
            }
            let is_not = entry.not_near.iter().chain(&entry.not_around).cloned().collect::<Vec<_>>();
            topics.of.insert(i, Topic { is: read(&entry.topic), is_not: read(&is_not) });
        }
        topics
    }

    /// The indicators that a name may be the bare name of.
    fn named(&self, name: &[Word]) -> Vec<usize> {
        let mut found = Vec::new();
        for (at, first) in name.iter().enumerate() {
            for (phrase, entry) in self.bare.get(first).into_iter().flatten() {
                let here = at..at + phrase.len();
                let whole =
                    || name.iter().enumerate().all(|(i, w)| here.contains(&i) || self.beside.contains(w));
                let short = name.len() <= phrase.len() + MORE_WORDS;
                if short && name.get(here.clone()) == Some(phrase) && whole() && !found.contains(entry) {
                    found.push(*entry);
                }
            }
        }
        found
    }
}

impl Topic {
    /// Where the topic stands last in some words; nowhere where behind it something else is named.
    fn last(&self, words: &[Word]) -> Option<usize> {
        let end = last_end(&self.is, words)?;
        let off = last_end(&self.is_not, words).is_some_and(|other| other > end);
        (!off).then_some(end)
    }

    /// Whether words are about the topic and nothing that rules it out.
    fn governs(&self, words: &[Word]) -> bool {
        last_end(&self.is, words).is_some() && last_end(&self.is_not, words).is_none()
    }
}

/// The end of the last of some phrases in a text.
fn last_end(phrases: &[Vec<Word>], words: &[Word]) -> Option<usize> {
    let ends = |p: &Vec<Word>| {
        (p.len()..=words.len()).rev().find(|&e| !p.is_empty() && words.get(e - p.len()..e) == Some(p))
    };
    phrases.iter().filter_map(ends).max()
}

impl Catalogue {
    /// Whether what governs a figure, or who issued the document, rules an indicator out.
    pub(super) fn off_topic(&self, entry: &Entry, lead: &Lead<'_>, issuer: Option<&str>) -> bool {
        let index = self.by_id.get(&entry.id);
        let Some(not) = index.and_then(|i| self.topics.not_above.get(i)) else { return false };
        let above = lead.above.iter().copied().chain(issuer);
        let mut texts = [&*lead.before, lead.behind].into_iter().chain(above);
        texts.any(|t| last_end(not, &self.folder.read(t)).is_some())
    }

    /// The indicator that a name means which says too little by itself, by what governs it: the nearest that is about one
    /// of them decides, and where it is about two of them none is taken.
    pub(super) fn governed(&self, q: &Query<'_>, lead: &Lead<'_>) -> Option<&Entry> {
        // "tổng kinh phí thực hiện năm 2023": a year says when, not what.
        let undated = |w: &&str| !w.contains(|c: char| c.is_ascii_digit());
        let name: Vec<&str> = q.name.split_whitespace().filter(undated).collect();
        let name = self.folder.read(&name.join(" "));
        let mut named = self.topics.named(&name);
        if named.is_empty() {
            return None;
        }
        self.keep_fitting(q, &name, &mut named);
        let of = |i: usize| self.topics.of.get(&i);
        let before = self.folder.read(&lead.before);
        let last: Vec<(usize, usize)> =
            named.iter().filter_map(|&i| Some((of(i)?.last(&before)?, i))).collect();
        if let Some(&(end, i)) = last.iter().max() {
            let rivals = last.iter().filter(|(e, _)| *e == end).count();
            return self.entries.get(i).filter(|_| rivals == 1);
        }
        for words in std::iter::once(lead.behind).chain(lead.above.iter().copied()) {
            let words = self.folder.read(words);
            let about: Vec<usize> =
                named.iter().copied().filter(|&i| of(i).is_some_and(|t| t.governs(&words))).collect();
            match about.as_slice() {
                [] => {}
                [one] => return self.entries.get(*one),
                _ => return None,
            }
        }
        None
    }
}

/// What governs an item of a document. `before` and `behind` are the parts of its sentence.
pub(super) fn lead<'a>(
    item: &'a Indicator,
    sections: &'a [Section],
    metadata: &'a Metadata,
    before: &'a str,
    behind: &'a str,
) -> Lead<'a> {
    let before = match &item.table {
        Some(cell) => {
            let parts = [cell.caption.as_deref(), cell.column.as_deref(), cell.row.as_deref()];
            Cow::Owned(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
        None => Cow::Borrowed(before),
    };
    let mut above = Vec::new();
    let mut at = item.section;
    for _ in 0..HEADINGS {
        let Some(section) = at.and_then(|i| sections.get(i)) else { break };
        above.extend(section.heading.as_deref().filter(|h| h.len() <= LEAD));
        at = section.parent;
    }
    above.extend(metadata.subject.as_deref().filter(|s| s.len() <= LEAD));
    Lead { before, behind, above }
}
