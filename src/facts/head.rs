//! Stage 4: the document's own identity. In: a [`Text`] and the words of `patterns/header.toml`. Out: a [`Header`]:
//! type, number and symbol, issuer, place and date, title, addressees, signers, recipients, with their shadow ranges.
//!
//! A field that is blank or cannot be read for certain stays empty; the others are kept. What is stamped over the
//! document (dấu đến, digital signatures) never fills its own fields.

mod block;
mod closing;
mod day;
mod doubt;
mod fill;
mod issuer;
mod joint;
mod locate;
mod lost;
mod number;
mod scan;
mod signers;
mod stamp;
mod subject;
#[cfg(test)]
mod tests;
mod title;
mod zone;

use std::ops::Range;

pub use crate::patterns::header::HeaderRules;
use crate::patterns::header::{HeadWords, Title};
use crate::patterns::place::Places;
use crate::record::{Day, Metadata, Signer, Warning};
use crate::structure::section::{Frame, SectionRules};
use crate::words::Text;
use crate::words::shadow::floor_boundary;
use crate::words::tokens::Tokens;
use doubt::Doubts;
use scan::Scan;
use zone::{Gap, Tok};

/// Length of most heads in bytes, and of the longest: with stamps, menus or metadata blocks above.
const HEAD: [usize; 2] = [3000, 6000];
/// The code of a letter (công văn), whose symbol names no type.
const LETTER: &str = "CV";

/// The document's own identity; ranges are byte ranges of the shadow.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The fields of the record; `period` is left open.
    pub metadata: Metadata,
    /// Number and symbol: not a reference.
    pub number_range: Option<Range<usize>>,
    /// The date of issue with its word "ngày", also where it is left blank.
    pub date_range: Option<Range<usize>>,
    /// The place before the date.
    pub place_range: Option<Range<usize>>,
    /// The issuing body.
    pub issuer_range: Option<Range<usize>>,
    /// The title's abstract (trích yếu).
    pub subject_range: Option<Range<usize>>,
    /// Numbers and dates of the incoming stamp and of signing systems: neither references nor dates of the document.
    pub stamp_ranges: Vec<Range<usize>>,
    /// Where head and foot stand, for the outline.
    pub frame: Frame,
    /// The year inside the document's own number, where slashes set it apart: 2017 of `16/2017/QĐ-UBND`.
    pub number_year: Option<u16>,
    /// What the reader of the record should know.
    pub warnings: Vec<Warning>,
    /// The day on which a page without a head was put out.
    pub posted: Option<Range<usize>>,
    /// That day.
    pub posted_date: Option<Day>,
    /// A body of the centre (ministry, government, National Assembly) issued it.
    pub central: bool,
}

