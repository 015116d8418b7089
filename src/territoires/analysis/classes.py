"""Class breaks of a choropleth map."""

from __future__ import annotations

import math
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from territoires.analysis.natural_breaks import natural_breaks
from territoires.domain.classification import (
    DEFAULT_CHOICE,
    MAX_CLASSES,
    ClassChoice,
    Method,
    most_classes,
)

#: A rounded class that holds more than this share of the values says nothing about them.
MAX_SHARE = 0.8
#: Significant digits kept: what differs beyond is an artefact of binary numbers.
_DIGITS = 9
_NICE_STEPS = (1.0, 2.0, 2.5, 5.0)
#: Powers of ten tried below the widest step away from the national value.
_DECADES = 6
#: Decimals tried for a bound between two values, down to the smallest numbers.
_MOST_DECIMALS = 330
#: Fewest classes a method is asked for.
_FEWEST = 2
#: Bounds by the mean, in standard deviations, per number of classes.
_DEVIATIONS = {
    2: (0.0,),
    3: (-0.5, 0.5),
    4: (-1.0, 0.0, 1.0),
    5: (-1.5, -0.5, 0.5, 1.5),
    6: (-2.0, -1.0, 0.0, 1.0, 2.0),
}


@dataclass(frozen=True, slots=True)
class Classes:
    """Class breaks and what falls between them.

    Class ``i`` holds the values above ``bounds[i]`` up to and including ``bounds[i + 1]``;
    the first class also holds its lower bound. ``members[j]`` is the class of value ``j``, None
    where there is no value.
    """

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    members: tuple[int | None, ...]
    #: Number of classes below the national value, where it is a bound (diverging classes).
    below: int | None = None
    method: Method = Method.ARRONDIES

    @property
    def count(self) -> int:
        """Number of classes; 0 when there is no value at all."""
        return len(self.counts)


def classify(
    values: Sequence[float | None],
    choice: ClassChoice = DEFAULT_CHOICE,
    *,
    decimals: int = 9,
    national: float | None = None,
    shared: Sequence[float | None] = (),
) -> Classes:
    """Put each value in exactly one class, by the method asked for.

    Without one, bounds are rounded; where nearly all values would share one rounded class
    (population sizes), they are quantiles. A method that lacks what it needs (national value,
    manual bounds) gives way to these: ``Classes.method`` says which one was used.

    Parameters
    ----------
    values
        One number per territory; ``None``, NaN or infinite where there is none, which gets no
        class.
    choice
        Method, largest number of classes and manual bounds asked for.
    decimals
        Decimals of the data: a bound has no more, unless it takes more to part two values.
    national
        Value the classes diverge about, where the method asks for one.
    shared
        Values of the other waves: automatic, rounded and manual bounds are the same for all.
    """
    known = _known(values)
    if not known:
        return Classes((), (), (None,) * len(values))
    choice = _possible(choice, national)
    pool = known
    if choice.method in {None, Method.ARRONDIES, Method.MANUELLES}:
        pool = [*known, *_known(shared)]
    pool = sorted(pool)
    if pool[0] == pool[-1]:
        return _fill(values, (pool[0], pool[0]), Method.UNIQUE)
    if choice.method is Method.DIVERGENTES and national is not None:
        centre = _significant(national)
        bounds = _diverging_breaks(pool, centre, choice.count or MAX_CLASSES, decimals)
        return _fill(values, bounds, Method.DIVERGENTES, bounds.index(centre))
    method, bounds = _choose_bounds(pool, choice, decimals)
    return _fill(values, bounds, method)


def rounded_breaks(low: float, high: float, classes: int = MAX_CLASSES) -> tuple[float, ...]:
    """Choose round class bounds that cover ``low`` to ``high`` in at most ``classes`` steps."""
    for step in _round_steps((high - low) / classes, decades=2):
        first = math.floor(_significant(low / step))
        last = math.ceil(_significant(high / step))
        if 0 < last - first <= classes:
            return tuple(_significant(i * step) for i in range(first, last + 1))
    return (low, high)


def _round_steps(width: float, decades: int) -> Iterator[float]:
    """Give the round steps from about a width up, over some powers of ten; none out of reach."""
    if sys.float_info.min < width < sys.float_info.max / 10**decades:
        magnitude = 10.0 ** math.floor(math.log10(width))
        for decade in range(decades):
            yield from (_significant(nice * magnitude * 10**decade) for nice in _NICE_STEPS)


