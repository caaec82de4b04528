//! The unit whose bare name stands beside a figure: "Sơn Tây 09, Sơn Hà 6", "làm tốt là Pả Vi (56,2%)", "Tĩnh Gia để xảy ra 76
//! vụ, chết 34 người".
//!
//! A name needs no type word where the document's own list has it: a district of its province, a commune that it names
//! with one elsewhere. It is the figure's where it opens the figure's clause, or ends right before its bracket.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::DocumentFrame;
use super::place::{self, Named};
use crate::claim::Work;
use crate::claim::indicator::Found;
use crate::record::{Level, Place};
use crate::words::shadow::floor_boundary;
use crate::words::token::{Case, Gap, Kind};

/// Most tokens of a clause from its name to its figure.
const CLAUSE: usize = 14;
/// Most words between the name and its figure.
const WORDS: usize = 5;
/// Most words between a comma and its figure.
const BEHIND_COMMA: usize = 2;
/// How many syllables the name of a commune has that no list holds.
const NAME: std::ops::RangeInclusive<usize> = 2..=3;
/// How far before a bare name a text on a district has spoken of communes, in tokens.
const SPOKEN: usize = 250;
/// How much of the text is searched for communes, in bytes.
const TEXT: usize = 60_000;

/// The units that a text may name barely.
pub(super) struct Members<'m, 'a> {
    work: &'m Work<'a>,
    own: Option<&'m Place>,
    day: Option<&'m str>,
    /// The communes that the text names with their type word, read when first asked for.
    communes: OnceCell<FxHashSet<String>>,
}

impl<'m, 'a> Members<'m, 'a> {
    /// The units of a document.
    pub(super) fn new(work: &'m Work<'a>, frame: &'m DocumentFrame, day: Option<&'m str>) -> Self {
        Self { work, own: frame.place.as_deref(), day, communes: OnceCell::new() }
    }

    /// The unit of a figure by the bare name beside it.
    pub(super) fn of(&self, item: &Found, before: &[Found]) -> Option<Named> {
        if item.cell.is_some() {
            return None;
        }
        let start = self.work.token_at(item.sentence.start);
        let floor = before.last().map_or(start, |p| p.tokens.end.max(start));
        self.bracketed(item, floor, start).or_else(|| self.opens_clause(item, floor, start))
    }

    /// "thấp hơn Hà Tĩnh (63,4%)": nothing but a bound stands between the bracket and the figure.
    fn bracketed(&self, item: &Found, floor: usize, start: usize) -> Option<Named> {
        let is_open = |i: &usize| self.work.token(*i).is_some_and(|t| t.is('('));
        let open = (item.tokens.start.saturating_sub(2).max(floor)..item.tokens.start).rev().find(is_open)?;
        let low = floor.max(open.saturating_sub(WORDS + 1));
        // The longest name counts: "Mỏ Cày Nam".
        (low..open).find_map(|at| self.unit(at..open, start).filter(|_| self.led(at, floor)))
    }

