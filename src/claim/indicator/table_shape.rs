//! What the figures of a table or row are by their look alone: decimals of the English kind, coordinates, the line of
//! column numbers.

use super::Scan;
use crate::claim::Work;
use crate::reader::{Row, Table};

/// How many figures with an undoubted decimal dot make a table's dots decimal ones.
const DECIMAL_DOTS: usize = 4;

/// Whether the figures of a table have dots before their decimals, as spreadsheets of the English kind write them:
/// several of them leave no other reading, and none parts thousands by dots or decimals by a comma.
pub(super) fn dots_part_decimals(work: &Work<'_>, table: &Table) -> bool {
    let mut plain = 0;
    for cell in table.rows.get(table.header_rows..).unwrap_or_default().iter().flat_map(|r| &r.cells) {
        let text = work.text.slice(cell.range.clone()).trim();
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
            continue;
        }
        let decimals = text.split('.').nth(1).map_or(0, str::len);
        match text.matches('.').count() {
            _ if text.contains(',') => return false,
            2.. => return false,
            1 if decimals != 3 => plain += 1,
            _ => {}
        }
    }
    plain >= DECIMAL_DOTS
}

/// A number that may be a coordinate of the national grid: six or seven plain digits before a decimal mark.
pub(super) fn coordinate(scan: &Scan<'_, '_>, cell: &crate::reader::Cell) -> Option<u32> {
    let text = scan.work.text.slice(cell.range.clone()).trim();
    let whole = text.split([',', '.']).next().unwrap_or(text);
    let decimals = text.get(whole.len()..).unwrap_or("").trim_start_matches([',', '.']);
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let shaped = (6..=7).contains(&whole.len()) && digits(whole) && decimals.len() <= 4 && digits(decimals);
    whole.parse().ok().filter(|_| shaped)
}

/// A row with the two coordinates of a point, northing and easting (VN-2000).
pub(super) fn coordinates(scan: &Scan<'_, '_>, row: &Row) -> bool {
    let mut numbers = row.cells.iter().filter_map(|c| coordinate(scan, c));
    let (Some(a), Some(b)) = (numbers.next(), numbers.next()) else { return false };
    let (north, east) = (a.max(b), a.min(b));
    (880_000..2_700_000).contains(&north) && (200_000..880_000).contains(&east)
}

/// A row that numbers the columns: (1) (2) (3), or A B 1 2 3.
pub(super) fn numbers_columns(scan: &Scan<'_, '_>, row: &Row) -> bool {
    let mut last = 0;
    let mut filled = 0;
    for cell in row.cells.iter().filter(|c| !c.range.is_empty()) {
        let text = scan.work.text.slice(cell.range.clone()).trim().trim_matches(['(', ')', '[', ']', '*']);
        // "(5)=(4)/(3)", "7=5+6": a column that is reckoned from others.
        let formula = text.contains('=');
        let own = text.split('=').next().unwrap_or(text).trim_matches(['(', ')', '[', ']', '*', ' ']);
        match own.parse::<u32>() {
            Ok(n) if n == last + 1 || (last == 0 && n <= 4 && filled <= 4) => last = n,
            Ok(_) => return false,
            Err(_) if text.chars().count() <= 1 || formula => {}
            Err(_) => return false,
        }
        filled += 1;
    }
    filled >= 3 && last >= 2
}
