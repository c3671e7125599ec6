//! `riskchart which`: whether the poster on the wall is today's.

use riskchart::diag::Words;
use riskchart::model::Stamp;

use crate::cli::arguments::options::{Command, Invocation, Opt, PATHS, Position, Takes};
use crate::cli::disk::walk;
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible;
use crate::cli::work::read;

const STAMP: Opt = Opt::word(
    "stamp",
    Position::Needed,
    Takes::Value(Words { zh: "核对码", en: "STAMP" }),
    Words {
        zh: "海报页脚上的核对码，如 K7Q2-M9XD；用手机扫出来的整段也行",
        en: "the stamp in the poster's footer, e.g. K7Q2-M9XD, or all that a phone reads from its QR code",
    },
);

pub(crate) const COMMAND: Command = Command {
    name: "which",
    about: Words { zh: "凭核对码查海报是不是最新的", en: "tell by its stamp whether a poster is today's" },
    more: Words {
        zh: "找到了，退出状态是 0；没有哪张图是它，就是 1。\n例：riskchart which K7Q2-M9XD charts/",
        en: "Exit status 0 if a chart has the stamp, 1 if none has.\nExample: riskchart which K7Q2-M9XD charts/",
    },
    options: &[&[&STAMP, &PATHS]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let console = invocation.console;
    let written = invocation.value(&STAMP).unwrap_or_default();
    let stamp = Stamp::parse(written).ok_or_else(|| {
        let written = visible(written);
        message!("“{written}”不是核对码" | "`{written}` is no stamp")
            .hint(message!(
                "核对码是八个字母和数字，如 K7Q2-M9XD" | "a stamp is eight letters and digits, e.g. K7Q2-M9XD"
            ))
            .fault()
    })?;
    let found = walk::find(&invocation.paths(&PATHS))?;
    let (mut same, mut unread): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for chart in &found.charts {
        match read(&found.host, chart).chart.map(|chart| Stamp::of(&chart)) {
            Some(own) if own == stamp => same.push(&chart.entry.chart),
            Some(_) => {}
            None => unread.push(&chart.entry.chart),
        }
    }
    let (zh, en) = (same.join("、"), same.join(", "));
    let mut told = if same.is_empty() {
        message!(
            "没有哪张图是 {stamp}：海报已经过时，或者不是这些图的"
                | "no chart has the stamp {stamp}: the poster is out of date, or of other charts"
        )
    } else {
        message!("海报是最新的：{zh}" | "the poster is today's: {en}")
    };
    if !unread.is_empty() && same.is_empty() {
        let (zh, en) = (unread.join("、"), unread.join(", "));
        told = told.hint(message!(
            "{zh} 有错误，没有核对；先用 riskchart check 看看"
                | "{en} can't be understood and was left out; see riskchart check"
        ));
    }
    console.page(Stream::Out, &format!("{}\n", told.get(console.lang)))?;
    console.faults(&found.faults);
    Ok(if !found.faults.is_empty() {
        Status::Fault
    } else if same.is_empty() {
        Status::Problems
    } else {
        Status::Done
    })
}
