//! Finds the indicator that a name means.
//!
//! The name comes first; where it says nothing, the clause around the value. The longest phrasing wins, then the
//! one that stands first in the file.

use std::ops::Range;

use super::guard::Call;
use super::phrase::{Fragment, GROWTH, MORE, NEVER, PLAN, Phrasing, RATE, SHARE, SeenWords, kind_bit};
use super::words::Word;
use super::{Basis, Catalogue, Entry};
use crate::record::quantity::{Kind, Role};

/// Most words that " ... " lets stand between two fragments.
const MAX_GAP: usize = 12;
/// How many words before a value call guards where its name is looked for in its clause.
const GUARDED: usize = 6;
/// How near to a count its verb stands, in words.
const VERB: usize = 1;
/// Most words of a name that says too little to stand alone: "bình quân", "xuống còn".
const SHORT_NAME: usize = 3;
/// About how many bytes of text an item is asked with.
const ITEM_BYTES: usize = 200;
/// Words behind the value in which "dự toán", "kế hoạch" are looked for.
const AFTER_WORDS: usize = 4;

/// What is known of an item.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'a> {
    /// Kind of the item.
    pub kind: Kind,
    /// Unit, as the item has it.
    pub unit: Option<&'a str>,
    /// What it is to its report.
    pub role: Role,
    /// The phrase that says what is measured.
    pub name: &'a str,
    /// Whether the name stands behind the value: "100% xã có mạng nội bộ".
    pub behind: bool,
    /// Whether the value is a limit: above 10, at most 5.
    pub limit: bool,
    /// Whether the value is an upper limit.
    pub below: bool,
    /// Whether the value is so much a year.
    pub yearly: bool,
    /// For each of what the value is: "hộ", "người/tháng".
    pub per: &'a str,
    /// Whether the name stands alone, as the headings of a table do: the words around say nothing more.
    pub named: bool,
    /// Words before the value, back to the previous value.
    pub before: &'a str,
    /// Words behind the value, up to the next.
    pub after: &'a str,
    /// Year it is about, where known.
    pub year: Option<i32>,
}

/// Buffers that live over many queries.
#[derive(Debug, Default)]
pub struct Scratch {
    name: Vec<Word>,
    /// The words before the value, its unit, the words behind it.
    clause: Vec<Word>,
    unit: Vec<Word>,
    /// Fragments in the name, and in the clause.
    in_name: Vec<Hit>,
    in_clause: Vec<Hit>,
    ruled_out: Vec<usize>,
    follows: Follows,
    seen: SeenWords,
}

impl Scratch {
    /// Buffers for so many items.
    pub fn of_items(items: usize) -> Self {
        Self { seen: SeenWords::new(items * ITEM_BYTES), ..Self::default() }
    }
}

/// What a name or a clause holds: the guards are called by the fragments within `reach`.
struct Part<'a> {
    hits: &'a [Hit],
    /// The words of the name.
    name: &'a [Word],
    reach: Range<usize>,
    /// A name before its value.
    named: bool,
}

/// The guards that the words around a value call.
#[derive(Debug, Default)]
struct Called<'c> {
    calls: Vec<&'c Call>,
    lifts: u32,
}

impl<'c> Called<'c> {
    fn add(&mut self, fragment: &'c Fragment) {
        self.calls.extend(&fragment.guards);
        self.lifts |= fragment.lifts;
    }
}

/// A fragment in a text, in words.
#[derive(Debug, Clone, Copy)]
struct Hit {
    fragment: u32,
    start: usize,
    end: usize,
}

