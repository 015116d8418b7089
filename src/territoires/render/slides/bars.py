"""From figures to the bars of a slide's chart, with what may not be drawn said in words."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.analysis.precision import Precision
from territoires.domain.indicators import Fiabilite, Indicator, Kind, Nature, Source
from territoires.domain.selection import Dataset
from territoires.render.chart_marks import EARLIER, LATER
from territoires.render.slides.deck import About, Bar, BarChart, Series, say_sources
from territoires.views.comparison_sentence import UNKNOWN_SAMPLES, drawn_value, why_not_drawn
from territoires.views.datasets import watermark_of
from territoires.views.figure import (
    OTHER_WORDS,
    Figure,
    displayed_value,
    has_sampling_error,
    interval_text,
    is_of_unknown_samples,
    is_same_question,
)
from territoires.views.french import NBSP, format_wave, join_words
from territoires.views.portrait_figures import Comparison

FRANCE = "France"
OWN_COLOUR, FRANCE_COLOUR = LATER.colour, EARLIER.colour
NOTHING = "–"
_INTERVAL_KEY = "Trait fin : intervalle de confiance à 95 %."
_HOLLOW_KEY = "Barre creuse : effectif non communiqué, sans comparaison possible."
_OTHER_KEY = "France : autre formulation, à ne pas comparer."
_PERCENT = 100.0


def bar_of(figure: Figure | None, indicator: Indicator) -> Bar | None:
    """Give the bar of a figure; None where it may not be drawn."""
    value = drawn_value(figure)
    if figure is None or value is None:
        return None
    interval = figure.interval
    return Bar(
        displayed_value(value, indicator),
        interval.low if interval else None,
        interval.high if interval else None,
        is_hollow=figure.precision is Precision.INCONNUE,
    )


def row_name(name: str, figure: Figure | None) -> str:
    """Name a row, with the reason why it has no bar."""
    reason = why_not_drawn(figure)
    return f"{name} ({reason})" if reason else name


def end_of(indicator: Indicator) -> float | None:
    """Give the end of the axis: all shares of a sample; elsewhere, as far as the values go."""
    return _PERCENT if has_sampling_error(indicator) else None


def pair_chart(
    names: Sequence[str],
    indicators: Sequence[Indicator],
    own: tuple[str, Sequence[Figure | None]],
    other: tuple[str, Sequence[Figure | None]],
    *,
    is_own_last: bool = False,
) -> BarChart:
    """Draw two figures a row: a territory's then France's, or those of two waves.

    A side without any bar is left out; each row says why its own bar is missing. Bars stand in the
    order of time where ``own`` is the later wave (``is_own_last``).
    """
    sides = [(own, OWN_COLOUR), (other, FRANCE_COLOUR)]
    shown = [_series(side, indicators, colour) for side, colour in sides if has_bars(side[1])]
    reasons = own[1] if any(own[1]) else other[1]
    if is_own_last:
        shown.reverse()
    return BarChart(
        tuple(row_name(name, figure) for name, figure in zip(names, reasons, strict=True)),
        tuple(shown),
        unit=indicators[0].unit_label,
        decimals=max(indicator.decimals for indicator in indicators),
        scale=end_of(indicators[0]),
    )


def lone_key(chart: BarChart) -> str:
    """Say whose bars are drawn where one side only has some: there is no legend to say it."""
    return f"Barres : {chart.series[0].name}. " if len(chart.series) == 1 else ""


def has_bars(figures: Sequence[Figure | None]) -> bool:
    """Tell whether one of the figures, at least, may be drawn."""
    return any(drawn_value(figure) is not None for figure in figures)


def _series(
    named: tuple[str, Sequence[Figure | None]], indicators: Sequence[Indicator], colour: str
) -> Series:
    name, figures = named
    bars = (bar_of(figure, one) for figure, one in zip(figures, indicators, strict=True))
    return Series(name, colour, tuple(bars))


def figure_words(figure: Figure | None, *, short: bool = False) -> str:
    """Write a figure in a table or in words: its interval, its other readings, a star if doubtful.

    ``short`` where a heading gives its unit.
    """
    if figure is None:
        return NOTHING
    text = figure.short_text if short else figure.text
    notes = [interval_text(figure.interval)] if figure.interval else []
    values = [reading.partition(" – ")[0] for reading in figure.other_readings]
    notes += [f"autre lecture : {value}" for value in values if value != figure.text]
    if figure.text in values:
        # The notes of the slide give their words.
        notes.append(f"{len(values) + 1} lectures publiées")
    told = f"{text} ({' ; '.join(dict.fromkeys(notes))})" if notes else text
    return f"{told}{NBSP}*" if figure.fiabilite is Fiabilite.AMBIGUE else told


def national_words(line: Comparison, *, short: bool = False) -> str:
    """Write France's figure beside a territory's, and whether it answers other words."""
    words = figure_words(line.national, short=short)
    return f"{words} ({OTHER_WORDS})" if is_other_question(line) else words


def is_other_question(line: Comparison) -> bool:
    """Tell whether France's figure answers another question than the territory's."""
    if line.local is None or line.national is None:
        return False
    return not is_same_question(line.local, line.national)


def table_key(figures: Sequence[Figure | None]) -> str:
    """Say under a table what its values do not allow, and what its stars are."""
    parts = [UNKNOWN_SAMPLES] if is_of_unknown_samples(figures) else []
    if any(figure and figure.fiabilite is Fiabilite.AMBIGUE for figure in figures):
        parts.append("* Source ambiguë ou contredite.")
    return " ".join(parts)


def chart_words(chart: BarChart, cells: Sequence[Sequence[Figure | None]]) -> str:
    """Say in words what a chart shows; ``cells`` are its figures, series by series."""
    parts = []
    for place, row in enumerate(chart.rows):
        told = [
            f"{series.name} {figure_words(figures[place])}"
            for series, figures in zip(chart.series, cells, strict=True)
        ]
        parts.append(f"{row} : {join_words(told)}")
    return f"Graphique en barres. {' ; '.join(parts)}."


def key_of(figures: Sequence[Figure | None], *, has_other_words: bool = False) -> str:
    """Say what the marks of a chart are; ``has_other_words`` where France was asked otherwise."""
    known = [figure for figure in figures if drawn_value(figure) is not None and figure]
    parts = [_INTERVAL_KEY] if any(figure.interval for figure in known) else []
    parts += [_HOLLOW_KEY] if any(f.precision is Precision.INCONNUE for f in known) else []
    parts += [_OTHER_KEY] if has_other_words else []
    return " ".join(parts)


def about(
    dataset: Dataset,
    figures: Sequence[Figure | None],
    *,
    names: Sequence[str] = (),
    nature: Nature = Nature.ENQUETE,
    notes: Sequence[str] = (),
    sources: Sequence[Source] = (),
) -> About:
    """Gather the sources, the dates and the caveats of some figures.

    Parameters
    ----------
    names
        What each figure is of: a caveat is then told with it.
    """
    known = [figure for figure in figures if figure]
    waves = list(dict.fromkeys(format_wave(figure.wave) for figure in known))
    caveats: dict[str, str] = {}
    for name, figure in zip(names or [""] * len(figures), figures, strict=True):
        for text in _caveats(figure) if figure else ():
            # That of the indicator is the same for the territory and for France.
            caveats.setdefault(text, f"{name} : {text}" if name else text)
    return About(
        sources=say_sources([*(figure.source for figure in known), *sources]),
        date=join_words(waves) if len(waves) <= _MAX_WAVES else "",
        mark=watermark_of(dataset, nature),
        notes=tuple(dict.fromkeys(text for text in (*caveats.values(), *notes) if text)),
    )


def _caveats(figure: Figure) -> list[str]:
    readings = [f"autre lecture publiée, {text}" for text in figure.other_readings]
    return [text for text in (figure.caveat, figure.indicator_caveat, *readings) if text]


_MAX_WAVES = 3


def is_total(indicator: Indicator) -> bool:
    """Tell whether France's figure is the sum of its parts': on their axis it would crush them."""
    return indicator.kind is Kind.COUNT
