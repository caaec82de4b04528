//! Traps as data: `traps.toml`. Phrases before and after a numeral, and expressions tried around their anchors.

use serde::Deserialize;

use super::phrases::Phrases;
use super::rule::{Fragments, Makes, RuleEntry, RuleId, RuleSet};
use super::source::{PatternError, Sources};
use crate::words::token::hint;
use crate::words::vocab::Vocab;

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
    /// Which of these rules have an opening, and which a follower, that a text may begin with.
    likely: [Likely; 2],
}

/// Which of up to 64 lists of prefixes a text may begin with, by its first two bytes; the bits of further lists are shared.
#[derive(Debug, Clone)]
struct Likely(Box<[[u64; 256]; 2]>);

impl Likely {
    fn add(&mut self, prefix: &str, list: usize) {
        let bit = 1 << (list % 64);
        let mut bytes = prefix.bytes();
        if let Some(first) = bytes.next() {
            self.0[0][usize::from(first)] |= bit;
            match bytes.next() {
                Some(second) => self.0[1][usize::from(second)] |= bit,
                None => self.0[1].iter_mut().for_each(|bits| *bits |= bit),
            }
        }
    }

    #[inline]
    fn bits(&self, text: &str) -> u64 {
        let byte = |n: usize| usize::from(text.as_bytes().get(n).copied().unwrap_or(0));
        self.0[0][byte(0)] & self.0[1][byte(1)]
    }
}

impl Phase {
    /// The rules to try at a numeral, given the text from its first digit and the text behind it.
    #[inline]
    pub fn likely_at<'r>(&'r self, from: &'r str, behind: &'r str) -> impl Iterator<Item = &'r AtNumeral> {
        let [opens, follows] = &self.likely;
        let bits = opens.bits(from) | follows.bits(behind);
        let rules = if bits == 0 { &[] } else { self.at_numeral.as_slice() };
        let likely = rules.iter().enumerate().filter(move |(i, _)| bits >> (i % 64) & 1 != 0);
        likely.map(|(_, rule)| rule).filter(|rule| {
            rule.opens.iter().any(|o| from.starts_with(o.as_str()))
                || rule.follows.iter().any(|f| behind.starts_with(f.as_str()))
        })
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
    /// A time of day.
    pub time: RuleId,
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
            time: rules.id("trap.time")?,
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
        likely: [(); 2].map(|()| Likely(Box::new([[0; 256]; 2]))),
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
            let [may_open, may_follow] = &mut out.likely;
            opens.iter().for_each(|o| may_open.add(o, out.at_numeral.len()));
            follows.iter().for_each(|f| may_follow.add(f, out.at_numeral.len()));
            out.at_numeral.push(AtNumeral { rule: *id, opens, follows });
            continue;
        }
        for anchor in &entry.anchors {
            out.anchors.add(vocab, anchor, *id);
        }
    }
    out.anchors.give_hint(vocab, hint);
    out
}
