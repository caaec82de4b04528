//! Who cites what across a folder: records come in, nodes (documents seen, documents only cited) and edges go out.
//!
//! 01/KH-UBND exists in every province and every year. A cited document is therefore known by type, number and symbol,
//! year (of the number, or of its date), and, where its symbol is that of a local body, the province.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::document::Path;
use crate::patterns::catalogue::key;
use crate::patterns::labels::labels;
use crate::record::{Day, Metadata, Record, Reference};
use crate::tables::aligned::one_line;

/// The part of a record that the graph needs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Citing {
    /// Schema of the record.
    #[serde(default)]
    pub schema: String,
    /// Id of the record.
    pub id: String,
    /// The file.
    pub source: Path,
    /// The document's identity.
    pub metadata: Metadata,
    /// What it cites.
    pub references: Vec<Reference>,
}

impl Citing {
    /// Keeps what the graph is made of: what `graph --partial` writes.
    pub fn slim(&mut self) {
        let m = &mut self.metadata;
        (m.signers, m.recipients, m.addressees, m.evidence) = Default::default();
    }
}

/// What a document is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// Code of the type.
    pub doc_type: String,
    /// Canonical number and symbol, folded; of a law cited by its name the name and a blank.
    pub number: String,
    /// Of a law cited by its name the day, where the text gives it: two of one name and year differ by it.
    pub day: Option<Day>,
    /// Year of the number or date.
    pub year: Option<i32>,
    /// Province, for bodies that every province has.
    pub province: Option<String>,
}

/// A document of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// `d` with the record id for a document seen, else `r` with its identity.
    pub id: String,
    /// Type code.
    #[serde(rename = "type")]
    pub doc_type: Option<String>,
    /// Number and symbol, or the year of a law.
    pub number: Option<String>,
    /// Its date, where any mention gives one.
    pub date: Option<Day>,
    /// Its year.
    pub year: Option<i32>,
    /// Province of the issuing body.
    pub province: Option<String>,
    /// Subject, where known.
    pub subject: Option<String>,
    /// Paths of its records; empty for a document only cited.
    pub paths: Vec<String>,
    /// How many documents cite it.
    pub cited_by: u64,
    /// How many mentions.
    pub mentions: u64,
}

/// One document cites another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// Id of the citing node.
    pub source: Arc<str>,
    /// Id of the cited node.
    pub target: Arc<str>,
    /// How: `based_on`, `amends` …; empty where the text does not say.
    pub relation: SmolStr,
    /// How many mentions.
    pub count: u64,
    /// Pages of the mentions, from 1.
    pub pages: Vec<usize>,
}

/// The whole graph, in order of ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Graph {
    /// Documents.
    pub nodes: Vec<Node>,
    /// Citations.
    pub edges: Vec<Edge>,
}

/// Builds the graph from documents in order.
#[derive(Debug, Default)]
pub struct Builder {
    cited: BTreeMap<Identity, Cited>,
    seen: Vec<(Identity, Node)>,
    mentions: Vec<Mentions>,
    /// Laws that some text names with their number: the name to the numbers seen with it.
    names: BTreeMap<Identity, BTreeMap<Identity, u64>>,
}

/// A document that is cited.
#[derive(Debug)]
struct Cited {
    node: Node,
    /// How many others were cited before it was.
    number: usize,
}

/// How often one document cites another in one relation: there are more of these than of anything else, so that each end
/// is only a number.
#[derive(Debug)]
struct Mentions {
    /// Which of those seen; in the end which of all.
    source: usize,
    /// Which of those cited; in the end which of all.
    target: usize,
    relation: SmolStr,
    count: u64,
    pages: Vec<usize>,
}

impl Mentions {
    fn key(&self) -> (usize, usize, &str) {
        (self.source, self.target, &self.relation)
    }

    /// In order of both ends and the relation, each once, its pages in order.
    fn joined(mut all: Vec<Self>) -> Vec<Self> {
        all.sort_by(|a, b| a.key().cmp(&b.key()));
        all.dedup_by(|other, first| {
            let is_same = other.key() == first.key();
            if is_same {
                first.count += other.count;
                first.pages.append(&mut other.pages);
            }
            is_same
        });
        for mentions in &mut all {
            mentions.pages.sort_unstable();
            mentions.pages.dedup();
            mentions.pages.shrink_to_fit();
        }
        all
    }
}

