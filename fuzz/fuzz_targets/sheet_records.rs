//! The records of an .xls in an otherwise sound compound container.
#![no_main]

use std::io::{Cursor, Write};

use baocao::internal::reader::{ReadOptions, read};

mod shape;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(data).unwrap();
    file.flush().unwrap();
    shape::check(read(&file.into_inner().into_inner(), &ReadOptions::default()));
});
