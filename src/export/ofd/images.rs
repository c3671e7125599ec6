//! The bitmaps of a document, each once: PNG, mixed with white paper where they are not opaque, since readers differ in
//! what they make of opacity.

use super::Ids;
use crate::export::ExportFault;
use crate::export::pixels;
use crate::scene::{Image, Item, Scene};

/// The bitmaps that a scene draws.
#[derive(Default)]
pub(super) struct Images<'a>(Vec<Used<'a>>);

/// A bitmap.
pub(super) struct Used<'a> {
    /// Its id among the document's resources.
    pub(super) id: u32,
    image: &'a Image,
}

impl<'a> Images<'a> {
    /// Gathers every bitmap of the scene.
    pub(super) fn gather(scene: &'a Scene, ids: &mut Ids) -> Self {
        let mut images = Self::default();
        for page in &scene.pages {
            page.walk(|item, _| {
                if let Item::Image(image) = item
                    && images.of(image).is_none()
                {
                    images.0.push(Used { id: ids.next(), image });
                }
            });
        }
        images
    }

    /// The id of a bitmap of the scene.
    pub(super) fn of(&self, image: &Image) -> Option<u32> {
        let same = |known: &&Used<'_>| {
            let (a, b) = (known.image, image);
            (a.width, a.height) == (b.width, b.height) && a.rgba == b.rgba
        };
        self.0.iter().find(same).map(|known| known.id)
    }

    /// Every bitmap.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Used<'a>> {
        self.0.iter()
    }
}

impl Used<'_> {
    /// The file.
    ///
    /// # Errors
    /// A bitmap that is no rectangle.
    pub(super) fn file(&self, color: impl Fn(crate::color::Rgb) -> [u8; 3]) -> Result<Vec<u8>, ExportFault> {
        let mut rgba = Vec::with_capacity(self.image.rgba.len());
        for pixel in self.image.rgba.chunks_exact(4) {
            let opaque =
                [0, 1, 2].map(|at| 255 - ((u32::from(255 - pixel[at]) * u32::from(pixel[3]) + 127) / 255) as u8);
            rgba.extend(color(crate::color::Rgb(opaque[0], opaque[1], opaque[2])));
            rgba.push(255);
        }
        pixels::encode_rgba(self.image.width, self.image.height, &rgba)
    }
}
