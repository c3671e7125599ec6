//! What a command is, and the options that commands have: one row each. Parsing, help, completions and the man page are
//! drawn from here.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use riskchart::diag::Words;

use super::words;
use crate::cli::terminal::console::Console;
use crate::cli::terminal::status::Status;

/// One command.
pub(crate) struct Command {
    /// What the user types.
    pub(crate) name: &'static str,
    /// What it does, in a few words.
    pub(crate) about: Words,
    /// What it does, further: how it is used, with examples.
    pub(crate) more: Words,
    /// Its own arguments, in groups that commands may share; [`COMMON`] ones come after them.
    pub(crate) options: &'static [&'static [&'static Opt]],
    /// Does it.
    pub(crate) run: fn(&Invocation<'_>) -> anyhow::Result<Status>,
}

impl Command {
    /// Its own arguments and those of every command.
    pub(crate) fn all_options(&self) -> impl Iterator<Item = &'static Opt> {
        self.own_options().chain(COMMON.iter().copied())
    }

    /// Its own arguments.
    pub(crate) fn own_options(&self) -> impl Iterator<Item = &'static Opt> {
        self.options.iter().copied().flatten().copied()
    }
}

/// A command as it was typed.
pub(crate) struct Invocation<'a> {
    /// The values of its options, by their names.
    pub(crate) matches: &'a ArgMatches,
    /// Where to speak.
    pub(crate) console: &'a Console,
}

impl Invocation<'_> {
    /// The last value of an option.
    pub(crate) fn value(&self, option: &Opt) -> Option<&str> {
        self.matches.get_one::<String>(option.name).map(String::as_str)
    }

    /// All values of an option, commas of either width taken apart.
    pub(crate) fn values(&self, option: &Opt) -> Vec<&str> {
        let given = self.matches.get_many::<String>(option.name).into_iter().flatten();
        given
            .flat_map(|value| value.split([',', '，', '、']))
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// The path of an option; `None` where it is not given.
    pub(crate) fn path(&self, option: &Opt) -> Option<&Path> {
        self.matches.get_one::<PathBuf>(option.name).map(PathBuf::as_path)
    }

    /// The paths of an option.
    pub(crate) fn paths(&self, option: &Opt) -> Vec<PathBuf> {
        self.matches.get_many::<PathBuf>(option.name).into_iter().flatten().cloned().collect()
    }

    /// Whether an option stands on the command line; a variable may set it otherwise.
    pub(crate) fn is_typed(&self, option: &Opt) -> bool {
        self.matches.value_source(option.name) == Some(clap::parser::ValueSource::CommandLine)
    }

    /// Whether a flag was given.
    pub(crate) fn flag(&self, option: &Opt) -> bool {
        self.matches.get_flag(option.name)
    }
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing: it is there or not. The last one holds.
    Nothing,
    /// A value; the last one holds.
    Value(Words),
    /// Values, in several options or with commas between them.
    Values(Words),
    /// A path; the last one holds.
    Path(Words),
    /// Paths, in several options.
    Paths(Words),
}

/// Where an option stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// Behind its name, `--name`, and perhaps a letter.
    Named(Option<char>),
    /// Among the words of the command, where it must be given.
    Needed,
    /// Among the words of the command, as many as there are.
    Rest,
}

/// One option.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opt {
    /// Its name, without dashes.
    pub(crate) name: &'static str,
    /// Where it stands.
    pub(crate) place: Position,
    /// What it takes.
    pub(crate) takes: Takes,
    /// What it does.
    pub(crate) help: Words,
    /// The words it may take, for completion; none where it is a path or free.
    pub(crate) words: fn() -> Vec<&'static str>,
    /// Whether a variable of the environment, `RISKCHART_` and its name in capitals, holds where it is not given.
    pub(crate) has_variable: bool,
}

impl Opt {
    /// An option that stands among the words of its command.
    pub(crate) const fn word(name: &'static str, place: Position, takes: Takes, help: Words) -> Self {
        Self { name, place, takes, help, words: Vec::new, has_variable: false }
    }

    /// The option, taking these words.
    pub(crate) const fn of(self, words: fn() -> Vec<&'static str>) -> Self {
        Self { words, ..self }
    }

