//! Charts of many shapes within what a document holds.

use std::fmt::Write as _;

/// A small generator (xorshift64*): the same charts on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16) % n as u64) as usize
    }

    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const WORDS: &[&str] = &[
    "不按规定程序",
    "办理",
    "，",
    "、",
    "《办法》",
    "（试行）",
    "超过3.5%的",
    "2016年",
    "3个工作日内",
    "A1-1",
    "财预〔2018〕15号",
    "“凡提四必”",
    "责任追究",
    "擅自",
    "第三十八条",
    "12345热线",
    "|",
    "a<b",
    "R&D",
];

fn sentence(dice: &mut Dice) -> String {
    let words: String = (0..=dice.below(6)).map(|_| dice.pick(WORDS)).collect();
    format!("查{words}情况。")
}

fn sentences(dice: &mut Dice, most: usize) -> String {
    let all: Vec<String> = (0..=dice.below(most)).map(|_| format!("\"{}\"", sentence(dice))).collect();
    format!("[{}]", all.join(", "))
}

/// One chart.
pub(crate) fn chart(dice: &mut Dice) -> String {
    let mut out = String::new();
    if !dice.once_in(5) {
        out.push_str("单位 = \"某某市财政局\"\n");
    }
    let power = dice.pick(&["行政检查", "其他权力[受理]", "行政许可（社团）", "低保审核", "资金〔拨付〕"]);
    let _ = writeln!(out, "职权 = \"{power}\"");
    for (key, value) in [
        ("标题", "岗位廉政风险防控图"),
        ("副标题", "按四类排查"),
        ("职权编码", "140000-XK-0027"),
        ("职权类别", "行政许可"),
        ("责任科室", "国库科"),
        ("版本", "第2版"),
        ("日期", "2024年3月1日"),
        ("水印", "征求意见稿"),
    ] {
        if dice.once_in(4) {
            let _ = writeln!(out, "{key} = \"{value}\"");
        }
    }
    let ledger = dice.once_in(8);
    if ledger {
        out.push_str("流程箭头 = false\n");
    }
    if dice.once_in(4) {
        let _ = writeln!(out, "备注 = {}", sentences(dice, 2));
    }
    let scale: &[&str] = if dice.once_in(3) { &["一级", "二级", "三级"] } else { &["高", "中", "低"] };
    if dice.once_in(4) {
        let _ = writeln!(out, "职权等级 = \"{}\"", dice.pick(scale));
    }
    if dice.once_in(2) {
        out.push_str("[电话]\n监督电话 = \"0355-1234567\"\n服务电话 = \"\"\n");
    }
    if dice.once_in(4) {
        let order = dice.pick(&["风险\", \"流程\", \"措施", "措施\", \"风险\", \"流程", "流程\", \"措施\", \"风险"]);
        let _ = writeln!(out, "[栏目]\n顺序 = [\"{order}\"]");
        if dice.once_in(2) {
            out.push_str("表头 = [\"办理流程\", \"廉政风险点\", \"防控措施\"]\n");
        }
    }
    if scale[0] == "一级" {
        scale.iter().for_each(|level| {
            let _ = writeln!(out, "[[等级定义]]\n名称 = \"{level}\"");
        });
    }
    stages(dice, scale, ledger, &mut out);
    out
}

