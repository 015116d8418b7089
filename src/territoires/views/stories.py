"""Ready-made presentations, of what a set of data really holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Selection
from territoires.domain.story import Step, StepKind, Story
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.french import LEVEL_PLURALS, format_wave
from territoires.views.landmarks import METHOD_THEME, themes_of
from territoires.views.selection import first_of, indicators_at
from territoires.views.story_words import (
    count_actors,
    has_figure,
    missing,
    missing_of,
    opening,
    say_held_in,
)

#: Context shown first, where the set has it; each with the level it is drawn at.
_CONTEXT = ("taux_pauvrete", "part_75_ans_plus", "taux_chomage_localise")
_COMMUNES = "communes_moins_500_part"
#: What is drawn inside a région, the first that differs from one of its parts to another.
_INSIDE = (_COMMUNES, "population_municipale", *_CONTEXT)
#: Kinds of actors that have a step of their own.
_KINDS = 2


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
        themes = {theme.slug: theme.label for theme in themes_of(published)}
        return themes.get(selection.theme) or next(iter(themes.values()), "Repères nationaux")
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
        opening("Où en est la co-construction en France ?", published),
        *(_view(published, StepKind.REPERES, theme=theme.slug) for theme in themes[:1]),
        _main_map(published),
        *_context_map(published),
        *_communes_map(published),
        *(_view(published, StepKind.REPERES, theme=theme.slug) for theme in themes[1:3]),
        *_comparison(published, first),
        _view(published, StepKind.CATALYSEURS),
        _view(published, StepKind.AGIR),
        missing(published, directory),
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
    actors = count_actors(published, directory, region)
    first = EDITIONS[published.dataset].default_indicator
    known = has_figure(published, first, region)
    steps = [
        opening(text, published, say_held_in(published, region, actors, forms)),
        _view(published, StepKind.TERRITOIRE, territoire=here),
        *_context_map(published, region),
        *_inside_map(published, directory, region),
        *([_main_map(published, territoire=here)] if known else []),
        *(_comparison(published, first, territoire=here) if known else []),
        *([_view(published, StepKind.CATALYSEURS, dans=here)] if actors else []),
        _view(published, StepKind.AGIR, territoire=here),
        missing_of(published, territory.name, forms, region),
    ]
    return Story(text, tuple(steps))


def _catalysts(published: Published) -> Story:
    kinds = Counter(actor.kind for actor in published.catalysts).most_common(_KINDS)
    note = published.lists["catalysts"]
    themes = {theme.slug for theme in themes_of(published)}
    title = "Qui peut accompagner les territoires ?"
    steps = [
        opening(title, published),
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


def _main_map(published: Published, **params: str) -> Step:
    at_regions = indicators_at(published, Level.REGION)
    name = EDITIONS[published.dataset].default_indicator
    known = {indicator.indicator_id for indicator in at_regions}
    chosen = name if name in known else first_of(at_regions).indicator_id
    return _map(published, chosen, Level.REGION, **params)


def _context_map(published: Published, region: TerritoryId | None = None) -> list[Step]:
    """Show a figure of Insee; of a région, two that are known there."""
    known = {indicator.indicator_id for indicator in indicators_at(published, Level.REGION)}
    chosen = [name for name in _CONTEXT if name in known]
    if region is None:
        return [_map(published, name, Level.REGION) for name in chosen[:1]]
    own = [name for name in chosen if has_figure(published, name, region)]
    return [_map(published, name, Level.REGION, territoire=str(region)) for name in own[:2]]


def _communes_map(published: Published) -> list[Step]:
    known = {indicator.indicator_id for indicator in indicators_at(published, Level.DEPARTEMENT)}
    return [_map(published, _COMMUNES, Level.DEPARTEMENT)] if _COMMUNES in known else []


def _inside_map(published: Published, directory: Directory, region: TerritoryId) -> list[Step]:
    """Show what lies in a région: its départements, or its EPCI where it has but one."""
    parts = directory.children(region, Level.DEPARTEMENT)
    level = Level.DEPARTEMENT if len(parts) > 1 else Level.EPCI
    inside = {place.code for place in directory.children(region, level)}
    known = {indicator.indicator_id for indicator in indicators_at(published, level)}
    for name in (name for name in _INSIDE if name in known):
        rows = published.of_indicator(name, level)
        values = {row.value for row in rows if row.code in inside and row.value is not None}
        # One value everywhere is a map of one colour.
        if len(values) > 1:
            return [_map(published, name, level, dans=str(region))]
    return []


def _comparison(published: Published, indicator_id: str, **params: str) -> list[Step]:
    """Compare where two régions at least have a figure."""
    if indicator_id not in published.catalogue:
        return []
    rows = published.of_indicator(indicator_id, Level.REGION)
    if len({row.code for row in rows if row.value is not None}) < 2:  # noqa: PLR2004 - two to compare
        return []
    params = {"indicateur": indicator_id, "niveau": Level.REGION.value} | params
    return [_view(published, StepKind.COMPARER, **params)]


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
