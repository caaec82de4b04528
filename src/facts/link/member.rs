//! Stage 5, linking: figures of places that stand side by side: "Lâm Đồng 52.430 ha, vượt kế hoạch; Kon Tum thấp nhất, mới được
//! 2.100 ha", "trong khi xã A đạt 48 triệu đồng còn xã B chỉ 17 triệu đồng".
//!
//! A place names nothing: where the words of a figure hold a place and nothing else, it is told of what the last figure of its
//! unit was told of, in that place. What stands between two semicolons is of the place it begins with.

use std::ops::Range;

use smol_str::SmolStr;

use super::scope::NAME_SYLLABLES;
use super::{Linker, Place, is_broader, is_like};
use crate::claim::indicator::Found;
use crate::words::one_line;
use crate::words::token::{Case, Kind as TokenKind};

/// Most words of the label of a part: "Cho vay nước sạch và vệ sinh môi trường nông thôn".
const PART_LABEL: usize = 12;

impl Linker<'_, '_> {
    /// "còn xã Bok Tới chỉ 17,5 triệu đồng": the name of the last figure of the same unit, and the place that the words before
    /// this one name and nothing else.
    pub(super) fn place_alone(&self, item: &Found, place: &Place<'_>) -> Option<(SmolStr, SmolStr)> {
        let told = [
            place.alike,
            place.broader,
            place.told,
            place.previous,
            place.spoken,
            place.whole_earlier,
            place.earlier,
            place.memory,
        ];
        // "đón 38.900 lượt khách, đặc khu Cô Tô 4.150 lượt": its noun may say more.
        let same = |f: &&Found| is_like(f, item) || f.kind == item.kind && is_broader(f, item);
        let name = told.into_iter().flatten().find(|f| same(f) && f.tells)?.name.clone()?;
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let unit = self.only_unit(own.clone(), &name)?.or_else(|| {
            // "Kon Tum thấp nhất, mới được 2.100 ha".
            let floor = place.previous.map_or(place.sentence.start, |p| p.tokens.end);
            let comma = own.start.checked_sub(1).filter(|&i| i > floor && self.work.is(i, ','))?;
            self.only_unit(self.own_start(comma, place).max(floor)..comma, &name)?
        })?;
        let scope = one_line(self.work.words(unit));
        (!name.contains(scope.as_str())).then_some((name, scope))
    }

    /// "Gia Lai 9.080 ha (ghép cải tạo 1.240 ha), bằng 58,7%; Kon Tum …": the place that the part of a sentence between
    /// semicolons begins with.
    pub(super) fn scope_of_member(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let open = |i: usize| self.brackets.around(i).is_none();
        let parts = |i: usize| self.work.is(i, ';') && open(i);
        let opens = |&i: &usize| (self.work.is(i, ';') || self.work.is(i, ':')) && open(i);
        let mark = (place.sentence.start..item.tokens.start).rev().find(opens)?;
        let closed = || (item.tokens.end..place.sentence.end).any(parts);
        if !parts(mark) && !closed() {
            return None;
        }
        let mut start = mark + 1;
        while let Some((n, ())) = self.clauses.hollow.at(&self.work.tokens, start) {
            start += n;
        }
        let unit = self.unit_at(start, item.tokens.start)?;
        Some(one_line(self.work.words(start..unit)))
    }

    /// "Cho vay hộ nghèo, dư nợ 1.133 triệu đồng, có 31 hộ; cho vay hộ cận nghèo, dư nợ 729 triệu đồng": the label before the first comma
    /// of a part between semicolons, where the part beside it goes on alike behind its own.
    pub(super) fn scope_of_member_label(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let open = |i: usize| self.brackets.around(i).is_none();
        let parts = |i: &usize| self.work.is(*i, ';') && open(*i);
        let opens = |i: &usize| (self.work.is(*i, ';') || self.work.is(*i, ':')) && open(*i);
        let mark = (place.sentence.start..item.tokens.start).rev().find(opens)?;
        let label = self.part_label(mark + 1, item.tokens.start)?;
        let after = (item.tokens.end..place.sentence.end).find(parts).map(|i| i + 1);
        let before = || {
            let from = (place.sentence.start..mark).rev().find(opens).map_or(place.sentence.start, |i| i + 1);
            parts(&mark).then_some(from)
        };
        let word = |comma: usize| self.work.token(comma + 1).map_or(0, |t| t.word);
        let alike = |from: usize| {
            let other = self.part_label(from, place.sentence.end.min(from + PART_LABEL + 1));
            let figure = |comma: usize| (comma..comma + PART_LABEL).any(|i| self.work.is_number(i));
            let same = |comma: usize| word(comma) == word(label.end) && word(comma) != 0;
            other.is_some_and(|other| same(other.end) && figure(other.end))
        };
        let beside = after.is_some_and(alike) || before().is_some_and(alike);
        beside.then(|| one_line(self.work.words(label)))
    }

