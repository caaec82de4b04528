//! Which documents cite a given one: a citation as people type it, with or without type, year or diacritics ("36a/NQ-CP",
//! "nghi quyet 36a", "45/2019/QH14", "Luật Đất đai 2013"), against the references of records.

use std::io;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::aligned::{Align, one_line, table};
use super::compare::graph::{Citing, law_name, year_of};
use super::csv::Separated;
use super::flat::Cell;
use crate::patterns::references::DocType;
use crate::record::{Day, Reference};
use crate::words::fold::fold_char;

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Codes of the document types that its words may name.
    types: Vec<String>,
    /// Its number without leading zeros: `36a`.
    number: Option<String>,
    /// Letters and digits of its symbol: `nqcp`.
    symbol: Option<String>,
    /// Its year.
    year: Option<i32>,
    /// Words before the number or year: the name of a law.
    name: String,
    /// Whether such words ended at a numeral, so that the last may belong to it ("năm 2013").
    ends_at_numeral: bool,
}

/// One mention of the document that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// The citing file.
    pub path: String,
    /// The citing document's number and symbol.
    pub document: Option<String>,
    /// Its date of issue.
    pub date: Option<String>,
    /// Page of the mention, from 1.
    pub page: usize,
    /// Line of the extracted text, from 1.
    pub line: usize,
    /// How the citing document relates to it.
    pub relation: Option<String>,
    /// The place in it.
    pub pinpoint: Option<String>,
    /// Type, number and symbol of the cited document.
    pub cited: String,
    /// Its date, where this text gives one.
    pub cited_date: Option<String>,
    /// The words of the mention.
    pub text: String,
}

/// What one document holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Its mentions.
    pub found: Vec<Mention>,
    /// Mentions that fit but for the year, which they do not name.
    pub undated: usize,
}

/// Lower case without marks: "Đất đai" is `dat dai`.
fn bare(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c)).map(fold_char);
    letters.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Its letters and digits alone.
