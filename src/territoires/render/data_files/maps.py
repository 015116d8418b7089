"""From a map, or a few of its territories side by side, to the table of their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from territoires.analysis.significance import Order
from territoires.domain.directory import Directory
from territoires.domain.indicators import Indicator
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.render.data_files.columns import to_cells
from territoires.render.data_files.lines import Line
from territoires.render.data_files.tables import DataTable, name_comparable
from territoires.render.map_paint import class_labels
from territoires.views.citation import Citation, Taken, cite_comparison, cite_map, say_method
from territoires.views.comparison import Comparison, Pair
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure, is_same_question
from territoires.views.french import LEVEL_PLURALS, format_wave
from territoires.views.map_view import MapView, Row

_OWN_PARENTS = (Level.PAYS, Level.REGION)


def map_table(
    view: MapView, catalogue: Mapping[str, Indicator], directory: Directory, taken: Taken
) -> DataTable:
    """Give the figures of the territories on a map, in the order of their codes.

    Parameters
    ----------
    catalogue
        Names what the indicator may be compared with.
    directory
        Gives the département and the région of each territory; with the zones of the map.
    """
    labels = () if view.is_symbols else class_labels(view)
    citation = cite_map(view, taken)
    notes = [
        *_head(citation, view.sentence),
        ("Niveau", ", ".join(text for text in (LEVEL_PLURALS[view.level], view.place) if text)),
        *_tail(citation, view),
    ]
    national = _same_question(view)
    lines = (_to_line(view, row, directory, national, labels) for row in view.rows)
    return _table(view, lines, citation, catalogue, notes)


def comparison_table(
    comparison: Comparison,
    catalogue: Mapping[str, Indicator],
    directory: Directory,
    taken: Taken,
) -> DataTable:
    """Give the figures of a few territories, in the order of the page, with how sure it is."""
    citation = cite_comparison(comparison, taken)
    notes = [
        *_head(citation, comparison.sentence),
        ("Ordre des lignes", _say_order(comparison)),
        *(("Ordre de deux territoires", _say_pair(pair)) for pair in comparison.pairs),
        *(("À savoir", note) for note in comparison.notes),
        *_tail(citation, comparison),
    ]
    national = _same_question(comparison)
    lines = (_to_line(comparison, row, directory, national) for row in comparison.rows)
    return _table(comparison, lines, citation, catalogue, notes)


def head_notes(dataset: Dataset) -> list[tuple[str, str]]:
    """Say which set of data it is, before all else."""
    return [("Jeu de données", EDITIONS[dataset].banner)]


def tail_notes(citation: Citation, indicators: Iterable[Indicator]) -> list[tuple[str, str]]:
    """Say what must be known, and how figures were counted."""
    return [
        *(("À savoir", caveat) for caveat in citation.caveats),
        *(("Méthode", text) for text in say_method(indicators)),
    ]


def _to_line(
    view: MapView | Comparison,
    row: Row,
    directory: Directory,
    national: Figure | None,
    labels: Sequence[str] = (),
) -> Line:
    place = directory.get(row.id)
    has_label = labels and row.class_index is not None
    return Line(
        view.dataset,
        row.id,
        row.name,
        view.indicator,
        view.wave,
        row.figure,
        row.state,
        row.difference,
        class_label=labels[row.class_index or 0] if has_label else "",
        national=national,
        departement=None if row.id.level is Level.DEPARTEMENT else place.departement_code,
        region=None if row.id.level in _OWN_PARENTS else place.region_code,
    )


def _same_question(view: MapView | Comparison) -> Figure | None:
    """Give France's figure, where it answers the question of all the territories."""
    france = view.national
    figures = [row.figure for row in view.rows if row.figure]
    same = france and all(is_same_question(figure, france) for figure in figures)
    return france if same else None


def _table(
    view: MapView | Comparison,
    lines: Iterable[Line],
    citation: Citation,
    catalogue: Mapping[str, Indicator],
    notes: Iterable[tuple[str, str]],
) -> DataTable:
    columns, cells = to_cells(lines, (view.indicator,))
    zoning = view.zoning if isinstance(view, MapView) else ""
    return DataTable(
        citation,
        columns,
        cells,
        tuple(str(row.id) for row in view.rows),
        (view.indicator,),
        name_comparable((view.indicator,), catalogue),
        tuple(notes),
        zoning or LEVEL_PLURALS[view.level],
    )


def _head(citation: Citation, sentence: str) -> Iterator[tuple[str, str]]:
    yield "Titre", citation.marked_title
    yield from head_notes(citation.dataset)
    yield "Ce qu’on y lit", sentence


def _tail(citation: Citation, view: MapView | Comparison) -> Iterator[tuple[str, str]]:
    yield "Date des chiffres", format_wave(view.wave)
    if view.national:
        words = f" (« {view.national.statement} »)" if view.national.statement else ""
        yield "France", f"{view.national.text}{words}"
    yield from tail_notes(citation, (view.indicator,))


def _say_order(comparison: Comparison) -> str:
    if not comparison.is_ranked:
        return "Celui des codes : ces chiffres ne se classent pas."
    aside = ", ".join(row.name for row in comparison.unranked)
    rest = f" Hors classement, à la fin : {aside}." if aside else ""
    return f"De la plus haute valeur à la plus basse, là où la précision le permet.{rest}"


def _say_pair(pair: Pair) -> str:
    if pair.order is Order.INCERTAIN:
        return f"{pair.higher.name} et {pair.lower.name} : {pair.order}"
    return f"{pair.higher.name} avant {pair.lower.name} : {pair.order}"
