//! Stage 1: web pages. In come the bytes of an HTML page; out go its visible text, one block a line, its tables, and
//! marks on what is no part of the document (menus, related news, footers).

mod bounds;
mod page;
mod tag;

use std::borrow::Cow;

use encoding_rs::Encoding;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use self::bounds::Bounded;
use self::page::Page;
use super::{Content, Mark, MarkKind, ReadOptions, encoding, plain};
use crate::charset::{self, Charset};
use crate::error::Error;
use crate::record::{TextSource, Warning};

/// How far a page is searched for its character encoding and for the signs that it is one.
const HEAD: usize = 4096;

/// Reads one document of this format.
///
/// # Errors
/// An unknown forced encoding, a page without text, and text above the limit.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let mut warnings = Vec::new();
    let (source, encoding) = decode(bytes, options, &mut warnings)?;
    let mut page = Page::new();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| page.on(event));
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(Bounded::new(&source), emitter)
        .finish()
        .map_err(|e| Error::TooLarge(e.to_string()))?;
    let (text, tables, mut marks) = page.finish();
    options.limits.check_text(&text)?;
    if text.trim().is_empty() {
        return Err(Error::NoText("the page shows no text".into()));
    }
    drop_overall_boilerplate(&mut marks, text.len());
    Ok(Content {
        format: "html",
        encoding: Some(encoding),
        text,
        pages: 1,
        text_source: TextSource::Plain,
        tables,
        marks,
        recognised: Vec::new(),
        warnings,
    })
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 12] = [
        b"<!doctype html",
        b"<html",
        b"<head",
        b"<body",
        b"<meta",
        b"<title",
        b"<div",
        b"<table",
        b"<article",
        b"<section",
        b"<p>",
        b"<h1",
    ];
    let wide = plain::utf16_order(bytes).is_some();
    if !wide && !head(bytes).trim_ascii_start().starts_with(b"<") {
        return false;
    }
    let mut head = head(bytes).to_ascii_lowercase();
    if wide {
        // Tags are ASCII letters with a zero on one side.
        head.retain(|b| b.is_ascii() && *b != 0);
    }
    let start = head.trim_ascii_start();
    let has = |sign: &[u8]| memchr::memmem::find(start, sign).is_some();
    STARTS.iter().any(|s| start.starts_with(s))
        || (start.first() == Some(&b'<') && (has(b"<html") || has(b"<!doctype html") || has(b"<body")))
}

fn head(bytes: &[u8]) -> &[u8] {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    body.get(..HEAD).unwrap_or(body)
}

/// Decodes by the user's word, the byte order mark, what the bytes prove, or the page's own declaration, in this order.
/// Pages that are valid UTF-8 are hardly ever anything else, and old encodings (fonts .VnTime, VNI-Times) are never
/// declared as such; the text proves them.
fn decode<'b>(
    bytes: &'b [u8],
    options: &ReadOptions,
    warnings: &mut Vec<Warning>,
) -> Result<(Cow<'b, str>, &'static str), Error> {
    let forced = match encoding::asked(bytes, options, warnings) {
        Some(name) => match (Charset::from_name(name), Encoding::for_label(name.as_bytes())) {
            (Some(charset), _) => return Ok((charset::decode_as(bytes, charset).into(), charset.name())),
            (None, Some(encoding)) => Some(encoding), // utf-8, utf-16le …
            (None, None) => return Err(Error::Unsupported(format!("encoding {name:?} is not known"))),
        },
        None => Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| {
            let (little, _) = plain::utf16_order(bytes)?;
            Some(if little { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE })
        }),
    };
    if forced.is_none() {
        let old = match std::str::from_utf8(bytes) {
            Ok(text) => charset::convert(text),
            Err(_) => charset::convert_bytes(bytes),
        };
        if let Some(charset) = old.charset {
            return Ok((old.text, charset.name()));
        }
    }
    let found = forced.unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(_) => encoding_rs::UTF_8,
        Err(_) => declared(head(bytes)).unwrap_or(encoding_rs::WINDOWS_1258),
    });
    if found == encoding_rs::WINDOWS_1258 {
        // Its tones are characters of their own; decoded they belong to their letters.
        return Ok((charset::decode_as(bytes, Charset::Windows1258).into(), Charset::Windows1258.name()));
    }
    let (text, encoding, damaged) = found.decode(bytes);
    if damaged {
        let n = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
        let message =
            format!("the page is not valid {}; {n} unreadable places stand as U+FFFD", encoding.name());
        warnings.push(Warning { code: "invalid_encoding".into(), message });
    }
    let name = match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        other => other,
    };
    Ok((text, name))
}

