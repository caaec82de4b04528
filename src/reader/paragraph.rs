//! Stage 1, helper: one paragraph of a word processor's file. Its runs are collected, judged together where they are in an
//! old encoding, and written as a line: "B¸o c¸o" in .VnTime beside "Báo cáo" in Arial gives "Báo cáo" twice.

use std::collections::BTreeMap;

use super::MarkKind;
use super::flow::Flow;
use super::symbol;
use crate::charset::{self, Case, Charset, FontHint};

/// So much text of each kind of old font is looked at to know what such fonts mean in a document.
const SAMPLE: usize = 16 << 10;

/// A paragraph being read.
#[derive(Debug, Default)]
pub struct Paragraph {
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

/// What the old fonts of a document mean, learnt from its paragraphs. Many Unicode files name old fonts, too, and a lone
/// "cã" in .VnTime (có) can be told by the other paragraphs only.
#[derive(Debug, Default, Clone)]
pub struct OldFonts {
    samples: BTreeMap<Charset, String>,
    usual: BTreeMap<Charset, Charset>,
    /// The same of text in other fonts.
    plain_sample: String,
    plain: Option<Charset>,
    /// Whether such text proved its encoding by itself, not by what stands in old fonts beside it.
    proven: bool,
    charsets: BTreeMap<Option<Charset>, usize>,
}

impl OldFonts {
    /// The same, ready for a second reading with what the first one learnt; `None` where a second one would find nothing new.
    pub fn learnt(self) -> Option<Self> {
        let judge = |(hint, sample): (&Charset, &String)| {
            charset::detect(sample, Some(*hint)).map(|charset| (*hint, charset))
        };
        let usual: BTreeMap<Charset, Charset> = self.samples.iter().filter_map(judge).collect();
        let own = charset::detect(&self.plain_sample, None);
        let plain = own.or_else(|| usual.values().next().copied());
        plain.map(|_| Self { usual, plain, proven: own.is_some(), ..Self::default() })
    }

    /// The old encoding of most paragraphs.
    pub fn charset(&self) -> Option<Charset> {
        self.charsets.iter().max_by_key(|(_, n)| **n).and_then(|(charset, _)| *charset)
    }

    /// The encoding of text that is set in fonts of one kind.
    fn judge(&mut self, text: &str, hint: Charset) -> Option<Charset> {
        let sample = self.samples.entry(hint).or_default();
        if sample.len() < SAMPLE {
            sample.push_str(text);
            sample.push('\n');
        }
        charset::detect_in(text, hint, self.usual.get(&hint).copied())
    }

    /// The encoding of text whose font tells nothing.
    fn judge_plain(&mut self, text: &str) -> Option<Charset> {
        if text.is_ascii() {
            return None;
        }
        if self.plain_sample.len() < SAMPLE {
            self.plain_sample.push_str(text);
            self.plain_sample.push('\n');
        }
        match self.plain.filter(|_| self.proven) {
            Some(plain) => charset::detect_in(text, plain, Some(plain)),
            None => charset::detect_beside(text, self.plain),
        }
    }
}

impl Paragraph {
    /// A paragraph with an open run.
    pub fn open() -> Self {
        Self { run: Some(Run::default()), ..Self::default() }
    }

    /// Adds text in the current run.
    pub fn text(&mut self, text: &str) {
        if let Some(run) = self.run.take() {
            self.run_text(text, &run);
            self.run = Some(run);
        }
    }

    /// Adds an optional hyphen. It is not shown; but in TCVN3 its code is the letter ư, and programs that know nothing of old
    /// fonts have taken the one for the other.
    pub fn soft_hyphen(&mut self, run: &Run, font: Option<&str>) {
        let hint = run.font.as_deref().or(font).and_then(charset::font_hint);
        if hint.is_some_and(|h| h.charset == Charset::Tcvn3) {
            self.run_text("\u{ad}", run);
        }
    }

    /// Adds text of a run.
    pub fn run_text(&mut self, text: &str, run: &Run) {
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

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.boxes.is_empty()
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

    /// Writes the paragraph as a line; `number` is its list number, `font` that of runs which name none.
    pub fn write(mut self, number: Option<&str>, font: Option<&str>, fonts: &mut OldFonts, flow: &mut Flow) {
        if let Some(number) = number {
            // The number may hold letters, too: "§iÒu 2." in .VnTime.
            self.pieces.insert(0, Piece::Text(format!("{number} "), Run::default()));
        }
        let hint = |run: &Run| charset::font_hint(run.font.as_deref().or(font)?);
        let mut hinted: BTreeMap<Charset, String> = BTreeMap::new();
        let mut plain = String::new();
        for (text, run) in self.texts() {
            match hint(run) {
                Some(hint) => hinted.entry(hint.charset).or_default().push_str(text),
                None => plain.push_str(text),
            }
        }
        let old: BTreeMap<Charset, Option<Charset>> =
            hinted.iter().map(|(hint, text)| (*hint, fonts.judge(text, *hint))).collect();
        let proven = fonts.judge_plain(&plain);
        let main = old.values().flatten().next().copied().or(proven);
        if hinted.values().chain([&plain]).any(|t| t.contains(char::is_alphabetic)) {
            *fonts.charsets.entry(main).or_default() += 1;
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
                Piece::Text(text, run) => {
                    let since = flow.text.len();
                    let name = run.font.as_deref().or(font).unwrap_or("");
                    let (charset, case) = match hint(run) {
                        Some(FontHint { charset, capitals: true }) => {
                            (old.get(&charset).copied().flatten(), Case::Capitals)
                        }
                        Some(FontHint { charset, .. }) => {
                            (old.get(&charset).copied().flatten(), Case::AsWritten)
                        }
                        None => (proven, Case::Guess),
                    };
                    match charset {
                        Some(charset) => flow.run(&charset::decode(text, charset, case)),
                        None if run.superscript => flow.raised(&symbol::text(name, text)),
                        None => flow.run(&symbol::text(name, text)),
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
    }
}
