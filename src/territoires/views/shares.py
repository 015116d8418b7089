"""Several shares of one question in words: a territory's, France's, and what sets them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from territoires.analysis.significance import Flag
from territoires.domain.indicators import Indicator
from territoires.domain.territories import FRANCE
from territoires.views.comparison_sentence import drawn_value, why_not_drawn
from territoires.views.figure import Figure
from territoires.views.french import join_words
from territoires.views.portrait_figures import Comparison, Holder

_SIDES = (
    (Flag.PLUS_HAUT, "plus haut que la France pour"),
    (Flag.PLUS_BAS, "plus bas que la France pour"),
)
#: Ends the labels of simulated indicators, whose sentences and charts are marked already.
_SIMULATED = " (simulé)"
_QUOTED = re.compile(r"«\s*(.*?)\s*»")


def say_shares(
    names: Sequence[str], lines: Sequence[Comparison | None], holder: Holder | None
) -> str:
    """Say every share of the territory, then of France, then the differences that are established.

    A share that may not be shown is named with the reason; the order is that of ``names``.

    Parameters
    ----------
    lines
        One per name; None where nothing is published.
    holder
        The territory whose figures stand beside France's, None where only France has some.
    """
    own = [line.local if line else None for line in lines]
    france = [line.national if line else None for line in lines]
    is_told = any(drawn_value(figure) is not None for figure in own)
    parts = []
    if holder:
        parts.append(f"{place_of(holder)}, {_distribution(names, own)}")
    if any(france):
        parts.append(f"en France, {_distribution(names, france, short=is_told)}")
    return " ; ".join(parts + _differences(names, lines))


def bare_label(indicator: Indicator) -> str:
    """Name an indicator where the set it belongs to is said already."""
    return indicator.label.removesuffix(_SIMULATED)


def quote(name: str) -> str:
    """Put a name between guillemets, and those it holds between inverted commas."""
    inner = _QUOTED.sub(r"“\1”", name)
    return f"« {inner} »"


def place_of(holder: Holder | None) -> str:
    """Write where: « en Bretagne », « en France »."""
    if holder is None or holder.territory.id == FRANCE:
        return "en France"
    return holder.forms.en if holder.forms else holder.territory.name


def _distribution(
    names: Sequence[str], figures: Sequence[Figure | None], *, short: bool = False
) -> str:
    """Say each share with its name, or without where the same names were just told."""
    if all(drawn_value(figure) is None for figure in figures):
        reasons = dict.fromkeys(why_not_drawn(figure) for figure in figures)
        return f"répartition non montrée ({join_words(list(reasons))})"
    if short:
        known = [f.text if f and drawn_value(f) is not None else why_not_drawn(f) for f in figures]
        return f"dans le même ordre, {join_words(known)}"
    return join_words([_share(name, one) for name, one in zip(names, figures, strict=True)])


def _share(name: str, figure: Figure | None) -> str:
    if figure is None or drawn_value(figure) is None:
        return f"chiffre non montré pour {quote(name)} ({why_not_drawn(figure)})"
    return f"{figure.text} {quote(name)}"


def _differences(names: Sequence[str], lines: Sequence[Comparison | None]) -> list[str]:
    """Say where the territory differs from France, as tested on the map."""
    flags = [line.difference if line else None for line in lines]
    sides = []
    for flag, words in _SIDES:
        found = [quote(name) for name, own in zip(names, flags, strict=True) if own is flag]
        if found:
            sides.append(f"{words} {join_words(found)}")
    if sides:
        return [f"au-delà du hasard, {', '.join(sides)}"]
    if Flag.NON_SIGNIFICATIF in flags:
        return ["pas de différence établie avec la France, part par part"]
    return []
