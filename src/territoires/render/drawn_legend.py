"""The legend of a map as data: what each colour, texture and circle means, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.classification import Method
from territoires.domain.selection import Mode
from territoires.render.legend import class_words, symbol_radii, told_states
from territoires.render.map_paint import SYMBOL_COLOUR, fills
from territoires.settings import CORRECTE, INDICATIVE, PRECISE
from territoires.views.classification import METHOD_LABELS
from territoires.views.french import LEVEL_PLURALS, NBSP, format_number
from territoires.views.map_view import (
    DIFFERENCE_FLAGS,
    DIFFERENCE_LABELS,
    PRECISION_GRADES,
    MapView,
)


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend; without ``fill``, its texture stands on any of the colours above.

    ``radius_km`` is that of a circle, in map kilometres. Circles have no count. ``point`` is the
    form of a kind of actor (``DrawnPoint.form``).
    """

    fill: str
    texture: str
    label: str
    count: int | None
    is_symbol: bool = False
    radius_km: float = 0.0
    point: str = ""


def legend_title(view: MapView) -> str:
    """Give the title: the unit of the values, and what is counted beside each line."""
    has_unit = view.indicator.unit_label and view.mode is Mode.VALEUR
    unit = f" ({view.indicator.unit_label})" if has_unit else ""
    plural = LEVEL_PLURALS[view.level]
    of_many = f"d’{plural}" if plural[0] in "aeiou" else f"de {plural}"
    return f"Légende{unit}" if view.is_symbols else f"Légende{unit}, nombre {of_many}"


def legend_entries(view: MapView, km_per_pixel: float) -> tuple[LegendEntry, ...]:
    """List the lines of the legend: colours or circles, then what the textures tell."""
    return (*_values(view, km_per_pixel), *_textures(view))


def _values(view: MapView, km_per_pixel: float) -> list[LegendEntry]:
    if view.is_symbols:
        return [
            LegendEntry(SYMBOL_COLOUR, "", format_number(value), None, True, radius * km_per_pixel)
            for value, radius in symbol_radii(view).items()
        ]
    lines = zip(fills(view), _words(view), view.category_counts, strict=True)
    entries = [LegendEntry(fill, "", words, number) for fill, words, number in lines]
    # From the highest to the lowest, as one reads a scale.
    return entries[::-1] if view.mode is Mode.DIFFERENCE else entries


def _words(view: MapView) -> list[str]:
    if view.mode is Mode.DIFFERENCE:
        return [DIFFERENCE_LABELS[flag] for flag in DIFFERENCE_FLAGS]
    if view.mode is Mode.PRECISION:
        widths = zip(PRECISION_GRADES, (PRECISE, CORRECTE, INDICATIVE), strict=True)
        return [
            f"{grade} : à ± {format_number(width)}{NBSP}points au plus" for grade, width in widths
        ]
    return class_words(view)


def _textures(view: MapView) -> list[LegendEntry]:
    return [
        LegendEntry("", state.value, label, number) for state, label, number in told_states(view)
    ]


def legend_note(view: MapView) -> str:
    """Say how the classes are made, what a margin is, or what the size of a circle means."""
    if view.is_symbols:
        shown = symbol_radii(view)
        return (
            "Surface proportionnelle à la valeur."
            if shown
            else "Aucune valeur à dessiner à ce niveau."
        )
    if view.mode is Mode.DIFFERENCE:
        return (
            "La règle est d’autant plus sévère qu’on en compare beaucoup "
            f"({format_number(view.tested)})."
            if sum(view.category_counts)
            else "Aucun territoire ne peut être comparé."
        )
    if view.mode is Mode.PRECISION:
        return "Marge d’erreur : la moitié de l’intervalle de confiance à 95 %."
    if not view.classes.count:
        return "Aucune valeur à colorer à ce niveau."
    closure = "" if view.classes.method is Method.UNIQUE else ", borne supérieure incluse"
    return f"Classes : {METHOD_LABELS[view.classes.method]}{closure}."
