//! The command-line tool `baocao`. What each subcommand does stands in `cli/`, one file each.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
