"""What a territory's page cannot say, and what would be needed for it."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.views.datasets import is_simulated_set
from territoires.views.evolution import Evolution
from territoires.views.french import NBSP, join_words
from territoires.views.portrait_domains import Domains
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_places import Place


def list_missing(
    place: Place,
    region_forms: NameForms | None,
    *,
    surveys: Sequence[Comparison],
    context: Sequence[Comparison],
    domains: Domains,
    maturity: Sequence[Comparison],
    evolution: Evolution,
    dataset: Dataset,
    is_list_exhaustive: bool,
) -> tuple[str, ...]:
    """List in French what is not known of a territory; nothing is estimated in its place."""
    if place.is_overseas_collectivity:
        return (
            "Les enquêtes et les contours portent sur les 18 régions : cette collectivité "
            "d’outre-mer n’a ici ni chiffre ni carte.",
        )
    if region_forms is None:
        return ()
    texts = [_surveys(region_forms, surveys, domains, maturity)]
    if not evolution.groups:
        texts.append(evolution.sentence)
    unknown = [line.indicator.label.lower() for line in context if line.local is None]
    if unknown:
        texts.append(f"Insee, {region_forms.en} : {join_words(unknown)}.")
    if place.is_outside_epci:
        texts.append("Cette commune n’appartient à aucune intercommunalité.")
    if not is_simulated_set(dataset) and not is_list_exhaustive:
        texts.append(
            f"La liste des quelque 350{NBSP}catalyseurs territoriaux : elle n’est pas publiée."
        )
    return tuple(text for text in texts if text)


def _surveys(
    forms: NameForms,
    surveys: Sequence[Comparison],
    domains: Domains,
    maturity: Sequence[Comparison],
) -> str:
    """Say which results of surveys are not published for the région."""
    if not surveys:
        return f"Enquêtes : aucun résultat {forms.en}."
    unknown = []
    if not any(line.local for line in maturity):
        unknown.append("la maturité de la co-construction")
    if not any(one.local for line in domains.lines for one in line.perceived):
        unknown.append("les fragilités citées par les maires")
    return f"Enquêtes, {forms.en} : {join_words(unknown)}." if unknown else ""
