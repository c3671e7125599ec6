//! Paths as SVG path data: relative, in as few characters as the grammar allows (SVG 2 § 9.3.9).

use super::{Path, Point, Segment};

/// Appends a whole number.
pub(crate) fn push_int(out: &mut String, value: i64) {
    out.push_str(itoa::Buffer::new().format(value));
}

/// Appends a number given in hundredths, without needless zeros.
pub(crate) fn push_hundredths(out: &mut String, value: i64) {
    let (whole, rest) = (value / 100, value.unsigned_abs() % 100);
    if whole == 0 && value < 0 {
        out.push('-');
    }
    if whole != 0 || rest == 0 {
        push_int(out, whole);
    }
    if rest > 0 {
        out.push('.');
        out.push(char::from(b'0' + (rest / 10) as u8));
        if !rest.is_multiple_of(10) {
            out.push(char::from(b'0' + (rest % 10) as u8));
        }
    }
}

/// A point in hundredths of the unit written.
pub(crate) type Place = (i64, i64);

/// Appends a path in whole micrometres.
pub(crate) fn push_path(out: &mut String, path: &Path) {
    let place = |p: Point| (p.x.to_um() * 100, p.y.to_um() * 100);
    let mut data = PathData::new(out);
    for segment in &path.segments {
        match *segment {
            Segment::Move(p) => data.move_to(place(p)),
            Segment::Line(p) => data.line_to(place(p)),
            Segment::Cubic(a, b, c) => data.cubic_to(place(a), place(b), place(c)),
            Segment::Close => data.close(),
        }
    }
}

/// Path data under way.
pub(crate) struct PathData<'a> {
    out: &'a mut String,
    start: Place,
    pen: Place,
    /// The control point of the last quadratic, while the last command was one.
    control: Option<Place>,
    /// The command in force; a space stands for none.
    command: char,
}

impl<'a> PathData<'a> {
    /// Begins at the end of `out`.
    pub(crate) fn new(out: &'a mut String) -> Self {
        Self { out, start: (0, 0), pen: (0, 0), control: None, command: ' ' }
    }

    /// Begins a subpath.
    pub(crate) fn move_to(&mut self, p: Place) {
        // A command of its own each time: a repeated move would be read as a line.
        self.command = ' ';
        self.put('m', &[p]);
        self.command = 'l';
        self.start = p;
        self.pen = p;
    }

    /// A straight line.
    pub(crate) fn line_to(&mut self, p: Place) {
        if p.1 == self.pen.1 {
            self.put_number('h', p.0 - self.pen.0);
        } else if p.0 == self.pen.0 {
            self.put_number('v', p.1 - self.pen.1);
        } else {
            self.put('l', &[p]);
        }
        self.pen = p;
    }

    /// A curve with one control point; where that mirrors the one before, as TrueType's do between implied points, it is
    /// left out.
    pub(crate) fn quadratic_to(&mut self, control: Place, p: Place) {
        let mirrored = self.control.map(|last| (2 * self.pen.0 - last.0, 2 * self.pen.1 - last.1));
        if mirrored == Some(control) {
            self.put('t', &[p]);
        } else {
            self.put('q', &[control, p]);
        }
        self.pen = p;
        self.control = Some(control);
    }

    /// A curve with two control points.
    pub(crate) fn cubic_to(&mut self, a: Place, b: Place, p: Place) {
        self.put('c', &[a, b, p]);
        self.pen = p;
    }

    /// Ends a subpath where it began.
    pub(crate) fn close(&mut self) {
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
    use crate::geom::Rect;
    use crate::unit::Length;

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
        let path = Path::rect(Rect::new(Length::um(10), Length::um(20), Length::um(110), Length::um(70)));
        let mut out = String::new();
        push_path(&mut out, &path);
        assert_eq!(out, "m10 20h100v50h-100z");
    }

    #[test]
    fn mirrored_control_points_are_left_out() {
        let mut out = String::new();
        let mut data = PathData::new(&mut out);
        data.move_to((0, 0));
        data.quadratic_to((500, 0), (750, 250));
        data.quadratic_to((1000, 500), (1000, 1000));
        data.close();
        data.move_to((100, 0));
        data.quadratic_to((300, 0), (300, 200));
        assert_eq!(out, "m0 0q5 0 7.5 2.5t2.5 7.5zm1 0q2 0 2 2");
    }
}
