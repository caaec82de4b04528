//! What the items before say: "286/470 trường đạt chuẩn quốc gia (60,85%)" are one indicator, "tổng mức bán lẻ đạt 71
//! tỷ đồng, tăng 5%" are two that belong together; and whether a percentage is a level or the change of one.

use rust_decimal::Decimal;

use super::phrase::Folder;
use super::words::{Word, key};
use super::{Basis, Catalogue, Entry, Words};
use crate::patterns::labels::labels;
use crate::record::Indicator;
use crate::record::quantity::{Kind, Role};

/// Longest stretch between two values that belong together, in bytes.
const BETWEEN: usize = 90;
/// Within how many words behind a value "xuống còn" says that it is where a change began.
const CALL_OFF: usize = 6;
/// How many items back the value is looked for that a percentage is the growth or the plan of.
const BACK: usize = 3;

/// Word lists.
#[derive(Debug, Default)]
pub(super) struct DeriveWords {
    base: Vec<Vec<Word>>,
    holder: Vec<Vec<Word>>,
    starts: Vec<Vec<Word>>,
    turn: Vec<Vec<Word>>,
    step: Vec<Vec<Word>>,
    call_off: Vec<Vec<Word>>,
    call_off_near: Vec<Vec<Word>>,
    link: Vec<Vec<Word>>,
    other: Vec<Vec<Word>>,
    reached: Vec<Vec<Word>>,
    contributes: Vec<Vec<Word>>,
    whole: Vec<Vec<Word>>,
    yearly: Vec<Vec<Word>>,
    with: Vec<Vec<Word>>,
    body: Vec<Vec<Word>>,
    parts: Vec<Vec<Word>>,
}

impl DeriveWords {
    pub(super) fn new(words: &Words, folder: &Folder) -> Self {
        let read = |list: &[String]| list.iter().map(|w| folder.read(w)).collect();
        Self {
            base: read(&words.base),
            holder: read(&words.holder),
            starts: read(&words.starts),
            turn: read(&words.turn),
            step: read(&words.step),
            call_off: read(&words.call_off),
            call_off_near: read(&words.call_off_near),
            link: read(&words.link),
            other: read(&words.other),
            reached: read(&words.reached),
            contributes: read(&words.contributes),
            whole: read(&words.whole),
            yearly: read(&words.yearly),
            with: read(&words.with),
            body: read(&words.body),
            parts: read(&words.parts),
        }
    }

    /// Whether what stands before a name makes it what something is compared with: "so với GDP".
    pub(super) fn is_base(&self, lead: &[Word]) -> bool {
        self.base.iter().any(|w| lead.ends_with(w))
    }

    /// Whether words make what follows them a part of what stands before.
    pub(super) fn opens_parts(&self, words: &[Word]) -> bool {
        self.parts.iter().any(|p| words.windows(p.len()).any(|run| run == p.as_slice()))
    }

    /// Whether words end with what a body's own name follows: "Sở", "Phòng".
    pub(super) fn is_body(&self, lead: &[Word]) -> bool {
        self.body.iter().any(|w| lead.ends_with(w))
    }

    /// Whether what stands before a name makes it a mark of somebody: "xã có tỷ lệ hộ nghèo trên 10%".
    pub(super) fn is_held(&self, lead: &[Word]) -> bool {
        self.holder.iter().any(|w| lead.ends_with(w))
    }

    /// Whether what stands behind a change is another predicate: "tăng 17% vượt kế hoạch".
    pub(super) fn is_other(&self, behind: &[Word]) -> bool {
        self.other.iter().any(|w| behind.starts_with(w))
    }

    /// Whether the value is what something adds to a whole: "đóng góp 0,6 điểm phần trăm".
    pub(super) fn contributes(&self, before: &[Word]) -> bool {
        self.contributes.iter().any(|w| before.windows(w.len().max(1)).any(|b| b == w.as_slice()))
    }

    /// Whether a share is one of the very thing that its name ends with: "hồ sơ trễ hẹn về đất đai chiếm 71% số hồ sơ
    /// trễ hẹn" is not how many are late.
    pub(super) fn is_of_itself(&self, name: &[Word], behind: &[Word]) -> bool {
        let tail = |rest: &[Word]| (2..=name.len()).any(|n| rest.starts_with(&name[name.len() - n..]));
        self.whole.iter().any(|w| behind.strip_prefix(w.as_slice()).is_some_and(tail))
    }

    /// Whether words say that something is so in each year.
    pub(super) fn is_yearly(&self, words: &[Word]) -> bool {
        self.yearly.iter().any(|w| words.windows(w.len().max(1)).any(|g| g == w.as_slice()))
    }

