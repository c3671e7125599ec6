//! The XMP packet: what the document says of itself (ISO 16684-1), and which standards it keeps.

use crate::export::PdfStandard;
use crate::export::xml::{element, escape};
use crate::scene::Meta;

/// The program that made the document.
pub(super) const CREATOR: &str = "riskchart";
/// The program and version that wrote the file.
pub(super) const PRODUCER: &str = concat!("riskchart ", env!("CARGO_PKG_VERSION"));

/// PDF/A knows the schema of PDF/UA's claim only where the file describes it (ISO 19005-2 § 6.6.2.3). It is a description
/// of its own, because some readers look for schemas in those that begin with them.
const UA_SCHEMA: &str = concat!(
    "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"",
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"",
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">",
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Part of ISO 14289 the file keeps</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n",
);

/// The packet as a file's metadata stream. It has no dates: equal charts make equal files.
pub(super) fn packet(meta: &Meta, standard: PdfStandard) -> String {
    let mut out = String::from(concat!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n",
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n",
    ));
    element(&mut out, "dc:format", "application/pdf");
    list(&mut out, "dc:language", "Bag", &["zh-CN"]);
    localized(&mut out, "dc:title", &meta.title);
    list(&mut out, "dc:creator", "Seq", &[&meta.author]);
    localized(&mut out, "dc:description", &meta.description);
    list(&mut out, "dc:subject", "Bag", &meta.keywords);
    for (name, value) in [
        ("dc:identifier", meta.identifier.as_str()),
        ("pdf:Keywords", meta.keywords.join(", ").as_str()),
        ("pdf:Producer", PRODUCER),
        ("xmp:CreatorTool", CREATOR),
    ] {
        if !value.is_empty() {
            element(&mut out, name, value);
        }
    }
    out.push_str("<pdfuaid:part>1</pdfuaid:part>\n");
    let claim = match standard {
        PdfStandard::A2a => Some((2, 'A')),
        PdfStandard::A1b => Some((1, 'B')),
        PdfStandard::None => None,
    };
    if let Some((part, level)) = claim {
        out.push_str(&format!("<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>\n"));
    }
    out.push_str("</rdf:Description>\n");
    if claim.is_some() {
        out.push_str(UA_SCHEMA);
    }
    out.push_str("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}

/// A text with its language, which XMP asks for titles and descriptions.
fn localized(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        out.push_str(&format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">"));
        escape(out, value);
        out.push_str(&format!("</rdf:li></rdf:Alt></{name}>\n"));
    }
}

fn list(out: &mut String, name: &str, kind: &str, values: &[impl AsRef<str>]) {
    let said: Vec<&str> = values.iter().map(AsRef::as_ref).filter(|value| !value.is_empty()).collect();
    if !said.is_empty() {
        out.push_str(&format!("<{name}><rdf:{kind}>"));
        said.iter().for_each(|value| element(out, "rdf:li", value));
        out.push_str(&format!("</rdf:{kind}></{name}>\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_any_kind_stay_well_formed() {
        let nasty = "a]]>b--<c>&d\"'\u{1}\u{20000}";
        let meta = Meta {
            title: nasty.to_owned(),
            author: nasty.to_owned(),
            description: nasty.to_owned(),
            keywords: vec![nasty.to_owned()],
            identifier: nasty.to_owned(),
            ..Meta::default()
        };
        let packet = packet(&meta, PdfStandard::A2a);
        let tree = usvg::roxmltree::Document::parse(&packet).expect("well-formed");
        let title = tree.descendants().find(|node| node.has_tag_name(("http://purl.org/dc/elements/1.1/", "title")));
        let title: String = title.expect("title").descendants().filter_map(|node| node.text()).collect();
        assert!(title.contains("a]]>b--<c>&d\"'\u{fffd}\u{20000}"), "{title}");
    }
}
