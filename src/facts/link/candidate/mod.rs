//! Stage 5, linking: the phrases that may name a quantity. Every plausible beginning before it with every plausible end,
//! every plausible end of the noun phrase behind it, and what the rules would say.
//!
//! "Tỷ lệ hộ nghèo cuối năm giảm còn 2,47%" offers "Tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo cuối năm", "hộ nghèo" and more;
//! [`super::rank`] chooses among them.

mod before;
mod counted;
mod ends;
mod floor;
mod index;
mod joined;
mod label;
mod list;
mod noun;
mod shared;
mod starts;
mod stops;
mod told;
mod whole;

use std::borrow::Cow;
use std::ops::Range;

use smol_str::SmolStr;

use super::Linker;
use super::around::Around;
use crate::words::{is_one_line, one_line};
use list::Candidates;
pub(super) use list::before_torn;

/// Most tokens behind a quantity that its name may reach.
const BEHIND: usize = 24;
/// A longer lead-in is a sentence and names nothing.
const LEAD_WORDS: usize = 18;

/// Where a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The rules' own answer.
    Rule,
    /// Words before the quantity.
    Before,
    /// The noun behind its number.
    Behind,
    /// The name of the quantity before it.
    Previous,
    /// The name of the last quantity of the sentence before.
    Earlier,
    /// The noun behind its number with the predicate that it shares with the next one.
    Shared,
    /// What the lead-in of its list, or its heading, is about.
    Lead,
    /// The index that a place or a score is one of: named last before it, or behind "về".
    Index,
    /// The name of the last figure that is alike under the same heading.
    Memory,
    /// The noun of a count with what follows it in the name before: "hộ nghèo" of "tỷ lệ hộ nghèo 8%, với 410 hộ".
    Noun,
    /// The noun of a count with the name of the figure that it shares: "hộ cho vay" of "cho vay 71 tỷ đồng với 160 hộ".
    With,
    /// The label before the colon that opens the sentence: "Thanh toán không dùng tiền mặt: 40 lượt, số tiền 2 tỷ đồng".
    Label,
    /// The noun of a count, or the word for a sum, with that label.
    Labelled,
    /// What is done with the figure before in its list: "kiểm tra 318 tổ chức, 1.240 đảng viên".
    List,
    /// What is done before the number with the noun behind it: "kiên cố hóa 6,5 km kênh mương".
    Joined,
}

impl Source {
    /// As the file of weights writes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Before => "before",
            Self::Behind => "behind",
            Self::Previous => "previous",
            Self::Earlier => "earlier",
            Self::Shared => "shared",
            Self::Lead => "lead",
            Self::Index => "index",
            Self::Memory => "memory",
            Self::Noun => "noun",
            Self::With => "with",
            Self::Label => "label",
            Self::Labelled => "labelled",
            Self::List => "list",
            Self::Joined => "joined",
        }
    }
}

/// A phrase that may name a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// As the name would be written; borrowed where it stands so in the text.
    pub text: Cow<'a, str>,
    /// Its tokens, where it is a stretch of the text; of a joined one, those before the number.
    pub tokens: Range<usize>,
    /// Of a joined one, the tokens behind the number.
    pub behind: Range<usize>,
    /// Where it comes from.
    pub source: Source,
}

impl Candidate<'_> {
    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        let text = self.text.as_bytes();
        // Nearly all have single spaces between their words and none around them.
        if is_one_line(text) {
            1 + memchr::memchr_iter(b' ', text).count()
        } else {
            self.text.split_whitespace().count()
        }
    }
}

impl<'a> Linker<'_, 'a> {
    /// The candidates for the name of a quantity, in the order of their sources; the first is the rules' own, if they have one.
    pub(super) fn candidates<'c>(&self, around: &Around<'c>, rule: Option<&'c SmolStr>) -> Vec<Candidate<'c>>
    where
        'a: 'c,
    {
        let (item, place) = (around.item, around.place);
        let mut out = Candidates::with_room();
        // The object of a verb behind another figure is named by no words before it.
        let object = self.has_object(item, place);
        self.add_rule(around, rule, object, &mut out);
        // A list goes on with the name of the figures before.
        let alone = self.stands_alone(item, place);
        self.add_told(around, alone, &mut out);
        out.add_made(self.shared_with(around), Source::With);
        out.add_made(self.done_with(around), Source::List);
        // The label of its sentence may be all that names it.
        self.add_labels(around, &mut out);
        let completed = self.completed(item, place);
        out.add_name(completed.filter(|n| !self.is_of_another(around, alone, n)), Source::Noun);
        let lead = self.lead_name(place).or_else(|| self.heading_name(place));
        out.add_name(lead.filter(|n| n.split(' ').count() <= LEAD_WORDS), Source::Lead);
        self.add_indices(around, &mut out);
        // What stands around its number.
        let noun = self.noun_behind(item, place);
        let ends = self.ends_behind(around, noun);
        self.add_behind(around, noun, &ends, &mut out);
        if !object && self.total_before(item).is_none() {
            self.add_before(around, &mut out);
        }
        self.add_joined(around, noun, ends, &mut out);
        out.telling()
    }

    /// The rules' own name; it says nothing where it is of an object, of who leads, or hollow.
    fn add_rule<'c>(
        &self,
        around: &Around<'c>,
        rule: Option<&'c SmolStr>,
        object: bool,
        out: &mut Candidates<'c>,
    ) {
        let Some(rule) = rule else { return };
        let before =
            self.before(around.item, around.place).filter(|r| one_line(self.work.words(r.clone())) == *rule);
        let leader = |r: &Range<usize>| self.clauses.who_leads.at(&self.work.tokens, r.start).is_some();
        if before.is_some_and(|r| object || leader(&r) || self.is_hollow(&r, true)) {
            out.hollow.push(Cow::Owned(rule.to_string()));
        }
        out.add_name(Some(rule.clone()), Source::Rule);
    }
}
