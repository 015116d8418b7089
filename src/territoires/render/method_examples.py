"""Tables and diagrams of the method page: grades, and examples with their computed results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from territoires.analysis.significance import Flag
from territoires.domain.classification import Method, Palette
from territoires.domain.indicators import Direction
from territoires.render import html
from territoires.render.palettes import DIFFERENCE_COLOURS, colours
from territoires.render.typography import escape
from territoires.views.classification import METHOD_NAMES
from territoires.views.figure import SUPPRESSION_TEXTS, interval_text
from territoires.views.french import count, format_number, format_value
from territoires.views.map_view import DIFFERENCE_FLAGS, DIFFERENCE_LABELS
from territoires.views.method import MethodView, OrderExample, TestedExample

#: Stands before every example, so that nobody takes it for a result.
EXAMPLE = "Exemple chiffré, inventé pour l’explication"
_METHOD_TEXTS = {
    Method.ARRONDIES: "Des nombres ronds, les mêmes à toutes les vagues : leurs cartes se comparent.",
    Method.QUANTILES: "Autant que possible le même nombre de territoires dans chaque classe.",
    Method.EGALES: "Des classes de même largeur, de la plus petite à la plus grande valeur.",
    Method.NATURELLES: "Des coupures là où les valeurs s’écartent le plus.",
    Method.ECART_TYPE: "Des coupures autour de la moyenne des valeurs, selon leur dispersion.",
    Method.DIVERGENTES: "Une coupure sur la valeur de la France, une couleur de chaque côté.",
    Method.MANUELLES: "Les coupures que vous choisissez.",
}
_DIRECTIONS = (
    (Direction.HAUT_FAVORABLE, "une valeur haute va dans le sens de la co-construction"),
    (Direction.HAUT_FRAGILE, "une valeur haute signale une fragilité"),
    (Direction.NEUTRE, "ni l’un ni l’autre"),
)
#: Beyond these chances, in percent, decimals would say nothing more.
_SMALLEST_PCT, _SURE_PCT = 0.01, 99
#: Out of how many times a chance is told: few, else many.
_FEW, _MANY = 100, 10_000


def frame(*parts: str) -> str:
    """Set an example apart from the rules, under its warning."""
    return (
        f'<div class="exemple"><p class="exemple-titre">{escape(EXAMPLE)}</p>{"".join(parts)}</div>'
    )


def format_pct(value: float, decimals: int = 0) -> str:
    """Write a percentage."""
    return format_value(value, decimals, "%")


def format_level(level: float) -> str:
    """Write the level of a test: « 5 % », « 0,28 % »."""
    percent = round(100 * level, 2)
    return format_pct(percent, 0 if percent == round(percent) else 2)


def format_chance(probability: float | None) -> str:
    """Write a small chance with the decimals it needs."""
    if probability is None:
        return "non calculé"
    percent = 100 * probability
    if percent < _SMALLEST_PCT:
        return f"moins de {format_pct(_SMALLEST_PCT, 2)}"
    return format_pct(percent, 2 if percent < 1 else 1)


def format_times(probability: float) -> str:
    """Write a chance as it is lived: « 4 fois sur 100 », « moins d’une fois sur 10 000 »."""
    out_of = _FEW if probability * _FEW >= 1 else _MANY
    if probability * out_of < 1:
        return f"moins d’une fois sur {format_number(out_of)}"
    return f"{format_number(probability * out_of)} fois sur {format_number(out_of)}"


def plain_table(headings: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """Write a table of texts."""
    return html.table(
        [(heading, False) for heading in headings],
        rows,
        caption=caption,
        label=caption.partition(" :")[0],
        stacked=True,
    )


def intervals(view: MethodView) -> str:
    """Draw each interval on a scale of 0 to 100 %; the words beside it say the same."""
    items = []
    for example in view.shares:
        low, high = example.interval.low, example.interval.high
        weight = f", effet de plan {format_number(example.deff, 1)}" if example.deff > 1 else ""
        label = f"{format_pct(example.share)} de {count(example.respondents, 'réponse')}{weight}"
        items.append(
            f"<li><span>{escape(label)}</span>"
            f'<span class="axe" aria-hidden="true"><i style="left:{low:.1f}%;'
            f'width:{high - low:.1f}%"></i><b style="left:{example.share:.1f}%"></b></span>'
            f"<span>{escape(interval_text(example.interval))}, {escape(example.precision)}</span></li>"
        )
    return f'<ul class="intervalles">{"".join(items)}</ul>'


def tested_table(
    examples: Sequence[TestedExample],
    view: MethodView,
    *,
    names: tuple[str, str],
    words: Mapping[Flag, str],
    caption: str,
) -> str:
    """Write shares tested against their references, each alone then among all the régions.

    Parameters
    ----------
    names
        What the reference and the share are.
    words
        How each conclusion is written where such a test is shown.
    """
    correction = view.correction
    rows = [
        (
            escape(count(example.respondents, "réponse")),
            escape(format_pct(example.reference)),
            escape(format_pct(example.share)),
            escape(format_chance(example.alone.p_value)),
            escape(words.get(example.alone.flag, example.alone.flag)),
            f"<strong>{escape(words.get(example.corrected.flag, example.corrected.flag))}</strong>",
        )
        for example in examples
    ]
    regions = format_number(correction.comparisons)
    headings = (
        "Échantillon",
        *names,
        "Par hasard",
        f"Regardé seul (moins de {format_level(correction.level)})",
        f"Parmi {regions} (moins de {format_level(correction.corrected_level)})",
    )
    return plain_table(headings, rows, caption)


def chance_text(examples: Sequence[TestedExample]) -> str:
    """Say in a sentence what the chances of the table mean; empty where none is computed."""
    parts = [
        f"{format_times(example.alone.p_value)} avec {count(example.respondents, 'réponse')}"
        for example in examples
        if example.alone.p_value is not None
    ]
    if not parts:
        return ""
    return (
        "Si cette région pensait comme la France, un tel écart, ou un plus grand, arriverait "
        f"{', '.join(parts)}."
    )


def order_table(view: MethodView) -> str:
    """Write pairs of territories and how sure their order is."""
    rows = [
        (
            escape(_sample(example.one)),
            escape(_sample(example.other)),
            escape(_chances(example)),
            f"<strong>{escape(example.order.wording)}</strong>",
        )
        for example in view.orders
    ]
    headings = ("Le plus haut", "L’autre", "Chances que ce soit vrai", "Ce qui est écrit")
    return plain_table(headings, rows, "Trois paires de territoires inventées")


def _sample(pair: tuple[float, int]) -> str:
    share, respondents = pair
    return f"{format_pct(share)} de {count(respondents, 'réponse')}"


def _chances(example: OrderExample) -> str:
    if example.order.probability is None:
        return "non calculées"
    percent = 100 * example.order.probability
    if percent > _SURE_PCT:
        return f"plus de {_SURE_PCT} sur 100"
    return f"{format_number(percent)} sur 100"


def secrecy_table(view: MethodView) -> str:
    """Write an invented group with what is hidden and why."""
    rows = [
        (
            escape(line.name),
            format_number(line.respondents),
            f"<strong>{escape(SUPPRESSION_TEXTS[line.suppression])}</strong>"
            if line.suppression
            else "affiché",
        )
        for line in view.secrecy.lines
    ]
    rows.append(("Ensemble, publié", format_number(view.secrecy.total), "affiché"))
    headings = ("Territoire", "Réponses reçues", "Chiffre")
    return plain_table(headings, rows, "Cinq territoires inventés et leur total")


def method_table(view: MethodView) -> str:
    """Write each way to choose classes, and the bounds it gives to the same values."""
    rows = []
    for method, classes in view.classes.by_method:
        bounds = "ces valeurs ne s’y prêtent pas"
        if classes:
            bounds = " · ".join(format_number(bound, 1) for bound in classes.bounds)
            bounds = bounds.replace(",0", "")
        name = METHOD_NAMES[method]
        rows.append(
            (f"<strong>{escape(name)}</strong>", escape(_METHOD_TEXTS[method]), escape(bounds))
        )
    values = ", ".join(format_number(value) for value in view.classes.values)
    return plain_table(
        ("Façon de choisir", "En une ligne", "Bornes de l’exemple"),
        rows,
        f"Les façons de faire des classes : exemple inventé, valeurs {values} ; "
        f"France {format_number(view.classes.national)}",
    )


def colour_list(view: MethodView) -> str:
    """Show the colours that each direction of reading gets when the reader leaves the choice."""
    classes = next(classes for _, classes in view.classes.by_method if classes)
    return _swatches(
        [(colours(Palette.AUTO, direction, classes), meaning) for direction, meaning in _DIRECTIONS]
    )


def difference_list() -> str:
    """Show what each colour of « Différent de la France » means, from the highest."""
    meanings = zip(DIFFERENCE_FLAGS, DIFFERENCE_COLOURS, strict=True)
    return _swatches([((fill,), DIFFERENCE_LABELS[flag]) for flag, fill in meanings][::-1])


def _swatches(lines: Sequence[tuple[Sequence[str], str]]) -> str:
    items = []
    for fills, meaning in lines:
        bars = "".join(f'<i style="background:{fill}"></i>' for fill in fills)
        items.append(
            f'<li><span class="nuancier" aria-hidden="true">{bars}</span>{escape(meaning)}</li>'
        )
    return f'<ul class="nuanciers">{"".join(items)}</ul>'
