//! Pictures in charts, charts on small sheets, charts in one book: what printers, phones and readers make of them.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

#[path = "support/page.rs"]
mod page;

use std::path::Path;
use std::sync::Arc;

use page::words_at_arrows;
use resvg::tiny_skia::{Pixmap, Transform};
use riskchart::diag::{Code, Lang, Report, Severity};
use riskchart::export::{ExportOptions, export, format};
use riskchart::font::FontBook;
use riskchart::geom::Rect;
use riskchart::layout::book::book;
use riskchart::layout::tile::{Tiling, tile};
use riskchart::paper::Paper;
use riskchart::scene::{Clip, Group, Item, Page, Role, Scene, Target, verify};
use riskchart::unit::Length;
use riskchart::{Entry, Host, Options, ReadFault, compile};

struct Disk;

impl Host for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        Ok(std::fs::read(path)?)
    }
}

/// A chart in memory, with a logo beside it.
struct Memory(&'static str, &'static [u8]);

impl Host for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        match path {
            "图/a.toml" => Ok(self.0.as_bytes().to_vec()),
            "图/徽标.svg" => Ok(self.1.to_vec()),
            _ => Err(ReadFault::new("没有这个文件", "no such file")),
        }
    }
}

fn options(fonts: &Arc<FontBook>, paper: &str) -> Options {
    let paper = Paper::parse(paper).expect("a paper");
    Options { fonts: Arc::clone(fonts), paper: Some(paper), orientation: None, theme: None, stamp: false }
}

fn example(fonts: &Arc<FontBook>, name: &str, paper: &str) -> Scene {
    let chart = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name).display().to_string();
    let built = compile(&Disk, &Entry { chart, project: None }, &options(fonts, paper));
    let (scene, report) = built.unwrap_or_else(|report| panic!("{name}: {:?}", words(&report)));
    assert!(report.diagnostics.iter().all(|d| d.severity == Severity::Note), "{name}: {:?}", words(&report));
    scene
}

fn words(report: &Report) -> Vec<String> {
    report.diagnostics.iter().map(|d| d.message(Lang::Zh)).collect()
}

/// Pages as their SVGs are drawn, `per_mm` pixels a millimetre.
fn pictures(scene: &Scene, per_mm: f32) -> Vec<Pixmap> {
    let files = export(scene, format("svg").expect("svg"), &ExportOptions::default()).expect("export");
    let draw = |(file, page): (&riskchart::export::Artifact, &riskchart::scene::Page)| {
        let side = |length: Length| (length.to_mm() as f32 * per_mm).round() as u32;
        let mut pixmap = Pixmap::new(side(page.media.width), side(page.media.height)).expect("a bitmap");
        let tree = usvg::Tree::from_data(&file.bytes, &usvg::Options::default()).expect("SVG");
        let scale = pixmap.width() as f32 / tree.size().width();
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        pixmap
    };
    files.iter().zip(&scene.pages).map(draw).collect()
}

fn groups(items: &[Item], role: Role) -> Vec<&Group> {
    let mut found = Vec::new();
    for item in items {
        if let Item::Group(group) = item {
            if group.role == role {
                found.push(group);
            }
            found.extend(groups(&group.items, role));
        }
    }
    found
}

fn qr_codes(scene: &Scene, per_mm: f32) -> Vec<String> {
    let picture = &pictures(scene, per_mm)[0];
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.data()[(y * width + x) * 4]);
    // The finder also proposes corners made of boxes and marks; a reader drops what does not decode.
    image.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

