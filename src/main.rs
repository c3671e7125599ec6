//! The `riskchart` program: arguments in, posters and messages out, an exit status.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the program, unlike the library, reads arguments, files, the environment and the clock"
)]

mod cli;

/// That of musl takes its time.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os()).into()
}
