//! What may have been meant, where a filter matches nothing: names that are there and look like the one asked for.

use crate::patterns::catalogue::{Catalogue, key};

/// Most names that are suggested.
const MOST: usize = 5;

/// The names most like a wish: those that share most of its pairs of letters, without marks; none where nothing is like it.
pub fn like<'n>(wish: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = pairs(wish);
    let mut found: Vec<(usize, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let have = pairs(name);
            let shared = wanted.iter().filter(|p| have.contains(p)).count();
            // Half of the shorter of the two.
            (shared > 0 && shared * 2 >= wanted.len().min(have.len()))
                .then_some((shared * 100 / have.len(), name))
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.dedup_by(|a, b| a.1 == b.1);
    found.into_iter().map(|f| f.1).take(MOST).collect()
}

/// Ids whose id, Vietnamese or English name looks like a wish.
pub fn ids<'c>(wish: &str, catalogue: &'c Catalogue) -> Vec<&'c str> {
    let by_id = like(wish, catalogue.entries().iter().map(|e| e.id.as_str()));
    if !by_id.is_empty() {
        return by_id;
    }
    let words = plain(wish);
    let named = |name: &str| plain(name).contains(&words);
    let entries = catalogue.entries().iter().filter(|e| named(&e.name_vi) || named(&e.name_en));
    entries.map(|e| e.id.as_str()).take(MOST).collect()
}

/// Letters without marks, in lower case.
pub fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let letters = key(text).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect::<String>();
    letters.replace('đ', "d").trim().to_owned()
}

fn pairs(text: &str) -> Vec<(char, char)> {
    let letters: Vec<char> = plain(text).chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).filter_map(|w| Some((*w.first()?, *w.last()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_marks_or_with_a_slip_is_suggested() {
        let names = ["Nghệ An", "Tuyên Quang", "Quảng Ninh", "Quảng Nam"];
        assert_eq!(like("nghe an", names), ["Nghệ An"]);
        assert_eq!(like("Tuyen Qang", names).first(), Some(&"Tuyên Quang"));
        assert!(like("xyz", names).is_empty());
        let catalogue = Catalogue::builtin().unwrap();
        assert!(ids("poverty", &catalogue).contains(&"poverty_rate"));
        assert!(ids("hộ nghèo", &catalogue).contains(&"poverty_rate"), "{:?}", ids("hộ nghèo", &catalogue));
    }
}
