"""A figure of a territory as a row tells it: what may be read of it, and what stays hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from territoires.analysis.significance import Flag
from territoires.domain.indicators import Indicator, Nature, Reading, Source, Status
from territoires.domain.selection import Dataset
from territoires.domain.territories import TerritoryId
from territoires.render.data_files.tables import Cell
from territoires.views.comparison_waves import Change
from territoires.views.figure import Figure, displayed_value
from territoires.views.landmarks import Landmark
from territoires.views.map_view import State

NATURES = {
    Nature.ENQUETE: "enquête",
    Nature.CONTEXTE: "donnée réelle (contexte, Insee)",
    Nature.COG: "donnée réelle (code officiel géographique)",
}
_READINGS = {
    Reading.PRINCIPALE: "lecture retenue",
    Reading.AUTRE: "autre lecture publiée",
    Reading.REPRISE: "reprise",
}
_SIMULATED = "donnée simulée"
#: Decimals of what the application computes: the screen shows none, the file one.
INTERVAL_DECIMALS, DEFF_DECIMALS = 1, 2


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a territory, or its absence, with all that a row tells of it."""

    dataset: Dataset
    territory: TerritoryId
    name: str
    indicator: Indicator
    wave: str
    figure: Figure | None
    state: State
    difference: Flag | None = None
    #: Of the class or category that colours it, as the legend names it.
    class_label: str = ""
    #: France's figure, where it answers the same question.
    national: Figure | None = None
    departement: str | None = None
    region: str | None = None
    section: str = ""
    #: Domains of fragility that the figure is about.
    domains: str = ""
    #: Of a figure set beside that of an earlier wave.
    change: Change | None = None
    #: Of a national landmark.
    landmark: Landmark | None = None


Read = Callable[[Line], Cell]


def read_value(line: Line) -> Cell:
    """Give the value as it is written on screen; what is hidden stays so."""
    return _rounded(_shown(line), line.indicator)


def read_national_value(line: Line) -> Cell:
    """Give France's own published value."""
    return _rounded(line.national, line.indicator)


def read_low(line: Line) -> Cell:
    """Give the lower bound of the interval."""
    figure = _shown(line)
    return round(figure.interval.low, INTERVAL_DECIMALS) if figure and figure.interval else None


def read_high(line: Line) -> Cell:
    """Give the upper bound of the interval."""
    figure = _shown(line)
    return round(figure.interval.high, INTERVAL_DECIMALS) if figure and figure.interval else None


def read_respondents(line: Line) -> Cell:
    """Give the number of answers, where it is known and may be told."""
    figure = _shown(line)
    return figure.respondents if figure else None


def read_deff(line: Line) -> Cell:
    """Give the design effect, where it is known."""
    figure = _shown(line)
    return round(figure.deff, DEFF_DECIMALS) if figure and figure.deff is not None else None


def read_gap(line: Line) -> Cell:
    """Give the difference with the earlier wave, rounded as on the screen."""
    gap = line.change.gap if line.change else None
    return None if gap is None else round(gap, line.indicator.decimals)


def read_change(line: Line) -> Cell:
    """Say what may be said of a change, and why no more."""
    change = line.change
    if change is None:
        return None
    return f"{change.verdict} ({change.reason})" if change.reason else str(change.verdict)


def read_reading(line: Line) -> Cell:
    """Tell a result from another reading of it, and from a reprint."""
    return _READINGS[line.landmark.reading] if line.landmark else None


def read_nature(line: Line) -> Cell:
    """Tell a survey, a real official figure and a simulated one apart."""
    if line.indicator.status is Status.SIMULE:
        return _SIMULATED
    return NATURES[line.indicator.nature]


def of_figure(read: Callable[[Figure], Cell]) -> Read:
    """Read something of the figure, where there is one."""
    return lambda line: read(line.figure) if line.figure else None


def of_source(read: Callable[[Source], Cell]) -> Read:
    """Read something of the source of the figure, where there is one."""
    return lambda line: read(line.figure.source) if line.figure else None


def _shown(line: Line) -> Figure | None:
    """Give the figure, unless secrecy hides what it is worth."""
    return line.figure if line.figure and line.figure.suppression is None else None


def _rounded(figure: Figure | None, indicator: Indicator) -> Cell:
    if figure is None or figure.value is None or figure.suppression:
        return None
    value = displayed_value(figure.value, indicator)
    return value if indicator.decimals else int(value)
