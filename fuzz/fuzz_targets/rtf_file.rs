//! Rich text.
#![no_main]

use baocao::internal::reader::{ReadOptions, read};

mod shape;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let file = [b"{\\rtf1", data].concat();
    shape::check(read(&file, &ReadOptions::default()));
});
