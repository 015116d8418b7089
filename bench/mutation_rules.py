"""What a hurried person says of a file, and what must never come of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from bench.mutation_seeds import RATE, Seed
from territoires.domain.directory import Directory
from territoires.domain.updates import (
    Absent,
    Choices,
    Dialect,
    FileKind,
    Grade,
    PlaceMatch,
    Row,
    Scale,
    Severity,
)
from territoires.errors import TerritoiresError
from territoires.tables.matching.waves import normalise_wave
from territoires.tables.snapshots import check_tables, read_contents, to_contents, to_tables
from territoires.tables.updates.compare import TableDiff, Tables, compare_tables
from territoires.tables.zoning_columns import plain
from territoires.views.update_review import Review

SOURCE = "cog-2026"
#: The tables that a kind may change; the second one for what follows from the first.
_OWN = {
    FileKind.OBSERVATIONS: {"observations", "indicators", "sources"},
    FileKind.CATALOGUE: {"indicators"},
    FileKind.CATALYSTS: {"catalysts", "sources"},
    FileKind.ZONING: {"zonages"},
}
_PLACES = {
    "catalysts": (
        ("insee_commune", "commune"),
        ("epci_code", "epci"),
        ("departement_code", "departement"),
        ("region_code", "region"),
    )
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DIGITS = re.compile(r"[^0-9,.\-−eE]")


@dataclass(frozen=True, slots=True)
class Case:
    """A spoilt file and what is published."""

    seed: Seed
    tables: Tables
    directory: Directory
    choices: Choices
    review: Review


def choose_first(seed: Seed, chance: random.Random) -> Choices:
    """Say what a person says before anything is read."""
    kind = chance.choice(list(FileKind)) if chance.random() < 0.03 else seed.kind
    said = dict(seed.said) if chance.random() < 0.95 else {}
    dialect = Dialect()
    if chance.random() < 0.05:
        dialect = Dialect(
            encoding=chance.choice(("", "utf-8", "cp1252", "utf-16", "zzz")),
            separator=chance.choice(("", ";", ",", "zz")),
            decimal=chance.choice(("", ",", ".")),
            sheet=chance.choice(("", "Feuil1", "Absente")),
            heading_row=chance.choice((0, 0, 1, 2, 99)),
        )
    return replace(
        Choices(
            kind=kind,
            dialect=dialect,
            source_id=SOURCE,
            fiabilite=chance.choice(("claire", "claire", "ambigue")),
            caveat="Réserve d’essai",
            absent=Absent.REMOVE if chance.random() < 0.15 else Absent.KEEP,
            scale=chance.choice((Scale.UNKNOWN, Scale.UNKNOWN, *Scale)),
        ),
        **said,
    )


def choose_in_haste(choices: Choices, review: Review, chance: random.Random) -> Choices:
    """Accept all that is proposed, confirm, and leave out what nobody knows."""
    codes = {problem.code for problem in review.problems}
    return replace(
        choices,
        confirmed=True,
        columns=tuple(column.role for column in review.columns),
        level=review.level,
        places=tuple(
            (match.written, _accept(match, chance))
            for match in review.places
            if match.grade is not Grade.EXACT
        ),
        scale=chance.choice(list(Scale)) if "scale" in codes else choices.scale,
        indicator_id=choices.indicator_id or (RATE if "indicator-missing" in codes else ""),
        wave=choices.wave or ("2024" if "wave-missing" in codes else ""),
    )


def leave_blocked_out(choices: Choices, review: Review) -> Choices:
    """Leave out the rows that block."""
    rows = {p.row for p in review.problems if p.row and p.severity is Severity.BLOCKING}
    return replace(choices, excluded=tuple(sorted(rows)))


def _accept(match: PlaceMatch, chance: random.Random) -> str:
    if match.grade in {Grade.CLOSE, Grade.AMBIGUOUS}:
        found = match.territory or next(iter(match.candidates), None)
        return str(found) if found and chance.random() < 0.9 else ""
    return ""


def find_wrongs(case: Case) -> Iterator[str]:
    """Say all that is wrong with what a publishable review would publish."""
    new = case.review.tables or {}
    known = case.directory.known_codes()
    for table, issue in check_tables(new, known):
        yield f"contract: {table} {issue}"
    yield from _find_impossible(case, new)
    contents = to_contents(new)
    if to_tables(contents) != {name: tuple(map(dict, rows)) for name, rows in new.items()}:
        yield "kept: the tables read back are not those written"
    try:
        read_contents(contents, known)
    except TerritoiresError as error:
        yield f"read: {error}"
    for diff in compare_tables(case.tables, new):
        yield from _find_strays(case, diff)


def _find_impossible(case: Case, new: Tables) -> Iterator[str]:
    known = {*case.directory.known_codes(), *_published_places(case.tables)}
    shares = {row["indicator_id"] for row in new["indicators"] if row["unit"] == "%"}
    seen = set()
    for row in new["observations"]:
        if row["indicator_id"] in shares and row["value"]:
            value = float(row["value"])
            if not 0 <= value <= 100:
                yield f"share: {row['indicator_id']} {row['code']} {value}"
        if (row["level"], row["code"]) not in known:
            yield f"territory: {row['level']} {row['code']}"
        cell = row["indicator_id"], row["wave"], row["level"], row["code"]
        if row["reading"] == "principale":
            if cell in seen:
                yield f"twice: {cell}"
            seen.add(cell)
    for column, level in _PLACES["catalysts"]:
        for row in new["catalysts"]:
            if row[column] and (level, row[column]) not in known:
                yield f"territory: {row['actor_id']} {level} {row[column]}"
    for row in new["zonages"]:
        if (row["level"], row["code"]) not in known:
            yield f"territory: zone {row['zone_code']} {row['level']} {row['code']}"


def _published_places(tables: Tables) -> Iterator[tuple[str, str]]:
    """Give the territories already published: an actor may have that of its time."""
    yield from ((row["level"], row["code"]) for row in tables["observations"])
    for column, level in _PLACES["catalysts"]:
        yield from ((level, row[column]) for row in tables["catalysts"])


def _find_strays(case: Case, diff: TableDiff) -> Iterator[str]:
    """Say what changed that the file does not speak of."""
    kind = case.choices.kind
    if diff.table not in _OWN[kind]:
        yield f"table: {diff.table} changed by {kind}"
        return
    after = [*diff.added, *(change.after for change in diff.changed)]
    for row in after:
        for column, text in row.items():
            if _CONTROL.search(text):
                yield f"control: {diff.table}.{column} {text[:40]!r}"
    if diff.removed and case.choices.absent is Absent.KEEP and kind is not FileKind.ZONING:
        yield f"removed: {diff.table} {dict(diff.removed[0])}"
    if diff.table == "observations":
        yield from _find_stray_figures(case, diff)
    elif diff.table == "indicators" and kind is FileKind.OBSERVATIONS:
        touched = {row["indicator_id"] for row in _figures(case.tables) ^ _figures(case.review.tables or {})}
        for change in diff.changed:
            if set(change.columns) - {"waves", "levels"} or change.after["indicator_id"] not in touched:
                yield f"indicator: {change.after['indicator_id']} {change.columns}"
        if diff.added or diff.removed:
            yield "indicator: added or removed by figures"
    elif diff.table == "indicators":
        yield from _find_unnamed(case, diff, "indicator_id")
        if any({"waves", "levels"} & set(change.columns) for change in diff.changed):
            yield "indicator: waves changed by a catalogue"
    elif diff.table == "catalysts":
        yield from _find_unnamed(case, diff, "name", "actor_id")
    elif diff.table == "sources":
        yield "source: changed"
    elif diff.table == "zonages":
        yield from _find_other_zonings(case, diff)


class _Hashed(dict[str, str]):
    """A row that a set may hold."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


