//! Where a phrase before a quantity may end: before what joins it to the number, and before each verb in it.

use crate::facts::link::Linker;
use crate::facts::link::around::{Around, Mask};

/// Most ends; few quantities have more.
const ENDS: usize = 10;

impl Linker<'_, '_> {
    /// Where a phrase before a quantity may end: before what joins it to the number, and before each verb in it.
    pub(super) fn ends_before(&self, around: &Around<'_>) -> Vec<usize> {
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
        let inner = (floor + 1..end).rev().filter(|&i| self.ends_inside(around, i, end));
        ends.extend(inner.map(|at| self.without_degree(around, at).unwrap_or(at)));
        ends.truncate(ENDS);
        ends
    }

    /// Whether a phrase may end before a token inside it: a verb, a mark, a date; `end` is where the longest phrase ends.
    fn ends_inside(&self, around: &Around<'_>, i: usize, end: usize) -> bool {
        let is = |mask: Mask, i: usize| around.marks.any(mask, &(i..i + 1));
        let label = || is(Mask::Colon, i) && self.is_hollow(&(i + 1..end), true);
        // "Tỷ lệ văn bản của UBND cấp xã được ký số": what is told of them belongs to the name.
        let told = || (i + 1..end).any(|at| self.has(&self.clauses.predicates, at));
        let of = || self.is_of_body(i) && !told();
        let stops = is(Mask::Ends, i)
            || of()
            || is(Mask::Open, i)
            || is(Mask::Comma, i)
            || is(Mask::Date, i) && !is(Mask::Date, i - 1)
            || label();
        stops && !self.keeps(around.floor, i + 1)
    }

    /// "sản lượng điện của Công ty Điện lực", "vốn của các tổ chức tín dụng": whether a token says whose something is, and that is a body or a
    /// place and not a kind ("của dân cư thành thị").
    pub(super) fn is_of_body(&self, i: usize) -> bool {
        let particles = &self.work.patterns.particles;
        let body = || {
            self.work.token(i + 1).is_some_and(|t| t.capital())
                || particles.plural.has(self.work.word(i + 1))
                || self.scope_at(i + 1).is_some()
        };
        particles.of.has(self.work.word(i)) && body()
    }

    /// "Các xã có tỷ lệ hộ nghèo cao: A 68,2%": how high it is there is not what is measured.
    fn without_degree(&self, around: &Around<'_>, end: usize) -> Option<usize> {
        let colon = |i: usize| around.marks.any(Mask::Colon, &(i..i + 1));
        let last = end.checked_sub(1).filter(|&i| i > around.floor)?;
        let leads = colon(end) || colon(end + 1);
        let degree = self.has(&self.clauses.degrees, last) && !self.splits(last);
        (leads && degree && !self.keeps(around.floor, end)).then_some(last)
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
