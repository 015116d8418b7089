"""From a map view to what the map engine paints."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import TypeVar

from territoires.analysis.precision import Precision
from territoires.domain.directory import Directory
from territoires.domain.selection import Mode
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.zonings import Zoning
from territoires.render.choropleth import (
    CLASS_KEYS,
    IMPRECISE,
    INDICATIVE_KEYS,
    MISSING,
    OUTSIDE,
    SUPPRESSED,
    SYMBOL,
    UNKNOWN,
    UNKNOWN_KEYS,
    MergedZone,
    Paint,
    Zones,
)
from territoires.render.palettes import DIFFERENCE_COLOURS, PRECISION_COLOURS, colours
from territoires.views.figure import Figure, interval_text
from territoires.views.french import NBSP, format_number
from territoires.views.map_view import (
    DIFFERENCE_FLAGS,
    DIFFERENCE_LABELS,
    PRECISION_GRADES,
    STATE_LABELS,
    MapView,
    Row,
    State,
)

#: Radius of the largest symbol of a map, in pixels; areas are proportional to values.
LARGEST_RADIUS = 34.0
#: A smaller one would be a speck that nobody sees.
SMALLEST_RADIUS = 1.5
#: With more symbols than this, specks would hide the country: none is made larger than it is.
MAX_SPECKS = 5_000
MAX_DECIMALS = 15
SYMBOL_COLOUR = "#0b5c6b"

_CLASSLESS_KEYS = {
    State.MANQUANT: MISSING,
    State.SUPPRIME: SUPPRESSED,
    State.IMPRECIS: IMPRECISE,
    State.INCONNU: UNKNOWN,
    State.SYMBOLE: SYMBOL,
}
_CLASS_KEYS = {State.INDICATIF: INDICATIVE_KEYS, State.INCONNU: UNKNOWN_KEYS}
#: What the state alone tells, its value being in the table only.
_SILENT = (State.SUPPRIME, State.IMPRECIS)
_PLAIN = (State.CLASSE, State.SYMBOLE)

Mark = TypeVar("Mark")


def state_labels() -> dict[str, str]:
    """Give the label of each state that a territory's name ends with."""
    return {state.value: label for state, label in STATE_LABELS.items() if state not in _PLAIN}


def fills(view: MapView) -> tuple[str, ...]:
    """Give the colour of each class in the mode in view."""
    if view.is_symbols:
        return (SYMBOL_COLOUR,)
    if view.mode is Mode.DIFFERENCE:
        return DIFFERENCE_COLOURS
    if view.mode is Mode.PRECISION:
        return PRECISION_COLOURS
    return colours(view.palette, view.indicator.direction, view.classes)