def _figures(tables: Tables) -> set[_Hashed]:
    return {_Hashed(row) for row in tables["observations"]}


def _find_stray_figures(case: Case, diff: TableDiff) -> Iterator[str]:
    review = case.review
    assert review.sheet is not None
    cells = {row.number: row.cells for row in review.sheet.rows}
    chosen = dict(case.choices.places)
    rows_of: dict[str, list[int]] = {}
    for match in review.places:
        rows_of.setdefault(chosen.get(match.written, str(match.territory)), []).extend(match.rows)
    labels = {row["indicator_id"]: row["label"] for row in (review.tables or {})["indicators"]}
    roles = [column.role for column in review.columns]
    for row in [*diff.added, *(change.after for change in diff.changed)]:
        where = f"{row['level']}-{row['code']}"
        numbers = [n for n in rows_of.get(where, []) if n not in case.choices.excluded]
        told = f"{row['indicator_id']} {row['wave']} {where} {row['value']}"
        if not numbers:
            yield f"figure: no row of the file is of {told}"
            continue
        lines = [cells[number] for number in numbers if number in cells]
        words = {plain(text) for line in lines for text in line}
        names = {case.choices.indicator_id, *(role.indicator_id for role in roles)}
        own = {plain(row["indicator_id"]), plain(labels[row["indicator_id"]])}
        if row["indicator_id"] not in names and not own & words:
            yield f"figure: no row of the file has the indicator of {told}"
        waves = {case.choices.wave, *(role.wave for role in roles)}
        waves |= {normalise_wave(text) or "" for line in lines for text in line}
        if row["wave"] not in waves:
            yield f"figure: no row of the file has the wave of {told}"
        if row["value"] and not any(_may_be(text, row["value"]) for line in lines for text in line):
            yield f"figure: no cell of the file is the value of {told}"
        if row["respondents"] and not _has_sample(case, row, lines):
            yield f"figure: no cell of the file is the sample of {told}: {row['respondents']}"
    for change in diff.changed:
        kept = {"reading", "observation_id", "cycle"}
        if not {"value", "value_text", "source_id"} & set(change.columns):
            kept |= {"fact_id", "contradictions"}
        if kept & set(change.columns):
            yield f"figure: {change.columns} changed for {change.after['observation_id']}"
    for row in diff.removed:
        if row["level"] + "-" + row["code"] in rows_of and case.choices.absent is Absent.KEEP:
            yield f"figure: removed {dict(row)}"


