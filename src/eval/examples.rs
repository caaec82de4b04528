//! Runs the examples and counter-examples of all rules through the whole pipeline: `baocao patterns check`.
//!
//! An example marks its match: "theo ⟦Quyết định số 45/QĐ-UBND⟧ ngày 02/02/2016". It passes where the rule that owns it,
//! and no other, makes exactly that item; a trap passes where it owns the numerals inside the marks. A counter-example
//! passes where the rule claims nothing.

use crate::patterns::clauses::Example;
use crate::patterns::rule::{Makes, Rule};
use crate::patterns::voices;
use smol_str::SmolStr;

use crate::eval::explain::{self, Explained};
use crate::extract::Extractor;
use crate::record::Record;
use crate::record::quantity::Direction;

/// A rule that does not do what its examples say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// Its file.
    pub file: String,
    /// The example or counter-example.
    pub text: String,
    /// What happened instead.
    pub found: String,
}

/// What a check did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rules checked.
    pub rules: usize,
    /// Examples and counter-examples run.
    pub texts: usize,
    /// Those that failed.
    pub failures: Vec<Failure>,
}

/// Runs all examples of the extractor's patterns.
pub fn run(extractor: &Extractor) -> Report {
    let mut report = Report::default();
    for (_, rule) in extractor.patterns().rules.iter().filter(|(_, r)| !r.entry.disabled) {
        report.rules += 1;
        for (text, wanted) in rule
            .entry
            .examples
            .iter()
            .map(|t| (t, true))
            .chain(rule.entry.counter_examples.iter().map(|t| (t, false)))
        {
            report.texts += 1;
            let outcome =
                if wanted { example(extractor, rule, text) } else { counter(extractor, rule, text) };
            if let Err(found) = outcome {
                report.failures.push(Failure {
                    rule: rule.entry.id.clone(),
                    file: rule.file.clone(),
                    text: text.clone(),
                    found,
                });
            }
        }
    }
    for (file, example) in &extractor.patterns().clauses.examples {
        report.texts += 1;
        if let Err(found) = clause(extractor, example) {
            let (rule, text) = ("clause".into(), example.text.clone());
            report.failures.push(Failure { rule, file: file.clone(), text, found });
        }
    }
    for (file, example) in &extractor.patterns().tables.examples {
        report.texts += 1;
        if let Err(found) = table(extractor, example) {
            let (rule, text) = ("table".into(), example.table.trim().to_owned());
            report.failures.push(Failure { rule, file: file.clone(), text, found });
        }
    }
    for (file, voice, _, example) in &extractor.patterns().voices.examples {
        report.texts += 1;
        if let Err(found) = place(extractor, example) {
            let rule = format!("voice {}", voice.name());
            report.failures.push(Failure {
                rule,
                file: file.clone(),
                text: example.text.trim().to_owned(),
                found,
            });
        }
    }
    report
}

/// Whether a document is of the place that its example says.
fn place(extractor: &Extractor, example: &voices::Example) -> Result<(), String> {
    let found = place_of(extractor, example)?;
    if found == example.place {
        Ok(())
    } else {
        Err(format!("place: wanted {:?}, found {found:?}", example.place))
    }
}

/// The units of the place of a voice's example, the smallest first; `-` for none.
///
/// # Errors
/// What keeps it from being read.
pub fn place_of(extractor: &Extractor, example: &voices::Example) -> Result<String, String> {
    let document = example.title.as_ref().map(|title| {
        let body = match example.text.trim() {
            marked if marked.starts_with('<') => marked.to_owned(),
            lines => lines.lines().map(|l| format!("<p>{l}</p>\n")).collect(),
        };
        format!("<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>")
    });
    let bytes = document.as_deref().unwrap_or_else(|| example.text.trim()).as_bytes();
    let record = extractor.extract("example", bytes).map_err(|e| e.to_string())?;
    let m = &record.metadata;
    let area = |a: &Option<crate::record::Area>| a.as_ref().map(|a| a.name.to_string());
    let province = m.province.as_ref().map(|p| p.name.to_string());
    let units: Vec<String> = [area(&m.commune), area(&m.district), province].into_iter().flatten().collect();
    Ok(if units.is_empty() { "-".into() } else { units.join(", ") })
}

/// Whether the cells of a table say what its example says.
fn table(extractor: &Extractor, example: &crate::patterns::tables::Example) -> Result<(), String> {
    let record = extractor.extract("example", example.table.as_bytes()).map_err(|e| e.to_string())?;
    let fact = |i: &crate::record::Indicator| {
        let value = i.value.map(|v| v.to_string());
        let period = i.period.as_ref().map(|p| format!("{}/{}", p.start, p.end));
        let fields = [
            value.as_deref(),
            i.unit.as_deref(),
            i.name.as_deref(),
            i.scope.as_deref(),
            period.as_deref(),
            Some(i.role.name()),
        ];
        fields.map(|f| f.unwrap_or("-")).join(" | ")
    };
    let found: Vec<String> = record.indicators.iter().map(fact).collect();
    let missing = example.facts.iter().filter(|f| !found.contains(f)).map(|f| format!("wanted {f:?}"));
    let beyond = found.iter().filter(|f| !example.facts.contains(f)).map(|f| format!("found {f:?}"));
    let wrong: Vec<String> = missing.chain(beyond).collect();
    match () {
        () if !wrong.is_empty() => Err(wrong.join("; ")),
        () if found != example.facts => Err("the facts stand in another order".into()),
        () => Ok(()),
    }
}

