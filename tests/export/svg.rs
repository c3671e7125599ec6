//! SVG files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use riskchart::export::{Artifact, ExportOptions, SvgText, export, format};
use riskchart::scene::{ColorMode, Group, Item, Role, Scene, Target};
use usvg::roxmltree::{Document, Node};

use crate::disk::{Asked, charts, compiled, told};
use crate::scene::texts;
use crate::{Dice, chart, scene, write};

fn text_of(artifact: &Artifact) -> &str {
    std::str::from_utf8(&artifact.bytes).expect("UTF-8")
}

/// The words of each run.
fn read_texts(svg: &str) -> Vec<String> {
    let tree = Document::parse(svg).expect("well-formed");
    let is_run = |node: &Node<'_, '_>| {
        let is_text = node.has_tag_name("text") && !node.children().any(|child| child.is_element());
        is_text || node.has_tag_name("tspan")
    };
    tree.descendants().filter(is_run).map(|node| node.text().unwrap_or("").to_owned()).collect()
}

/// What a browser's search looks through at a time.
fn paragraphs(svg: &str) -> Vec<String> {
    let tree = Document::parse(svg).expect("well-formed");
    let texts = tree.descendants().filter(|node| node.has_tag_name("text"));
    let words =
        |text: Node<'_, '_>| text.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
    texts.map(words).collect()
}

#[test]
fn text_reads_back_in_order() {
    let scene = chart();
    assert_eq!(read_texts(text_of(&write(&scene, "svg")[0])), texts(&scene));
}

/// Everything a file may hold: what is not here could run, load or leak something.
#[test]
fn nothing_but_pictures_and_words() {
    let files = write(&chart(), "svg");
    let tree = Document::parse(text_of(&files[0])).expect("well-formed");
    let elements = ["svg", "title", "desc", "defs", "path", "g", "use", "text", "tspan", "image", "a", "rect"];
    let attributes = [
        "width",
        "height",
        "viewBox",
        "role",
        "lang",
        "font-family",
        "font-size",
        "id",
        "d",
        "fill",
        "stroke",
        "x",
        "y",
        "stroke-width",
        "stroke-dasharray",
        "class",
        "transform",
        "textLength",
        "fill-opacity",
        "href",
        "space",
        "preserveAspectRatio",
    ];
    for node in tree.descendants().filter(Node::is_element) {
        assert!(elements.contains(&node.tag_name().name()), "{:?}", node.tag_name());
        for attribute in node.attributes() {
            assert!(attributes.contains(&attribute.name()), "{}", attribute.name());
            if attribute.name() == "href" {
                let local =
                    attribute.value().starts_with('#') || attribute.value().starts_with("data:image/png;base64,");
                assert!(local, "{}", attribute.value());
            }
        }
    }
    assert!(!text_of(&files[0]).contains("<?") && !text_of(&files[0]).contains("<!"));
}

/// Each glyph has one outline, and each outline drawn is there.
#[test]
fn outlines_are_shared() {
    let files = write(&chart(), "svg");
    let tree = Document::parse(text_of(&files[0])).expect("well-formed");
    let mut known = BTreeMap::new();
    for node in tree.descendants().filter(|node| node.attribute("id").is_some()) {
        let outline = node.attribute("d").expect("an outline");
        assert!(known.insert(format!("#{}", node.attribute("id").expect("id")), outline).is_none(), "twice");
        assert!(!outline.is_empty());
    }
    let href = ("http://www.w3.org/1999/xlink", "href");
    let uses = tree.descendants().filter(|node| node.has_tag_name("use"));
    let used: BTreeSet<String> = uses.map(|node| node.attribute(href).expect("href").to_owned()).collect();
    assert_eq!(used, known.into_keys().collect());
}

fn with_strings(mut scene: Scene, dice: &mut Dice) -> Scene {
    fn spoil(items: &mut [Item], dice: &mut Dice) {
        for item in items {
            match item {
                Item::Group(group) => spoil(&mut group.items, dice),
                Item::Text(run) => run.text = dice.nasty(),
                Item::Image(image) => image.alt = dice.nasty(),
                Item::Link(link) => link.target = Target::Uri(format!("tel:{}", dice.nasty())),
                Item::Clip(clip) => spoil(&mut clip.items, dice),
                Item::Arrow(arrow) => arrow.to.name = dice.nasty(),
                Item::Path(_) => {}
            }
        }
    }
    scene.meta.title = dice.nasty();
    scene.meta.description = dice.nasty();
    scene.meta.keywords = vec![dice.nasty()];
    for page in &mut scene.pages {
        spoil(&mut page.items, dice);
    }
    scene
}

#[test]
fn no_string_breaks_out() {
    let mut dice = Dice(7);
    for _ in 0..100 {
        let scene = with_strings(chart(), &mut dice);
        let files = write(&scene, "svg");
        let replaced = |text: &String| {
            let legal = |c: char| {
                if (c < ' ' && !"\t\r\n".contains(c)) || "\u{fffe}\u{ffff}".contains(c) { '\u{fffd}' } else { c }
            };
            text.chars().map(legal).collect::<String>()
        };
        let expected: Vec<String> = texts(&scene).iter().map(replaced).filter(|text| !text.is_empty()).collect();
        assert_eq!(read_texts(text_of(&files[0])), expected);
    }
}