#[test]
fn a_logo_stands_left_of_the_title_and_a_phone_reads_the_code() {
    let fonts = Arc::new(FontBook::embedded());
    for paper in ["A4", "A3", "A1"] {
        let scene = example(&fonts, "徽标与二维码.toml", paper);
        let page = &scene.pages[0];
        let per_mm = if paper == "A1" { 4.0 } else { 8.0 };
        assert_eq!(qr_codes(&scene, per_mm), ["https://www.example.gov.cn/jubao?k=caigou"], "{paper}");
        let reach = |role| {
            let found = groups(&page.items, role);
            let parts = found[0].items.iter().filter_map(Item::reach);
            parts.reduce(|a: Rect, b| a.union(&b)).expect("something drawn")
        };
        let (logo, title) = (reach(Role::Logo), reach(Role::Title));
        assert!(logo.right < title.left + Length::mm(6), "{paper}: {logo:?} {title:?}");
        // The blank half of the closing bracket counts in the reach and not in the centring.
        let off = (title.mid_x() - page.trim.mid_x()).abs();
        assert!(off < page.trim.width() / 60, "{paper}: the title is centred");
        assert!(logo.left >= page.trim.left && logo.height() > Length::mm(8), "{paper}: {logo:?}");
        let code = reach(Role::Qr);
        assert!(code.width() >= Length::mm(18) && code.bottom <= page.trim.bottom, "{paper}: {code:?}");
        assert!(groups(&page.items, Role::Logo)[0].items.iter().all(|item| matches!(item, Item::Clip(_))), "vector");
    }
}

#[test]
fn pdfs_hold_the_logo_as_paths() {
    let scene = example(&Arc::new(FontBook::embedded()), "徽标与二维码.toml", "A4");
    let files = export(&scene, format("pdf").expect("pdf"), &ExportOptions::default()).expect("export");
    let document = lopdf::Document::load_mem(&files[0].bytes).expect("PDF");
    let page = document.page_iter().next().expect("a page");
    let content = String::from_utf8_lossy(&document.get_page_content(page)).into_owned();
    assert!(content.contains("W\n") || content.contains("W n"), "the logo's room clips");
    assert!(content.contains("f*"), "its shield is filled by the even-odd rule");
    assert!(!content.contains(" Do"), "no bitmap");
}

#[test]
fn logos_and_codes_that_cannot_be_drawn_are_told_on_their_line() {
    let fonts = Arc::new(FontBook::embedded());
    let told = |chart: &'static str, logo: &'static [u8]| {
        let entry = Entry { chart: "图/a.toml".to_owned(), project: None };
        let report = compile(&Memory(chart, logo), &entry, &options(&fonts, "A4")).expect_err("a fault");
        let found = &report.diagnostics[0];
        let span = found.span.expect("a place");
        (found.code, report.sources.file(span.file).line_column(span.start as usize).line)
    };
    let with = "职权 = \"检查\"\n徽标 = \"徽标.svg\"\n[[环节]]\n名称 = \"受理\"\n";
    assert_eq!(told(with, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), (Code::LogoUnsafe, 2));
    assert_eq!(told(with, b"GIF89a"), (Code::LogoFormat, 2));
    assert_eq!(told(with, b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>"), (Code::LogoNotCurves, 2));
    let photo = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/jpeg;base64,/9j/4AAQ'/></svg>";
    assert_eq!(told(with, photo), (Code::LogoNotCurves, 2));
    let beside = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='a.png'/></svg>";
    assert_eq!(told(with, beside), (Code::LogoUnsafe, 2));
    assert_eq!(told(with, b"\xff\xd8\xff\xee\0\x0eAdobe"), (Code::LogoFormat, 2), "a JPEG, whatever it is called");
    assert_eq!(told(with, &[b' '; (1 << 20) + 1]), (Code::LogoTooLarge, 2));
    let missing = "职权 = \"检查\"\n徽标 = \"没有.svg\"\n[[环节]]\n名称 = \"受理\"\n";
    assert_eq!(told(missing, b""), (Code::LogoUnreadable, 2));
    let outside = "职权 = \"检查\"\n徽标 = \"../徽标.svg\"\n[[环节]]\n名称 = \"受理\"\n";
    assert_eq!(told(outside, b""), (Code::LogoOutside, 2));
    let long: &'static str = String::leak(format!(
        "职权 = \"检查\"\n[[环节]]\n名称 = \"受理\"\n[二维码]\n内容 = \"{}\"\n",
        "长".repeat(300)
    ));
    assert_eq!(told(long, b""), (Code::QrTooLong, 5));
}

