//! PDF files as they come: compressed, encrypted, damaged, hostile. Each is read or gives one typed error.

#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "tests")]

mod pdf_maker;

use std::collections::BTreeMap;
use std::sync::Arc;

use baocao::internal::reader::{Limits, ReadOptions, read};
use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter};
use lopdf::{
    Document, EncryptionState, EncryptionVersion, Object, Permissions, SaveOptions, Stream, dictionary,
};
use pdf_maker::{Maker, at, codes, save};

const TEXT: &str = "Kế hoạch số 15/KH-UBND";

fn sample() -> Document {
    let mut maker = Maker::new();
    maker.page(at(50.0, 700.0, 12.0, TEXT));
    maker.finish()
}

fn text(bytes: &[u8]) -> String {
    read(bytes, &ReadOptions::default()).unwrap().text
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, &ReadOptions::default()).unwrap_err().code()
}

#[test]
fn object_streams_and_compressed_content_are_read() {
    let mut doc = sample();
    doc.compress();
    let mut out = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    doc.save_with_options(&mut out, options).unwrap();
    assert_eq!(text(&out), TEXT);
}

#[test]
fn abbreviated_filter_names_are_understood() {
    let mut maker = Maker::new();
    let mut stream = Stream::new(dictionary! {}, at(50.0, 700.0, 12.0, TEXT).repeat(3).into_bytes());
    stream.compress().unwrap();
    stream.dict.set("Filter", "Fl");
    let content = maker.doc.add_object(stream);
    maker.page_of(content.into(), dictionary! {});
    assert_eq!(maker.read().text, TEXT);
}

/// The sample, encrypted.
fn encrypted(kind: u8, user: &str) -> Vec<u8> {
    let mut doc = sample();
    let key = [7u8; 32];
    let permissions = Permissions::all();
    let aes = |filter: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), filter)]);
    let (stream_filter, string_filter) = (b"StdCF".to_vec(), b"StdCF".to_vec());
    let version = match kind {
        1 => {
            EncryptionVersion::V1 {
                document: &doc, owner_password: "chủ", user_password: user, permissions
            }
        }
        2 => EncryptionVersion::V2 {
            document: &doc,
            owner_password: "owner",
            user_password: user,
            key_length: 128,
            permissions,
        },
        4 => EncryptionVersion::V4 {
            document: &doc,
            encrypt_metadata: true,
            crypt_filters: aes(Arc::new(Aes128CryptFilter)),
            stream_filter,
            string_filter,
            owner_password: "owner",
            user_password: user,
            permissions,
        },
        _ => EncryptionVersion::V5 {
            encrypt_metadata: true,
            crypt_filters: aes(Arc::new(Aes256CryptFilter)),
            file_encryption_key: &key,
            stream_filter,
            string_filter,
            owner_password: "owner",
            user_password: user,
            permissions,
        },
    };
    let state = EncryptionState::try_from(version).unwrap();
    doc.encrypt(&state).unwrap();
    save(doc)
}

#[test]
fn every_standard_encryption_opens_with_an_empty_or_the_given_password() {
    for kind in [1, 2, 4, 5] {
        assert_eq!(text(&encrypted(kind, "")), TEXT, "kind {kind}, no password");
        let locked = encrypted(kind, "mo cua");
        assert_eq!(code(&locked), "encrypted", "kind {kind}, password missing");
        let with = |password: &str| ReadOptions { password: Some(password.into()), ..ReadOptions::default() };
        assert_eq!(read(&locked, &with("mo cua")).unwrap().text, TEXT, "kind {kind}, password given");
        assert_eq!(
            read(&locked, &with("sai")).unwrap_err().code(),
            "encrypted",
            "kind {kind}, password wrong"
        );
    }
}

