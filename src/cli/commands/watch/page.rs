//! The page: plain files inside the program, its words filled in. It refers to nothing outside.

use riskchart::diag::{Lang, Words};

/// Where the page hears of changes.
pub(super) const EVENTS: &str = "/events";

/// The files: path, kind, text. The first has blanks for words.
const FILES: [(&str, &str, &str); 4] = [
    ("/", "text/html; charset=utf-8", include_str!("page.html")),
    ("/page.css", "text/css; charset=utf-8", include_str!("page.css")),
    ("/page.js", "text/javascript; charset=utf-8", include_str!("page.js")),
    ("/icon.svg", "image/svg+xml", include_str!("icon.svg")),
];

const fn both(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

/// What fills the blanks of the page. `#` stands for a number.
const WORDS: [(&str, Words); 28] = [
    ("lang", both("zh-CN", "en")),
    ("title", both("廉政风险防控图", "Integrity-risk charts")),
    ("charts", both("图", "Charts")),
    ("picture", both("海报", "Poster")),
    ("problems", both("问题", "Problems")),
    ("connecting", both("正在连接…", "connecting…")),
    ("watching", both("正在看着改动", "watching for changes")),
    ("stopped", both("程序已停止", "the program has stopped")),
    (
        "hint",
        both(
            "。重新运行 riskchart watch，这一页会自己接上。",
            ". Run riskchart watch again and this page goes on by itself.",
        ),
    ),
    (
        "empty",
        both(
            "还没有图。把 .toml 文件存进文件夹，就会出现在这里。",
            "No charts yet. Save a .toml file in the folder and it appears here.",
        ),
    ),
    (
        "never",
        both(
            "这张图还没有生成过，请先改正旁边列出的错误。",
            "This chart was never built. Please mend the errors listed beside it.",
        ),
    ),
    ("last-good", both("出错了，这是改动以前的样子", "There are errors; this is how it was before")),
    ("errors", both("# 处错误", "errors: #")),
    ("warnings", both("# 处警告", "warnings: #")),
    ("notes", both("# 处提示", "notes: #")),
    ("page", both("第 # 页", "page #")),
    ("comma", both("，", ", ")),
    ("follow", both("跟着改动走", "Follow changes")),
    ("follow-title", both("存了哪张图，就转到哪张图", "Turn to the chart that was saved")),
    ("zoom", both("缩放", "Zoom")),
    ("fit", both("整页", "Page")),
    ("fit-title", both("看到整页（按 0）", "Whole page (key 0)")),
    ("width", both("页宽", "Width")),
    ("width-title", both("和窗口一样宽（按 W）", "As wide as the window (key W)")),
    ("actual-title", both("实际大小（按 1）", "Actual size (key 1)")),
    ("smaller-title", both("缩小（按 −）", "Smaller (key −)")),
    ("larger-title", both("放大（按 +）", "Larger (key +)")),
    (
        "keys",
        both(
            "上一张、下一张：按 K、J，或在列表里按上下箭头",
            "Previous and next chart: keys K and J, or arrows in the list",
        ),
    ),
];

/// The file of a path, with its kind.
pub(super) fn file(path: &str, lang: Lang) -> Option<(&'static str, String)> {
    let (path, kind, text) = FILES.iter().find(|(known, ..)| *known == path)?;
    Some((kind, if *path == "/" { filled(text, lang) } else { (*text).to_owned() }))
}

fn filled(text: &str, lang: Lang) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (name, words)| {
        text.replace(&format!("{{{{{name}}}}}"), &escaped(words.get(lang)))
    })
}

/// Words as they may stand in text and in quoted attributes.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blank_has_words_and_all_words_have_a_blank() {
        for lang in [Lang::Zh, Lang::En] {
            let (_, page) = file("/", lang).expect("the page");
            assert!(!page.contains("{{"), "{page}");
        }
        for (name, words) in WORDS {
            assert!(FILES[0].2.contains(&format!("{{{{{name}}}}}")), "{name} is nowhere on the page");
            assert!(!words.zh.is_empty() && words.zh != words.en, "{name}");
        }
    }

    #[test]
    fn the_page_refers_to_nothing_outside_and_runs_nothing_inside_itself() {
        for (path, _, text) in FILES {
            let text = text.replace("http://www.w3.org/2000/svg", "");
            for foreign in ["http:", "https:", "\"//", "url(", "@import", "innerHTML", "eval(", "document.write"] {
                assert!(!text.contains(foreign), "{path}: {foreign}");
            }
        }
        let page = FILES[0].2;
        assert!(
            !page.contains(" style=") && !page.contains(" on") && !page.contains("<style"),
            "the policy forbids it"
        );
        assert_eq!(page.matches("<script").count(), page.matches("<script src=\"/page.js\" defer></script>").count());
    }
}
