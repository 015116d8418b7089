"""What may be set beside a view: the same map elsewhere or at another wave; another territory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from territoires.domain.classification import DEFAULT_CHOICE
from territoires.domain.selection import Mode, Selection
from territoires.domain.story import StepKind, step_of
from territoires.domain.territories import FRANCE, Level, Territory
from territoires.ui import cache
from territoires.views.french import LEVEL_PLURALS, format_wave
from territoires.views.limits import layer_of, name_limit, territories_within
from territoires.views.search_index import normalize
from territoires.views.selection import MAP_LEVELS, indicators_at, waves_of

_ALONE = "Rien : la vue occupe tout l’écran"
_WIDE = (Level.REGION, Level.DEPARTEMENT)
#: Why a view of each kind stands alone, where a reader could expect another beside it.
_WHY_ALONE = {
    StepKind.CARTE: "Aucune autre carte de ce niveau, ni vague de celle-ci, à mettre à côté.",
    StepKind.TERRITOIRE: "Choisissez d’abord un territoire : un autre pourra être mis à côté.",
    StepKind.COMPARER: "Une comparaison met déjà des territoires côte à côte : rien ne s’y ajoute.",
    StepKind.REPERES: "Les repères nationaux occupent tout l’écran : rien ne se met à côté.",
    StepKind.CATALYSEURS: "Les acteurs occupent tout l’écran : ajoutez une étape par territoire.",
    StepKind.AGIR: "Les prochains pas occupent tout l’écran : rien ne se met à côté.",
}


def offered_sides(kind: StepKind, selection: Selection) -> Mapping[str, Mapping[str, str]]:
    """List the views that may stand beside one, by their name; none first, empty where there is none."""
    if kind is StepKind.TERRITOIRE:
        found = {
            name_limit(other): replace(selection, territory=other.id)
            for other in _territories(selection)
        }
    elif kind is StepKind.CARTE:
        found = _maps(selection)
    else:
        found = {}
    if not found:
        return {}
    return {_ALONE: {}} | {
        name: step_of(kind, other.to_params()).params for name, other in found.items()
    }


def why_alone(kind: StepKind) -> str:
    """Say why nothing may stand beside a view."""
    return _WHY_ALONE[kind]


def _maps(selection: Selection) -> dict[str, Selection]:
    """List the same map at other waves, levels and limits, then the maps of the other indicators."""
    published, places = cache.published(selection.dataset), cache.directory(selection.dataset)
    own, layer = selection.indicator_id, layer_of(selection)
    found = {
        f"La même carte, {format_wave(wave)}": replace(selection, wave=wave)
        for wave in waves_of(published, own, selection.level)
        if wave != selection.wave
    }
    for level in MAP_LEVELS:
        known = {one.indicator_id for one in indicators_at(published, level)}
        if level not in {selection.level, Level.ZONE} and own in known:
            name = f"La même carte, {LEVEL_PLURALS[level]}"
            found[name] = replace(selection, level=level, within=None)
    if selection.within:
        found["La même carte, France entière"] = replace(selection, within=None)
    wide = selection.within.level if selection.within else Level.REGION
    for other in _by_name(places.of_level(wide) if wide in _WIDE else ()):
        # A map of one territory alone would show nothing.
        if other.id != selection.within and len(territories_within(places, layer, other.id)) > 1:
            limited = replace(selection, within=other.id, territory=None)
            found[f"La même carte, {name_limit(other)}"] = limited
    plain = replace(selection, wave="", mode=Mode.VALEUR, classes=DEFAULT_CHOICE)
    for one in indicators_at(published, selection.level):
        if one.indicator_id != own:
            found[f"Une autre carte : {one.label}"] = replace(plain, indicator_id=one.indicator_id)
    return found


def _territories(selection: Selection) -> list[Territory]:
    """List what a territory is read beside: what it lies in, then the others of its level."""
    territory = selection.territory
    if territory is None:
        return []
    places = cache.directory(selection.dataset)
    around = [wider for wider in places.ancestors(territory) if wider.id != FRANCE]
    # Of 34,875 communes, those of the same département; of 1,254 EPCI, too.
    departement = next((t.id for t in around if t.id.level is Level.DEPARTEMENT), FRANCE)
    inside = FRANCE if territory.level in _WIDE else departement
    others = (places.get(t) for t in places.children(inside, territory.level) if t != territory)
    return [*reversed(around), *_by_name(others)]


def _by_name(territories: Iterable[Territory]) -> list[Territory]:
    return sorted(territories, key=lambda one: normalize(one.name))
