//! Stage 4, indicators: measured quantities, over the numerals that references, dates and traps have left.
//!
//! "4.127 hồ sơ, đạt 88%" gives a count and a percentage. Each free numeral is read once:
//! number and scale (`amount`), then what stands after it decides (`quantity`); the cells of tables are read before,
//! with their table (`facts::cells`). What says nothing of itself is refused by a named rule, never guessed. The linking (`facts::link`)
//! then says what is measured, for whom, when and in which role.

mod amount;
mod apart;
mod cell;
mod currency;
mod done;
mod heading;
mod listed;
mod noun;
mod part;
mod quantity;
mod range;
mod rank;
mod ratio;
mod refuse;
mod scale;
mod series;
mod sign;
#[cfg(test)]
mod tests;
mod unit;
mod words;

use smol_str::SmolStr;
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Work;
use super::ledger::Owner;
use super::number::{self, Convention};
use crate::claim::date::Day;
use crate::patterns::indicators::Indicators;
use crate::patterns::rule::RuleId;
pub use crate::record::quantity::{Bound, Direction, Kind, Role};
use crate::record::{Area, Basis, Period, Place, Province, TableCell};
pub(crate) use unit::one_line as unit_one_line;

/// A date of the document, as the linking of periods needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateAt {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// It stands inside a reference: the date of another document.
    pub in_reference: bool,
    /// A day on which something was done: it says when nothing else was.
    pub event: bool,
    /// How far behind it what it tells of may stand.
    pub reach: Reach,
    /// The years it begins and ends in.
    pub years: (i32, i32),
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
}

/// How far behind a date what it tells of may stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// As far as its sentence goes, until another one is told.
    #[default]
    Sentence,
    /// To the next comma: "đầu năm 7,82%, thoát nghèo 598 hộ".
    Clause,
    /// To what stands right behind it: "kế hoạch năm (5,3 triệu lượt)".
    Next,
}

/// What the recogniser knows of the document beside its text.
#[derive(Debug, Clone, Default)]
pub struct Context<'c> {
    /// Headings of sections and the shadow ranges they govern, outer before inner.
    pub headings: &'c [Heading],
    /// Tokens of the document's head, behind which its text begins; none where it has no head.
    pub head: Range<usize>,
    /// Dates found, in reading order.
    pub dates: &'c [DateAt],
    /// Code of the document's type: BC, KH …
    pub doc_type: Option<&'c str>,
    /// The year it was issued in.
    pub year: Option<i32>,
    /// The first day on which it may have been written: its own, or that of its month or year.
    pub written: Option<Day>,
    /// The area it reports on.
    pub area: Option<SmolStr>,
    /// The province it belongs to.
    pub province: Option<&'c Province>,
    /// The district it belongs to.
    pub district: Option<&'c Area>,
    /// Its date of issue.
    pub date: Option<&'c str>,
}

/// A cell of prose: its quantities are told of its row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProseCell {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The label of its row.
    pub scope: Option<SmolStr>,
    /// The place that its row, column or caption names.
    pub place: Option<Arc<Place>>,
    /// Where it stands.
    pub at: TableCell,
}

/// A section for the linking: its heading and what it governs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Tokens of the heading's own line.
    pub tokens: Range<usize>,
    /// The whole section, in shadow bytes.
    pub range: Range<usize>,
    /// The heading of the section around it.
    pub parent: Option<usize>,
}

/// One quantity found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Number, scale and unit.
    pub tokens: Range<usize>,
    /// Its kind.
    pub kind: Kind,
    /// Its value; none for a ratio.
    pub value: Option<Decimal>,
    /// Its unit.
    pub unit: Option<SmolStr>,
    /// First number of a ratio, the place of a rank.
    pub numerator: Option<Decimal>,
    /// Second number of a ratio, how many a rank counts, the most a score can reach.
    pub denominator: Option<Decimal>,
    /// How exact it is.
    pub bound: Bound,
    /// What it is to the report.
    pub role: Role,
    /// Where a change goes.
    pub direction: Option<Direction>,
    /// Per what, in a rate: "năm", "người/tháng".
    pub per: Option<SmolStr>,
    /// What is measured.
    pub name: Option<SmolStr>,
    /// Who or where it counts.
    pub scope: Option<SmolStr>,
    /// The date of [`Context::dates`] it is about.
    pub period: Option<usize>,
    /// Whose words gave that date.
    pub period_basis: Basis,
    /// The administrative unit that its row, column or clause names; the document's own is filled in later.
    pub place: Option<Arc<Place>>,
    /// The sentence, in shadow bytes.
    pub sentence: Range<usize>,
    /// Where it stands in a table.
    pub cell: Option<TableCell>,
    /// Its table has said all: linking adds nothing.
    pub settled: bool,
    /// Its name says what is measured: words of its own do, or those of the figure it took the name from.
    pub tells: bool,
    /// When, where a heading says it.
    pub when: Option<Period>,
    /// Both ends of a range.
    pub range: Option<(Decimal, Decimal)>,
    /// It stands in parentheses behind another quantity.
    pub inside: bool,
    /// Its name is that of the quantity before it.
    pub inherited: bool,
    /// A change began at it: 12% of "giảm từ 12% xuống 10%".
    pub began: bool,
    /// The item of which it is a part, as an index.
    pub part_of: Option<usize>,
    /// Two readings stand.
    pub ambiguous: bool,
    /// The production that made it.
    pub rule: RuleId,
    /// Which rules gave its attributes.
    pub why: Why,
}

