//! Text in XML: the one place where strings enter SVG and XMP.

/// Appends `text` so that any XML reader gives it back, in element content as well as in a quoted attribute.
///
/// Characters that XML 1.0 (§ 2.2, production 2) can't hold at all become U+FFFD; tabs and line ends become references,
/// because readers turn them into spaces in attributes (§ 3.3.3).
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

/// Appends ` name="value"`.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

/// Appends `<name>text</name>`.
pub(super) fn element(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_legal_comes_back() {
        let text = "a&b<c>d\"e'f]]>--\t\n\r汉字\u{10ffff}\u{20000}&amp;<!--";
        let mut xml = String::from("<r");
        attribute(&mut xml, "a", text);
        xml.push('>');
        escape(&mut xml, text);
        xml.push_str("</r>");
        let tree = usvg::roxmltree::Document::parse(&xml).expect("well-formed");
        assert_eq!(tree.root_element().text(), Some(text));
        assert_eq!(tree.root_element().attribute("a"), Some(text));
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        let mut out = String::new();
        escape(&mut out, "a\0b\u{1b}[31m\u{fffe}\u{85}");
        assert_eq!(out, "a\u{fffd}b\u{fffd}[31m\u{fffd}\u{fffd}");
    }
}
