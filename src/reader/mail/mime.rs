//! Mail: the parts of a message (MIME). Head lines, multipart bodies with their boundaries, transfer encodings, encoded words.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// Parts nested deeper than this are left out: limit `mail_depth`.
const DEEPEST: usize = 16;
/// Most parts of a message: limit `mail_parts`.
pub const MOST_PARTS: usize = 1000;
/// Longest head of a part.
const LONGEST_HEAD: usize = 256 << 10;

/// One part that is no multipart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its kind in lower case: `text/html`.
    pub kind: String,
    /// The name of its character set, if it tells.
    pub charset: Option<String>,
    /// The file name, if it has one.
    pub name: Option<String>,
    /// Whether it is meant to be saved, not shown.
    pub attached: bool,
    /// The multipart kinds around it, innermost last: `mixed`, `alternative`, `related`.
    pub within: Vec<String>,
    /// Its decoded bytes.
    pub bytes: Vec<u8>,
}

/// A message taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Its subject.
    pub subject: String,
    /// Whether somebody sent it, or a program saved a web page in the form of a message.
    pub sent: bool,
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// Head lines by their names in lower case, unfolded.
type Head = Vec<(String, String)>;

/// Takes a message apart.
pub fn parse(bytes: &[u8]) -> Message {
    let (head, _) = split(bytes);
    let subject = get(&head, "subject").map(words).unwrap_or_default();
    let from = get(&head, "from").unwrap_or_default();
    let sent = !from.is_empty() && !from.contains("<Saved by") && !from.contains("Saved by ");
    let mut message = Message { subject, sent, parts: Vec::new() };
    part(bytes, &mut Vec::new(), &mut message.parts);
    message
}

/// Whether bytes begin like a message: head lines, among them those that only messages have.
pub fn is_message(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(8192)).unwrap_or(bytes);
    if !start.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let (head, _) = split(start);
    let has = |name: &str| get(&head, name).is_some();
    let mime = get(&head, "mime-version").is_some_and(|v| v.trim_start().starts_with("1."));
    let first = start.split(|b| *b == b'\n').next().unwrap_or(&[]);
    let is_head_line = head_line(first).is_some();
    is_head_line
        && (mime && has("content-type")
            || has("from") && has("date") && (has("to") || has("message-id") || has("received")))
}

fn head_line(line: &[u8]) -> Option<(String, String)> {
    let colon = line.iter().position(|b| *b == b':')?;
    let (name, value) = line.split_at_checked(colon)?;
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if name.is_empty() || name.len() > 64 || !name.iter().all(is_name) {
        return None;
    }
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    Some((name, String::from_utf8_lossy(value.get(1..)?).trim().to_owned()))
}

/// The head and the body of a part.
fn split(bytes: &[u8]) -> (Head, &[u8]) {
    let mut head = Head::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if at > LONGEST_HEAD {
            break;
        }
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
        let line = rest.get(..end).unwrap_or(rest);
        let text = line.trim_ascii_end();
        if text.is_empty() {
            at += end;
            break;
        }
        if text.first().is_some_and(|b| matches!(b, b' ' | b'\t')) {
            if let Some((_, value)) = head.last_mut() {
                value.push(' ');
                value.push_str(String::from_utf8_lossy(text).trim_start());
            }
        } else if let Some(line) = head_line(text) {
            head.push(line);
        } else {
            break;
        }
        at += end;
    }
    (head, bytes.get(at..).unwrap_or(&[]))
}

fn get<'h>(head: &'h Head, name: &str) -> Option<&'h str> {
    head.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// A parameter of a head line: `charset` of `text/html; charset="utf-8"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value;
    while let Some((_, behind)) = rest.split_once(';') {
        rest = behind.trim_start();
        // What has no value is passed over, without a look at all that comes behind it.
        let Some((key, value)) = rest.find(['=', ';']).and_then(|at| rest.split_at_checked(at)) else {
            break;
        };
        let Some(value) = value.strip_prefix('=') else { continue };
        let key = key.trim().to_ascii_lowercase();
        let value = value.trim_start();
        let text = match value.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next().unwrap_or(""),
            None => value.split(';').next().unwrap_or("").trim(),
        };
        if key == name {
            return Some(words(text));
        }
        // RFC 2231: name*=utf-8''t%C3%AAn
        if key.strip_suffix('*') == Some(name) {
            let coded = text.rsplit('\'').next().unwrap_or(text);
            return Some(String::from_utf8_lossy(&percent(coded)).into_owned());
        }
    }
    None
}

fn percent(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let coded = (byte == b'%').then(|| hex(bytes.get(at + 1..at + 3)?)).flatten();
        out.push(coded.unwrap_or(byte));
        at += if coded.is_some() { 3 } else { 1 };
    }
    out
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |b: u8| char::from(b).to_digit(16);
    match *digits {
        [a, b] => Some((digit(a)? * 16 + digit(b)?) as u8),
        _ => None,
    }
}

fn part(bytes: &[u8], within: &mut Vec<String>, parts: &mut Vec<Part>) {
    if parts.len() >= MOST_PARTS {
        return;
    }
    let (head, body) = split(bytes);
    let content_type = get(&head, "content-type").unwrap_or("text/plain");
    let kind = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if let Some(multipart) = kind.strip_prefix("multipart/") {
        let Some(boundary) = parameter(content_type, "boundary").filter(|b| !b.is_empty()) else { return };
        if within.len() >= DEEPEST {
            return;
        }
        within.push(multipart.to_owned());
        for piece in pieces(body, boundary.as_bytes()) {
            part(piece, within, parts);
        }
        within.pop();
        return;
    }
    let disposition = get(&head, "content-disposition").unwrap_or("");
    let name = parameter(disposition, "filename").or_else(|| parameter(content_type, "name"));
    let coding = get(&head, "content-transfer-encoding").unwrap_or("").to_ascii_lowercase();
    let bytes = match coding.trim() {
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        _ => body.to_vec(),
    };
    parts.push(Part {
        charset: parameter(content_type, "charset"),
        attached: disposition.trim_start().to_ascii_lowercase().starts_with("attachment"),
        within: within.clone(),
        kind,
        name,
        bytes,
    });
}