/// Whether the marked figure of a clause means what its example says.
fn clause(extractor: &Extractor, example: &Example) -> Result<(), String> {
    let start = example.text.find('⟦').ok_or("the example marks no figure: put it in ⟦ ⟧")?;
    let text = example.text.replace(['⟦', '⟧'], "");
    let record = extractor.extract("example", text.as_bytes()).map_err(|e| e.to_string())?;
    let item =
        record.indicators.iter().find(|i| i.bytes[0] == start).ok_or("no figure begins at the mark")?;
    let whole = item.part_of.as_ref().and_then(|id| record.indicators.iter().find(|i| &i.id == id));
    let asked = [
        ("part_of", &example.part_of, whole.map(|w| w.text.as_str())),
        ("name", &example.name, item.name.as_deref()),
        ("scope", &example.scope, item.scope.as_deref()),
        ("role", &example.role, Some(item.role.name())),
        ("direction", &example.direction, item.direction.map(Direction::name)),
        ("bound", &example.bound, Some(item.bound.name())),
    ];
    let wrong = asked.iter().filter_map(|(field, wanted, found)| {
        let (wanted, found) = (wanted.as_deref()?, found.unwrap_or("-"));
        (wanted != found).then(|| format!("{field}: wanted {wanted:?}, found {found:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

/// An item as its rule and its text.
type Item = (SmolStr, SmolStr);

/// The items of a text, and its numerals.
fn analyse(extractor: &Extractor, text: &str) -> Result<(Vec<Item>, Vec<Explained>), String> {
    let record = extractor.extract("example", text.as_bytes()).map_err(|e| e.to_string())?;
    let numerals = explain::explain(extractor, text.as_bytes()).map_err(|e| e.to_string())?;
    Ok((items(&record), numerals))
}

fn items(record: &Record) -> Vec<Item> {
    let references = record.references.iter().map(|r| (r.rule.clone(), r.text.clone()));
    let dates = record.dates.iter().map(|r| (r.rule.clone(), r.text.clone()));
    let indicators = record.indicators.iter().map(|r| (r.rule.clone(), r.text.clone()));
    references.chain(dates).chain(indicators).collect()
}

fn example(extractor: &Extractor, rule: &Rule, marked: &str) -> Result<(), String> {
    let (Some(open), Some(close)) = (marked.find('⟦'), marked.find('⟧')) else {
        return Err("the example marks no match: put it in ⟦ ⟧".into());
    };
    let text: String = marked.replace(['⟦', '⟧'], "");
    let start = open;
    let end = close - '⟦'.len_utf8();
    let wanted = text.get(start..end).unwrap_or("");
    let (items, numerals) = analyse(extractor, &text)?;
    let inside: Vec<&Explained> =
        numerals.iter().filter(|n| n.bytes.start >= start && n.bytes.end <= end).collect();
    let owned = !inside.is_empty() && inside.iter().all(|n| n.rule == rule.entry.id && n.owner == "trap");
    match rule.makes {
        // A rule of dates or indicators may also say why a numeral is none.
        _ if owned => Ok(()),
        Makes::Trap | Makes::Header => match inside.iter().find(|n| n.rule != rule.entry.id) {
            _ if inside.is_empty() => Err("no numeral stands inside the marks".into()),
            Some(other) => Err(format!("{} is {} by {:?}", other.text, other.owner, other.rule)),
            None => Ok(()),
        },
        _ if items.iter().any(|(id, text)| *id == rule.entry.id && text == wanted) => Ok(()),
        _ => {
            let near: Vec<String> = items.iter().map(|(id, text)| format!("{id}: {text:?}")).collect();
            Err(format!(
                "wanted {wanted:?}, found {}",
                if near.is_empty() { "nothing".into() } else { near.join(", ") }
            ))
        }
    }
}

fn counter(extractor: &Extractor, rule: &Rule, text: &str) -> Result<(), String> {
    let (items, numerals) = analyse(extractor, text)?;
    if let Some((_, item)) = items.iter().find(|(id, _)| *id == rule.entry.id) {
        return Err(format!("the rule made {item:?}"));
    }
    match numerals.iter().find(|n| n.rule == rule.entry.id) {
        Some(numeral) => Err(format!("the rule claimed {}", numeral.text)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::voices::{FILE, Voice};
    use crate::patterns::{Patterns, builtin_sources};

    /// An extractor in which one voice gives no points.
    fn without(voice: Voice, said: usize) -> Extractor {
        let mut sources = builtin_sources();
        let silent = format!("[[voice]]\nid = {:?}\npoints = 0\nsaid = {said}\n", voice.name());
        sources.push(FILE, FILE, &silent);
        Extractor::with(Patterns::load(&sources).expect("sound patterns"), crate::Options::default())
    }

    #[test]
    fn a_voice_decides_its_examples_and_no_counter_example() {
        let whole = Extractor::new().expect("embedded patterns");
        let voices = &whole.patterns().voices;
        let mut wrong = Vec::new();
        for &voice in Voice::ALL {
            let silent = without(voice, voices.weight(voice).said);
            let of_voice = voices.examples.iter().filter(|(_, v, ..)| *v == voice);
            let (examples, counters): (Vec<_>, Vec<_>) = of_voice.partition(|(_, _, decides, _)| *decides);
            if examples.is_empty() || counters.is_empty() {
                wrong.push(format!("{voice:?} has no example or no counter-example"));
            }
            for (_, _, decides, example) in examples.into_iter().chain(counters) {
                let found = place_of(&silent, example).expect("a place");
                if (found != example.place) != *decides {
                    wrong.push(format!("{voice:?} silenced gives {found:?} for {:?}", example.text));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
