//! Parts of a count that leave the noun out: "1.733 thủ tục: cấp tỉnh 1.311, cấp huyện 282".

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::amount::{Amount, follows};
use super::{Found, Kind, Role, Scan};
use crate::claim::ledger::{Numeral, Owner};
use crate::claim::number;
use crate::words::token::{Case, Gap, Kind as TokenKind};

/// Most tokens of a member of a list that shares an index.
const MEMBER_TOKENS: usize = 8;
/// Most tokens from an open bracket to the last part in it.
const STATE_TOKENS: usize = 40;
/// Most members of a list that adds up.
const MEMBERS: usize = 16;
/// How many quantities back a list may add up to one.
const WHOLES: usize = 4;
/// Most tokens from a count to the last of its parts.
const LIST_TOKENS: usize = 60;

impl Scan<'_, '_> {
    /// The part that a bare number is of a count before it in the same sentence.
    pub(super) fn part(&self, numeral: Numeral, found: &[Found]) -> Option<Found> {
        let amount = self.amount(numeral).ok()?;
        let other = self
            .same_index(&amount, found)
            .or_else(|| self.index_in_brackets(&amount, found))
            .or_else(|| self.same_count(&amount, found))
            .or_else(|| self.with_share(&amount, found))
            .or_else(|| self.same_money(&amount, found))
            .or_else(|| self.of_year(&amount, found))
            .or_else(|| self.of_sum(&amount, found));
        if other.is_some() {
            return other;
        }
        self.bare_part(&amount, found)
            .or_else(|| self.listed(&amount, found))
            .or_else(|| self.done_with(&amount, found))
            .or_else(|| self.apart(&amount, found))
    }

    /// A bare number that a colon, a bracket or "trong đó" makes a part of the count before them.
    fn bare_part(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        if !self.is_bare(amount) {
            return None;
        }
        let compared = self.compares(amount);
        let before = self.token(amount.start.checked_sub(1)?)?;
        let word = before.kind == TokenKind::Word
            && !self.words.labels.has(before)
            && !self.words.ends.has(before)
            && before.case != Case::Upper;
        let named = word || before.is(':') || compared || self.within(amount);
        if !named || !self.token(amount.start).is_some_and(follows) {
            return None;
        }
        let floor = self.segment_start(amount.start);
        let near =
            || found.iter().rev().take_while(|f| f.tokens.start >= floor).find(|f| self.opens_parts(f));
        let whole = near().or_else(|| self.whole_of_list(amount, found))?;
        // A semicolon may begin another way of parting the same whole.
        let fresh = (whole.tokens.end..amount.start).rev().find(|&i| self.is(i, ';')).unwrap_or(0);
        let parts = found.iter().rev().take_while(|f| f.tokens.start > whole.tokens.start.max(fresh));
        let sum: Decimal = parts.filter(|f| f.rule == self.words.rules.part).filter_map(|f| f.value).sum();
        if !compared && whole.value? < amount.value.checked_add(sum)? {
            return None;
        }
        let mut part = self.member_of(amount, whole);
        part.ambiguous = amount.ambiguous;
        Some(part)
    }

    /// Whether an amount is a bare whole number that ends a member: no year, no mark of a list, no number of a thing.
    pub(super) fn is_bare(&self, amount: &Amount) -> bool {
        amount.whole()
            && !amount.scaled()
            && !amount.yearlike()
            && self.ends_member(amount)
            && !self.list_mark(amount)
            && !self.is_numbered(amount)
    }

