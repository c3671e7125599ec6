//! Type: which face, how large beside the body, in which colour.

use crate::font::{FaceId, FontBook};
use crate::model::FontNames;
use crate::theme::Theme;
use crate::unit::Em;

/// From one baseline to the next, in thousandths of the type size. Chinese of 公文 is set at 1.3 to 1.5.
pub(crate) const LEADING: i32 = 1280;

/// Where the baseline stands below the top of the em box, in thousandths of the type size: the em box of Han faces
/// reaches 0.88 above the baseline and 0.12 below.
pub(crate) const EM_TOP: i32 = 880;

/// The faces and colours a chart is set in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Styles<'a> {
    /// The look.
    pub(crate) theme: &'a Theme,
    /// Every face there is.
    pub(crate) fonts: &'a FontBook,
    /// The chart's title.
    pub(crate) title: FaceId,
    /// The agency.
    pub(crate) unit: FaceId,
    /// Column heads and stage names.
    pub(crate) head: FaceId,
    /// Body text.
    pub(crate) body: FaceId,
    /// Names of people, levels, headings in boxes.
    pub(super) strong: FaceId,
}

impl<'a> Styles<'a> {
    /// The theme's faces, with the chart's own in their place where it names some.
    ///
    /// # Errors
    /// The first family named by the chart that no face has.
    pub(crate) fn resolve<'n>(
        theme: &'a Theme,
        fonts: &'a FontBook,
        names: &'n FontNames,
    ) -> Result<Self, &'n crate::source::Text> {
        let embedded = |family: &str, bold: bool| fonts.find(family, bold).unwrap_or(FaceId(0));
        let choose = |named: &'n Option<crate::source::Text>, family: &str, bold: bool| match named {
            Some(name) => fonts.find(&name.value, bold).ok_or(name),
            None => Ok(embedded(family, bold)),
        };
        let faces = &theme.faces;
        Ok(Self {
            theme,
            fonts,
            title: choose(&names.title, faces.title.0, faces.title.1)?,
            unit: choose(&names.head, faces.unit.0, faces.unit.1)?,
            head: choose(&names.head, faces.head.0, faces.head.1)?,
            body: choose(&names.body, faces.body, false)?,
            strong: choose(&names.body, faces.body, true)?,
        })
    }
}

/// A type size in percent of the body size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TypeSize(pub(crate) i32);

impl TypeSize {
    /// A width in ems of the body as ems of this type.
    pub(crate) fn measure(self, body_ems: Em) -> Em {
        let own = (i64::from(body_ems.raw()) * 100).div_euclid(i64::from(self.0));
        Em::from_raw(i32::try_from(own).unwrap_or(i32::MAX))
    }

    /// A width in ems of this type as ems of the body, rounded up so that what fits there fits here.
    pub(super) fn in_body(self, own_ems: Em) -> Em {
        let scaled = i64::from(own_ems.raw()) * i64::from(self.0);
        Em::from_raw(i32::try_from((scaled + 99).div_euclid(100)).unwrap_or(i32::MAX))
    }
}
