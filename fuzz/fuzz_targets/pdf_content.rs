//! Content streams.
#![no_main]

mod wrap;

const MAP: &[u8] = b"beginbfrange <0020> <FFFF> <0020> endbfrange";

libfuzzer_sys::fuzz_target!(|data: &[u8]| wrap::check(&wrap::pdf(data, MAP)));
