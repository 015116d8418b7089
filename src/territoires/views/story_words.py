"""What ready-made presentations say: on what they are made of, then on what is not known."""

from __future__ import annotations

from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Observation
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.story import Step, StepKind
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.catalyst_places import homes_of
from territoires.views.datasets import is_simulated_set
from territoires.views.french import NBSP, agree, count

_SIMULATED = (
    "Démonstration : l’enquête et les acteurs sont simulés, aucun maire n’a répondu. "
    "Ne citez aucun chiffre de cette présentation."
)
_SIMULATED_END = (
    "L’enquête et les acteurs que vous venez de voir sont simulés : ne citez aucun de leurs "
    "chiffres.\nCeux de l’Insee et du code officiel géographique sont réels."
)
_SIMULATED_TITLE = "Ce qui était simulé"


def opening(title: str, published: Published, held: str = "") -> Step:
    """Open on a title and on what the presentation is made of: of the set of data, or ``held``."""
    text = _SIMULATED if is_simulated_set(published.dataset) else held or _held(published)
    draft = "Brouillon, non publié. " if published.dataset is Dataset.BROUILLON else ""
    return Step(StepKind.TITRE, title, draft + text)


def _held(published: Published) -> str:
    """Say what the presentation is made of, with its numbers."""
    surveys = sum(not o.suppression for o in _survey_rows(published))
    figures = count(surveys, "chiffre d’enquête", "chiffres d’enquête")
    actors = count(len(published.catalysts), "acteur recensé", "acteurs recensés")
    return f"{figures}, {actors}, chacun avec sa source."


def say_held_in(published: Published, region: TerritoryId, actors: int, forms: NameForms) -> str:
    """Say what is known of a région itself, none too: the country's numbers are not its own."""
    own = [o for o in _survey_rows(published) if o.level is region.level and o.code == region.code]
    surveys = sum(not o.suppression for o in own)
    told = [
        count(surveys, "chiffre d’enquête", "chiffres d’enquête")
        if surveys
        else "aucun chiffre d’enquête publié",
        count(actors, "acteur recensé", "acteurs recensés")
        if actors
        else "aucun des acteurs recensés",
    ]
    place = f"{forms.en[0].upper()}{forms.en[1:]}"
    return f"{place}{NBSP}: {told[0]}, {told[1]}.\nChaque chiffre, chaque acteur a sa source."


def _survey_rows(published: Published) -> list[Observation]:
    chosen = {i.indicator_id for i in published.catalogue.values() if i.nature is Nature.ENQUETE}
    return [o for o in published.observations if o.indicator_id in chosen]


def count_actors(published: Published, directory: Directory, region: TerritoryId) -> int:
    """Count the actors that surely lie in a région, as « Catalyseurs » does."""
    return sum(
        region in homes_of(actor, directory.get(actor.territory), directory)
        for actor in published.catalysts
    )


def missing(published: Published, directory: Directory) -> Step:
    """End on what is not known, counted in the data."""
    if is_simulated_set(published.dataset):
        return Step(StepKind.TEXTE, _SIMULATED_TITLE, _SIMULATED_END)
    rows = _survey_rows(published)
    known = {o.code for o in rows if o.level is Level.REGION and o.suppression is None}
    regions = directory.of_level(Level.REGION)
    without = sum(region.id.code not in known for region in regions)
    text = f"Les {len(regions)} régions ont au moins un chiffre d’enquête."
    if without:
        verb = agree(without, "n’a", "n’ont")
        text = (
            f"{count(without, 'région')} sur {len(regions)} {verb} aucun chiffre d’enquête publié. "
            "Rien n’est estimé à leur place."
        )
    return Step(StepKind.TEXTE, "Ce qui n’est pas connu", f"{text}\n{_list_words(published)}")


def _list_words(published: Published) -> str:
    note = published.lists["catalysts"]
    return "" if note.exhaustive else note.caveat


def missing_of(published: Published, name: str, forms: NameForms, region: TerritoryId) -> Step:
    """End on what is not known of a région."""
    if is_simulated_set(published.dataset):
        return Step(StepKind.TEXTE, _SIMULATED_TITLE, _SIMULATED_END)
    surveys = [i for i in published.catalogue.values() if i.nature is Nature.ENQUETE]
    known = [i for i in surveys if has_figure(published, i.indicator_id, region)]
    if known:
        number = count(len(known), "indicateur d’enquête", "indicateurs d’enquête")
        text = f"{number} sur {len(surveys)} {agree(len(known), 'a', 'ont')} un chiffre {forms.en}."
    else:
        text = f"Aucun chiffre d’enquête n’est publié {forms.en}."
    return Step(
        StepKind.TEXTE,
        f"{name} : ce qui n’est pas connu",
        f"{text} Rien n’est estimé à la place.\n{_list_words(published)}",
    )


def has_figure(published: Published, indicator_id: str, territory: TerritoryId) -> bool:
    """Tell whether an indicator has a value for a territory."""
    if indicator_id not in published.catalogue:
        return False
    rows = published.of_indicator(indicator_id, territory.level)
    return any(row.code == territory.code and row.value is not None for row in rows)
