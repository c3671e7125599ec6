//! `riskchart fmt`: the layout of chart and project files.

use riskchart::Host as _;
use riskchart::ReadFault;
use riskchart::diag::Words;
use riskchart::input::{MAX_FILE, laid_out};
use riskchart::source::{Encoding, decode, form};

use crate::cli::arguments::options::{CHECK, Command, DIFF, Invocation, PATHS};
use crate::cli::disk::rewrite::{self, Own};
use crate::cli::disk::walk::{self, Found};
use crate::cli::report::diff::unified;
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;
use crate::cli::work::guard;

pub(crate) const COMMAND: Command = Command {
    name: "fmt",
    about: Words {
        zh: "排齐图文件的空格、空行和列表", en: "lay out spaces, blank lines and lists of chart files"
    },
    more: Words {
        zh: "等号两边各一个空格，每个 [[环节]] 前一个空行，几句话的列表一句一行，行尾没有空格。注释、文字和次序都不变。\n\
             读不懂的、要先 riskchart fix 的文件不动。\n例：riskchart fmt charts/",
        en: "A space on both sides of =, a blank line before each [[stage]], a line for each sentence of a list, no blanks at the\n\
             ends of lines. Comments, words and their order stay. Files that need riskchart fix first are left alone.\n\
             Example: riskchart fmt charts/ --check",
    },
    options: &[&[&PATHS, &CHECK, &DIFF]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let console = invocation.console;
    let (check, diff) = (invocation.flag(&CHECK), invocation.flag(&DIFF));
    let mut found = walk::find(&invocation.paths(&PATHS))?;
    let (mut changed, mut refused) = (Vec::new(), Vec::new());
    let mut faults = Vec::new();
    for own in rewrite::own(&found) {
        let laid = guard(|| laid(&found, &own)).unwrap_or_else(|fault| Err(broken(own.shown, &fault)));
        match laid {
            Ok((old, new)) if diff => {
                let unified = unified(own.shown, &String::from_utf8_lossy(&old), &new);
                console.write(Stream::Out, &unified)?;
                changed.extend((!unified.is_empty()).then_some(own.shown));
            }
            Ok((old, new)) if found.stdin && !check => {
                console.write(Stream::Out, new.as_bytes())?;
                changed.extend((old != new.as_bytes()).then_some(own.shown));
            }
            Ok((old, new)) if old != new.as_bytes() => {
                let written =
                    if check { Ok(None) } else { rewrite::write(&found, own.shown, &old, new.as_bytes(), false) };
                match written {
                    Ok(_) => changed.push(own.shown),
                    Err(fault) => faults.push(fault),
                }
            }
            Ok(_) => {}
            Err(fault) => refused.push(fault),
        }
    }
    if !console.quiet && !diff && (check || !found.stdin) {
        changed.iter().try_for_each(|shown| console.line(&line(shown, check)))?;
        // Where one was left alone, not everything is.
        if !changed.is_empty() || (refused.is_empty() && !rewrite::own(&found).is_empty()) {
            console.line(&summary(changed.len(), check))?;
        }
    }
    let status =
        if !refused.is_empty() || ((check || diff) && !changed.is_empty()) { Status::Problems } else { Status::Done };
    console.faults(&refused);
    found.faults.extend(faults);
    console.faults(&found.faults);
    Ok(if found.faults.is_empty() { status } else { Status::Fault })
}

/// The program's own failure at a file.
fn broken(shown: &str, fault: &str) -> anyhow::Error {
    message!("程序内部出错，{shown} 没有动：{fault}" | "internal fault, {shown} was left alone: {fault}").fault()
}

/// The bytes of a file and its text laid out, with its own line ends.
fn laid(found: &Found, own: &Own<'_>) -> anyhow::Result<(Vec<u8>, String)> {
    let shown = own.shown;
    let old = found
        .host
        .read(shown)
        .map_err(|ReadFault { zh, en }| message!("不能读取 {shown}：{zh}" | "can't read {shown}: {en}").fault())?;
    if old.len() > MAX_FILE {
        let most = MAX_FILE >> 20;
        return Err(message!(
            "{shown} 超过 {most} MiB，没有动" | "{shown} is larger than {most} MiB, it was left alone"
        )
        .fault());
    }
    let read = decode(&old).ok().filter(|(_, encoding)| *encoding == Encoding::Utf8).zip(form(&old).ok());
    let new = read.and_then(|((text, _), saved)| Some(saved.line_end.write(&laid_out(&text, own.root)?)));
    let refused = message!("{shown} 有要先改的地方，没有动" | "{shown} needs mending first, it was left alone");
    let hint = message!(
        "先运行 riskchart fix，还不行就用 riskchart check 查看" | "run riskchart fix, then look with riskchart check"
    );
    Ok((old, new.ok_or_else(|| refused.hint(hint).fault())?))
}

fn line(shown: &str, check: bool) -> Message {
    if check {
        message!("没有排好：{shown}" | "not laid out: {shown}")
    } else {
        message!("排好了 {shown}" | "laid out {shown}")
    }
}

fn summary(changed: usize, check: bool) -> Message {
    let plural = if changed == 1 { "" } else { "s" };
    match changed {
        0 => message!("都已经排好" | "everything is laid out"),
        _ if check => message!("{changed} 个文件没有排好" | "{changed} file{plural} not laid out"),
        _ => message!("完成：排好了 {changed} 个文件" | "done: {changed} file{plural} laid out"),
    }
}
