//! The name of the figure before, said of another time, place or part of it: "36.000 lao động (kế hoạch 30.000 lao động)".

use smol_str::{SmolStr, format_smolstr};

use super::LONG_SUM;
use crate::claim::indicator::{Found, Kind};
use crate::facts::link::before::content;
use crate::facts::link::name::MEMBER_WORDS;
use crate::facts::link::{Linker, Place};
use crate::words::one_line;

/// Most words of a member of a kind: "bổ túc trung học phổ thông".
const SIBLING: usize = 5;

impl Linker<'_, '_> {
    /// "27.410 hộ nghèo, chiếm 8,4% (đầu năm là 11,8%)", "36.000 lao động (kế hoạch 30.000 lao động)": the same of another
    /// time, place or plan, in a bracket that says nothing else.
    pub(in crate::facts::link) fn same_elsewhere(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bracket = self.brackets.around(item.tokens.start)?;
        // "máy móc (tăng 43,6%), thuốc lá (tăng 28,7%)": another bracket stands behind its own words.
        let open = |p: &&Found| self.brackets.around(p.tokens.start).is_none();
        let previous = place.previous.filter(|p| p.tokens.end <= bracket.start).filter(open)?;
        let own = bracket.start + 1..item.tokens.start;
        let near = bracket.start - previous.tokens.end <= MEMBER_WORDS * 2;
        let like = |f: &&Found| f.unit == item.unit && f.kind == item.kind;
        // "đạt 121% so với kế hoạch (30.000 lao động)".
        let against = previous.tokens.end..bracket.start;
        let planned = || place.alike.filter(|_| !against.is_empty() && self.is_hollow(&against, false));
        let base = Some(previous).filter(like).or_else(planned)?;
        let alone = self.is_any(item.tokens.end, [')', ';', ',']);
        // "8,1 triệu lượt khách (trong đó, 131.000 lượt khách …)" is a part.
        let part = own.clone().any(|i| self.clauses.parts.at(&self.work.tokens, i).is_some());
        let says = own.clone().any(|i| self.work.token(i).is_some_and(content))
            || !against.is_empty() && !like(&previous);
        base.name.clone().filter(|_| near && alone && says && !part && self.is_hollow(&own, false))
    }

    /// "3.215 trẻ em có hoàn cảnh đặc biệt, được chăm sóc 78%": the share of those just counted of whom this was done.
    pub(in crate::facts::link) fn done_to_counted(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let counted = place.previous.filter(|p| p.kind == Kind::Count && p.cell.is_none() && !p.inside)?;
        let own = self.own_start(item.tokens.start, place);
        let end = self.without_joints(own, item.tokens.start);
        let passive = self.has(&self.clauses.passives, own);
        let comma = self.follows_mark(own, ',');
        let short = (2..=MEMBER_WORDS).contains(&(end - own)) && (own..end).all(|i| self.work.is_word(i));
        let share = item.kind == Kind::Percentage && item.cell.is_none();
        let name = counted.name.as_deref().filter(|_| share && passive && comma && short)?;
        Some(format_smolstr!("{name} {}", one_line(self.work.words(own..end))))
    }

    /// "Diện tích nuôi tôm 24.290 ha, trong đó có 3.012 ha bị thiệt hại": the part of what was measured of which its predicate tells.
    pub(in crate::facts::link) fn part_done(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let like = |p: &&Found| p.kind == item.kind && p.unit == item.unit && p.cell.is_none();
        let whole = place.told.filter(|_| item.kind == Kind::Measure && item.cell.is_none()).filter(like)?;
        let own = whole.tokens.end..item.tokens.start;
        let part = own.clone().any(|i| self.clauses.parts.at(&self.work.tokens, i).is_some());
        let end = (item.tokens.end..place.limit).find(|&i| !self.work.is_word(i)).unwrap_or(place.limit);
        let length = (2..=MEMBER_WORDS).contains(&(end - item.tokens.end));
        let told = self.has(&self.clauses.passives, item.tokens.end) && length;
        let name = whole.name.as_deref().filter(|_| part && told && self.is_hollow(&own, false))?;
        Some(format_smolstr!("{name} {}", one_line(self.work.words(item.tokens.end..end))))
    }

    /// "Giảm tỷ lệ hộ nghèo 5%, riêng 6 huyện nghèo giảm 6%": the same of those that are counted behind "riêng".
    pub(in crate::facts::link) fn of_those_apart(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let (counted, rate) = place.previous.zip(place.before_previous)?;
        let like = rate.kind == item.kind && rate.unit == item.unit && item.kind == Kind::Percentage;
        let apart = self.clauses.apart.before(&self.work.tokens, counted.tokens.start).is_some();
        let own = self.own_start(item.tokens.start, place).max(counted.tokens.end);
        let rest = self.is_hollow(&(own..item.tokens.start), false)
            || self.phrase_end(counted.tokens.end, place.limit) <= item.tokens.start;
        rate.name.clone().filter(|_| like && apart && rest && counted.kind == Kind::Count)
    }

