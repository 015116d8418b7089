"""The sentence of a comparison: its values, and only what their intervals allow to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.indicators import Fiabilite, Indicator, Nature
from territoires.domain.names import NameForms
from territoires.domain.territories import FRANCE, TerritoryId
from territoires.views.datasets import mark_of
from territoires.views.figure import Figure, are_asked_the_same, has_sampling_error, say_france
from territoires.views.french import count, format_wave, join_words
from territoires.views.map_view import MapView, Row

UNKNOWN_SAMPLES = "Effectif non communiqué : ces valeurs ne se comparent pas."
#: Stands where a territory has no figure at all.
NO_FIGURE = "aucun chiffre"
_TESTED = (Flag.PLUS_HAUT, Flag.NON_SIGNIFICATIF, Flag.PLUS_BAS)
_VOWELS = ("a", "à", "e", "é", "i", "o", "u", "y", "h")


def drawn_value(figure: Figure | None) -> float | None:
    """Give the value that may stand on an axis: neither hidden, nor words, nor too imprecise."""
    if figure is None or figure.precision is Precision.TROP_IMPRECISE:
        return None
    return figure.value


def why_not_drawn(figure: Figure | None) -> str:
    """Say in two words why a territory has no value on an axis; empty where it has one."""
    if figure is None:
        return "pas de chiffre"
    if figure.suppression:
        return figure.text
    if figure.precision is Precision.TROP_IMPRECISE:
        return "trop imprécis"
    return "" if figure.value is not None else "valeur en toutes lettres"


def why_untested(indicator: Indicator, national: Figure | None) -> str:
    """Say why no figure can be tested against France's; empty where one may be."""
    if not has_sampling_error(indicator):
        if indicator.nature is Nature.ENQUETE:
            return "Aucun test par rapport à la France : ce chiffre d’enquête n’a pas d’intervalle."
        return "Aucun test par rapport à la France : ces chiffres ne sont pas des échantillons."
    return "" if national else "Aucun test par rapport à la France : sa valeur n’est pas publiée."


def place(territory: TerritoryId, name: str, names: Mapping[TerritoryId, NameForms]) -> str:
    """Write where: « en Bretagne », « dans les Hauts-de-France », « en France »."""
    if territory == FRANCE:
        return "en France"
    return names[territory].en if territory in names else f"({name})"


def say_comparison(
    view: MapView, rows: Sequence[Row], names: Mapping[TerritoryId, NameForms]
) -> str:
    """Write the sentence of territories side by side."""
    indicator = view.indicator
    known = join_words([_say_value(row, row.figure, names) for row in rows if row.figure])
    parts = [known, _say_missing([row for row in rows if row.figure is None], names)]
    if view.national:
        is_same = are_asked_the_same((row.figure for row in rows), view.national)
        parts.append(say_france(view.national, is_same=is_same))
    if has_sampling_error(indicator):
        shown = [row for row in rows if row.figure and drawn_value(row.figure) is not None]
        parts += [_say_differences(shown, names), _say_order(rows, names)]
    body = " ; ".join(part for part in parts if part) or "aucun territoire à comparer"
    return (
        f"{mark_of(view.dataset, indicator.nature)}{indicator.label} "
        f"({indicator.actor_label}, {format_wave(view.wave)}) : {body}."
    )


def say_caveat(rows: Sequence[Row]) -> str:
    """Write what must be known before the sentence is repeated elsewhere."""
    figures = [row.figure for row in rows if row.figure]
    texts = []
    if any(figure.precision is Precision.INCONNUE for figure in figures):
        texts.append(UNKNOWN_SAMPLES)
    if any(figure.interval for figure in figures):
        texts.append(
            "Ces valeurs viennent d’échantillons : un écart peut n’être que du hasard, et « pas de "
            "différence établie » ne veut pas dire « pareil »."
        )
    if doubtful := sum(figure.fiabilite is Fiabilite.AMBIGUE for figure in figures):
        texts.append(f"Source ambiguë ou contredite pour {count(doubtful, 'valeur')}.")
    return " ".join(texts)


def _say_value(row: Row, figure: Figure, names: Mapping[TerritoryId, NameForms]) -> str:
    where = place(row.id, row.name, names)
    if figure.suppression:
        return f"chiffre masqué {where} ({figure.text})"
    if figure.precision is Precision.TROP_IMPRECISE:
        return f"chiffre trop imprécis {where}"
    return f"{figure.text} {where}"


def _say_missing(rows: Sequence[Row], names: Mapping[TerritoryId, NameForms]) -> str:
    places = [place(row.id, row.name, names) for row in rows]
    return f"{NO_FIGURE} {join_words(places)}" if places else ""


def _say_differences(rows: Sequence[Row], names: Mapping[TerritoryId, NameForms]) -> str:
    """Name the territories that differ from France beyond chance, or say that none does."""
    tested = [row for row in rows if row.difference in _TESTED]
    if not tested:
        return ""
    sides = []
    for flag, words in ((Flag.PLUS_HAUT, "plus haut"), (Flag.PLUS_BAS, "plus bas")):
        found = [place(row.id, row.name, names) for row in tested if row.difference is flag]
        if found:
            sides.append(f"{words} que la France {join_words(found)}")
    if sides:
        return f"au-delà du hasard, {join_words(sides)}"
    return "pas de différence établie avec la France"


def _say_order(rows: Sequence[Row], names: Mapping[TerritoryId, NameForms]) -> str:
    """Compare territories only where every interval is known, and clear of the others."""
    known = [
        (row, row.figure.interval)
        for row in rows
        if row.figure and row.figure.interval and row.figure.precision is not Precision.INCONNUE
    ]
    if len(known) < max(2, len(rows)):
        return ""
    top, highest = max(known, key=lambda item: item[1].low)
    bottom, lowest = min(known, key=lambda item: item[1].high)
    is_top = all(highest.low > other.high for row, other in known if row is not top)
    is_bottom = all(lowest.high < other.low for row, other in known if row is not bottom)
    high, low = (place(row.id, row.name, names) for row in (top, bottom))
    if is_top and len(known) == 2:  # noqa: PLR2004 - a pair is compared, not ranked
        return f"la part est plus haute {high} {_than(low)}"
    texts = [f"la part la plus haute est {high}"] if is_top else []
    if is_bottom:
        texts.append(f"la {'plus basse' if is_top else 'part la plus basse est'} {low}")
    if texts:
        return join_words(texts)
    apart = [
        one for (_, one), (_, other) in combinations(known, 2)
        if one.low > other.high or other.low > one.high
    ]  # fmt: skip
    return "certains intervalles se recouvrent" if apart else "les intervalles se recouvrent"


def _than(where: str) -> str:
    """Write the second term of a comparison: « qu’en Bretagne », « que dans le Nord »."""
    return f"qu’{where}" if where.startswith(_VOWELS) else f"que {where}"
