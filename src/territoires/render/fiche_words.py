"""One figure in a sheet: its words, and the numbers that may be drawn of it."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.indicators import Fiabilite
from territoires.views.figure import Figure, interval_text
from territoires.views.french import format_wave
from territoires.views.portrait_figures import Comparison

Json = dict[str, object]
NO_FIGURE = "–"
_LARGEST_SHARE = 100.0


def sample(figure: Figure | None) -> str:
    """Say how sure a figure is: its interval, or that its sample is not known."""
    if figure is None or figure.suppression:
        return ""
    if figure.interval:
        return interval_text(figure.interval)
    return "effectif non communiqué" if figure.precision is Precision.INCONNUE else ""


def share(figure: Figure | None) -> float | None:
    """Give a share that may be drawn; None for what is hidden, or too imprecise."""
    if figure is None or figure.value is None or figure.precision is Precision.TROP_IMPRECISE:
        return None
    return figure.value if 0 <= figure.value <= _LARGEST_SHARE else None


def beside(line: Comparison) -> float | None:
    """Give France's share where it may stand on the axis of the territory's."""
    return None if line.difference is Flag.INCONNU else share(line.national)


def is_told(figure: Figure | None) -> bool:
    """Tell a figure from the words that stand in the place of one."""
    return figure is not None and figure.suppression is None


def short(figure: Figure | None) -> str:
    """Write a figure; a dash where none is published."""
    return figure.short_text if figure else NO_FIGURE


def doubt(figure: Figure | None) -> str:
    """Say what makes a figure less sure than its number looks."""
    if figure is None:
        return ""
    doubts = []
    if figure.precision in {Precision.INDICATIVE, Precision.TROP_IMPRECISE}:
        doubts.append(str(figure.precision))
    if figure.fiabilite is Fiabilite.AMBIGUE:
        doubts.append("source ambiguë ou contredite")
    return ", ".join(doubts)


def date_of(line: Comparison) -> str:
    """Write when the figure of a line was taken."""
    figure = line.local or line.national
    return format_wave(figure.wave) if figure else ""


def place_of(lines: Sequence[Comparison]) -> str:
    """Name the territory whose figures some lines are; empty for those of France alone."""
    return next((line.holder.territory.name for line in lines if line.holder), "")
