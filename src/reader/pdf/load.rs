//! PDF, step 1: bytes to an opened document and its list of pages.
//!
//! Wraps lopdf. Its silent states become typed errors and warnings here: a file that needs a password, a rebuilt
//! cross-reference table, a page tree that leads nowhere.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::super::ReadOptions;
use super::matrix::Matrix;
use crate::error::Error;

/// Depth of the page tree beyond which branches are ignored; real files have two to five levels.
const MAX_TREE_DEPTH: usize = 64;

/// An opened document.
pub(super) struct Loaded {
    pub(super) doc: Document,
    /// What had to be repaired to open it.
    pub(super) repaired: Option<String>,
}

/// One page with what it inherits from the page tree.
pub(super) struct Page<'a> {
    pub(super) dict: &'a Dictionary,
    pub(super) resources: Option<&'a Dictionary>,
    /// From default user space to upright page space with the origin at the lower left corner.
    pub(super) base: Matrix,
    /// Width and height in points, after rotation.
    pub(super) size: (f32, f32),
    /// The media box in upright page space.
    pub(super) sheet: [f32; 4],
}

/// Opens a PDF.
///
/// # Errors
/// `encrypted` where a password is needed or wrong, `damaged` where no document can be made out, `too_large` where a
/// structural stream expands beyond its limit.
pub(super) fn open(bytes: &[u8], options: &ReadOptions) -> Result<Loaded, Error> {
    let doc = load(bytes, options, false)
        .or_else(|first| load(bytes, options, true).map_err(|_| first))
        .map_err(|e| typed(&e, options))?;
    if doc.is_encrypted() && doc.encryption_state.is_none() {
        return Err(needs_password(options));
    }
    // The library decrypts only by an object of its own; what it took for plain text would be none.
    if doc.encryption_state.is_none() && doc.trailer.get(b"Encrypt").is_ok_and(|e| e.as_dict().is_ok()) {
        let why =
            "its encryption is written into the trailer itself, which is not read; save it anew without";
        return Err(Error::Encrypted(why.into()));
    }
    let repaired = doc.xref_recovery.map(|_| "the cross-reference table was rebuilt".to_owned());
    let loaded = Loaded { doc, repaired };
    if page_ids(&loaded.doc, 1).is_empty()
        && let Some(again) = reopen(bytes, options)
        && !page_ids(&again.doc, 1).is_empty()
    {
        return Ok(again);
    }
    Ok(loaded)
}

/// Opens a PDF by searching for its objects, whatever its cross-reference table says; `None` where nothing is found.
pub(super) fn reopen(bytes: &[u8], options: &ReadOptions) -> Option<Loaded> {
    let doc = load(bytes, options, true).ok()?;
    Some(Loaded { doc, repaired: Some("its objects were searched for one by one".to_owned()) })
}

fn load(bytes: &[u8], options: &ReadOptions, force_reconstruct: bool) -> lopdf::Result<Document> {
    Document::load_mem_with_options(
        bytes,
        LoadOptions {
            password: options.password.clone(),
            max_decompressed_size: Some(options.limits.stream_bytes),
            force_reconstruct,
            ..LoadOptions::default()
        },
    )
}

/// Whether an object is an image.
pub(super) fn is_image(object: &Object) -> bool {
    matches!(object, Object::Stream(s) if s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Image"))
}

fn needs_password(options: &ReadOptions) -> Error {
    Error::Encrypted(
        if options.password.is_some() {
            "the given password does not open it"
        } else {
            "it needs a password (--password)"
        }
        .into(),
    )
}

fn typed(error: &lopdf::Error, options: &ReadOptions) -> Error {
    match error {
        lopdf::Error::InvalidPassword => needs_password(options),
        lopdf::Error::Decryption(_) | lopdf::Error::UnsupportedSecurityHandler(_) => {
            Error::Encrypted(format!("it cannot be decrypted ({error})"))
        }
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            Error::TooLarge("a structural stream of the PDF expands beyond the limit stream_bytes".into())
        }
        // Its message asks the reader to write to the library's makers.
        lopdf::Error::Unimplemented(feature) => {
            Error::Damaged(format!("no PDF structure could be recovered (unknown {feature})"))
        }
        other => Error::Damaged(format!("no PDF structure could be recovered ({other})")),
    }
}

/// Follows references; `None` where they lead nowhere.
pub(super) fn deref<'a>(doc: &'a Document, object: &'a Object) -> Option<&'a Object> {
    doc.dereference(object).ok().map(|(_, target)| target)
}

