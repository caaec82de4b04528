//! Whose a bare sum is, and what a bare size measures: "xử phạt 4 cơ sở, số tiền 86 triệu đồng".

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::{LONG_SUM, is_among};
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::link::name::MEMBER_WORDS;
use crate::facts::link::{Linker, Place};
use crate::words::token::{Case, Kind as TokenKind};
use crate::words::{lower_first, one_line};

impl Linker<'_, '_> {
    /// "xử phạt 4 cơ sở, số tiền 86 triệu đồng": a sum that says nothing of its own is one of what was counted before it.
    pub(super) fn whose_sum(&self, item: &mut Found, place: &Place<'_>) {
        let sums = match item.kind {
            Kind::Money => &self.clauses.bare_sums,
            Kind::Measure => &self.clauses.bare_sizes,
            Kind::Percentage => &self.clauses.contributions,
            _ => return,
        };
        let bare = |n: &&str| item.cell.is_none() && is_among(sums, n);
        let Some(name) = item.name.as_deref().filter(bare) else { return };
        let whose = self.told_whole(item, place).filter(|p| !self.is_parted(p, item));
        let short = |n: &&str| n.split(' ').count() <= LONG_SUM;
        let whose = whose.and_then(|p| p.name.as_deref()).filter(short);
        if let Some(whose) = whose {
            item.name = Some(format_smolstr!("{name} {}", lower_first(whose)));
            item.why.name = "name.sum";
        }
    }

    /// The figure told of before that a bare sum, size or contribution is of.
    fn told_whole<'f>(&self, item: &Found, place: &Place<'f>) -> Option<&'f Found> {
        let told = place.told;
        // "nông nghiệp tăng 4,3%, đóng góp 1,7 điểm phần trăm": of what grew.
        if item.kind == Kind::Percentage {
            return told.filter(|p| p.kind == Kind::Percentage && p.role == Role::Change);
        }
        let size = |p: &Found| p.name.as_deref().is_some_and(|n| is_among(&self.clauses.bare_sizes, n));
        let counts = |p: &&Found| matches!(p.kind, Kind::Count | Kind::Ratio) && !size(p);
        // "3 tuyến đường dài 2,4 km, trị giá 1,45 tỷ đồng", "3 dự án quy mô 812 căn, tổng vốn 689,5 tỷ đồng": of what was
        // counted, whatever it measures.
        let behind = || told.filter(|p| p.kind == Kind::Measure || size(p)).and(place.before_previous);
        // "thanh toán trực tuyến đạt 89,7% với số tiền 312 triệu đồng".
        let share = |p: &&Found| {
            p.kind == Kind::Percentage
                && p.role == Role::Actual
                && self.has(&self.clauses.shares_with, p.tokens.end)
        };
        told.filter(counts).or_else(|| behind().filter(counts)).or_else(|| told.filter(share))
    }

    /// "42 cánh đồng mẫu với diện tích 2.150 ha": a size belongs to what it follows without a mark.
    fn is_parted(&self, whole: &Found, item: &Found) -> bool {
        let mark = |i: usize| self.work.token(i).is_none() || self.work.is_punct(i);
        item.kind == Kind::Measure && (whole.tokens.end..item.tokens.start).any(mark)
    }

    /// "Trao 120 suất quà cho học sinh nghèo, trị giá 60 triệu đồng", "11 khu vực mỏ với số tiền 17,6 tỷ đồng": the words of a
    /// bare sum behind a count, and nothing else since the last mark or "với".
    pub(in crate::facts::link) fn bare_sum(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let counts = |p: &&Found| matches!(p.kind, Kind::Count | Kind::Ratio) && p.cell.is_none();
        let previous = place.told.filter(|p| counts(p) && item.kind == Kind::Money)?;
        if let Some(sum) = self.brought_sum(previous, item) {
            return self.as_bare_sum(sum);
        }
        let parts = |&i: &usize| self.is_any(i, [',', ';']) || self.has(&self.clauses.shares_with, i);
        let mut end = item.tokens.start;
        loop {
            let low = previous.tokens.end.min(end);
            let start = (low..end).rev().find(parts)? + 1;
            if let Some(sum) = self.as_bare_sum(start..end) {
                return Some(sum);
            }
            end = self.joint_of_sum(end).map(|n| end - n).filter(|&e| e > start)?;
        }
    }

    /// "35 nhà tình nghĩa trị giá 1,4 tỷ đồng": the words of a sum, where nothing but the rest of what was counted stands before
    /// them.
    fn brought_sum(&self, previous: &Found, item: &Found) -> Option<Range<usize>> {
        let sum = |end: usize| self.clauses.brought_sums.before(&self.work.tokens, end);
        let mut end = item.tokens.start;
        while sum(end).is_none()
            && let Some(n) = self.joint_of_sum(end).filter(|n| previous.tokens.end + n <= end)
        {
            end -= n;
        }
        let start = end - sum(end)?.0;
        let rest = previous.tokens.end..start;
        (rest.len() <= MEMBER_WORDS && rest.clone().all(|i| self.work.is_word(i)) && rest.start <= start)
            .then_some(start..end)
    }

    /// How many tokens before one only join a sum and its number.
    fn joint_of_sum(&self, end: usize) -> Option<usize> {
        let bound = self.words.bound_before.before(&self.work.tokens, end).map(|(n, _)| n);
        bound.or_else(|| self.words.name_tail.before(&self.work.tokens, end).map(|(n, ())| n))
    }

    /// Words that are those of a bare sum.
    fn as_bare_sum(&self, words: Range<usize>) -> Option<SmolStr> {
        let text = one_line(self.work.words(words)).to_lowercase();
        self.clauses.bare_sums.contains(&text).then(|| SmolStr::new(text))
    }

    /// "CCN Minh Lãng: 42,8 ha": what the unit measures, where the words before it name a place or a thing and nothing else.
    pub(in crate::facts::link) fn size_of(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let size = item.unit.as_deref().and_then(|u| self.clauses.sizes.get(u))?;
        let end = self.without_bound(item.tokens.start);
        let bracket = self.follows_mark(end, '(');
        let own = self.own_start(if bracket { end - 1 } else { item.tokens.start }, place)..end;
        // "30 m2 (thành thị 34 m2)" is a part without a name of its own.
        // "5. Trồng mới 12.000 ha rừng": the first word of a line has a capital anyhow.
        let first = self.past_mark(place.sentence.start, end);
        let proper = own.clone().any(|i| {
            i != first
                && self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower)
        });
        let of_thing = proper && self.is_hollow(&own, true) && !self.is_hollow(&own, false);
        (item.kind == Kind::Measure && of_thing).then(|| SmolStr::new(size))
    }
}
