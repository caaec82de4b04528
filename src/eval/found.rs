//! The items of a record, reduced to what is compared, and which annotation each is paired with.

use serde_json::Value;

use super::gold::{Annotation, Key, Kind};
use super::key;
use super::squeezed::Squeezed;

/// An item of a record.
#[derive(Debug)]
pub struct Found<'r> {
    /// What makes it the same as an annotation.
    pub key: Key,
    /// A reference's date, an indicator's unit (folded).
    pub attribute: String,
    /// The item itself.
    pub item: &'r Value,
}

/// For each annotation, in reading order, the first item of its key that has no partner yet; with a text, within the words of
/// `at`, which are looked for from those of the annotation before on.
pub fn pairs(
    annotations: &[&Annotation],
    found: &[Found<'_>],
    text: Option<&Squeezed>,
) -> Vec<Option<usize>> {
    let mut paired = vec![false; found.len()];
    let mut from = 0;
    let mut partner = |annotation: &&Annotation| {
        let within = match text.zip(annotation.field("at")) {
            Some((text, at)) => {
                let (start, bytes) = text.find(at, from)?;
                from = start;
                Some(bytes)
            }
            None => None,
        };
        let fits = |item: &Value| within.as_ref().is_none_or(|within| overlaps(item, within));
        let is_it = |(f, paired): (&Found<'_>, &bool)| !paired && f.key == annotation.key && fits(f.item);
        let partner = found.iter().zip(&paired).position(is_it)?;
        *paired.get_mut(partner)? = true;
        Some(partner)
    };
    annotations.iter().map(&mut partner).collect()
}

/// Whether an item stands in a stretch of bytes, at least in part.
fn overlaps(item: &Value, within: &std::ops::Range<usize>) -> bool {
    let end = |n: usize| Some(item.get("bytes")?.get(n)?.as_u64()? as usize);
    end(0).zip(end(1)).is_some_and(|(start, end)| start < within.end && within.start < end)
}

/// The items of one kind.
pub fn found(record: &Value, kind: Kind) -> Vec<Found<'_>> {
    let items = record.get(kind.field()).and_then(Value::as_array);
    items.into_iter().flatten().map(|item| reduce(item, kind)).collect()
}

fn reduce(item: &Value, kind: Kind) -> Found<'_> {
    let get = |field: &str| scalar(item.get(field));
    let (key, attribute) = match kind {
        Kind::Reference => {
            let doc_type = get("type");
            let id = get("id").filter(|id| !id.is_empty());
            let by_year =
                doc_type.as_deref() == Some("L") && !id.as_deref().is_some_and(|id| id.contains('/'));
            let year = get("year").filter(|y| by_year && y != "0");
            ((doc_type, year.or(id)), get("date").unwrap_or_default())
        }
        Kind::Date => ((get("start"), get("end")), String::new()),
        Kind::Indicator => {
            let kind = get("kind");
            let value = if kind.as_deref() == Some("ratio") {
                let of = |field| get(field).unwrap_or_else(|| "0".into());
                Some(key::ratio(&of("numerator"), &of("denominator")))
            } else {
                get("value").or_else(|| get("numerator")).map(|v| key::number(&v))
            };
            ((kind, value), key::fold(&get("unit").unwrap_or_default()))
        }
    };
    Found { key, attribute, item }
}

/// A string, number or truth value as text.
pub fn scalar(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// A string of an item, empty where it has none.
pub fn string<'v>(item: &'v Value, field: &str) -> &'v str {
    item.get(field).and_then(Value::as_str).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Gold;

    #[test]
    fn figures_of_one_value_are_told_apart_by_their_words() {
        let text = "Có 7 xã và 7 thôn, sau đó 7 xã.";
        let gold =
            "# file\ta.txt\nI\tcount\t7\t-\tat=7 thôn\nI\tcount\t7\t-\tat=7 xã\nI\tcount\t7\t-\tat=8 xã\n";
        let gold = Gold::parse(std::path::Path::new("gold.tsv"), gold).unwrap();
        let item =
            |start: usize| serde_json::json!({"kind": "count", "value": 7, "bytes": [start, start + 1]});
        let starts: Vec<usize> = text.match_indices('7').map(|(at, _)| at).collect();
        let record = serde_json::json!({"indicators": starts.into_iter().map(item).collect::<Vec<_>>()});
        let found = found(&record, Kind::Indicator);
        let annotations: Vec<&Annotation> = gold.annotations.iter().collect();
        let text = Squeezed::new(text);
        assert_eq!(pairs(&annotations, &found, Some(&text)), [Some(1), Some(2), None]);
        assert_eq!(pairs(&annotations, &found, None), [Some(0), Some(1), Some(2)]);
    }
}
