//! Where a phrase before a quantity may begin: behind marks and joining words, at heads of names, behind dates and places.

use crate::facts::link::Linker;
use crate::facts::link::around::{Around, Mask};
use crate::words::token::{Gap, Kind as TokenKind};

/// Most beginnings; few quantities have more.
const STARTS: usize = 20;

impl Linker<'_, '_> {
    /// Where a phrase before a quantity may begin, the nearest first.
    pub(super) fn starts_before(&self, around: &Around<'_>) -> Vec<usize> {
        let (floor, end) = (around.floor, around.item.tokens.start);
        let tokens = &self.work.tokens;
        let mut starts: Vec<usize> = Vec::new();
        for i in (floor..end).rev() {
            if self.parts_phrases(around, i) {
                self.add_start(i + 1, end, &mut starts);
            }
            // "theo Cục Thống kê cho biết GRDP": behind who says it.
            if let Some((n, ())) = self.clauses.tells_that.at(tokens, i) {
                self.add_start(i + n, end, &mut starts);
            }
            // "tuy lượng", "trong khi lương cơ bản": behind what turns the thought.
            if let Some((n, ())) = self.clauses.turns.at(tokens, i) {
                self.add_start(i + n, end, &mut starts);
            }
            // "Doanh nghiệp trong các KCN xuất khẩu": what they do, without them.
            if let Some((n, ())) =
                self.clauses.acts.before(tokens, i + 1).filter(|(n, ())| i + 1 >= floor + n)
            {
                self.add_start(i + 1 - n, end, &mut starts);
            }
            // "toàn tỉnh đón": behind the place.
            if let Some(behind) = self.area_end(i) {
                self.add_start(behind, end, &mut starts);
            }
            if let Some(head) = self.head_at(i, floor) {
                self.add_start(head, end, &mut starts);
            }
        }
        self.add_start(floor, end, &mut starts);
        starts.retain(|&s| s < end);
        starts.truncate(STARTS);
        starts
    }

    /// Adds a beginning, and those behind the dates and words that only lead to the name.
    fn add_start(&self, at: usize, end: usize, starts: &mut Vec<usize>) {
        let mut next = Some(self.past_mark(at, end));
        while let Some(at) = next {
            if !starts.contains(&at) {
                starts.push(at);
            }
            next = if at < end { self.past_lead(at) } else { None };
        }
    }

    /// Where a date ends that begins at a token, or a word that only leads to a name.
    fn past_lead(&self, at: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        let lead = || self.words.name_lead.at(tokens, at).map(|(n, ())| at + n);
        let kept = || self.words.lead_keep.at(tokens, at).is_some();
        self.date_at(at).or_else(|| lead().filter(|_| !kept()))
    }

    /// Whether a phrase may begin behind a token: a mark, a word that joins, the end of a date.
    fn parts_phrases(&self, around: &Around<'_>, i: usize) -> bool {
        let mark = self.work.token(i).is_some_and(|t| {
            t.kind == TokenKind::Punct && t.gap != Gap::Glued || t.is(',') || t.is(';') || t.is(':')
        }) && !self.is_in_number(i);
        let joins = || self.has(&self.words.openers, i) || self.has(&self.clauses.joins, i);
        let is_date = |i: usize| around.marks.any(Mask::Date, &(i..i + 1));
        let goes_on = || is_date(i + 1) || i + 1 == around.item.tokens.start && self.in_date(i + 1);
        mark || joins() || is_date(i) && !goes_on()
    }

    /// "1,3 ngày", "1.250 cây": a mark between digits.
    fn is_in_number(&self, i: usize) -> bool {
        let digits = |at: usize| self.work.is_number(at);
        i.checked_sub(1).is_some_and(digits)
            && digits(i + 1)
            && [i, i + 1].iter().all(|&at| self.work.token(at).is_some_and(|t| t.gap == Gap::Glued))
    }

    /// Where an area ends that begins at a token.
    fn area_end(&self, i: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        let end = self.scope_at(i)?;
        let area =
            self.words.scope_fixed.at(tokens, i).is_some() || self.words.scope_kinds.at(tokens, i).is_some();
        (area && self.never(i).is_none() && !self.divides(i)).then_some(end)
    }

    /// Where a name begins that has its head, or a noun that is counted, at a token.
    fn head_at(&self, i: usize, floor: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        let head = self.words.name_heads.at(tokens, i).map(|(n, ())| n);
        let noun = || self.words.units.at(tokens, i).is_some() && self.work.is_word(i);
        // "tổng hợp" is no total.
        let part =
            || head == Some(1) && (self.clauses.undivided.at(tokens, i).is_some() || self.is_digital(i));
        let opens = (head.is_some() || noun()) && !part() && !self.divides(i) && !self.is_in_noun(i);
        opens.then(|| if head.is_some() { i } else { self.with_binding(i, floor) })
    }

    /// "kinh tế số" is no number.
    fn is_digital(&self, i: usize) -> bool {
        let particles = &self.work.patterns.particles;
        particles.number.has(self.work.word(i)) && particles.digital.has(self.work.word(i.saturating_sub(1)))
    }

    /// "Tổng sản phẩm": a noun with the word before it that no name begins behind.
    fn with_binding(&self, at: usize, floor: usize) -> usize {
        let binds = at.checked_sub(1).is_some_and(|i| i >= floor && self.has(&self.clauses.binds, i));
        at - usize::from(binds && self.work.token(at).is_some_and(|t| t.gap == Gap::Space))
    }
}
