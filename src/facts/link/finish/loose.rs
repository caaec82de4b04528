//! What a name goes without: an example, a bracket of figures, who tells it, where it is.

use smol_str::SmolStr;

use super::{NEAR_MARK, is_among, stands_at};
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::link::{Linker, Place};
use crate::words::token::Gap;

/// A name with more words goes without the place at its end.
const LONG_NAME: usize = 14;
/// So many words of it are left.
const SHORT_NAME: usize = 4;

impl Linker<'_, '_> {
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

    /// "tăng 900 em so với năm học trước": what a change is measured against is no part of its name; a unit alone is told of what
    /// was counted before.
    pub(super) fn without_comparison(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let cut = |w: &String| {
            name.find(w.as_str()).filter(|&at| at > 0 && name.get(..at).is_some_and(|b| b.ends_with(' ')))
        };
        let Some(at) = self.clauses.compares.iter().filter_map(cut).min() else { return };
        // "chương trình có dư nợ tăng so với đầu năm là cho vay hộ nghèo": what the clause comes to names it.
        let tail = name.get(at..).unwrap_or_default();
        let comes_to = |w: &String| tail.find(w.as_str()).and_then(|found| tail.get(found + w.len()..));
        if let Some(rest) = self.clauses.comes_to.iter().filter_map(comes_to).max_by_key(|rest| rest.len()) {
            item.name = Some(SmolStr::new(rest));
            return;
        }
        let head = SmolStr::new(name.get(..at).unwrap_or(name).trim_end());
        // "Tỷ lệ người tập luyện so với dân số": of what a rate is. "đạt và vượt so với kế hoạch": the verb needs what follows.
        let rate = matches!(item.kind, Kind::Percentage | Kind::Ratio) && item.role == Role::Actual;
        if rate || self.clauses.loose_ends.iter().any(|w| ends_with_words(&head, w)) {
            return;
        }
        let bare = item.unit.as_ref() == Some(&head);
        let counts = |kind: Kind| matches!(kind, Kind::Count | Kind::Ratio);
        let like = |p: &&Found| p.kind == item.kind || counts(p.kind) && counts(item.kind);
        // "158.640 học sinh, tăng 2.100 em": a classifier stands for what was counted.
        let classifier = || place.previous.or(place.earlier).filter(|_| !head.contains(' '));
        let told = place.alike.or(place.broader).or_else(classifier).filter(|p| bare && like(p));
        match told.and_then(|p| p.name.clone()) {
            Some(told) => (item.name, item.why.name) = (Some(told), "name.previous"),
            None => item.name = Some(head),
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
        let closes = low.rev().any(|i| {
            let aside = || {
                (place.sentence.start..i)
                    .rev()
                    .take_while(|&w| self.work.is_word(w))
                    .any(|w| self.work.word(w) == last)
            };
            self.is_any(i, ['-', '–']) && spaced(i) && spaced(i + 1) && aside()
        });
        if closes {
            item.name = Some(head.into());
        }
    }

    /// "Địa phương có số người chết cao nhất là Ninh Phước", "tỷ lệ hộ nghèo còn cao như Lũng Cao": a name ends before who leads.
    pub(super) fn without_leading(&self, item: &mut Found) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let leads = |rest: &str| opening(&self.clauses.leading, rest).next().is_some();
        let blanks = name.bytes().enumerate().filter(|(_, b)| *b == b' ');
        let cut = blanks.map(|(at, _)| name.split_at(at)).find(|(_, rest)| leads(rest));
        let head = cut.map(|(head, _)| head).map(str::trim_end).filter(|head| head.contains(' '));
        if let Some(head) = head {
            item.name = Some(SmolStr::new(head));
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
        let hollow = is_among(&self.clauses.hollow_names, head);
        if head.len() == name.len() && !hollow {
            return;
        }
        let told = place.previous.or(place.earlier).filter(|p| p.kind == item.kind && hollow);
        match told.and_then(|p| p.name.clone()) {
            Some(told) => (item.name, item.why.name) = (Some(told), "name.previous"),
            None => item.name = Some(SmolStr::new(head)),
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
        let ends = memchr::memchr_iter(b' ', name.as_bytes()).flat_map(|at| {
            let rest = name.get(at..).unwrap_or_default();
            opening(&self.clauses.tellers, rest).map(move |w| at + w.len())
        });
        let kept = ends.max().and_then(|at| name.get(at..)).map(str::trim_start).filter(|k| !k.is_empty());
        if let Some(kept) = kept {
            item.name = Some(SmolStr::new(kept));
        }
    }

    /// "toàn tỉnh đón 480.000 lượt": whose it is stands in the scope of a count.
    pub(in crate::facts::link) fn without_scope(&self, item: &mut Found) {
        let (Some(name), Some(scope)) = (item.name.as_deref(), item.scope.as_deref()) else { return };
        let counts = item.kind == Kind::Count && item.cell.is_none();
        let rest = name.get(scope.len()..).and_then(|r| r.strip_prefix(' ')).filter(|_| counts);
        let head =
            |_: &&str| name.get(..scope.len()).is_some_and(|h| h.to_lowercase() == scope.to_lowercase());
        let rest = rest.filter(|r| !r.is_empty()).filter(head);
        if let Some(rest) = rest {
            item.name = Some(SmolStr::new(rest));
        }
    }

    /// A name of a sentence's length without the place at its end: "số trạm thu phát sóng tại các khu công nghiệp …".
    pub(super) fn shorten(&self, item: &mut Found) {
        let long = |n: &&str| memchr::memchr_iter(b' ', n.as_bytes()).count() >= LONG_NAME;
        let Some(name) = item.name.as_deref().filter(long) else { return };
        let words: Vec<&str> = name.split(' ').collect();
        let opens = |at: usize| self.clauses.places.iter().any(|p| stands_at(&words, at, p));
        let place = (SHORT_NAME..words.len()).find(|&at| opens(at));
        let tells = |at: usize| words.iter().skip(at).any(|w| self.clauses.tells.iter().any(|t| t == w));
        if let Some(at) = place.filter(|&at| !tells(at)) {
            item.name = Some(SmolStr::new(words.iter().take(at).copied().collect::<Vec<_>>().join(" ")));
        }
    }
}

/// Those of a list of phrases, each with a blank before it, that a text opens with; most differ in the letter behind the blank.
fn opening<'w>(list: &'w [String], text: &str) -> impl Iterator<Item = &'w String> {
    let first = text.as_bytes().get(1);
    list.iter().filter(move |w| w.as_bytes().get(1) == first && text.starts_with(w.as_str()))
}

/// Whether a name ends with these words, and has others before them.
fn ends_with_words(name: &str, words: &str) -> bool {
    // Most differ in their last letter.
    let same = name.as_bytes().last() == words.as_bytes().last();
    same && name.strip_suffix(words).is_some_and(|before| before.ends_with(' '))
}