def _known(values: Sequence[float | None]) -> list[float]:
    return [_significant(value) for value in values if value is not None and math.isfinite(value)]


def _possible(choice: ClassChoice, national: float | None) -> ClassChoice:
    """Keep of a choice what can be met; bounds in order, each once."""
    method = choice.method
    if method is Method.DIVERGENTES and (national is None or not math.isfinite(national)):
        method = Method.ARRONDIES
    most = MAX_CLASSES if method is Method.DIVERGENTES else most_classes(choice.palette)
    bounds = sorted({_significant(bound) for bound in choice.bounds if math.isfinite(bound)})
    if method is Method.UNIQUE or (method is Method.MANUELLES and not bounds):
        method = None
    count = min(max(choice.count or MAX_CLASSES, _FEWEST), most)
    return ClassChoice(method, count, tuple(bounds[: most - 1]))


def _choose_bounds(
    known: list[float], choice: ClassChoice, decimals: int
) -> tuple[Method, tuple[float, ...]]:
    """Give the bounds of sorted values, which are not all equal."""
    method, classes = choice.method, choice.count or MAX_CLASSES
    if method is None:
        return _automatic_breaks(known, classes, decimals)
    if method is Method.ARRONDIES:
        return method, rounded_breaks(known[0], known[-1], classes)
    if method is Method.MANUELLES:
        return method, _with_edges(known, set(choice.bounds), decimals)
    # An empty class belongs to a scale of equal steps; elsewhere it is a colour for nothing.
    is_scale = method in {Method.EGALES, Method.ECART_TYPE}
    raw = _METHODS[method](known, classes)
    return method, _printable_breaks(known, raw, decimals, keep_empty=is_scale)


def _automatic_breaks(
    known: list[float], classes: int, decimals: int
) -> tuple[Method, tuple[float, ...]]:
    rounded = rounded_breaks(known[0], known[-1], classes)
    counts = _counts(known, rounded)
    if len(set(known)) <= classes or max(counts) <= MAX_SHARE * len(known):
        return Method.ARRONDIES, rounded
    quantiles = _printable_breaks(known, _quantiles(known, classes), decimals)
    others = _counts(known, quantiles)
    # Many equal values make quantiles coincide: they must do better to be kept.
    is_better = max(others) < max(counts) and len(others) >= _filled(known, rounded)
    return (Method.QUANTILES, quantiles) if is_better else (Method.ARRONDIES, rounded)


def _quantiles(known: list[float], classes: int) -> Iterable[float]:
    import numpy as np  # noqa: PLC0415

    # Not mapclassify's, the same: it would warn of bounds that equal values make coincide.
    return _scaled_bins(known, lambda y: np.quantile(y, np.linspace(0, 1, classes + 1)[1:]))


def _equal_intervals(known: list[float], classes: int) -> Iterable[float]:
    import mapclassify  # noqa: PLC0415 - heavy: scikit-learn comes with it

    return _scaled_bins(known, lambda y: mapclassify.EqualInterval(y, k=classes).bins)


def _standard_deviations(known: list[float], classes: int) -> Iterable[float]:
    import mapclassify  # noqa: PLC0415 - as above

    multiples = list(_DEVIATIONS[classes])
    return _scaled_bins(known, lambda y: mapclassify.StdMean(y, multiples=multiples).bins)


#: Bounds of sorted values, which are not all equal, before they are made printable.
_METHODS: dict[Method, Callable[[list[float], int], Iterable[float]]] = {
    Method.QUANTILES: _quantiles,
    Method.EGALES: _equal_intervals,
    Method.ECART_TYPE: _standard_deviations,
    Method.NATURELLES: natural_breaks,
}


def _scaled_bins(known: list[float], bins: Callable[..., Iterable[float]]) -> list[float]:
    """Ask for the bounds of values brought within 1: no square of them overflows."""
    import numpy as np  # noqa: PLC0415

    scale = max(abs(known[0]), abs(known[-1]))
    return [_significant(float(bound) * scale) for bound in bins(np.array(known) / scale)]