#[test]
fn an_encryption_in_the_trailer_itself_is_told_and_no_text_is_made_of_it() {
    let mut bytes = encrypted(0, "");
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).rposition(|w| w == what).unwrap();
    let start = find(&bytes, b"/Encrypt ");
    let end = start + bytes[start..].windows(2).position(|w| w == b" R").unwrap() + 2;
    let key = "5a".repeat(32);
    let own = format!("/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{key}>/U<{key}>>>");
    bytes.splice(start..end, own.into_bytes());
    assert_eq!(code(&bytes), "encrypted");
}

#[test]
fn a_broken_cross_reference_is_repaired_and_said_so() {
    let bytes = save(sample());
    let at = memchr::memmem::rfind(&bytes, b"startxref").unwrap();
    let mut broken = bytes[..at].to_vec();
    broken.extend_from_slice(b"startxref\n99999999\n%%EOF");
    let content = read(&broken, &ReadOptions::default()).unwrap();
    assert_eq!(content.text, TEXT);
    assert_eq!(codes(&content), ["repaired"]);
}

#[test]
fn a_truncated_file_gives_the_pages_that_are_there() {
    let mut maker = Maker::new();
    maker.page(at(50.0, 700.0, 12.0, TEXT));
    let bytes = maker.bytes();
    let at = memchr::memmem::rfind(&bytes, b"xref").unwrap();
    let end = memchr::memmem::rfind(&bytes[..at], b"xref").unwrap_or(at);
    assert_eq!(text(&bytes[..end]), TEXT);
}

#[test]
fn a_file_without_its_header_is_read_and_said_to_be_repaired() {
    let bytes = save(sample());
    let start = memchr::memmem::find(&bytes, b"obj").unwrap() - 4;
    let content = read(&bytes[start..], &ReadOptions::default()).unwrap();
    assert_eq!((content.format, content.text.as_str()), ("pdf", TEXT));
    assert_eq!(content.warnings[0].code, "repaired");
    let note = "The trailer names the /Root, startxref stands at the end.";
    assert_eq!(read(note.as_bytes(), &ReadOptions::default()).unwrap().format, "text");
}

#[test]
fn junk_before_the_header_does_no_harm() {
    let mut bytes = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    bytes.extend(save(sample()));
    assert_eq!(text(&bytes), TEXT);
}

#[test]
fn every_cut_of_a_file_gives_text_or_a_typed_error() {
    let bytes = save(sample());
    for end in (9..bytes.len()).step_by(7) {
        if let Err(error) = read(&bytes[..end], &ReadOptions::default()) {
            assert!(["damaged", "no_text"].contains(&error.code()), "cut at {end}: {error}");
        }
    }
}

#[test]
fn a_loop_in_the_page_tree_ends() {
    let mut maker = Maker::new();
    maker.page(at(50.0, 700.0, 12.0, TEXT));
    let pages = maker.pages;
    let mut doc = maker.finish();
    let node = doc.get_object_mut(pages).unwrap().as_dict_mut().unwrap();
    let Ok(Object::Array(kids)) = node.get_mut(b"Kids") else { panic!("no kids") };
    kids.push(pages.into());
    let first = kids[0].clone();
    kids.push(first);
    assert_eq!(text(&save(doc)), TEXT);
}

#[test]
fn an_incremental_update_shows_its_last_state() {
    let bytes = save(sample());
    let mut update =
        lopdf::IncrementalDocument::create_from(bytes.clone(), Document::load_mem(&bytes).unwrap());
    let page = update.get_prev_documents().page_iter().next().unwrap();
    let content = update.get_prev_documents().get_page_contents(page)[0];
    let changed =
        Stream::new(dictionary! {}, at(50.0, 700.0, 12.0, "Bản sửa đổi số 16/KH-UBND").into_bytes());
    update.new_document.objects.insert(content, changed.into());
    let mut out = Vec::new();
    update.save_to(&mut out).unwrap();
    assert_eq!(text(&out), "Bản sửa đổi số 16/KH-UBND");
}

