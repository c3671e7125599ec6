//! Scene to a web page: what the chart says as headings, a list and a table, then its picture.
//!
//! | file | does |
//! |---|---|
//! | `reading` | items → what they say, without places: pages joined to one text |
//! | `page` | a chart's page |
//! | [`index`] | the page of all charts, and the map for search engines |
//! | `shell` | what both have around them: the head, the style, the content policy |
//! | `markup` | elements, and names as addresses |
//!
//! A page is one file and asks for no other: style and script are in it, and a content policy (CSP 3) names them by their
//! hash and forbids the rest. Without the script everything can be read; it only searches and filters the index.

pub mod index;
mod markup;
mod page;
mod reading;
mod shell;

use super::{Artifact, ExportOptions};
use crate::export::ExportFault;
use crate::scene::Scene;

/// What stands beside a chart's page on the web server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The address of the index, from the page: `index.html`, `../index.html`. `None` where there is none.
    pub index: Option<String>,
    /// Names of files of the same chart in the same folder, which the page offers: `行政检查.pdf`.
    pub files: Vec<String>,
}

/// Writes all pages of a scene as one web page.
pub(super) fn write(scene: &Scene, options: &ExportOptions) -> Result<Vec<Artifact>, ExportFault> {
    let bytes = page::page(scene, &options.beside)?.into_bytes();
    Ok(vec![Artifact { suffix: String::new(), extension: "html", bytes }])
}