def _diverging_breaks(
    known: list[float], national: float, classes: int, decimals: int
) -> tuple[float, ...]:
    """Step away from the national value by one round step, the same on both sides.

    The step is the one that fills the classes most evenly, the widest of equals; the outermost
    classes hold all that lies beyond.
    """
    low, high = known[0], known[-1]
    reach = max(high - national, national - low)
    steps = [step for step in _round_steps(reach / 10**_DECADES, _DECADES + 1) if step < reach]
    printable = [step for step in steps if round(step, decimals) == step] or steps
    found = [_with_edges(known, {national}, decimals)]
    for step in reversed(printable):
        below, above = _arms((national - low) / step, (high - national) / step, classes)
        inner = (_significant(national + i * step) for i in range(1 - below, above))
        inside = {b for b in inner if min(low, national) < b < max(high, national)}
        found.append(_with_edges(known, {*inside, national}, decimals))
    return min(found, key=lambda bounds: sum(size * size for size in _counts(known, bounds)))


def _arms(low_steps: float, high_steps: float, classes: int) -> tuple[int, int]:
    """Share classes between the two sides, as evenly as the steps that each side needs allow."""
    below, above = (max(0, math.ceil(_significant(steps))) for steps in (low_steps, high_steps))
    if below + above <= classes:
        return below, above
    if below < above:
        below = min(below, classes // 2)
        return below, classes - below
    above = min(above, classes // 2)
    return classes - above, above


def _with_edges(known: list[float], inner: set[float], decimals: int) -> tuple[float, ...]:
    """Add the outer bounds that the values need beyond the bounds given, with their decimals."""
    unit = 10.0**-decimals
    low, high = round(known[0], decimals), round(known[-1], decimals)
    low = low if low <= known[0] else round(low - unit, decimals)
    high = high if high >= known[-1] else round(high + unit, decimals)
    needed = {low + 0.0} if known[0] < min(inner, default=math.inf) else set()
    needed |= {high + 0.0} if known[-1] > max(inner, default=-math.inf) else set()
    return tuple(sorted(inner | needed))


def _printable_breaks(
    known: list[float], raw: Iterable[float], decimals: int, *, keep_empty: bool = False
) -> tuple[float, ...]:
    """Give bounds the decimals of the data, or those it takes to part the values as asked."""
    distinct = sorted(set(known))
    # Where nearly all values are the greatest one, so are all quantiles: it is then set apart.
    inside = [b for b in sorted(raw) if distinct[0] <= b < distinct[-1]] or [distinct[-2]]
    exact, gaps = set(), set()
    for bound in inside:
        gap = bisect_right(distinct, bound)
        if gap not in gaps or keep_empty:
            gaps.add(gap)
            lowest = distinct[0] if gap == 1 else -math.inf
            exact.add(_between(bound, distinct[gap - 1], distinct[gap], decimals, lowest))
    few, many = (
        _with_edges(known, {b for b in inner if distinct[0] < b < distinct[-1]}, decimals)
        for inner in ({round(b, decimals) + 0.0 for b in exact}, exact)
    )
    return few if _filled(known, few) >= _filled(known, many) else many


def _between(bound: float, low: float, high: float, decimals: int, lowest: float) -> float:
    """Find a number with few decimals near a bound, from ``low`` on, before ``high``.

    It stands above ``lowest``, which is a bound already.
    """
    for places in range(decimals, _MOST_DECIMALS):
        near, unit = round(bound, places), 10.0**-places
        for tried in (near, round(near - unit, places), round(near + unit, places)):
            if low <= tried < high and tried > lowest:
                return tried + 0.0
    return low


def _counts(known: list[float], bounds: tuple[float, ...]) -> list[int]:
    """Count sorted values per class, between bounds that cover them."""
    ends = [bisect_right(known, bound) for bound in bounds[1:]]
    return [end - start for start, end in pairwise([0, *ends])]


def _filled(known: list[float], bounds: tuple[float, ...]) -> int:
    """Count the classes that hold a value."""
    return sum(map(bool, _counts(known, bounds)))


def _fill(
    values: Sequence[float | None],
    bounds: tuple[float, ...],
    method: Method,
    below: int | None = None,
) -> Classes:
    upper = bounds[1:]
    members = tuple(
        bisect_left(upper, _significant(value))
        if value is not None and math.isfinite(value)
        else None
        for value in values
    )
    counts = tuple(members.count(number) for number in range(len(bounds) - 1))
    return Classes(bounds, counts, members, below, method)


def _significant(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}") + 0.0
