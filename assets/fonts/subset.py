#!/usr/bin/env python3
"""Cut the kiosk's fonts out of the full Noto families.

    pip install -r assets/fonts/requirements.txt
    python3 assets/fonts/subset.py FOLDER...

FOLDER: where the full static fonts lie, e.g. /usr/share/fonts/truetype/noto and
/usr/share/fonts/opentype/noto with Debian 12's fonts-noto-core and
fonts-noto-extra (20201225-1) and fonts-noto-cjk (20220127) installed.
Besides what is listed here every character of assets/locales, of the products'
and looks' names and of the cards is kept; run it again when a test says that one is missing.
Same input files, same fonttools: same bytes.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parent
FACES = ["NotoSans-Regular", "NotoSans-SemiBold", "NotoSerifDisplay-Light", "NotoSerifDisplay-Regular"]
TEXT = (
    [*range(0x20, 0x7F), *range(0xA0, 0x180)]           # Basic Latin, Latin-1, Latin Extended-A
    + [0x218, 0x219, 0x21A, 0x21B, 0x1E9E]              # Romanian, capital sharp s
    + [0x2C6, 0x2C7, 0x2D8, 0x2D9, 0x2DA, 0x2DB, 0x2DC, 0x2DD]
    + [*range(0x2010, 0x2028), *range(0x202F, 0x205F)]  # general punctuation, per mille
    + [*range(0x20A0, 0x20C0)]                          # currency
    + [0x394, 0x3BC, 0x3A9, 0x3C0]                      # Delta, mu, Omega, pi
    + [*range(0x2070, 0x208F), 0x2116, 0x2117, 0x2122, 0x2126]
    + [0xFB01, 0xFB02]
)
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "case"]
# What the text faces lack; the kiosk falls back to these.
EXTRA = {
    "NotoSansMath-Regular": [0x20, *range(0x2190, 0x219A), 0x21BA, 0x21BB, 0x2206, 0x2212, 0x2213, 0x221E,
                             0x2248, 0x2260, 0x2264, 0x2265, 0x25CB, 0x25CF, 0x27E6, 0x27E7],
    "NotoSansSymbols2-Regular": [0x20, 0x2713, 0x2714, 0x2717, 0x2718, 0x25B6, 0x23F8, 0x26A0],
    # Arabic, Persian, Urdu.
    "NotoSansArabic-Regular": [0x20, *range(0x600, 0x700), *range(0x200C, 0x2010), 0x25CC, 0xFDFC],
    # The 3755 commonest simplified characters (GB 2312, level 1) and their punctuation.
    "NotoSansCJKsc-Regular": [0x20, *range(0x3000, 0x3020), *range(0xFF01, 0xFF5F), 0xFFE5]
    + [ord(bytes((row, column)).decode("gb2312"))
       for row in range(0xB0, 0xD8) for column in range(0xA1, 0xFF) if (row, column) < (0xD7, 0xFA)],
}
# Letters that join need these too; ideographs need none.
SPECIAL_FEATURES = {
    "NotoSansArabic-Regular": [*FEATURES, "init", "medi", "fina", "isol", "rlig", "calt", "curs"],
    "NotoSansCJKsc-Regular": [],
}
# Where a face lies in a collection.
COLLECTED = {"NotoSansCJKsc-Regular": ("NotoSansCJK-Regular.ttc", 2)}


def written():
    """Every character of the interface's own texts."""
    texts = [*ASSETS.glob("locales/*/*.ftl"), *ASSETS.glob("products/*.toml"), *ASSETS.glob("looks/*.toml"),
             ASSETS / "catalogue.toml", ASSETS / "kiosk.toml"]
    return {ord(c) for text in texts for c in text.read_text(encoding="utf-8") if c >= " "}


def wanted_of(face, listed, written):
    """Each script's characters go to its own font; all others to the text faces and what stands in for them."""
    arabic = {c for c in written if 0x600 <= c < 0x780 or 0xFB50 <= c < 0xFE00 or 0xFE70 <= c < 0xFEFF}
    ideographs = {c for c in written if 0x2E80 <= c < 0xA000 or 0xF900 <= c < 0xFB00 or 0xFF00 <= c < 0xFFF0}
    signs = {c for c in written - ideographs if 0x2190 <= c < 0x2E80}
    own = {"NotoSansArabic-Regular": arabic, "NotoSansCJKsc-Regular": ideographs, "NotoSansMath-Regular": signs,
           "NotoSansSymbols2-Regular": signs}
    return {*listed, *own.get(face, written - arabic - ideographs - signs)}


def main():
    folders = [Path(a) for a in sys.argv[1:]] or [Path("/usr/share/fonts/truetype/noto")]
    texts = written()
    for face, listed in [(f, TEXT) for f in FACES] + list(EXTRA.items()):
        name, number = COLLECTED.get(face, (f"{face}.ttf", -1))
        src = next((d / name for d in folders if (d / name).exists()), None)
        if src is None:
            raise SystemExit(f"{name} is in none of the given folders")
        o = subset.Options()
        o.layout_features = SPECIAL_FEATURES.get(face, FEATURES)
        o.hinting = False
        o.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 16, 17]
        o.notdef_outline = True
        o.recalc_timestamp = False
        o.drop_tables += ["DSIG", "FFTM"]
        font = TTFont(src, recalcTimestamp=False, fontNumber=number)
        s = subset.Subsetter(o)
        s.populate(unicodes=sorted(wanted_of(face, listed, texts)))
        s.subset(font)
        out = HERE / f"{face}.{'otf' if face in COLLECTED else 'ttf'}"
        font.save(out)
        print(out.name, out.stat().st_size, "bytes,", len(font.getGlyphOrder()), "glyphs")


if __name__ == "__main__":
    main()
