"""Pieces of the page to carry: sections, tables, links that work without any server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from territoires.domain.indicators import Source
from territoires.render.fiche_words import beside, doubt, sample, share
from territoires.render.html import external_link, paragraph
from territoires.render.portrait_tables import say_difference
from territoires.render.typography import escape
from territoires.views.figure import Figure, has_sampling_error
from territoires.views.french import format_source_date, format_wave
from territoires.views.map_view import STATE_LABELS, State
from territoires.views.portrait_figures import Comparison

#: Longer tables are not printed whole: a page that is carried on paper stays one.
PRINTED_ROWS = 40
NO_FIGURE = STATE_LABELS[State.MANQUANT].lower()


def section(anchor: str, title: str, *parts: str) -> str:
    """Write a part of the page; nothing where it has nothing to say."""
    content = "".join(parts)
    if not content:
        return ""
    return (
        f'<section id="{anchor}" aria-labelledby="{anchor}-titre">'
        f'<h2 id="{anchor}-titre">{escape(title)}</h2>{content}</section>'
    )


def told(text: str, css: str = "note") -> str:
    """Write a paragraph, or nothing for no text."""
    return paragraph(text, css) if text else ""


def bullets(items: Iterable[str], css: str = "liste") -> str:
    """List texts that are HTML already."""
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="{css}">{lines}</ul>' if lines else ""


def table(
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    marks: Sequence[str] = (),
    is_stacked: bool = False,
) -> str:
    """Write a table whose cells are HTML already; the first one heads its row.

    Parameters
    ----------
    marks
        Attributes of each row.
    is_stacked
        On a phone each row is a card.
    """
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    roles = (' role="row"', ' role="rowheader"', ' role="cell"') if is_stacked else ("",) * 3
    body = []
    for number, (first, *cells) in enumerate(rows):
        mark = marks[number] if marks else ""
        line = "".join(
            f'<td{roles[2]} data-titre="{escape(title)}">{cell}</td>'
            for title, cell in zip(headings[1:], cells, strict=True)
        )
        body.append(f'<tr{roles[0]}{mark}><th scope="row"{roles[1]}>{first}</th>{line}</tr>')
    css = ("empilable " if is_stacked else "") + ("longue" if len(rows) > PRINTED_ROWS else "")
    role = ' role="table"' if is_stacked else ""
    return (
        f'<div class="defile{" pile" if is_stacked else ""}" tabindex="0" role="group" '
        f'aria-label="{escape(caption)}">'
        f'<table class="{css.strip()}"{role}><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def figures_table(lines: Sequence[Comparison], caption: str) -> str:
    """Write figures beside France's: intervals, what the test says, what makes them less sure."""
    rows = [line for line in lines if line.local or line.national]
    place = next((line.holder.territory.name for line in rows if line.holder), "")
    has_sample = any(has_sampling_error(line.indicator) for line in rows)
    headings = ["Indicateur", *([place] if place else []), "France"]
    headings += ["Par rapport à la France"] if has_sample and place else []
    return table(
        caption,
        headings,
        [_figure_row(line, place, has_sample=has_sample) for line in rows],
        is_stacked=True,
    )


def _figure_row(line: Comparison, place: str, *, has_sample: bool) -> list[str]:
    figure = line.local or line.national
    whose = line.holder.territory.name if line.holder else ""
    asked = [
        line.indicator.actor_label if has_sampling_error(line.indicator) else "",
        "" if line.indicator.unit_label == "%" else line.indicator.unit_label,
        line.indicator.study,
        format_wave(figure.wave) if figure else "",
        whose if whose != place else "",
        doubt(figure),
    ]
    details = " · ".join(text for text in asked if text)
    cells = [f"<strong>{escape(line.indicator.label)}</strong>{_small(details)}"]
    cells += [f"{_cell(line.local)}{strip(line)}"] if place else []
    cells.append(_cell(line.national))
    if has_sample and place:
        hidden = line.local and line.local.suppression
        cells.append("" if hidden else escape(say_difference(line.difference, line.local)) or "–")
    return cells


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return f'<span class="rien">{NO_FIGURE}</span>'
    return f"<b>{escape(figure.short_text)}</b>{_small(sample(figure))}"


def _small(text: str) -> str:
    return f'<span class="petit">{escape(text)}</span>' if text else ""


def strip(line: Comparison) -> str:
    """Draw a share, its interval and France's on one line from 0 to 100; the cells say the same."""
    value = share(line.local) if has_sampling_error(line.indicator) else None
    if value is None:
        return ""
    interval = line.local.interval if line.local else None
    parts = ['<path class="axe" d="M4 8H204M4 5v6M204 5v6"/>']
    if interval:
        low, high = 4 + 2 * interval.low, 4 + 2 * interval.high
        parts.append(f'<path class="intervalle" d="M{low:.1f} 8H{high:.1f}"/>')
    if (national := beside(line)) is not None:
        parts.append(f'<path class="france" d="M{4 + 2 * national:.1f} 1v14"/>')
    parts.append(f'<circle class="point" cx="{4 + 2 * value:.1f}" cy="8" r="4"/>')
    return (
        f'<svg class="bande" viewBox="0 0 208 16" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def source_line(sources: Iterable[Source]) -> str:
    """Name sources with their dates, linked where they have an address."""
    named = " ; ".join(source_item(source) for source in dict.fromkeys(sources))
    return f'<p class="source">Source : {named}.</p>' if named else ""


def source_item(source: Source) -> str:
    """Write one source: title, publisher, date."""
    publisher = "" if source.publisher in source.title else source.publisher
    date = format_source_date(source.date) if source.date else ""
    rest = "".join(f", {escape(text)}" for text in (publisher, date) if text)
    return f"{external_link(source.url, source.title)}{rest}"
