//! Stage 3, patterns: the words of tables, from `tables.toml`: what a heading of a column or row says of its cells.
//!
//! Its examples are whole tables with the facts that they give.
//!
//! "STT | Chỉ tiêu | ĐVT | KH 2025 | So với cùng kỳ (%)": an index, a label, a unit, a target of a year, a comparison.

use serde::Deserialize;

use super::lists::word_lists;
use super::phrases::Phrases;
use super::source::{PatternError, Sources};
use super::vocab::Vocab;
use crate::words::fold::fold_key;

/// What a phrase in a heading says, as bits of [`TableWords::heads`].
pub mod says {
    /// The column numbers its rows.
    pub const INDEX: u32 = 1;
    /// Codes, classes, numbers of papers.
    pub const CODE: u32 = 1 << 1;
    /// When something is, no quantity.
    pub const TIME: u32 = 1 << 2;
    /// Remarks.
    pub const REMARK: u32 = 1 << 3;
    /// The column of units.
    pub const UNIT: u32 = 1 << 4;
    /// Over the names of the rows.
    pub const LABEL: u32 = 1 << 5;
    /// A number alone under it names a class.
    pub const CLASS: u32 = 1 << 6;
    /// All rows or columns together.
    pub const TOTAL: u32 = 1 << 7;
    /// The parts of a whole follow.
    pub const PART: u32 = 1 << 8;
    /// What is measured stands elsewhere.
    pub const WEAK: u32 = 1 << 9;
    /// Planned.
    pub const TARGET: u32 = 1 << 10;
    /// Reached.
    pub const ACTUAL: u32 = 1 << 11;
    /// Estimated.
    pub const ESTIMATE: u32 = 1 << 12;
    /// A rule for all.
    pub const NORM: u32 = 1 << 13;
    /// Growth or difference.
    pub const CHANGE: u32 = 1 << 14;
    /// A comparison of what the other side names.
    pub const COMPARE: u32 = 1 << 15;
    /// Per cent where no unit is written.
    pub const SHARE: u32 = 1 << 16;
    /// Places in an order.
    pub const RANK: u32 = 1 << 17;
    /// Points of a score.
    pub const SCORE: u32 = 1 << 18;
    /// Time that no calendar tells.
    pub const SPAN: u32 = 1 << 19;
    /// Names of places without their kind stand below.
    pub const PLACES: u32 = 1 << 20;
    /// A level or part that is a scope.
    pub const LEVEL: u32 = 1 << 21;
    /// The whole country.
    pub const COUNTRY: u32 = 1 << 22;
    /// School years follow.
    pub const SCHOOL: u32 = 1 << 23;
    /// Codes, wherever in a heading it stands.
    pub const CODE_WITHIN: u32 = 1 << 24;
    /// A way of dividing follows.
    pub const DIVIDES: u32 = 1 << 25;
    /// Months, behind their number.
    pub const MONTHS: u32 = 1 << 26;
    /// Places in an order or grades, as the rows tell.
    pub const ORDER: u32 = 1 << 27;
    /// Small numbers that return below it are grades.
    pub const GRADE: u32 = 1 << 28;
}

