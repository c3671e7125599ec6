//! Files that a PDF carries: embedded, listed for readers, and tied to the document as its source (ISO 19005-3 § 6.8).

use lopdf::{Document, Object, Stream};

use super::objects::{dictionary, int, name, text};
use super::xmp;
use crate::export::source::Source;

/// Embeds the sources of a finished document; `date` is the chart's, as written.
///
/// # Errors
/// The document has no catalogue.
pub(super) fn attach(document: &mut Document, sources: &[Source], date: &str) -> Result<(), lopdf::Error> {
    if sources.is_empty() {
        return Ok(());
    }
    let mut files: Vec<(Object, Object)> = Vec::new();
    for source in sources {
        // When a file was last changed is a matter of the disk it lay on: equal sources make equal posters.
        let told = dictionary([("Size", int(source.bytes.len())), ("ModDate", text(&xmp::pdf_date(date)))]);
        let stream = dictionary([
            ("Type", name("EmbeddedFile")),
            ("Subtype", name(source.media_type())),
            ("Params", Object::Dictionary(told)),
        ]);
        let file = Object::Reference(document.add_object(Stream::new(stream, source.bytes.clone())));
        let specification = dictionary([
            ("Type", name("Filespec")),
            ("F", text(&source.name)),
            ("UF", text(&source.name)),
            ("Desc", text("图的源文件，riskchart extract 可以取出")),
            ("AFRelationship", name("Source")),
            ("EF", Object::Dictionary(dictionary([("F", file.clone()), ("UF", file)]))),
        ]);
        files.push((text(&source.name), Object::Reference(document.add_object(specification))));
    }
    let specifications = files.iter().map(|(_, specification)| specification.clone()).collect();
    // The keys of a name tree ascend (ISO 32000-1 § 7.9.6).
    files.sort_by(|(a, _), (b, _)| a.as_str().unwrap_or_default().cmp(b.as_str().unwrap_or_default()));
    let pairs = files.into_iter().flat_map(|(key, specification)| [key, specification]).collect();
    let tree = dictionary([("Names", Object::Array(pairs))]);
    let catalogue = document.catalog_mut()?;
    catalogue.set("Names", dictionary([("EmbeddedFiles", Object::Dictionary(tree))]));
    catalogue.set("AF", Object::Array(specifications));
    Ok(())
}
