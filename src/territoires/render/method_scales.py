"""The two scales of the method page: how surely a figure is read, how much its sample can carry."""

from __future__ import annotations

from collections.abc import Iterator

from territoires.analysis.precision import Precision
from territoires.domain.indicators import Fiabilite
from territoires.render import html
from territoires.render.method_examples import format_pct, plain_table
from territoires.render.typography import escape
from territoires.views.french import FIABILITE_LABELS, format_number
from territoires.views.map_view import STATE_LABELS, State
from territoires.views.method import GradeLine, MethodView

_FIABILITE = (
    (
        Fiabilite.CLAIRE,
        "Le chiffre se lit sans doute possible dans sa source.",
        "Affiché.",
    ),
    (
        Fiabilite.AMBIGUE,
        "Le chiffre est approché, publié ailleurs autrement, ou pas encore relu à sa source.",
        "Affiché avec sa réserve.",
    ),
    (
        None,
        "Le document ne permet pas de lire le chiffre, ou de savoir à quoi il se rapporte.",
        "Jamais affiché : « non disponible ».",
    ),
)
_UNREADABLE = "illisible"
#: What the map does with each grade (and its texture there), then rankings and comparisons.
_TREATMENTS = {
    Precision.PRECISE: ("", "couleur de sa classe", "oui"),
    Precision.CORRECTE: ("", "couleur de sa classe", "oui"),
    Precision.INDICATIVE: ("indicatif", "couleur de sa classe, trame légère", "non"),
    Precision.TROP_IMPRECISE: ("imprecis", "pas de couleur : tableau seulement", "non"),
    Precision.SUPPRIMEE: ("supprime", "rien : le chiffre est masqué partout", "non"),
    Precision.INCONNUE: ("inconnu", "couleur de sa classe, tirets légers", "non"),
}


def fiabilite_table() -> str:
    """Write what each degree of reading a source leads to."""
    rows = [
        (
            html.fiabilite_tag(degree, bare=True) if degree else _UNREADABLE,
            escape(meaning),
            escape(done),
        )
        for degree, meaning, done in _FIABILITE
    ]
    return plain_table(
        ("Fiabilité", "Ce que cela veut dire", "Ce que fait l’outil"),
        rows,
        "Fiabilité de la source",
    )


def grade_table(view: MethodView) -> str:
    """Write the grades with the thresholds in force and what is done with each."""
    share = format_pct(view.shares[0].share)
    return plain_table(
        ("Précision", "Marge", f"Réponses, pour {share}", "Sur la carte", "Dans un classement"),
        [*(_grade_cells(line, view) for line in view.grades), _missing_cells()],
        f"Précision de l’échantillon : la marge est la moitié de l’intervalle à "
        f"{format_pct(100 * view.confidence)}",
    )


def scale_rows(view: MethodView) -> Iterator[tuple[str, ...]]:
    """Give both scales as plain text: scale, degree, meaning, sample, map, ranking."""
    for degree, meaning, done in _FIABILITE:
        name = FIABILITE_LABELS[degree] if degree else _UNREADABLE
        yield ("Fiabilité", name, meaning, "", done, "")
    share = format_pct(view.shares[0].share)
    for line in view.grades:
        margin, sample = _margin(line), _sample_words(line, view)
        _, on_map, ranked = _TREATMENTS[line.precision]
        sample += f" (pour {share})" if line.smallest_sample is not None else ""
        yield (
            "Précision",
            line.precision,
            f"Marge : {margin}",
            sample,
            on_map,
            ranked,
        )

    missing = STATE_LABELS[State.MANQUANT]
    name = missing[0].lower() + missing[1:]
    yield ("Précision", name, "", "aucune connue", "pas de couleur : hachures", "non")


def _margin(line: GradeLine) -> str:
    if line.up_to is not None:
        return f"jusqu’à {_points(line.up_to)}"
    return "non calculée" if line.above is None else f"plus de {_points(line.above)}"


def _sample_words(line: GradeLine, view: MethodView) -> str:
    if line.smallest_sample is not None and line.largest_sample is not None:
        fewest, most = format_number(line.smallest_sample), format_number(line.largest_sample)
        return f"de {fewest} à {most}"
    if line.smallest_sample is not None:
        return f"{format_number(line.smallest_sample)} et plus"
    if line.precision is Precision.SUPPRIMEE:
        return f"moins de {format_number(view.secrecy.minimum)}, quelle que soit la part"
    return "inconnues"


def _grade_cells(line: GradeLine, view: MethodView) -> tuple[str, ...]:
    texture, on_map, ranked = _TREATMENTS[line.precision]
    mark = f'<i class="trame-{texture}"></i> ' if texture else ""
    margin, sample = _margin(line), _sample_words(line, view)
    cells = (escape(margin), escape(sample), mark + escape(on_map), escape(ranked))
    return (f"<strong>{escape(line.precision)}</strong>", *cells)


def _missing_cells() -> tuple[str, ...]:
    """Write the state that is no grade, which most territories of a real survey are in."""
    label = STATE_LABELS[State.MANQUANT]
    mark = f'<i class="trame-{State.MANQUANT.value}"></i> '
    name = f"<strong>{escape(label[0].lower() + label[1:])}</strong>"
    return (name, "–", "aucune connue", f"{mark}pas de couleur : hachures", "non")


def _points(number: float) -> str:
    return f"{format_number(number, 0 if number == round(number) else 1)} points"
