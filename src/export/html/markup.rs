//! Elements of HTML, and names as addresses.

use crate::export::xml::{attribute, escape};

/// Markup under way.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
    /// The elements that are open, outermost first.
    open: Vec<&'static str>,
}

impl Markup {
    /// Begins an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.open.push(name);
    }

    /// Ends the innermost element.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str(&format!("</{name}>"));
        }
    }

    /// An element without content, which HTML doesn't end: `meta`, `input`, `br`.
    pub(super) fn void(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
    }

    /// An element that holds text.
    pub(super) fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close();
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// A line end in the source, where it means nothing.
    pub(super) fn line(&mut self) {
        self.out.push('\n');
    }

    /// What is markup already.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// The whole; every element that is open is ended.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            attribute(&mut self.out, name, value);
        }
        self.out.push('>');
    }
}

/// A name as a part of an address: everything but the unreserved characters of RFC 3986 § 2.3 percent-encoded as UTF-8.
pub(super) fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A path of names with slashes as an address from where it starts.
pub(super) fn address(path: &str) -> String {
    path.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_kind_are_addresses() {
        assert_eq!(encoded("100% #1 (检查)?.html"), "100%25%20%231%20%28%E6%A3%80%E6%9F%A5%29%3F.html");
        assert_eq!(address("a b/c#d.html"), "a%20b/c%23d.html");
        let long = "查".repeat(150);
        assert_eq!(encoded(&long).len(), 150 * 9);
    }

    #[test]
    fn every_element_ends() {
        let mut markup = Markup::default();
        markup.open("main", &[("class", "a\"b")]);
        markup.element("p", &[], "甲<乙&丙");
        assert_eq!(markup.finish(), "<main class=\"a&quot;b\"><p>甲&lt;乙&amp;丙</p></main>");
    }
}
