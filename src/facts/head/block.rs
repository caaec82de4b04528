//! The metadata block of a web page instead of a header: "Số hiệu: | 2165/QĐ-UBND | Ngày ban hành: | 31/10/2017".

use super::day;
use super::number::{self, Number};
use super::zone::{Gap, Tok, clean, span};
use crate::patterns::header::{Field, HeaderRules};
use crate::record::Day;

/// What a metadata block says.
#[derive(Debug, Default)]
pub struct Block {
    /// Số, ký hiệu.
    pub number: Option<Number>,
    /// Loại văn bản, index into the types.
    pub doc_type: Option<usize>,
    /// Ngày ban hành, ISO 8601, with its range.
    pub date: Option<(Day, std::ops::Range<usize>)>,
    /// Cơ quan ban hành.
    pub issuer: Option<String>,
    /// Người ký.
    pub signer: Option<String>,
    /// Trích yếu.
    pub subject: Option<String>,
}

/// Reads a block; at least three labels make one.
pub fn read(s: &str, toks: &[Tok], rules: &HeaderRules) -> Option<Block> {
    let mut block = Block::default();
    let mut labels = 0;
    let mut i = 0;
    while i < toks.len() {
        let opens = toks.get(i).is_some_and(|t| t.gap >= Gap::Wide && t.word);
        let word = |n: usize| {
            toks.get(i..).and_then(|r| r.iter().filter(|t| t.word).nth(n)).map_or("", |t| t.key.as_str())
        };
        let found = if opens { rules.labels.at(word) } else { None };
        let Some((n, at)) = found else {
            i += 1;
            continue;
        };
        // Past the label's words and its colon.
        let mut j = i;
        let mut words = 0;
        while words < n {
            words += usize::from(toks.get(j).is_some_and(|t| t.word));
            j += 1;
        }
        if toks.get(j).is_none_or(|t| t.key != ":") && toks.get(j).is_none_or(|t| t.gap != Gap::Cell) {
            i += 1;
            continue;
        }
        j += usize::from(toks.get(j).is_some_and(|t| t.key == ":"));
        let end = (j + 1..toks.len())
            .find(|&k| toks.get(k).is_some_and(|t| t.gap >= Gap::Wide))
            .unwrap_or(toks.len());
        let Some(range) = span(toks, j..end.max(j + 1)) else { break };
        let value = clean(s.get(range.clone()).unwrap_or(""));
        labels += 1;
        match rules.fields.get(at) {
            Some(Field::Number) if block.number.is_none() => {
                block.number = number::parse(s, range.start, rules)
            }
            Some(Field::Type) => {
                block.doc_type = rules.types.at(|n| toks.get(j + n).map_or("", |t| &t.key)).map(|(_, t)| t)
            }
            Some(Field::Date) if block.date.is_none() => {
                block.date =
                    day::parse(s, range.start, 0, &rules.words).and_then(|d| Some((d.whole()?, d.range)));
            }
            Some(Field::Issuer) => block.issuer = Some(value),
            Some(Field::Signer) => {
                block.signer = Some(value)
                    .filter(|v| v.split(' ').count() <= 6 && !v.contains(|c: char| c.is_ascii_digit()))
            }
            Some(Field::Subject) => block.subject = Some(value),
            _ => {}
        }
        i = end.max(i + 1);
    }
    (labels >= 3 && (block.number.is_some() || block.date.is_some())).then_some(block)
}
