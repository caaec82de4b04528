//! Who or where a quantity counts: "toàn tỉnh", "huyện Đại Từ"; for a cell the row; else the area of the document.

use std::ops::Range;

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::hosted;
use crate::patterns::place::{Mention, Unit};
use crate::words::one_line;
use crate::words::token::{Case, Gap, Kind as TokenKind, Token, hint};
use smol_str::SmolStr;

/// Most tokens of a date that opens a sentence.
const DATE_TOKENS: usize = 8;
/// How far into a lead-in a body may begin that governs its list.
const LEAD_TOKENS: usize = 3;
/// A thing's title of so few tokens need not be a proper name but at its end.
const SHORT_TITLE: usize = 7;
/// Most tokens of the label of a lettered member.
const LABEL_WORDS: usize = 12;
/// Most tokens of a label before a colon.
const LABEL_TOKENS: usize = 24;
/// By how many bytes the name of the document's own place may be longer than the place: "tỉnh ".
const OWN_KIND: usize = 16;
/// Most tokens of a body's name.
pub(super) const BODY_TOKENS: usize = 14;
/// Most words in a company's name that no list has.
const FOREIGN: usize = 5;
/// How many syllables behind a dash still belong to a name.
const DASHED: usize = 3;
/// Marks inside a syllable of names of the Central Highlands.
const APOSTROPHES: [char; 4] = ['\'', '’', '‘', 'ʼ'];
/// Most syllables of a place's name.
pub(super) const NAME_SYLLABLES: usize = 4;

impl Linker<'_, '_> {
    /// The scope of a quantity and the rule that gave it: that of its cell, a name right before it, what its own clause
    /// names, that of the quantity whose name it has, what opens its sentence, its list's lead-in, its heading.
    pub(super) fn scope(
        &self,
        item: &Found,
        place: &Place<'_>,
        named_place: Option<SmolStr>,
    ) -> (Option<SmolStr>, &'static str) {
        let before = self.own_start(item.tokens.start, place)..item.tokens.start;
        let behind = item.tokens.end..self.own_end(item, place);
        let rules: [(&'static str, &dyn Fn() -> Option<SmolStr>); 13] = [
            ("scope.right_before", &|| named_place.clone()),
            ("scope.clause", &|| self.scope_before(before.clone(), item)),
            ("scope.subject", &|| self.scope_of_subject(item, place)),
            ("scope.bracket", &|| self.scope_of_bracket(item)),
            ("scope.aside", &|| self.scope_of_aside(item, place)),
            ("scope.behind", &|| self.scope_behind(behind.clone(), item)),
            ("scope.previous", &|| self.scope_of_previous(item, place)),
            ("scope.member", &|| self.scope_of_member(item, place)),
            ("scope.label", &|| self.scope_of_label(place, item)),
            ("scope.opening", &|| self.scope_of_opening(place, item)),
            ("scope.ages", &|| self.scope_of_ages(place, item)),
            ("scope.lead", &|| self.lead_in(place).and_then(|lead| self.scope_of_lead(lead, item))),
            ("scope.heading", &|| self.scope_of_heading(item)),
        ];
        // "Theo Sở Công nghiệp, …": who tells it is not of whom it is told, but for a place; who ordered it never is.
        let told_by = self.source_end(place).map(|end| self.work.words(place.sentence.start..end));
        let begin = self.past_mark(place.sentence.start, place.sentence.end);
        let ordered = self.work.patterns.frames.grounds.at(&self.work.tokens, begin).is_some();
        let source = |s: &SmolStr| {
            told_by.is_some_and(|t| t.contains(s.as_str()))
                && (ordered || self.work.patterns.places.mentions(s, self.context.date).is_empty())
        };
        let given = rules.iter().find_map(|(rule, scope)| scope().filter(|s| !source(s)).map(|s| (s, *rule)));
        match given {
            // The document's own place needs no telling.
            Some((scope, rule)) if self.is_own_place(&scope) => (None, rule),
            Some((scope, rule)) => (Some(scope), rule),
            // A cell of prose tells of its row.
            None => item.scope.clone().map_or((None, ""), |s| (Some(s), "scope.cell")),
        }
    }

    fn is_own_place(&self, scope: &str) -> bool {
        let same = |area: &SmolStr| {
            let (area, scope) = (area.to_lowercase(), scope.to_lowercase());
            area == scope || scope.ends_with(&area) && scope.len() <= area.len() + OWN_KIND
        };
        // "thành phố Kon Tum" is a district of the province of that name.
        let mentions = || self.work.patterns.places.mentions(scope, self.context.date);
        let within = |m: &Mention| matches!(m.unit, Unit::District(_)) && m.kind.is_some();
        let inner = || self.context.district.is_none() && mentions().first().is_some_and(within);
        self.context.area.as_ref().is_some_and(same) && !inner()
    }

    /// "Hà Tây tăng 20,3%", "Viettel đạt 33 trạm": a proper name, and nothing else, that the figure is said of in a list.
    /// The first of the list, and one behind "riêng" or "còn", must be a place that a list has.
    pub(super) fn subject(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let own = self.own_start(item.tokens.start, place);
        let mut end = item.tokens.start;
        while let Some(n) = self.joint(end).filter(|n| end - n >= own) {
            end -= n;
        }
        let name = |i: usize| {
            self.work.token(i).is_some_and(|t| {
                matches!(t.case, Case::Title | Case::Upper | Case::Mixed) && t.kind == TokenKind::Word
                    || t.is('-')
            })
        };
        let mut start = end;
        while start > own && name(start - 1) {
            start -= 1;
        }
        // "Hải phòng tăng 18,1%".
        if start > own && end > own && end - own <= NAME_SYLLABLES && self.is_province(own..end) {
            start = own;
        }
        let part = self.part_lead(own, start).filter(|_| is_part_of(item, place));
        let lead = self.subject_lead(start).filter(|n| start - n >= own).or(part).unwrap_or(0);
        let colon = start.checked_sub(lead + 1).and_then(|i| self.work.token(i)).is_some_and(|t| t.is(':'));
        let bare = end == item.tokens.start && part.is_none();
        if bare || start == end || start - lead != own && !colon {
            return None;
        }
        let title = (start..end).any(|i| {
            let acronym = |t: &Token| part.is_some() && t.case == Case::Upper && t.bytes() > 2;
            self.work.token(i).is_some_and(|t| t.case == Case::Title || t.case == Case::Mixed || acronym(t))
        });
        let proper = end - start <= NAME_SYLLABLES + 2 && title;
        let first = start == place.sentence.start && end - start < 2;
        let listed = place.previous.is_some() && lead == 0 && start == own || part.is_some();
        (proper && !first && (listed || self.is_unit(&(start..end))) && !self.headed(&(start..end)))
            .then(|| one_line(self.work.words(start..end)))
    }

    /// How many tokens before one lead to the subject of a clause: "riêng", "còn".
    fn subject_lead(&self, start: usize) -> Option<usize> {
        self.clauses.subject_leads.before(&self.work.tokens, start).map(|(n, ())| n)
    }

    /// How many tokens before one open the parts of a whole: "trong đó", "riêng", "gồm:".
    fn part_lead(&self, own: usize, start: usize) -> Option<usize> {
        let colon = start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.is(':'));
        let end = start - usize::from(colon);
        let opens =
            |i: &usize| self.clauses.parts.at(&self.work.tokens, *i).is_some_and(|(n, ())| i + n == end);
        (own..end).find(opens).filter(|&i| i == own).map(|i| start - i)
    }

