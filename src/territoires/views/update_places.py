"""Territories as written in a file: what each is taken for, and what a person must decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import (
    Choices,
    ColumnRole,
    FileKind,
    Grade,
    PlaceMatch,
    Problem,
)
from territoires.errors import UnknownTerritoryError
from territoires.tables.updates.actor_places import bare_text
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.problems import (
    MAX_PROBLEMS,
    block,
    join,
    name_rows,
    note,
    quote,
    tell_nearest,
    warn,
)
from territoires.views.french import LEVEL_LABELS, count

if TYPE_CHECKING:
    from territoires.tables.matching.places import PlaceNames
    from territoires.tables.sheets import Sheet

#: Candidates named in a message; the page lists them all.
_MAX_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Places:
    """The territories of a file; ``settled`` holds those that are sure or chosen, by their text.

    None there leaves the rows out, as a person asked.
    """

    level: Level | None
    matches: tuple[PlaceMatch, ...]
    settled: Mapping[str, TerritoryId | None]
    problems: tuple[Problem, ...]


def settle_places(  # noqa: PLR0917 - all that a match depends on
    sheet: Sheet,
    choices: Choices,
    roles: Sequence[ColumnRole],
    tables: Tables,
    directory: Directory,
    names: PlaceNames,
) -> Places:
    """Match every territory of a file, and tell those that need a person."""
    level = choices.level
    matches: tuple[PlaceMatch, ...] = ()
    if choices.kind is FileKind.OBSERVATIONS:
        level, matches = _match_figures(sheet, choices, roles, directory, names)
    elif choices.kind is FileKind.CATALYSTS:
        matches = _match_actors(sheet, choices, roles, tables, directory, names)
    chosen = dict(choices.places)
    headings = _headings(sheet, roles)
    settled: dict[str, TerritoryId | None] = {}
    problems: list[Problem] = []
    asked: list[PlaceMatch] = []
    for match in matches:
        if match.written in chosen:
            column = headings[_field_of(match, headings)]
            problems += _follow(match, chosen[match.written], column, directory, settled)
        elif match.grade is Grade.EXACT and match.territory is not None:
            settled[match.written] = match.territory
        else:
            asked.append(match)
    for match in asked[:MAX_PROBLEMS]:
        problems.append(_ask(match, headings[_field_of(match, headings)], directory))
    if others := asked[MAX_PROBLEMS:]:
        problems.append(_ask_others(others))
    return Places(level, tuple(matches), settled, tuple(problems))


def _headings(sheet: Sheet, roles: Sequence[ColumnRole]) -> Mapping[str, str]:
    """Give the heading of each field, and by no name that of the place of a figure."""
    from territoires.tables.updates.figures import read_layout  # noqa: PLC0415

    fields = read_layout(roles).fields
    found = {field: sheet.headings[position] for field, position in fields.items()}
    return {**found, "": found.get("code", found.get("name", ""))}


def _field_of(match: PlaceMatch, headings: Mapping[str, str]) -> str:
    """Give the field that the text of an actor's place bears; a figure's bears none."""
    field, separator, _ = match.written.partition(":")
    return field if separator and field in headings else ""


def _match_figures(
    sheet: Sheet,
    choices: Choices,
    roles: Sequence[ColumnRole],
    directory: Directory,
    names: PlaceNames,
) -> tuple[Level | None, tuple[PlaceMatch, ...]]:
    from territoires.tables.matching import match_places, propose_level  # noqa: PLC0415
    from territoires.tables.updates.figures import read_layout, read_places  # noqa: PLC0415

    excluded = frozenset(choices.excluded)
    rows = [row for row in sheet.rows if row.number not in excluded]
    cells = [cell for cell in read_places(rows, roles) if cell is not None]
    fields = read_layout(roles).fields
    headings = [sheet.headings[fields[name]] for name in ("code", "name") if name in fields]
    level = choices.level or propose_level(cells, directory, names, headings)
    return level, match_places(cells, level, directory, names)


def _match_actors(  # noqa: PLR0917
    sheet: Sheet,
    choices: Choices,
    roles: Sequence[ColumnRole],
    tables: Tables,
    directory: Directory,
    names: PlaceNames,
) -> tuple[PlaceMatch, ...]:
    """Match each place column of a file of actors at its own level; texts bear their field."""
    from territoires.tables.matching import match_places  # noqa: PLC0415
    from territoires.tables.updates.catalysts import PLACE_FIELDS, place_cells  # noqa: PLC0415

    matches: list[PlaceMatch] = []
    for field, cells in place_cells(sheet, roles, tables, choices.excluded).items():
        found = match_places(cells, PLACE_FIELDS[field], directory, names)
        matches += [replace(match, written=f"{field}:{match.written}") for match in found]
    return tuple(matches)


def _follow(
    match: PlaceMatch,
    choice: str,
    column: str,
    directory: Directory,
    settled: dict[str, TerritoryId | None],
) -> Iterator[Problem]:
    """Do as the person chose, or say why it cannot be done."""
    if not choice:
        settled[match.written] = None
        yield note(
            "place-left-out",
            "un territoire, ou des lignes laissées de côté",
            f"Laissé de côté, comme demandé ({name_rows(match.rows)}).",
            row=match.rows[0],
            column=column,
            read=bare_text(match.written),
        )
        return
    try:
        chosen = directory.parse(choice)
        settled[match.written] = chosen.id
        if match.grade is Grade.UNKNOWN:
            yield warn(
                "place-chosen",
                "un territoire reconnu",
                f"{quote(bare_text(match.written))} est compté comme {chosen.name}, comme demandé"
                + (f"\u00a0: {match.note}." if match.note else "."),
                row=match.rows[0],
                column=column,
                read=bare_text(match.written),
            )
    except UnknownTerritoryError:
        yield block(
            "place-choice",
            "un territoire connu",
            f"Pour {quote(bare_text(match.written))}, choisissez un territoire de la liste, ou laissez ses "
            "lignes de côté.",
            row=match.rows[0],
            column=column,
            read=choice,
        )


def _ask(match: PlaceMatch, column: str, directory: Directory) -> Problem:
    """Say what a person must decide of a text."""
    found = [match.territory, *match.candidates] if match.territory else [*match.candidates]
    names = [
        f"{directory.get(one).name} ({LEVEL_LABELS[one.level]} {one.code})"
        for one in dict.fromkeys(found)
        if one is not None and one in directory
    ][:_MAX_CANDIDATES]
    expected, mend = _say_question(match, names)
    told = f"{match.note[:1].upper()}{match.note[1:].rstrip('.')}. " if match.note else ""
    where = f" ({name_rows(match.rows)})" if len(match.rows) > 1 else ""
    return block(
        f"place-{match.grade}",
        expected + where,
        told + mend,
        row=match.rows[0] if match.rows else 0,
        column=column,
        read=bare_text(match.written),
    )


def _ask_others(matches: Sequence[PlaceMatch]) -> Problem:
    """Tell texts too many to be told one by one."""
    return block(
        "places-too-many",
        "des territoires connus",
        f"{count(len(matches), 'autre texte', 'autres textes')} à vérifier depuis cette ligne\u00a0: "
        "regardez si c’est le bon fichier, et si la colonne du territoire est la bonne.",
        row=min(match.rows[0] for match in matches),
    )


def _say_question(match: PlaceMatch, names: Sequence[str]) -> tuple[str, str]:
    """Say what was expected instead of a text, and what to do; ``names`` come nearest to it."""
    near = join(names)
    if match.grade is Grade.CLOSE:
        confirm = "Confirmez" if match.note else f"Confirmez {near}"
        return (
            "un territoire confirmé",
            f"{confirm}, choisissez-en un autre, ou laissez la ligne de côté.",
        )
    if match.grade is Grade.AMBIGUOUS:
        return (
            "un seul territoire",
            f"Plusieurs territoires répondent à ce texte\u00a0: {near}. Choisissez le bon, ou "
            "laissez la ligne de côté.",
        )
    if match.grade is Grade.TOTAL:
        other = f", ou dites que cela vaut pour {near}" if near else ""
        return "un territoire", f"Laissez de côté ce qui additionne d’autres lignes{other}."
    return (
        "le nom ou le code d’un territoire",
        f"{tell_nearest(names)}Choisissez le territoire, corrigez la cellule, ou laissez la ligne "
        "de côté.",
    )