word_lists! {
    /// The words of tables.
    #[derive(Debug)]
    pub struct TableWords {
        /// What stands before the unit in a note over the table.
        unit_note: forward,
        /// The name of the measure in a caption ends before these.
        caption_ends: forward,
        /// What numbers a table in its caption.
        caption_marks: forward,
        /// What a caption may begin with before the measure.
        caption_lead: forward,
        /// For the unit of the row above.
        ditto: texts,
        /// Openings of cells that are layout of head and foot.
        layout: texts,
        /// Openings of headings that name the rows and never span.
        row_headings: texts,
        /// Headings that mean what was aimed at where another column tells what was reached.
        aims: texts,
        /// Headings over the place where each row stands.
        sites: texts,
        /// In a caption: its rows are still to come.
        calls: forward,
        /// Begins a comparison wherever in a heading it stands.
        against: single,
    }
    beside {
        /// Phrases of headings with what they say, bits of [`says`].
        pub heads: Phrases<u32> = Phrases::forward(),
        /// Heads of a first column that numbers the rows, in full and folded.
        pub row_numbers: Vec<String> = Vec::new(),
        /// Tables with the facts they give, each with its file.
        pub examples: Vec<(String, Example)> = Vec::new(),
    }
    read as_table Words {
        index: Vec<String>,
        code: Vec<String>,
        code_within: Vec<String>,
        time: Vec<String>,
        remark: Vec<String>,
        unit: Vec<String>,
        label: Vec<String>,
        class: Vec<String>,
        total: Vec<String>,
        part: Vec<String>,
        weak: Vec<String>,
        target: Vec<String>,
        actual: Vec<String>,
        estimate: Vec<String>,
        norm: Vec<String>,
        change: Vec<String>,
        compare: Vec<String>,
        share: Vec<String>,
        rank: Vec<String>,
        order: Vec<String>,
        grade: Vec<String>,
        score: Vec<String>,
        span: Vec<String>,
        row_numbers: Vec<String>,
        place_heads: Vec<String>,
        level: Vec<String>,
        country: Vec<String>,
        school: Vec<String>,
        divides: Vec<String>,
        months: Vec<String>,
    }
}

/// A table and what its cells say: `baocao patterns check` runs it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The table with what stands over it, as text.
    pub table: String,
    /// A cell each: value, unit, name, scope, period and role between bars, "-" for nothing. All cells, in order.
    pub facts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    words: Words,
    #[serde(default)]
    example: Vec<Example>,
}

impl TableWords {
    /// Name of the pattern file.
    pub const FILE: &'static str = "tables.toml";
    /// The embedded file.
    pub const BUILTIN: &'static str = include_str!("../../patterns/tables.toml");

    /// Reads `tables.toml`.
    ///
    /// # Errors
    /// A broken pattern file: where, what, and what to do.
    pub fn load(sources: &Sources, vocab: &mut Vocab) -> Result<Self, PatternError> {
        let mut said: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
        let mut out = Self::empty();
        for file in sources.named(Self::FILE) {
            let File { words, example } = file.parse()?;
            out.examples.extend(example.into_iter().map(|e| (file.shown.clone(), e)));
            out.add_all(vocab, &words);
            let lists = [
                (words.index, says::INDEX),
                (words.code, says::CODE),
                (words.code_within, says::CODE_WITHIN),
                (words.time, says::TIME),
                (words.remark, says::REMARK),
                (words.unit, says::UNIT),
                (words.label, says::LABEL),
                (words.class, says::CLASS),
                (words.total, says::TOTAL),
                (words.part, says::PART),
                (words.weak, says::WEAK),
                (words.target, says::TARGET),
                (words.actual, says::ACTUAL),
                (words.estimate, says::ESTIMATE),
                (words.norm, says::NORM),
                (words.change, says::CHANGE),
                (words.compare, says::COMPARE),
                (words.share, says::SHARE),
                (words.rank, says::RANK),
                (words.order, says::ORDER),
                (words.grade, says::GRADE),
                (words.score, says::SCORE),
                (words.span, says::SPAN),
                (words.place_heads, says::PLACES),
                (words.level, says::LEVEL),
                (words.country, says::COUNTRY),
                (words.school, says::SCHOOL),
                (words.divides, says::DIVIDES),
                (words.months, says::MONTHS),
            ];
            for (list, bit) in lists {
                for phrase in list {
                    *said.entry(phrase).or_insert(0) |= bit;
                }
            }
            out.row_numbers.extend(words.row_numbers.iter().map(|w| fold_key(w)));
        }
        for (phrase, bits) in said {
            out.heads.add(vocab, &phrase, bits);
        }
        Ok(out)
    }
}

#[cfg(test)]
impl TableWords {
    /// The embedded words alone.
    pub fn builtin() -> Self {
        let mut sources = Sources::default();
        sources.push(Self::FILE, Self::FILE, Self::BUILTIN);
        Self::load(&sources, &mut Vocab::default()).unwrap()
    }
}
