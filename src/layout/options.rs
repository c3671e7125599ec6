//! What is said over a chart's own settings.

use std::sync::Arc;

use crate::font::FontBook;
use crate::paper::{Orientation, Paper};

/// What the command line says over the chart's own settings.
#[derive(Clone, Debug)]
pub struct Options {
    /// The faces to set in.
    pub fonts: Arc<FontBook>,
    /// The paper, over `page.paper`.
    pub paper: Option<Paper>,
    /// The orientation, over `page.orientation`; `Some(None)` is 自动.
    pub orientation: Option<Option<Orientation>>,
    /// The theme's name, over `page.theme`.
    pub theme: Option<String>,
    /// Whether 核对码, the stamp of what the chart says, is printed: in the footer and in the QR code.
    pub stamp: bool,
}
