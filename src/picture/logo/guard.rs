//! What an SVG may hold before anything is made of it: no code, no reference out, no bomb.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use usvg::roxmltree::{Document, Node, ParsingOptions};

use super::Fault;

/// The namespace of elements that are drawn.
const SVG: &str = "http://www.w3.org/2000/svg";
/// Elements and texts in a file.
const MOST_NODES: u32 = 20_000;
/// Elements as they are drawn: each counted as often as others refer to it.
const MOST_DRAWN: u64 = 20_000;
/// Bitmaps as they are drawn, likewise: each takes as long as thousands of elements.
const MOST_BITMAPS: u64 = 16;
/// Attributes of an element: readers compare each with all others.
const MOST_ATTRIBUTES: usize = 200;
/// How often a rule of a style sheet is held against an element.
const MOST_MATCHES: usize = 400_000;
/// Elements drawn at the points of paths.
const MOST_MARKERS: usize = 20_000;
/// Elements within each other: every reader of SVG goes down by recursion.
const DEEPEST: usize = 64;

/// Reads the file's XML and refuses what a logo has no need of.
pub(super) fn read(text: &str) -> Result<Document<'_>, Fault> {
    // An entity that names others ten times over makes gigabytes of a few lines.
    if text.contains("<!ENTITY") {
        return Err(Fault::Entities);
    }
    if most_attributes(text) > MOST_ATTRIBUTES {
        return Err(Fault::TooComplex);
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        usvg::roxmltree::Error::NodesLimitReached => Fault::TooComplex,
        error => Fault::Damaged(error.to_string()),
    })?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(Fault::Unknown);
    }
    for node in document.root().descendants().filter(Node::is_element) {
        element(node)?;
    }
    count(&document)?;
    if matches(&document) > MOST_MATCHES || markers(&document, text) > MOST_MARKERS {
        return Err(Fault::TooComplex);
    }
    Ok(document)
}

/// The most attributes that any tag has: equals signs outside of quotes.
fn most_attributes(text: &str) -> usize {
    let (mut most, mut count, mut quote, mut in_tag) = (0, 0, None, false);
    for byte in text.bytes() {
        match (byte, quote) {
            (b'<', None) => (in_tag, count) = (true, 0),
            (b'>', None) => in_tag = false,
            (b'"' | b'\'', None) if in_tag => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'=', None) if in_tag => count += 1,
            _ => {}
        }
        most = most.max(count);
    }
    most
}

/// How often rules of style sheets are held against elements.
fn matches(document: &Document<'_>) -> usize {
    let elements = || document.root().descendants().filter(Node::is_element);
    let sheets = elements().filter(|node| node.tag_name().name() == "style");
    // Selectors with commas between them are rules of their own.
    let rules: usize = sheets.map(|sheet| sheet.text().unwrap_or_default().matches(['}', ',']).count()).sum();
    rules.saturating_mul(elements().count())
}

/// How many elements are drawn at the points of paths at most: each point may have all that markers hold.
fn markers(document: &Document<'_>, text: &str) -> usize {
    if !text.contains("marker") {
        return 0;
    }
    let elements = || document.root().descendants().filter(Node::is_element);
    let within: usize = elements()
        .filter(|node| node.tag_name().name() == "marker")
        .map(|marker| marker.descendants().filter(Node::is_element).count())
        .sum();
    let outlines = elements().flat_map(|node| ["d", "points"].map(|name| node.attribute(name).unwrap_or_default()));
    // A point takes a letter or a blank at least.
    let points: usize =
        outlines.map(|outline| outline.matches(|c: char| !c.is_ascii_digit() && c != '.').count()).sum();
    within.saturating_mul(points)
}

fn element(node: Node<'_, '_>) -> Result<(), Fault> {
    if node.ancestors().take(DEEPEST + 2).count() > DEEPEST + 1 {
        return Err(Fault::TooComplex);
    }
    match node.tag_name().name() {
        "script" | "foreignObject" | "handler" | "iframe" => return Err(Fault::Script),
        "text" | "tspan" | "textPath" => return Err(Fault::Text),
        // Drawn within a filter, it would be drawn again for every element filtered.
        "feImage" => return Err(Fault::Bitmap),
        _ => {}
    }
    let leads_out = |value: &str| !value.trim_start().starts_with('#');
    for attribute in node.attributes() {
        let name = attribute.name();
        if name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
            return Err(Fault::Script);
        }
        match node.tag_name().name() {
            "image" if name == "href" => bitmap(attribute.value())?,
            "a" => {}
            _ if name == "href" && leads_out(attribute.value()) => return Err(Fault::Outer),
            _ => {}
        }
        if references(attribute.value()).any(|id| id.is_none()) {
            return Err(Fault::Outer);
        }
    }
    let sheet = node.tag_name().name() == "style";
    if sheet && node.text().is_some_and(|css| css.contains("@import") || references(css).any(|id| id.is_none())) {
        return Err(Fault::Outer);
    }
    Ok(())
}

