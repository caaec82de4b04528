//! Stage 5, meaning: what the document is, what its quantities measure, and what its figures say of one another.

pub mod assemble;
pub(crate) mod cells;
pub mod check;
pub mod doubt;
pub mod frame;
pub mod head;
mod hosted;
pub mod link;

use std::ops::Range;

use smol_str::SmolStr;

use crate::claim::ledger::Owner;
use crate::claim::{Work, date, indicator, reference, trap};
use crate::patterns::phrases::Phrases;
use crate::structure::section::Outline;
use crate::structure::table;
use crate::words::lines::lines;
use head::Header;

/// Everything that one document says.
#[derive(Debug, Default)]
pub struct Findings {
    /// The document's own identity.
    pub header: Header,
    /// Mentions of other documents.
    pub references: Vec<reference::Found>,
    /// Dates and periods, and what looked like one.
    pub dates: date::Dates,
    /// The dates together with the times that the text says by where it stands: those that figures are told of.
    pub times: Vec<date::Found>,
    /// Measured quantities.
    pub indicators: Vec<indicator::Found>,
}

/// Runs all recognisers in their order; the ledger of `work` then accounts for every numeral.
pub fn run(work: &mut Work, outline: &[Outline], header: Header) -> Findings {
    let floor = header.frame.header.as_ref().map_or(0, |r| r.end);
    let source = table::Source::new(work.text, &work.tokens, work.patterns);
    work.tables = table::find(&source, &work.text.tables, floor);
    trap::layout(work);
    header_claims(work, &header);
    trap::labels(work, outline);
    trap::strong(work);
    let references = reference::recognise(work);
    let headings = headings(work, outline);
    let dates = date::recognise(work, &date_context(work, &headings, &references, &header).borrow());
    trap::weak(work);
    let times = frame::times(work, &header, &dates.found);
    let dates_at = dates_at(&times);
    // A resolution with its year in the number is a rule since the law on legal documents of 2015, one without a plan.
    let rules = header.number_year.is_some_and(|year| year >= RESOLUTIONS_RULE);
    let doc_type = match header.metadata.doc_type.as_deref() {
        Some("NQ") if rules => Some("NQ-QPPL"),
        Some("QĐ") => Some(decision(work, &header)),
        other => other,
    };
    let date = header.metadata.issue_date.map(date::Day::iso);
    let context = indicator::Context {
        headings: &headings,
        head: header.frame.header.as_ref().map_or(0..0, |h| work.token_at(h.start)..work.token_at(h.end)),
        dates: &dates_at,
        doc_type,
        year: year_of(work, &header, &dates.found),
        written: frame::time::written(work, &header, &dates.found).map(|w| w.start),
        area: area(&header, &work.patterns.frames.area_kinds),
        province: header.metadata.province.as_ref(),
        district: header.metadata.district.as_ref(),
        date: date.as_deref(),
    };
    let cells = cells::read(work, &context, &work.tables);
    let mut indicators = indicator::recognise(work, cells.numerals);
    cells::in_prose(&mut indicators, &cells.prose);
    link::link(work, &context, &mut indicators);
    Findings { header, references, dates, times, indicators }
}

/// The kind of a decision: since the law of 2004 one that lays down rules ("QĐ-QPPL") has its year in its number; any
/// other approves and allots ("QĐ-KH") or does a single thing ("QĐ-CB"), unless its title says that it rules.
fn decision(work: &Work, header: &Header) -> &'static str {
    let id = header.metadata.id.as_deref().unwrap_or_default();
    let since = header.metadata.issue_date >= DECISIONS_RULE;
    if since && header.number_year.is_some() {
        return RULES;
    }
    let Some(title) = header.subject_range.clone().or_else(|| work.text.title()) else { return "QĐ" };
    let tokens = work.token_at(title.start)..work.token_at(title.end);
    let clauses = &work.patterns.clauses;
    let first = |words: &Phrases<()>| tokens.clone().find(|&i| words.at(&work.tokens, i).is_some());
    // "Phê duyệt phương án liên thông quy trình" approves a plan, "phê duyệt quy trình nội bộ" rules.
    let (rules, plans) = (first(&clauses.title_rules), first(&clauses.title_orders));
    // What bears neither number nor day tells by its title alone: "giao chỉ tiêu bao phủ BHYT năm 2021".
    if !(since && id.contains('/')) {
        return if plans.is_some_and(|p| rules.is_none_or(|r| p < r)) { "QĐ-KH" } else { "QĐ" };
    }
    match (rules, plans) {
        (Some(rules), plans) if plans.is_none_or(|p| p > rules) => RULES,
        (_, Some(_)) => "QĐ-KH",
        _ if first(&clauses.title_approves).is_some() => "QĐ-KH",
        _ => "QĐ-CB",
    }
}

