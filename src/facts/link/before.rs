//! The phrase before a quantity, back to the last quantity or the beginning of its sentence, without what only joins them:
//! "Tỷ lệ hộ nghèo" of "- Tỷ lệ hộ nghèo cuối năm 2020 giảm còn 2,47%".

use std::ops::Range;

use super::{Linker, Place};
use crate::claim::indicator::Found;
use crate::words::token::{Gap, Kind as TokenKind, Token};

/// Most tokens of a name.
const NAME_TOKENS: usize = 40;
/// A longer clause is no name, if a head stands in it.
const LONG_NAME: usize = 12;

impl Linker<'_, '_> {
    /// The phrase before the quantity, back to the last quantity or the sentence's beginning.
    pub(super) fn before(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let end = item.tokens.start;
        let mut start = place.sentence.start.max(end.saturating_sub(NAME_TOKENS));
        if let Some(previous) = place.previous.filter(|p| p.tokens.end > start) {
            start = self.own_clause(previous.tokens.end, end);
        }
        self.phrase(start, end)
    }

    /// The phrase in a stretch of tokens that names what is measured after it.
    pub(super) fn phrase(&self, mut start: usize, mut end: usize) -> Option<Range<usize>> {
        let semicolon = (start..end).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(';')));
        start = semicolon.map_or(start, |i| i + 1);
        // Strip what joins name and number from the right.
        loop {
            let tokens = &self.work.tokens;
            if self.keeps(start, end) {
                break;
            }
            let stripped = self.words.name_tail.before(tokens, end).map(|(n, ())| n);
            let bound = || self.words.bound_before.before(tokens, end).map(|(n, _)| n);
            let idle = || self.clauses.idle.before(tokens, end).map(|(n, ())| n).filter(|n| start + n < end);
            match stripped.or_else(bound).or_else(idle) {
                // "vốn cấp mới đạt": the first word of the tail may belong to the name.
                Some(n) if n > 1 && self.keeps(start, end - (n - 1)) => {
                    end -= n - 1;
                    break;
                }
                // Of a tail that begins before the phrase all is tail.
                Some(n) => end = end.saturating_sub(n).max(start),
                None => break,
            }
            if end == start {
                break;
            }
        }
        end = self.without_parenthesis(start, end);
        end = self.without_year(start, end);
        start = self.past_mark(start, end);
        let head = (start..end).rev().find(|&i| {
            let Some((n, ())) = self.words.name_heads.at(&self.work.tokens, i) else { return false };
            // "tốc độ tăng bình quân": alone at the end it only says how the figure was reckoned.
            // So does "tăng bình quân 4 năm".
            let span = |i: usize| {
                self.in_date(i)
                    || self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number)
                    || self.work.patterns.particles.span_words.has(self.work.word(i))
            };
            let weak = self.words.weak_heads.at(&self.work.tokens, i).is_some() && (i + n..end).all(span);
            (i == start || self.opens_clause(i)) && !weak
        });
        if let Some(mut head) = head {
            // "tốc độ tăng giá trị sản xuất": a head before the head belongs to the name.
            while let Some((n, ())) = self.words.double_heads.before(&self.work.tokens, head)
                && head - n >= start
            {
                head -= n;
            }
            // "Tiến độ gieo cấy: Tính đến ngày … đã gieo cấy": behind the colon a sentence begins.
            let colon = (head..end).find(|&i| self.work.token(i).is_some_and(|t| t.is(':')));
            let told = |i: usize| self.in_date(i) || self.work.patterns.particles.told.has(self.work.word(i));
            return Some(head..colon.filter(|&c| (c..end).any(told)).unwrap_or(end));
        }
        // No head word: the last part between commas that says something.
        let mut part_end = end;
        loop {
            let comma = (start..part_end).rev().find(|&i| {
                let mark = |t: &Token| t.is(',') && !self.joins(i) || t.is(';') || t.is(':') || t.is('(');
                self.work.token(i).is_some_and(mark)
            });
            let mut from = comma.map_or(start, |i| i + 1);
            while from < part_end {
                // "Dự kiến năm 2005 nhu cầu phân bón": the date says when.
                if let Some(date) = self.date_at(from) {
                    from = date;
                    continue;
                }
                let lead = self.words.name_lead.at(&self.work.tokens, from);
                match lead.filter(|_| self.words.lead_keep.at(&self.work.tokens, from).is_none()) {
                    Some((n, ())) => from += n,
                    None => break,
                }
            }
            // "; (4) bán kính …".
            from += if from > start && self.is_list_mark(from) { 2 } else { 0 };
            if self.says_something(from..end) {
                // In a long clause the last head says what is measured: "… áp dụng điều kiện tỷ lệ lấp đầy 60%".
                let long = end - from > LONG_NAME;
                let inner = || (from + 1..end).rev().find(|&i| self.inner_head(i, end));
                return Some(if long { inner().unwrap_or(from) } else { from }..end);
            }
            match comma {
                Some(comma) if comma > start => part_end = comma,
                _ => return None,
            }
        }
    }

    /// The end of a date that begins at a token.
    pub(super) fn date_at(&self, token: usize) -> Option<usize> {
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start < token);
        dates.get(next).filter(|d| d.tokens.start == token).map(|d| d.tokens.end)
    }

    /// Whether a stretch ends in a compound that the tail must leave whole.
    pub(super) fn keeps(&self, start: usize, end: usize) -> bool {
        self.words.name_keep.before(&self.work.tokens, end).is_some_and(|(n, ())| end >= start + n)
    }

    /// "Phân kỳ: năm 2022": a date behind a colon says when, not what.
    fn without_year(&self, start: usize, end: usize) -> usize {
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start < end);
        let date = next.checked_sub(1).and_then(|n| dates.get(n)).filter(|d| d.tokens.end == end);
        let colon = date.and_then(|d| d.tokens.start.checked_sub(1)).filter(|&c| c > start);
        colon.filter(|&c| self.work.token(c).is_some_and(|t| t.is(':'))).unwrap_or(end)
    }

    /// Past the mark of a list item: "2. Được hỗ trợ", "a) Đối với".
    pub(super) fn past_mark(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at + 1 < end {
            // "(1) Cụm công nghiệp".
            at += usize::from(self.work.token(at).is_some_and(|t| t.is('(')) && self.is_list_mark(at + 1));
            let (Some(mark), Some(dot)) = (self.work.token(at), self.work.token(at + 1)) else { break };
            let short = mark.kind == TokenKind::Number || mark.kind == TokenKind::Word && mark.bytes() <= 2;
            // "3/ Lương thực".
            let slash = || {
                dot.is('/')
                    && matches!(mark.gap, Gap::Line | Gap::Para)
                    && self.work.token(at + 2).is_some_and(|t| t.gap == Gap::Space)
            };
            if !(short && dot.gap == Gap::Glued && (dot.is('.') || dot.is(')') || slash())) {
                break;
            }
            at += 2;
        }
        at
    }

    /// A number or letter with its closing bracket: "1)", "a)".
    fn is_list_mark(&self, at: usize) -> bool {
        self.work.token(at).is_some_and(|t| t.kind == TokenKind::Number || t.bytes() <= 2)
            && self.work.token(at + 1).is_some_and(|t| t.is(')'))
    }

    /// Where the words of this quantity begin after the previous one: past what still belongs to that.
    fn own_clause(&self, previous_end: usize, end: usize) -> usize {
        let mark = |i: usize| {
            self.work.token(i).is_some_and(|t| {
                let dash = (t.is('-') || t.is('–'))
                    && t.gap == Gap::Space
                    && self.work.token(i + 1).is_some_and(|t| t.gap == Gap::Space);
                t.is(',')
                    || t.is(';')
                    || t.is('(')
                    || t.is(':')
                    || dash
                    || self.work.patterns.particles.and_with.has(self.work.word(i))
            })
        };
        let mut from = previous_end;
        let mut found = (from..end).find(|&i| mark(i));
        // "(giá so sánh 2010), tăng": a bracket that closes again says how the quantity before was reckoned.
        while let Some(open) = found.filter(|&i| self.work.token(i).is_some_and(|t| t.is('(')))
            && let Some(close) = (open..end).find(|&i| self.work.token(i).is_some_and(|t| t.is(')')))
        {
            from = close + 1;
            found = (from..end).find(|&i| mark(i));
        }
        match found {
            Some(mark) => mark + 1,
            // "508 tỷ đồng đạt 105%": nothing of its own.
            None => {
                let head = (from..end).find(|&i| self.words.name_heads.at(&self.work.tokens, i).is_some());
                head.unwrap_or(end)
            }
        }
    }

    /// A word that is no date, no comparison and no filler.
    fn says_something(&self, range: Range<usize>) -> bool {
        let tokens = &self.work.tokens;
        let compares = self.words.no_name.at(tokens, range.start).is_some();
        if compares || self.words.share_of.at(tokens, range.start).is_some() {
            return false;
        }
        range.into_iter().any(|i| {
            self.work
                .token(i)
                .is_some_and(|t| content(t) && !self.words.stop.has(t) && !self.words.areas.has(t))
                && !self.in_date(i)
        })
    }

    /// A parenthesis at the end of a name explains it: "tỷ lệ văn bản điện tử (không dùng văn bản giấy)".
    fn without_parenthesis(&self, start: usize, end: usize) -> usize {
        if end <= start || !self.work.token(end - 1).is_some_and(|t| t.is(')')) {
            return end;
        }
        (start..end).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is('('))).unwrap_or(end)
    }

    /// Whether a comma stands inside a compound: "xuất, nhập khẩu".
    fn joins(&self, comma: usize) -> bool {
        comma.checked_sub(1).is_some_and(|i| self.words.joined.at(&self.work.tokens, i).is_some())
    }

    /// Whether a head of two words begins here, whatever stands before it: "tỷ lệ", "tổng số", "diện tích".
    fn inner_head(&self, i: usize, end: usize) -> bool {
        let head = self.words.name_heads.at(&self.work.tokens, i);
        let weak = self.words.weak_heads.at(&self.work.tokens, i).is_some();
        head.is_some_and(|(n, ())| n > 1 && i + n <= end) && !weak
    }

    /// A head word here begins a name: after a mark, or after a word that leads a clause in.
    fn opens_clause(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).and_then(|p| self.work.token(p)) else { return true };
        // "(GRDP)" only repeats the name.
        before.kind == TokenKind::Punct && !before.is('(') && !(before.is(',') && self.joins(i - 1))
            || self.work.token(i).is_some_and(|t| t.gap == Gap::Para)
            || self.words.openers.has(before)
            || self.in_date(i - 1)
    }
}

pub(super) fn content(token: &Token) -> bool {
    token.kind == TokenKind::Word && token.bytes() > 1
}
