//! What was found at a token, kept while the figures around it are linked: many rules ask the same of it.

use std::cell::Cell;

/// How many answers are kept. Linking looks at some 240 tokens around a figure, and few of them are asked for.
const KEPT: usize = 256;

/// The last answers to one question about tokens: where what begins at a token ends.
pub(super) struct Memo {
    /// The token asked for, counted from 1, and the answer; 0 is none.
    kept: [Cell<(u32, u32)>; KEPT],
}

impl Default for Memo {
    fn default() -> Self {
        Self { kept: [const { Cell::new((0, 0)) }; KEPT] }
    }
}

impl Memo {
    /// The end of what begins at a token, found anew where it is not known. No answer is 0.
    pub(super) fn get(&self, token: usize, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        let Some(kept) = self.kept.get(token % KEPT) else { return find() };
        let asked = token as u32 + 1;
        let (of, end) = kept.get();
        if of == asked {
            return (end != 0).then_some(end as usize);
        }
        let end = find();
        kept.set((asked, end.unwrap_or(0) as u32));
        end
    }
}
