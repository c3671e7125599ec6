//! Objects to bytes.

use lopdf::{Document, Object, SaveOptions, StringFormat};
use md5::{Digest, Md5};

/// Stands for the file's identity until its bytes are known.
const NO_ID: [u8; 16] = [0; 16];

/// Compresses and writes the document, with an identity drawn from its own bytes (ISO 32000-1 § 14.4).
///
/// # Errors
/// lopdf can't write it.
pub(super) fn save(document: &mut Document) -> Result<Vec<u8>, String> {
    document.compress();
    let id = Object::String(NO_ID.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let mut bytes = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    document.save_with_options(&mut bytes, options).map_err(|error| error.to_string())?;
    identify(&mut bytes);
    Ok(bytes)
}

fn identify(bytes: &mut [u8]) {
    let hex = |id: &[u8]| id.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    let place = format!("<{}>", hex(&NO_ID));
    let mark = format!("<{}>", hex(&Md5::digest(&*bytes)));
    let found: Vec<usize> =
        bytes.windows(place.len()).enumerate().filter(|(_, window)| *window == place.as_bytes()).map(|(at, _)| at).collect();
    for at in found {
        bytes[at..at + mark.len()].copy_from_slice(mark.as_bytes());
    }
}
