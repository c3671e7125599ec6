//! Charts as a document of Word: each a heading and an editable table of the same three columns.
//!
//! The document is WordprocessingML (ISO/IEC 29500-1, 17) of five parts; the styles are Word's own heading 1 and Normal,
//! so that its navigation shows the charts, and the head row is printed on each page.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::WriteFault;
use super::rows::{goes_on, height, level_fill, measure_above, people, risk_above};
use crate::model::STANDARD_HEADS;
use crate::office::draft::{Draft, Measure, Risk, Stage};
use crate::office::lines::{OF_CHART, OF_STAGE, numbered};
use crate::office::read::fields::is_ranked;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="28"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="160"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="52"/></w:rPr></w:style></w:styles>"#;
/// Widths of the three columns on A3 across, in twentieths of a point.
const WIDTHS: [usize; 3] = [4400, 8600, 8600];

/// The line of the agency above the title.
const TITLE_FACE: &str = r#"<w:rFonts w:eastAsia="黑体"/><w:sz w:val="44"/>"#;
const TABLE: &str = r#"<w:tbl><w:tblPr><w:tblW w:w="21600" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders><w:top w:val="single" w:sz="8"/><w:left w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/><w:right w:val="single" w:sz="8"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="110" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#;

/// Writes the document.
///
/// # Errors
/// The archive can't be written.
pub(super) fn docx(charts: &[Draft]) -> Result<Vec<u8>, WriteFault> {
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
        archive.start_file(name, SimpleFileOptions::default()).map_err(WriteFault::new)?;
        archive.write_all(text.as_bytes()).map_err(WriteFault::new)?;
    }
    archive.finish().map(Cursor::into_inner).map_err(WriteFault::new)
}

fn document(charts: &[Draft]) -> String {
    let charts: Vec<String> = charts.iter().enumerate().map(|(at, own)| chart(own, at > 0)).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}<w:sectPr><w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/><w:pgMar w:top="1000" w:right="1100" w:bottom="1000" w:left="1100" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr></w:body></w:document>"#,
        charts.concat()
    )
}

/// The flow, the risks and the measures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Flow,
    Risk,
    Measure,
}

/// The columns of a chart from left to right.
fn columns(chart: &Draft) -> Vec<Part> {
    let named = |name: &&str| match *name {
        "flow" => Part::Flow,
        "risk" => Part::Risk,
        _ => Part::Measure,
    };
    if chart.order.is_empty() {
        return vec![Part::Flow, Part::Risk, Part::Measure];
    }
    chart.order.iter().map(named).collect()
}

fn width(part: Part) -> usize {
    WIDTHS[part as usize]
}

