//! Guards over all indicators: words that make what an indicator's words name another thing. "dư nợ bình quân một hộ" is
//! no outstanding credit, "số xã chưa đạt chuẩn" none that reached the standard. An indicator whose own name, phrasings or
//! examples have such a word is spared by it.

use serde::Deserialize;

use super::phrase::{Folder, kind_bit};
use super::words::Word;
use super::{Entry, Query};
use crate::record::quantity::Kind;

/// Most guards: their numbers are bits.
pub(super) const MOST: usize = 32;

/// A guard, as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guard {
    /// Unique name.
    pub id: String,
    /// One sentence.
    #[serde(default)]
    pub about: String,
    /// Kinds of items that it watches; all where empty.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Words that call it, in the name of a figure or between the name and the value.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words that call it off.
    #[serde(default)]
    pub unless: Vec<String>,
    /// A value for each of something is called to account too, for each of these not: a year, a month.
    #[serde(default)]
    pub per: Option<Vec<String>>,
    /// Takes the embedded guard of this id out of service.
    #[serde(default)]
    pub disabled: bool,
}

/// What a word calls: a guard, and whom it spares.
#[derive(Debug, Clone)]
pub(super) struct Call {
    guard: usize,
    /// Indicators whose own words have the word, in order.
    spared: Vec<usize>,
}

/// All guards, compiled.
#[derive(Debug, Default)]
pub(super) struct Guards {
    list: Vec<Compiled>,
}

#[derive(Debug)]
struct Compiled {
    /// Bits of the kinds that it watches.
    kinds: u8,
    /// Units of time, where a value for each of something else is called to account.
    per: Option<Vec<Word>>,
    /// Indicators that one of its words is an own word of, in order.
    spared: Vec<usize>,
}

/// A word with the guard that it calls, or with the bits of those that it calls off.
type Caller = (Vec<Word>, Result<Call, u32>);

impl Guards {
    pub(super) fn new(guards: &[Guard], entries: &[Entry], folder: &Folder) -> (Self, Vec<Caller>) {
        let own: Vec<Vec<Vec<Word>>> = entries.iter().map(|e| own_words(e, folder)).collect();
        let mut callers = Vec::new();
        let mut list = Vec::new();
        for (n, guard) in guards.iter().enumerate() {
            let mut all = Vec::new();
            for words in guard.words.iter().map(|w| folder.read(w)) {
                let has = |texts: &Vec<Vec<Word>>| texts.iter().any(|t| holds(t, &words));
                let spared: Vec<usize> =
                    own.iter().enumerate().filter(|(_, texts)| has(texts)).map(|(i, _)| i).collect();
                all.extend(&spared);
                callers.push((words, Ok(Call { guard: n, spared })));
            }
            callers.extend(guard.unless.iter().map(|w| (folder.read(w), Err(1 << n))));
            let by_unit = |e: &Entry| e.units.iter().any(|u| u.contains('/'));
            all.extend(entries.iter().enumerate().filter(|(_, e)| by_unit(e)).map(|(i, _)| i));
            all.sort_unstable();
            let kinds = guard.kinds.iter().fold(0, |bits, k| bits | kind_bit(*k));
            list.push(Compiled {
                kinds: if kinds == 0 { u8::MAX } else { kinds },
                per: guard.per.as_ref().map(|p| p.iter().flat_map(|w| folder.read(w)).collect()),
                spared: all,
            });
        }
        (Self { list }, callers)
    }

    /// Whether one of the guards that were called, and not called off, watches items of a kind and does not spare an
    /// indicator.
    pub(super) fn refuse(&self, calls: &[&Call], lifts: u32, kind: u8, entry: usize) -> bool {
        calls.iter().any(|call| {
            let watches = self.list.get(call.guard).is_some_and(|g| g.kinds & kind != 0);
            watches && lifts & (1 << call.guard) == 0 && call.spared.binary_search(&entry).is_err()
        })
    }

    /// Whether a value for each of something is none of an indicator: "50 triệu đồng/hộ".
    pub(super) fn refuse_per(&self, q: &Query<'_>, per: &[Word], entry: usize) -> bool {
        let kind = kind_bit(q.kind);
        let Some(first) = per.first() else { return false };
        self.list.iter().any(|g| {
            let each = g.per.as_ref().is_some_and(|time| !time.contains(first));
            each && g.kinds & kind != 0 && g.spared.binary_search(&entry).is_err()
        })
    }
}

/// The texts that say what an indicator is, in words.
pub(super) fn own_words(e: &Entry, folder: &Folder) -> Vec<Vec<Word>> {
    let examples = e.examples.iter().map(|x| super::check::name_of(x));
    let texts = std::iter::once(e.name_vi.as_str()).chain(examples);
    let texts = texts.chain(e.bare.iter().map(String::as_str));
    // The alternatives of a phrasing stand one behind the other: no word of a guard begins in one and ends in the next.
    let parts =
        e.phrasings.iter().flat_map(|p| p.split(['(', ')', '|', '^', '=']).flat_map(|p| p.split("...")));
    texts.chain(parts).map(|t| folder.read(t)).collect()
}

/// Whether a text has a run of words.
fn holds(text: &[Word], run: &[Word]) -> bool {
    !run.is_empty() && text.windows(run.len()).any(|w| w == run)
}
