//! PDF files.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object};
use riskchart::export::source::{Source, attached};
use riskchart::export::{ExportOptions, PdfStandard, export, format};
use riskchart::font::FontBook;
use riskchart::geom::Point;
use riskchart::scene::{ColorMode, Glyph, GlyphRun, Item, Part, Role, Scene};
use riskchart::unit::Length;

use crate::disk::{Asked, compiled, told};
use crate::reader::{entry, number, read, resolve};
use crate::scene::{group, run, texts};
use crate::{chart, scene, write};

fn load(scene: &Scene) -> Document {
    Document::load_mem(&write(scene, "pdf")[0].bytes).expect("a PDF")
}

/// What a file says of itself (XMP).
fn packet(document: &Document) -> String {
    let catalogue = document.catalog().expect("a catalogue");
    let packet = resolve(document, catalogue.get(b"Metadata").expect("metadata")).as_stream().expect("a stream");
    String::from_utf8(packet.get_plain_content().expect("a packet")).expect("UTF-8")
}

fn runs(scene: &Scene) -> Vec<GlyphRun> {
    let mut runs = Vec::new();
    for page in &scene.pages {
        page.walk(|item, _| {
            if let Item::Text(run) = item {
                runs.push(run.clone());
            }
        });
    }
    runs
}

/// A chart of nothing but these runs.
fn of_runs(runs: Vec<GlyphRun>) -> Scene {
    let mut scene = chart();
    scene.pages[0].items = vec![group(Role::Note, runs.into_iter().map(Item::Text).collect())];
    scene
}

#[test]
fn text_reads_back_in_order() {
    let scene = chart();
    let sheet = read(&load(&scene), 0);
    let seen: String = sheet.marked.iter().flat_map(|(_, _, glyphs)| glyphs).map(|glyph| glyph.text.as_str()).collect();
    assert_eq!(seen, texts(&scene).concat());
}

/// A reader's rounded widths leave every glyph within a micrometre of its place.
#[test]
fn glyphs_stand_where_the_scene_has_them() {
    let mut scene = chart();
    let mut moved = runs(&scene)[0].clone();
    for (n, glyph) in moved.glyphs.iter_mut().enumerate() {
        glyph.advance += Length::um(n as i64 * 37 - 150);
        glyph.dx = Length::um(if n % 3 == 0 { -1234 } else { 0 });
        glyph.dy = Length::um(if n % 4 == 1 { 321 } else { 0 });
    }
    scene.pages[0].items.push(group(Role::Note, vec![Item::Text(moved)]));
    let sheet = read(&load(&scene), 0);
    let mut seen = sheet.marked.iter().flat_map(|(_, _, glyphs)| glyphs);
    for run in runs(&scene) {
        let mut pen = run.origin.x;
        for glyph in &run.glyphs {
            let place = seen.next().expect("as many glyphs");
            let (x, y) = ((pen + glyph.dx).to_um() as f64, (run.origin.y + glyph.dy).to_um() as f64);
            assert!((place.x - x).abs() < 1.0 && (place.y - y).abs() < 1.0, "{place:?} instead of {x}, {y}");
            pen += glyph.advance;
        }
    }
    assert!(seen.next().is_none());
}

fn glyphs_of(text: &str) -> GlyphRun {
    let fonts = FontBook::embedded();
    let face = fonts.find("hei", false).expect("hei");
    run(&fonts, face, Point::new(Length::mm(30), Length::mm(30)), Length::mm(5), text)
}

#[test]
fn one_glyph_may_stand_for_several_texts() {
    let person = glyphs_of("人");
    let radical = GlyphRun { text: "⼈".to_owned(), ..person.clone() };
    let scene = of_runs(vec![person.clone(), radical, person]);
    let document = load(&scene);
    let sheet = read(&document, 0);
    let seen = &sheet.marked[0].2;
    assert_eq!(seen.iter().map(|glyph| glyph.text.as_str()).collect::<String>(), "人⼈人");
    assert_ne!(seen[0].font, seen[1].font, "two registrations");
    let files =
        document.objects.values().filter(|object| object.as_stream().is_ok_and(|stream| stream.dict.has(b"Length1")));
    assert_eq!(files.count(), 1, "one font file");
}

