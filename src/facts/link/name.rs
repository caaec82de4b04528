//! The phrase that says what is measured: before the quantity ("tỷ lệ hộ nghèo giảm còn 2,47%"), after it ("100% xã có
//! mạng nội bộ"), or that of the quantity before it ("…, tăng 3%").

use smol_str::{SmolStr, format_smolstr};
use std::ops::Range;

use super::before::content;
use super::behind::{AFTER_TOKENS, follows};
use super::{Linker, Place, tokens_of};
use crate::claim::indicator::{Found, Kind, Role};
use crate::patterns::indicators::UnitKind;
use crate::patterns::phrases::Phrases;
use crate::words::token::{Gap, Kind as TokenKind, Token};
use crate::words::{lower_first, one_line};

/// How many lines with a colon above one another may name what their list measures.
const LEADS: usize = 3;
/// Most words before "chuyển sang": "kỳ trước".
const CARRIED: usize = 5;
/// Fewest words behind a share that say what it is of.
const TOLD: usize = 3;
/// Most words of a list member's own name ("đất đai 104.930 hồ sơ").
pub(super) const MEMBER_WORDS: usize = 6;

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

    /// The name of the share before, where nothing but a part of the place and a bare "tỷ lệ" stands before a number:
    /// "tỷ lệ hộ nghèo vùng đồng bằng 4%; vùng miền núi còn tỷ lệ 31%".
    pub(super) fn rate_of_part(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let whole = place.spoken.filter(|p| p.unit == item.unit && item.kind == Kind::Percentage)?;
        let head = |i: usize| self.words.name_heads.at(&self.work.tokens, i).is_some_and(|(n, ())| n > 1);
        let start = self.own_start(item.tokens.start, place);
        let part = self.clauses.labels.at(&self.work.tokens, start).is_some();
        let bare = item.tokens.start.checked_sub(2).filter(|&i| i > start && head(i))?;
        whole.name.clone().filter(|_| part && bare - start <= MEMBER_WORDS)
    }

    /// "hỗ trợ 70% giá trị hợp đồng nhưng không quá 20 triệu đồng": the most of what the share before is of.
    pub(super) fn ceiling(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let share = place.previous.filter(|p| p.kind == Kind::Percentage && item.kind == Kind::Money)?;
        let most = self.clauses.ceilings.before(&self.work.tokens, item.tokens.start).is_some();
        share.name.clone().filter(|_| most)
    }

    /// "Thành phố hỗ trợ 50% học phí", "nắm giữ 100% vốn điều lệ": behind such a verb the share is of what follows it.
    pub(super) fn has_object(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let mut at = item.tokens.start;
        let verb = |at: usize| self.clauses.takes_share.before(tokens, at).is_some();
        while !verb(at) {
            let Some((n, _)) = self.words.bound_before.before(tokens, at) else { return false };
            at = at.saturating_sub(n);
        }
        let object = self.after_share(item, place).is_some()
            || self.words.name_heads.at(tokens, item.tokens.end).is_some();
        item.kind == Kind::Percentage && item.cell.is_none() && object
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
            let whole = place.alike.or(place.broader).filter(|p| !self.multiplies(p)).or(place.previous);
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
                // "chết 60 người": người chết, but "làm chết 60 người".
                let verb = self.work.token(before.start).is_some_and(|t| self.words.name_verbs.has(t));
                let (noun, phrase) = (noun?, text(&before)?);
                Some(if verb {
                    format_smolstr!("{phrase} {noun}")
                } else {
                    format_smolstr!("{noun} {}", lower_first(&phrase))
                })
            }
            // "12 lớp với 480 người": what was counted before is another thing.
            _ if place.previous.is_some_and(|p| self.another(p, item)) => noun,
            // "dư nợ 48 tỷ đồng với 503 hộ": money and shares name no people.
            _ if generic
                && (!item.inside
                    || self
                        .work
                        .patterns
                        .particles
                        .of
                        .has(self.work.word(item.tokens.start.saturating_sub(1))))
                && place.previous.is_some_and(|p| !matches!(p.kind, Kind::Count | Kind::Ratio)) =>
            {
                noun
            }
            _ if classifier || generic => self.otherwise(place).or(noun),
            _ => noun,
        }
    }

    /// "gấp 1,8 lần": how many times as much.
    pub(super) fn multiplies(&self, item: &Found) -> bool {
        item.unit.as_deref().is_some_and(|u| self.work.patterns.particles.times.has(u))
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
    pub(super) fn of_number(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let at = item.tokens.end;
        // "; giảm ít nhất 10% số vụ vi phạm".
        let mut begin = self.without_bound(item.tokens.start);
        let change = self.words.role_before.before(&self.work.tokens, begin);
        begin -= change.filter(|(_, w)| w.role == Role::Change).map_or(0, |(n, _)| n);
        let own = begin.checked_sub(1).and_then(|i| self.work.token(i));
        let opens = own.is_none_or(|t| t.is(';') || t.is('-') || t.is('+') || t.is('.'))
            || begin.checked_sub(1).is_some_and(|i| self.work.patterns.particles.and.has(self.work.word(i)))
            || begin == place.sentence.start;
        let number = self.work.patterns.particles.number.has(self.work.word(at))
            && self.work.token(at).is_some_and(follows);
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
        let inherited = alike.or(place.told).and_then(|p| p.name.clone());
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
    pub(super) fn physical(&self, item: &Found) -> bool {
        let noun = self.noun_start(item);
        let unit = self.words.units.at(&self.work.tokens, noun).and_then(|(_, &n)| self.words.unit(n));
        matches!(unit.map(|u| u.kind), Some(UnitKind::Money | UnitKind::Measure | UnitKind::Length))
    }

    /// Whether a phrase begins with a word that heads a quantity's name.
    pub(super) fn headed(&self, range: &Range<usize>) -> bool {
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
    pub(super) fn is_one_of(&self, item: &Found, nouns: &Phrases<()>) -> bool {
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
        let at = self.without_bound(item.tokens.start);
        let Some(before) = at.checked_sub(1) else { return false };
        self.work.token(before).is_some_and(|t| t.is(':'))
            || self.work.patterns.particles.said.has(self.work.word(before))
    }

    /// What the heading of the section is about: "6. Chỉ số cải cách hành chính".
    pub(super) fn heading_name(&self, place: &Place<'_>) -> Option<SmolStr> {
        let byte = self.work.bytes(place.sentence.clone()).start;
        let heading = self.headings_at(byte).next()?;
        let tokens = tokens_of(heading);
        let head = tokens.clone().find(|&i| self.work.token(i).is_some_and(content))?;
        self.words.name_heads.at(&self.work.tokens, head)?;
        (tokens.len() <= AFTER_TOKENS).then(|| one_line(self.work.words(head..tokens.end)))
    }

    /// "Số lao động ít nhất là: - Các huyện: 30 người": behind the label of an area a bare count is of what leads its list in.
    pub(super) fn member_of_lead(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let tokens = &self.work.tokens;
        let mark = |i: usize| self.work.token(i).is_none_or(|t| t.kind == TokenKind::Punct || !follows(t));
        let end = self.without_bound(item.tokens.start);
        let colon = end.checked_sub(1).filter(|&i| self.work.token(i).is_some_and(|t| t.is(':')))?;
        let label = place.sentence.start..colon;
        let headed = label.clone().any(|i| self.words.name_heads.at(tokens, i).is_some_and(|(n, ())| n > 1));
        let bare = item.kind == Kind::Count && place.previous.is_none() && mark(item.tokens.end);
        if !(bare && self.begins_with_area(&label) && !headed) {
            return None;
        }
        self.lead_name(place)
    }

    /// Whether a line begins with an area, behind its mark and an article: "b) Các huyện, thị xã".
    fn begins_with_area(&self, line: &Range<usize>) -> bool {
        let start = self.past_mark(line.start, line.end);
        let first = (start..line.end).find(|&i| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word)
                && !self.work.patterns.particles.articles.has_in_any_case(self.work.word(i))
        });
        first.is_some_and(|i| {
            self.words.scope_kinds.at(&self.work.tokens, i).is_some() || self.scope_at(i).is_some()
        })
    }

    /// "Tính minh bạch (6,32 điểm, xếp thứ 15)": place and score of one thing in one bracket.
    pub(super) fn rank_beside(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bracket = self.brackets.around(item.tokens.start)?;
        let previous =
            place.previous.filter(|p| bracket.contains(&p.tokens.start) && p.kind == Kind::Score)?;
        previous.name.clone().filter(|_| item.kind == Kind::Rank)
    }

    /// "Đường kính lỗ khoan lớn: Phương án chọn 76 mm; thiết kế lựa chọn 105 mm": the label is what is measured where only papers
    /// stand before the number.
    pub(super) fn label_of_papers(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let tokens = &self.work.tokens;
        let own = self.own_start(item.tokens.start, place);
        let start = (own..item.tokens.start)
            .rev()
            .find(|&i| self.work.token(i).is_some_and(|t| t.is(':') || t.is('(')));
        let start = start.map_or(own, |i| i + 1);
        let paper = self.clauses.papers.at(tokens, start).is_some() && item.cell.is_none();
        let measured = !matches!(item.kind, Kind::Percentage | Kind::Rank);
        if !(paper && measured) {
            return None;
        }
        let colon = (place.sentence.start..item.tokens.start)
            .find(|&i| self.work.token(i).is_some_and(|t| t.is(':')))?;
        let first = self.past_mark(place.sentence.start, colon);
        let first =
            (first..colon).find(|&i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word))?;
        let headed = self.words.name_heads.at(tokens, first).is_some()
            || self.clauses.measures.at(tokens, first).is_some();
        if headed { self.label(place, item) } else { None }
    }

    /// "tăng 15% về số doanh nghiệp và 22% về vốn": what a change is of stands behind it.
    /// Where a figure before it has told more of the same, "268 doanh nghiệp thành lập mới", that is meant.
    pub(super) fn about(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let tokens = &self.work.tokens;
        let (n, ()) = self.clauses.index_behind.at(tokens, item.tokens.end)?;
        let start = item.tokens.end + n;
        let number = usize::from(self.work.patterns.particles.number.has(self.work.word(start)));
        let end = self.phrase_end(start + number, start + AFTER_TOKENS);
        let told = item.kind == Kind::Percentage && item.role == Role::Change && item.cell.is_none();
        if !told || end <= start + number {
            return None;
        }
        let own = one_line(self.work.words(start + number..end)).to_lowercase();
        self.longer_told(&own, place).or_else(|| Some(one_line(self.work.words(start..end))))
    }

    /// The name of a figure before that begins with a noun, in small letters, and says more: "doanh nghiệp thành lập mới".
    fn longer_told(&self, noun: &str, place: &Place<'_>) -> Option<SmolStr> {
        let longer = |name: &str| {
            let bare = name.to_lowercase();
            let number = bare.split(' ').next().is_some_and(|w| self.work.patterns.particles.number.has(w));
            let bare = if number { bare.split_once(' ').map_or("", |(_, rest)| rest) } else { bare.as_str() };
            bare.strip_prefix(noun).is_some_and(|rest| rest.starts_with(' '))
        };
        let before = [place.previous, place.before_previous].into_iter().flatten();
        let mut told = before.filter(|p| p.cell.is_none()).filter_map(|p| p.name.as_ref());
        told.find(|name| longer(name)).cloned()
    }

    /// "giảm 5 người chết và 9 người bị thương": a change whose noun no figure of its sentence has yet says itself what changed.
    pub(super) fn own_change(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = item.unit.as_deref().filter(|u| u.contains(' '))?;
        let own = item.kind == Kind::Count && item.role == Role::Change && item.cell.is_none();
        let known = place.alike.is_some()
            || place.broader.is_some()
            || place.previous.is_some_and(|p| p.unit == item.unit);
        let bare = || self.is_hollow(&(self.own_start(item.tokens.start, place)..item.tokens.start), false);
        // "Số khách hàng dùng thẻ chiếm 61%, tăng thêm 14.200 khách hàng": more of the same.
        let told = || self.longer_told(unit, place).unwrap_or_else(|| SmolStr::new(unit));
        (own && !known && bare()).then(told)
    }

    /// "thị xã Bắc Kạn 95% số hộ được dùng nước máy", "xã A có 340 căn nhà phải tháo dỡ": what a figure of a place is, where words
    /// of its own say so behind it.
    pub(super) fn told_behind(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        if item.kind != Kind::Percentage {
            return self.counted_more(item, place, None);
        }
        let tokens = &self.work.tokens;
        let number = self.clauses.before_nouns.at(tokens, item.tokens.end).map_or(0, |(n, ())| n);
        let start = item.tokens.end + number;
        let word = |t: &Token| {
            t.kind == TokenKind::Word && t.gap == Gap::Space && !t.capital() && !self.clauses.joins.has(t)
        };
        let noun = self.work.token(start).is_some_and(word)
            && !self.work.patterns.particles.of.has(self.work.word(start))
            && (number > 0 || self.words.share_of.at(tokens, start).is_none());
        let end = self.ends_behind(&self.around(item, place), start).into_iter().max().filter(|_| noun)?;
        // "bản có sóng 4G": the predicate belongs to it.
        let predicate = self.has(&self.clauses.predicates, end);
        let end = if predicate { self.phrase_end(end + 1, place.limit).max(end) } else { end };
        (end >= start + TOLD && item.role != Role::Change).then(|| one_line(self.work.words(start..end)))
    }

    /// "…; 97% số bản có sóng 4G": a share before which nothing of its own stands is one of what stands behind it, not of what was
    /// spoken of before.
    pub(super) fn with_told_behind(&self, item: &mut Found, place: &Place<'_>) {
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let passive = self.has(&self.clauses.passives, item.tokens.end);
        let share = item.kind == Kind::Percentage && item.cell.is_none();
        let subject =
            place.previous.filter(|p| p.kind == Kind::Count && item.why.name == "name.behind" && passive);
        let taken = share && (item.why.name == "name.previous" || subject.is_some());
        if !taken || !own.is_empty() && !self.is_hollow(&own, false) {
            return;
        }
        let Some(name) = self.told_behind(item, place) else { return };
        // "3.860 hộp thư, nhưng chỉ 65% được dùng thường xuyên": the predicate of what was spoken of.
        let told = subject.map_or(item.name.as_ref(), |s| s.name.as_ref()).filter(|_| passive);
        item.name = Some(told.map_or(name.clone(), |told| format_smolstr!("{told} {name}")));
        item.why.name = "name.told_behind";
    }

    /// "tiếp nhận 1.936 hồ sơ (kỳ trước chuyển sang 17)": what was carried over is counted as what it was carried to.
    pub(super) fn carried(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let frames = &self.work.patterns.frames;
        let (n, ()) = frames.carried.before(&self.work.tokens, item.tokens.start)?;
        let counted = || place.told.or(place.previous).and_then(|p| p.unit.clone());
        let noun =
            item.unit.clone().or_else(counted).filter(|_| item.kind == Kind::Count && item.cell.is_none())?;
        let mark = |i: usize| !self.work.is_word(i) || self.work.token(i).is_some_and(|t| t.gap >= Gap::Line);
        let from = item.tokens.start - n;
        let start = (from.saturating_sub(CARRIED)..from).rev().find(|&i| mark(i)).map_or(from, |i| i + 1);
        (start < from).then(|| {
            format_smolstr!("{noun} {}", lower_first(&one_line(self.work.words(start..item.tokens.start))))
        })
    }

    /// What a count of some place counts, where its own words say more than the noun that another figure has.
    pub(super) fn counted_more(
        &self,
        item: &Found,
        place: &Place<'_>,
        shared: Option<&str>,
    ) -> Option<SmolStr> {
        let unit = item.unit.as_deref().filter(|_| matches!(item.kind, Kind::Count | Kind::Ratio))?;
        let bare = shared.is_none_or(|name| name.eq_ignore_ascii_case(unit));
        let noun = self.noun_start(item);
        let end = self.ends_behind(&self.around(item, place), noun).into_iter().max().filter(|_| bare)?;
        let text = one_line(self.work.words(noun..end));
        let more = end > item.tokens.end && end - noun <= AFTER_TOKENS;
        (more && text.to_lowercase().starts_with(unit)).then_some(text)
    }

    /// "Ba Bể có 15/15 xã, Na Rì có 20/22 xã hoàn thành phổ cập": what is said of the last is said of those before it, too.
    pub(super) fn share_predicate(&self, found: &mut [Found]) {
        for i in (1..found.len()).rev() {
            let Some([first, last]) = found.get_mut(i - 1..=i) else { continue };
            let alike = first.kind == last.kind && first.unit == last.unit && first.sentence == last.sentence;
            let both = first.scope.is_some() && last.scope.is_some() && first.scope != last.scope;
            let bare = first.unit.is_some()
                && first.name == first.unit
                && matches!(first.kind, Kind::Count | Kind::Ratio);
            let told = last.name.as_deref().zip(first.unit.as_deref()).is_some_and(|(name, unit)| {
                name.strip_prefix(unit).is_some_and(|rest| rest.starts_with(' '))
            });
            let comma = self
                .work
                .token(first.tokens.end)
                .is_some_and(|t| t.is(',') || t.is(';') || self.clauses.joins.has(t));
            if alike && both && bare && told && comma && first.cell.is_none() && last.cell.is_none() {
                first.name.clone_from(&last.name);
                first.why.name = "name.shared";
            }
        }
    }

    /// "Các huyện có tỷ lệ hộ nghèo cao: Mèo Vạc 62,3%, …", "Giá trị sản xuất các huyện, thành phố có mức tăng khá: …", "Có tỷ lệ hộ
    /// nghèo cao nhất là huyện Bình Gia với 22,74%": what the opening of a sentence measures, before its colon or copula.
    pub(super) fn head_of_opening(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let tokens = &self.work.tokens;
        let opening = place.sentence.start..place.first.min(item.tokens.start);
        let colon = opening.clone().find(|&i| self.work.token(i).is_some_and(|t| t.is(':')));
        let graded = |i: &usize| {
            self.has(&self.clauses.copulas, *i) && self.clauses.graded.before(tokens, *i).is_some()
        };
        let colon = colon.or_else(|| opening.clone().rev().find(graded))?;
        let head = (opening.start..colon)
            .find(|&i| self.words.name_heads.at(tokens, i).is_some_and(|(n, ())| n > 1))?;
        let mut end = colon;
        while let Some((n, ())) = self.clauses.graded.before(tokens, end).filter(|(n, ())| head + n < end) {
            end -= n;
        }
        // Whose it is, is no part of it.
        let whose = |i: &usize| self.scope_at(*i).is_some() || self.clauses.whose.at(tokens, *i).is_some();
        let end = (head + 2..end).find(whose).unwrap_or(end);
        let plain = (head..end).all(|i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word));
        (plain && end - head <= AFTER_TOKENS).then(|| one_line(self.work.words(head..end)))
    }

    /// What the line with the colon above a list item is about; where that only says of whom the list is told ("b) Các huyện:"),
    /// the line above it.
    pub(super) fn lead_name(&self, place: &Place<'_>) -> Option<SmolStr> {
        let tokens = &self.work.tokens;
        let head =
            |lead: &Range<usize>| lead.clone().find(|&i| self.words.name_heads.at(tokens, i).is_some());
        let first = self.lead_in(place)?;
        let (lead, head) = match head(&first) {
            Some(head) => (first, head),
            None if !self.begins_with_area(&first) => return None,
            None => self.leads(place).take(LEADS).find_map(|lead| head(&lead).map(|head| (lead, head)))?,
        };
        let mut end = lead.end.saturating_sub(1);
        // "số lao động ít nhất là:".
        let tail = |end: usize| {
            let bound = self.words.bound_before.before(tokens, end).map(|(n, _)| n);
            bound.or_else(|| self.words.name_tail.before(tokens, end).map(|(n, ())| n))
        };
        while let Some(n) = tail(end).filter(|n| head + n < end) {
            end -= n;
        }
        (head < end).then(|| one_line(self.work.words(head..end)))
    }
}
