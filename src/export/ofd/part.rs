//! The XML parts of a package: elements under the prefix `ofd:`, lengths in millimetres.
//!
//! Readers in wide use find elements by the literal prefix, so it is always `ofd:`, and never the default namespace.

use crate::export::xml::{attribute, escape};
use crate::geom::Rect;
use crate::unit::Length;

/// The namespace of GB/T 33190-2016.
pub(super) const NAMESPACE: &str = "http://www.ofdspec.org/2016";

/// A part under way.
pub(super) struct Part {
    out: String,
    /// The elements that are open, outermost first.
    open: Vec<String>,
}

impl Part {
    /// Begins a part with its root, an element of the standard.
    pub(super) fn new(root: &str, attributes: &[(&str, &str)]) -> Self {
        let mut part = Self::bare();
        let namespace = ("xmlns:ofd", NAMESPACE);
        part.open(&format!("ofd:{root}"), &[&[namespace], attributes].concat());
        part
    }

    /// A part without a root.
    pub(super) fn bare() -> Self {
        Self { out: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), open: Vec::new() }
    }

    /// Begins an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push('>');
        self.open.push(name.to_owned());
    }

    /// Ends the innermost element.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str(&format!("</{name}>"));
        }
    }

    /// An element with attributes alone.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str("/>");
    }

    /// An element that holds text.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        self.out.push('>');
        escape(&mut self.out, text);
        self.out.push_str(&format!("</{name}>"));
    }

    /// A line end, for people who open the part.
    pub(super) fn line(&mut self) {
        self.out.push('\n');
    }

    /// Ends the part: every element that is open, too.
    pub(super) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.push('\n');
        self.out.into_bytes()
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            attribute(&mut self.out, name, value);
        }
    }
}

/// Appends a length in millimetres, exact to the micrometre, without needless zeros.
pub(super) fn push_mm(out: &mut String, length: Length) {
    let um = length.to_um();
    if um < 0 {
        out.push('-');
    }
    out.push_str(itoa::Buffer::new().format(um.unsigned_abs() / 1000));
    let rest = um.unsigned_abs() % 1000;
    if rest > 0 {
        out.push_str(format!(".{rest:03}").trim_end_matches('0'));
    }
}

/// A length in millimetres.
pub(super) fn mm(length: Length) -> String {
    numbers([length])
}

/// Lengths in millimetres, with a space between them (ST_Array).
pub(super) fn numbers(lengths: impl IntoIterator<Item = Length>) -> String {
    let mut out = String::new();
    for length in lengths {
        if !out.is_empty() {
            out.push(' ');
        }
        push_mm(&mut out, length);
    }
    out
}

/// A rectangle as ST_Box: left, top, width, height.
pub(super) fn bounds(rect: &Rect) -> String {
    numbers([rect.left, rect.top, rect.width(), rect.height()])
}

/// Lengths as the standard writes rows of steps: equal neighbours as `g`, how many, and the length.
pub(super) fn steps(lengths: &[Length]) -> String {
    let mut out = String::new();
    for equal in lengths.chunk_by(|a, b| a == b) {
        if !out.is_empty() {
            out.push(' ');
        }
        // `g 2 v` is longer than two short numbers.
        let written = if equal.len() > 2 { 1 } else { equal.len() };
        if equal.len() > 2 {
            out.push_str(&format!("g {} ", equal.len()));
        }
        out.push_str(&numbers(equal.iter().take(written).copied()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_and_short() {
        let written = [0, 5, -5, 1000, 4233, -12_500, 420_000].map(|um| mm(Length::um(um)));
        assert_eq!(written, ["0", "0.005", "-0.005", "1", "4.233", "-12.5", "420"]);
    }

    #[test]
    fn equal_steps_are_counted() {
        let steps_of = |um: &[i64]| steps(&um.iter().map(|&um| Length::um(um)).collect::<Vec<_>>());
        assert_eq!(steps_of(&[4000, 4000, 4000, 2000, 2000, 4000]), "g 3 4 2 2 4");
        assert_eq!(steps_of(&[]), "");
    }

    #[test]
    fn every_element_ends() {
        let mut part = Part::new("Page", &[("ID", "1&2")]);
        part.open("ofd:Content", &[]);
        part.text("ofd:TextCode", &[("X", "0")], "甲<乙");
        let xml = String::from_utf8(part.finish()).expect("UTF-8");
        let tree = usvg::roxmltree::Document::parse(&xml).expect("well-formed");
        let code = tree.descendants().find(|node| node.has_tag_name((NAMESPACE, "TextCode")));
        assert_eq!(code.and_then(|node| node.text()), Some("甲<乙"));
        assert_eq!(tree.root_element().attribute("ID"), Some("1&2"));
    }
}
