//! Stage 5, linking: a figure within the name of another: "Tỷ lệ trẻ dưới 1 tuổi được tiêm đầy đủ 8 loại vắc xin là 98,4%".

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind};
use crate::words::one_line;
use crate::words::token::Kind as TokenKind;

/// How far before its figure the beginning of a clause is looked for, in tokens.
const CLAUSE: usize = 24;
/// How far before its figure "bình quân mỗi" stands, in tokens, and most words of whom it names.
const EACH: usize = 10;
const WHOM: usize = 4;
/// How far behind what is counted its size may begin, in tokens.
const SIZE_LEAD: usize = 4;
/// Most words of a clause behind a lead: "toàn xã hiện còn".
const LED: usize = 5;
/// Most words between the inner figure and the copula.
const REST: usize = 6;
/// Most words of such a name.
const NAME: usize = 24;

impl Linker<'_, '_> {
    /// The whole phrase from the word that heads a rate up to the copula, where a count stands within it.
    pub(super) fn over_count(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let inner = place.previous.filter(|p| {
            item.kind == Kind::Percentage
                && item.cell.is_none()
                && matches!(p.kind, Kind::Count)
                && p.tokens.start > place.sentence.start
        })?;
        let end = self.without_joints(inner.tokens.end, item.tokens.start);
        let between = inner.tokens.end..end;
        // "… 8 loại vắc xin là 98,4%": a copula, and nothing else that parts the two.
        if end == item.tokens.start || between.len() > REST || !between.clone().all(|i| self.work.is_word(i))
        {
            return None;
        }
        let tokens = &self.work.tokens;
        let low = place.sentence.start.max(inner.tokens.start.saturating_sub(NAME));
        let head =
            (low..inner.tokens.start).rev().find(|&i| self.clauses.rate_heads.at(tokens, i).is_some())?;
        let told = (head..inner.tokens.start)
            .all(|i| self.work.is_word(i) || self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number));
        // "tỷ lệ hộ nghèo còn 12 hộ": the count is what the rate is told by, not part of its name.
        let direct = self.clauses.rate_told.before(tokens, self.without_bound(inner.tokens.start)).is_some();
        (told && !direct).then(|| one_line(self.work.words(head..end)))
    }

    /// "huyện Tuy Phong xảy ra 22 vụ", "đường sắt 3 vụ": a word that only counts, behind nothing but a place or a kind, counts what
    /// was counted so before.
    pub(super) fn of_kind(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bare =
            item.kind == Kind::Count && item.cell.is_none() && self.is_one_of(item, &self.words.classifiers);
        let alike = |p: &&Found| p.unit == item.unit && item.per.is_none();
        let base = place.counted.filter(|_| bare).filter(alike)?.name.clone()?;
        let tokens = &self.work.tokens;
        let end = item.tokens.start;
        let own = self.own_start(end, place).max(end.saturating_sub(CLAUSE));
        let mark = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(',') || t.is(';') || t.is(':'));
        let start = (own..end).rev().find(mark).map_or(own, |i| i + 1);
        let begins = place.sentence.start;
        let led = (start..end).find_map(|i| self.clauses.class_kinds.at(tokens, i).map(|(n, ())| i..i + n));
        let named = |i: usize| self.named_end(i, end).is_some();
        let said = led.is_some() || (start..end).any(named) || start > begins && named(begins);
        let rest = |range: Range<usize>| self.is_hollow(&range, true);
        let hollow = match &led {
            Some(kind) => rest(start..kind.start) && rest(kind.end..end),
            None => rest(start..end),
        };
        // What stands behind the unit says more.
        let told = self.counted(item, place).len() > self.noun_len(item);
        if !said || !hollow || told || !base.contains(' ') {
            return None;
        }
        let lower = base.to_lowercase();
        let other = self.clauses.class_kind_names.iter().find_map(|kind| lower.find(kind.as_str()));
        let base = other.and_then(|at| base.get(..at)).map_or(base.as_str(), str::trim_end);
        let base = if base.contains(' ') { base } else { return None };
        Some(match led {
            Some(kind) => {
                format_smolstr!("{base} {}", one_line(self.work.words(kind)).to_lowercase())
            }
            None => base.into(),
        })
    }

    /// How many tokens the unit of a count has.
    fn noun_len(&self, item: &Found) -> usize {
        item.tokens.end.saturating_sub(self.noun_start(item))
    }

    /// "bình quân mỗi xã đạt 14,6 tiêu chí": what each has on the average is named with whom.
    pub(super) fn of_each(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = item.unit.as_deref().filter(|_| item.kind == Kind::Count && item.cell.is_none())?;
        let end = self.without_joints(place.sentence.start, item.tokens.start);
        let own = self.own_start(item.tokens.start, place).max(end.saturating_sub(EACH));
        let (start, n) = (own..end).rev().find_map(|i| {
            let (n, ()) = self.clauses.of_each.at(&self.work.tokens, i)?;
            Some((i, n))
        })?;
        let whom = start + n..end;
        (!whom.is_empty() && whom.len() <= WHOM && whom.clone().all(|i| self.work.is_word(i)))
            .then(|| format_smolstr!("{unit} {}", one_line(self.work.words(start..end)).to_lowercase()))
    }

    /// "Rà soát theo chuẩn mới, toàn xã còn 58 hộ nghèo", "Chính sách xã hội: Xã có 52 hộ nghèo", "Dịp Tết, xã trao 1.326 phần quà":
    /// behind a lead a clause of nothing but a place and a verb names what is counted and no more.
    pub(super) fn after_lead(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = item
            .unit
            .as_deref()
            .filter(|u| item.kind == Kind::Count && item.cell.is_none() && u.contains(' '))?;
        if self.is_one_of(item, &self.words.classifiers) || self.is_one_of(item, &self.words.generic) {
            return None;
        }
        // "Công bố 1.733 thủ tục: cấp tỉnh 1.311": without a noun of its own it is a part of what was counted.
        if self.noun_len(item) == 0 {
            return None;
        }
        let end = self.without_bound(item.tokens.start);
        let own = self.own_start(item.tokens.start, place).max(end.saturating_sub(CLAUSE));
        let mark = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(',') || t.is(':'));
        let low = place.sentence.start.max(own.saturating_sub(1));
        let start = (low..end).rev().find(mark)? + 1;
        let clause = start..end;
        if clause.is_empty() || clause.len() > LED || !self.crosses(item, place.sentence.start..start) {
            return None;
        }
        let counted = one_line(self.work.words(self.counted(item, place)));
        let counted = if counted.is_empty() { SmolStr::new(unit) } else { counted };
        if self.is_hollow(&clause, true) {
            return Some(counted);
        }
        let verb = end - 1;
        let acts = self.work.token(verb).is_some_and(|t| self.words.name_verbs.has(t));
        (acts && verb > start && self.is_hollow(&(start..verb), true))
            .then(|| format_smolstr!("{} {counted}", self.work.word(verb).to_lowercase()))
    }

    /// Whether the name of a figure takes words of a lead that are not told behind it again.
    fn crosses(&self, item: &Found, lead: Range<usize>) -> bool {
        let Some(name) = item.name.as_deref() else { return false };
        let has = |range: Range<usize>, word: &str| {
            let first = word.chars().next();
            // Most differ in their first letter.
            let begins = |w: &str| w.chars().flat_map(char::to_lowercase).next() == first;
            let is = |w: &str| begins(w) && (w.eq_ignore_ascii_case(word) || w.to_lowercase() == word);
            range.into_iter().any(|i| is(self.work.word(i)))
        };
        let own = lead.end..item.tokens.end + CLAUSE;
        let words = name.split_whitespace().map(|w| w.trim_matches([',', ':']).to_lowercase());
        words.filter(|w| !w.is_empty()).any(|w| has(lead.clone(), &w) && !has(own.clone(), &w))
    }

    /// "976 tàu có chiều dài từ 12m đến dưới 15m": what is counted by a size takes the size into its name.
    pub(super) fn of_size_class(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let next = place.next.filter(|_| item.kind == Kind::Count && item.cell.is_none())?;
        let noun = self.noun_start(item);
        let tokens = &self.work.tokens;
        let (at, n) = (item.tokens.end..item.tokens.end + SIZE_LEAD)
            .find_map(|i| self.clauses.class_sizes.at(tokens, i).map(|(n, ())| (i, n)))?;
        // Nothing but a bound stands before the size.
        let bound = self.without_bound(next.tokens.start);
        let from = bound.saturating_sub(usize::from(
            self.work.token(bound.saturating_sub(1)).is_some_and(|t| self.clauses.from.has(t)),
        ));
        let near = at + n >= from
            && (item.tokens.end..at).all(|i| self.work.is_word(i))
            && next.tokens.start < place.sentence.end;
        if !near || matches!(next.kind, Kind::Percentage | Kind::Money) {
            return None;
        }
        let behind = self.words.bound_after.at(tokens, next.tokens.end).map_or(0, |(n, _)| n);
        Some(one_line(self.work.words(noun..next.tokens.end + behind)))
    }
}
