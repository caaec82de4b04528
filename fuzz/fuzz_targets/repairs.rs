//! The repairs: any text has a shadow whose offsets lead back onto character boundaries, in order.
#![no_main]

use baocao::internal::words::{NAMES, RepairOptions, repair};

libfuzzer_sys::fuzz_target!(|data: &str| {
    let shadow = repair(data, &RepairOptions::default());
    let mut last = 0;
    for (i, c) in shadow.text.char_indices() {
        let raw = shadow.to_raw(i..i + c.len_utf8());
        assert!(data.get(raw.clone()).is_some());
        assert!(raw.start >= last);
        last = raw.start;
    }
    assert!(shadow.repairs.iter().all(|r| data.get(r.range.clone()).is_some()));
    assert_eq!(repair(data, &RepairOptions::without(NAMES)).text, data);
});
