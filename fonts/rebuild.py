#!/usr/bin/env python3
"""Rebuilds the faces of this folder from the packages they come from, and compares them with SHA256SUMS.

    pip install fonttools==4.68.0 brotli uharfbuzz==0.57.0     # uharfbuzz packs GPOS; without it the bytes differ
    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-serif-sc@0.4.3 \
        @fontsource/noto-sans-symbols-2@5.3.0      # then unpack each into a folder of its name
    apt-get download fonts-lxgw-wenkai              # 1.250, then dpkg-deb -x
    python3 rebuild.py SOURCES OUT

SOURCES is the folder under which all of that was unpacked, in whatever arrangement. Nothing is fetched from here.
"""

import hashlib
import io
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent

# Our file, the file in the package, family, style, what it was called, the characters it is cut to.
FACES = [
    ("sans/hei-regular", "NotoSansSC_400Regular.ttf", "RC Hei", "Regular", "Noto Sans SC Regular", "set-core.txt"),
    ("sans/hei-bold", "NotoSansSC_700Bold.ttf", "RC Hei", "Bold", "Noto Sans SC Bold", "set-core.txt"),
    ("serif/song-regular", "NotoSerifSC_400Regular.ttf", "RC Song", "Regular", "Noto Serif SC Regular", "set-core.txt"),
    ("serif/song-bold", "NotoSerifSC_700Bold.ttf", "RC Song", "Bold", "Noto Serif SC Bold", "set-core.txt"),
    ("serif/kai-regular", "LXGWWenKai-Regular.ttf", "RC Kai", "Regular", "LXGW WenKai", "set-core.txt"),
    ("sans/symbols", "noto-sans-symbols-2-symbols-400-normal.woff2", "RC Symbols", "Regular",
     "Noto Sans Symbols 2 Regular", "set-symbols.txt"),
]
FEATURES = ["kern", "mark", "ccmp", "locl", "liga", "halt", "chws"]
DROPPED = ["DSIG", "VORG", "vhea", "vmtx", "BASE", "gasp", "STAT"]
KEPT_NAMES = [0, 5, 13, 14]


def characters(file):
    return [int(word[2:], 16) for word in (HERE / file).read_text().split()]


def cut(font, unicodes):
    options = subset.Options()
    options.hinting = False
    options.layout_features = FEATURES
    options.notdef_outline = True
    options.drop_tables += DROPPED
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)


def rename(font, family, style, was):
    names = font["name"]
    kept = {i: names.getDebugName(i) for i in KEPT_NAMES if names.getDebugName(i)}
    names.names = []
    postscript = f"{family.replace(' ', '')}-{style}"
    kept.update({1: family, 2: style, 3: f"{postscript};riskchart;{was}", 4: f"{family} {style}", 6: postscript})
    for name_id, text in sorted(kept.items()):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].fsType = 0


def build(source, family, style, was, characters_file):
    font = TTFont(source, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = None
    cut(font, characters(characters_file))
    rename(font, family, style, was)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main(sources, out):
    sums = dict(line.split()[::-1] for line in (HERE / "SHA256SUMS").read_text().splitlines())
    for name, file, family, style, was, characters_file in FACES:
        source = next(pathlib.Path(sources).rglob(file))
        data = build(source, family, style, was, characters_file)
        made = pathlib.Path(out) / f"{name}.ttf"
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(data)
        same = hashlib.sha256(data).hexdigest() == sums[f"{name}.ttf"]
        print(f"{name}.ttf {len(data)} bytes, {'the same' if same else 'DIFFERENT'}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
