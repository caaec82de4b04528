//! The phrase that says what is measured: before the quantity ("tỷ lệ hộ nghèo giảm còn 2,47%"), after it ("100% xã có
//! mạng nội bộ"), or that of the quantity before it ("…, tăng 3%").

use smol_str::{SmolStr, format_smolstr};
use std::ops::Range;

use super::{Linker, Place, tokens_of};
use crate::patterns::indicators::UnitKind;
use crate::patterns::phrases::Phrases;
use crate::recognise::indicator::{Found, Kind, Role};
use crate::text::one_line;
use crate::text::token::{Case, Gap, Kind as TokenKind, Token};

/// Most tokens of a name.
const NAME_TOKENS: usize = 40;
/// A longer clause is no name, if a head stands in it.
const LONG_NAME: usize = 12;
/// Most tokens of a noun phrase after a number.
const AFTER_TOKENS: usize = 14;
/// Most words of a counted noun in a list behind the first.
const LISTED: usize = 8;
/// Most words of a list member's own name ("đất đai 104.930 hồ sơ").
const MEMBER_WORDS: usize = 6;

impl Linker<'_, '_> {
    pub(super) fn name(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let before = self.before(item, place);
        let text = |r: Range<usize>| (!r.is_empty()).then(|| one_line(self.work.words(r)));
        let headed = before.as_ref().is_some_and(|r| self.headed(r));
        let change = matches!(item.role, Role::Change | Role::Gap);
        if let Some(recipients) = self.sum_for(item, place) {
            return Some(recipients);
        }
        match item.kind {
            Kind::Count | Kind::Ratio if item.unit.is_some() && !self.physical(item) => {
                self.count_name(item, place, before, change)
            }
            Kind::Percentage | Kind::Measure => {
                let after = self.after_share(item, place).filter(|_| !change && !headed);
                match after {
                    Some(after) => text(after),
                    None => self.stated(item, place, before),
                }
            }
            _ => self.stated(item, place, before),
        }
    }

    /// The phrase before a quantity; where that is a place only ("xã Tân Lập, 75 ha"), what has the place.
    fn stated(&self, item: &Found, place: &Place<'_>, before: Option<Range<usize>>) -> Option<SmolStr> {
        let Some(before) = before else {
            // "; 100% số xã có điện".
            let share = self.of_number(item, place).filter(|_| item.kind == Kind::Percentage);
            return share.or_else(|| self.otherwise(place));
        };
        if let Some(part) = self.inside(item, place, &before) {
            return Some(part);
        }
        let text = |r: Range<usize>| Some(one_line(self.work.words(r)));
        if !self.is_scope(&before) {
            return text(before);
        }
        let floor = place.sentence.start.max(before.start.saturating_sub(MEMBER_WORDS * 2));
        let bracket = (floor..before.start)
            .rev()
            .find(|&i| self.work.token(i).is_some_and(|t| t.is('(') || t.is(')')))
            .filter(|&i| self.work.token(i).is_some_and(|t| t.is('(')));
        let start = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let owner = bracket.filter(|&b| b > start).and_then(|b| self.phrase(start, b));
        owner.and_then(text).or_else(|| self.otherwise(place)).or_else(|| text(before))
    }

