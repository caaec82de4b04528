//! `baocao worker`: a process of the program itself under a limit of memory; not for people. Without arguments behind `--`
//! it serves over pipes, else it becomes that call.

use std::ffi::OsString;

use super::{Outcome, program};

/// Serves as a worker process of another baocao
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Most bytes of memory.
    #[arg(long, value_name = "BYTES")]
    memory: Option<u64>,
    /// A call of this program.
    #[arg(last = true)]
    call: Vec<OsString>,
}

/// Runs the subcommand.
///
/// # Errors
/// A broken pipe, and patterns that do not load.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    match args.memory {
        // The allocator has asked for more than a small limit already: the program has to begin anew under the limit.
        Some(bytes) if !args.call.is_empty() => {
            limited(bytes, &[&["--here".into()], args.call.as_slice()].concat())
        }
        Some(bytes) if bytes < ROOMY => limited(bytes, &["worker".into()]),
        bytes => {
            bytes.map_or(Ok(()), limit)?;
            crate::batch::serve(crate::tables::format)?;
            Ok(Outcome::Complete)
        }
    }
}

/// From here on a limit leaves room for what the allocator asks for at its start (1 GiB of addresses).
const ROOMY: u64 = 2 << 30;

/// Bounds the address space of this process; a limit that is lower already stays.
#[cfg(unix)]
fn limit(bytes: u64) -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let before = getrlimit(Resource::As);
    let lower = |limit: Option<u64>| Some(limit.map_or(bytes, |limit| limit.min(bytes)));
    Ok(setrlimit(Resource::As, Rlimit { current: lower(before.current), maximum: lower(before.maximum) })?)
}

#[cfg(not(unix))]
fn limit(_: u64) -> std::io::Result<()> {
    Ok(())
}

/// Begins anew with a bounded address space, and dies with the program that started it.
#[cfg(unix)]
fn limited(bytes: u64, arguments: &[OsString]) -> anyhow::Result<Outcome> {
    use std::os::unix::process::CommandExt;
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    limit(bytes)?;
    Err(program::again()?.args(arguments).exec().into())
}

#[cfg(not(unix))]
fn limited(_: u64, arguments: &[OsString]) -> anyhow::Result<Outcome> {
    let status = program::again()?.args(arguments).status()?;
    Ok(if status.success() { Outcome::Complete } else { Outcome::SomeFailed })
}
