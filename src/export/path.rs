//! Paths as SVG path data: relative, in as few characters as the grammar allows (SVG 2 § 9.3.9).

use crate::geom::{Path, Point, Segment};

/// Appends a whole number.
pub(super) fn push_int(out: &mut String, value: i64) {
    push_hundredths(out, value * 100);
}

/// Appends a number given in hundredths, without needless zeros.
pub(super) fn push_hundredths(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let magnitude = value.unsigned_abs();
    let (whole, rest) = (magnitude / 100, magnitude % 100);
    if whole > 0 || rest == 0 {
        push_digits(out, whole);
    }
    if rest > 0 {
        out.push('.');
        out.push(char::from(b'0' + (rest / 10) as u8));
        if !rest.is_multiple_of(10) {
            out.push(char::from(b'0' + (rest % 10) as u8));
        }
    }
}

fn push_digits(out: &mut String, mut value: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|&digit| char::from(digit)));
}

/// A corner of the path in hundredths of the unit written.
type Place = (i64, i64);

/// Writes a path in whole micrometres.
pub(super) fn push_path(out: &mut String, path: &Path) {
    let place = |p: Point| (p.x.to_um() * 100, p.y.to_um() * 100);
    let mut data = Data::new(out);
    for segment in &path.segments {
        match *segment {
            Segment::Move(p) => data.move_to(place(p)),
            Segment::Line(p) => data.line_to(place(p)),
            Segment::Cubic(a, b, c) => data.cubic_to(place(a), place(b), place(c)),
            Segment::Close => data.close(),
        }
    }
}

/// How many micrometres [`push_outline`] wants a font unit to be: the least number by which the thirds of a raised
/// quadratic and the halves of TrueType's implied points both come out whole.
pub(super) const OUTLINE_SCALE: i64 = 6;

/// Writes a glyph's outline in font units, given at [`OUTLINE_SCALE`] micrometres a unit.
///
/// Quadratic curves, which the scene holds as cubics, are found again: they need half the numbers, and a third where
/// their control point mirrors the one before, as TrueType's do between implied points.
pub(super) fn push_outline(out: &mut String, path: &Path) {
    let place = |p: Point| (hundredths(p.x.to_um()), hundredths(p.y.to_um()));
    let mut data = Data::new(out);
    let mut pen = Point::default();
    for segment in &path.segments {
        match *segment {
            Segment::Move(p) => data.move_to(place(p)),
            Segment::Line(p) => data.line_to(place(p)),
            Segment::Cubic(a, b, c) => match quadratic(pen, a, b, c) {
                Some(control) => data.quadratic_to(place(control), place(c)),
                None => data.cubic_to(place(a), place(b), place(c)),
            },
            Segment::Close => data.close(),
        }
        if let Segment::Move(p) | Segment::Line(p) | Segment::Cubic(_, _, p) = *segment {
            pen = p;
        }
    }
}

fn hundredths(scaled: i64) -> i64 {
    (scaled * 200 + OUTLINE_SCALE).div_euclid(OUTLINE_SCALE * 2)
}

/// The control point of the quadratic that the cubic is, if it is one.
fn quadratic(from: Point, a: Point, b: Point, to: Point) -> Option<Point> {
    let near = |from: i64, a: i64, b: i64, to: i64| {
        let (first, second) = (3 * a - from, 3 * b - to);
        // Each control point may be half a micrometre off.
        ((first - second).abs() <= 3).then_some((first + second) / 4)
    };
    let x = near(from.x.to_um(), a.x.to_um(), b.x.to_um(), to.x.to_um())?;
    let y = near(from.y.to_um(), a.y.to_um(), b.y.to_um(), to.y.to_um())?;
    Some(Point::new(crate::unit::Length::um(x), crate::unit::Length::um(y)))
}

/// Path data under way.
struct Data<'a> {
    out: &'a mut String,
    start: Place,
    pen: Place,
    /// The control point of the last quadratic, while the last command was one.
    control: Option<Place>,
    /// The command in force; a space stands for none.
    command: char,
}

