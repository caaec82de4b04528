//! Where a noun phrase behind a number may end: before each word or mark that may open something else.
//!
//! "98% hồ sơ được giải quyết đúng hạn, tăng 2%": before "được" and before the comma.

use super::BEHIND;
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::link::Linker;
use crate::facts::link::around::Around;
use crate::facts::link::behind::follows;
use crate::words::token::{Gap, Kind as TokenKind};

/// Most tokens behind a share that its name may reach, where nothing is said before it: "100% người dân ở … được phổ biến kiến thức".
const FAR_BEHIND: usize = 40;

/// Most words between a comma and the count that it leads to.
const LEADS: usize = 4;

impl Linker<'_, '_> {
    /// Where a noun phrase behind a number may end: before each word or mark that may open something else.
    pub(in crate::facts::link) fn ends_behind(&self, around: &Around<'_>, noun: usize) -> Vec<usize> {
        let item = around.item;
        let far = item.kind == Kind::Percentage && !around.said_before;
        let reach = noun + if far { FAR_BEHIND } else { BEHIND };
        let limit = around.own.end.min(reach);
        if !self.opens_noun(item, noun) || noun >= limit.max(item.tokens.end) {
            return Vec::new();
        }
        let (mut ends, stopped) = self.stops_behind(around, noun, limit);
        // Where the reach ends, no phrase does.
        if stopped < reach {
            ends.push(stopped.min(limit).max(item.tokens.end));
        }
        self.trim(around, noun, &mut ends);
        ends
    }

    /// Whether what stands at a token says what is counted: not when, why or for whom, nor of what it is a share.
    fn opens_noun(&self, item: &Found, noun: usize) -> bool {
        let tokens = &self.work.tokens;
        let word = self.work.token(noun).is_some_and(|t| t.kind == TokenKind::Word && follows(t));
        // "từ 68% năm 1999 xuống 38%", "14% cuối năm 2015": when, not what.
        let lead = self.clauses.hollow.at(tokens, noun).map_or(0, |(n, ())| n);
        let time = noun >= item.tokens.end && (self.in_date(noun) || lead > 0 && self.in_date(noun + lead));
        // "thuế suất 25% đối với dự án …", "1,3 tấn/ha vì phần lớn diện tích …": for whom, why or when, not what.
        let aside = self.clauses.never_behind.at(tokens, noun).is_some();
        word && !time && !aside && !self.tells_base_behind(item, noun)
    }

    /// "thu ngân sách 6 tỷ, bằng 58% dự toán": of what the share is, does not say what it measures.
    fn tells_base_behind(&self, item: &Found, noun: usize) -> bool {
        let tokens = &self.work.tokens;
        let share = item.kind == Kind::Percentage;
        let base = || {
            self.clauses.of_plans.at(tokens, noun).is_some()
                || self.clauses.of_bases.at(tokens, noun).is_some()
        };
        let again = || {
            self.words.share_of.at(tokens, noun).is_some()
                && self.clauses.said_again.before(tokens, item.tokens.start).is_some()
        };
        // "gấp 1,9 lần cùng kỳ".
        let times = || matches!(item.role, Role::Change | Role::Gap) && self.multiplies(item);
        self.is_share_of(item) || share && (base() || again()) || times()
    }

    /// The marks and words behind a noun that a phrase may end before, and where the phrase cannot go on.
    fn stops_behind(&self, around: &Around<'_>, noun: usize, limit: usize) -> (Vec<usize>, usize) {
        let mut ends = Vec::new();
        let behind = around.item.tokens.end;
        let mut i = behind.max(noun + 1);
        let mut told = false;
        while i < limit {
            let Some(token) = self.work.token(i) else { break };
            told |= self.clauses.predicates.has(token);
            // "với 38.600 nhân khẩu nên lượng hồ sơ khá lớn".
            let turns_at_noun = i == behind && noun < i && self.turns_at(i);
            let closed = matches!(token.gap, Gap::Para | Gap::Tab) || token.is('|') || token.is(';');
            if closed || !turns_at_noun && self.turns_thought(around.item, i, told) {
                break;
            }
            if turns_at_noun || self.brings_next(around, noun, i) || self.counts_another(around, i) {
                ends.push(i);
                break;
            }
            if token.is('(')
                && let Some(close) = self.brackets.closing(i)
            {
                ends.push(i);
                i = close + 1;
                continue;
            }
            if self.may_stop(i) {
                ends.push(i);
            }
            i += 1;
        }
        (ends, i)
    }

    fn turns_at(&self, i: usize) -> bool {
        self.clauses.turns.at(&self.work.tokens, i).is_some()
    }

