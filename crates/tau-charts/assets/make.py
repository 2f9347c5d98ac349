"""Makes the bundled faces. Run by hand, not by the build:

    python3 make.py FONTS

with fontTools and brotli installed, and FONTS a folder that holds NotoSans-Regular.ttf,
NotoSans-Bold.ttf, NotoSansArabic-Regular.ttf, NotoSansHebrew-Regular.ttf,
NotoSansDevanagari-Regular.ttf, NotoSansThai-Regular.ttf (Debian's fonts-noto-core 20201225-1) and
NotoSansCJK-Regular.ttc (Debian's fonts-noto-cjk 1:20220127+repack1-1). The same input gives the
same bytes. Each face is written twice: as it is drawn from (PNG, PDF, measuring), and as .woff2 for
the window and exported files.
"""

import copy
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

# What Noto Sans keeps; the first line is what almost every chart needs and its own .woff2 files.
LATIN = [(0x0, 0x0), (0xD, 0xD), (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B)]
LATIN += [(0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x2002, 0x200A), (0x2010, 0x2027), (0x202F, 0x203A)]
LATIN += [(0x2044, 0x2044), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2212), (0xFFFD, 0xFFFD)]
EUROPEAN = [(0x0, 0x0), (0xD, 0xD), (0x20, 0x7E), (0xA0, 0x3E1), (0x3F0, 0x4FF), (0x1E00, 0x1EFF)]
EUROPEAN += [(0x2000, 0x2064), (0x2066, 0x215F), (0x2184, 0x2184), (0x2189, 0x2189)]
EUROPEAN += [(0x2212, 0x2212), (0x25CC, 0x25CC), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD)]
# Spaces, joins, marks of direction and the dotted circle belong to every script that shapes.
JOINERS = {0x20, 0xA0, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x25CC}
# (face, its file, blocks)
SCRIPTS = [
    ("NotoSansArabic-Regular", [(0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF)]),
    ("NotoSansHebrew-Regular", [(0x591, 0x5F4), (0xFB1D, 0xFB4F)]),
    ("NotoSansDevanagari-Regular", [(0x900, 0x97F), (0xA8E0, 0xA8FF)]),
    ("NotoSansThai-Regular", [(0xE01, 0xE3A), (0xE3F, 0xE5B)]),
]


def spread(ranges):
    return {c for first, last in ranges for c in range(first, last + 1)}


def rows(codec, first, last, lead=0xA0):
    """The characters of rows `first` to `last` of a 94 x 94 set."""
    found = set()
    for row in range(first, last + 1):
        for cell in range(1, 95):
            try:
                found.add(ord(bytes([lead + row, 0xA0 + cell]).decode(codec)))
            except (UnicodeDecodeError, TypeError):
                pass
    return found


def big5_level_1():
    found = set()
    for lead in range(0xA4, 0xC7):
        for trail in list(range(0x40, 0x7F)) + list(range(0xA1, 0xFF)):
            if (lead, trail) > (0xC6, 0x7E):
                continue
            try:
                found.add(ord(bytes([lead, trail]).decode("big5")))
            except (UnicodeDecodeError, TypeError):
                pass
    return found


def east_asian():
    """GB 2312 levels 1 and 2, Big5 level 1, JIS X 0208 levels 1 and 2, the Hangul of KS X 1001,
    kana, bopomofo, punctuation and full-width forms."""
    chars = rows("gb2312", 16, 87) | big5_level_1()
    chars |= rows("euc_jp", 16, 84) | rows("euc_kr", 16, 40)
    chars |= spread([(0x3000, 0x303F), (0x3041, 0x30FF), (0x3105, 0x312F), (0x3131, 0x318E)])
    chars |= spread([(0x20, 0x20), (0x31F0, 0x31FF), (0xFF01, 0xFF9F), (0xFFE0, 0xFFE6)])
    return chars


def cut(font, chars, features):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.recalc_timestamp = False
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "DSIG", "meta", "STAT"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=chars)
    worker.subset(font)
    return font


def with_minus(font):
    """The minus sign, which this version of the font lacks, from the bar of the plus sign."""
    if 0x2212 in font.getBestCmap():
        return font
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs["plus"].draw(pen)
    points = [p for _, args in pen.value for p in args]
    advance, left = font["hmtx"]["plus"]
    ys = sorted({y for _, y in points})
    low, high = ys[len(ys) // 2 - 1], ys[len(ys) // 2]
    right = max(x for x, _ in points)
    outline = TTGlyphPen(None)
    outline.moveTo((left, low))
    for point in [(left, high), (right, high), (right, low)]:
        outline.lineTo(point)
    outline.closePath()
    order = font.getGlyphOrder() + ["minus"]
    font.setGlyphOrder(order)
    font["glyf"].glyphs["minus"] = outline.glyph()
    font["glyf"].glyphOrder = order
    font["hmtx"].metrics["minus"] = (advance, left)
    for table in font["cmap"].tables:
        table.cmap[0x2212] = "minus"
    if "GDEF" in font and font["GDEF"].table.GlyphClassDef:
        font["GDEF"].table.GlyphClassDef.classDefs["minus"] = 1
    return font


def write(font, path, flavor=None):
    font.flavor = flavor
    font.save(path, reorderTables=None)
    print(path.name, path.stat().st_size, len(font.getBestCmap()), "characters")


def ranges(chars):
    chars = sorted(chars)
    out, first = [], chars[0]
    for here, after in zip(chars, chars[1:] + [None]):
        if after != here + 1:
            out.append(f"{first:X}" if first == here else f"{first:X}-{here:X}")
            first = after
    return out


def main(source, target):
    kept = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "clig", "calt", "rlig"]
    shaping = kept + ["init", "medi", "fina", "isol", "akhn", "rphf", "rkrf", "blwf", "half"]
    shaping += ["vatu", "cjct", "pres", "abvs", "blws", "psts", "haln", "nukt", "dist", "abvm", "blwm"]
    for weight in ["Regular", "Bold"]:
        def face():
            return with_minus(TTFont(source / f"NotoSans-{weight}.ttf", recalcTimestamp=False))

        whole = cut(face(), spread(EUROPEAN), kept)
        write(whole, target / f"NotoSans-{weight}.ttf")
        latin = spread(LATIN)
        write(cut(face(), latin, kept), target / f"NotoSans-{weight}.woff2", "woff2")
        rest = set(whole.getBestCmap()) - latin | {0x20, 0x25CC}
        write(cut(face(), rest, kept), target / f"NotoSansMore-{weight}.woff2", "woff2")
    for name, blocks in SCRIPTS:
        font = TTFont(source / f"{name}.ttf", recalcTimestamp=False)
        chars = (spread(blocks) | JOINERS) & set(font.getBestCmap())
        font = cut(font, chars, shaping)
        write(font, target / f"{name}.ttf")
        write(copy.deepcopy(font), target / f"{name}.woff2", "woff2")
    # Number 2 of the collection has the shapes of simplified Chinese.
    font = TTFont(source / "NotoSansCJK-Regular.ttc", fontNumber=2, recalcTimestamp=False)
    font = cut(font, east_asian() & set(font.getBestCmap()), [])
    write(font, target / "NotoSansCJK-Regular.otf")
    write(font, target / "NotoSansCJK-Regular.woff2", "woff2")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
