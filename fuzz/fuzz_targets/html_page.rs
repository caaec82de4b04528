//! Web pages.
#![no_main]

use baocao::internal::reader::{ReadOptions, read};

mod shape;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let page = [b"<html><body>", data].concat();
    shape::check(read(&page, &ReadOptions::default()));
});