/// The kind of a decision that lays down rules and tells no results.
const RULES: &str = "QĐ-QPPL";

/// The day from which the number of a decision tells whether it lays down rules.
const DECISIONS_RULE: Option<date::Day> = date::Day::new(2005, 4, 1);

/// The document's own number is no reference, and what is stamped over it is nothing of its own.
fn header_claims(work: &mut Work, header: &Header) {
    let traps = (work.patterns.traps.own_number, work.patterns.traps.stamp);
    if let Some(range) = header.number_range.clone() {
        trap::claim_as(work, range, Owner::Header, traps.0);
    }
    for range in header.stamp_ranges.clone() {
        trap::claim_bytes(work, range, traps.1);
    }
}

/// The first year in which the year in its number tells that a resolution lays down rules.
const RESOLUTIONS_RULE: u16 = 2016;

/// Types of documents that lay down rules: laws, decrees, circulars, decisions, regulations.
const NORMATIVE: [&str; 9] = ["HP", "L", "PL", "NĐ", "TT", "TTLT", "QĐ", "QC", "QyĐ"];

/// What the date recogniser is told of the document.
struct DateContext {
    issue: Option<date::Day>,
    period: Option<(date::Day, date::Day)>,
    normative: bool,
    issue_range: Option<Range<usize>>,
    reference_spans: Vec<Range<usize>>,
    headings: Vec<Range<usize>>,
}

impl DateContext {
    fn borrow(&self) -> date::Context<'_> {
        date::Context {
            issue: self.issue,
            issue_range: self.issue_range.clone(),
            reference_spans: &self.reference_spans,
            headings: &self.headings,
            period: self.period,
            normative: self.normative,
        }
    }
}

fn date_context(
    work: &Work,
    headings: &[indicator::Heading],
    references: &[reference::Found],
    header: &Header,
) -> DateContext {
    // "Luật Đất đai năm 2013": the year is part of the name.
    let law = work.patterns.references.law;
    let named = |r: &reference::Found| (r.rule == law).then(|| r.tokens.clone());
    let mut reference_spans: Vec<Range<usize>> =
        references.iter().filter_map(|r| r.date_tokens.clone().or_else(|| named(r))).collect();
    reference_spans.sort_by_key(|r| r.start);
    let headings = headings.iter().map(|h| h.tokens.clone()).collect();
    let issue_range = header.date_range.clone().map(|r| work.token_at(r.start)..work.token_at(r.end));
    let issue = header.metadata.issue_date.or(header.posted_date);
    let period = title_year(work, header, issue);
    let normative = header.metadata.doc_type.as_deref().is_some_and(|t| NORMATIVE.contains(&t));
    DateContext { issue, period, normative, issue_range, reference_spans, headings }
}

/// The year that the title of a document names: "… tháng 4, nhiệm vụ tháng 5 năm 2024"; of two that it parts the first:
/// "Kết quả năm 2021, phương hướng năm 2022".
fn title_year(work: &Work, header: &Header, issue: Option<date::Day>) -> Option<(date::Day, date::Day)> {
    let range = header.subject_range.clone()?;
    let tokens = work.token_at(range.start)..work.token_at(range.end);
    let years = tokens.filter_map(|i| {
        let word = work.word(i);
        let year = (word.len() == 4).then(|| word.parse::<u16>().ok()).flatten()?;
        (1945..2100).contains(&year).then_some((i, year))
    });
    let mut years = years.peekable();
    let mut end_of_span = None;
    while let Some((at, year)) = years.next() {
        // "Đề án … giai đoạn 2021 - 2030 (số liệu đến hết quý III năm 2024)".
        match years.next_if(|(next, later)| next - at <= SPAN && *later > year) {
            Some((_, last)) => end_of_span = end_of_span.or(Some(last)),
            None => return date::Day::days_of_year(year),
        }
    }
    // "nhiệm kỳ 2021 - 2026" over what was written in 2021: its days and months are of that year.
    let ahead = |last: &u16| issue.is_some_and(|d| d.year() < *last);
    date::Day::days_of_year(end_of_span.filter(|last| !ahead(last))?)
}