impl Catalogue {
    /// The indicator that the name or the clause means, or none: a doubtful name is left without an id.
    pub fn find(&self, q: &Query<'_>, scratch: &mut Scratch) -> Option<&Entry> {
        let Scratch { name, clause, unit, in_name, in_clause, ruled_out, follows, seen } = scratch;
        for list in [&mut *name, clause, unit] {
            list.clear();
        }
        ruled_out.clear();
        self.folder.add_seen(q.name, seen, name);
        self.scan(name, in_name);
        // A full name that the catalogue does not know is another thing, whatever stands around it.
        let full = q.kind == Kind::Percentage && name.len() > SHORT_NAME && !q.behind;
        let alone = q.named || full;
        if alone && !self.may_mean(in_name, kind_bit(q.kind)) {
            return None;
        }
        self.folder.add_seen(q.unit.unwrap_or(""), seen, unit);
        self.folder.add_seen(q.before, seen, clause);
        // Counts are named by what is counted: "2.788 hồ sơ quá hạn".
        let counted = matches!(q.kind, Kind::Count | Kind::Ratio);
        if counted {
            clause.extend_from_slice(unit);
        }
        let value = clause.len();
        self.folder.add_seen(q.after, seen, clause);
        let behind = clause.get(value..).unwrap_or_default();
        self.follows(behind, in_clause, follows);
        // "tăng 17,5% vượt mức kế hoạch": the plan is not what it grew against.
        if q.role == Role::Change && self.derive.is_other(behind) {
            follows.words &= !PLAN;
        }
        self.scan(clause, in_clause);
        // What stands between the name and the value rules out as the name itself does; what stands before the name or
        // behind the value is mostly about something else.
        let at = clause.get(..value).and_then(|before| last_of(before, name));
        // A name that was said of an earlier figure leaves all words since then between.
        let said = if q.behind || name.is_empty() { value } else { 0 };
        let from = last_of(clause, name).map_or(said, |at| at + name.len());
        // "giao bổ sung 625 biên chế" is no total.
        let number = if counted { value.saturating_sub(unit.len()) } else { value };
        let mut called = Called::default();
        for hit in in_clause.iter() {
            if let Some(f) = self.phrasings.fragments.get(hit.fragment as usize) {
                follows.around |= f.words;
                ruled_out.extend(&f.not_around);
                if f.words & MORE != 0 && hit.end == number && q.kind != Kind::Percentage {
                    return None;
                }
                // "giải thể 5 hợp tác xã", "hỗ trợ cho 12 hộ nghèo": the verb before a count that is named behind.
                let verb = counted && from > number && hit.end <= number && hit.end + VERB >= number;
                let between = hit.start >= from && hit.end <= value;
                if between || verb && hit.end > hit.start + 1 {
                    ruled_out.extend(self.ruled_out(f, hit, in_clause));
                }
                if counted && hit.end == number {
                    ruled_out.extend(&f.not_before);
                }
                if between || verb {
                    called.add(f);
                }
            }
        }
        // "dưới 4% thì cứ giảm 0,5% được tính thêm 0,5 điểm" are rules of a score.
        let lead = clause.get(..at.unwrap_or(value)).unwrap_or_default();
        let gap = || clause.get(from.min(value)..value).unwrap_or_default();
        let reached = || q.role == Role::Target && self.derive.is_reached(gap());
        let class = q.limit && self.derive.is_held(lead) && !reached();
        if follows.around & NEVER != 0 || class || self.derive.is_base(lead) {
            return None;
        }
        let behind = || clause.get(value..).unwrap_or_default();
        if q.kind == Kind::Percentage && !q.behind && self.derive.is_of_itself(name, behind()) {
            return None;
        }
        // "còn 23 xã chưa đạt chuẩn; bình quân": the clause before is about something else.
        let clauses = q.name.rfind(';').and_then(|at| q.name.get(..at));
        let last = clauses.map_or(0, |before| self.folder.read(before).len());
        let part = Part { hits: in_name, name, reach: last..usize::MAX, named: !q.behind };
        let found = self.best(part, q, unit, follows, ruled_out, &mut called).or_else(|| {
            let reach = if q.behind { value..usize::MAX } else { value.saturating_sub(GUARDED)..value };
            let part = Part { hits: in_clause, name, reach, named: false };
            if alone { None } else { self.best(part, q, unit, follows, ruled_out, &mut called) }
        })?;
        if q.kind != Kind::Percentage || !found.state {
            return Some(found);
        }
        let change = found.change.as_deref().and_then(|id| self.get(id));
        // "giảm từ 38,6% (năm 2006) xuống còn 32,9%": what is told as a level is where a change began.
        let began = || q.role == Role::Actual && !q.limit && self.derive.starts_change(gap());
        // "giảm tỷ lệ hộ nghèo dưới 4%": a limit is a level.
        let turns = || !q.below && !began() && (q.yearly || self.derive.turns(lead, gap(), behind()));
        let yearly = || q.yearly || self.derive.is_yearly(gap()) || self.derive.is_yearly(lead);
        match q.role {
            Role::Change if change.is_some() && yearly() => change,
            Role::Change => Some(found),
            _ if turns() => change,
            _ => Some(found),
        }
    }

    /// Keeps of some indicators those that kind, unit, year and basis of a query fit and its name does not rule out.
    pub(super) fn keep_fitting(&self, q: &Query<'_>, name: &[Word], entries: &mut Vec<usize>) {
        let unit = self.folder.read(q.unit.unwrap_or(""));
        let after = self.folder.read(q.after);
        let (mut hits, mut follows) = (Vec::new(), Follows::default());
        self.follows(&after, &mut hits, &mut follows);
        self.scan(name, &mut hits);
        let fragments = || hits.iter().filter_map(|h| self.phrasings.fragments.get(h.fragment as usize));
        let words = fragments().fold(0, |words, f| words | f.words);
        let kind = kind_bit(q.kind);
        entries.retain(|&i| {
            self.phrasings.kinds.get(i).is_some_and(|kinds| kinds & kind != 0)
                && !fragments().any(|f| f.not_near.contains(&i))
                && self.allows(i, q, name, &unit, words, &follows)
        });
    }