    /// Whether a phrase is the name of a province or district that a list has, and nothing else.
    pub(super) fn is_unit(&self, phrase: &Range<usize>) -> bool {
        let text = self.work.words(phrase.clone());
        let mentions = self.work.patterns.places.mentions(text, self.context.date);
        phrase.len() > 1
            && mentions.iter().any(|m| m.range == (0..text.len()) && !matches!(m.unit, Unit::Commune(_)))
    }

    /// "Năm 2014, Thanh Hóa gieo trồng 49.000 ha còn Nghệ An trồng 39.100 ha": the place that a clause begins with, without
    /// its type word.
    fn scope_of_subject(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let own = self.own_start(item.tokens.start, place);
        let title =
            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title);
        let mut i = own;
        let mut last = None;
        while i < item.tokens.start {
            let mut end = i;
            while end < item.tokens.start && title(end) {
                end += 1;
            }
            if end == i {
                i += 1;
                continue;
            }
            let mark = |i: usize| self.work.token(i).is_some_and(|t| t.is(',') || t.is(':') || t.is(';'));
            // "…, Đồng Nai, Đồng Tháp quyết liệt chỉ đạo": one of several.
            let listed = i > 1 && title(i - 2);
            let opens = i == own || mark(i - 1) && !listed || self.subject_lead(i).is_some();
            let goes_on =
                self.work.token(end).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower);
            if opens && goes_on && end - i <= NAME_SYLLABLES && self.is_unit(&(i..end)) {
                last = Some(i..end);
            }
            i = end;
        }
        last.map(|r| one_line(self.work.words(r)))
    }

    /// Whether a stretch that begins with a capital is the name of a province, however its other syllables are written:
    /// "Hải phòng".
    fn is_province(&self, tokens: Range<usize>) -> bool {
        let capital = self.work.token(tokens.start).is_some_and(|t| t.case != Case::Lower);
        let name = || one_line(self.work.words(tokens.clone()));
        capital && tokens.len() > 1 && self.work.patterns.places.province_named(&name(), None).is_some()
    }

    /// "… cao hơn kế hoạch gồm: Quảng Ninh 15%": the name before the words that open a list of places, and its first place.
    pub(super) fn listed_place(&self, item: &Found, place: &Place<'_>) -> Option<(SmolStr, SmolStr)> {
        let mut end = item.tokens.start;
        while let Some(n) = self.joint(end).filter(|n| end.saturating_sub(*n) > place.sentence.start) {
            end -= n;
        }
        let low = place.sentence.start.max(end.saturating_sub(NAME_SYLLABLES + 3));
        let colon = (low..end).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(':')))?;
        let opened = self.clauses.parts.before(&self.work.tokens, colon).map(|(n, ())| n)?;
        let kind = (colon + 1..end).find(|&i| self.work.token(i).is_some_and(|t| t.case != Case::Lower))?;
        if !self.is_province(kind..end) {
            return None;
        }
        let start = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let name = self.phrase(start, colon.checked_sub(opened)?.max(start))?;
        Some((one_line(self.work.words(name)), one_line(self.work.words(colon + 1..end))))
    }

    /// Where the words of a bound that stand right before a token begin: "không quá", "khoảng trên".
    pub(super) fn without_bound(&self, end: usize) -> usize {
        self.words.bound_before.row_before(&self.work.tokens, end)
    }

    /// Where the words behind `start` end before what joins them to a number: "đạt khoảng".
    pub(super) fn without_joints(&self, start: usize, mut end: usize) -> usize {
        while let Some(n) = self.joint(end).filter(|n| start + n < end) {
            end -= n;
        }
        end
    }

    /// How many tokens before one only join a name and its figure.
    pub(super) fn joint(&self, end: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        let tail = self.words.name_tail.before(tokens, end).map(|(n, ())| n);
        tail.or_else(|| self.words.bound_before.before(tokens, end).map(|(n, _)| n))
    }

    /// Where the words of a quantity begin that are its own: behind the last mark that parts it from the one before, and
    /// further back over "tại xã A, …".
    pub(super) fn own_start(&self, at: usize, place: &Place<'_>) -> usize {
        let floor = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let open = self.brackets.around(at).map(|b| b.start + 1).filter(|&b| b > floor);
        let floor = open.unwrap_or(floor);
        if place.previous.is_none() || open.is_some() {
            return floor;
        }
        let mut start = at;
        loop {
            let Some(mark) = (floor..start).rev().find(|&i| self.parts(i)) else { return floor };
            start = mark + 1;
            let semicolon = self.work.token(mark).is_some_and(|t| t.is(';'));
            let part = (floor..mark).rev().find(|&i| self.parts(i)).map_or(floor, |i| i + 1);
            let locates = part > floor && self.clauses.locating.at(&self.work.tokens, part).is_some();
            if semicolon || !locates {
                return start;
            }
            start = mark;
        }
    }

    /// A comma, semicolon or closed bracket, or the "và" that joins.
    fn parts(&self, i: usize) -> bool {
        // "bằng cấp, chứng chỉ" is one word.
        let within = |n: usize| {
            let start = i.checked_sub(n)?;
            self.words.name_whole.at(&self.work.tokens, start).filter(|(long, ())| *long > n)
        };
        let token = self.work.token(i);
        if token.is_some_and(|t| t.is(',')) && (1..=2).any(|n| within(n).is_some()) {
            return false;
        }
        token.is_some_and(|t| t.is(',') || t.is(';') || t.is(')') || t.is('–') || self.clauses.joins.has(t))
    }

    /// Where the words behind a quantity end that are its own: before those of the next one, at a semicolon, a colon, a
    /// bracket, or a comma that another clause follows.
    pub(super) fn own_end(&self, item: &Found, place: &Place<'_>) -> usize {
        let from = item.tokens.end;
        let mut limit = place.limit.max(from);
        if limit < place.sentence.end {
            let brings =
                |i: usize| self.work.token(i).is_some_and(|t| self.clauses.brings.has(t)) && !self.divides(i);
            limit = match (self.object_end(item, place), self.past_bracket(item, place)) {
                (Some(end), _) => end,
                (None, Some((low, limit))) => (low..limit).rev().find(|&i| self.parts(i)).unwrap_or(limit),
                _ => {
                    // "61% cán bộ, công chức có máy tính (năm 2008 đạt 48%)": no word before a bracket is of a figure in it.
                    let share = item.kind == Kind::Percentage;
                    let open =
                        self.brackets.around(limit).map(|b| b.start).filter(|&open| share && open > from);
                    let mark = open.or_else(|| (from..limit).rev().find(|&i| self.parts(i)));
                    mark.or_else(|| (from..limit).rev().find(|&i| brings(i))).unwrap_or(limit)
                }
            };
        }
        let mut i = from;
        while i < limit {
            let Some(token) = self.work.token(i) else { break };
            if token.is('(')
                && let Some(close) = self.brackets.closing(i)
            {
                i = close + 1;
                continue;
            }
            let comma = token.is(',') && self.clauses.openers.at(&self.work.tokens, i + 1).is_some();
            if token.is(';') || token.is(':') || token.is('(') || token.is(')') || comma {
                return i;
            }
            i += 1;
        }
        limit
    }

    /// "100% xã có ít nhất 01 trạm y tế": the next quantity is the object of what a share tells of its noun; where its words end.
    fn object_end(&self, item: &Found, place: &Place<'_>) -> Option<usize> {
        let from = item.tokens.end;
        let next =
            place.next.filter(|n| item.kind == Kind::Percentage && n.tokens.start < place.sentence.end)?;
        let mut at = next.tokens.start;
        while let Some((n, _)) =
            self.words.bound_before.before(&self.work.tokens, at).filter(|(n, _)| at > from + n)
        {
            at -= n;
        }
        let verb = at.checked_sub(1).filter(|&v| v > from)?;
        let has = self.work.token(verb).is_some_and(|t| self.clauses.predicates.has(t));
        let inner = (from..verb).any(|i| {
            self.work
                .token(i)
                .is_some_and(|t| t.is(';') || t.is(':') || t.is('(') || self.clauses.predicates.has(t))
        });
        if !has || inner || self.says_before(item, self.own_start(item.tokens.start, place)) {
            return None;
        }
        let mark = |&i: &usize| {
            self.work.token(i).is_none_or(|t| {
                t.kind == TokenKind::Number || t.is(',') || t.is(';') || t.is(':') || t.is('(')
            })
        };
        Some((next.tokens.end..place.sentence.end).find(mark).unwrap_or(place.sentence.end))
    }

    /// "58 hồ sơ (chiếm 13,8%) giải quyết chậm": where the words go on behind a bracket that holds the next quantity, and
    /// where the number behind them stands.
    fn past_bracket(&self, item: &Found, place: &Place<'_>) -> Option<(usize, usize)> {
        let bracket = self.brackets.around(place.limit).filter(|b| b.start >= item.tokens.end)?;
        let low = bracket.end + 1;
        let goes_on = self
            .work
            .token(low)
            .is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower && super::behind::follows(t));
        let limit = (low..place.sentence.end)
            .find(|&i| self.work.token(i).is_none_or(|t| t.kind == TokenKind::Number));
        (goes_on && !self.parts(low) && !self.in_date(low) && low < place.sentence.end)
            .then(|| (low, limit.unwrap_or(place.sentence.end)))
    }

    /// The last scope of the words before a quantity that is not only compared with.
    fn scope_before(&self, tokens: Range<usize>, item: &Found) -> Option<SmolStr> {
        self.scopes(tokens, item).last().map(|r| one_line(self.work.words(r)))
    }

    /// The first scope of the words behind a quantity; a body named there does something else.
    fn scope_behind(&self, tokens: Range<usize>, item: &Found) -> Option<SmolStr> {
        let own = |r: &Range<usize>| {
            !self.is_body(r.start)
                || r.start
                    .checked_sub(1)
                    .is_some_and(|b| self.clauses.locating.at(&self.work.tokens, b).is_some())
        };
        self.scopes(tokens, item).find(own).map(|r| one_line(self.work.words(r)))
    }

    /// "cụm công nghiệp Yên Hợp … nay do xã quản lý (đã giải phóng mặt bằng 4,7 ha; tỷ lệ lấp đầy đạt 78,87%)": a bracket that
    /// tells more than one thing tells it of the thing named last before it.
    fn scope_of_aside(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bracket = self.brackets.around(item.tokens.start).filter(|b| b.start > place.sentence.start)?;
        let semicolon = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(';'));
        let several = (bracket.start + 1..bracket.end).any(|i| semicolon(&i));
        let start = (place.sentence.start..bracket.start)
            .rev()
            .find(semicolon)
            .map_or(place.sentence.start, |i| i + 1);
        let thing = |i: &usize| self.words.scope_things.at(&self.work.tokens, *i).is_some();
        let at = (start..bracket.start)
            .rev()
            .filter(thing)
            .find(|&i| self.scope_at(i).is_some_and(|end| end <= bracket.start))?;
        let end = self.scope_at(at)?;
        (several || end == bracket.start).then(|| one_line(self.work.words(at..end)))
    }

    /// "bình quân chung của cả nước (6,21%)": what a bracket with nothing but the figure stands behind.
    fn scope_of_bracket(&self, item: &Found) -> Option<SmolStr> {
        let open =
            item.tokens.start.checked_sub(1).filter(|&i| self.work.token(i).is_some_and(|t| t.is('(')))?;
        let low = open.saturating_sub(NAME_SYLLABLES + 2);
        let mut behind = self.work.tokens.hinted(hint::SCOPE, low..open);
        let scope = behind.find(|&i| self.scope_at(i) == Some(open))?;
        Some(one_line(self.work.words(scope..open)))
    }

    /// What tells of the quantity before it tells of what it is a change or part of.
    fn scope_of_previous(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let previous = if item.inherited { place.told } else { place.previous };
        let previous = previous.filter(|p| p.tokens.start >= place.sentence.start)?;
        let around = self.brackets.around(previous.tokens.start);
        if around.is_some_and(|b| !b.contains(&item.tokens.start)) {
            return None;
        }
        if (previous.tokens.end..item.tokens.start).any(|i| self.work.token(i).is_some_and(|t| t.is(';'))) {
            return None;
        }
        let bare = item.inherited || matches!(item.role, Role::Change | Role::Gap);
        // "cao hơn mức tăng 8,6% của cả nước và đứng thứ 9": what it was compared with tells of nothing else.
        let compared = previous.why.scope == "scope.behind" && previous.role != item.role;
        previous.scope.clone().filter(|_| bare && !compared)
    }

    /// "- Cơ quan chuyên môn thuộc Sở: xét 3 tập thể": what stands before the colon that opens a sentence, where more than
    /// the figure stands behind it.
    fn scope_of_label(&self, place: &Place<'_>, item: &Found) -> Option<SmolStr> {
        let opening = place.sentence.start..place.first.min(item.tokens.start);
        let colon = opening.clone().find(|&i| self.work.token(i).is_some_and(|t| t.is(':')))?;
        let start =
            (opening.start..colon).find(|&i| self.work.token(i).is_some_and(super::before::content))?;
        let words = |i: usize| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word)
                && self.words.bound_before.before(&self.work.tokens, i + 1).is_none()
        };
        let says_more = (colon + 1..opening.end).any(words);
        let kind = self.clauses.labels.at(&self.work.tokens, start).is_some()
            || self.sets_apart(opening.start, start..colon, item);
        let short = colon - start <= LABEL_TOKENS && !self.headed(&(start..colon));
        let whole = || one_line(self.work.words(start..colon));
        (says_more && kind && short)
            .then(whole)
            .or_else(|| self.named_thing(start..colon).filter(|_| says_more))
    }

    /// "a) Xử lý nước thải tại chỗ: … dưới 50 m3": the label of a lettered member of rules, which is no field and no aim. Where
    /// results are told such labels are fields: "1. Thương mại - dịch vụ: …".
    fn sets_apart(&self, line: usize, label: Range<usize>, item: &Found) -> bool {
        let tokens = &self.work.tokens;
        let lettered = self.past_mark(line, label.end) > line;
        let plain = !label.clone().any(|i| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is('(')) || self.in_date(i)
        });
        let aims = |i: usize| {
            self.words.role_headings.at(tokens, i).is_some()
                || self.words.role_governs.at(tokens, i).is_some()
        };
        item.role == Role::Norm
            && lettered
            && plain
            && label.len() <= LABEL_WORDS
            && !self.names_field(label.start, item)
            && !label.clone().any(aims)
            && item.name.as_deref().is_some_and(|n| {
                !one_line(self.work.words(label.clone())).to_lowercase().contains(&n.to_lowercase())
            })
    }

    /// What stands before the first quantity of a sentence governs all of them.
    fn scope_of_opening(&self, place: &Place<'_>, item: &Found) -> Option<SmolStr> {
        let opening = place.sentence.start..place.first.min(item.tokens.start);
        let semicolon =
            (place.first..item.tokens.start).any(|i| self.work.token(i).is_some_and(|t| t.is(';')));
        // "tỉnh Sơn La thiệt hại 115 tỷ đồng; tỉnh Yên Bái thiệt hại 73 tỷ đồng, 9 người bị thương": what the last semicolon opens.
        let last = (place.first..item.tokens.start)
            .rev()
            .find(|&i| self.work.token(i).is_some_and(|t| t.is(';')))
            .filter(|_| item.inherited || place.previous.is_some());
        if let Some(mark) = last {
            let near = mark + 1..item.tokens.start.min(mark + 1 + LEAD_TOKENS);
            let opened = near
                .into_iter()
                .find_map(|i| self.scopes(i..item.tokens.start, item).next().filter(|r| r.start == i));
            if let Some(scope) = opened {
                return Some(one_line(self.work.words(scope)));
            }
        }
        let scopes: Vec<_> = self.scopes(opening.clone(), item).collect();
        // Behind a semicolon only what opens the sentence still governs: "- Xã B: … 310 hộ; … 12 ha", "Năm 2009, huyện A …".
        let behind_date = (opening.start..opening.end.min(opening.start + DATE_TOKENS))
            .rev()
            .find(|&i| self.in_date(i))
            .map_or(opening.start, |i| i + 1);
        let governs = |r: &&Range<usize>| !semicolon || r.start < behind_date + LEAD_TOKENS;
        scopes.iter().rfind(governs).map(|r| one_line(self.work.words(r.clone())))
    }

    /// The scopes of a stretch: not those in brackets that the quantity stands outside of, not those it is compared with.
    fn scopes<'s>(
        &'s self,
        tokens: Range<usize>,
        item: &'s Found,
    ) -> impl Iterator<Item = Range<usize>> + 's {
        let mut past = tokens.start;
        let (start, end) = (tokens.start, tokens.end);
        let mut host = None;
        self.work.tokens.hinted(hint::SCOPE, tokens).filter_map(move |i| {
            if i < past {
                return None;
            }
            if let Some(n) = self.never(i) {
                past = i + n;
                return None;
            }
            let scope = i..self.scope_at(i).filter(|&e| e <= end)?;
            past = scope.end;
            // "Ea Tiêu là xã của huyện Cư Kuin, tỉnh Đắk Lắk": where what is told of lies.
            if host == Some(i) || hosted::before(self.work, start, i).is_some() {
                host = Some(scope.end + 1);
                return None;
            }
            let foreign = self.brackets.around(i).is_some_and(|b| !b.contains(&item.tokens.start));
            let orders = self.is_body(i) && self.clauses.commands.at(&self.work.tokens, scope.end).is_some();
            (!foreign && !orders && !self.only_compared(&scope, item)).then_some(scope)
        })
    }

    /// "cao nhất cả nước", "so với huyện B": named for comparison, unless the quantity is told of it right behind.
    fn only_compared(&self, scope: &Range<usize>, item: &Found) -> bool {
        let tokens = &self.work.tokens;
        let joins = |i: usize| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Punct && !t.is(',') && !t.is(';'))
                || self.words.name_tail.before(tokens, i + 1).is_some()
        };
        let direct = scope.end <= item.tokens.start && (scope.end..item.tokens.start).all(joins);
        let compared = self.clauses.compared_with.before(tokens, scope.start).is_some();
        // "thấp hơn cả nước 1,2‰".
        if direct && !(compared && item.role == Role::Gap) {
            return false;
        }
        if self.clauses.countries.at(tokens, scope.start).is_some() {
            let sentence = self.sentences.tokens(self.sentences.number(scope.start), tokens.len());
            // "8,5% của cả nước".
            if item.kind != Kind::Rank && scope.start == item.tokens.end + 1 {
                return compared;
            }
            // "trong 9 tháng cả nước đón hơn 5,4 triệu lượt khách": who does it.
            let acts = scope.end < item.tokens.start
                && self.clauses.country_verbs.at(tokens, scope.end).is_some()
                && scope.start.checked_sub(1).is_some_and(|i| {
                    self.in_date(i) || self.work.token(i).is_some_and(|t| t.kind == TokenKind::Punct)
                });
            return compared || !acts && scope.start > sentence.start + LEAD_TOKENS;
        }
        compared
    }

    /// "1. Cụm công nghiệp Thống Nhất 1": a heading that is the name of a thing.
    fn scope_of_heading(&self, item: &Found) -> Option<SmolStr> {
        let at = self.work.bytes(item.tokens.clone()).start;
        self.headings_at(at).find_map(|heading| {
            let tokens = super::tokens_of(heading);
            let mut start =
                tokens.clone().find(|&i| self.work.token(i).is_some_and(super::before::content))?;
            // "1. Đối với Công ty …".
            let lead = self.clauses.locating.at(&self.work.tokens, start).map_or(0, |(n, ())| n);
            start += lead;
            self.named_thing(start..tokens.end)
                .or_else(|| self.whose_section(start..tokens.end, lead > 0, item))
        })
    }

    /// "1. Tại Bộ phận một cửa", "b) Cấp huyện": the part or body that results of a section are told of.
    fn whose_section(&self, heading: Range<usize>, located: bool, item: &Found) -> Option<SmolStr> {
        let mut end = heading.end;
        let mark = |t: &Token| t.kind == TokenKind::Punct && !t.is(')') && !t.is('”');
        while end > heading.start && self.work.token(end - 1).is_some_and(mark) {
            end -= 1;
        }
        let named = heading.start..end;
        let label = self.clauses.labels.at(&self.work.tokens, named.start).is_some()
            || self.scope_at(named.start).is_some();
        let plain = !named.clone().any(|i| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is(':') || t.is('('))
        });
        let short = !named.is_empty() && named.len() <= BODY_TOKENS;
        let own = self.is_scope(&named) && !self.is_body(named.start);
        let fits = (located && label || own) && plain && short;
        (fits && item.role == Role::Actual).then(|| one_line(self.work.words(named)))
    }

    /// "Nhóm từ 18 tuổi trở lên tiêm mũi 1 đạt 97%; mũi 2 đạt 92%": the ages named last before a quantity in its sentence.
    fn scope_of_ages(&self, place: &Place<'_>, item: &Found) -> Option<SmolStr> {
        let named = |name: &str| {
            name.split_whitespace().any(|w| self.clauses.ages.iter().any(|age| w.eq_ignore_ascii_case(age)))
        };
        // "Trẻ 5 tuổi vào mẫu giáo 100%, nhà trẻ 38%": the ages of those before are a part of their name.
        let before = place.previous.and_then(|p| p.name.as_deref());
        if item.name.as_deref().is_some_and(named) || before.is_some_and(named) {
            return None;
        }
        let (low, tokens) = (place.sentence.start, &self.work.tokens);
        let age = (low..item.tokens.start).rev().find(|&i| self.clauses.age.at(tokens, i).is_some())?;
        let inside = |i: usize| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is('-') || t.is('–'))
                || self.clauses.age_words.at(tokens, i).is_some_and(|(n, ())| n == 1)
        };
        let mut start = age;
        while start > low && inside(start - 1) {
            start -= 1;
        }
        // "90% người từ 18 tuổi trở lên; 100% điểm tiêm": the ages of what was counted before.
        let figure = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is('%'));
        let mark =
            |i: usize| self.work.token(i).is_none_or(|t| t.is(',') || t.is(';') || t.is(':') || t.is('('));
        let counted = (low..start).rev().find(|&i| figure(i) || mark(i)).is_some_and(figure);
        let apart = (age..item.tokens.start).any(|i| self.work.token(i).is_some_and(|t| t.is(';')));
        // "dưới 5 tuổi giảm còn 14%; tỷ lệ bao phủ bảo hiểm y tế đạt 66%": a head of its own tells of something else.
        let headed = || {
            let mark =
                (age..item.tokens.start).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(';')));
            mark.is_some_and(|i| self.words.name_heads.at(tokens, i + 1).is_some())
        };
        if apart && (counted || headed()) {
            return None;
        }
        let end = age + 1;
        let end = end + self.clauses.age_ends.at(tokens, end).map_or(0, |(n, ())| n);
        (start < age).then(|| one_line(self.work.words(start..end)))
    }

    /// The name of a thing that a stretch begins with, up to its first mark: "Gói thầu số 13", "Trạm bơm Đồng Cao".
    fn named_thing(&self, tokens: Range<usize>) -> Option<SmolStr> {
        self.named_range(tokens).map(|r| one_line(self.work.words(r)))
    }

    /// The tokens of that name.
    pub(super) fn named_range(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let (n, ()) = self.clauses.named_kinds.at(&self.work.tokens, tokens.start)?;
        let mark =
            |t: &Token| t.kind == TokenKind::Punct && !t.is('-') && !t.is('/') && !t.is('“') && !t.is('”');
        let end =
            (tokens.start..tokens.end).find(|&i| self.work.token(i).is_none_or(mark)).unwrap_or(tokens.end);
        let name = tokens.start + n;
        let named = |i: usize| {
            self.work.token(i).is_some_and(|t| t.case != Case::Lower || t.kind == TokenKind::Number)
        };
        // "Kho phục vụ gói thầu 13".
        let proper = named(end - 1) && (named(name) || end - tokens.start <= SHORT_TITLE);
        let short = end - tokens.start <= BODY_TOKENS && end > name;
        (proper && short).then_some(tokens.start..end)
    }

    /// "Hồng Ngự 1.860 ha", "thị trấn Phước An 12 ha", "Mỹ Tú (70,8%)": a name alone before the quantity.
    pub(super) fn place_before(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bracket =
            item.tokens.start.checked_sub(1).filter(|&i| self.work.token(i).is_some_and(|t| t.is('(')));
        // In brackets it is a member of a list of the same unit.
        let like = |p: &Found| p.unit == item.unit && p.kind == item.kind;
        let in_bracket = |p: &Found| {
            p.tokens.start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.is('('))
        };
        let alike = place.previous.is_some_and(like)
            || bracket.is_some()
                && place
                    .next
                    .is_some_and(|n| like(n) && in_bracket(n) && n.tokens.start < place.sentence.end);
        let end = match bracket {
            Some(_) if !alike => return None,
            Some(bracket) => bracket,
            None => item.tokens.start,
        };
        let mut start = end;
        while start > place.sentence.start
            && end - start < NAME_SYLLABLES
            && self.work.token(start - 1).is_some_and(|t| {
                let letter = || t.case == Case::Upper && self.work.word(start - 1).chars().count() == 1;
                t.kind == TokenKind::Word && (t.case == Case::Title || letter())
            })
        {
            start -= 1;
        }
        if start == end {
            return None;
        }
        // The kind of area before the name.
        let kinds = start.saturating_sub(2).max(place.sentence.start)..start;
        let kind = kinds
            .into_iter()
            .find(|&i| self.words.scope_kinds.at(&self.work.tokens, i).is_some_and(|(n, ())| i + n == start));
        if let Some(kind) = kind.filter(|_| alike) {
            return Some(one_line(self.work.words(kind..end)));
        }
        let listed = bracket.is_some() && alike;
        if end - start < 2 && !listed || start == place.sentence.start {
            return None;
        }
        // "thu đạt khá: Núi Thành 2.140 tỷ đồng, Đại Lộc 164 tỷ đồng", "còn Nghệ An 39.100 ha".
        let colon = start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.is(':'));
        let semicolon = |i: usize| self.work.token(i).is_some_and(|t| t.is(';'));
        let opens_list = colon
            && (place.next.is_some_and(|n| like(n) && n.tokens.start < place.sentence.end)
                || (item.tokens.end..place.sentence.end).any(semicolon));
        let lead = self.subject_lead(start).is_some();
        if bracket.is_none() && (opens_list || lead) && self.is_unit(&(start..end)) {
            return Some(one_line(self.work.words(start..end)));
        }
        let marked =
            start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.kind == TokenKind::Punct)
                || self.work.patterns.particles.before_places.has(self.work.word(start.saturating_sub(1)));
        let within = self.work.patterns.particles.at_places.has(self.work.word(start.saturating_sub(1)));
        (within || marked && (place.previous.is_some() || listed))
            .then(|| one_line(self.work.words(start..end)))
    }

    /// The scope that a line with a colon gives its list: a place, or the body it begins with ("sau khi nghe Sở Y tế
    /// báo cáo, kết luận:" gives none).
    fn scope_of_lead(&self, lead: Range<usize>, item: &Found) -> Option<SmolStr> {
        let own = (lead.start..lead.end.min(lead.start + LEAD_TOKENS)).find(|&i| self.is_body(i));
        let scope = match own {
            Some(body) => self.scope_before(body..lead.end, item),
            None if lead.clone().any(|i| self.is_body(i)) => None,
            None => self.scope_before(lead.clone(), item).or_else(|| {
                let start = lead.clone().find(|&i| self.work.token(i).is_some_and(super::before::content))?;
                self.named_thing(start..lead.end)
            }),
        };
        scope.filter(|s| !self.clauses.wholes.contains(&s.to_lowercase()))
    }

    /// How many tokens look like a scope and are none: "huyện giao", but not "huyện Giao Thủy".
    pub(super) fn never(&self, i: usize) -> Option<usize> {
        let title = |i: usize| self.work.token(i).is_some_and(|t| t.case == Case::Title);
        let (n, ()) = self.words.scope_never.at(&self.work.tokens, i)?;
        (n < 2 || title(i) || !title(i + n - 1)).then_some(n)
    }

    /// Whether a phrase is a scope and nothing else.
    pub(super) fn is_scope(&self, phrase: &Range<usize>) -> bool {
        self.never(phrase.start).is_none() && self.scope_at(phrase.start).is_some_and(|end| end >= phrase.end)
    }

    /// The end of a scope that begins at a token.
    pub(super) fn scope_at(&self, i: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        // All four lists have this hint: most tokens are done with one look.
        if tokens.get(i)?.hints & hint::SCOPE == 0 {
            return None;
        }
        if let Some((n, ())) = self.words.scope_fixed.at(tokens, i) {
            return (!self.describes(i, n)).then_some(i + n);
        }
        if let Some((n, ())) = self.words.scope_bodies.at(tokens, i) {
            let end =
                self.body_end(i + n, self.work.patterns.particles.companies.has(self.work.word(i + n - 1)));
            return (end > i + n).then_some(end);
        }
        if let Some((n, ())) = self.words.scope_things.at(tokens, i)
            && (n == 1 || !self.work.token(i).is_some_and(|t| t.case == Case::Upper))
            && let Some(end) = self.thing_end(i + n)
        {
            return Some(end);
        }
        let (n, ()) = self.words.scope_kinds.at(tokens, i)?;
        // "huyện miền núi Khánh Vĩnh"
        let lower = self.work.token(i + n).is_some_and(|t| t.case == Case::Lower);
        let between = if lower {
            self.work.patterns.places.adjective(self.work.word(i + n), self.work.word(i + n + 1))
        } else {
            0
        };
        let n = n + between;
        // "CHỦ TỊCH UBND TỈNH" and on the next line "Điện:" make no province.
        let capitals = self.work.token(i).is_some_and(|t| t.case == Case::Upper && t.bytes() > 2)
            && self.work.token(i + n - 1).is_some_and(|t| t.case == Case::Upper);
        // "thị trấn Ea T'ling": an apostrophe ties what follows to its word.
        let tied = |end: usize| {
            let glued = |i: usize| self.work.token(i).filter(|t| t.gap == Gap::Glued);
            end > i + n
                && glued(end).is_some_and(|t| APOSTROPHES.into_iter().any(|mark| t.is(mark)))
                && glued(end + 1).is_some_and(|t| t.kind == TokenKind::Word)
        };
        let mut end = i + n;
        while end < i + n + NAME_SYLLABLES
            && (tied(end)
                || end > i + n && tied(end - 1)
                || self.work.token(end).is_some_and(|t| {
                    // "xã Mậu A": a letter behind a name belongs to it.
                    // "xã Ô Lâm": a letter with a mark may begin it too.
                    let one = t.bytes() > 1 && self.work.word(end).chars().count() == 1;
                    let letter = end > i + n && t.bytes() == 1 || one && t.case != Case::Lower;
                    names(t)
                        && !self.in_date(end)
                        && if capitals { t.case == Case::Upper } else { t.case == Case::Title || letter }
                }))
        {
            end += 1;
        }
        // "UBND xã Tân Quang Hoàng Văn Thuyết": who leads it is no part of its name.
        if end > i + n + 2 {
            let words = (i + n..end).map(|at| self.work.word(at));
            // Every province and district is known, not every commune.
            let kinds = &self.work.patterns.frames.member_kinds;
            let commune = |k: usize| kinds.at(tokens, i + n - k).is_some_and(|(len, ())| len == k);
            let known = !(1..=2.min(n)).any(commune);
            end = end.min(i + n + self.work.patterns.places.words_before_person(words, known));
        }
        if end > i + n && !capitals {
            end = self.past_dash(i, end).unwrap_or(end);
        }
        // "Ủy ban nhân dân thành phố Quy định …": the title of a paper, no place.
        (end > i + n && !self.splits(end)).then_some(end)
    }

    /// "tỉnh Bà Rịa - Vũng Tàu", "thành phố Phan Rang-Tháp Chàm": where the name of a unit goes on behind a dash.
    fn past_dash(&self, i: usize, end: usize) -> Option<usize> {
        let title =
            |at: usize| self.work.token(at).is_some_and(|t| t.case == Case::Title && t.gap < Gap::Line);
        let dash = self.work.token(end).is_some_and(|t| (t.is('-') || t.is('–')) && t.gap < Gap::Line);
        if !dash || !title(end + 1) {
            return None;
        }
        let last = (end + 1..end + 1 + DASHED).take_while(|&at| title(at)).last()? + 1;
        let bytes = self.work.bytes(i..last);
        let found = self.work.patterns.places.mentions(self.work.text.slice(bytes.clone()), None);
        let over = self.work.bytes(end..end + 1).start - bytes.start;
        let reach =
            found.iter().find(|m| m.range.start < over && m.range.end > over)?.range.end + bytes.start;
        Some(self.work.token_at(reach)).filter(|&at| at > end && at <= last)
    }

    /// "340 lao động nông thôn": right behind a noun such an area only describes it.
    fn describes(&self, i: usize, n: usize) -> bool {
        let tokens = &self.work.tokens;
        let noun = i.checked_sub(1).and_then(|b| self.work.token(b)).is_some_and(|t| {
            t.kind == TokenKind::Word
                && t.case == Case::Lower
                && !self.words.stop.has(t)
                && !self.words.ends.has(t)
        });
        let follows = self.work.token(i).is_some_and(|t| t.gap == Gap::Space);
        noun && follows
            && self.clauses.areas.at(tokens, i).is_some_and(|(m, ())| m == n)
            && self.clauses.area_leads.before(tokens, i).is_none()
    }

    /// Where the proper name of a thing ends that begins at a token: "Minh Lãng", "phía Nam", "Thống Nhất 1".
    fn thing_end(&self, name: usize) -> Option<usize> {
        let word =
            |i: usize| self.work.token(i).filter(|t| t.kind == TokenKind::Word && super::behind::follows(t));
        let title = |i: usize| word(i).is_some_and(|t| t.case != Case::Lower) && !self.in_date(i);
        let side = word(name).is_some_and(|t| self.clauses.sides.has(t));
        let first = name + usize::from(side);
        let mut end = first;
        while end < first + NAME_SYLLABLES + 1 && title(end) {
            end += 1;
        }
        if end == first {
            return None;
        }
        let number = self
            .work
            .token(end)
            .is_some_and(|t| t.kind == TokenKind::Number && super::behind::follows(t) && t.bytes() <= 2);
        let counts = self.words.units.at(&self.work.tokens, end + 1).is_some()
            || self.work.token(end + 1).is_some_and(|t| t.gap == Gap::Glued || t.kind == TokenKind::Number);
        Some(end + usize::from(number && !counts))
    }

    /// Whether the name of a body begins at a token.
    pub(super) fn is_body(&self, i: usize) -> bool {
        self.words.scope_bodies.at(&self.work.tokens, i).is_some()
    }

    /// Where the name of a body ends that goes on at a token: capitals, and compounds of which only the first syllable
    /// is one ("Sở Tài nguyên và Môi trường"); those without capitals too where a capital follows ("Công ty cổ phần xây
    /// dựng Hà Thành"). What a company deals in may be any words, and a name ends it ("Công ty Cổ phần đá quý Hà Thành").
    fn body_end(&self, start: usize, company: bool) -> usize {
        let tokens = &self.work.tokens;
        let (mut at, mut end) = (start, start);
        let mut foreign = 0;
        while at < start + BODY_TOKENS {
            let Some(token) = self.work.token(at).filter(|t| !matches!(t.gap, Gap::Para | Gap::Tab)) else {
                break;
            };
            // A title in capitals ends with its line.
            let above = at.checked_sub(1).and_then(|i| self.work.token(i));
            if token.gap == Gap::Line
                && token.case != Case::Upper
                && above.is_some_and(|t| t.case == Case::Upper)
            {
                break;
            }
            let compound = self.words.body_words.at(tokens, at).map(|(n, ())| n);
            match compound {
                Some(n) => {
                    at += n;
                    if token.case != Case::Lower && !company {
                        end = at;
                    }
                }
                None if names(token) => {
                    at += 1;
                    end = at;
                }
                // "Kế hoạch và Đầu tư", "Lao động - Thương binh", "Văn hóa, Thể thao".
                None if (end == at || company)
                    && (self.work.patterns.particles.and.has(self.work.word(at))
                        || token.is('-')
                        || token.is('–')
                        || token.is(','))
                    && self.work.token(at + 1).is_some_and(|t| t.case == Case::Title)
                    && self.words.body_words.at(tokens, at + 1).is_some() =>
                {
                    at += 1;
                }
                None if company
                    && foreign < FOREIGN
                    && token.kind == TokenKind::Word
                    && !self.words.ends.has(token) =>
                {
                    foreign += 1;
                    at += 1;
                }
                None => break,
            }
        }
        end
    }
}

/// A syllable of a name, or an abbreviation in it.
fn names(token: &Token) -> bool {
    token.kind == TokenKind::Word
        && matches!(token.case, Case::Title | Case::Upper)
        && token.gap != Gap::Glued
}

/// Whether a figure may be a part of the one before it in its sentence: of its unit, and not more.
fn is_part_of(item: &Found, place: &Place<'_>) -> bool {
    place.previous.is_some_and(|p| {
        p.kind == item.kind && p.unit == item.unit && p.value >= item.value && p.cell.is_none()
    })
}
