//! What an indicator of the catalogue must have before it is loaded, and whether its examples hold.

use super::guard::{Guard, MOST};
use super::topic::Lead;
use super::{Basis, Catalogue, Entry, Group, Query, Scratch};
use crate::patterns::labels::labels;
use crate::record::quantity::{Kind, Role};

/// Refuses an incomplete indicator, with a hint.
pub(super) fn entry(e: &Entry, groups: &[Group]) -> Result<(), (String, &'static str)> {
    if e.disabled {
        return Ok(());
    }
    let fail = |message: &str, hint| Err((format!("indicator {}: {message}", e.id), hint));
    let id_ok =
        !e.id.is_empty() && e.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !id_ok {
        return fail("an id is made of a-z, 0-9 and _", "rename it");
    }
    if e.name_vi.is_empty() || e.name_en.is_empty() {
        return fail("no name", "give name_vi and name_en");
    }
    if !groups.iter().any(|g| g.id == e.group) {
        return fail("unknown group", "use a group of the file, or add a [[group]]");
    }
    if e.kinds.is_empty() {
        return fail("no kinds", "kinds are percentage, ratio, count, money, measure, score, rank");
    }
    if e.phrasings.is_empty() {
        return fail("no phrasings", "give the words that name it");
    }
    if e.bare.is_empty() != e.topic.is_empty() {
        return fail("a bare name without a topic, or the other way round", "give both");
    }
    if e.examples.is_empty() || e.counter_examples.is_empty() {
        return fail("no examples", "give names it must take and names it must not take");
    }
    if let (Some(from), Some(to)) = (e.from, e.to)
        && from > to
    {
        return fail("its years end before they begin", "exchange from and to");
    }
    Ok(())
}

/// Refuses an incomplete guard, with a hint.
pub(super) fn guard(g: &Guard, others: usize) -> Result<(), (String, &'static str)> {
    let fail = |message: &str, hint| Err((format!("guard {}: {message}", g.id), hint));
    if g.disabled {
        return Ok(());
    }
    if g.id.is_empty() || g.about.is_empty() {
        return fail("no id or no sentence about it", "give id and about");
    }
    if others >= MOST {
        return fail("there are too many guards", "add its words to another one");
    }
    if g.words.is_empty() {
        return fail("no words", "give the words that call it");
    }
    Ok(())
}

/// What is wrong with the examples of an indicator: those not taken, and the counter-examples that are.
pub(super) fn examples(catalogue: &Catalogue, entry: &Entry, scratch: &mut Scratch) -> Vec<String> {
    let mut found = |example: &str| {
        let (lead, query) = query(entry, example)?;
        let lead = Lead { before: lead.into(), behind: "", above: Vec::new() };
        let found = catalogue.find(&query, scratch).or_else(|| catalogue.governed(&query, &lead));
        found.map(|e| e.id.as_str())
    };
    let mut wrong = Vec::new();
    for example in &entry.examples {
        let id = found(example);
        if id != Some(entry.id.as_str()) {
            wrong.push(format!("example {example:?} gives {}", id.unwrap_or("nothing")));
        }
    }
    for example in &entry.counter_examples {
        if found(example) == Some(entry.id.as_str()) {
            wrong.push(format!("counter-example {example:?} is taken"));
        }
    }
    wrong
}

/// The name that an example is about: without its kind, what governs it and what stands behind the value.
pub(super) fn name_of(example: &str) -> &str {
    let example = example.strip_prefix('[').and_then(|e| e.split_once("] ")).map_or(example, |(_, e)| e);
    let example = example.split_once(" << ").map_or(example, |(_, e)| e);
    example.split_once(" >> ").map_or(example, |(name, _)| name)
}

/// An example as an item, and what governs it: "[kind unit] lead << name >> behind"; of the indicator's first kind and
/// unit where none is said. None where the kind is no kind.
fn query<'a>(entry: &'a Entry, example: &'a str) -> Option<(&'a str, Query<'a>)> {
    let typed = example.strip_prefix('[').and_then(|e| e.split_once("] "));
    let (kind, example) = typed.map_or((None, example), |(kind, e)| (Some(kind), e));
    let (lead, rest) = example.split_once(" << ").unwrap_or(("", example));
    let (name, after) = rest.split_once(" >> ").unwrap_or((rest, ""));
    let own = (entry.kinds.first().copied().unwrap_or_default(), entry.units.first().map(String::as_str));
    let (kind, unit) = match kind {
        Some(typed) => {
            let (kind, unit) =
                typed.split_once(' ').map_or((typed, own.1), |(kind, unit)| (kind, Some(unit)));
            (Kind::of(kind)?, unit)
        }
        None => own,
    };
    let query = Query {
        kind,
        unit,
        role: if entry.basis == Basis::Growth { Role::Change } else { Role::Actual },
        name,
        after: if entry.basis == Basis::Plan && after.is_empty() { &labels().catalogue.plan } else { after },
        year: entry.from.or(entry.to),
        ..Query::default()
    };
    Some((lead, query))
}
