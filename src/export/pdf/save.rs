//! Objects to bytes (ISO 32000-1 § 7.5), as few as the format allows.
//!
//! lopdf's own writer leaves object streams and the cross-reference stream uncompressed and keeps objects nobody refers
//! to; here what can be reached is numbered afresh from the trailer on, all that may share one compressed stream does,
//! and the file's identity is drawn from its bytes.

use crate::export::ExportFault;
use std::collections::BTreeMap;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use md5::{Digest, Md5};

use super::objects::{dictionary, int, name};

/// How hard to look for repeats: level 7 saves 0.4 % of a chart's file and takes a sixth longer for its streams, level 9
/// another 0.1 % and half as long again.
const LEVEL: u32 = 6;
/// About as much as a chart's file takes.
const ROOM: usize = 96 * 1024;

/// How objects are laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Each by itself, found by a table: any reader of any age.
    Plain,
    /// In a shared stream, found by another: PDF 1.5.
    Packed,
}

/// Writes the document.
///
/// # Errors
/// An object that others refer to is missing.
pub(super) fn save(document: &Document, layout: Layout) -> Result<Vec<u8>, ExportFault> {
    let mut saver = Saver::new(document)?;
    let (streams, others): (Vec<_>, Vec<_>) =
        saver.order.clone().into_iter().partition(|id| matches!(document.objects.get(id), Some(Object::Stream(_))));
    for id in streams {
        if let Some(Object::Stream(stream)) = document.objects.get(&id) {
            saver.stream(saver.numbers[&id], &stream.dict, &stream.content, stream.allows_compression)?;
        }
    }
    if layout == Layout::Packed {
        saver.share(&others)?;
        return saver.end();
    }
    for id in others {
        saver.single(id);
    }
    saver.end_with_table()
}

/// Where an object is.
#[derive(Clone, Copy)]
enum XrefEntry {
    /// At this byte of the file.
    Byte(usize),
    /// In the object stream of this number, so many objects after its first.
    Within(usize, usize),
}

struct Saver<'a> {
    document: &'a Document,
    /// Every object that can be reached, in the order found.
    order: Vec<ObjectId>,
    /// Its number in the file.
    numbers: BTreeMap<ObjectId, usize>,
    places: BTreeMap<usize, XrefEntry>,
    next: usize,
    out: Vec<u8>,
    deflate: Deflate,
}

impl<'a> Saver<'a> {
    fn new(document: &'a Document) -> Result<Self, ExportFault> {
        let order = reachable(document)?;
        let numbers: BTreeMap<_, _> = order.iter().copied().zip(1..).collect();
        let mut out = Vec::with_capacity(ROOM);
        out.extend(format!("%PDF-{}\n", document.version).bytes());
        // Four bytes above 127 tell that the file is not text (§ 7.5.2).
        out.extend(b"%\xe2\xe3\xcf\xd3\n");
        let (next, places, deflate) = (order.len() + 1, BTreeMap::new(), Deflate::new());
        Ok(Self { document, next, order, numbers, places, out, deflate })
    }

    /// A stream object, compressed where that is allowed and helps.
    fn stream(&mut self, number: usize, dict: &Dictionary, content: &[u8], compress: bool) -> Result<(), ExportFault> {
        let packed = if compress { self.deflate.pack(content)? } else { &[] };
        let mut dict = dict.clone();
        let content = if compress && packed.len() < content.len() {
            dict.set("Filter", name("FlateDecode"));
            packed
        } else {
            content
        };
        dict.set("Length", int(content.len()));
        self.places.insert(number, XrefEntry::Byte(self.out.len()));
        self.out.extend(format!("{number} 0 obj\n").bytes());
        write_dictionary(&mut self.out, &dict, &self.numbers);
        self.out.extend(b"stream\n");
        self.out.extend(content);
        self.out.extend(b"\nendstream\nendobj\n");
        Ok(())
    }

    /// An object by itself.
    fn single(&mut self, id: ObjectId) {
        let Some(object) = self.document.objects.get(&id) else { return };
        let number = self.numbers[&id];
        self.places.insert(number, XrefEntry::Byte(self.out.len()));
        self.out.extend(format!("{number} 0 obj\n").bytes());
        write_object(&mut self.out, object, &self.numbers);
        self.out.extend(b"\nendobj\n");
    }

