//! OFD files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use riskchart::export::source::{Source, attached};
use riskchart::export::{ExportOptions, export, format};
use riskchart::font::{FaceId, FontBook};
use riskchart::geom::{Point, Rect};
use riskchart::scene::{Clip, ColorMode, GlyphRun, Item, Role, Scene, Target};
use riskchart::unit::Length;
use usvg::roxmltree::{Document, Node};

use crate::scene::{group, run, texts};
use crate::{Dice, chart, scene, write};

/// A file as its parts.
struct Package(BTreeMap<String, Vec<u8>>);

impl Package {
    fn read(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
        let mut parts = BTreeMap::new();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).expect("a part");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("inflated");
            parts.insert(file.name().expect("a name").into_owned(), bytes);
        }
        Self(parts)
    }

    fn of(scene: &Scene) -> Self {
        Self::read(&write(scene, "ofd")[0].bytes)
    }

    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(self.0.get(path).unwrap_or_else(|| panic!("{path}"))).expect("UTF-8")
    }

    fn xml(&self, path: &str) -> Document<'_> {
        Document::parse(self.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn page(&self, index: usize) -> Document<'_> {
        self.xml(&format!("Doc_0/Pages/Page_{index}/Content.xml"))
    }
}

fn named<'a>(tree: &'a Document<'_>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    tree.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// Numbers in millimetres as micrometres, `g n v` counted out.
fn numbers(written: &str) -> Vec<i64> {
    let mut words = written.split_whitespace();
    let um = |word: &str| (word.parse::<f64>().expect("a number") * 1000.0).round() as i64;
    let mut numbers = Vec::new();
    while let Some(word) = words.next() {
        if word == "g" {
            let count: usize = words.next().expect("how many").parse().expect("a count");
            numbers.extend(vec![um(words.next().expect("of what")); count]);
        } else {
            numbers.push(um(word));
        }
    }
    numbers
}

/// The corner of an object's boundary, and its size.
fn boundary(object: Node<'_, '_>) -> [i64; 4] {
    numbers(object.attribute("Boundary").expect("a boundary")).try_into().expect("four numbers")
}

/// Each character with its place on the page, object by object.
fn characters(tree: &Document<'_>) -> Vec<(char, i64, i64)> {
    let mut found = Vec::new();
    for code in named(tree, "TextCode") {
        let [left, top, ..] = boundary(code.parent().expect("an object"));
        let read = |name| numbers(code.attribute(name).unwrap_or_default());
        let (mut x, mut y) = (left + read("X")[0], top + read("Y")[0]);
        let (dx, dy) = (read("DeltaX"), read("DeltaY"));
        let text = code.text().unwrap_or_default();
        assert_eq!(dx.len() + 1, text.chars().count(), "{text}");
        for (at, c) in text.chars().enumerate() {
            found.push((c, x, y));
            x += dx.get(at).copied().unwrap_or_default();
            y += dy.get(at).copied().unwrap_or_default();
        }
    }
    found
}

#[test]
fn text_reads_back_in_order() {
    let scene = chart();
    let package = Package::of(&scene);
    let page = package.page(0);
    let objects: Vec<String> = named(&page, "TextObject")
        .map(|object| object.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect())
        .collect();
    assert_eq!(objects, texts(&scene));
}

