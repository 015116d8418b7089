"""New figures beside the published ones: the gaps that a person should look at twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from territoires.analysis.jumps import WIDE_GAP, Jump, Pair, find_jumps
from territoires.domain.indicators import UNDATED_WAVE, Reading, wave_order
from territoires.domain.updates import Problem, Row
from territoires.tables.updates.observations import Brought
from territoires.tables.updates.problems import quote, warn
from territoires.tables.updates.values import is_share
from territoires.views.french import NBSP, count, format_number, format_wave

_ALL = 100.0
#: Times by which an amount, a count or a ratio must grow or shrink to pass for a slip of unit.
_MANY_TIMES = 5.0

_Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Gap:
    """A figure of the file and the published row it is set against."""

    one: Brought
    past: Row


def check_jumps(
    brought: Sequence[Brought], observations: Iterable[Row], catalogue: Mapping[str, Row]
) -> list[Problem]:
    """Tell the figures too far from what is published for the same territory and indicator.

    Each new value is set against the published one of its cell, else of the wave before it.
    """
    changed = [one for one in brought if one.is_changed and one.figure.value is not None]
    waves = _by_place(observations, {one.figure.indicator_id for one in changed})
    gaps = [_Gap(one, past) for one in changed if (past := _past_of(one, waves)) and past["value"]]
    shares = [gap for gap in gaps if is_share(catalogue[gap.one.figure.indicator_id])]
    pairs = [(gap, _pair(gap)) for gap in shares if 0 <= float(gap.one.after["value"]) <= _ALL]
    found = find_jumps([pair for _, pair in pairs])
    problems = [
        _tell(gap, pair, jump)
        for (gap, pair), jump in zip(pairs, found, strict=True)
        if jump is not None
    ]
    others = [gap for gap in gaps if not is_share(catalogue[gap.one.figure.indicator_id])]
    return problems + [_tell_unit(gap) for gap in others if _is_many_times(gap)]


def _by_place(observations: Iterable[Row], indicators: set[str]) -> Mapping[_Place, dict[str, Row]]:
    """Gather the published main readings of some indicators: territory → wave → row."""
    found: dict[_Place, dict[str, Row]] = defaultdict(dict)
    for row in observations:
        if row["indicator_id"] in indicators and row["reading"] == Reading.PRINCIPALE:
            found[row["indicator_id"], row["level"], row["code"]][row["wave"]] = row
    return found


def _past_of(one: Brought, waves: Mapping[_Place, dict[str, Row]]) -> Row | None:
    """Give the published row that a figure is set against, if any."""
    if one.before is not None:
        return None if one.before["value"] == one.after["value"] else one.before
    figure = one.figure
    place = (figure.indicator_id, figure.territory.level.value, figure.territory.code)
    known = waves.get(place, {})
    earlier = [
        wave
        for wave, row in known.items()
        if wave != UNDATED_WAVE and wave < figure.wave and row["value"]
    ]
    if figure.wave == UNDATED_WAVE or not earlier:
        return None
    return known[max(earlier, key=wave_order)]


def _pair(gap: _Gap) -> Pair:
    before, after = gap.past, gap.one.after
    return Pair(
        before=float(before["value"]),
        n_before=float(before["respondents"]) if before["respondents"] else None,
        after=float(after["value"]),
        n_after=float(after["respondents"]) if after["respondents"] else None,
        deff=max(float(before["deff"] or 1), float(after["deff"] or 1)),
    )


def _tell(gap: _Gap, pair: Pair, jump: Jump) -> Problem:
    figure, past = gap.one.figure, gap.past
    points = f"{_number(abs(pair.after - pair.before))}{NBSP}points"
    published = f"{_number(pair.before)}{NBSP}% publié pour {_when(past, figure.wave)}"
    if jump is Jump.BEYOND_CHANCE:
        sizes = (
            f"{count(int(pair.n_before or 0), 'réponse')} avant, "
            f"{count(int(pair.n_after or 0), 'réponse')} ici"
        )
        return _doubt(
            gap,
            "jump",
            f"un écart que le sondage explique ({published})",
            f"Écart de {points}, au-delà de ce que le hasard explique ({sizes})\u00a0: vérifiez la "
            "valeur, la question et le territoire.",
        )
    return _doubt(
        gap,
        "jump-unverifiable",
        f"moins de {_number(WIDE_GAP)}{NBSP}points d’écart ({published})",
        f"Écart de {points}, invérifiable sans effectif\u00a0: vérifiez la valeur, la question et "
        "le territoire.",
    )


def _doubt(gap: _Gap, code: str, expected: str, mend: str) -> Problem:
    figure = gap.one.figure
    return warn(code, expected, mend, row=figure.row, column=figure.column, read=figure.written)


def _when(past: Row, wave: str) -> str:
    return "la même vague" if past["wave"] == wave else _say_wave(past["wave"])


# Thousands of rows name the same few waves.
@lru_cache(maxsize=256)
def _say_wave(wave: str) -> str:
    return format_wave(wave)


def _is_many_times(gap: _Gap) -> bool:
    before, after = float(gap.past["value"]), float(gap.one.after["value"])
    if before <= 0 or after <= 0:
        return False
    return not 1 / _MANY_TIMES < after / before < _MANY_TIMES


def _tell_unit(gap: _Gap) -> Problem:
    figure, past = gap.one.figure, gap.past
    before = float(past["value"])
    return _doubt(
        gap,
        "jump-unit",
        f"une valeur proche de {quote(_number(before))}, publiée pour {_when(past, figure.wave)}",
        f"La valeur est {_number(_MANY_TIMES)} fois plus grande ou plus petite au moins\u00a0: "
        "vérifiez l’unité et le séparateur décimal.",
    )


def _number(value: float) -> str:
    """Write a number with the decimals it needs, two at most."""
    rounded = round(value, 2)
    decimals = next(d for d in (0, 1, 2) if round(rounded, d) == rounded)
    return format_number(rounded, decimals)
