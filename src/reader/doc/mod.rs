//! Stage 1: Word documents before 2007 (.doc of Word 97 to 2003; of Word 6 and 95 the text alone). In come the streams of the compound container; out goes the
//! text as Word shows it: paragraphs with their list numbers, tables, text boxes, and the notes at the end as "[1] …". Each run
//! is decoded by its font: "B¸o c¸o" in .VnTime is "Báo cáo".

mod fib;
mod lists;
mod old;
mod pieces;
mod runs;
mod sprm;
mod story;
mod styles;

use self::fib::{Fib, Place};
use self::pieces::Pieces;
use self::story::Document;
use self::styles::Styles;
use super::office::{self, EMPTY_DOCUMENT};
use super::ole::Ole;
use super::{Content, ReadOptions};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// A broken or encrypted file, one of Word before 97, one above the limits, no text.
pub fn read(ole: &mut Ole<'_>, options: &ReadOptions) -> Result<Content, Error> {
    let damaged = |what: &str| Error::Damaged(format!("the Word file has no {what}"));
    let main = ole.stream("WordDocument")?.ok_or_else(|| damaged("main stream"))?;
    if old::is_old(&main) {
        let read = office::twice(|fonts| old::read(&main, fonts))?;
        return office::content("doc", read, EMPTY_DOCUMENT, Vec::new(), options);
    }
    let fib = Fib::read(&main)?;
    let name = if fib.second_table { "1Table" } else { "0Table" };
    let tables = ole.stream(name)?.ok_or_else(|| damaged("tables"))?;
    let data = ole.stream("Data")?.unwrap_or_default();
    let pieces = Pieces::read(fib.table(&tables, Place::Pieces))?;
    let units = pieces.units(&main, options.limits.text_bytes);
    if units.len() > options.limits.text_bytes {
        return Err(Error::TooLarge(format!(
            "{} letters, limit text_bytes is exceeded, see --max-text",
            units.len()
        )));
    }
    let document = Document {
        characters: runs::stretches(&main, fib.table(&tables, Place::CharacterPages), runs::Kind::Character),
        paragraphs: runs::stretches(&main, fib.table(&tables, Place::ParagraphPages), runs::Kind::Paragraph),
        styles: Styles::read(fib.table(&tables, Place::Styles)),
        fonts: styles::fonts(fib.table(&tables, Place::Fonts)),
        main: &main,
        data: &data,
        tables: &tables,
        fib: &fib,
        limit: options.limits.text_bytes,
        pieces,
        units,
    };
    let read = office::twice(|fonts| Ok(document.read(fonts)))?;
    office::content("doc", read, EMPTY_DOCUMENT, Vec::new(), options)
}
