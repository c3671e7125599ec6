//! How a run ends.

use std::process::ExitCode;

/// The exit status, from good to bad: of several, the worst one holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// 0: everything was done.
    #[default]
    Done = 0,
    /// 1: a chart has an error.
    Problems = 1,
    /// 2: the command was not understood, a disk failed, or the program did.
    Fault = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
