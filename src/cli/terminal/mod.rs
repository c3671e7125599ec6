//! Speaking to people: streams, sentences in two languages, safe text, how far a run is, how it ends.

pub(crate) mod console;
pub(crate) mod locale;
pub(crate) mod message;
pub(crate) mod progress;
pub(crate) mod status;
pub(crate) mod visible;
