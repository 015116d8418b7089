"""What may be set beside a view: the same map at another wave, another région."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from territoires.domain.selection import Selection
from territoires.domain.story import StepKind, step_of
from territoires.domain.territories import Level, TerritoryId
from territoires.ui import cache
from territoires.views.french import format_wave
from territoires.views.limits import name_limit
from territoires.views.search_index import normalize
from territoires.views.selection import waves_of

_ALONE = "Rien : la vue occupe tout l’écran"
_WIDE = (Level.REGION, Level.DEPARTEMENT)


def offered_sides(kind: StepKind, selection: Selection) -> Mapping[str, Mapping[str, str]]:
    """List the views that may stand beside one, by their name; none first, empty where there is none."""
    if kind is StepKind.TERRITOIRE:
        found = {
            name: replace(selection, territory=other)
            for name, other in _others(selection, selection.territory)
        }
    elif kind is StepKind.CARTE:
        waves = waves_of(
            cache.published(selection.dataset), selection.indicator_id, selection.level
        )
        found = {
            f"La même carte, {format_wave(wave)}": replace(selection, wave=wave)
            for wave in waves
            if wave != selection.wave
        }
        found |= {
            f"La même carte, {name}": replace(selection, within=other)
            for name, other in _others(selection, selection.within)
        }
    else:
        found = {}
    if not found:
        return {}
    return {_ALONE: {}} | {
        name: step_of(kind, other.to_params()).params for name, other in found.items()
    }


def _others(selection: Selection, territory: TerritoryId | None) -> list[tuple[str, TerritoryId]]:
    """List the other territories of the level of one, by name."""
    if territory is None or territory.level not in _WIDE:
        return []
    same = cache.directory(selection.dataset).of_level(territory.level)
    ordered = sorted(same, key=lambda other: normalize(other.name))
    return [(name_limit(other), other.id) for other in ordered if other.id != territory]
