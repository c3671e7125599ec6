//! What people are shown: each thing once, the fault where it is, the rest in few lines.

use super::{Folder, GOOD};

#[test]
fn advice_stands_once_and_notes_are_short() {
    let chart = GOOD.replace("= \"立案\"", "＝ 立案").replace("无检查方案。", "巡视舞弊。");
    let folder = Folder::with(&[("图.toml", &chart)]);
    let ran = folder.run(&["check", "图.toml"]);
    let told = "\
提示[full-width-mark]: 第 3 行第 4 列：用了全角“＝”，已按“=”读取
--> 图.toml:3:4

提示[unquoted-value]: 第 3 行第 6 列：“立案”没有加引号，已按加了引号读取
--> 图.toml:3:6

警告[known-slip]: “巡视舞弊”常写作“徇私舞弊”
 --> 图.toml:6:23
  |
6 | 表现形式 = [\"超时、超权限立案。\", \"巡视舞弊。\"]
  |                                    ^^^^^^^^
  |
  = 建议: 请核对，需要时改成“徇私舞弊”

";
    assert_eq!(ran.err, told);
    assert_eq!(ran.out, "检查了 1 张图，1 张可以生成，1 处警告（1 处看过以后可用 riskchart fix --unsafe 改）\n");
}

#[test]
fn listings_keep_to_the_width_asked_for() {
    // Characters all different: a word twice in a row would be told as well.
    let text = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈";
    let folder = Folder::with(&[("图.toml", &GOOD.replace("无检查方案。", &format!("{text}巡视舞弊{text}。")))]);
    for columns in [60, 80, 120] {
        let ran = folder.command(&["check", "图.toml"]).env("COLUMNS", columns.to_string()).output().expect("runs");
        let told = String::from_utf8(ran.stderr).expect("UTF-8");
        let lines: Vec<&str> = told.lines().collect();
        let at = lines.iter().position(|line| line.contains("^^")).expect("a mark");
        let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        assert!(wide(lines[at - 1]) <= columns + 4, "{columns}: {}", lines[at - 1]);
        let before = wide(lines[at].split('^').next().expect("the part before the mark"));
        let slip = lines[at - 1].find("巡视舞弊").expect("the words marked are shown");
        assert_eq!(wide(&lines[at - 1][..slip]), before, "{columns}: {told}");
    }
}

#[test]
fn colour_is_for_terminals_or_where_it_is_forced() {
    let folder = Folder::with(&[("图.toml", "职权 = 1")]);
    let colored = |settings: &[(&str, &str)]| {
        let mut command = folder.command(&["check", "图.toml"]);
        let ran = command.envs(settings.iter().copied()).output().expect("runs");
        ran.stderr.contains(&0x1b)
    };
    assert!(!colored(&[]), "no terminal here");
    assert!(colored(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "0")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn powers_with_latin_words_are_drawn() {
    for power in ["java培训", "公文off", "jpg图片审核", "签发电子文件pdf", "f", "jj"] {
        let folder = Folder::with(&[("图.toml", &GOOD.replacen("行政检查", power, 1))]);
        let ran = folder.run(&["check", "图.toml"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{power}");
    }
}

#[test]
fn errors_in_the_same_words_are_told_once() {
    let chart = GOOD.replace("[[环节]]", "[[环节]");
    let folder = Folder::with(&[("图.toml", &chart)]);
    let ran = folder.run(&["check", "图.toml"]);
    assert_eq!(ran.err.matches("错误[bad-header]").count(), 1, "{}", ran.err);
    assert_eq!(chart.matches("[[环节]\n").count() > 1, ran.err.contains("同样的还有"), "{}", ran.err);
}

#[test]
fn quotes_alone_are_one_line_of_what_fix_says() {
    let folder = Folder::with(&[("图.toml", &GOOD.replace("无检查方案。", "无检查方案，，随意检查。"))]);
    let ran = folder.run(&["fix", "图.toml"]);
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(lines.iter().filter(|line| line.contains("行只改了引号")).count(), 1, "{}", ran.out);
    assert!(lines.len() < 6 && ran.out.contains("无检查方案，，"), "{}", ran.out);
}

#[test]
fn a_folder_without_charts_is_told_once() {
    let folder = Folder::with(&[("README.md", "# 说明")]);
    for arguments in [&["fix"][..], &["fmt"], &["check"], &["build"], &["build", "--check"], &["build", "--dry-run"]] {
        let ran = folder.run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(ran.err.lines().count(), 2, "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn traditional_characters_are_one_mistake_a_file() {
    let chart = GOOD.replace("= \"立案\"", "= \"立案檢查\"").replace("无检查方案。", "無檢查方案。");
    let folder = Folder::with(&[("图.toml", &chart)]);
    let ran = folder.run(&["check", "图.toml", "--message-format", "short"]);
    assert_eq!((ran.status, ran.err.lines().count()), (1, 1), "{ran:?}");
    assert!(ran.err.contains("文字里有繁体字（檢無），字体里没有（第 3、6 行）"), "{ran:?}");
    let json = folder.run(&["check", "图.toml", "--message-format", "json"]).out;
    assert!(json.contains("立案检查") && json.contains("无检查方案。"), "every text has its edit: {json}");
}
