"""Colours of the maps, told apart by all eyes: none sets red against green.

They are steps of ColorBrewer (Cynthia Brewer) and of viridis, picked so that any two classes of a
map differ by at least 9 (100 times the distance in OKLab), also without red, green or blue cones.
"""

from __future__ import annotations

from collections.abc import Mapping

from territoires.analysis.classes import Classes
from territoires.domain.classification import Palette
from territoires.domain.indicators import Direction

#: From the lightest (low) to the darkest (high), per number of classes.
SEQUENTIAL: Mapping[Palette, Mapping[int, tuple[str, ...]]] = {
    Palette.YLGNBU: {
        1: ("#41b6c4",),
        2: ("#a1dab4", "#225ea8"),
        3: ("#c7e9b4", "#41b6c4", "#225ea8"),
        4: ("#ffffcc", "#a1dab4", "#41b6c4", "#225ea8"),
        5: ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"),
    },
    Palette.YLORRD: {
        1: ("#fd8d3c",),
        2: ("#fecc5c", "#e31a1c"),
        3: ("#fed976", "#fd8d3c", "#bd0026"),
        4: ("#ffffb2", "#fecc5c", "#fd8d3c", "#e31a1c"),
        5: ("#ffffb2", "#fecc5c", "#fd8d3c", "#f03b20", "#bd0026"),
    },
    Palette.BLUES: {
        1: ("#6baed6",),
        2: ("#bdd7e7", "#2171b5"),
        3: ("#bdd7e7", "#6baed6", "#2171b5"),
        4: ("#eff3ff", "#bdd7e7", "#6baed6", "#2171b5"),
        5: ("#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c"),
    },
    # Equal steps of viridis, turned over: dark means high, as in the others.
    Palette.VIRIDIS: {
        1: ("#21918c",),
        2: ("#35b779", "#31688e"),
        3: ("#fde725", "#21918c", "#440154"),
        4: ("#fde725", "#35b779", "#31688e", "#440154"),
        5: ("#fde725", "#5ec962", "#21918c", "#3b528b", "#440154"),
        6: ("#fde725", "#7ad151", "#22a884", "#2a788e", "#414487", "#440154"),
    },
}
#: Colours below and above the national value, each from it outwards, per length of the longer
#: arm. The shorter arm takes the first ones: as far from the national value, as strong a colour.
DIVERGING: Mapping[Palette, Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    Palette.PUOR: {
        1: (("#e08214",), ("#998ec3",)),
        2: (("#f1a340", "#b35806"), ("#b2abd2", "#8073ac")),
        3: (("#f1a340", "#b35806", "#7f3b08"), ("#b2abd2", "#8073ac", "#5e3c99")),
        4: (
            ("#fdb863", "#e08214", "#b35806", "#7f3b08"),
            ("#d8daeb", "#b2abd2", "#8073ac", "#5e3c99"),
        ),
        5: (
            ("#fee0b6", "#fdb863", "#e08214", "#b35806", "#7f3b08"),
            ("#d8daeb", "#b2abd2", "#8073ac", "#542788", "#2d004b"),
        ),
    },
    Palette.RDBU: {
        1: (("#d6604d",), ("#4393c3",)),
        2: (("#f4a582", "#ca0020"), ("#92c5de", "#0571b0")),
        3: (("#f4a582", "#d6604d", "#b2182b"), ("#92c5de", "#4393c3", "#2166ac")),
        4: (
            ("#f4a582", "#d6604d", "#b2182b", "#67001f"),
            ("#92c5de", "#4393c3", "#2166ac", "#053061"),
        ),
        5: (
            ("#fddbc7", "#f4a582", "#d6604d", "#b2182b", "#67001f"),
            ("#d1e5f0", "#92c5de", "#4393c3", "#2166ac", "#053061"),
        ),
    },
}
#: « Plus bas », no difference established, « plus haut » than the national value. The middle is
#: darker than the map's ground, or the country would look empty.
DIFFERENCE_COLOURS = ("#e66101", "#d9d9d9", "#5e3c99")
#: « Précise », « correcte », « indicative »: the darker, the more precise.
PRECISION_COLOURS = ("#54278f", "#9e9ac8", "#dadaeb")

_BY_DIRECTION = {
    Direction.HAUT_FAVORABLE: Palette.YLGNBU,
    Direction.HAUT_FRAGILE: Palette.YLORRD,
    Direction.NEUTRE: Palette.BLUES,
}


def colours(palette: Palette, direction: Direction, classes: Classes) -> tuple[str, ...]:
    """Give one colour per class, from low to high; warm where a high value signals a fragility.

    Classes on both sides of the national value take two hues, others one: a palette of the other
    kind, which may be asked for before the national value is known, gives way to the automatic one.
    """
    if not classes.count:
        return ()
    if classes.below is not None:
        arms = DIVERGING.get(palette, DIVERGING[Palette.PUOR])
        above = classes.count - classes.below
        low, high = arms[max(classes.below, above)]
        return (*reversed(low[: classes.below]), *high[:above])
    shades = SEQUENTIAL.get(palette, SEQUENTIAL[_BY_DIRECTION[direction]])
    return shades[classes.count]
