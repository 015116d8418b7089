"""A zoning file as people make them: which separator, which encoding, which column is which."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from territoires.tables.contracts import Issue, cut

MAX_BYTES = 5_000_000
MAX_ROWS = 100_000
_SEPARATORS = ";,\t"
_NO_BREAK = "\u00a0\u202f"
_NAMES = {"nom", "name", "libelle", "lib", "intitule", "nomzone", "libzone", "zonename"}
_ZONES = {"zone", "zonage", "crte", "petr", "pays", "bassin", "bv", "ze", "codezone", "idzone"}
_MEMBERS = {
    "epci", "siren", "insee", "commune", "communes", "com", "codgeo", "depcom", "membre",
    "codeepci", "codesiren", "codeinsee", "codecommune",
}  # fmt: skip
_CODES = {"code", "id", "identifiant", "numero"}
_HEADINGS = (
    "une première ligne de titres, par exemple «\u00a0epci;zone;nom_zone\u00a0» ou "
    "«\u00a0code_insee;code_zone;nom_zone\u00a0»"
)


@dataclass(frozen=True, slots=True)
class ZoningRow:
    """One row, as a spreadsheet counts them: a code, its zone and the zone's name, as written."""

    number: int
    member: str
    zone: str
    name: str


@dataclass(frozen=True, slots=True)
class ZoningTable:
    """The rows of a file, with the heading of each column; without a name column it is empty."""

    file: str
    member: str
    zone: str
    name: str
    rows: tuple[ZoningRow, ...]


def read_columns(origin: Path | bytes) -> tuple[ZoningTable | None, tuple[Issue, ...]]:
    """Read a file and find its columns, or say why nothing can be read in it."""
    file = origin.name if isinstance(origin, Path) else "fichier"
    cells, problem = _read_cells(origin, file)
    if problem is not None:
        return None, (problem,)
    filled = [(number, row) for number, row in cells if any(cell.strip() for cell in row)]
    if not filled:
        return None, (Issue(file, 0, "", "", "des lignes (le fichier est vide)", "empty-file"),)
    (first, headings), *rows = filled
    headings = [" ".join(heading.split()) for heading in headings]
    places, expected = _find_columns(headings)
    if expected:
        return None, (Issue(file, first, "", cut(" ; ".join(headings)), expected, "columns"),)
    if not rows:
        expected = "au moins une ligne sous les titres"
        return None, (Issue(file, 0, "", "", expected, "empty-file"),)
    member, zone, name = places
    issues = tuple(
        Issue(
            file, number, "", cut(" ; ".join(row[len(headings) :])),
            "autant de cellules que de titres\u00a0: un nom qui contient le séparateur s’écrit "
            "entre guillemets", "extra-cell",
        )
        for number, row in rows
        if any(cell.strip() for cell in row[len(headings) :])
    )  # fmt: skip
    if issues:
        return None, issues
    table = ZoningTable(
        file,
        headings[member],
        headings[zone],
        "" if name is None else headings[name],
        tuple(
            ZoningRow(number, _cell(row, member), _cell(row, zone), _cell(row, name))
            for number, row in rows
        ),
    )
    return table, ()


def plain(text: str) -> str:
    """Give a text without accents nor capitals."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def one_line(text: str) -> str:
    """Give a text as one line of characters that can be seen; its no-break spaces stay."""
    seen = "".join(c if c.isprintable() or c in _NO_BREAK else " " for c in text)
    return re.sub(" +", " ", seen).strip()


def _cell(row: Sequence[str], place: int | None) -> str:
    return one_line(row[place]) if place is not None and place < len(row) else ""


def _read_cells(
    origin: Path | bytes, file: str
) -> tuple[list[tuple[int, list[str]]], Issue | None]:
    """Read every cell with the number of its row, or say why the file is not a table of text."""
    try:
        content = origin if isinstance(origin, bytes) else origin.read_bytes()
    except OSError:
        content = None
    expected, code = _refuse(content)
    text = "" if content is None or expected else _decode(content)
    if text is None or "\0" in text:
        expected, code = "un fichier CSV enregistré en UTF-8 (texte illisible)", "encoding"
    if expected or not text:
        return [], Issue(file, 0, "", "", expected, code) if expected else None
    headings = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=headings.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        cells = list(enumerate(islice(reader, MAX_ROWS + 1), start=1))
    except csv.Error:
        expected = "un fichier CSV lisible (guillemets ouverts et refermés)"
        return [], Issue(file, reader.line_num, "", "", expected, "unreadable")
    if len(cells) > MAX_ROWS:
        return [], Issue(file, 0, "", "", "un fichier de 100\u202f000 lignes au plus", "too-large")
    return cells, None


def _refuse(content: bytes | None) -> tuple[str, str]:
    """Say what is wrong with a file before it is read, and the code of the problem."""
    if content is None:
        return "un fichier (introuvable ou illisible)", "missing-file"
    if len(content) > MAX_BYTES:
        return "un fichier de 5 Mo au plus", "too-large"
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        told = "un fichier CSV\u00a0: c’est un classeur, enregistrez sa feuille en CSV UTF-8"
        return told, "format"
    return "", ""


def _decode(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _find_columns(headings: Sequence[str]) -> tuple[tuple[int, int, int | None], str]:
    """Find the columns of the code, the zone and its name, or say what is expected of them."""
    kinds = [_kind(_words(heading)) for heading in headings]
    found = {
        kind: [place for place, other in enumerate(kinds) if other == kind]
        for kind in ("member", "zone", "name", "code", "")
    }
    members = _prefer_codes(found["member"], headings)
    zones, names = _prefer_codes(found["zone"], headings), found["name"]
    if not names:
        names = [place for place in found["zone"] if place not in zones]
    # A column headed « code » and no more is that of what has no other.
    if not members:
        members = found["code"]
    elif not zones:
        zones = found["code"]
    if len(members) == 1 and not zones and not names:
        zones, names = found[""][:1], found[""][1:2]
    nothing: tuple[int, int, int | None] = (0, 0, None)
    if not members or not (zones or names):
        return nothing, _HEADINGS
    if len(names) > 1:
        names = [place for place in names if _words(headings[place]) & _ZONES] or names
    for columns, what in (
        (members, "codes (EPCI ou commune)"),
        (zones, "codes de zone"),
        (names, "noms de zone"),
    ):
        if len(columns) > 1:
            read = ", ".join(cut(headings[place]) for place in columns)
            return nothing, f"une seule colonne de {what}\u00a0: {read} le sont toutes"
    name = names[0] if names else None
    return (members[0], zones[0] if zones else names[0], name), ""


def _words(heading: str) -> set[str]:
    return {word for word in re.split(r"[^a-z]+", plain(heading)) if word}


def _kind(words: set[str]) -> str:
    if words & _NAMES:
        # The name of an EPCI or a commune says nothing of the zones.
        return "other" if words & _MEMBERS else "name"
    if words & _ZONES:
        return "zone"
    if words & _MEMBERS:
        return "member"
    return "code" if "code" in words else ""


def _prefer_codes(places: list[int], headings: Sequence[str]) -> list[int]:
    """Where several columns could be the one, keep those that say they hold codes."""
    coded = [place for place in places if _words(headings[place]) & _CODES]
    return coded if len(places) > 1 and coded else places
