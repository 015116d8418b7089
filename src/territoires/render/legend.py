"""The map's legend in HTML, drawn from the same view as the map."""

from __future__ import annotations

from bisect import bisect_left
from urllib.parse import quote

from territoires import settings
from territoires.domain.classification import Method
from territoires.domain.selection import Mode
from territoires.render.map_paint import (
    SYMBOL_COLOUR,
    bound_decimals,
    class_ranges,
    fills,
    radius,
)
from territoires.render.typography import escape
from territoires.views.classification import METHOD_LABELS
from territoires.views.figure import displayed_value
from territoires.views.french import LEVEL_PLURALS, NBSP, format_number
from territoires.views.map_view import (
    DIFFERENCE_FLAGS,
    DIFFERENCE_LABELS,
    PRECISION_GRADES,
    STATE_LABELS,
    MapView,
    State,
)

#: Characters that a data address holds as they are.
_PLAIN = "/ :='"
_HATCHED = (State.INDICATIF, State.INCONNU, State.IMPRECIS, State.SUPPRIME, State.MANQUANT)
#: States whose territories are also counted in a class, unless the mode leaves them out.
_ALSO_CLASSED = (State.INDICATIF, State.INCONNU)
_HALF_WIDTHS = (settings.PRECISE, settings.CORRECTE, settings.INDICATIVE)
#: Symbols of the legend, in share of the largest value.
_SYMBOL_SHARES = (1.0, 0.25, 0.05)


def build_legend(view: MapView) -> str:
    """Say what each colour, texture and symbol of the map means, and how many there are."""
    # Beside a verdict or a grade, « % » would be read as the unit of the counts.
    has_unit = view.indicator.unit_label and view.mode is Mode.VALEUR
    unit = f" ({view.indicator.unit_label})" if has_unit else ""
    counted = "" if view.is_symbols else f"<small>nombre {_of_many(view)}</small>"
    return (
        f'<div class="legende"><h2>Légende{escape(unit)}{counted}</h2>'
        f"{_body(view)}{state_list(view)}</div>"
    )


def build_people_legend(view: MapView) -> str:
    """Say what the circles drawn over the colours of another map are."""
    label = escape(f"Cercles : {view.indicator.label.lower()} ({view.indicator.unit_label})")
    return f'<div class="legende"><h2>{label}</h2>{_symbols(view)}</div>'


def _of_many(view: MapView) -> str:
    plural = LEVEL_PLURALS[view.level]
    return f"d’{plural}" if plural[0] in "aeiou" else f"de {plural}"


def _body(view: MapView) -> str:
    if view.is_symbols:
        return _symbols(view)
    if view.mode is Mode.DIFFERENCE:
        return _differences(view)
    if view.mode is Mode.PRECISION:
        return _precisions(view)
    if not view.classes.count:
        return "<p>Aucune valeur à colorer à ce niveau.</p>"
    closure = "" if view.classes.method is Method.UNIQUE else ", borne supérieure incluse"
    method = METHOD_LABELS[view.classes.method]
    return f"{_scale(view)}{_class_list(view)}<p>{escape(f'Classes : {method}{closure}.')}</p>"


def _differences(view: MapView) -> str:
    france = f"France : {view.national.text}. " if view.national else ""
    known = sum(view.category_counts)
    test = f"La règle est d’autant plus sévère qu’on en compare beaucoup ({format_number(view.tested)})."
    text = france + (test if known else "Aucun territoire ne peut être comparé.")
    words = [DIFFERENCE_LABELS[flag] for flag in DIFFERENCE_FLAGS]
    # From the highest to the lowest, as one reads a scale.
    return _entries(view, words, reverse=True) + f"<p>{escape(text)}</p>"


def _precisions(view: MapView) -> str:
    words = [
        f"{grade} : à ± {format_number(width)}{NBSP}points au plus"
        for grade, width in zip(PRECISION_GRADES, _HALF_WIDTHS, strict=True)
    ]
    text = "Marge d’erreur : la moitié de l’intervalle de confiance à 95 %."
    return _entries(view, words) + f"<p>{escape(text)}</p>"


def _entries(view: MapView, words: list[str], *, reverse: bool = False) -> str:
    lines = list(zip(fills(view), words, view.category_counts, strict=True))
    return f"<ul>{''.join(_entry(*line) for line in (lines[::-1] if reverse else lines))}</ul>"


def _entry(colour: str, text: str, number: int) -> str:
    tile = f'<i style="background:{colour}"></i>'
    return f"<li>{tile}{escape(text)}<b>{format_number(number)}</b></li>"


def symbol_radii(view: MapView) -> dict[float, float]:
    """Give the values of the symbols of the legend and their radii, in pixels of the map."""
    values = [row.figure.value for row in view.rows if row.figure and row.state is State.SYMBOLE]
    largest = max((value for value in values if value is not None), default=0.0)
    shown = (_round_down(largest * share) for share in _SYMBOL_SHARES) if largest > 0 else ()
    return {value: radius(value, largest) for value in shown}


