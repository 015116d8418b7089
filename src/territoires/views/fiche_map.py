"""Which map stands on the sheet of a territory."""

from __future__ import annotations

from dataclasses import replace

from territoires.domain.indicators import Reading
from territoires.domain.selection import Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.portrait import Portrait
from territoires.views.portrait_places import POPULATION, SMALL_COMMUNES, Place, inner_map
from territoires.views.portrait_sentence import choose_lead
from territoires.views.selection import waves_of

_WIDE = (Level.PAYS, Level.REGION)


def choose_fiche_map(portrait: Portrait, published: Published) -> Selection | None:
    """Choose the map of a sheet; None for what lies outside the boundaries.

    All régions with the survey figure told first, for the country and a région; what a département
    or a zone holds, as on its page; for an EPCI, those of its département, which make it easy to
    place; for a commune, those of its EPCI, as on its page. Shares that are all the same give way
    to the populations of the communes.
    """
    place = portrait.place
    if place.is_overseas_collectivity:
        return None
    if place.territory.id.level in _WIDE:
        seen = choose_region_map(portrait, published)
        small = seen or _select(published, SMALL_COMMUNES, Level.REGION)
        return small and replace(small, territory=portrait.territory.id)
    drawn = inner_map(place)
    if drawn is None:
        return None
    level, within, indicator = drawn.level, drawn.within, drawn.indicator_id
    if place.territory.id.level is Level.EPCI and place.territory.departement_code:
        within = TerritoryId(Level.DEPARTEMENT, place.territory.departement_code)
        level, indicator = Level.EPCI, SMALL_COMMUNES
    seen = _select(published, indicator, level)
    if seen and indicator == SMALL_COMMUNES and _is_uniform(place, seen, published):
        seen = _select(published, POPULATION, Level.COMMUNE) or seen
    return seen and replace(seen, territory=place.territory.id, within=within)


def choose_region_map(portrait: Portrait, published: Published) -> Selection | None:
    """Choose the map of all régions: the survey figure told first, else the set's main one."""
    default = EDITIONS[published.dataset].default_indicator
    lead = choose_lead(portrait.shared.surveys, default)
    asked = [lead.indicator.indicator_id] if lead else []
    found = (_select(published, name, Level.REGION) for name in (*asked, default))
    seen = next((one for one in found if one), None)
    return seen and replace(seen, territory=(portrait.region or portrait.territory).id)


def _is_uniform(place: Place, seen: Selection, published: Published) -> bool:
    """Tell whether the parts of a territory all have the same value: a map would show nothing."""
    parts = {child.id.code for child in place.children if child.id.level is seen.level}
    values = {
        one.value
        for one in published.of_indicator(seen.indicator_id, seen.level)
        if one.code in parts and one.wave == seen.wave and one.reading is Reading.PRINCIPALE
    }
    return bool(parts) and len(values) < 2  # noqa: PLR2004 - two colours at least


def _select(published: Published, indicator: str, level: Level) -> Selection | None:
    if indicator not in published.catalogue:
        return None
    waves = waves_of(published, indicator, level)
    if not waves:
        return None
    return Selection(indicator, waves[0], dataset=published.dataset, level=level)
