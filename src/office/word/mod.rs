//! Documents of Word as pages: text, tables and boxes with their places.
//!
//! Places of boxes count from the paragraph they hang on, so the heights of paragraphs are reckoned as Word would set
//! them: that is exact where line heights are, as in most drawn charts, and near enough elsewhere.

mod anchor;
mod flow;
mod styles;
mod table;
mod text;
mod vml;

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::package::{Package, damaged};
use super::sketch::Page;
use super::xml::{Ns, attr, child, parse};
use crate::diag::Diagnostic;

/// Relationships of a part: id to target, with the end of its type.
pub(super) type Relations = BTreeMap<String, (String, String)>;

/// Reads the pages of a document.
///
/// # Errors
/// It is damaged, unsafe or beyond limits.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Vec<Page>, Diagnostic> {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let name = main.rsplit('/').next().unwrap_or(main);
    let relations = relations(package, &format!("{folder}/_rels/{name}.rels"))?;
    let of_kind = |kind: &str| relations.values().find(|(_, end)| end == kind).map(|(target, _)| join(&folder, target));
    let mut optional = |kind: &str| of_kind(kind).map_or(Ok(None), |part| package.text(&part));
    let (styles, lists) = (optional("styles")?, optional("numbering")?);
    let styles = styles::Styles::read(styles.as_deref(), lists.as_deref())?;
    let margins = margins(package, &folder, &relations, &styles)?;
    let text = package.text(main)?.ok_or_else(|| damaged(main))?;
    let document = parse(&text, main)?;
    let body = child(document.root_element(), Ns::W, "body").ok_or_else(|| damaged("w:body"))?;
    Ok(flow::Flow::new(body, &styles, &margins).read())
}

/// The relationships that a part names.
pub(super) fn relations(package: &mut Package<'_>, part: &str) -> Result<Relations, Diagnostic> {
    let Some(text) = package.text(part)? else { return Ok(Relations::new()) };
    let document: Document<'_> = parse(&text, part)?;
    let entries = document.root_element().children().filter(Node::is_element).filter_map(|node| {
        let kind = attr(node, "Type")?.rsplit('/').next()?.to_owned();
        Some((attr(node, "Id")?.to_owned(), (attr(node, "Target")?.to_owned(), kind)))
    });
    Ok(entries.collect())
}

/// A target as the name of a part: `..` leads out of a folder, never out of the archive.
pub(super) fn join(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The lines of headers and footers by their relationship.
fn margins(
    package: &mut Package<'_>,
    folder: &str,
    relations: &Relations,
    styles: &styles::Styles,
) -> Result<BTreeMap<String, Vec<String>>, Diagnostic> {
    let mut margins = BTreeMap::new();
    let of_margin = relations.iter().filter(|(_, (_, kind))| kind == "header" || kind == "footer");
    for (id, (target, _)) in of_margin {
        let part = join(folder, target);
        let Some(text) = package.text(&part)? else { continue };
        let document = parse(&text, &part)?;
        let (mut paras, drawings) = text::story(document.root_element(), styles);
        // Boxes in a header are read for what they say; where they stand tells nothing.
        for drawing in drawings {
            for inner in drawing.descendants().filter(|node| node.tag_name().name() == "txbxContent") {
                let in_fallback = inner.ancestors().any(|node| node.tag_name().name() == "Fallback");
                if !in_fallback {
                    paras.extend(text::story(inner, styles).0);
                }
            }
        }
        margins.insert(
            id.clone(),
            paras.into_iter().map(|para| para.text).filter(|text| !text.trim().is_empty()).collect(),
        );
    }
    Ok(margins)
}
