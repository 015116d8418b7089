"""Columns of a file → fields, by heading and content."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from territoires.domain.indicators import Indicator
from territoires.domain.updates import ColumnMatch, ColumnRole, FileKind
from territoires.tables.matching.cells import read_level
from territoires.tables.matching.contents import Content, look_at, read_place_keys, sample_rows
from territoires.tables.matching.fields import IGNORED
from territoires.tables.matching.headings import Heading, build_vocabulary, read_heading
from territoires.tables.matching.keys import to_words
from territoires.tables.matching.waves import normalise_wave

if TYPE_CHECKING:
    from territoires.tables.sheets import Sheet

__all__ = ["match_columns", "normalise_wave"]

#: Out of 100: below the first, a column is left out; from the second, it surely holds values.
_ENOUGH, _SURELY_VALUE = 50, 70
#: A heading known as it is; what a heading says second, after its cells.
_EXACT, _OTHER = 95, 70
#: Headings of numbers that are as often those of words.
_VAGUE = frozenset({"base", "taille", "nombre", "moyenne", "part", "n", "chiffre", "resultat"})
_VALUE = "value"
_MOST = 0.8
_FINENESS = ("pays", "region", "departement", "zone", "epci", "commune")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column, and the fields it may hold, the surest first."""

    position: int
    heading: str
    content: Content
    options: tuple[Heading, ...]

    @property
    def fineness(self) -> int:
        """Rank the level the heading names, the finest highest; 0 when it names none."""
        levels = [read_level(word) for word in to_words(self.heading).split(" ") if len(word) > 1]
        return max((_FINENESS.index(level) + 1 for level in levels if level), default=0)


def match_columns(
    sheet: Sheet,
    kind: FileKind,
    catalogue: Mapping[str, Indicator],
    waves: Collection[str] = (),
) -> tuple[ColumnMatch, ...]:
    """Propose a field for each column, by its heading and by what its cells look like.

    No field is given twice but « value » and « ignored »; in a wide table the number of answers and
    the design effect may be given once by wave.
    """
    vocabulary = build_vocabulary(kind, catalogue)
    places = read_place_keys()
    rows = [sheet.rows[place].cells for place in sample_rows(len(sheet.rows), len(sheet.headings))]
    columns = []
    for position, heading in enumerate(sheet.headings):
        content = look_at((row[position] for row in rows), catalogue, places)
        told = read_heading(heading, vocabulary, waves)
        options = _options(told, heading, content, kind)
        columns.append(_Column(position, heading, content, options))
    return _assign(columns)


def _options(
    told: Heading | None, heading: str, content: Content, kind: FileKind
) -> tuple[Heading, ...]:
    """List what a column may hold, the surest first."""
    if told is not None and not told.field:
        return (told,)
    found = [] if told is None else _weigh(told, heading, content, kind)
    if told is None or told.sure < _ENOUGH:
        found += _of_content(content, kind)
    return tuple(sorted(found, key=lambda option: -option.sure))


def _weigh(told: Heading, heading: str, content: Content, kind: FileKind) -> list[Heading]:
    """Set what a heading says against the cells: « Région » heads codes as well as names."""
    said, field = told.reason, told.field
    if kind is FileKind.OBSERVATIONS and field in ("code", "name"):
        if content.codes and field == "name":
            return [
                Heading("code", told.sure, f"{said}, {content.codes}"),
                replace(told, sure=_OTHER),
            ]
        if field == "code" and content.is_text and not content.codes:
            return [Heading("name", told.sure, f"{said}, noms"), replace(told, sure=_OTHER)]
        return [told]
    if field in ("value", "respondents", "deff") and content.is_text and not told.indicator_id:
        vague = told.sure < _EXACT or to_words(heading) in _VAGUE
        return [Heading(field, 40 if vague else 60, f"{said}, mais pas des nombres")]
    return [told]


def _of_content(content: Content, kind: FileKind) -> list[Heading]:
    """Say what the cells look like, whatever the heading."""
    if kind is FileKind.ZONING:
        coded = content.codes in ("numéros SIREN", "codes Insee de commune")
        return [Heading("member", 60, content.codes)] if coded else []
    if kind is not FileKind.OBSERVATIONS:
        return []
    tests = (
        (content.ids >= _MOST, Heading("indicator", 70, "identifiants d’indicateurs")),
        (content.surely_codes, Heading("code", 65, content.codes)),
        (content.names >= 0.6, Heading("name", 60, "noms de territoires")),  # noqa: PLR2004
        (content.levels >= _MOST, Heading("level", 58, "niveaux de territoire")),
        (content.fiabilites >= _MOST, Heading("fiabilite", 58, "fiabilités")),
        (content.waves >= _MOST, Heading("wave", 57, "dates ou périodes")),
        (content.years >= _MOST, Heading("wave", 56, "années")),
        (content.percents >= _MOST, Heading(_VALUE, 55, "nombres avec %")),
        (content.is_numeric, Heading(_VALUE, 52, "nombres")),
    )
    return [option for holds, option in tests if holds]


def _assign(columns: Sequence[_Column]) -> tuple[ColumnMatch, ...]:
    """Give each field to its surest column; of two as sure, to the finest and most varied."""
    wanted = sorted(
        ((option, column) for column in columns for option in column.options),
        key=lambda pair: (
            -pair[0].sure,
            -pair[1].fineness,
            -pair[1].content.distinct,
            pair[1].position,
        ),
    )
    has_values = any(o.field == _VALUE and o.sure >= _SURELY_VALUE for o, _ in wanted)
    given: dict[int, Heading] = {}
    holders: dict[tuple[str, str], str] = {}
    refusals: dict[int, str] = {}
    for option, column in wanted:
        if column.position in given:
            continue
        if option.sure < _ENOUGH:
            refusals.setdefault(column.position, option.reason)
        elif not option.field:
            given[column.position] = Heading(IGNORED, 100, option.reason)
        elif option.field == _VALUE and has_values and option.sure < _SURELY_VALUE:
            refusals.setdefault(column.position, f"{option.reason}, titre inconnu")
        elif option.field != _VALUE and (holder := holders.get((option.field, option.wave))):
            told = f"déjà donné par «\u00a0{holder[:60]}\u00a0»"
            refusals.setdefault(column.position, told)
        else:
            given[column.position] = option
            holders.setdefault((option.field, option.wave), column.heading)
    return tuple(_to_match(column, given, refusals) for column in columns)


def _to_match(
    column: _Column, given: Mapping[int, Heading], refusals: Mapping[int, str]
) -> ColumnMatch:
    option = given.get(column.position)
    if option is None:
        nothing = "titre inconnu" if column.content.distinct else "colonne vide"
        reason = refusals.get(column.position, nothing)
        return ColumnMatch(ColumnRole(column.position, IGNORED), column.heading, reason)
    role = ColumnRole(column.position, option.field, option.indicator_id, option.wave)
    return ColumnMatch(role, column.heading, option.reason)
