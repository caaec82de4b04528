//! Runs the built program as a user does: arguments, streams, exit codes, good and bad input.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod commands;
mod comparing;
mod copies;
mod evaluation;
mod inputs;
mod keeping;
mod manners;
mod night;
mod report;
mod streams;
mod tables;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A report of our own that holds a reference, two dates and three indicators at least.
const REPORT: &str = "ỦY BAN NHÂN DÂN\nXÃ THANH LÂM\n\nSố: 14/BC-UBND\nThanh Lâm, ngày 05 tháng 3 năm 2021\n\nBÁO CÁO\n\
                      Kết quả giảm nghèo năm 2020\n\nThực hiện Kế hoạch số 35/KH-UBND ngày 12/02/2020, xã có 127 hộ thoát \
                      nghèo, đạt 84,7%; kinh phí 1,2 tỷ đồng.\n";

/// The program, run in a folder.
fn baocao(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baocao"));
    command.current_dir(dir).args(args).stdin(Stdio::null());
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    baocao(dir, args).output().unwrap()
}

fn run_with_input(dir: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut command = baocao(dir, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses its input need not read it to the end.
    if let Err(e) = child.stdin.take().unwrap().write_all(input) {
        assert_eq!(e.kind(), std::io::ErrorKind::BrokenPipe, "{e}");
    }
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program was not killed")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The lines of a stream, each parsed.
fn records(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn paths(records: &[Value]) -> Vec<String> {
    records.iter().map(|r| r["source"]["path"].as_str().unwrap().to_owned()).collect()
}

/// The error code of a record, or its schema if it is no error.
fn kind(record: &Value) -> &str {
    record["error"]["code"].as_str().unwrap_or_else(|| record["schema"].as_str().unwrap())
}

/// A folder with files in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

/// The root of the repository.
fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