    /// "hộ có điện, thành phố Mỹ Tho gần đủ", "vụ nhưng diện tích lại tăng": another place, another thought;
    /// "sở, ngành cấp tỉnh, cấp huyện ứng dụng": a list, as long as nothing is told of it.
    fn turns_thought(&self, item: &Found, i: usize, told: bool) -> bool {
        let place = || self.scope_at(i + 1).is_some() && (told || item.kind != Kind::Percentage);
        self.work.is(i, ',') && (place() || self.clauses.comma_turns.at(&self.work.tokens, i + 1).is_some())
            || i > item.tokens.end && self.turns_at(i)
    }

    /// Whether what stands at a token is of the next figure.
    fn brings_next(&self, around: &Around<'_>, noun: usize, i: usize) -> bool {
        // "31.264 hồ sơ, tỷ lệ giải quyết đúng hạn 98,9%", "128.540 hồ sơ, hồ sơ nộp trực tuyến 40.233": what the next figure measures.
        let other = |at: usize| {
            let word = |i: usize| self.work.token(i).map(|t| t.word);
            let again = word(noun).is_some() && word(noun) == word(at) && around.item.tokens.end > noun;
            self.clauses.rate_heads.at(&self.work.tokens, at).is_some() || again
        };
        // "12 vụ tai nạn làm chết 5 người": what brings the next figure is told of that.
        let opens = || around.place.next.is_some_and(|next| self.opens(i, next));
        self.work.is(i, ',') && other(i + 1) || !self.opens_bracket(i) && opens()
    }

    /// "513 đơn, loại 96 đơn trùng lặp", "9 biên chế với 03 trợ giúp viên": whether a comma, or "với", leads to another count.
    fn counts_another(&self, around: &Around<'_>, i: usize) -> bool {
        let number = |at: usize| self.work.is_number(at) && !self.in_date(at);
        let counted = |at: usize| number(at) && self.words.units.at(&self.work.tokens, at + 1).is_some();
        let with = || self.has(&self.clauses.owns, i) && number(i + 1) && self.work.is_word(i + 2);
        let behind = i + 1..i + 1 + LEADS;
        let led = || {
            let first = behind.clone().find(|&at| !self.work.is_word(at)).unwrap_or(behind.end);
            counted(first) && !self.lists_on(i, around.own.end)
        };
        with() || self.work.is(i, ',') && led()
    }

    /// Whether a bracket opens at a token that also closes.
    fn opens_bracket(&self, i: usize) -> bool {
        self.work.is(i, '(') && self.brackets.closing(i).is_some()
    }

    /// Whether a phrase may end before a token: a mark, a verb, or words that open a clause.
    fn may_stop(&self, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| {
            t.kind == TokenKind::Punct && t.gap != Gap::Glued
                || t.is(',')
                || t.is(':')
                || self.is_of_body(i)
                || self.words.ends.has(t) && self.words.name_whole.at(&self.work.tokens, i).is_none()
                || self.clauses.openers.at(&self.work.tokens, i).is_some()
        })
    }

    /// Takes from the ends what belongs to no name, or to that of the next figure.
    fn trim(&self, around: &Around<'_>, noun: usize, ends: &mut Vec<usize>) {
        let behind = around.item.tokens.end;
        step_back(ends, behind.max(noun), |i| {
            self.work.token(i).is_none_or(|t| {
                t.kind == TokenKind::Punct && !t.is(')') && !t.is('”') || self.words.dangling.has(t)
            })
        });
        let tokens = &self.work.tokens;
        // "được tầm soát ít nhất 4 loại bệnh": the bound is that of the next number.
        let bound = |end: usize| self.words.bound_before.before(tokens, end).map(|(n, _)| end - n);
        add_shorter(ends, behind.max(noun), bound);
        add_shorter(ends, behind.max(noun), |end| {
            let sum = self.clauses.brought_sums.before(tokens, end).map(|(n, ())| end - n);
            sum.filter(|_| self.brings_sum(&(noun..end), around.place))
        });
        // "3 vụ tai nạn lao động làm 4 người chết".
        step_back(ends, behind.max(noun + 1), |i| self.has(&self.clauses.light, i) && !self.splits(i));
        ends.dedup();
        // "tăng 296 tỷ đồng so với đầu năm": what follows says nothing.
        let says = |end: usize| noun < behind || self.substance(&(noun..end)).0 > 0;
        ends.retain(|&end| end > noun && says(end));
    }
}

/// Moves each end back over the tokens before it that belong to no name, not beyond `low`.
fn step_back(ends: &mut [usize], low: usize, idle: impl Fn(usize) -> bool) {
    for end in ends {
        while *end > low && idle(*end - 1) {
            *end -= 1;
        }
    }
}

/// Adds the ends that some of the ends shorten to, if they lie behind `low`.
fn add_shorter(ends: &mut Vec<usize>, low: usize, shorter: impl Fn(usize) -> Option<usize>) {
    for n in 0..ends.len() {
        ends.extend(ends.get(n).and_then(|&end| shorter(end)).filter(|&end| end > low));
    }
}