    /// All objects but streams, in one object stream (§ 7.5.7).
    fn share(&mut self, ids: &[ObjectId]) -> Result<(), ExportFault> {
        let holder = self.next;
        self.next += 1;
        let (mut index, mut bodies) = (String::new(), Vec::new());
        for (position, id) in ids.iter().enumerate() {
            let number = self.numbers[id];
            index.push_str(&format!("{number} {} ", bodies.len()));
            if let Some(object) = self.document.objects.get(id) {
                write_object(&mut bodies, object, &self.numbers);
            }
            bodies.push(b'\n');
            self.places.insert(number, XrefEntry::Within(holder, position));
        }
        let dict = dictionary([("Type", name("ObjStm")), ("N", int(ids.len())), ("First", int(index.len()))]);
        let mut content = index.into_bytes();
        content.append(&mut bodies);
        self.stream(holder, &dict, &content, true)
    }

    /// What the trailer says: how many objects there are, where to begin, and the file's identity.
    fn trailer(&self, size: usize) -> Dictionary {
        let id = Object::String(Md5::digest(&self.out).to_vec(), StringFormat::Hexadecimal);
        let mut dict = dictionary([("Size", int(size)), ("ID", Object::Array(vec![id.clone(), id]))]);
        for key in ["Root", "Info"] {
            if let Ok(entry) = self.document.trailer.get(key.as_bytes()) {
                dict.set(key, entry.clone());
            }
        }
        dict
    }

    /// The cross-reference table and the trailer (§ 7.5.4, § 7.5.5).
    fn end_with_table(mut self) -> Result<Vec<u8>, ExportFault> {
        let start = self.out.len();
        let trailer = self.trailer(self.next);
        self.out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", self.next).bytes());
        for number in 1..self.next {
            let Some(XrefEntry::Byte(offset)) = self.places.get(&number) else {
                return Err("an object without place".into());
            };
            self.out.extend(format!("{offset:010} 00000 n \n").bytes());
        }
        self.out.extend(b"trailer\n");
        write_dictionary(&mut self.out, &trailer, &self.numbers);
        self.out.extend(format!("\nstartxref\n{start}\n%%EOF\n").bytes());
        Ok(self.out)
    }

    /// The cross-reference stream (§ 7.5.8) and the file's end.
    fn end(mut self) -> Result<Vec<u8>, ExportFault> {
        let (own, start) = (self.next, self.out.len());
        self.places.insert(own, XrefEntry::Byte(start));
        let mut dict = self.trailer(own + 1);
        dict.set("Type", name("XRef"));
        dict.set("W", Object::Array([1, 4, 2].map(int).to_vec()));
        // Rows differ little from the one above: the PNG predictor Up (§ 7.4.4.4) leaves mostly zeros.
        let parameters = dictionary([("Predictor", int(12)), ("Columns", int(7))]);
        dict.set("DecodeParms", parameters);
        let mut rows = Vec::with_capacity(8 * (own + 1));
        let mut above = [0_u8; 7];
        for number in 0..=own {
            let row = self.row(number);
            rows.push(2);
            rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
            above = row;
        }
        let packed = self.deflate.pack(&rows)?.to_vec();
        dict.set("Filter", name("FlateDecode"));
        self.stream(own, &dict, &packed, false)?;
        self.out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        Ok(self.out)
    }

    /// An entry: its kind in one byte, then four bytes and two (table 18).
    fn row(&self, number: usize) -> [u8; 7] {
        let (kind, second, third) = match self.places.get(&number) {
            Some(XrefEntry::Byte(offset)) => (1, *offset as u32, 0),
            Some(XrefEntry::Within(holder, position)) => (2, *holder as u32, *position as u16),
            None => (0, 0, u16::MAX),
        };
        let (second, third) = (second.to_be_bytes(), third.to_be_bytes());
        [kind, second[0], second[1], second[2], second[3], third[0], third[1]]
    }
}

/// Every object that the trailer leads to, nearest first.
fn reachable(document: &Document) -> Result<Vec<ObjectId>, ExportFault> {
    let mut order: Vec<ObjectId> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    let mut visit = |object: &Object, order: &mut Vec<ObjectId>| {
        references(object, &mut |id| {
            if known.insert(id) {
                order.push(id);
            }
        });
    };
    for (_, entry) in document.trailer.iter().filter(|(key, _)| [b"Root".as_slice(), b"Info"].contains(&key.as_slice()))
    {
        visit(entry, &mut order);
    }
    let mut at = 0;
    while let Some(id) = order.get(at).copied() {
        let object =
            document.objects.get(&id).ok_or_else(|| ExportFault::internal(format!("object {} is missing", id.0)))?;
        visit(object, &mut order);
        at += 1;
    }
    Ok(order)
}

fn references(object: &Object, found: &mut impl FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => found(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => {
            dict.iter().for_each(|(_, value)| references(value, found));
        }
        _ => {}
    }
}

/// Compresses one stream after another in the same memory: making and clearing it anew would cost as much as a small
/// stream.
struct Deflate {
    state: Compress,
    packed: Vec<u8>,
}

