//! PDF fonts: simple ones (Type 1, TrueType, Type 3), one byte a character.

use lopdf::{Dictionary, Document, Object};

use super::super::super::symbol;
use super::super::cmap::CodeMap;
use super::super::load::{deref, get, get_dict, number, numbers};
use super::super::stream::Budget;
use super::{FALLBACK_WIDTH, RAW, is_useful, names, program, program_bytes, standard};
use crate::error::Error;

/// The table of a simple font: for each byte its value and its width.
pub(super) fn load(
    doc: &Document,
    dict: &Dictionary,
    name: &str,
    to_unicode: &CodeMap,
    budget: &Budget,
) -> Result<Box<[(u32, f32); 256]>, Error> {
    let subtype = dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
    let descriptor = get_dict(doc, dict, b"FontDescriptor");
    let flags = descriptor.and_then(|d| get(doc, d, b"Flags")).and_then(|o| o.as_i64().ok()).unwrap_or(0);
    let is_symbolic = flags & 4 != 0 && flags & 32 == 0;

    let mut encoding = [0u32; 256];
    let mut has_base = false;
    let mut differences: Option<&Vec<Object>> = None;
    match get(doc, dict, b"Encoding") {
        Some(Object::Name(name)) => has_base = fill(&mut encoding, name),
        Some(Object::Dictionary(dict)) => {
            if let Some(Object::Name(name)) = get(doc, dict, b"BaseEncoding") {
                has_base = fill(&mut encoding, name);
            }
            differences = get(doc, dict, b"Differences").and_then(|o| o.as_array().ok());
        }
        _ => {}
    }
    let unmapped = |code: usize| !is_useful(to_unicode.get(code as u32));
    if !has_base && (32..256).any(unmapped) {
        // The font's own encoding: from the program where one is embedded, else the usual one.
        let own = program_bytes(doc, descriptor, budget)?
            .map(|bytes| program::simple_encoding(&bytes, is_symbolic));
        match own {
            Some(own) if own.iter().any(|c| *c != 0) => encoding = own,
            _ => {
                let name: &[u8] =
                    if subtype == b"TrueType" { b"WinAnsiEncoding" } else { b"StandardEncoding" };
                fill(&mut encoding, name);
            }
        }
    }
    if subtype == b"Type3" {
        encoding = [0; 256];
    }
    apply_differences(doc, differences, &mut encoding);

    // A Type 3 font of unknown names only ("/square /triangle"): its codes are all that is known.
    if subtype == b"Type3" && to_unicode.is_empty() && encoding.iter().all(|c| *c == 0) {
        for code in 33..127 {
            encoding[code as usize] = code;
        }
    }

    let is_symbol_font = name.starts_with("Symbol") || name.starts_with("Wingdings");
    let widths = widths(doc, dict, subtype, descriptor);
    Ok(Box::new(std::array::from_fn(|code| {
        let mapped = to_unicode.get(code as u32);
        let symbol = match mapped {
            0xF000..=0xF0FF => symbol::character(name, mapped - 0xF000),
            0 if is_symbol_font => symbol::character(name, code as u32),
            _ => 0,
        };
        let value = match encoding[code] {
            _ if is_useful(mapped) => mapped,
            _ if symbol != 0 => symbol,
            0 if code == 32 => 32,
            0 => RAW + code as u32,
            named => named,
        };
        let width = match widths[code] {
            known if known >= 0.0 => known,
            _ => standard::width(name, value).unwrap_or(FALLBACK_WIDTH),
        };
        (value, width)
    })))
}

fn fill(encoding: &mut [u32; 256], name: &[u8]) -> bool {
    names::base(name).is_some_and(|table| {
        *encoding = *table;
        true
    })
}

/// `/Differences`: each name moves the code on by one; unknown names leave their code unmapped.
fn apply_differences(doc: &Document, differences: Option<&Vec<Object>>, encoding: &mut [u32; 256]) {
    let mut code = 0usize;
    for item in differences.into_iter().flatten() {
        match deref(doc, item) {
            Some(Object::Name(name)) => {
                if let Some(cell) = encoding.get_mut(code) {
                    *cell = names::character(name);
                }
                code = code.saturating_add(1);
            }
            Some(other) => {
                if let Ok(start) = other.as_i64() {
                    code = usize::try_from(start).unwrap_or(usize::MAX);
                }
            }
            None => {}
        }
    }
}

/// Advance widths at size 1; negative where the file does not say.
fn widths(doc: &Document, dict: &Dictionary, subtype: &[u8], descriptor: Option<&Dictionary>) -> [f32; 256] {
    let unit = if subtype == b"Type3" {
        numbers(doc, dict, b"FontMatrix").and_then(|m| m.first().copied()).unwrap_or(0.001).abs()
    } else {
        0.001
    };
    let listed = numbers(doc, dict, b"Widths").unwrap_or_default();
    let first = get(doc, dict, b"FirstChar").and_then(|o| o.as_i64().ok()).unwrap_or(0);
    let missing = descriptor.and_then(|d| d.get(b"MissingWidth").ok()).and_then(|o| number(doc, o));
    let missing = match missing {
        Some(width) if width > 0.0 => width * unit,
        _ if listed.is_empty() => -1.0,
        _ => 0.0,
    };
    std::array::from_fn(|code| {
        usize::try_from(code as i64 - first).ok().and_then(|i| listed.get(i)).map_or(missing, |w| w * unit)
    })
}
