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

    /// A million strings of what breaks markup, a thousand to a document.
    #[test]
    fn random_strings_come_back() {
        const PIECES: [&str; 16] = [
            "]]>",
            "&",
            "<",
            ">",
            "\"",
            "'",
            "--",
            "<!--",
            "&#0;",
            "<?",
            "\u{20000}",
            "汉",
            "\r\n",
            "\t",
            "\u{2028}",
            "\u{0}",
        ];
        let mut state = 1_u64;
        let mut roll = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..1000 {
            let texts: Vec<String> =
                (0..1000).map(|_| (0..1 + roll(4)).map(|_| PIECES[roll(PIECES.len())]).collect()).collect();
            let mut xml = String::from("<r>");
            for text in &texts {
                xml.push_str("<t");
                attribute(&mut xml, "a", text);
                xml.push('>');
                escape(&mut xml, text);
                xml.push_str("</t>");
            }
            xml.push_str("</r>");
            let tree = usvg::roxmltree::Document::parse(&xml).expect("well-formed");
            let nodes: Vec<_> = tree.root_element().children().collect();
            assert_eq!(nodes.len(), texts.len());
            for (node, text) in nodes.iter().zip(&texts) {
                let expected = text.replace('\0', "\u{fffd}");
                assert_eq!(node.text(), Some(expected.as_str()));
                assert_eq!(node.attribute("a"), Some(expected.as_str()));
            }
        }
    }
}
