//! Any file: whichever reader its first bytes call for (old Word, RTF, sheets, mail … by the seeds).
#![no_main]

mod wrap;

libfuzzer_sys::fuzz_target!(|data: &[u8]| wrap::check(data));
