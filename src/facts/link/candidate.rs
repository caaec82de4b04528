//! Stage 5, linking: the phrases that may name a quantity. Every plausible beginning before it with every plausible end,
//! every plausible end of the noun phrase behind it, and what the rules would say.
//!
//! "Tỷ lệ hộ nghèo cuối năm giảm còn 2,47%" offers "Tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo cuối năm", "hộ nghèo" and more;
//! [`super::rank`] chooses among them.

use std::borrow::Cow;
use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::FxHasher;
use smol_str::SmolStr;

use super::around::{Around, Mask};
use super::behind::follows;
use super::class::is_of_class;
use super::{Linker, Place};
use crate::claim::indicator::{Bound, Found, Kind, Role};
use crate::words::token::{Gap, Kind as TokenKind};
use crate::words::{is_one_line, one_line};

/// Most tokens before a quantity that its name may begin at.
const BEFORE: usize = 40;
/// Most tokens behind it that its name may reach.
const BEHIND: usize = 24;
/// The same of a share that nothing is said before: "100% người dân ở … được phổ biến kiến thức".
const FAR_BEHIND: usize = 40;
/// Most tokens of a label that names the figures of its sentence.
const LABEL_WORDS: usize = 12;
/// A longer lead-in is a sentence and names nothing.
const LEAD_WORDS: usize = 18;
/// How many tokens back the name of an index may stand.
const INDEX_REACH: usize = 150;
/// Most beginnings and ends of phrases before it.
const STARTS: usize = 10;
/// Few quantities have more candidates.
const MOST: usize = 16;
const ENDS: usize = 6;
/// How far its comma stands behind the beginning of a source, in tokens.
const SOURCE: usize = 24;
/// Most words of what sets a member of a list apart.
const MEMBER: usize = 3;
/// Most tokens of "tổng số".
const TOTAL: usize = 3;
/// So many tokens behind a share say whose it is: "98% người dân hài lòng".
const OWNED: usize = 4;

/// Where a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The rules' own answer.
    Rule,
    /// Words before the quantity.
    Before,
    /// The noun behind its number.
    Behind,
    /// The name of the quantity before it.
    Previous,
    /// The name of the last quantity of the sentence before.
    Earlier,
    /// The noun behind its number with the predicate that it shares with the next one.
    Shared,
    /// What the lead-in of its list, or its heading, is about.
    Lead,
    /// The index that a place or a score is one of: named last before it, or behind "về".
    Index,
    /// The name of the last figure that is alike under the same heading.
    Memory,
    /// The noun of a count with what follows it in the name before: "hộ nghèo" of "tỷ lệ hộ nghèo 8%, với 410 hộ".
    Noun,
    /// The noun of a count with the name of the figure that it shares: "hộ cho vay" of "cho vay 71 tỷ đồng với 160 hộ".
    With,
    /// The label before the colon that opens the sentence: "Thanh toán không dùng tiền mặt: 40 lượt, số tiền 2 tỷ đồng".
    Label,
    /// The noun of a count, or the word for a sum, with that label.
    Labelled,
}

/// A phrase that may name a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// As the name would be written; borrowed where it stands so in the text.
    pub text: Cow<'a, str>,
    /// Its tokens, where it is a stretch of the text.
    pub tokens: Range<usize>,
    /// Where it comes from.
    pub source: Source,
}

impl Candidate<'_> {
    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        let text = self.text.as_bytes();
        // Nearly all have single spaces between their words and none around them.
        if is_one_line(text) {
            1 + memchr::memchr_iter(b' ', text).count()
        } else {
            self.text.split_whitespace().count()
        }
    }
}

/// The candidates gathered so far; of equal texts from one source the first stands.
struct Candidates<'a> {
    list: Vec<Candidate<'a>>,
    hashes: Vec<u64>,
    /// Phrases that name nothing.
    hollow: Vec<Cow<'a, str>>,
}

impl<'a> Candidates<'a> {
    /// None yet, with room for as many as most quantities have.
    fn with_room() -> Self {
        Self { list: Vec::with_capacity(MOST), hashes: Vec::with_capacity(MOST), hollow: Vec::new() }
    }

    fn add(&mut self, text: Cow<'a, str>, tokens: Range<usize>, source: Source) {
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        hasher.write_u8(source as u8);
        let hash = hasher.finish();
        let known = |(c, &h): (&Candidate<'_>, &u64)| h == hash && c.source == source && c.text == text;
        if !text.is_empty() && !self.list.iter().zip(&self.hashes).any(known) {
            self.list.push(Candidate { text, tokens, source });
            self.hashes.push(hash);
        }
    }

    /// The phrases that say something; all of them where none does.
    fn telling(mut self) -> Vec<Candidate<'a>> {
        let hollow = std::mem::take(&mut self.hollow);
        let tells = |c: &Candidate<'_>| match c.source {
            Source::Rule => !hollow.contains(&c.text) && !is_torn(&c.text),
            Source::Before => !hollow.contains(&c.text),
            _ => true,
        };
        if self.list.iter().any(tells) {
            self.list.retain(tells);
        }
        self.list
    }
}

/// A name up to the bracket that does not close in it.
pub(super) fn before_torn(name: &SmolStr) -> SmolStr {
    match name.split_once('(') {
        Some((before, _)) if is_torn(name) && !before.trim().is_empty() => before.trim().into(),
        _ => name.clone(),
    }
}

/// Whether a phrase begins with a mark or has half a bracket.
fn is_torn(text: &str) -> bool {
    let open = text.matches('(').count();
    let first = text.split(' ').next().unwrap_or_default();
    let dated = first.contains('/') && first.starts_with(|c: char| c.is_ascii_digit());
    dated
        || text.contains(';')
        || open != text.matches(')').count()
        || text.starts_with([',', ';', ':', ')', '-', '.'])
}

/// The noun of a count, for the phrases before its number.
struct Counted<'i> {
    /// Its first word.
    first: u32,
    /// The unit of the quantity, and the tokens of the noun in the text.
    unit: Option<&'i SmolStr>,
    tokens: Range<usize>,
}

