//! Stage 3: the rules and word lists as data. Loads `patterns/*.toml`, embedded in the binary and extended or
//! replaced by `--patterns DIR`.

pub mod source;
pub mod vocab;
