"""One row of a catalogue file: the row of indicators.csv it makes, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from territoires.domain.indicators import Nature, Status
from territoires.domain.updates import Problem, Row
from territoires.tables.updates.catalogue_words import (
    UNITS,
    say_allowed,
    to_label,
    to_list,
    to_value,
)
from territoires.tables.updates.extents import DERIVED
from territoires.tables.updates.file_rows import FileRow, FileRows, check_length
from territoires.tables.updates.problems import block, note, quote
from territoires.tables.updates.registers import read_columns
from territoires.tables.zoning_columns import plain

#: What a new entry takes where the file does not say, always told.
_USUAL = {"usage": "resultat", "status": "publie"}
_EVERY_UNIT = frozenset().union(*UNITS.values())
_LISTS = ("comparable_with", "domain_id")
_LIMITS = {
    "description": 500,
    "study": 200,
    "actor_label": 120,
    "unit_label": 80,
    "base": 300,
    "caveat": 600,
}


class IndicatorReader:
    """Reads the rows of one file, beside the catalogue that is published."""

    def __init__(self, rows: FileRows, catalogue: Iterable[Row], domains: Iterable[Row]) -> None:
        self.rows = rows
        self.published = {row["indicator_id"]: row for row in catalogue}
        self.domains = {row["domain_id"]: row["label"] for row in domains}
        self.units = _usual(self.published.values(), "unit", "unit_label")
        self.actors = _usual(self.published.values(), "actor", "actor_label")
        self.known = {*self.published, *(row.get("indicator_id") for row in rows.rows)}

    def read(self, row: FileRow) -> tuple[dict[str, str], list[Problem]]:
        """Make the entry of a row and tell what is wrong with it.

        Waves and levels are those published; empty for a new entry.
        """
        known = self.published.get(row.get("indicator_id"))
        entry = {
            column.name: self._cell(row, column.name, known)
            for column in read_columns("indicators")
        }
        problems = list(self._complete(row, entry)) if known is None else []
        problems += check_length(row, self.rows, _LIMITS)
        problems += self._check_columns(row, entry, known)
        problems += self._check_lists(row, entry)
        problems += self._check_meaning(row, entry, known)
        return entry, problems

    def _cell(self, row: FileRow, column: str, known: Row | None) -> str:
        if column in DERIVED or not self.rows.has(column):
            return known[column] if known is not None else ""
        text = row.get(column)
        if column == "domain_id":
            return self._to_domains(text)
        return to_list(text) if column in _LISTS else to_value(column, text)

    def _to_domains(self, text: str) -> str:
        """Read domains by identifier or by label."""
        if all(part in self.domains for part in to_list(text).split()):
            return to_list(text)
        labels = {plain(label): domain for domain, label in self.domains.items()}
        parts = [part.strip() for part in text.replace("|", ";").split(";") if part.strip()]
        if parts and all(plain(part) in labels for part in parts):
            return " ".join(labels[plain(part)] for part in parts)
        return to_list(text)

    def _complete(self, row: FileRow, entry: dict[str, str]) -> Iterator[Problem]:
        """Fill what a new entry leaves out and the catalogue always says the same way."""
        usual = {
            **_USUAL,
            "unit_label": self.units.get(entry["unit"], ""),
            "actor_label": self.actors.get(entry["actor"], ""),
        }
        filled = {
            column: value
            for column, value in usual.items()
            if value and not entry[column] and not self.rows.has(column)
        }
        entry.update(filled)
        if filled:
            told = ", ".join(
                f"{_label(column)}\u00a0{quote(to_label(column, value))}"
                for column, value in filled.items()
            )
            yield note(
                "completed", "toutes les colonnes du catalogue",
                f"Complété comme d’habitude\u00a0: {told}. Ajoutez la colonne pour en décider.",
                row=row.number, column=self.rows.heading("indicator_id"),
                read=row.get("indicator_id"),
            )  # fmt: skip

    def _check_columns(self, row: FileRow, entry: Row, known: Row | None) -> Iterator[Problem]:
        """Hold each cell to the contract; columns the file lacks are told once, for a new entry."""
        missing = []
        for column in read_columns("indicators"):
            value = entry[column.name]
            if column.name in DERIVED or (known is not None and value == known[column.name]):
                continue
            fault = column.find_fault(value)
            if fault and not self.rows.has(column.name):
                missing.append(quote(_label(column.name)))
            elif fault:
                expected = say_allowed(column.name) if column.enum else ""
                yield block(
                    "required" if not value else "contract",
                    f"l’une des valeurs {expected}" if expected else fault,
                    _mend(column.name),
                    row=row.number, column=self.rows.heading(column.name),
                    read=row.get(column.name),
                )  # fmt: skip
        if missing:
            yield block(
                "columns-missing", "une entrée complète du catalogue",
                f"Ajoutez ces colonnes\u00a0: {', '.join(missing)}.",
                row=row.number, column=self.rows.heading("indicator_id"),
                read=row.get("indicator_id"),
            )  # fmt: skip

    def _check_lists(self, row: FileRow, entry: Row) -> Iterator[Problem]:
        """Hold the identifiers of a list to what exists."""
        for column, known, mend in (
            ("comparable_with", self.known, "Corrigez l’identifiant, ou apportez cet indicateur."),
            ("domain_id", set(self.domains), "Les domaines sont ceux de domains.csv."),
        ):
            for name in entry[column].split():
                if name not in known:
                    yield block(
                        "unknown-name", "des identifiants connus, séparés par une espace", mend,
                        row=row.number, column=self.rows.heading(column), read=name,
                    )  # fmt: skip
        if entry["indicator_id"] in entry["comparable_with"].split():
            yield block(
                "unknown-name", "d’autres indicateurs", "Un indicateur ne se compare pas à lui-même.",
                row=row.number, column=self.rows.heading("comparable_with"),
                read=entry["indicator_id"],
            )  # fmt: skip

    def _check_meaning(self, row: FileRow, entry: Row, known: Row | None) -> Iterator[Problem]:
        """Hold the parts of an entry to each other and to what is published."""
        if known == entry:
            return
        if entry["nature"] == Nature.COG or (known is not None and known["nature"] == Nature.COG):
            yield block(
                "cog", "un indicateur d’enquête ou de contexte",
                "Le profil des collectivités est calculé sur le Code officiel géographique, "
                "il ne s’apporte pas\u00a0: retirez cette ligne.",
                row=row.number, column=self.rows.heading("nature"), read=row.get("nature"),
            )  # fmt: skip
        if entry["status"] == Status.SIMULE and (
            known is None or known["status"] != entry["status"]
        ):
            yield block(
                "simulated", "un indicateur publié ou provisoire",
                "Un indicateur simulé n’entre que dans le jeu de démonstration.",
                row=row.number, column=self.rows.heading("status"), read=row.get("status"),
            )  # fmt: skip
        units = UNITS.get(entry["kind"], _EVERY_UNIT)
        # A unit that no measure has is told already.
        if entry["unit"] in _EVERY_UNIT and entry["unit"] not in units:
            listed = ", ".join(quote(to_label("unit", unit)) for unit in sorted(units))
            yield block(
                "unit-kind", f"une unité de {to_label('kind', entry['kind'])}, {listed}",
                "Corrigez l’unité ou la nature de la mesure.",
                row=row.number, column=self.rows.heading("unit") or self.rows.heading("kind"),
                read=row.get("unit") or row.get("kind"),
            )  # fmt: skip
        if known is not None and known["waves"] and entry["nature"] != known["nature"]:
            # Secrecy holds for surveys alone: figures of a few people would come to light.
            yield block(
                "nature-changed", quote(to_label("nature", known["nature"])),
                "Cet indicateur a des chiffres publiés\u00a0: son origine ne change pas. Une autre "
                "mesure est un autre indicateur.",
                row=row.number, column=self.rows.heading("nature"), read=row.get("nature"),
            )  # fmt: skip
        for column in ("unit", "kind"):
            means = entry[column] in (_EVERY_UNIT if column == "unit" else UNITS)
            if known is not None and known["waves"] and means and entry[column] != known[column]:
                yield block(
                    "meaning-changed", quote(to_label(column, known[column])),
                    "Cet indicateur a des chiffres publiés\u00a0: ils changeraient de sens. Une "
                    "autre mesure est un autre indicateur.",
                    row=row.number, column=self.rows.heading(column), read=row.get(column),
                )  # fmt: skip


def _usual(rows: Iterable[Row], key: str, column: str) -> dict[str, str]:
    """Give, for each value of a column, what another always holds beside it."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row[key], Counter())[row[column]] += 1
    return {value: next(iter(each)) for value, each in found.items() if len(each) == 1}


def _label(column: str) -> str:
    """Name a column as the templates head it."""
    from territoires.domain.updates import FileKind  # noqa: PLC0415
    from territoires.tables.matching import FIELDS  # noqa: PLC0415 - needed by analysts alone

    labels: Mapping[str, str] = {field.name: field.label for field in FIELDS[FileKind.CATALOGUE]}
    return labels.get(column, column)


def _mend(column: str) -> str:
    if column == "indicator_id":
        return "Écrivez des lettres minuscules sans accent et des chiffres, joints par « _ »."
    if column == "label":
        return "Raccourcissez-le : il doit tenir dans une liste ; l’énoncé complet a sa colonne."
    return "Corrigez cette cellule."
