//! Pictures that are no text: the agency's logo and QR codes, as items of a scene.

pub mod logo;
pub mod qr;
mod read;

pub use read::Pictures;
