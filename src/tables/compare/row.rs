//! One value of one indicator in one place and period, with where it comes from.

use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Document, period};
pub use crate::claim::number::vietnamese;
use crate::record::{self, Basis, Indicator, Metadata, Period, RECORD_SCHEMA};

/// Administrative level of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The whole country.
    Country,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh.
    District,
    /// Xã, phường, thị trấn.
    Commune,
    /// The document names no place.
    Unknown,
}

impl Level {
    /// The Vietnamese word for it, as `--level` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Country => "cả nước",
            Self::Province => "tỉnh",
            Self::District => "huyện",
            Self::Commune => "xã",
            Self::Unknown => "",
        }
    }
}

/// Where a value is from, as the document names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The level of the body that reports.
    pub level: Level,
    /// The province, as it was at the document's date.
    pub province: Option<String>,
    /// The province it belongs to today.
    pub now: Option<String>,
    /// The district.
    pub district: Option<String>,
    /// The commune.
    pub commune: Option<String>,
}

impl Place {
    fn of(m: &Metadata, scope: Option<&str>) -> Self {
        let province = m.province.as_ref().map(|p| p.name.clone());
        let now = m.province.as_ref().and_then(|p| p.current.as_ref()).map(|a| a.name.clone());
        let area = |a: &Option<record::Area>| a.as_ref().map(|a| a.name.clone());
        if scope.is_some_and(is_country) {
            return Self { level: Level::Country, province: None, now: None, district: None, commune: None };
        }
        let (district, commune) = (area(&m.district), area(&m.commune));
        let level = match (&province, &district, &commune) {
            (_, _, Some(_)) => Level::Commune,
            (_, Some(_), _) => Level::District,
            (Some(_), ..) => Level::Province,
            _ => Level::Unknown,
        };
        Self { level, province, now, district, commune }
    }

    /// The place that an item carries.
    fn of_item(place: &record::Place) -> Self {
        let area = |a: &Option<record::Area>| a.as_ref().map(|a| a.name.clone());
        let now = place.province.as_ref().and_then(|p| p.current.as_ref()).map(|a| a.name.clone());
        let level = match place.level {
            record::Level::Country => Level::Country,
            record::Level::Province => Level::Province,
            record::Level::District => Level::District,
            record::Level::Commune => Level::Commune,
        };
        let province = place.province.as_ref().map(|p| p.name.clone());
        Self { level, province, now, district: area(&place.district), commune: area(&place.commune) }
    }

    /// The name from the smallest unit up: "Xuân Phú, Sông Mã, Sơn La".
    pub fn name(&self) -> String {
        if self.level == Level::Country {
            return Level::Country.name().into();
        }
        let parts = [&self.commune, &self.district, &self.province];
        parts.iter().filter_map(|p| p.as_deref()).collect::<Vec<_>>().join(", ")
    }

    /// The name with the present-day province where that is another: "Hà Giang (nay Tuyên Quang)".
    pub fn full_name(&self) -> String {
        match (&self.province, &self.now) {
            (Some(old), Some(now)) if old != now => format!("{} (nay {now})", self.name()),
            _ => self.name(),
        }
    }

    /// Key by which places sort: province, district, commune.
    pub fn sort_key(&self) -> String {
        let parts = [&self.province, &self.district, &self.commune];
        parts.map(|p| p.as_deref().map(alphabetic).unwrap_or_default()).concat()
    }
}

/// A key that sorts as the Vietnamese alphabet does: Đ behind D.
pub fn alphabetic(name: &str) -> String {
    crate::patterns::catalogue::key(name).replace('đ', "d\u{2060}")
}

/// Whether a scope is the whole country.
fn is_country(scope: &str) -> bool {
    let key = crate::patterns::catalogue::key(scope);
    ["cả nước", "toàn quốc", "quốc gia"].iter().any(|s| key.contains(&crate::patterns::catalogue::key(s)))
}

/// The document that a value is from; shared by all its values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Path of the file.
    pub path: String,
    /// Id of the record.
    pub record: String,
    /// Number and symbol of the document.
    pub document: Option<String>,
    /// Its day of issue.
    pub issue_date: Option<String>,
    /// Other paths of the same content, which counts once.
    pub copies: Vec<String>,
}

/// Where in which document a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub origin: Arc<Origin>,
    /// Page, from 1.
    pub page: u32,
    /// Line, from 1.
    pub line: u32,
    /// First character in the text.
    pub start: u32,
    /// Id of the item.
    pub item: SmolStr,
    /// As written.
    pub text: SmolStr,
    /// The sentence; shared by all values in it.
    pub sentence: Arc<str>,
    /// Span of the item inside the sentence, in Unicode scalar values, where it lies in it.
    pub mark: Option<[u32; 2]>,
}