/// Makes sure of the bitmap that an `<image>` holds: a PNG, and as large as a logo may be. A JPEG of a megabyte can ask for
/// hours of decoding, an SVG for all that is asked of this one.
fn bitmap(href: &str) -> Result<(), Fault> {
    let data = href.trim().strip_prefix("data:").ok_or(Fault::Outer)?;
    let encoded = data.strip_prefix("image/png;base64,").ok_or(Fault::Bitmap)?;
    let encoded: String = encoded.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(encoded).map_err(|error| Fault::Damaged(error.to_string()))?;
    super::decode(&bytes).map(drop)
}

/// The ids that `url(#id)` names in a value; `None` for an address of something else.
fn references(value: &str) -> impl Iterator<Item = Option<&str>> {
    value.split("url(").skip(1).map(|rest| {
        let inner = rest.split(')').next().unwrap_or_default();
        inner.trim_matches([' ', '\t', '\n', '\r', '\'', '"']).strip_prefix('#')
    })
}

/// Elements within each other through references, e.g. a pattern filled with a pattern, are drawn as often as all their
/// users together.
struct Counter<'a, 'input> {
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
    /// What each class of the style sheets refers to.
    classes: BTreeMap<&'a str, Vec<&'a str>>,
    known: BTreeMap<usize, u64>,
    under_way: Vec<usize>,
}

fn count(document: &Document<'_>) -> Result<(), Fault> {
    let elements = || document.root().descendants().filter(Node::is_element);
    let ids = elements().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for sheet in elements().filter(|node| node.tag_name().name() == "style") {
        for rule in sheet.text().unwrap_or_default().split('}') {
            let (selectors, declarations) = rule.split_once('{').unwrap_or((rule, ""));
            let mut named = references(declarations).flatten().peekable();
            if named.peek().is_none() {
                continue;
            }
            // Selectors of any other kind could hide what an element refers to.
            let names: Option<Vec<&str>> =
                selectors.split(',').map(|selector| selector.trim().strip_prefix('.')).collect();
            let named: Vec<&str> = named.collect();
            for name in names.ok_or(Fault::TooComplex)? {
                classes.entry(name).or_default().extend(&named);
            }
        }
    }
    let mut counter = Counter { ids, classes, known: BTreeMap::new(), under_way: Vec::new() };
    if counter.drawn(document.root_element()) > MOST_DRAWN { Err(Fault::TooComplex) } else { Ok(()) }
}

impl<'a, 'input> Counter<'a, 'input> {
    /// How many elements are drawn for this one. One that leads back to itself is not drawn a second time.
    fn drawn(&mut self, node: Node<'a, 'input>) -> u64 {
        let number = node.id().get_usize();
        if let Some(&known) = self.known.get(&number) {
            return known;
        }
        if self.under_way.contains(&number) || self.under_way.len() > DEEPEST * 2 {
            return if self.under_way.len() > DEEPEST * 2 { MOST_DRAWN + 1 } else { 1 };
        }
        self.under_way.push(number);
        let mut total = if node.has_tag_name((SVG, "image")) { MOST_DRAWN / MOST_BITMAPS } else { 1 };
        for target in self.targets(node) {
            total = total.saturating_add(self.drawn(target));
        }
        for child in node.children().filter(Node::is_element) {
            total = total.saturating_add(self.drawn(child));
        }
        self.under_way.pop();
        self.known.insert(number, total);
        total
    }

    fn targets(&self, node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
        let mut names: Vec<&str> = Vec::new();
        for attribute in node.attributes() {
            names.extend(references(attribute.value()).flatten());
            if attribute.name() == "href" {
                names.extend(attribute.value().trim().strip_prefix('#'));
            }
        }
        let classes = node.attribute("class").unwrap_or_default().split_whitespace();
        names.extend(classes.filter_map(|class| self.classes.get(class)).flatten());
        names.iter().filter_map(|name| self.ids.get(name).copied()).collect()
    }
}
