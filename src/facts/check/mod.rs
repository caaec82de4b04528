//! Stage 6: consistency inside one record: finished items come in, checks go out.
//!
//! A check says "agrees" or "disagrees" only where the words around two figures leave no doubt that they belong
//! together; everything else is left alone. Rounding and truncation of the last stated digit both agree: 6.322/7.052
//! is 89,64% and 89,65%.

mod citations;
mod figures;
mod totals;

use crate::patterns::catalogue::Catalogue;
pub use crate::patterns::checks::CheckWords;
use crate::record::{Check, CheckKind, Record, Verdict};

/// Checks a finished record.
pub fn run(record: &Record, words: &CheckWords, catalogue: &Catalogue) -> Vec<Check> {
    let mut checks = Vec::new();
    figures::run(&record.indicators, words, catalogue, &mut checks);
    totals::run(&record.indicators, words, &mut checks);
    citations::run(record, words, &mut checks);
    checks
}

fn check(
    kind: CheckKind,
    agrees: bool,
    expected: String,
    stated: String,
    items: &[&str],
    message: String,
) -> Check {
    Check {
        kind,
        verdict: if agrees { Verdict::Agrees } else { Verdict::Disagrees },
        expected: Some(expected),
        stated: Some(stated),
        items: items.iter().map(|i| (*i).to_owned()).collect(),
        message,
    }
}

#[cfg(test)]
mod tests;
