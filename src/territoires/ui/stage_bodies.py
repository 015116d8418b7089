"""What stands on the stage beside the frames: text, legend, chart, kind of step by kind of step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from territoires.domain.indicators import Nature
from territoires.domain.story import StepKind
from territoires.render import comparison_charts, comparison_words, html
from territoires.render import presentation as render
from territoires.render.actors import build_actors_legend
from territoires.render.figures import PLOTLY_CONFIG
from territoires.render.landmarks import question_head
from territoires.render.stage_charts import stage_charts
from territoires.render.story_views import (
    NO_TERRITORY,
    NO_THEME,
    compared,
    next_steps_of,
    portrait_of,
    shows_actors,
    theme_of,
)
from territoires.render.typography import escape
from territoires.ui import cache, map_data
from territoires.ui.blocks import show_html
from territoires.ui.stage_maps import StageView
from territoires.views.actors import sources_of_actors
from territoires.views.datasets import watermark_of
from territoires.views.portrait_brief import answer_next
from territoires.views.portrait_lines import own_surveys

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from territoires.domain.indicators import Source
    from territoires.views.map_view import MapView
    from territoires.views.portrait import Portrait

#: Figures of a theme without chart that a room can read at once.
_LINES = 5
#: Height of a chart, before it is enlarged.
_HIGHEST_PX = 440
#: The same under the head of a question.
_UNDER_HEAD_PX = 385
#: How much airier than on a page a chart may be; its letters.
_AIRY, _TEXT_PX = 1.4, 14


@dataclass(frozen=True, slots=True)
class Drawn:
    """A step ready to be drawn: its own title, what it shows, its sources in one line.

    ``watermark`` says what is shown, where it is not what its set of data says: a real figure seen
    among simulated ones.
    """

    title: str
    show: Callable[[], None]
    subtitle: str = ""
    source: str = ""
    watermark: str = ""


def _show_chart(chart: go.Figure, number: int = 0, room_px: int = _HIGHEST_PX) -> None:
    """Draw a chart, which the style sheet enlarges: it must know how high it is."""
    key = f"scene_graphique_{number}"
    # Lines come closer rather than letters smaller: a remote control does not scroll.
    asked = int(chart.layout.height)
    height = min(max(asked, min(int(asked * _AIRY), room_px)), _HIGHEST_PX)
    chart.update_layout(height=height, legend_font_size=_TEXT_PX)
    chart.update_xaxes(tickfont_size=_TEXT_PX)
    with st.container(key=key):
        st.html(f'<div class="scene-place" style="--haut: {height}px"></div>')
        st.plotly_chart(chart, config=PLOTLY_CONFIG, height=height, key=f"{key}_trace")


def _map(view: StageView) -> Drawn:
    found = view.maps
    first, (title, captions) = found[0], render.name_maps(found)
    data, sources = cache.published(first.dataset), [s for one in found for s in one.sources]
    points = map_data.placed_actors(first) if shows_actors(view.sides, first) else ()
    sources += sources_of_actors(points, data)

    def show() -> None:
        if len(found) > 1:
            for column, one, caption in zip(st.columns(2), found, captions, strict=True):
                column.html(render.map_caption(one, caption))
            show_html(render.inset_names(found))
            return
        row = first.row(view.selection.territory)
        chosen = render.chosen_row(row) if row else ""
        legend = build_actors_legend(data.catalyst_kinds, points) if points else ""
        st.html(render.map_side(first, chosen) + legend)

    return Drawn(
        title,
        show,
        source=render.say_sources(
            tuple(dict.fromkeys(sources)), has_map=True, untested=len(found) > 1
        ),
        watermark=_watermark_of(found),
    )


def _watermark_of(maps: Sequence[MapView]) -> str:
    """Give what marks maps side by side: that of the set of data where they differ."""
    marks = {one.watermark for one in maps}
    return marks.pop() if len(marks) == 1 else ""


def _territory(view: StageView) -> Drawn:
    found = [known for side in view.sides if (known := portrait_of(side))]
    if not found:
        return Drawn("Un territoire", partial(show_html, html.empty_state(NO_TERRITORY)))
    portraits = [one for one, _ in found]
    bodies = [render.portrait_step(one, (*one.answers, answer_next(steps))) for one, steps in found]

    def show() -> None:
        if len(bodies) == 1:
            st.html(bodies[0])
            return
        for column, one, body in zip(st.columns(2, gap="large"), portraits, bodies, strict=True):
            column.html(f'<h2 class="scene-legende">{escape(one.territory.name)}</h2>{body}')

    names = " et ".join(one.territory.name for one in portraits)
    return Drawn(names, show, source=render.say_sources(_sources_told(portraits)))


def _sources_told(portraits: Sequence[Portrait]) -> tuple[Source, ...]:
    """List the sources of the sentence and of the answers of some territories."""
    told = [
        line
        for one in portraits
        for line in (*own_surveys(one)[:1], *(line for part in one.answers for line in part.told))
    ]
    figures = (figure for line in told for figure in (line.local, line.national) if figure)
    return tuple(dict.fromkeys(figure.source for figure in figures))


def _comparison(view: StageView) -> Drawn:
    now, changes = compared(view.sides[0])
    source = render.say_sources(now.sources)
    if changes is None:
        chart = comparison_charts.build_dot_plot(now)
        side = render.comparison_side(now, comparison_words.dot_plot_key(now))
        told, title = comparison_words.describe_dot_plot(now), now.title
    else:
        chart = comparison_charts.build_dumbbells(changes)
        side = render.changes_side(changes, comparison_words.dumbbells_key(changes))
        told, title = comparison_words.describe_dumbbells(changes), changes.title

    def show() -> None:
        drawing, text = st.columns([7, 4], gap="large")
        with drawing:
            _show_chart(chart)
            st.html(html.paragraph(told, "lecteur-seul"))
        text.html(side)

    watermark = watermark_of(now.dataset, now.indicator.nature)
    return Drawn(title, show, source=source, watermark=watermark)


def _landmarks(view: StageView) -> Drawn:
    theme = theme_of(view.sides[0])
    if theme is None:
        return Drawn("Repères nationaux", partial(show_html, html.empty_state(NO_THEME)))
    charts, left_out = stage_charts(theme)
    sources = tuple(dict.fromkeys(one.figure.source for one in theme.counted))

    def show() -> None:
        drawing, text = st.columns([7, 4], gap="large")
        with drawing:
            for number, chart in enumerate(charts):
                st.html(question_head(chart.question, theme, rank=2))
                _show_chart(chart.figure, number, _UNDER_HEAD_PX if len(charts) == 1 else 0)
                st.html(html.paragraph(chart.words, "lecteur-seul"))
            if not charts:
                st.html(render.theme_lines(theme, _LINES))
        text.html(render.theme_side(theme, left_out, [chart.key for chart in charts]))

    return Drawn(theme.theme.label, show, source=render.say_sources(sources))


def _catalysts(view: StageView) -> Drawn:
    found = view.actors
    data, points = cache.published(found.dataset), cache.placed_actors(found.dataset)
    shown = points if found.visible is None else [points[rank] for rank in found.visible]
    legend = build_actors_legend(data.catalyst_kinds, shown)
    where = found.within or found.territory
    drawn = f" {render.SHORT_ATTRIBUTION}." if view.has_map else ""
    return Drawn(
        "Catalyseurs et acteurs recensés",
        partial(show_html, render.actors_side(found, legend)),
        subtitle=where.name if where else "",
        source=f"Source de chaque acteur : page « Catalyseurs ».{drawn}",
    )


def _agir(view: StageView) -> Drawn:
    steps = next_steps_of(view.sides[0])
    return Drawn(
        "Agir : les prochains pas",
        partial(show_html, render.next_steps(steps)),
        watermark=watermark_of(view.selection.dataset, Nature.CONTEXTE),
        source="Ressources et liens : page « Agir ».",
    )


BODIES: Mapping[StepKind, Callable[[StageView], Drawn]] = {
    StepKind.CARTE: _map,
    StepKind.TERRITOIRE: _territory,
    StepKind.COMPARER: _comparison,
    StepKind.REPERES: _landmarks,
    StepKind.CATALYSEURS: _catalysts,
    StepKind.AGIR: _agir,
}
