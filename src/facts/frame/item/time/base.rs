//! A value told for comparison, and the time that it belongs to: "tăng 27,8% so cùng kỳ (21.546 tỷ đồng)", "(đầu năm là
//! 11,85%)".

use super::text::right_before;
use super::{BRACKET, Times};
use crate::claim::date::Kind as DateKind;
use crate::claim::indicator::{Found, Role};
use crate::words::token::Kind;

/// Longest bracket of values that are compared with, in tokens.
const COMPARED: usize = 24;
/// Most syllables of the words for the base of a comparison.
const BASE: usize = 6;
/// Most stars of a note between the words for a base and its bracket.
const STARS: usize = 2;

/// What a value told for comparison belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The same time of the year before.
    Year,
    /// The beginning of the year.
    Start,
    /// The month before.
    Month,
}

impl Times<'_, '_> {
    /// The base that an item is the value of: said before it, beside one before it, or of one before it in its bracket.
    pub(super) fn base(&self, item: &Found, before: &[Found]) -> Option<Base> {
        self.own_base(item)
            .or_else(|| self.base_beside(item, before))
            .or_else(|| self.base_in_bracket(item, before))
    }

    /// The base that words around an item say.
    fn own_base(&self, item: &Found) -> Option<Base> {
        match item.role {
            Role::Change => self.base_grew(item),
            Role::Actual => match self.base_right_before(item) {
                // "(đầu năm là 11,85%)": what is not of the year before stands in a bracket.
                Some(base) => (base == Base::Year || self.is_bracketed(item)).then_some(base),
                None if self.opens_with_base(item) => Some(Base::Year),
                None if self.base_right_behind(item) => Some(Base::Year),
                None => self.base_before_bracket(item),
            },
            _ => None,
        }
    }

    /// "(cùng kỳ 160 triệu USD)", "(đầu năm là 11,85%)".
    fn base_right_before(&self, item: &Found) -> Option<Base> {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let compared = &self.work.patterns.indicators.compared;
        let apart = |i: usize| {
            let mark = i.checked_sub(1).and_then(|i| self.work.token(i));
            mark.is_none_or(|t| t.kind == Kind::Punct) && compared.before(tokens, i).is_none()
        };
        let bases = [
            (&frames.base, Base::Year),
            (&frames.base_start, Base::Start),
            (&frames.base_month, Base::Month),
        ];
        let said = bases.iter().find(|(words, _)| {
            let said = words.before(tokens, item.tokens.start);
            said.is_some_and(|(n, ())| apart(item.tokens.start - n))
        });
        // "815 tỷ đồng, cùng kỳ năm ngoái mới được 690 tỷ".
        let led = || {
            let end = self.behind_base(item);
            let (n, ()) = frames.base.before(tokens, end)?;
            (end < item.tokens.start && item.cell.is_none() && apart(end - n)).then_some(Base::Year)
        };
        said.map(|(_, base)| *base).or_else(led)
    }

    /// "cao hơn mức 9,1 tỷ đồng của cùng kỳ": the base stands behind its value.
    fn base_right_behind(&self, item: &Found) -> bool {
        let (tokens, end) = (&self.work.tokens, item.tokens.end);
        let base = |n: usize| {
            self.work.patterns.frames.base.before(tokens, end + 1 + n).is_some_and(|(m, ())| m == n)
        };
        let of = self.work.patterns.particles.of.has(self.work.word(end));
        let last = (1..=BASE).rev().find(|&n| base(n)).map(|n| end + 1 + n);
        of && item.cell.is_none()
            && last.is_some_and(|last| self.date_behind(last).is_none_or(|d| d.tokens.start > last))
    }

    /// Whether a bracket opens shortly before an item.
    fn is_bracketed(&self, item: &Found) -> bool {
        right_before(item, BRACKET).any(|i| self.work.is(i, '('))
    }

    /// "tăng 27,8% so cùng kỳ (21.546 tỷ đồng)", "(lần lượt là 0,77% và 2,3%)": a bracket of figures and of what puts them
    /// in their order, behind the words for their base.
    fn base_before_bracket(&self, item: &Found) -> Option<Base> {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let open = self.bracket_mark(item).filter(|&i| self.work.is(i, '('))?;
        let leads = |i: usize| {
            let turn = frames.in_turn.at(tokens, i).map(|(n, ())| n);
            turn.or_else(|| frames.start_leads.at(tokens, i).map(|(n, ())| n))
        };
        let mut first = open + 1;
        while let Some(n) = leads(first) {
            first += n;
        }
        let joins = |i: usize| {
            let joins = &self.work.patterns.clauses.joins;
            self.work.token(i).is_some_and(|t| t.kind != Kind::Word || joins.has(t))
        };
        if !(first..item.tokens.start).all(joins) {
            return None;
        }
        let bare = |&i: &usize| i == 0 || !self.work.is(i - 1, '*');
        let end = (open.saturating_sub(STARS)..=open).rev().find(bare).unwrap_or(open);
        frames.base.before(tokens, end).map(|_| Base::Year)
    }

    /// The last bracket or semicolon before an item.
    fn bracket_mark(&self, item: &Found) -> Option<usize> {
        let mark = |&i: &usize| self.work.token(i).is_some_and(|t| t.is('(') || t.is(')') || t.is(';'));
        right_before(item, COMPARED).rev().find(mark)
    }

