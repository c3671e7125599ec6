//! riskchart compiles chart definitions to printable 廉政风险防控图.
//!
//! What flows through the rooms, left to right; a room uses only rooms above it in this list:
//!
//! | room | makes |
//! |---|---|
//! | [`host`] | what is asked of the world outside: bytes of files |
//! | [`source`] | texts as read, spans, lines and columns, decoding |
//! | [`diag`] | problems and the table of every kind of problem |
//! | [`unit`], [`geom`], [`color`] | lengths, shapes, colours |
//! | [`paper`], [`theme`] | tables: papers, looks |
//! | [`input`] | TOML → a tree with spans, keys in English |
//! | [`model`] | the tree → a valid [`model::Chart`] |
//! | [`mend`] | charts with their slips put right in the text |
//! | [`office`] | documents of Word and Excel → charts in plain texts → TOML, and back |
//! | [`font`] | faces, fallback, subsets |
//! | [`text`] | paragraphs → lines |
//! | [`scene`] | the finished picture, its dump and its check |
//! | [`picture`] | logos and QR codes as items of a scene |
//! | [`layout`] | chart → scene |
//! | [`export`] | scene → SVG, PDF, PNG, OFD, HTML |
//!
//! The library reads no file, clock or environment but through [`Host`](host::Host), and prints nothing. The same input
//! gives the same bytes on every machine.

pub mod color;
pub mod diag;
pub mod export;
pub mod font;
pub mod geom;
pub mod host;
pub mod input;
pub mod layout;
pub mod mend;
pub mod model;
pub mod office;
pub mod paper;
pub mod picture;
pub mod scene;
pub mod source;
pub mod text;
pub mod theme;
pub mod unit;

use diag::Report;
use scene::Scene;

pub use host::{Entry, Host, ReadFault};
pub use layout::Options;

/// Compiles one chart to its picture: reads it, then draws it.
///
/// # Errors
/// Everything found wrong, where anything is an error.
pub fn compile(host: &dyn Host, entry: &Entry, options: &Options) -> Result<(Scene, Report), Report> {
    match read(host, entry) {
        (Some(chart), report) => draw(host, &chart, options, report),
        (None, report) => Err(report),
    }
}

/// Reads one chart: what it says, and everything found wrong with that. The chart is there for comparisons as soon as
/// it can be understood, errors or not.
pub fn read(host: &dyn Host, entry: &Entry) -> (Option<model::Chart>, Report) {
    let mut report = Report::default();
    let chart = input::read(host, entry, &mut report).and_then(|tree| model::check(tree, &mut report));
    report.excuse();
    report.sort();
    (chart, report)
}

/// Draws a chart; `report` is what reading it found, to which drawing adds.
///
/// # Errors
/// Everything found wrong, where anything is an error; a chart that was read with one is not drawn.
pub fn draw(
    host: &dyn Host,
    chart: &model::Chart,
    options: &Options,
    mut report: Report,
) -> Result<(Scene, Report), Report> {
    if report.has_errors() {
        return Err(report);
    }
    let stamp = options.stamp.then(|| model::Stamp::of(chart));
    let pictures = picture::Pictures::read(host, chart, stamp, &mut report);
    let scene = layout::arrange(chart, &pictures, options, &mut report);
    if let Some(scene) = &scene {
        report.diagnostics.extend(scene::verify(scene).iter().map(scene::Fault::problem));
    }
    report.excuse();
    report.sort();
    match scene {
        Some(scene) if !report.has_errors() => Ok((scene, report)),
        _ => Err(report),
    }
}
