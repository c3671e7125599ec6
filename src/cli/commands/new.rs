//! `riskchart new`: a chart with the usual stages of its kind of power, to be filled in.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use riskchart::diag::Words;
use riskchart::input::nearest;

use super::schema::SCHEMA_FILE;
use crate::cli::arguments::options::{Command, Invocation, Opt, Position, Takes};
use crate::cli::disk::names::clean;
use crate::cli::disk::write::{with_line_ends, write_new};
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::{visible, visible_path};

const POWER: Opt = Opt::word(
    "power",
    Position::Needed,
    Takes::Value(Words { zh: "职权", en: "POWER" }),
    Words {
        zh: "职权名称，如 行政许可、食品经营许可；按其中的类别给出环节，见 list kinds",
        en: "the power, e.g. 行政许可, 食品经营许可; its kind gives the stages, see `list kinds`",
    },
)
.of(words);
const FILE: Opt = Opt::word(
    "out",
    Position::Named(Some('o')),
    Takes::Path(Words { zh: "文件", en: "FILE" }),
    Words {
        zh: "写到哪个文件，省略时按职权取名，放在 charts/，没有 charts/ 就放在当前文件夹；已有的文件不会改动",
        en: "the file to write; if left out, named after the power, in charts/ if it exists, else the current folder; never one that exists",
    },
);

fn words() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.name).collect()
}

pub(crate) const COMMAND: Command = Command {
    name: "new",
    about: Words {
        zh: "新建一张图，环节按职权类别列好", en: "make a chart with the stages of its kind of power"
    },
    more: Words {
        zh: "例：riskchart new 行政许可 -o 图/行政许可.toml", en: "Example: riskchart new 行政许可"
    },
    options: &[&[&POWER, &FILE]],
    run,
};

/// A kind of power of the lists of powers and duties (权力清单), and the stages that its charts usually have.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) stages: &'static [&'static str],
}

/// The ten kinds. Where a law orders the steps, the stages follow it: 行政许可法 ch. 4, 行政处罚法 ch. 5, 行政强制法 ch. 4.
pub(crate) const KINDS: &[Kind] = &[
    Kind { name: "行政许可", stages: &["受理", "审查", "决定", "送达", "事后监管"] },
    Kind {
        name: "行政处罚", stages: &["立案", "调查取证", "审查", "告知", "决定", "送达", "执行"]
    },
    Kind {
        name: "行政强制", stages: &["催告", "听取陈述申辩", "决定", "送达", "执行", "事后监管"]
    },
    Kind { name: "行政征收", stages: &["告知", "申报受理", "审核", "决定", "征收", "事后监管"] },
    Kind { name: "行政给付", stages: &["受理", "审查", "公示", "决定", "给付", "事后监管"] },
    Kind { name: "行政检查", stages: &["制定方案", "告知", "实施检查", "处理", "复查", "归档"] },
    Kind { name: "行政确认", stages: &["受理", "审查", "决定", "送达", "事后监管"] },
    Kind {
        name: "行政奖励", stages: &["制定方案", "组织申报", "审核评审", "公示", "决定", "表彰奖励"]
    },
    Kind { name: "行政裁决", stages: &["受理", "调查审理", "调解", "裁决", "送达", "执行"] },
    GENERAL,
];

const GENERAL: Kind = Kind { name: "其他权力", stages: &["受理", "审查", "决定", "办结", "事后监管"] };

/// How a power's kind was found.
#[derive(Debug, PartialEq, Eq)]
enum Match {
    /// Its name holds the kind's.
    Held,
    /// It is the kind's name misspelt.
    Near,
    /// Not at all.
    General,
}

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let written = invocation.value(&POWER).unwrap_or_default().trim();
    if written.is_empty() {
        return Err(message!("职权名称是空的" | "the power's name is empty").fault());
    }
    let (kind, matched) = kind_of(written);
    let power = if matched == Match::Near { kind.name } else { written };
    let path = match invocation.path(&FILE) {
        Some(typed) => chart_path(typed, power),
        None => standard_path(power),
    };
    let shown = visible_path(&path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if path.symlink_metadata().is_ok() {
        return Err(message!("{shown} 已经存在，什么都没有写" | "{shown} exists, nothing was written")
            .hint(message!("用 -o 另给一个文件名" | "give another file with -o"))
            .fault());
    }
    let text = with_line_ends(&chart(power, kind, folder.join(SCHEMA_FILE).is_file()), cfg!(windows));
    fs::create_dir_all(folder)
        .and_then(|()| write_new(&path, text.as_bytes()))
        .with_context(|| message!("不能写入 {shown}" | "can't write {shown}"))?;
    if !invocation.console.quiet {
        invocation.console.line(&told(written, kind, &matched, &shown))?;
    }
    Ok(Status::Done)
}

