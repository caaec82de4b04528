//! One value of one indicator in one place and period, with where it comes from.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Document, period};
use crate::record::{Indicator, Metadata, Period};

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
        let area = |a: &Option<crate::record::Area>| a.as_ref().map(|a| a.name.clone());
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
}

/// Where in which document a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub origin: Arc<Origin>,
    /// Page, from 1.
    pub page: usize,
    /// Line, from 1.
    pub line: usize,
    /// First character in the text.
    pub start: usize,
    /// Id of the item.
    pub item: String,
    /// As written.
    pub text: String,
    /// The sentence.
    pub sentence: String,
    /// Span of the item inside the sentence, in Unicode scalar values, where it lies in it.
    pub mark: Option<[usize; 2]>,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Id in the catalogue.
    pub indicator: String,
    /// Where; shared by all values of a document.
    pub place: Arc<Place>,
    /// Who it counts, where the text says so.
    pub scope: Option<String>,
    /// When: the item's own period, else the document's, else its year of issue.
    pub period: Option<Period>,
    /// What the period rests on: `item`, `document`, `issue`.
    pub period_basis: &'static str,
    /// `actual`, `target`, `change`, `gap`, `norm`.
    pub role: String,
    /// Kind of the item.
    pub kind: String,
    /// Exact value.
    pub value: Option<Decimal>,
    /// Of a ratio or rank.
    pub numerator: Option<Decimal>,
    /// Of a ratio or rank.
    pub denominator: Option<Decimal>,
    /// Unit.
    pub unit: Option<String>,
    /// `exact`, `about` …
    pub bound: String,
    /// `up` or `down`.
    pub direction: Option<String>,
    /// `năm`, `người` …
    pub per: Option<String>,
    /// The provinces whose counts were summed; empty for a value as stated.
    pub summed: Vec<String>,
    /// Where it stands; of a sum, each part.
    pub sources: Vec<Source>,
}

impl Row {
    /// The year it is about.
    pub fn year(&self) -> Option<i32> {
        self.period.as_ref().and_then(period::year)
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
        let body = match (self.value, self.numerator, self.denominator) {
            (_, Some(n), Some(d)) => format!("{}/{}", vietnamese(n), vietnamese(d)),
            (Some(v), ..) => vietnamese(v),
            (None, Some(n), None) => vietnamese(n),
            _ => self.sources.first().map(|s| s.text.clone()).unwrap_or_default(),
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

/// A number in Vietnamese writing: 17.512.432.000 and 89,64.
pub fn vietnamese(d: Decimal) -> String {
    let plain = d.normalize().to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |p| ("−", p));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push('.');
        }
        out.push(c);
    }
    if !rest.is_empty() {
        out.push(',');
        out.push_str(rest);
    }
    out
}

/// Order of the roles.
pub fn role_rank(role: &str) -> usize {
    ["actual", "target", "change", "gap", "norm"].iter().position(|r| *r == role).unwrap_or(9)
}

/// The rows of a document: of every indicator with an id in the catalogue, none of boilerplate.
pub fn rows(document: &Document) -> impl Iterator<Item = Row> {
    let m = &document.metadata;
    let origin = Arc::new(Origin {
        path: document.source.path.clone(),
        record: document.id.clone(),
        document: m.id.clone(),
        issue_date: m.issue_date.clone(),
    });
    let place = Arc::new(Place::of(m, None));
    document.indicators.iter().filter_map(move |i| row(document, i, &origin, &place))
}

fn row(document: &Document, item: &Indicator, origin: &Arc<Origin>, place: &Arc<Place>) -> Option<Row> {
    let indicator = item.indicator.clone().filter(|_| !item.boilerplate)?;
    let m = &document.metadata;
    let issue_year = || {
        let year = m.issue_date.as_deref()?.get(..4)?;
        Some(Period { start: format!("{year}-01-01"), end: format!("{year}-12-31"), text: None })
    };
    let (period, period_basis) = match (&item.period, &m.period) {
        (Some(p), _) => (Some(bare(p)), "item"),
        (None, Some(p)) => (Some(bare(p)), "document"),
        (None, None) => match issue_year() {
            Some(p) => (Some(p), "issue"),
            None => (None, ""),
        },
    };
    let sentence = item.sentence.as_ref();
    let mark = sentence.and_then(|s| {
        let inside = s.span[0] <= item.span[0] && item.span[1] <= s.span[1];
        inside.then(|| [item.span[0] - s.span[0], item.span[1] - s.span[0]])
    });
    Some(Row {
        indicator,
        place: match item.scope.as_deref() {
            Some(scope) if is_country(scope) => Arc::new(Place::of(m, Some(scope))),
            _ => Arc::clone(place),
        },
        scope: item.scope.clone(),
        period,
        period_basis,
        role: item.role.clone(),
        kind: item.kind.clone(),
        value: item.value,
        numerator: item.numerator,
        denominator: item.denominator,
        unit: item.unit.clone(),
        bound: item.bound.clone(),
        direction: item.direction.clone(),
        per: item.per.clone(),
        summed: Vec::new(),
        sources: vec![Source {
            origin: Arc::clone(origin),
            page: item.page,
            line: item.line,
            start: item.span[0],
            item: item.id.clone(),
            text: item.text.clone(),
            sentence: sentence.map_or_else(|| item.text.clone(), |s| s.text.clone()),
            mark,
        }],
    })
}

/// A period without the words that say it: the sentence has them.
fn bare(p: &Period) -> Period {
    Period { start: p.start.clone(), end: p.end.clone(), text: None }
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