#[test]
fn clusters_of_any_shape_read_back() {
    let mut ligature = glyphs_of("版");
    ligature.text = "fi\u{20000}".to_owned();
    ligature.glyphs[0].cluster = 0..6;
    let mut parts = glyphs_of("一二");
    parts.text = "三".to_owned();
    for glyph in &mut parts.glyphs {
        glyph.cluster = 0..3;
    }
    let sheet = read(&load(&of_runs(vec![ligature, parts])), 0);
    let seen: Vec<&str> = sheet.marked[0].2.iter().map(|glyph| glyph.text.as_str()).collect();
    assert_eq!(seen, ["fi\u{20000}", "三", "\u{200b}"]);
    assert_eq!(sheet.actual, ["三"]);
}

/// Readers take the blank in 立　　案 for the gap between columns, and then the name is not found.
#[test]
fn a_spread_name_is_one_word() {
    let mut spread = glyphs_of("立案");
    spread.glyphs[0].advance = spread.size * 3;
    let sheet = read(&load(&of_runs(vec![glyphs_of("检查"), spread])), 0);
    let seen: Vec<&str> = sheet.marked[0].2.iter().map(|glyph| glyph.text.as_str()).collect();
    assert_eq!(seen, ["检", "查", "立", "案"]);
    assert_eq!(sheet.actual, ["立案"], "the word as a whole, and only where it is spread");
}

#[test]
fn a_file_uses_one_colour_space() {
    let fonts = Arc::new(FontBook::embedded());
    let spaces = [
        (ColorMode::Rgb, ["rg", "RG"], "DeviceRGB", Some(3)),
        (ColorMode::Cmyk, ["k", "K"], "DeviceCMYK", Some(4)),
        (ColorMode::Gray, ["g", "G"], "DeviceGray", Some(1)),
    ];
    for (mode, own, name, channels) in spaces {
        let document = load(&scene::chart(&fonts, 1, mode));
        let all = ["rg", "RG", "k", "K", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "gs", "ri"];
        let used: BTreeSet<String> = read(&document, 0).operators.into_iter().map(|(operator, _)| operator).collect();
        let used: Vec<&str> = all.into_iter().filter(|operator| used.contains(*operator)).collect();
        assert_eq!(used, own, "{mode:?}");
        let images = document
            .objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .filter(|stream| stream.dict.has(b"Width"));
        for image in images {
            let space = image.dict.get(b"ColorSpace").and_then(Object::as_name).expect("space");
            let mask = image.dict.get(b"SMask").is_err() && mode == ColorMode::Rgb && space == b"DeviceGray";
            assert!(space == name.as_bytes() || mask, "{mode:?}");
            assert!(mode == ColorMode::Rgb || !image.dict.has(b"SMask"), "no transparency on the press");
        }
        let root = document.catalog().expect("root");
        let intents = entry(&document, root, "OutputIntents").and_then(|intents| intents.as_array().ok());
        let found = intents.map(|intents| {
            let intent = resolve(&document, &intents[0]).as_dict().expect("intent");
            let profile = entry(&document, intent, "DestOutputProfile").expect("profile").as_stream().expect("stream");
            number(profile.dict.get(b"N").expect("N")) as i32
        });
        assert_eq!(found, channels);
    }
}

#[test]
fn press_black_is_black_ink_alone() {
    let mut text = glyphs_of("黑");
    text.color = riskchart::color::Rgb::BLACK;
    let mut scene = of_runs(vec![text]);
    scene.meta.color = ColorMode::Cmyk;
    let inks: Vec<_> = read(&load(&scene), 0).operators.into_iter().filter(|(operator, _)| operator == "k").collect();
    assert_eq!(inks, [("k".to_owned(), vec![0.0, 0.0, 0.0, 1.0])]);
}

