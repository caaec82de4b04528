//! PDF, step 3: the values of form fields that have no appearance. Programs that fill a form often set `/V` alone and leave
//! it to the viewer to draw ("Số lượng hồ sơ: 1.250" as a viewer shows it).
//!
//! In: a widget annotation whose appearance is missing or shows no text. Out: its value as glyphs in its rectangle.

use lopdf::{Dictionary, Object, decode_text_string};

use super::interpret::Interpreter;
use super::load::{Page, get, numbers};
use super::matrix::Matrix;
use crate::error::Error;

/// Furthest parent that a field has its type and value from.
const MAX_PARENTS: usize = 8;
/// Longest value, in characters.
const MAX_VALUE: usize = 20_000;
/// Size of text where the field does not say.
const SIZE: f32 = 11.0;
/// Field flag: a password (ISO 32000-1, table 228).
const PASSWORD: i64 = 1 << 13;
/// Field flag: several lines.
const LINES: i64 = 1 << 12;

/// Shows the value of a text or choice field.
///
/// # Errors
/// `too_large` where the stand-in font cannot be had within the limits.
pub(super) fn show<'a>(
    interpreter: &mut Interpreter<'a, '_>,
    page: &Page<'a>,
    widget: &'a Dictionary,
) -> Result<(), Error> {
    let is_widget =
        get(interpreter.doc, widget, b"Subtype").and_then(|o| o.as_name().ok()) == Some(b"Widget");
    if !is_widget {
        return Ok(());
    }
    let kind = inherited(interpreter, widget, b"FT").and_then(|o| o.as_name().ok());
    let flags = inherited(interpreter, widget, b"Ff").and_then(|o| o.as_i64().ok()).unwrap_or(0);
    let shown = matches!(kind, Some(b"Tx" | b"Ch")) && flags & PASSWORD == 0;
    let value =
        inherited(interpreter, widget, b"V").filter(|_| shown).and_then(|o| decode_text_string(o).ok());
    let rect = numbers(interpreter.doc, widget, b"Rect");
    let (Some(value), Some(&[a, b, c, d])) = (value, rect.as_deref()) else { return Ok(()) };
    let (left, bottom, right, top) = (a.min(c), b.min(d), a.max(c), b.max(d));
    let value: String = value.chars().take(MAX_VALUE).collect();
    let height = top - bottom;
    if value.trim().is_empty() || right <= left || height <= 0.0 {
        return Ok(());
    }
    let size = size(interpreter, widget).unwrap_or(SIZE).min(height);
    let several = flags & LINES != 0 || value.trim().contains(['\r', '\n']);
    let first = if several { top - size } else { (top + bottom) / 2.0 - 0.35 * size };
    for (n, line) in value.replace("\r\n", "\n").split(['\r', '\n']).enumerate() {
        let at = Matrix::translate(left, first - n as f32 * 1.15 * size);
        interpreter.plain(line, size, right - left, &at.then(&page.base))?;
    }
    Ok(())
}

/// An entry of a field, its own or that of the nearest parent.
fn inherited<'a>(interpreter: &Interpreter<'a, '_>, field: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut at = field;
    for _ in 0..MAX_PARENTS {
        if let Some(found) = get(interpreter.doc, at, key) {
            return Some(found);
        }
        at = super::load::get_dict(interpreter.doc, at, b"Parent")?;
    }
    None
}

/// The size in "/Helv 12 Tf"; 0 leaves it to the viewer.
fn size(interpreter: &Interpreter<'_, '_>, field: &Dictionary) -> Option<f32> {
    let appearance = get(interpreter.doc, field, b"DA")?.as_str().ok()?;
    let words: Vec<&[u8]> = appearance.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| *w == b"Tf")?;
    let size: f32 = std::str::from_utf8(words.get(at.checked_sub(1)?)?).ok()?.parse().ok()?;
    (1.0..200.0).contains(&size).then_some(size)
}