fn alphanumeric(text: &str) -> String {
    bare(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_year(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|y| (1900..2200).contains(y))
}

/// Number, year and symbol of "45/2019/QH14", "57-NQ/TW", "36a".
fn parts(word: &str) -> (String, Option<i32>, Option<String>) {
    let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    let (number, rest) = word.split_at_checked(end).unwrap_or((word, ""));
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (first, behind) = rest.split_once(['/', '-']).unwrap_or((rest, ""));
    let (year, symbol) = match is_year(first) {
        Some(year) => (Some(year), behind),
        None => (None, rest),
    };
    let symbol = Some(alphanumeric(symbol)).filter(|s| !s.is_empty());
    (bare(number).trim_start_matches('0').to_owned(), year, symbol)
}

impl Query {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Nothing to look for.
    pub fn read(text: &str, types: &[DocType]) -> Result<Self, String> {
        let mut query = Self::default();
        let mut words: Vec<String> = Vec::new();
        for word in text.split_whitespace().map(|w| w.trim_matches([',', '.', ';', '(', ')', '"'])) {
            if !word.starts_with(|c: char| c.is_ascii_digit()) {
                // What stands behind the numerals adds nothing.
                if query.number.is_none() && query.year.is_none() && !word.is_empty() {
                    words.push(bare(word));
                }
                continue;
            }
            query.ends_at_numeral = true;
            let is_date = word.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'))
                && word.split(['/', '-', '.']).count() == 3;
            if is_date {
                query.year = word.split(['/', '-', '.']).find_map(is_year).or(query.year);
            } else if let Some(year) = is_year(word) {
                query.year = Some(year);
            } else if query.number.is_none() {
                let (number, year, symbol) = parts(word);
                (query.number, query.symbol) = (Some(number), symbol);
                query.year = year.or(query.year);
            }
        }
        query.name = words.join(" ");
        let begins = |name: &str| {
            query.name.strip_prefix(bare(name).as_str()).is_some_and(|r| r.is_empty() || r.starts_with(' '))
        };
        let names = |t: &&DocType| begins(&t.name) || t.words.iter().chain(&t.symbols).any(|w| begins(w));
        query.types = types.iter().filter(names).map(|t| t.code.clone()).collect();
        match query.number.is_none() && query.name.is_empty() {
            true => Err("name a document by number and symbol (36a/NQ-CP), or a law by its name".into()),
            false => Ok(query),
        }
    }

    /// The mentions in one document.
    pub fn mentions(&self, d: &Citing) -> Mentions {
        let mut mentions = Mentions::default();
        for r in d.references.iter().filter(|r| !r.boilerplate) {
            // A short form is a mention of the full one that it resolves to.
            let full = r.target.and_then(|t| d.references.get(t)).unwrap_or(r);
            let own = full.id.is_some() && full.id.as_deref() == d.metadata.id.as_deref();
            if own || !self.is_of(full) {
                continue;
            }
            let date = full.date.or(r.date);
            match (self.year, full.year.or_else(|| year_of(date))) {
                (Some(asked), Some(year)) if asked != year => {}
                (Some(_), None) => mentions.undated += 1,
                _ => mentions.found.push(mention(d, r, full, date)),
            }
        }
        mentions
    }

    /// Whether a reference is of the document, its year apart.
    fn is_of(&self, r: &Reference) -> bool {
        let of_type = || {
            self.types.is_empty() || r.doc_type.as_deref().is_some_and(|t| self.types.iter().any(|q| q == t))
        };
        let Some(number) = &self.number else { return self.is_law(r) };
        let same_number =
            r.number.as_deref().is_some_and(|n| bare(n).trim_start_matches('0') == number.as_str());
        let same_symbol = match (&self.symbol, r.symbol.as_deref()) {
            (Some(asked), Some(symbol)) => alphanumeric(symbol) == *asked,
            (Some(_), None) => false,
            (None, _) => true,
        };
        same_number && same_symbol && of_type()
    }

    /// Whether a reference names the law: "luat dat dai nam" of "luat dat dai nam 2013".
    fn is_law(&self, r: &Reference) -> bool {
        let Some(name) = law_name(&r.text) else { return false };
        let name = bare(&name);
        let shorter = self.name.rsplit_once(' ').map(|(before, _)| before);
        name == self.name || self.ends_at_numeral && shorter == Some(name.as_str())
    }
}

fn mention(d: &Citing, r: &Reference, full: &Reference, date: Option<Day>) -> Mention {
    let owned = |t: Option<&str>| t.map(str::to_owned);
    let cited = [full.type_name.as_deref(), full.id.as_deref()];
    let named = law_name(&full.text).filter(|_| full.number.is_none());
    Mention {
        path: d.source.path.clone(),
        document: d.metadata.id.clone(),
        date: d.metadata.issue_date.map(|d| d.to_string()).or_else(|| d.metadata.issue_edtf.clone()),
        page: r.page,
        line: r.line,
        relation: owned(r.relation.as_deref().or(full.relation.as_deref())),
        pinpoint: owned(r.pinpoint.as_deref()),
        cited: named.unwrap_or_else(|| cited.into_iter().flatten().collect::<Vec<_>>().join(" ")),
        cited_date: date.map(|d| d.to_string()),
        text: one_line(&r.text),
    }
}

/// The columns of the table; new ones come at the end.
const COLUMNS: [&str; 10] =
    ["path", "document", "date", "page", "line", "relation", "pinpoint", "cited", "cited_date", "text"];

/// The head of the table.
///
/// # Errors
/// None in practice: memory is written to.
pub fn csv_head(form: Separated, out: &mut Vec<u8>) -> io::Result<()> {
    form.head(COLUMNS, out)
}

/// One row a mention.
///
/// # Errors
/// None in practice: memory is written to.
pub fn csv_rows(mentions: &[Mention], form: Separated, out: &mut Vec<u8>) -> io::Result<()> {
    let row = |m: &Mention| -> [Cell<'static>; 10] {
        let text = |t: &Option<String>| t.clone().map_or(Cell::Null, Cell::Made);
        [
            Cell::Made(m.path.clone()),
            text(&m.document),
            text(&m.date),
            Cell::from(m.page),
            Cell::from(m.line),
            text(&m.relation),
            text(&m.pinpoint),
            Cell::Made(m.cited.clone()),
            text(&m.cited_date),
            Cell::Made(m.text.clone()),
        ]
    };
    form.rows(mentions.iter().map(row), out)
}

/// One line of JSON a mention.
///
/// # Errors
/// None in practice: memory is written to.
pub fn jsonl(mentions: &[Mention], out: &mut Vec<u8>) -> io::Result<()> {
    for mention in mentions {
        serde_json::to_writer(&mut *out, mention)?;
        out.push(b'\n');
    }
    Ok(())
}

/// A table for a terminal.
pub fn text(mentions: &[Mention], width: Option<usize>, out: &mut String) {
    let head = [
        ("path", Align::Left),
        ("page", Align::Right),
        ("line", Align::Right),
        ("relation", Align::Left),
        ("pinpoint", Align::Left),
        ("text", Align::Left),
    ];
    let row = |m: &Mention| {
        let (relation, pinpoint) = (m.relation.clone(), m.pinpoint.clone());
        let place = [m.page.to_string(), m.line.to_string()];
        let [page, line] = place;
        vec![
            m.path.clone(),
            page,
            line,
            relation.unwrap_or_default(),
            pinpoint.unwrap_or_default(),
            m.text.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = mentions.iter().map(row).collect();
    table(&head, &rows, width, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::compare::document::Path;

    fn types() -> Vec<DocType> {
        crate::patterns::Patterns::builtin().unwrap().references.types
    }

    fn reference(text: &str, doc_type: &str, number: &str, symbol: &str, date: Option<&str>) -> Reference {
        Reference {
            text: text.into(),
            doc_type: Some(doc_type.into()),
            id: Some(format!("{number}/{symbol}").into()),
            number: Some(number.into()),
            symbol: Some(symbol.into()),
            date: date.and_then(|d| d.parse().ok()),
            page: 2,
            line: 7,
            ..Reference::default()
        }
    }

    fn found(query: &str, references: Vec<Reference>) -> Mentions {
        let citing = Citing { source: Path { path: "a.txt".into() }, references, ..Citing::default() };
        Query::read(query, &types()).unwrap().mentions(&citing)
    }

    #[test]
    fn a_document_is_found_with_or_without_type_year_and_diacritics() {
        let all = || {
            vec![
                reference("Nghị quyết số 36a/NQ-CP", "NQ", "36a", "NQ-CP", Some("2015-10-14")),
                reference("Quyết định số 36/QĐ-UBND", "QĐ", "36", "QĐ-UBND", Some("2015-01-09")),
            ]
        };
        for query in [
            "36a/NQ-CP",
            "36A/nq-cp",
            "Nghị quyết 36a",
            "nghi quyet so 36a/nq-cp",
            "NQ 36a",
            "36a/NQ-CP 2015",
            "Nghị quyết số 36a/NQ-CP ngày 14/10/2015 của Chính phủ",
        ] {
            let texts: Vec<String> = found(query, all()).found.into_iter().map(|m| m.text).collect();
            assert_eq!(texts, ["Nghị quyết số 36a/NQ-CP"], "{query}");
        }
        for query in ["36a/NQ-CP 2016", "Quyết định 36a", "36a/NQ-HĐND", "35a/NQ-CP"] {
            assert_eq!(found(query, all()).found, [], "{query}");
        }
        assert_eq!(found("036/qd-ubnd", all()).found.len(), 1);
    }

    #[test]
    fn a_law_is_found_by_its_number_and_by_its_name() {
        let named = |text: &str, year: i32| Reference {
            text: text.into(),
            doc_type: Some("L".into()),
            id: Some(year.to_string().into()),
            year: Some(year),
            ..Reference::default()
        };
        let all = || {
            vec![
                named("Luật Trồng rau năm 2013", 2013),
                named("Luật Trồng rau", 2024),
                named("Luật Nuôi ong năm 2013", 2013),
            ]
        };
        for (query, count) in [
            ("luat trong rau nam 2013", 1),
            ("Luật Trồng rau", 2),
            ("Luật Trồng rau 2024", 1),
            ("Luật Trồng", 0),
        ] {
            assert_eq!(found(query, all()).found.len(), count, "{query}");
        }
        let numbered =
            Reference { year: Some(2019), ..reference("Luật số 45/2019/QH14", "L", "45", "QH14", None) };
        for query in ["45/2019/QH14", "45/QH14", "Luật 45/2019/QH14", "luat 45 2019"] {
            assert_eq!(found(query, vec![numbered.clone()]).found.len(), 1, "{query}");
        }
    }

    #[test]
    fn a_short_mention_is_one_of_its_full_form_and_one_without_a_year_is_counted_apart() {
        let full = reference("Nghị quyết số 36a/NQ-CP", "NQ", "36a", "NQ-CP", None);
        let short = Reference {
            text: "Nghị quyết 36a".into(),
            target: Some(0),
            relation: Some("implements".into()),
            ..Reference::default()
        };
        let mentions = found("36a/NQ-CP", vec![full.clone(), short.clone()]);
        assert_eq!(mentions.found.len(), 2);
        assert_eq!(mentions.found[1].relation.as_deref(), Some("implements"));
        let mentions = found("36a/NQ-CP 2015", vec![full, short]);
        assert_eq!((mentions.found.len(), mentions.undated), (0, 2));
    }

    #[test]
    fn nothing_to_look_for_is_an_error() {
        assert!(Query::read("  ", &types()).is_err());
        assert!(Query::read("2015", &types()).is_err());
    }
}
