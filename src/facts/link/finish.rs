//! Stage 5, linking: what a name takes over from the figure beside it or leaves out: "số tiền" of what was counted before it,
//! "14 cá nhân" of the verb that a list shares, the size of a thing that a label names.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::before::content;
use super::name::MEMBER_WORDS;
use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind, Role};
use crate::words::token::{Case, Gap, Kind as TokenKind, Token};
use crate::words::{lower_first, one_line};

/// A name with more words goes without the place at its end, if so many words are left.
const LONG_NAME: usize = 14;
const SHORT_NAME: usize = 4;
/// Most words of a crop that names an area.
const CROP: usize = 3;
/// Most words of a verb: "thu hút".
const VERB: usize = 2;
/// Most words of "đón và phục vụ".
const RECEIVES: usize = 4;
/// Most words of a member of a kind: "bổ túc trung học phổ thông".
const SIBLING: usize = 5;
/// Most words of what stands behind an area: "rừng sản xuất".
const OBJECT: usize = 3;
/// Most words of what a bare sum is told of.
const LONG_SUM: usize = 10;

/// How far before a figure the mark that ends its name stands, in tokens.
const NEAR_MARK: usize = 4;
/// Most tokens of a label that lists.
const LISTED: usize = 28;

/// Whether a phrase stands among words at a place.
fn stands_at(words: &[&str], at: usize, phrase: &str) -> bool {
    phrase.split(' ').enumerate().all(|(n, w)| words.get(at + n).is_some_and(|word| *word == w))
}

/// Whether a name ends with these words, and has others before them.
fn ends_with_words(name: &str, words: &str) -> bool {
    name.strip_suffix(words).is_some_and(|before| before.ends_with(' '))
}

impl Linker<'_, '_> {
    /// "27.410 hộ nghèo, chiếm 8,4% (đầu năm là 11,8%)", "36.000 lao động (kế hoạch 30.000 lao động)": the same of another
    /// time, place or plan, in a bracket that says nothing else.
    pub(super) fn same_elsewhere(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bracket = self.brackets.around(item.tokens.start)?;
        let previous = place.previous.filter(|p| p.tokens.end <= bracket.start)?;
        let own = bracket.start + 1..item.tokens.start;
        let near = bracket.start - previous.tokens.end <= MEMBER_WORDS * 2;
        let like = |f: &&Found| f.unit == item.unit && f.kind == item.kind;
        // "đạt 121% so với kế hoạch (30.000 lao động)".
        let against = previous.tokens.end..bracket.start;
        let planned = || place.alike.filter(|_| !against.is_empty() && self.is_hollow(&against, false));
        let base = Some(previous).filter(like).or_else(planned)?;
        let alone = self.work.token(item.tokens.end).is_some_and(|t| t.is(')') || t.is(';') || t.is(','));
        // "8,1 triệu lượt khách (trong đó, 131.000 lượt khách …)" is a part.
        let part = own.clone().any(|i| self.clauses.parts.at(&self.work.tokens, i).is_some());
        let says = own.clone().any(|i| self.work.token(i).is_some_and(content))
            || !against.is_empty() && !like(&previous);
        base.name.clone().filter(|_| near && alone && says && !part && self.is_hollow(&own, false))
    }