    /// The name of a count: its noun with what describes it, the phrase before it, or both.
    fn count_name(
        &self,
        item: &Found,
        place: &Place<'_>,
        before: Option<Range<usize>>,
        change: bool,
    ) -> Option<SmolStr> {
        let text = |r: &Range<usize>| (!r.is_empty()).then(|| one_line(self.work.words(r.clone())));
        let headed = before.as_ref().is_some_and(|r| self.headed(r));
        let counted = self.counted(item, place);
        let classifier = self.is_one_of(item, &self.words.classifiers);
        let generic = self.is_one_of(item, &self.words.generic);
        if change && !headed && place.previous.is_some_and(|p| p.unit == item.unit || classifier) {
            // "112 vụ, làm chết 4 người; giảm 18 vụ".
            // "bia gấp 1,8 lần, điện gấp 2,1 lần" multiplies each its own.
            let whole = place.alike.filter(|p| p.unit.as_deref() != Some("lần")).or(place.previous);
            return whole.and_then(|p| p.name.clone()).or_else(|| text(&counted));
        }
        // "Tổng số 16 hộ chiếu", "nâng tổng số lên 12 khu công nghiệp".
        let heads_only = before.as_ref().filter(|b| {
            self.words.head_count.at(&self.work.tokens, b.start).is_some_and(|(n, ())| n == b.len())
        });
        if let Some(head) = heads_only {
            let noun = if counted.is_empty() { item.unit.clone() } else { text(&counted) };
            return Some(format_smolstr!("{} {}", text(head)?, noun?));
        }
        if headed && (self.said(item) || classifier) {
            return before.as_ref().and_then(text);
        }
        let bare = counted.end <= item.tokens.end;
        if !bare {
            return text(&counted);
        }
        let noun = if counted.is_empty() { item.unit.clone() } else { text(&counted) };
        match before {
            // "Thanh tra tỉnh: 01 cuộc": who, not what.
            Some(before) if self.is_scope(&before) => noun,
            Some(before) if classifier => text(&before),
            // "số hộ bị ảnh hưởng 3.456 hộ": the head says all.
            Some(before) if headed && self.tells_all(&before, item, generic) => text(&before),
            // "văn bản đi: 456 văn bản"
            Some(before) if before.len() > counted.len() && self.begins_with(&before, &counted) => {
                text(&before)
            }
            // "chết 60 người": người chết; "đất đai 104 hồ sơ": hồ sơ đất đai.
            Some(before)
                if before.len() <= MEMBER_WORDS
                    && (generic || counted.is_empty() || self.member(&before)) =>
            {
                Some(format!("{} {}", noun?, lower_first(&text(&before)?)).into())
            }
            // "12 lớp với 480 người": what was counted before is another thing.
            _ if place.previous.is_some_and(|p| self.another(p, item)) => noun,
            // "dư nợ 48 tỷ đồng với 503 hộ": money and shares name no people.
            _ if generic
                && (!item.inside || self.work.word(item.tokens.start.saturating_sub(1)) == "của")
                && place.previous.is_some_and(|p| !matches!(p.kind, Kind::Count | Kind::Ratio)) =>
            {
                noun
            }
            _ if classifier || generic => self.otherwise(place).or(noun),
            _ => noun,
        }
    }

    /// "Cấp cho 12 xã: 3,4 tỷ đồng": a colon right after a count, and what all of them got.
    fn sum_for(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let previous = place.previous.filter(|p| p.kind == Kind::Count && item.kind == Kind::Money)?;
        let colon = previous.tokens.end;
        if item.tokens.start != colon + 1 || !self.work.token(colon).is_some_and(|t| t.is(':')) {
            return None;
        }
        let mark = |t: &Token| t.kind == TokenKind::Punct || t.kind == TokenKind::Number;
        let low = place.sentence.start.max(colon.saturating_sub(AFTER_TOKENS));
        let start = (low..previous.tokens.start).rev().find(|&i| self.work.token(i).is_some_and(mark));
        let start = start.map_or(low, |i| i + 1);
        (start < previous.tokens.start).then(|| one_line(self.work.words(start..colon)))
    }

    /// "số xã có điện" right behind a share that has no words of its own before it.
    fn of_number(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let at = item.tokens.end;
        let own = item.tokens.start.checked_sub(1).and_then(|i| self.work.token(i));
        let opens = own.is_none_or(|t| t.is(';') || t.is('-') || t.is('+') || t.is('.'))
            || item.tokens.start.checked_sub(1).is_some_and(|i| self.work.word(i) == "và")
            || item.tokens.start == place.sentence.start;
        let number = self.work.word(at) == "số" && self.work.token(at).is_some_and(follows);
        let end = self.phrase_end(at + 1, place.limit);
        (opens && number && end > at + 1).then(|| one_line(self.work.words(at..end)))
    }

    /// Whether two counts count different things.
    fn another(&self, previous: &Found, item: &Found) -> bool {
        let counts = |f: &Found| matches!(f.kind, Kind::Count | Kind::Ratio) && f.unit.is_some();
        counts(previous) && counts(item) && previous.unit != item.unit && !previous.inside
    }

    /// The name of the quantity before in the sentence, of the list, or of the section.
    fn otherwise(&self, place: &Place<'_>) -> Option<SmolStr> {
        let alike = place.alike.filter(|p| p.kind != Kind::Count);
        let inherited = alike.or(place.previous).and_then(|p| p.name.clone());
        inherited.or_else(|| self.lead_name(place)).or_else(|| self.heading_name(place))
    }

