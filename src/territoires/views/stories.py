"""Ready-made presentations, of what a set of data really holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.story import Step, StepKind, Story
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS, is_simulated_set
from territoires.views.french import LEVEL_PLURALS, agree, count, format_wave
from territoires.views.landmarks import METHOD_THEME, themes_of
from territoires.views.selection import first_of, indicators_at

#: Context shown first, where the set has it; each with the level it is drawn at.
_CONTEXT = ("taux_pauvrete", "part_75_ans_plus", "taux_chomage_localise")
_COMMUNES = "communes_moins_500_part"
#: Kinds of actors that have a step of their own.
_KINDS = 2
_SIMULATED = (
    "Démonstration : l’enquête et les acteurs sont simulés, aucun maire n’a répondu. "
    "Ne citez aucun chiffre de cette présentation."
)
_SIMULATED_END = (
    "L’enquête et les acteurs que vous venez de voir sont simulés : ne citez aucun de leurs "
    "chiffres.\nCeux de l’Insee et du code officiel géographique sont réels."
)
_SIMULATED_TITLE = "Ce qui était simulé"


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A ready-made story as it is offered: its name in a link, and what it is for."""

    name: str
    label: str
    purpose: str


READY_MADE = (
    ReadyMade(
        "france",
        "La France en un coup d’œil",
        "Ce que disent les enquêtes, ce que mesure l’Insee, qui peut agir.",
    ),
    ReadyMade(
        "region",
        "Ma région",
        "Sa page, ses cartes, ses acteurs recensés, les prochains pas.",
    ),
    ReadyMade(
        "catalyseurs",
        "Les acteurs qui accompagnent",
        "Qui est recensé, où, pour quoi faire.",
    ),
)


def build_story(
    name: str,
    published: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
    region: TerritoryId | None = None,
) -> Story | None:
    """Build a ready-made story; None for a name that is none of them.

    ``region`` is the one of « Ma région »; without one, the most populated stands as an example.
    """
    if name == "france":
        return _france(published, directory)
    if name == "region":
        return _region(published, directory, names, region or _first_region(directory))
    return _catalysts(published) if name == "catalyseurs" else None


def name_step(
    kind: StepKind, selection: Selection | None, published: Published, directory: Directory
) -> str:
    """Name a step that has no title of its own, after what it shows."""
    if selection is None:
        return "Sans titre"
    territory = directory.get(selection.territory).name if selection.territory else ""
    within = directory.get(selection.within).name if selection.within else ""
    indicator = published.catalogue[selection.indicator_id].label
    if kind is StepKind.TERRITOIRE:
        return territory or "Aucun territoire"
    if kind is StepKind.REPERES:
        themes = themes_of(published)
        return next((one.label for one in themes if one.slug == selection.theme), themes[0].label)
    if kind is StepKind.CATALYSEURS:
        return f"Acteurs recensés – {within or territory}".rstrip(" –")
    if kind is StepKind.AGIR:
        return "Les prochains pas"
    parts = (indicator, format_wave(selection.wave), LEVEL_PLURALS[selection.level], within)
    return " – ".join(part for part in parts if part)


def _france(published: Published, directory: Directory) -> Story:
    themes = [theme for theme in themes_of(published) if theme.label != METHOD_THEME]
    first = EDITIONS[published.dataset].default_indicator
    steps = [
        _opening("Où en est la co-construction en France ?", published),
        *(_view(published, StepKind.REPERES, theme=theme.slug) for theme in themes[:1]),
        _main_map(published),
        *_context_map(published),
        *_communes_map(published),
        *(_view(published, StepKind.REPERES, theme=theme.slug) for theme in themes[1:3]),
        *_comparison(published, first),
        _view(published, StepKind.CATALYSEURS),
        _view(published, StepKind.AGIR),
        _missing(published, directory),
    ]
    return Story("Où en est la co-construction en France ?", tuple(steps))


def _region(
    published: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
    region: TerritoryId,
) -> Story:
    territory, forms = directory.get(region), names[region]
    here, text = str(region), f"La co-construction {forms.en}"
    first = EDITIONS[published.dataset].default_indicator
    known = _has_figure(published, first, region)
    steps = [
        _opening(text, published),
        _view(published, StepKind.TERRITOIRE, territoire=here),
        *(_context_map(published, territoire=here)),
        *_inside_map(published, directory, region),
        *([_main_map(published, territoire=here)] if known else []),
        *(_comparison(published, first, territoire=here) if known else []),
        _view(published, StepKind.CATALYSEURS, dans=here),
        _view(published, StepKind.AGIR, territoire=here),
        _region_missing(published, territory.name, forms, region),
    ]
    return Story(text, tuple(steps))


