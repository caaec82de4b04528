//! Where in which document a value stands: path, page, sentence; of a cell of a table its headings.

use std::sync::Arc;

use smol_str::SmolStr;

use super::document::Document;
use crate::record::{Indicator, TableCell};

/// The document that a value is from; shared by all its values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Path of the file.
    pub path: String,
    /// Id of the record.
    pub record: String,
    /// Number and symbol of the document.
    pub document: Option<String>,
    /// Its date of issue, as far as it is written.
    pub issue_date: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Other paths of the same content, which counts once.
    pub copies: Vec<String>,
}

/// Where in which document a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub origin: Arc<Origin>,
    /// Page, from 1.
    pub page: u32,
    /// Line, from 1.
    pub line: u32,
    /// First character in the text.
    pub start: u32,
    /// Id of the item.
    pub item: SmolStr,
    /// As written.
    pub text: SmolStr,
    /// The sentence; shared by all values in it.
    pub sentence: Arc<str>,
    /// Of a cell of a table: what stands over it.
    pub cell: Option<Arc<Cell>>,
    /// The item whose part it is.
    pub part_of: Option<SmolStr>,
    /// Span of the item inside the sentence, in Unicode scalar values, where it lies in it.
    pub mark: Option<[u32; 2]>,
}

/// The headings of a cell of a table; shared by all values in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands over the table.
    pub caption: String,
    /// Headings of the row, outer first, joined.
    pub row: String,
    /// Headings of the column, outer first, joined.
    pub column: String,
}

impl Cell {
    fn of(table: &TableCell) -> Self {
        let joined = |path: &[SmolStr], last: &Option<SmolStr>| match path {
            [] => last.as_deref().unwrap_or_default().to_owned(),
            path => path.join(" › "),
        };
        Self {
            caption: table.caption.as_deref().unwrap_or_default().to_owned(),
            row: joined(&table.rows, &table.row),
            column: joined(&table.columns, &table.column),
        }
    }

    /// Caption, row and column on one line.
    pub fn path(&self) -> String {
        let parts = [&self.caption, &self.row, &self.column].map(|p| p.trim());
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" | ")
    }
}

impl Source {
    /// What a reader needs to see: the sentence; of a cell, caption, row and column headings and what it says.
    pub fn citation(&self) -> String {
        match self.cell.as_ref().map(|c| c.path()).filter(|p| !p.is_empty()) {
            Some(path) => format!("{path}: {}", self.sentence),
            None => self.sentence.to_string(),
        }
    }
}

/// What the values of one document share: its origin, and the sentence and cell that were seen last.
#[derive(Debug)]
pub(super) struct Sources {
    origin: Arc<Origin>,
    sentence: Option<([usize; 2], Arc<str>)>,
    cell: Option<(TableCell, Arc<Cell>)>,
}

impl Sources {
    /// The sources of a document.
    pub(super) fn of(document: &Document) -> Self {
        let m = &document.metadata;
        let origin = Origin {
            path: document.path.clone(),
            record: document.id.clone(),
            document: m.id.clone(),
            issue_date: m.issue_date.map(|d| d.to_string()).or_else(|| m.issue_edtf.clone()),
            title: m.subject.clone(),
            issuer: m.issuer.clone(),
            copies: Vec::new(),
        };
        Self { origin: Arc::new(origin), sentence: None, cell: None }
    }

    /// Where an item stands.
    pub(super) fn source(&mut self, item: &Indicator) -> Source {
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let sentence = match (&item.sentence, &self.sentence) {
            (Some(s), Some((span, text))) if s.span == *span => Arc::clone(text),
            (Some(s), _) => Arc::from(s.text.as_str()),
            (None, _) => Arc::from(item.text.as_str()),
        };
        self.sentence = item.sentence.as_ref().map(|s| (s.span, Arc::clone(&sentence)));
        let cell = item.table.as_ref().map(|table| match &self.cell {
            Some((known, cell)) if known == table => Arc::clone(cell),
            _ => Arc::new(Cell::of(table)),
        });
        if let (Some(table), Some(cell)) = (&item.table, &cell) {
            self.cell = Some((table.clone(), Arc::clone(cell)));
        }
        let mark = item.sentence.as_ref().and_then(|s| {
            let inside = s.span[0] <= item.span[0] && item.span[1] <= s.span[1];
            inside.then(|| [short(item.span[0] - s.span[0]), short(item.span[1] - s.span[0])])
        });
        Source {
            origin: Arc::clone(&self.origin),
            page: short(item.page),
            line: short(item.line),
            start: short(item.span[0]),
            item: item.id.clone(),
            text: item.text.clone(),
            sentence,
            cell,
            part_of: item.part_of.clone(),
            mark,
        }
    }
}
