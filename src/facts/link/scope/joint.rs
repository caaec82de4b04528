//! What only joins a name and its figure: "đạt khoảng", "không quá".

use crate::facts::link::Linker;

impl Linker<'_, '_> {
    /// Where the words of a bound that stand right before a token begin: "không quá", "khoảng trên".
    pub(in crate::facts::link) fn without_bound(&self, end: usize) -> usize {
        self.words.bound_before.row_before(&self.work.tokens, end)
    }

    /// Where the words behind `start` end before what joins them to a number: "đạt khoảng".
    pub(in crate::facts::link) fn without_joints(&self, start: usize, mut end: usize) -> usize {
        while let Some(n) = self.joint(end).filter(|n| start + n < end) {
            end -= n;
        }
        end
    }

    /// How many tokens before one only join a name and its figure.
    pub(in crate::facts::link) fn joint(&self, end: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        let tail = self.words.name_tail.before(tokens, end).map(|(n, ())| n);
        tail.or_else(|| self.words.bound_before.before(tokens, end).map(|(n, _)| n))
    }
}
