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
const UA_SCHEMA: (&str, &str) = (
    concat!(
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
        "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>",
    ),
    "</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n",
);

/// PDF/X-4's claim and where it stands, described as that of PDF/UA is.
const X_SCHEMA: &str = concat!(
    "<rdf:li rdf:parseType=\"Resource\">",
    "<pdfaSchema:schema>PDF/X identification schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.npes.org/pdfx/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfxid</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaProperty:name>GTS_PDFXVersion</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Version of PDF/X the file keeps</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>",
);

/// What a file says it keeps.
pub(super) struct Claims {
    pub(super) standard: PdfStandard,
    /// Whether its sources are attached.
    pub(super) attached: bool,
    /// Whether it is PDF/X-4.
    pub(super) press: bool,
    /// A name that no other document has.
    pub(super) identity: String,
}

/// The year, month and day that a date as written names; a month or a day left out is the first. A press file must be
/// dated (ISO 15930-7 § 6.7); where the chart tells no date, there is one that says nothing, the same in every file.
pub(super) fn day(written: &str) -> (u32, u32, u32) {
    let numbers: Vec<u32> = written.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let part =
        |at: usize, most: u32| numbers.get(at).copied().filter(|number| (1..=most).contains(number)).unwrap_or(1);
    match numbers.first() {
        Some(&year @ 1900..=2999) => (year, part(1, 12), part(2, 31)),
        _ => (2000, 1, 1),
    }
}

/// The day as PDF writes it.
pub(super) fn pdf_date(written: &str) -> String {
    let (year, month, day) = day(written);
    format!("D:{year:04}{month:02}{day:02}000000Z")
}

/// The packet as a file's metadata stream. It has no dates but those that a press file must have: equal charts make equal
/// files.
pub(super) fn packet(meta: &Meta, claims: &Claims) -> String {
    let mut out = String::from(concat!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n",
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"",
        " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n",
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
    if claims.press {
        for_the_press(&mut out, meta, &claims.identity);
    }
    let claim = match (claims.standard, claims.attached) {
        (PdfStandard::A2a, false) => Some((2, 'A')),
        (PdfStandard::A2a, true) => Some((3, 'A')),
        (PdfStandard::A1b, _) => Some((1, 'B')),
        (PdfStandard::None, _) => None,
    };
    if let Some((part, level)) = claim {
        out.push_str(&format!("<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>\n"));
    }
    out.push_str("</rdf:Description>\n");
    if claim.is_some() {
        out.push_str(UA_SCHEMA.0);
        out.push_str(if claims.press { X_SCHEMA } else { "" });
        out.push_str(UA_SCHEMA.1);
    }
    out.push_str("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}

/// What PDF/X-4 asks of a packet (ISO 15930-7 § 6.7).
fn for_the_press(out: &mut String, meta: &Meta, identity: &str) {
    let (year, month, day) = day(&meta.date);
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    for (name, value) in [
        ("pdfxid:GTS_PDFXVersion", "PDF/X-4"),
        ("xmpMM:DocumentID", identity),
        ("xmpMM:RenditionClass", "default"),
        ("xmpMM:VersionID", "1"),
        ("xmp:CreateDate", &date),
        ("xmp:ModifyDate", &date),
        ("xmp:MetadataDate", &date),
    ] {
        element(out, name, value);
    }
    out.push('\n');
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
    fn days_are_read_as_written() {
        for (written, told) in [
            ("2024年5月1日", (2024, 5, 1)),
            ("2024-11", (2024, 11, 1)),
            ("2023.13.40", (2023, 1, 1)),
            ("二〇二四年", (2000, 1, 1)),
            ("", (2000, 1, 1)),
        ] {
            assert_eq!(day(written), told, "{written}");
        }
    }

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
        let claims = Claims { standard: PdfStandard::A2a, attached: false, press: true, identity: nasty.to_owned() };
        let packet = packet(&meta, &claims);
        let tree = usvg::roxmltree::Document::parse(&packet).expect("well-formed");
        let title = tree.descendants().find(|node| node.has_tag_name(("http://purl.org/dc/elements/1.1/", "title")));
        let title: String = title.expect("title").descendants().filter_map(|node| node.text()).collect();
        assert!(title.contains("a]]>b--<c>&d\"'\u{fffd}\u{20000}"), "{title}");
    }
}