#[test]
fn boxes_lie_within_each_other() {
    let scene = scene::chart(&Arc::new(FontBook::embedded()), 1, ColorMode::Cmyk);
    let document = load(&scene);
    let page = document.get_dictionary(document.page_iter().next().expect("page")).expect("page");
    let sides = |key| -> Vec<f64> {
        entry(&document, page, key).expect(key).as_array().expect(key).iter().map(number).collect()
    };
    let mm = |mm: f64| mm / 25.4 * 72.0;
    let near = |found: Vec<f64>, wanted: [f64; 4]| found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-3);
    assert!(near(sides("MediaBox"), [0.0, 0.0, mm(303.0), mm(426.0)]));
    assert!(near(sides("BleedBox"), [0.0, 0.0, mm(303.0), mm(426.0)]));
    assert!(near(sides("TrimBox"), [mm(3.0), mm(3.0), mm(300.0), mm(423.0)]));
}

/// A structure element and all below it, as `Tag(…)`.
fn outline(document: &Document, element: &Dictionary, out: &mut String) {
    out.push_str(&String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).expect("S")));
    let attributes = entry(document, element, "A").and_then(|attributes| attributes.as_dict().ok());
    if let Some(rows) = attributes.and_then(|attributes| attributes.get(b"RowSpan").ok()) {
        out.push_str(&format!("/{}", number(rows)));
    }
    let Some(kids) = entry(document, element, "K") else { return };
    let kids = if let Object::Array(kids) = kids { kids.iter().collect() } else { vec![kids] };
    let below: Vec<&Dictionary> =
        kids.into_iter().filter_map(|kid| resolve(document, kid).as_dict().ok()).filter(|kid| kid.has(b"S")).collect();
    if !below.is_empty() {
        out.push('(');
        for (n, kid) in below.into_iter().enumerate() {
            if n > 0 {
                out.push(' ');
            }
            outline(document, kid, out);
        }
        out.push(')');
    }
}

#[test]
fn structure_follows_the_roles() {
    let mut scene = chart();
    scene.pages[0].items.retain(|item| !matches!(item, Item::Group(group) if group.role == Role::Logo));
    let item = "LI(Lbl LBody)";
    let list = |n: usize| format!("L({})", vec![item; n].join(" "));
    let expected = format!(
        "Document(Sect(P H1 Table(TR(TH TH TH) TR(TH(H2) TD TD) TR(TH(H2) TD(P {} P) TD({} P)) \
         TR(TH(H2) TD(P {} P) TD({} P)) TR(TH(H2) TD({} P) TD({} P)) TR(TH(H2) TD TD({} P))) P P(Link(Figure)) Div(P)))",
        list(3),
        list(2),
        list(5),
        list(4),
        list(7),
        list(4),
        list(1),
    );
    assert_eq!(structure(&scene), expected);
}

/// The scene's structure as `Tag(…)`; a cell of several rows says how many.
fn structure(scene: &Scene) -> String {
    let document = load(scene);
    let root = document.catalog().and_then(|root| root.get(b"StructTreeRoot")?.as_reference()).expect("tree");
    let root = document.get_dictionary(root).expect("tree");
    let mut found = String::new();
    outline(&document, entry(&document, root, "K").expect("K").as_dict().expect("element"), &mut found);
    found
}

/// A page of heads and rows, each cell a word; a number is how many rows it takes.
fn grid(rows: &[&[(Role, usize)]]) -> Scene {
    let words = |role| group(role, vec![Item::Text(glyphs_of("中"))]);
    let cell = |&(role, rows): &(Role, usize)| group(Role::Cell { rows }, vec![words(role)]);
    let heads = group(Role::HeadRow, (0..3).map(|_| words(Role::ColumnHead)).collect());
    let rows = rows.iter().map(|cells| group(Role::Row, cells.iter().map(cell).collect()));
    let mut scene = chart();
    scene.pages[0].items = vec![group(Role::Table, [heads].into_iter().chain(rows).collect())];
    scene
}