    /// Whether a plan stands right behind the value.
    pub(super) fn says_plan(&self, after: &str) -> bool {
        let mut words = Vec::new();
        self.folder.add(after, &mut words);
        let mut follows = Follows::default();
        self.follows(&words, &mut Vec::new(), &mut follows);
        follows.words & PLAN != 0
    }

    /// What stands right behind the value: the bits of its words, the indicators it rules out.
    fn follows(&self, after: &[Word], hits: &mut Vec<Hit>, follows: &mut Follows) {
        (follows.words, follows.around) = (0, 0);
        follows.not.clear();
        self.scan(after.get(..AFTER_WORDS).unwrap_or(after), hits);
        for hit in hits.iter() {
            if let Some(f) = self.phrasings.fragments.get(hit.fragment as usize) {
                follows.words |= f.words;
                follows.not.extend(&f.not_after);
            }
        }
    }

    fn scan(&self, text: &[Word], hits: &mut Vec<Hit>) {
        hits.clear();
        self.phrasings.trie.scan(text, |fragment, start, end| hits.push(Hit { fragment, start, end }));
    }

    /// The indicators that a fragment rules out, but for those that have a phrasing around it: "tiêu chí" within "xã đạt 19 tiêu chí".
    fn ruled_out(&self, f: &Fragment, hit: &Hit, hits: &[Hit]) -> impl Iterator<Item = usize> {
        let p = &self.phrasings;
        let around =
            move |h: &&Hit| h.start <= hit.start && h.end >= hit.end && h.end - h.start > hit.end - hit.start;
        let phrased = move |h: &Hit, entry: usize| {
            let starts = p.fragments.get(h.fragment as usize).map_or(&[][..], |f| &f.starts);
            let phrasings = starts.iter().filter_map(|&i| p.list.get(i as usize));
            phrasings.into_iter().any(|phrasing| phrasing.entry == entry && phrasing.slots.len() == 1)
        };
        let spared = move |entry: usize| hits.iter().filter(around).any(|h| phrased(h, entry));
        f.not_near.iter().copied().filter(move |&entry| !spared(entry))
    }

    /// Whether some indicator of a kind has a phrasing with one of the fragments.
    fn may_mean(&self, hits: &[Hit], kind: u8) -> bool {
        let fragments = &self.phrasings.fragments;
        hits.iter().any(|h| fragments.get(h.fragment as usize).is_some_and(|f| f.kinds & kind != 0))
    }

