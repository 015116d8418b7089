"""Perceived beside measured: what a survey and Insee say of one domain, in one honest sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.indicators import Direction, Fiabilite
from territoires.views.figure import displayed_value, has_sampling_error
from territoires.views.portrait_domains import DomainLine
from territoires.views.portrait_figures import Comparison

#: Of questions that ask how much a domain weighs; others (roles, hopes) are no perception of it.
PERCEPTION_THEME = "Fragilités et priorités"
UNKNOWN_SAMPLE = "Pas de comparaison possible : effectif non communiqué."
_TOO_SMALL = "Pas de comparaison possible : échantillon trop petit."
#: To be said once, near the sentences.
GAP_NOTE = (
    "Perçu : comparé à la France seulement si le test le permet. Mesuré : les chiffres de l’Insee "
    "couvrent tout le monde, ils se comparent tels qu’ils sont publiés, arrondi compris, sans que "
    "leur écart dise pourquoi. « Sens fragile » est la convention du catalogue, pas un jugement."
)


class _Side(Enum):
    """Where an official figure stands beside France's, by the catalogue's convention."""

    MORE_FRAGILE = 1
    SAME = 0
    LESS_FRAGILE = -1


@dataclass(frozen=True, slots=True)
class _Measured:
    """An official figure beside France's, in words."""

    words: str
    side: _Side


_PERCEIVED = {
    Flag.PLUS_HAUT: "plus qu’en France",
    Flag.PLUS_BAS: "moins qu’en France",
    Flag.NON_SIGNIFICATIF: "sans différence établie avec la France",
}
_SAME_WAY = "perçu et mesuré vont dans le même sens"
_OTHER_WAY = "perçu et mesuré vont en sens contraire"
_MEASURE_ALONE = "la mesure s’écarte de la France, l’enquête n’établit pas d’écart"
_PERCEPTION_ALONE = "le perçu s’écarte de la France, la mesure non"
_CONCLUSIONS = {
    (Flag.PLUS_HAUT, _Side.MORE_FRAGILE): _SAME_WAY,
    (Flag.PLUS_BAS, _Side.LESS_FRAGILE): _SAME_WAY,
    (Flag.PLUS_HAUT, _Side.LESS_FRAGILE): _OTHER_WAY,
    (Flag.PLUS_BAS, _Side.MORE_FRAGILE): _OTHER_WAY,
    (Flag.NON_SIGNIFICATIF, _Side.MORE_FRAGILE): _MEASURE_ALONE,
    (Flag.NON_SIGNIFICATIF, _Side.LESS_FRAGILE): _MEASURE_ALONE,
    (Flag.PLUS_HAUT, _Side.SAME): _PERCEPTION_ALONE,
    (Flag.PLUS_BAS, _Side.SAME): _PERCEPTION_ALONE,
    (Flag.NON_SIGNIFICATIF, _Side.SAME): "aucun écart établi avec la France",
}
_NO_ACTOR = "non_precise"


def say_gap(line: DomainLine) -> str:
    """Say how what is perceived and what is measured stand beside France's, and together.

    Only where a survey and Insee both have a figure of one same territory and of France: the
    first question on the weight of the domain, the first measure of it. Empty otherwise, and for a
    figure kept secret. A sample that is unknown, or too small, is said to allow no comparison.
    """
    perceived = next((one for one in line.perceived if _is_perception(one)), None)
    measured = next((one for one in line.measured if _is_beside_france(one)), None)
    if perceived is None or measured is None or perceived.holder != measured.holder:
        return ""
    official = _say_measured(measured)
    if official is None or perceived.local is None:
        return ""
    if perceived.local.precision is Precision.INCONNUE:
        return UNKNOWN_SAMPLE
    if perceived.local.precision is Precision.TROP_IMPRECISE:
        return _TOO_SMALL
    told = _say_perceived(perceived)
    if not told or perceived.difference is None:
        return ""
    conclusion = _CONCLUSIONS[perceived.difference, official.side]
    holder = perceived.holder
    where = f"{holder.forms.en}, " if holder and holder.forms else ""
    text = f"{where}{told} ; {official.words} : {conclusion}."
    return text[:1].upper() + text[1:]


def _is_perception(line: Comparison) -> bool:
    """Tell whether a question asks how much a domain weighs, here as in France."""
    return (
        line.indicator.theme == PERCEPTION_THEME
        and line.indicator.direction is not Direction.HAUT_FAVORABLE
        and line.local is not None
        and line.local.suppression is None
        and line.local.value is not None
    )


def _is_beside_france(line: Comparison) -> bool:
    known = (line.local, line.national)
    return line.indicator.direction is not Direction.NEUTRE and all(
        figure is not None and figure.value is not None for figure in known
    )


def _say_perceived(line: Comparison) -> str:
    """Say a survey's share beside France's; empty where nothing was tested."""
    if not has_sampling_error(line.indicator) or line.difference not in _PERCEIVED:
        return ""
    local, national = line.local, line.national
    if local is None or national is None:
        return ""
    named = line.indicator.actor != _NO_ACTOR
    who = f" des {line.indicator.actor_label}" if named else ""
    doubts = ["indicatif"] if local.precision is Precision.INDICATIVE else []
    doubts += ["source ambiguë"] if local.fiabilite is Fiabilite.AMBIGUE else []
    doubt = f" ({', '.join(doubts)})" if doubts else ""
    verdict = _PERCEIVED[line.difference]
    return f"{local.text}{who} le citent{doubt}, {verdict} ({national.text})"


def _say_measured(line: Comparison) -> _Measured | None:
    """Say an official figure beside France's, as plain numbers; the same once rounded: no gap."""
    local, national, indicator = line.local, line.national, line.indicator
    if local is None or national is None or local.value is None or national.value is None:
        return None
    gap = displayed_value(local.value, indicator) - displayed_value(national.value, indicator)
    label = indicator.label[:1].lower() + indicator.label[1:]
    if not gap:
        return _Measured(
            f"{label} {local.short_text}, comme en France à l’arrondi près", _Side.SAME
        )
    above = "au-dessus" if gap > 0 else "au-dessous"
    is_fragile = (gap > 0) is (indicator.direction is Direction.HAUT_FRAGILE)
    return _Measured(
        f"{label} {local.short_text}, {above} de la France ({national.short_text})",
        _Side.MORE_FRAGILE if is_fragile else _Side.LESS_FRAGILE,
    )
