//! The year that the trail of its own years leads to, of a text that bears no day and names no time: "tăng 412 ha so với cuối năm
//! 2010" is told of 2011.

use super::AIM;
use crate::claim::Work;
use crate::claim::date::{Found as Date, Kind, Role};
use crate::claim::indicator;
use crate::patterns::frames::Means;

use super::year::TIMES;

/// How far before its year the aim of a text is said that bears no day, in tokens.
const AIMED: usize = 14;

/// The year of a text that says no day and no time of its own, by the trail of the years it names: the one after the last that it
/// compares with, or the last that it tells of. What it aims at is to come.
pub(in crate::facts::frame) fn year_of_trail(work: &Work<'_>, dates: &[Date]) -> Option<u16> {
    let (aims, words) = (&work.patterns.clauses.aims, &work.patterns.frames);
    let near = |d: &Date, most: usize| (d.tokens.start.saturating_sub(most)..d.tokens.start).rev();
    let behind = |d: &Date| (d.tokens.end..d.tokens.end + AIM).take_while(|&i| !work.is_number(i));
    // "Năm 2017, huyện phấn đấu …".
    let governs = &work.patterns.indicators.role_governs;
    let aims = |i: usize| {
        let role = governs.at(&work.tokens, i).map(|(_, role)| *role);
        aims.at(&work.tokens, i).is_some() || role == Some(indicator::Role::Target)
    };
    let aimed = |d: &Date| near(d, AIMED).chain(behind(d)).any(aims);
    let compared = |d: &Date| {
        let mut before = near(d, AIM).take_while(|&i| work.is_word(i));
        words.versus.before(&work.tokens, d.tokens.start).is_some()
            || before.any(|i| words.versus.before(&work.tokens, i + 1).is_some())
    };
    let own = |d: &&Date| {
        let told = matches!(d.role, Role::Period | Role::AsOf | Role::Mention) && d.inferred.is_none();
        told && d.end.year() - d.start.year() <= 1
            && !aimed(d)
            && words.vision.before(&work.tokens, d.tokens.start).is_none()
            && words.starts_span.before(&work.tokens, d.tokens.start).is_none()
    };
    // Of a season or a school year the first one.
    let years = dates.iter().filter(own).map(|d| (d.start.year(), compared(d), d.kind != Kind::Year));
    let base = years.clone().filter(|(_, compared, _)| *compared).map(|(year, ..)| year + 1).max();
    let told = years.filter(|(_, compared, _)| !compared);
    // One year in passing is no trail: a month or a day of it is, another one before it, or that it is told again.
    let last = told.clone().map(|(year, ..)| year).max().filter(|&last| {
        let of_last = told.clone().filter(|(year, ..)| *year == last);
        let earlier = told.clone().any(|(year, ..)| year < last) || base.is_some_and(|base| base <= last);
        earlier || of_last.clone().count() >= TIMES || of_last.clone().any(|(.., dated)| dated)
    });
    let year = base.max(last)?;
    // "9 tháng năm nay …. Năm 2023, huyện đặt mục tiêu …": what is aimed at for the year after the last that is told of.
    let this_year = |i: usize| words.spoken.at(&work.tokens, i).is_some_and(|(_, m)| *m == Means::ThisYear);
    let next = |d: &Date| d.kind == Kind::Year && d.end.year() == year + 1 && d.role == Role::Period;
    let goes_on =
        dates.iter().any(next) && work.tokens.hinted(words.spoken.hint, 0..work.tokens.len()).any(this_year);
    Some(year + u16::from(goes_on))
}