impl Deflate {
    fn new() -> Self {
        Self { state: Compress::new(Compression::new(LEVEL), true), packed: Vec::new() }
    }

    /// The bytes as a zlib stream (ISO 32000-1 § 7.4.4), until the next.
    fn pack(&mut self, bytes: &[u8]) -> Result<&[u8], ExportFault> {
        self.state.reset();
        self.packed.clear();
        // What can't be compressed grows by five bytes a block and the stream's frame.
        self.packed.reserve(bytes.len() + bytes.len() / 1000 + 64);
        match self.state.compress_vec(bytes, &mut self.packed, FlushCompress::Finish) {
            Ok(Status::StreamEnd) => Ok(&self.packed),
            Ok(status) => Err(ExportFault::internal(format!("deflate stopped: {status:?}"))),
            Err(error) => Err(ExportFault::internal(error)),
        }
    }
}

const HEX: [u8; 16] = *b"0123456789abcdef";

fn write_object(out: &mut Vec<u8>, object: &Object, numbers: &BTreeMap<ObjectId, usize>) {
    match object {
        Object::Null => word(out, "null"),
        Object::Boolean(value) => word(out, if *value { "true" } else { "false" }),
        Object::Integer(value) => word(out, itoa::Buffer::new().format(*value)),
        Object::Real(value) => word(out, &value.to_string()),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, StringFormat::Literal) => write_literal(out, bytes),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            out.extend(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| HEX[usize::from(digit)]));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            items.iter().for_each(|item| write_object(out, item, numbers));
            out.push(b']');
        }
        Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => write_dictionary(out, dict, numbers),
        Object::Reference(id) => {
            word(out, itoa::Buffer::new().format(numbers.get(id).copied().unwrap_or(0)));
            out.extend(b" 0 R");
        }
    }
}

fn write_dictionary(out: &mut Vec<u8>, dict: &Dictionary, numbers: &BTreeMap<ObjectId, usize>) {
    out.extend(b"<<");
    for (key, value) in dict {
        write_name(out, key);
        write_object(out, value, numbers);
    }
    out.extend(b">>");
}

/// A token of regular characters, parted from one before (§ 7.2.2).
fn word(out: &mut Vec<u8>, token: &str) {
    if out.last().is_some_and(|last| !b"()<>[]{}/% \n".contains(last)) {
        out.push(b' ');
    }
    out.extend(token.bytes());
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

fn write_literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for &byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            // An end of line in a string is read as a line feed, whatever it was (§ 7.3.4.2).
            b'\r' => out.extend(b"\\r"),
            _ => out.push(byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_reader_finds_every_object() {
        for layout in [Layout::Packed, Layout::Plain] {
            every_object_is_found(layout);
        }
    }

    fn every_object_is_found(layout: Layout) {
        let mut document = Document::with_version("1.7");
        let nasty = b"(a)\\\r\n\xff".to_vec();
        let leaf = document.add_object(Object::String(nasty.clone(), StringFormat::Literal));
        let stream = document.add_object(Stream::new(Dictionary::new(), vec![b'x'; 500]));
        document.add_object(Object::Integer(7));
        let parts = [Object::Integer(1), Object::Real(-0.5), Object::Null, Object::Boolean(true), leaf.into()];
        let root = dictionary([
            ("Type", name("Catalog")),
            ("A b", Object::Array(parts.to_vec())),
            ("S", Object::Reference(stream)),
        ]);
        let root = document.add_object(root);
        document.trailer.set("Root", Object::Reference(root));
        let bytes = save(&document, layout).expect("saved");
        let read = Document::load_mem(&bytes).expect("read");
        assert_eq!(read.objects.values().filter(|object| matches!(object, Object::Integer(7))).count(), 0, "unreached");
        let root = read.catalog().expect("root");
        let parts = root.get(b"A b").and_then(Object::as_array).expect("array");
        assert_eq!(parts[..4], [Object::Integer(1), Object::Real(-0.5), Object::Null, Object::Boolean(true)]);
        let leaf = parts[4].as_reference().and_then(|id| read.get_object(id)).expect("leaf");
        assert_eq!(leaf.as_str().expect("string"), nasty);
        let stream = root.get(b"S").and_then(Object::as_reference).and_then(|id| read.get_object(id)).expect("stream");
        assert_eq!(
            stream.as_stream().and_then(|stream| stream.decompressed_content()).expect("content"),
            vec![b'x'; 500]
        );
    }

    #[test]
    fn a_missing_object_is_an_error() {
        let mut document = Document::with_version("1.7");
        document.trailer.set("Root", Object::Reference((9, 0)));
        assert!(save(&document, Layout::Packed).is_err());
    }
}
