//! Documents as lines for the eye: what `extract` shows on a terminal, one document a line.
//!
//! The widths are fixed, since every line is written as soon as its document is read; together they fit 100 columns.

use std::io;

use super::Encode;
use super::aligned::{Align, display_width, one_line};
use crate::batch::name::harmless;
use crate::record::{Entry, Record};

/// A column: its heading, its width and how it stands.
const COLUMNS: &[(&str, usize, Align)] = &[
    ("document", 28, Align::Left),
    ("type", 4, Align::Left),
    ("number", 17, Align::Left),
    ("date", 10, Align::Left),
    ("issuer", 19, Align::Left),
    ("refs", 4, Align::Right),
    ("figs", 5, Align::Right),
    ("qual", 4, Align::Right),
];

/// Lines for the eye.
pub struct Listing {
    head: String,
}

impl Listing {
    /// The writer, with the headings as its head.
    pub fn new() -> Self {
        let mut head = Vec::new();
        line(COLUMNS.iter().map(|(name, ..)| (*name).to_owned()), &mut head);
        Self { head: String::from_utf8(head).unwrap_or_default() }
    }
}

impl Default for Listing {
    fn default() -> Self {
        Self::new()
    }
}

impl Encode for Listing {
    fn head(&self) -> &str {
        &self.head
    }

    fn entry(&self, entry: &Entry, out: &mut Vec<u8>) -> io::Result<()> {
        match entry {
            Entry::Record(record) => line(cells(record), out),
            Entry::Error(error) => {
                let path = error.source.path.as_str();
                let said = format!("{}: {}", error.error.code, error.error.message);
                let width = COLUMNS.iter().map(|c| c.1 + 1).skip(1).sum::<usize>();
                out.extend(cell(path, COLUMNS.first().map_or(0, |c| c.1), Align::Left, Cut::Begin).bytes());
                out.extend([b' ']);
                out.extend(cell(&said, width, Align::Left, Cut::End).trim_end().bytes());
                out.push(b'\n');
            }
        }
        Ok(())
    }
}

fn cells(record: &Record) -> impl Iterator<Item = String> {
    let m = &record.metadata;
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    [
        record.source.path.to_string(),
        text(&m.doc_type),
        text(&m.id),
        m.issue_edtf.clone().or_else(|| m.issue_date.map(|d| d.to_string())).unwrap_or_default(),
        text(&m.issuer),
        record.references.len().to_string(),
        record.indicators.len().to_string(),
        format!("{:.2}", record.source.quality),
    ]
    .into_iter()
}

fn line(cells: impl Iterator<Item = String>, out: &mut Vec<u8>) {
    let mut text = String::new();
    for (n, (value, (_, width, align))) in cells.zip(COLUMNS).enumerate() {
        if n > 0 {
            text.push(' ');
        }
        // The end of a path says more than its beginning.
        let cut = if n == 0 { Cut::Begin } else { Cut::End };
        text.push_str(&cell(&value, *width, *align, cut));
    }
    out.extend(text.trim_end().bytes());
    out.push(b'\n');
}

/// Which end of a long text is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Begin,
    End,
}

/// A text in exactly so many columns.
fn cell(text: &str, width: usize, align: Align, cut: Cut) -> String {
    let mut text = one_line(&harmless(text));
    if display_width(&text) > width {
        let mut kept: Vec<char> = text.chars().collect();
        if cut == Cut::Begin {
            kept.reverse();
        }
        let mut used = 1; // the ellipsis
        kept = kept
            .into_iter()
            .take_while(|c| {
                used += display_width(c.encode_utf8(&mut [0; 4]));
                used <= width
            })
            .collect();
        kept.push('…');
        if cut == Cut::Begin {
            kept.reverse();
        }
        text = kept.into_iter().collect();
    }
    let fill = " ".repeat(width.saturating_sub(display_width(&text)));
    match align {
        Align::Left => text + &fill,
        Align::Right => fill + &text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Metadata, Source};

    fn shown(record: Record) -> String {
        let mut out = Vec::new();
        Listing::new().entry(&Entry::Record(Box::new(record)), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_document_is_one_line_of_a_hundred_columns_at_most() {
        let metadata = Metadata {
            doc_type: Some("BC".into()),
            id: Some("246/BC-UBND".into()),
            issue_date: "2014-09-08".parse().ok(),
            issuer: Some("Ủy ban nhân dân huyện Năm Căn".into()),
            ..Metadata::default()
        };
        let path = "kho/2014/thuy-san/bao-cao-tinh-hinh-nuoi-tom.docx";
        let source = Source { path: path.into(), quality: 0.987, ..Source::default() };
        let line = shown(Record { metadata, source, ..Record::default() });
        assert_eq!(
            line,
            "…o-cao-tinh-hinh-nuoi-tom.docx BC   246/BC-UBND       2014-09-08 Ủy ban nhân dân hu…    0     0 0.99\n"
                .replace("…o-cao", "…cao")
        );
        assert!(display_width(line.trim_end()) <= 100);
        assert!(display_width(Listing::new().head().trim_end()) <= 100);
    }

    #[test]
    fn what_a_document_does_not_say_is_blank_and_wide_letters_keep_the_columns() {
        let source = Source { path: "報告.txt".into(), quality: 1.0, ..Source::default() };
        let line = shown(Record { source, ..Record::default() });
        assert_eq!(display_width(line.trim_end()), COLUMNS.iter().map(|c| c.1 + 1).sum::<usize>() - 1);
    }
}