/// What is stated, all but the number: the same for many values, which share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct What {
    /// Id in the catalogue.
    pub indicator: String,
    /// Who it counts, where the text says so.
    pub scope: Option<String>,
    /// `actual`, `target`, `change`, `gap`, `norm`.
    pub role: String,
    /// Kind of the item.
    pub kind: String,
    /// Unit.
    pub unit: Option<String>,
    /// `exact`, `about` …
    pub bound: String,
    /// `up` or `down`.
    pub direction: Option<String>,
    /// `năm`, `người` …
    pub per: Option<String>,
}

/// Of which provinces a value is the sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Those whose counts were summed.
    pub parts: Vec<String>,
    /// Those of which no count is there, though they are part of the province of today.
    pub missing: Vec<String>,
}

impl Sum {
    /// "2 of 3, without Bắc Kạn", or "3 of 3".
    pub fn completeness(&self) -> String {
        let of = self.parts.len() + self.missing.len();
        match self.missing.as_slice() {
            [] => format!("{of} of {of}"),
            missing => format!("{} of {of}, without {}", self.parts.len(), missing.join(", ")),
        }
    }
}

/// One value. What many values have in common stands behind shared pointers: there may be millions of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What is stated.
    pub what: Arc<What>,
    /// Where.
    pub place: Arc<Place>,
    /// When: the item's own period, else the document's, else its year of issue.
    pub period: Option<Arc<Period>>,
    /// What the period rests on: `item`, `document`, `issue`.
    pub period_basis: &'static str,
    /// Exact value.
    pub value: Option<Decimal>,
    /// Both ends, of a range: `value` is the lower one.
    pub range: Option<[Decimal; 2]>,
    /// Of a ratio or rank.
    pub numerator: Option<Decimal>,
    /// Of a ratio or rank.
    pub denominator: Option<Decimal>,
    /// Of a sum of provinces that are one today; none for a value as stated.
    pub sum: Option<Arc<Sum>>,
    /// Where it stands; of a sum, each part.
    pub sources: Vec<Source>,
}

impl std::ops::Deref for Row {
    type Target = What;

    fn deref(&self) -> &What {
        &self.what
    }
}

impl Row {
    /// First and last day of the period.
    pub(super) fn span(&self) -> Option<(&str, &str)> {
        self.period.as_ref().map(|p| (p.start.as_str(), p.end.as_str()))
    }

    /// Where it stands first.
    pub(super) fn stands(&self) -> Option<(&str, u32)> {
        self.sources.first().map(|s| (s.origin.path.as_str(), s.start))
    }

    /// The year it is about.
    pub fn year(&self) -> Option<i32> {
        self.period.as_deref().and_then(period::year)
    }

    /// The value as people read it: "89,64", "36/36", "≥ 80", "−1,2".
    pub fn shown(&self) -> String {
        let sign = match self.bound.as_str() {
            "about" => "≈ ",
            "at_least" => "≥ ",
            "more_than" => "> ",
            "at_most" => "≤ ",
            "less_than" => "< ",
            _ => "",
        };
        let direction = match self.direction.as_deref() {
            Some("up") => "+",
            Some("down") => "−",
            _ => "",
        };
        let range = self.range.map(|[low, high]| format!("{}–{}", vietnamese(low), vietnamese(high)));
        let body = match (self.value, self.numerator, self.denominator) {
            (Some(_), None, None) if range.is_some() => range.unwrap_or_default(),
            (_, Some(n), Some(d)) => format!("{}/{}", vietnamese(n), vietnamese(d)),
            (Some(v), ..) => vietnamese(v),
            (None, Some(n), None) => vietnamese(n),
            _ => self.sources.first().map(|s| s.text.to_string()).unwrap_or_default(),
        };
        format!("{sign}{direction}{body}")
    }

    /// The unit of [`Row::number`]: ratios are drawn as percentages.
    pub fn number_unit(&self) -> String {
        if self.kind == "ratio" { "%".into() } else { self.unit.clone().unwrap_or_default() }
    }

    /// The value as one number for charts: of a ratio the percentage it makes.
    pub fn number(&self) -> Option<Decimal> {
        match (self.kind.as_str(), self.value, self.numerator, self.denominator) {
            ("ratio", _, Some(n), Some(d)) if !d.is_zero() => {
                n.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(d).map(|q| q.round_dp(2))
            }
            ("rank", v, n, _) => n.or(v),
            (_, v, ..) => v,
        }
    }
}

/// Order of the roles.
pub fn role_rank(role: &str) -> usize {
    ["actual", "target", "change", "gap", "norm"].iter().position(|r| *r == role).unwrap_or(9)
}