/// The entry of a dictionary, references followed.
pub(super) fn get<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    deref(doc, dict.get(key).ok()?)
}

/// The entry of a dictionary as a dictionary; a stream gives its dictionary.
pub(super) fn get_dict<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    as_dict(get(doc, dict, key)?)
}

pub(super) fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A number, references followed.
pub(super) fn number(doc: &Document, object: &Object) -> Option<f32> {
    deref(doc, object)?.as_float().ok()
}

/// An array of numbers under a key.
pub(super) fn numbers(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<Vec<f32>> {
    let array = get(doc, dict, key)?.as_array().ok()?;
    Some(array.iter().map(|item| number(doc, item).unwrap_or(0.0)).collect())
}

fn page_ids(doc: &Document, limit: usize) -> Vec<ObjectId> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let root = doc.trailer.get(b"Root").ok().and_then(|o| deref(doc, o)).and_then(as_dict);
    let root = root.and_then(|catalog| catalog.get(b"Pages").ok()).and_then(|o| o.as_reference().ok());
    let mut stack: Vec<(ObjectId, usize)> = root.into_iter().map(|id| (id, 0)).collect();
    while let Some((id, depth)) = stack.pop() {
        if out.len() >= limit {
            break;
        }
        if !seen.insert(id) || depth > MAX_TREE_DEPTH {
            continue;
        }
        let Some(node) = doc.get_object(id).ok().and_then(as_dict) else { continue };
        match get(doc, node, b"Kids").and_then(|kids| kids.as_array().ok()) {
            Some(kids) if !node.has_type(b"Page") => {
                stack.extend(kids.iter().rev().filter_map(|kid| Some((kid.as_reference().ok()?, depth + 1))));
            }
            _ => out.push(id),
        }
    }
    if out.is_empty() {
        out = doc
            .objects
            .iter()
            .filter(|(_, object)| as_dict(object).is_some_and(|dict| dict.has_type(b"Page")))
            .map(|(id, _)| *id)
            .take(limit)
            .collect();
    }
    out
}

/// The pages in order, at most `limit` and one more (so that the caller sees that there are too many).
pub(super) fn pages(doc: &Document, limit: usize) -> Vec<Page<'_>> {
    page_ids(doc, limit.saturating_add(1)).into_iter().filter_map(|id| page(doc, id)).collect()
}

/// An entry of the page or of its nearest ancestor that has one.
fn inherited<'a>(doc: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..MAX_TREE_DEPTH {
        if let Some(value) = get(doc, node, key) {
            return Some(value);
        }
        node = get_dict(doc, node, b"Parent")?;
    }
    None
}

fn page(doc: &Document, id: ObjectId) -> Option<Page<'_>> {
    let dict = doc.get_object(id).ok().and_then(as_dict)?;
    let rect = |key: &[u8]| -> Option<[f32; 4]> {
        let array = inherited(doc, dict, key)?.as_array().ok()?;
        let v: Vec<f32> = array.iter().filter_map(|item| number(doc, item)).collect();
        let &[a, b, c, d] = v.as_slice() else { return None };
        let rect = [a.min(c), b.min(d), a.max(c), b.max(d)];
        (rect[2] - rect[0] > 1.0 && rect[3] - rect[1] > 1.0).then_some(rect)
    };
    let media = rect(b"MediaBox").unwrap_or([0.0, 0.0, 595.0, 842.0]);
    let crop = rect(b"CropBox")
        .map(|c| [c[0].max(media[0]), c[1].max(media[1]), c[2].min(media[2]), c[3].min(media[3])])
        .filter(|c| c[2] - c[0] > 1.0 && c[3] - c[1] > 1.0)
        .unwrap_or(media);
    let [x0, y0, x1, y1] = crop;
    let turn = inherited(doc, dict, b"Rotate").and_then(|o| o.as_float().ok()).unwrap_or(0.0) as i32;
    let (base, size) = match turn.rem_euclid(360) / 90 {
        1 => (Matrix::new(0.0, -1.0, 1.0, 0.0, -y0, x1), (y1 - y0, x1 - x0)),
        2 => (Matrix::new(-1.0, 0.0, 0.0, -1.0, x1, y1), (x1 - x0, y1 - y0)),
        3 => (Matrix::new(0.0, 1.0, -1.0, 0.0, y1, -x0), (y1 - y0, x1 - x0)),
        _ => (Matrix::translate(-x0, -y0), (x1 - x0, y1 - y0)),
    };
    let resources = inherited(doc, dict, b"Resources").and_then(as_dict);
    Some(Page { dict, resources, base, size, sheet: base.bounds(media) })
}
