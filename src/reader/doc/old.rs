//! Word 6 and 95: the text alone. Those files have one byte a letter and another form of all tables; their text lies in one piece
//! unless the file was saved in a hurry. Fonts are not looked at: the text itself tells its encoding.

use super::super::bytes::{index_at, slice_at, u16_at};
use super::super::flow::Flow;
use super::super::paragraph::{OldFonts, Paragraph};
use crate::charset::cp1252_char;
use crate::error::Error;

/// First two bytes of the head.
const MAGIC: u16 = 0xA5DC;

/// Whether a main stream is of Word 6 or 95.
pub fn is_old(main: &[u8]) -> bool {
    u16_at(main, 0) == Some(MAGIC)
}

/// The text of a main stream.
///
/// # Errors
/// One with a password, one whose text lies in pieces, a broken one.
pub fn read(main: &[u8], fonts: &mut OldFonts) -> Result<Flow, Error> {
    let flags = u16_at(main, 0x0A).unwrap_or(0);
    if flags & 0x0100 != 0 {
        return Err(Error::Encrypted(
            "a password-protected Word document; save it without password first".into(),
        ));
    }
    if flags & 0x0004 != 0 {
        return Err(Error::Unsupported(
            "a fast-saved document of Word 6 or 95; save it as .docx first".into(),
        ));
    }
    let place = index_at(main, 0x18).zip(index_at(main, 0x34));
    let bytes = place.and_then(|(from, letters)| slice_at(main, from, letters));
    let bytes = bytes.ok_or_else(|| Error::Damaged("the text of the Word file is cut off".into()))?;
    let mut flow = Flow::default();
    let mut line = String::new();
    // Instructions of fields are not shown, their results are.
    let mut fields: Vec<bool> = Vec::new();
    let mut instructions = 0_usize;
    let mut after_cell = false;
    for &byte in bytes {
        let is_cell = byte == 0x07;
        match byte {
            0x13 => {
                fields.push(true);
                instructions += 1;
            }
            0x14 => {
                let begun = fields.last_mut().is_some_and(std::mem::take);
                instructions -= usize::from(begun);
            }
            0x15 => instructions -= usize::from(fields.pop().unwrap_or(false)),
            0x0B..=0x0E => write(&mut line, byte == 0x0C, fonts, &mut flow),
            // A row ends with a mark behind that of its last cell.
            0x07 if after_cell => write(&mut line, false, fonts, &mut flow),
            _ if instructions > 0 => {}
            0x07 | 0x09 => line.push('\t'),
            0x1E => line.push('-'),
            0..0x20 => {}
            _ => line.push(cp1252_char(byte)),
        }
        after_cell = is_cell && !after_cell;
    }
    write(&mut line, false, fonts, &mut flow);
    Ok(flow)
}

fn write(line: &mut String, page: bool, fonts: &mut OldFonts, flow: &mut Flow) {
    let mut paragraph = Paragraph::open();
    paragraph.text(line);
    paragraph.write(None, None, fonts, flow);
    line.clear();
    if page {
        flow.page_break();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_word_95_is_read_and_decoded() {
        let text = b"B\xB8o c\xB8o t\xD7nh h\xD7nh\r\x13 PAGE \x147\x15 h\xE9\rX\xB7\x0712\x07\x07c\xE3\r";
        let mut main = vec![0u8; 0x300];
        main[..2].copy_from_slice(&MAGIC.to_le_bytes());
        main[0x18..0x1C].copy_from_slice(&0x300u32.to_le_bytes());
        main[0x34..0x38].copy_from_slice(&(text.len() as u32).to_le_bytes());
        main.extend_from_slice(text);
        let mut fonts = OldFonts::default();
        read(&main, &mut fonts).unwrap();
        let flow = read(&main, &mut fonts.learnt().unwrap()).unwrap();
        assert_eq!(flow.text, "Báo cáo tình hình\n7 hộ\nXã 12\ncó");
        main[0x0B] = 1;
        assert_eq!(read(&main, &mut OldFonts::default()).map_err(|e| e.code()).err(), Some("encrypted"));
    }

    #[test]
    fn open_fields_cost_the_text_behind_them_nothing() {
        let text = [b"\x13\x14".repeat(50_000), b"x".repeat(50_000), b"\x13 PAGE".to_vec()].concat();
        let mut main = vec![0u8; 0x300];
        main[..2].copy_from_slice(&MAGIC.to_le_bytes());
        main[0x18..0x1C].copy_from_slice(&0x300u32.to_le_bytes());
        main[0x34..0x38].copy_from_slice(&(text.len() as u32).to_le_bytes());
        main.extend_from_slice(&text);
        assert_eq!(read(&main, &mut OldFonts::default()).unwrap().text.len(), 50_000);
    }
}
