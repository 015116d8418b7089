"""HTML of what a complete list of actors allows to say: people near them, least covered parts."""

from __future__ import annotations

from territoires.domain.catalysts import ListNote
from territoires.domain.selection import ActorFilter
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.catalyst_coverage import (
    FAR_KM,
    PER_INHABITANTS,
    Coverage,
    DepartementCover,
    say_share,
)
from territoires.views.datasets import EDITIONS, is_simulated_set
from territoires.views.french import NBSP, agree, count, format_number

#: Départements listed at once.
FIRST = 10
_METHOD = (
    "Chaque habitant est compté au point de sa commune (sa mairie, à défaut un point intérieur) ; "
    "les distances sont des orthodromies entre positions vraies, sans route ni relief. "
    "Populations municipales de 2023 (Mayotte : 2017) : donnée réelle de l’Insee."
)
_PARTIAL = (
    "Parmi les acteurs recensés ici : cette liste ne dit pas où il n’y a personne. Ni couverture, "
    "ni densité, ni territoire « le moins couvert » ne peuvent en être tirés."
)


def partial_note(note: ListNote) -> str:
    """Say what a partial list does not allow; nothing for one declared complete."""
    return "" if note.exhaustive else html.paragraph(_PARTIAL, "reserve")


def coverage(view: Coverage, asked: ActorFilter) -> str:
    """Write how many people live near an actor, in France or in what the list is limited to."""
    sentence = html.paragraph(view.sentence, "phrase-seconde")
    head = f"<h2>Population proche d’un acteur</h2>{sentence}"
    return head + html.paragraph(scope(view, asked), "reserve") + _reaches(view)


def scope(view: Coverage, asked: ActorFilter) -> str:
    """Say which actors and which people are counted."""
    parts = []
    if view.within:
        parts.append("Les acteurs des territoires voisins comptent aussi.")
    if asked.text:
        parts.append("Le texte cherché n’entre pas en compte.")
    if view.unplaced:
        known = agree(
            view.unplaced,
            "acteur sans lieu précis ne compte",
            "acteurs sans lieu précis ne comptent",
        )
        parts.append(f"{format_number(view.unplaced)}{NBSP}{known} pas.")
    return " ".join([*parts, _METHOD])


def _reaches(view: Coverage) -> str:
    rows = [
        (
            escape(f"{reach.distance_km} km au plus"),
            escape(say_share(reach.share_pct)),
            escape(format_number(reach.population)),
        )
        for reach in view.reaches
    ]
    where = view.within.name if view.within else "18 régions"
    return html.table(
        (("À vol d’oiseau", False), ("Part de la population", True), ("Habitants", True)),
        rows,
        caption=f"{EDITIONS[view.dataset].mark}Population à portée d’au moins un des "
        f"{count(view.measured, 'acteur placé', 'acteurs placés')} : {where}, "
        f"{format_number(view.population)} habitants",
        label="Population à portée d’un acteur",
    )


def departements(view: Coverage, *, every: bool = False) -> str:
    """Write how each département stands, the least covered first; the first ten, or all."""
    if not view.departements:
        return ""
    mark = EDITIONS[view.dataset].mark
    shown = view.departements if every else view.departements[:FIRST]
    title = "Couverture par département"
    if len(shown) < len(view.departements):
        title = f"Les {FIRST} départements les moins couverts"
    caption = (
        f"{mark}{title} : part de la population à plus de {FAR_KM} km d’un acteur de la liste, et "
        f"acteurs pour {format_number(PER_INHABITANTS)} habitants (un taux, d’un petit nombre "
        "d’acteurs : à lire avec leur nombre)"
    )
    if is_simulated_set(view.dataset):
        caption += ". Les habitants sont une donnée réelle"
    return f"<h3>{escape(title)}</h3>{_departements(shown, caption, title)}"


def _departements(lines: tuple[DepartementCover, ...], caption: str, label: str) -> str:
    rows = [
        (
            html.internal_link(html.territory_url(line.territory.id), line.territory.name),
            escape(say_share(line.far_share_pct)),
            escape(format_number(line.actors)),
            escape(format_number(line.density, 2)),
            escape(format_number(line.population)),
        )
        for line in lines
    ]
    return html.table(
        (
            ("Département", False),
            (f"À plus de {FAR_KM} km", True),
            ("Acteurs", True),
            (f"Pour {format_number(PER_INHABITANTS)} hab.", True),
            ("Habitants", True),
        ),
        rows,
        caption=caption,
        label=label,
        stacked=True,
    )