    /// Whether a word says that a number behind it names a thing.
    pub(super) fn is_label(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| self.words.labels.has(t) || self.words.labels_weak.has(t))
    }

    /// "54 hồ sơ (đúng hạn 50; quá hạn 4)": semicolons part the members of a list that a colon or an open bracket begins.
    fn whole_of_list<'f>(&self, amount: &Amount, found: &'f [Found]) -> Option<&'f Found> {
        let whole = found
            .iter()
            .rev()
            .take_while(|f| amount.start - f.tokens.end.min(amount.start) <= LIST_TOKENS)
            .find(|f| self.opens_parts(f))?;
        let mut depth = 0i32;
        for i in whole.tokens.end..amount.start {
            let token = self.token(i).filter(|_| !self.ends_sentence(i))?;
            depth += i32::from(token.is('(')) - i32::from(token.is(')'));
            if depth < 0 {
                return None;
            }
        }
        let colon = || (whole.tokens.end..amount.start).find(|&i| self.is(i, ':') || self.is(i, '('));
        (depth > 0 || colon().is_some_and(|i| self.is(i, ':'))).then_some(whole)
    }

    /// A full stop, a bar or a break before a token.
    pub(super) fn ends_sentence(&self, i: usize) -> bool {
        self.token(i).is_none_or(|t| {
            let stop = t.is('.') && self.token(i + 1).is_some_and(|t| t.gap != Gap::Glued);
            stop || t.is('|') || !follows(t)
        })
    }

    /// "186 đảng viên (kế hoạch 180)", "14 vụ (cùng kỳ 12)": what the count before it is compared with.
    fn compares(&self, amount: &Amount) -> bool {
        let mut at = amount.start;
        at -= usize::from(at > 0 && self.is(at - 1, ':'));
        let tokens = &self.work.tokens;
        let aim = self
            .words
            .role_before
            .before(tokens, at)
            .filter(|(_, w)| matches!(w.role, Role::Target | Role::Change))
            .map(|a| a.0);
        let time = || self.words.compared.before(tokens, at).map(|t| t.0);
        let words = aim.or_else(time);
        words.and_then(|n| at.checked_sub(n + 1)).is_some_and(|i| self.is(i, '('))
    }

    /// "23 doanh nghiệp (20 đang hoạt động, 03 đã dừng)": what each part of a count does stands where a noun would.
    pub(super) fn state(&self, numeral: Numeral, found: &[Found]) -> Option<Found> {
        self.words.states.at(&self.work.tokens, numeral.end)?;
        let amount = self.amount(numeral).ok().filter(|a| a.plain && a.whole() && !a.yearlike())?;
        let open = (amount.start.saturating_sub(STATE_TOKENS)..amount.start)
            .rev()
            .find(|&i| self.is(i, '(') || self.is(i, ')') || self.token(i).is_none_or(|t| !follows(t)));
        let open = open.filter(|&i| self.is(i, '('))?;
        let before = amount.start.checked_sub(1)?;
        if !(before == open
            || self.is(before, ',')
            || self.is(before, ';')
            || self.work.patterns.particles.and.has(self.work.word(before)))
        {
            return None;
        }
        let whole = found.iter().rev().find(|f| f.tokens.end <= open)?;
        let names = (whole.tokens.end..open)
            .all(|i| self.token(i).is_some_and(|t| t.kind == TokenKind::Word && follows(t)));
        let counts = whole.kind == Kind::Count && whole.unit.is_some() && whole.value? >= amount.value;
        if !counts || !names || open - whole.tokens.end > MEMBER_TOKENS {
            return None;
        }
        let mut part = Found::new(amount.start..amount.end, Kind::Count, self.words.rules.part);
        part.value = Some(amount.value);
        part.unit.clone_from(&whole.unit);
        Some(part)
    }

    /// "giá trị là 42,6, cao hơn năm trước (41,9), cao nhất (46,8)": the same index in brackets, without a word of its own.
    fn index_in_brackets(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        let last = found.iter().rev().take(WHOLES).find(|f| f.rule == self.words.rules.index)?;
        let near = last.tokens.end <= amount.start
            && (last.tokens.end..amount.start).all(|i| !self.ends_sentence(i))
            && amount.start - last.tokens.end <= LIST_TOKENS;
        let alone = self.is(amount.start.checked_sub(1)?, '(') && self.is(amount.end, ')');
        let value = last.value.filter(|v| near && alone && !amount.scaled() && !v.is_integer())?;
        let twice = |v: Decimal| v.checked_mul(Decimal::TWO).unwrap_or(Decimal::MAX);
        let alike = |v: Decimal| v < twice(value) && twice(v) > value;
        let mut index = self.index(amount);
        // "(42.537)" beside "42,618": a dot for a comma.
        let slip = amount.value.checked_div(Decimal::ONE_THOUSAND).filter(|v| amount.whole() && alike(*v));
        match slip {
            Some(slip) => (index.value, index.ambiguous) = (Some(slip), true),
            None if amount.whole() || !alike(amount.value) => return None,
            None => {}
        }
        Some(index)
    }

    /// "hệ số của tỉnh là 4,3; Quảng Lâm 3,5; Hòa An 3,7": the same index of another.
    fn same_index(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        let last = found.last().filter(|f| f.rule == self.words.rules.index)?;
        let near = amount.start - last.tokens.end;
        let named = amount.start.checked_sub(1).and_then(|i| self.token(i));
        let fits = (2..=MEMBER_TOKENS).contains(&near)
            && !amount.whole()
            && !amount.scaled()
            && (self.is(last.tokens.end, ';') || self.is(last.tokens.end, ','))
            && named.is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower || t.is(':'))
            && self.ends_member(amount);
        fits.then(|| self.index(amount))
    }

    /// "tiếp nhận 2,1 triệu yêu cầu (lũy kế 53 triệu)": a scale without a noun counts what was counted last.
    fn same_count(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        let last = found
            .last()
            .filter(|f| f.kind == Kind::Count && f.unit.is_some() && f.tokens.end <= amount.start)?;
        let thousands = amount.scale >= Decimal::ONE_THOUSAND;
        let same = self.segment_start(amount.start) <= last.tokens.start;
        let next = self.token(amount.end);
        let open = next.is_some_and(|t| {
            follows(t) && t.kind == TokenKind::Word && !self.words.stop.has(t) && !self.words.ends.has(t)
        });
        let change = self.words.bound_before.before(&self.work.tokens, amount.start).is_some()
            || amount
                .start
                .checked_sub(1)
                .and_then(|i| self.token(i))
                .is_some_and(|t| self.words.glue.has(t));
        // "785 nghìn lượt (khách quốc tế 58 nghìn)"
        let inside = || {
            let bracket = |i: &usize| self.is(*i, '(') || self.is(*i, ')') || self.is(*i, ';');
            let opened = (last.tokens.end..amount.start).rev().find(bracket).is_some_and(|i| self.is(i, '('));
            opened && self.is(amount.end, ')') && last.value.is_some_and(|v| v > amount.value)
        };
        if !thousands || !same || open || !(change || inside()) {
            return None;
        }
        let mut part = Found::new(amount.start..amount.end, Kind::Count, self.words.rules.part);
        part.value = Some(amount.value);
        part.unit = last.unit.clone();
        part.ambiguous = amount.ambiguous;
        Some(part)
    }

    /// "duy tu 350 triệu đồng, sửa chữa 120 triệu": millions in a paragraph that told of đồng.
    fn same_money(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        let last = found.iter().rev().take(WHOLES).find(|f| f.kind == Kind::Money)?;
        let dong = last.unit.as_deref() == Some("VND") && last.tokens.end <= amount.start;
        let near = dong
            && amount.start - last.tokens.end <= LIST_TOKENS
            && (last.tokens.end..=amount.start).all(|i| self.token(i).is_some_and(follows));
        let ends = self.ends_member(amount) || self.is(amount.end, '(');
        if !near || !ends || amount.scale != Decimal::from(1_000_000u64) {
            return None;
        }
        let mut found = Found::new(amount.start..amount.end, Kind::Money, self.words.rules.money);
        found.value = Some(amount.value);
        found.unit = Some("VND".into());
        found.ambiguous = amount.ambiguous;
        Some(found)
    }

    /// "87 người. Trình độ: đại học 56, cao đẳng 18, trung cấp 13.": a list without a noun that adds up to what was
    /// counted before it.
    fn of_sum(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        let parts = found.iter().rev().take(MEMBERS).take_while(|f| f.rule == self.words.rules.part).count();
        let last = found.len().checked_sub(parts + 1).and_then(|n| found.get(n))?;
        if let Some(first) = found.len().checked_sub(parts).and_then(|n| found.get(n))
            && amount.start - first.tokens.start <= LIST_TOKENS
            && self.sum_from(first.tokens.start) == last.value
            && self.ends_member(amount)
        {
            return Some(self.member_of(amount, last));
        }
        let wholes = found.iter().rev().take(WHOLES).filter(|f| {
            f.kind == Kind::Count && f.unit.is_some() && f.tokens.end + LIST_TOKENS > amount.start
        });
        let sum = self.sum_from(amount.start)?;
        let same = wholes.into_iter().find(|f| f.value == Some(sum) && f.tokens.end <= amount.start)?;
        Some(self.member_of(amount, same))
    }

    /// A bare number as a count of what the whole counts.
    pub(super) fn member_of(&self, amount: &Amount, whole: &Found) -> Found {
        let mut part = Found::new(amount.start..amount.end, Kind::Count, self.words.rules.part);
        part.value = Some(amount.value);
        part.unit = self.own_noun(amount, whole).or_else(|| whole.unit.clone());
        part
    }

    /// "xử lý 1.462 văn bản đến; phát hành văn bản đi 347": the noun of the member's own words, where it has the head of what the
    /// whole counts and says another thing.
    fn own_noun(&self, amount: &Amount, whole: &Found) -> Option<SmolStr> {
        let (unit, tokens) = (whole.unit.as_deref()?, &self.work.tokens);
        let (head, _) = unit.split_once(' ')?;
        let words = (whole.tokens.end..amount.start).rev().take_while(|&i| self.work.is_word(i));
        let at = words.take(MEMBER_TOKENS).find(|&i| self.work.word(i).eq_ignore_ascii_case(head))?;
        let (len, _) = self.words.units.at(tokens.get(..amount.start)?, at)?;
        let says = |i: usize, word: &str| i < amount.start && self.work.word(i) == word;
        let same = unit.split(' ').enumerate().all(|(n, word)| says(at + n, word));
        (!same).then(|| self.noun_text(at, at + len))
    }

    /// The sum of a list of bare numbers that begins at a token: "56, cao đẳng 18, trung cấp 13."
    fn sum_from(&self, start: usize) -> Option<Decimal> {
        let (mut at, mut sum, mut members) = (start, Decimal::ZERO, 0);
        loop {
            let numeral = self.any_numeral(at)?;
            let value = number::read(number::text_of(self.work, numeral), self.convention).ok()?.value;
            sum = sum.checked_add(value).filter(|_| value.is_integer())?;
            members += 1;
            if members > MEMBERS {
                return None;
            }
            let mark = self.token(numeral.end);
            let goes_on = mark.is_some_and(|t| t.is(',') || t.is(';'));
            let next = (numeral.end + 1..numeral.end + MEMBER_TOKENS)
                .take_while(|&i| self.token(i).is_some_and(follows))
                .find(|&i| self.token(i).is_some_and(|t| t.kind == TokenKind::Number));
            match next.filter(|_| goes_on) {
                Some(next) => at = next,
                None => {
                    // "trước hạn 2.604, đúng hạn 762, quá hạn 23 hồ sơ": the last may have the noun.
                    let noun = || self.words.units.at(&self.work.tokens, numeral.end).is_some();
                    let ends = mark.is_none_or(|t| !follows(t) || t.is('.') || t.is(')')) || noun();
                    return (members > 1 && ends).then_some(sum);
                }
            }
        }
    }

    /// "năm 2006: 5.600 triệu đồng; năm 2007: 8.000;": the figure of the next year has the unit of the last.
    fn of_year(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        let dated = |at: usize| {
            let year = at.checked_sub(2).filter(|_| self.is(at - 1, ':'))?;
            (self.work.ledger.owner(year).0 == Owner::Date).then_some(())
        };
        let last = found.last().filter(|f| matches!(f.kind, Kind::Money | Kind::Measure | Kind::Count))?;
        let near = last.tokens.end <= amount.start && amount.start - last.tokens.end <= MEMBER_TOKENS;
        if !near || amount.scaled() || !self.ends_member(amount) {
            return None;
        }
        dated(amount.start).and(dated(last.tokens.start))?;
        let numeral = self.any_numeral(last.tokens.start)?;
        let base = number::read(number::text_of(self.work, numeral), self.convention).ok()?.value;
        let factor = last.value?.checked_div(base)?;
        let mut part = last.clone();
        part.tokens = amount.start..amount.end;
        part.rule = self.words.rules.part;
        part.value = Some(amount.value.checked_mul(factor)?.normalize());
        part.ambiguous = amount.ambiguous;
        Some(part)
    }

    /// "tiếp nhận 3.215 hồ sơ, đã giải quyết 3.127 (97,26%)": its share in brackets makes it one of what was counted
    /// last; "xảy ra 64 vụ, chết 41": people.
    fn with_share(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        let last = found.iter().rev().take(WHOLES).find(|f| f.kind != Kind::Percentage)?;
        let counts = last.kind == Kind::Count && last.unit.is_some() && last.tokens.end <= amount.start;
        // "Kinh: 843.000 người (64,3%); Khmer: 404.000 (30,8%)": a semicolon may part them.
        let listed = || {
            amount.start - last.tokens.end <= MEMBER_TOKENS + 6
                && !(last.tokens.end..=amount.start).any(|i| self.ends_sentence(i))
        };
        let near = self.segment_start(amount.start) <= last.tokens.start || counts && listed();
        if !near || !counts || !amount.whole() || amount.scaled() || amount.yearlike() {
            return None;
        }
        let before = self.token(amount.start.checked_sub(1)?)?;
        if before.kind != TokenKind::Word && !before.is(':') {
            return None;
        }
        let share = || {
            let numeral = self.is(amount.end, '(').then(|| self.any_numeral(amount.end + 1)).flatten();
            numeral.is_some_and(|n| self.is(n.end, '%') && self.is(n.end + 1, ')'))
        };
        let people = self.words.single.has(before) && self.ends_member(amount);
        if !people && (!share() || self.words.labels.has(before)) {
            return None;
        }
        let mut part = Found::new(amount.start..amount.end, Kind::Count, self.words.rules.part);
        part.value = Some(amount.value);
        part.unit =
            if people { Some(self.work.patterns.particles.people.first().into()) } else { last.unit.clone() };
        part.ambiguous = amount.ambiguous;
        Some(part)
    }

    /// "trong đó 23 hoàn thành": what these did follows at once.
    fn within(&self, amount: &Amount) -> bool {
        amount.start >= 2
            && self.in_that(amount.start - 2)
            && self.token(amount.end).is_some_and(|t| self.words.ends.has(t))
    }

    /// "trong đó".
    fn in_that(&self, at: usize) -> bool {
        let words = &self.work.patterns.particles;
        words.within.has(self.work.word(at)) && words.that.has(self.work.word(at + 1))
    }

    /// A mark after the number: the member of the list ends.
    fn ends_member(&self, amount: &Amount) -> bool {
        let within = amount.start >= 2
            && self.in_that(amount.start - 2)
            && self.token(amount.end).is_some_and(|t| self.words.ends.has(t));
        within
            || self.token(amount.end).is_none_or(|t| {
                !follows(t)
                    || [',', ';', ')', '.', '|'].iter().any(|&c| t.is(c))
                    || self.work.patterns.particles.and.has(self.work.word(amount.end))
            })
    }

    /// A count that a colon, a bracket or "trong đó" follows.
    fn opens_parts(&self, whole: &Found) -> bool {
        if whole.kind != Kind::Count || whole.unit.is_none() || whole.rule == self.words.rules.part {
            return false;
        }
        let end = whole.tokens.end;
        // The noun phrase may go on: "41 văn bản quy phạm pháp luật (…".
        let open =
            (end..end + 8).find(|&i| self.token(i).is_none_or(|t| t.kind != TokenKind::Word || !follows(t)));
        let Some(open) = open else { return false };
        let words = &self.work.patterns.particles;
        let gathers = (end..open).any(|i| words.gathers.has(self.work.word(i)) || self.in_that(i));
        let within = self.in_that(open + 1)
            || words.includes.has(self.work.word(open + 1)) && words.gathers.has(self.work.word(open + 2));
        self.is(open, ':') || self.is(open, '(') || gathers || within && self.is(open, ',')
    }
}
