//! Character maps.
#![no_main]

mod wrap;

const CONTENT: &[u8] = b"BT /F1 12 Tf 50 700 Td <00200041004200430100010102030405FFFF> Tj ET";

libfuzzer_sys::fuzz_target!(|data: &[u8]| wrap::check(&wrap::pdf(CONTENT, data)));
