//! The chart's own keys: titles, scale, columns, footer.

use super::fields::{Fields, as_text, flat};
use super::ranks::Ranks;
use super::{
    Chart, Column, Columns, LONGEST_WATERMARK, Labels, Level, Phone, Qr, STANDARD_LEVELS, blanks, flow, page, phases,
    stages, titles,
};
use crate::color::Rgb;
use crate::diag::{Code, Diagnostic, Report, related};
use crate::input::fold;
use crate::input::keys::TableId;
use crate::input::{Table, Value};
use crate::source::{Spanned, Text};

/// Builds the chart as far as it can be built; what is wrong is in the report.
pub(super) fn chart(tree: &Table, report: &mut Report) -> Option<Chart> {
    let fields = Fields::new(tree, TableId::Chart);
    let standard = |text: &str| Text::new(text.to_owned(), fields.span());
    let power = titles::unbracketed(fields.required("power", report), report);
    let levels = levels(&fields, report);
    blanks::tell(tree, report);
    let mut links = Vec::new();
    let mut ranks = Ranks::new(&levels, &fields);
    let mut stages = stages::stages(&fields, &mut ranks, &mut links, report);
    ranks.tell(report);
    let rating = fields.text("rating").and_then(|written| ranks.rating(written, report));
    let arrows = fields.flag("arrows").is_none_or(|flag| flag.value);
    flow::resolve(&mut stages, &links, arrows, report);
    phases::check(&stages, report);
    if stages.is_empty() {
        missing_stages(&fields, report);
        return None;
    }
    Some(Chart {
        unit: fields.paragraph("unit"),
        title: titles::without_power(fields.paragraph("title"), &power, report)
            .unwrap_or_else(|| standard("行政职权廉政风险防控图")),
        power,
        subtitle: fields.paragraph("subtitle"),
        code: fields.text("code"),
        category: fields.text("category"),
        department: fields.text("department"),
        version: fields.text("version"),
        date: fields.date("date"),
        phones: phones(&fields),
        notes: fields.texts("notes"),
        logo: fields.text("logo"),
        qr: qr(&fields, report),
        rating,
        watermark: watermark(&fields, report),
        arrows,
        labels: labels(&fields),
        columns: columns(&fields, report),
        levels,
        stages,
        page: page::settings(&fields, report),
    })
}

/// No stages at all; stages of the wrong kind are told already.
fn missing_stages(fields: &Fields<'_>, report: &mut Report) {
    let span = match fields.table.get("stage") {
        None => fields.span(),
        Some(Spanned { value: Value::Array(items), span }) if items.is_empty() => *span,
        Some(_) => return,
    };
    // [[流程]]: a header that was meant for a stage's is told.
    if report.misread.meant.iter().any(|[name, _]| *name == "stage") {
        return;
    }
    report.push(Diagnostic::new(Code::NoStages, span));
}

fn phones(fields: &Fields<'_>) -> Vec<Phone> {
    let Some(Spanned { value: Value::Table(phones), .. }) = fields.table.get("phones") else { return Vec::new() };
    let entries = phones.entries.iter().filter_map(|(label, value)| {
        let number = match &value.value {
            Value::Integer(number) => Text::new(number.to_string(), value.span),
            _ => flat(as_text(value)?),
        };
        Some(Phone { label: flat(label.clone()), number })
    });
    entries.collect()
}

fn qr(fields: &Fields<'_>, report: &mut Report) -> Option<Qr> {
    let qr = fields.table("qr", TableId::Qr)?;
    Some(Qr { text: qr.required("text", report), label: qr.text("label") })
}

fn watermark(fields: &Fields<'_>, report: &mut Report) -> Option<Text> {
    let watermark = fields.text("watermark")?;
    let count = watermark.value.chars().count();
    if count > LONGEST_WATERMARK {
        let problem = Diagnostic::new(Code::WatermarkTooLong, watermark.span);
        report.push(problem.with("count", count).with("limit", LONGEST_WATERMARK));
    }
    Some(watermark)
}

