"""Cells of an Excel workbook: the sheet, the texts and the formats that its cells refer to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from territoires.domain.updates import Dialect, Problem, Severity
from territoires.tables.sheets.archive import (
    BROKEN,
    MAX_MEMBERS,
    RefusedError,
    check_cells,
    open_archive,
    parse_part,
    refuse_broken,
)
from territoires.tables.sheets.cells import Cells, LocalNames, Strings, Writer, write_number
from territoires.tables.sheets.numbers import count_decimals, find_decimal
from territoires.tables.sheets.sheet import Grid
from territoires.tables.sheets.told import refuse, tell, tell_doubt, to_line

_MAX_SHEETS, _MAX_STYLES = 500, 65_536
_VISIBLE = "visible"
#: Text in quotes or after a backslash is shown as it is: a « % » there means nothing.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class _Part:
    """A sheet: its name, whether it is seen, and where it is."""

    name: str
    is_visible: bool
    path: str


class _Links:
    """What a part refers to: identifier of a link → its kind (« worksheet »…) and its part."""

    def __init__(self, archive: ZipFile, part: str) -> None:
        self.by_id: dict[str, tuple[str, str]] = {}
        self._folder, name = posixpath.split(part)
        path = posixpath.join(self._folder, "_rels", f"{name}.rels")
        if path in archive.namelist():
            parse_part(archive, path, self._start)

    def find(self, kind: str) -> str:
        """Give the part of the only link of a kind, nothing without one."""
        return next((part for found, part in self.by_id.values() if found == kind), "")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and len(self.by_id) < MAX_MEMBERS:
            target = attributes.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.by_id[attributes.get("Id", "")] = kind, path


class _Contents:
    """The sheets of a workbook in order, and the day that its dates count from."""

    def __init__(self, archive: ZipFile, part: str, links: _Links) -> None:
        self.sheets: list[_Part] = []
        self.epoch: Any = WINDOWS_EPOCH
        self._links, self._paths = links.by_id, set(archive.namelist())
        parse_part(archive, part, self._start)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = MAC_EPOCH
        elif local == "sheet" and len(self.sheets) < _MAX_SHEETS:
            # « r:id », whatever the prefix.
            ids = [text for key, text in attributes.items() if key.endswith(":id")]
            kind, path = self._links.get(ids[0] if ids else "", ("", ""))
            if kind == "worksheet" and path in self._paths:
                is_visible = attributes.get("state", _VISIBLE) == _VISIBLE
                self.sheets.append(_Part(to_line(attributes.get("name", "")), is_visible, path))


class _Formats:
    """The number format of each style of cell."""

    def __init__(self, archive: ZipFile, part: str) -> None:
        self.styles: list[int] = []
        self._codes: dict[int, str] = {}
        self._names = LocalNames()
        self._within = False
        if part:
            parse_part(archive, part, self._start, self._end)

    def code(self, style: int) -> str:
        """Give the format of a style."""
        return self._codes.get(style) or str(BUILTIN_FORMATS.get(style, "General"))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self._names[name]
        if local == "numFmt" and "formatCode" in attributes and len(self._codes) < _MAX_STYLES:
            self._codes[int(attributes["numFmtId"])] = attributes["formatCode"][:255]
        elif local == "cellXfs":
            self._within = True
        elif local == "xf" and self._within and len(self.styles) < _MAX_STYLES:
            self.styles.append(int(attributes.get("numFmtId", 0)))

    def _end(self, name: str) -> None:
        if self._names[name] == "cellXfs":
            self._within = False


class _Workbook:
    """An opened workbook: what its sheets refer to is read, the sheets are not."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        part = _Links(archive, "").find("officeDocument")
        links = _Links(archive, part)
        self.contents = _Contents(archive, part, links)
        self.parts = self.contents.sheets
        strings = Strings()
        if path := links.find("sharedStrings"):
            parse_part(archive, path, strings.start, strings.end, strings.data)
        self.strings = strings.texts
        self.formats = _Formats(archive, links.find("styles"))

    def read(self, part: _Part, sign: str) -> Cells:
        """Read the cells of a sheet; numbers are written with a decimal sign."""
        check_cells(self.archive, part.path)
        plain = partial(write_number, sign=sign)
        by_format = {
            style: self._writer(self.formats.code(style), sign)
            for style in set(self.formats.styles)
        }
        writers = [by_format[style] for style in self.formats.styles]
        cells = Cells(self.strings, writers, plain)
        parse_part(self.archive, part.path, cells.start, cells.end, cells.data)
        return cells

    def _writer(self, code: str, sign: str) -> Writer:
        """Give what writes the numbers shown in a format."""
        if is_date_format(code):
            return partial(
                _write_date, epoch=self.contents.epoch, is_span=is_timedelta_format(code)
            )
        return partial(write_number, sign=sign, percent="%" in _LITERAL.sub("", code))


