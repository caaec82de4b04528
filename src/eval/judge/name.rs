//! Whether a name says what is measured: "số xã đạt chuẩn nông thôn mới" for `(số) xã đạt chuẩn (nông thôn mới)`.

use super::words::{Words, common, content, words};
use crate::eval::wanted::{Wanted, without_brackets};

/// A name of so many words may always be as long as it is.
const SHORT: usize = 8;
/// So much of the words asked for must stand in it, in their order.
const ENOUGH: f64 = 0.75;

/// What a record says a figure is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'r> {
    /// Its name.
    pub name: &'r str,
    /// Its unit, which may say a part of the name.
    pub unit: &'r str,
    /// Its scope, where the gold allows it: it may say a part of the name too.
    pub scope: &'r str,
}

/// Whether a name is right.
pub fn is_right(wanted: Wanted<'_>, said: Said<'_>) -> bool {
    closeness(wanted, said) > 0.0
}

/// How closely a name keeps to the words asked for, up to 1; 0 where it is wrong: where it lacks words, holds none of them itself,
/// or is twice as long as the longest reading (a whole sentence names nothing).
pub fn closeness(wanted: Wanted<'_>, said: Said<'_>) -> f64 {
    let name = words(said.name);
    if name.is_empty() || name.len() > longest(wanted) {
        return 0.0;
    }
    let labels = labels(&name, &words(said.unit), &words(said.scope));
    wanted.alternatives().map(|alternative| closeness_to(alternative, &name, &labels)).fold(0.0, f64::max)
}

/// Most words that a name or scope may have.
pub fn longest(wanted: Wanted<'_>) -> usize {
    let most = wanted.alternatives().map(|alternative| words(alternative).len()).max();
    SHORT.max(2 * most.unwrap_or_default())
}

/// The orders in which name, unit and scope may say it together.
fn labels(name: &Words, unit: &Words, scope: &Words) -> Vec<Words> {
    let mut labels = vec![[name.as_slice(), unit].concat(), [unit.as_slice(), name].concat()];
    if !scope.is_empty() {
        labels.extend([
            [scope.as_slice(), name, unit].concat(),
            [name.as_slice(), scope, unit].concat(),
            [unit.as_slice(), name, scope].concat(),
        ]);
    }
    labels
}

fn closeness_to(alternative: &str, name: &Words, labels: &[Words]) -> f64 {
    let (all, firm) = (words(alternative), words(&without_brackets(alternative)));
    let full = content(&all);
    let needed = or(content(&firm), &all);
    let most = |row: &Words| labels.iter().map(|label| common(row, label)).max().unwrap_or_default();
    let telling = or(full.clone(), &all);
    if !name.iter().any(|word| telling.contains(word))
        || (most(&needed) as f64) < ENOUGH * needed.len() as f64
    {
        return 0.0;
    }
    let said = content(name).len();
    let hit = most(&full).min(said) as f64;
    let (precision, recall) = (hit / said.max(1) as f64, hit / full.len().max(1) as f64);
    0.2 + 0.8 * 2.0 * precision * recall / (precision + recall).max(0.01)
}

/// The words that say something, else all of them.
fn or(content: Words, all: &Words) -> Words {
    if content.is_empty() { all.clone() } else { content }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(wanted: &str, name: &str, unit: &str, scope: &str) -> bool {
        is_right(Wanted(wanted), Said { name, unit, scope })
    }

    #[test]
    fn three_quarters_of_the_words_asked_for_make_a_name() {
        assert!(right("(số) xã đạt chuẩn (nông thôn mới)", "xã đạt chuẩn", "xã", ""));
        assert!(right("hộ nghèo|hộ cận nghèo", "tỷ lệ hộ cận nghèo", "%", ""));
        assert!(right("trẻ em được tiêm chủng đủ", "trẻ em tiêm chủng", "%", ""));
        assert!(!right("chuẩn đạt xã", "xã đạt chuẩn", "%", ""), "the order counts");
        assert!(!right("cơ sở giết mổ kiểm tra", "cơ sở giết", "cơ sở", ""));
        assert!(right("người tham gia BHYT", "người tham gia bảo hiểm y tế", "%", ""));
    }

    #[test]
    fn unit_and_scope_help_but_are_no_name() {
        assert!(right("hộ phục vụ", "phục vụ", "hộ", ""));
        assert!(!right("hộ phục vụ", "số lượng", "hộ phục vụ", ""));
        assert!(right("tỷ trọng dịch vụ", "tỷ trọng", "%", "dịch vụ"));
        assert!(!right("hộ", "", "hộ", ""));
    }

    #[test]
    fn a_sentence_is_no_name_and_closer_names_are_better() {
        let sentence = "trong năm qua toàn huyện đã có thêm nhiều hộ nghèo vươn lên thoát nghèo";
        assert!(!right("hộ nghèo", sentence, "hộ", ""));
        let of = |name| closeness(Wanted("hộ nghèo (theo chuẩn mới)"), Said { name, ..Said::default() });
        assert!(
            of("hộ nghèo theo chuẩn mới") > of("hộ nghèo") && of("hộ nghèo") > of("các hộ nghèo vay vốn")
        );
    }
}