fn stages(dice: &mut Dice, scale: &[&str], ledger: bool, out: &mut String) {
    let count = 1 + dice.below(8);
    let names: Vec<String> = (0..count)
        .map(|at| {
            format!("{}{}", dice.pick(&["受理", "审查", "决定"]), "甲乙丙丁戊己庚辛".chars().nth(at).expect("a sign"))
        })
        .collect();
    let host: Vec<Option<usize>> =
        (0..count).map(|at| (at > 0 && !ledger && dice.once_in(6)).then(|| at - 1)).collect();
    let phase = dice.once_in(4);
    let mut free = [0; 2];
    for at in 0..count {
        let _ = writeln!(out, "[[环节]]\n名称 = \"{}\"", names[at]);
        let host_of = host[at].filter(|host_at| host[*host_at].is_none());
        if let Some(host) = host_of {
            let _ = writeln!(out, "旁支 = \"{}\"", names[host]);
        }
        if phase {
            let _ = writeln!(out, "阶段 = \"{}\"", if at < count / 2 { "事前" } else { "事后" });
        }
        for (key, value) in [("说明", "限本市户籍"), ("时限", "2个工作日"), ("责任科室", "窗口、业务科")]
        {
            if dice.once_in(5) {
                let _ = writeln!(out, "{key} = \"{value}\"");
            }
        }
        if dice.once_in(5) {
            let _ = writeln!(out, "材料 = [\"申请表\", \"身份证、户口簿\"]");
        }
        if dice.once_in(5) {
            let _ = writeln!(out, "步骤 = {}", sentences(dice, 3));
        }
        if dice.once_in(4) {
            let _ = writeln!(out, "形状 = \"{}\"", dice.pick(&["判断", "开始", "结束"]));
        }
        if !ledger && dice.once_in(4) {
            let _ = writeln!(out, "下一步 = {}", next(dice, at, &names));
        }
        boxes(dice, at, scale, (&names, &host), &mut free, out);
    }
}

fn next(dice: &mut Dice, at: usize, names: &[String]) -> String {
    let (to, other) = (dice.below(names.len()), (at + 1) % names.len());
    match dice.below(3) {
        _ if to == at || other == at || to == other => "[]".to_owned(),
        0 => format!("[\"{}\"]", names[to]),
        _ => format!(
            "[{{ to = \"{}\", label = \"材料齐全\" }}, {{ to = \"{}\", label = \"不齐全\" }}]",
            names[other], names[to]
        ),
    }
}

/// Risks and measures; a box over several stages only where none of them has another.
fn boxes(
    dice: &mut Dice,
    at: usize,
    scale: &[&str],
    (names, host): (&[String], &[Option<usize>]),
    free: &mut [usize; 2],
    out: &mut String,
) {
    let through = |dice: &mut Dice, free: &mut usize, out: &mut String| {
        let last = at + 1;
        if last < names.len() && host[last].is_none() && host[at].is_none() && dice.once_in(5) {
            let _ = writeln!(out, "至 = \"{}\"", names[last]);
            *free = last + 1;
        }
    };
    if at >= free[0] && !dice.once_in(4) {
        for _ in 0..=dice.below(2) {
            out.push_str("[[环节.风险]]\n");
            for (key, value) in [("编号", "A1-1"), ("风险点", "受理不规范"), ("类别", "岗位职责风险")]
            {
                if dice.once_in(4) {
                    let _ = writeln!(out, "{key} = \"{value}\"");
                }
            }
            if !dice.once_in(6) {
                let _ = writeln!(out, "风险等级 = \"{}\"", dice.pick(scale));
            }
            let _ = writeln!(out, "表现形式 = {}", sentences(dice, 3));
        }
        through(dice, &mut free[0], out);
    }
    if at >= free[1] && !dice.once_in(4) {
        for _ in 0..=dice.below(2) {
            out.push_str("[[环节.措施]]\n");
            if dice.once_in(5) {
                out.push_str("措施名称 = \"前期预防\"\n");
            }
            let _ = writeln!(out, "防控措施 = {}", sentences(dice, 3));
            let people = dice.pick(&[
                "",
                "责任人 = \"窗口人员\"\n",
                "责任人 = [\"窗口人员（A、B岗）\", \"科长\"]\n",
                "责任人 = [\"直接责任人：科员\", \"部门责任人：科长、副科长\"]\n",
            ]);
            out.push_str(people);
            for line in
                ["监督人 = \"纪检组\"\n", "时限 = \"每季度\"\n", "依据 = [\"《条例》第3条\", \"《办法》（试行）\"]\n"]
            {
                if dice.once_in(4) {
                    out.push_str(line);
                }
            }
        }
        through(dice, &mut free[1], out);
    }
}