#[test]
fn boxes_through_several_rows_are_one_cell() {
    let (stage, risk, measure) = ((Role::Stage, 1), Role::Risk, Role::Measure);
    let scene = grid(&[&[stage, (risk, 2), (measure, 1)], &[stage, (measure, 2)], &[stage, (risk, 1)]]);
    let expected = "Document(Sect(Table(TR(TH TH TH) TR(TH(P) TD/2(P) TD(P)) TR(TH(P) TD/2(P)) TR(TH(P) TD(P)))))";
    assert_eq!(structure(&scene), expected);
}

/// A chart of two pages is one section with one table, whose heads are read once.
#[test]
fn a_table_goes_on_over_pages() {
    let stage = (Role::Stage, 1);
    let mut scene = grid(&[&[stage, (Role::Risk, 1), (Role::Measure, 1)]]);
    let Some(Item::Group(table)) = scene.pages[0].items.first_mut() else { panic!("a table") };
    table.part = Some(Part(4));
    let mut next = scene.pages[0].clone();
    next.continued = true;
    let Some(Item::Group(table)) = next.items.first_mut() else { panic!("a table") };
    let heads = table.items.remove(0);
    table.items.insert(0, group(Role::Repeated, vec![heads]));
    scene.pages.push(next);
    let row = "TR(TH(P) TD(P) TD(P))";
    assert_eq!(structure(&scene), format!("Document(Sect(Table(TR(TH TH TH) {row} {row})))"));
}

/// Every piece of content leads to the element that holds it, and back.
#[test]
fn parent_tree_mirrors_the_structure() {
    let document = load(&scene::chart(&Arc::new(FontBook::embedded()), 2, ColorMode::Rgb));
    let root = document.catalog().and_then(|root| root.get(b"StructTreeRoot")?.as_reference()).expect("tree");
    let root = document.get_dictionary(root).expect("tree");
    let parents = entry(&document, root, "ParentTree").expect("parents").as_dict().expect("dictionary");
    let numbers = entry(&document, parents, "Nums").expect("Nums").as_array().expect("array");
    for (index, id) in document.page_iter().enumerate() {
        let page = document.get_dictionary(id).expect("page");
        assert_eq!(page.get(b"StructParents").and_then(Object::as_i64).expect("key"), index as i64);
        assert_eq!(page.get(b"Tabs").and_then(Object::as_name).expect("tabs"), b"S");
        let elements = resolve(&document, &numbers[index * 2 + 1]).as_array().expect("array");
        for (tag, mcid, _) in read(&document, index).marked {
            let Some(mcid) = mcid else {
                assert_eq!(tag, "Artifact");
                continue;
            };
            let element = resolve(&document, &elements[mcid as usize]).as_dict().expect("element");
            assert_eq!(element.get(b"S").and_then(Object::as_name).expect("S"), tag.as_bytes());
            let kids = entry(&document, element, "K").expect("K");
            let kids = if let Object::Array(kids) = kids { kids.clone() } else { vec![kids.clone()] };
            assert!(kids.iter().any(|kid| matches!(kid, Object::Integer(kid) if *kid == mcid)), "{tag} {mcid}");
        }
    }
}

#[test]
fn links_print_nothing_and_say_where_they_lead() {
    let document = load(&chart());
    let page = document.get_dictionary(document.page_iter().next().expect("page")).expect("page");
    let links = entry(&document, page, "Annots").expect("links").as_array().expect("array");
    let link = resolve(&document, &links[0]).as_dict().expect("link");
    assert_eq!(link.get(b"F").and_then(Object::as_i64).expect("F"), 4);
    let border = link.get(b"Border").and_then(Object::as_array).expect("border");
    assert!(border.iter().all(|side| number(side) == 0.0));
    let action = entry(&document, link, "A").expect("A").as_dict().expect("action");
    let uri = action.get(b"URI").and_then(Object::as_str).expect("URI");
    assert_eq!(uri, b"https://example.gov.cn/%E4%B8%BE%E6%8A%A5?a=1&b=%3C2%3E");
}

