use base64::Engine;

use super::*;
use crate::geom::Size;

fn of(inner: &str) -> Result<Logo, Fault> {
    read(format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'>{inner}</svg>").as_bytes())
}

fn shapes(inner: &str) -> Vec<Shape> {
    match of(inner).expect("a logo").drawn {
        Drawn::Shapes(shapes) => shapes,
        Drawn::Bitmap { .. } => panic!("drawn as a bitmap"),
    }
}

fn bounds(shape: &Shape) -> [i64; 4] {
    let bounds = shape.path.bounds().expect("a path");
    [bounds.left, bounds.top, bounds.right, bounds.bottom].map(|side| side.to_um() / 1000)
}

#[test]
fn plain_shapes_stay_vector_in_their_place_and_order() {
    let drawn = shapes(
        "<g transform='translate(10 20) scale(2)'><rect width='5' height='10' fill='#123456'/></g>\
         <path d='M0 0h40v40h-40zM10 10h20v20h-20z' fill-rule='evenodd' fill='red'/>\
         <line x1='100' y1='50' x2='150' y2='50' stroke='blue' stroke-width='10' stroke-linecap='square'/>",
    );
    assert_eq!(drawn.len(), 3);
    assert_eq!((bounds(&drawn[0]), drawn[0].fill), ([100, 200, 200, 400], Some(Rgb::hex(0x12_34_56))));
    assert_eq!((bounds(&drawn[1]), drawn[1].rule), ([0, 0, 400, 400], FillRule::EvenOdd));
    assert_eq!((bounds(&drawn[2]), drawn[2].fill), ([950, 450, 1550, 550], Some(Rgb::hex(0x00_00_ff))));
    assert!(drawn.iter().all(|shape| shape.stroke.is_none()), "lines become what they cover");
}

#[test]
fn a_place_is_filled_in_proportion() {
    let logo = of("<rect width='200' height='100'/>").expect("a logo");
    assert_eq!(logo.width_at(Length::mm(10)), Length::mm(20));
    let room = Rect::at(Length::mm(5), Length::mm(5), Size::new(Length::mm(30), Length::mm(30)));
    let place = logo.fit(room);
    assert_eq!((place.width(), place.height(), place.mid_y()), (Length::mm(30), Length::mm(15), room.mid_y()));
    let Item::Clip(clip) = logo.place(place, "") else { panic!("shapes") };
    let Item::Path(shape) = &clip.items[0] else { panic!("a path") };
    assert_eq!(shape.path.bounds(), Some(place));
}

#[test]
fn what_a_scene_cannot_hold_is_drawn() {
    let gradient = "<linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='lime'/>\
                    </linearGradient><rect width='200' height='100' fill='url(#g)'/>";
    for inner in [
        gradient,
        "<rect width='200' height='100' fill='red' opacity='.5'/>",
        "<clipPath id='c'><circle cx='50' cy='50' r='50'/></clipPath><rect clip-path='url(#c)' width='99' height='99'/>",
    ] {
        let Drawn::Bitmap { width, height, rgba } = of(inner).expect("a logo").drawn else { panic!("{inner}") };
        assert_eq!((width, height), (RASTER_SIDE, RASTER_SIDE / 2));
        assert!(rgba.chunks_exact(4).any(|pixel| pixel[3] > 0), "{inner}");
    }
}

#[test]
fn bitmaps_are_read_with_their_opacity() {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, 2, 1);
    encoder.set_color(::png::ColorType::Indexed);
    encoder.set_palette(vec![255, 0, 0, 0, 0, 255]);
    encoder.set_trns(vec![255, 128]);
    encoder.write_header().expect("a head").write_image_data(&[0, 1]).expect("pixels");
    let Drawn::Bitmap { width: 2, height: 1, rgba } = read(&bytes).expect("a logo").drawn else { panic!() };
    assert_eq!(*rgba, [255, 0, 0, 255, 0, 0, 255, 128]);
    assert!(matches!(read(&bytes[..40]), Err(Fault::Damaged(_))));
}

/// A PNG file, not yet written.
fn encoded(color: ::png::ColorType, depth: ::png::BitDepth, side: u32, pixels: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.write_header().expect("a head").write_image_data(pixels).expect("pixels");
    bytes
}

/// The same file with other contents of a chunk, its checksum made right.
fn with_chunk(png: &[u8], at: usize, change: impl Fn(&mut [u8])) -> Vec<u8> {
    let mut bytes = png.to_vec();
    let size = u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four")) as usize;
    change(&mut bytes[at + 8..at + 8 + size]);
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[at + 4..at + 8 + size]);
    bytes[at + 8 + size..at + 12 + size].copy_from_slice(&sum.sum().to_be_bytes());
    bytes
}

