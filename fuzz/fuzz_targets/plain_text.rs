//! Plain text of any encoding: bytes to text.
#![no_main]

use baocao::internal::charset::{Case, Charset, convert, convert_bytes, decode, detect};
use baocao::internal::reader::{ReadOptions, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(content) = read(data, &ReadOptions::default()) {
        // What came out as Unicode is not taken for an old encoding again, unless lines of several were mixed.
        assert!(!content.text.contains('\r'));
    }
    let converted = convert_bytes(data);
    assert!(converted.unreadable <= data.len());
    if let Ok(text) = std::str::from_utf8(data) {
        let converted = convert(text);
        if converted.charset.is_none() && !converted.mixed {
            assert_eq!(converted.text, text);
        }
        for charset in Charset::ALL {
            let _ = detect(text, Some(charset));
            let _ = decode(text, charset, Case::Guess);
        }
    }
});