    /// "1.250 hộ với 5.120 nhân khẩu, chiếm 0,6% tổng số hộ": the share of what is counted in the unit that its whole has.
    pub(in crate::facts::link) fn share_of_all(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let previous = place.previous.filter(|_| item.kind == Kind::Percentage && item.cell.is_none())?;
        let (n, ()) = self.clauses.of_all.at(&self.work.tokens, item.tokens.end)?;
        let start = item.tokens.end + n;
        let says = |unit: &str| {
            let words = unit.split(' ').count();
            one_line(self.work.words(start..start + words)).to_lowercase() == unit
        };
        // The one right before is taken anyhow.
        let near = previous.unit.as_deref().is_some_and(says);
        let of = |f: &&Found| f.kind == Kind::Count && f.unit.as_deref().is_some_and(says);
        let whole = place.before_previous.filter(of).filter(|_| !near)?;
        whole.name.clone()
    }

    /// "Tỷ lệ án bị hủy 0,48%, bị sửa 0,95%": another predicate of the same head.
    pub(in crate::facts::link) fn same_head(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let previous = place
            .previous
            .filter(|p| p.unit == item.unit && item.kind == Kind::Percentage && p.cell.is_none())?;
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let said = previous
            .name
            .as_deref()
            .filter(|_| !own.is_empty() && self.has(&self.clauses.passives, own.start))?;
        let words: Vec<&str> = said.split(' ').collect();
        let at = words.iter().position(|w| *w == self.work.word(own.start)).filter(|&n| n > 0)?;
        let end = self.without_joints(own.start, own.end);
        let short = (2..=MEMBER_WORDS).contains(&(end - own.start));
        short.then(|| {
            let own = one_line(self.work.words(own.start..end));
            format_smolstr!("{} {own}", words.get(..at).unwrap_or_default().join(" "))
        })
    }

    /// "Phát hiện 05 vụ, 09 đối tượng phạm tội về kinh tế": cases right before those who did it are of what these did.
    pub(in crate::facts::link) fn case_of_those(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let tokens = &self.work.tokens;
        let joint =
            |i: usize| self.work.is(i, ',') || self.work.patterns.particles.and_with.has(self.work.word(i));
        let case = |f: &Found| f.kind == Kind::Count && f.cell.is_none();
        let one_of =
            |unit: Option<&str>, words: &[String]| unit.is_some_and(|u| words.iter().any(|w| w == u));
        let next = place.next.filter(|n| case(n) && case(item) && n.tokens.start == item.tokens.end + 1)?;
        let unit = item.unit.as_deref().filter(|u| one_of(Some(u), &self.clauses.cases))?;
        let persons = one_of(next.unit.as_deref(), &self.clauses.case_persons) && joint(item.tokens.end);
        let start = next.tokens.end;
        let (n, ()) = self.clauses.offences.at(tokens, start).filter(|_| persons)?;
        let end = self.phrase_end(start + n, place.sentence.end);
        (end > start + n).then(|| format_smolstr!("{unit} {}", one_line(self.work.words(start..end))))
    }

    /// "ngân sách tỉnh 65 tỷ đồng, huyện 32 tỷ đồng": a word that stands for its like in the name of the figure before.
    pub(in crate::facts::link) fn sibling(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let like = |p: &&Found| p.kind == item.kind && p.unit == item.unit && p.cell.is_none();
        let previous = place.previous.or(place.told).filter(like).filter(|_| item.cell.is_none());
        let said = previous.and_then(|p| p.name.as_deref())?;
        let start = self.own_start(item.tokens.start, place);
        let end = self.without_joints(start, item.tokens.start);
        if !(1..=SIBLING).contains(&(end - start)) {
            return None;
        }
        let own = one_line(self.work.words(start..end));
        let low = own.to_lowercase();
        let same = |w: &String| w.chars().flat_map(char::to_lowercase).eq(low.chars());
        let kind = self.clauses.siblings.iter().find(|kind| kind.iter().any(same))?;
        let padded = format!(" {said} ");
        let stands = |w: &&String| padded.contains(&format!(" {w} "));
        let other = kind.iter().filter(stands).max_by_key(|w| w.len()).filter(|w| w.len() < said.len())?;
        let replaced = padded.replacen(&format!(" {other} "), &format!(" {own} "), 1);
        Some(SmolStr::new(replaced.trim()))
    }

    /// "Trong tổng số hồ sơ đã giải quyết, cấp huyện 7.015 hồ sơ": the members of what the sentence names first.
    pub(in crate::facts::link) fn of_those_named(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = item.unit.as_deref().filter(|_| item.kind == Kind::Count && item.cell.is_none())?;
        let start = place.sentence.start;
        let (n, ()) = self.clauses.of_those.at(&self.work.tokens, start)?;
        let comma =
            (start + n..item.tokens.start.min(start + n + LONG_SUM + 1)).find(|&i| self.work.is(i, ','))?;
        let named = start + n..comma;
        let name = one_line(self.work.words(named.clone()));
        let of =
            name.starts_with(unit) && named.clone().all(|i| self.work.is_word(i)) && named.len() <= LONG_SUM;
        let own = self.own_start(item.tokens.start, place);
        let area = own > comma && self.scope_at(own) == Some(item.tokens.start);
        (of && area).then_some(name)
    }

    /// "; giảm ít nhất 10% số vụ vi phạm": a change with nothing of its own before it is one of the number behind it.
    pub(in crate::facts::link) fn changed_number(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let aimed = item.kind == Kind::Percentage && item.direction.is_some() && item.cell.is_none();
        let own = self.own_start(item.tokens.start, place);
        let parted = own.checked_sub(1).and_then(|i| self.work.token(i)).is_none_or(|t| t.is(';'));
        if aimed && parted { self.of_number(item, place) } else { None }
    }
}