fn chart(chart: &Draft, breaks: bool) -> String {
    let mut text = String::new();
    let broken = if breaks { "<w:pageBreakBefore/>" } else { "" };
    if !chart.unit.is_empty() {
        let props = format!(r#"<w:keepNext/>{broken}<w:spacing w:after="60"/><w:jc w:val="center"/>"#);
        text += &format!("<w:p><w:pPr>{props}</w:pPr>{}</w:p>", run(&chart.unit, TITLE_FACE));
    }
    let broken = if chart.unit.is_empty() { broken } else { "" };
    let heading = format!("{}（{}）", chart.title, chart.power);
    text += &format!(r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/>{broken}</w:pPr>{}</w:p>"#, run(&heading, ""));
    let said = said(chart, &["subtitle"]);
    said.iter().for_each(|line| text += &paragraph(line, Face::Plain, true));
    let fields = self::said(chart, &["code", "category", "department", "rating", "version", "date"]);
    if !fields.is_empty() {
        text += &paragraph(&fields.join("　　"), Face::Plain, true);
    }
    text += &table(chart);
    let phone = |(label, number): &(String, String)| {
        format!("{label}：{}", if number.is_empty() { crate::model::BLANK } else { number })
    };
    let phones: Vec<String> = chart.phones.iter().map(phone).collect();
    if !phones.is_empty() {
        // A blank line keeps them off the table.
        text += &paragraph("", Face::Small, false);
        text += &paragraph(&phones.join("　　"), Face::Plain, false);
    }
    for note in &chart.notes {
        text += &paragraph(&format!("备注：{note}"), Face::Plain, false);
    }
    for line in self::said(chart, &["level", "watermark", "arrows"]) {
        text += &paragraph(&line, Face::Plain, false);
    }
    text
}

/// Lines of a chart with their labels.
fn said(chart: &Draft, keys: &[&str]) -> Vec<String> {
    let lines = keys.iter().filter_map(|key| OF_CHART.iter().find(|line| line.key == *key));
    let lines = lines.map(|line| (line.label, (line.get)(chart))).filter(|(_, text)| !text.is_empty());
    lines.map(|(label, text)| format!("{label}：{text}")).collect()
}

fn table(chart: &Draft) -> String {
    let columns = columns(chart);
    let mut text = TABLE.to_owned();
    text += &columns.iter().map(|part| format!(r#"<w:gridCol w:w="{}"/>"#, width(*part))).collect::<String>();
    text += "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for part in &columns {
        let head = match chart.heads.get(*part as usize) {
            Some(head) => head.clone(),
            None => STANDARD_HEADS[*part as usize].replace('\n', ""),
        };
        let head = paragraph(&head, Face::Bold, true);
        text += &cell(width(*part), r#"<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>"#, &head);
    }
    text += "</w:tr>";
    for (at, stage) in chart.stages.iter().enumerate() {
        for line in 0..height(stage) {
            text += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
            for part in &columns {
                text += &of_row(chart, (at, line), *part);
            }
            text += "</w:tr>";
        }
    }
    text + "</w:tbl>"
}

/// A cell of a row: a stage's name goes over all its rows, its last risk and measure down to their end, and a box over
/// the stages that it spans.
fn of_row(chart: &Draft, (at, line): (usize, usize), part: Part) -> String {
    let stage = &chart.stages[at];
    let rows = height(stage);
    let (content, above) = match part {
        Part::Flow => ((line == 0).then(|| named(stage)), line > 0),
        Part::Risk => (
            stage.risks.get(line).map(|risk| of_risk(chart, risk)),
            goes_on(line, stage.risks.len(), risk_above(chart, at)),
        ),
        Part::Measure => {
            (stage.measures.get(line).map(of_measure), goes_on(line, stage.measures.len(), measure_above(chart, at)))
        }
    };
    let count = match part {
        Part::Flow => 1,
        Part::Risk => stage.risks.len(),
        Part::Measure => stage.measures.len(),
    };
    // The cell goes down where the next row, of this stage or of the next, goes on with it.
    let next_above = match part {
        Part::Flow => false,
        Part::Risk => at + 1 < chart.stages.len() && chart.stages[at + 1].risks.is_empty() && risk_above(chart, at + 1),
        Part::Measure => {
            at + 1 < chart.stages.len() && chart.stages[at + 1].measures.is_empty() && measure_above(chart, at + 1)
        }
    };
    let goes_down = line + 1 >= count && (line + 1 < rows || next_above);
    let merge = match (above, goes_down) {
        (true, _) => "<w:vMerge/>",
        (false, true) => r#"<w:vMerge w:val="restart"/>"#,
        (false, false) => "",
    };
    cell(width(part), merge, &content.filter(|_| !above).unwrap_or_else(|| paragraph("", Face::Plain, false)))
}

fn named(stage: &Stage) -> String {
    let mut text = paragraph(&stage.name, Face::Bold, true);
    for line in &OF_STAGE {
        let value = (line.get)(stage);
        for (at, value) in value.split('\n').filter(|value| !value.is_empty()).enumerate() {
            let label = if at == 0 { format!("{}：", line.label) } else { String::new() };
            text += &paragraph(&format!("{label}{value}"), Face::Small, !value.starts_with("1.") && at == 0);
        }
    }
    text
}

fn of_risk(chart: &Draft, risk: &Risk) -> String {
    let mut text = String::new();
    for (label, value) in [("风险编号", &risk.id), ("风险点", &risk.name), ("风险类别", &risk.category)] {
        if !value.is_empty() {
            text += &paragraph(&format!("{label}：{value}"), Face::Bold, false);
        }
    }
    text += &list(&risk.items);
    if !risk.level.is_empty() {
        let fill = level_fill(chart, &risk.level)
            .map_or_else(String::new, |fill| format!(r#"<w:shd w:val="clear" w:color="auto" w:fill="{fill:06X}"/>"#));
        text += &format!("<w:p>{}</w:p>", run(&format!("风险等级：{}", risk.level), &format!("<w:b/>{fill}")));
    }
    if text.is_empty() { paragraph("", Face::Plain, false) } else { text }
}

fn of_measure(measure: &Measure) -> String {
    let mut text = String::new();
    if !measure.name.is_empty() {
        text += &paragraph(&format!("措施名称：{}", measure.name), Face::Bold, false);
    }
    text += &list(&measure.items);
    let lines = |names: &[String]| people(names).split('\n').map(str::to_owned).collect::<Vec<_>>();
    for line in lines(&measure.responsible).iter().filter(|line| !line.is_empty()) {
        let label = if is_ranked(line) { "" } else { "责任人：" };
        text += &paragraph(&format!("{label}{line}"), Face::Bold, false);
    }
    for line in lines(&measure.supervisor).iter().filter(|line| !line.is_empty()) {
        text += &paragraph(&format!("监督人：{line}"), Face::Bold, false);
    }
    if !measure.deadline.is_empty() {
        text += &paragraph(&format!("时限：{}", measure.deadline), Face::Plain, false);
    }
    for (at, line) in numbered(&measure.basis).split('\n').filter(|line| !line.is_empty()).enumerate() {
        text += &paragraph(&format!("{}{line}", if at == 0 { "依据：" } else { "" }), Face::Small, false);
    }
    if text.is_empty() { paragraph("", Face::Plain, false) } else { text }
}

/// The entries of a list, each with its number, further lines below the text.
fn list(items: &[String]) -> String {
    let entry = |(at, item): (usize, &String)| {
        format!(
            r#"<w:p><w:pPr><w:ind w:left="370" w:hanging="370"/></w:pPr>{}</w:p>"#,
            run(&format!("{}.{item}", at + 1), "")
        )
    };
    items.iter().enumerate().map(entry).collect()
}

fn cell(width: usize, props: &str, content: &str) -> String {
    format!(
        r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{props}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>"#
    )
}

/// How a paragraph is set.
#[derive(Clone, Copy)]
enum Face {
    Plain,
    Bold,
    Small,
}

fn paragraph(text: &str, face: Face, centred: bool) -> String {
    let props = if centred { r#"<w:pPr><w:jc w:val="center"/></w:pPr>"# } else { "" };
    let face = match face {
        Face::Plain => "",
        Face::Bold => "<w:b/>",
        Face::Small => r#"<w:sz w:val="24"/>"#,
    };
    let run = if text.is_empty() { String::new() } else { run(text, face) };
    format!("<w:p>{props}{run}</w:p>")
}

/// Letters of one kind; line ends within the text are breaks of the line.
fn run(text: &str, props: &str) -> String {
    let lines: Vec<String> =
        text.split('\n').map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(line))).collect();
    format!("<w:r><w:rPr>{props}</w:rPr>{}</w:r>", lines.join("<w:br/>"))
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
