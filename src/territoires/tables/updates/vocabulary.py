"""Words of a file that must name something known: indicators, sources, grades, readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from territoires.domain.indicators import Fiabilite, Reading
from territoires.domain.updates import Problem, Row
from territoires.tables.updates.problems import block, join, quote, tell_nearest
from territoires.tables.zoning_columns import one_line, plain

#: How much alike (percent) a known name must be to be proposed for an unknown one.
_CLOSE = 70
_MAX_CLOSE = 3
_AN_INDICATOR = "l’identifiant ou le libellé exact d’un indicateur du catalogue"
_FIABILITES = {
    "claire": Fiabilite.CLAIRE,
    "clair": Fiabilite.CLAIRE,
    "ambigue": Fiabilite.AMBIGUE,
    "ambigu": Fiabilite.AMBIGUE,
    "ambigue ou contredite": Fiabilite.AMBIGUE,
}
_READINGS = {
    "": Reading.PRINCIPALE,
    "principale": Reading.PRINCIPALE,
    "autre": Reading.AUTRE,
    "reprise": Reading.REPRISE,
}


@dataclass(frozen=True, slots=True)
class Names:
    """Things known by an identifier or by a name, which several may share."""

    by_id: Mapping[str, Row]
    by_name: Mapping[str, tuple[str, ...]]
    key: str
    label: str

    def find(self, text: str) -> tuple[str, ...]:
        """Give the identifiers that a text may name: one when it is sure, none when unknown."""
        written = one_line(text)
        if written in self.by_id:
            return (written,)
        return self.by_name.get(_bare(written), ())

    def near(self, text: str) -> list[str]:
        """Give the names most like an unknown one, with their identifier."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - needed by analysts alone

        found = process.extract(
            _bare(text),
            list(self.by_name),
            scorer=fuzz.ratio,
            limit=_MAX_CLOSE,
            score_cutoff=_CLOSE,
        )
        names = dict.fromkeys(name for bare, *_ in found for name in self.by_name[bare])
        return [self.tell(name) for name in list(names)[:_MAX_CLOSE]]

    def tell(self, name: str) -> str:
        """Name one thing by its label and its identifier."""
        return f"{quote(self.by_id[name][self.label])} ({name})"


def build_names(rows: Iterable[Row], key: str, label: str) -> Names:
    """Index rows by identifier, and by identifier and label without accents nor capitals."""
    by_id, by_name = {}, defaultdict(list)
    for row in rows:
        by_id[row[key]] = row
        for name in dict.fromkeys((_bare(row[key]), _bare(row[label]))):
            by_name[name].append(row[key])
    return Names(by_id, {name: tuple(ids) for name, ids in by_name.items()}, key, label)


def read_indicator(text: str, names: Names, column: str) -> tuple[str, Problem | None]:
    """Find the indicator that a cell names, or say why it cannot be told."""
    found = names.find(text)
    if len(found) == 1:
        return found[0], None
    if found:
        mend = (
            "Plusieurs indicateurs portent ce libellé\u00a0: écrivez l’identifiant du bon "
            f"({join(found)})."
        )
        return "", block("indicator-ambiguous", _AN_INDICATOR, mend, column=column, read=text)
    return "", unknown_indicator(text, names, column)


def unknown_indicator(text: str, names: Names, column: str) -> Problem:
    """Say that no indicator is called so, and which are much like it."""
    near = names.near(text)
    mend = tell_nearest(near) + ("Corrigez, ou ajoutez d’abord l’indicateur au catalogue.")
    return block("indicator-unknown", _AN_INDICATOR, mend, column=column, read=text)


def read_source(text: str, names: Names, column: str) -> tuple[str, Problem | None]:
    """Find the source that a cell names, or say why it cannot be told."""
    found = names.find(text)
    if len(found) == 1:
        return found[0], None
    expected = "l’identifiant ou le titre exact d’une source du registre"
    near = names.near(text) if not found else [names.tell(name) for name in found]
    mend = tell_nearest(near) + ("Corrigez la cellule, ou ajoutez d’abord la source au registre.")
    return "", block("source-unknown", expected, mend, column=column, read=text)


def read_fiabilite(text: str, column: str) -> tuple[str, Problem | None]:
    """Read a grade, or say that it is none."""
    grade = _FIABILITES.get(_bare(text))
    if grade is not None:
        return grade.value, None
    expected = "«\u00a0claire\u00a0» ou «\u00a0ambigue\u00a0»"
    mend = (
        "La fiabilité dit comment le chiffre se lit à sa source\u00a0: «\u00a0ambigue\u00a0» s’il "
        "est approché, contredit ou équivoque."
    )
    return "", block("fiabilite", expected, mend, column=column, read=text)


def read_reading(text: str, column: str) -> tuple[Reading | None, Problem | None]:
    """Read the place of a figure among those of its cell; an empty one is the main reading."""
    reading = _READINGS.get(_bare(text))
    if reading is not None:
        return reading, None
    expected = "«\u00a0principale\u00a0», «\u00a0autre\u00a0» ou «\u00a0reprise\u00a0»"
    mend = "Corrigez la cellule, ou videz-la\u00a0: la lecture est alors la principale."
    return None, block("reading", expected, mend, column=column, read=text)


def _bare(text: str) -> str:
    """Give a text without accents, capitals, quotes nor the kind of its spaces."""
    flat = plain(one_line(text)).replace("’", "'")
    return " ".join(flat.replace("«", " ").replace("»", " ").split())
