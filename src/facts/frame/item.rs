//! The place and the period of each item: its own words first, then the frames around it, then the document.
//!
//! "Huyện Mường La: 12 xã" in a report of tỉnh Sơn La is of huyện Mường La; "tỷ lệ hộ nghèo còn 9%" without a time is of
//! the period the report covers.

use std::ops::Range;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::time::Span;
use super::{DocumentFrame, place};
use crate::claim::Work;
use crate::claim::date::{self, Day, Kind as DateKind, Role as DateRole};
use crate::claim::indicator::{Found, Role};
use crate::record::{Basis, Period, Place};
use crate::words::one_line;
use crate::words::token::{Gap, Kind as TokenKind, Token, hint};
use crate::words::tokens::Tokens;

/// How far behind the start of its sentence the date stands that opens it, in tokens.
const OPENS: usize = 4;
/// How far behind what was reached its aim stands, in tokens.
const BESIDE: usize = 8;
/// How many items back one of the same sentence is looked for that the plan measures.
const NEAR: usize = 40;
/// How many words may stand between "kế hoạch" and its year.
const PLAN: usize = 5;
/// How far back a paragraph is followed, in tokens.
const PARAGRAPH: usize = 1200;

/// What the frames give one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The administrative unit.
    pub place: Option<Place>,
    /// The period.
    pub period: Option<Period>,
    /// It lies ahead of the document: it is aimed at, not reached.
    pub ahead: bool,
}

/// The place and the period of each item, in their order.
pub fn resolve(
    work: &Work<'_>,
    frame: &DocumentFrame,
    dates: &[date::Found],
    items: &[Found],
) -> Vec<Resolved> {
    let day = frame.written.as_ref().map(|w| w.end.iso());
    let times = Times { work, frame, dates, paragraphs: paragraphs(&work.tokens) };
    // A document says few scopes, and says them of many figures.
    let mut known: FxHashMap<&str, Option<Place>> = FxHashMap::default();
    let mut out = Vec::with_capacity(items.len());
    for (n, item) in items.iter().enumerate() {
        let mut of_scope =
            |scope| known.entry(scope).or_insert_with(|| named(work, frame, day.as_deref(), scope)).clone();
        let said = item.place.clone().or_else(|| item.scope.as_deref().and_then(&mut of_scope));
        let place = said.or_else(|| frame.place.clone());
        out.push(Resolved { place, ..times.of(item, items.get(..n).unwrap_or(&[])) });
    }
    out
}

/// The unit that the scope of an item names.
fn named(work: &Work<'_>, frame: &DocumentFrame, day: Option<&str>, scope: &str) -> Option<Place> {
    let places = &work.patterns.places;
    let spoken = scope.to_lowercase();
    if work.patterns.frames.country_names.iter().any(|name| {
        spoken == *name || spoken.strip_suffix(name.as_str()).is_some_and(|before| before.ends_with(' '))
    }) {
        return Some(place::country(Basis::Text));
    }
    let mut found = place::named(places, scope, day).into_iter().map(|(_, named)| named);
    // A name without its type word is a unit only where the scope is nothing else.
    let mut first = found.next().filter(|named| named.typed || named.spans(scope))?;
    let own = frame.place.as_ref();
    if first.province.is_none() {
        first.province = own.and_then(|p| p.province.clone());
    }
    if first.district.is_none() && first.commune.is_some() {
        first.district = own.and_then(|p| p.district.as_ref()).map(|d| d.name.clone());
    }
    place::place(places, first, day, Basis::Text)
}

/// A stretch of time on its way into an item.
struct Time {
    start: Day,
    end: Day,
    text: Option<SmolStr>,
    basis: Basis,
}

/// The reader of periods.
struct Times<'t, 'a> {
    work: &'t Work<'a>,
    frame: &'t DocumentFrame,
    dates: &'t [date::Found],
    /// Where paragraphs begin, in tokens.
    paragraphs: Vec<usize>,
}

