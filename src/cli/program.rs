//! How this program is called once more, for worker processes and documents alone: by its own file, unless whoever runs
//! it says otherwise. Inside of Python the running program is Python.

use std::ffi::OsString;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::Context;

static GIVEN: OnceLock<Call> = OnceLock::new();

struct Call {
    command: Vec<OsString>,
    arguments: Vec<OsString>,
}

/// Says how the program is called, and with which arguments it was.
pub fn set(command: Vec<OsString>, arguments: Vec<OsString>) {
    let _ = GIVEN.set(Call { command, arguments }); // a program is called once
}

/// The program and the arguments that make it this one.
///
/// # Errors
/// A program that cannot say where it is.
pub fn command() -> anyhow::Result<Vec<OsString>> {
    match GIVEN.get() {
        Some(call) => Ok(call.command.clone()),
        None => Ok(vec![std::env::current_exe().context("this program cannot be found")?.into()]),
    }
}

/// A call of the program.
///
/// # Errors
/// As [`command()`].
pub fn again() -> anyhow::Result<Command> {
    let command = command()?;
    let (program, first) = command.split_first().context("this program has no name")?;
    let mut again = Command::new(program);
    again.args(first);
    Ok(again)
}

/// What the user wrote behind the program's name.
pub fn arguments() -> Vec<OsString> {
    match GIVEN.get() {
        Some(call) => call.arguments.clone(),
        None => std::env::args_os().skip(1).collect(),
    }
}
