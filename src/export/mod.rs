//! Scene to files. Each format is a file of this room and a row of [`FORMATS`].

use crate::scene::Scene;
use crate::unit::Length;

/// One file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// What is added to the chart's name before the extension: empty, or `-1`, `-2`… where a format writes a file per page.
    pub suffix: String,
    /// The file's extension without the dot.
    pub extension: &'static str,
    /// The file's content.
    pub bytes: Vec<u8>,
}

/// What the command line says about formats.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExportOptions {
    /// How large bitmaps are.
    pub resolution: Resolution,
}

/// How large a bitmap is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolution {
    /// Dots per inch.
    Dpi(f64),
    /// Pixels from left to right.
    Width(u32),
}

impl Default for Resolution {
    fn default() -> Self {
        Self::Dpi(150.0)
    }
}

/// One format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line and its extension.
    pub name: &'static str,
    /// What it is for.
    pub purpose: crate::diag::Words,
    /// Writes a scene.
    write: fn(&Scene, &ExportOptions) -> Result<Vec<Artifact>, String>,
}

/// Every format that can be written.
pub const FORMATS: &[Format] = &[];

/// Writes a scene in one format: one artifact, or one a page.
///
/// # Errors
/// An internal fault, in words; the scene itself was checked before.
pub fn export(scene: &Scene, format: &Format, options: &ExportOptions) -> Result<Vec<Artifact>, String> {
    let _ = Length::ZERO;
    (format.write)(scene, options)
}