def _has_sample(case: Case, row: Row, lines: list[tuple[str, ...]]) -> bool:
    before = [
        one["respondents"]
        for one in case.tables["observations"]
        if all(one[c] == row[c] for c in ("indicator_id", "wave", "level", "code"))
    ]
    return row["respondents"] in before or any(
        _may_be(text, row["respondents"]) for line in lines for text in line
    )


def _may_be(text: str, value: str) -> bool:
    """Tell whether a cell may be read as a number, in any way of writing it."""
    bare = _DIGITS.sub("", text.translate({0x2212: "-", 0xA0: None, 0x202F: None}))
    ways = {bare.replace(",", "."), bare.replace(".", "").replace(",", "."), bare.replace(",", "")}
    wanted = Decimal(value)
    for way in ways:
        try:
            number = Decimal(way)
        except InvalidOperation:
            continue
        if not number.is_finite() or number.adjusted() > 20:
            continue
        if min(abs(number - wanted), abs(100 * number - wanted)) <= Decimal("0.00011"):
            return True
    return False


def _find_unnamed(case: Case, diff: TableDiff, *columns: str) -> Iterator[str]:
    """Say the rows that changed though no cell of the file bears their name."""
    sheet = case.review.sheet
    assert sheet is not None
    words = {plain(text) for row in sheet.rows for text in row.cells if row.number not in case.choices.excluded}
    for change in diff.changed:
        if not any(plain(change.before[column]) in words for column in columns):
            yield f"{diff.table}: {change.before[columns[0]]} changed, the file does not name it"
    for row in diff.added:
        if not any(plain(row[column]) in words for column in columns):
            yield f"{diff.table}: {row[columns[0]]} added, the file does not name it"
    for row in diff.removed:
        if plain(row[columns[-1]]) in words:
            yield f"{diff.table}: {row[columns[-1]]} removed, though the file names it"


def _find_other_zonings(case: Case, diff: TableDiff) -> Iterator[str]:
    name = " ".join(case.choices.zoning_name.split())
    rows = [*diff.added, *diff.removed, *(c.after for c in diff.changed), *(c.before for c in diff.changed)]
    for other in sorted({row["zoning_name"] for row in rows} - {name}):
        yield f"zonage: {other} changed by {name}"
