//! Word 97 to 2003 and .xls: whole compound containers.
#![no_main]

use baocao::internal::reader::{ReadOptions, read};

mod shape;

libfuzzer_sys::fuzz_target!(|data: &[u8]| shape::check(read(data, &ReadOptions::default())));
