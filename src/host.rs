//! What the library asks of the world outside: bytes of files, named as the user would write them.

use std::io;

/// Where files come from. Nothing else is asked of the world: no clock, no environment.
pub trait Host: Sync {
    /// The bytes of the file at `path`, a name as the user would write it.
    ///
    /// # Errors
    /// Why it can't be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault>;
}

/// Why a file can't be read, in the words of whoever was to read it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReadFault {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl ReadFault {
    /// The fault in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// What the operating system says, which has one language.
impl From<io::Error> for ReadFault {
    fn from(error: io::Error) -> Self {
        Self::new(error.to_string(), error.to_string())
    }
}

/// Which chart to compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The chart file.
    pub chart: String,
    /// The project file that holds for it.
    pub project: Option<String>,
}