#[test]
fn characters_stand_where_the_scene_has_them() {
    let mut scene = chart();
    let mut moved = runs(&scene)[0].clone();
    for (n, glyph) in moved.glyphs.iter_mut().enumerate() {
        glyph.advance += Length::um(n as i64 * 37 - 150);
        glyph.dx = Length::um(if n % 3 == 0 { -1234 } else { 0 });
        glyph.dy = Length::um(if n % 4 == 1 { 321 } else { 0 });
    }
    scene.pages[0].items.push(group(Role::Note, vec![Item::Text(moved)]));
    let package = Package::of(&scene);
    let mut seen = characters(&package.page(0)).into_iter();
    for run in runs(&scene) {
        let mut pen = run.origin.x;
        for (glyph, c) in run.glyphs.iter().zip(run.text.chars()) {
            let expected = (c, (pen + glyph.dx).to_um(), (run.origin.y + glyph.dy).to_um());
            assert_eq!(seen.next(), Some(expected), "{}", run.text);
            pen += glyph.advance;
        }
    }
    assert_eq!(seen.next(), None);
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

/// The file's own fonts, by the ids under which the pages name them.
fn fonts(package: &Package) -> (FontBook, BTreeMap<String, FaceId>) {
    let mut book = FontBook::embedded();
    let resources = package.xml("Doc_0/PublicRes.xml");
    let faces = named(&resources, "Font").map(|font| {
        let file = font.children().find_map(|node| node.text()).expect("a file").trim().to_owned();
        let bytes = package.0[&format!("Doc_0/Res/{file}")].clone();
        let face = book.add(bytes).expect("a font that opens by its characters");
        (font.attribute("ID").expect("an id").to_owned(), face)
    });
    let faces = faces.collect();
    (book, faces)
}

/// What a reader draws for each character is what the scene draws.
#[test]
fn embedded_fonts_draw_the_scenes_glyphs() {
    let scene = chart();
    let package = Package::of(&scene);
    let (book, faces) = fonts(&package);
    let page = package.page(0);
    let size = Length::mm(10);
    for (object, run) in named(&page, "TextObject").zip(runs(&scene)) {
        let face = book.face(faces[object.attribute("Font").expect("a font")]);
        for (glyph, c) in run.glyphs.iter().zip(run.text.chars()) {
            let drawn = face.glyph(c).unwrap_or_else(|| panic!("{c} is not in the font"));
            assert_eq!(face.outline(drawn, size), scene.fonts.face(run.face).outline(glyph.id, size), "{c}");
            assert_eq!(face.advance(drawn), scene.fonts.face(run.face).advance(glyph.id), "{c}");
        }
    }
    for file in package.0.iter().filter(|(path, _)| path.ends_with(".ttf")).map(|(_, bytes)| bytes) {
        let count = usize::from(u16::from_be_bytes([file[4], file[5]]));
        let tags: Vec<&[u8]> = (0..count).map(|at| &file[12 + 16 * at..16 + 16 * at]).collect();
        for tag in [b"cmap", b"OS/2", b"name", b"post", b"glyf", b"loca"] {
            assert!(tags.contains(&&tag[..]), "{}", String::from_utf8_lossy(tag));
        }
    }
}

fn of_runs(runs: Vec<GlyphRun>) -> Scene {
    let mut scene = chart();
    scene.pages[0].items = vec![group(Role::Note, runs.into_iter().map(Item::Text).collect())];
    scene
}

fn glyphs_of(text: &str) -> GlyphRun {
    let fonts = FontBook::embedded();
    let face = fonts.find("hei", false).expect("hei");
    run(&fonts, face, Point::new(Length::mm(30), Length::mm(30)), Length::mm(5), text)
}

/// A ligature, one character of two glyphs, and one drawn by two glyphs in turn: the text is whole, and glyphs that no
/// character leads to are named or drawn.
#[test]
fn clusters_of_any_shape_read_back() {
    let mut ligature = glyphs_of("版");
    ligature.text = "fi\u{20000}".to_owned();
    ligature.glyphs[0].cluster = 0..6;
    let mut parts = glyphs_of("一二");
    parts.text = "三".to_owned();
    parts.glyphs.iter_mut().for_each(|glyph| glyph.cluster = 0..3);
    let mut other = glyphs_of("人");
    other.text = "入".to_owned();
    let scene = of_runs(vec![ligature, parts, glyphs_of("入"), other]);
    let package = Package::of(&scene);
    let page = package.page(0);
    let seen: Vec<&str> = named(&page, "TextCode").filter_map(|code| code.text()).collect();
    assert_eq!(seen, ["fi\u{20000}", "三", "入", "入"]);
    let named_glyphs: Vec<&str> = named(&page, "CGTransform").filter_map(|node| node.attribute("CodeCount")).collect();
    assert_eq!(named_glyphs, ["3", "1"], "the ligature, and the second 入");
    assert_eq!(named(&page, "PathObject").count(), 1, "the second half of 三");
}

#[test]
fn every_number_is_given_once() {
    let scene = scene::chart(&Arc::new(FontBook::embedded()), 3, ColorMode::Rgb);
    let package = Package::of(&scene);
    let mut ids = BTreeSet::new();
    for path in package.0.keys().filter(|path| path.ends_with(".xml")) {
        let tree = package.xml(path);
        for id in tree.descendants().filter_map(|node| node.attribute("ID")) {
            assert!(ids.insert(id.parse::<u32>().expect("a number")), "{path}: {id}");
        }
    }
    let document = package.xml("Doc_0/Document.xml");
    let most = named(&document, "MaxUnitID").find_map(|node| node.text()).expect("MaxUnitID");
    assert_eq!(most.parse(), Ok(*ids.last().expect("ids")));
}

/// Readers cut objects to their boundary.
#[test]
fn shapes_lie_within_their_boundaries() {
    let package = Package::of(&chart());
    let page = package.page(0);
    for object in named(&page, "PathObject") {
        let [.., width, height] = boundary(object);
        let data =
            object.children().find(|node| node.tag_name().name() == "AbbreviatedData").and_then(|node| node.text());
        let words: Vec<&str> = data.expect("data").split(' ').collect();
        assert!(words.iter().all(|word| word.parse::<f64>().is_ok() || ["M", "L", "B", "C"].contains(word)));
        let places: Vec<i64> =
            words.iter().filter_map(|word| Some((word.parse::<f64>().ok()? * 1000.0) as i64)).collect();
        let room = numbers(object.attribute("LineWidth").unwrap_or("0"))[0] / 2;
        for place in places.chunks(2) {
            assert!(
                (room..=width - room).contains(&place[0]) && (room..=height - room).contains(&place[1]),
                "{words:?}"
            );
        }
    }
}

/// The words of a tag and all within it, by the objects it refers to.
fn words(tag: Node<'_, '_>, objects: &BTreeMap<String, String>) -> String {
    let references = tag.descendants().filter(|node| node.tag_name().name() == "ObjectRef");
    references.filter_map(|reference| objects.get(reference.text()?)).map(String::as_str).collect()
}

#[test]
fn tags_tell_what_words_are() {
    let package = Package::of(&chart());
    let page = package.page(0);
    let text = |object: Node<'_, '_>| {
        object.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
    };
    let objects: BTreeMap<String, String> = named(&page, "TextObject")
        .map(|object| (object.attribute("ID").expect("an id").to_owned(), text(object)))
        .collect();
    let tags = package.xml("Doc_0/Tags/CustomTag.xml");
    let row = named(&tags, "环节").nth(1).expect("the second stage");
    let within = |name: &str| {
        let tag = row.descendants().find(|node| node.tag_name().name() == name).unwrap_or_else(|| panic!("{name}"));
        words(tag, &objects)
    };
    assert_eq!(within("流程"), "立案");
    assert!(within("风险").contains("超时、超权限立案。"));
    assert_eq!(within("风险等级"), "风险等级：中");
    assert!(within("措施").contains("执行回避制度。"));
    assert_eq!(within("责任人"), "责任人：检查组人员");
    let all: String = texts(&chart()).concat();
    assert_eq!(words(tags.root_element(), &objects), all, "every word stands in the tags, in order");
}

#[test]
fn bookmarks_and_links_lead_to_pages() {
    let scene = scene::chart(&Arc::new(FontBook::embedded()), 2, ColorMode::Rgb);
    let package = Package::of(&scene);
    let document = package.xml("Doc_0/Document.xml");
    let pages: Vec<&str> = named(&document, "Page").filter_map(|node| node.attribute("ID")).collect();
    let titles = |node: &Node<'_, '_>| node.attribute("Title").map(str::to_owned);
    let first = named(&document, "OutlineElem").next().expect("a bookmark");
    assert_eq!(titles(&first), Some(scene.outline[0].title.clone()));
    let count =
        |bookmarks: &[riskchart::scene::Bookmark]| bookmarks.iter().map(|b| 1 + b.children.len()).sum::<usize>();
    assert_eq!(named(&document, "OutlineElem").count(), count(&scene.outline));
    assert!(named(&document, "Dest").all(|dest| pages.contains(&dest.attribute("PageID").expect("a page"))));
    let mut wanted = 0;
    scene.pages[0].walk(|item, _| {
        wanted += usize::from(matches!(item, Item::Link(link) if matches!(link.target, Target::Uri(_))));
    });
    assert_eq!(named(&package.page(0), "URI").count(), wanted);
}

#[test]
fn what_is_clipped_is_cut_by_its_boundary() {
    let mut scene = chart();
    let items = std::mem::take(&mut scene.pages[0].items);
    let rect = Rect::new(Length::mm(40), Length::mm(40), Length::mm(120), Length::mm(160));
    scene.pages[0].items = vec![Item::Clip(Clip { rect, items })];
    let package = Package::of(&scene);
    let page = package.page(0);
    let objects: Vec<_> = page.descendants().filter(|node| node.attribute("Boundary").is_some()).collect();
    assert!(!objects.is_empty());
    for object in objects {
        let [left, top, width, height] = boundary(object);
        assert!(left >= 40_000 && top >= 40_000 && left + width <= 120_000 && top + height <= 160_000);
    }
}

#[test]
fn an_archives_file_states_its_colours_and_leads_nowhere() {
    let scene = chart();
    let options = ExportOptions { ofd_archive: true, ..ExportOptions::default() };
    let files = export(&scene, format("ofd").expect("ofd"), &options).expect("export");
    let package = Package::read(&files[0].bytes);
    assert_eq!(package.xml("OFD.xml").root_element().attribute("DocType"), Some("OFD-A"));
    let resources = package.xml("Doc_0/PublicRes.xml");
    let space = named(&resources, "ColorSpace").next().expect("a colour space");
    let document = package.xml("Doc_0/Document.xml");
    assert_eq!(named(&document, "DefaultCS").find_map(|node| node.text()), space.attribute("ID"));
    let profile = &package.0[&format!("Doc_0/Res/{}", space.attribute("Profile").expect("a profile"))];
    assert_eq!(&profile[36..40], b"acsp");
    assert_eq!(named(&document, "VPreferences").count(), 0);
    assert_eq!(named(&package.page(0), "URI").count(), 0);
}

#[test]
fn grey_charts_are_grey() {
    let scene = scene::chart(&Arc::new(FontBook::embedded()), 1, ColorMode::Gray);
    let package = Package::of(&scene);
    let page = package.page(0);
    for color in named(&page, "FillColor").chain(named(&page, "StrokeColor")).filter_map(|node| node.attribute("Value"))
    {
        let channels: BTreeSet<&str> = color.split(' ').collect();
        assert_eq!(channels.len(), 1, "{color}");
    }
}

#[test]
fn strings_of_any_kind_stay_well_formed() {
    let mut dice = Dice(99);
    for _ in 0..40 {
        let mut scene = chart();
        scene.meta.title = dice.nasty();
        scene.meta.author = dice.nasty();
        scene.meta.description = dice.nasty();
        scene.meta.keywords = vec![dice.nasty(), dice.nasty()];
        scene.meta.identifier = dice.nasty();
        scene.outline[0].title = dice.nasty();
        let package = Package::of(&scene);
        let root = package.xml("OFD.xml");
        let title = scene.meta.title.clone();
        if !title.is_empty() && title.chars().all(|c| !c.is_control() && c != '\u{fffe}' && c != '\u{ffff}') {
            assert_eq!(named(&root, "Title").find_map(|node| node.text()), Some(title.as_str()));
        }
        package.xml("Doc_0/Document.xml");
    }
}

#[test]
fn attached_files_are_listed_and_lie_where_the_list_says() {
    let source = |name: &str| Source { name: name.to_owned(), bytes: name.as_bytes().to_vec() };
    let sources = vec![source("图/a&b.toml"), source("印.svg")];
    let options = ExportOptions { sources: sources.clone(), ..ExportOptions::default() };
    let bytes = export(&chart(), format("ofd").expect("ofd"), &options).expect("a file").remove(0).bytes;
    let package = Package::read(&bytes);
    let list = package.xml("Doc_0/Attachs/Attachments.xml");
    let places: Vec<&str> = named(&list, "FileLoc").filter_map(|node| node.text()).collect();
    assert_eq!(places, ["source_1.txt", "source_2.svg"], "a reader opens what it knows");
    for (place, source) in places.iter().zip(&sources) {
        assert_eq!(package.0[&format!("Doc_0/Attachs/{place}")], source.bytes);
    }
    assert_eq!(attached(&bytes), Ok(sources));
}
