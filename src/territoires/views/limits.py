"""The wider territory that a map is limited to: which may be, how it is said, ways in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Selection
from territoires.domain.territories import FRANCE, Level, Territory, TerritoryId
from territoires.views.french import LEVEL_LABELS, NBSP, agree, count

#: Levels a map may be limited to, the widest first.
LIMIT_LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.ZONE, Level.EPCI)
#: Their territories may lie on both sides of the limit.
_STRADDLING = (Level.ZONE, Level.EPCI)


@dataclass(frozen=True, slots=True)
class Layer:
    """A level of the map; the zones of a zoning are one."""

    level: Level
    zoning_id: str = ""


@dataclass(frozen=True, slots=True)
class Descent:
    """A finer layer of the map inside a territory, and how many territories it shows there."""

    layer: Layer
    number: int


def layer_of(selection: Selection) -> Layer:
    """Give the layer in view."""
    zoning = selection.zoning if selection.level is Level.ZONE else ""
    return Layer(selection.level, zoning)


def is_of_layer(territory: TerritoryId, layer: Layer) -> bool:
    """Tell whether a territory is one of those a layer shows."""
    own = not layer.zoning_id or territory.code.startswith(f"{layer.zoning_id}.")
    return territory.level is layer.level and own


def territories_within(
    directory: Directory, layer: Layer, within: TerritoryId | None
) -> tuple[TerritoryId, ...]:
    """List the territories of a layer that lie in a wider one, in code order."""
    inside = directory.children(within or FRANCE, layer.level)
    return tuple(zone for zone in inside if is_of_layer(zone, layer)) if layer.zoning_id else inside


def limit_of(selection: Selection, directory: Directory) -> TerritoryId | None:
    """Give the limit asked for where it holds territories of the layer in view, else None."""
    within = selection.within
    if within is None or not territories_within(directory, layer_of(selection), within):
        return None
    return within


def on_map(selection: Selection, directory: Directory) -> Selection:
    """Bring the territory in view to the level of the map: a commune stands in its région."""
    territory, layer = selection.territory, layer_of(selection)
    seen = replace(selection, within=limit_of(selection, directory))
    if territory is None or territory.level is selection.level:
        return seen
    around = (*directory.ancestors(territory), *directory.zones_of(territory))
    return replace(seen, territory=next((t.id for t in around if is_of_layer(t.id, layer)), None))


def offered_limits(directory: Directory, layer: Layer) -> tuple[Territory, ...]:
    """List the territories that the map may be limited to, by level then by name.

    EPCI are only offered for the communes: nothing else lies in them.
    """
    wider = [
        territory
        for level in LIMIT_LEVELS
        if level is not layer.level
        for territory in sorted(directory.of_level(level), key=lambda t: (t.name, t.id.code))
    ]
    return tuple(t for t in wider if territories_within(directory, layer, t.id))


def name_limit(territory: Territory) -> str:
    """Name a limit in a list, where a région and a département may share their name."""
    code = f" {territory.id.code}" if territory.id.level is Level.DEPARTEMENT else ""
    return f"{territory.name} ({LEVEL_LABELS[territory.id.level]}{code})"


def say_place(
    within: TerritoryId | None, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> str:
    """Write the limit as a place: « dans le Finistère »; nothing for the whole country."""
    if within is None:
        return ""
    if within in names:
        return names[within].en
    nouns = {Level.EPCI: "l’intercommunalité", Level.ZONE: "la zone"}
    noun = nouns.get(within.level, f"le territoire{NBSP}:")
    return f"dans {noun} {directory.get(within).name}"


def say_straddling(
    inside: Sequence[TerritoryId], within: TerritoryId | None, directory: Directory
) -> str:
    """Say how many territories go beyond the limit, though shown whole; nothing where none does."""
    if within is None or not inside or inside[0].level not in _STRADDLING:
        return ""
    own = set(directory.children(within, Level.COMMUNE))
    over = sum(not own.issuperset(directory.children(t, Level.COMMUNE)) for t in inside)
    if not over:
        return ""
    return (
        f"{count(over, LEVEL_LABELS[inside[0].level])} {agree(over, 'déborde', 'débordent')} de ce "
        f"territoire : {agree(over, 'elle est montrée et comptée entière', 'elles sont montrées et comptées entières')}."
    )


def crumbs(within: TerritoryId, directory: Directory) -> tuple[Territory, ...]:
    """List the territories from the country down to the limit."""
    return (*directory.ancestors(within), directory.get(within))


def at_layer(selection: Selection, layer: Layer, directory: Directory) -> Selection:
    """Change the layer in view; a limit too narrow for it gives way to the wider one around it."""
    changed = replace(selection, level=layer.level, zoning=layer.zoning_id)
    if selection.within is None:
        return changed
    around = [t.id for t in reversed(crumbs(selection.within, directory)) if t.id != FRANCE]
    held = (t for t in around if territories_within(directory, layer, t))
    return replace(changed, within=next(held, None))


def descents(
    territory: TerritoryId, layers: Sequence[Layer], directory: Directory
) -> tuple[Descent, ...]:
    """List the finer layers that a map limited to a territory may show, the widest first."""
    found = ((layer, len(territories_within(directory, layer, territory))) for layer in layers)
    return tuple(Descent(layer, number) for layer, number in found if number)