    /// The option, set by a variable of the environment too.
    const fn or_variable(self) -> Self {
        Self { has_variable: true, ..self }
    }

    /// The variable of the environment that sets it: `RISKCHART_FONT_DIR`.
    pub(crate) fn variable(&self) -> String {
        format!("RISKCHART_{}", self.name.replace('-', "_").to_uppercase())
    }
}

const fn both(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

const fn named(name: &'static str, letter: Option<char>, takes: Takes, help: Words) -> Opt {
    Opt::word(name, Position::Named(letter), takes, help)
}

pub(crate) const PATHS: Opt = Opt::word(
    "paths",
    Position::Rest,
    Takes::Paths(both("路径", "PATHS")),
    both(
        "图的文件或文件夹，- 是标准输入；省略时是 charts/，没有 charts/ 就是当前文件夹",
        "chart files or folders, - for standard input; charts/ if it exists, else the current folder",
    ),
);
pub(crate) const OUT: Opt = named(
    "out",
    Some('o'),
    Takes::Path(both("文件夹", "FOLDER")),
    both(
        "海报写到哪里，省略时照 riskchart.toml，再没有就是 out",
        "where the posters go: as riskchart.toml says if left out, else `out`",
    ),
)
.or_variable();
pub(crate) const FORMAT: Opt = named(
    "format",
    Some('f'),
    Takes::Values(both("格式,…", "FORMAT,…")),
    both(
        "写哪些格式，省略时照 riskchart.toml，再没有就是 svg,pdf；见 list formats",
        "formats to write; those of riskchart.toml if left out, else svg,pdf; see `list formats`",
    ),
)
.of(words::formats)
.or_variable();
pub(crate) const PAPER: Opt = named(
    "paper",
    None,
    Takes::Value(both("纸张", "PAPER")),
    both("纸张，如 A3、大度4开、600x900mm；见 list papers", "paper, e.g. A3, 大度4开, 600x900mm; see `list papers`"),
)
.of(words::papers)
.or_variable();
pub(crate) const ORIENTATION: Opt = named(
    "orientation",
    None,
    Takes::Value(both("方向", "ORIENTATION")),
    both("auto 自动、portrait 纵向、landscape 横向", "auto, portrait or landscape"),
)
.of(words::orientations)
.or_variable();
pub(crate) const THEME: Opt =
    named("theme", None, Takes::Value(both("主题", "THEME")), both("主题；见 list themes", "theme; see `list themes`"))
        .of(words::themes)
        .or_variable();
pub(crate) const FONT_DIR: Opt = named(
    "font-dir",
    None,
    Takes::Paths(both("文件夹", "FOLDER")),
    both("除内嵌字体外，再用这里的 .ttf、.otf、.ttc", "also use the .ttf, .otf and .ttc files of this folder"),
)
.or_variable();
pub(crate) const DPI: Opt = named(
    "dpi",
    None,
    Takes::Value(both("数", "NUMBER")),
    both("PNG 每英寸多少点，省略时是 150", "dots per inch of PNG, 150 if left out"),
)
.or_variable();
pub(crate) const WIDTH: Opt = named(
    "width",
    None,
    Takes::Value(both("像素", "PIXELS")),
    both("PNG 的宽，代替 --dpi", "width of PNG, instead of --dpi"),
)
.or_variable();
pub(crate) const TILE: Opt = named(
    "tile",
    None,
    Takes::Value(both("纸张", "PAPER")),
    both(
        "另写一个 PDF，把海报拆成几张小纸，打印后拼接",
        "also write a PDF that cuts the poster to sheets of this paper",
    ),
)
.of(words::papers)
.or_variable();
pub(crate) const TILE_MARGIN: Opt = named(
    "tile-margin",
    None,
    Takes::Value(both("毫米", "MM")),
    both("小纸四边打印机印不到的白边，省略时是 8", "what the printer leaves white around such a sheet, 8 if left out"),
)
.or_variable();
pub(crate) const TILE_OVERLAP: Opt = named(
    "tile-overlap",
    None,
    Takes::Value(both("毫米", "MM")),
    both("相邻两张小纸重叠多少，省略时是 10", "how far neighbouring sheets overlap, 10 if left out"),
)
.or_variable();
pub(crate) const BOOK: Opt = named(
    "book",
    None,
    Takes::Value(both("文件", "FILE")),
    both(
        "另把所有的图合成一个文件，有目录和页码：PDF，要 OFD 时还有 OFD",
        "also bind all charts into one PDF (and OFD, if asked for) with contents and page numbers",
    ),
)
.or_variable();
pub(crate) const PDF_STANDARD: Opt = named(
    "pdf-standard",
    None,
    Takes::Value(both("标准", "STANDARD")),
    both("PDF 的存档标准：a-2a（省略时）、a-1b、none", "archive standard of the PDF: a-2a (if left out), a-1b, none"),
)
.of(words::standards)
.or_variable();
pub(crate) const ICC: Opt = named(
    "icc",
    None,
    Takes::Path(both("文件", "FILE")),
    both("印刷厂给的色彩特性文件，CMYK 的 PDF 用", "colour profile of the print shop, for PDF in CMYK"),
)
.or_variable();
pub(crate) const SVG_TEXT: Opt = named(
    "svg-text",
    None,
    Takes::Value(both("写法", "HOW")),
    both(
        "SVG 的文字：outlines 写成轮廓（省略时），font 用带着的字体，小一半，只给浏览器看",
        "words of SVG: outlines (if left out), or font: in fonts of its own, half the size, for browsers alone",
    ),
)
.of(words::svg_texts)
.or_variable();
pub(crate) const OFD_A: Opt = named(
    "ofd-a",
    None,
    Takes::Nothing,
    both("OFD 按档案要求写（OFD/A，GB/T 42133）", "write OFD for archives (OFD/A, GB/T 42133)"),
)
.or_variable();
pub(crate) const ATTACH_SOURCE: Opt = named(
    "attach-source",
    None,
    Takes::Nothing,
    both(
        "把图文件附在 PDF、OFD 里，riskchart extract 可以取出",
        "attach the chart files to PDF and OFD, for `riskchart extract`",
    ),
)
.or_variable();
pub(crate) const STAMP: Opt = named(
    "stamp",
    None,
    Takes::Nothing,
    both(
        "在页脚和二维码里印核对码，riskchart which 凭它查海报是不是最新的",
        "print a stamp in footer and QR code, by which `riskchart which` tells whether a poster is today's",
    ),
)
.or_variable();
pub(crate) const SITE: Opt = named(
    "site",
    None,
    Takes::Value(both("网址", "URL")),
    both(
        "网站以后的网址，写 sitemap.xml 要用，如 https://例.gov.cn/防控图/",
        "where the website will be, which sitemap.xml needs, e.g. https://example.gov.cn/charts/",
    ),
)
.or_variable();
pub(crate) const JOBS: Opt = named(
    "jobs",
    Some('j'),
    Takes::Value(both("数", "NUMBER")),
    both("同时做几张图，省略时照处理器的核数", "how many charts at a time; one per processor core if left out"),
)
.or_variable();
pub(crate) const FRESH: Opt = named(
    "fresh",
    None,
    Takes::Nothing,
    both("没有变化的图也重新生成", "draw charts anew that have not changed since the last run"),
);
pub(crate) const SHARD: Opt = named(
    "shard",
    None,
    Takes::Value(both("几分之几", "PART")),
    both("只做其中一份，如 2/8，供几台机器分着做", "build a part alone, e.g. 2/8, on several machines"),
)
.or_variable();
pub(crate) const MANIFEST: Opt = named(
    "manifest",
    None,
    Takes::Path(both("文件", "FILE")),
    both(
        "另写一份 JSON 清单：每张图的来源、海报及其 sha256、页数、字号、有没有变化",
        "also write a JSON list of each chart's sources, posters with their sha256, pages, body size, and whether it changed",
    ),
)
.or_variable();
pub(crate) const UP_TO_DATE: Opt = named(
    "check",
    None,
    Takes::Nothing,
    both(
        "什么都不写，只列出过期、缺少和多余的海报；有的话退出状态是 1",
        "write nothing; name posters that are stale, missing or of no chart; exit status 1 if there are any",
    ),
);
pub(crate) const DRY_RUN: Opt = named(
    "dry-run",
    None,
    Takes::Nothing,
    both("什么都不写，只说会写哪些文件", "write nothing; name the files that would be written"),
);
pub(crate) const PRUNE: Opt = named(
    "prune",
    None,
    Takes::Nothing,
    both(
        "删去图已经不在的海报，只删本程序自己写的、没人动过的",
        "remove posters whose charts are gone: those that this program wrote and nobody touched since",
    ),
);
pub(crate) const MESSAGE_FORMAT: Opt = named(
    "message-format",
    None,
    Takes::Value(both("样式", "STYLE")),
    both(
        "怎样报告问题：human、short、json、github、gitlab、sarif",
        "how problems are told: human, short, json, github, gitlab, sarif",
    ),
)
.of(words::styles)
.or_variable();
pub(crate) const STRICT: Opt =
    named("strict", None, Takes::Nothing, both("警告也算错误", "count warnings as errors")).or_variable();
pub(crate) const ALLOW: Opt = named(
    "allow",
    None,
    Takes::Values(both("代号,…", "CODE,…")),
    both("不报告这种警告；见 list codes", "don't report this kind of warning; see `list codes`"),
)
.of(words::allowable)
.or_variable();
pub(crate) const DIFF: Opt = named(
    "diff",
    None,
    Takes::Nothing,
    both(
        "只显示要改什么，不写文件；有要改的，退出状态是 1",
        "show what would change and write nothing; exit status 1 if anything would",
    ),
);
pub(crate) const CHECK: Opt = named(
    "check",
    None,
    Takes::Nothing,
    both(
        "只列出没有排好的文件，不写；有的话退出状态是 1",
        "name the files that would change and write nothing; exit status 1 if there are any",
    ),
);
pub(crate) const PORT: Opt = named(
    "port",
    None,
    Takes::Value(both("端口", "PORT")),
    both(
        "网页的端口，省略时是 8866，被占用就另找一个",
        "port of the page, 8866 if left out, or a free one where that is taken",
    ),
)
.or_variable();
pub(crate) const OPEN: Opt =
    named("open", None, Takes::Nothing, both("用浏览器打开网页", "open the page in the browser"));
pub(crate) const POLL: Opt = named(
    "poll",
    None,
    Takes::Nothing,
    both("定时查看改动，不等系统通知；网络盘上自动如此", "look for changes by the clock, as on network drives"),
);
pub(crate) const LANG: Opt = named(
    "lang",
    None,
    Takes::Value(both("语言", "LANGUAGE")),
    both(
        "zh 中文、en 英文；省略时照系统，系统未说明就是中文",
        "zh or en; the system's if left out, zh where it names none",
    ),
)
.of(words::languages)
.or_variable();
pub(crate) const COLOR: Opt = named(
    "color",
    None,
    Takes::Value(both("何时", "WHEN")),
    both("用不用颜色：auto 看终端，always 总用，never 不用", "use colour: auto (on terminals), always, never"),
)
.of(words::colors)
.or_variable();
pub(crate) const QUIET: Opt =
    named("quiet", Some('q'), Takes::Nothing, both("不显示汇总", "leave out the summary")).or_variable();
pub(crate) const HELP: Opt = named("help", Some('h'), Takes::Nothing, both("显示这份说明", "show this help"));
pub(crate) const VERSION: Opt = named("version", Some('V'), Takes::Nothing, both("显示版本", "show the version"));

/// What charts are set on and in.
pub(crate) const LOOKS: &[&Opt] = &[&PAPER, &ORIENTATION, &THEME, &STAMP, &FONT_DIR];
/// Which files are made of them.
pub(crate) const FILES: &[&Opt] = &[
    &FORMAT,
    &DPI,
    &WIDTH,
    &SVG_TEXT,
    &PDF_STANDARD,
    &ICC,
    &OFD_A,
    &ATTACH_SOURCE,
    &TILE,
    &TILE_MARGIN,
    &TILE_OVERLAP,
    &BOOK,
    &SITE,
];
/// How charts are worked through and their problems told.
pub(crate) const TELLING: &[&Opt] = &[&JOBS, &MESSAGE_FORMAT, &STRICT, &ALLOW];
/// Options of every command.
pub(crate) const COMMON: &[&Opt] = &[&LANG, &COLOR, &QUIET, &HELP];
/// Options of the program itself.
pub(crate) const TOP: &[&Opt] = &[&LANG, &HELP, &VERSION];
