//! Whole years and spans of years that a figure is told of without their numbers: "trong 5 năm", "cả năm", "mỗi năm", "trong
//! nhiệm kỳ".

use std::ops::{Range, RangeInclusive};

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::text::right_before;
use super::{Date, SENTENCE, Time, Times};
use crate::claim::Work;
use crate::claim::date::{Day, Kind as DateKind};
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::frame::DocumentFrame;
use crate::record::Basis;
use crate::words::one_line;

/// How long a span of years may be that is called by its length: "trong 5 năm".
const SPAN_YEARS: RangeInclusive<i32> = 2..=30;
/// How far before its figure "bình quân mỗi năm" stands, in tokens.
const YEARLY: usize = 8;
/// How far "cả năm" reaches over figures told between, in tokens.
const YEAR_REACH: usize = 48;

/// The dates that are spans of years, by their length, in the order of the text.
pub(super) fn spans_of(dates: &[Date]) -> FxHashMap<i32, Vec<usize>> {
    let mut spans: FxHashMap<i32, Vec<usize>> = FxHashMap::default();
    for (n, d) in dates.iter().enumerate().filter(|(_, d)| d.kind == DateKind::Interval) {
        spans.entry(i32::from(d.end.year()) - i32::from(d.start.year()) + 1).or_default().push(n);
    }
    spans
}

/// The last term of office that the text names and that was over, or nearly, when it was written.
pub(super) fn last_term(work: &Work<'_>, frame: &DocumentFrame, dates: &[Date]) -> Option<usize> {
    let terms = &work.patterns.frames.terms;
    let written = frame.written.as_ref().map(|w| w.end.year());
    let term = |d: &Date| {
        d.kind == DateKind::Interval
            && terms.at(&work.tokens, d.tokens.start).is_some()
            && written.is_none_or(|year| d.end.year() <= year)
    };
    let named = |over: &dyn Fn(&Date) -> bool| {
        let terms = dates.iter().enumerate().filter(|(_, d)| term(d) && over(d));
        terms.max_by_key(|(_, d)| d.end).map(|(n, _)| n)
    };
    // Of a text without a day, the term that another one follows: a congress tells of the one before it.
    let starts: FxHashSet<u16> = dates.iter().filter(|d| term(d)).map(|d| d.start.year()).collect();
    let before = written.is_none().then(|| named(&|d| starts.contains(&d.end.year()))).flatten();
    before.or_else(|| named(&|_| true))
}

impl Times<'_, '_> {
    /// "giai đoạn 2001 - 2005 … năm 2005 …; tổng vốn đầu tư 5 năm đạt 16.400 tỷ đồng": the last span of so many years.
    pub(super) fn of_years(&self, item: &Found) -> Option<Time> {
        if !is_told(item) {
            return None;
        }
        let dated = item.period.and_then(|n| self.dates.get(n)).map_or(0, |d| d.tokens.end);
        let start = self.sentence_near(item).start.max(dated);
        let counted = |i: usize| self.count_of_years(i).map(|years| (i, years));
        let (at, years) = (start..item.tokens.start.saturating_sub(1)).rev().find_map(counted)?;
        let spans = self.spans.get(&years)?;
        // "Trong 5 năm (2016 - 2020)": the bracket behind says which.
        let behind = at + 2..at + 5;
        let named = |n: &&usize| self.dates.get(**n).is_some_and(|d| behind.contains(&d.tokens.start));
        let last = spans.iter().find(named).or_else(|| {
            let told = |n: &usize| self.dates.get(*n).is_some_and(|d| d.tokens.end <= at);
            // What is still to come is not told of.
            let written = self.frame.written.as_ref().map(|w| w.end);
            let begun =
                |n: &&usize| self.dates.get(**n).is_some_and(|d| written.is_none_or(|day| d.start <= day));
            spans.get(..spans.partition_point(told))?.iter().rev().find(begun)
        })?;
        self.dated(*last, Basis::Text, "period.years")
    }

    /// The number at a token, where it is one of years: "5 năm".
    fn count_of_years(&self, i: usize) -> Option<i32> {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let number = self.work.is_number(i).then(|| self.work.word(i).parse::<i32>().ok());
        let years = number.flatten().filter(|years| SPAN_YEARS.contains(years))?;
        let other = |i: usize| words.no_span.at(tokens, i).is_some();
        let counts = words.span_years.at(tokens, i + 1).is_some();
        (counts && !other(i + 1) && !i.checked_sub(1).is_some_and(other)).then_some(years)
    }

    /// "trong nhiệm kỳ đưa 1.026 lao động đi làm việc ở nước ngoài": told of a whole term of office.
    pub(super) fn says_term(&self, item: &Found) -> bool {
        is_told(item) && self.says(self.sentence_near(item), &self.work.patterns.frames.in_term)
    }

    /// The sentence of an item up to it, of a long one the end.
    fn sentence_near(&self, item: &Found) -> Range<usize> {
        self.sentence(item).max(item.tokens.start.saturating_sub(SENTENCE))..item.tokens.start
    }

