//! What the lines of a report say together.

use std::collections::BTreeMap;

use super::near::{self, Group};
use super::{Line, Report};

/// Below this quality a text is looked at again.
pub const LOW: f64 = 0.9;
/// Bounds of the bands of quality.
const BANDS: [f64; 5] = [0.0, 0.5, 0.8, LOW, 0.97];
/// Most of the slowest files.
const SLOWEST: usize = 20;

/// Everything that a report tells, by numbers of its lines.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Documents read.
    pub documents: usize,
    /// Files that could not be read.
    pub errors: usize,
    /// Bytes of all files.
    pub bytes: u64,
    /// Pages of all documents.
    pub pages: usize,
    /// Items of all documents.
    pub items: usize,
    /// How many documents there are of each format, encoding, year …
    pub counts: Vec<Count>,
    /// What could not be read, by code.
    pub by_error: Vec<Errors>,
    /// How many documents are of which quality.
    pub quality: Vec<Band>,
    /// Documents of low quality, the worst first.
    pub low: Vec<usize>,
    /// How many documents lack what an archive files them by.
    pub missing: Vec<Missing>,
    /// Documents that lack one of these.
    pub incomplete: Vec<usize>,
    /// Files with pages that only recognition (OCR) can read.
    pub needs_ocr: Vec<usize>,
    /// Documents with other warnings.
    pub warned: Vec<usize>,
    /// Documents whose own figures disagree.
    pub disagree: Vec<usize>,
    /// Files with the same content.
    pub same: Vec<Group>,
    /// Files with nearly the same text.
    pub nearly: Vec<Group>,
    /// The files that took longest, where it was measured.
    pub slowest: Vec<usize>,
}

/// How many documents there are of each value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// `format`, `encoding`, `year`, `province`, `type`, `issuer`.
    pub of: &'static str,
    /// Value and number, the most frequent first, years from the latest; `None` is not known.
    pub values: Vec<(Option<String>, usize)>,
}

/// The files that one error befell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors {
    /// Its code.
    pub code: String,
    /// The files.
    pub lines: Vec<usize>,
}

/// A band of quality.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// From this on.
    pub from: f64,
    /// Below this; the last band holds 1 too.
    pub to: f64,
    /// Number of documents.
    pub count: usize,
}

/// How many documents lack something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// `number`, `date`, `issuer`, `place`.
    pub what: &'static str,
    /// Number of documents.
    pub count: usize,
}

/// What a count takes of a line.
type Of = fn(&Line) -> Option<String>;

/// The counts, in their order on the page.
const COUNTS: [(&str, Of); 6] = [
    ("format", |l| l.format.as_ref().map(ToString::to_string)),
    ("encoding", |l| l.encoding.as_ref().map(ToString::to_string)),
    ("year", |l| l.year.map(|y| y.to_string())),
    ("type", |l| l.doc_type_name.as_ref().or(l.doc_type.as_ref()).map(ToString::to_string)),
    ("province", |l| l.province.as_ref().map(ToString::to_string)),
    ("issuer", |l| l.issuer.as_ref().map(ToString::to_string)),
];

/// Whether a line has what a field asks for.
type Has = fn(&Line) -> bool;

/// What an archive files a document by.
const FIELDS: [(&str, Has); 4] = [
    ("number", |l| l.number.is_some()),
    ("date", |l| l.date.is_some()),
    ("issuer", |l| l.issuer.is_some()),
    ("place", |l| l.place.is_some()),
];

impl Line {
    /// Whether it lacks something that an archive files a document by.
    pub fn is_incomplete(&self) -> bool {
        FIELDS.iter().any(|(_, has)| !has(self))
    }
}

impl Report {
    /// What the lines say together.
    pub fn findings(&self) -> Findings {
        let lines = &self.files;
        let numbered = || lines.iter().enumerate();
        let documents: Vec<(usize, &Line)> = numbered().filter(|(_, l)| l.error.is_none()).collect();
        let which = |is: &dyn Fn(&Line) -> bool| -> Vec<usize> {
            documents.iter().filter(|(_, l)| is(l)).map(|(n, _)| *n).collect()
        };
        let mut low = which(&|l| l.quality.is_some_and(|q| q < LOW));
        let quality_of = |n: &usize| lines.get(*n).and_then(|l| l.quality).unwrap_or_default();
        low.sort_by(|a, b| quality_of(a).total_cmp(&quality_of(b)));
        let seconds_of = |n: &usize| lines.get(*n).and_then(|l| l.seconds).unwrap_or_default();
        let mut slowest: Vec<usize> =
            numbered().filter(|(_, l)| l.seconds.is_some()).map(|(n, _)| n).collect();
        slowest.sort_by(|a, b| seconds_of(b).total_cmp(&seconds_of(a)));
        slowest.truncate(SLOWEST);
        Findings {
            documents: documents.len(),
            errors: lines.len() - documents.len(),
            bytes: lines.iter().filter_map(|l| l.size).sum(),
            pages: documents.iter().filter_map(|(_, l)| l.pages).sum(),
            items: documents.iter().filter_map(|(_, l)| l.items).sum(),
            counts: COUNTS.iter().map(|(of, value)| count(of, *value, &documents)).collect(),
            by_error: by_error(lines),
            quality: bands(&documents),
            low,
            missing: FIELDS
                .iter()
                .map(|(what, has)| Missing { what, count: which(&|l| !has(l)).len() })
                .collect(),
            incomplete: which(&Line::is_incomplete),
            needs_ocr: numbered().filter(|(_, l)| l.needs_ocr.is_some()).map(|(n, _)| n).collect(),
            warned: which(&|l| !l.warnings.is_empty()),
            disagree: which(&|l| l.disagreements.is_some_and(|n| n > 0)),
            same: near::same(lines),
            nearly: near::nearly(lines),
            slowest,
        }
    }
}

fn count(of: &'static str, value: Of, documents: &[(usize, &Line)]) -> Count {
    let mut found: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for (_, line) in documents {
        *found.entry(value(line)).or_default() += 1;
    }
    let mut values: Vec<(Option<String>, usize)> = found.into_iter().collect();
    match of {
        "year" => values.reverse(), // what is not known stands last
        _ => values.sort_by(|a, b| (a.0.is_none(), b.1, &a.0).cmp(&(b.0.is_none(), a.1, &b.0))),
    }
    Count { of, values }
}

fn by_error(lines: &[Line]) -> Vec<Errors> {
    let mut codes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, line) in lines.iter().enumerate() {
        if let Some(error) = &line.error {
            codes.entry(&error.code).or_default().push(n);
        }
    }
    let mut errors: Vec<Errors> =
        codes.into_iter().map(|(code, lines)| Errors { code: code.to_owned(), lines }).collect();
    errors.sort_by(|a, b| b.lines.len().cmp(&a.lines.len()).then_with(|| a.code.cmp(&b.code)));
    errors
}

fn bands(documents: &[(usize, &Line)]) -> Vec<Band> {
    let ends = BANDS.iter().skip(1).copied().chain([1.0]);
    let mut bands: Vec<Band> =
        BANDS.iter().zip(ends).map(|(from, to)| Band { from: *from, to, count: 0 }).collect();
    for quality in documents.iter().filter_map(|(_, l)| l.quality) {
        if let Some(band) = bands.iter_mut().rev().find(|band| quality >= band.from) {
            band.count += 1;
        }
    }
    bands
}