impl Times<'_, '_> {
    /// The period of an item: that of its own words, paragraph, list or heading; else what the document covers; else its
    /// own day.
    fn of(&self, item: &Found, before: &[Found]) -> Resolved {
        // The headings of a table have said it.
        if let Some(period) = item.when.as_ref().filter(|p| !self.is_open(item, p)) {
            return Resolved { period: Some(period.clone()), ..Resolved::default() };
        }
        let Some(time) = self.time(item, before) else { return Resolved::default() };
        let ahead = self.is_ahead(item, &time);
        let (start, end) = (time.start.iso(), time.end.iso());
        let period = Some(Period { start, end, text: time.text, basis: Some(time.basis) });
        Resolved { period, ahead, place: None }
    }

    /// "… năm 2026" over a table of June's report: what is told covers no more than the report does.
    fn is_open(&self, item: &Found, period: &Period) -> bool {
        let told = item.role == Role::Actual && period.basis == Some(Basis::Section);
        told && self.frame.written.as_ref().is_some_and(|w| {
            period.end.as_str() > w.end.iso().as_str() && period.start.as_str() <= w.end.iso().as_str()
        })
    }

    fn time(&self, item: &Found, before: &[Found]) -> Option<Time> {
        let own = item.period.filter(|&n| !self.measures_by(n, item, before));
        let own = own.and_then(|n| self.dated(n, item.period_basis));
        let near = match own {
            Some(time) if time.basis == Basis::Text => Some(time),
            other => match self.opening(item) {
                Some(n) => self
                    .dated(n, Basis::Text)
                    .filter(|t| !(self.says_now(item) && self.is_to_come(t)))
                    .or(other),
                None => other,
            },
        };
        let time = near.or_else(|| self.of_document(item, before))?;
        Some(if self.is_base(item) { self.year_before(time)? } else { time })
    }

    /// A date as the time of an item: up to now where the words go on so, the time before where something is handed on.
    fn dated(&self, n: usize, basis: Basis) -> Option<Time> {
        let date = self.dates.get(n)?;
        let words = &self.work.patterns.frames;
        let text = Some(one_line(self.work.words(date.tokens.clone())));
        let (mut start, mut end) = (date.start, date.end);
        if words.until_now.at(&self.work.tokens, date.tokens.end).is_some()
            && let Some(now) = self.now()
            && now >= start
        {
            end = now;
        } else if words.carried.before(&self.work.tokens, date.tokens.start).is_some() {
            (start, end) = self.time_before(date)?;
        }
        Some(Time { start, end, text, basis })
    }

    /// The day that "đến nay" means: the last one a report covers, else the document's own.
    fn now(&self) -> Option<Day> {
        let covered = self.frame.period.as_ref().filter(|_| self.frame.is_report).map(|p| p.end);
        let written = self.frame.written.as_ref().map(|w| w.end);
        match (covered, written) {
            (Some(covered), Some(written)) => Some(covered.min(written)),
            (covered, written) => covered.or(written),
        }
    }

    /// The year, quarter or month before.
    fn time_before(&self, date: &date::Found) -> Option<(Day, Day)> {
        let (year, month) = (date.start.year(), date.start.month());
        match date.kind {
            DateKind::Month | DateKind::Quarter => {
                let length = if date.kind == DateKind::Month { 1 } else { 3 };
                let (y, m) =
                    if month > length { (year, month - length) } else { (year - 1, 12 + month - length) };
                Some((Day::first_of(y, m)?, Day::last_of(y, m + length - 1)?))
            }
            _ => Some((Day::first_of(year - 1, 1)?, Day::last_of(year - 1, 12)?)),
        }
    }