/// What one document adds; made in parallel.
#[derive(Debug)]
pub struct Part {
    own: (Identity, Node),
    cites: Vec<(Identity, Node, SmolStr, usize)>,
    names: Vec<(Identity, Identity)>,
}

/// The graph of all citations in these records.
pub fn graph<'r>(records: impl IntoIterator<Item = &'r Record>) -> Graph {
    let mut builder = Builder::default();
    for record in records {
        builder.add(part(&Citing {
            schema: record.schema.clone(),
            id: record.id.clone(),
            source: Path { path: record.source.path.clone() },
            metadata: record.metadata.clone(),
            references: record.references.clone(),
        }));
    }
    builder.finish()
}

/// Reads the citations of one document.
pub fn part(d: &Citing) -> Part {
    let m = &d.metadata;
    let province = m.province.as_ref().map(|p| p.name.clone());
    let date = m.issue_date;
    let own = Node {
        id: format!("d:{}", d.id),
        doc_type: m.doc_type.clone(),
        number: m.id.clone(),
        year: year_of(date),
        date,
        province: province.clone(),
        subject: m.subject.clone(),
        paths: vec![d.source.path.clone()],
        cited_by: 0,
        mentions: 0,
    };
    let own_identity =
        identity(own.doc_type.as_deref(), own.number.as_deref(), None, own.date, province.as_deref());
    let mut names = Vec::new();
    let cites = d.references.iter().filter(|r| !r.boilerplate).filter_map(|r| {
        // A short form is a mention of the full one that it resolves to.
        let full = r.target.and_then(|t| d.references.get(t)).unwrap_or(r);
        let number = full.id.as_deref()?;
        let date = full.date.or(r.date);
        // A law known by its name has the year for a number: the name must tell it from the others of that year.
        let named = number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit());
        let title = law_name(&full.text).unwrap_or_else(|| one_line(&full.text));
        let by_name = || format!("{} ", key(&title).trim());
        let name = if named { by_name() } else { number.to_owned() };
        let known = identity(full.doc_type.as_deref(), Some(&name), full.year, date, province.as_deref());
        let known = Identity { day: date.filter(|_| named), ..known };
        if !named && law_name(&full.text).is_some() {
            let other = identity(full.doc_type.as_deref(), Some(&by_name()), full.year, date, None);
            names.push((other, known.clone()));
        }
        let node = Node {
            id: String::new(),
            doc_type: full.doc_type.as_deref().map(str::to_owned),
            number: Some(if named { title } else { number.to_owned() }),
            date,
            year: known.year,
            province: known.province.clone(),
            subject: full.subject.as_deref().map(str::to_owned),
            paths: Vec::new(),
            cited_by: 0,
            mentions: 0,
        };
        let relation = r.relation.clone().or_else(|| full.relation.clone()).unwrap_or_default();
        Some((known, node, relation, r.page))
    });
    let cites = cites.collect();
    Part { cites, own: (own_identity, own), names }
}

/// The name of a law as it is cited, without number and date: "Luật Đất đai số 31/2024/QH15", "Luật Đất đai năm 2024"
/// and "Luật Đất đai ngày 18 tháng 01 năm 2024" are "Luật Đất đai".
pub(in crate::tables) fn law_name(text: &str) -> Option<String> {
    let text = one_line(text);
    let mut words = text.split(' ').peekable();
    let first = words.peek()?.to_lowercase();
    let laws = &labels().laws;
    if !laws.first.contains(&first) {
        return None;
    }
    let mut name: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        let counted = words.peek().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        if number || (counted && laws.behind.iter().any(|w| w == word)) {
            break;
        }
        name.push(word.trim_matches([',', '(', ')']));
    }
    (name.len() > 1).then(|| name.join(" "))
}

