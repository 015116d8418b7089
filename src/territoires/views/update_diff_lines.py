"""One figure before and after, in words: what secrecy hides stays hidden on its own side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest, nsmallest
from typing import NamedTuple

from territoires.domain.indicators import Indicator, Kind, Nature, Reading, Suppression
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import Row
from territoires.tables.zoning_columns import plain
from territoires.views.figure import SUPPRESSION_TEXTS
from territoires.views.french import (
    NBSP,
    agree,
    format_number,
    format_value,
    quote_short,
    short_unit,
    singular,
)
from territoires.views.update_diff_words import (
    Change,
    Known,
    name_column,
    name_level,
    name_place,
    read_cell,
)

#: Identifiers that no reader sees.
_UNSEEN = frozenset({"observation_id", "fact_id"})
#: Told in columns of their own.
_TOLD = frozenset({*_UNSEEN, "value", "value_text", "respondents", "source_id"})
#: Texts that may quote a figure, and are long: what they became is not quoted.
_TEXTS = frozenset({"caveat", "statement", "contradictions", "study"})
_READINGS = {Reading.AUTRE.value: "autre lecture", Reading.REPRISE.value: "reprise"}
_MAX_DECIMALS = 4
_LEVELS = {level.value: level for level in Level}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure before and after; what does not exist on a side is empty.

    ``gap`` is in the unit of the indicator (points for percent), None where one side is no number
    or is hidden. ``notes`` say what else changed.
    """

    change: Change
    name: str
    level: str
    code: str
    before: str
    after: str
    gap: float | None
    gap_text: str
    respondents: str
    source: str
    notes: tuple[str, ...] = ()


