//! PDF, step 3: annotation appearances. Of signed Vietnamese documents most carry their own number, and many their day,
//! only here: the issuing software stamps "350" over the blanks of "Số:      /BC-VP".
//!
//! In: a page's `/Annots`. Out: the scene, each appearance under a stamp number of its own.

use lopdf::{Dictionary, Object, Stream};

use super::form_field;
use super::interpret::Interpreter;
use super::load::{Page, as_dict, get, numbers};
use super::matrix::Matrix;
use crate::error::Error;

/// Most annotations of one page.
const MAX_ANNOTATIONS: usize = 5_000;
/// Annotation flags: hidden, and not to be viewed (ISO 32000-1, table 165).
const HIDDEN: i64 = 1 << 1 | 1 << 5;

/// Reads the appearances of all visible annotations of a page.
///
/// # Errors
/// `too_large` where a stream expands beyond its limit.
pub(super) fn read<'a>(interpreter: &mut Interpreter<'a, '_>, page: &Page<'a>) -> Result<(), Error> {
    let doc = interpreter.doc;
    let Some(Object::Array(items)) = get(doc, page.dict, b"Annots") else { return Ok(()) };
    for (index, item) in items.iter().take(MAX_ANNOTATIONS).enumerate() {
        let Some(dict) = super::load::deref(doc, item).and_then(as_dict) else { continue };
        if is_hidden(interpreter, dict) {
            continue;
        }
        interpreter.stamp = index as u16 + 1;
        let before = interpreter.scene.glyphs.len();
        if let Some(form) = appearance(interpreter, dict)
            && let Some(placement) = placement(interpreter, dict, form)
        {
            interpreter.form(form, placement.then(&page.base), page.resources)?;
        }
        if interpreter.scene.glyphs.len() == before {
            form_field::show(interpreter, page, dict)?;
        }
    }
    interpreter.stamp = 0;
    Ok(())
}

fn is_hidden(interpreter: &Interpreter<'_, '_>, dict: &Dictionary) -> bool {
    let doc = interpreter.doc;
    let subtype = get(doc, dict, b"Subtype").and_then(|o| o.as_name().ok()).unwrap_or_default();
    let flags = get(doc, dict, b"F").and_then(|o| o.as_i64().ok()).unwrap_or(0);
    matches!(subtype, b"Link" | b"Popup") || flags & HIDDEN != 0
}

/// The normal appearance of an annotation.
fn appearance<'a>(interpreter: &Interpreter<'a, '_>, dict: &'a Dictionary) -> Option<&'a Stream> {
    let doc = interpreter.doc;
    match get(doc, get(doc, dict, b"AP").and_then(as_dict)?, b"N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dictionary(states) => {
            let state = get(doc, dict, b"AS").and_then(|o| o.as_name().ok())?;
            get(doc, states, state)?.as_stream().ok()
        }
        _ => None,
    }
}

/// From form space to the page: the transformed bounding box is fitted into `/Rect` (ISO 32000-1, 12.5.5). The form's
/// own matrix is applied when it is read.
fn placement(interpreter: &Interpreter<'_, '_>, dict: &Dictionary, form: &Stream) -> Option<Matrix> {
    let doc = interpreter.doc;
    let rect = numbers(doc, dict, b"Rect")?;
    let &[a, b, c, d] = rect.as_slice() else { return None };
    let rect = [a.min(c), b.min(d), a.max(c), b.max(d)];
    let own = numbers(doc, &form.dict, b"BBox").unwrap_or_default();
    let &[a, b, c, d] = own.as_slice() else { return Some(Matrix::translate(rect[0], rect[1])) };
    let matrix = numbers(doc, &form.dict, b"Matrix").map_or(Matrix::IDENTITY, |m| Matrix::from_slice(&m));
    let bounds = matrix.bounds([a.min(c), b.min(d), a.max(c), b.max(d)]);
    let (width, height) = (bounds[2] - bounds[0], bounds[3] - bounds[1]);
    let (room_x, room_y) = (rect[2] - rect[0], rect[3] - rect[1]);
    // An invisible signature has an empty rectangle.
    if room_x <= 0.0 || room_y <= 0.0 || width <= 0.0 || height <= 0.0 {
        return None;
    }
    let (sx, sy) = (room_x / width, room_y / height);
    Some(Matrix::new(sx, 0.0, 0.0, sy, rect[0] - bounds[0] * sx, rect[1] - bounds[1] * sy))
}