    /// "tăng 7% (cùng kỳ tăng 6,5%)": what the base itself grew by, said in a bracket.
    fn base_grew(&self, item: &Found) -> Option<Base> {
        let end = self.behind_base(item);
        let (n, ()) = self.work.patterns.frames.base.before(&self.work.tokens, end)?;
        let opened = (end - n).checked_sub(1).is_some_and(|i| self.work.is(i, '('));
        (item.cell.is_none() && end < item.tokens.start && opened).then_some(Base::Year)
    }

    /// Where the words begin that lead from the time of a base to its figure: "chỉ đạt", "tăng".
    fn behind_base(&self, item: &Found) -> usize {
        self.work.patterns.frames.base_leads.row_before(&self.work.tokens, item.tokens.start)
    }

    /// "(mùa khô trước 61 vụ - 243 ha)": the second value of one base.
    fn base_beside(&self, item: &Found, before: &[Found]) -> Option<Base> {
        let previous = before.last().filter(|p| p.tokens.end + 1 == item.tokens.start)?;
        let mark = self.work.token(previous.tokens.end);
        let joined = mark.is_some_and(|t| t.is('-') || t.is('–') || t.is('/'));
        let actual = item.role == Role::Actual;
        if joined && actual && previous.sentence == item.sentence { self.own_base(previous) } else { None }
    }

    /// "(cùng kỳ 11 vụ, chết 8 người)": what stands with the value of a base in one bracket is of its time.
    fn base_in_bracket(&self, item: &Found, before: &[Found]) -> Option<Base> {
        let open = self.bracket_mark(item)?;
        let first = before.iter().rev().take_while(|p| p.tokens.start > open).last()?;
        let told = item.role == Role::Actual && item.cell.is_none();
        // Nothing but words, commas and figures: no time of its own.
        let next = self.dates.partition_point(|d| d.tokens.start <= first.tokens.start);
        let dated = self.dates.get(next).is_some_and(|d| d.tokens.end <= item.tokens.start);
        if told && self.work.is(open, '(') && !dated { self.own_base(first) } else { None }
    }

    /// "(cùng kỳ năm 2017 tương ứng là: 27,1% - 37,6%)": the year of what stands first in a bracket, which no other follows.
    pub(super) fn same_time_in_one_bracket(&self, item: &Found, before: &[Found]) -> Option<u16> {
        let open = self.bracket_mark(item).filter(|&i| self.work.is(i, '('))?;
        let first = before.iter().rev().take_while(|p| p.tokens.start > open).last()?;
        let next = self.dates.partition_point(|d| d.tokens.start <= first.tokens.start);
        let dated = self.dates.get(next).is_some_and(|d| d.tokens.end <= item.tokens.start);
        let alike = first.kind == item.kind && first.unit == item.unit && item.cell.is_none() && !dated;
        if alike { self.same_time_of(first) } else { None }
    }

    /// "Cùng kỳ năm trước làm đất được 1.900 ha".
    fn opens_with_base(&self, item: &Found) -> bool {
        let Some(first) = self.sentence_before(item).find(|&i| self.work.is_word(i)) else { return false };
        let base = &self.work.patterns.frames.base;
        let ends = |n: &usize| base.before(&self.work.tokens, first + n).is_some_and(|(m, ())| m == *n);
        let Some(end) = (1..=BASE).find(ends).map(|n| first + n) else { return false };
        // What a mark parts from it is told of this year again.
        let mark = |i: usize| self.work.is(i, ',') || self.work.is(i, ';');
        let apart = || (end + 1..item.tokens.start).any(mark);
        // "Năm ngoái, huyện trồng 120 ha": a time of its own.
        let dated = || self.date_behind(first).is_some_and(|d| d.tokens.start < end);
        item.cell.is_none() && end <= item.tokens.start && !apart() && !dated()
    }

    /// "326 ca, tăng gấp đôi cùng kỳ năm 2011 (171 ca)": the year of the base before a bracket, and the figure that was compared
    /// with it.
    pub(super) fn same_time_in_bracket<'f>(
        &self,
        item: &Found,
        before: &'f [Found],
    ) -> Option<(u16, &'f Found, &'f [Found])> {
        let open = self.bracket_mark(item).filter(|_| item.why.period == "period.bracket")?;
        let date = self.dates.get(self.date_before(open)?).filter(|d| d.kind == DateKind::Year)?;
        self.work.patterns.frames.same_time.before(&self.work.tokens, date.tokens.start)?;
        let (compared, rest) = before.split_last()?;
        let near = self.one_sentence(compared, item) && compared.why.period != "period.bracket";
        near.then(|| (date.end.year(), compared, rest))
    }

    /// "(cùng kỳ năm 2018 là 5 tỷ đồng)", "trong khi cùng kỳ năm 2022 tăng 8%": the year of a base of comparison before its
    /// figure.
    pub(super) fn same_time_of(&self, item: &Found) -> Option<u16> {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let end = self.behind_base(item);
        let date = self.dates.get(self.date_before(end)?);
        let date = date.filter(|d| d.kind == DateKind::Year && d.tokens.end == end)?;
        let (n, ()) = words.same_time.before(tokens, date.tokens.start)?;
        let from = date.tokens.start - n;
        let mark = from.checked_sub(1).map(|i| self.work.token(i).is_some_and(|t| t.kind == Kind::Punct));
        let apart = mark.is_none_or(|mark| mark || self.begins_line(from));
        let whereas = || words.whereas.before(tokens, from).is_some();
        ((apart || whereas()) && item.cell.is_none()).then(|| date.end.year())
    }
}