    /// "đang triển khai 418 dự án", "số hóa 100% hồ sơ": what was done with what is counted tells it from the others.
    pub(super) fn with_act(&self, item: &mut Found) {
        let Some(name) = item.name.clone().filter(|_| item.role != Role::Change) else { return };
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio);
        let noun = match item.unit.as_deref() {
            Some(unit) if counts => unit.into(),
            _ if item.kind == Kind::Percentage => {
                let mut at = item.tokens.end;
                while self.clauses.before_nouns.at(&self.work.tokens, at).is_some() {
                    at += 1;
                }
                SmolStr::new(self.work.word(at))
            }
            _ => return,
        };
        let at = self.without_bound(item.tokens.start);
        let Some((n, ())) = self.clauses.acts.before(&self.work.tokens, at) else { return };
        let act = one_line(self.work.words(at - n..at)).to_lowercase();
        if !noun.is_empty() && name.starts_with(noun.as_str()) && !name.to_lowercase().contains(&act) {
            item.name = Some(format_smolstr!("{act} {name}"));
        }
    }

    /// "riêng quý III tỉnh đón 248 nghìn lượt khách", "Hà Nội đón 1,6 triệu lượt khách": what was received, whatever the sentence
    /// began with, where the receiver is a place.
    pub(super) fn received(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = item.unit.as_deref().filter(|u| u.contains(' ') && item.kind == Kind::Count)?;
        let at = self.without_bound(item.tokens.start);
        let own = self.own_start(item.tokens.start, place);
        let words = (1..=RECEIVES).filter(|n| at >= own + n);
        let (n, verb) = words
            .map(|n| (n, one_line(self.work.words(at - n..at)).to_lowercase()))
            .filter(|(_, verb)| self.clauses.receives.iter().any(|v| v == verb))
            .last()?;
        let comma = (own..at - n).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(',')));
        let mut host = comma.map_or(own, |i| i + 1)..at - n;
        // "riêng quý III tỉnh": when, and of which part.
        while host.start < host.end && (self.in_date(host.start) || self.part_word(host.start)) {
            host.start += 1;
        }
        let said = one_line(self.work.words(host.clone()));
        let is_host = said.is_empty()
            || self.clauses.hosts.iter().any(|h| *h == said.to_lowercase())
            || host.len() > 1 && super::rank::is_proper(&said)
            || self.is_hollow(&host, true);
        (is_host && item.cell.is_none()).then(|| format_smolstr!("{verb} {unit}"))
    }

    fn part_word(&self, i: usize) -> bool {
        self.clauses.subject_leads.at(&self.work.tokens, i).is_some()
            || self.work.patterns.frames.member_leads.before(&self.work.tokens, i + 1).is_some()
    }

    /// "trồng mới 5.000 ha rừng": a bare act before an area, with what stands behind it.
    pub(super) fn with_object(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.kind == Kind::Measure) else { return };
        let at = self.without_bound(item.tokens.start);
        let Some((n, ())) = self.clauses.area_acts.before(&self.work.tokens, at) else { return };
        let act = one_line(self.work.words(at - n..at));
        let noun = item.tokens.end;
        let end = self.ends_behind(&self.around(item, place), noun).into_iter().min();
        let Some(object) = end.filter(|end| (1..=OBJECT).contains(&end.saturating_sub(noun))) else { return };
        let object = one_line(self.work.words(noun..object));
        // "Vụ xuân gieo cấy 312 ha lúa".
        let said = name.strip_suffix(act.as_str()).filter(|rest| rest.ends_with(' '));
        if let Some(rest) = said {
            item.name = Some(format_smolstr!("{rest}{act} {object}"));
            item.why.name = "name.object";
        } else if act.eq_ignore_ascii_case(name) || object == name {
            item.name = Some(format_smolstr!("{act} {object}"));
            item.why.name = "name.object";
        }
    }

    /// "ngân sách tỉnh 65 tỷ đồng, huyện 32 tỷ đồng": a word that stands for its like in the name of the figure before.
    pub(super) fn sibling(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
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

    /// "6 trung tâm với tổng số 168.420 học sinh": what is counted with the words of the total.
    pub(super) fn with_total(&self, item: &mut Found) {
        let Some(unit) = item.unit.as_deref().filter(|u| u.contains(' ') && item.name.is_some()) else {
            return;
        };
        if let Some(total) = self.total_before(item).filter(|_| item.cell.is_none()) {
            item.name = Some(format_smolstr!("{} {unit}", one_line(self.work.words(total))));
        }
    }

    /// "thành phố Hạ Long đón 4,86 triệu lượt khách": who received them is no part of what is counted.
    pub(super) fn without_host(&self, item: &mut Found) {
        let Some((name, unit)) = item.name.as_deref().zip(item.unit.as_deref()) else { return };
        if item.kind != Kind::Count || item.cell.is_some() || !unit.contains(' ') {
            return;
        }
        let ends =
            |v: &&String| name.strip_suffix(v.as_str()).is_some_and(|r| r.is_empty() || r.ends_with(' '));
        // "Du lịch biển đón 4,6 triệu lượt khách" says which.
        let hosted = |v: &&String| {
            let host = name.strip_suffix(v.as_str()).unwrap_or_default().trim_end().to_lowercase();
            host.is_empty() || self.clauses.hosts.iter().any(|h| host.starts_with(h.as_str()))
        };
        let verb = self.clauses.receives.iter().filter(ends).max_by_key(|v| v.len()).filter(hosted);
        if let Some(verb) = verb {
            item.name = Some(format_smolstr!("{verb} {unit}"));
        }
    }

    /// "Trong tổng số hồ sơ đã giải quyết, cấp huyện 7.015 hồ sơ": the members of what the sentence names first.
    pub(super) fn of_those_named(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = item.unit.as_deref().filter(|_| item.kind == Kind::Count && item.cell.is_none())?;
        let start = place.sentence.start;
        let (n, ()) = self.clauses.of_those.at(&self.work.tokens, start)?;
        let comma = (start + n..item.tokens.start.min(start + n + LONG_SUM + 1))
            .find(|&i| self.work.token(i).is_some_and(|t| t.is(',')))?;
        let named = start + n..comma;
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        let name = one_line(self.work.words(named.clone()));
        let of = name.starts_with(unit) && named.clone().all(word) && named.len() <= LONG_SUM;
        let own = self.own_start(item.tokens.start, place);
        let area = own > comma && self.scope_at(own) == Some(item.tokens.start);
        (of && area).then_some(name)
    }

    /// "thu hút 131.000 lượt khách": a bare verb before a count, with what is counted.
    pub(super) fn with_counted(&self, item: &mut Found, place: &Place<'_>) {
        let Some((name, unit)) = item.name.as_deref().zip(item.unit.as_deref()) else { return };
        let at = self.without_bound(item.tokens.start);
        let words = name.split(' ').count();
        let Some(start) = at.checked_sub(words).filter(|_| words <= VERB) else { return };
        let verb = self.work.token(start).is_some_and(|t| self.words.name_verbs.has(t));
        let bare = verb && one_line(self.work.words(start..at)).eq_ignore_ascii_case(name);
        if bare && item.kind == Kind::Count && unit.contains(' ') && !name.contains(unit) {
            let noun = self.noun_start(item);
            let end = self.ends_behind(&self.around(item, place), noun).into_iter().min();
            let noun = noun..end.unwrap_or(item.tokens.end);
            item.name = Some(format_smolstr!("{name} {}", one_line(self.work.words(noun))));
        }
    }

    /// "Lúa đông xuân 2024 - 2025 đã thu hoạch dứt điểm 9.105 ha": the words that the sentence begins with.
    fn crop_of_sentence(&self, place: &Place<'_>) -> Option<SmolStr> {
        let start = self.past_mark(place.sentence.start, place.first);
        let word = |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Word);
        let end = (start..place.first).take(CROP + 1).find(|i| !word(i))?;
        let number = self.work.token(end).is_some_and(|t| t.kind == TokenKind::Number);
        let crop = lower_first(&one_line(self.work.words(start..end)));
        (number && self.is_crop(&crop)).then(|| SmolStr::new(crop))
    }

    /// Whether a few words name a crop: "lúa đông xuân".
    fn is_crop(&self, words: &str) -> bool {
        let begins =
            |c: &String| words.strip_prefix(c.as_str()).is_some_and(|r| r.is_empty() || r.starts_with(' '));
        (1..=CROP).contains(&words.split(' ').count()) && self.clauses.crops.iter().any(begins)
    }

    /// "Diện tích lúa 15.210 ha, năng suất 45 tạ/ha": how a crop did, with the crop that the figure before or the label names.
    pub(super) fn with_crop(&self, item: &mut Found, place: &Place<'_>) {
        let heads = &self.clauses.bare_heads;
        let bare = item.name.as_deref().map(str::to_lowercase).filter(|n| heads.contains(n));
        let Some(name) = item.name.clone().filter(|_| bare.is_some() && item.cell.is_none()) else { return };
        let stop = |w: &str| self.clauses.behind_heads.iter().any(|s| s == w);
        let crop = |of: &str| {
            let low = of.to_lowercase();
            let head = heads.iter().filter(|h| low.starts_with(h.as_str())).map(String::len).max()?;
            let rest = (low.len() == of.len()).then(|| of.get(head..)).flatten()?;
            let words = rest.split_whitespace().count();
            let says = rest.split_whitespace().next().is_some_and(|w| !stop(w));
            (rest.starts_with(' ') && says && (1..=MEMBER_WORDS).contains(&words))
                .then(|| SmolStr::new(rest.trim()))
        };
        // "lúa xuân 7.520 ha, năng suất 47,5 tạ/ha": an area without a head is named by its crop.
        let bare_crop = |p: &Found| {
            let unit = |u: &str| self.clauses.crop_units.iter().any(|c| c == u);
            let name = p
                .name
                .as_deref()
                .filter(|_| p.kind == Kind::Measure && p.unit.as_deref().is_some_and(unit))?;
            let low = name.to_lowercase();
            let headed = heads.iter().any(|h| low.starts_with(h.as_str()));
            // "Lúa chiêm xuân đã thu hoạch xong 10.180 ha", "gieo cấy lúa 12.000 ha".
            let words: Vec<&str> = low.split(' ').collect();
            let act = |at: usize| {
                self.clauses
                    .crop_ends
                    .iter()
                    .filter(|e| stands_at(&words, at, e))
                    .map(|e| e.split(' ').count())
                    .max()
            };
            if let Some(n) = act(0) {
                let object = words.get(n..).unwrap_or_default().join(" ");
                return if self.is_crop(&object) {
                    Some(object.into())
                } else {
                    self.crop_of_sentence(place)
                };
            }
            let end = (0..words.len()).find(|&at| act(at).is_some()).unwrap_or(words.len());
            let crop = words.get(..end).filter(|_| !headed && end <= CROP)?;
            Some(crop.join(" ").into())
        };
        let before =
            [place.told, place.previous].into_iter().flatten().filter(|p| p.sentence == item.sentence);
        let told = before.filter_map(|p| bare_crop(p).or_else(|| crop(p.name.as_deref()?))).next();
        let label = || {
            let label = self.label(place, item)?;
            let short = label.split(' ').count() <= MEMBER_WORDS && crop(&label).is_none();
            short.then(|| lower_first(&label).into())
        };
        if let Some(crop) = told.or_else(label).filter(|c: &SmolStr| !name.contains(c.as_str())) {
            item.name = Some(format_smolstr!("{name} {crop}"));
            item.why.name = "name.crop";
        }
    }

    /// "3.215 trẻ em có hoàn cảnh đặc biệt, được chăm sóc 78%": the share of those just counted of whom this was done.
    pub(super) fn done_to_counted(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let counted = place.previous.filter(|p| p.kind == Kind::Count && p.cell.is_none() && !p.inside)?;
        let own = self.own_start(item.tokens.start, place);
        let end = self.without_joints(own, item.tokens.start);
        let passive = self.work.token(own).is_some_and(|t| self.clauses.passives.has(t));
        let comma = own.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.is(','));
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        let short = (2..=MEMBER_WORDS).contains(&(end - own)) && (own..end).all(word);
        let share = item.kind == Kind::Percentage && item.cell.is_none();
        let name = counted.name.as_deref().filter(|_| share && passive && comma && short)?;
        Some(format_smolstr!("{name} {}", one_line(self.work.words(own..end))))
    }

    /// "; giảm ít nhất 10% số vụ vi phạm": a change with nothing of its own before it is one of the number behind it.
    pub(super) fn changed_number(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let aimed = item.kind == Kind::Percentage && item.direction.is_some() && item.cell.is_none();
        let own = self.own_start(item.tokens.start, place);
        let parted = own.checked_sub(1).and_then(|i| self.work.token(i)).is_none_or(|t| t.is(';'));
        if aimed && parted { self.of_number(item, place) } else { None }
    }

    /// "Giảm tỷ lệ hộ nghèo 5%, riêng 6 huyện nghèo giảm 6%": the same of those that are counted behind "riêng".
    pub(super) fn of_those_apart(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let (counted, rate) = place.previous.zip(place.before_previous)?;
        let like = rate.kind == item.kind && rate.unit == item.unit && item.kind == Kind::Percentage;
        let apart = self.clauses.apart.before(&self.work.tokens, counted.tokens.start).is_some();
        let own = self.own_start(item.tokens.start, place).max(counted.tokens.end);
        let rest = self.is_hollow(&(own..item.tokens.start), false)
            || self.phrase_end(counted.tokens.end, place.limit) <= item.tokens.start;
        rate.name.clone().filter(|_| like && apart && rest && counted.kind == Kind::Count)
    }

    /// "Lũy kế xảy ra 96 vụ" below "Tai nạn giao thông: xảy ra 11 vụ": what only counts takes the name of what was counted so before.
    pub(super) fn not_bare(&self, item: &mut Found, place: &Place<'_>) {
        let bare = item.kind == Kind::Count
            && item.name.is_some()
            && item.name == item.unit
            && (self.is_one_of(item, &self.words.classifiers) || self.is_one_of(item, &self.words.generic));
        let known = |p: &&Found| p.name.is_some() && p.name != item.unit;
        let named =
            [place.alike.filter(|p| p.unit == item.unit), place.counted].into_iter().flatten().find(known);
        if let Some(named) = named.filter(|_| bare && item.cell.is_none() && !self.counts_all(item)) {
            item.name.clone_from(&named.name);
            item.why.name = "name.previous";
        }
    }

    /// "trộm cắp tài sản 5 vụ, 7 đối tượng": who stands behind the cases is who they are of.
    pub(super) fn of_cases(&self, item: &mut Found, place: &Place<'_>) {
        let is_one = |unit: Option<&str>, list: &[String]| unit.is_some_and(|u| list.iter().any(|w| w == u));
        let bare = item.kind == Kind::Count && item.cell.is_none() && item.name == item.unit;
        if !bare || !is_one(item.unit.as_deref(), &self.clauses.case_persons) {
            return;
        }
        let cases = place.previous.filter(|p| {
            let comma = self.work.token(p.tokens.end).is_some_and(|t| t.is(','))
                && p.tokens.end + 1 == item.tokens.start;
            p.kind == Kind::Count && comma && is_one(p.unit.as_deref(), &self.clauses.cases)
        });
        let Some((of, unit)) = cases.and_then(|p| p.name.as_deref()).zip(item.unit.as_deref()) else {
            return;
        };
        let case = |word: &&str| self.clauses.cases.iter().any(|c| c == word);
        let of = of.split(' ').filter(|w| !case(w)).collect::<Vec<_>>().join(" ");
        if !of.is_empty() {
            item.name = Some(format_smolstr!("{unit} {}", lower_first(&of)));
            item.why.name = "name.of_cases";
        }
    }

    /// "Giá trị sản xuất quý I năm 2018 ngành xây dựng đạt …": a name that a time cuts goes on behind it.
    pub(super) fn past_time(&self, item: &mut Found, place: &Place<'_>) {
        const BRANCH: usize = 8;
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let dates = self.context.dates;
        let n = dates.partition_point(|d| d.tokens.end <= item.tokens.start);
        let Some(date) = n.checked_sub(1).and_then(|n| dates.get(n)) else { return };
        let (from, end) = (date.tokens.end, item.tokens.start);
        let first = place.sentence.start..date.tokens.start;
        if first.is_empty() || from >= end || self.clauses.branches.at(&self.work.tokens, from).is_none() {
            return;
        }
        if !one_line(self.work.words(first)).ends_with(name) {
            return;
        }
        let (behind, until) = (from + 1, end.min(from + BRANCH));
        let stops = |&i: &usize| {
            let plain = self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.gap < Gap::Line);
            !plain
                || self.work.token(i).is_some_and(|t| self.words.ends.has(t))
                || self.scope_at(i).is_some()
                || self.clauses.never_first.at(&self.work.tokens, i).is_some()
        };
        let last = (behind..until).find(stops).unwrap_or(until);
        if last > behind {
            item.name = Some(format_smolstr!("{name} {}", one_line(self.work.words(from..last))));
        }
    }

    /// "1.250 hộ với 5.120 nhân khẩu, chiếm 0,6% tổng số hộ": the share of what is counted in the unit that its whole has.
    pub(super) fn share_of_all(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
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

    /// "trường (mầm non 24, tiểu học 25)", "tàu thuyền (giảm": a name goes without a bracket that holds figures or never closes.
    pub(super) fn without_figures(&self, item: &mut Found) {
        let Some(name) = item.name.as_deref().filter(|n| n.contains('(')) else { return };
        let mut out = String::with_capacity(name.len());
        let mut rest = name;
        while let Some((before, after)) = rest.split_once('(') {
            out.push_str(before);
            let Some((inside, behind)) = after.split_once(')') else {
                rest = "";
                break;
            };
            // "môi trường (tiêu chí số 17)" only says which.
            let numbers = inside.split(' ').filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).count();
            if numbers > 1 {
                out.truncate(out.trim_end().len());
            } else {
                out.extend(["(", inside, ")"]);
            }
            rest = behind;
        }
        out.push_str(rest);
        let out = out.trim();
        if !out.is_empty() && out != name {
            item.name = Some(SmolStr::new(out));
        }
    }

    /// "Phân phối điện, khí đốt, hơi nước và điều hòa không khí: giảm 3,21%": a label that lists is named whole.
    pub(super) fn whole_label(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let low = item.tokens.start.saturating_sub(NEAR_MARK).max(place.sentence.start)..item.tokens.start;
        let Some(colon) = low.rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(':'))) else { return };
        let joined = name.split(' ').count();
        let tokens = colon.saturating_sub(joined + 1)..colon;
        let lists = tokens.into_iter().any(|i| self.work.patterns.particles.and_with.has(self.work.word(i)));
        let start = self.past_mark(place.sentence.start, colon);
        let start = (start..colon).find(|&i| self.may_begin(i)).unwrap_or(colon);
        let number = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        if !lists || start >= colon || colon - start > LISTED || (start..colon).any(number) {
            return;
        }
        let label = one_line(self.work.words(start..colon));
        let said = label.to_lowercase();
        let before = said.strip_suffix(name.to_lowercase().as_str()).map(str::trim_end);
        let goes_on = before.is_some_and(|b| b.ends_with([',', ';']));
        if goes_on {
            (item.name, item.why.name) = (Some(label), "name.label");
        }
    }

    /// "Đàn dê - con nuôi thế mạnh của huyện - có 11.250 con": what stands between dashes explains the name.
    pub(super) fn without_apposition(&self, item: &mut Found, place: &Place<'_>) {
        let Some((head, last)) =
            item.name.as_deref().and_then(|n| Some((n.split_once(" - ")?.0, n.rsplit(' ').next()?)))
        else {
            return;
        };
        let low =
            item.tokens.start.saturating_sub(NEAR_MARK).max(place.sentence.start + 1)..item.tokens.start;
        let spaced = |i: usize| self.work.token(i).is_some_and(|t| t.gap == Gap::Space);
        let dash = |i: usize| self.work.token(i).is_some_and(|t| t.is('-') || t.is('–'));
        let closes =
            low.rev().any(|i| dash(i) && spaced(i) && spaced(i + 1) && self.work.word(i - 1) == last);
        if closes {
            item.name = Some(head.into());
        }
    }

    /// "Nhiều xã đạt tỷ lệ cao, như xã A 99,9%": a name ends before its example, and one that then says nothing is that told before.
    pub(super) fn without_example(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let opens = |rest: &str| {
            let leads = |lead: &String| rest.strip_prefix(lead.as_str()).is_some_and(|r| r.starts_with(' '));
            self.clauses.example_leads.iter().any(leads)
        };
        let cut = name.match_indices(", ").find(|(at, mark)| name.get(at + mark.len()..).is_some_and(opens));
        let head = cut.and_then(|(at, _)| name.get(..at)).unwrap_or(name);
        let hollow = self.clauses.hollow_names.contains(&head.to_lowercase());
        if head.len() == name.len() && !hollow {
            return;
        }
        let told = place.previous.or(place.earlier).filter(|p| p.kind == item.kind && hollow);
        match told.and_then(|p| p.name.clone()) {
            Some(told) => (item.name, item.why.name) = (Some(told), "name.previous"),
            None => item.name = Some(SmolStr::new(head)),
        }
    }

    /// "- Án hình sự: thụ lý 42 vụ, giải quyết 40 vụ": what was done, with the label of what it was done with.
    pub(super) fn with_label(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let low = name.to_lowercase();
        // "Việc làm: giải quyết 21.300 lao động": what was counted may stand behind the verb.
        let verb = item.unit.as_deref().and_then(|u| low.strip_suffix(u)).map_or(low.as_str(), str::trim_end);
        let act = self.clauses.label_acts.iter().any(|a| a == verb);
        let Some(label) = self.label(place, item).filter(|_| act) else { return };
        let verb = name.get(..verb.len()).unwrap_or(name);
        if !label.to_lowercase().contains(&low) {
            item.name = Some(format_smolstr!("{verb} {}", lower_first(&label)));
            item.why.name = "name.label";
        }
    }

    /// "Tỷ lệ án bị hủy 0,48%, bị sửa 0,95%": another predicate of the same head.
    pub(super) fn same_head(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let previous = place
            .previous
            .filter(|p| p.unit == item.unit && item.kind == Kind::Percentage && p.cell.is_none())?;
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let predicate = |i: usize| self.work.token(i).is_some_and(|t| self.clauses.passives.has(t));
        let said = previous.name.as_deref().filter(|_| !own.is_empty() && predicate(own.start))?;
        let words: Vec<&str> = said.split(' ').collect();
        let at = words.iter().position(|w| *w == self.work.word(own.start)).filter(|&n| n > 0)?;
        let end = self.without_joints(own.start, own.end);
        let short = (2..=MEMBER_WORDS).contains(&(end - own.start));
        short.then(|| {
            let own = one_line(self.work.words(own.start..end));
            format_smolstr!("{} {own}", words.get(..at).unwrap_or_default().join(" "))
        })
    }

    /// "Tỷ lệ trẻ ra lớp: nhà trẻ 32%, mẫu giáo 99%": each member of a list stands under its label.
    pub(super) fn member_of_label(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let label = match place.previous {
            Some(p) if p.unit == item.unit && p.kind == item.kind && p.cell.is_none() => {
                p.name.as_deref()?.split_once(": ").map(|(label, _)| SmolStr::new(label))
            }
            Some(_) => None,
            None => self.label_of_list(item, place),
        }?;
        let start = self.own_start(item.tokens.start, place);
        let colon = (start..item.tokens.start).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(':')));
        let start = colon.map_or(start, |c| c + 1);
        let end = self.without_joints(start, item.tokens.start);
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        let verb = |t: &Token| self.words.name_verbs.has(t) || self.words.stop.has(t);
        let own = start..end;
        let short = (1..=MEMBER_WORDS).contains(&own.len()) && !self.work.token(start).is_some_and(verb);
        let member = short && own.clone().all(word) && !self.headed(&own) && !self.is_hollow(&own, true);
        member.then(|| format_smolstr!("{label}: {}", one_line(self.work.words(own))))
    }

    /// The label before the colon that a list of shares begins behind: "Tỷ lệ học sinh lên lớp: tiểu học 99%, …".
    fn label_of_list(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let next = place.next.filter(|n| n.kind == item.kind && n.unit == item.unit)?;
        let comma = self.work.token(item.tokens.end).is_some_and(|t| t.is(',') || t.is(';'));
        let listed = comma && next.tokens.start < place.sentence.end && item.kind == Kind::Percentage;
        let label = self.label(place, item).filter(|_| listed && item.cell.is_none())?;
        let start = self.past_mark(place.sentence.start, item.tokens.start);
        let first = (start..item.tokens.start)
            .find(|&i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word))?;
        self.words.name_heads.at(&self.work.tokens, first).map(|_| label)
    }

    /// "3 vụ tai nạn lao động làm 4 người chết": a name goes without the verb that leads to the next figure.
    pub(super) fn without_verb(&self, item: &mut Found, place: &Place<'_>) {
        let next = place.next.filter(|n| n.tokens.start <= place.sentence.end && item.cell.is_none());
        let Some(next) = next else { return };
        let end = next.tokens.start;
        let light = || {
            let at = end.checked_sub(1)?;
            (self.work.token(at).is_some_and(|t| self.clauses.light.has(t)) && !self.splits(at)).then_some(1)
        };
        // "37 đoạn đê dài 18,45 km".
        let measured = || {
            let (n, _) = self.clauses.measured.before(&self.work.tokens, end)?;
            (next.kind == Kind::Measure && !self.splits(end - n)).then_some(n)
        };
        // "12 vụ tai nạn giao thông làm chết 5 người".
        let opener = || {
            let opens = |n: &usize| {
                let at = end.checked_sub(*n)?;
                self.clauses.openers.at(&self.work.tokens, at).filter(|(len, ())| len == n)
            };
            (2..=3).find(|n| item.kind == Kind::Count && opens(n).is_some())
        };
        let Some(verb) = light().or_else(measured).or_else(opener).map(|n| self.work.words(end - n..end))
        else {
            return;
        };
        let name = item.name.as_deref().and_then(|n| n.strip_suffix(verb)).map(str::trim_end);
        if let Some(name) = name.filter(|n| !n.is_empty()) {
            item.name = Some(SmolStr::new(name));
        }
    }

    /// A name of a sentence's length without the place at its end: "số trạm thu phát sóng tại các khu công nghiệp …".
    pub(super) fn shorten(&self, item: &mut Found) {
        let Some(name) = item.name.as_deref() else { return };
        let words: Vec<&str> = name.split(' ').collect();
        let opens = |at: usize| self.clauses.places.iter().any(|p| stands_at(&words, at, p));
        let place = (SHORT_NAME..words.len()).find(|&at| opens(at));
        let tells = |at: usize| words.iter().skip(at).any(|w| self.clauses.tells.iter().any(|t| t == w));
        if let Some(at) = place.filter(|&at| words.len() > LONG_NAME && !tells(at)) {
            item.name = Some(SmolStr::new(words.iter().take(at).copied().collect::<Vec<_>>().join(" ")));
        }
    }

    /// "hộ nghèo đầu năm 2024 là 3.654 hộ", "giải ngân gần 4 tỷ đồng": the last word belongs to the time or the figure behind it.
    pub(super) fn without_loose_end(&self, item: &mut Found) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let is_end = |w: &&String| ends_with_words(name, w);
        let Some(loose) = self.clauses.loose_ends.iter().filter(is_end).max_by_key(|w| w.len()) else {
            return;
        };
        let kept = name.strip_suffix(loose.as_str()).map(str::trim_end).filter(|k| !k.is_empty());
        if let Some(kept) = kept.filter(|_| !self.clauses.firm_ends.iter().any(|w| is_end(&w))) {
            item.name = Some(SmolStr::new(kept));
        }
    }

    /// "Sở A cho biết toàn tỉnh đón 480.000 lượt": who tells it is no part of a name.
    pub(super) fn without_teller(&self, item: &mut Found) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let ends = self.clauses.tellers.iter().filter_map(|w| name.rfind(w.as_str()).map(|at| at + w.len()));
        let kept = ends.max().and_then(|at| name.get(at..)).map(str::trim_start).filter(|k| !k.is_empty());
        if let Some(kept) = kept {
            item.name = Some(SmolStr::new(kept));
        }
    }

    /// "toàn tỉnh đón 480.000 lượt": whose it is stands in the scope of a count.
    pub(super) fn without_scope(&self, item: &mut Found) {
        let (Some(name), Some(scope)) = (item.name.as_deref(), item.scope.as_deref()) else { return };
        let head = name.get(..scope.len()).filter(|h| h.to_lowercase() == scope.to_lowercase());
        let rest = head.and_then(|h| name.get(h.len()..)).and_then(|r| r.strip_prefix(' '));
        let rest = rest.filter(|r| !r.is_empty() && item.kind == Kind::Count && item.cell.is_none());
        if let Some(rest) = rest {
            item.name = Some(SmolStr::new(rest));
        }
    }

    /// "Kiểm điểm trách nhiệm 5 tập thể, 14 cá nhân": a list of counts behind one verb.
    pub(super) fn shared_verb(&self, item: &mut Found, place: &Place<'_>) {
        let (Some(name), Some(unit)) = (item.name.as_deref(), item.unit.as_deref()) else { return };
        let Some(previous) = place.previous.filter(|p| item.kind == Kind::Count && p.kind == Kind::Count)
        else {
            return;
        };
        let joint = previous.tokens.end;
        let joins = self.work.token(joint).is_some_and(|t| t.is(',') || self.clauses.joins.has(t));
        let (said, noun) = (previous.name.as_deref().unwrap_or_default(), previous.unit.as_deref());
        let verb = noun.and_then(|n| said.strip_suffix(n)).map(str::trim_end).filter(|v| !v.is_empty());
        let first = verb.and_then(|v| v.split(' ').next()).unwrap_or_default();
        let does = is_among(&self.clauses.shared_verbs, first);
        if name == unit && joins && joint + 1 == item.tokens.start && does {
            item.name = verb.map(|v| format_smolstr!("{v} {unit}"));
            item.why.name = "name.list";
        }
    }

    /// "xử phạt 4 cơ sở, số tiền 86 triệu đồng": a sum that says nothing of its own is one of what was counted before it.
    pub(super) fn whose_sum(&self, item: &mut Found, place: &Place<'_>) {
        let sums = match item.kind {
            Kind::Money => &self.clauses.bare_sums,
            Kind::Measure => &self.clauses.bare_sizes,
            Kind::Percentage => &self.clauses.contributions,
            _ => return,
        };
        let Some(name) = item.name.clone().filter(|_| item.cell.is_none()) else { return };
        let bare = is_among(sums, &name);
        // "3 tuyến đường dài 2,4 km, trị giá 1,45 tỷ đồng", "3 dự án quy mô 812 căn, tổng vốn 689,5 tỷ đồng": of what was
        // counted, whatever it measures.
        let size = |p: &Found| p.name.as_deref().is_some_and(|n| is_among(&self.clauses.bare_sizes, n));
        let counts = |p: &&Found| matches!(p.kind, Kind::Count | Kind::Ratio) && !size(p);
        let behind = || place.told.filter(|p| p.kind == Kind::Measure || size(p)).and(place.before_previous);
        // "thanh toán trực tuyến đạt 89,7% với số tiền 312 triệu đồng".
        let share = |p: &&Found| {
            p.kind == Kind::Percentage
                && p.role == Role::Actual
                && self.work.token(p.tokens.end).is_some_and(|t| self.clauses.shares_with.has(t))
        };
        let counted =
            place.told.filter(counts).or_else(|| behind().filter(counts)).or(place.told.filter(share));
        // "nông nghiệp tăng 4,3%, đóng góp 1,7 điểm phần trăm": of what grew.
        let grew = place.told.filter(|p| p.kind == Kind::Percentage && p.role == Role::Change);
        let counted = if item.kind == Kind::Percentage { grew } else { counted };
        let short = |n: &&str| n.split(' ').count() <= LONG_SUM;
        // "42 cánh đồng mẫu với diện tích 2.150 ha": a size belongs to what it follows without a mark.
        let parted = |p: &&Found| {
            item.kind == Kind::Measure
                && (p.tokens.end..item.tokens.start)
                    .any(|i| self.work.token(i).is_none_or(|t| t.kind == TokenKind::Punct))
        };
        let whose = counted.filter(|p| bare && !parted(p)).and_then(|p| p.name.as_deref()).filter(short);
        let Some(whose) = whose else { return };
        item.name = Some(format_smolstr!("{name} {}", lower_first(whose)));
        item.why.name = "name.sum";
    }

    /// "Trao 120 suất quà cho học sinh nghèo, trị giá 60 triệu đồng", "11 khu vực mỏ với số tiền 17,6 tỷ đồng": the words of a
    /// bare sum behind a count, and nothing else since the last mark or "với".
    pub(super) fn bare_sum(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let counts = |p: &&Found| matches!(p.kind, Kind::Count | Kind::Ratio) && p.cell.is_none();
        let previous = place.told.filter(|p| counts(p) && item.kind == Kind::Money)?;
        let mut end = item.tokens.start;
        let bound = |end: usize| {
            let bound = self.words.bound_before.before(&self.work.tokens, end).map(|(n, _)| n);
            bound.or_else(|| self.words.name_tail.before(&self.work.tokens, end).map(|(n, ())| n))
        };
        let bare = |range: Range<usize>| {
            let text = one_line(self.work.words(range)).to_lowercase();
            self.clauses.bare_sums.contains(&text).then(|| SmolStr::new(text))
        };
        let parts = |i: &usize| {
            self.work.token(*i).is_some_and(|t| t.is(',') || t.is(';') || self.clauses.shares_with.has(t))
        };
        // "35 nhà tình nghĩa trị giá 1,4 tỷ đồng": nothing but the rest of what was counted stands between.
        let mut near = end;
        while self.clauses.brought_sums.before(&self.work.tokens, near).is_none()
            && let Some(n) = bound(near).filter(|n| previous.tokens.end + n <= near)
        {
            near -= n;
        }
        if let Some((n, ())) = self.clauses.brought_sums.before(&self.work.tokens, near) {
            let rest = previous.tokens.end..near - n;
            let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
            if rest.len() <= MEMBER_WORDS && rest.clone().all(word) && previous.tokens.end <= near - n {
                return bare(near - n..near);
            }
        }
        loop {
            let low = previous.tokens.end.min(end);
            let start = (low..end).rev().find(parts)? + 1;
            if let Some(sum) = bare(start..end) {
                return Some(sum);
            }
            end = bound(end).map(|n| end - n).filter(|&e| e > start)?;
        }
    }

    /// "CCN Minh Lãng: 42,8 ha": what the unit measures, where the words before it name a place or a thing and nothing else.
    pub(super) fn size_of(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let size = item.unit.as_deref().and_then(|u| self.clauses.sizes.get(u))?;
        let end = self.without_bound(item.tokens.start);
        let bracket = end.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.is('('));
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

/// Whether a list of words in small letters holds some words, whatever their case.
fn is_among(list: &[String], words: &str) -> bool {
    list.iter().any(|w| w.chars().eq(words.chars().flat_map(char::to_lowercase)))
}