/// The years of a span stand no further apart, in tokens.
const SPAN: usize = 3;

/// The year that a document was written in: of its date as far as it is written, else the last that its title names.
fn year_of(work: &Work, header: &Header, dates: &[date::Found]) -> Option<i32> {
    let written = frame::time::written(work, header, dates).map(|w| i32::from(w.end.year()));
    written.or_else(|| {
        let title = header.subject_range.clone().or_else(|| work.text.title());
        let title = title.or_else(|| first_line(work, header))?;
        let tokens = work.token_at(title.start)..work.token_at(title.end);
        let first = dates.partition_point(|d| d.tokens.start < tokens.start);
        let own = dates.get(first..)?.iter().take_while(|d| d.tokens.start < tokens.end);
        // A year, or a school year; a span of years tells nothing.
        let one = |d: &&date::Found| {
            d.start.year() == d.end.year() || d.start.year() + 1 == d.end.year() && d.start.month() > 1
        };
        let own = own.filter(|d| d.role != date::Role::Reference);
        let of_one = own.clone().filter(one).map(|d| i32::from(d.end.year())).max();
        // "Kế hoạch … giai đoạn 2011 - 2015": the first year of what it plans for.
        let plans = &work.patterns.indicators.plan_types;
        let plan = header.metadata.doc_type.as_ref().is_some_and(|code| plans.contains(code));
        of_one.or_else(|| own.map(|d| i32::from(d.start.year())).min().filter(|_| plan))
    })
}

/// Longest first line that is a title, in bytes.
const TITLE: usize = 300;

/// The first line of a text without a head is its title.
fn first_line(work: &Work, header: &Header) -> Option<Range<usize>> {
    let line = lines(work.text.s()).find(|line| !line.is_empty())?;
    (header.frame.header.is_none() && line.len() <= TITLE).then_some(line)
}

/// The headings of the outline and what each governs, for the linking of indicators.
fn headings(work: &Work, outline: &[Outline]) -> Vec<indicator::Heading> {
    let mut headings: Vec<indicator::Heading> = Vec::new();
    // For each part the innermost heading that governs it.
    let mut governing: Vec<Option<usize>> = Vec::with_capacity(outline.len());
    for part in outline {
        let above = part.parent.and_then(|p| governing.get(p).copied().flatten());
        match part.heading.clone() {
            Some(heading) => {
                governing.push(Some(headings.len()));
                let tokens = work.token_at(heading.start)..work.token_at(heading.end);
                headings.push(indicator::Heading { tokens, range: part.range.clone(), parent: above });
            }
            None => governing.push(above),
        }
    }
    headings
}

/// The dates as the linking of periods needs them.
fn dates_at(dates: &[date::Found]) -> Vec<indicator::DateAt> {
    let at = dates.iter().map(|d| indicator::DateAt {
        tokens: d.tokens.clone(),
        in_reference: d.role == date::Role::Reference,
        event: d.kind == date::Kind::Day && d.role == date::Role::Mention,
        reach: frame::spoken::reach(d),
        years: (i32::from(d.start.year()), i32::from(d.end.year())),
        start: d.start,
        end: d.end,
    });
    at.collect()
}

/// The area that a document reports on: that of its issuer ("huyện Đại Từ"), else its province.
fn area(header: &Header, kinds: &[String]) -> Option<SmolStr> {
    let issuer = header.metadata.issuer.as_deref().unwrap_or_default();
    // "… và Xã hội" names no commune: a name follows the kind.
    let named = kinds.iter().find_map(|kind| {
        let at = issuer.find(kind.as_str())?;
        let name = issuer.get(at + kind.len()..)?;
        name.starts_with(char::is_uppercase).then(|| issuer.get(at + 1..)).flatten()
    });
    let province = || header.metadata.province.as_ref().map(|p| p.name.as_str());
    named.or_else(province).map(SmolStr::new)
}