/// Reads head and foot.
/// `known`: the tokens of the text.
pub fn read(
    text: &Text<'_>,
    known: &Tokens,
    rules: &HeaderRules,
    places: &Places,
    sections: &SectionRules,
) -> Header {
    let s = text.s();
    // What a page is called in its title is no head.
    let title = text.title();
    let from = title.as_ref().map_or(0, |t| t.end);
    let signed = stamp::signature_blocks(text);
    let read = |to: usize| {
        let mut toks = zone::tokens(s, known, from..forth(s, from, to));
        toks.retain(|t| !signed.iter().any(|block| block.contains(&t.range.start)));
        toks
    };
    let mut toks = read(HEAD[0]);
    let mut scan = scan::scan(s, &toks, rules);
    if scan.title.is_none() && scan.addressed.is_none() && s.len() > HEAD[0] {
        toks = read(HEAD[1]);
        scan = scan::scan(s, &toks, rules);
    }
    let doubts = Doubts::of(text);
    let mut header = Header::default();
    let mut head_to = 0;
    if let Some((_, number)) = &scan.number {
        header.number_range = Some(number.range.clone());
        header.metadata.id.clone_from(&number.id);
        header.number_year = number.year;
        header.metadata.number.clone_from(&number.number);
        header.metadata.symbol.clone_from(&number.symbol);
        head_to = number.range.end;
        if number.number.is_none() && doubts.is_empty() {
            header.overlay(s, &toks, &scan, rules);
        }
        if number.cut {
            header.warn(
                "number_cut",
                "the document's number breaks off with a hyphen; its symbol may be incomplete",
            );
        }
    }
    header.date(s, &toks, &scan);
    // "Vĩnh Yên, ngày 12 tháng 01 năm 2004" below the text dates it, and ends no head.
    let dated = header.date_range.as_ref().filter(|r| !tells_in(s.get(from..r.start).unwrap_or("")));
    head_to = head_to.max(dated.map_or(0, |r| r.end));
    let bodies = header.issuer(s, &toks, &scan, rules, places);
    head_to = head_to.max(bodies.last().map_or(0, |b| b.range.end));
    let mut after = scan.end;
    if let Some((range, end)) = subject::subject(s, &toks, &scan, rules) {
        header.metadata.subject = Some(subject::shown(s, range.clone())).filter(|t| !t.is_empty());
        head_to = head_to.max(range.end);
        header.subject_range = Some(range);
        after = end;
    }
    header.doc_type(&scan, rules);
    if let Some((at, end, _)) = scan.title {
        head_to = head_to.max(toks.get(end.max(at + 1) - 1).map_or(0, |t| t.range.end));
    }
    header.marks(&toks, &scan, rules);
    header.addressees(s, &toks, &scan, after, &rules.words, &doubts);
    header.doubt(s, &doubts, rules);
    header.block(s, &toks, rules);
    let (received, stamps) = stamp::received(s, &toks, &scan, &rules.words);
    header.metadata.received = received;
    header.stamp_ranges = stamps;
    header.stamp_ranges.extend(stamp::signature_dates(s, rules));

    let official = scan.official() || scan.title.is_some();
    let foot =
        if official { closing::read(s, known, head_to, rules, &doubts) } else { closing::Closing::default() };
    header.metadata.signers = if header.metadata.signers.is_empty() {
        foot.signers
    } else {
        merged(header.metadata.signers, foot.signers)
    };
    header.metadata.recipients = foot.recipients;
    header.frame.closing = foot.range.filter(|r| r.len() < 6000);
    if official && head_to > 0 {
        header.frame.header = Some(first_word(s, from)..head_to);
    }
    // Who is named below may be doubted as well.
    header.self_named(s, &toks, &scan, after, rules, places);
    header.doubt(s, &doubts, rules);
    header.own_mention(s, &scan, rules, head_to, &doubts);
    header.minutes(s, head_to, &rules.words, &doubts);
    header.page_title(s, title);
    header.posted(s, from, &rules.words);
    header.locate(s, &scan, rules, places, sections);
    header
}

/// Signers of a metadata block, with the post of the foot where the names agree.
fn merged(block: Vec<Signer>, foot: Vec<Signer>) -> Vec<Signer> {
    let same = |a: &Signer, b: &Signer| a.name.is_some() && a.name == b.name;
    if foot.iter().any(|f| block.iter().any(|b| same(f, b))) { foot } else { block }
}

/// Whether prose stands in a text: several long lines that end with a full stop; one may be what the document is about.
fn tells_in(s: &str) -> bool {
    const LONG: usize = 100;
    const LINES: usize = 3;
    let told = |line: &str| line.chars().count() > LONG && line.trim_end().ends_with('.');
    s.lines().filter(|l| told(l)).take(LINES).count() == LINES
}

fn first_word(s: &str, from: usize) -> usize {
    let rest = s.get(from..).unwrap_or("");
    s.len() - rest.trim_start_matches(crate::words::lines::is_space).len()
}

impl Header {
    fn warn(&mut self, code: &str, message: &str) {
        self.warnings.push(Warning { code: code.into(), message: message.into() });
    }

    fn date(&mut self, s: &str, toks: &[Tok], scan: &Scan) {
        let Some((place, _, day)) = &scan.date else { return };
        if let Some(range) = zone::span(toks, place.clone()).filter(|r| !r.is_empty()) {
            self.metadata.place = s.get(range.clone()).map(zone::clean).filter(|p| !p.is_empty());
            self.place_range = Some(range);
        }
        self.metadata.issue_date = day.whole();
        if day.impossible() {
            self.warn("impossible_date", "the date of issue names a day that does not exist");
        }
        self.date_range = Some(day.range.clone());
    }

