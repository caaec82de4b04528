//! Messages: parts, encodings, attachments.
#![no_main]

use baocao::internal::reader::{ReadOptions, mail, read};

mod shape;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let message = [b"MIME-Version: 1.0\nContent-Type: ", data].concat();
    let _ = mail::attachments(&message);
    shape::check(read(&message, &ReadOptions::default()));
});