    /// "bằng 48,75% kế hoạch năm 2019, khu vực A tăng 8%": the year is that of the plan.
    fn measures_by(&self, n: usize, item: &Found, before: &[Found]) -> bool {
        if item.period_basis != Basis::Text || item.cell.is_some() {
            return false;
        }
        let Some(date) = self.dates.get(n) else { return false };
        let near = date.tokens.start.saturating_sub(PLAN)..=date.tokens.start;
        let open = |i: usize| {
            (i..date.tokens.start).all(|i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word))
        };
        let plans = &self.work.patterns.frames.plans;
        let plan = near.rev().take_while(|&i| open(i)).any(|i| plans.before(&self.work.tokens, i).is_some());
        // "(16%)" right behind the year of the plan is the plan's own.
        let own = item.tokens.start.saturating_sub(date.tokens.end) <= 1;
        let measured = |f: &&Found| f.tokens.end <= date.tokens.start && self.one_sentence(f, item);
        let told = || !own && before.iter().rev().take(NEAR).any(|f| measured(&f));
        plan && (date.tokens.start >= item.tokens.end || told())
    }

    /// "Hiện nay …" ends what was told of times to come.
    fn says_now(&self, item: &Found) -> bool {
        let start = self.work.token_at(item.sentence.start);
        let now = &self.work.patterns.indicators.until_now;
        (start..item.tokens.start).any(|i| now.at(&self.work.tokens, i).is_some())
    }

    fn is_to_come(&self, time: &Time) -> bool {
        self.frame.written.as_ref().is_some_and(|w| time.start > w.end)
    }

    /// What has happened happened before the document was written.
    fn is_ahead(&self, item: &Found, time: &Time) -> bool {
        let told = matches!(item.role, Role::Actual);
        told && self.is_to_come(time)
    }

    fn one_sentence(&self, earlier: &Found, item: &Found) -> bool {
        self.work.bytes(earlier.tokens.clone()).start >= item.sentence.start
    }

    /// What the document covers; of what lies ahead where the item is aimed at; else its own day.
    fn of_document(&self, item: &Found, before: &[Found]) -> Option<Time> {
        let of = |span: &Span, basis: Basis| {
            let text = Some(one_line(self.work.text.slice(span.range.clone())));
            Time { start: span.start, end: span.end, text, basis }
        };
        let titled = |span: &&Span| {
            span.basis == crate::record::EvidenceBasis::Title
                || span.basis == crate::record::EvidenceBasis::Head
        };
        let aimed = matches!(item.role, Role::Target);
        if matches!(item.role, Role::Norm) {
            return None;
        }
        // "ước tăng 12,15%/KH 11,5%", "(kế hoạch 4%)": the aim beside what was reached is of the same time.
        let beside = before.iter().rev().take(2).any(|p| {
            let near = item.tokens.start.saturating_sub(p.tokens.end) <= BESIDE && self.one_sentence(p, item);
            near && matches!(p.role, Role::Actual | Role::Change)
        });
        if aimed && !beside {
            // What a report covers is over; what a plan is for is not.
            let open = |span: &&Span| {
                !self.frame.is_report && self.frame.written.as_ref().is_none_or(|w| span.end >= w.start)
            };
            let planned = self.frame.period.as_ref().filter(titled).filter(open);
            let span = self.frame.ahead.as_ref().or(planned)?;
            return Some(of(span, Basis::Document));
        }
        let covered = self.frame.period.as_ref().map(|span| of(span, Basis::Document));
        covered.filter(|time| !self.is_ahead(item, time)).or_else(|| {
            let written = self.frame.written.as_ref()?;
            let year = written.end.year();
            Some(Time {
                start: Day::first_of(year, 1)?,
                end: Day::last_of(year, 12)?,
                text: None,
                basis: Basis::Issue,
            })
        })
    }

    /// The last date before the item that opens a sentence of its paragraph: "Trong tháng 7/2025, … . Số hồ sơ …".
    fn opening(&self, item: &Found) -> Option<usize> {
        if item.cell.is_some() {
            return None;
        }
        let start = self.paragraph(item.tokens.start);
        let first = self.dates.partition_point(|d| d.tokens.start < start);
        let last = self.dates.partition_point(|d| d.tokens.start < item.tokens.start);
        let opens = |n: &usize| self.dates.get(*n).is_some_and(|d| self.opens(d, start));
        (first..last).rev().find(opens)
    }

    fn opens(&self, date: &date::Found, floor: usize) -> bool {
        // A day on which something took place says nothing of the next sentence; a day up to which is counted does.
        if date.role == DateRole::Reference || date.kind == DateKind::Day && date.role != DateRole::AsOf {
            return false;
        }
        let words = &self.work.patterns.indicators.compared;
        if words.before(&self.work.tokens, date.tokens.start).is_some() {
            return false;
        }
        let from = date.tokens.start.saturating_sub(OPENS).max(floor);
        let begin = (from..=date.tokens.start).rev().find(|&i| i == floor || self.ends_sentence(i - 1));
        // "Tuần 50 (từ ngày 13 - 19/12), toàn tỉnh …".
        let bare = |begin: usize| {
            let bracket = |i: &usize| self.work.token(*i).is_some_and(|t| t.is('('));
            let open = (begin..date.tokens.start).find(bracket).unwrap_or(begin);
            let filled = |t: &Token| t.kind == TokenKind::Number || t.is(',');
            !(open..date.tokens.start).any(|i| self.work.token(i).is_some_and(filled))
        };
        begin.is_some_and(bare) || self.leads_in(date) || self.is_set_off(date)
    }

    /// "Báo cáo cho thấy, trong 6 tháng đầu năm, …": between commas it tells when all that follows was.
    fn is_set_off(&self, date: &date::Found) -> bool {
        let comma = |i: usize| self.work.token(i).is_some_and(|t| t.is(','));
        let before = (1..=2).any(|n| date.tokens.start.checked_sub(n).is_some_and(comma));
        before && comma(date.tokens.end)
    }

    /// "… phải đạt đến năm 2020 là: 85% …; 100% …": a colon soon after the date lets it govern what follows.
    fn leads_in(&self, date: &date::Found) -> bool {
        let behind = date.tokens.end..date.tokens.end + OPENS;
        let stop = behind.into_iter().find(|&i| self.work.token(i).is_none_or(|t| t.kind != TokenKind::Word));
        stop.is_some_and(|i| self.work.token(i).is_some_and(|t| t.is(':')))
    }

    fn ends_sentence(&self, i: usize) -> bool {
        ends_sentence(&self.work.tokens, i)
    }

    /// The first token of the paragraph that holds a token; of one too long the token itself.
    fn paragraph(&self, token: usize) -> usize {
        let next = self.paragraphs.partition_point(|&start| start <= token);
        let start = next.checked_sub(1).and_then(|n| self.paragraphs.get(n)).copied().unwrap_or(0);
        if token - start > PARAGRAPH { token } else { start }
    }

    /// "tăng 27,8% so cùng kỳ (21.546 tỷ đồng)": the value of the year before.
    fn is_base(&self, item: &Found) -> bool {
        let before: Range<usize> = item.tokens.start.saturating_sub(3)..item.tokens.start;
        let open = before.rev().find(|&i| self.work.token(i).is_some_and(|t| t.is('(')));
        open.is_some_and(|i| {
            let marks = |i: usize| self.work.token(i).is_some_and(|t| t.is('*'));
            let end = (i.saturating_sub(2)..=i).rev().find(|&j| j == 0 || !marks(j - 1)).unwrap_or(i);
            self.work.patterns.frames.base.before(&self.work.tokens, end).is_some()
        }) && matches!(item.role, Role::Actual)
    }

    fn year_before(&self, time: Time) -> Option<Time> {
        let shift = |d: Day| {
            let (year, month) = (d.year() - 1, d.month());
            Day::new(year, month, d.day()).or_else(|| Day::last_of(year, month))
        };
        Some(Time { start: shift(time.start)?, end: shift(time.end)?, ..time })
    }
}

/// Where paragraphs begin: at a blank line, a list mark, or a line break behind the end of a sentence.
fn paragraphs(tokens: &Tokens) -> Vec<usize> {
    let begins = |i: &usize| {
        tokens.get(*i).is_some_and(|t| match t.gap {
            Gap::Para => true,
            Gap::Line => {
                *i == 0
                    || ends_sentence(tokens, i - 1)
                    || ['-', '+', '•', '*', '–'].into_iter().any(|mark| t.is(mark))
            }
            _ => false,
        })
    };
    tokens.hinted(hint::SENTENCE, 0..tokens.len()).filter(begins).collect()
}

fn ends_sentence(tokens: &[Token], i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.is('.') || t.is(';') || t.is(':'))
        && tokens.get(i + 1).is_some_and(|t| t.gap != Gap::Glued)
}
