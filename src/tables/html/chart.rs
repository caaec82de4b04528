//! Small drawings in SVG: values by place as dots on a line, values by year as lines. Colours come from the page.

use std::collections::BTreeMap;
use std::fmt::Write;

use rust_decimal::prelude::ToPrimitive;

use crate::tables::compare::row::{Row, alphabetic, vietnamese};

/// Most places that one drawing names.
const MOST: usize = 24;
/// Most places that get a colour of their own.
const COLOURS: usize = 8;

/// The values that can be drawn together: those of the most frequent role, kind and unit.
struct Series<'a> {
    points: Vec<(String, i32, f64, &'a Row)>,
    unit: String,
}

fn series(rows: &[Row]) -> Option<Series<'_>> {
    let same = |r: &Row| (r.role.clone(), r.kind == "rank", r.number_unit());
    let mut sizes: BTreeMap<_, usize> = BTreeMap::new();
    for r in rows {
        *sizes.entry(same(r)).or_default() += 1;
    }
    let (most, _) = sizes.into_iter().min_by_key(|(k, n)| (k.0 != "actual", usize::MAX - n))?;
    let points = rows
        .iter()
        .filter(|r| same(r) == most)
        .filter_map(|r| Some((r.place.name(), r.year()?, r.number()?.to_f64()?, r)))
        .filter(|p| !p.0.is_empty() && p.2.is_finite())
        .collect();
    Some(Series { points, unit: most.2.to_string() })
}