def _symbols(view: MapView) -> str:
    france = f" France : {view.national.text}." if view.national else ""
    shown = symbol_radii(view)
    if not shown:
        return f"<p>{escape(f'Aucune valeur à dessiner à ce niveau.{france}')}</p>"
    items = []
    for value, reach in shown.items():
        side = 2 * reach
        size = f"--cote:{side:.0f}px;border-color:{SYMBOL_COLOUR}"
        items.append(f'<li><i class="cercle" style="{size}"></i>{format_number(value)}</li>')
    text = f"Surface proportionnelle à la valeur.{france}"
    return f'<ul class="cercles">{"".join(items)}</ul><p>{escape(text)}</p>'


def _round_down(value: float) -> float:
    """Keep the first two digits of a count: symbols of a legend are round numbers."""
    digits = int(10 ** max(len(str(int(value))) - 2, 0))
    return float(max(1, int(value) // digits * digits))


def _scale(view: MapView) -> str:
    """Draw a bar with bounds, a tick per territory, and France's value."""
    bounds = view.classes.bounds
    low, high = bounds[0], bounds[-1]

    def place(value: float) -> str:
        return f"left:{share_pct(value, bounds):.3g}%"

    bars = "".join(f'<span style="background:{colour}"></span>' for colour in fills(view))
    # Thousands of communes hold few different values.
    ticks = _ticks([share_pct(value, bounds) for value in dict.fromkeys(coloured_values(view))])
    marks = "".join(
        f'<span style="{place(bound)}">{format_number(bound, bound_decimals(bounds))}</span>'
        for bound in dict.fromkeys(bounds)
    )
    france = ""
    if view.national and view.national.value is not None:
        value = view.national.value
        arrow = ("← " if value < low else "") + "France " + view.national.text
        arrow += " →" if value > high else ""
        if not view.is_france_asked_the_same:
            arrow += " (autre formulation)"
        style = f"{place(value)};--part:{_overhang_pct(share_pct(value, bounds)):.0f}%"
        france = f'<span class="france" style="{style}">{escape(arrow)}</span>'
    return (
        '<div class="echelle" aria-hidden="true">'
        f'{france}<div class="barre">{bars}</div>{ticks}'
        f'<div class="bornes">{marks}</div></div>'
    )


def _overhang_pct(place_pct: float) -> float:
    """Give how much of a label stands left of its place: near an end of the bar, it leans inwards."""
    return 50 + 45 * (max(place_pct - 75, 0) - max(25 - place_pct, 0)) / 25


def coloured_values(view: MapView) -> list[float]:
    """Give the values that stand in a class: those the ticks of the scale show."""
    return [
        displayed_value(row.figure.value, view.indicator)
        for row, member in zip(view.rows, view.classes.members, strict=True)
        if member is not None and row.figure and row.figure.value is not None
    ]


def _ticks(places_pct: list[float]) -> str:
    """Draw one tick per territory as one mask: a hundred elements would weigh at every change."""
    marks = "".join(f"M{place:g} 0v7" for place in dict.fromkeys(round(p * 5) for p in places_pct))
    picture = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 500 7' preserveAspectRatio='none'>"
        f"<path d='{marks}' stroke='black' stroke-width='2.5'/></svg>"
    )
    return f'<div class="traits" style="--traits:url(&quot;data:image/svg+xml,{quote(picture, safe=_PLAIN)}&quot;)"></div>'


def share_pct(value: float, bounds: tuple[float, ...]) -> float:
    """Place a value along the bar, in percent: classes are equally wide, linear within each."""
    if bounds[0] == bounds[-1]:
        return 50.0
    inside = min(max(value, bounds[0]), bounds[-1])
    number = min(max(bisect_left(bounds, inside) - 1, 0), len(bounds) - 2)
    low, high = bounds[number], bounds[number + 1]
    return 100 * (number + (inside - low) / (high - low)) / (len(bounds) - 1)


def _class_list(view: MapView) -> str:
    classes = zip(fills(view), class_words(view), view.classes.counts, strict=True)
    return f"<ul>{''.join(_entry(*line) for line in classes)}</ul>"


def class_words(view: MapView) -> list[str]:
    """Write what each class of values holds, and its side of the national value if it has one."""
    ranges, below = class_ranges(view.classes.bounds), view.classes.below
    if below is None:
        return ranges
    # In greyscale both sides have the same shades: words tell them apart.
    sides = [", sous la France" if i < below else ", au-dessus" for i in range(len(ranges))]
    return [words + side for words, side in zip(ranges, sides, strict=True)]


def state_list(view: MapView) -> str:
    """List the states that textures tell, with their counts."""
    items = [
        f'<li><i class="trame-{state.value}"></i>{escape(label)}<b>{format_number(number)}</b></li>'
        for state, label, number in told_states(view)
    ]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def told_states(view: MapView) -> list[tuple[State, str, int]]:
    """Give the states that textures tell, in words, with the number of their territories."""
    told = []
    for state in _HATCHED:
        number = view.state_counts[state]
        # Where colours tell the precision, « indicative » is one of them.
        is_colour = view.mode is Mode.PRECISION and state is State.INDICATIF
        if not number or is_colour:
            continue
        label = STATE_LABELS[state]
        if state in _ALSO_CLASSED and _is_classed(view, state):
            label = f"dont {label[0].lower()}{label[1:]}"
        told.append((state, label, number))
    return told


def _is_classed(view: MapView, state: State) -> bool:
    return any(row.state is state and row.class_index is not None for row in view.rows)