fn told(written: &str, kind: &Kind, matched: &Match, shown: &str) -> Message {
    let (name, written) = (kind.name, visible(written));
    match matched {
        Match::Held => message!("写好了 {shown}（{name}的环节）" | "wrote {shown} (stages of {name})"),
        Match::Near => message!(
            "没有“{written}”这一类，按“{name}”写好了 {shown}" | "there is no kind {written}; wrote {shown} as {name}"
        ),
        Match::General => message!(
            "看不出“{written}”属于哪一类，按一般的环节写好了 {shown}；类别见 riskchart list kinds"
                | "the kind of {written} is not known; wrote {shown} with general stages, see `riskchart list kinds`"
        ),
    }
}

/// The kind of a power: the one its name holds, else the one it is but a slip away from, else the general one.
fn kind_of(power: &str) -> (&'static Kind, Match) {
    // All but one begin with 行政: what follows tells them apart.
    let own = |kind: &Kind| kind.name.trim_start_matches("行政");
    let written: String = power.chars().filter(|c| !c.is_whitespace()).collect();
    let places = KINDS.iter().filter_map(|kind| written.rfind(own(kind)).map(|at| (at, kind)));
    // The last word names the power: 行政处罚决定的行政强制 is 行政强制.
    if let Some((_, kind)) = places.max_by_key(|(at, _)| *at) {
        return (kind, Match::Held);
    }
    let rest = written.trim_start_matches("行政");
    let near = (rest.chars().count() <= 4).then(|| nearest(rest, KINDS.iter().map(own))).flatten();
    match KINDS.iter().find(|kind| Some(own(kind)) == near) {
        Some(kind) => (kind, Match::Near),
        None => (&GENERAL, Match::General),
    }
}

/// The file meant by a path: in a folder one named after the power, and always one that is a chart by its name.
fn chart_path(typed: &Path, power: &str) -> PathBuf {
    let slash = typed.to_string_lossy().ends_with(['/', '\\']);
    if slash || typed.is_dir() {
        return typed.join(format!("{}.toml", clean(power)));
    }
    match typed.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("toml") => typed.to_owned(),
        _ => {
            let mut name = typed.as_os_str().to_owned();
            name.push(".toml");
            PathBuf::from(name)
        }
    }
}

fn standard_path(power: &str) -> PathBuf {
    let folder = Path::new("charts");
    let name = format!("{}.toml", clean(power));
    if folder.is_dir() { folder.join(name) } else { PathBuf::from(name) }
}

/// The text of a new chart, its keys in Chinese and quoted, as editors of TOML want them. What has to be filled in stands
/// there empty, and is printed as a rule to write on until it is.
fn chart(power: &str, kind: &Kind, schema: bool) -> String {
    let first = if schema { format!("#:schema ./{SCHEMA_FILE}\n") } else { String::new() };
    let (power, category) = (quoted(power), quoted(kind.name));
    let mut text = format!(
        "{first}\
# 环节已按“{}”列好，可以改名、增删、调换。在空的引号里写上内容；还没写的印成横线。
# 风险等级写 高、中 或 低。表现形式、防控措施一条一行，各加引号和逗号，不要写序号。
# 没有风险的环节，把它的风险和措施整段删去。没有期限的，把时限留空。

\"职权\" = {power}
\"职权类别\" = {category}
\"责任科室\" = \"\"
",
        kind.name
    );
    text += &kind.stages.iter().map(|name| stage(name)).collect::<String>();
    text
}

fn stage(name: &str) -> String {
    format!(
        "
[[\"环节\"]]
\"名称\" = {}
\"时限\" = \"\"
[[\"环节\".\"风险\"]]
\"风险等级\" = \"\"
\"表现形式\" = [
    \"\",
]
[[\"环节\".\"措施\"]]
\"防控措施\" = [
    \"\",
]
\"责任人\" = \"\"
",
        quoted(name)
    )
}

/// A TOML basic string (TOML 1.0, “String”).
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_s_kind_is_in_its_name() {
        let kind = |power| {
            let (kind, matched) = kind_of(power);
            (kind.name, matched)
        };
        for row in KINDS {
            assert_eq!(kind(row.name), (row.name, Match::Held));
        }
        assert_eq!(kind("食品经营许可"), ("行政许可", Match::Held));
        assert_eq!(kind("其他权力三"), ("其他权力", Match::Held));
        assert_eq!(kind("逾期不履行行政处罚决定的强制"), ("行政强制", Match::Held));
        assert_eq!(kind("行政许克"), ("行政许可", Match::Near));
        assert_eq!(kind("行政登记"), ("其他权力", Match::General));
        assert_eq!(kind("政府采购投诉处理"), ("其他权力", Match::General));
    }

    #[test]
    fn names_are_written_as_toml() {
        assert_eq!(quoted("a\"b\\c\u{1b}"), "\"a\\\"b\\\\c\\u001b\"");
    }
}
