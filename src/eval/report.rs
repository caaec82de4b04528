//! The figures of an evaluation, as JSON and as a table for the eye.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::facts::{FactScore, ROWS};
use super::gold::Kind;
use super::score::Tally;

/// Precision, recall and F1 per kind of item; accuracies of what hangs on the items.
#[derive(Debug, Clone, Serialize)]
pub struct Score {
    /// Mentions of other documents.
    pub references: Figures,
    /// Dates and periods.
    pub dates: Figures,
    /// Measured quantities.
    pub indicators: Figures,
    /// The document's own identity.
    pub metadata: Accuracy,
    /// Attributes that the gold gives as `field=value`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Accuracy>,
    /// What figures mean, of documents whose gold says where they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<FactScore>,
    /// Documents that the gold names but no record was found for; everything in them counts as missed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
}

/// The figures of one kind, rounded to four places.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figures {
    /// Share of the found that is right.
    pub precision: f64,
    /// Share of the wanted that was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Found and right.
    pub tp: usize,
    /// Found and false.
    pub fp: usize,
    /// Missed.
    #[serde(rename = "fn")]
    pub missed: usize,
    /// Of matched references with a date in the gold: share with that date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_accuracy: Option<f64>,
    /// Of matched indicators with a unit in the gold: share with that unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_accuracy: Option<f64>,
}

/// How many are right.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Accuracy {
    /// Share of the right ones.
    pub accuracy: f64,
    /// Right.
    pub right: usize,
    /// Wrong or absent.
    pub wrong: usize,
}

impl Score {
    pub(super) fn new(
        tallies: &BTreeMap<Kind, Tally>,
        metadata: &Tally,
        fields: &BTreeMap<String, Tally>,
        facts: Option<FactScore>,
        absent: Vec<String>,
    ) -> Self {
        let figures = |kind| tallies.get(&kind).map(|tally| Figures::new(kind, tally)).unwrap_or_default();
        let attributes = fields.iter().map(|(field, t)| {
            (field.clone(), Accuracy::new(t.attributes_right, t.attributes - t.attributes_right))
        });
        Self {
            references: figures(Kind::Reference),
            dates: figures(Kind::Date),
            indicators: figures(Kind::Indicator),
            metadata: Accuracy::new(metadata.tp, metadata.fn_),
            attributes: attributes.collect(),
            facts,
            absent,
        }
    }
}

impl Figures {
    fn new(kind: Kind, t: &Tally) -> Self {
        let (precision, recall) = (share(t.tp, t.tp + t.fp), share(t.tp, t.tp + t.fn_));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        let attribute = (t.attributes > 0).then(|| rounded(share(t.attributes_right, t.attributes)));
        Self {
            precision: rounded(precision),
            recall: rounded(recall),
            f1: rounded(f1),
            tp: t.tp,
            fp: t.fp,
            missed: t.fn_,
            date_accuracy: attribute.filter(|_| kind == Kind::Reference),
            unit_accuracy: attribute.filter(|_| kind == Kind::Indicator),
        }
    }
}

impl Accuracy {
    fn new(right: usize, wrong: usize) -> Self {
        Self { accuracy: rounded(share(right, right + wrong)), right, wrong }
    }
}

/// A share; 0 of nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Four decimal places, ties as the decimal writing of the number has them.
pub(super) fn rounded(x: f64) -> f64 {
    format!("{x:.4}").parse().unwrap_or(x)
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds =
            [("references", &self.references), ("dates", &self.dates), ("indicators", &self.indicators)];
        let items: usize = kinds.iter().map(|(_, s)| s.tp + s.fp + s.missed).sum();
        // Where there are facts and nothing else, the facts alone.
        if self.facts.is_none() || items > 0 {
            self.write_items(f, &kinds)?;
        }
        if let Some(facts) = &self.facts {
            write!(f, "{facts}")?;
        }
        for name in &self.absent {
            writeln!(f, "no record for {name}")?;
        }
        Ok(())
    }
}

impl Score {
    fn write_items(&self, f: &mut fmt::Formatter<'_>, kinds: &[(&str, &Figures)]) -> fmt::Result {
        writeln!(f, "{:<12} {:>9} {:>7} {:>7}   right  false missed", "", "precision", "recall", "F1")?;
        for (name, s) in kinds {
            write!(f, "{name:<12} {:>9.4} {:>7.4} {:>7.4}  ", s.precision, s.recall, s.f1)?;
            write!(f, "{:>6} {:>6} {:>6}", s.tp, s.fp, s.missed)?;
            if let Some(accuracy) = s.date_accuracy {
                write!(f, "   date right {accuracy:.4}")?;
            }
            if let Some(accuracy) = s.unit_accuracy {
                write!(f, "   unit right {accuracy:.4}")?;
            }
            writeln!(f)?;
        }
        let accuracies = std::iter::once(("metadata", &self.metadata))
            .chain(self.attributes.iter().map(|(name, a)| (name.as_str(), a)));
        for (name, a) in accuracies {
            writeln!(f, "{name:<12} accuracy {:.4}  ({} of {})", a.accuracy, a.right, a.right + a.wrong)?;
        }
        Ok(())
    }
}

impl fmt::Display for FactScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<12} by document  by figure   right     of", format!("facts of {}", self.documents))?;
        for (row, part) in ROWS.iter().filter_map(|row| self.fields.get_key_value(row)) {
            write!(f, "{row:<12} {:>11.4} {:>10.4}  ", part.by_document, part.by_figure)?;
            writeln!(f, "{:>6} {:>6}", part.right, part.of)?;
        }
        writeln!(f, "concepts     {} wrong of {} given", self.concepts.wrong, self.concepts.given)
    }
}
