//! Stage 2: the repaired copy of a text and the map between its offsets and those of the raw text.
//!
//! In comes the raw text and, from each repair, a list of replacements; out comes the [`Shadow`] that recognisers
//! read. "Kế hoạchsố 12" in the file stands as "Kế hoạch số 12" in the shadow, and every range found there maps back
//! to the raw words.
//!
//! Laws (tested): the maps are total, monotone and on character boundaries; mapping a range to the shadow and back
//! covers it, save for deleted characters at its edges.

use std::borrow::Cow;
use std::ops::Range;

/// A repaired copy of a raw text. Without repairs it borrows the raw text and the map is the identity.
#[derive(Debug, Clone)]
pub struct Shadow<'a> {
    /// The repaired text.
    pub text: Cow<'a, str>,
    /// What was repaired, in order of the raw text.
    pub repairs: Vec<Applied>,
    map: OffsetMap,
}

/// One repair made: its name and the raw byte range it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Name of the repair, as `--no-repair` takes it.
    pub name: &'static str,
    /// Where, in bytes of the raw text.
    pub range: Range<usize>,
}

impl<'a> Shadow<'a> {
    /// The shadow of a text that needs no repair.
    pub fn identity(raw: &'a str) -> Self {
        let map = OffsetMap { edits: Vec::new(), raw_len: raw.len(), shadow_len: raw.len() };
        Self { text: Cow::Borrowed(raw), repairs: Vec::new(), map }
    }

    /// True where nothing was repaired: shadow offsets are raw offsets.
    pub fn is_identity(&self) -> bool {
        self.map.edits.is_empty()
    }

    /// The raw byte range that a shadow byte range stands for. Monotone and total; on character boundaries.
    ///
    /// A range that cuts a replacement covers the whole of what was replaced; characters deleted just outside the
    /// range stay outside.
    pub fn to_raw(&self, range: Range<usize>) -> Range<usize> {
        let start = self.map.raw_start(floor_boundary(&self.text, range.start));
        let end = self.map.raw_end(ceil_boundary(&self.text, range.end.max(range.start)));
        start..end.max(start)
    }

    /// The shadow offset at or after a raw offset. Monotone and total; on a character boundary.
    pub fn to_shadow(&self, raw: usize) -> usize {
        ceil_boundary(&self.text, self.map.shadow_at(raw, true))
    }

    /// The shadow range that covers a raw range: a range that cuts a replacement takes the whole of it.
    pub fn range_to_shadow(&self, raw: Range<usize>) -> Range<usize> {
        let start = floor_boundary(&self.text, self.map.shadow_at(raw.start, false));
        start..self.to_shadow(raw.end.max(raw.start)).max(start)
    }

    /// Makes the replacements that one repair asks for, and logs each under its `name`. Returns their number.
    pub fn edit(&mut self, name: &'static str, ask: impl FnOnce(&str, &mut Editor<'_>)) -> usize {
        let mut editor = Editor::new(&self.text);
        ask(&self.text, &mut editor);
        let Some((text, edits)) = editor.finish() else { return 0 };
        for edit in &edits {
            // The log speaks of the raw text, so it takes the map as it was before this repair.
            let start = self.map.raw_start(edit.raw.start);
            let range = start..self.map.raw_end(edit.raw.end).max(start);
            match self.repairs.last_mut() {
                // Neighbouring replacements of one repair are one entry.
                Some(last) if last.name == name && last.range.end == range.start && !range.is_empty() => {
                    last.range.end = range.end;
                }
                _ => self.repairs.push(Applied { name, range }),
            }
        }
        self.map = self.map.then(&edits, text.len());
        self.text = Cow::Owned(text);
        edits.len()
    }

    /// Brings the log into the order of the raw text, after the last repair.
    pub fn sort_log(&mut self) {
        self.repairs.sort_by_key(|a| (a.range.start, a.range.end));
    }
}

/// Collects the replacements of one pass over a text, from front to back.
#[derive(Debug)]
pub struct Editor<'t> {
    text: &'t str,
    out: String,
    copied: usize,
    edits: Vec<Edit>,
}

impl<'t> Editor<'t> {
    /// An editor that has not changed anything yet.
    fn new(text: &'t str) -> Self {
        Self { text, out: String::new(), copied: 0, edits: Vec::new() }
    }