/// The window of a tile on its sheet.
fn window(scene: &Scene, page: usize) -> Rect {
    let clip = |item: &Item| if let Item::Clip(clip) = item { Some(clip.rect) } else { None };
    let picture = groups(&scene.pages[page].items, Role::Repeated).into_iter().flat_map(|group| &group.items);
    picture.into_iter().find_map(clip).expect("a tile")
}

/// The poster as it lies under a tile: all its items, moved so that `corner` of the trimmed page comes to the window's, and
/// nothing else.
fn under(poster: &Scene, tiles: &Scene, page: usize, corner: (Length, Length)) -> Scene {
    let (whole, on_sheet) = (&poster.pages[0], window(tiles, page));
    let (dx, dy) = (on_sheet.left - whole.trim.left - corner.0, on_sheet.top - whole.trim.top - corner.1);
    let everything = whole.trim.inset(-Length::mm(1000));
    let items = whole.items.iter().filter_map(|item| item.part(&everything, dx, dy)).collect();
    let items = vec![Item::Clip(Clip { rect: on_sheet, items })];
    Scene { pages: vec![Page { items, ..tiles.pages[page].clone() }], ..poster.clone() }
}

#[test]
fn tiles_put_together_are_the_poster() {
    let fonts = Arc::new(FontBook::embedded());
    let poster = example(&fonts, "教学示例.toml", "A2");
    let tiles = tile(&poster, &Paper::parse("A4").expect("A4"), &Tiling::default()).expect("tiles");
    assert_eq!(verify(&tiles), [], "no label lies over another, no text leaves its sheet");
    // Four pixels a millimetre: cuts are made in quarters of a millimetre, so windows are whole pixels. The poster is
    // drawn where the tile has it: the renderer reckons in floats from the corner of a page or clip and samples a pixel
    // four times each way, so that the same edge, 13 mm further on, may fall on the other side of a sample.
    let px = |length: Length| (length.to_um() / 250) as usize;
    let end = (poster.pages[0].trim.width(), poster.pages[0].trim.height());
    let mut seen = vec![0_u8; px(end.0) * px(end.1)];
    let (mut left, mut top) = (Length::ZERO, Length::ZERO);
    for (page, part) in pictures(&tiles, 4.0).iter().enumerate().skip(1) {
        let on_sheet = window(&tiles, page);
        assert!(tiles.pages[page].trim.inset(Length::mm(8)).contains(&on_sheet), "within what the printer reaches");
        let whole = &pictures(&under(&poster, &tiles, page, (left, top)), 4.0)[0];
        for y in 0..px(on_sheet.height()) {
            let at = ((px(on_sheet.top) + y) * part.width() as usize + px(on_sheet.left)) * 4;
            let row = at..at + px(on_sheet.width()) * 4;
            assert!(part.data()[row.clone()] == whole.data()[row], "sheet {page}, row {y} of pixels");
            let at = (px(top) + y) * px(end.0) + px(left);
            seen[at..at + px(on_sheet.width())].iter_mut().for_each(|times| *times += 1);
        }
        // The next tile begins an overlap before this one ends; a row ends at the poster's edge.
        if left + on_sheet.width() < end.0 {
            left += on_sheet.width() - Length::mm(10);
        } else {
            left = Length::ZERO;
            top += on_sheet.height() - Length::mm(10);
        }
    }
    assert_eq!(top, end.1 - Length::mm(10), "the last row ends at the poster's foot");
    assert!(seen.iter().all(|&times| times > 0), "every part of the poster is on some sheet");
    assert!(seen.iter().filter(|&&times| times > 1).count() > seen.len() / 100, "tiles overlap");
}

