//! `baocao worker`: a worker process of the program itself, over pipes; not for people.

use super::Outcome;

/// Serves as a worker process of another baocao
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Most bytes of memory.
    #[arg(long, value_name = "BYTES")]
    memory: Option<u64>,
}

/// Runs the subcommand.
///
/// # Errors
/// A broken pipe, and patterns that do not load.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    match args.memory {
        // The allocator has asked for more than a small limit already: it has to begin anew under the limit.
        Some(bytes) => limited(bytes)?,
        None => baocao::batch::serve()?,
    }
    Ok(Outcome::Complete)
}

/// Becomes a worker whose address space is bounded; a limit that is lower already stays.
#[cfg(unix)]
fn limited(bytes: u64) -> anyhow::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use std::os::unix::process::CommandExt;
    let before = getrlimit(Resource::As);
    let lower = |limit: Option<u64>| Some(limit.map_or(bytes, |limit| limit.min(bytes)));
    setrlimit(Resource::As, Rlimit { current: lower(before.current), maximum: lower(before.maximum) })?;
    Err(std::process::Command::new(std::env::current_exe()?).arg("worker").exec().into())
}

#[cfg(not(unix))]
fn limited(_: u64) -> anyhow::Result<()> {
    Ok(baocao::batch::serve()?)
}
