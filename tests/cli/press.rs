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
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/src/export/pdf/press/coated.icc");
    let mut profile = fs::read(own).expect("a profile");
    let name = profile.windows(12).position(|words| words == b"Coated paper").expect("its name");
    profile[name..name + 6].copy_from_slice(b"Matted");
    fs::write(folder.0.join("厂.icc"), profile).expect("written");
    let press = |arguments: &[&str]| {
        assert_eq!(folder.run(&[&["build", "图", "-f", "pdf"], arguments].concat()).status, 0);
        let pdf = Document::load(folder.0.join("out/a.pdf")).expect("a poster");
        let intents = pdf.catalog().and_then(|catalog| catalog.get(b"OutputIntents")?.as_array()).expect("intents");
        let name = intents[0].as_dict().and_then(|intent| intent.get(b"OutputConditionIdentifier")).expect("a name");
        lopdf::decode_text_string(name).expect("text")
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