    /// Whether what stands between a name and its value says that it is one: "đạt".
    pub(super) fn is_reached(&self, gap: &[Word]) -> bool {
        self.reached.iter().any(|w| gap.windows(w.len().max(1)).any(|g| g == w.as_slice()))
    }

    /// Whether the value is what the name falls or rises by: "giảm tỷ lệ hộ nghèo 1%", "tỷ lệ hộ nghèo giảm bình quân
    /// 1%"; not "giảm tỷ lệ hộ nghèo từ 5% xuống 3%". `lead` stands before the name, `gap` between name and value,
    /// `behind` behind the value.
    pub(super) fn turns(&self, lead: &[Word], gap: &[Word], behind: &[Word]) -> bool {
        if self.call_off.iter().any(|w| behind.starts_with(w)) {
            return false;
        }
        // "giảm từ 40,8% năm 2018 xuống còn 35,7%".
        let near = behind.get(..CALL_OFF).unwrap_or(behind);
        if self.call_off_near.iter().any(|w| near.windows(w.len()).any(|run| run == w.as_slice())) {
            return false;
        }
        let turns = |words: &[Word]| self.turn.iter().any(|w| words.ends_with(w));
        let gap = self.without_steps(gap);
        turns(gap) || (gap.is_empty() && turns(self.without_steps(lead)))
    }

    /// Whether words end with what comes before the value that a change came to: "giảm hộ nghèo xuống".
    fn arrives(&self, before: &[Word]) -> bool {
        let before = self.without_steps(before);
        self.call_off.iter().any(|w| before.ends_with(w))
    }

    /// Whether words end with what comes before the value at which a change began: "giảm từ".
    pub(super) fn starts_change(&self, gap: &[Word]) -> bool {
        self.starts.iter().any(|w| gap.ends_with(w))
    }

    /// The words without the small ones at their end: "giảm được khoảng" is "giảm".
    fn without_steps<'a>(&self, mut words: &'a [Word]) -> &'a [Word] {
        while let Some(rest) = self.step.iter().find_map(|w| words.strip_suffix(w.as_slice())) {
            words = rest;
        }
        words
    }
}

impl Entry {
    /// A rate that is not itself a rise or a fall.
    pub(super) fn is_state(&self, words: &Words) -> bool {
        let name = key(&self.name_vi);
        let moves = words.turn.iter().any(|w| name.contains(&key(w)));
        self.basis == Basis::Rate && !moves
    }
}

impl Catalogue {
    /// Whether the words before a value end with what says that a change came to it.
    pub(super) fn arrives(&self, before: &str) -> bool {
        self.derive.arrives(&self.folder.read(before))
    }

    /// The indicator whose fall another one is.
    pub(super) fn level_of(&self, fall: &Entry) -> Option<&Entry> {
        self.entries.iter().find(|e| e.change.as_deref() == Some(fall.id.as_str()))
    }

    /// The indicator that an item is by the item right before it, in the same sentence; `between` are the words between
    /// them, `after` those behind.
    pub(super) fn following(
        &self,
        item: &Indicator,
        before: &[Indicator],
        between: &str,
        after: &str,
    ) -> Option<&Entry> {
        let previous = before.last()?;
        let entry = self.get(previous.indicator.as_deref()?)?;
        if !same_sentence(item, previous) || between.len() > BETWEEN || previous.table.is_some() {
            return None;
        }
        // "6,5 - 7%": both ends of a range.
        let same = item.kind == previous.kind && item.name == previous.name;
        if same
            && (matches!(between.trim(), "-" | "–" | "—")
                || labels().catalogue.ranges.iter().any(|w| between.trim() == w))
        {
            return Some(entry);
        }
        // "8,42% (đầu năm là 11,85%)", "tăng 13,4% (kế hoạch 12,5%)": the same in the bracket behind it.
        let opened = between.contains('(') && !between.contains(')');
        let alike = item.kind == previous.kind && item.unit == previous.unit && item.name == previous.name;
        if opened && alike && (item.role == previous.role || item.role == Role::Target) {
            return Some(entry);
        }
        if let Some(counted) = self.count_of_rate(entry, item, previous, between, after) {
            return Some(counted);
        }
        let share = item.kind == Kind::Percentage && matches!(previous.kind, Kind::Count | Kind::Ratio);
        if !share
            || item.role != previous.role
            || self.says_plan(after)
            || is_own_kind(previous, after)
            || self.is_of_name(previous, after)
        {
            return None;
        }
        let target = match &entry.rate {
            Some(id) => self.get(id)?,
            None => entry,
        };
        let fits = target.kinds.contains(&Kind::Percentage);
        (fits && (reckons(previous, item) || self.links(between))).then_some(target)
    }

