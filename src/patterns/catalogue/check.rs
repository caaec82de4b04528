//! What an indicator of the catalogue must have before it is loaded, and whether its examples hold.

use super::topic::Lead;
use super::{Basis, Catalogue, Entry, Group, Query, Scratch};

/// The kinds of items.
pub(super) const KINDS: [&str; 7] = ["percentage", "ratio", "count", "money", "measure", "score", "rank"];

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
    if e.kinds.is_empty() || e.kinds.iter().any(|k| !KINDS.contains(&k.as_str())) {
        return fail("unknown kind", "kinds are percentage, ratio, count, money, measure, score, rank");
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

/// What is wrong with the examples of an indicator: those not taken, and the counter-examples that are.
pub(super) fn examples(catalogue: &Catalogue, entry: &Entry, scratch: &mut Scratch) -> Vec<String> {
    let mut found = |example: &str| {
        let (lead, query) = query(entry, example);
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

/// An example as an item of the indicator's first kind and unit, and what governs it: "lead << name >> behind".
fn query<'a>(entry: &'a Entry, example: &'a str) -> (&'a str, Query<'a>) {
    let (lead, example) = example.split_once(" << ").unwrap_or(("", example));
    let (name, after) = example.split_once(" >> ").unwrap_or((example, ""));
    let query = Query {
        kind: entry.kinds.first().map_or("", String::as_str),
        unit: entry.units.first().map(String::as_str),
        role: if entry.basis == Basis::Growth { "change" } else { "actual" },
        name,
        behind: false,
        limit: false,
        yearly: false,
        named: false,
        before: "",
        after: if entry.basis == Basis::Plan && after.is_empty() { "kế hoạch" } else { after },
        year: entry.from.or(entry.to),
    };
    (lead, query)
}
