//! Web pages.
#![no_main]

mod wrap;

libfuzzer_sys::fuzz_target!(|data: &[u8]| wrap::check(&[b"<!doctype html>".as_slice(), data].concat()));
