"""One file brought by an analyst: what it is taken for, what is wrong with it, what it would make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.domain.updates import (
    Choices,
    ColumnMatch,
    ColumnRole,
    FileKind,
    PlaceMatch,
    Problem,
    Row,
    Severity,
)
from territoires.tables.collector import without_collector
from territoires.tables.published import Published
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.matched import Built, MatchedFile
from territoires.tables.updates.problems import block, note, quote
from territoires.views.update_places import settle_places

if TYPE_CHECKING:
    from territoires.tables.contracts import Issue
    from territoires.tables.matching.places import PlaceNames
    from territoires.tables.sheets import Sheet

#: Fields that several columns may hold.
_REPEATABLE = frozenset({"value", "ignored"})
#: The gravest first, as the person reads them.
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Review:
    """All that is known of a file with the choices made so far.

    ``sheet`` is None when the file cannot be read. ``columns`` are those chosen, else those
    proposed; ``level`` that of the territories, None where rows say their own or nothing is sure.
    ``tables`` are all the tables as they would be published, None where the file cannot be read;
    while something blocks, they hold what could be made of it.
    """

    sheet: Sheet | None
    columns: tuple[ColumnMatch, ...]
    level: Level | None
    places: tuple[PlaceMatch, ...]
    problems: tuple[Problem, ...]
    tables: Mapping[str, tuple[Row, ...]] | None
    is_confirmed: bool = False
    has_changes: bool = False

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Count the problems of each severity, none included."""
        found = Counter(problem.severity for problem in self.problems)
        return {severity: found[severity] for severity in Severity}

    @property
    def is_publishable(self) -> bool:
        """Tell whether the file changes something, confirmed by a person, and nothing blocks it."""
        blocked = any(problem.severity is Severity.BLOCKING for problem in self.problems)
        return self.is_confirmed and self.has_changes and not blocked


@without_collector()
def review_update(  # noqa: PLR0917 - everything an update is a function of
    content: bytes,
    name: str,
    choices: Choices,
    tables: Tables,
    directory: Directory,
    names: PlaceNames,
    published: Published,
) -> Review:
    """Read, match and check a file, whatever it brings, and build what it would publish.

    Nothing is decided here that a person did not choose: before ``choices.confirmed`` everything
    is proposed and checked, and a blocking problem asks for the confirmation.

    Parameters
    ----------
    tables
        What is published: every table, by name.
    names
        The names of the territories of ``directory``, indexed once.
    """
    from territoires.tables.sheets import read_sheet  # noqa: PLC0415 - needed by analysts alone

    sheet, problems = read_sheet(content, name, choices.dialect)
    if sheet is None:
        return Review(None, (), choices.level, (), _ordered(problems), None)
    columns = _match_columns(sheet, choices, published)
    roles = [column.role for column in columns]
    places = settle_places(sheet, choices, roles, tables, directory, names)
    changed, told = _build(MatchedFile(sheet, choices, tables, directory, roles, places.settled))
    problems = (*problems, *_check_roles(columns), *places.problems, *told)
    candidate = {**tables, **changed}
    has_changes = any(rows != tables.get(table, ()) for table, rows in changed.items())
    if has_changes:
        problems = (*problems, *_last_net(candidate, directory, problems))
    elif not any(problem.severity is Severity.BLOCKING for problem in problems):
        problems = (*problems, _tell_no_change())
    if not choices.confirmed:
        problems = (*problems, _ask_confirmation())
    return Review(
        sheet=sheet,
        columns=columns,
        level=places.level,
        places=places.matches,
        problems=_ordered(problems),
        tables=candidate,
        is_confirmed=choices.confirmed,
        has_changes=has_changes,
    )


def _match_columns(sheet: Sheet, choices: Choices, published: Published) -> tuple[ColumnMatch, ...]:
    """Give what each column is taken for: as chosen, else as proposed."""
    from territoires.tables.matching import match_columns  # noqa: PLC0415

    waves = sorted({wave for one in published.catalogue.values() for wave in one.waves})
    proposed = match_columns(sheet, choices.kind, published.catalogue, waves)
    if not choices.columns:
        return proposed
    chosen = {role.position: role for role in choices.columns}
    return tuple(
        replace(match, role=role, reason="" if role != match.role else match.reason)
        for match in proposed
        if (role := chosen.get(match.role.position, ColumnRole(match.role.position, "ignored")))
    )


def _check_roles(columns: Sequence[ColumnMatch]) -> list[Problem]:
    """Tell the columns that were given one meaning twice: only one of them could be read."""
    seen: dict[tuple[str, str, str], ColumnMatch] = {}
    problems = []
    for column in columns:
        role = column.role
        if role.field in _REPEATABLE:
            continue
        first = seen.setdefault((role.field, role.indicator_id, role.wave), column)
        if first is not column:
            problems.append(
                block(
                    "column-twice",
                    "une seule colonne pour chaque information",
                    f"La colonne {quote(first.heading)} dit déjà la même chose\u00a0: laissez l’une des deux "
                    "de côté.",
                    column=column.heading,
                )
            )
    return problems


def _build(file: MatchedFile) -> Built:
    from territoires.tables.updates.catalogue import build_catalogue  # noqa: PLC0415
    from territoires.tables.updates.catalysts import build_catalysts  # noqa: PLC0415
    from territoires.tables.updates.zonings import build_zonings  # noqa: PLC0415
    from territoires.views.update_figures import build_figures  # noqa: PLC0415

    builders = {
        FileKind.OBSERVATIONS: build_figures,
        FileKind.CATALOGUE: build_catalogue,
        FileKind.CATALYSTS: build_catalysts,
        FileKind.ZONING: build_zonings,
    }
    return builders[file.choices.kind](file)


def _last_net(
    candidate: Tables, directory: Directory, told: Sequence[Problem]
) -> Iterable[Problem]:
    """Hold the candidate to the whole contract, where nothing blocking explains it already."""
    from territoires.tables.snapshots import check_tables  # noqa: PLC0415

    if any(problem.severity is Severity.BLOCKING for problem in told):
        return ()
    issues = check_tables(candidate, directory.known_codes())
    return tuple(_of_contract(table, issue) for table, issue in issues)


def _of_contract(table: str, issue: Issue) -> Problem:
    return block(
        "contract",
        issue.expected,
        f"Le contrat de la table {table}.csv n’est pas tenu ({issue.place}).",
        column=issue.column,
        read=issue.read,
    )


def _ask_confirmation() -> Problem:
    return block(
        "unconfirmed",
        "des correspondances relues par une personne",
        "Relisez ce que chaque colonne et chaque territoire est devenu, puis confirmez\u00a0: rien "
        "n’est appliqué avant.",
    )


def _tell_no_change() -> Problem:
    return note(
        "no-change",
        "au moins un changement",
        "Rien dans ce fichier ne change ce qui est publié\u00a0: il n’y a rien à publier.",
    )


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by severity, then as the file goes; each is told once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: (_RANKS[one.severity], one.row)))
