"""Charts (plotly), each with a sentence that says the same; what all charts share."""

from __future__ import annotations

from collections.abc import Sequence
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
#: A narrower part of a bar has no room for its number; on a phone, those below the second.
ROOM_PCT, PHONE_ROOM_PCT = 6, 10
_WATERMARK_EVERY_PX, _WATERMARK_SIZE, _WATERMARK_WIDTH = 320, 20, 24
#: Light enough for the marks above it, legible on the light ground and on the dark one.
_WATERMARK_COLOUR = "rgba(122,134,138,0.5)"


def size_bars(profile: Profile, watermark: str = "") -> str:
    """Draw the communes by size, in share, for the territory and for France.

    In HTML: two bars do not deserve the five megabytes of a charts library on the page that people
    open on their phone.
    """
    names = list(dict.fromkeys((profile.territory.name, "France")))
    shares = [[size.share_pct for size in profile.sizes]]
    shares += [[size.national_share_pct for size in profile.sizes]]
    bars = "".join(
        f"<li><b>{escape(name)}</b><div>{_bar(values)}</div></li>"
        for name, values in zip(names, shares, strict=False)
    )
    keys = "".join(
        f'<li><i style="background:{colour}"></i>{escape(size.label)}</li>'
        for size, colour in zip(profile.sizes, _COLOURS, strict=True)
    )
    mark = f'<p class="reserve">{escape(watermark)}</p>' if watermark else ""
    return (
        f'<div class="barres" role="img" aria-label="{escape(describe_size_chart(profile))}">'
        f'{mark}<ul>{bars}</ul><ul class="cles">{keys}</ul></div>'
    )


def _bar(shares: Sequence[float]) -> str:
    """Write the parts of a bar, each with its number where there is room for it."""
    parts = []
    for share, colour, ink in zip(shares, _COLOURS, _TEXT_COLOURS, strict=True):
        css = ' class="etroit"' if share < PHONE_ROOM_PCT else ""
        number = f"{format_number(share)}{NBSP}%" if share >= ROOM_PCT else ""
        parts.append(
            f'<span{css} style="flex-basis:{share:.2f}%;background:{colour};color:{ink}">'
            f"{number}</span>"
        )
    return "".join(parts)


def describe_size_chart(profile: Profile) -> str:
    """Say in words what the chart shows."""
    own = [f"{format_number(s.share_pct, 1)}{NBSP}% de {s.label}" for s in profile.sizes]
    france = [f"{format_number(s.national_share_pct, 1)}{NBSP}%" for s in profile.sizes]
    return (
        f"Communes par taille, {profile.territory.name} : {join_words(own)} "
        f"(France, dans le même ordre : {join_words(france)})."
    )


def add_watermark(figure: go.Figure, text: str, *, letters: int = _WATERMARK_WIDTH) -> go.Figure:
    """Write behind a chart that its data are simulated; an empty text leaves it as it is.

    On a tall chart it is repeated, so that no part of it can be cut out without it. The text is
    ours, folded in lines of so many letters that a phone shows it whole; it is the label of a shape, because
    an annotation would stand over the figures.
    """
    times = max(1, round((figure.layout.height or 0) / _WATERMARK_EVERY_PX)) if text else 0
    for i in range(times):
        figure.add_shape(
            type="rect",
            xref="paper",
            yref="paper",
            x0=0,
            x1=1,
            y0=i / times,
            y1=(i + 1) / times,
            line={"width": 0},
            layer="below",
            label={
                "text": "<br>".join(escape(line) for line in wrap(text, letters)),
                "textangle": -10,
                "font": {"size": _WATERMARK_SIZE, "color": _WATERMARK_COLOUR},
            },
        )
    return figure