#[test]
fn tiles_are_named_and_a_plan_comes_first() {
    let fonts = Arc::new(FontBook::embedded());
    let poster = example(&fonts, "教学示例.toml", "A1");
    let tiles = tile(&poster, &Paper::parse("A4").expect("A4"), &Tiling::default()).expect("tiles");
    let text = |page: usize| {
        let mut text = String::new();
        tiles.pages[page].walk(|item, groups| {
            if let Item::Text(run) = item
                && groups.iter().all(|group| group.role != Role::Row)
            {
                text.push_str(&run.text);
            }
        });
        text
    };
    assert!(text(0).contains("拼接示意图") && text(0).contains("共15张"), "{}", text(0));
    assert!(text(1).contains("A1　第1行第1列") || text(1).contains("第1行第1列"), "{}", text(1));
    assert_eq!(tiles.outline[0].children.len(), tiles.pages.len() - 1);
    let a4 = example(&fonts, "教学示例.toml", "A4");
    let same = tile(&a4, &Paper::parse("A4").expect("A4"), &Tiling::default()).expect("one sheet");
    assert_eq!(same.pages.len(), 1, "a page that fits is left alone");
    let tiny = Tiling { overlap: Length::mm(100), margin: Length::mm(8) };
    assert!(tile(&poster, &Paper::parse("A4").expect("A4"), &tiny).is_none());
}

#[test]
fn a_book_leads_from_its_contents_to_every_chart() {
    let fonts = Arc::new(FontBook::embedded());
    let charts = [("教学示例.toml", "A4"), ("长流程.toml", "A4"), ("徽标与二维码.toml", "A3")];
    let scenes: Vec<Scene> = charts.iter().map(|(name, paper)| example(&fonts, name, paper)).collect();
    let bound = book(&scenes, "廉政风险防控图汇编").expect("a book");
    assert_eq!(verify(&bound), []);
    let before: Vec<usize> =
        scenes.iter().scan(1, |page, scene| Some(std::mem::replace(page, *page + scene.pages.len()))).collect();
    let mut targets = Vec::new();
    bound.pages[0].walk(|item, _| {
        if let Item::Link(link) = item
            && let Target::Page { page, .. } = link.target
        {
            targets.push(page);
        }
    });
    assert_eq!(targets, before);
    for (scene, (bookmark, page)) in scenes.iter().zip(bound.outline[1..].iter().zip(&before)) {
        assert_eq!((&bookmark.title, bookmark.page), (&scene.meta.title, *page));
        assert_eq!(bookmark.children.len(), scene.outline[0].children.len());
        assert_eq!(bound.pages[*page].trim, scene.pages[0].trim, "a chart keeps its paper");
    }
    for (index, page) in bound.pages.iter().enumerate() {
        let folios = groups(&page.items, Role::Folio);
        let Some(Item::Text(run)) = folios.last().and_then(|folio| folio.items.first()) else { panic!("page {index}") };
        assert_eq!(run.text, format!("— {} —", index + 1));
    }
    let files = export(&bound, format("pdf").expect("pdf"), &ExportOptions::default()).expect("export");
    let document = lopdf::Document::load_mem(&files[0].bytes).expect("PDF");
    let pages: Vec<_> = document.page_iter().collect();
    let links = document.get_page_annotations(pages[0]).expect("links");
    let led: Vec<_> = links
        .iter()
        .map(|link| {
            link.get(b"Dest").and_then(lopdf::Object::as_array).expect("a place")[0].as_reference().expect("a page")
        })
        .collect();
    assert_eq!(led, before.iter().map(|&page| pages[page]).collect::<Vec<_>>());
    assert!(book(&[], "空").is_none());
}

#[test]
fn long_contents_go_on_to_further_pages() {
    let fonts = Arc::new(FontBook::embedded());
    let one = example(&fonts, "教学示例.toml", "A4");
    let bound = book(&vec![one; 60], "汇编").expect("a book");
    let contents = bound.outline[1].page;
    assert!(contents > 1, "60 entries take more than a page");
    assert_eq!(bound.pages.len(), contents + 60);
    assert_eq!(verify(&bound), []);
}

#[test]
fn arrows_that_go_on_to_another_page_say_where() {
    let scene = example(&Arc::new(FontBook::embedded()), "长流程.toml", "105x148mm");
    let count = scene.pages.len();
    assert!(count > 2, "{count} pages");
    for (at, page) in scene.pages.iter().enumerate() {
        let from = (at > 0).then(|| format!("接第{at}页"));
        let to = (at + 1 < count).then(|| format!("转第{}页", at + 2));
        assert_eq!(words_at_arrows(page), from.into_iter().chain(to).collect::<Vec<_>>(), "page {}", at + 1);
    }
}
