"""Make the fonts of documents and images: one TTF file per weight and style.

typst, matplotlib and office software read no variable WOFF2. Each file here is an instance of the
shipped one at a fixed weight, the Latin subset merged with the extended one where both exist.
Nothing depends on the day it is made: running it again gives the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib import instancer


@dataclass(frozen=True, slots=True)
class StaticFont:
    """A weight of some variable fonts, whose subsets are merged in this order."""

    sources: tuple[str, ...]
    weight: int

    def describe(self) -> str:
        """Give what it is made of, for VENDORED.md."""
        return " + ".join(f"`{source}`" for source in self.sources) + f", graisse {self.weight}"


#: French numbers need a narrow no-break space, which the font lacks: a fifth of an em.
_NARROW_SPACE, _NARROW_WIDTH = 0x202F, 200
#: French words need a no-break hyphen: it takes the drawing of the hyphen.
_HYPHEN, _NO_BREAK_HYPHEN = 0x002D, 0x2011
_UPRIGHT = ("latin-normal.woff2", "latin-ext-normal.woff2")
_ITALIC = ("latin-italic.woff2",)
FONT_FILES = {
    "AtkinsonHyperlegibleNext-Regular.ttf": StaticFont(_UPRIGHT, 400),
    "AtkinsonHyperlegibleNext-Bold.ttf": StaticFont(_UPRIGHT, 700),
    "AtkinsonHyperlegibleNext-Italic.ttf": StaticFont(_ITALIC, 400),
    "AtkinsonHyperlegibleNext-BoldItalic.ttf": StaticFont(_ITALIC, 700),
}


def make_static_font(font: StaticFont, folder: Path) -> TTFont:
    """Freeze the weight of each source, merge them, and add the two signs that French needs."""
    made = _merge(_freeze(font, folder))
    name = f"uni{_NARROW_SPACE:04X}"
    made.setGlyphOrder([*made.getGlyphOrder(), name])
    made["glyf"][name] = Glyph()
    made["hmtx"][name] = (_NARROW_WIDTH, 0)
    for table in made["cmap"].tables:
        table.cmap[_NARROW_SPACE] = name
        table.cmap[_NO_BREAK_HYPHEN] = table.cmap[_HYPHEN]
    return made


def _freeze(font: StaticFont, folder: Path) -> list[TTFont]:
    parts = []
    for source in font.sources:
        variable = TTFont(folder / source, recalcTimestamp=False)
        instance = instancer.instantiateVariableFont(
            variable, {"wght": font.weight}, updateFontNames=True
        )
        instance.flavor = None
        parts.append(instance)
    return parts


def _merge(parts: list[TTFont]) -> TTFont:
    """Merge the subsets of a font; dates are those of the first one, whatever the day."""
    if len(parts) == 1:
        return parts[0]
    head = parts[0]["head"]
    files = [io.BytesIO() for _ in parts]
    for part, file in zip(parts, files, strict=True):
        part.save(file)
        file.seek(0)
    merged: TTFont = Merger().merge(files)
    merged.recalcTimestamp = False
    merged["head"].created, merged["head"].modified = head.created, head.modified
    return merged


def write_static_fonts(folder: Path) -> list[Path]:
    """Write every font beside the files it is made of, and give their paths."""
    written = []
    for name, font in FONT_FILES.items():
        path = folder / name
        make_static_font(font, folder).save(path)
        written.append(path)
    return written
