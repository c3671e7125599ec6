//! Shorthand for lopdf's objects.

use lopdf::{Dictionary, Object, StringFormat};

use crate::geom::Rect;
use crate::unit::Length;

/// A dictionary of these entries, in this order.
pub(super) fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    Dictionary::from_iter(entries)
}

/// A name.
pub(super) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A text string: ASCII as it is, all else as UTF-16 with its mark (ISO 32000-1 § 7.9.2.2).
pub(super) fn text(text: &str) -> Object {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// A rectangle of a page `height` high in default user space: points from the lower left.
pub(super) fn rectangle(rect: &Rect, height: Length) -> Object {
    let sides = [rect.left, height - rect.bottom, rect.right, height - rect.top];
    Object::Array(sides.map(points).to_vec())
}

/// A length in points, rounded to 1/10000 pt, 0.04 µm.
pub(super) fn points(length: Length) -> Object {
    Object::Real(((length.to_pt() * 10_000.0).round() / 10_000.0) as f32)
}

/// A whole number.
pub(super) fn int(value: usize) -> Object {
    Object::Integer(value as i64)
}
