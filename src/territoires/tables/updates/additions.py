"""New indicators that come with a file of figures, and those whose figures nobody may bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from territoires.domain.indicators import Nature, Status
from territoires.domain.updates import Choices, Problem, Row
from territoires.tables.plain_text import clean
from territoires.tables.updates.extents import DERIVED
from territoires.tables.updates.problems import block
from territoires.tables.updates.registers import check_contract, read_columns


def add_indicators(
    choices: Choices, indicators: Sequence[Row]
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Add the new indicators of a file to the catalogue, without waves nor levels yet."""
    known: list[Row] = [*indicators]
    problems: list[Problem] = []
    for pairs in choices.new_indicators:
        told = {name: clean(text) for name, text in pairs}
        row = {column.name: told.get(column.name, "") for column in read_columns("indicators")}
        row = {**row, **dict.fromkeys(DERIVED, "")}
        problems += _check(row)
        if any(other["indicator_id"] == row["indicator_id"] for other in known):
            problems.append(_taken(row["indicator_id"]))
        else:
            known.append(row)
    return tuple(known), tuple(problems)


def refuse_nature(indicator: Row, row: int = 0) -> Iterator[Problem]:
    """Refuse an indicator whose figures nobody may bring, with the reason."""
    name = indicator["indicator_id"]
    if indicator["nature"] == Nature.COG:
        yield block(
            "indicator-derived",
            "un indicateur d’enquête ou de contexte",
            "Cet indicateur est recompté d’après le Code officiel géographique\u00a0: ses chiffres "
            "ne s’apportent pas.",
            row=row,
            read=name,
        )
    if indicator["status"] == Status.SIMULE:
        yield block(
            "simulated",
            "un indicateur réel",
            "Des chiffres simulés n’entrent que dans le jeu de démonstration.",
            row=row,
            read=name,
        )


def _check(row: Row) -> list[Problem]:
    faults = [(name, fault) for name, fault in check_contract("indicators", row)]
    problems = [
        block(
            "new-indicator",
            expected,
            "Complétez la fiche de l’indicateur nouveau.",
            column=name,
            read=row[name],
        )
        for name, expected in faults
        if name not in DERIVED
    ]
    return [*problems, *refuse_nature(row)]


def _taken(name: str) -> Problem:
    return block(
        "new-indicator",
        "un identifiant qui ne soit pas encore pris",
        "Cet indicateur est déjà au catalogue\u00a0: apportez ses chiffres sans sa fiche, ou "
        "donnez-lui un autre identifiant.",
        column="indicator_id",
        read=name,
    )
