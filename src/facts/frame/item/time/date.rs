//! A date as the time of an item: up to now where the words go on so, the time before where something is handed on.

use super::{Date, Time, Times};
use crate::claim::date::{Day, Kind};
use crate::record::Basis;
use crate::words::one_line;

impl Times<'_, '_> {
    /// A date as the time of an item.
    pub(super) fn dated(&self, n: usize, basis: Basis, why: &'static str) -> Option<Time> {
        let date = self.dates.get(n)?;
        let text = Some(one_line(self.work.words(date.tokens.clone())));
        let (start, end) = self.stretch(date)?;
        Some(Time { start, end, text, basis, why })
    }

    /// The first and the last day that a date means.
    fn stretch(&self, date: &Date) -> Option<(Day, Day)> {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let (at, behind) = (date.tokens.start, date.tokens.end);
        let (mut start, end) = (date.start, date.end);
        // "đến hết tháng 9", "hết quý III": from the beginning of the year on.
        if matches!(date.kind, Kind::Month | Kind::Quarter) && words.until_month.before(tokens, at).is_some()
        {
            start = Day::first_of(end.year(), 1)?;
        }
        if words.until_now.at(tokens, behind).is_some() {
            // Up to which day, nothing may tell: then it is no time.
            let now = self.now();
            let endless = now.is_none() && words.starts_span.before(tokens, at).is_some();
            let end = now.filter(|&now| now >= start).unwrap_or(end);
            return (!endless).then_some((start, end));
        }
        if words.carried.before(tokens, at).is_some() {
            return time_before(date);
        }
        let now = if self.since(date) { self.now().filter(|&now| now >= end) } else { None };
        Some((start, now.unwrap_or(end)))
    }

    /// "Kể từ năm 2011, các xã đã huy động được …": up to now, though nothing says so.
    fn since(&self, date: &Date) -> bool {
        let since = &self.work.patterns.frames.since;
        date.kind == Kind::Year
            && self.work.is(date.tokens.end, ',')
            && since.before(&self.work.tokens, date.tokens.start).is_some()
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
}

/// The year, quarter or month before.
fn time_before(date: &Date) -> Option<(Day, Day)> {
    let (year, month) = (date.start.year(), date.start.month());
    let length = match date.kind {
        Kind::Month => 1,
        Kind::Quarter => 3,
        _ => return Day::days_of_year(year - 1),
    };
    let (y, m) = if month > length { (year, month - length) } else { (year - 1, 12 + month - length) };
    Some((Day::first_of(y, m)?, Day::last_of(y, m + length - 1)?))
}
