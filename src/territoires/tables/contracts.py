"""Files against their Table Schema: every problem at once, told in French."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from territoires.domain.updates import name_cell
from territoires.tables import wording

MAX_READ = 80
#: Numbers are written plainly: frictionless alone would also take « NaN », « 1e5 » or « 5 ».
_PLAIN_NUMBER = {"number": re.compile(r"-?\d+(\.\d+)?"), "integer": re.compile(r"-?\d+")}
_HEADER_CODES = frozenset(
    {"incorrect-label", "missing-label", "extra-label", "duplicate-label", "blank-label"}
)

Descriptor = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem: where, what was read, what was expected, and a stable code.

    `row` counts the rows as a spreadsheet shows them, header included; 0 is the whole file.
    `read` is text from the file, cut to 80 characters and never interpreted.
    """

    file: str
    row: int
    column: str
    read: str
    expected: str
    code: str

    @property
    def place(self) -> str:
        """Give the place in words."""
        return name_cell(self.row, self.column)

    def __str__(self) -> str:
        """Give one French line."""
        read = f"lu «\u00a0{self.read}\u00a0», " if self.read else "rien de lu, "
        return f"{self.place}\u00a0: {read}attendu {self.expected}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in one file; `rows` holds its cells as text, empty when unreadable."""

    file: str
    issues: tuple[Issue, ...]
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def valid(self) -> bool:
        """Tell whether the file meets its contract."""
        return not self.issues


def read_schema(path: Path) -> dict[str, Any]:
    """Read a Table Schema shipped with the project."""
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def check_table(
    path: Path, schema: Descriptor, *, name: str = "", may_be_empty: bool = False
) -> Report:
    """Check one local CSV file against its Table Schema.

    A UTF-8 BOM and CRLF line ends are accepted. Foreign keys are left to `check_foreign_keys`.

    Parameters
    ----------
    name
        How to name the file in messages; its own name by default.
    may_be_empty
        Accept a header without rows.
    """
    file = name or path.name
    table, issue = _read_cells(
        path, file, [field["name"] for field in schema["fields"]], may_be_empty
    )
    if issue is not None:
        return Report(file, (issue,))
    issues = _check_cells(table, schema, file)
    rows = tuple(dict(zip(table[0], cells, strict=False)) for cells in table[1:])
    return Report(file, tuple(sorted(issues, key=lambda issue: issue.row)), rows)


def check_rows(
    rows: Sequence[Mapping[str, str]], schema: Descriptor, name: str, *, may_be_empty: bool = False
) -> Report:
    """Check rows already in memory, whose columns are those of the contract, as ``check_table``.

    Each distinct cell is checked once: thousands of rows hold few different words. The whole
    check, which is slow, is made only where something is wrong, to tell it all.
    """
    kept = tuple(rows)
    if not kept and not may_be_empty:
        return Report(name, (Issue(name, 0, "", "", wording.ROWS, "empty-file"),))
    if _is_sound(kept, schema):
        return Report(name, (), kept)
    names = [field["name"] for field in schema["fields"]]
    cells = [names, *([row[column] for column in names] for row in kept)]
    issues = _check_cells(cells, schema, name)
    return Report(name, tuple(sorted(issues, key=lambda issue: issue.row)), kept)


def _is_sound(rows: Sequence[Mapping[str, str]], schema: Descriptor) -> bool:
    """Tell whether every cell and the primary key meet the contract."""
    readers = _read_cell_readers(json.dumps(schema, sort_keys=True))
    for field in schema["fields"]:
        column, form = field["name"], _PLAIN_NUMBER.get(field["type"])
        for cell in {row[column] for row in rows}:
            if readers[column](cell)[1] or (cell and form and not form.fullmatch(cell)):
                return False
    key = schema.get("primaryKey", ())
    keys = {tuple(row[column] for column in key) for row in rows}
    return not key or (len(keys) == len(rows) and all(all(one) for one in keys))


@lru_cache(maxsize=32)
def _read_cell_readers(schema: str) -> dict[str, Any]:
    """Give what reads the cells of each column of a Table Schema, made once."""
    from frictionless import Schema  # noqa: PLC0415 - heavy, needed by who publishes alone

    descriptor = {name: part for name, part in json.loads(schema).items() if name != "foreignKeys"}
    made: Any = Schema.from_descriptor(descriptor)
    readers: dict[str, Any] = made.create_cell_readers()
    return readers


def check_foreign_keys(
    report: Report, schema: Descriptor, known: Mapping[str, frozenset[str]]
) -> list[Issue]:
    """Find the cells that name a row no other table has.

    Parameters
    ----------
    known
        Key values by resource name; the empty name is the table itself.
    """
    issues = []
    for key in schema.get("foreignKeys", ()):
        (column,), resource = key["fields"], key["reference"]["resource"]
        expected = f"un identifiant présent dans {resource or report.file.removesuffix('.csv')}.csv"
        for number, row in enumerate(report.rows, start=2):
            value = row.get(column, "")
            if value and value not in known[resource]:
                issues.append(
                    Issue(report.file, number, column, cut(value), expected, "foreign-key")
                )
    return issues