def _catalysts(published: Published) -> Story:
    kinds = Counter(actor.kind for actor in published.catalysts).most_common(_KINDS)
    note = published.lists["catalysts"]
    themes = {theme.slug for theme in themes_of(published)}
    title = "Qui peut accompagner les territoires ?"
    steps = [
        _opening(title, published),
        _view(published, StepKind.CATALYSEURS),
        *(
            Step(
                StepKind.CATALYSEURS,
                published.catalyst_kinds[kind],
                params=_params(published, nature=kind),
            )
            for kind, _ in kinds
        ),
        *(
            _view(published, StepKind.REPERES, theme=slug)
            for slug in ("acteurs-et-roles",)
            if slug in themes
        ),
        _view(published, StepKind.AGIR),
        Step(StepKind.TEXTE, "Ce que cette liste ne dit pas", note.caveat),
    ]
    return Story(title, tuple(steps))


def _opening(title: str, published: Published) -> Step:
    return Step(
        StepKind.TITRE,
        title,
        _SIMULATED if is_simulated_set(published.dataset) else _held(published),
    )


def _held(published: Published) -> str:
    """Say what the presentation is made of, with its numbers."""
    chosen = {i.indicator_id for i in published.catalogue.values() if i.nature is Nature.ENQUETE}
    surveys = [o for o in published.observations if o.indicator_id in chosen and not o.suppression]
    actors = count(len(published.catalysts), "acteur recensé", "acteurs recensés")
    draft = "Brouillon, non publié. " if published.dataset is Dataset.BROUILLON else ""
    figures = count(len(surveys), "chiffre d’enquête", "chiffres d’enquête")
    return f"{draft}{figures}, {actors}, chacun avec sa source."


def _main_map(published: Published, **params: str) -> Step:
    at_regions = indicators_at(published, Level.REGION)
    name = EDITIONS[published.dataset].default_indicator
    known = {indicator.indicator_id for indicator in at_regions}
    chosen = name if name in known else first_of(at_regions).indicator_id
    return _map(published, chosen, Level.REGION, **params)


def _context_map(published: Published, **params: str) -> list[Step]:
    known = {indicator.indicator_id for indicator in indicators_at(published, Level.REGION)}
    chosen = [name for name in _CONTEXT if name in known]
    return [_map(published, name, Level.REGION, **params) for name in chosen[: 2 if params else 1]]


def _communes_map(published: Published) -> list[Step]:
    known = {indicator.indicator_id for indicator in indicators_at(published, Level.DEPARTEMENT)}
    return [_map(published, _COMMUNES, Level.DEPARTEMENT)] if _COMMUNES in known else []


def _inside_map(published: Published, directory: Directory, region: TerritoryId) -> list[Step]:
    """Show what lies in a région: its départements, or its EPCI where it has but one."""
    level = (
        Level.DEPARTEMENT if len(directory.children(region, Level.DEPARTEMENT)) > 1 else Level.EPCI
    )
    known = {indicator.indicator_id for indicator in indicators_at(published, level)}
    return [_map(published, _COMMUNES, level, dans=str(region))] if _COMMUNES in known else []


def _comparison(published: Published, indicator_id: str, **params: str) -> list[Step]:
    """Compare where two régions at least have a figure."""
    if indicator_id not in published.catalogue:
        return []
    rows = published.of_indicator(indicator_id, Level.REGION)
    if len({row.code for row in rows if row.value is not None}) < 2:  # noqa: PLR2004 - two to compare
        return []
    params = {"indicateur": indicator_id, "niveau": Level.REGION.value} | params
    return [_view(published, StepKind.COMPARER, **params)]


def _missing(published: Published, directory: Directory) -> Step:
    """End on what is not known, counted in the data."""
    if is_simulated_set(published.dataset):
        return Step(StepKind.TEXTE, _SIMULATED_TITLE, _SIMULATED_END)
    chosen = {i.indicator_id for i in published.catalogue.values() if i.nature is Nature.ENQUETE}
    known = {
        o.code
        for o in published.observations
        if o.level is Level.REGION and o.indicator_id in chosen and o.suppression is None
    }
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


def _region_missing(published: Published, name: str, forms: NameForms, region: TerritoryId) -> Step:
    if is_simulated_set(published.dataset):
        return Step(StepKind.TEXTE, _SIMULATED_TITLE, _SIMULATED_END)
    surveys = [i for i in published.catalogue.values() if i.nature is Nature.ENQUETE]
    known = [i for i in surveys if _has_figure(published, i.indicator_id, region)]
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


def _has_figure(published: Published, indicator_id: str, territory: TerritoryId) -> bool:
    if indicator_id not in published.catalogue:
        return False
    rows = published.of_indicator(indicator_id, territory.level)
    return any(row.code == territory.code and row.value is not None for row in rows)


def _map(published: Published, indicator_id: str, level: Level, **params: str) -> Step:
    return _view(
        published,
        StepKind.CARTE,
        indicateur=indicator_id,
        niveau=level.value,
        acteurs="non",
        **params,
    )


def _view(published: Published, kind: StepKind, **params: str) -> Step:
    return Step(kind, params=_params(published, **params))


def _params(published: Published, **params: str) -> dict[str, str]:
    return {"jeu": published.dataset.value} | params


def _first_region(directory: Directory) -> TerritoryId:
    regions = directory.children(FRANCE, Level.REGION)
    return max(regions, key=lambda region: directory.get(region).population or 0)
