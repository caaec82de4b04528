//! Stage 4, dates and periods: tokens to [`Found`] items with their EDTF value, first and last day and role.
//!
//! In four steps over the tokens that nobody owns: `points` finds every date and period, `interval` joins "từ … đến …"
//! and lists, `infer` finds years that are not written, `role` says what the date is for. "từ ngày 10/5 đến ngày
//! 14/6/2026" is one item, `2026-05-10/2026-06-14`.

mod day;
mod infer;
mod interval;
mod period;
mod points;
mod role;
mod scan;
mod value;

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

pub use day::{DayMatch, day_at};
pub use role::Role;
pub use value::Kind;

pub use crate::record::Day;

use super::Work;
use super::ledger::Owner;
use crate::patterns::rule::RuleId;
use infer::{Anchors, Missing};
use interval::Item;
use scan::Scan;

/// What is known of the document when its dates are read.
#[derive(Debug, Clone, Default)]
pub struct Context<'c> {
    /// The document's own date.
    pub issue: Option<Day>,
    /// What the document reports on.
    pub period: Option<(Day, Day)>,
    /// Tokens of the header's own date line.
    pub issue_range: Option<Range<usize>>,
    /// Tokens of the references with their date and issuer, in order.
    pub reference_spans: &'c [Range<usize>],
    /// Tokens of the headings, in order.
    pub headings: &'c [Range<usize>],
    /// Whether the document lays down rules: a day without a year is then one of every year.
    pub normative: bool,
}

impl Context<'_> {
    /// Whether a token belongs to a reference.
    fn in_reference(&self, token: usize) -> bool {
        let n = self.reference_spans.partition_point(|r| r.end <= token);
        self.reference_spans.get(n).is_some_and(|r| r.contains(&token))
    }
}

/// A date or period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What kind of period.
    pub kind: Kind,
    /// Its value in the Extended Date/Time Format.
    pub edtf: SmolStr,
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// What it is for.
    pub role: Role,
    /// Which part was not written, and where it came from.
    pub inferred: Option<&'static str>,
    /// The rule that read it.
    pub rule: RuleId,
}

/// Numerals that belong to dates but make no item: no such day, every year, no year to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Their tokens.
    pub tokens: Range<usize>,
    /// The rule that says why.
    pub rule: RuleId,
    /// Code of the warning that the record carries, if it deserves one.
    pub code: Option<&'static str>,
}

/// The dates of a document, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// Dates and periods.
    pub found: Vec<Found>,
    /// What looked like one.
    pub refused: Vec<Refused>,
}

/// Finds all dates and periods and claims their tokens.
pub fn recognise(work: &mut Work, context: &Context) -> Dates {
    let mut out = Dates::default();
    let scan = Scan::new(work);
    let found = points::collect(&scan, context);
    out.refused = found.refused;
    let items = interval::join(&scan, context, found.points);
    let anchors = Anchors::new(&scan, context, &items);
    for k in 0..items.len() {
        finish(&scan, context, &anchors, &items, k, &mut out);
    }
    out.refused.sort_by_key(|r| r.tokens.start);
    for found in &out.found {
        work.ledger.claim(found.tokens.clone(), Owner::Date, found.rule);
    }
    for refused in &out.refused {
        work.ledger.claim(refused.tokens.clone(), Owner::Trap, refused.rule);
    }
    out
}

/// Gives item `k` its year, its role and its form in the record, or the reason why it is none.
fn finish(scan: &Scan, context: &Context, anchors: &Anchors, items: &[Item], k: usize, out: &mut Dates) {
    let Some(item) = items.get(k) else { return };
    let rules = &scan.words.rules;
    let (mut from, mut to, mut inferred) = (item.from, item.to, item.inferred);
    if infer::lacks_year(item) {
        match infer::year(scan, context, anchors, items, k) {
            Ok((year, source)) => {
                from = from.with_year(year);
                let wraps = to.is_some_and(|t| t.months().1 < from.months().0);
                to = to.map(|t| t.with_year(year + u16::from(wraps)));
                inferred = Some(source);
            }
            Err(missing) => {
                let rule = match missing {
                    Missing::Recurring => rules.recurring,
                    Missing::NoAnchor if item.rule == rules.day_alone => rules.day_alone,
                    Missing::NoAnchor => rules.no_year,
                };
                if item.rule != rules.months_alone && scan.work.patterns.rules.on(rule) {
                    out.refused.push(Refused { tokens: item.tokens.clone(), rule, code: None });
                }
                return;
            }
        }
    }
    let bounds = (from.bounds(), to.map_or(from.bounds(), value::Value::bounds));
    let (Some((start, _)), Some((_, end))) = bounds else {
        let code = Some("impossible_date");
        out.refused.push(Refused { tokens: item.tokens.clone(), rule: rules.impossible, code });
        return;
    };
    if start > end {
        return;
    }
    let kind = if to.is_some() { Kind::Interval } else { from.kind() };
    let edtf = match to {
        Some(to) => format_smolstr!("{}/{}", from.edtf_end(false), to.edtf_end(true)),
        None => from.edtf(),
    };
    let tokens = item.tokens.clone();
    let role = role::of(scan, context, anchors.issue, &tokens, kind, end);
    out.found.push(Found { tokens, kind, edtf, start, end, role, inferred, rule: item.rule });
}

#[cfg(test)]
mod tests;