/// Whether the bodies that use this symbol exist in every province.
fn is_local(symbol: &str) -> bool {
    let body = symbol.split_once('/').map_or("", |(_, b)| b);
    let words: Vec<&str> = body.split(['-', '/', '.', '&']).collect();
    words.iter().any(|w| {
        matches!(*w, "UBND" | "UB" | "HĐND" | "TU" | "HU" | "ĐU" | "CTUBND" | "VPUBND" | "VP")
            || w.starts_with("UBND")
            // Sở: a Sở's symbol begins with S and goes on in capitals (STTTT, SNV).
            || (w.starts_with('S') && w.chars().count() > 2)
    })
}

pub(in crate::tables) fn year_of(day: Option<Day>) -> Option<i32> {
    Some(day?.year().into())
}

fn identity(
    doc_type: Option<&str>,
    number: Option<&str>,
    year: Option<i32>,
    date: Option<Day>,
    province: Option<&str>,
) -> Identity {
    let number = number.unwrap_or("");
    // Leading zeros and the case of letters do not tell two documents apart.
    let folded: String = number.trim_start_matches('0').to_uppercase();
    Identity {
        doc_type: doc_type.unwrap_or("").to_owned(),
        year: year.or_else(|| year_of(date)),
        province: is_local(number).then(|| province.map(str::to_owned)).flatten(),
        number: folded,
        day: None,
    }
}

impl Builder {
    /// Adds one document.
    pub fn add(&mut self, part: Part) {
        let source = self.seen.len();
        self.seen.push(part.own);
        for (name, known) in part.names {
            *self.names.entry(name).or_default().entry(known).or_default() += 1;
        }
        let mut mentions = Vec::with_capacity(part.cites.len());
        for (known, node, relation, page) in part.cites {
            let number = self.cited.len();
            let target = match self.cited.entry(known) {
                Entry::Vacant(new) => new.insert(Cited { node, number }).number,
                Entry::Occupied(cited) => {
                    let Cited { node: first, number } = cited.into_mut();
                    first.date = first.date.or(node.date);
                    first.subject = first.subject.take().or(node.subject);
                    *number
                }
            };
            mentions.push(Mentions { source, target, relation, count: 1, pages: vec![page] });
        }
        self.mentions.append(&mut Mentions::joined(mentions));
    }

    /// What a law cited by its name is: the number that texts give with that name and year, of that day where the day is
    /// given; without a number, the one law of that name and year whose day is known.
    fn same_law(&self, known: &Identity) -> Option<Identity> {
        if !known.number.ends_with(' ') {
            return None;
        }
        let undated = Identity { day: None, ..known.clone() };
        let is_of_day = |i: &Identity| self.cited.get(i).and_then(|c| c.node.date) == known.day;
        if let Some(numbers) = self.names.get(&undated) {
            let mut of_day = numbers.keys().filter(|i| known.day.is_some() && is_of_day(i));
            if let (Some(one), None) = (of_day.next(), of_day.next()) {
                return Some(one.clone());
            }
            // One text may slip: the number that two of three give.
            let all: u64 = numbers.values().sum();
            let most = numbers.iter().find(|(_, n)| **n * 3 >= all * 2).map(|(i, _)| i.clone());
            return most.filter(|i| known.day.is_none() || is_of_day(i));
        }
        let like = |i: &&Identity| i.doc_type == known.doc_type && i.number.starts_with(&known.number);
        let dated = self.cited.range(known.clone()..).map(|(i, _)| i).take_while(like);
        let mut dated = dated.filter(|i| *i != known && i.year == known.year && known.day.is_none());
        match (dated.next(), dated.next()) {
            (Some(one), None) => Some(one.clone()),
            _ => None,
        }
    }

