"""Maps drawn side by side in the same classes: one colour means one value on all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from territoires.analysis.classes import Classes, classify
from territoires.domain.classification import ClassChoice, Palette
from territoires.domain.indicators import Indicator
from territoires.domain.selection import Mode
from territoires.views.figure import displayed_value
from territoires.views.map_view import MapView, Row, State

_COLOURED = (State.CLASSE, State.INDICATIF, State.INCONNU)


def share_classes(views: Sequence[MapView], choice: ClassChoice) -> tuple[MapView, ...]:
    """Give maps the same classes and the same colours, found from the values of all of them."""
    values = [
        _value(row, view.indicator) if row.state in _COLOURED else None
        for view in views
        for row in view.rows
    ]
    decimals = max((view.indicator.decimals for view in views), default=0)
    # Without one national value for all, diverging classes give way to rounded ones.
    classes = classify(values, choice, decimals=decimals)
    one_direction = len({view.indicator.direction for view in views}) == 1
    palette = choice.palette
    if palette is Palette.AUTO and not one_direction:
        palette = Palette.BLUES
    shared, start = [], 0
    for view in views:
        members = classes.members[start : start + len(view.rows)]
        shared.append(_in_classes(view, classes, members, palette))
        start += len(view.rows)
    return tuple(shared)


def set_beside(views: Sequence[MapView], choice: ClassChoice) -> tuple[MapView, ...]:
    """Give maps set side by side the same classes where they show values of one indicator."""
    first = views[0]
    same = all(
        view.indicator == first.indicator
        and view.level is first.level
        and view.mode is Mode.VALEUR
        and not view.is_symbols
        for view in views
    )
    return share_classes(views, choice) if same and len(views) > 1 else tuple(views)


def _in_classes(
    view: MapView, classes: Classes, members: tuple[int | None, ...], palette: Palette
) -> MapView:
    numbers = Counter(members)
    counts = tuple(numbers[i] for i in range(classes.count))
    rows = tuple(
        replace(row, class_index=member) for row, member in zip(view.rows, members, strict=True)
    )
    own = replace(classes, counts=counts, members=members)
    return replace(view, rows=rows, classes=own, category_counts=counts, palette=palette)


def _value(row: Row, indicator: Indicator) -> float | None:
    if row.figure is None or row.figure.value is None:
        return None
    return displayed_value(row.figure.value, indicator)
