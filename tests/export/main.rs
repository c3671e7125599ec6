//! What readers of the files find in them.

mod scene;
mod svg;
