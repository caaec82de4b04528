//! Items to what the page of a document shows of them: a line to read first, then fields in the order in which people
//! ask for them, and what only helps to look deeper behind. Words that have a translation go as keys of the page's words.

use serde::Serialize;

use super::visible::visible;
use crate::claim::number::vietnamese;
use crate::patterns::catalogue::Catalogue;
use crate::record::quantity::Bound;
use crate::record::{Basis, Date, Day, Evidence, Indicator, Period, Reference};
use crate::tables::compare::period;
use crate::tables::compare::place::Place;

/// An item as the page's script takes it.
#[derive(Debug, Default, Serialize)]
pub struct Shown {
    /// Key of the word for what it is.
    what: &'static str,
    /// To be read first: a value with its unit.
    head: String,
    /// As written.
    text: String,
    fields: Vec<Field>,
    more: Vec<Field>,
}

/// Key of its name, what it says, and 1 where that is the key of a word, 2 where it is the id of an item to go to.
type Field = (&'static str, String, u8);

const SAID: u8 = 0;
const WORD: u8 = 1;
const ITEM: u8 = 2;

fn list(fields: impl IntoIterator<Item = (&'static str, Option<String>, u8)>) -> Vec<Field> {
    let some = fields.into_iter().filter_map(|(name, said, how)| Some((name, visible(&said?), how)));
    some.filter(|f| !f.1.is_empty()).collect()
}

fn own<T: ToString>(text: &Option<T>) -> Option<String> {
    text.as_ref().map(T::to_string)
}

fn said<T: ToString>(text: &T) -> Option<String> {
    Some(text.to_string())
}

/// "2022 (2022-01-01 – 2022-12-31)" says what "2022" says.
fn time(p: &Period) -> String {
    period::label(p)
}

/// A figure.
pub fn indicator(i: &Indicator, catalogue: &Catalogue) -> Shown {
    let entry = i.indicator.as_deref().and_then(|id| catalogue.get(id));
    let table = i.table.as_ref();
    let joined = |path: &[smol_str::SmolStr]| Some(path.join(" › "));
    let number = match (i.numerator, i.denominator, i.value) {
        (Some(a), Some(b), _) => format!("{}/{}", vietnamese(a), vietnamese(b)),
        (.., Some(v)) => vietnamese(v),
        (Some(a), ..) => vietnamese(a),
        _ => i.text.to_string(),
    };
    let unit = i.unit.as_deref().unwrap_or_default();
    let part_of = i.part_of.as_ref().map(ToString::to_string);
    let notable = |bound: Bound| (bound != Bound::Exact).then(|| bound.to_string());
    Shown {
        what: "indicators",
        head: visible(format!("{number} {unit}").trim()),
        text: visible(&i.text),
        fields: list([
            ("i.name", own(&i.name), SAID),
            ("i.indicator", entry.map(|e| e.name_vi.clone()), SAID),
            ("i.place", i.place.as_ref().map(|p| Place::of_item(p).full_name()), SAID),
            ("i.period", i.period.as_ref().map(time), SAID),
            ("i.scope", own(&i.scope), SAID),
            ("i.role", said(&i.role), WORD),
            ("i.direction", own(&i.direction), WORD),
            ("i.bound", notable(i.bound), WORD),
            ("i.range", i.range.map(|r| format!("{} – {}", vietnamese(r.low), vietnamese(r.high))), SAID),
            ("i.per", own(&i.per), SAID),
            ("i.quotient", i.quotient.map(vietnamese), SAID),
            ("i.part_of", part_of, ITEM),
            ("i.caption", table.and_then(|t| own(&t.caption)), SAID),
            ("i.row", table.and_then(|t| joined(&t.rows)), SAID),
            ("i.column", table.and_then(|t| joined(&t.columns)), SAID),
            ("i.ambiguous", i.ambiguous.then(|| "ambiguous".into()), WORD),
            ("i.confidence", i.confidence.map(|c| format!("{:.0} %", c * 100.0)), SAID),
        ]),
        more: list([
            ("i.catalogue", own(&i.indicator), SAID),
            ("i.kind", said(&i.kind), WORD),
            ("i.place_basis", i.place.as_ref().map(|p| p.basis.name().into()), WORD),
            ("i.period_basis", i.period.as_ref().and_then(|p| p.basis).map(|b| Basis::name(b).into()), WORD),
            ("i.rule", said(&i.rule), SAID),
            ("i.line", said(&i.line), SAID),
            ("i.id", said(&i.id), SAID),
        ]),
    }
}

/// A mention of another document; `full` is the item that names it in full.
pub fn reference(r: &Reference, full: Option<&Reference>) -> Shown {
    Shown {
        what: "references",
        head: visible(r.id.as_deref().unwrap_or_default()),
        text: visible(&r.text),
        fields: list([
            ("i.type", own(&r.type_name), SAID),
            ("i.issuer", own(&r.issuer), SAID),
            ("i.date", r.date.map(day), SAID),
            ("i.subject", own(&r.subject), SAID),
            ("i.pinpoint", own(&r.pinpoint), SAID),
            ("i.relation", own(&r.relation), WORD),
            ("i.target", full.map(|f| f.item_id.to_string()), ITEM),
            ("i.confidence", r.confidence.map(|c| format!("{:.0} %", c * 100.0)), SAID),
        ]),
        more: list([
            ("i.form", said(&r.form), WORD),
            ("i.rule", said(&r.rule), SAID),
            ("i.line", said(&r.line), SAID),
            ("i.id", said(&r.item_id), SAID),
        ]),
    }
}

/// A date or time.
pub fn date(d: &Date) -> Shown {
    let span = Period { start: d.start, end: d.end, text: None, basis: None };
    Shown {
        what: "dates",
        head: time(&span),
        text: visible(&d.text),
        fields: list([
            ("i.kind", said(&d.kind), WORD),
            ("i.role", said(&d.role), WORD),
            ("i.inferred", own(&d.inferred), SAID),
        ]),
        more: list([
            ("i.edtf", said(&d.edtf), SAID),
            ("i.rule", said(&d.rule), SAID),
            ("i.line", said(&d.line), SAID),
            ("i.id", said(&d.id), SAID),
        ]),
    }
}

/// The words that gave a field of the metadata.
pub fn evidence(field: &str, evidence: &Evidence, text: &str) -> Shown {
    Shown {
        what: "metadata",
        head: String::new(),
        text: visible(text),
        fields: list([
            ("i.field", Some(format!("f.{field}")), WORD),
            ("i.basis", said(&evidence.basis), WORD),
        ]),
        more: Vec::new(),
    }
}

/// 10/7/2021.
pub fn day(day: Day) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

/// A date as far as it is written: "2021-07" as 7/2021.
pub fn written(edtf: &str) -> String {
    let parts: Vec<&str> = edtf.split('-').map(|p| p.trim_start_matches('0')).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::quantity::Role;

    #[test]
    fn fields_come_in_the_order_people_ask_for_and_empty_ones_are_left_out() {
        let item = Indicator {
            value: "28000000000".parse().ok(),
            unit: Some("VND".into()),
            name: Some("vốn".into()),
            period: Some(Period {
                start: "2021-01-01".parse().unwrap(),
                end: "2021-12-31".parse().unwrap(),
                ..Period::default()
            }),
            role: Role::Target,
            ..Indicator::default()
        };
        let shown = indicator(&item, &Catalogue::builtin().unwrap());
        let names: Vec<&str> = shown.fields.iter().map(|f| f.0).collect();
        assert_eq!(names, ["i.name", "i.period", "i.role"]);
        assert_eq!((shown.head.as_str(), shown.fields[1].1.as_str()), ("28.000.000.000 VND", "2021"));
        assert_eq!(
            (day("2021-07-10".parse().unwrap()).as_str(), written("2021-07").as_str()),
            ("10/7/2021", "7/2021")
        );
    }
}