/// Values by place, the latest year of each: nothing for fewer than two places.
pub fn by_place(rows: &[Row]) -> Option<String> {
    let s = series(rows)?;
    let mut latest: BTreeMap<String, (String, i32)> = BTreeMap::new();
    for (place, year, ..) in &s.points {
        let known = latest.entry(alphabetic(place)).or_insert_with(|| (place.clone(), *year));
        known.1 = known.1.max(*year);
    }
    if latest.len() < 2 {
        return None;
    }
    let mut lines: Vec<(String, i32, Vec<f64>, String)> = Vec::new();
    for (place, year) in latest.into_values() {
        let here = s.points.iter().filter(|p| p.0 == place && p.1 == year);
        let values: Vec<f64> = here.clone().map(|p| p.2).collect();
        let mut shown: Vec<String> = here.map(|p| p.3.shown()).collect();
        shown.dedup();
        let shown = match shown.as_slice() {
            [one] => shorten(one, 11),
            many => format!("{} values", many.len()),
        };
        lines.push((place, year, values, shown));
    }
    let top = |v: &[f64]| v.iter().copied().fold(f64::MIN, f64::max);
    lines.sort_by(|a, b| top(&b.2).total_cmp(&top(&a.2)).then_with(|| a.0.cmp(&b.0)));
    let hidden = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let highest = lines.iter().map(|l| top(&l.2)).fold(0.0, f64::max);
    let lowest = lines.iter().flat_map(|l| &l.2).copied().fold(0.0, f64::min);
    let (left, width, step) = (156.0, 460.0, 20.0);
    let right = width - 96.0;
    let x = |v: f64| left + (v - lowest) / (highest - lowest).max(f64::MIN_POSITIVE) * (right - left);
    let height = lines.len() as f64 * step + 28.0;
    let mut svg = open(width, height, &format!("By place, latest year ({})", s.unit));
    for (i, (place, year, values, shown)) in lines.iter().enumerate() {
        let y = i as f64 * step + 34.0;
        let _ = write!(
            svg,
            r#"<text x="{}" y="{}" class="end">{}</text><line x1="{left}" x2="{right}" y1="{y}" y2="{y}" class="grid"/>"#,
            left - 8.0,
            y + 4.0,
            escape(&shorten(place, 21))
        );
        for v in values {
            let _ = write!(
                svg,
                r#"<line x1="{:.1}" x2="{:.1}" y1="{y}" y2="{y}" class="bar"/><circle cx="{:.1}" cy="{y}" r="4" class="dot"/>"#,
                x(0.0),
                x(*v),
                x(*v)
            );
        }
        let _ = write!(
            svg,
            r#"<text x="{}" y="{}">{} <tspan class="dim">{year}</tspan></text>"#,
            right + 8.0,
            y + 4.0,
            escape(shown)
        );
    }
    svg.push_str("</svg>");
    if hidden > 0 {
        let _ = write!(svg, r#"<p class="dim">and {hidden} places more, in the table</p>"#);
    }
    Some(svg)
}

/// Values by year: nothing for fewer than two years.
pub fn by_year(rows: &[Row]) -> Option<String> {
    let s = series(rows)?;
    let years = || s.points.iter().map(|p| p.1);
    let (first, last) = (years().min()?, years().max()?);
    // A slip in one date must not flatten all others.
    if first == last || last - first > 60 {
        return None;
    }
    let highest = s.points.iter().map(|p| p.2).fold(f64::MIN, f64::max);
    let lowest = s.points.iter().map(|p| p.2).fold(f64::MAX, f64::min);
    let pad = ((highest - lowest) * 0.1).max(highest.abs() * 0.02).max(f64::MIN_POSITIVE);
    let whole = s.unit == "%" && highest <= 100.0 && lowest >= 0.0;
    let (lowest, highest) = if whole {
        ((lowest - pad).max(0.0), (highest + pad).min(100.0))
    } else {
        // What is never negative has no axis below zero.
        (if lowest >= 0.0 { (lowest - pad).max(0.0) } else { lowest - pad }, highest + pad)
    };
    let (width, height, left, right, top, bottom) = (440.0, 210.0, 62.0, 425.0, 28.0, 182.0);
    let x = |y: i32| left + f64::from(y - first) / f64::from(last - first) * (right - left);
    let y = |v: f64| bottom - (v - lowest) / (highest - lowest) * (bottom - top);
    let mut svg = open(width, height, &format!("By year ({})", s.unit));
    for i in 0..=3 {
        let v = lowest + (highest - lowest) * f64::from(i) / 3.0;
        let _ = write!(
            svg,
            r#"<line x1="{left}" x2="{right}" y1="{0:.1}" y2="{0:.1}" class="grid"/><text x="{1}" y="{2:.1}" class="end dim">{3}</text>"#,
            y(v),
            left - 6.0,
            y(v) + 4.0,
            axis(v)
        );
    }
    let every = ((last - first) / 8 + 1).max(1);
    for year in (first..=last).filter(|n| (n - first) % every == 0) {
        let _ =
            write!(svg, r#"<text x="{:.1}" y="{}" class="mid dim">{year}</text>"#, x(year), bottom + 18.0);
    }
    let mut places: BTreeMap<String, Vec<(i32, f64, &str)>> = BTreeMap::new();
    for (place, year, v, _) in &s.points {
        places.entry(alphabetic(place)).or_default().push((*year, *v, place));
    }
    let many = places.len() > COLOURS;
    let mut legend = String::new();
    for (i, points) in places.values_mut().enumerate() {
        points.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let class = if many { "many".to_owned() } else { format!("c{i}") };
        let name = points.first().map_or("", |p| p.2);
        // One line joins years with one value; where a year has several, all stand as dots and nothing is joined.
        let single = points.windows(2).all(|w| matches!(w, [a, b] if a.0 != b.0 || a.1 == b.1));
        if single {
            let path: Vec<String> = points.iter().map(|p| format!("{:.1},{:.1}", x(p.0), y(p.1))).collect();
            let _ = write!(svg, r#"<polyline points="{}" class="line {class}"/>"#, path.join(" "));
        }
        for p in points.iter() {
            let _ = write!(
                svg,
                r#"<circle cx="{:.1}" cy="{:.1}" r="3.5" class="dot {class}"><title>{} {}: {}</title></circle>"#,
                x(p.0),
                y(p.1),
                escape(name),
                p.0,
                axis(p.1)
            );
        }
        if !many {
            let _ = write!(legend, r#"<span class="key {class}">{}</span>"#, escape(name));
        }
    }
    svg.push_str("</svg>");
    if !many && places.len() > 1 {
        let _ = write!(svg, r#"<p class="legend">{legend}</p>"#);
    }
    Some(svg)
}

fn open(width: f64, height: f64, title: &str) -> String {
    format!(
        r#"<svg viewBox="0 0 {width} {height}" role="img" aria-label="{0}"><text x="0" y="12" class="head">{0}</text>"#,
        escape(title)
    )
}

/// A number beside an axis: short, in thousands, millions, billions.
fn axis(v: f64) -> String {
    let (scaled, word) = match v.abs() {
        a if a >= 1e12 => (v / 1e12, " nghìn tỷ"),
        a if a >= 1e9 => (v / 1e9, " tỷ"),
        a if a >= 1e6 => (v / 1e6, " tr"),
        _ => (v, ""),
    };
    let digits = if scaled.abs() >= 100.0 {
        0
    } else if scaled.abs() >= 10.0 {
        1
    } else {
        2
    };
    let number = rust_decimal::Decimal::from_f64_retain(scaled).map(|d| vietnamese(d.round_dp(digits)));
    format!("{}{word}", number.unwrap_or_default())
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
