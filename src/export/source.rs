//! The source that a poster carries: the files its chart is made of, attached to PDF and OFD and taken out of them again.

use std::io::{Cursor, Read};

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, Stream};
use roxmltree::Node;

/// Charts are kilobytes and profiles of presses megabytes; what is larger is no source, or a trap.
const LARGEST: u64 = 16 << 20;
/// The most files that are looked for: a book of a county has two thousand.
const MOST: usize = 10_000;
/// How deep a PDF's list of files may go: a tree that leads back into itself has no end.
const DEEPEST: usize = 16;

/// A file that a poster was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, with folders and slashes where it does not lie with the others.
    pub name: String,
    /// What it holds, byte for byte.
    pub bytes: Vec<u8>,
}

impl Source {
    /// Its media type.
    pub(super) fn media_type(&self) -> &'static str {
        match self.ending().as_str() {
            "toml" => "application/toml",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "icc" | "icm" => "application/vnd.iccprofile",
            _ => "application/octet-stream",
        }
    }

    /// What its name ends in, in small letters, without the dot.
    pub(super) fn ending(&self) -> String {
        self.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
    }
}

/// Why a file gives no source back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSource {
    /// It is neither PDF nor OFD.
    NoPoster,
    /// It is, but can't be read; with the reason, in words of the reader.
    Damaged(String),
    /// Nothing is attached to it.
    Nothing,
}

/// The files that are attached to a PDF or an OFD, in the order of its list.
///
/// # Errors
/// See [`NoSource`].
pub fn attached(file: &[u8]) -> Result<Vec<Source>, NoSource> {
    // A PDF's header may stand anywhere in its first kilobyte (ISO 32000-1 annex H, implementation note 13).
    let is_pdf = file[..file.len().min(1024)].windows(5).any(|five| five == b"%PDF-");
    let found = match file {
        [b'P', b'K', 3, 4, ..] => of_ofd(file)?,
        _ if is_pdf => of_pdf(file).map_err(NoSource::Damaged)?,
        _ => return Err(NoSource::NoPoster),
    };
    if found.is_empty() { Err(NoSource::Nothing) } else { Ok(found) }
}

/// The embedded files of the catalogue's name tree (ISO 32000-1 § 7.11.4).
fn of_pdf(file: &[u8]) -> Result<Vec<Source>, String> {
    let document = Document::load_mem(file).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    let catalogue = document.catalog().map_err(|error| error.to_string())?;
    let names = dictionary(&document, catalogue, b"Names");
    if let Some(tree) = names.and_then(|names| dictionary(&document, names, b"EmbeddedFiles")) {
        gather(&document, tree, 0, &mut found)?;
    }
    Ok(found)
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn dictionary<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    resolved(document, of.get(key).ok()?)?.as_dict().ok()
}

fn gather(document: &Document, node: &Dictionary, depth: usize, found: &mut Vec<Source>) -> Result<(), String> {
    let list = |key: &[u8]| node.get(key).ok().and_then(|list| resolved(document, list)?.as_array().ok());
    for kid in list(b"Kids").into_iter().flatten().filter(|_| depth < DEEPEST) {
        if let Some(kid) = resolved(document, kid).and_then(|kid| kid.as_dict().ok()) {
            gather(document, kid, depth + 1, found)?;
        }
    }
    for specification in list(b"Names").into_iter().flatten().skip(1).step_by(2) {
        if found.len() >= MOST {
            return Ok(());
        }
        let specification = resolved(document, specification).and_then(|object| object.as_dict().ok());
        let source = specification.and_then(|specification| {
            let name = specification.get(b"UF").or_else(|_| specification.get(b"F")).ok()?;
            let name = lopdf::decode_text_string(resolved(document, name)?).ok()?;
            let file = dictionary(document, specification, b"EF")?.get(b"F").ok()?;
            Some((name, resolved(document, file)?.as_stream().ok()?))
        });
        let (name, stream) = source.ok_or("EmbeddedFiles")?;
        let bytes = inflated(stream).ok_or_else(|| name.clone())?;
        found.push(Source { name, bytes });
    }
    Ok(())
}

