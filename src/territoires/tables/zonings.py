"""Zonings: from the checked rows of a set of data, or from a file that somebody brings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.zonings import Zone, Zoning, zone_id
from territoires.tables.contracts import Issue, cut
from territoires.tables.zoning_columns import ZoningRow, ZoningTable, one_line, plain, read_columns
from territoires.tables.zoning_notes import say_lost_zeros, say_repeated, with_notes

MAX_NAME = 120
_MAX_CODE = 40
_ZONE_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_EPCI = re.compile(r"[0-9]{9}")
#: A commune of the Ain to the Ariège whose code a spreadsheet took for a number.
_LOST_ZERO = re.compile(r"[1-9][0-9]{3}")
_KNOWN = (
    "un code d’EPCI (9 chiffres) ou de commune (5 caractères) du Code officiel géographique 2026"
)

#: Code of a zone → its name and the codes of its members.
Gathered = Mapping[str, tuple[str, Iterable[str]]]


def to_zonings(rows: Iterable[Mapping[str, str]]) -> dict[str, Zoning]:
    """Give the zonings of checked rows of `zonages`, by identifier, without their notes."""
    names: dict[str, tuple[str, Level]] = {}
    zones: dict[str, dict[str, tuple[str, list[str]]]] = defaultdict(dict)
    for row in rows:
        names[row["zoning_id"]] = row["zoning_name"], Level(row["level"])
        _, members = zones[row["zoning_id"]].setdefault(row["zone_code"], (row["zone_name"], []))
        members.append(row["code"])
    return {
        zoning_id: build_zoning(zoning_id, name, level, zones[zoning_id])
        for zoning_id, (name, level) in names.items()
    }


def build_zoning(zoning_id: str, name: str, level: Level, zones: Gathered) -> Zoning:
    """Make a zoning of zones by code: zones and members in code order, each once."""
    return Zoning(
        zoning_id,
        name,
        tuple(
            Zone(
                zone_id(zoning_id, code),
                zone_name,
                tuple(TerritoryId(level, member) for member in sorted(set(members))),
            )
            for code, (zone_name, members) in sorted(zones.items())
        ),
    )


def to_rows(zoning: Zoning) -> list[dict[str, str]]:
    """Give a zoning as rows of `zonages`."""
    return [
        {
            "zoning_id": zoning.zoning_id,
            "zoning_name": zoning.name,
            "zone_code": zone.id.code.partition(".")[2],
            "zone_name": zone.name,
            "level": member.level.value,
            "code": member.code,
        }
        for zone in zoning.zones
        for member in zone.members
    ]


def read_zoning(
    origin: Path | bytes, name: str, directory: Directory
) -> tuple[Zoning | None, tuple[Issue, ...]]:
    """Read a zoning from a file of two or three columns, told in full when it cannot be used.

    The columns are the code of an EPCI or of a commune, the code of its zone and the name of the
    zone; one of the last two may be missing. The headings, separators and encodings of French
    spreadsheets are all taken. What was mended is in the notes of the zoning.

    Parameters
    ----------
    name
        Name of the zoning; its identifier is made of it.

    Returns
    -------
    tuple
        The zoning with its notes, or None and every problem of the file at once.
    """
    table, issues = read_columns(origin)
    if table is None:
        return None, issues
    draft = _Draft(table, directory)
    issues = tuple(draft.find_issues())
    if issues:
        return None, issues
    title = one_line(name)[:MAX_NAME] or "Zonage"
    zoning_id = _slug(title, "_") or "zonage"
    zoning = replace(
        build_zoning(zoning_id, title, next(iter(draft.levels)), draft.gathered()),
        notes=draft.notes(),
    )
    return with_notes(directory.with_zonings([zoning]))[zoning_id], ()


class _Draft:
    """What the rows of a file say, row after row."""

    def __init__(self, table: ZoningTable, directory: Directory) -> None:
        self.table, self.directory = table, directory
        #: Level of the codes → the first row that has one.
        self.levels: dict[Level, int] = {}
        #: Code of a zone → how it was written first, and on which row; its name likewise.
        self.written: dict[str, tuple[str, int]] = {}
        self.names: dict[str, tuple[str, int]] = {}
        self.members: dict[str, Counter[str]] = defaultdict(Counter)
        #: Codes whose first zero was lost, as written.
        self.lost_zeros: list[str] = []

    def find_issues(self) -> Iterator[Issue]:
        """Read every row and tell all that is wrong with it."""
        for row in self.table.rows:
            member, zone = self._to_member(row.member), self._to_zone(row)
            if isinstance(member, TerritoryId) and isinstance(zone, str):
                self.levels.setdefault(member.level, row.number)
                self.members[zone][member.code] += 1
            if not isinstance(member, TerritoryId):
                expected, code = member
                yield self._issue(row, self.table.member, row.member, expected, code)
            if not isinstance(zone, str):
                expected, code = zone
                yield self._issue(row, self.table.zone, row.zone, expected, code)
            elif expected := self._other_name(zone, row):
                yield self._issue(row, self.table.name, row.name, expected, "zone-name")
        if len(self.levels) > 1:
            rows = ", ".join(f"{level} ligne {row}" for level, row in self.levels.items())
            yield Issue(
                self.table.file, 0, self.table.member, rows,
                "des EPCI seulement, ou des communes seulement\u00a0: une commune compterait "
                "deux fois, par elle-même et par son EPCI", "mixed-levels",
            )  # fmt: skip

    def gathered(self) -> Gathered:
        """Give the zones by code: a zone without a name bears its code as it was written."""
        return {
            code: (self.names.get(code, self.written[code])[0], members)
            for code, members in self.members.items()
        }

    def notes(self) -> tuple[str, ...]:
        """Say what was mended without asking."""
        repeated = sum(times - 1 for zone in self.members.values() for times in zone.values())
        notes = say_lost_zeros(self.lost_zeros), say_repeated(repeated)
        return tuple(note for note in notes if note)

    def _issue(self, row: ZoningRow, column: str, read: str, expected: str, code: str) -> Issue:
        return Issue(self.table.file, row.number, cut(column), cut(read), expected, code)

    def _to_member(self, text: str) -> TerritoryId | tuple[str, str]:
        """Find the EPCI or the commune that a cell names, or say what it should have been."""
        code = "".join(text.split()).upper()
        if not code:
            return f"{_KNOWN} (ou pas de ligne du tout)", "required"
        lost = bool(_LOST_ZERO.fullmatch(code))
        level = Level.EPCI if _EPCI.fullmatch(code) else Level.COMMUNE
        member = TerritoryId(level, f"0{code}" if lost else code)
        if member not in self.directory:
            return f"{_KNOWN}\u00a0: il a peut-être changé dans une fusion", "code"
        if self.directory.get(member).region_code is None:
            return (
                "une commune des 18 régions\u00a0: les collectivités d’outre-mer n’ont pas de "
                "contour ici", "no-boundary",
            )  # fmt: skip
        if lost:
            self.lost_zeros.append(code)
        return member

    def _to_zone(self, row: ZoningRow) -> str | tuple[str, str]:
        """Give the code of a zone fit for a link, or say what the cell should have been."""
        if not row.zone:
            expected = "une zone\u00a0: supprimez la ligne si ce territoire n’est dans aucune"
            return expected, "required"
        code = row.zone if _ZONE_CODE.fullmatch(row.zone) else _slug(row.zone, "-")
        if not code:
            return "un code de zone fait de lettres ou de chiffres", "pattern"
        text, first = self.written.setdefault(code, (row.zone, row.number))
        if text != row.zone:
            return (
                f"un code qui ne se confonde pas avec «\u00a0{cut(text)}\u00a0» (ligne {first})",
                "zone-code",
            )
        return code

    def _other_name(self, zone: str, row: ZoningRow) -> str:
        """Say which name a zone had already, if this row gives it another one."""
        if not row.name:
            return ""
        name, first = self.names.setdefault(zone, (row.name[:MAX_NAME], row.number))
        if name == row.name[:MAX_NAME]:
            return ""
        return (
            f"un seul nom par zone\u00a0: «\u00a0{cut(row.zone)}\u00a0» s’appelle "
            f"«\u00a0{cut(name)}\u00a0» ligne {first}"
        )


def _slug(text: str, hyphen: str) -> str:
    """Make a code of a text: plain letters, digits, and something between the words."""
    return hyphen.join(re.findall(r"[a-z0-9]+", plain(text)))[:_MAX_CODE].strip(hyphen)
