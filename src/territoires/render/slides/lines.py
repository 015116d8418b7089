"""Figures of a territory beside France's, on a slide: as bars, as a table, in words."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.indicators import Indicator, Nature
from territoires.domain.selection import Dataset
from territoires.render.slides.bars import (
    FRANCE,
    NOTHING,
    about,
    chart_words,
    figure_words,
    has_bars,
    is_other_question,
    is_total,
    key_of,
    lone_key,
    national_words,
    pair_chart,
    table_key,
)
from territoires.render.slides.deck import About, ChartSlide, TableSlide
from territoires.views.figure import Figure
from territoires.views.french import count, format_wave, join_words
from territoires.views.portrait_figures import Comparison
from territoires.views.shares import bare_label

_WIDTHS = (5.4, 2.5, 2.5, 1.7)


def draw_lines(
    title: str,
    lines: Sequence[Comparison],
    dataset: Dataset,
    *,
    names: Sequence[str] = (),
    nature: Nature = Nature.ENQUETE,
    notes: Sequence[str] = (),
) -> ChartSlide:
    """Draw lines as bars, the territory's beside France's; ``names`` are those of the rows."""
    holder = next((line.holder for line in lines if line.holder), None)
    own = [line.local for line in lines]
    france = [None if is_total(line.indicator) else line.national for line in lines]
    where = holder.territory.name if holder else ""
    chart = pair_chart(
        names or [asked(line.indicator) for line in lines],
        [line.indicator for line in lines],
        (where, own),
        (FRANCE, france),
    )
    cells = [figures for figures in (own, france) if has_bars(figures)]
    return ChartSlide(
        title,
        "",
        chart,
        chart_words(chart, cells),
        lone_key(chart)
        + key_of([*own, *france], has_other_words=any(map(is_other_question, lines))),
        _about(lines, dataset, notes, nature),
    )


def list_lines(
    title: str,
    lines: Sequence[Comparison],
    dataset: Dataset,
    *,
    nature: Nature = Nature.ENQUETE,
    notes: Sequence[str] = (),
) -> TableSlide | None:
    """List lines as a table: the territory's figure, France's, the date; None without any."""
    lines = [line for line in lines if line.local or line.national]
    if not lines:
        return None
    holder = next((line.holder for line in lines if line.holder), None)
    figures = figures_of(lines)
    columns = [("Indicateur", [_with_unit(line) for line in lines])]
    if holder:
        own = [figure_words(line.local, short=True) for line in lines]
        columns.append((holder.territory.name, own))
    columns.append((FRANCE, [national_words(line, short=True) for line in lines]))
    columns.append(("Date", [_wave(line) for line in lines]))
    return TableSlide(
        title,
        tuple(head for head, _ in columns),
        tuple(zip(*(cells for _, cells in columns), strict=True)),
        _WIDTHS if holder else (_WIDTHS[0], *_WIDTHS[2:]),
        about=_about(lines, dataset, notes, nature),
        key=table_key(figures),
        is_one_page=True,
    )


def _about(
    lines: Sequence[Comparison],
    dataset: Dataset,
    notes: Sequence[str],
    nature: Nature = Nature.ENQUETE,
) -> About:
    return about(dataset, figures_of(lines), names=names_of(lines), nature=nature, notes=notes)


def figures_of(lines: Sequence[Comparison]) -> list[Figure | None]:
    """Give the figures of some lines: the territory's and France's of each."""
    return [figure for line in lines for figure in (line.local, line.national)]


def names_of(lines: Sequence[Comparison]) -> list[str]:
    """Name the figures that ``figures_of`` gives."""
    labels = [bare_label(line.indicator) for line in lines]
    return [name for label in labels for name in (label, f"{label} (France)")]


def asked(indicator: Indicator) -> str:
    """Name an indicator and who was asked, in one cell."""
    label = bare_label(indicator)
    return f"{label} ({indicator.actor_label})" if indicator.nature is Nature.ENQUETE else label


def _with_unit(line: Comparison) -> str:
    """Name an indicator with its unit, where the cells only hold a number."""
    indicator, figure = line.indicator, line.local or line.national
    told = figure is None or figure.text == figure.short_text
    return asked(indicator) if told else f"{asked(indicator)} ({indicator.unit_label})"


def _wave(line: Comparison) -> str:
    figure = line.local or line.national
    return format_wave(figure.wave) if figure else NOTHING


def both_figures(lines: Sequence[Comparison]) -> str:
    """Write what is known of a domain: the territory's figures beside France's."""
    return join_words([f"{bare_label(x.indicator)} : {pair_words(x)}" for x in lines]) or NOTHING


def lead_of(lines: Sequence[Comparison]) -> Comparison | None:
    """Choose the line that stands for a domain: the first with a figure of the territory."""
    return next((line for line in lines if line.local), lines[0] if lines else None)


def brief(lines: Sequence[Comparison]) -> str:
    """Write the figure that stands for a domain, and count the others."""
    first = lead_of(lines)
    if first is None:
        return NOTHING
    rest = f" ; et {count(len(lines) - 1, 'autre', 'autres')}" if len(lines) > 1 else ""
    return f"{bare_label(first.indicator)} : {pair_words(first)}{rest}"


def pair_words(line: Comparison) -> str:
    """Write the territory's figure and France's."""
    france = f"France : {national_words(line)}" if line.national else ""
    if line.local is None:
        return france
    return f"{figure_words(line.local)}{f' – {france}' if france else ''}"
