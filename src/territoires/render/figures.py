"""Charts (plotly), each with a sentence that says the same; what all charts share."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from territoires.render.typography import escape
from territoires.views.french import NBSP, format_number, join_words
from territoires.views.portrait_profile import Profile

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: Nothing foreign, nothing English: the tool bar of plotly has no French.
PLOTLY_CONFIG = {"displayModeBar": False, "displaylogo": False, "locale": "fr"}
_COLOURS = ("#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
_TEXT_COLOURS = ("#1c2427", "#1c2427", "#ffffff", "#ffffff")
#: Legible on the light ground and on the dark one.
_AXIS_COLOUR = "#6b7679"
_FRANCE_HEIGHT_PX = 260
_WATERMARK_EVERY_PX, _WATERMARK_SIZE, _WATERMARK_WIDTH = 320, 20, 24


def build_size_chart(profile: Profile, watermark: str = "") -> go.Figure:
    """Draw the communes by size, in share, for the territory and for France."""
    import plotly.graph_objects as go  # noqa: PLC0415 - slow to load, needed on this page only

    names = list(dict.fromkeys(("France", profile.territory.name)))
    figure = go.Figure()
    for size, colour, text_colour in zip(profile.sizes, _COLOURS, _TEXT_COLOURS, strict=True):
        shares = [size.national_share_pct, size.share_pct][: len(names)]
        figure.add_bar(
            name=size.label,
            x=shares,
            y=names,
            orientation="h",
            marker={"color": colour, "line": {"color": "#ffffff", "width": 1}},
            text=[f"{format_number(s)}{NBSP}%" if s >= 6 else "" for s in shares],  # noqa: PLR2004
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": text_colour, "size": 14},
            hovertemplate="%{y} : %{x} %<extra>" + size.label + "</extra>",
        )
    figure.update_layout(
        barmode="stack",
        height=_FRANCE_HEIGHT_PX,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": -0.08, "traceorder": "normal", "font": {"size": 13}},
        font={"family": "Atkinson, sans-serif"},
        xaxis={"visible": False, "range": [0, 100.5], "fixedrange": True},
        yaxis={"fixedrange": True, "tickfont": {"size": 14, "color": _AXIS_COLOUR}},
        separators=", ",
    )
    return add_watermark(figure, watermark)


def describe_size_chart(profile: Profile) -> str:
    """Say in words what the chart shows."""
    own = [f"{format_number(s.share_pct, 1)}{NBSP}% de {s.label}" for s in profile.sizes]
    france = [f"{format_number(s.national_share_pct, 1)}{NBSP}%" for s in profile.sizes]
    return (
        f"Communes par taille, {profile.territory.name} : {join_words(own)} "
        f"(France, dans le même ordre : {join_words(france)})."
    )


def add_watermark(figure: go.Figure, text: str) -> go.Figure:
    """Write across a chart that its data are simulated; an empty text leaves it as it is.

    On a tall chart it is repeated, so that no part of it can be cut out without it. The text is
    ours, folded in short lines so that a phone shows it whole.
    """
    times = max(1, round((figure.layout.height or 0) / _WATERMARK_EVERY_PX)) if text else 0
    for i in range(times):
        figure.add_annotation(
            text="<br>".join(escape(line) for line in wrap(text, _WATERMARK_WIDTH)),
            x=0.5,
            y=(i + 0.5) / times,
            xref="paper",
            yref="paper",
            showarrow=False,
            textangle=-10,
            opacity=0.3,
            font={"size": _WATERMARK_SIZE},
        )
    return figure