def cut(text: str) -> str:
    """Give a cell as one short line of text."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text[: 5 * MAX_READ])
    plain = " ".join(text.split())
    return plain if len(plain) <= MAX_READ else plain[: MAX_READ - 1] + "…"


def _read_cells(
    path: Path, file: str, columns: Sequence[str], may_be_empty: bool
) -> tuple[list[list[str]], Issue | None]:
    """Read every cell as text, or say why the file cannot be read at all."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
        # Strict: a quote left open would otherwise swallow the rest of the file in silence.
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        table = list(reader)
    except OSError:
        return [], Issue(file, 0, "", "", wording.MISSING_FILE, "missing-file")
    except UnicodeDecodeError as error:
        row = error.object.count(b"\n", 0, error.start) + 1
        read = repr(error.object[error.start : error.end])[2:-1]
        return [], Issue(file, row, "", read, wording.UTF_8, "encoding")
    except csv.Error as error:
        return [], Issue(file, reader.line_num, "", cut(str(error)), wording.READABLE, "unreadable")
    if len(columns) > 1 and len(table) > 0 and len(table[0]) == 1 and ";" in table[0][0]:
        return [], Issue(file, 1, "", cut(table[0][0]), wording.COMMAS, "separator")
    # Spreadsheets may leave empty lines after the last row.
    while table and not any(cell.strip() for cell in table[-1]):
        table.pop()
    if len(table) < 1 + (not may_be_empty):
        return [], Issue(file, 0, "", "", wording.ROWS, "empty-file")
    return table, None


def _check_cells(table: list[list[str]], schema: Descriptor, file: str) -> list[Issue]:
    errors = _validate(table, schema)
    header = [_issue(error, schema, file) for error in errors if error.type in _HEADER_CODES]
    if header:
        # Positions no longer mean anything: what can be recognised by name is still checked.
        table, schema = _keep_known_columns(table, schema)
        errors = _validate(table, schema) if table[0] else []
    found = header + [
        _issue(error, schema, file)
        for error in _drop_echoes(errors)
        if error.type not in _HEADER_CODES
    ]
    known = {(issue.row, issue.column) for issue in found}
    return found + [
        issue
        for issue in _check_plain_numbers(table, schema, file)
        if (issue.row, issue.column) not in known
    ]


def _validate(table: list[list[str]], schema: Descriptor) -> list[Any]:
    """Run frictionless on cells already in memory: it opens no path and no address."""
    # Imported here: a page that checks nothing does not pay for it.
    from frictionless import Resource, Schema  # noqa: PLC0415

    descriptor = {name: part for name, part in schema.items() if name != "foreignKeys"}
    resource = Resource(data=table, schema=Schema.from_descriptor(descriptor))
    report = resource.validate(limit_errors=len(table) * (len(table[0]) + 1))
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]


def _keep_known_columns(
    table: list[list[str]], schema: Descriptor
) -> tuple[list[list[str]], dict[str, Any]]:
    header = table[0]
    fields = [field for field in schema["fields"] if header.count(field["name"]) == 1]
    names = [field["name"] for field in fields]
    positions = [header.index(name) for name in names]
    rows = [
        [row[position] if position < len(row) else "" for position in positions]
        for row in table[1:]
    ]
    reduced: dict[str, Any] = {"fields": fields, "missingValues": schema["missingValues"]}
    if set(schema["primaryKey"]) <= set(names):
        reduced["primaryKey"] = schema["primaryKey"]
    return [names, *rows], reduced


def _drop_echoes(errors: Iterable[Any]) -> list[Any]:
    """Keep one error per cause: an empty row or key would also be told as a broken key, and a
    short row once per cell."""
    kept: list[Any] = []
    rows: dict[str, set[int]] = {"blank-row": set(), "missing-cell": set(), "required": set()}
    for error in errors:
        number = getattr(error, "row_number", 0)
        if number in rows["blank-row"] and error.type != "blank-row":
            continue
        if error.type == "missing-cell" and number in rows["missing-cell"]:
            continue
        if error.type == "primary-key" and "None" in error.note and number in rows["required"]:
            continue
        if error.type in rows:
            rows[error.type].add(number)
        if error.type in {"constraint-error", "missing-cell"}:
            rows["required"].add(number)
        kept.append(error)
    return kept


def _check_plain_numbers(table: list[list[str]], schema: Descriptor, file: str) -> list[Issue]:
    issues = []
    for position, field in enumerate(schema["fields"]):
        form = _PLAIN_NUMBER.get(field["type"])
        if form is None:
            continue
        for number, cells in enumerate(table[1:], start=2):
            cell = cells[position] if position < len(cells) else ""
            if cell and not form.fullmatch(cell):
                expected = wording.expect_type(field)
                issues.append(Issue(file, number, field["name"], cut(cell), expected, "type-error"))
    return issues


def _issue(error: Any, schema: Descriptor, file: str) -> Issue:
    """Translate one frictionless error."""
    column = str(getattr(error, "field_name", "") or getattr(error, "label", ""))
    fields: dict[str, Descriptor] = {field["name"]: field for field in schema["fields"]}
    code, expected = wording.expect(error, fields.get(column, {}), schema.get("primaryKey", ()))
    if error.type in _HEADER_CODES:
        row, read = 1, str(getattr(error, "label", ""))
    else:
        row, read = int(getattr(error, "row_number", 0)), str(getattr(error, "cell", "") or "")
    if code == "primary-key":
        column = " + ".join(schema["primaryKey"])
        cells = dict(zip(fields, error.cells, strict=False))
        read = " + ".join(str(cells.get(name, "")) for name in schema["primaryKey"])
    return Issue(file, row, cut(column), cut(read), expected, code)