    /// The best indicator whose phrasing is made of some of the fragments found in a text.
    fn best<'c>(
        &'c self,
        part: Part<'_>,
        q: &Query<'_>,
        unit: &[Word],
        follows: &Follows,
        ruled_out: &mut Vec<usize>,
        called: &mut Called<'c>,
    ) -> Option<&'c Entry> {
        let Part { hits, name, reach, named } = part;
        let p = &self.phrasings;
        let kind = kind_bit(q.kind);
        let mut words = 0;
        for (f, hit) in hits.iter().filter_map(|h| Some((p.fragments.get(h.fragment as usize)?, h))) {
            words |= f.words;
            // What the name rules out, the clause does not bring back.
            ruled_out.extend(self.ruled_out(f, hit, hits));
            if reach.start <= hit.start && hit.end <= reach.end {
                called.add(f);
            }
        }
        let mut best: Option<&Phrasing> = None;
        for hit in hits.iter() {
            let Some(fragment) = p.fragments.get(hit.fragment as usize).filter(|f| f.kinds & kind != 0)
            else {
                continue;
            };
            for &i in &fragment.starts {
                let Some(phrasing) = p.list.get(i as usize) else { continue };
                let better = best.is_none_or(|b| {
                    (phrasing.weight, std::cmp::Reverse(phrasing.entry))
                        > (b.weight, std::cmp::Reverse(b.entry))
                });
                if !better {
                    // The others of this fragment are shorter still, or stand further down.
                    break;
                }
                if p.kinds.get(phrasing.entry).is_some_and(|kinds| kinds & kind != 0)
                    && self.allows(phrasing.entry, q, name, unit, words, follows)
                    && stands(phrasing, hits)
                    && (!phrasing.whole || named && self.is_whole(phrasing, hits, q.name))
                    && !ruled_out.contains(&phrasing.entry)
                    && !p.guards.refuse(&called.calls, called.lifts, kind, phrasing.entry)
                {
                    best = Some(phrasing);
                }
            }
        }
        best.and_then(|b| self.entries.get(b.entry))
    }

    /// Whether a name says nothing besides a phrasing but where and when.
    fn is_whole(&self, phrasing: &Phrasing, hits: &[Hit], name: &str) -> bool {
        let mut plain = self.plain(name, true);
        for hit in hits.iter().filter(|h| phrasing.slots.contains(&h.fragment)) {
            if let Some(run) = plain.covered.get_mut(hit.start..hit.end) {
                run.fill(true);
            }
        }
        plain.all()
    }

    /// Whether words call a guard that does not spare an indicator.
    pub(super) fn calls(&self, words: &[Word], kind: u8, entry: usize) -> bool {
        let mut hits = Vec::new();
        self.scan(words, &mut hits);
        let mut called = Called::default();
        let fragments = hits.iter().filter_map(|h| self.phrasings.fragments.get(h.fragment as usize));
        fragments.for_each(|f| called.add(f));
        self.phrasings.guards.refuse(&called.calls, called.lifts, kind, entry)
    }

    /// Whether unit, year and basis fit.
    fn allows(
        &self,
        index: usize,
        q: &Query<'_>,
        name: &[Word],
        unit: &[Word],
        words: u8,
        follows: &Follows,
    ) -> bool {
        let Some(entry) = self.entries.get(index) else { return false };
        if follows.not.contains(&index) {
            return false;
        }
        let per = q.per.split('/').next().filter(|p| !p.is_empty());
        if per.is_some_and(|p| self.phrasings.guards.refuse_per(q, &self.folder.read(p), index)) {
            return false;
        }
        if entry.from.is_some() || entry.to.is_some() {
            let Some(year) = q.year else { return false };
            if entry.from.is_some_and(|from| year < from) || entry.to.is_some_and(|to| year > to) {
                return false;
            }
        }
        if q.kind == Kind::Percentage {
            return match entry.basis {
                // "vượt 12% dự toán" is how far beyond.
                Basis::Plan => follows.words & PLAN != 0 && !matches!(q.role, Role::Gap | Role::Change),
                Basis::Growth => {
                    let all = words | follows.around;
                    // "bằng 23,5% GDP, tăng …": what a share is of does not grow by it.
                    let grows =
                        q.role == Role::Change || (all & GROWTH != 0 && all & SHARE == 0 && !q.behind);
                    grows && follows.words & PLAN == 0
                }
                Basis::Share => follows.words & PLAN == 0 && words & SHARE != 0 && q.role != Role::Change,
                Basis::Rate => {
                    (entry.of_plan || follows.words & PLAN == 0)
                        && (q.role != Role::Change || words & RATE != 0)
                }
            };
        }
        let units = self.phrasings.units.get(index).map_or(&[][..], Vec::as_slice);
        let free = units.is_empty() || matches!(q.kind, Kind::Rank | Kind::Score);
        if q.kind == Kind::Ratio && unit.is_empty() {
            return true;
        }
        // The heading of a column says what is counted: "Tổng hồ sơ tiếp nhận".
        if q.named && q.kind == Kind::Count && unit.is_empty() {
            return units.iter().any(|u| !u.is_empty() && name.windows(u.len()).any(|w| w == u.as_slice()));
        }
        free || units.iter().any(|u| u.first().is_none_or(|w| unit.first() == Some(w)) && unit.starts_with(u))
    }
}

#[derive(Debug, Default)]
struct Follows {
    words: u8,
    around: u8,
    not: Vec<usize>,
}

/// Where a run of words stands last; nowhere for an empty one.
fn last_of(text: &[Word], run: &[Word]) -> Option<usize> {
    let last = run.last()?;
    let ends = (run.len()..=text.len()).rev().filter(|&end| text.get(end - 1) == Some(last));
    ends.map(|end| end - run.len()).find(|&at| text.get(at..at + run.len()) == Some(run))
}

/// Whether the fragments of a phrasing stand in order, with small gaps.
fn stands(phrasing: &Phrasing, hits: &[Hit]) -> bool {
    let Some((&first, rest)) = phrasing.slots.split_first() else { return false };
    hits.iter()
        .filter(|h| h.fragment == first && (!phrasing.anchored || h.start == 0))
        .any(|h| follow(rest, h.end, hits))
}

fn follow(slots: &[u32], end: usize, hits: &[Hit]) -> bool {
    let Some((&next, rest)) = slots.split_first() else { return true };
    hits.iter()
        .filter(|h| h.fragment == next && h.start >= end && h.start - end <= MAX_GAP)
        .any(|h| follow(rest, h.end, hits))
}
