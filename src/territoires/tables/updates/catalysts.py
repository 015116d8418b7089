"""A file of actors: its rows as rows of catalysts.csv, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from territoires.domain.updates import Absent, Problem, Row
from territoires.tables.updates.actor_places import (
    PLACE_COLUMNS,
    PLACE_FIELDS,
    place_cells,
    place_of,
    published_codes,
    to_words,
)
from territoires.tables.updates.actor_rows import ActorReader, to_slug
from territoires.tables.updates.file_rows import FileRow, FileRows, read_rows
from territoires.tables.updates.matched import Built, MatchedFile
from territoires.tables.updates.problems import block, join, name_rows, note, quote, warn
from territoires.tables.updates.registers import with_new_source

__all__ = ["PLACE_FIELDS", "build_catalysts", "place_cells"]


def build_catalysts(file: MatchedFile) -> Built:
    """Make the register of actors that a file asks for.

    A column that the file does not have leaves what is published as it is. A row with a blocking
    problem changes nothing; the others are given, so that a draft can be looked at.
    """
    choices, tables = file.choices, file.tables
    rows, told = read_rows(file.sheet, file.columns, choices.excluded)
    sources, wrong = with_new_source(choices, tables)
    reader = ActorReader(rows, file, sources)
    draft = _Draft(reader)
    problems = (*told, *wrong, *(one for row in rows.rows for one in draft.add(row)))
    removed = draft.find_removed() if choices.absent is Absent.REMOVE else ()
    if removed:
        problems = (*problems, _tell_removed(removed))
    changed: dict[str, tuple[Row, ...]] = {}
    register = draft.register(frozenset(actor["actor_id"] for actor in removed))
    if register != tables.get("catalysts", ()):
        changed["catalysts"] = register
    if sources != tables.get("sources", ()):
        changed["sources"] = sources
    return changed, problems


class _Draft:
    """The actors of a file, each once, beside those that are published."""

    def __init__(self, reader: ActorReader) -> None:
        self.reader, self.published = reader, reader.published
        self.rows: FileRows = reader.rows
        #: Actors of the file by identifier, with the row of each.
        self.actors: dict[str, tuple[int, Row]] = {}
        #: Name and place → identifier and row, to find the same actor twice.
        self.seen: dict[tuple[str, ...], tuple[str, int]] = {}
        #: Published actors named by a row that could not be read: they stay.
        self.unread: set[str] = set()

    def add(self, row: FileRow) -> Iterator[Problem]:
        """Read a row, keep its actor where nothing blocks it, and tell all that is wrong."""
        actor, problems = self.reader.read(row)
        yield from problems
        if actor is None:
            known = self.published.find(row)
            self.unread.update([known["actor_id"]] if known else [])
            return
        actor["actor_id"] = actor["actor_id"] or self._new_id(actor)
        yield from self._keep(row, actor)

    def find_removed(self) -> tuple[Row, ...]:
        """Give the published actors of the sources of the file that it does not hold."""
        sources = {actor["source_id"] for _, actor in self.actors.values()}
        held = {*self.actors, *self.unread}
        return tuple(
            actor
            for actor_id, actor in self.published.by_id.items()
            if actor["source_id"] in sources and actor_id not in held
        )

    def register(self, removed: frozenset[str]) -> tuple[Row, ...]:
        """Give the whole register: published actors in their order, then the new ones."""
        merged = {**self.published.by_id}
        merged.update((actor_id, actor) for actor_id, (_, actor) in self.actors.items())
        return tuple(actor for actor_id, actor in merged.items() if actor_id not in removed)

    def _new_id(self, actor: Row) -> str:
        """Make an identifier of a name; its place is added where the name alone is taken."""
        slug = to_slug(actor["name"])
        known = self.actors[slug][1] if slug in self.actors else self.published.by_id.get(slug)
        if known is None or (_who(known) == _who(actor) and slug in self.actors):
            return slug
        return f"{slug}-{place_of(published_codes(actor))[1].lower()}"

    def _keep(self, row: FileRow, actor: Row) -> Iterator[Problem]:
        """Keep an actor; told where it is in the file already, or published under another name."""
        actor_id = actor["actor_id"]
        if actor_id in self.actors:
            first, other = self.actors[actor_id]
            yield self._tell_twice(row, first, is_same=other == actor)
            return
        self.actors[actor_id] = row.number, actor
        same, first = self.seen.setdefault(_who(actor), (actor_id, row.number))
        if actor_id in self.published.by_id:
            return
        if same != actor_id:
            yield self._tell_namesake(row, same, name_rows([first]))
            return
        for other in self.published.named(actor["name"]):
            if _who(other) == _who(actor):
                yield self._tell_namesake(row, other["actor_id"], "déjà publié")

    def _tell_twice(self, row: FileRow, first: int, *, is_same: bool) -> Problem:
        tell, mend = block, "Gardez une seule de ces lignes, ou donnez un autre identifiant."
        if is_same:
            tell, mend = note, "Cette ligne répète la première\u00a0: elle ne compte qu’une fois."
        return tell(
            "duplicate", f"un acteur par ligne (déjà lu {name_rows([first])})", mend,
            row=row.number, column=self.rows.heading("name"), read=row.get("name"),
        )  # fmt: skip

    def _tell_namesake(self, row: FileRow, other: str, where: str) -> Problem:
        return warn(
            "same-actor", "un acteur qui n’est pas déjà dans le registre",
            f"Le même nom au même lieu a l’identifiant {quote(other)} ({where})\u00a0: si c’est le "
            "même acteur, gardez celui-là.",
            row=row.number, column=self.rows.heading("name"), read=row.get("name"),
        )  # fmt: skip


def _who(actor: Row) -> tuple[str, ...]:
    """Give what makes two rows the same actor: the name and the place."""
    return to_words(actor["name"]), actor["precision"], actor[PLACE_COLUMNS[actor["precision"]]]


def _tell_removed(removed: Sequence[Row]) -> Problem:
    one = len(removed) == 1
    what = "1\u00a0acteur publié" if one else f"{len(removed)}\u00a0acteurs publiés"
    how = "absent du fichier, est retiré" if one else "absents du fichier, sont retirés"
    names = join([quote(actor["name"]) for actor in removed])
    return warn(
        "actors-removed",
        "tous les acteurs déjà publiés de ses sources",
        f"{what}, {how}\u00a0: {names}. Choisissez «\u00a0garder\u00a0» pour ne rien retirer.",
    )