fn rgba(bytes: &[u8]) -> Vec<u8> {
    match read(bytes).expect("a logo").drawn {
        Drawn::Bitmap { rgba, .. } => rgba.to_vec(),
        Drawn::Shapes(_) => panic!("shapes"),
    }
}

#[test]
fn bitmaps_of_every_kind_are_read() {
    use ::png::{BitDepth, ColorType};
    let deep = encoded(ColorType::Rgb, BitDepth::Sixteen, 1, &[0xff, 0x12, 0x80, 0, 0, 0xff]);
    assert_eq!(rgba(&deep), [255, 128, 0, 255]);
    let bits = encoded(ColorType::Grayscale, BitDepth::One, 2, &[0b0100_0000, 0b1000_0000]);
    assert_eq!(rgba(&bits), [[0, 0, 0, 255], [255; 4], [255; 4], [0, 0, 0, 255]].concat());
    let grey = encoded(ColorType::GrayscaleAlpha, BitDepth::Eight, 1, &[7, 99]);
    assert_eq!(rgba(&grey), [7, 7, 7, 99]);
    // A single pixel is the first pass of Adam7 and all of it.
    let interlaced = with_chunk(&grey, 8, |head| head[12] = 1);
    assert_eq!(rgba(&interlaced), [7, 7, 7, 99]);
}

#[test]
fn bitmaps_that_claim_too_much_are_refused_before_they_are_unpacked() {
    let small = encoded(::png::ColorType::Rgba, ::png::BitDepth::Sixteen, 1, &[0; 8]);
    for (width, height) in [(2001_u32, 2000_u32), (0x7fff_ffff, 0x7fff_ffff), (0x7fff_ffff, 1)] {
        let huge = with_chunk(&small, 8, |head| {
            head[..4].copy_from_slice(&width.to_be_bytes());
            head[4..8].copy_from_slice(&height.to_be_bytes());
        });
        let fault = read(&huge).err();
        assert!(matches!(fault, Some(Fault::TooManyPixels | Fault::Damaged(_))), "{width} × {height}: {fault:?}");
    }
    assert!(matches!(read(&with_chunk(&small, 8, |head| head[..8].fill(0))), Err(Fault::Damaged(_))));
}

#[test]
fn bitmaps_within_a_picture_are_drawn_in_its_place() {
    let red = encoded(::png::ColorType::Rgb, ::png::BitDepth::Eight, 1, &[255, 0, 0]);
    let href =
        |bytes: &[u8]| format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes));
    let image = |href: String| format!("<image x='100' width='100' height='100' href='{href}'/>");
    let Drawn::Bitmap { width, rgba, .. } = of(&image(href(&red))).expect("a logo").drawn else { panic!("shapes") };
    let pixel = |x: u32| &rgba[(width * 300 + x) as usize * 4..][..4];
    assert_eq!((pixel(300), pixel(900)), (&[0, 0, 0, 0][..], &[255, 0, 0, 255][..]));
    assert!(matches!(of(&image(href(&red[..40]))), Err(Fault::Damaged(_))), "no blank in its stead");
    let many = image(href(&red)).repeat(17);
    assert_eq!(of(&many).err(), Some(Fault::TooComplex));
    let copies = format!("<g id='a'>{}</g>{}", image(href(&red)), "<use href='#a'/>".repeat(16));
    assert_eq!(of(&copies).err(), Some(Fault::TooComplex));
}

#[test]
fn hostile_and_useless_files_are_refused() {
    let rect = "<rect width='9' height='9'/>";
    let cases = [
        ("<script>alert(1)</script>", Fault::Script),
        ("<rect onload='x()' width='9' height='9'/>", Fault::Script),
        ("<foreignObject/>", Fault::Script),
        ("<text>字</text>", Fault::Text),
        ("<image href='/etc/passwd' width='9' height='9'/>", Fault::Outer),
        ("<image href='data:image/jpeg;base64,AA' width='9' height='9'/>", Fault::Bitmap),
        ("<image href='data:image/svg+xml;base64,AA' width='9' height='9'/>", Fault::Bitmap),
        ("<feImage href='data:image/png;base64,AA'/>", Fault::Bitmap),
        ("<use href='http://x/y.svg#a'/>", Fault::Outer),
        ("<rect fill='url(http://x/#a)' width='9' height='9'/>", Fault::Outer),
        ("<style>@import 'x.css';</style>", Fault::Outer),
        ("", Fault::Shapeless),
    ];
    for (inner, fault) in cases {
        assert_eq!(of(&format!("{inner}{}", if inner.is_empty() { "" } else { rect })).err(), Some(fault), "{inner}");
    }
    let entity = "<!DOCTYPE svg [<!ENTITY a 'x'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>";
    assert_eq!(read(entity.as_bytes()).err(), Some(Fault::Entities));
    let doctype = "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/x.dtd'>\
                   <svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    assert!(read(doctype.as_bytes()).is_ok());
    for unknown in
        [&b""[..], b"\xff\xd8\xff\xe0 JFIF", b"\x1f\x8b\x08", b"<html><body/></html>", b"hello", b"\xff\xfe<\0"]
    {
        assert_eq!(read(unknown).err(), Some(Fault::Unknown), "{unknown:?}");
    }
    assert_eq!(read(&vec![b' '; MOST_BYTES + 1]).err(), Some(Fault::TooLarge));
}

