"""What a row says of its territory, and how it is called in the choices of a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from territoires.domain.territories import Level
from territoires.tables.matching.keys import to_words
from territoires.tables.zoning_columns import one_line

#: One of each level, in French.
LEVEL_WORDS = {
    Level.PAYS: "pays",
    Level.REGION: "région",
    Level.DEPARTEMENT: "département",
    Level.ZONE: "zone",
    Level.EPCI: "EPCI",
    Level.COMMUNE: "commune",
}
_SPELLINGS = {
    Level.PAYS: "pays|france|national|nation|nationale|niveau national|fra|etat|country",
    Level.REGION: "region|regions|reg|r|regional|regionale|niveau regional|nuts1",
    Level.DEPARTEMENT: "departement|departements|dep|dept|dpt|d|departemental|departementale"
    "|niveau departemental|nuts3",
    Level.ZONE: "zone|zones|zonage|crte|petr|bassin de vie|bassins de vie|bassin",
    Level.EPCI: "epci|intercommunalite|intercommunalites|interco|cc|ca|cu|metropole|intercommunal"
    "|communaute|gfp|epci fp|epci a fiscalite propre|communaute de communes"
    "|communaute d agglomeration|communaute urbaine",
    Level.COMMUNE: "commune|communes|com|c|communal|communale|ville|villes|municipalite|municipal",
}
_LEVELS = {word: level for level, words in _SPELLINGS.items() for word in words.split("|")}
_LONGEST = 60
#: What is shown of a hostile cell.
_LONGEST_WRITTEN = 160


@dataclass(frozen=True, slots=True)
class PlaceCell:
    """What a row says of its territory, as written; what it does not say is empty."""

    row: int
    code: str = ""
    name: str = ""
    level: str = ""


def read_level(text: str) -> Level | None:
    """Give the level a word names: « région », « REG », « dép. », « EPCI », « France »."""
    if not text or len(text) > _LONGEST:
        return None
    return _LEVELS.get(to_words(text))


def clean(cell: PlaceCell) -> PlaceCell:
    """Give a place as it is shown: on one line, cut, without what cannot be seen."""
    code, name, level = _shown(cell.code), _shown(cell.name), _shown(cell.level)
    if (code, name, level) == (cell.code, cell.name, cell.level):
        return cell
    return PlaceCell(cell.row, code, name, level)


def written(cell: PlaceCell) -> str:
    """Give what a person sees of a place, and the key of its choice: « 53 – Bretagne (région) ».

    The level is there when the row says one: « 53 » may be two places in one file.
    """
    cell = clean(cell)
    text = f"{cell.code} – {cell.name}" if cell.code and cell.name else cell.code or cell.name
    if not cell.level:
        return text
    level = read_level(cell.level)
    return f"{text} ({LEVEL_WORDS[level] if level else cell.level})".lstrip()


def written_all(cells: Iterable[PlaceCell | None]) -> Iterator[str]:
    """Give each place as ``written``, once for all the rows that say the same; none is empty."""
    known: dict[tuple[str, str, str], str] = {}
    for cell in cells:
        if cell is None:
            yield ""
            continue
        said = (cell.code, cell.name, cell.level)
        if said not in known:
            known[said] = written(cell)
        yield known[said]


def _shown(text: str) -> str:
    if not text:
        return ""
    if text.isprintable() and "  " not in text:
        return text[:_LONGEST_WRITTEN].strip()
    return one_line(text[: 4 * _LONGEST_WRITTEN])[:_LONGEST_WRITTEN]