impl<'a> Data<'a> {
    fn new(out: &'a mut String) -> Self {
        Self { out, start: (0, 0), pen: (0, 0), control: None, command: ' ' }
    }

    fn move_to(&mut self, p: Place) {
        // A command of its own each time: a repeated move would be read as a line.
        self.command = ' ';
        self.put('m', &[p]);
        self.command = 'l';
        self.start = p;
        self.pen = p;
    }

    fn line_to(&mut self, p: Place) {
        if p.1 == self.pen.1 {
            self.put_number('h', p.0 - self.pen.0);
        } else if p.0 == self.pen.0 {
            self.put_number('v', p.1 - self.pen.1);
        } else {
            self.put('l', &[p]);
        }
        self.pen = p;
    }

    fn quadratic_to(&mut self, control: Place, p: Place) {
        let mirrored = self.control.map(|last| (2 * self.pen.0 - last.0, 2 * self.pen.1 - last.1));
        if mirrored == Some(control) {
            self.put('t', &[p]);
        } else {
            self.put('q', &[control, p]);
        }
        self.pen = p;
        self.control = Some(control);
    }

    fn cubic_to(&mut self, a: Place, b: Place, p: Place) {
        self.put('c', &[a, b, p]);
        self.pen = p;
    }

    fn close(&mut self) {
        self.out.push('z');
        self.command = ' ';
        self.control = None;
        self.pen = self.start;
    }

    fn put(&mut self, command: char, places: &[Place]) {
        let mut bare = self.begin(command);
        for place in places {
            for number in [place.0 - self.pen.0, place.1 - self.pen.1] {
                self.number(number, bare);
                bare = false;
            }
        }
    }

    fn put_number(&mut self, command: char, number: i64) {
        let bare = self.begin(command);
        self.number(number, bare);
    }

    /// Writes the command where it changes; whether the next number stands right after a letter.
    fn begin(&mut self, command: char) -> bool {
        self.control = None;
        let new = self.command != command;
        if new {
            self.out.push(command);
            self.command = command;
        }
        new
    }

    fn number(&mut self, number: i64, bare: bool) {
        if !bare && number >= 0 {
            self.out.push(' ');
        }
        push_hundredths(self.out, number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Length;

    fn at(x: i64, y: i64) -> Point {
        Point::new(Length::um(x), Length::um(y))
    }

    #[test]
    fn numbers_are_short() {
        let mut out = String::new();
        for value in [0, 5, 50, -50, 100, 1234, -7, 1000] {
            push_hundredths(&mut out, value);
            out.push(' ');
        }
        assert_eq!(out, "0 .05 .5 -.5 1 12.34 -.07 10 ");
    }

    #[test]
    fn shapes_are_relative() {
        let path = Path::rect(crate::geom::Rect::new(Length::um(10), Length::um(20), Length::um(110), Length::um(70)));
        let mut out = String::new();
        push_path(&mut out, &path);
        assert_eq!(out, "m10 20h100v50h-100z");
    }

    #[test]
    fn raised_quadratics_are_found_again() {
        // Two quadratics with an implied point between: (0,0) (5,0) (7.5,2.5) (10,5) (10,10) in font units.
        let raise = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| {
            let third = |a: f64, b: f64| ((a + 2.0 * b) / 3.0 * 6.0).round() as i64;
            Segment::Cubic(
                at(third(p.0, q.0), third(p.1, q.1)),
                at(third(r.0, q.0), third(r.1, q.1)),
                at((r.0 * 6.0) as i64, (r.1 * 6.0) as i64),
            )
        };
        let path = Path {
            segments: vec![
                Segment::Move(at(0, 0)),
                raise((0.0, 0.0), (5.0, 0.0), (7.5, 2.5)),
                raise((7.5, 2.5), (10.0, 5.0), (10.0, 10.0)),
                Segment::Close,
            ],
        };
        let mut out = String::new();
        push_outline(&mut out, &path);
        assert_eq!(out, "m0 0q5 0 7.5 2.5t2.5 7.5z");
    }
}
