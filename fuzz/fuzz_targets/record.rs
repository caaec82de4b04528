//! The whole way: any text to its record. Every item is exactly the text at its place.
#![no_main]

use std::sync::LazyLock;

use baocao::Extractor;

static EXTRACTOR: LazyLock<Extractor> =
    LazyLock::new(|| Extractor::new().expect("the embedded patterns are sound"));

libfuzzer_sys::fuzz_target!(|data: &str| {
    let bytes = data.as_bytes();
    let (Ok(content), Ok(record)) = (EXTRACTOR.read(bytes), EXTRACTOR.extract("fuzz", bytes)) else { return };
    let at = |range: [usize; 2]| content.text.get(range[0]..range[1]).expect("on character boundaries");
    for item in &record.references {
        assert_eq!(at(item.bytes), &*item.text);
    }
    for item in &record.dates {
        assert_eq!(at(item.bytes), &*item.text);
    }
    for item in &record.indicators {
        assert_eq!(at(item.bytes), &*item.text);
    }
    serde_json::to_string(&record).expect("a record is JSON");
});
