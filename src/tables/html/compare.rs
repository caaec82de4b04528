//! The page of `baocao compare --format html`: one part an indicator, with two small drawings and a table whose every
//! value opens the sentence it is from.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use askama::Template;
use rustc_hash::FxHashSet;

use super::{Marked, chart};
use crate::patterns::catalogue::{Catalogue, key};
use crate::tables::compare::period;
use crate::tables::compare::row::{Place, Row};
use crate::tables::compared::per_unit;

/// Kinds of place that stand before a name.
const KINDS: [&str; 9] =
    ["tỉnh", "toàn tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn"];
/// Words for the whole of the place that reports.
const WHOLE: [&str; 5] = ["toàn tỉnh", "toàn huyện", "toàn xã", "toàn thành phố", "cả tỉnh"];
/// Most rows on one page: beyond, a browser gets slow. The page says what it leaves out.
const MOST_ROWS: usize = 20_000;

#[derive(Template)]
#[template(path = "compare.html")]
struct Page<'a> {
    parts: Vec<Part<'a>>,
    values: usize,
    documents: usize,
    places: usize,
    left_out: usize,
    roles: Vec<String>,
    levels: Vec<&'static str>,
    groups: Vec<(String, &'a str)>,
}

struct Part<'a> {
    id: &'a str,
    group: &'a str,
    name: &'a str,
    name_en: &'a str,
    edition: &'a str,
    by_place: Option<String>,
    by_year: Option<String>,
    rows: Vec<Line>,
}

struct Line {
    place: String,
    now: String,
    scope: String,
    level: &'static str,
    period: String,
    period_key: String,
    inferred: bool,
    role: String,
    value: String,
    number: String,
    unit: String,
    summed: String,
    sources: Vec<From>,
}

struct From {
    path: String,
    document: String,
    page: u32,
    line: u32,
    sentence: Marked,
}

/// Writes the page.
///
/// # Errors
/// A template that cannot be written: none in a tested build.
pub fn page(rows: &[Row], catalogue: &Catalogue, out: &mut Vec<u8>) -> io::Result<()> {
    let shown = rows.get(..rows.len().min(MOST_ROWS)).unwrap_or(rows);
    let documents: BTreeSet<&str> =
        rows.iter().flat_map(|r| &r.sources).map(|s| s.origin.path.as_str()).collect();
    let mut places: FxHashSet<&Place> = rows.iter().map(|r| &*r.place).collect();
    places.retain(|p| !p.name().is_empty());
    let roles: BTreeSet<&str> = rows.iter().map(|r| r.role.as_str()).collect();
    let mut roles: Vec<String> = roles.into_iter().map(str::to_owned).collect();
    roles.sort_by_key(|r| crate::tables::compare::row::role_rank(r));
    let mut levels: BTreeMap<_, &'static str> = BTreeMap::new();
    for r in rows.iter().filter(|r| !r.place.level.name().is_empty()) {
        levels.insert(r.place.level, r.place.level.name());
    }
    let parts: Vec<Part<'_>> = shown
        .chunk_by(|a, b| a.indicator == b.indicator)
        .filter_map(|group| {
            let id = group.first()?.indicator.as_str();
            let entry = catalogue.get(id);
            Some(Part {
                id,
                group: entry.map_or("", |e| e.group.as_str()),
                name: entry.map_or(id, |e| e.name_vi.as_str()),
                name_en: entry.map_or("", |e| e.name_en.as_str()),
                edition: entry.and_then(|e| e.edition.as_deref()).unwrap_or(""),
                by_place: chart::by_place(group),
                by_year: chart::by_year(group),
                rows: group.iter().map(line).collect(),
            })
        })
        .collect();
    let used = |id: &str| parts.iter().any(|p| p.group == id);
    let groups = catalogue
        .groups()
        .iter()
        .filter(|g| used(&g.id))
        .map(|g| (g.id.clone(), g.name_vi.as_str()))
        .collect();
    let page = Page {
        values: rows.len(),
        documents: documents.len(),
        places: places.len(),
        left_out: rows.len() - shown.len(),
        roles,
        levels: levels.into_values().collect(),
        groups,
        parts,
    };
    page.write_into(out).map_err(io::Error::other)
}

/// Whether a scope only says the place again: "tỉnh Sơn La", "toàn tỉnh".
fn says_place(scope: &str, r: &Row) -> bool {
    let scope = key(scope);
    let own = [&r.place.commune, &r.place.district, &r.place.province].into_iter().flatten().next();
    let again = own.is_some_and(|name| {
        let kind = scope.strip_suffix(key(name).trim_start()).unwrap_or("none");
        KINDS.iter().any(|k| key(k).trim() == kind.trim()) || kind.trim().is_empty()
    });
    again || WHOLE.iter().any(|w| key(w) == scope)
}

fn line(r: &Row) -> Line {
    let now = match (&r.place.province, &r.place.now) {
        (Some(old), Some(now)) if old != now => now.clone(),
        _ => String::new(),
    };
    Line {
        place: r.place.name(),
        now,
        scope: r.scope.clone().filter(|s| !says_place(s, r)).unwrap_or_default(),
        level: r.place.level.name(),
        period: r.period.as_deref().map(period::label).unwrap_or_default(),
        period_key: r.period.as_ref().map(|p| format!("{} {}", p.end, p.start)).unwrap_or_default(),
        inferred: r.period_basis == "issue",
        role: r.role.clone(),
        value: r.shown(),
        number: r.number().map(|n| n.to_string()).unwrap_or_default(),
        unit: per_unit(r),
        summed: r
            .sum
            .as_ref()
            .map(|s| format!("{} ({})", s.parts.join(" + "), s.completeness()))
            .unwrap_or_default(),
        sources: r
            .sources
            .iter()
            .map(|s| From {
                path: s.origin.path.clone(),
                document: s.origin.document.clone().unwrap_or_default(),
                page: s.page,
                line: s.line,
                sentence: Marked::of(s),
            })
            .collect(),
    }
}