#[test]
fn bookmarks_are_nested() {
    let document = load(&chart());
    let root = document.catalog().expect("root");
    let outlines = entry(&document, root, "Outlines").expect("outlines").as_dict().expect("dictionary");
    assert_eq!(outlines.get(b"Count").and_then(Object::as_i64).expect("count"), 4);
    let title = |dict: &Dictionary| lopdf::decode_text_string(dict.get(b"Title").expect("title")).expect("text");
    let chart = entry(&document, outlines, "First").expect("first").as_dict().expect("dictionary");
    assert_eq!(title(chart), "行政检查");
    let mut stages = Vec::new();
    let mut next = entry(&document, chart, "First");
    while let Some(stage) = next.and_then(|stage| stage.as_dict().ok()) {
        stages.push(title(stage));
        next = entry(&document, stage, "Next");
    }
    assert_eq!(stages, ["接到线索", "立案", "检查"]);
}

#[test]
fn facts_are_stated_without_a_clock() {
    let bytes = write(&chart(), "pdf").remove(0).bytes;
    let document = Document::load_mem(&bytes).expect("a PDF");
    assert!(bytes.starts_with(b"%PDF-1.7\n"));
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).expect("Info");
    let info = document.get_dictionary(info).expect("Info");
    assert!(!info.has(b"CreationDate") && !info.has(b"ModDate") && !info.has(b"GTS_PDFXVersion"));
    let title = lopdf::decode_text_string(info.get(b"Title").expect("title")).expect("text");
    assert_eq!(title, chart().meta.title);
    let said = packet(&document);
    assert!(said.contains("<pdfaid:part>2</pdfaid:part>") && said.contains("<pdfuaid:part>1</pdfuaid:part>"));
    let mut other = chart();
    other.meta.identifier = "JC-02".to_owned();
    let id = |document: &Document| document.trailer.get(b"ID").and_then(Object::as_array).expect("ID").clone();
    assert_ne!(id(&document), id(&load(&other)), "other content, other identity");
}

#[test]
fn the_standard_asked_for_is_kept() {
    let options = |pdf_standard| ExportOptions { pdf_standard, ..ExportOptions::default() };
    let write = |scene: &Scene, standard| {
        let files = export(scene, format("pdf").expect("pdf"), &options(standard)).expect("export");
        files.into_iter().next().expect("a file").bytes
    };
    let claims = |bytes: &[u8]| {
        let said = packet(&Document::load_mem(bytes).expect("a PDF"));
        said.split_once("<pdfaid:part>").map(|(_, rest)| rest[..1].to_owned())
    };
    let old = write(&chart(), PdfStandard::A1b);
    assert!(old.starts_with(b"%PDF-1.4\n") && claims(&old).as_deref() == Some("1"));
    assert!(String::from_utf8_lossy(&old).contains("<pdfaid:part>1"), "PDF/A-1 forbids to pack it");
    let document = Document::load_mem(&old).expect("a PDF");
    for object in document.objects.values() {
        if let Ok(dict) = object.as_dict().or_else(|_| object.as_stream().map(|stream| &stream.dict)) {
            assert!(!dict.has(b"SMask") && !dict.has_type(b"ObjStm") && !dict.has_type(b"XRef"));
            assert!(!dict.has_type(b"FontDescriptor") || dict.has(b"CIDSet"));
        }
    }
    assert_eq!(claims(&write(&chart(), PdfStandard::A2a)).as_deref(), Some("2"));
    assert_eq!(claims(&write(&chart(), PdfStandard::None)), None);
    let press = scene::chart(&Arc::new(FontBook::embedded()), 1, ColorMode::Cmyk);
    assert_eq!(claims(&write(&press, PdfStandard::A2a)).as_deref(), Some("2"), "the press is named by its profile");
    assert_eq!(claims(&write(&press, PdfStandard::None)), None);
    for (name, standard) in PdfStandard::ALL {
        assert_eq!(PdfStandard::parse(name), Some(standard));
    }
}

