//! What charts of one folder say of each other, in `check` and `build`.

use super::{Folder, GOOD};

/// A chart of this power that is no copy of another.
fn chart(power: &str) -> String {
    GOOD.replace("行政检查", power).replace("无检查方案", &format!("无{power}方案"))
}

#[test]
fn a_copy_is_told_in_its_folder_alone() {
    let copy = GOOD.replace("行政检查", "行政处罚");
    let folder = Folder::with(&[("a.toml", GOOD), ("b.toml", &copy), ("子/c.toml", &copy), ("d.toml", &chart("许可"))]);
    let told = "b.toml:1:6: 警告[same-content]: 环节、风险和措施与 a.toml 逐字相同\n";
    let check = |more: &[&str]| folder.run(&[&["check", "--message-format", "short"], more].concat());
    let ran = check(&["."]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "检查了 4 张图，4 张可以生成，1 处警告\n"), "{ran:?}");
    assert!(ran.err == told, "{ran:?}");
    check(&["b.toml", "-q"]).is(0, "", "");
    check(&[".", "--allow", "same-content", "-q"]).is(0, "", "");
    let strict = check(&[".", "--strict"]);
    assert!(strict.status == 1 && strict.err.contains("错误[same-content]"), "{strict:?}");
    let built = folder.run(&["build", ".", "--strict", "--format", "svg", "-q"]);
    assert_eq!((built.status, folder.files("out")), (1, vec!["a.svg".into(), "d.svg".into(), "子/c.svg".into()]));
}

#[test]
fn a_gap_is_told_where_the_whole_folder_is_seen() {
    let names =
        ["一", "二", "三", "五"].map(|number| (format!("{number}.toml"), chart(&format!("其他权力{number}〔公告〕"))));
    let files: Vec<_> = names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = Folder::with(&files);
    let ran = folder.run(&["check", ".", "--message-format", "short", "-q"]);
    let told = "五.toml:1:6: 警告[series-gap]: 编号不连续：“其他权力三”之后是“其他权力五”，没有“其他权力四”";
    assert!(ran.status == 0 && ran.err.contains(told) && ran.err.matches("警告").count() == 1, "{ran:?}");
    folder.run(&["check", "一.toml", "二.toml", "三.toml", "五.toml", "-q"]).is(0, "", "");
    folder.run(&["check", ".", "-q", "--strict", "--allow", "series-gap"]).is(0, "", "");
    folder.write("四.toml", &chart("其他权力四〔公告〕").replace("名称", "名"));
    let broken = folder.run(&["check", ".", "-q"]);
    assert!(broken.status == 1 && !broken.err.contains("series-gap"), "it may be the one that is broken: {broken:?}");
}

#[test]
fn a_unit_of_another_name_is_told() {
    let of = |power: &str, unit: &str| format!("单位 = \"{unit}\"\n{}", chart(power));
    let (one, two, three) = (of("甲", "市财政局"), of("乙", "市财政财务局"), of("丙", "市财政局"));
    let folder = Folder::with(&[("a.toml", &one), ("b.toml", &two), ("c.toml", &three)]);
    let ran = folder.run(&["check", ".", "--message-format", "short", "-q"]);
    let told = "b.toml:1:6: 警告[unit-differs]: 单位写作“市财政财务局”，同一文件夹的 a.toml 写作“市财政局”";
    assert!(ran.err.contains(told) && ran.err.matches("警告").count() == 1, "{ran:?}");
    let english = folder.run(&["check", ".", "--message-format", "short", "-q", "--lang", "en"]);
    assert!(
        english.err.contains("the unit is “市财政财务局”, while a.toml of the same folder has “市财政局”"),
        "{english:?}"
    );
    folder.run(&["check", ".", "-q", "--strict", "--allow", "unit-differs"]).is(0, "", "");
}
