//! Periods as people write them in a column: "2022", "quý I/2022", "6 tháng 2022".

use crate::patterns::labels::{filled, labels};
use crate::record::{Period, days_in_month};

/// The year a period ends in.
pub fn year(period: &Period) -> i32 {
    period.end.year().into()
}

/// A short label of a period: whole years, halves, quarters, months by name, everything else from day to day.
pub fn label(period: &Period) -> String {
    let (start, end) = (period.start, period.end);
    let [(y1, m1, d1), (y2, m2, d2)] = [start, end].map(|day| (day.year(), day.month(), day.day()));
    let whole = d1 == 1 && d2 == days_in_month(y2, m2);
    let (words, year, one) = (&labels().times, y1.to_string(), y1 == y2);
    match (whole, m1, m2) {
        (true, 1, 12) if one => year,
        (true, 1, 12) => format!("{y1}–{y2}"),
        (true, 1, 6) if one => filled(&words.first_half, &[&year]),
        (true, 7, 12) if one => filled(&words.second_half, &[&year]),
        (true, 1 | 4 | 7 | 10, _) if one && m2 == m1 + 2 => {
            let quarter = ["I", "II", "III", "IV"].get(usize::from((m1 - 1) / 3)).unwrap_or(&"");
            filled(&words.quarter, &[quarter, &year])
        }
        (true, _, _) if one && m1 == m2 => filled(&words.month, &[&m1.to_string(), &year]),
        (true, 1, _) if one => filled(&words.months, &[&m2.to_string(), &year]),
        _ if start == end => format!("{d1}/{m1}/{y1}"),
        _ => format!("{d1}/{m1}/{y1} – {d2}/{m2}/{y2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_labelled_as_people_write_them() {
        for (start, end, want) in [
            ("2022-01-01", "2022-12-31", "2022"),
            ("2021-01-01", "2025-12-31", "2021–2025"),
            ("2023-01-01", "2023-06-30", "6 tháng đầu 2023"),
            ("2023-07-01", "2023-09-30", "quý III/2023"),
            ("2024-02-01", "2024-02-29", "tháng 2/2024"),
            ("2024-01-01", "2024-09-30", "9 tháng 2024"),
            ("2024-03-05", "2024-03-05", "5/3/2024"),
            ("2023-12-15", "2024-06-14", "15/12/2023 – 14/6/2024"),
        ] {
            let p =
                Period { start: start.parse().unwrap(), end: end.parse().unwrap(), text: None, basis: None };
            assert_eq!(label(&p), want);
        }
    }
}