#[test]
fn cut_faces_are_named_as_such() {
    let document = load(&chart());
    let page = document.page_iter().next().expect("page");
    for font in document.get_page_fonts(page).expect("fonts").values() {
        let name = font.get(b"BaseFont").and_then(Object::as_name).expect("name");
        let (tag, rest) = name.split_at(7);
        assert!(tag[..6].iter().all(u8::is_ascii_uppercase) && tag[6] == b'+' && !rest.is_empty());
        let descendants = font.get(b"DescendantFonts").and_then(Object::as_array).expect("fonts");
        let descendant = resolve(&document, &descendants[0]).as_dict().expect("font");
        assert_eq!(descendant.get(b"BaseFont").and_then(Object::as_name).expect("name"), name);
        assert_eq!(descendant.get(b"CIDToGIDMap").and_then(Object::as_name).expect("map"), b"Identity");
        let descriptor =
            entry(&document, descendant, "FontDescriptor").expect("descriptor").as_dict().expect("dictionary");
        assert_eq!(descriptor.get(b"FontName").and_then(Object::as_name).expect("name"), name);
    }
}

/// The file stays small: an A3 chart with three hundred glyphs in three faces is mostly their outlines.
#[test]
fn little_but_outlines() {
    let bytes = write(&chart(), "pdf").remove(0).bytes;
    let document = Document::load_mem(&bytes).expect("a PDF");
    let fonts: usize = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok().filter(|stream| stream.dict.has(b"Length1")))
        .map(|stream| stream.content.len())
        .sum();
    assert!(bytes.len() < 68_000 && bytes.len() - fonts < 14_000, "{} bytes, {fonts} of them fonts", bytes.len());
}

#[test]
fn an_empty_run_and_page_are_written() {
    let empty = GlyphRun { glyphs: Vec::<Glyph>::new(), text: String::new(), ..glyphs_of("空") };
    let mut scene = of_runs(vec![empty]);
    assert_eq!(load(&scene).page_iter().count(), 1);
    scene.pages[0].items.clear();
    assert_eq!(load(&scene).page_iter().count(), 1);
}

/// A chart with its files, as a document claims it.
#[test]
fn attached_files_are_tied_to_the_document_and_claimed() {
    let sources = ["b/图.toml", "a.toml"].map(|name| Source { name: name.to_owned(), bytes: name.as_bytes().to_vec() });
    let options = ExportOptions { sources: sources.to_vec(), ..ExportOptions::default() };
    let bytes = export(&chart(), format("pdf").expect("pdf"), &options).expect("a PDF").remove(0).bytes;
    assert_eq!(attached(&bytes).expect("files").len(), 2);
    let document = Document::load_mem(&bytes).expect("a PDF");
    let catalogue = document.catalog().expect("a catalogue");
    let packet = packet(&document);
    assert!(packet.contains("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"), "{packet}");
    assert!(packet.contains("<pdfuaid:part>1</pdfuaid:part>"));
    let tied = catalogue.get(b"AF").and_then(Object::as_array).expect("files of the document");
    let relation = |file: &Object| {
        let file = resolve(&document, file).as_dict().expect("a file").clone();
        file.get(b"AFRelationship").and_then(Object::as_name).expect("a relation").to_vec()
    };
    assert_eq!(tied.iter().map(relation).collect::<Vec<_>>(), [b"Source", b"Source"]);
    let old = ExportOptions { pdf_standard: PdfStandard::A1b, ..options };
    assert!(export(&chart(), format("pdf").expect("pdf"), &old).is_err(), "PDF/A-1 holds no files");
}

/// What those hear who don't see lines and marks: where the flow ends before the chart does, and which level is the worst.
#[test]
fn ends_and_levels_are_told_in_words() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/分支与退回.toml");
    let (scene, _) = compiled(&path, &Asked::default()).unwrap_or_else(|report| panic!("{}", told(&report)));
    let document = load(&scene);
    let elements = document.objects.values().filter_map(|object| object.as_dict().ok());
    let words = |element: &Dictionary| element.get(b"Alt").ok().and_then(|alt| lopdf::decode_text_string(alt).ok());
    let heard: Vec<String> = elements.filter_map(words).collect();
    assert_eq!(
        heard.iter().filter(|words| *words == "到此结束").count(),
        1,
        "不予许可 is not followed by 发证: {heard:?}"
    );
    assert!(heard.iter().any(|words| words == "风险等级，从最高的到最低的：高、中、低"), "{heard:?}");
}