#[test]
fn a_decompression_bomb_is_refused() {
    let mut maker = Maker::new();
    let mut stream = Stream::new(dictionary! {}, vec![b' '; 4 << 20]);
    stream.compress().unwrap();
    let content = maker.doc.add_object(stream);
    maker.page_of(content.into(), dictionary! {});
    let options = ReadOptions {
        limits: Limits { stream_bytes: 1 << 20, ..Limits::default() },
        ..ReadOptions::default()
    };
    let error = read(&maker.bytes(), &options).unwrap_err();
    assert_eq!(error.code(), "too_large");
    assert!(error.to_string().contains("stream_bytes"));
}

#[test]
fn too_many_pages_are_refused_with_the_limit_named() {
    let mut maker = Maker::new();
    for _ in 0..4 {
        maker.page(at(50.0, 700.0, 12.0, TEXT));
    }
    let options = ReadOptions { limits: Limits { pages: 3, ..Limits::default() }, ..ReadOptions::default() };
    let error = read(&maker.bytes(), &options).unwrap_err();
    assert_eq!(error.code(), "too_large");
    assert!(error.to_string().contains("pages"));
}

#[test]
fn a_page_beyond_the_limit_of_glyphs_is_cut_and_said_so() {
    let mut maker = Maker::new();
    let line = at(50.0, 700.0, 1.0, &"x".repeat(10_000));
    maker.page(line.repeat(60));
    let content = maker.read();
    assert_eq!(codes(&content), ["limit_reached"]);
    assert!(content.warnings[0].message.contains("page_glyphs"));
}

#[test]
fn files_that_only_call_themselves_pdf_are_damaged() {
    for bytes in [
        b"%PDF-1.4".as_slice(),
        b"%PDF-1.7\nxref\n0 0\ntrailer<<>>\nstartxref\n9\n%%EOF",
        b"%PDF-\xff\xff\xff",
    ] {
        assert_eq!(code(bytes), "damaged");
    }
}

#[test]
fn the_same_bytes_give_the_same_content() {
    let bytes = save(sample());
    let (a, b) =
        (read(&bytes, &ReadOptions::default()).unwrap(), read(&bytes, &ReadOptions::default()).unwrap());
    assert_eq!((a.text, a.tables, a.marks, a.warnings), (b.text, b.tables, b.marks, b.warnings));
}

/// A small deterministic generator, so that the test says the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

#[test]
fn damaged_bytes_never_panic_and_every_range_fits_the_text() {
    let mut maker = Maker::new();
    let content = at(50.0, 700.0, 12.0, TEXT)
        + "50 600 100 0.5 re f 50 500 100 0.5 re f 50 500 0.5 100 re f 100 500 0.5 100 re f 150 500 0.5 100 re f q 1 0 0 1 5 5 cm Q\n"
        + &at(55.0, 550.0, 12.0, "ô một")
        + &at(105.0, 550.0, 12.0, "ô hai");
    let page = maker.page(content);
    maker.stamp(page, [80, 697, 120, 712], &at(0.0, 3.0, 12.0, "350"), dictionary! {});
    let bytes = maker.bytes();
    let mut random = Random(7);
    for round in 0..600 {
        let mut damaged = bytes.clone();
        for _ in 0..=random.below(12) {
            let at = random.below(damaged.len());
            match random.below(4) {
                0 => damaged[at] = random.below(256) as u8,
                1 => damaged[at] = b"()<>[]/ 0"[random.below(9)],
                2 => drop(damaged.remove(at)),
                _ => damaged.truncate(at.max(64)),
            }
        }
        if let Ok(content) = read(&damaged, &ReadOptions::default()) {
            let cells = content.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells);
            for range in content.marks.iter().map(|m| &m.range).chain(cells.map(|c| &c.range)) {
                assert!(content.text.get(range.clone()).is_some(), "round {round}: {range:?}");
            }
        }
    }
}