#[test]
fn bombs_do_not_go_off() {
    let deep = format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000));
    assert_eq!(of(&deep).err(), Some(Fault::TooComplex));
    let doubled = |element: &dyn Fn(usize) -> String| -> String { (1..40).map(element).collect() };
    let leaf = "<g id='n0'><rect width='9' height='9'/></g>";
    let uses = doubled(&|n| format!("<g id='n{n}'><use href='#n{0}'/><use href='#n{0}'/></g>", n - 1));
    assert_eq!(of(&format!("{leaf}{uses}")).err(), Some(Fault::TooComplex));
    let nested = |n: usize, how: &str| {
        let rects = format!("<rect width='9' height='9' {how}/>").repeat(2);
        format!("<pattern id='n{n}' width='9' height='9' patternUnits='userSpaceOnUse'>{rects}</pattern>")
    };
    let patterns = doubled(&|n| nested(n, &format!("fill='url(#n{})'", n - 1)));
    assert_eq!(of(&format!("{leaf}{patterns}")).err(), Some(Fault::TooComplex));
    let rules: String = (1..40).map(|n| format!(".c{n}{{fill:url(#n{})}}", n - 1)).collect();
    let styled = doubled(&|n| nested(n, &format!("class='c{n}'")));
    assert_eq!(of(&format!("{leaf}<style>{rules}</style>{styled}")).err(), Some(Fault::TooComplex));
    let itself = "<g id='a'><use href='#a'/></g><rect width='9' height='9'/>";
    assert!(of(itself).is_ok(), "one that leads back to itself ends");
}

#[test]
fn what_costs_too_much_is_refused_before_it_is_drawn() {
    let rect = "<rect width='200' height='100' filter='url(#f)'/>";
    let filter = |inner: &str| format!("<filter id='f'>{inner}</filter>{rect}");
    let light = "<feDiffuseLighting><fePointLight x='1' y='1' z='1'/></feDiffuseLighting>";
    let masks: String = (0..60)
        .map(|n| format!("<mask id='m{n}'><rect width='99' height='99' fill='white' mask='url(#m{})'/></mask>", n + 1))
        .collect();
    let costly = [
        filter("<feTurbulence baseFrequency='0.9' numOctaves='1000000000'/>"),
        filter("<feMorphology operator='dilate' radius='30'/>"),
        filter(&format!("<feConvolveMatrix order='100' kernelMatrix='{}'/>", "1 ".repeat(10_000))),
        filter(&light.repeat(2000)),
        format!("<filter id='f'><feGaussianBlur stdDeviation='10'/></filter>{}", rect.repeat(300)),
        "<g opacity='.5'><rect width='200' height='100'/></g>".repeat(9000),
        format!("<style>{}</style>{}", "rect{fill:red}".repeat(40_000), "<rect width='9' height='9'/>".repeat(9000)),
        format!("<rect {} width='9' height='9'/>", (0..50_000).map(|n| format!("a{n}='1' ")).collect::<String>()),
        format!("<defs>{masks}</defs><rect width='99' height='99' mask='url(#m0)'/>"),
        "<path d='M0 0h200' stroke='red' stroke-width='9' stroke-dasharray='.0001'/>".to_owned(),
        format!(
            "<marker id='k'>{}</marker><path d='M0 0{}' marker-mid='url(#k)' stroke='red'/>",
            "<rect width='1' height='1'/>".repeat(100),
            "l1 1".repeat(1000)
        ),
    ];
    for inner in costly {
        assert_eq!(of(&inner).err(), Some(Fault::TooComplex), "{}", &inner[..inner.len().min(80)]);
    }
    let shadow = filter("<feGaussianBlur stdDeviation='2'/><feOffset dx='1'/><feMerge><feMergeNode/></feMerge>");
    let faded = "<g opacity='.5'><g opacity='.5'><rect width='200' height='100'/></g></g>".repeat(8);
    let dashed = "<path d='M0 0h200' stroke='red' stroke-dasharray='4 2'/>".to_owned();
    for inner in [shadow, faded, dashed] {
        assert!(of(&inner).is_ok(), "{inner}");
    }
}
