//! Styles and lists, as far as they tell what is printed: hidden text, numbers, sizes.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use crate::diag::Diagnostic;
use crate::office::xml::{Ns, attr, child, is, number, on, parse, path, val};

/// Styles that are based on another are followed so far.
const MAX_BASED: usize = 12;

/// What styles and lists say.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// Lists that print a number or bullet.
    lists: BTreeSet<String>,
    /// The size of text in pt where nothing else says it.
    pub(super) size: f64,
}

#[derive(Clone, Debug, Default)]
struct Style {
    based: Option<String>,
    hidden: Option<bool>,
    list: Option<String>,
    size: Option<f64>,
}

impl Styles {
    /// Reads the parts for styles and lists.
    ///
    /// # Errors
    /// They are damaged.
    pub(super) fn read(styles: Option<&str>, lists: Option<&str>) -> Result<Self, Diagnostic> {
        let mut read = Self { size: 10.5, ..Self::default() };
        if let Some(text) = styles {
            read.styles(parse(text, "styles.xml")?.root_element());
        }
        if let Some(text) = lists {
            let document = parse(text, "numbering.xml")?;
            let nums = document.root_element().children().filter(|node| is(*node, Ns::W, "num"));
            read.lists = nums.filter_map(|num| attr(num, "numId").map(str::to_owned)).collect();
        }
        Ok(read)
    }

    fn styles(&mut self, root: Node<'_, '_>) {
        let size =
            |props: Node<'_, '_>| child(props, Ns::W, "sz").and_then(|size| number(size, "val")).map(|half| half / 2.0);
        if let Some(found) = path(root, Ns::W, &["docDefaults", "rPrDefault", "rPr"]).and_then(size) {
            self.size = found;
        }
        for node in root.children().filter(|node| is(*node, Ns::W, "style")) {
            let props = child(node, Ns::W, "rPr");
            let style = Style {
                based: val(node, "basedOn").map(str::to_owned),
                hidden: props.filter(|props| child(*props, Ns::W, "vanish").is_some()).map(|props| on(props, "vanish")),
                list: path(node, Ns::W, &["pPr", "numPr"]).and_then(|list| val(list, "numId")).map(str::to_owned),
                size: props.and_then(size),
            };
            self.styles.extend(attr(node, "styleId").map(|id| (id.to_owned(), style)));
        }
    }

    /// The first thing that a style, or one it is based on, says.
    fn find<T>(&self, style: &str, said: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut style = self.styles.get(style)?;
        for _ in 0..MAX_BASED {
            if let Some(found) = said(style) {
                return Some(found);
            }
            style = self.styles.get(style.based.as_deref()?)?;
        }
        None
    }

    /// Whether text of this style is hidden.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.find(style, |style| style.hidden).unwrap_or(false)
    }

    /// Whether a paragraph is numbered, by itself or by its style.
    pub(super) fn numbers(&self, paragraph: Node<'_, '_>) -> bool {
        let Some(props) = child(paragraph, Ns::W, "pPr") else { return false };
        let own = child(props, Ns::W, "numPr").and_then(|list| val(list, "numId")).map(str::to_owned);
        let list = own.or_else(|| self.find(val(props, "pStyle")?, |style| style.list.clone()));
        list.is_some_and(|list| self.lists.contains(&list))
    }

    /// The size of a paragraph's text in pt.
    pub(super) fn size_of(&self, paragraph: Node<'_, '_>) -> f64 {
        let runs = paragraph.descendants().filter(|node| is(*node, Ns::W, "sz")).take(8);
        let own = runs.filter_map(|size| number(size, "val")).map(|half| half / 2.0).fold(0.0, f64::max);
        let style = || self.find(val(child(paragraph, Ns::W, "pPr")?, "pStyle")?, |style| style.size);
        if own > 0.0 { own.min(200.0) } else { style().unwrap_or(self.size) }
    }
}
