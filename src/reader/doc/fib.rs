//! Word 97 to 2003: the head of the main stream (FIB), which tells where everything is.

use super::super::bytes::{index_at, u16_at};
use crate::error::Error;

/// Places of tables: indices of pairs (where, how long) in the head, as [MS-DOC] counts them.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    Styles = 1,
    NoteMarks = 2,
    NoteTexts = 3,
    Sections = 6,
    Headers = 11,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    Anchors = 40,
    EndnoteMarks = 46,
    EndnoteTexts = 47,
    TextBoxes = 56,
    Lists = 73,
    ListOverrides = 74,
}

/// What the head says.
#[derive(Debug)]
pub struct Fib<'b> {
    main: &'b [u8],
    /// Where the pairs begin.
    pairs: usize,
    /// Whether the tables stand in the stream `1Table`, not `0Table`.
    pub second_table: bool,
    /// Characters of the stories in their order: text, footnotes, headers, macros, comments, endnotes, text boxes.
    pub stories: [usize; 7],
}

impl<'b> Fib<'b> {
    /// Reads the head of the stream `WordDocument`.
    ///
    /// # Errors
    /// No Word file, one of Word before 97, one with a password.
    pub fn read(main: &'b [u8]) -> Result<Self, Error> {
        let damaged = || Error::Damaged("the head of the Word file is cut off".into());
        let magic = u16_at(main, 0).ok_or_else(damaged)?;
        let version = u16_at(main, 2).ok_or_else(damaged)?;
        let flags = u16_at(main, 0x0A).ok_or_else(damaged)?;
        if magic != 0xA5EC || version < 0xC1 {
            return Err(Error::Unsupported(
                "a Word document from before Word 97; save it as .docx or .pdf first".into(),
            ));
        }
        if flags & 0x0100 != 0 {
            return Err(Error::Encrypted(
                "a password-protected Word document; save it without password first".into(),
            ));
        }
        let words = usize::from(u16_at(main, 0x20).ok_or_else(damaged)?);
        let longs_at = 0x22 + words * 2;
        let longs = usize::from(u16_at(main, longs_at).ok_or_else(damaged)?);
        let story = |i: usize| index_at(main, longs_at + 2 + (3 + i) * 4).unwrap_or(0);
        let pairs = longs_at + 2 + longs * 4 + 2;
        let second_table = flags & 0x0200 != 0;
        Ok(Self { main, pairs, second_table, stories: std::array::from_fn(story) })
    }

    /// The bytes of one table; empty where the file has none.
    pub fn table<'t>(&self, tables: &'t [u8], place: Place) -> &'t [u8] {
        let at = self.pairs + place as usize * 8;
        let found = index_at(self.main, at).zip(index_at(self.main, at + 4));
        let slice =
            found.and_then(|(from, length)| tables.get(from..from.checked_add(length)?.min(tables.len())));
        slice.unwrap_or(&[])
    }

    /// The tables from where one begins; empty where the file has none.
    pub fn from<'t>(&self, tables: &'t [u8], place: Place) -> &'t [u8] {
        let at = self.pairs + place as usize * 8;
        let found = index_at(self.main, at).filter(|_| index_at(self.main, at + 4).is_some_and(|n| n > 0));
        found.and_then(|from| tables.get(from..)).unwrap_or(&[])
    }

    /// Where a story begins.
    pub fn start(&self, story: usize) -> usize {
        self.stories.iter().take(story).fold(0, |sum, n| sum.saturating_add(*n))
    }
}
