"""From a map view to what the map engine paints."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from territoires.analysis.precision import Precision
from territoires.domain.selection import Mode
from territoires.domain.territories import TerritoryId
from territoires.render.choropleth import (
    CLASS_KEYS,
    IMPRECISE,
    INDICATIVE_KEYS,
    MISSING,
    SUPPRESSED,
    SYMBOL,
    UNKNOWN,
    UNKNOWN_KEYS,
    Paint,
)
from territoires.render.palettes import DIFFERENCE_COLOURS, PRECISION_COLOURS, colours
from territoires.views.datasets import watermark_of
from territoires.views.figure import Figure, interval_text
from territoires.views.map_view import DIFFERENCE_LABELS, STATE_LABELS, MapView, Row, State

#: Radius of the largest symbol of a map, in pixels; areas are proportional to values.
LARGEST_RADIUS = 34.0
#: A smaller one would be a speck that nobody sees.
SMALLEST_RADIUS = 1.5
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
    largest = max((value for value in values if value is not None), default=0.0)
    return tuple(None if value is None else radius(value, largest) for value in values)


def radius(value: float, largest: float) -> float:
    """Give the radius of one symbol among those of a map, in pixels."""
    if value <= 0:
        return 0.0  # none is not few: nothing is drawn
    return max(SMALLEST_RADIUS, LARGEST_RADIUS * sqrt(value / largest))


def to_paint(
    view: MapView, selected: TerritoryId | None, point_kinds: tuple[int, ...] = ()
) -> Paint:
    """Give one character and one text per territory, in the order of the boundary file."""
    return Paint(
        classes="".join(_key(row) for row in view.rows),
        palette=fills(view),
        title=view.sentence,
        texts=tuple(_text(row, view) for row in view.rows),
        selected=selected,
        point_kinds=point_kinds,
        sizes=radii([_symbol_value(row) for row in view.rows]) if view.is_symbols else None,
        watermark=watermark_of(view.dataset, view.indicator.nature),
    )


def _key(row: Row) -> str:
    if row.class_index is None:
        # A value that the mode in view has nothing to say about: no sample size to judge it by.
        return _CLASSLESS_KEYS.get(row.state, UNKNOWN)
    return _CLASS_KEYS.get(row.state, CLASS_KEYS)[row.class_index]


def _symbol_value(row: Row) -> float | None:
    return row.figure.value if row.figure and row.state is State.SYMBOLE else None


def _text(row: Row, view: MapView) -> str:
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
