"""Grounds, lines, inks and textures of the maps drawn outside the browser: those of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from territoires.render.drawn_map import LAND, OUTSIDE, VOID

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Side of the tile that a texture repeats, in pixels.
TILE = 8
#: Width of the lines, in pixels.
SHAPE_LINE, FINE_LINE, PARENT_LINE = 0.6, 0.3, 1.1
_LIGHT_FILL = 0.3


@dataclass(frozen=True, slots=True)
class Texture:
    """A form repeated on a tile of 8 by 8 pixels: an SVG path and the width of its line."""

    path: str
    width: float


#: As in static/map/textures.js: they differ by form, not by colour.
TEXTURES: Mapping[str, Texture] = {
    "manquant": Texture("M-2 2L2-2M0 8L8 0M6 10L10 6", 1.1),
    "supprime": Texture("M0 8L8 0M0 0L8 8", 0.9),
    "imprecis": Texture("M2 2h.01M6 6h.01", 2.2),
    "indicatif": Texture("M0 2h8M0 6h8", 1.0),
    "inconnu": Texture("M2 1v4M6 5v4M6-3v4", 1.1),
}


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of all that is no class, on a light page."""

    paper: str
    sea: str
    grounds: Mapping[str, str]
    motif: str
    line: str
    line_opacity: float
    parent: str
    frame: str
    ink: str
    soft: str
    chosen: str
    halo: str
    watermark_opacity: float


LIGHT_LOOK = Look(
    paper="#ffffff",
    sea="#f3f6f7",
    grounds={VOID: VOID, LAND: LAND, OUTSIDE: OUTSIDE},
    motif="#8b9196",
    line="#2d3741",
    line_opacity=0.55,
    parent="#3a444d",
    frame="#b9c2c8",
    ink="#1d252c",
    soft="#55616b",
    chosen="#11181e",
    halo="#ffffff",
    watermark_opacity=0.17,
)


def texture_ink(fill: str, look: Look) -> tuple[str, float]:
    """Give the colour and the opacity of a texture: it must be seen on a dark class as on a light one."""
    if fill in look.grounds or not fill:
        return look.motif, 1.0
    channels = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (channel**2.2 for channel in channels)
    is_light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > _LIGHT_FILL
    return ("#141e28", 0.42) if is_light else ("#ffffff", 0.6)