    /// "Hoằng Hóa 51 vụ", "kế đến Hàm Thuận Nam 12 vụ", "Gò Công Đông mới 38%".
    fn opens_clause(&self, item: &Found, floor: usize, start: usize) -> Option<Named> {
        let end = item.tokens.start;
        self.opening_before(end, floor, start).or_else(|| {
            // "Tây Giang cao nhất, 38,07%": behind a comma stands the figure alone.
            let near = end.saturating_sub(BEHIND_COMMA + 1).max(floor)..end;
            let comma = near.rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(',')))?;
            let plain = (comma + 1..end)
                .all(|i| self.work.token(i).is_some_and(|t| t.kind == Kind::Word && !t.capital()));
            plain.then(|| self.opening_before(comma, floor, start)).flatten()
        })
    }

    /// The unit whose name opens the clause that ends at a token.
    fn opening_before(&self, end: usize, floor: usize, start: usize) -> Option<Named> {
        let low = floor.max(end.saturating_sub(CLAUSE));
        let mark = |i: &usize| {
            self.work.token(*i).is_some_and(|t| {
                !(t.kind != Kind::Punct || t.is('\'') || t.is('’') || t.is('.') && self.glued(*i + 1))
            })
        };
        let first = (low..end).rev().find(mark).map_or(low, |i| i + 1);
        let capital = |i: usize| self.work.token(i).is_some_and(|t| t.kind == Kind::Word && t.capital());
        let last = (first..end).rev().find(|&i| capital(i))?;
        let run = (first..=last).rev().take_while(|&i| capital(i)).last()?;
        // "Riêng Hoằng Hóa": the word that leads to the name has a capital at the beginning of its sentence.
        let at = (run..=last).find(|&i| !self.is_lead(i))?;
        if !self.led(at, first.max(1) - usize::from(first > floor)) {
            return None;
        }
        let name_end = last + 1;
        let plain = (name_end..end).all(|i| {
            self.work.token(i).is_some_and(|t| t.kind == Kind::Word && !t.capital())
                && self.work.patterns.frames.member_not.at(&self.work.tokens, i).is_none()
        });
        (plain && end - name_end <= WORDS).then(|| self.unit(at..name_end, start)).flatten()
    }

    fn glued(&self, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| t.gap == Gap::Glued)
    }

    fn is_lead(&self, i: usize) -> bool {
        let leads = &self.work.patterns.frames.member_leads;
        leads.before(&self.work.tokens, i + 1).is_some_and(|(n, ())| n >= 1)
    }

    /// Whether a name begins its clause, or stands behind words that lead to one.
    fn led(&self, at: usize, floor: usize) -> bool {
        let mark = at.checked_sub(1).and_then(|i| self.work.token(i));
        at == floor
            || mark.is_none_or(|t| t.kind == Kind::Punct && !t.is('-') && !t.is('/'))
            || self.work.token(at).is_some_and(|t| t.gap >= Gap::Para)
            || self.work.patterns.frames.member_leads.before(&self.work.tokens, at).is_some()
    }

    /// The unit that these tokens name and nothing else.
    fn unit(&self, tokens: Range<usize>, start: usize) -> Option<Named> {
        let own = self.own?;
        let text = self.work.words(tokens.clone());
        let (places, code) =
            (&self.work.patterns.places, own.province.as_ref().and_then(|p| p.code.as_deref()));
        let local = matches!(own.level, Level::District | Level::Commune);
        if local && self.communes.get_or_init(|| communes(self.work, self.day)).contains(text) {
            let commune = Some(text.to_owned());
            return Some(Named { commune, typed: true, ..Named::default() });
        }
        let Some((range, named)) = place::named(places, text, self.day).into_iter().next() else {
            return self.unlisted(tokens, text, start);
        };
        if range != (0..text.len()) || named.typed {
            return None;
        }
        match named.level() {
            // The document's own name is told of by its own figures.
            Level::Province => {
                let same = named
                    .province
                    .as_ref()
                    .zip(own.province.as_ref())
                    .is_some_and(|(p, own)| p.name == own.name || p.code.is_some() && p.code == own.code);
                (!same).then_some(named)
            }
            Level::District => {
                let name = named.district.as_deref()?;
                let known = code.is_some() && places.district(name, code, self.day).is_some();
                let same = own.district.as_ref().is_some_and(|d| d.name == name);
                (known && !same && own.level <= Level::District).then(|| Named {
                    province: own.province.clone(),
                    typed: true,
                    ..named
                })
            }
            _ => None,
        }
    }
}

impl Members<'_, '_> {
    /// "các xã làm tốt là Pả Vi (56,2%)": of a district, a name that stands behind "xã" in its sentence.
    fn unlisted(&self, tokens: Range<usize>, text: &str, start: usize) -> Option<Named> {
        let local = self.own.is_some_and(|p| p.level >= Level::District && p.district.is_some());
        let named = NAME.contains(&tokens.len())
            && tokens
                .clone()
                .all(|i| self.work.token(i).is_some_and(|t| t.kind == Kind::Word && t.capital()));
        let (frames, all) = (&self.work.patterns.frames, &self.work.tokens);
        let named = named
            && !tokens
                .clone()
                .any(|i| self.work.token(i).is_some_and(|t| t.case == Case::Upper && t.bytes() > 3))
            && frames.member_name_not.at(all, tokens.start).is_none();
        let kinds = &self.work.patterns.frames.member_kinds;
        // "nhiều nhất ở Thạnh Phước 268 ha, kế là Thừa Đức 190 ha": a text on a district may have spoken of its communes before.
        let near = if self.own.is_some_and(|p| p.level == Level::District) { SPOKEN } else { 0 };
        let from = start.min(tokens.start.saturating_sub(near));
        let said = || (from..tokens.start).any(|i| kinds.at(&self.work.tokens, i).is_some());
        let commune = || Named { commune: Some(text.to_owned()), typed: true, ..Named::default() };
        (local && named && said()).then(commune)
    }
}

/// The names of communes that stand behind their type word in a text; one of a single syllable may be any word.
fn communes(work: &Work<'_>, day: Option<&str>) -> FxHashSet<String> {
    let s = work.text.s();
    let all = place::named(&work.patterns.places, work.text.slice(0..floor_boundary(s, TEXT)), day);
    all.into_iter()
        .filter(|(_, n)| n.typed)
        .filter_map(|(_, n)| n.commune)
        .filter(|name| name.contains(' '))
        .collect()
}