/// What a stream holds; `None` where it is damaged, too large or packed in a way that this program never packs.
fn inflated(stream: &Stream) -> Option<Vec<u8>> {
    let filters: Vec<&[u8]> = match stream.dict.get(b"Filter") {
        Err(_) => Vec::new(),
        Ok(Object::Name(name)) => vec![name],
        Ok(Object::Array(names)) => names.iter().map(|name| name.as_name().ok()).collect::<Option<_>>()?,
        Ok(_) => return None,
    };
    match filters[..] {
        [] => Some(stream.content.clone()),
        [b"FlateDecode"] => limited(ZlibDecoder::new(&stream.content[..])),
        _ => None,
    }
}

fn limited(from: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST).then_some(bytes)
}

/// The attachments that the package's documents list (GB/T 33190-2016 § 17).
fn of_ofd(file: &[u8]) -> Result<Vec<Source>, NoSource> {
    let mut zip = Zip::new(Cursor::new(file)).map_err(|error| NoSource::Damaged(error.to_string()))?;
    if zip.index_for_name("OFD.xml").is_none() {
        // Another kind of ZIP file.
        return Err(NoSource::NoPoster);
    }
    attachments(&mut zip).map_err(NoSource::Damaged)
}

type Zip<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

fn attachments(zip: &mut Zip<'_>) -> Result<Vec<Source>, String> {
    let mut found = Vec::new();
    for document in texts(&part(zip, "OFD.xml")?, "DocRoot")? {
        for list in texts(&part(zip, &document)?, "Attachments")? {
            let list = beside(&document, &list);
            for (name, location) in entries(&part(zip, &list)?)?.into_iter().take(MOST) {
                let bytes = read(zip, &beside(&list, &location))?;
                found.push(Source { name, bytes });
            }
        }
    }
    Ok(found)
}

fn read(zip: &mut Zip<'_>, path: &str) -> Result<Vec<u8>, String> {
    let part = zip.by_name(path).map_err(|error| format!("{path}: {error}"))?;
    limited(part).ok_or_else(|| path.to_owned())
}

fn part(zip: &mut Zip<'_>, path: &str) -> Result<String, String> {
    String::from_utf8(read(zip, path)?).map_err(|error| format!("{path}: {error}"))
}

/// Where a part of the package is that another names: from that one's folder, or from the package's root after a slash.
fn beside(part: &str, location: &str) -> String {
    match (location.strip_prefix('/'), part.rsplit_once('/')) {
        (Some(whole), _) => whole.to_owned(),
        (None, Some((folder, _))) => format!("{folder}/{location}"),
        (None, None) => location.to_owned(),
    }
}

fn parsed<T>(xml: &str, of: impl Fn(Node<'_, '_>) -> Option<T>) -> Result<Vec<T>, String> {
    let tree = roxmltree::Document::parse(xml).map_err(|error| error.to_string())?;
    Ok(tree.descendants().filter_map(of).collect())
}

/// The texts of all elements of a name.
fn texts(xml: &str, name: &str) -> Result<Vec<String>, String> {
    parsed(xml, |node| node.text().filter(|_| node.tag_name().name() == name).map(|text| text.trim().to_owned()))
}

/// The name and the place of each attachment of a list.
fn entries(xml: &str) -> Result<Vec<(String, String)>, String> {
    parsed(xml, |node| {
        let place = node.children().find(|child| child.tag_name().name() == "FileLoc")?.text()?;
        Some((node.attribute("Name")?.to_owned(), place.trim().to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_poster_or_a_damaged_one_is_told_apart() {
        assert_eq!(attached(b""), Err(NoSource::NoPoster));
        assert_eq!(attached(b"\x89PNG\r\n"), Err(NoSource::NoPoster));
        assert!(matches!(attached(b"%PDF-1.7\n"), Err(NoSource::Damaged(_))));
        assert!(matches!(attached(b"PK\x03\x04..."), Err(NoSource::Damaged(_))));
    }

    #[test]
    fn streams_are_limited() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        let zeros = vec![0; 1 << 20];
        (0..17).for_each(|_| std::io::Write::write_all(&mut packed, &zeros).expect("packed"));
        let packed = packed.finish().expect("packed");
        let dict = Dictionary::from_iter([("Filter", Object::Name(b"FlateDecode".to_vec()))]);
        assert_eq!(inflated(&Stream::new(dict, packed)), None);
    }
}