def radii(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Give the radius of each symbol, in pixels: areas are proportional to values."""
    known = [value for value in values if value is not None]
    largest = max(known, default=0.0)
    least = SMALLEST_RADIUS if len(known) <= MAX_SPECKS else 0.0
    return tuple(None if value is None else radius(value, largest, least) for value in values)


def radius(value: float, largest: float, least: float = SMALLEST_RADIUS) -> float:
    """Give the radius of one symbol among those of a map, in pixels."""
    if value <= 0:
        return 0.0  # none is not few: nothing is drawn
    return max(least, LARGEST_RADIUS * sqrt(value / largest))


def to_paint(
    view: MapView,
    selected: TerritoryId | None,
    point_kinds: tuple[int, ...] = (),
    actors: tuple[int, ...] | None = None,
    people: MapView | None = None,
) -> Paint:
    """Give one character and one text per territory, in the order of the boundary file.

    For all the communes the texts would be the heaviest part: classes have their labels instead.
    ``people`` is the view of a count of the same territories, drawn as circles over the colours.
    """
    texts = () if _has_class_labels(view) else tuple(row_words(row, view) for row in view.rows)
    sizes = radii([symbol_value(row) for row in view.rows]) if view.is_symbols else ()
    rings = radii([symbol_value(row) for row in people.rows]) if people else ()
    return Paint(
        classes="".join(_in_file_order(view, [_key(row) for row in view.rows], OUTSIDE)),
        palette=fills(view),
        title=view.sentence,
        texts=tuple(_in_file_order(view, texts, "")) if texts else None,
        class_labels=() if texts else class_labels(view),
        selected=selected,
        point_kinds=point_kinds,
        sizes=tuple(_in_file_order(view, sizes, None)) if sizes else None,
        rings=tuple(_in_file_order(view, rings, None)) if rings else None,
        watermark=view.watermark,
        within=view.within,
        actors=actors,
    )


def to_zones(zoning: Zoning, directory: Directory) -> Zones:
    """Give what the browser merges to draw a zoning; a member that no map draws is left out."""
    ranks = {t.id: rank for rank, t in enumerate(directory.of_level(zoning.member_level))}
    return Zones(
        zoning.zoning_id,
        tuple(
            MergedZone(zone.id.code, zone.name, tuple(ranks[m] for m in zone.members if m in ranks))
            for zone in zoning.zones
        ),
    )


def class_labels(view: MapView) -> tuple[str, ...]:
    """Name the classes of the mode in view: « plus de 20 à 40 % »."""
    if view.mode is Mode.DIFFERENCE:
        return tuple(DIFFERENCE_LABELS[flag] for flag in DIFFERENCE_FLAGS)
    if view.mode is Mode.PRECISION:
        return tuple(f"précision {grade}" for grade in PRECISION_GRADES)
    unit = f"{NBSP}{view.indicator.unit_label}" if view.indicator.unit_label else ""
    return tuple(f"{words}{unit}" for words in class_ranges(view.classes.bounds))


def class_ranges(bounds: Sequence[float]) -> list[str]:
    """Write what each class holds; the first one also has its lower bound."""
    decimals = bound_decimals(bounds)
    numbers = [format_number(bound, decimals) for bound in bounds]
    words = []
    for rank, (low, high) in enumerate(pairwise(numbers)):
        start = "plus de" if rank else "de"
        words.append(low if low == high else f"{start} {low} à {high}")
    return words


def bound_decimals(bounds: Sequence[float]) -> int:
    """Count the decimals that tell the bounds apart: none for « 0 – 20 », one for « 0 – 2,5 »."""
    shown = range(MAX_DECIMALS)
    return next((d for d in shown if all(round(b, d) == b for b in bounds)), MAX_DECIMALS)


def _in_file_order(view: MapView, marks: Sequence[Mark], blank: Mark) -> Sequence[Mark]:
    """Put what is said of each row at the place of its territory, a blank at the others'."""
    if not view.ranks:
        return marks
    placed = [blank] * view.total
    for rank, mark in zip(view.ranks, marks, strict=True):
        placed[rank] = mark
    return placed


def _has_class_labels(view: MapView) -> bool:
    return view.level is Level.COMMUNE and view.within is None and not view.is_symbols


def texture_of(row: Row) -> str:
    """Give the state whose texture a territory wears; none for a plain colour or a bare ground."""
    if row.class_index is not None:
        return row.state.value if row.state in _CLASS_KEYS else ""
    if row.state is State.SYMBOLE:
        return ""
    return (row.state if row.state in _CLASSLESS_KEYS else State.INCONNU).value


def _key(row: Row) -> str:
    if row.class_index is None:
        # A value that the mode in view has nothing to say about: no sample size to judge it by.
        return _CLASSLESS_KEYS.get(row.state, UNKNOWN)
    return _CLASS_KEYS.get(row.state, CLASS_KEYS)[row.class_index]


def symbol_value(row: Row) -> float | None:
    """Give the value that a symbol is drawn for; None where the territory has no symbol."""
    return row.figure.value if row.figure and row.state is State.SYMBOLE else None


def row_words(row: Row, view: MapView) -> str:
    """Write what is read of a territory on the map; a simulated value says so in each of them."""
    if row.figure is None or row.state in _SILENT:
        return ""
    text = _value_text(row, row.figure, view.mode)
    return f"{text} – simulé" if view.is_simulated else text


def _value_text(row: Row, figure: Figure, mode: Mode) -> str:
    if mode is Mode.DIFFERENCE and row.difference in DIFFERENCE_LABELS:
        return f"{figure.text}, {DIFFERENCE_LABELS[row.difference]}"
    if mode is Mode.PRECISION and row.class_index is not None and figure.precision:
        return f"{figure.text}, précision {figure.precision}"
    if figure.interval:
        return f"{figure.text} ({interval_text(figure.interval)})"
    if row.state is State.SYMBOLE and figure.precision is Precision.INCONNUE:
        return f"{figure.text}, {figure.precision}"  # a symbol has no label of state to say it
    return figure.text