    /// "30 m2 (thành thị 34 m2; nông thôn 28 m2)": parts in parentheses have the name of the whole too.
    fn inside(&self, item: &Found, place: &Place<'_>, before: &Range<usize>) -> Option<SmolStr> {
        let whole = place.previous?;
        let short = before.len() <= MEMBER_WORDS && !self.headed(before);
        (item.inside && short && whole.unit == item.unit).then(|| {
            let name = whole.name.as_deref().unwrap_or_default();
            let name = if whole.inside { name.split(", ").next().unwrap_or(name) } else { name };
            format!("{name}, {}", one_line(self.work.words(before.clone()))).into()
        })
    }

    /// Whether a quantity stands in parentheses that opened after the one before it.
    pub(super) fn parenthesised(&self, item: &Found, place: &Place<'_>) -> bool {
        let Some(previous) = place.previous else { return false };
        let mut between = previous.tokens.end..item.tokens.start;
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        match between.clone().rev().find(|&i| is(i, '(') || is(i, ')')) {
            // "… 75 ha); Cụm B (63 ha": those opened for another thing.
            Some(at) => is(at, '(') && !(previous.tokens.end..at).any(|i| is(i, ')') || is(i, ';')),
            None => previous.inside && between.next().is_some(),
        }
    }

    /// A ratio of money or of a physical unit.
    fn physical(&self, item: &Found) -> bool {
        let noun = self.noun_start(item);
        let unit = self.words.units.at(&self.work.tokens, noun).and_then(|(_, &n)| self.words.unit(n));
        matches!(unit.map(|u| u.kind), Some(UnitKind::Money | UnitKind::Measure | UnitKind::Length))
    }

    /// The phrase before the quantity, back to the last quantity or the sentence's beginning.
    fn before(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let end = item.tokens.start;
        let mut start = place.sentence.start.max(end.saturating_sub(NAME_TOKENS));
        if let Some(previous) = place.previous.filter(|p| p.tokens.end > start) {
            start = self.own_clause(previous.tokens.end, end);
        }
        self.phrase(start, end)
    }

