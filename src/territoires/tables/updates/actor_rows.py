"""One row of a file of actors: the row of catalysts.csv it makes, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from territoires.domain.territories import TerritoryId
from territoires.domain.updates import Problem, Row, Severity
from territoires.tables.plain_text import clean
from territoires.tables.published import SIMULATION
from territoires.tables.updates.actor_places import (
    PLACE_COLUMNS,
    PLACE_FIELDS,
    Actors,
    complete,
    is_published,
    place_key,
    place_of,
    published_codes,
    to_words,
)
from territoires.tables.updates.file_rows import FileRow, FileRows, check_length
from territoires.tables.updates.matched import MatchedFile
from territoires.tables.updates.problems import block, quote, warn
from territoires.tables.updates.vocabulary import build_names, read_fiabilite, read_source

_ACTOR_ID = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
MAX_ID = 60
_LIMITS = {
    "actor_id": MAX_ID,
    "name": 160,
    "metier": 160,
    "place_name": 160,
    "status_in_source": 500,
    "note": 1_000,
}
_REQUIRED = {
    "name": ("le nom de l’acteur", "Écrivez le nom de l’acteur."),
    "status_in_source": (
        "ce que la source dit de l’acteur",
        "Recopiez en quelques mots ce que la source en dit.",
    ),
}


class ActorReader:
    """Reads the rows of one file, with the choices made and what is published."""

    def __init__(self, rows: FileRows, file: MatchedFile, sources: tuple[Row, ...]) -> None:
        kinds = file.tables.get("catalyst_kinds", ())
        self.rows, self.choices = rows, file.choices
        self.directory, self.places = file.directory, file.places
        self.published = Actors(file.tables)
        self.kinds = {row["kind"]: row["label"] for row in kinds}
        self.sources = build_names(sources, "source_id", "title")
        #: Words of a category → the category; text of a source → what was found of it.
        self.by_words = {
            to_words(text): row["kind"] for row in kinds for text in (row["label"], row["kind"])
        }
        self.found: dict[str, tuple[str, Problem | None]] = {}
        #: What was told of the whole file.
        self.told: set[tuple[str, str]] = set()

    def read(self, row: FileRow) -> tuple[dict[str, str] | None, list[Problem]]:
        """Make the actor of a row and tell what is wrong with it.

        The actor is None where its place is not settled or something blocks it; without an
        identifier of its own it has none yet. A column that the file lacks is told once.
        """
        problems: list[Problem] = []
        actor = self._read(row, problems)
        if any(one.severity is Severity.BLOCKING for one in problems):
            actor = None
        return actor, [one for one in map(self._once, problems) if one is not None]

    def _once(self, problem: Problem) -> Problem | None:
        """Tell of the whole file, once, what its missing column makes every row lack."""
        if problem.column or problem.severity is not Severity.BLOCKING:
            return problem
        if (problem.code, problem.expected) in self.told:
            return None
        self.told.add((problem.code, problem.expected))
        return replace(problem, row=0)

    def _read(self, row: FileRow, problems: list[Problem]) -> dict[str, str] | None:
        guessed = self.published.find(row)
        located = self._locate(row, guessed, problems)
        if located is None:
            return None
        codes, precision = located
        known = guessed
        if not row.get("actor_id"):
            known = self._same_actor(row, codes, problems)
        actor = {
            "actor_id": row.get("actor_id") or (known["actor_id"] if known else ""),
            "name": self._text(row, "name", known),
            "kind": self._kind(row, known, problems),
            "metier": self._text(row, "metier", known),
            "place_name": self._text(row, "place_name", known)
            or self.directory.get(TerritoryId(PLACE_FIELDS[precision], codes[precision])).name,
            **{PLACE_COLUMNS[field]: codes[field] for field in PLACE_FIELDS},
            "precision": precision,
            "status_in_source": self._text(row, "status_in_source", known)
            or clean(self.choices.statement),
            "note": self._text(row, "note", known),
            "fiabilite": self._fiabilite(row, known, problems),
            "source_id": self._source(row, known, problems),
        }
        problems += check_length(row, self.rows, _LIMITS)
        problems += self._check_texts(row, actor)
        return actor

    def _text(self, row: FileRow, field: str, known: Row | None) -> str:
        """Give a cell, or what is published where the file has no such column."""
        return row.get(field) if self.rows.has(field) or known is None else known[field]

    def _same_actor(
        self, row: FileRow, codes: Mapping[str, str], problems: list[Problem]
    ) -> Row | None:
        """Give the published actor of that name and place; the same name elsewhere is told."""
        namesakes = self.published.named(row.get("name"))
        for other in namesakes:
            if place_of(published_codes(other)) == place_of(codes):
                return other
        if namesakes:
            listed = ", ".join(f"{quote(o['actor_id'])} ({o['place_name']})" for o in namesakes[:3])
            problems.append(
                warn(
                    "namesake", "un acteur qui n’est pas encore publié",
                    f"Un acteur de ce nom est publié ailleurs\u00a0: si c’est lui, donnez son "
                    f"identifiant, {listed}\u00a0; sinon un acteur de plus est créé.",
                    row=row.number, column=self.rows.heading("name"), read=row.get("name"),
                )
            )  # fmt: skip
        return None

    def _check_texts(self, row: FileRow, actor: Row) -> Iterator[Problem]:
        for field, (expected, mend) in _REQUIRED.items():
            if not actor[field] or (field == "name" and not to_words(actor[field])):
                yield self._block(row, field, "required", expected, mend=mend)
        written = row.get("actor_id")
        if written and not _ACTOR_ID.fullmatch(written):
            slug = to_slug(written) or to_slug(actor["name"])
            mend = f"Écrivez {quote(slug)}, ou videz la cellule" if slug else "Videz la cellule"
            yield self._block(
                row, "actor_id", "pattern",
                "un identifiant fait de lettres sans accent, de chiffres et de tirets",
                mend=f"{mend}\u00a0: l’identifiant sera fait du nom.",
            )  # fmt: skip

    def _kind(self, row: FileRow, known: Row | None, problems: list[Problem]) -> str:
        written = self._text(row, "kind", known)
        kind = written if written in self.kinds else self.by_words.get(to_words(written))
        if kind:
            return kind
        labels = ", ".join(quote(label) for label in self.kinds.values())
        problems.append(
            self._block(
                row, "kind", "kind" if written else "required", f"l’une des catégories {labels}",
                mend="Recopiez l’une de ces catégories.",
            )
        )  # fmt: skip
        return written

    def _fiabilite(self, row: FileRow, known: Row | None, problems: list[Problem]) -> str:
        published = known["fiabilite"] if known else ""
        written = row.get("fiabilite") or self.choices.fiabilite or published
        # What is published already need not be read: an actor of the demonstration has none.
        if written and written == published:
            return written
        if not written:
            problems.append(
                self._block(
                    row, "fiabilite", "fiabilite-missing", "«\u00a0claire\u00a0» ou «\u00a0ambigue\u00a0»",
                    mend="Dites-la pour tout le fichier, ou ajoutez une colonne «\u00a0Fiabilité\u00a0».",
                )
            )  # fmt: skip
            return ""
        grade, problem = read_fiabilite(written, self.rows.heading("fiabilite"))
        if problem is not None:
            problems.append(self._at(row, problem))
        return grade

    def _source(self, row: FileRow, known: Row | None, problems: list[Problem]) -> str:
        published = known["source_id"] if known else ""
        new = dict(self.choices.new_source).get("source_id", "")
        written = row.get("source") or self.choices.source_id or new or published
        if not written:
            problems.append(
                self._block(
                    row, "source", "source-missing", "la source de cette ligne",
                    mend="Choisissez la source pour tout le fichier, ou ajoutez une colonne "
                    "«\u00a0Source\u00a0».",
                )
            )  # fmt: skip
            return ""
        if written not in self.found:
            column = self.rows.heading("source")
            self.found[written] = read_source(written, self.sources, column)
        found, problem = self.found[written]
        if problem is not None:
            problems.append(self._at(row, problem))
        elif found != published and self.sources.by_id[found]["kind"] == SIMULATION:
            problems.append(
                self._block(
                    row, "source", "simulated", "une source réelle",
                    mend="Des acteurs simulés n’entrent que dans le jeu de démonstration.",
                    read=written,
                )
            )  # fmt: skip
        return found

    def _locate(
        self, row: FileRow, known: Row | None, problems: list[Problem]
    ) -> tuple[dict[str, str], str] | None:
        """Give the codes of a row's place, by field, and the finest of them."""
        codes: dict[str, str] = {}
        for field, level in PLACE_FIELDS.items():
            text = row.get(field)
            if not text or is_published(field, text, known):
                codes[field] = text
                continue
            territory = self.places.get(place_key(row, field))
            if territory is None or territory.level is not level:
                return None
            codes[field] = territory.code
        published = published_codes(known) if known is not None else {}
        if known is not None and all(
            code == published[field] or not self.rows.has(field) for field, code in codes.items()
        ):
            return published, known["precision"]
        return self._complete(row, codes, problems)

    def _complete(
        self, row: FileRow, codes: Mapping[str, str], problems: list[Problem]
    ) -> tuple[dict[str, str], str] | None:
        # A code published for this actor may be none of the official ones: it places nobody.
        official = {
            field: code
            for field, code in codes.items()
            if code and TerritoryId(PLACE_FIELDS[field], code) in self.directory
        }
        if not official:
            column = next((field for field in PLACE_FIELDS if self.rows.has(field)), "")
            problems.append(
                self._block(
                    row, column, "place-missing",
                    "une commune, une intercommunalité, un département ou une région",
                    mend="Donnez au moins la région de l’acteur.",
                )
            )  # fmt: skip
            return None
        full, finest, faults = complete(official, self.directory)
        for field, expected in faults:
            problems.append(
                self._block(
                    row, field, "place-disagrees", expected,
                    mend="Corrigez l’une des deux cellules, ou videz la plus large.",
                )
            )  # fmt: skip
        if not full["region"]:
            problems.append(
                self._block(
                    row, finest, "no-region", "un lieu de l’une des 18 régions",
                    mend="Les collectivités d’outre-mer n’ont pas de place dans ce registre.",
                )
            )  # fmt: skip
        return full, finest

    def _at(self, row: FileRow, problem: Problem) -> Problem:
        return replace(problem, row=row.number)

    def _block(
        self,
        row: FileRow,
        field: str,
        code: str,
        expected: str,
        *,
        mend: str,
        read: str | None = None,
    ) -> Problem:
        written = row.get(field) if read is None else read
        column = self.rows.heading(field)
        return block(code, expected, mend, row=row.number, column=column, read=written)


def to_slug(text: str) -> str:
    """Make an identifier of a text: plain words joined by hyphens."""
    return "-".join(to_words(text).split())[:MAX_ID].strip("-")