    /// Replaces `range` of the text. Ranges must come in order and must not overlap; one that does is ignored, as is
    /// one that is not on character boundaries or changes nothing.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        let Some(before) = self.text.get(self.copied..range.start) else { return };
        let Some(old) = self.text.get(range.clone()) else { return };
        if old == with {
            return;
        }
        if self.edits.is_empty() {
            self.out.reserve(self.text.len() + 64);
        }
        self.out.push_str(before);
        let start = self.out.len();
        self.out.push_str(with);
        self.copied = range.end;
        push(&mut self.edits, Edit { raw: range, shadow: start..self.out.len() });
    }

    /// The repaired text and its edits; `None` if nothing was replaced.
    fn finish(mut self) -> Option<(String, Vec<Edit>)> {
        if self.edits.is_empty() {
            return None;
        }
        self.out.push_str(self.text.get(self.copied..).unwrap_or(""));
        Some((self.out, self.edits))
    }
}

/// One replaced stretch; everything between two edits is copied byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    raw: Range<usize>,
    shadow: Range<usize>,
}

/// Adds an edit behind the others; an insertion touching its neighbour becomes one edit with it.
fn push(edits: &mut Vec<Edit>, edit: Edit) {
    match edits.last_mut() {
        Some(last) if last.raw.end == edit.raw.start && (edit.raw.is_empty() || last.raw.is_empty()) => {
            last.raw.end = edit.raw.end;
            last.shadow.end = edit.shadow.end;
        }
        _ => edits.push(edit),
    }
}

/// The map between two texts that differ by edits.
#[derive(Debug, Clone)]
struct OffsetMap {
    edits: Vec<Edit>,
    raw_len: usize,
    shadow_len: usize,
}

impl OffsetMap {
    /// Where a range beginning at shadow offset `p` begins in the raw text: after deleted characters.
    fn raw_start(&self, p: usize) -> usize {
        let p = p.min(self.shadow_len);
        let n = self.edits.partition_point(|e| e.shadow.start <= p);
        match n.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => p,
            Some(e) if p < e.shadow.end => e.raw.start,
            Some(e) => e.raw.end + (p - e.shadow.end),
        }
    }

    /// Where a range ending at shadow offset `p` ends in the raw text: before deleted characters.
    fn raw_end(&self, p: usize) -> usize {
        let p = p.min(self.shadow_len);
        let n = self.edits.partition_point(|e| e.shadow.end < p);
        match self.edits.get(n) {
            None => self.raw_len - (self.shadow_len - p),
            Some(e) if p > e.shadow.start => e.raw.end,
            Some(e) => e.raw.start - (e.shadow.start - p),
        }
    }

    /// The shadow offset of raw offset `p`; inside a replaced stretch its end (`after`) or its start.
    fn shadow_at(&self, p: usize, after: bool) -> usize {
        let p = p.min(self.raw_len);
        let n = self.edits.partition_point(|e| e.raw.start <= p);
        match n.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => p,
            Some(e) if p >= e.raw.end => e.shadow.end + (p - e.raw.end),
            Some(e) if after && p > e.raw.start => e.shadow.end,
            Some(e) => e.shadow.start,
        }
    }

    /// This map followed by `next`, whose raw side is this map's shadow.
    fn then(&self, next: &[Edit], shadow_len: usize) -> Self {
        let mut edits = Vec::with_capacity(self.edits.len() + next.len());
        let (mut i, mut j) = (0, 0);
        // How much longer the final text is than the middle one at the present place is kept by the edits themselves.
        let mut middle_to_raw = Anchor::default();
        let mut middle_to_shadow = Anchor::default();
        loop {
            let first = self.edits.get(i).map(|e| (e.shadow.start, e.shadow.end));
            let second = next.get(j).map(|e| (e.raw.start, e.raw.end));
            // The group of edits that touch each other in the middle text.
            let (start, mut end) = match (first, second) {
                (None, None) => break,
                (Some(a), None) => a,
                (None, Some(b)) => b,
                (Some(a), Some(b)) => a.min(b),
            };
            let raw_start = middle_to_raw.at(start);
            let shadow_start = middle_to_shadow.at(start);
            loop {
                let joins = |s: usize, e: usize| s < end || (s == end && s == start && e == s);
                if let Some(e) = self.edits.get(i).filter(|e| {
                    (e.shadow.start, e.shadow.end) == (start, end) || joins(e.shadow.start, e.shadow.end)
                }) {
                    end = end.max(e.shadow.end);
                    middle_to_raw = Anchor { from: e.shadow.end, to: e.raw.end };
                    i += 1;
                } else if let Some(e) = next
                    .get(j)
                    .filter(|e| (e.raw.start, e.raw.end) == (start, end) || joins(e.raw.start, e.raw.end))
                {
                    end = end.max(e.raw.end);
                    middle_to_shadow = Anchor { from: e.raw.end, to: e.shadow.end };
                    j += 1;
                } else {
                    break;
                }
            }
            let raw = raw_start..middle_to_raw.at(end);
            push(&mut edits, Edit { raw, shadow: shadow_start..middle_to_shadow.at(end) });
        }
        Self { edits, raw_len: self.raw_len, shadow_len }
    }
}

