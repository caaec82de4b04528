//! Every numeral of a document with what claimed or refused it, and by which rule: `baocao explain`.

use std::ops::Range;

use smol_str::SmolStr;

use crate::claim::indicator::Found;
use crate::error::Error;
use crate::extract::Extractor;
use crate::words::index::Index;

/// One numeral, accounted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The numeral as written.
    pub text: String,
    /// Its raw byte range.
    pub bytes: Range<usize>,
    /// Its line, from 1.
    pub line: usize,
    /// Its page, from 1.
    pub page: usize,
    /// `reference`, `date`, `indicator`, `header`, `trap` or `unclaimed`.
    pub owner: &'static str,
    /// The rule, empty where nothing claimed it.
    pub rule: String,
    /// The words around it, on one line.
    pub context: String,
    /// What it means as an indicator, each attribute with the rule or frame that gave it.
    pub attributes: Vec<Attribute>,
}

/// One attribute of an indicator and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// `name`, `scope`, `role` …
    pub field: &'static str,
    /// Its value; empty for none.
    pub value: String,
    /// The rule or frame; empty where nothing gave it.
    pub rule: &'static str,
}

/// The attributes of the indicator that begins its numeral at a token, or holds it.
fn attributes(found: &[Found], token: usize) -> Vec<Attribute> {
    let next = found.partition_point(|f| f.tokens.start <= token);
    let Some(item) = next.checked_sub(1).and_then(|n| found.get(n)).filter(|f| f.tokens.contains(&token))
    else {
        return Vec::new();
    };
    let text = |value: &Option<SmolStr>| value.as_deref().unwrap_or_default().to_string();
    vec![
        Attribute { field: "name", value: text(&item.name), rule: item.why.name },
        Attribute { field: "scope", value: text(&item.scope), rule: item.why.scope },
        Attribute { field: "role", value: item.role.name().to_string(), rule: item.why.role },
    ]
}

/// Accounts for every numeral of a document.
///
/// # Errors
/// Unreadable input gives an [`Error`] with a code.
pub fn explain(extractor: &Extractor, bytes: &[u8]) -> Result<Vec<Explained>, Error> {
    let content = extractor.read(bytes)?;
    let index = Index::new(&content.text);
    Ok(extractor.analyse(&content, |work, _, found| {
        let numerals = work.ledger.numerals().iter().map(|numeral| {
            let raw = work.text.shadow.to_raw(work.bytes(numeral.first..numeral.end));
            let (owner, rule) = work.ledger.owner(numeral.first);
            let around =
                work.words(numeral.first.saturating_sub(6)..(numeral.end + 5).min(work.tokens.len()));
            Explained {
                text: content.text.get(raw.clone()).unwrap_or("").to_string(),
                line: index.line(raw.start),
                page: index.page(raw.start),
                bytes: raw,
                owner: owner.name(),
                rule: work.patterns.rules.name(rule).to_string(),
                context: crate::words::one_line(around).into(),
                attributes: attributes(&found.indicators, numeral.first),
            }
        });
        numerals.collect()
    }))
}