    /// The graph: a mention without a year joins the one document of that number that has one; documents that were
    /// seen and cited become one node.
    pub fn finish(self) -> Graph {
        let mut joined: BTreeMap<Identity, Identity> = BTreeMap::new();
        for known in self.cited.keys().filter(|i| i.year.is_none()) {
            let start = Identity { year: None, province: None, ..known.clone() };
            let same = |i: &&Identity| {
                (&i.doc_type, &i.number, i.day) == (&known.doc_type, &known.number, known.day)
            };
            let fits = |i: &&Identity| i.year.is_some() && i.province == known.province;
            let mut dated = self.cited.range(start..).map(|(i, _)| i).take_while(same).filter(fits);
            if let (Some(one), None) = (dated.next(), dated.next()) {
                joined.insert(known.clone(), one.clone());
            }
        }
        for known in self.cited.keys() {
            if let Some(one) = self.same_law(known) {
                joined.insert(known.clone(), one);
            }
        }
        let once = |i: &Identity| joined.get(i).cloned().unwrap_or_else(|| i.clone());
        let resolve = |i: &Identity| once(&once(i));
        let mut seen: BTreeMap<&Identity, &str> = BTreeMap::new();
        for (known, node) in &self.seen {
            if !known.number.is_empty() {
                seen.entry(known).or_insert(&node.id);
            }
        }
        // Of each document seen or cited, in the order of their numbers, the id of its node.
        let sources: Vec<Arc<str>> = self.seen.iter().map(|(_, n)| n.id.as_str().into()).collect();
        let mut targets: Vec<(usize, Arc<str>)> = Vec::with_capacity(self.cited.len());
        let mut only_cited: BTreeMap<String, &Node> = BTreeMap::new();
        for (known, cited) in &self.cited {
            let target = resolve(known);
            let id = seen.get(&target).map(|id| (*id).to_owned()).unwrap_or_else(|| node_id(&target));
            targets.push((cited.number, id.as_str().into()));
            only_cited.entry(id).or_insert(&cited.node);
        }
        targets.sort_unstable_by_key(|t| t.0);
        let only_cited: Vec<Node> =
            only_cited.into_iter().map(|(id, node)| Node { id, ..node.clone() }).collect();
        drop((joined, seen, self.cited, self.names));
        let mut nodes: BTreeMap<String, Node> =
            self.seen.into_iter().map(|(_, n)| (n.id.clone(), n)).collect();
        for node in only_cited {
            nodes.entry(node.id.clone()).or_insert(node);
        }
        let mut nodes: Vec<Node> = nodes.into_values().collect();
        let place = |id: &Arc<str>| nodes.binary_search_by(|n| n.id.as_str().cmp(id)).unwrap_or_default();
        let of_source: Vec<usize> = sources.iter().map(place).collect();
        let of_target: Vec<usize> = targets.iter().map(|(_, id)| place(id)).collect();
        let mut mentions = self.mentions;
        for m in &mut mentions {
            m.source = of_source.get(m.source).copied().unwrap_or_default();
            m.target = of_target.get(m.target).copied().unwrap_or_default();
        }
        // The document's own number in its appendix heading is no citation.
        mentions.retain(|m| m.source != m.target);
        let mentions = Mentions::joined(mentions);
        let mut last_source = vec![None; nodes.len()];
        for m in &mentions {
            let (Some(node), Some(last)) = (nodes.get_mut(m.target), last_source.get_mut(m.target)) else {
                continue;
            };
            node.mentions += m.count;
            // What one document says of another comes together.
            if last.replace(m.source) != Some(m.source) {
                node.cited_by += 1;
            }
        }
        let ids: Vec<Arc<str>> = nodes.iter().map(|n| n.id.as_str().into()).collect();
        let id = |place: usize| ids.get(place).cloned().unwrap_or_default();
        let edge = |m: Mentions| {
            let Mentions { source, target, relation, count, pages } = m;
            Edge { source: id(source), target: id(target), relation, count, pages }
        };
        Graph { edges: mentions.into_iter().map(edge).collect(), nodes }
    }
}

/// The id of a document only cited: "r:QĐ:1806/QĐ-UBND:2021:quảng ngãi".
fn node_id(i: &Identity) -> String {
    let year = i.year.map(|y| y.to_string()).unwrap_or_default();
    let province = i.province.as_deref().map(|p| key(p).trim().replace(' ', "-")).unwrap_or_default();
    let number = match i.day {
        Some(day) => format!("{}{day}", i.number),
        None => i.number.trim_end().to_owned(),
    };
    format!("r:{}:{number}:{year}:{province}", i.doc_type)
}

