//! One document to its rows: of every indicator with an id in the catalogue, none of boilerplate. What is not certain
//! comes along with its doubt.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::document::Document;
use super::doubt::{Doubt, doubt, is_of_smaller};
use super::place::{Level, Place};
use super::row::{Row, What};
use super::source::Sources;
use crate::patterns::{Patterns, catalogue};
use crate::record::quantity::Role;
use crate::record::{Basis, Day, Indicator, Metadata, Period, RECORD_SCHEMA};

/// The rows of a document, certain or not, in reading order.
pub fn rows(document: &Document, patterns: &Patterns) -> Vec<Row> {
    let place = Arc::new(Place::of(&document.metadata));
    let mut sources = Sources::of(document);
    let known: BTreeMap<&SmolStr, &Indicator> = document.indicators.iter().map(|i| (&i.id, i)).collect();
    let (mut out, mut plans) = (Vec::new(), Vec::new());
    let is_of_smaller = is_of_smaller(document, patterns);
    for item in document.indicators.iter().filter(|i| !i.boilerplate) {
        let Some(id) = &item.indicator else { continue };
        // Both items of a range carry both ends: the lower one stands for the two.
        if item.range.is_some_and(|range| item.value == Some(range.high) && range.low != range.high) {
            continue;
        }
        let place = place_of(document, item, &place, patterns);
        let (period, period_basis) = period_of(document, item);
        let mut what = what(item, id, patterns);
        let by_document = item.place.as_ref().is_some_and(|p| p.basis == Basis::Document);
        let doubt = match doubt(document, item, what.role, &place, period.as_ref(), patterns) {
            None if is_of_smaller && by_document => Some(Doubt::Place),
            doubt => doubt,
        };
        // A part of the same thing and time: what it was a year before is no part of it.
        let whole = item.part_of.as_ref().and_then(|whole| known.get(whole));
        let of_whole = whole.is_some_and(|w| w.indicator.as_ref() == Some(id) && w.period == item.period);
        let mut part = of_whole || item.scope.as_deref().is_some_and(|s| is_part(s, &place, patterns));
        // "Sở Tư pháp: tiếp nhận 2.846 hồ sơ" are the files of that department.
        let (issuer, title) = (document.metadata.issuer.as_deref(), document.metadata.subject.as_deref());
        let body = patterns.compare.own_body(id, issuer, title).filter(|_| what.scope.is_none());
        if let Some(body) = body {
            what.scope = Some(body.to_owned());
            part = true;
        }
        let of_plan = patterns.catalogue.get(id).is_some_and(|e| e.basis == catalogue::Basis::Plan);
        let plan = if of_plan { patterns.compare.plan_of(&behind(item)) } else { None };
        if let Some(plan) = plan.filter(|_| what.scope.is_none() && !part) {
            plans.push((out.len(), plan));
        }
        // "Năng suất lúa đông xuân" is the yield of one season.
        let name = item.name.as_deref().filter(|_| what.scope.is_none());
        if let Some(named) = name.and_then(|n| patterns.compare.part_named(id, n)) {
            what.scope = Some(named.to_owned());
            part = true;
        }
        out.push(Row {
            what: Arc::new(what),
            place,
            period: period.map(Arc::new),
            period_basis,
            value: item.value,
            range: item.range.map(|r| [r.low, r.high]),
            numerator: item.numerator,
            denominator: item.denominator,
            sum: None,
            sources: vec![sources.source(item)],
            part,
            doubt,
            checks: Vec::new(),
        });
    }
    rows_of_a_table(&mut out);
    of_several_plans(&mut out, plans);
    out
}