    fn issuer(
        &mut self,
        s: &str,
        toks: &[Tok],
        scan: &Scan,
        rules: &HeaderRules,
        places: &Places,
    ) -> Vec<issuer::Body> {
        let end = scan
            .number
            .as_ref()
            .map(|(i, _)| *i)
            .or(scan.title.map(|(i, _, _)| i))
            .or(scan.about)
            .or(scan.date.as_ref().map(|(_, i, _)| *i))
            .unwrap_or(if scan.motto { scan.end.min(60) } else { 0 });
        // "UBND QUẬN LONG BIÊN / UBND PHƯỜNG VIỆT HƯNG / BIÊN BẢN": a title alone makes a head of the bodies above it.
        let end = if scan.official() || scan.title.is_some_and(|(i, ..)| i > 0) { end } else { 0 };
        let mut bodies = issuer::bodies(s, toks, scan, rules, places, end);
        // Treaties and forms bear the motto too: without number and date a local body must be named.
        let local = |b: &issuer::Body| places.mentions(&b.written, None).iter().any(|m| m.kind.is_some());
        if scan.number.is_none() && scan.date.is_none() && !bodies.iter().any(local) {
            bodies.clear();
        }
        // "BỘ CÔNG AN - BỘ QUỐC PHÒNG -⏎BỘ Y TẾ": a joint document has several issuers and no body above them.
        if issuer::are_joint(s, &bodies)
            && let (Some(first), Some(last)) = (bodies.first(), bodies.last())
        {
            let names: Vec<String> =
                bodies.iter().map(|b| issuer::in_full(&b.written, rules, places)).collect();
            self.metadata.issuer = Some(names.join(" - "));
            self.issuer_range = Some(first.range.start..last.range.end);
            return bodies;
        }
        if let Some(body) = bodies.last() {
            self.metadata.issuer = Some(issuer::in_full(&body.written, rules, places));
            self.issuer_range = Some(body.range.clone());
        }
        if let Some(parent) = bodies.iter().rev().nth(1) {
            let parent = issuer::in_full(&parent.written, rules, places);
            self.metadata.issuer_parent = Some(parent).filter(|p| self.metadata.issuer.as_ref() != Some(p));
        }
        bodies
    }

    fn doc_type(&mut self, scan: &Scan, rules: &HeaderRules) {
        let number = scan.number.as_ref().map(|(_, n)| n);
        let symbol = number.and_then(|n| n.type_code.clone().zip(n.type_name.clone()));
        let of = |t: &Title| (t.code.clone(), t.name.clone());
        let title = scan.title.and_then(|(_, _, t)| rules.titles.get(t)).map(of);
        // Party documents call a thông tri TT and a quy định QĐ; the title decides.
        let (about, addressed) = (scan.about.is_some(), scan.addressed.is_some());
        let symbolled = number.is_some_and(|n| n.symbol.is_some());
        let letter = if symbolled { about || addressed } else { scan.official() && about && addressed };
        // A consolidated text (văn bản hợp nhất) bears the title of the document that it shows.
        let consolidated = symbol.clone().filter(|(code, _)| code == "VBHN");
        let found = consolidated
            .or(title)
            .or(symbol)
            .or_else(|| rules.titles.iter().filter(|_| letter).find(|t| t.code == LETTER).map(of));
        if let Some((code, name)) = found {
            self.metadata.doc_type = Some(code);
            self.metadata.doc_type_name = Some(name);
        }
    }

    /// Urgency and secrecy: words that stand alone.
    fn marks(&mut self, toks: &[Tok], scan: &Scan, rules: &HeaderRules) {
        for piece in zone::pieces(toks.get(..scan.end).unwrap_or(&[]), Gap::Wide) {
            let words: Vec<&Tok> = toks.get(piece).unwrap_or(&[]).iter().filter(|t| t.word).collect();
            if words.is_empty() || words.len() > 4 || !words.iter().all(|t| t.upper) {
                continue;
            }
            let key = |n: usize| words.get(n).map_or("", |t| t.key.as_str());
            let whole = |found: Option<(usize, usize)>| found.is_some_and(|(n, _)| n == words.len());
            let text = || words.iter().map(|t| t.key.to_uppercase()).collect::<Vec<_>>().join(" ");
            if whole(rules.urgency.at(key)) {
                self.metadata.urgency = Some(text());
            } else if whole(rules.secrecy.at(key)) {
                self.metadata.secrecy = Some(text());
            }
        }
    }