    /// The phrase in a stretch of tokens that names what is measured after it.
    fn phrase(&self, mut start: usize, mut end: usize) -> Option<Range<usize>> {
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
            match stripped.or_else(bound) {
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
                    || matches!(self.work.word(i), "năm" | "tháng" | "quý" | "hàng" | "hằng" | "mỗi" | "cả")
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
            let told = |i: usize| self.in_date(i) || matches!(self.work.word(i), "đã" | "được");
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
            from += if from > start && self.is_mark(from) { 2 } else { 0 };
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
    fn date_at(&self, token: usize) -> Option<usize> {
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start < token);
        dates.get(next).filter(|d| d.tokens.start == token).map(|d| d.tokens.end)
    }

    /// Whether a stretch ends in a compound that the tail must leave whole.
    fn keeps(&self, start: usize, end: usize) -> bool {
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
    fn past_mark(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at + 1 < end {
            // "(1) Cụm công nghiệp".
            at += usize::from(self.work.token(at).is_some_and(|t| t.is('(')) && self.is_mark(at + 1));
            let (Some(mark), Some(dot)) = (self.work.token(at), self.work.token(at + 1)) else { break };
            let short = mark.kind == TokenKind::Number || mark.kind == TokenKind::Word && mark.bytes() <= 2;
            if !(short && dot.gap == Gap::Glued && (dot.is('.') || dot.is(')'))) {
                break;
            }
            at += 2;
        }
        at
    }

    /// A number or letter with its closing bracket: "1)", "a)".
    fn is_mark(&self, at: usize) -> bool {
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
                    || matches!(self.work.word(i), "và" | "với")
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

    /// Whether a phrase begins with a word that heads a quantity's name.
    fn headed(&self, range: &Range<usize>) -> bool {
        self.words.name_heads.at(&self.work.tokens, range.start).is_some()
    }

    /// Whether a phrase begins with the words of another.
    fn begins_with(&self, range: &Range<usize>, other: &Range<usize>) -> bool {
        let word = |i: usize| self.work.token(i).map_or(0, |t| t.word);
        !other.is_empty() && other.clone().zip(range.clone()).all(|(a, b)| word(a) == word(b) && word(a) != 0)
    }

    /// Whether a phrase says more than its head, and that of what is counted: "số hộ bị ảnh hưởng" of "3.456 hộ".
    fn tells_all(&self, range: &Range<usize>, item: &Found, generic: bool) -> bool {
        let head = self.words.name_heads.at(&self.work.tokens, range.start).map_or(0, |(n, ())| n);
        let noun = self.work.token(self.noun_start(item)).map_or(0, |t| t.word);
        let same = |i: usize| self.work.token(i).is_some_and(|t| t.word == noun && noun != 0);
        range.len() > head
            && (generic || range.clone().any(same))
            && !range.clone().any(|i| self.work.token(i).is_some_and(|t| t.is(':')))
    }

    /// Whether the noun of a count is one of these and nothing more.
    fn is_one_of(&self, item: &Found, nouns: &Phrases<()>) -> bool {
        let noun = self.noun_start(item);
        let ends =
            |n: usize| noun + n >= item.tokens.end || self.work.token(noun + n).is_some_and(|t| t.is('/'));
        nouns.at(&self.work.tokens, noun).is_some_and(|(n, ())| ends(n))
    }

    /// A short phrase between marks: the member of a list, its verb left out.
    fn member(&self, range: &Range<usize>) -> bool {
        let first = self.work.token(range.start);
        let marked = range
            .start
            .checked_sub(1)
            .and_then(|i| self.work.token(i))
            .is_some_and(|t| t.kind == TokenKind::Punct);
        let verb = |i: usize| self.work.token(i).is_some_and(|t| self.words.name_verbs.has(t));
        marked
            && range.len() >= 2
            && !first.is_some_and(|t| self.words.stop.has(t))
            && !range.clone().any(verb)
    }

    /// Whether "là", "đạt" or a colon joins the number to the phrase before it.
    fn said(&self, item: &Found) -> bool {
        let mut at = item.tokens.start;
        while let Some((n, _)) = self.words.bound_before.before(&self.work.tokens, at) {
            at -= n;
        }
        let Some(before) = at.checked_sub(1) else { return false };
        self.work.token(before).is_some_and(|t| t.is(':'))
            || matches!(self.work.word(before), "là" | "đạt" | "còn" | "lên" | "gồm")
    }

    /// Where the noun of a count begins, after number, scale and slashes.
    fn noun_start(&self, item: &Found) -> usize {
        let mut start = item.tokens.start;
        while start < item.tokens.end
            && self.work.token(start).is_some_and(|t| {
                t.kind != TokenKind::Word
                    || self.words.numeral(t.word).is_some()
                    || self.words.scales.at(&self.work.tokens, start).is_some()
            })
        {
            start += 1;
        }
        start
    }

    /// The counted noun with what describes it: "hộ nghèo được vay vốn".
    fn counted(&self, item: &Found, place: &Place<'_>) -> Range<usize> {
        let noun = self.noun_start(item);
        if noun >= item.tokens.end {
            return noun..noun;
        }
        if let Some(slash) = (noun..item.tokens.end).find(|&i| self.work.token(i).is_some_and(|t| t.is('/')))
        {
            return noun..slash;
        }
        let end = self.phrase_end(item.tokens.end, place.limit.max(item.tokens.end));
        // "9.850 con, đàn bò": a word that only counts begins no list of nouns.
        let alone = self.is_one_of(item, &self.words.classifiers);
        let comma = |&i: &usize| alone && self.work.token(i).is_some_and(|t| t.is(','));
        noun..(item.tokens.end..end).find(comma).unwrap_or(end)
    }

    /// What a share or an amount is of, where it stands after it: "95% hồ sơ", but not "95% so với …".
    fn after_share(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let mut start = item.tokens.end;
        let first = self.work.token(start).filter(|t| follows(t))?;
        if first.kind != TokenKind::Word || self.words.share_of.at(&self.work.tokens, start).is_some() {
            return None;
        }
        // "hỗ trợ 70% chi phí …": a word that heads names may also be a verb.
        let heads = self.words.name_heads.at(&self.work.tokens, start).is_some_and(|(n, ())| n > 1);
        if matches!(self.work.word(start), "các" | "những" | "số") {
            start += 1;
        } else if !heads
            && (self.words.stop.has(first) || self.words.ends.has(first))
            && self.words.units.at(&self.work.tokens, start).is_none()
        {
            return None;
        }
        let end = self.phrase_end(start, place.limit);
        (end > start).then_some(start..end)
    }

    /// Where a noun phrase that goes on at `start` ends.
    fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let mut end = start;
        while end < limit && end - start < AFTER_TOKENS {
            let Some(token) = self.work.token(end) else { break };
            // "xã, phường, thị trấn": the list goes on with another counted noun.
            let comma = token.is(',') && self.lists_on(end, limit);
            // "ca mắc COVID-19".
            let tied = token.is('-')
                && token.gap == Gap::Glued
                && self
                    .work
                    .token(end + 1)
                    .is_some_and(|t| t.gap == Gap::Glued && t.kind == TokenKind::Number);
            if tied {
                end += 2;
                continue;
            }
            if !follows(token) || (token.kind != TokenKind::Word && !comma) {
                break;
            }
            if let Some((n, ())) = self.words.name_whole.at(&self.work.tokens, end) {
                end = (end + n).min(limit);
                continue;
            }
            // "22,4% dân số": of a compound it is no new word.
            if end > start && self.work.word(end) == "số" {
                end += 1;
                continue;
            }
            if token.kind == TokenKind::Word
                && (self.words.ends.has(token) || self.words.share_of.at(&self.work.tokens, end).is_some())
                && (end > start || self.words.stop.has(token))
                && self
                    .words
                    .compounds
                    .at(&self.work.tokens, end.saturating_sub(1))
                    .is_none_or(|(n, ())| n < 2)
            {
                break;
            }
            end += 1;
        }
        // "trâu 9.850 con, đàn bò 6.120 con": what follows the comma is counted by the next number.
        let comma = || (start..end).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(',')));
        if end >= limit
            && self.work.token(limit).is_some_and(|t| t.kind == TokenKind::Number)
            && let Some(comma) = comma()
        {
            end = comma;
        }
        let idle = |t: &Token| t.kind != TokenKind::Word || self.words.dangling.has(t);
        while end > start && self.work.token(end - 1).is_some_and(idle) {
            end -= 1;
        }
        end
    }

