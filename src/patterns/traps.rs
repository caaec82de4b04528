//! Traps as data: `traps.toml`. Phrases before and after a numeral, and expressions tried around their anchors.

use serde::Deserialize;

use super::rule::{Fragments, Makes, RuleEntry, RuleId, RuleSet};
use super::source::{PatternError, Sources};
use super::vocab::{Phrases, Vocab};
use crate::text::token::hint;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrapFile {
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

/// The traps of one phase, ready to be tried.
#[derive(Debug, Clone)]
pub struct Phase {
    /// Phrases before a numeral.
    pub before: Phrases<RuleId>,
    /// Phrases after a numeral.
    pub after: Phrases<RuleId>,
    /// Words around which an expression is tried, with its rule.
    pub anchors: Phrases<RuleId>,
    /// Rules whose expression begins at the numeral.
    pub at_numeral: Vec<AtNumeral>,
    /// For each byte, bits of the rules (by their index, modulo 64) with an opening, and of those with a follower, that
    /// begins with it.
    likely: Box<[[u64; 2]; 256]>,
}

impl Phase {
    /// The rules to try at a numeral, given the text from its first digit and the text behind it.
    #[inline]
    pub fn likely_at<'r>(&'r self, from: &'r str, behind: &'r str) -> impl Iterator<Item = &'r AtNumeral> {
        let bits = |s: &str, n: usize| s.bytes().next().map_or(0, |b| self.likely[usize::from(b)][n]);
        let (opens, follows) = (bits(from, 0), bits(behind, 1));
        let mut left = opens | follows;
        let fits = move |rule: &AtNumeral| {
            rule.opens.iter().any(|o| from.starts_with(o.as_str()))
                || rule.follows.iter().any(|f| behind.starts_with(f.as_str()))
        };
        let one_by_one = std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < 64).then(|| self.at_numeral.iter().skip(bit).step_by(64))
        });
        one_by_one.flatten().filter(move |rule| fits(rule))
    }
}

/// A rule whose expression begins at the numeral, with what tells cheaply where to try it.
#[derive(Debug, Clone)]
pub struct AtNumeral {
    /// The rule.
    pub rule: RuleId,
    /// Openings of the numeral itself.
    pub opens: Vec<String>,
    /// What may follow it.
    pub follows: Vec<String>,
}

/// All traps.
#[derive(Debug, Clone)]
pub struct Traps {
    /// Tried before references and dates.
    pub first: Phase,
    /// Tried after them.
    pub last: Phase,
    /// Phrases after a numeral that call a rule off.
    pub unless: Vec<(RuleId, Phrases<()>)>,
    /// Phrases before a numeral that only look like those of a rule.
    pub unless_before: Phrases<()>,
    /// Digits glued to a word.
    pub in_word: RuleId,
    /// The mark of a list item.
    pub list_mark: RuleId,
    /// An article's or clause's number.
    pub article: RuleId,
    /// The running number of a table row.
    pub row_number: RuleId,
    /// A page number or running head.
    pub page_number: RuleId,
    /// A raised number.
    pub superscript: RuleId,
    /// A figure of a garbage layer.
    pub unreadable: RuleId,
    /// Stamp and signature text.
    pub stamp: RuleId,
    /// The document's own number.
    pub own_number: RuleId,
}

impl Traps {
    /// Reads the file and registers the rules.
    ///
    /// # Errors
    /// A broken pattern file.
    pub fn load(
        sources: &Sources,
        vocab: &mut Vocab,
        rules: &mut RuleSet,
        fragments: &Fragments,
    ) -> Result<Self, PatternError> {
        for file in sources.named("traps.toml") {
            rules.add(file, Makes::Trap, file.parse::<TrapFile>()?.rule, fragments)?;
        }
        let traps: Vec<(RuleId, RuleEntry)> = rules
            .iter()
            .filter(|(_, r)| r.makes == Makes::Trap && !r.entry.disabled)
            .map(|(id, r)| (id, r.entry.clone()))
            .collect();
        let mut unless = Vec::new();
        for (id, entry) in traps.iter().filter(|(_, e)| !e.unless_after.is_empty()) {
            let mut phrases = Phrases::forward();
            for phrase in &entry.unless_after {
                phrases.add(vocab, phrase, ());
            }
            unless.push((*id, phrases));
        }
        let mut unless_before = Phrases::backward();
        for (_, entry) in &traps {
            entry.unless_before.iter().for_each(|phrase| unless_before.add(vocab, phrase, ()));
        }
        Ok(Self {
            first: phase(vocab, hint::TRAP_FIRST, traps.iter().filter(|(_, e)| e.first)),
            last: phase(vocab, hint::TRAP_LAST, traps.iter().filter(|(_, e)| !e.first)),
            unless,
            unless_before,
            in_word: rules.id("trap.in-word")?,
            list_mark: rules.id("trap.list-mark")?,
            article: rules.id("trap.article")?,
            row_number: rules.id("trap.row-number")?,
            page_number: rules.id("trap.page-number")?,
            superscript: rules.id("trap.superscript")?,
            unreadable: rules.id("trap.unreadable")?,
            stamp: rules.id("trap.stamp")?,
            own_number: rules.id("trap.own-number")?,
        })
    }
}

fn phase<'r>(vocab: &mut Vocab, hint: u8, traps: impl Iterator<Item = &'r (RuleId, RuleEntry)>) -> Phase {
    let mut out = Phase {
        before: Phrases::backward(),
        after: Phrases::forward(),
        anchors: Phrases::forward(),
        at_numeral: Vec::new(),
        likely: Box::new([[0; 2]; 256]),
    };
    for (id, entry) in traps {
        for phrase in &entry.before {
            out.before.add(vocab, phrase, *id);
        }
        for phrase in &entry.after {
            out.after.add(vocab, phrase, *id);
        }
        if entry.at_numeral {
            let (opens, follows): (Vec<String>, Vec<String>) =
                entry.anchors.iter().cloned().partition(|a| a.starts_with(|c: char| c.is_ascii_digit()));
            let bit = 1 << (out.at_numeral.len() % 64);
            for (n, list) in [&opens, &follows].into_iter().enumerate() {
                for first in list.iter().filter_map(|a: &String| a.bytes().next()) {
                    out.likely[usize::from(first)][n] |= bit;
                }
            }
            out.at_numeral.push(AtNumeral { rule: *id, opens, follows });
            continue;
        }
        for anchor in &entry.anchors {
            out.anchors.add(vocab, anchor, *id);
        }
    }
    out.anchors.hint(vocab, hint);
    out
}
