//! Names that stand behind their value: "100% xã có mạng", "9/9 xã có mạng".

use crate::record::Indicator;
use crate::record::quantity::Kind;

/// How far behind a value its name may begin: over an article and two blanks, in bytes.
const ARTICLE: usize = 9;

/// Whether the name of a share stands behind its value, and where it ends there: "100% xã có mạng", "9/9 xã có mạng".
pub(super) fn name_behind(item: &Indicator, after: &str) -> (bool, usize) {
    let name = item.name.as_deref().filter(|n| !n.is_empty());
    match (item.kind, name) {
        (Kind::Percentage, Some(name)) => {
            let end = |at: usize| after.get(at..).and_then(|rest| past(rest, name)).map(|n| at + n);
            let end = (0..=ARTICLE).find_map(end);
            (end.is_some(), end.unwrap_or(0))
        }
        (Kind::Ratio, Some(name)) => {
            (item.text.ends_with(name) || item.unit.as_deref().is_some_and(|u| name.starts_with(u)), 0)
        }
        _ => (false, 0),
    }
}

/// What stands since the item before, and behind its name, where that stands behind its value.
pub(super) fn past_name<'a>(previous: Option<&Indicator>, since: &'a str) -> &'a str {
    let Some(name) = previous.and_then(|p| p.name.as_deref()).filter(|n| !n.is_empty()) else { return since };
    let rest = |at: usize| since.get(at..).filter(|rest| past(rest, name).is_some()).map(|rest| (at, rest));
    let found = (0..=ARTICLE).find_map(rest);
    found.and_then(|(at, rest)| since.get(at + past(rest, name)?..)).unwrap_or(since)
}

/// Where a name ends that a text begins with, any blanks of the one being those of the other.
fn past(text: &str, name: &str) -> Option<usize> {
    let mut rest = text;
    for (i, word) in name.split_whitespace().enumerate() {
        let start = if i == 0 { rest } else { rest.trim_start() };
        let gap = i == 0 || start.len() < rest.len();
        rest = start.strip_prefix(word).filter(|_| gap)?;
    }
    Some(text.len() - rest.len())
}
