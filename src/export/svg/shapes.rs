//! Paths, arrows, bitmaps and links, and the class that groups of a role carry.

use base64::Engine;

use crate::export::xml::{attribute, element};
use crate::export::{ExportFault, pixels, uri};
use crate::geom::{Rect, push_path};
use crate::scene::{Arrow, ArrowKind, FillRule, Image, Link, Role, Shape, Target};

/// A path as it is drawn.
pub(super) fn shape(out: &mut String, shape: &Shape) {
    out.push_str("<path");
    attribute(out, "fill", &shape.fill.map_or_else(|| "none".to_owned(), |color| color.to_hex()));
    if shape.rule == FillRule::EvenOdd {
        attribute(out, "fill-rule", "evenodd");
    }
    if let Some(stroke) = shape.stroke {
        attribute(out, "stroke", &stroke.color.to_hex());
        attribute(out, "stroke-width", &stroke.width.to_um().to_string());
        if let Some((dash, gap)) = stroke.dash {
            attribute(out, "stroke-dasharray", &format!("{} {}", dash.to_um(), gap.to_um()));
        }
    }
    out.push_str(" d=\"");
    push_path(out, &shape.path);
    out.push_str("\"/>\n");
}

/// An arrow: what it leads from and to is read out and shown under the pointer.
pub(super) fn arrow(out: &mut String, arrow: &Arrow) {
    let class = match (arrow.kind, arrow.returns) {
        (ArrowKind::Flow, false) => "arrow flow",
        (ArrowKind::Flow, true) => "arrow flow return",
        (ArrowKind::Belonging, _) => "arrow",
    };
    out.push_str("<g");
    attribute(out, "class", class);
    out.push('>');
    element(out, "title", &arrow.words());
    out.push('\n');
    arrow.shapes.iter().for_each(|part| shape(out, part));
    out.push_str("</g>\n");
}

/// A bitmap within the file.
pub(super) fn image(out: &mut String, image: &Image) -> Result<(), ExportFault> {
    let bytes = pixels::encode_rgba(image.width, image.height, &image.rgba)?;
    out.push_str("<image preserveAspectRatio=\"none\"");
    place(out, &image.rect);
    out.push_str(" xlink:href=\"data:image/png;base64,");
    base64::engine::general_purpose::STANDARD.encode_string(bytes, out);
    out.push_str("\">");
    element(out, "title", &image.alt);
    out.push_str("</image>\n");
    Ok(())
}

/// A place to press, where what it leads to may be opened from a picture.
pub(super) fn link(out: &mut String, link: &Link) {
    // Another page is another file, of a name not known here.
    let Target::Uri(uri) = &link.target else { return };
    let Some(uri) = uri::safe(uri).filter(|uri| !uri::leads_to_page(uri)) else { return };
    out.push_str("<a");
    attribute(out, "href", &uri);
    out.push_str("><rect fill-opacity=\"0\"");
    place(out, &link.rect);
    out.push_str("/></a>\n");
}

fn place(out: &mut String, rect: &Rect) {
    let sides = [("x", rect.left), ("y", rect.top), ("width", rect.width()), ("height", rect.height())];
    for (name, length) in sides {
        attribute(out, name, &length.to_um().to_string());
    }
}

/// The class that groups of a role carry; `None` where they only gather others.
pub(super) fn class(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::Title => "title",
        Role::Unit => "unit",
        Role::Subtitle => "subtitle",
        Role::HeaderField => "header-field",
        Role::ColumnHead => "column-head",
        Role::Row => "row",
        Role::Stage => "stage",
        Role::StageDetail => "stage-detail",
        Role::Phase => "phase",
        Role::Risk => "risk",
        Role::RiskHeading => "risk-heading",
        Role::List => "list",
        Role::ListItem => "list-item",
        Role::Label => "label",
        Role::ListBody => "list-body",
        Role::Level => "level",
        Role::Measure => "measure",
        Role::MeasureHeading => "measure-heading",
        Role::Responsible => "responsible",
        Role::Basis => "basis",
        Role::BranchLabel => "branch-label",
        Role::Legend => "legend",
        Role::Note => "note",
        Role::Footer => "footer",
        Role::Phone => "phone",
        Role::Qr => "qr",
        Role::Logo => "logo",
        Role::Folio => "folio",
        Role::Decoration => "decoration",
        Role::Table
        | Role::HeadRow
        | Role::Cell { .. }
        | Role::Notes
        | Role::Contents
        | Role::ContentsEntry
        | Role::Repeated => return None,
    })
}
