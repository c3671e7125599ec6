//! `import` and `export`: what is told, what is written, what is left alone.

use std::fs;

use super::{Folder, GOOD};

const REGISTER: &str = "\
职权,环节,表现形式,风险等级,防控措施,责任人
行政检查,立案,无检查方案。,中,实行组长审批制。,检查组人员
,决定,超权限处罚。,,集体讨论。,分管领导
";

/// What was told at the end: a path within the folder has the system's own strokes.
fn last_line(text: &str) -> String {
    text.trim_end().lines().last().unwrap_or_default().replace('\\', "/")
}

#[test]
fn a_register_becomes_charts_that_check_and_build() {
    let folder = Folder::with(&[("台账.csv", REGISTER)]);
    let ran = folder.run(&["import", "台账.csv", "-o", "图"]);
    assert_eq!((ran.status, last_line(&ran.out)), (0, "1 张图，2 个环节，2 个风险，1 处请核对。写在 图".to_owned()));
    assert!(ran.err.contains("台账!D3"), "the cell is named: {}", ran.err);
    let text = folder.text("图/行政检查.toml");
    let asked = text.lines().position(|line| line.starts_with("# 请核对：台账!D3")).expect("a comment");
    assert_eq!(text.lines().nth(asked + 1), Some("[[\"环节\".\"风险\"]]"), "before what it concerns: {text}");
    assert_eq!(folder.run(&["check", "图"]).status, 0);
    assert_eq!(folder.run(&["build", "图", "-o", "海报"]).status, 0);
    assert_eq!(folder.files("海报").len(), 2);
}

#[test]
fn nothing_is_written_over_unless_that_is_asked_for() {
    let folder = Folder::with(&[("台账.csv", REGISTER), ("图/行政检查.toml", "我的\n")]);
    let ran = folder.run(&["import", "台账.csv", "-o", "图"]);
    assert_ne!(ran.status, 0);
    assert!(ran.err.contains("已经存在，什么都没有写") && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(folder.text("图/行政检查.toml"), "我的\n");
    assert_eq!(folder.run(&["import", "台账.csv", "-o", "图", "--force"]).status, 0);
    assert!(folder.text("图/行政检查.toml").contains("立案"));
    let kept = Folder::with(&[("图/检查.toml", GOOD), ("一览表.csv", "我的\n")]);
    let ran = kept.run(&["export", "图", "-o", "一览表.csv"]);
    assert_ne!(ran.status, 0);
    assert!(ran.err.contains("已经存在") && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(kept.text("一览表.csv"), "我的\n");
    assert_eq!(kept.run(&["export", "图", "-o", "一览表.csv", "--force"]).status, 0);
    assert!(kept.text("一览表.csv").contains("立案"));
}

#[test]
fn keys_are_chinese_unless_english_ones_are_asked_for() {
    let folder = Folder::with(&[("台账.csv", REGISTER)]);
    assert_eq!(folder.run(&["import", "台账.csv", "-o", "en", "--keys", "en"]).status, 0);
    let text = folder.text("en/行政检查.toml");
    assert!(text.contains("[[stage]]") && text.contains("# please check: "), "{text}");
    assert_ne!(folder.run(&["import", "台账.csv", "-o", "xx", "--keys", "fr"]).status, 0);
    assert!(folder.files("xx").is_empty());
}

#[test]
fn what_can_t_be_read_is_said_and_nothing_is_written() {
    let folder = Folder::with(&[("空.docx", ""), ("不是图.csv", "姓名,电话\n甲,1\n")]);
    let old = include_bytes!("../office/documents/旧版.doc");
    fs::write(folder.0.join("旧.docx"), old).expect("written");
    for (file, code) in
        [("空.docx", "document-damaged"), ("不是图.csv", "document-no-chart"), ("旧.docx", "document-old")]
    {
        let ran = folder.run(&["import", file, "-o", "图"]);
        assert!(ran.status != 0 && ran.err.contains(code), "{file}: {}", ran.err);
        assert!(folder.files("图").is_empty(), "{file}");
    }
}

#[test]
fn what_an_export_lacks_is_named_for_its_chart() {
    let chart = format!("副标题 = \"试行\"\n{GOOD}");
    let folder = Folder::with(&[("图/检查.toml", &chart)]);
    let ran = folder.run(&["export", "图", "-o", "一览表.csv"]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "写好了 一览表.csv：1 张图\n没有写进去、读不回来的：\n  行政检查：副标题\n")
    );
    let ran = folder.run(&["export", "图", "-o", "图.docx"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "写好了 图.docx：1 张图\n"));
    let ran = folder.run(&["import", "图.docx", "-o", "回来"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(folder.text("回来/行政检查.toml").contains("副标题\" = \"试行\""));
}

#[test]
fn what_is_written_has_the_ending_of_its_format() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("存放/说明.txt", "")]);
    for (arguments, written) in [
        (&["-f", "docx"][..], "一览表.docx"),
        (&["-o", "台账"], "台账.xlsx"),
        (&["-o", "存放"], "存放/一览表.xlsx"),
        (&["-o", "表.xlsx", "-f", "csv"], "表.csv"),
    ] {
        let ran = folder.run(&[&["export", "图"], arguments].concat());
        assert!(ran.status == 0 && ran.out.starts_with(&format!("写好了 {written}：1 张图\n")), "{ran:?}");
        assert!(folder.0.join(written).is_file());
    }
}
