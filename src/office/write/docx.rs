//! Charts as a document of Word: each a heading and an editable table of the same three columns.
//!
//! The document is WordprocessingML (ISO/IEC 29500-1, 17) of five parts; the styles are Word's own heading 1 and Normal,
//! so that its navigation shows the charts, and the head row is printed on each page.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::rows::{numbered, people};
use crate::model::STANDARD_HEADS;
use crate::office::draft::{Draft, Measure, Risk, Stage};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="160"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="32"/></w:rPr></w:style></w:styles>"#;
/// Widths of the three columns on A3 across, in twentieths of a point.
const WIDTHS: [usize; 3] = [4000, 8800, 8800];

/// Writes the document.
///
/// # Errors
/// The archive can't be written.
pub fn docx(charts: &[Draft]) -> Result<Vec<u8>, String> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let body = document(charts);
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &body),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", STYLES),
    ];
    for (name, text) in parts {
        // The default time of an entry is fixed: the same charts give the same bytes.
        archive.start_file(name, SimpleFileOptions::default()).map_err(|error| error.to_string())?;
        archive.write_all(text.as_bytes()).map_err(|error| error.to_string())?;
    }
    archive.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}

fn document(charts: &[Draft]) -> String {
    let charts: Vec<String> = charts.iter().enumerate().map(|(at, own)| chart(own, at > 0)).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}<w:sectPr><w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/><w:pgMar w:top="1000" w:right="1100" w:bottom="1000" w:left="1100" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr></w:body></w:document>"#,
        charts.concat()
    )
}

fn chart(chart: &Draft, breaks: bool) -> String {
    let mut text = String::new();
    let broken = if breaks { "<w:pageBreakBefore/>" } else { "" };
    let (unit, title) = (flat(&chart.unit), flat(&chart.title));
    if !unit.is_empty() {
        text += &format!(
            r#"<w:p><w:pPr>{broken}<w:jc w:val="center"/></w:pPr>{}</w:p>"#,
            run(&unit, "<w:sz w:val=\"28\"/>")
        );
    }
    let broken = if unit.is_empty() { broken } else { "" };
    let heading = format!("{title}（{}）", flat(&chart.power));
    text += &format!(r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/>{broken}</w:pPr>{}</w:p>"#, run(&heading, ""));
    text += r#"<w:tbl><w:tblPr><w:tblW w:w="21600" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="6"/><w:left w:val="single" w:sz="6"/><w:bottom w:val="single" w:sz="6"/><w:right w:val="single" w:sz="6"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#;
    text += &WIDTHS.map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).concat();
    text += "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for (head, width) in STANDARD_HEADS.iter().zip(WIDTHS) {
        let head = paragraph(&head.replace('\n', ""), true, true);
        text += &cell(width, r#"<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>"#, &head);
    }
    text += "</w:tr>";
    for (at, stage) in chart.stages.iter().enumerate() {
        rows(chart, at, stage, &mut text);
    }
    text += "</w:tbl>";
    let phones: Vec<String> =
        chart.phones.iter().map(|(label, number)| format!("{}：{}", flat(label), flat(number))).collect();
    if !phones.is_empty() {
        text += &paragraph(&phones.join("　　"), false, false);
    }
    for note in &chart.notes {
        text += &paragraph(&format!("备注：{}", flat(note)), false, false);
    }
    text
}

/// A row for each risk or measure of a stage; the stage's name goes over all of them, and so does a box over the stages
/// that it spans.
fn rows(chart: &Draft, at: usize, stage: &Stage, text: &mut String) {
    let count = stage.risks.len().max(stage.measures.len()).max(1);
    for line in 0..count {
        *text += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        let merge = match (count, line) {
            (1, _) => "",
            (_, 0) => r#"<w:vMerge w:val="restart"/>"#,
            _ => "<w:vMerge/>",
        };
        let name = if line == 0 { named(stage) } else { paragraph("", false, true) };
        *text += &cell(WIDTHS[0], merge, &name);
        let risks = &stage.risks;
        let risk = risks.get(line).map(of_risk);
        let above = |through: fn(&Stage) -> Option<&String>| line == 0 && reaches(chart, at, through);
        *text += &boxed(
            WIDTHS[1],
            risk,
            risks.get(line).is_some_and(|risk| !risk.through.is_empty()),
            above(|stage| stage.risks.last().map(|risk| &risk.through)),
        );
        let measures = &stage.measures;
        let measure = measures.get(line).map(of_measure);
        *text += &boxed(
            WIDTHS[2],
            measure,
            measures.get(line).is_some_and(|own| !own.through.is_empty()),
            above(|stage| stage.measures.last().map(|measure| &measure.through)),
        );
        *text += "</w:tr>";
    }
}

