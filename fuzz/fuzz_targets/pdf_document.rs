//! Whole PDF files.
#![no_main]

mod wrap;

libfuzzer_sys::fuzz_target!(|data: &[u8]| wrap::check(data));
