//! The command-line tool `baocao`. What each subcommand does stands in `cli/`, one file each.

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    baocao::run_program()
}
