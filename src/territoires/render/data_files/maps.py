"""From a map, or a few of its territories side by side, to the table of their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from territoires.analysis.significance import Order
from territoires.domain.directory import Directory
from territoires.domain.indicators import Indicator
from territoires.domain.territories import FRANCE, Level
from territoires.render.data_files.columns import to_cells
from territoires.render.data_files.lines import Line
from territoires.render.data_files.tables import DataTable, head_notes, name_comparable, tail_notes
from territoires.render.map_paint import class_labels
from territoires.views.caveats import OTHER_QUESTION
from territoires.views.citation import Citation, Taken, cite_comparison, cite_map
from territoires.views.comparison import Comparison, Pair
from territoires.views.figure import OTHER_WORDS, Figure
from territoires.views.french import LEVEL_PLURALS, format_wave
from territoires.views.map_view import MapView, Row, state_of

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
    """Give the figures of a few territories, in the order of the page, then France's own."""
    citation = cite_comparison(comparison, taken)
    notes = [
        *_head(citation, comparison.sentence),
        ("Ordre des lignes", _say_order(comparison)),
        *(("Ordre de deux territoires", _say_pair(pair)) for pair in comparison.pairs),
        *(("À savoir", note) for note in comparison.notes),
        *_tail(citation, comparison),
    ]
    national = _same_question(comparison)
    lines = [_to_line(comparison, row, directory, national) for row in comparison.rows]
    if comparison.national:
        lines.append(_france(comparison, comparison.national))
    return _table(comparison, lines, citation, catalogue, notes)


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


def _france(view: Comparison, national: Figure) -> Line:
    """Give France's line, with the reserve that it answers another question where it does."""
    if not view.is_france_asked_the_same:
        known = " ".join(text for text in (OTHER_QUESTION, national.caveat) if text)
        national = replace(national, caveat=known)
    return Line(
        view.dataset,
        FRANCE,
        view.france_name,
        view.indicator,
        view.wave,
        national,
        state_of(national, colourable=view.indicator.is_colourable),
        national=_same_question(view),
    )


def _same_question(view: MapView | Comparison) -> Figure | None:
    """Give France's figure, where it answers the question of all the territories."""
    return view.national if view.is_france_asked_the_same else None


def _table(
    view: MapView | Comparison,
    lines: Iterable[Line],
    citation: Citation,
    catalogue: Mapping[str, Indicator],
    notes: Iterable[tuple[str, str]],
) -> DataTable:
    kept = tuple(lines)
    columns, cells = to_cells(kept, (view.indicator,))
    zoning = view.zoning if isinstance(view, MapView) else ""
    return DataTable(
        citation,
        columns,
        cells,
        tuple(str(line.territory) for line in kept),
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
        other = "" if view.is_france_asked_the_same else f", {OTHER_WORDS}"
        yield "France", f"{view.national.text}{other}{words}"
    yield from tail_notes(citation, (view.indicator,))


def _say_order(comparison: Comparison) -> str:
    last = " La France est en dernière ligne." if comparison.national else ""
    if not comparison.is_ranked:
        return f"Celui des codes : ces chiffres ne se classent pas.{last}"
    aside = ", ".join(row.name for row in comparison.unranked)
    rest = f" Hors classement, à la fin : {aside}." if aside else ""
    return f"De la plus haute valeur à la plus basse, là où la précision le permet.{rest}{last}"


def _say_pair(pair: Pair) -> str:
    if pair.order is Order.INCERTAIN:
        return f"{pair.higher.name} et {pair.lower.name} : {pair.order}"
    return f"{pair.higher.name} avant {pair.lower.name} : {pair.order}"
