"""Rows held to the contract of their table, and the source an update brings with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from territoires import settings
from territoires.domain.updates import Choices, Problem, Row
from territoires.tables import wording
from territoires.tables.plain_text import clean
from territoires.tables.published import SIMULATION
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.problems import block, quote

_INTEGER = re.compile(r"-?[0-9]{1,15}")
#: Columns of the register of sources, as people call them.
_SOURCE_LABELS = {
    "source_id": "identifiant de la source",
    "title": "titre de la source",
    "publisher": "éditeur de la source",
    "date": "date de la source",
    "url": "adresse de la source",
    "kind": "nature de la source",
    "licence": "licence de la source",
}


@dataclass(frozen=True, slots=True)
class Column:
    """What the contract asks of one column; what it does not ask is None or empty."""

    name: str
    description: str
    type: str
    required: bool
    pattern: re.Pattern[str] | None
    enum: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    max_length: int | None
    example: str
    field: Mapping[str, Any]

    def find_fault(self, text: str) -> str:
        """Say in French what a cell should have been; empty when it is right."""
        if not text:
            return "une valeur (elle ne peut pas être vide)" if self.required else ""
        if self.enum and text not in self.enum:
            return "l’une des valeurs " + ", ".join(quote(value) for value in self.enum)
        if self.pattern is not None and not self.pattern.fullmatch(text):
            return (
                f"une écriture comme {quote(self.example)}" if self.example else "une autre forme"
            )
        if self.max_length is not None and len(text) > self.max_length:
            return f"{self.max_length} caractères au plus"
        if self.type == "integer":
            return self._find_integer_fault(text)
        return ""

    def _find_integer_fault(self, text: str) -> str:
        if not _INTEGER.fullmatch(text):
            return wording.expect_type(self.field)
        if self.minimum is not None and int(text) < self.minimum:
            return f"un nombre supérieur ou égal à {self.minimum}"
        if self.maximum is not None and int(text) > self.maximum:
            return f"un nombre inférieur ou égal à {self.maximum}"
        return ""


@lru_cache(maxsize=64)
def read_columns(table: str) -> tuple[Column, ...]:
    """Read what the contract of a table asks of each column, in its order."""
    path = settings.SCHEMAS / f"{table}.schema.json"
    return tuple(_to_column(field) for field in json.loads(path.read_text("utf-8"))["fields"])


def check_contract(table: str, row: Row) -> tuple[tuple[str, str], ...]:
    """Give the columns of one row that break the contract, with what was expected (French)."""
    faults = (
        (column.name, column.find_fault(row.get(column.name, ""))) for column in read_columns(table)
    )
    return tuple((name, fault) for name, fault in faults if fault)


def with_new_source(
    choices: Choices, tables: Tables
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Give the register of sources with the one an update brings, and what is wrong with it."""
    register = tables.get("sources", ())
    said = {name: clean(text) for name, text in choices.new_source}
    if not any(said.values()):
        return register, ()
    row = {column.name: said.get(column.name, "") for column in read_columns("sources")}
    problems = [
        block(
            "new-source", expected, "Complétez la fiche de la source.",
            column=_SOURCE_LABELS.get(name, name), read=row[name],
        )
        for name, expected in check_contract("sources", row)
    ]  # fmt: skip
    if row["kind"] == SIMULATION:
        problems.append(
            block(
                "simulated", "une source réelle",
                "Des chiffres simulés n’entrent que dans le jeu de démonstration.",
                column=_SOURCE_LABELS["kind"], read=row["kind"],
            )
        )  # fmt: skip
    known = next((other for other in register if other["source_id"] == row["source_id"]), None)
    if known is not None and known != row:
        problems.append(
            block(
                "new-source", "un identifiant qui ne soit pas encore pris",
                f"Cette source est déjà connue ({quote(known['title'])}) : choisissez-la dans la "
                "liste, ou donnez un autre identifiant à la nouvelle.",
                column=_SOURCE_LABELS["source_id"], read=row["source_id"],
            )
        )  # fmt: skip
    if problems or known is not None:
        return register, tuple(problems)
    return (*register, row), ()


def _to_column(field: Mapping[str, Any]) -> Column:
    constraints = field.get("constraints", {})
    pattern = constraints.get("pattern")
    return Column(
        name=field["name"],
        description=field.get("description", ""),
        type=field["type"],
        required=bool(constraints.get("required")),
        pattern=re.compile(pattern) if pattern else None,
        enum=tuple(constraints.get("enum", ())),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        max_length=constraints.get("maxLength"),
        example=str(field.get("example", "")),
        field=field,
    )
