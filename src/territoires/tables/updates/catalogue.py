"""A file of the catalogue: its rows as rows of indicators.csv, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from territoires.domain.updates import (
    Absent,
    Dialect,
    FileKind,
    Problem,
    Row,
    Severity,
)
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.extents import DERIVED
from territoires.tables.updates.file_rows import FileRows, read_rows
from territoires.tables.updates.indicator_rows import IndicatorReader
from territoires.tables.updates.matched import Built, MatchedFile
from territoires.tables.updates.problems import block, join, name_rows, note, quote, warn

_FOUND = Dialect()


def build_catalogue(file: MatchedFile) -> Built:
    """Make the catalogue that a file asks for; waves and levels stay those of the figures.

    An indicator without any figure is refused: it is brought beside its figures, as
    ``read_new_indicators`` does. Nothing is ever taken off the catalogue.
    """
    tables = file.tables
    rows, told = read_rows(file.sheet, file.columns, file.choices.excluded)
    found, problems = _read(rows, tables)
    measured = {row["indicator_id"] for row in tables.get("observations", ())}
    published = {row["indicator_id"]: row for row in tables.get("indicators", ())}
    kept = {}
    for indicator_id, (number, entry) in found.items():
        if indicator_id in published or indicator_id in measured:
            kept[indicator_id] = entry
        else:
            problems.append(_ask_figures(rows, number, indicator_id))
    if file.choices.absent is Absent.REMOVE:
        problems.append(_keep_absent())
    catalogue = tuple({**published, **kept}.values())
    problems += _check_symmetry(rows, found, catalogue)
    changed = {} if catalogue == tables.get("indicators", ()) else {"indicators": catalogue}
    return changed, (*told, *problems)


def read_new_indicators(
    content: bytes, name: str, tables: Tables, dialect: Dialect = _FOUND
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Read the catalogue entries brought beside a file of figures.

    Returns
    -------
    tuple
        Rows of indicators.csv that are not published yet, waves and levels left empty (their
        figures say them), and every problem; nothing in the file raises.
    """
    from territoires.tables.matching import match_columns  # noqa: PLC0415 - needed by analysts
    from territoires.tables.sheets import read_sheet  # noqa: PLC0415 - needed by analysts alone

    sheet, problems = read_sheet(content, name, dialect)
    if sheet is None:
        return (), problems
    roles = [match.role for match in match_columns(sheet, FileKind.CATALOGUE, {})]
    rows, told = read_rows(sheet, roles)
    found, more = _read(rows, tables)
    published = {row["indicator_id"]: row for row in tables.get("indicators", ())}
    new = []
    for indicator_id, (number, entry) in found.items():
        if indicator_id not in published:
            new.append({**entry, **dict.fromkeys(DERIVED, "")})
        elif entry != published[indicator_id]:
            more.append(_leave_published(rows, number, indicator_id))
    more += _check_symmetry(rows, found, (*tables.get("indicators", ()), *new))
    return tuple(new), (*problems, *told, *more)


def _read(rows: FileRows, tables: Tables) -> tuple[dict[str, tuple[int, Row]], list[Problem]]:
    """Give the entries of a file by identifier with their row, those nothing blocks alone."""
    reader = IndicatorReader(rows, tables.get("indicators", ()), tables.get("domains", ()))
    found: dict[str, tuple[int, Row]] = {}
    seen: dict[str, int] = {}
    problems: list[Problem] = []
    for row in rows.rows:
        entry, told = reader.read(row)
        indicator_id = entry["indicator_id"]
        first = seen.setdefault(indicator_id, row.number)
        if indicator_id and first != row.number:
            told.append(_tell_twice(rows, row.number, indicator_id, first))
        problems += told
        if not any(one.severity is Severity.BLOCKING for one in told):
            found[indicator_id] = row.number, entry
    return found, problems


def _check_symmetry(
    rows: FileRows, found: Mapping[str, tuple[int, Row]], catalogue: Iterable[Row]
) -> Iterator[Problem]:
    """Tell the comparisons that one side alone names."""
    compared = {row["indicator_id"]: row["comparable_with"].split() for row in catalogue}
    for indicator_id, (number, entry) in found.items():
        silent = [
            other
            for other in entry["comparable_with"].split()
            if other in compared and indicator_id not in compared[other]
        ]
        if silent:
            yield warn(
                "one-way", "des indicateurs qui se nomment l’un l’autre",
                f"{join([quote(other) for other in silent])} ne nomme pas {quote(indicator_id)}\u00a0: "
                "ajoutez-le des deux côtés, sinon la comparaison ne s’offre que d’un seul.",
                row=number, column=rows.heading("comparable_with"), read=entry["comparable_with"],
            )  # fmt: skip


def _ask_figures(rows: FileRows, number: int, indicator_id: str) -> Problem:
    return block(
        "no-figures", "un indicateur qui a des chiffres",
        "Un indicateur sans chiffre est refusé\u00a0: apportez ses chiffres (genre "
        "«\u00a0chiffres\u00a0») et joignez-y ce fichier comme indicateurs nouveaux.",
        row=number, column=rows.heading("indicator_id"), read=indicator_id,
    )  # fmt: skip


def _leave_published(rows: FileRows, number: int, indicator_id: str) -> Problem:
    return warn(
        "already-published", "un indicateur nouveau",
        "Il est déjà au catalogue, dont l’entrée reste telle quelle\u00a0: pour la changer, "
        "apportez ce fichier seul, comme catalogue.",
        row=number, column=rows.heading("indicator_id"), read=indicator_id,
    )  # fmt: skip


def _tell_twice(rows: FileRows, number: int, indicator_id: str, first: int) -> Problem:
    return block(
        "duplicate", f"une seule ligne par indicateur (déjà lu {name_rows([first])})",
        "Gardez une seule de ces lignes.",
        row=number, column=rows.heading("indicator_id"), read=indicator_id,
    )  # fmt: skip


def _keep_absent() -> Problem:
    return note(
        "kept", "tous les indicateurs du catalogue",
        "Ceux que le fichier ne nomme pas restent\u00a0: un indicateur s’en va avec ses chiffres.",
    )  # fmt: skip