impl Graph {
    /// The most cited documents, by citing documents, then mentions.
    pub fn top(&self, most: usize) -> Vec<&Node> {
        let mut cited: Vec<&Node> = self.nodes.iter().filter(|n| n.cited_by > 0).collect();
        cited.sort_by(|a, b| (b.cited_by, b.mentions, &a.id).cmp(&(a.cited_by, a.mentions, &b.id)));
        cited.truncate(most);
        cited
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Province;

    fn citing(id: &str, province: &str, references: &[(&str, &str, Option<&str>)]) -> Citing {
        Citing {
            schema: String::new(),
            id: id.into(),
            source: Path { path: format!("{id}.txt") },
            metadata: Metadata {
                province: Some(Province { name: province.into(), ..Province::default() }),
                doc_type: Some("BC".into()),
                id: Some(format!("{id}/BC-UBND")),
                issue_date: Day::new(2022, 5, 4),
                ..Metadata::default()
            },
            references: references
                .iter()
                .map(|(t, n, date)| Reference {
                    doc_type: Some((*t).into()),
                    id: Some((*n).into()),
                    date: date.and_then(|d| d.parse().ok()),
                    page: 1,
                    ..Reference::default()
                })
                .collect(),
        }
    }

    fn graph(documents: &[Citing]) -> Graph {
        let mut b = Builder::default();
        documents.iter().for_each(|d| b.add(part(d)));
        b.finish()
    }

    #[test]
    fn one_number_of_two_provinces_or_years_is_several_documents() {
        let plan = ("KH", "01/KH-UBND", Some("2021-01-04"));
        let later = ("KH", "01/KH-UBND", Some("2022-01-04"));
        let g = graph(&[citing("1", "Sơn La", &[plan, later]), citing("2", "Huế", &[plan])]);
        assert_eq!(g.nodes.iter().filter(|n| n.number.as_deref() == Some("01/KH-UBND")).count(), 3);
    }

    #[test]
    fn a_central_document_is_one_for_all_and_a_mention_without_its_year_joins_it() {
        let dated = ("NQ", "36a/NQ-CP", Some("2015-10-14"));
        let bare = ("NQ", "36a/NQ-CP", None);
        let g = graph(&[citing("1", "Sơn La", &[dated, bare, bare]), citing("2", "Huế", &[bare])]);
        let top = g.top(5);
        assert_eq!(top.len(), 1);
        assert_eq!((top[0].cited_by, top[0].mentions), (2, 4));
    }

    #[test]
    fn a_law_is_one_under_its_number_and_its_name() {
        let law = |text: &str, id: &str, date: Option<&str>| Reference {
            doc_type: Some("L".into()),
            text: text.into(),
            id: Some(id.into()),
            year: Some(2017),
            date: date.and_then(|d| d.parse().ok()),
            page: 1,
            ..Reference::default()
        };
        let cites = |id: &str, r: Reference| Citing { references: vec![r], ..citing(id, "Huế", &[]) };
        let g = graph(&[
            cites("1", law("Luật Trồng rau số 99/2017/QH14", "99/2017/QH14", Some("2017-11-15"))),
            cites("2", law("Luật Trồng rau năm 2017", "2017", None)),
            cites("3", law("Luật Trồng rau ngày 15 tháng 11 năm 2017", "2017", Some("2017-11-15"))),
            cites("4", law("Luật Nuôi ong năm 2017", "2017", None)),
            cites("5", law("Luật Nuôi ong ngày 20/6/2017", "2017", Some("2017-06-20"))),
        ]);
        let top: Vec<(Option<&str>, u64)> =
            g.top(9).iter().map(|n| (n.number.as_deref(), n.cited_by)).collect();
        assert_eq!(top, [(Some("99/2017/QH14"), 3), (Some("Luật Nuôi ong"), 2)]);
    }

    #[test]
    fn a_document_seen_and_cited_is_one_node_and_does_not_cite_itself() {
        let own = ("BC", "1/BC-UBND", Some("2022-05-04"));
        let g = graph(&[citing("1", "Sơn La", &[own]), citing("2", "Sơn La", &[own])]);
        assert_eq!(g.nodes.len(), 2);
        assert_eq!(g.edges.len(), 1);
        assert_eq!((&*g.edges[0].source, &*g.edges[0].target), ("d:2", "d:1"));
    }
}
