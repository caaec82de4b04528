//! Archives and mails as they come: lists, members, archives in archives.
#![no_main]

use std::cell::RefCell;
use std::io::{Seek, Write};

use baocao::internal::archive;

thread_local! {
    static FILE: RefCell<tempfile::NamedTempFile> = RefCell::new(tempfile::NamedTempFile::new().unwrap());
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    FILE.with_borrow_mut(|file| {
        file.as_file().set_len(0).unwrap();
        file.rewind().unwrap();
        file.write_all(data).unwrap();
        for (path, bytes) in archive::read(file.path()) {
            let shown = path.as_os_str().as_encoded_bytes();
            assert!(shown.starts_with(file.path().as_os_str().as_encoded_bytes()), "{path:?}");
            assert!(bytes.is_none_or(|bytes| bytes.len() <= 1 << 20));
        }
    });
});