impl<'a> Linker<'_, 'a> {
    /// The candidates for the name of a quantity; the first is the rules' own, if they have one.
    pub(super) fn candidates<'c>(&self, around: &Around<'c>, rule: Option<&'c SmolStr>) -> Vec<Candidate<'c>>
    where
        'a: 'c,
    {
        let (item, place) = (around.item, around.place);
        let mut out = Candidates::with_room();
        let owned = |text: SmolStr| Cow::Owned(String::from(text));
        let object = self.has_object(item, place);
        if let Some(rule) = rule {
            let before = self.before(item, place).filter(|r| one_line(self.work.words(r.clone())) == *rule);
            let leader = |r: &Range<usize>| self.clauses.who_leads.at(&self.work.tokens, r.start).is_some();
            if before.is_some_and(|r| object || leader(&r) || self.is_hollow(&r, true)) {
                out.hollow.push(owned(rule.clone()));
            }
            out.add(owned(rule.clone()), 0..0, Source::Rule);
        }
        let alone = self.stands_alone(item, place);
        let other = |name: &SmolStr| alone || self.is_other_member(around, name);
        if let Some(name) = self.taken_over(item, place).filter(|n| !other(n)) {
            out.add(owned(name), 0..0, Source::Previous);
        }
        // "432 căn. Đang triển khai 418 dự án": what was counted last is another thing.
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio) && !around.generic;
        let ranks = |f: &Found| matches!(f.kind, Kind::Score | Kind::Rank);
        let share = item.kind == Kind::Percentage;
        // "SIPAS: 86,02%" opens a line: what was told before is another thing.
        let labelled = self.opens_with_label(item, place);
        let earlier = place.earlier.filter(|_| !labelled).filter(|p| {
            let rate = item.kind == Kind::Count && p.kind == Kind::Percentage;
            (!counts || p.unit == item.unit)
                && (!ranks(item) || ranks(p))
                && (share || !is_of_class(p))
                && !rate
        });
        if let Some(name) = earlier.and_then(|p| p.name.clone()).filter(|n| !other(n)) {
            out.add(owned(name), 0..0, Source::Earlier);
        }
        let memory = place.memory.filter(|_| !labelled);
        if let Some(name) = memory.and_then(|p| p.name.clone()).filter(|n| !other(n)) {
            out.add(owned(name), 0..0, Source::Memory);
        }
        if let Some(name) = self.shared_with(around) {
            out.add(Cow::Owned(name), 0..0, Source::With);
        }
        let light = |i: usize| self.work.token(i).is_some_and(|t| self.clauses.light.has(t));
        if let Some(label) = self.label(place, item) {
            let unit = item.unit.as_deref().filter(|_| !self.multiplies(item));
            let noun = match unit.filter(|_| matches!(item.kind, Kind::Count | Kind::Ratio)) {
                Some(noun) => (!label.to_lowercase().contains(noun)).then(|| SmolStr::new(noun)),
                None => self.sum_before(around),
            };
            // "làm 4 người chết" behind another figure: its noun says who they are.
            let caused = item.tokens.start.checked_sub(1).is_some_and(light);
            let said = |noun: &SmolStr| caused && noun.contains(' ') && place.previous.is_some();
            // "Cháy nổ: xảy ra 04 vụ cháy".
            let again = |noun: &SmolStr| {
                let last = noun.rsplit(' ').next().filter(|_| noun.contains(' '));
                let first = label.split(' ').next().map(str::to_lowercase);
                last.is_some() && last == first.as_deref()
            };
            // "an toàn giao thông: xảy ra 45 vụ, chết 12 người": words of its own behind another figure say more than the label.
            let own = place.previous.is_some() && around.substance.0 > 0;
            if let Some(noun) = noun.filter(|n| !own && !said(n) && !again(n)) {
                out.add(
                    Cow::Owned(format!("{noun} {}", crate::words::lower_first(&label))),
                    0..0,
                    Source::Labelled,
                );
            }
            out.add(owned(label), 0..0, Source::Label);
        }
        if let Some(name) = self.completed(item, place).filter(|n| !other(n)) {
            out.add(owned(name), 0..0, Source::Noun);
        }
        let lead = self.lead_name(place).or_else(|| self.heading_name(place));
        if let Some(name) = lead.filter(|n| n.split(' ').count() <= LEAD_WORDS) {
            out.add(owned(name), 0..0, Source::Lead);
        }
        if matches!(item.kind, Kind::Rank | Kind::Score) {
            // "Chỉ số PCI đạt 68 điểm. Tính minh bạch (6,32 điểm)": what opens the sentence before the bracket is what is scored.
            let own = self.opens_with_bracket(item, place);
            for index in self.indices(item, place).into_iter().flatten() {
                if self.is_whole(&index) && !(own && index.start < place.sentence.start) {
                    out.add(self.plain(index.clone()), index, Source::Index);
                }
            }
        }
        let noun = self.noun_behind(item, place);
        let act = |at: usize| {
            let label = |n: usize| one_line(self.work.words(at..at + n)).to_lowercase();
            (1..=2).any(|n| self.work.token(at + n).is_some() && self.clauses.label_acts.contains(&label(n)))
        };
        let comma = self.work.token(item.tokens.end).is_some_and(|t| t.is(',')) && act(item.tokens.end + 1);
        let members = place.next.is_some_and(|n| {
            let counts = item.kind == Kind::Count && n.kind == Kind::Count && n.unit == item.unit;
            counts && n.tokens.start < place.sentence.end && around.substance.0 > 0
        });
        for end in self.ends_behind(around, noun) {
            // "trực tuyến 9.836 hồ sơ, trực tiếp 18.268 hồ sơ": each member stands before its figure.
            if members && (noun..end).any(|i| self.work.token(i).is_some_and(|t| t.is(','))) {
                continue;
            }
            // "2 vụ làm 1 người chết".
            if end == item.tokens.end + 1 && light(item.tokens.end) {
                continue;
            }
            // "tiếp nhận 14.870 hồ sơ, giải quyết đúng hạn 98,9%": behind a comma right behind the noun another clause begins.
            if comma && end > item.tokens.end && noun < item.tokens.end {
                continue;
            }
            if self.is_whole(&(noun..end))
                && !self.ends_with_sum(&(noun..end))
                && !self.brings_sum(&(noun..end), place)
            {
                out.add(self.plain(noun..end), noun..end, Source::Behind);
            }
        }
        if let Some((own, shared)) = self.shared(around, noun) {
            let text = format!("{} {}", self.plain(own), self.plain(shared));
            out.add(Cow::Owned(text), 0..0, Source::Shared);
        }
        if !object && self.total_before(item).is_none() {
            self.candidates_before(around, &mut out);
        }
        out.telling()
    }

    /// Whether a sentence begins with a short phrase and the bracket that a figure stands in.
    fn opens_with_bracket(&self, item: &Found, place: &Place<'_>) -> bool {
        let bracket = self.brackets.around(item.tokens.start).map(|b| b.start);
        let Some(open) = bracket.filter(|&open| open > place.sentence.start) else { return false };
        self.is_measured(&(self.past_mark(place.sentence.start, open)..open))
    }

    /// Whether a line begins with a label, a colon and the figure; a place, a part or a time is no such label.
    fn opens_with_label(&self, item: &Found, place: &Place<'_>) -> bool {
        let Some(colon) = self.without_bound(item.tokens.start).checked_sub(1) else { return false };
        let opens = self.work.token(place.sentence.start).is_some_and(|t| t.gap >= Gap::Line)
            && self.work.token(colon).is_some_and(|t| t.is(':'));
        let label = self.past_mark(place.sentence.start, colon)..colon;
        opens
            && self.is_measured(&label)
            && !label.clone().any(|i| self.in_date(i))
            && self.clauses.parts.at(&self.work.tokens, label.start).is_none()
    }

    /// Whether a few words, and nothing else, say what is measured: no place, and nothing hollow.
    fn is_measured(&self, phrase: &Range<usize>) -> bool {
        let plain = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        (1..=LABEL_WORDS).contains(&phrase.len())
            && phrase.clone().all(plain)
            && self.scope_at(phrase.start).is_none()
            && !self.is_hollow(phrase, true)
    }

    /// "Thu ngân sách vượt xa: tiền sử dụng đất", "xã hội ổn định: GDP": what stands behind a colon says what is measured.
    fn tells_behind_colon(&self, around: &Around<'_>, tokens: &Range<usize>) -> bool {
        around.marks.any(Mask::Colon, tokens)
            && tokens
                .clone()
                .rev()
                .find(|&i| self.work.token(i).is_some_and(|t| t.is(':')))
                .is_some_and(|colon| self.substance(&(colon + 1..tokens.end)).0 > 0)
    }

    /// What stands before the colon that opens the sentence of a figure, where words of its own stand behind it.
    pub(super) fn label(&self, place: &Place<'_>, item: &Found) -> Option<SmolStr> {
        let opening = place.sentence.start..place.first.min(item.tokens.start);
        let colon = opening.clone().find(|&i| self.work.token(i).is_some_and(|t| t.is(':')))?;
        let start = self.past_mark(opening.start, colon);
        let start = (start..colon).find(|&i| self.may_begin(i))?;
        let label = start..colon;
        let plain = !label.clone().any(|i| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is(',') || t.is(';'))
        });
        // "- Tiêu chí trường học: có 03/04 trường đạt chuẩn": a field, not what is measured.
        let field = self.names_field(label.start, item);
        let short =
            !field && label.len() <= LABEL_WORDS && colon + 1 < item.tokens.start || place.previous.is_some();
        (plain && short && self.is_whole(&label) && self.substance(&label).0 > 0)
            .then(|| one_line(self.work.words(label)))
    }

    /// Where the name of a figure ends that stands behind it up to a comma: "lượt hộ được vay vốn ưu đãi, dư nợ …".
    fn named_until(&self, item: &Found, limit: usize) -> usize {
        let behind = item.tokens.end..limit;
        let comma = behind.clone().find(|&i| self.work.token(i).is_some_and(|t| t.is(',')));
        let comma = comma.filter(|&end| end > behind.start);
        let told = |end: &usize| {
            let words = one_line(self.work.words(behind.start..*end));
            item.name.as_deref().is_some_and(|name| name.ends_with(words.as_str()))
        };
        comma.filter(told).unwrap_or(0)
    }

    /// Whether a label that begins at a token only names a field; "Tiêu chí bình quân/xã: 16 tiêu chí" counts them.
    pub(super) fn names_field(&self, start: usize, item: &Found) -> bool {
        self.clauses.fields.at(&self.work.tokens, start).is_some_and(|(n, ())| {
            let field = one_line(self.work.words(start..start + n)).to_lowercase();
            item.unit.as_deref().is_none_or(|unit| !unit.starts_with(&field))
        })
    }

    /// "lượt người với số tiền": the words of the sum that follows belong to that.
    fn ends_with_sum(&self, tokens: &Range<usize>) -> bool {
        let joins = |i: &usize| self.work.token(*i).is_some_and(|t| self.clauses.shares_with.has(t));
        let Some(joint) = tokens.clone().rev().find(joins) else { return false };
        let sum = one_line(self.work.words(joint + 1..tokens.end)).to_lowercase();
        self.clauses.bare_sums.contains(&sum)
    }

    /// "1 dự án FDI vốn 5 triệu USD": the last word belongs to the sum that follows.
    fn brings_sum(&self, tokens: &Range<usize>, place: &Place<'_>) -> bool {
        let money = |n: &&Found| n.kind == Kind::Money && n.tokens.start < tokens.end + MEMBER;
        let sum = || self.clauses.brought_sums.before(&self.work.tokens, tokens.end);
        place.next.filter(money).is_some() && sum().is_some_and(|(n, ())| n < tokens.len())
    }

    /// The words of a bare sum right before its number: "số tiền".
    fn sum_before(&self, around: &Around<'_>) -> Option<SmolStr> {
        let own = around.own.start..around.item.tokens.start;
        let text = one_line(self.work.words(own)).to_lowercase();
        self.clauses.bare_sums.contains(&text).then(|| SmolStr::new(text))
    }

    /// The noun of a count right behind another figure, with the name of that one.
    fn shared_with(&self, around: &Around<'_>) -> Option<String> {
        let (item, place) = (around.item, around.place);
        let previous = place.previous.filter(|p| p.kind != Kind::Percentage && p.unit != item.unit)?;
        let noun = item.unit.as_deref().filter(|_| matches!(item.kind, Kind::Count | Kind::Ratio))?;
        let joint = item.tokens.start.checked_sub(1)?;
        let shares = self.work.token(joint).is_some_and(|t| self.clauses.shares_with.has(t));
        let close = joint.saturating_sub(previous.tokens.end) <= 3;
        // "26 trường THPT, 6 trung tâm với tổng số 168.420 học sinh": of all of them.
        let of_all = |i: usize| self.clauses.of_all.at(&self.work.tokens, i).is_some();
        let close = close && !(previous.tokens.end..item.tokens.start).any(of_all);
        let name = previous.name.as_deref().filter(|n| shares && close && !n.contains(noun))?;
        let name = crate::words::lower_first(name);
        // "1.850 lượt công dân với 2.120 người": the people themselves, not their visits.
        let visits = previous
            .unit
            .as_deref()
            .filter(|u| self.clauses.visits.iter().any(|v| u.starts_with(v.as_str())));
        let name =
            visits.and_then(|u| name.strip_prefix(u)).map_or(name.clone(), |rest| rest.trim_start().into());
        // "25 lớp tập huấn cho 1.250 lượt người": people are trained, not courses.
        let told = name.split_once(' ').filter(|(first, _)| self.clauses.sessions.iter().any(|s| s == first));
        Some(format!("{noun} {}", told.map_or(&*name, |(_, rest)| rest)))
    }

    /// The noun of a count with what follows it in the name of a figure before it.
    fn completed(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio);
        let noun = item.unit.as_deref().filter(|_| counts && !self.counts_all(item))?;
        let told = [place.told, place.previous, place.spoken, place.earlier];
        // "Tỷ lệ hộ nghèo còn 45,8%. … Xã có 612 hộ": what a share was of does not say which are counted later on.
        let breaks = |i: usize| self.work.token(i).is_some_and(|t| t.gap >= Gap::Line);
        let near = |p: &&Found| {
            p.kind != Kind::Percentage || !(p.tokens.end..item.tokens.start).take(BEFORE).any(breaks)
        };
        told.into_iter().flatten().filter(|p| !is_of_class(p)).filter(near).find_map(|p| {
            let name = p.name.as_deref()?;
            let low = name.to_lowercase();
            let at = low.match_indices(noun).map(|(n, _)| n).find(|&n| {
                let open = low.get(..n).is_some_and(|b| b.is_empty() || b.ends_with(' '));
                let goes_on = low.get(n + noun.len()..).is_some_and(|b| b.starts_with(' '));
                open && goes_on && low.len() == name.len()
            })?;
            name.get(at..).map(SmolStr::new)
        })
    }

    /// "6 trung tâm với tổng số 168.420 học sinh": the words of the total; what stands before "với" has a figure of its own.
    pub(super) fn total_before(&self, item: &Found) -> Option<Range<usize>> {
        // "nâng tổng số lên 12 khu công nghiệp".
        let to = |i: usize| self.work.token(i).is_some_and(|t| self.clauses.arrives.has(t));
        let raised = item.tokens.start.checked_sub(1).is_some_and(to);
        let start = item.tokens.start - usize::from(raised);
        let all = |n: &usize| {
            let at = start.checked_sub(*n).and_then(|i| self.clauses.of_all.at(&self.work.tokens, i));
            at.is_some_and(|(m, ())| m == *n)
        };
        let n = (1..=TOTAL).rev().find(all).filter(|_| item.kind == Kind::Count)?;
        let before = start.checked_sub(n + 1).and_then(|i| self.work.token(i));
        let first = self.work.token(start - n).is_some_and(|t| t.gap >= Gap::Line);
        let opens = first || before.is_none_or(|t| t.kind == TokenKind::Punct);
        let with = before.is_some_and(|t| self.clauses.shares_with.has(t));
        (with || n > 1 && (raised || opens)).then_some(start - n..start)
    }

    /// Whether a figure takes no name from those told of before it: a count of all, and a share right behind "có", which is of
    /// those behind it ("lấy 1.250 phiếu khảo sát, có 98,7% người dân hài lòng").
    fn stands_alone(&self, item: &Found, place: &Place<'_>) -> bool {
        match item.kind {
            Kind::Count => self.counts_all(item),
            Kind::Percentage => {
                let own = self.own_start(item.tokens.start, place)..item.tokens.start;
                let owns = self.work.token(own.start).is_some_and(|t| self.clauses.owns.has(t));
                let behind = item.tokens.end..item.tokens.end + OWNED;
                own.len() == 1 && owns && self.substance(&behind).0 > 1
            }
            _ => false,
        }
    }

    /// "Toàn huyện có 45 trường", "45 trường, trong đó 20 trường mầm non": all of them, not those told of before.
    pub(super) fn counts_all(&self, item: &Found) -> bool {
        // "Toàn huyện có 5 ca": of what, only the words before tell.
        if self.is_one_of(item, &self.words.classifiers) {
            return false;
        }
        let tokens = &self.work.tokens;
        let parts = |i: usize| self.clauses.parts.at(tokens, i).is_some();
        let end = self.without_bound(item.tokens.start);
        let area = |i: usize| self.work.token(i).is_some_and(|t| self.words.areas.has(t));
        let owns = |i: usize| self.work.token(i).is_some_and(|t| self.clauses.owns.has(t));
        let owned = end > 1 && owns(end - 1) && area(end - 2);
        owned || (item.tokens.end..=item.tokens.end + 1).any(parts)
    }

    /// Every plausible beginning before the quantity with every plausible end.
    fn candidates_before<'c>(&self, around: &Around<'c>, out: &mut Candidates<'c>)
    where
        'a: 'c,
    {
        let mut ends = self.ends_before(around);
        let bound = |end: usize| {
            let bound = self.words.bound_before.before(&self.work.tokens, end);
            let limits = |b: Bound| matches!(b, Bound::AtMost | Bound::AtLeast);
            bound.is_some_and(|(n, &b)| n > 2 && limits(b) && end >= n + around.floor)
                && !self.keeps(around.floor, end)
        };
        // "sản lượng của huyện tiếp tục đạt": the name ends before what measures nothing.
        let trimmed: Vec<usize> = ends
            .iter()
            .filter_map(|&end| self.clauses.idle.before(&self.work.tokens, end).map(|(n, ())| end - n))
            .filter(|end| !ends.contains(end))
            .collect();
        ends.extend(trimmed);
        ends.retain(|&end| end > 0 && self.may_end(end - 1) && !bound(end));
        if ends.is_empty() {
            return;
        }
        let counted = self.counts_with(around.item);
        let marks = &around.marks;
        // "32 cơ sở vi phạm, phạt tiền 96 triệu đồng": what is counted before the comma is not what the sum is of.
        let counted_before = around
            .place
            .previous
            .filter(|p| matches!(p.kind, Kind::Count | Kind::Measure) && p.cell.is_none());
        let limit = around.item.tokens.start;
        let noun = counted_before
            .map_or(0, |p| self.phrase_end(p.tokens.end, limit).max(self.named_until(p, limit)));
        // "Chăn nuôi phát triển khá, đàn lợn": what is measured stands behind the comma.
        let idle = |&i: &usize| {
            self.work.token(i).is_some_and(|t| t.is(','))
                && self.clauses.idle.before(&self.work.tokens, i).is_some()
        };
        let floor = (around.floor..around.item.tokens.start).rev().find(idle).unwrap_or(0);
        for start in self.starts_before(around) {
            if start < floor || !self.may_begin(start) {
                continue;
            }
            let field_word = self.names_field(start, around.item);
            for &end in ends.iter().filter(|&&end| end > start) {
                let tokens = start..end;
                if start < noun && marks.any(Mask::Comma, &tokens) {
                    continue;
                }
                // "làm 21 người chết", "dông lốc làm 21 người chết": the verb adds nothing to what its noun says.
                if counted.is_some() && self.work.token(end - 1).is_some_and(|t| self.clauses.light.has(t)) {
                    continue;
                }
                // "Công tác giải phóng mặt bằng: đã chi trả …": the label of a field is no part of a name behind it.
                let past_label = field_word && marks.any(Mask::Colon, &tokens);
                // "cao đẳng nghề 0, trung cấp nghề 320 người": a number before a comma has had its words.
                let counted_out = marks.any(Mask::Comma, &tokens)
                    && (start..end).any(|i| {
                        let number =
                            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
                        number(i)
                            && !self.in_date(i)
                            && self.work.token(i + 1).is_some_and(|t| t.is(','))
                            && !number(i + 2)
                    });
                if past_label
                    || counted_out
                    || marks.any(Mask::Turn, &(start + 1..end))
                    || self.tells_behind_colon(around, &tokens)
                {
                    continue;
                }
                let bracket = marks.any(Mask::Open, &tokens) || marks.any(Mask::Close, &tokens);
                if marks.any(Mask::Content, &tokens) && (!bracket || self.is_balanced(&tokens)) {
                    let phrase = if bracket { self.plain(tokens.clone()) } else { self.in_one_line(&tokens) };
                    let length = phrase.len();
                    let name = self.with_noun(counted.as_ref(), phrase, &tokens);
                    let alone = name.len() == length;
                    // "Sốt rét giảm mạnh, cả huyện chỉ ghi nhận 57 ca": a clause is no part of the name of what is counted behind it.
                    if !alone && self.holds_clause(&tokens) {
                        continue;
                    }
                    let label = marks.any(Mask::Colon, &tokens) && self.is_label(&tokens);
                    let field = field_word && self.work.token(end).is_some_and(|t| t.is(':'));
                    let leader = self.clauses.who_leads.at(&self.work.tokens, start).is_some();
                    // "Về an toàn giao thông, trong năm trên địa bàn": behind its last comma it says only when and where.
                    let comma = |&i: &usize| self.work.token(i).is_some_and(|t| t.is(','));
                    let told =
                        || marks.any(Mask::Comma, &tokens).then(|| (start..end).rev().find(comma)).flatten();
                    let aside = told().is_some_and(|c| {
                        self.clauses.locating.at(&self.work.tokens, c + 1).is_some()
                            && self.is_hollow(&(c + 1..end), true)
                    });
                    if label
                        || field
                        || aside
                        || leader
                        || self.is_hollow(&tokens, true)
                        || alone && self.has_measure(&tokens)
                    {
                        out.hollow.push(name.clone());
                    }
                    out.add(name, tokens, Source::Before);
                }
            }
        }
    }

    /// Whether a stretch goes on behind a comma, or behind a verb that is not its first word.
    fn holds_clause(&self, tokens: &Range<usize>) -> bool {
        (tokens.start + 1..tokens.end).any(|i| {
            self.work.token(i).is_some_and(|t| t.is(',') || t.is(':') || self.clauses.told_verbs.has(t))
        })
    }

    /// "đứng thứ 17/63 về mức độ chuyển đổi số"; "Chỉ số CCHC của tỉnh … Năm nay tỉnh xếp thứ 5": the index that a place or
    /// score is one of, behind it and before it.
    fn indices(&self, item: &Found, place: &Place<'_>) -> [Option<Range<usize>>; 2] {
        let ends = |start: usize, limit: usize| {
            // "Bộ chỉ số phục vụ người dân, doanh nghiệp", "Bộ chỉ số 766".
            let goes_on = |i: usize| self.clauses.index_goes_on.at(&self.work.tokens, i + 1).is_some();
            let head = self.clauses.index_heads.at(&self.work.tokens, start).map_or(0, |(n, ())| n);
            let stop = |&i: &usize| {
                self.work.token(i).is_none_or(|t| {
                    t.kind == TokenKind::Punct
                        && !(t.is('(') || t.is(')') || t.is('-') || t.is('/') || t.is(',') && goes_on(i))
                        || t.kind == TokenKind::Number && !(head > 0 && i == start + head)
                        || i > start
                            && (self.clauses.predicates.has(t)
                                || self.words.bound_before.before(&self.work.tokens, i + 1).is_some())
                }) || self.in_date(i)
            };
            let mut end = (start..limit).find(stop).unwrap_or(limit);
            while end > start && !self.is_whole(&(start..end)) {
                end -= 1;
            }
            (end > start).then_some(start..end)
        };
        let tokens = &self.work.tokens;
        let behind = (item.tokens.end..self.own_end(item, place))
            .find(|&i| self.clauses.index_behind.at(tokens, i).is_some());
        let behind = behind.and_then(|i| ends(i + 1, place.sentence.end.min(i + BEHIND)));
        let low = item.tokens.start.saturating_sub(INDEX_REACH);
        // "4 chỉ số giảm điểm" counts them.
        let counted = |i: usize| {
            i.checked_sub(1).and_then(|b| self.work.token(b)).is_some_and(|t| t.kind == TokenKind::Number)
        };
        let before = (low..item.tokens.start)
            .rev()
            .find(|&i| self.clauses.index_heads.at(tokens, i).is_some() && !counted(i));
        // The whole head: "Bộ chỉ số".
        let whole = |i: usize| {
            let first = i.checked_sub(1).filter(|&b| self.clauses.index_heads.at(tokens, b).is_some());
            first.unwrap_or(i)
        };
        let before = before.map(whole).and_then(|i| ends(i, item.tokens.start.min(i + BEHIND)));
        [behind, before]
    }

    /// The name of the quantity before, where this one may be told of the same: not of another unit, but for a change of the
    /// last of its own unit ("112 vụ, làm chết 4 người, giảm 3 vụ").
    fn taken_over(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        // "12 xã đủ 19 tiêu chí, nâng tổng số xã đạt chuẩn lên 57 xã": another class, or all.
        let previous = place.told.filter(|p| !is_of_class(p) || item.kind == Kind::Percentage)?;
        let share = |f: &Found| f.kind == Kind::Percentage;
        let change = matches!(item.role, Role::Change | Role::Gap);
        if share(item) || share(previous) && change || previous.unit == item.unit {
            return previous.name.clone();
        }
        let bare = || self.is_hollow(&(self.own_start(item.tokens.start, place)..item.tokens.start), false);
        let broader = place.broader.filter(|_| change || bare());
        let alike = place.alike.filter(|p| !is_of_class(p));
        let alike = Some(previous).filter(|p| p.unit == item.unit).or(alike).or(broader);
        alike.or(Some(previous).filter(|_| change)).and_then(|p| p.name.clone())
    }

    /// "trực tuyến 6.536 hồ sơ (đạt 90,6%), trực tiếp 678 hồ sơ": words of its own between a comma and the number say that a
    /// figure is another member of the list than the one with this name.
    fn is_other_member(&self, around: &Around<'_>, name: &str) -> bool {
        let (item, own) = (around.item, around.own.start..around.item.tokens.start);
        let level =
            matches!(item.kind, Kind::Count | Kind::Measure | Kind::Money) && item.role == Role::Actual;
        let comma = own.start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.is(','));
        let verb = self.work.token(own.start).is_some_and(|t| self.words.ends.has(t));
        let word =
            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word) && !self.in_date(i);
        let listed =
            around.place.alike.is_some() && (1..=MEMBER).contains(&own.len()) && own.clone().all(word);
        level
            && comma
            && listed
            && !verb
            && !self.headed(&own)
            && !self.is_hollow(&own, true)
            && !name.to_lowercase().contains(&one_line(self.work.words(own)).to_lowercase())
    }

    /// A stretch on one line.
    fn in_one_line(&self, tokens: &Range<usize>) -> Cow<'a, str> {
        let text = self.work.words(tokens.clone());
        if is_one_line(text.as_bytes()) {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(String::from(one_line(text)))
        }
    }

    /// A stretch on one line, without what its closed brackets hold.
    fn plain(&self, tokens: Range<usize>) -> Cow<'a, str> {
        let Some(open) = tokens.clone().find(|&i| {
            self.work.token(i).is_some_and(|t| t.is('('))
                && self.brackets.closing(i).is_some_and(|c| c + 1 < tokens.end)
        }) else {
            return self.in_one_line(&tokens);
        };
        let close = self.brackets.closing(open).map_or(tokens.end, |c| c + 1);
        let (before, behind) = (self.plain(tokens.start..open), self.plain(close..tokens.end));
        if before.is_empty() { behind } else { Cow::Owned(format!("{before} {behind}")) }
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
        let verb = |i: usize| self.work.token(i).is_some_and(|t| self.words.name_verbs.has(t));
        Cow::Owned(if verb(before.start) {
            format!("{phrase} {noun}")
        } else {
            format!("{noun} {}", crate::words::lower_first(&phrase))
        })
    }

    /// Where the noun behind a number begins.
    fn noun_behind(&self, item: &Found, place: &Place<'_>) -> usize {
        let noun = self.noun_start(item);
        // "620/600 ha rừng": a unit of measure is no noun.
        let counts = item.kind == Kind::Count || item.kind == Kind::Ratio && !self.physical(item);
        if counts && noun < item.tokens.end {
            return noun;
        }
        let mut start = item.tokens.end;
        while start < place.sentence.end && self.clauses.before_nouns.at(&self.work.tokens, start).is_some() {
            start += 1;
        }
        // "trong đó 11,6 km đã được láng nhựa": what was done to it.
        while matches!(item.kind, Kind::Measure | Kind::Money)
            && start < place.sentence.end
            && self.work.token(start).is_some_and(|t| self.clauses.predicates.has(t))
            && self.clauses.never_first.at(&self.work.tokens, start).is_some_and(|(n, ())| n == 1)
        {
            start += 1;
        }
        start
    }

    /// Where a noun phrase behind a number may end: before each word or mark that may open something else.
    pub(super) fn ends_behind(&self, around: &Around<'_>, noun: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        let item = around.item;
        let far = item.kind == Kind::Percentage && !around.said_before;
        let reach = noun + if far { FAR_BEHIND } else { BEHIND };
        let limit = around.own.end.min(reach);
        let first = self.work.token(noun).filter(|t| t.kind == TokenKind::Word && follows(t));
        // "từ 68% năm 1999 xuống 38%", "14% cuối năm 2015": when, not what.
        let lead = self.clauses.hollow.at(&self.work.tokens, noun).map_or(0, |(n, ())| n);
        // "thuế suất 25% đối với dự án …", "1,3 tấn/ha vì phần lớn diện tích …": for whom, why or when, not what.
        let first = first.filter(|_| self.clauses.never_behind.at(&self.work.tokens, noun).is_none());
        let first = first.filter(|_| {
            noun < item.tokens.end || !(self.in_date(noun) || lead > 0 && self.in_date(noun + lead))
        });
        // "thu ngân sách 6 tỷ, bằng 58% dự toán": of what the share is, does not say what it measures.
        // "gấp 1,9 lần cùng kỳ".
        let change = matches!(item.role, Role::Change | Role::Gap);
        let share = self.is_share_of(item)
            || item.kind == Kind::Percentage
                && (self.clauses.of_plans.at(&self.work.tokens, noun).is_some()
                    || self.clauses.of_bases.at(&self.work.tokens, noun).is_some())
            || change && self.multiplies(item)
            || item.kind == Kind::Percentage
                && self.words.share_of.at(&self.work.tokens, noun).is_some()
                && self.clauses.said_again.before(&self.work.tokens, item.tokens.start).is_some();
        if share || first.is_none() || noun >= limit.max(item.tokens.end) {
            return ends;
        }
        let mut i = item.tokens.end.max(noun + 1);
        let mut told = false;
        while i < limit {
            let Some(token) = self.work.token(i) else { break };
            if matches!(token.gap, Gap::Para | Gap::Tab) || token.is('|') || token.is(';') {
                break;
            }
            // "hộ có điện, thành phố Mỹ Tho gần đủ", "vụ nhưng diện tích lại tăng": another place, another thought;
            // "sở, ngành cấp tỉnh, cấp huyện ứng dụng": a list, as long as nothing is told of it.
            told |= self.clauses.predicates.has(token);
            // "với 38.600 nhân khẩu nên lượng hồ sơ khá lớn".
            if i == item.tokens.end && noun < i && self.clauses.turns.at(&self.work.tokens, i).is_some() {
                ends.push(i);
                break;
            }
            if token.is(',')
                && (self.scope_at(i + 1).is_some() && (told || item.kind != Kind::Percentage)
                    || self.clauses.comma_turns.at(&self.work.tokens, i + 1).is_some())
                || i > item.tokens.end && self.clauses.turns.at(&self.work.tokens, i).is_some()
            {
                break;
            }
            // "31.264 hồ sơ, tỷ lệ giải quyết đúng hạn 98,9%", "128.540 hồ sơ, hồ sơ nộp trực tuyến 40.233": what the next figure measures.
            let other = |at: usize| {
                let head = self.clauses.rate_heads.at(&self.work.tokens, at).is_some();
                let own = self.work.token(noun).map(|t| t.word);
                let next = self.work.token(at).map(|t| t.word);
                head || own.is_some() && own == next && item.tokens.end > noun
            };
            if token.is(',') && other(i + 1) {
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
            // "12 vụ tai nạn làm chết 5 người": what brings the next figure is told of that.
            if around.place.next.is_some_and(|next| self.opens(i, next)) {
                ends.push(i);
                break;
            }
            let opens = self.words.ends.has(token) || self.clauses.openers.at(&self.work.tokens, i).is_some();
            if token.kind == TokenKind::Punct && token.gap != Gap::Glued
                || token.is(',')
                || opens
                || token.is(':')
            {
                ends.push(i);
            }
            i += 1;
        }
        // Where the reach ends, no phrase does.
        if i < reach {
            ends.push(i.min(limit).max(item.tokens.end));
        }
        let idle = |i: usize| {
            self.work.token(i).is_none_or(|t| {
                t.kind == TokenKind::Punct && !t.is(')') && !t.is('”') || self.words.dangling.has(t)
            })
        };
        for end in &mut ends {
            while *end > noun && *end > item.tokens.end && idle(*end - 1) {
                *end -= 1;
            }
        }
        // "được tầm soát ít nhất 4 loại bệnh": the bound is that of the next number.
        let bounds: Vec<usize> = ends
            .iter()
            .filter_map(|&end| self.words.bound_before.before(&self.work.tokens, end).map(|(n, _)| end - n))
            .filter(|&end| end > item.tokens.end.max(noun))
            .collect();
        ends.extend(bounds);
        let sums: Vec<usize> = ends
            .iter()
            .filter(|&&end| self.brings_sum(&(noun..end), around.place))
            .filter_map(|&end| {
                self.clauses.brought_sums.before(&self.work.tokens, end).map(|(n, ())| end - n)
            })
            .filter(|end| *end > item.tokens.end.max(noun))
            .collect();
        ends.extend(sums);
        // "3 vụ tai nạn lao động làm 4 người chết".
        let light =
            |i: usize| self.work.token(i).is_some_and(|t| self.clauses.light.has(t)) && !self.splits(i);
        for end in &mut ends {
            while *end > item.tokens.end.max(noun + 1) && light(*end - 1) {
                *end -= 1;
            }
        }
        ends.dedup();
        ends.retain(|&end| end > noun);
        // "tăng 296 tỷ đồng so với đầu năm": what follows says nothing.
        let says = |end: usize| noun < item.tokens.end || self.substance(&(noun..end)).0 > 0;
        ends.retain(|&end| says(end));
        ends
    }

    /// Whether words at a token open a clause that begins with a figure: "làm chết 5 người".
    fn opens(&self, i: usize, figure: &Found) -> bool {
        self.clauses.openers.at(&self.work.tokens, i).is_some_and(|(n, ())| i + n == figure.tokens.start)
    }

    /// "60% hồ sơ cấp huyện và 50% hồ sơ cấp xã được giải quyết": the noun of the first, and the predicate of the second.
    fn shared(&self, around: &Around<'_>, noun: usize) -> Option<(Range<usize>, Range<usize>)> {
        let (item, place) = (around.item, around.place);
        let next = place.next.filter(|n| n.kind == item.kind && n.tokens.start < place.sentence.end)?;
        let verb = |i: &usize| self.work.token(*i).is_some_and(|t| self.clauses.predicates.has(t));
        let own = noun..around.own.end;
        // "12 vụ tai nạn làm chết 5 người, bị thương 14 người": what brings the next figure.
        if own.is_empty() || own.clone().any(|i| verb(&i) || self.opens(i, next)) {
            return None;
        }
        let close = |i: usize| {
            self.work.token(i).is_some_and(|t| t.is(','))
                || self.work.token(i).is_some_and(|t| self.clauses.joins.has(t))
                || self.words.bound_before.before(&self.work.tokens, i + 1).is_some()
        };
        if !(own.end..next.tokens.start).all(close) {
            return None;
        }
        let end = place.sentence.end.min(next.tokens.end + BEHIND);
        let stop = |i: &usize| {
            self.work
                .token(*i)
                .is_some_and(|t| t.is(';') || t.is('.') || t.is(':') || t.kind == TokenKind::Number)
        };
        let end = (next.tokens.end..end).find(stop).unwrap_or(end);
        let open = |i: &usize| self.brackets.around(*i).is_none_or(|b| b.start < item.tokens.start);
        let start = (next.tokens.end..end).filter(open).find(verb)?;
        // "18 xã, 12 xã đạt chuẩn": the first counts all of them, the second those of whom something is told.
        let noun_of = |noun: Range<usize>| one_line(self.work.words(noun)).to_lowercase();
        if noun_of(own.clone()) == noun_of(self.noun_behind(next, place)..start) {
            return None;
        }
        let comma = |&i: &usize| {
            self.work.token(i).is_some_and(|t| t.is(','))
                && (self.clauses.openers.at(&self.work.tokens, i + 1).is_some() || self.goes_on_at(i))
        };
        let end = (start..end).find(comma).unwrap_or(end);
        if self.goes_on_at(end) {
            return None;
        }
        Some((own, start..end)).filter(|_| end < next.tokens.end + BEHIND)
    }

    /// Whether a stretch begins and ends with words of its own, and has all of its brackets.
    fn is_whole(&self, tokens: &Range<usize>) -> bool {
        tokens.is_empty()
            || self.may_begin(tokens.start) && self.may_end(tokens.end - 1) && self.is_balanced(tokens)
    }

    pub(super) fn may_begin(&self, at: usize) -> bool {
        let Some(first) = self.work.token(at) else { return false };
        let tokens = &self.work.tokens;
        // "16/3/2016" of a paper.
        let dated = first.kind == TokenKind::Number && self.work.token(at + 1).is_some_and(|t| t.is('/'));
        // "3 năm 2016 - 2018 huyện đã lồng ghép": a time says when, not what.
        let times = first.kind == TokenKind::Number && self.in_date(at + 1);
        !dated
            && !times
            && !self.splits(at)
            && (first.kind != TokenKind::Punct || first.is('“') || first.is('"'))
            && (self.clauses.never_first.at(tokens, at).is_none()
                || self.words.lead_keep.at(tokens, at).is_some())
    }

    fn may_end(&self, at: usize) -> bool {
        let Some(last) = self.work.token(at) else { return false };
        let ends = last.kind != TokenKind::Punct || last.is(')') || last.is('”') || last.is('"');
        // "02 chỉ tiêu chưa đạt".
        let kept = || self.words.name_keep.before(&self.work.tokens, at + 1).is_some_and(|(n, ())| n > 1);
        let tokens = &self.work.tokens;
        ends && (!self.clauses.never_last.has(last) || kept())
            && !self.splits(at + 1)
            && self.clauses.never_ends.before(tokens, at + 1).is_none()
            && self.clauses.idle.before(tokens, at + 1).is_none()
    }

    /// Whether a token stands inside a compound: "hạ | tầng", "đối | với".
    pub(super) fn splits(&self, at: usize) -> bool {
        let reaches = |back: &usize| {
            let from = at.checked_sub(*back);
            from.and_then(|i| self.clauses.unsplit.at(&self.work.tokens, i)).is_some_and(|(n, ())| n > *back)
        };
        (1..=2).any(|back| reaches(&back))
    }

    fn is_balanced(&self, tokens: &Range<usize>) -> bool {
        let mut depth = 0i32;
        let never_below = tokens.clone().all(|i| {
            depth += i32::from(self.work.token(i).is_some_and(|t| t.is('(')));
            depth -= i32::from(self.work.token(i).is_some_and(|t| t.is(')')));
            depth >= 0
        });
        never_below && depth == 0
    }

    /// Where a phrase before a quantity may end: before what joins it to the number, and before each verb in it.
    fn ends_before(&self, around: &Around<'_>) -> Vec<usize> {
        let floor = around.floor;
        let mut end = around.item.tokens.start;
        let mut ends = vec![end];
        self.strip(&mut end, floor, &mut ends);
        if let Some(date) = self.date_before(end).filter(|&d| d > floor) {
            end = date;
            ends.push(end);
            self.strip(&mut end, floor, &mut ends);
        }
        ends.reverse();
        let is = |mask: Mask, i: usize| around.marks.any(mask, &(i..i + 1));
        let inner = (floor + 1..end).rev().filter(|&i| {
            let label = is(Mask::Colon, i) && self.is_hollow(&(i + 1..end), true);
            let stops = label
                || is(Mask::Ends, i)
                || is(Mask::Open, i)
                || is(Mask::Comma, i)
                || is(Mask::Date, i) && !is(Mask::Date, i - 1);
            stops && !self.keeps(floor, i + 1)
        });
        // "Các xã có tỷ lệ hộ nghèo cao: A 68,2%": how high it is there is not what is measured.
        let degree = |end: usize| {
            let last = end.checked_sub(1).filter(|&i| i > floor)?;
            let leads = is(Mask::Colon, end) || is(Mask::Colon, end + 1);
            let word = self.work.token(last).is_some_and(|t| self.clauses.degrees.has(t));
            (leads && word && !self.splits(last) && !self.keeps(floor, end)).then_some(last)
        };
        let inner: Vec<usize> = inner.map(|end| degree(end).unwrap_or(end)).collect();
        ends.extend(inner);
        ends.truncate(ENDS + 4);
        ends
    }

    /// Strips what joins a phrase and its number, step by step; compounds that end in such a word stay whole.
    fn strip(&self, end: &mut usize, floor: usize, ends: &mut Vec<usize>) {
        while *end > floor && !self.keeps(floor, *end) {
            let Some(n) = self.joint(*end) else { break };
            // "vốn cấp mới đạt": the first word of the tail may belong to the name.
            let partly = n > 1 && self.keeps(floor, *end - (n - 1));
            *end = end.saturating_sub(if partly { n - 1 } else { n }).max(floor);
            ends.push(*end);
        }
    }

    /// The first token that a phrase before a quantity may begin at.
    pub(super) fn floor(&self, item: &Found, place: &Place<'_>) -> usize {
        let previous = place.previous.map_or(place.sentence.start, |p| p.tokens.end);
        // "quỹ đất còn lại (khoảng 26,7 ha)": a bracket with nothing but the figure tells of what stands before it.
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio);
        let says = |b: &Range<usize>| counts || !self.is_hollow(&(b.start + 1..item.tokens.start), false);
        let open = self.brackets.around(item.tokens.start).filter(says).map_or(0, |b| b.start + 1);
        place
            .sentence
            .start
            .max(previous)
            .max(open)
            .max(item.tokens.start.saturating_sub(BEFORE))
            .max(self.told_from(item, place))
            .max(self.source_end(place).filter(|&end| end <= item.tokens.start).unwrap_or(0))
            .min(item.tokens.start)
    }

    /// "Theo số liệu của Chi cục Thuế, nợ thuế là 3,2 tỷ đồng": where what a sentence opens with as its source ends.
    pub(super) fn source_end(&self, place: &Place<'_>) -> Option<usize> {
        let start = self.past_mark(place.sentence.start, place.sentence.end);
        let start = start + usize::from(self.work.token(start).is_some_and(|t| t.is('-') || t.is('+')));
        let tokens = &self.work.tokens;
        let source = self.clauses.sources.at(tokens, start);
        let (n, ()) = source.or_else(|| self.work.patterns.frames.grounds.at(tokens, start))?;
        let stop =
            |i: &usize| self.work.token(*i).is_none_or(|t| t.is(',') || t.is(':') || t.is(';') || t.is('.'));
        let limit = (start + SOURCE).min(place.sentence.end);
        let mut end = (start + n..limit).find(stop)?;
        // "của UBND huyện A, tỉnh B, năm 2017 …".
        while let Some(outer) = self.scope_at(end + 1).filter(|&e| e < limit) {
            if !self.work.token(outer).is_some_and(|t| t.is(',')) {
                break;
            }
            end = outer;
        }
        self.work.token(end).is_some_and(|t| t.is(',')).then_some(end + 1)
    }

    /// "Chủ tịch UBND xã A cho biết: xã có 612 hộ", "Cục Thuế cho biết cả năm ước thu 149 tỷ đồng": behind who tells it.
    fn told_from(&self, item: &Found, place: &Place<'_>) -> usize {
        let low = place.sentence.start.max(item.tokens.start.saturating_sub(BEFORE));
        let colon = |i: usize| self.work.token(i).is_some_and(|t| t.is(':'));
        let told = |i: usize| {
            let end = self.clauses.tells_that.at(&self.work.tokens, i).map(|(n, ())| i + n)?;
            Some(end + usize::from(colon(end) || self.work.token(end).is_some_and(|t| t.is(','))))
        };
        (low..item.tokens.start).rev().find_map(told).unwrap_or(0)
    }

    /// Where a phrase before a quantity may begin: behind marks and joining words, at heads of names, behind dates.
    fn starts_before(&self, around: &Around<'_>) -> Vec<usize> {
        let (item, floor) = (around.item, around.floor);
        let is_date = |i: usize| around.marks.any(Mask::Date, &(i..i + 1));
        let tokens = &self.work.tokens;
        let mut starts: Vec<usize> = Vec::new();
        let mut add = |mut at: usize| {
            at = self.past_mark(at, item.tokens.start);
            if !starts.contains(&at) {
                starts.push(at);
            }
            while at < item.tokens.start {
                let date = self.date_at(at);
                let lead = self
                    .words
                    .name_lead
                    .at(tokens, at)
                    .filter(|_| self.words.lead_keep.at(tokens, at).is_none());
                let Some(to) = date.or_else(|| lead.map(|(n, ())| at + n)) else { break };
                at = to;
                if !starts.contains(&at) {
                    starts.push(at);
                }
            }
        };
        // "Tổng sản phẩm": no name begins behind such a word.
        let unbound = |at: usize| {
            let word = at.checked_sub(1).filter(|&i| i >= floor).and_then(|i| self.work.token(i));
            let binds = word.is_some_and(|t| self.clauses.binds.has(t));
            at - usize::from(binds && self.work.token(at).is_some_and(|t| t.gap == Gap::Space))
        };
        for i in (floor..item.tokens.start).rev() {
            let Some(token) = self.work.token(i) else { continue };
            let mark = token.kind == TokenKind::Punct && token.gap != Gap::Glued
                || token.is(',')
                || token.is(';')
                || token.is(':');
            let joins = self.words.openers.has(token) || self.clauses.joins.has(token);
            if mark
                || joins
                || is_date(i) && !(is_date(i + 1) || i + 1 == item.tokens.start && self.in_date(i + 1))
            {
                add(i + 1);
            }
            // "theo Cục Thống kê cho biết GRDP", "toàn tỉnh đón": behind who says it, and behind the place.
            if let Some((n, ())) = self.clauses.tells_that.at(tokens, i) {
                add(i + n);
            }
            let area = self.words.scope_fixed.at(tokens, i).is_some()
                || self.words.scope_kinds.at(tokens, i).is_some();
            if let Some(end) =
                self.scope_at(i).filter(|_| area && self.never(i).is_none() && !self.divides(i))
            {
                add(end);
            }
            let noun = || self.words.units.at(tokens, i).is_some() && token.kind == TokenKind::Word;
            let head = self.words.name_heads.at(tokens, i).map(|(n, ())| n);
            // "tổng hợp" is no total.
            // "kinh tế số" is no number.
            let particles = &self.work.patterns.particles;
            let digital = || {
                particles.number.has(self.work.word(i))
                    && particles.digital.has(self.work.word(i.saturating_sub(1)))
            };
            let part = || head == Some(1) && (self.clauses.undivided.at(tokens, i).is_some() || digital());
            if (head.is_some() || noun()) && !part() && !self.divides(i) {
                add(if head.is_some() { i } else { unbound(i) });
            }
        }
        add(floor);
        starts.retain(|&s| s < item.tokens.start);
        starts.truncate(STARTS * 2);
        starts
    }

    /// Where the date begins that ends just before a token.
    fn date_before(&self, token: usize) -> Option<usize> {
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start < token);
        next.checked_sub(1)
            .and_then(|n| dates.get(n))
            .filter(|d| d.tokens.end == token)
            .map(|d| d.tokens.start)
    }
}
