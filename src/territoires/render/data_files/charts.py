"""From the charts of a page to the table of their figures: two waves, landmarks, the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from territoires.domain.directory import Directory, Territory
from territoires.domain.indicators import Indicator
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE
from territoires.render.data_files.columns import to_cells
from territoires.render.data_files.lines import Line
from territoires.render.data_files.tables import DataTable, head_notes, name_comparable, tail_notes
from territoires.views.citation import Citation
from territoires.views.comparison_waves import Change, Changes
from territoires.views.evolution import Evolution, TrendGroup
from territoires.views.figure import Figure
from territoires.views.landmarks import Question, ThemeView
from territoires.views.map_view import state_of
from territoires.views.maturity import Maturity
from territoires.views.portrait_profile import Profile

_FRANCE = "France"
_Catalogue = Mapping[str, Indicator]


def changes_table(
    changes: Changes, catalogue: _Catalogue, directory: Directory, citation: Citation
) -> DataTable:
    """Give both waves of each territory, the earlier one first, and what may be said of them."""
    lines = [
        line
        for change in changes.lines
        for line in _waves(
            changes.dataset, changes.indicator, change, directory.get(change.territory)
        )
    ]
    return _to_table(lines, citation, catalogue, changes.sentence)


def trends_table(
    group: TrendGroup, evolution: Evolution, catalogue: _Catalogue, citation: Citation
) -> DataTable:
    """Give both waves of each indicator of a theme, and what may be said of them."""
    place = group.holder.territory
    lines = [
        line
        for trend in group.trends
        for line in _waves(evolution.dataset, trend.indicator, trend.change, place)
    ]
    return _to_table(lines, citation, catalogue, group.sentence)


def question_table(
    view: ThemeView, question: Question, catalogue: _Catalogue, citation: Citation
) -> DataTable:
    """Give every figure of a question, the readings that its chart leaves out too."""
    lines = [
        replace(_line(view.dataset, None, one.indicator, one.figure), landmark=one)
        for one in question.landmarks
    ]
    return _to_table(lines, citation, catalogue, question.title)


def theme_table(view: ThemeView, catalogue: _Catalogue, citation: Citation) -> DataTable:
    """Give every figure of a theme, with all that is published of each."""
    lines = [
        replace(_line(view.dataset, None, one.indicator, one.figure), landmark=one)
        for one in view.landmarks
    ]
    return _to_table(lines, citation, catalogue, view.sentence)


def ladder_table(maturity: Maturity, catalogue: _Catalogue, citation: Citation) -> DataTable:
    """Give the share of each rung, the territory's then France's."""
    lines = []
    for rung in maturity.rungs:
        if rung.line is None:
            continue
        indicator, holder = rung.line.indicator, rung.line.holder
        if holder:
            lines.append(_line(maturity.dataset, holder.territory, indicator, rung.line.local))
        lines.append(_line(maturity.dataset, None, indicator, rung.line.national))
    return _to_table(lines, citation, catalogue, maturity.sentence)


def sizes_table(
    profile: Profile, dataset: Dataset, catalogue: _Catalogue, citation: Citation, sentence: str
) -> DataTable:
    """Give the communes of each size, in number and in share, the territory's then France's."""
    lines = [
        _line(dataset, place, line.indicator, figure)
        for size in profile.sizes
        for line in (size.number_line, size.share_line)
        for place, figure in ((profile.territory, line.local), (None, line.national))
        if figure
    ]
    return _to_table(lines, citation, catalogue, sentence)


def _waves(
    dataset: Dataset, indicator: Indicator, change: Change, place: Territory
) -> Iterator[Line]:
    """Give the earlier figure, then the later one with the change it makes."""
    if change.before:
        yield _line(dataset, place, indicator, change.before)
    yield replace(_line(dataset, place, indicator, change.after), change=change)


def _line(
    dataset: Dataset, place: Territory | None, indicator: Indicator, figure: Figure | None
) -> Line:
    """Give a figure of a territory, of France without one."""
    own, name = (place.id, place.name) if place else (FRANCE, _FRANCE)
    wave = figure.wave if figure else ""
    state = state_of(figure, colourable=True)
    return Line(dataset, own, name, indicator, wave, figure, state)


def _to_table(
    lines: Iterable[Line], citation: Citation, catalogue: _Catalogue, sentence: str
) -> DataTable:
    kept = tuple(lines)
    indicators = tuple({line.indicator.indicator_id: line.indicator for line in kept}.values())
    columns, rows = to_cells(kept, indicators)
    return DataTable(
        citation,
        columns,
        rows,
        tuple(str(line.territory) for line in kept),
        indicators,
        name_comparable(indicators, catalogue),
        (
            ("Titre", citation.marked_title),
            *head_notes(citation.dataset),
            ("Ce qu’on y lit", sentence),
            *tail_notes(citation, indicators),
        ),
    )
