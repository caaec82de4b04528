//! Stage 5, linking: the index that a score or a rank without a name of its own is told of: "dẫn đầu về chỉ số PAPI năm 2023
//! là: Thừa Thiên Huế (46,04 điểm), Thái Nguyên (45,78 điểm)", "Tỉnh Đắk Nông đứng cuối bảng với 38,97 điểm".

use smol_str::SmolStr;

use super::{Linker, Place, rank};
use crate::claim::indicator::{Found, Kind};
use crate::words::one_line;
use crate::words::token::{Case, Kind as TokenKind};

/// How far back the name of an index is looked for, in tokens.
const SPOKEN: usize = 160;
/// Most words of what leads to it: "bộ chỉ số".
const HEAD: usize = 3;
/// Fewest letters of the short name of an index.
const LETTERS: usize = 3;

impl Linker<'_, '_> {
    /// The last index with a short name that was spoken of, where a score bears the name of a place or none, or that of
    /// something counted.
    pub(super) fn index_spoken_of(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        if !matches!(item.kind, Kind::Score | Kind::Rank) || item.cell.is_some() {
            return None;
        }
        let counted =
            place.previous.or(place.earlier).filter(|p| !matches!(p.kind, Kind::Score | Kind::Rank));
        let taken = |name: &str| counted.is_some_and(|p| p.name.as_deref() == Some(name));
        // "PCI 63,11 điểm": an index of its own.
        let acronym = |w: &str| w.chars().count() >= LETTERS && w.chars().all(char::is_uppercase);
        let has_own =
            |name: &str| !rank::is_proper(name) && !taken(name) || name.split_whitespace().any(acronym);
        if item.name.as_deref().is_some_and(has_own) {
            return None;
        }
        let tokens = &self.work.tokens;
        let short = |i: &usize| {
            self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Upper)
                && self.work.word(*i).chars().count() >= LETTERS
        };
        let low = item.tokens.start.saturating_sub(SPOKEN);
        (low..item.tokens.start).rev().filter(short).find_map(|at| {
            // Of a name of several such words the first is led.
            let led = |n: &usize| {
                let head = at.checked_sub(*n).and_then(|i| self.clauses.index_heads.at(tokens, i));
                head.is_some_and(|(long, ())| long == *n)
            };
            let n = (1..=HEAD).find(led)?;
            // "Chỉ số PAR INDEX"
            let end = (at + 1..item.tokens.start).find(|i| !short(i)).unwrap_or(item.tokens.start);
            Some(one_line(self.work.words(at - n..end)))
        })
    }
}
