//! Whether a scope is the part that was counted: "Trạm y tế xã Ea Púk" for `trạm y tế`, "toàn tỉnh" for none.

use super::name::longest;
use super::words::{LISTS, Words, bare, common, core, is_inside, kind, words};
use crate::eval::wanted::Wanted;

/// So many of the words asked for make the same scope.
const ENOUGH: f64 = 0.6;

/// Whether a scope is right. `places` is the place asked for, `own` the units that the document and that place are of.
pub fn is_right(wanted: Wanted<'_>, scope: &str, places: Wanted<'_>, own: &[&str]) -> bool {
    (wanted.allows_none() && (scope.is_empty() || is_own(scope, places, own)))
        || wanted.said().any(|asked| is_same(asked, scope) && words(scope).len() <= longest(Wanted(asked)))
}

/// Whether one says the other, or most of its words.
pub fn is_same(asked: &str, scope: &str) -> bool {
    let (asked, scope) = (words(asked), words(scope));
    !scope.is_empty()
        && (is_inside(&asked, &scope)
            || is_inside(&scope, &asked)
            || common(&asked, &scope) as f64 >= ENOUGH * asked.len() as f64)
}

/// Whether a scope only says the place again: its name, its committee, or the country.
fn is_own(scope: &str, places: Wanted<'_>, own: &[&str]) -> bool {
    let said = words(scope);
    let rest = core(&said);
    let is_one_of = |list: &[String]| list.iter().any(|one| core(&words(one)) == rest);
    let of_country = || places.alternatives().any(is_country) && is_one_of(&LISTS.country);
    rest.is_empty()
        || is_one_of(&LISTS.whole)
        || of_country()
        || places.alternatives().any(|place| is_body(&said, place))
        || own.iter().any(|unit| core(&bare(unit)) == name_of(&rest))
}

/// Whether a place is the whole country.
pub fn is_country(place: &str) -> bool {
    LISTS.country.iter().any(|country| words(country) == words(place))
}

/// Whether a scope is the committee of a place, without its name.
fn is_body(said: &Words, place: &str) -> bool {
    kind(&words(place)).is_some_and(|kind| [words(&LISTS.body), kind].concat() == *said)
}

/// The name of a unit, of its own or its committee's.
fn name_of(rest: &Words) -> Words {
    let body = words(&LISTS.body);
    bare(&rest.strip_prefix(body.as_slice()).unwrap_or(rest).join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(wanted: &str, scope: &str) -> bool {
        let place = "huyện Ba Bể, tỉnh Bắc Kạn";
        is_right(Wanted(wanted), scope, Wanted(place), &["huyện Ba Bể", "tỉnh Bắc Kạn"])
    }

    #[test]
    fn one_holds_the_other_or_most_of_it() {
        assert!(right("trạm y tế", "Trạm Y tế xã Địa Linh"));
        assert!(right("các cơ quan chuyên môn cấp huyện", "cơ quan chuyên môn huyện"));
        assert!(!right("tuyến xã", "tuyến huyện của tỉnh"));
        assert!(!right("tuyến xã", ""));
    }

    #[test]
    fn the_place_itself_is_no_scope() {
        for scope in [
            "",
            "toàn tỉnh",
            "trên địa bàn huyện",
            "huyện Ba Bể",
            "UBND huyện Ba Bể",
            "UBND huyện",
            "Bắc Kạn",
        ] {
            assert!(right("-", scope), "{scope}");
        }
        for scope in ["UBND xã", "xã Địa Linh", "cả nước", "Sở Nội vụ"] {
            assert!(!right("-", scope), "{scope}");
        }
        assert!(is_right(Wanted("-"), "trên phạm vi cả nước", Wanted("cả nước"), &[]));
    }
}
