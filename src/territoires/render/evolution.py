"""HTML and charts of the changes of a territory, wave to wave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.render import html
from territoires.render.chart_marks import EARLIER, LATER
from territoires.render.comparison import NOTHING, gap_text
from territoires.render.row_charts import ChartRow, Mark, build_row_chart, rows_key
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS, watermark_of
from territoires.views.evolution import Evolution, Trend, TrendGroup
from territoires.views.figure import Figure, has_sampling_error, interval_text
from territoires.views.french import count, format_wave
from territoires.views.shares import bare_label

if TYPE_CHECKING:
    import plotly.graph_objects as go


def evolution_head(evolution: Evolution) -> str:
    """Write the sentence; without any group, that is all there is to say."""
    if not evolution.groups:
        return html.empty_state(evolution.sentence)
    return html.paragraph(evolution.sentence, "phrase-seconde")


def evolution_notes(evolution: Evolution) -> str:
    """Write what must be known to read the tables."""
    if not evolution.caveats:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in evolution.caveats)
    return f'<div class="bloc reserve"><h3>À savoir</h3><ul class="liste-serree">{items}</ul></div>'


def group_block(group: TrendGroup, dataset: Dataset) -> str:
    """Write a theme: its sentence and its table."""
    return (
        f"<h3>{escape(f'{group.theme} ({group.holder.territory.name})')}</h3>"
        f"{html.paragraph(group.sentence, 'phrase-seconde')}{group_table(group, dataset)}"
    )


def group_table(group: TrendGroup, dataset: Dataset) -> str:
    """Write both waves of each indicator, the gap where it may be read, and the verdict."""
    earlier, later = (_heading(wave) for wave in (group.earlier, group.later))
    rows = [
        [
            f"<strong>{escape(trend.indicator.label)}</strong>"
            f"<br><span class='reserve'>{escape(trend.indicator.actor_label)}</span>",
            _wave_cell(trend.change.before, trend, group),
            _wave_cell(trend.change.after, trend, group),
            escape(gap_text(trend.change, trend.indicator.decimals)),
            _verdict(trend),
        ]
        for trend in group.trends
    ]
    return html.table(
        (
            ("Indicateur", False),
            (earlier, False),
            (later, False),
            ("Écart (points)" if _is_percent(group) else "Écart", True),
            ("Évolution", False),
        ),
        rows,
        caption=f"{EDITIONS[dataset].mark}{group.theme}, {group.holder.territory.name}, "
        f"{format_wave(group.earlier)} puis {format_wave(group.later)}. {_test_words(group)}",
        label=f"Évolution : {group.theme}",
        stacked=True,
    )


def build_evolution_chart(group: TrendGroup, dataset: Dataset) -> go.Figure:
    """Draw both waves of each share of a group, with their intervals, the earlier one first."""
    return build_row_chart(chart_rows(group), watermark=watermark_of(dataset, Nature.ENQUETE))


def has_chart(group: TrendGroup) -> bool:
    """Tell whether a group has changes to draw: what may not be compared shares no axis."""
    return bool(chart_rows(group))


def evolution_key(group: TrendGroup) -> str:
    """Say on one line what the marks of the chart are."""
    return rows_key(chart_rows(group))


def chart_rows(group: TrendGroup) -> list[ChartRow]:
    """Give the changes that may be drawn: both waves, and the verdict."""
    waves = (format_wave(group.earlier), format_wave(group.later))
    return [
        ChartRow(
            bare_label(trend.indicator),
            (
                Mark(waves[0], EARLIER, trend.change.before),
                Mark(waves[1], LATER, trend.change.after),
            ),
            str(trend.change.verdict),
        )
        for trend in group.trends
        if has_sampling_error(trend.indicator) and not trend.change.reason
    ]


def _is_percent(group: TrendGroup) -> bool:
    return all(trend.indicator.unit_label == "%" for trend in group.trends)


def _heading(wave: str) -> str:
    text = format_wave(wave)
    return text[:1].upper() + text[1:]


def _wave_cell(figure: Figure | None, trend: Trend, group: TrendGroup) -> str:
    if figure is None:
        return NOTHING
    card = html.figure_card(figure, trend.indicator, place=group.holder.territory.name)
    value = html.figure_button(figure.text, card)
    if not figure.interval:
        return value
    return f'{value} <span class="reserve">{escape(interval_text(figure.interval))}</span>'


def _verdict(trend: Trend) -> str:
    change = trend.change
    reason = f' <span class="reserve">{escape(change.reason)}</span>' if change.reason else ""
    return f"<strong>{escape(change.verdict)}</strong>{reason}"


def _test_words(group: TrendGroup) -> str:
    tested = sum(not trend.change.reason for trend in group.trends)
    if not tested:
        return "Aucune évolution ne peut être testée."
    return f"{count(tested, 'évolution testée', 'évolutions testées')}."
