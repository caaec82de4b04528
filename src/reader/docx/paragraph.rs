//! One paragraph: its runs are collected, decoded together where they are in an old encoding, and written as a line.

use super::super::MarkKind;
use super::super::flow::Flow;
use crate::charset::{self, Case, Charset, FontHint};

/// A paragraph being read.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Its style.
    pub style: Option<String>,
    /// The list it is an item of, where it says so itself.
    pub list: super::numbering::ListRef,
    /// Text boxes anchored in it; they follow it.
    pub boxes: Vec<Flow>,
    /// The run being read.
    pub run: Option<Run>,
    pieces: Vec<Piece>,
}

/// How a run is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Its font, where it names one.
    pub font: Option<String>,
    /// Raised.
    pub superscript: bool,
    /// Bold.
    pub bold: bool,
    /// Not shown.
    pub hidden: bool,
}

#[derive(Debug)]
enum Piece {
    Text(String, Run),
    LineBreak,
    PageBreak,
    Note(usize),
}

impl Paragraph {
    /// Adds text in the current run.
    pub fn text(&mut self, text: &str) {
        let Some(run) = &self.run else { return };
        if run.hidden {
            return;
        }
        match self.pieces.last_mut() {
            // Word cuts runs anywhere; what is set alike belongs together, lest a letter of two bytes be cut.
            Some(Piece::Text(before, same)) if same == run => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned(), run.clone())),
        }
    }

    /// Adds a break inside the paragraph.
    pub fn line_break(&mut self, page: bool) {
        self.pieces.push(if page { Piece::PageBreak } else { Piece::LineBreak });
    }

    /// Adds the mark of a note.
    pub fn note(&mut self, number: usize) {
        self.pieces.push(Piece::Note(number));
    }

    /// Whether all of its letters are bold.
    pub fn is_bold(&self) -> bool {
        self.texts().filter(|(text, _)| text.contains(char::is_alphanumeric)).all(|(_, run)| run.bold)
    }

    fn texts(&self) -> impl Iterator<Item = (&String, &Run)> {
        self.pieces.iter().filter_map(|p| match p {
            Piece::Text(text, run) => Some((text, run)),
            _ => None,
        })
    }

    /// Writes the paragraph as a line, and says which old encoding it was in; `None` if it has no letters.
    pub fn write(
        self,
        number: Option<String>,
        font: Option<&str>,
        flow: &mut Flow,
    ) -> Option<Option<Charset>> {
        let hint = |run: &Run| charset::font_hint(run.font.as_deref().or(font)?);
        let whole: String = self.texts().map(|(text, _)| text.as_str()).collect();
        let hints: Vec<FontHint> = self.texts().filter_map(|(_, run)| hint(run)).collect();
        let old = charset::detect(&whole, hints.first().map(|h| h.charset));
        if let Some(number) = number {
            flow.run(&number);
            flow.run(" ");
        }
        for piece in &self.pieces {
            match piece {
                Piece::LineBreak => flow.line_break(),
                Piece::PageBreak => flow.page_break(),
                Piece::Note(number) => {
                    let since = flow.text.len();
                    flow.run(&format!("[{number}]"));
                    flow.mark(MarkKind::Superscript, since);
                }
                Piece::Text(text, run) if run.superscript && old.is_none() => {
                    let since = flow.text.len();
                    flow.raised(text);
                    flow.mark(MarkKind::Superscript, since);
                }
                Piece::Text(text, run) => {
                    let since = flow.text.len();
                    match old {
                        // With old fonts in the paragraph, only what is set in them is decoded.
                        Some(old) if hints.is_empty() => flow.run(&charset::decode(text, old, Case::Guess)),
                        Some(old) => match hint(run) {
                            Some(FontHint { capitals: true, .. }) => {
                                flow.run(&charset::decode(text, old, Case::Capitals));
                            }
                            Some(_) => flow.run(&charset::decode(text, old, Case::AsWritten)),
                            None => flow.run(text),
                        },
                        None => flow.run(text),
                    }
                    if run.superscript {
                        flow.mark(MarkKind::Superscript, since);
                    }
                }
            }
        }
        flow.part(1);
        for text_box in self.boxes {
            flow.append(text_box, 1);
        }
        whole.contains(char::is_alphabetic).then_some(old)
    }
}
