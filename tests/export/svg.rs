//! SVG files.

use std::collections::{BTreeMap, BTreeSet};

use riskchart::export::Artifact;
use riskchart::scene::{Item, Scene, Target};
use usvg::roxmltree::{Document, Node};

use crate::scene::texts;
use crate::{Dice, chart, write};

fn text_of(artifact: &Artifact) -> &str {
    std::str::from_utf8(&artifact.bytes).expect("UTF-8")
}

fn read_texts(svg: &str) -> Vec<String> {
    let tree = Document::parse(svg).expect("well-formed");
    tree.descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|node| node.text().unwrap_or("").to_owned())
        .collect()
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
    let elements = ["svg", "title", "desc", "defs", "path", "g", "use", "text", "image", "a", "rect"];
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