/// The encoding that the page declares: `<meta charset=…>` or `content="text/html; charset=…"`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, b"charset")? + "charset".len();
    let rest = lower.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:".contains(b)).unwrap_or(rest.len());
    Encoding::for_label(rest.get(..end)?).filter(|e| *e != encoding_rs::UTF_8)
}

/// Where (nearly) the whole page is marked, the marks tell nothing: some wrapper has a name like `menu-page`.
fn drop_overall_boilerplate(marks: &mut Vec<Mark>, length: usize) {
    let mut covered = 0;
    let mut end = 0;
    for mark in marks.iter().filter(|m| m.kind == MarkKind::Boilerplate) {
        covered += mark.range.end.saturating_sub(mark.range.start.max(end));
        end = end.max(mark.range.end);
    }
    if covered * 20 > length * 19 {
        marks.retain(|m| m.kind != MarkKind::Boilerplate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(html: &str) -> Content {
        read(html.as_bytes(), &ReadOptions::default()).unwrap()
    }

    fn boilerplate(c: &Content) -> Vec<&str> {
        let marks = c.marks.iter().filter(|m| m.kind == MarkKind::Boilerplate);
        marks.filter_map(|m| c.text.get(m.range.clone())).collect()
    }

    #[test]
    fn blocks_become_lines_and_inline_elements_do_not_part_words() {
        let c = content(
            "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><h1>BÁO CÁO</h1>\n\
             <p>Kết <b>qu</b>ả&nbsp;năm\n 2021:<br>đạt 97,5&#37;</p><div>a</div><div>b<script>var x = '<p>';</script></div>\
             <ul><li>một<li>hai</ul></body></html>",
        );
        assert_eq!(c.text, "x\n\nBÁO CÁO\n\nKết quả\u{a0}năm 2021:\nđạt 97,5%\n\na\nb\n\nmột\nhai");
        assert_eq!((c.format, c.encoding, c.pages), ("html", Some("utf-8"), 1));
    }

    #[test]
    fn tables_are_rows_of_cells_in_the_text() {
        let c = content(
            "<table><thead><tr><th>Đơn vị<th>Hồ sơ</tr></thead><tr><td><p>Xã Yên Lạc</p></td><td>1.204</td></tr>\
             <tr><td>Xã Tân Hòa<td>87</table>",
        );
        assert_eq!(c.text, "Đơn vị\tHồ sơ\nXã Yên Lạc\t1.204\nXã Tân Hòa\t87");
        let table = c.tables.first().unwrap();
        assert_eq!((table.rows.len(), table.header_rows), (3, 1));
        let cell = table.rows.get(1).and_then(|r| r.cells.get(1)).unwrap();
        assert_eq!(c.text.get(cell.range.clone()), Some("1.204"));
    }

    #[test]
    fn menus_related_news_and_footers_are_marked() {
        let c = content(
            "<html><body class='has-menu'><nav><a href=/>Trang chủ</a></nav><div class='main-menu'>Giới thiệu</div>\
             <article><header><h1>Báo cáo</h1></header><p>Nội dung của báo cáo khá dài để còn lại nhiều chữ.</p></article>\
             <ul><li><a>Họp giao ban tháng 3</a></li><li><a>Ra quân làm sạch biển</a></li></ul>\
             <footer>Bản quyền 2020</footer></body></html>",
        );
        let lists =
            ["Trang chủ", "Giới thiệu", "Họp giao ban tháng 3\nRa quân làm sạch biển", "Bản quyền 2020"];
        assert_eq!(boilerplate(&c), lists);
    }

    #[test]
    fn a_page_that_is_all_menu_by_name_keeps_no_marks() {
        let c = content(
            "<html><body><div class=menu><p>Quyết định số 12/QĐ-UBND ngày 3/4/2019</p></div></body></html>",
        );
        assert!(c.marks.is_empty());
    }

    #[test]
    fn raised_numbers_are_marked_and_hidden_text_is_left_out() {
        let c = content("<p>12 km<sup>2</sup> <span style='display: none'>ẩn</span><i hidden>x</i>đất</p>");
        assert_eq!(c.text, "12 km2 đất");
        let mark = c.marks.first().unwrap();
        assert_eq!((mark.kind, c.text.get(mark.range.clone())), (MarkKind::Superscript, Some("2")));
    }

    #[test]
    fn a_raised_number_behind_a_figure_is_no_digit_of_it() {
        for (page, text) in [
            ("<p>có 214<sup>3</sup> hộ, đạt 97,5<sup>12</sup>%</p>", "có 214³ hộ, đạt 97,5¹²%"),
            ("<p>có 214<span style='vertical-align: super'>3</span> hộ</p>", "có 214³ hộ"),
            ("<p>có 214<sup>(1)</sup> hộ<sup>2</sup></p>", "có 214(1) hộ2"),
            ("<p>25<sup>0</sup>C, 12 km<sup>2</sup></p>", "25⁰C, 12 km2"),
            ("<p><math><msup><mn>10</mn><mn>6</mn></msup></math> tấn</p>", "10⁶ tấn"),
        ] {
            assert_eq!(content(page).text, text);
        }
    }

    #[test]
    fn windows_1258_that_a_page_declares_comes_out_composed() {
        let mut page = b"<html><head><meta charset=\"windows-1258\"></head><body>".to_vec();
        page.extend(charset::encode("Uỷ ban nhân dân huyện báo cáo", Charset::Windows1258).unwrap());
        page.extend(b"</body></html>");
        assert_eq!(read(&page, &ReadOptions::default()).unwrap().text, "Uỷ ban nhân dân huyện báo cáo");
    }

    #[test]
    fn the_encoding_comes_from_mark_declaration_or_bytes() {
        let page = "<html><head><meta charset=\"windows-1258\"></head><body>B\u{e1}o c\u{e1}o</body></html>";
        let bytes = encoding_rs::WINDOWS_1258.encode(page).0.into_owned();
        let c = read(&bytes, &ReadOptions::default()).unwrap();
        assert_eq!((c.text.as_str(), c.encoding), ("Báo cáo", Some("windows-1258")));
        let utf8 = content(page);
        assert_eq!((utf8.text.as_str(), utf8.encoding), ("Báo cáo", Some("utf-8")), "valid UTF-8 wins");
        let old = "<html><head><meta charset=iso-8859-1></head><body>Uỷ ban nhân dân tỉnh báo cáo kết quả</body></html>";
        let bytes = charset::encode(old, Charset::Tcvn3).unwrap();
        let c = read(&bytes, &ReadOptions::default()).unwrap();
        assert_eq!((c.text.as_str(), c.encoding), ("Uỷ ban nhân dân tỉnh báo cáo kết quả", Some("tcvn3")));
        let mut marked = vec![0xFF, 0xFE];
        marked.extend("<html><body>Báo cáo</body></html>".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read(&marked, &ReadOptions::default()).unwrap().text, "Báo cáo");
    }

    #[test]
    fn fonts_for_old_encodings_and_fractions_are_understood() {
        let c = content(
            "<p>Năm 2019, <font face='.VnTime'>toµn huyÖn cã 45 hé</font>, <span style=\"font-family: '.VnTimeH'\">b¸o c¸o</span> \
             tốt.</p><p><math><mfrac><mn>45</mn><mrow><mn>60</mn></mrow></mfrac></math> xã</p>",
        );
        assert_eq!(c.text, "Năm 2019, toàn huyện có 45 hộ, BÁO CÁO tốt.\n\n45/60 xã");
    }

    #[test]
    fn a_page_in_utf_16_is_known_without_a_mark() {
        let bytes: Vec<u8> =
            "<html><body>Báo cáo số 5</body></html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(sniff(&bytes));
        let c = read(&bytes, &ReadOptions::default()).unwrap();
        assert_eq!((c.text.as_str(), c.encoding), ("Báo cáo số 5", Some("utf-16le")));
    }

    #[test]
    fn pages_are_known_by_their_beginning_only() {
        assert!(sniff(b"\xEF\xBB\xBF \n<!DOCTYPE HTML PUBLIC>"));
        assert!(sniff(b"<?xml version='1.0'?><html xmlns='x'>"));
        assert!(!sniff("Báo cáo về thẻ <html> trong trang".as_bytes()));
        assert!(!sniff(b"<?xml version='1.0'?><rss>"));
    }

    #[test]
    fn broken_and_deep_pages_end_in_linear_time() {
        for piece in
            ["<div>", "<table><tr><td>", "</div></p></table>", "<td>", "<ul><li>", "<p", "&#", "<sup>1"]
        {
            let html = format!("<html><body>x{}", piece.repeat(60_000));
            let c = content(&html);
            assert!(c.text.starts_with('x'), "{piece}");
        }
    }
}
