//! What a command wants to be written.

use riskchart::color::press::PressProfile;
use riskchart::export::{Format, PdfStandard, Resolution, SvgText};
use riskchart::layout::tile::Tiling;
use riskchart::paper::Paper;

use crate::cli::arguments::options::{ATTACH_SOURCE, BOOK, Invocation, OFD_A};
use crate::cli::arguments::settings;

/// What the command line wants to be written; project files say the rest.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) resolution: Option<Resolution>,
    pub(crate) pdf_standard: Option<PdfStandard>,
    /// What the shop tells of its press.
    pub(crate) press: Option<PressProfile>,
    /// The formats named; empty where none is.
    pub(crate) formats: Vec<&'static Format>,
    /// The sheets that posters are also cut to.
    pub(crate) tile: Option<Paper>,
    /// How they are cut.
    pub(crate) tiling: Option<Tiling>,
    /// The file that all charts are also bound into.
    pub(crate) book: Option<&'a str>,
    /// How SVG draws its words.
    pub(crate) svg_text: SvgText,
    /// Whether OFD is for archives.
    pub(crate) ofd_archive: bool,
    /// Whether posters carry what they are made of.
    pub(crate) attach_source: bool,
    /// The address at which the output folder will be found.
    pub(crate) site: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    /// Reads the options that say what is to be written.
    ///
    /// # Errors
    /// The first that can't be understood.
    pub(crate) fn read(invocation: &'a Invocation<'_>) -> anyhow::Result<Self> {
        Ok(Self {
            resolution: settings::resolution(invocation)?,
            pdf_standard: settings::pdf_standard(invocation)?,
            press: settings::press(invocation)?,
            formats: settings::formats(invocation)?,
            tile: settings::tile(invocation)?,
            tiling: settings::tiling(invocation)?,
            book: invocation.value(&BOOK),
            svg_text: settings::svg_text(invocation)?,
            ofd_archive: invocation.flag(&OFD_A),
            attach_source: invocation.flag(&ATTACH_SOURCE),
            site: settings::site(invocation)?,
        })
    }
}
