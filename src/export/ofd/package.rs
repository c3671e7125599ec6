//! The container: parts in a ZIP file, the same bytes for the same parts.

use crate::export::ExportFault;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// A package under way.
pub(super) struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    pub(super) fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// Adds a part.
    ///
    /// # Errors
    /// More or larger parts than the container counts.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportFault> {
        // No clock, and no attributes of the machine that writes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(DateTime::default())
            .system(System::Dos);
        self.zip.start_file(path, options).map_err(ExportFault::internal)?;
        self.zip.write_all(bytes).map_err(ExportFault::internal)
    }

    /// The file.
    ///
    /// # Errors
    /// As of [`add`](Self::add).
    pub(super) fn finish(self) -> Result<Vec<u8>, ExportFault> {
        Ok(self.zip.finish().map_err(ExportFault::internal)?.into_inner())
    }
}
