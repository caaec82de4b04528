//! What stands around the text of a page: its masthead, its foot, the address of its site.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::{BODY, TITLE, seen};
use super::{Named, Page, Survey};
use crate::patterns::voices::Voice;
use crate::record::{EvidenceBasis, SectionKind};
use crate::structure::section::Outline;
use crate::words::shadow::floor_boundary;
use crate::words::token::Gap;

/// The end of an address that is no suffix: "BacgiangPortal".
const PORTAL: &str = "portal";
/// Fewest letters of a province in an address.
const LETTERS: usize = 5;

/// What the top and the foot of a page name, where the text itself names no province: "CỔNG THÔNG TIN ĐIỆN TỬ TỈNH BẮC KẠN".
pub(super) fn masthead(survey: &mut Survey, page: &Page<'_, '_>) {
    if survey.has_province() {
        return;
    }
    let found = named_around(page);
    let Some((range, first)) = found.first().cloned() else { return };
    let code = |n: &Named| n.province.as_ref().and_then(|p| p.code.clone());
    if found.iter().any(|(_, other)| code(other) != code(&first)) {
        return;
    }
    // "XÃ AN HIỆP - TỈNH VĨNH LONG" over a text that says "toàn xã".
    let weight = page.weight(Voice::Masthead);
    if found.len() == 1 && survey.own.said(first.level()) >= weight.said {
        survey.add(first, weight.points, seen(range, EvidenceBasis::Heading, Voice::Masthead.rule()));
    } else {
        let named = Named { province: first.province, typed: true, ..Named::default() };
        survey.add(
            named,
            page.points(Voice::MastheadProvince),
            seen(range, EvidenceBasis::Body, Voice::MastheadProvince.rule()),
        );
    }
}

/// The units with their province that the parts around the text name, each once.
fn named_around(page: &Page<'_, '_>) -> Vec<(Range<usize>, Named)> {
    const NAMED: usize = 8;
    let s = page.work.text.s();
    let is_around = |o: &&Outline| match o.kind {
        SectionKind::Boilerplate => true,
        SectionKind::Table => o.range.start < TITLE && o.range.len() <= TITLE,
        _ => false,
    };
    let mut found: Vec<(Range<usize>, Named)> = Vec::new();
    for part in page.outline.iter().filter(is_around) {
        let start = part.range.start;
        let end = floor_boundary(s, part.range.end.min(start + BODY));
        for (range, named) in page.named(start..end) {
            let is_whole = named.typed && named.province.is_some();
            if is_whole && found.iter().all(|(_, known)| !known.same(&named)) && found.len() <= NAMED {
                found.push((start + range.start..start + range.end, named));
            }
        }
    }
    found
}

/// Where nothing names a province, the address of its site may: "bacgiang.gov.vn", "BacgiangPortal".
pub(super) fn address(survey: &mut Survey, page: &Page<'_, '_>) {
    if survey.has_province() {
        return;
    }
    let (work, places) = (page.work, page.places());
    let is_address = |&i: &usize| {
        let word = work.word(i);
        let dotted = work.token(i + 1).is_some_and(|t| t.is('.') && t.gap == Gap::Glued);
        word.is_ascii() && word.len() >= LETTERS && (dotted || is_portal(word))
    };
    // Few texts hold an address.
    let mut addresses = (0..work.token_at(BODY)).filter(is_address).peekable();
    if addresses.peek().is_none() {
        return;
    }
    let names: Vec<(String, &str)> =
        places.units().iter().map(|u| (squashed(&u.name), u.name.as_str())).collect();
    let found = addresses.find_map(|i| {
        let word = work.word(i).to_ascii_lowercase();
        let name = word.strip_suffix(PORTAL).unwrap_or(&word);
        let (_, name) = names.iter().find(|(squashed, _)| squashed == name)?;
        Some((i, places.province_named(name, None)?))
    });
    if let Some((i, province)) = found {
        let named = Named { province: Some(province), typed: true, ..Named::default() };
        survey.add(
            named,
            page.points(Voice::Address),
            seen(work.bytes(i..i + 1), EvidenceBasis::Body, Voice::Address.rule()),
        );
    }
}

fn is_portal(word: &str) -> bool {
    let end = word.len().checked_sub(PORTAL.len()).and_then(|at| word.get(at..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(PORTAL))
}

/// A name as it stands in an address: small letters without marks and blanks.
fn squashed(name: &str) -> String {
    let plain = name.nfd().filter(|c| !is_combining_mark(*c));
    let letters = plain.filter(|c| c.is_alphabetic()).map(|c| if matches!(c, 'đ' | 'Đ') { 'd' } else { c });
    letters.collect::<String>().to_ascii_lowercase()
}