    /// Kính gửi: one body after the colon, or a list of lines with dashes.
    fn addressees(
        &mut self,
        s: &str,
        toks: &[Tok],
        scan: &Scan,
        after: usize,
        words: &HeadWords,
        doubts: &Doubts,
    ) {
        let at = scan.addressed.or_else(|| {
            (after..(after + 40).min(toks.len())).find(|&i| {
                words.addresses.has(scan::key(toks, i))
                    && words.addressed.has(scan::key(toks, i + 1))
                    && toks.get(i).is_some_and(|t| t.capital)
            })
        });
        // "THỦ TƯỚNG CHÍNH PHỦ điện:" opens the list of a telegram (công điện).
        let telegram = || {
            let is_telegram = self.metadata.doc_type.as_deref() == Some("CĐ");
            let ends = |&i: &usize| words.wires.has(scan::key(toks, i)) && scan::key(toks, i + 1) == ":";
            (after..(after + 30).min(toks.len())).find(ends).filter(|_| is_telegram)
        };
        let Some(mut from) = at.map(|at| at + 2).or_else(|| Some(telegram()? + 1)) else { return };
        from += usize::from(scan::key(toks, from) == ":");
        let mut items: Vec<Range<usize>> = Vec::new();
        let mut listed = false;
        for i in from..toks.len() {
            let Some(tok) = toks.get(i) else { break };
            // The right column of the head may come between.
            if scan.claimed.get(i).copied().unwrap_or(false) {
                continue;
            }
            let dash = matches!(tok.key.as_str(), "-" | "–" | "+" | "•")
                && (tok.gap >= Gap::Double || i == from || scan::key(toks, i - 1) == ";");
            let first = items.is_empty();
            if dash {
                listed = true;
                items.push(i + 1..i + 1);
                continue;
            }
            let just_dashed = items.last().is_some_and(|r| r.start == r.end);
            let breaks = tok.gap >= Gap::Line && !first && !just_dashed;
            let low = s.get(tok.range.clone()).is_some_and(|t| t.starts_with(char::is_lowercase));
            let closed = matches!(scan::key(toks, i - 1), "." | ";")
                && !words.stopped.has(scan::key(toks, i.saturating_sub(2)));
            // A new line goes on only in small letters, or inside a list item that has not closed.
            let wrapped = low && (listed || !closed) || listed && !closed;
            if breaks && (tok.gap >= Gap::Blank || tok.key == "(" || !wrapped) {
                break;
            }
            match items.last_mut() {
                Some(item) if item.start == item.end => *item = i..i + 1,
                Some(item) if !breaks || low || listed => item.end = i + 1,
                Some(_) => break,
                None => items.push(i..i + 1),
            }
            if items.len() > 40 || items.last().is_some_and(|r| r.len() > 80) {
                break;
            }
        }
        for item in items {
            let Some(range) = zone::span(toks, item).filter(|r| !doubts.holds(r)) else { continue };
            let text = s.get(range).map(zone::clean).unwrap_or_default();
            let parts: Vec<&str> = if listed { vec![text.as_str()] } else { text.split(';').collect() };
            for part in parts {
                let part = part
                    .trim()
                    .trim_end_matches(['.', ';', ',', ':'])
                    .trim_start_matches(['-', '–', ' '])
                    .trim();
                if part.chars().any(char::is_alphabetic) && part.len() < 300 {
                    self.metadata.addressees.push(part.to_owned());
                }
            }
        }
    }

    /// A web page's metadata block fills what the header leaves empty.
    fn block(&mut self, s: &str, toks: &[Tok], rules: &HeaderRules) {
        let Some(block) = block::read(s, toks, rules) else { return };
        let m = &mut self.metadata;
        if let (None, Some(number)) = (&m.id, block.number) {
            m.id = number.id;
            self.number_year = number.year;
            m.number = number.number;
            m.symbol = number.symbol;
            if m.doc_type.is_none() {
                m.doc_type = number.type_code;
                m.doc_type_name = number.type_name;
            }
            self.number_range.get_or_insert(number.range);
        }
        if let Some(title) = block.doc_type.and_then(|t| rules.titles.get(t)).filter(|_| m.doc_type.is_none())
        {
            m.doc_type = Some(title.code.clone());
            m.doc_type_name = Some(title.name.clone());
        }
        if let (None, Some((day, range))) = (&m.issue_date, block.date) {
            m.issue_date = Some(day);
            self.date_range.get_or_insert(range);
        }
        m.issuer = m.issuer.take().or(block.issuer);
        m.subject = m.subject.take().or(block.subject);
        if let Some(name) = block.signer.filter(|_| m.signers.is_empty()) {
            m.signers.push(Signer { name: Some(name), position: None, authority: None });
        }
    }
}

fn forth(s: &str, at: usize, by: usize) -> usize {
    floor_boundary(s, at + by)
}
