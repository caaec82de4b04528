//! Stage 3, structure: the lines, sentences, brackets, list marks, sections and tables of a text, found before anything is interpreted.

pub mod bracket;
pub mod mark;
pub mod section;
pub(crate) mod sentence;
pub mod table;
pub mod tables;
mod year_rows;

use crate::patterns::Patterns;
use crate::record::content::Content;
use crate::words::Text;
use crate::words::repair::RepairOptions;
use crate::words::tokens::Tokens;

/// The text of a document with its tokens; plain text shows its tables by itself.
pub fn read<'a>(content: &'a Content, options: &RepairOptions, patterns: &Patterns) -> (Text<'a>, Tokens) {
    let (mut text, tokens) = Text::read(content, options, &patterns.vocab, &patterns.ocr.symbols);
    if text.tables.is_empty() && content.format == "text" {
        text.tables = tables::find(text.s(), &patterns.tables);
    }
    (text, tokens)
}
