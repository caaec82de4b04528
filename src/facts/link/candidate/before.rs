//! The phrases before a quantity: every plausible beginning with every plausible end.

use std::borrow::Cow;
use std::ops::Range;

use smol_str::SmolStr;

use super::Source;
use super::list::Candidates;
use crate::claim::indicator::{Bound, Found, Kind};
use crate::facts::link::Linker;
use crate::facts::link::around::{Around, Mask};
use crate::words::{lower_first, one_line};

/// The noun of a count, for the phrases before its number.
struct Counted<'i> {
    /// Its first word.
    first: u32,
    /// The unit of the quantity, and the tokens of the noun in the text.
    unit: Option<&'i SmolStr>,
    tokens: Range<usize>,
}

/// What all phrases before a quantity are looked at with.
struct Behind<'i> {
    /// The noun that they may lack.
    counted: Option<Counted<'i>>,
    /// Up to here the words are those of what was counted before.
    taken: usize,
}

impl<'a> Linker<'_, 'a> {
    /// Every plausible beginning before the quantity with every plausible end.
    pub(super) fn add_before<'c>(&self, around: &Around<'c>, out: &mut Candidates<'c>)
    where
        'a: 'c,
    {
        let ends = self.name_ends(around);
        if ends.is_empty() {
            return;
        }
        let behind = Behind { counted: self.counts_with(around.item), taken: self.taken_by_previous(around) };
        let low = self.behind_idle(around);
        for start in self.starts_before(around) {
            if start < low || !self.may_begin(start) {
                continue;
            }
            let field = self.names_field(start, around.item);
            for &end in ends.iter().filter(|&&end| end > start) {
                let tokens = start..end;
                if !self.is_of_others(around, &behind, &tokens) && !self.is_cut(around, field, &tokens) {
                    self.add_phrase(around, &behind, field, tokens, out);
                }
            }
        }
    }

    /// The ends of phrases that a name may have.
    fn name_ends(&self, around: &Around<'_>) -> Vec<usize> {
        let mut ends = self.ends_before(around);
        // "sản lượng của huyện tiếp tục đạt": the name ends before what measures nothing.
        let trimmed: Vec<usize> = ends
            .iter()
            .filter_map(|&end| self.clauses.idle.before(&self.work.tokens, end).map(|(n, ())| end - n))
            .filter(|end| !ends.contains(end))
            .collect();
        ends.extend(trimmed);
        ends.retain(|&end| end > 0 && self.may_end(end - 1) && !self.ends_with_bound(around, end));
        ends
    }

    /// Whether a limit of several words ends at a token, and no name does.
    fn ends_with_bound(&self, around: &Around<'_>, end: usize) -> bool {
        let bound = self.words.bound_before.before(&self.work.tokens, end);
        let limits = |b: Bound| matches!(b, Bound::AtMost | Bound::AtLeast);
        bound.is_some_and(|(n, &b)| n > 2 && limits(b) && end >= n + around.floor)
            && !self.keeps(around.floor, end)
    }

    /// "32 cơ sở vi phạm, phạt tiền 96 triệu đồng": what is counted before the comma is not what the sum is of.
    fn taken_by_previous(&self, around: &Around<'_>) -> usize {
        let limit = around.item.tokens.start;
        let counts = |p: &&Found| matches!(p.kind, Kind::Count | Kind::Measure) && p.cell.is_none();
        let end = |p: &Found| self.phrase_end(p.tokens.end, limit).max(self.named_until(p, limit));
        around.place.previous.filter(counts).map_or(0, end)
    }

    /// "Chăn nuôi phát triển khá, đàn lợn": what is measured stands behind the comma.
    fn behind_idle(&self, around: &Around<'_>) -> usize {
        let idle =
            |&i: &usize| self.work.is(i, ',') && self.clauses.idle.before(&self.work.tokens, i).is_some();
        (around.floor..around.item.tokens.start).rev().find(idle).unwrap_or(0)
    }

    /// Whether a phrase begins with what another figure counted, or ends with a verb that adds nothing to the noun.
    fn is_of_others(&self, around: &Around<'_>, behind: &Behind<'_>, tokens: &Range<usize>) -> bool {
        // "làm 21 người chết", "dông lốc làm 21 người chết": the verb adds nothing to what its noun says.
        let light = || behind.counted.is_some() && self.has(&self.clauses.light, tokens.end - 1);
        tokens.start < behind.taken && around.marks.any(Mask::Comma, tokens) || light()
    }

    /// Whether a phrase goes on over what ends a name.
    fn is_cut(&self, around: &Around<'_>, field: bool, tokens: &Range<usize>) -> bool {
        let marks = &around.marks;
        // "Công tác giải phóng mặt bằng: đã chi trả …": the label of a field is no part of a name behind it.
        field && marks.any(Mask::Colon, tokens)
            || marks.any(Mask::Comma, tokens) && self.holds_figure(tokens)
            || marks.any(Mask::Turn, &(tokens.start + 1..tokens.end))
            || self.tells_behind_colon(around, tokens)
    }

    /// "cao đẳng nghề 0, trung cấp nghề 320 người": a number before a comma has had its words.
    fn holds_figure(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|i| {
            self.work.is_number(i)
                && !self.in_date(i)
                && self.work.is(i + 1, ',')
                && !self.work.is_number(i + 2)
        })
    }

    /// Adds a phrase that has words of its own, with the noun of a count.
    fn add_phrase<'c>(
        &self,
        around: &Around<'c>,
        behind: &Behind<'_>,
        field: bool,
        tokens: Range<usize>,
        out: &mut Candidates<'c>,
    ) where
        'a: 'c,
    {
        let marks = &around.marks;
        let bracket = marks.any(Mask::Open, &tokens) || marks.any(Mask::Close, &tokens);
        if !marks.any(Mask::Content, &tokens) || bracket && !self.is_balanced(&tokens) {
            return;
        }
        let phrase = if bracket { self.plain(tokens.clone()) } else { self.in_one_line(&tokens) };
        let length = phrase.len();
        let name = self.with_noun(behind.counted.as_ref(), phrase, &tokens);
        let alone = name.len() == length;
        // "Phụ nữ có thai tiêm đủ mũi: 61 người": who is counted stands before.
        if !alone && self.words.units.at(&self.work.tokens, tokens.start).is_some() {
            out.add(self.in_one_line(&tokens), tokens.clone(), Source::Before);
        }
        // "Sốt rét giảm mạnh, cả huyện chỉ ghi nhận 57 ca": a clause is no part of the name of what is counted behind it.
        if !alone && self.holds_clause(&tokens) {
            return;
        }
        if self.says_nothing(around, field, &tokens) || alone && self.has_measure(&tokens) {
            out.hollow.push(name.clone());
        }
        out.add(name, tokens, Source::Before);
    }

    /// Whether a phrase is a label, a field, who leads, a time or a place: none says what is measured.
    fn says_nothing(&self, around: &Around<'_>, field: bool, tokens: &Range<usize>) -> bool {
        around.marks.any(Mask::Colon, tokens) && self.is_label(tokens)
            || field && self.work.is(tokens.end, ':')
            || self.only_ranks(tokens)
            || around.marks.any(Mask::Comma, tokens) && self.ends_aside(tokens)
            || self.clauses.who_leads.at(&self.work.tokens, tokens.start).is_some()
            || self.is_hollow(tokens, true)
    }

    /// "xếp thứ 23/63": the words of a rank alone.
    fn only_ranks(&self, tokens: &Range<usize>) -> bool {
        let ranks = self.words.rank_before.before(&self.work.tokens, tokens.end);
        ranks.is_some_and(|(n, _)| n >= tokens.len())
    }

    /// "Về an toàn giao thông, trong năm trên địa bàn": behind its last comma it says only when and where.
    fn ends_aside(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().rev().find(|&i| self.work.is(i, ',')).is_some_and(|comma| {
            self.clauses.locating.at(&self.work.tokens, comma + 1).is_some()
                && self.is_hollow(&(comma + 1..tokens.end), true)
        })
    }

    /// "Thu ngân sách vượt xa: tiền sử dụng đất", "xã hội ổn định: GDP": what stands behind a colon says what is measured.
    fn tells_behind_colon(&self, around: &Around<'_>, tokens: &Range<usize>) -> bool {
        around.marks.any(Mask::Colon, tokens)
            && tokens
                .clone()
                .rev()
                .find(|&i| self.work.is(i, ':'))
                .is_some_and(|colon| self.substance(&(colon + 1..tokens.end)).0 > 0)
    }

    /// Where the name of a figure ends that stands behind it up to a comma: "lượt hộ được vay vốn ưu đãi, dư nợ …".
    fn named_until(&self, item: &Found, limit: usize) -> usize {
        let behind = item.tokens.end..limit;
        let comma = behind.clone().find(|&i| self.work.is(i, ','));
        let comma = comma.filter(|&end| end > behind.start);
        let told = |end: &usize| {
            let words = one_line(self.work.words(behind.start..*end));
            item.name.as_deref().is_some_and(|name| name.ends_with(words.as_str()))
        };
        comma.filter(told).unwrap_or(0)
    }

    /// Whether a stretch goes on behind a comma, or behind a verb that is not its first word.
    fn holds_clause(&self, tokens: &Range<usize>) -> bool {
        (tokens.start + 1..tokens.end).any(|i| {
            self.work.token(i).is_some_and(|t| t.is(',') || t.is(':') || self.clauses.told_verbs.has(t))
        })
    }

    /// The noun that the phrases before a number may lack; none where it adds nothing.
    fn counts_with<'i>(&self, item: &'i Found) -> Option<Counted<'i>> {
        let noun = self.noun_start(item)..item.tokens.end;
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio) && noun.start < noun.end;
        // "Đàn dê 1.250 con": a unit that only counts adds nothing.
        // "gấp 1,9 lần".
        let adds = counts
            && !self.multiplies(item)
            && !self.is_one_of(item, &self.words.classifiers)
            && !self.physical(item);
        let first = self.work.token(noun.start).map_or(0, |t| t.word);
        adds.then_some(Counted { first, unit: item.unit.as_ref(), tokens: noun })
    }

    /// The words before a count with its noun: "hồ sơ nhận trực tuyến" of "nhận trực tuyến 606 hồ sơ".
    fn with_noun<'c>(
        &self,
        counted: Option<&Counted<'_>>,
        phrase: Cow<'c, str>,
        before: &Range<usize>,
    ) -> Cow<'c, str> {
        let Some(counted) = counted else { return phrase };
        let word = |i: usize| self.work.token(i).map_or(0, |t| t.word);
        // "văn phòng" does not count "văn bản".
        let whole = |i: usize| counted.tokens.clone().enumerate().all(|(n, at)| word(i + n) == word(at));
        let has = counted.first != 0 && before.clone().any(|i| word(i) == counted.first && whole(i));
        if has || self.words.name_heads.at(&self.work.tokens, before.start).is_some() {
            return phrase;
        }
        let noun = counted.unit.cloned().unwrap_or_else(|| one_line(self.work.words(counted.tokens.clone())));
        // "làm chết 9 người", "hỗ trợ cho 128 hộ": verb and noun in the order of the language.
        Cow::Owned(if self.has(&self.words.name_verbs, before.start) {
            format!("{phrase} {noun}")
        } else {
            format!("{noun} {}", lower_first(&phrase))
        })
    }
}