/// "bằng 104% dự toán Trung ương giao và 86% dự toán tỉnh giao": shares of several plans of one thing, place and time say of
/// which, and are no rivals.
fn of_several_plans(rows: &mut [Row], plans: Vec<(usize, String)>) {
    let mut alike: BTreeMap<_, usize> = BTreeMap::new();
    let cells: Vec<_> =
        plans.iter().map(|(n, _)| rows.get(*n).map(|r| (&r.what, &r.place, r.span()))).collect();
    for cell in &cells {
        *alike.entry(cell).or_default() += 1;
    }
    let several: Vec<bool> = cells.iter().map(|cell| alike.get(cell).is_some_and(|n| *n > 1)).collect();
    for ((n, plan), _) in plans.into_iter().zip(several).filter(|(_, several)| *several) {
        if let Some(row) = rows.get_mut(n) {
            row.part = true;
            Arc::make_mut(&mut row.what).scope = Some(plan);
        }
    }
}

/// Several lines of a table that state different values of one thing, place and time are its parts: the line says which.
fn rows_of_a_table(rows: &mut [Row]) {
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (n, r) in rows.iter().enumerate() {
        let headed = r.sources.first().and_then(|s| s.cell.as_ref()).is_some_and(|c| !c.row.is_empty());
        if headed && !r.part && r.doubt.is_none() {
            same.entry((Arc::clone(&r.what), Arc::clone(&r.place), r.span())).or_default().push(n);
        }
    }
    let line = |r: &Row| r.sources.first().and_then(|s| s.cell.as_ref()).map(|c| c.row.clone());
    let mut parts: Vec<usize> = Vec::new();
    for group in same.into_values() {
        let of = |n: &usize| rows.get(*n).map(|r| (r.shown(), line(r)));
        let first = group.first().and_then(of);
        let differs = |n: &usize| matches!((of(n), &first), (Some(a), Some(b)) if a.0 != b.0 && a.1 != b.1);
        if group.iter().any(differs) {
            parts.extend(group);
        }
    }
    for row in parts {
        let Some(row) = rows.get_mut(row) else { continue };
        row.part = true;
        if let (None, Some(line)) = (&row.scope, line(row)) {
            let last = line.rsplit(" › ").next().unwrap_or_default();
            let scope: String =
                last.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SCOPE).collect();
            Arc::make_mut(&mut row.what).scope = Some(scope);
        }
    }
}

/// Letters of a line's heading that stand for the part it is about.
const SCOPE: usize = 80;

/// Where and when an item is, as its row would have it.
pub(super) fn frame(
    document: &Document,
    item: &Indicator,
    patterns: &Patterns,
) -> (Arc<Place>, Option<Period>) {
    let own = Arc::new(Place::of(&document.metadata));
    (place_of(document, item, &own, patterns), period_of(document, item).0)
}

/// Whether a scope is a part of its place.
fn is_part(scope: &str, place: &Place, patterns: &Patterns) -> bool {
    let words = &patterns.compare;
    let whole_country = place.level == Level::Country && words.is_country(scope);
    // "BR-VT" is the province that it stands for.
    let other_name = || {
        let named = patterns.places.province_named(scope, None);
        let named = named.as_ref().map(|p| p.name.as_str()).or_else(|| patterns.places.wished(scope));
        place.level == Level::Province && named.is_some() && named == place.own()
    };
    !whole_country && !words.is_whole(scope, place.own()) && !other_name()
}

/// What is stated. A plan beside its result ("tăng 5,03% (kế hoạch tăng 6,9%)") is a target, whatever the record says, and
/// the result is none; what is said to be a change of a state, neither up nor down, is what the heading of its column says.
fn what(item: &Indicator, id: &SmolStr, patterns: &Patterns) -> What {
    let told = matches!(item.role, Role::Actual | Role::Change);
    let column = if is_odd_change(item, id, patterns) { last_column(item) } else { None };
    let by_column = column.and_then(|heading| patterns.compare.is_plan_column(heading));
    let role = match by_column {
        Some(true) => Role::Target,
        Some(false) => Role::Actual,
        None if told && patterns.compare.is_plan(&before(item)) => Role::Target,
        None if item.role == Role::Target && patterns.compare.is_before_plan(&behind(item)) => {
            if item.direction.is_some() { Role::Change } else { Role::Actual }
        }
        None => item.role,
    };
    let own = |s: &Option<SmolStr>| s.as_deref().map(str::to_owned);
    What {
        indicator: id.to_string(),
        scope: own(&item.scope),
        role,
        kind: item.kind,
        unit: own(&item.unit),
        bound: item.bound,
        direction: item.direction,
        per: own(&item.per),
    }
}