/// A pair of offsets that correspond; behind it both texts run in step.
#[derive(Debug, Clone, Copy, Default)]
struct Anchor {
    from: usize,
    to: usize,
}

impl Anchor {
    fn at(self, p: usize) -> usize {
        self.to + p.saturating_sub(self.from)
    }
}

/// The last character boundary at or before `i`.
pub fn floor_boundary(s: &str, i: usize) -> usize {
    let mut i = i.min(s.len());
    while !s.is_char_boundary(i) {
        i -= 1;
    }
    i
}

/// The first character boundary at or after `i`.
pub fn ceil_boundary(s: &str, i: usize) -> usize {
    let mut i = i.min(s.len());
    while !s.is_char_boundary(i) {
        i += 1;
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn deleted_marks_at_the_edge_of_an_item_stay_outside_it() {
        let raw = "ngày **24** tháng";
        let mut shadow = Shadow::identity(raw);
        let first = raw.find("**").unwrap();
        shadow.edit("markdown", |_, editor| {
            editor.replace(first..first + 2, "");
            editor.replace(first + 4..first + 6, "");
        });
        assert_eq!(shadow.text, "ngày 24 tháng");
        let at = shadow.text.find("24").unwrap();
        assert_eq!(raw.get(shadow.to_raw(at..at + 2)), Some("24"));
        assert_eq!(shadow.repairs.len(), 2);
    }

    #[test]
    fn an_inserted_space_maps_to_the_seam() {
        let raw = "hoạchsố 5";
        let mut shadow = Shadow::identity(raw);
        let seam = raw.find("số").unwrap();
        shadow.edit("lost_space", |_, editor| editor.replace(seam..seam, " "));
        let at = shadow.text.find("số").unwrap();
        assert_eq!(shadow.to_raw(at..at + "số".len()), seam..seam + "số".len());
        assert_eq!(shadow.to_raw(0..at - 1), 0..seam);
    }

    #[test]
    fn two_repairs_of_the_same_place_compose() {
        let raw = "a\u{a0}\u{200b}b";
        let mut shadow = Shadow::identity(raw);
        shadow.edit("spaces", |_, editor| {
            editor.replace(1..3, " ");
            editor.replace(3..6, "");
        });
        shadow.edit("hyphens", |_, editor| editor.replace(1..2, "-"));
        assert_eq!(shadow.text, "a-b");
        assert_eq!(shadow.to_raw(1..2), 1..3);
        assert_eq!(shadow.to_raw(2..3), 6..7);
    }

    /// Random edits of a text: (gap to the last edit, length, replacement), counted in characters.
    fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        proptest::collection::vec((0usize..4, 0usize..3, "[a-cđ ]{0,2}"), 0..12)
    }

    fn edit(text: &str, editor: &mut Editor<'_>, wishes: &[(usize, usize, String)]) {
        let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let mut at = 0;
        for (gap, len, with) in wishes {
            let (s, e) = (at + gap, at + gap + len);
            if e >= bounds.len() {
                break;
            }
            editor.replace(bounds[s]..bounds[e], with);
            at = e;
        }
    }

    proptest! {
        #[test]
        fn the_map_is_total_monotone_and_covers(raw in "[ab đế\u{a0}]{0,24}", passes in proptest::collection::vec(edits(), 0..4)) {
            let mut shadow = Shadow::identity(&raw);
            for pass in &passes {
                shadow.edit("test", |text, editor| edit(text, editor, pass));
            }
            let s = shadow.text.clone().into_owned();
            let mut last = 0..0;
            for p in 0..=s.len() + 2 {
                let r = shadow.to_raw(p..p);
                prop_assert!(raw.is_char_boundary(r.start) && raw.is_char_boundary(r.end));
                prop_assert!(r.start >= last.start && r.end >= last.end);
                last = r;
            }
            let mut before = 0;
            for p in 0..=raw.len() + 2 {
                let q = shadow.to_shadow(p);
                prop_assert!(s.is_char_boundary(q) && q >= before);
                before = q;
            }
            prop_assert_eq!(shadow.to_raw(0..s.len()).end <= raw.len(), true);
            for (i, c) in s.char_indices() {
                let r = shadow.to_raw(i..i + c.len_utf8());
                let back = shadow.range_to_shadow(r.clone());
                // An inserted character stands for nothing.
                prop_assert!(r.is_empty() || (back.start <= i && back.end >= i + c.len_utf8()));
            }
            for (i, c) in raw.char_indices() {
                let q = shadow.range_to_shadow(i..i + c.len_utf8());
                let back = shadow.to_raw(q.clone());
                // A deleted character stands nowhere.
                prop_assert!(q.is_empty() || (back.start <= i && back.end >= i + c.len_utf8()));
            }
        }
    }
}