def read_workbook(content: bytes, dialect: Dialect) -> tuple[Grid | None, tuple[Problem, ...]]:
    """Read a sheet of a workbook as rows of cells, or say why nothing can be read in it."""
    try:
        with open_archive(content) as archive:
            return _read(_Workbook(archive), dialect)
    except RefusedError as refused:
        return None, (refused.problem,)
    except BROKEN:
        return None, (refuse_broken(),)


def _read(book: _Workbook, dialect: Dialect) -> tuple[Grid | None, tuple[Problem, ...]]:
    names = tuple(part.name for part in book.parts)
    asked = [part for part in book.parts if part.name == dialect.sheet]
    if dialect.sheet and not asked:
        mend = f"Choisissez parmi\u00a0: {', '.join(names)}."
        return None, (refuse("sheet", "une feuille du classeur", mend, read=dialect.sheet),)
    sign = dialect.decimal or "."
    for part in asked or [part for part in book.parts if part.is_visible] or book.parts:
        cells = book.read(part, sign)
        if not cells.rows:
            continue
        found = find_decimal(cells.decimals) if cells.decimals else "."
        if not dialect.decimal and found != sign:
            # Texts say « 77,5 »: numbers are written as they are, so that one sign reads all.
            sign, cells = found, book.read(part, found)
        grid = Grid(
            replace(dialect, encoding="", separator="", decimal=sign, sheet=part.name),
            cells.rows, names, cells.formulas, is_text=False,
            errors=cells.errors, uncomputed=cells.uncomputed,
            merged=cells.merged, hidden=cells.hidden,
        )  # fmt: skip
        told = [*_tell_sheet(part, names, dialect), *_tell_macros(book)]
        if not dialect.decimal and cells.decimals and not any(count_decimals(cells.decimals)[:2]):
            told.append(tell_doubt(sign, read=min(cells.decimals)))
        return grid, tuple(told)
    what = "rien n’est écrit sur cette feuille" if asked else "aucune feuille n’est remplie"
    mend = "Choisissez une autre feuille, ou vérifiez que c’est le bon fichier."
    return None, (refuse("empty-sheet", f"des titres et des lignes ({what})", mend),)


def _tell_sheet(part: _Part, names: tuple[str, ...], dialect: Dialect) -> tuple[Problem, ...]:
    """Say which sheet is read when nobody chose among several."""
    if dialect.sheet or len(names) == 1:
        return ()
    return (
        tell(
            Severity.NOTE, "sheet", "une seule feuille",
            f"La première feuille remplie est lue\u00a0; les autres sont laissées de côté. "
            f"Choisissez-en une autre si ce n’est pas la bonne\u00a0: {', '.join(names)}.",
            read=part.name,
        ),
    )  # fmt: skip


def _tell_macros(book: _Workbook) -> tuple[Problem, ...]:
    if not any(name.endswith("vbaProject.bin") for name in book.archive.namelist()):
        return ()
    mend = "Elles ne sont ni lues ni exécutées\u00a0; seules les cellules le sont."
    return (tell(Severity.NOTE, "macros", "un classeur sans macros", mend),)


def _write_date(stored: str, epoch: Any, is_span: bool) -> str:
    """Write a stored number as the day, the time or the duration that it stands for."""
    try:
        found = from_excel(float(stored), epoch, timedelta=is_span)
    except (ValueError, OverflowError):
        return stored
    if isinstance(found, timedelta):
        minutes, seconds = divmod(round(found.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if isinstance(found, datetime):
        return found.isoformat(" ").removesuffix(" 00:00:00")
    return str(found)
