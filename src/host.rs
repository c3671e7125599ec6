//! What the library asks of the world outside: bytes of files, named as the user would write them.

/// Where files come from. Nothing else is asked of the world: no clock, no environment.
pub trait Host: Sync {
    /// The bytes of the file at `path`, a name as the user would write it.
    ///
    /// # Errors
    /// Why it can't be read, in words of the operating system.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// Which chart to compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The chart file.
    pub chart: String,
    /// The project file that holds for it.
    pub project: Option<String>,
}