/// The chart's own words; the colon after them is the program's.
fn labels(fields: &Fields<'_>) -> Labels {
    let Some(labels) = fields.table("labels", TableId::Labels) else { return Labels::default() };
    let word = |key| {
        let written: Text = labels.text(key)?;
        let word = written.value.trim_end_matches(['：', ':']).trim_end();
        (!word.is_empty()).then(|| Text::new(word.to_owned(), written.span))
    };
    Labels {
        level: word("level"),
        responsible: word("responsible"),
        supervisor: word("supervisor"),
        deadline: word("deadline"),
        department: word("department"),
        materials: word("materials"),
        basis: word("basis"),
        category: word("category"),
        notes: word("notes"),
        legend: word("legend"),
    }
}

fn levels(fields: &Fields<'_>, report: &mut Report) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for level in fields.tables("level", TableId::Level) {
        let name = level.required("name", report);
        let twin = levels.iter().find(|known| known.name.value == name.value && !name.value.is_empty());
        if let Some(twin) = twin {
            let problem = Diagnostic::new(Code::DuplicateLevel, name.span).with("name", &name.value);
            report.push(problem.related(twin.name.span, related::FIRST_DEFINED));
        }
        levels.push(Level { name, color: color(&level, report), mark: level.text("mark") });
    }
    if levels.is_empty() {
        let standard = |name: &str| Text::new(name.to_owned(), fields.span());
        levels.extend(STANDARD_LEVELS.map(|name| Level { name: standard(name), color: None, mark: None }));
    }
    levels
}

fn color(level: &Fields<'_>, report: &mut Report) -> Option<Spanned<Rgb>> {
    let written = level.text("color")?;
    let parsed = Rgb::parse(&written.value);
    if parsed.is_none() {
        let problem = Diagnostic::new(Code::BadColor, written.span).with("value", &written.value);
        report.push(match meant_color(&written.value).map(Rgb::to_hex) {
            Some(hex) => problem.with("nearest", &hex).edit(written.span, format!("\"{hex}\"")),
            None => problem,
        });
    }
    parsed.map(|color| Spanned::new(color, written.span))
}

/// The colour that other ways of writing mean: 红色, red, c00000, ＃c00000, rgb(192, 0, 0), 192,0,0.
fn meant_color(written: &str) -> Option<Rgb> {
    const NAMES: &[(&str, &str, u32)] = &[
        ("红", "red", 0xc00000),
        ("橙", "orange", 0xe07000),
        ("黄", "yellow", 0xe0b000),
        ("绿", "green", 0x2e8b57),
        ("蓝", "blue", 0x1f5fa8),
    ];
    let typed = fold(written);
    let numbers = typed.trim_start_matches("rgb").trim_matches(['(', ')']);
    let channels: Vec<u8> = numbers.split([',', '，', '、']).filter_map(|part| part.parse().ok()).collect();
    let named = || NAMES.iter().find(|(zh, en, _)| typed.contains(zh) || typed == *en).map(|name| Rgb::hex(name.2));
    match channels[..] {
        [red, green, blue] => Some(Rgb(red, green, blue)),
        _ => Rgb::parse(&format!("#{}", typed.trim_start_matches('#'))).or_else(named),
    }
}

fn columns(fields: &Fields<'_>, report: &mut Report) -> Columns {
    let columns = fields.table("columns", TableId::Columns);
    let order = columns.and_then(|columns| order(&columns, report));
    let heads = columns.and_then(|columns| heads(&columns, report));
    Columns {
        order: order.unwrap_or([Column::Flow, Column::Risk, Column::Measure]),
        heads: heads.unwrap_or(super::STANDARD_HEADS.map(|head| Text::new(head.to_owned(), fields.span()))),
    }
}

fn order(columns: &Fields<'_>, report: &mut Report) -> Option<[Column; 3]> {
    let written = columns.all_chosen::<Column>()?;
    let order: Option<[Column; 3]> = written.value.try_into().ok();
    let order = order.filter(|[a, b, c]| a != b && b != c && a != c);
    if order.is_none() {
        report.push(Diagnostic::new(Code::BadOrder, written.span));
    }
    order
}

/// The three heads.
fn heads(columns: &Fields<'_>, report: &mut Report) -> Option<[Text; 3]> {
    let written = columns.table.get("heads")?;
    let Value::Array(items) = &written.value else { return None };
    let head = |item: &Spanned<Value>| as_text(item).unwrap_or_else(|| Text::new(String::new(), item.span));
    let heads: Option<[Text; 3]> = items.iter().map(head).collect::<Vec<_>>().try_into().ok();
    if heads.is_none() {
        report.push(Diagnostic::new(Code::BadHeads, written.span).with("count", items.len()));
    }
    heads
}
