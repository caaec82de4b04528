//! Word 97 to 2003: automatic list numbers. The lists become the ones of newer Word, which are counted in one place.

use super::super::bytes::{index_at, slice_at, u16_at, u32_at, utf16};
use super::super::docx::numbering::{Level, Numbering};

/// Most lists of a document.
const MOST_LISTS: usize = 4096;

/// Reads the lists (`from` is where their table begins in all tables, since the levels stand behind it) and the paragraphs'
/// references to them; broken ones as far as they go.
pub fn read(lists: &[u8], overrides: &[u8]) -> Numbering {
    let mut numbering = Numbering::default();
    let _ = definitions(lists, &mut numbering);
    let _ = references(overrides, &mut numbering);
    numbering
}

fn definitions(bytes: &[u8], numbering: &mut Numbering) -> Option<()> {
    let count = usize::from(u16_at(bytes, 0)?).min(MOST_LISTS);
    let mut at = 2 + count * 28;
    for i in 0..count {
        let list = 2 + i * 28;
        let levels = if bytes.get(list + 26)? & 1 == 1 { 1 } else { 9 };
        let mut all = Vec::new();
        for _ in 0..levels {
            let (level, length) = level(bytes.get(at..)?)?;
            all.push(level);
            at += length;
        }
        numbering.define(u32_at(bytes, list)?.to_string(), all);
    }
    Some(())
}

/// One level and the bytes that it takes.
fn level(bytes: &[u8]) -> Option<(Level, usize)> {
    let lists = usize::from(*bytes.get(24)?) + usize::from(*bytes.get(25)?);
    let length = usize::from(u16_at(bytes, 28 + lists)?);
    let text = utf16(slice_at(bytes, 30 + lists, length * 2)?);
    let mut pattern = String::new();
    for c in text.chars() {
        match u32::from(c) {
            n @ 0..=8 => pattern.push_str(&format!("%{}", n + 1)),
            _ => pattern.push(c),
        }
    }
    let format = match bytes.get(4)? {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        22 => "decimalZero",
        23 => "bullet",
        255 => "none",
        _ => "decimal",
    };
    let level = Level { format: format.to_owned(), text: pattern, start: u32_at(bytes, 0) };
    Some((level, 30 + lists + length * 2))
}

fn references(bytes: &[u8], numbering: &mut Numbering) -> Option<()> {
    let count = index_at(bytes, 0)?.min(MOST_LISTS);
    let mut at = 4 + count * 16;
    for i in 0..count {
        let reference = 4 + i * 16;
        let changes = *bytes.get(reference + 12)?;
        let mut starts = Vec::new();
        at += 4;
        for _ in 0..changes {
            let (Some(start), Some(flags)) = (u32_at(bytes, at), u32_at(bytes, at + 4)) else { break };
            at += 8;
            if flags & 0x20 != 0 {
                // A level of its own; the list's one is near enough.
                let Some((_, length)) = bytes.get(at..).and_then(level) else { break };
                at += length;
            }
            if flags & 0x10 != 0 {
                starts.push(((flags & 0xF) as usize, start));
            }
        }
        numbering.add((i + 1).to_string(), u32_at(bytes, reference)?.to_string(), &starts);
    }
    Some(())
}