    /// "giai đoạn 2016 - 2020 … tăng bình quân 8,2%", "Tốc độ tăng GRDP (bình quân)": what a figure of several years is told per.
    pub(super) fn of_each_year(&self, item: &Found) -> Option<SmolStr> {
        let words = &self.work.patterns.frames;
        let grows = self.tells_growth(item);
        let says = match item.cell.as_ref().and_then(|c| c.rows.last()) {
            Some(row) => grows && words.says_mean(&row.to_lowercase()),
            None => {
                let each = |i: usize| words.each_year.at(&self.work.tokens, i).is_some();
                let near = item.tokens.start.saturating_sub(YEARLY).max(self.sentence(item));
                let mut near = (near..item.tokens.start).chain([item.tokens.end]);
                near.any(|i| each(i) || grows && self.says_mean_growth(i))
            }
        };
        (says && item.per.is_none()).then(|| words.year_unit.clone())
    }

    /// Whether a figure tells how much a thing grew.
    fn tells_growth(&self, item: &Found) -> bool {
        let named = || {
            let name = item.name.as_deref().unwrap_or_default().to_lowercase();
            self.work.patterns.frames.growth_names.iter().any(|w| name.starts_with(w.as_str()))
        };
        item.kind == Kind::Percentage && (item.direction.is_some() || item.role == Role::Change || named())
    }

    /// "tăng bình quân", and no mean of another kind.
    fn says_mean_growth(&self, i: usize) -> bool {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        words.mean_growth.at(tokens, i).is_some() && words.mean_growth_not.at(tokens, i).is_none()
    }

    /// "giảm từ 67,2% năm 1999 còn 37,9%, bình quân mỗi năm giảm 5%": told of the years of the document, not of that one.
    pub(super) fn is_yearly(&self, n: usize, item: &Found) -> bool {
        let years = |start: Day, end: Day| end.year() > start.year();
        let before = |d: &Date| !years(d.start, d.end) && d.tokens.end <= item.tokens.start;
        self.dates.get(n).is_some_and(before)
            && self.frame.period.as_ref().is_some_and(|p| years(p.start, p.end))
            && self.says(right_before(item, YEARLY), &self.work.patterns.frames.yearly)
    }

    /// "Dự kiến cả năm thu đạt …", "Cả năm, toàn tỉnh tiêu hủy …": the whole year that is spoken of, not that of a plan.
    /// `near`: the time that is told nearest.
    pub(super) fn of_whole_year(&self, item: &Found, before: &[Found], near: Option<&Time>) -> Option<Time> {
        if item.cell.is_some() || item.role == Role::Norm {
            return None;
        }
        let said = self.whole_year_before(item, before)?;
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let with_year = self.date_behind(said.start).is_some_and(|d| d.tokens.start <= said.end);
        let other = words.other_year.at(tokens, said.end).is_some();
        let plan = item.role != Role::Target && words.plans.before(tokens, said.start).is_some();
        if with_year || other || plan {
            return None;
        }
        let (start, end) = Day::days_of_year(self.year_spoken_of(item, near)?)?;
        let text = Some(one_line(self.work.words(said)));
        Some(Time { start, end, text, basis: Basis::Text, why: "period.whole_year" })
    }

    /// The words "cả năm" that reach an item.
    fn whole_year_before(&self, item: &Found, before: &[Found]) -> Option<Range<usize>> {
        let words = &self.work.patterns.frames.whole_year;
        let sentence = self.sentence(item);
        let floor = before.last().map_or(sentence, |p| p.tokens.end.max(sentence));
        // Another time of its sentence has been told since; behind no earlier figure the nearer words count.
        let led = item.period_basis == Basis::Text && item.why.period == "period.before";
        let dated = item.period.filter(|_| led).and_then(|n| self.dates.get(n));
        let start = dated.map_or(sentence, |d| d.tokens.end.max(sentence)).min(floor);
        let said = |i: usize| words.at(&self.work.tokens, i).map(|(n, ())| i..i + n);
        let said = (start..item.tokens.start).rev().find_map(said)?;
        // Behind a semicolon another aim begins.
        let parted = || (said.end..item.tokens.start).any(|i| self.work.is(i, ';'));
        let far = item.tokens.start - said.start > YEAR_REACH || item.role == Role::Target && parted();
        (said.start >= floor || !far).then_some(said)
    }

    /// The year that a text speaks of as the whole year. What has been done was done in the one that the document covers,
    /// not in one to come.
    fn year_spoken_of(&self, item: &Found, near: Option<&Time>) -> Option<u16> {
        let actual = item.role == Role::Actual;
        let written = self.frame.written.as_ref().map(|w| w.end.year());
        let over = |year: &u16| !actual || written.is_none_or(|w| *year <= w);
        let covered = self.frame.period.as_ref().map(|p| p.end.year()).filter(over).or(written);
        let told = |year: &u16| !actual || covered.is_none_or(|own| *year <= own);
        near.map(|t| t.end.year()).filter(told).or(covered)
    }
}

/// Whether an item of the text tells what was or what changed.
fn is_told(item: &Found) -> bool {
    item.cell.is_none() && matches!(item.role, Role::Actual | Role::Change)
}
