"""Marks of a figure on a chart, the same on every page: by wave, by sample, by reading."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.analysis.precision import Precision
from territoires.views.figure import Figure


@dataclass(frozen=True, slots=True)
class Series:
    """Look of a wave: told by its shape as well as by its colour."""

    colour: str
    symbol: str


#: Legible on the light ground and on the dark one (at least 3 to 1 on both).
LATER, EARLIER = Series("#2a8794", "circle"), Series("#bb6a1f", "diamond")
#: Of waves older still, or without a date: neither before nor after the others.
OTHERS = (Series("#8268bd", "square"), Series("#6b7679", "triangle-up"))
#: Another reading published for a figure, whatever its wave.
OTHER_READING = "x-thin"
#: One line each, under every chart that draws it.
HOLLOW_KEY = "signe creux : effectif non communiqué"
INTERVAL_KEY = "barre : intervalle de confiance à 95 %"
OTHER_READING_KEY = "croix : autre lecture publiée"
FONT_PX, TICK_PX = 14, 13
#: Above the drawing; a click hides no series.
LEGEND: dict[str, object] = {
    "orientation": "h",
    "x": 0,
    "y": 1,
    "yanchor": "bottom",
    "font": {"size": TICK_PX},
    "itemclick": False,
    "itemdoubleclick": False,
}


def is_hollow(figure: Figure) -> bool:
    """Tell whether the sample of a figure is of unknown size."""
    return figure.precision is Precision.INCONNUE


def symbol_of(figure: Figure, symbol: str) -> str:
    """Give the symbol of a figure, hollow where its sample is of unknown size."""
    return f"{symbol}-open" if is_hollow(figure) else symbol


def sentence_of(parts: list[str]) -> str:
    """Write a key on one line; empty where there is nothing to say."""
    text = " ; ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""