class Pair(NamedTuple):
    """A row before and after, None on the side where it does not exist; ``row`` is the last one."""

    change: Change
    row: Row
    before: Row | None
    after: Row | None
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class Extent:
    """What one set of tables holds of a survey.

    ``numbers`` counts those that a map may draw, by level; ``samples`` are as written.
    """

    rows: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    samples: set[str] = field(default_factory=set)
    #: By level and code.
    hidden: Mapping[tuple[str, str], Suppression] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is needed to put the changes of an indicator at a wave in words."""

    indicator: Indicator | None
    known: Known
    old: Extent
    new: Extent


def find_place(row: Row) -> TerritoryId | None:
    """Find the territory of a row; a draft may name a level that is none."""
    level = _LEVELS.get(row["level"])
    return TerritoryId(level, row["code"]) if level else None


def read_size(text: str) -> int | None:
    """Read how many answered; None where it is not told, or is no number."""
    return int(text) if text.isascii() and text.isdigit() else None


def is_hidden(pair: Pair, survey: Survey) -> bool:
    """Tell whether secrecy hides a side of a pair."""
    if not survey.old.hidden and not survey.new.hidden:
        return False
    place = pair.row["level"], pair.row["code"]
    return bool(
        (pair.before is not None and place in survey.old.hidden)
        or (pair.after is not None and place in survey.new.hidden)
    )


def first_pairs(pairs: Sequence[Pair], survey: Survey, limit: int | None) -> list[Pair]:
    """Give the pairs that are shown: the largest changes, then by name."""

    limit = len(pairs) if limit is None else limit
    sizes = [abs(_gap(pair, survey) or 0) for pair in pairs]
    # Names cost more than sizes: those of pairs that cannot be shown are not looked for.
    least = min(nlargest(limit, sizes), default=0)
    kept = (item for item in zip(sizes, pairs, strict=True) if item[0] >= least)

    def order(item: tuple[float, Pair]) -> tuple[float, str, str]:
        row = item[1].row
        return -item[0], _sort_name(name_place(row["level"], row["code"], places)), row["code"]

    places = survey.known.directory
    return [pair for _, pair in nsmallest(limit, kept, key=order)]


def _sort_name(name: str) -> str:
    return name.lower() if name.isascii() else plain(name)


def build_line(pair: Pair, survey: Survey) -> FigureLine:
    """Put a pair in words."""
    row, gap = pair.row, _gap(pair, survey)
    before = _say_side(pair.before, survey, survey.old)
    after = _say_side(pair.after, survey, survey.new)
    return FigureLine(
        change=pair.change,
        name=name_place(row["level"], row["code"], survey.known.directory),
        level=name_level(row["level"]),
        code=row["code"],
        before=before,
        after=after,
        gap=gap,
        gap_text=_say_gap(gap, pair, survey.indicator),
        respondents=_say_both(pair, lambda side: _say_size(side, pair, survey)),
        source=_say_both(
            pair, lambda side: read_cell("", "source_id", side["source_id"], survey.known)
        ),
        notes=_say_notes(pair, survey),
    )


def _say_both(pair: Pair, say: Callable[[Row], str]) -> str:
    """Say something of both sides, once where it is the same."""
    texts = [say(side) for side in (pair.before, pair.after) if side is not None]
    return " → ".join(dict.fromkeys(texts))


def _say_side(row: Row | None, survey: Survey, extent: Extent) -> str:
    """Write the figure of a side: a number with its unit, the words of its source, or why not."""
    if row is None:
        return ""
    reason = _reason(row, extent)
    if reason is not None:
        return SUPPRESSION_TEXTS[reason]
    number = _read_number(row["value"])
    if number is None:
        return quote_short(row.get("value_text") or row["value"]) or "sans valeur"
    indicator = survey.indicator
    if indicator is None:
        return format_number(number, _decimals(row["value"]))
    decimals = max(indicator.decimals, _decimals(row["value"]))
    unit = short_unit(indicator.unit_label)
    if indicator.kind is Kind.COUNT:
        unit = agree(abs(int(number)), singular(unit), unit)
    return format_value(number, decimals, unit)


def _say_gap(gap: float | None, pair: Pair, indicator: Indicator | None) -> str:
    """Write a difference with its sign: « +3 points », « −0,5 »."""
    if gap is None:
        return ""
    if not gap:
        return "inchangé"
    sides = (side["value"] for side in (pair.before, pair.after) if side is not None)
    decimals = max(indicator.decimals if indicator else 0, *(_decimals(text) for text in sides))
    unit = short_unit(indicator.unit_label) if indicator else ""
    if unit.startswith("%"):
        unit = agree(int(abs(gap)), "point", "points")
    elif indicator and indicator.kind is Kind.COUNT:
        unit = agree(int(abs(gap)), singular(unit), unit)
    return f"{'+' if gap > 0 else '−'}{format_value(abs(gap), decimals, unit)}"


def _say_size(row: Row, pair: Pair, survey: Survey) -> str:
    """Write how many answered; what is no survey has no answers."""
    if survey.indicator is not None and survey.indicator.nature is not Nature.ENQUETE:
        return ""
    if _reason(row, survey.new if row is pair.after else survey.old) is not None:
        return "masqué"
    size = read_size(row.get("respondents", ""))
    return "non communiqué" if size is None else format_number(size)


def _say_notes(pair: Pair, survey: Survey) -> tuple[str, ...]:
    """Say what else changed; nothing is quoted of a text, nor of a hidden figure."""
    notes = [_READINGS[reading]] if (reading := pair.row.get("reading")) in _READINGS else []
    for column in (column for column in pair.columns if column not in _TOLD):
        name = name_column("observations", column)
        if column in _TEXTS or is_hidden(pair, survey):
            notes.append(name)
            continue
        before, after = (
            read_cell("observations", column, side.get(column, ""), survey.known) or "vide"
            for side in (pair.before, pair.after)
            if side is not None
        )
        notes.append(f"{name}{NBSP}: {before} → {after}")
    if pair.columns and _UNSEEN.issuperset(pair.columns):
        notes.append("identifiant interne")
    return tuple(notes)


def _reason(row: Row, extent: Extent) -> Suppression | None:
    """Tell why a figure is hidden in its own set of tables, if it is."""
    return extent.hidden.get((row["level"], row["code"])) if extent.hidden else None


def _gap(pair: Pair, survey: Survey) -> float | None:
    if pair.before is None or pair.after is None or is_hidden(pair, survey):
        return None
    before, after = _read_number(pair.before["value"]), _read_number(pair.after["value"])
    # Cells are decimal: what a computer adds to their difference is taken off.
    return None if before is None or after is None else round(after - before, _MAX_DECIMALS)


@lru_cache(maxsize=4_096)
def _read_number(text: str) -> float | None:
    """Read a value; a draft may hold words in its place."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _decimals(text: str) -> int:
    return min(len(text.partition(".")[2]), _MAX_DECIMALS)
