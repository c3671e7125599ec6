//! The disk: which charts there are, what can be read and what was, what is written.
//!
//! | file | holds |
//! |---|---|
//! | [`walk`], [`project`], [`names`], [`near`] | which charts there are, their settings, the names of posters; what a lost path meant |
//! | [`host`], [`inputs`] | what the library may read; what was read |
//! | [`fonts`] | fonts of the user's own |
//! | [`convert`] | documents of other programs, turned into those that are read |
//! | [`write`], [`rewrite`] | posters, whole or not at all; the user's own files written anew |

pub(crate) mod convert;
pub(crate) mod fonts;
pub(crate) mod host;
pub(crate) mod inputs;
pub(crate) mod names;
pub(crate) mod near;
pub(crate) mod project;
pub(crate) mod rewrite;
pub(crate) mod walk;
pub(crate) mod write;
