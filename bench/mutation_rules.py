"""What must never come of a file, whatever it holds and whatever is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bench.mutation_seeds import Seed
from territoires.domain.directory import Directory
from territoires.domain.updates import Absent, Choices, FileKind, Row
from territoires.errors import TerritoiresError
from territoires.tables.matching.keys import to_words
from territoires.tables.matching.waves import normalise_wave
from territoires.tables.snapshots import check_tables, read_tables, to_contents, to_tables
from territoires.tables.updates.compare import TableDiff, Tables, compare_tables
from territoires.tables.zoning_columns import plain
from territoires.views.update_review import Review

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


def find_wrongs(case: Case) -> Iterator[str]:
    """Say all that is wrong with what a publishable review would publish."""
    new = case.review.tables or {}
    known = case.directory.known_codes()
    for table, issue in check_tables(new, known):
        yield f"contract: {table} {issue}"
    yield from _find_impossible(case, new)
    contents = to_contents(new)
    read_back = to_tables(contents)
    if read_back != {name: tuple(map(dict, rows)) for name, rows in new.items()}:
        yield "kept: the tables read back are not those written"
    try:
        read_tables(read_back, known)
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
    for row in (*diff.added, *(change.after for change in diff.changed)):
        for column, text in row.items():
            if _CONTROL.search(text):
                yield f"control: {diff.table}.{column} {text[:40]!r}"
    if diff.removed and case.choices.absent is Absent.KEEP and kind is not FileKind.ZONING:
        yield f"removed: {diff.table} {dict(diff.removed[0])}"
    yield from _FINDERS[kind, diff.table](case, diff)


def _find_stray_extents(case: Case, diff: TableDiff) -> Iterator[str]:
    """Figures change the waves and levels of their indicators, and nothing else of a catalogue."""
    after = case.review.tables or {}
    touched = {row["indicator_id"] for row in _figures(case.tables) ^ _figures(after)}
    for change in diff.changed:
        name = change.after["indicator_id"]
        if set(change.columns) - {"waves", "levels"} or name not in touched:
            yield f"indicator: {name} {change.columns}"
    if diff.added or diff.removed:
        yield "indicator: added or removed by figures"


def _find_stray_entries(case: Case, diff: TableDiff) -> Iterator[str]:
    yield from _find_unnamed(case, diff, "indicator_id")
    if any({"waves", "levels"} & set(change.columns) for change in diff.changed):
        yield "indicator: waves changed by a catalogue"


def _find_stray_actors(case: Case, diff: TableDiff) -> Iterator[str]:
    yield from _find_unnamed(case, diff, "name", "actor_id")


def _find_sources(_case: Case, _diff: TableDiff) -> Iterator[str]:
    # Nobody gives a new source here.
    yield "source: changed"


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
    words = {
        to_words(text)
        for row in sheet.rows
        for text in row.cells
        if row.number not in case.choices.excluded
    }
    for change in diff.changed:
        if not any(to_words(change.before[column]) in words for column in columns):
            yield f"{diff.table}: {change.before[columns[0]]} changed, the file does not name it"
    for row in diff.added:
        if not any(to_words(row[column]) in words for column in columns):
            yield f"{diff.table}: {row[columns[0]]} added, the file does not name it"
    for row in diff.removed:
        if to_words(row[columns[-1]]) in words:
            yield f"{diff.table}: {row[columns[-1]]} removed, though the file names it"


def _find_other_zonings(case: Case, diff: TableDiff) -> Iterator[str]:
    name = " ".join(case.choices.zoning_name.split())
    rows = [
        *diff.added,
        *diff.removed,
        *(c.after for c in diff.changed),
        *(c.before for c in diff.changed),
    ]
    for other in sorted({row["zoning_name"] for row in rows} - {name}):
        yield f"zonage: {other} changed by {name}"


_FINDERS: Mapping[tuple[FileKind, str], Callable[[Case, TableDiff], Iterator[str]]] = {
    (FileKind.OBSERVATIONS, "observations"): _find_stray_figures,
    (FileKind.OBSERVATIONS, "indicators"): _find_stray_extents,
    (FileKind.OBSERVATIONS, "sources"): _find_sources,
    (FileKind.CATALOGUE, "indicators"): _find_stray_entries,
    (FileKind.CATALYSTS, "catalysts"): _find_stray_actors,
    (FileKind.CATALYSTS, "sources"): _find_sources,
    (FileKind.ZONING, "zonages"): _find_other_zonings,
}
