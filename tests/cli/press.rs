//! What a print shop hands over: the profile of its press.

use std::fs;

use lopdf::Document;

use super::{Folder, GOOD};

/// A chart for a press.
fn chart() -> String {
    format!("版面 = {{ 色彩 = \"cmyk\" }}\n{GOOD}")
}

#[test]
fn a_press_file_tells_of_the_shops_own_press() {
    let folder = Folder::with(&[("图/a.toml", &chart())]);
    fs::write(folder.0.join("厂.icc"), profile(b"Matted")).expect("written");
    let press = |arguments: &[&str]| {
        assert_eq!(folder.run(&[&["build", "图", "-f", "pdf"], arguments].concat()).status, 0);
        press_of(&folder, "out/a.pdf")
    };
    assert!(press(&[]).starts_with("Coated paper"));
    assert!(press(&["--icc", "厂.icc"]).starts_with("Matted paper"));
}

#[test]
fn what_is_no_profile_of_a_press_is_told_and_nothing_is_drawn() {
    let folder = Folder::with(&[("图/a.toml", &chart()), ("厂.icc", "no profile")]);
    let told = "错误：--icc 的文件“厂.icc”不是色彩特性文件（ICC），或者已损坏\n\
                建议：请向印刷厂要印刷机的 CMYK 特性文件，不写 --icc 就用通用的\n";
    folder.run(&["build", "图", "--icc", "厂.icc"]).is(2, "", told);
    let told = "错误：读不出 --icc 的文件“没有.icc”：没有这个文件或文件夹\n";
    folder.run(&["build", "图", "--icc", "没有.icc"]).is(2, "", told);
    assert!(!folder.0.join("out").exists());
}

/// A profile of a press that calls itself by this name of six letters.
fn profile(name: &[u8; 6]) -> Vec<u8> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/src/export/pdf/press/coated.icc");
    let mut profile = fs::read(own).expect("a profile");
    let at = profile.windows(12).position(|words| words == b"Coated paper").expect("its name");
    profile[at..at + 6].copy_from_slice(name);
    profile
}

/// The press that a poster tells of.
fn press_of(folder: &Folder, poster: &str) -> String {
    let pdf = Document::load(folder.0.join(poster)).expect("a poster");
    let intents = pdf.catalog().and_then(|catalog| catalog.get(b"OutputIntents")?.as_array()).expect("intents");
    let name = intents[0].as_dict().and_then(|intent| intent.get(b"OutputConditionIdentifier")).expect("a name");
    lopdf::decode_text_string(name).expect("text")
}

#[test]
fn a_chart_or_its_folder_names_the_shops_press() {
    let project = "[版面]\n色彩 = \"四色\"\n色彩配置 = \"厂/乙.icc\"\n";
    let own = format!("版面 = {{ 色彩配置 = \"甲.icc\" }}\n{GOOD}");
    let folder =
        Folder::with(&[("riskchart.toml", project), ("图/a.toml", &own), ("图/b.toml", &GOOD.replace("中", "高"))]);
    fs::create_dir(folder.0.join("厂")).expect("made");
    for (file, name) in [("图/甲.icc", b"Matted"), ("厂/乙.icc", b"Rugged"), ("丙.icc", b"Glossy")] {
        fs::write(folder.0.join(file), profile(name)).expect("written");
    }
    let build = |arguments: &[&str]| {
        let run = folder.run(&[&["build", "图", "-f", "pdf"], arguments].concat());
        assert_eq!(run.status, 0, "{run:?}");
        ["out/a.pdf", "out/b.pdf"].map(|poster| press_of(&folder, poster)[..6].to_owned())
    };
    assert_eq!(build(&[]), ["Matted", "Rugged"], "from the folder of the file that says so");
    assert_eq!(build(&["--icc", "丙.icc"]), ["Glossy", "Glossy"], "the command line holds over files");
    let book = |more: &[&str]| folder.run(&[&["build", "图", "-f", "pdf", "--book", "全部", "-q"], more].concat());
    let refused = book(&[]);
    assert!(refused.status == 2 && refused.err.contains("合订本没有写：各张图的色彩特性文件不同"), "{refused:?}");
    assert!(!folder.0.join("out/全部.pdf").exists());
    assert_eq!(book(&["--icc", "丙.icc"]).status, 0);
    assert!(press_of(&folder, "out/全部.pdf").starts_with("Glossy"));
    fs::write(folder.0.join("厂/乙.icc"), profile(b"Smooth")).expect("written");
    assert_eq!(build(&[]), ["Matted", "Smooth"], "a profile that changed is read anew");
}