/// The rule or frame that gave each attribute of a quantity; empty where nothing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Why {
    /// What is measured.
    pub name: &'static str,
    /// Of which part.
    pub scope: &'static str,
    /// As what.
    pub role: &'static str,
    /// How exactly.
    pub bound: &'static str,
    /// Which of its words tell when; frames give the rest.
    pub period: &'static str,
    /// The sum of weights that the chosen name had, in hundredths.
    pub sum: Option<i64>,
}

impl Found {
    pub(crate) fn new(tokens: Range<usize>, kind: Kind, rule: RuleId) -> Self {
        Self {
            tokens,
            kind,
            value: None,
            unit: None,
            numerator: None,
            denominator: None,
            bound: Bound::Exact,
            role: Role::Actual,
            direction: None,
            per: None,
            name: None,
            scope: None,
            period: None,
            period_basis: Basis::Text,
            place: None,
            sentence: 0..0,
            cell: None,
            settled: false,
            tells: false,
            when: None,
            range: None,
            inside: false,
            inherited: false,
            began: false,
            part_of: None,
            ambiguous: false,
            rule,
            why: Why::default(),
        }
    }
}

/// What became of a numeral.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Quantities, in reading order.
    Items(Vec<Found>),
    /// No quantity, for the reason that the rule names.
    Nothing(RuleId),
}

/// The recogniser at work on one document.
pub(crate) struct Scan<'w, 'a> {
    pub(crate) work: &'w Work<'a>,
    pub(crate) words: &'a Indicators,
    pub(crate) convention: Convention,
}

/// Finds the quantities of a document among the numerals that are still free, and claims them.
///
/// What the numerals in cells of tables are was found before.
pub(crate) fn recognise(work: &mut Work<'_>, cells: Vec<(Range<usize>, Outcome)>) -> Vec<Found> {
    let words = &work.patterns.indicators;
    let convention = number::convention(work);
    // Half of the numerals at most are quantities, mostly; growing copies all.
    let mut found: Vec<Found> = Vec::with_capacity(work.ledger.numerals().len() / 2);
    for (numeral, outcome) in cells {
        settle(work, &mut found, numeral, outcome);
    }
    let mut next = 0;
    for n in 0..work.ledger.numerals().len() {
        let Some(&numeral) = work.ledger.numerals().get(n) else { break };
        // Numbers written out stand between the numerals.
        let written = words::between(&Scan { work, words, convention }, next..numeral.first);
        // A rate may reach past the numeral: "hai mươi tỷ/6 tháng".
        next = written.last().map_or(next, |w| next.max(w.tokens.end));
        take(work, &mut found, written);
        next = next.max(numeral.end);
        if numeral.first < next && numeral.end < next || !work.ledger.free(numeral.first..numeral.end) {
            continue;
        }
        let scan = Scan { work, words, convention };
        let state = scan.state(numeral, &found);
        let mut outcome = state.map_or_else(|| scan.quantity(numeral), |part| Outcome::Items(vec![part]));
        if matches!(outcome, Outcome::Nothing(rule) if rule == words.rules.none_bare || rule == words.rules.none_label)
            && let Some(part) = scan.part(numeral, &found)
        {
            outcome = Outcome::Items(vec![part]);
        }
        if let Outcome::Items(items) = &outcome
            && let Some(last) = items.last()
        {
            next = next.max(last.tokens.end);
        }
        if let Outcome::Items(items) = &mut outcome {
            scan.currency_of_list(items, &found);
        }
        settle(work, &mut found, numeral.first..numeral.end, outcome);
    }
    let written = words::between(&Scan { work, words, convention }, next..work.tokens.len());
    take(work, &mut found, written);
    found.sort_by_key(|f| f.tokens.start);
    part_overlaps(&mut found);
    found.retain(|f| work.patterns.rules.on(f.rule));
    found
}

/// "20²USD 15": the currency behind one amount is not the one before the next.
fn part_overlaps(found: &mut Vec<Found>) {
    let mut end = 0;
    found.retain_mut(|f| {
        f.tokens.start = f.tokens.start.max(end);
        let kept = f.tokens.start < f.tokens.end;
        end = end.max(f.tokens.end);
        kept
    });
}

/// Claims a numeral for what it is, or for the rule that refused it, if that is in service.
fn settle(work: &mut Work<'_>, found: &mut Vec<Found>, numeral: Range<usize>, outcome: Outcome) {
    match outcome {
        Outcome::Items(items) => take(work, found, items),
        Outcome::Nothing(rule) if work.patterns.rules.on(rule) => {
            work.ledger.claim(numeral, Owner::Trap, rule);
        }
        Outcome::Nothing(_) => {}
    }
}

/// Claims the numerals of what was found by a rule in service.
fn take(work: &mut Work<'_>, found: &mut Vec<Found>, items: Vec<Found>) {
    for item in items {
        if work.patterns.rules.on(item.rule) {
            work.ledger.claim(item.tokens.clone(), Owner::Indicator, item.rule);
            found.push(item);
        }
    }
}