    /// Whether a list of counted nouns goes on behind a comma: "xã, phường", but not "15 con, đàn bò 11 con" nor "hồ sơ,
    /// giải quyết đúng hạn".
    fn lists_on(&self, comma: usize, limit: usize) -> bool {
        let at = comma + 1;
        let noun = self.work.token(at).filter(|t| t.case == Case::Lower && follows(t));
        let Some((n, _)) = noun.and_then(|_| self.words.units.at(&self.work.tokens, at)) else {
            return false;
        };
        let next = at + n;
        // "nhà tạm, nhà dột nát (…": up to a mark; "xã, phường có điện": the noun alone.
        let area = self.words.scope_kinds.at(&self.work.tokens, at).is_some()
            || matches!(self.work.word(at), "ngành" | "ban" | "đơn" | "cơ" | "địa" | "đoàn" | "hợp" | "tổ");
        let alone =
            area && self.work.token(next).is_some_and(|t| self.words.ends.has(t) || self.words.stop.has(t));
        let end = (next..next + LISTED).find(|&i| {
            self.work
                .token(i)
                .is_none_or(|t| t.kind != TokenKind::Word || !follows(t) || self.words.ends.has(t))
        });
        let marked =
            end.is_some_and(|e| e < limit && !self.work.token(e).is_some_and(|t| self.words.ends.has(t)));
        next < limit && (alone || marked)
    }

    /// What the heading of the section is about: "6. Chỉ số cải cách hành chính".
    fn heading_name(&self, place: &Place<'_>) -> Option<SmolStr> {
        let byte = self.work.bytes(place.sentence.clone()).start;
        let heading = self.headings_at(byte).next()?;
        let tokens = tokens_of(heading);
        let head = tokens.clone().find(|&i| self.work.token(i).is_some_and(content))?;
        self.words.name_heads.at(&self.work.tokens, head)?;
        (tokens.len() <= AFTER_TOKENS).then(|| one_line(self.work.words(head..tokens.end)))
    }

    /// What the line with the colon above a list item is about.
    fn lead_name(&self, place: &Place<'_>) -> Option<SmolStr> {
        let lead = self.lead_in(place)?;
        let head = lead.clone().find(|&i| self.words.name_heads.at(&self.work.tokens, i).is_some())?;
        let end = lead.end.saturating_sub(1);
        (head < end).then(|| one_line(self.work.words(head..end)))
    }
}

fn follows(token: &Token) -> bool {
    matches!(token.gap, Gap::Glued | Gap::Space | Gap::Line)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        // An abbreviation keeps its capitals.
        Some(first) if !chars.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_string(),
    }
}

fn content(token: &Token) -> bool {
    token.kind == TokenKind::Word && token.bytes() > 1
}