    /// The words before the first comma of a part of a sentence.
    fn part_label(&self, from: usize, limit: usize) -> Option<Range<usize>> {
        let plain =
            |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Word) && !self.in_date(*i);
        let end = (from..limit).take_while(plain).count() + from;
        let length = (2..=PART_LABEL).contains(&(end - from));
        (length && self.work.is(end, ',') && !self.headed(&(from..end))).then_some(from..end)
    }

    /// Whether a stretch holds no more than one unit, words that name nothing and words of a name; the unit.
    fn only_unit(&self, tokens: Range<usize>, name: &str) -> Option<Option<Range<usize>>> {
        let again = |i: usize| name.split(' ').any(|w| w.eq_ignore_ascii_case(self.work.word(i)));
        let (mut i, mut found): (_, Option<Range<usize>>) = (tokens.start, None);
        while i < tokens.end {
            if self.work.token(i).is_none_or(|t| t.kind != TokenKind::Word) || self.in_date(i) {
                i += 1;
            } else if let Some(end) = self.unit_at(i, tokens.end).or_else(|| self.proper_at(i, tokens.end)) {
                // "Bình Lục, Lý Nhân đều xấp xỉ 80%": several in one list.
                let listed = |last: &Range<usize>| {
                    (last.end..i).all(|i| {
                        self.work.is(i, ',') || self.work.token(i).is_some_and(|t| self.clauses.joins.has(t))
                    })
                };
                found = match found {
                    Some(last) if listed(&last) => Some(last.start..end),
                    Some(_) => return None,
                    None => Some(i..end),
                };
                i = end;
            } else if let Some((n, ())) = self.clauses.hollow.at(&self.work.tokens, i) {
                i += n;
            } else if again(i) {
                i += 1;
            } else {
                return None;
            }
        }
        Some(found)
    }

    /// Where a proper name ends that begins here and that no list has: "Pả Vi", "Agifish". One word with a capital that opens
    /// a sentence is none, nor is an abbreviation, which names what is measured ("GRDP").
    pub(super) fn proper_at(&self, i: usize, limit: usize) -> Option<usize> {
        let title = |i: usize| {
            self.work.token(i).is_some_and(|t| {
                t.kind == TokenKind::Word && matches!(t.case, Case::Title | Case::Mixed) && t.bytes() > 1
            })
        };
        // Most words are none: nothing more is asked of them. "Tại Tiền Giang năng suất đạt …": what leads to the name is no part of it.
        if !title(i) || self.clauses.locating.at(&self.work.tokens, i).is_some() {
            return None;
        }
        let last = limit.min(i + NAME_SYLLABLES + 1);
        let end = (i..last).find(|&i| !title(i)).unwrap_or(last);
        let opens = self.sentences.tokens(self.sentences.number(i), self.work.tokens.len()).start == i;
        let before = i.checked_sub(1).and_then(|b| self.work.token(b));
        let first = opens || before.is_some_and(|t| t.is(':') || t.is('-') || t.is('+') || t.is('*'));
        // "Đến năm 2025": a word that names nothing, with a capital.
        let hollow = end == i + 1 && self.clauses.hollow.at(&self.work.tokens, i).is_some();
        (end > i + usize::from(first) && !hollow).then_some(end)
    }

    /// Where an administrative unit ends that begins here: "xã Bok Tới", "TP. Phan Thiết", "Kon Tum".
    fn unit_at(&self, i: usize, limit: usize) -> Option<usize> {
        let title =
            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title);
        if self.words.scope_kinds.at(&self.work.tokens, i).is_some()
            && let Some(end) = self.scope_at(i).filter(|&end| end <= limit && self.never(i).is_none())
            && title(end - 1)
        {
            return Some(end);
        }
        let end = (i..limit).find(|&i| !title(i)).unwrap_or(limit);
        (end > i && self.is_unit(&(i..end))).then_some(end)
    }
}