    /// The indicator of the count in the bracket right behind its share: "tỷ lệ xã đạt chuẩn 76,9% (10 xã)".
    fn count_of_rate(
        &self,
        entry: &Entry,
        item: &Indicator,
        previous: &Indicator,
        between: &str,
        after: &str,
    ) -> Option<&Entry> {
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio) && previous.kind == Kind::Percentage;
        let closed = between.trim() == "(" && after.trim_start_matches(')').trim().is_empty();
        // "7,82% với 5.891 hộ".
        let joined = || {
            let words = self.folder.read(between);
            self.derive.with.contains(&words) && !between.contains([';', '.', ':', ')'])
        };
        let joined = closed || joined() && self.plain(after, false).all();
        if !counts || !joined || item.role != previous.role {
            return None;
        }
        let own = entry.kinds.contains(&item.kind).then_some(entry.id.as_str());
        let of = |e: &&Entry| e.rate.as_deref() == Some(entry.id.as_str());
        let target = self.get(own.or_else(|| self.entries.iter().find(of).map(|e| e.id.as_str()))?)?;
        let unit = self.folder.read(item.unit.as_deref().unwrap_or(""));
        let fits = target.units.iter().any(|u| unit.starts_with(&self.folder.read(u)));
        fits.then_some(target)
    }

    /// The indicator of the growth or the plan of a value named before: "… đạt 71 tỷ đồng, tăng 5%, đạt 88% kế hoạch".
    pub(super) fn of_value(&self, item: &Indicator, before: &[Indicator], after: &str) -> Option<&Entry> {
        if item.kind != Kind::Percentage || item.name.is_none() || item.table.is_some() {
            return None;
        }
        let value =
            before.iter().rev().take(BACK).take_while(|p| same_sentence(item, p) && p.name == item.name);
        let value = value.into_iter().find(|p| p.kind != Kind::Percentage)?;
        let entry = self.get(value.indicator.as_deref()?)?;
        let plan = self.says_plan(after);
        let id = match item.role {
            Role::Change if !plan => entry.change.as_deref(),
            Role::Actual | Role::Target if plan => entry.plan.as_deref(),
            _ => None,
        };
        self.get(id?)
    }

    /// Whether the words before a value say that it is what something adds to a whole.
    pub(super) fn is_contribution(&self, before: &str) -> bool {
        self.derive.contributes(&self.folder.read(before))
    }

    /// Whether a share is one of what a name, mostly that of a count before it, says.
    pub(super) fn is_of_name(&self, count: &Indicator, after: &str) -> bool {
        let name = self.folder.read(count.name.as_deref().unwrap_or_default());
        self.derive.is_of_itself(&name, &self.folder.read(after))
    }

    /// Whether the words between a count and a percentage join them: " (", ", chiếm", " xã, đạt tỷ lệ".
    fn links(&self, between: &str) -> bool {
        if between.contains([';', '.', ':', ')']) {
            return false;
        }
        let last = between.rfind(['(', ',']);
        let (mark, tail) = match last {
            Some(i) => (between.get(i..=i).unwrap_or(""), between.get(i + 1..).unwrap_or("")),
            None => ("", between),
        };
        let tail = self.folder.read(tail);
        (mark == "(" && tail.is_empty()) || self.derive.link.contains(&tail)
    }
}

/// Whether what a share is of is told of the count too: "hộ nghèo là người Dao 37 hộ, bằng 94% số hộ nghèo".
fn is_own_kind(count: &Indicator, after: &str) -> bool {
    let whole: Vec<&str> = after.split_whitespace().skip(1).take(2).collect();
    let name = count.name.as_deref().unwrap_or_default();
    let words = name.split_whitespace().count();
    let clean = |w: &str| w.trim_end_matches([',', '.', ';', ')']).to_lowercase();
    let kind = whole.iter().map(|w| clean(w)).collect::<Vec<_>>().join(" ");
    let begins = name.to_lowercase().starts_with(&kind);
    whole.len() == 2 && begins && words > whole.len()
}

fn same_sentence(a: &Indicator, b: &Indicator) -> bool {
    match (&a.sentence, &b.sentence) {
        // Of a sentence without end each item has the part around it.
        (Some(a), Some(b)) => a.span[0] < b.span[1] && b.span[0] < a.span[1],
        _ => false,
    }
}

/// Whether the percentage is what the ratio makes, to the last of its digits.
fn reckons(ratio: &Indicator, percentage: &Indicator) -> bool {
    let (Some(n), Some(d), Some(stated)) = (ratio.numerator, ratio.denominator, percentage.value) else {
        return false;
    };
    let share = n.checked_mul(Decimal::ONE_HUNDRED).and_then(|n| n.checked_div(d));
    let step = Decimal::new(1, stated.scale().min(4));
    share.is_some_and(|share| (share - stated).abs() <= step)
}
