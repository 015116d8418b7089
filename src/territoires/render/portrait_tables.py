"""Tables of figures of a territory's page: each figure is a button that opens its card."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.analysis.significance import Flag
from territoires.domain.indicators import Indicator, Nature
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.figure import Figure, interval_text
from territoires.views.french import count, format_wave
from territoires.views.map_view import DIFFERENCE_LABELS
from territoires.views.portrait_domains import DomainLine
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_gap import PERCEPTION_THEME, say_gap

_UNKNOWN_SAMPLE = "non comparable : effectif non communiqué"
_OTHER_QUESTION = "non comparable : autre formulation pour la France"
_FRANCE = "France"
#: Stands where a column has nothing to say.
_NOTHING = "–"


def comparison_table(lines: Sequence[Comparison], caption: str) -> str:
    """Write figures beside France's, with what their samples allow to say.

    Columns that hold nothing at all (no territory, no sample) are left out.
    """
    lines = [line for line in lines if line.local or line.national]
    holder = next((line.holder for line in lines if line.holder), None)
    has_sample = any(_shown(line).precision for line in lines)
    has_test = any(line.difference for line in lines)
    headings = [("Indicateur", False)]
    headings += [(holder.territory.name, True)] if holder else []
    headings += [(_FRANCE, True)]
    headings += [("Précision", False)] if has_sample else []
    headings += [("Par rapport à la France", False)] if has_test else []
    headings += [("Date", False), ("Fiabilité", False)]
    rows = []
    for line in lines:
        figure = _shown(line)
        cells = [_name(line.indicator)]
        cells += [local_figure(line, with_interval=True)] if holder else []
        cells.append(national_figure(line, with_interval=not holder))
        cells += [html.precision_tag(figure, bare=True) or _NOTHING] if has_sample else []
        cells += [_verdict(line)] if has_test else []
        alone = "" if line.local or not holder else "France seulement "
        cells.append(escape(format_wave(figure.wave)))
        cells.append(alone + html.fiabilite_tag(figure.fiabilite, bare=True))
        rows.append(cells)
    real = all(line.indicator.nature is not Nature.ENQUETE for line in lines)
    return html.table(headings, rows, caption=caption, label=caption, stacked=True, real=real)


def domains_table(lines: Sequence[DomainLine], caption: str) -> str:
    """Write domains of fragility: what surveys say beside what Insee measures."""
    rows = [
        [escape(line.label), _figures(line.perceived), _figures(line.measured)] for line in lines
    ]
    headings = [("Domaine", False), ("Perçu (enquêtes)", False), ("Mesuré (Insee)", False)]
    gaps = [say_gap(line) for line in lines]
    if any(gaps):
        headings.append(("Perçu et mesuré ensemble", False))
        rows = [[*cells, escape(gap) or _NOTHING] for cells, gap in zip(rows, gaps, strict=True)]
    return html.table(
        headings,
        rows,
        caption=caption,
        label=caption,
        stacked=True,
    )


def local_figure(line: Comparison, *, with_interval: bool = False) -> str:
    """Write the territory's figure, which opens its card."""
    place = line.holder.territory.name if line.holder else ""
    return _figure(line.local, line.indicator, place, with_interval=with_interval)


def national_figure(line: Comparison, *, with_interval: bool = False) -> str:
    """Write France's figure, which opens its card."""
    return _figure(line.national, line.indicator, _FRANCE, with_interval=with_interval)


def _figure(figure: Figure | None, indicator: Indicator, place: str, *, with_interval: bool) -> str:
    if figure is None:
        return html.NO_FIGURE
    button = html.figure_button(figure.short_text, html.figure_card(figure, indicator, place=place))
    if not with_interval or not figure.interval:
        return button
    return f"{button}<br><span class='reserve'>{escape(interval_text(figure.interval))}</span>"


def _shown(line: Comparison) -> Figure:
    """Give the figure a row is about: the territory's, else France's."""
    figure = line.local or line.national
    if figure is None:
        raise ValueError(f"{line.indicator.indicator_id} has no figure to show")
    return figure


def _name(indicator: Indicator) -> str:
    """Name the indicator, who was asked and the unit, where the cells only hold a number."""
    parts = [indicator.actor_label] if indicator.nature is Nature.ENQUETE else []
    if indicator.unit_label != "%":
        parts.append(indicator.unit_label)
    details = " · ".join(part for part in parts if part)
    return (
        f"<strong>{escape(indicator.label)}</strong>"
        f"<br><span class='reserve'>{escape(details)}</span>"
    )


def say_difference(difference: Flag | None, figure: Figure | None) -> str:
    """Say how a figure stands against France's, or why that is not known; empty without a test."""
    if difference is Flag.INCONNU:
        is_sampled = figure is not None and figure.respondents is not None
        return _OTHER_QUESTION if is_sampled else _UNKNOWN_SAMPLE
    return DIFFERENCE_LABELS.get(difference, "") if difference else ""


def _verdict(line: Comparison) -> str:
    return escape(say_difference(line.difference, line.local)) or _NOTHING


def _figures(lines: Sequence[Comparison]) -> str:
    """List the territory's own figures, else the first of France's; the others are folded."""
    if not lines:
        return html.NO_FIGURE
    shown, others = first_figures(lines)
    text = _items(shown)
    if others:
        number = count(len(others), "autre résultat national", "autres résultats nationaux")
        text += f"<details><summary>{number}</summary>{_items(others)}</details>"
    return text


def first_figures(lines: Sequence[Comparison]) -> tuple[list[Comparison], list[Comparison]]:
    """Part the figures of a domain: the territory's own, else the first of France's; the others."""
    # Among France's figures, what people worry about says more of a domain than what they expect.
    telling = sorted(lines, key=lambda line: line.indicator.theme != PERCEPTION_THEME)
    shown = [line for line in lines if line.local] or telling[:1]
    return shown, [line for line in lines if line not in shown]


def _items(lines: Sequence[Comparison]) -> str:
    items = "".join(f"<li>{_domain_figure(line)}</li>" for line in lines)
    return f'<ul class="liste-serree">{items}</ul>'


def _domain_figure(line: Comparison) -> str:
    """Write one figure of a domain: its question, its value with its sample, France's beside."""
    values = []
    if line.local:
        values.append(f"<strong>{local_figure(line)}</strong>{_sample(line.local)}")
    if line.national:
        sample = "" if line.local else _sample(line.national)
        values.append(f"{_FRANCE} {national_figure(line)}{sample}")
    figure = _shown(line)
    details = [line.indicator.actor_label, format_wave(figure.wave)]
    if line.indicator.unit_label != "%":
        details.insert(0, line.indicator.unit_label)
    return (
        f"{escape(line.indicator.label)} : {', '.join(values)} "
        f"<span class='reserve'>({escape(', '.join(details))})</span>"
    )


def _sample(figure: Figure) -> str:
    if figure.interval:
        return f" ({escape(interval_text(figure.interval))})"
    return ""