#[test]
fn a_profile_that_is_none_is_told_on_its_line() {
    let folder = Folder::with(&[("图/a.toml", ""), ("图/屏.icc", "no profile"), ("外.icc", "no profile")]);
    let told = |name: &str| {
        folder.write("图/a.toml", &format!("版面.色彩 = \"四色\"\n版面.色彩配置 = \"{name}\"\n{GOOD}"));
        let run = folder.run(&["build", "图", "--message-format", "short"]);
        assert_eq!(run.status, 1, "{run:?}");
        run.out + &run.err
    };
    assert!(
        told("没有.icc")
            .contains("图/a.toml:2:11: 错误[profile-unreadable]: 色彩特性文件“没有.icc”读不了：没有这个文件"),
        "{}",
        told("没有.icc")
    );
    assert!(told("../外.icc").contains("读不了：不在写它的文件旁边或下级文件夹里"), "{}", told("../外.icc"));
    assert!(
        told("屏.icc").contains("图/a.toml:2:11: 错误[profile-unfit]: “屏.icc”不是色彩特性文件"),
        "{}",
        told("屏.icc")
    );
    assert!(!folder.0.join("out").exists());
}

#[test]
fn a_profile_that_nothing_uses_is_noted() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("图/b.toml", &GOOD.replace("中", "高"))]);
    for file in ["厂.icc", "图/厂.icc"] {
        fs::write(folder.0.join(file), profile(b"Matted")).expect("written");
    }
    let notes = |arguments: &[&str]| {
        let run = folder.run(&[&["build", "图", "-f", "pdf", "--message-format", "short"], arguments].concat());
        assert_eq!(run.status, 0, "{run:?}");
        (run.out + &run.err).matches("[profile-unused]").count()
    };
    assert_eq!(notes(&[]), 0);
    assert_eq!(notes(&["--icc", "厂.icc"]), 1, "once, however many charts there are");
    folder.write("图/riskchart.toml", "[版面]\n色彩配置 = \"厂.icc\"\n");
    assert_eq!(notes(&[]), 1);
    folder.write("图/a.toml", &chart());
    assert_eq!(notes(&["--icc", "厂.icc"]), 0, "there is a chart for the press");
}

#[test]
fn sheets_for_a_small_printer_have_the_margins_and_overlaps_asked_for() {
    let folder = Folder::with(&[("图/a.toml", GOOD)]);
    let sheets = |arguments: &[&str]| {
        let build = ["build", "图", "-f", "pdf", "--paper", "A1", "--tile", "A4"];
        assert_eq!(folder.run(&[&build, arguments].concat()).status, 0);
        Document::load(folder.0.join("out/a-拼接.pdf")).expect("sheets").get_pages().len()
    };
    let usual = sheets(&[]);
    assert!(sheets(&["--tile-margin", "3"]) <= usual);
    assert!(sheets(&["--tile-margin", "20", "--tile-overlap", "40"]) > usual);
    let told = "错误：--tile-margin 和 --tile-overlap 说的是怎么拆成小纸，要和 --tile 一起写\n";
    folder.run(&["build", "图", "--tile-margin", "3"]).is(2, "", told);
    let told = "错误：--tile-overlap 要一个 1 到 50 的整数，不能是“0”\n";
    folder.run(&["build", "图", "--tile", "A4", "--tile-overlap", "0"]).is(2, "", told);
}