/// Whether a state is told as a change, and neither up nor down.
pub(super) fn is_odd_change(item: &Indicator, id: &str, patterns: &Patterns) -> bool {
    let grows = || patterns.catalogue.get(id).is_some_and(|e| e.basis == catalogue::Basis::Growth);
    item.role == Role::Change && item.direction.is_none() && !grows()
}

/// The innermost heading of the column of a cell.
fn last_column(item: &Indicator) -> Option<&str> {
    let table = item.table.as_ref()?;
    let joined = || table.column.as_deref().and_then(|c| c.rsplit(" › ").next());
    table.columns.last().map(SmolStr::as_str).or_else(joined)
}

/// Letters of a sentence before a figure beyond which no plan beside its result is looked for: some sentences are a book.
const LONGEST: usize = 4_000;

/// The words of the sentence before a figure.
pub(super) fn before(item: &Indicator) -> String {
    let Some(sentence) = &item.sentence else { return String::new() };
    let letters = item.span[0].saturating_sub(sentence.span[0]);
    if letters > LONGEST { String::new() } else { sentence.text.chars().take(letters).collect() }
}

/// The first words of the sentence behind a figure.
pub(super) fn behind(item: &Indicator) -> String {
    let Some(sentence) = &item.sentence else { return String::new() };
    let letters = item.span[1].saturating_sub(sentence.span[0]);
    if letters > LONGEST { String::new() } else { sentence.text.chars().skip(letters).take(NEAR).collect() }
}

/// Letters behind a figure that may still say what it is of.
const NEAR: usize = 40;

/// The item's own place; records of older versions leave it to the document, and the country to the scope.
fn place_of(document: &Document, item: &Indicator, own: &Arc<Place>, patterns: &Patterns) -> Arc<Place> {
    let is_new = document.schema == RECORD_SCHEMA;
    match (&item.place, item.scope.as_deref()) {
        (Some(place), _) => Arc::new(Place::of_item(place)),
        (None, _) if is_new => Arc::new(Place::unknown()),
        (None, Some(scope)) if patterns.compare.is_country(scope) => Arc::new(Place::country()),
        _ => Arc::clone(own),
    }
}

/// The item's own period and what it rests on; records of older versions leave it to the document.
fn period_of(document: &Document, item: &Indicator) -> (Option<Period>, &'static str) {
    let m = &document.metadata;
    match (&item.period, &m.period) {
        (Some(p), _) => {
            let basis = match p.basis {
                Some(Basis::Document) => "document",
                Some(Basis::Issue) => "issue",
                _ => "item",
            };
            (Some(bare(p)), basis)
        }
        _ if document.schema == RECORD_SCHEMA => (None, ""),
        (None, Some(p)) => (Some(bare(p)), "document"),
        (None, None) => match issue_year(m) {
            Some(p) => (Some(p), "issue"),
            None => (None, ""),
        },
    }
}

fn issue_year(m: &Metadata) -> Option<Period> {
    let year = m.issue_date?.year();
    let (start, end) = Day::days_of_year(year)?;
    Some(Period { start, end, text: None, basis: None })
}

/// A period without the words that say it: the sentence has them.
fn bare(p: &Period) -> Period {
    Period { start: p.start, end: p.end, text: None, basis: None }
}

/// How many rows stand apart, by the reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Apart(BTreeMap<Doubt, usize>);

impl Apart {
    /// Counts one.
    pub fn add(&mut self, doubt: Doubt) {
        *self.0.entry(doubt).or_default() += 1;
    }

    /// How many in all.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// "3 place, 5 norm".
    pub fn by_reason(&self) -> String {
        self.0.iter().map(|(d, n)| format!("{n} {}", d.name())).collect::<Vec<_>>().join(", ")
    }
}
