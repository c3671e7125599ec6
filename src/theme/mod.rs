//! Looks: colours, strokes, type scale, the levels' marks.
