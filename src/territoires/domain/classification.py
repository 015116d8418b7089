"""How a reader wants the values of a map to be put in classes and coloured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Numbers of classes a reader may ask for; viridis alone tells six apart.
MIN_CLASSES, MAX_CLASSES, MAX_VIRIDIS_CLASSES = 3, 5, 6


class Method(StrEnum):
    """Ways to choose class bounds, as written in the link."""

    ARRONDIES = "arrondies"
    QUANTILES = "quantiles"
    EGALES = "egales"
    NATURELLES = "naturelles"
    ECART_TYPE = "ecart-type"
    DIVERGENTES = "divergentes"
    MANUELLES = "manuelles"
    #: All values are equal: never asked for, only found.
    UNIQUE = "unique"


class Palette(StrEnum):
    """Colours of the classes, as written in the link."""

    #: Chosen after the indicator: warm where a high value signals a fragility.
    AUTO = "auto"
    YLGNBU = "ylgnbu"
    YLORRD = "ylorrd"
    BLUES = "blues"
    VIRIDIS = "viridis"
    PUOR = "puor"
    RDBU = "rdbu"


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """What the reader asked for; ``None`` leaves it to the data.

    ``bounds`` are the inner bounds of manual classes, ascending.
    """

    method: Method | None = None
    count: int | None = None
    bounds: tuple[float, ...] = ()
    palette: Palette = Palette.AUTO


DEFAULT_CHOICE = ClassChoice()


def most_classes(palette: Palette) -> int:
    """Give the largest number of classes that a palette tells apart."""
    return MAX_VIRIDIS_CLASSES if palette is Palette.VIRIDIS else MAX_CLASSES
