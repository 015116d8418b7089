"""From a figure to its row of observations.csv, with what the published row already says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from territoires.domain.indicators import Fiabilite, Reading
from territoires.domain.updates import Choices, Problem, Row
from territoires.tables.updates.figures import LEVEL_NAMES, WRONG, Figure
from territoires.tables.updates.problems import Gathered, block, note, warn
from territoires.tables.updates.values import round_off, same_number, to_text

_GRADES = frozenset({Fiabilite.CLAIRE, Fiabilite.AMBIGUE})
_NOT_AN_ID = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(slots=True)
class RowMaker:
    """Makes rows; what is missing or kept on the way is told once for all the rows it concerns.

    ``cycles`` are those that the published figures of an indicator and wave share; ``taken`` are
    the identifiers in use.
    """

    choices: Choices
    catalogue: Mapping[str, Row]
    sources: Collection[str]
    cycles: Mapping[tuple[str, str], str]
    taken: set[str]
    gathered: Gathered

    def make(self, figure: Figure, before: Row | None) -> Row:
        """Give the row of a figure: the published one itself where nothing changes."""
        past: Row = before or {}
        value = self._value(figure, past)
        words = self._words(figure, value, past)
        is_same = before is not None and (value, words) == (past["value"], past["value_text"])
        row = {
            "observation_id": past.get("observation_id") or self._name(figure),
            "indicator_id": figure.indicator_id,
            "wave": figure.wave,
            "cycle": past.get("cycle", self.cycles.get((figure.indicator_id, figure.wave), "")),
            "study": self._study(figure, past),
            "level": LEVEL_NAMES[figure.territory.level],
            "code": figure.territory.code,
            "value": value,
            "value_text": words,
            "respondents": _sample(figure.respondents, past, "respondents", is_same=is_same),
            "deff": _sample(figure.deff, past, "deff", is_same=is_same),
            "fiabilite": self._fiabilite(figure, past, is_same=is_same),
            "reading": Reading.PRINCIPALE.value,
            "contradictions": past.get("contradictions", ""),
            "caveat": self._text(figure.caveat, self.choices.caveat, past, "caveat"),
            "statement": self._statement(figure, past),
            "source_id": self._source(figure, past, is_same=is_same),
            # The fact that was first read told of the first value only.
            "fact_id": past.get("fact_id", "") if is_same else "",
        }
        self._tell(figure, row, past, is_same=is_same)
        return before if before is not None and row == before else row

    def _value(self, figure: Figure, past: Row) -> str:
        if figure.value is None:
            return ""
        text = to_text(round_off(figure.value))
        published = past.get("value", "")
        return published if published and same_number(text, published) else text

    def _words(self, figure: Figure, value: str, past: Row) -> str:
        """Give the words of the source: those of the file, else those of the same number."""
        if figure.value_text is not None:
            return figure.value_text
        return past.get("value_text", "") if value and value == past.get("value") else ""

    def _name(self, figure: Figure) -> str:
        """Make an identifier that no observation has."""
        base = _NOT_AN_ID.sub("_", "-".join(figure.cell))
        name, number = base, 1
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        self.taken.add(name)
        return name

    def _study(self, figure: Figure, past: Row) -> str:
        own = self.catalogue[figure.indicator_id]["study"]
        return figure.study or self.choices.study or past.get("study") or own

    def _statement(self, figure: Figure, past: Row) -> str:
        own = self.catalogue[figure.indicator_id]["description"]
        return figure.statement or self.choices.statement or past.get("statement") or own

    def _text(self, written: str | None, constant: str, past: Row, column: str) -> str:
        """Give the cell, else what holds for all rows, else what is published."""
        if written or constant:
            return written or constant
        return past.get(column, "") if written is None else ""

    def _fiabilite(self, figure: Figure, past: Row, *, is_same: bool) -> str:
        # What the file says of all its figures is said of those it brings, not of those it repeats.
        found = figure.fiabilite or (past.get("fiabilite", "") if is_same else "")
        found = found or self.choices.fiabilite
        if found in _GRADES:
            return found
        if figure.fiabilite == WRONG:
            return ""
        self.gathered.add(
            block(
                "fiabilite-missing",
                "une fiabilité",
                "Dites si le chiffre se lit clairement à sa source (colonne du fichier, ou pour "
                "tout le fichier).",
            ),
            figure.row,
        )
        return found

    def _source(self, figure: Figure, past: Row, *, is_same: bool) -> str:
        found = (
            figure.source
            or (past.get("source_id", "") if is_same else "")
            or self._constant_source()
        )
        if found in self.sources:
            return found
        if figure.source == WRONG:
            return ""
        problem = block(
            "source-missing",
            "la source du chiffre",
            "Source à préciser, ligne par ligne ou pour tout le fichier\u00a0: un chiffre sans "
            "source ne se publie pas.",
            read=found,
        )
        self.gathered.add(problem, figure.row)
        return found

    def _constant_source(self) -> str:
        if self.choices.source_id or not self.choices.new_source:
            return self.choices.source_id
        return dict(self.choices.new_source).get("source_id", "")

    def _tell(self, figure: Figure, row: Row, past: Row, *, is_same: bool) -> None:
        """Tell what the contract wants with a row, and what a new value keeps of the old one."""
        told: list[Problem] = []
        if row["fiabilite"] == Fiabilite.AMBIGUE and not row["caveat"]:
            told.append(_NO_CAVEAT)
        if past and not is_same:
            if row["caveat"] and row["caveat"] == past["caveat"]:
                told.append(_KEPT_CAVEAT)
            if row["contradictions"]:
                told.append(_CONTRADICTED)
        if figure.study and past and past["study"] != figure.study:
            told.append(_other_study(past["study"], figure.study))
        for problem in told:
            self.gathered.add(problem, figure.row)


_NO_CAVEAT = block(
    "caveat-missing",
    "une réserve (la fiabilité est «\u00a0ambigue\u00a0»)",
    "Dites en une phrase ce qui est ambigu, approché ou contredit.",
)
_KEPT_CAVEAT = note(
    "caveat-kept",
    "une réserve relue",
    "La valeur change et la réserve publiée est gardée\u00a0: vérifiez qu’elle ne parle pas de "
    "l’ancienne.",
)
_CONTRADICTED = warn(
    "contradiction",
    "un chiffre cité nulle part ailleurs",
    "La valeur change, mais l’ancienne est citée parmi les lectures qui se contredisent\u00a0: "
    "relisez contradictions.csv.",
)


def _other_study(published: str, read: str) -> Problem:
    return warn(
        "study-changed",
        f"l’étude publiée pour ce chiffre («\u00a0{published}\u00a0»)",
        "Une autre étude est une autre mesure\u00a0: vérifiez que la vague est la bonne.",
        read=read,
    )


def _sample(written: str | None, past: Row, column: str, *, is_same: bool) -> str:
    """Give the sample size or the design effect; those of an old value do not pass to a new one."""
    published = past.get(column, "")
    if written is None:
        return published if is_same else ""
    return published if written and same_number(written, published) else written