/// What a document gives to a comparison.
#[derive(Debug, Default)]
pub struct Rows {
    /// Values whose indicator, place and time are certain.
    pub rows: Vec<Row>,
    /// How many known indicators stand apart: without a place or a time, or rules rather than values of a place.
    pub apart: usize,
}

/// The rows of a document: of every indicator with an id in the catalogue, none of boilerplate.
pub fn rows(document: &Document) -> Rows {
    let m = &document.metadata;
    let origin = Arc::new(Origin {
        path: document.source.path.clone(),
        record: document.id.clone(),
        document: m.id.clone(),
        issue_date: m.issue_date.clone(),
        copies: Vec::new(),
    });
    let place = Arc::new(Place::of(m, None));
    let mut sentence: Option<([usize; 2], Arc<str>)> = None;
    let mut out = Rows::default();
    for i in document.indicators.iter().filter(|i| !i.boilerplate && i.indicator.is_some()) {
        // Both items of a range carry both ends: the lower one stands for the two.
        if i.range.is_some_and(|range| i.value == Some(range.high) && range.low != range.high) {
            continue;
        }
        if document.schema == RECORD_SCHEMA && (i.place.is_none() || i.period.is_none() || i.role == NORM) {
            out.apart += 1;
            continue;
        }
        let text = match (&i.sentence, &sentence) {
            (Some(s), Some((span, text))) if s.span == *span => Arc::clone(text),
            (Some(s), _) => Arc::from(s.text.as_str()),
            (None, _) => Arc::from(i.text.as_str()),
        };
        sentence = i.sentence.as_ref().map(|s| (s.span, Arc::clone(&text)));
        out.rows.extend(row(document, i, &origin, &place, text));
    }
    out
}

/// The role of a rule for all, which is no value of a place.
const NORM: &str = "norm";

fn row(
    document: &Document,
    item: &Indicator,
    origin: &Arc<Origin>,
    place: &Arc<Place>,
    sentence: Arc<str>,
) -> Option<Row> {
    let m = &document.metadata;
    let issue_year = || {
        let year = m.issue_date.as_deref()?.get(..4)?;
        Some(Period {
            start: format!("{year}-01-01").into(),
            end: format!("{year}-12-31").into(),
            text: None,
            basis: None,
        })
    };
    let (period, period_basis) = match (&item.period, &m.period) {
        (Some(p), _) => {
            let basis = match p.basis {
                Some(Basis::Document) => "document",
                Some(Basis::Issue) => "issue",
                _ => "item",
            };
            (Some(bare(p)), basis)
        }
        // Records of older versions leave the frame of the document to the reader.
        (None, Some(p)) => (Some(bare(p)), "document"),
        (None, None) => match issue_year() {
            Some(p) => (Some(p), "issue"),
            None => (None, ""),
        },
    };
    let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mark = item.sentence.as_ref().and_then(|s| {
        let inside = s.span[0] <= item.span[0] && item.span[1] <= s.span[1];
        inside.then(|| [short(item.span[0] - s.span[0]), short(item.span[1] - s.span[0])])
    });
    let own = |s: &Option<SmolStr>| s.as_deref().map(str::to_owned);
    Some(Row {
        what: Arc::new(What {
            indicator: own(&item.indicator)?,
            scope: item.scope.as_deref().map(str::to_owned),
            role: item.role.as_str().into(),
            kind: item.kind.as_str().into(),
            unit: own(&item.unit),
            bound: item.bound.as_str().into(),
            direction: own(&item.direction),
            per: own(&item.per),
        }),
        place: match (&item.place, item.scope.as_deref()) {
            (Some(place), _) => Arc::new(Place::of_item(place)),
            (None, Some(scope)) if is_country(scope) => Arc::new(Place::of(m, Some(scope))),
            _ => Arc::clone(place),
        },
        range: item.range.map(|r| [r.low, r.high]),
        period: period.map(Arc::new),
        period_basis,
        value: item.value,
        numerator: item.numerator,
        denominator: item.denominator,
        sum: None,
        sources: vec![Source {
            origin: Arc::clone(origin),
            page: short(item.page),
            line: short(item.line),
            start: short(item.span[0]),
            item: item.id.as_str().into(),
            text: item.text.as_str().into(),
            sentence,
            mark,
        }],
    })
}

/// A period without the words that say it: the sentence has them.
fn bare(p: &Period) -> Period {
    Period { start: p.start.clone(), end: p.end.clone(), text: None, basis: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_vietnamese_writes_them() {
        for (given, want) in
            [("17512432000", "17.512.432.000"), ("89.640", "89,64"), ("-1.2", "−1,2"), ("0", "0")]
        {
            assert_eq!(vietnamese(given.parse().unwrap()), want);
        }
    }
}