/// What stands between the boundaries of a multipart.
fn pieces<'b>(body: &'b [u8], boundary: &[u8]) -> Vec<&'b [u8]> {
    let mark = [b"--", boundary].concat();
    let mut pieces = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < body.len() && pieces.len() < MOST_PARTS {
        let rest = body.get(at..).unwrap_or(&[]);
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
        let line = rest.get(..end).unwrap_or(rest);
        if let Some(behind) = line.strip_prefix(mark.as_slice()) {
            let closes = behind.trim_ascii_end() == b"--";
            if closes || behind.trim_ascii_end().is_empty() {
                pieces.extend(start.take().and_then(|from: usize| body.get(from..at)));
                if closes {
                    return pieces;
                }
                start = Some(at + end);
            }
        }
        at += end;
    }
    pieces.extend(start.and_then(|from| body.get(from..)));
    pieces
}

/// Decodes base64; other characters are passed over.
pub fn base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// Decodes `=C3=A0` and soft line ends.
pub fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        if let Some(byte) = text.get(at..at + 2).and_then(hex) {
            out.push(byte);
            at += 2;
            continue;
        }
        let rest = text.get(at..).unwrap_or(&[]);
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        match rest.get(blanks) {
            Some(b'\n') => at += blanks + 1,
            None => at += blanks,
            _ => out.push(b'='),
        }
    }
    out
}

/// Encoded words of a head line: `=?utf-8?B?QsOhbw==?=`.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let (before, word) = rest.split_at(start);
        let (text, behind) = match encoded_word(word) {
            Word::Decoded(text, behind) => (text, behind),
            Word::None => {
                let (mark, behind) = word.split_at(2);
                out.push_str(before);
                out.push_str(mark);
                rest = behind;
                after_word = false;
                continue;
            }
            // No later one ends either.
            Word::Endless => break,
        };
        // Blanks between two encoded words are none.
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        out.push_str(&text);
        rest = behind;
        after_word = true;
    }
    out.push_str(rest);
    out
}

/// What begins like an encoded word.
enum Word<'w> {
    /// It is one: its text, and what stands behind it.
    Decoded(String, &'w str),
    /// It is none.
    None,
    /// It has no end.
    Endless,
}

fn encoded_word(word: &str) -> Word<'_> {
    let mut fields = word.strip_prefix("=?").unwrap_or("").splitn(3, '?');
    let (Some(charset), Some(coding), Some(rest)) = (fields.next(), fields.next(), fields.next()) else {
        return Word::None;
    };
    if !matches!(coding, "B" | "b" | "Q" | "q") {
        return Word::None;
    }
    let Some((text, behind)) = rest.split_once("?=") else { return Word::Endless };
    let bytes = match coding {
        "B" | "b" => base64(text.as_bytes()),
        _ => quoted_printable(text.replace('_', " ").as_bytes()),
    };
    Word::Decoded(decode(&bytes, Some(charset)).into_owned(), behind)
}

/// Bytes in a named character set as text; UTF-8 where they are.
pub fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Cow<'b, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let encoding =
        charset.and_then(|name| Encoding::for_label(name.as_bytes())).unwrap_or(encoding_rs::UTF_8);
    encoding.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfer_encodings_and_encoded_words() {
        assert_eq!(base64(b"QsOh\r\nbw=="), "Báo".as_bytes());
        assert_eq!(quoted_printable(b"h=E1=BB=99 ngh=\r\n=C3=A8o = x="), "hộ nghèo = x".as_bytes());
        assert_eq!(words("=?utf-8?B?QsOhbw==?= =?UTF-8?Q?_c=C3=A1o?= 5 =?x"), "Báo cáo 5 =?x");
        assert_eq!(parameter("a; filename*=utf-8''b%C3%A1o.doc", "filename").as_deref(), Some("báo.doc"));
    }

    #[test]
    fn messages_are_known_by_their_heads() {
        assert!(is_message(b"MIME-Version: 1.0\nContent-Type: text/html\n\nx"));
        assert!(is_message(b"From: a\nTo: b\nDate: c\nSubject: d\n\nx"));
        assert!(!is_message("Subject: 5\nSố: 12/BC-UBND".as_bytes()));
        assert!(!is_message(b"Kinh gui: x\n"));
    }

    #[test]
    fn parts_nest_only_so_deep() {
        let mut message = String::from("MIME-Version: 1.0\n");
        for i in 0..5000 {
            message.push_str(&format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"));
        }
        assert!(parse(message.as_bytes()).parts.is_empty());
    }

    #[test]
    fn heads_of_nothing_but_marks_are_read_once() {
        let value = format!("text/plain{} charset=utf-8", ";".repeat(200_000));
        assert_eq!(parameter(&value, "charset").as_deref(), Some("utf-8"));
        assert_eq!(parameter(&value, "name"), None);
        assert_eq!(parameter("a; b; c=\"d;e\"; f", "c").as_deref(), Some("d;e"));
        let open = "=?a?B?x".repeat(40_000);
        assert!(words(&open) == open);
        let odd = format!("{}?=", "=?a?x?y".repeat(40_000));
        assert!(words(&odd) == odd);
    }
}