/// Whether a box of a stage before spans to this one.
fn reaches(chart: &Draft, at: usize, through: fn(&Stage) -> Option<&String>) -> bool {
    let before = chart.stages[..at].iter().rev().find_map(through);
    before
        .and_then(|key| chart.stages.iter().position(|stage| stage.key() == key.as_str()))
        .is_some_and(|last| last >= at)
}

fn boxed(width: usize, content: Option<String>, spans: bool, above: bool) -> String {
    match content {
        Some(content) => cell(width, if spans { r#"<w:vMerge w:val="restart"/>"# } else { "" }, &content),
        None => cell(width, if above { "<w:vMerge/>" } else { "" }, &paragraph("", false, false)),
    }
}

fn named(stage: &Stage) -> String {
    let mut text = paragraph(&flat(&stage.name), true, true);
    if !stage.deadline.is_empty() {
        text += &paragraph(&format!("办理时限：{}", flat(&stage.deadline)), false, true);
    }
    if !stage.department.is_empty() {
        text += &paragraph(&format!("责任科室：{}", flat(&stage.department)), false, true);
    }
    text
}

fn of_risk(risk: &Risk) -> String {
    let mut text = String::new();
    let mut labelled = |label: &str, value: &str| {
        if !value.is_empty() {
            text += &paragraph(&format!("{label}：{}", flat(value)), true, false);
        }
    };
    labelled("风险点编号", &risk.id);
    labelled("风险点", &risk.name);
    labelled("风险类别", &risk.category);
    text += &list(&risk.items);
    if !risk.level.is_empty() {
        text += &paragraph(&format!("风险等级：{}", flat(&risk.level)), true, false);
    }
    if text.is_empty() { paragraph("", false, false) } else { text }
}

fn of_measure(measure: &Measure) -> String {
    let mut text = String::new();
    if !measure.name.is_empty() {
        text += &paragraph(&format!("措施名称：{}", flat(&measure.name)), true, false);
    }
    text += &list(&measure.items);
    for (label, names) in [("责任人", &measure.responsible), ("监督人", &measure.supervisor)] {
        for (at, line) in people(names).split('\n').enumerate().filter(|(_, line)| !line.is_empty()) {
            let label = if at == 0 && !line.contains('：') { format!("{label}：{line}") } else { line.to_owned() };
            text += &paragraph(&label, true, false);
        }
    }
    if !measure.deadline.is_empty() {
        text += &paragraph(&format!("时限：{}", flat(&measure.deadline)), false, false);
    }
    if !measure.basis.is_empty() {
        text += &paragraph(&format!("依据：{}", numbered(&measure.basis).replace('\n', "")), false, false);
    }
    if text.is_empty() { paragraph("", false, false) } else { text }
}

fn list(items: &[String]) -> String {
    let lines = numbered(&items.iter().map(|item| flat(item)).collect::<Vec<_>>());
    lines.split('\n').filter(|line| !line.is_empty()).map(|line| paragraph(line, false, false)).collect()
}

fn cell(width: usize, props: &str, content: &str) -> String {
    format!(
        r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{props}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>"#
    )
}

fn paragraph(text: &str, bold: bool, centred: bool) -> String {
    let props = if centred { r#"<w:pPr><w:jc w:val="center"/></w:pPr>"# } else { "" };
    let run = if text.is_empty() { String::new() } else { run(text, if bold { "<w:b/>" } else { "" }) };
    format!("<w:p>{props}{run}</w:p>")
}

fn run(text: &str, props: &str) -> String {
    format!(r#"<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(text))
}

/// A text on one line.
fn flat(text: &str) -> String {
    text.replace('\n', "")
}

/// A text as XML holds it; characters that XML has no place for are left out (XML 1.0, 2.2).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control() || matches!(c, '\t')) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}
