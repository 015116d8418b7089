"""An update being prepared: the file, how it is read, what its parts mean, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from territoires.domain.territories import Level, TerritoryId

#: One row of a table: every cell as text, by the name of its column in the contract.
Row = Mapping[str, str]

#: Limits of what may be brought.
MAX_BYTES = 20_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200


class FileKind(StrEnum):
    """What a file brings."""

    OBSERVATIONS = "chiffres"
    CATALOGUE = "catalogue"
    CATALYSTS = "catalyseurs"
    ZONING = "zonage"


class Severity(StrEnum):
    """What a problem asks for, the gravest first."""

    #: Nothing can be published until it is mended.
    BLOCKING = "bloquant"
    #: May be published once a person has read it and says so.
    WARNING = "a_verifier"
    #: Something done without asking, told.
    NOTE = "information"


def name_cell(row: int, column: str) -> str:
    """Name a place of a file: « ligne 12, colonne Taux »; row 0 and no column are all of it."""
    parts = [f"ligne {row}"] if row else []
    parts += [f"colonne {column}"] if column else []
    return ", ".join(parts) or "fichier entier"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a file: where, what was read, what was expected, how to mend it.

    ``row`` counts rows as a spreadsheet shows them; 0 is the whole file. ``read`` is text from the
    file, cut and never interpreted. ``code`` is stable. Texts are French.
    """

    severity: Severity
    code: str
    row: int
    column: str
    read: str
    expected: str
    mend: str

    @property
    def place(self) -> str:
        """Give the place in words."""
        return name_cell(self.row, self.column)

    def __str__(self) -> str:
        """Give one French line."""
        read = f"lu «\u00a0{self.read}\u00a0», " if self.read else ""
        return f"{self.place}\u00a0: {read}attendu {self.expected}. {self.mend}".strip()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written; an empty part is to be found by reading it.

    ``encoding`` is a Python codec (« utf-8 », « cp1252 »…), ``separator`` one of « ; », « , »,
    tab, ``decimal`` « , » or « . », ``sheet`` a sheet of a workbook, ``heading_row`` the row of
    the headings as a spreadsheet counts (0: to be found).
    """

    encoding: str = ""
    separator: str = ""
    decimal: str = ""
    sheet: str = ""
    heading_row: int = 0


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a column of the file holds: a field (« code », « value », « name »…).

    ``indicator_id`` and ``wave`` say whose values a column « value » holds, in a wide table; the
    field « ignored » leaves the column out.
    """

    position: int
    field: str
    indicator_id: str = ""
    wave: str = ""


class Grade(StrEnum):
    """How surely a written code or name is a territory."""

    EXACT = "exact"
    #: One territory is much like it; a person confirms.
    CLOSE = "proche"
    #: Several territories answer to it; a person chooses.
    AMBIGUOUS = "ambigu"
    UNKNOWN = "inconnu"
    #: The row sums up others: « Total », « Ensemble ».
    TOTAL = "total"


class Absent(StrEnum):
    """What becomes of published rows that the file does not hold, within its own scope."""

    KEEP = "garder"
    REMOVE = "retirer"


class Scale(StrEnum):
    """How shares are written in the file; empty: nobody has said."""

    UNKNOWN = ""
    PERCENT = "pourcentages"
    PROPORTION = "proportions"


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a person says of a file; with the file and what is published, it gives the update.

    What is empty is to be found or was not said. ``columns`` and ``places`` are what the person
    confirmed (``confirmed``); ``places`` goes from the text as written in the file to a territory
    (« region-11 ») or to nothing, which leaves its rows out. ``excluded`` are rows left out.
    Constants (indicator, wave, level, source, fiabilite, caveat, study, statement) hold for every
    row without a cell of its own. ``new_source`` and ``new_indicators`` are rows of sources.csv
    and indicators.csv to be added.
    """

    kind: FileKind = FileKind.OBSERVATIONS
    dialect: Dialect = Dialect()
    confirmed: bool = False
    columns: tuple[ColumnRole, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    excluded: tuple[int, ...] = ()
    level: Level | None = None
    scale: Scale = Scale.UNKNOWN
    absent: Absent = Absent.KEEP
    indicator_id: str = ""
    wave: str = ""
    source_id: str = ""
    fiabilite: str = ""
    caveat: str = ""
    study: str = ""
    statement: str = ""
    #: Name of the zoning that a file of zones brings.
    zoning_name: str = ""
    new_source: tuple[tuple[str, str], ...] = ()
    new_indicators: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A territory as written in the file, and what it is taken for.

    ``territory`` is what is proposed, None where nothing can be; ``candidates`` are others to
    choose from. ``note`` says how it was found where that is not plain (French).
    """

    written: str
    rows: tuple[int, ...]
    grade: Grade
    territory: TerritoryId | None = None
    candidates: tuple[TerritoryId, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column of the file and what it is taken for; ``reason`` says why (French)."""

    role: ColumnRole
    heading: str
    reason: str = ""
