//! Parts of documents as trees: elements are told by the family of their namespace, never by a prefix.

use roxmltree::{Document, Node, ParsingOptions};

use super::package::{damaged, too_large};
use crate::diag::Diagnostic;

/// Nodes of one part: each takes some 100 bytes.
const MAX_NODES: u32 = 1_500_000;
/// Elements within elements; Word nests some 40 deep.
const MAX_DEPTH: usize = 400;

/// The vocabularies of office documents. Each has one name in the transitional and another in the strict form of
/// ISO/IEC 29500.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ns {
    /// WordprocessingML.
    W,
    /// Drawings placed in Word.
    Wp,
    /// Drawings placed in Excel.
    Xdr,
    /// DrawingML.
    A,
    /// Shapes, groups and canvases of Word.
    Wps,
    /// Vector markup of Word 2003.
    V,
    /// Additions of Office to vector markup.
    O,
    /// Alternatives for older readers.
    Mc,
    /// Relationships of parts.
    Rel,
    /// Relationships named in parts.
    R,
    /// Excel's own.
    S,
    /// Another.
    Other,
}

/// Each vocabulary by a part of its names.
const FAMILIES: &[(&str, Ns)] = &[
    ("/wordprocessingml/main", Ns::W),
    ("/wordprocessingml/2006/main", Ns::W),
    ("/drawingml/wordprocessingDrawing", Ns::Wp),
    ("/drawingml/2006/wordprocessingDrawing", Ns::Wp),
    ("/2010/wordprocessingDrawing", Ns::Wp),
    ("/drawingml/spreadsheetDrawing", Ns::Xdr),
    ("/drawingml/2006/spreadsheetDrawing", Ns::Xdr),
    ("/drawingml/main", Ns::A),
    ("/drawingml/2006/main", Ns::A),
    ("/2010/wordprocessingShape", Ns::Wps),
    ("/2010/wordprocessingGroup", Ns::Wps),
    ("/2010/wordprocessingCanvas", Ns::Wps),
    ("schemas-microsoft-com:vml", Ns::V),
    ("schemas-microsoft-com:office:office", Ns::O),
    ("/markup-compatibility/2006", Ns::Mc),
    ("/package/2006/relationships", Ns::Rel),
    ("/officeDocument/2006/relationships", Ns::R),
    ("/officeDocument/relationships", Ns::R),
    ("/spreadsheetml/main", Ns::S),
    ("/spreadsheetml/2006/main", Ns::S),
];

/// The vocabulary of a namespace.
pub(super) fn family(uri: Option<&str>) -> Ns {
    let Some(uri) = uri else { return Ns::Other };
    FAMILIES.iter().find(|(end, _)| uri.ends_with(end)).map_or(Ns::Other, |(_, ns)| *ns)
}

/// Parses a part.
///
/// # Errors
/// It is no XML, or larger or deeper than documents are.
pub(super) fn parse<'t>(text: &'t str, part: &str) -> Result<Document<'t>, Diagnostic> {
    deep(text, part)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached | roxmltree::Error::AttributesLimitReached => too_large(part, MAX_NODES),
        error => damaged(format!("{part}: {error}")),
    })
}

/// Refuses what nests too deep before it is parsed: a count of tags is enough for that.
fn deep(text: &str, part: &str) -> Result<(), Diagnostic> {
    let mut depth = 0usize;
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') => {}
            _ => {
                let end = text[at..].find('>').map_or(bytes.len(), |end| at + end);
                if bytes.get(end.wrapping_sub(1)) != Some(&b'/') {
                    depth += 1;
                }
            }
        }
        if depth > MAX_DEPTH {
            return Err(too_large(part, MAX_DEPTH));
        }
    }
    Ok(())
}

/// Whether this is the element of that name.
pub(super) fn is(node: Node<'_, '_>, ns: Ns, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && family(node.tag_name().namespace()) == ns
}

/// The first child of that name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, ns: Ns, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, ns, name))
}

/// The child of a child, and so on.
pub(super) fn path<'a, 'i>(node: Node<'a, 'i>, ns: Ns, names: &[&str]) -> Option<Node<'a, 'i>> {
    names.iter().try_fold(node, |node, name| child(node, ns, name))
}

/// An attribute by its local name, in whatever namespace: writers differ in whether they give it one.
pub(super) fn attr<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// `w:val` of a child.
pub(super) fn val<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attr(child(node, Ns::W, name)?, "val")
}

/// Whether a property that is on or off is on: its presence says so unless its value says no.
pub(super) fn on(node: Node<'_, '_>, name: &str) -> bool {
    child(node, Ns::W, name).is_some_and(|flag| !matches!(attr(flag, "val"), Some("0" | "false" | "off")))
}

/// A number of an attribute.
pub(super) fn number(node: Node<'_, '_>, name: &str) -> Option<f64> {
    attr(node, name)?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The children, alternatives resolved: of `mc:AlternateContent` those of the first choice that is understood, else of
/// the fallback, so that nothing is read twice.
pub(super) fn children<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for child in node.children().filter(Node::is_element) {
        if is(child, Ns::Mc, "AlternateContent") {
            found.extend(alternative(child).into_iter().flat_map(children));
        } else {
            found.push(child);
        }
    }
    found
}

fn alternative<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let understood = |choice: &Node<'_, '_>| {
        let required = attr(*choice, "Requires").unwrap_or_default();
        required.split_whitespace().all(|prefix| family(choice.lookup_namespace_uri(Some(prefix))) != Ns::Other)
    };
    let mut choices = node.children().filter(|child| is(*child, Ns::Mc, "Choice"));
    choices.find(understood).or_else(|| child(node, Ns::Mc, "Fallback"))
}