/// A search ends where a text element does: what is read in one breath is in one.
#[test]
fn sentences_are_found_over_the_ends_of_lines_and_faces() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/01-行政检查.toml");
    let (scene, _) = compiled(&path, &Asked::default()).unwrap_or_else(|report| panic!("{}", told(&report)));
    let file = write(&scene, "svg").remove(0);
    let paragraphs = paragraphs(text_of(&file));
    for sentence in ["行政职权廉政风险防控图（行政检查）", "风险等级：高", "责任人："] {
        assert!(paragraphs.iter().any(|words| words.contains(sentence)), "{sentence}: {paragraphs:?}");
    }
    let mut lists = Vec::new();
    scene.pages[0].walk(|item, _| {
        if let Item::Group(Group { role: Role::ListBody, items, .. }) = item {
            let runs =
                items.iter().filter_map(|item| if let Item::Text(run) = item { Some(run.text.as_str()) } else { None });
            lists.push(runs.collect::<Vec<_>>());
        }
    });
    assert!(lists.iter().any(|lines| lines.len() > 2), "a paragraph of several lines");
    for lines in lists {
        assert!(paragraphs.contains(&lines.concat()), "{lines:?}");
    }
}

/// Charts put into one web page leave each other's outlines alone.
#[test]
fn no_two_files_have_an_id_in_common() {
    let two = ["01-行政检查", "02-其他权力一"].map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("charts/{name}.toml"));
        compiled(&path, &Asked::default()).unwrap_or_else(|report| panic!("{}", told(&report))).0
    });
    let several = scene::chart(&std::sync::Arc::new(riskchart::font::FontBook::embedded()), 2, ColorMode::Rgb);
    let mut known = BTreeSet::new();
    for file in two.iter().chain([&several]).flat_map(|scene| write(scene, "svg")) {
        let tree = Document::parse(text_of(&file)).expect("well-formed");
        for id in tree.descendants().filter_map(|node| node.attribute("id")) {
            assert!(known.insert(id.to_owned()), "{id} is in two files");
        }
    }
    assert!(!known.is_empty());
}

#[test]
fn a_page_has_one_ground_and_its_words_are_read_aloud() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/01-行政检查.toml");
    let (scene, _) = compiled(&path, &Asked::default()).unwrap_or_else(|report| panic!("{}", told(&report)));
    let file = write(&scene, "svg").remove(0);
    let tree = Document::parse(text_of(&file)).expect("well-formed");
    // The children of an image are nothing to a screen reader.
    assert_eq!(tree.root_element().attribute("role"), Some("graphics-document document"));
    let drawn = tree.root_element().children().filter(|node| node.has_tag_name("path"));
    assert_eq!(drawn.filter(|node| node.attribute("fill") == Some("#ffffff")).count(), 1);
}

/// With fonts of its own a file is small enough for the web, and says the same.
#[test]
fn words_in_fonts_of_the_file_are_the_same_words_in_less() {
    for path in charts("charts") {
        let (scene, _) = compiled(&path, &Asked::default()).unwrap_or_else(|report| panic!("{}", told(&report)));
        let options = ExportOptions { svg_text: SvgText::Font, ..ExportOptions::default() };
        let file = export(&scene, format("svg").expect("svg"), &options).expect("a file").remove(0);
        let (svg, outlined) = (text_of(&file), write(&scene, "svg").remove(0));
        assert!(svg.len() <= 150_000, "{}: {} bytes", path.display(), svg.len());
        assert_eq!(paragraphs(svg), paragraphs(text_of(&outlined)));
        let tree = Document::parse(svg).expect("well-formed");
        let style =
            tree.descendants().find(|node| node.has_tag_name("style")).and_then(|node| node.text()).expect("fonts");
        let seen: Vec<Node<'_, '_>> = tree.descendants().filter(|node| node.has_attribute("font-family")).collect();
        for node in seen.iter().filter(|node| !node.has_tag_name("svg")) {
            let family = node.attribute("font-family").expect("a family");
            assert!(style.contains(&format!("font-family:{family};src:url(data:font/woff;base64,")), "{family}");
            let (places, words) = (node.attribute("x").expect("places"), node.text().expect("words"));
            let places = places.split(' ').count();
            assert!(places == 1 || places == words.chars().count(), "{words}: {places} places");
        }
        let all = tree
            .descendants()
            .filter(|node| node.has_attribute("textLength") || node.has_attribute("font-family"))
            .count()
            - 1;
        assert!(seen.len() - 1 > all * 9 / 10, "{}: {} of {all} runs are text", path.display(), seen.len());
        assert!(!svg.contains("http") || svg.matches("http").count() == 2, "nothing is fetched");
    }
}
