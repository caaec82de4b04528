//! Stage 3, structure: brackets and what they stand behind, found once. "(toàn quốc đạt 86,5%)" governs itself only, and
//! whoever reads the clause around it may read over it.
//!
//! Tokens go in, pairs of tokens come out; a bracket that never closes in its paragraph is none.

use std::ops::Range;

use crate::words::token::{Gap, Kind, Token};

/// No bracket is longer, in tokens: what goes on for pages is a bracket that somebody forgot to close.
const LONGEST: usize = 200;
/// No deeper brackets are paired.
const DEEPEST: usize = 16;

/// The brackets of a text, in the order in which they open.
#[derive(Debug, Clone, Default)]
pub struct Brackets {
    pairs: Vec<(u32, u32)>,
}

impl Brackets {
    /// Pairs the brackets of a text.
    pub fn of(tokens: &[Token]) -> Self {
        let mut open: Vec<usize> = Vec::new();
        let mut pairs = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            if matches!(token.gap, Gap::Para | Gap::Tab) {
                open.clear();
            }
            if token.kind != Kind::Punct {
                continue;
            }
            if token.is('(') && open.len() < DEEPEST {
                open.push(i);
            } else if token.is(')')
                && let Some(start) = open.pop()
                && i - start <= LONGEST
            {
                pairs.push((start as u32, i as u32));
            }
        }
        pairs.sort_unstable();
        Self { pairs }
    }

    /// The innermost bracket around a token: its two marks.
    pub fn around(&self, token: usize) -> Option<Range<usize>> {
        let last = self.pairs.partition_point(|p| (p.0 as usize) < token);
        let inner = self.pairs.get(..last)?.iter().rev().take(DEEPEST);
        inner.map(|p| p.0 as usize..p.1 as usize).find(|p| p.end > token)
    }

    /// The mark that closes the bracket that opens with this token.
    pub fn closing(&self, open: usize) -> Option<usize> {
        let at = self.pairs.binary_search_by_key(&(open as u32), |p| p.0).ok()?;
        self.pairs.get(at).map(|p| p.1 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::token;
    use crate::words::vocab::Vocab;

    fn brackets(text: &str) -> Brackets {
        Brackets::of(&token::tokenize(text, &Vocab::default(), &mut Default::default()))
    }

    #[test]
    fn a_bracket_is_found_from_within_and_from_its_mark() {
        // đạt 96 % ( cả nước 86 % ) , ký
        let found = brackets("đạt 96% (cả nước 86%), ký số");
        assert_eq!(found.around(5), Some(3..8));
        assert_eq!(found.around(1), None);
        assert_eq!(found.around(9), None);
        assert_eq!(found.closing(3), Some(8));
    }

    #[test]
    fn brackets_within_brackets_are_pairs_of_their_own() {
        let found = brackets("a (b (c) d) e");
        assert_eq!(found.around(4), Some(3..5));
        assert_eq!(found.around(6), Some(1..7));
        assert_eq!(found.around(2), Some(1..7));
    }

    #[test]
    fn a_bracket_that_never_closes_in_its_paragraph_is_none() {
        assert_eq!(brackets("a (b\n\nc) d").around(2), None);
    }
}
