"""Which map stands on the sheet of a territory."""

from __future__ import annotations

from dataclasses import replace

from territoires.domain.selection import Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.portrait import Portrait
from territoires.views.portrait_places import SMALL_COMMUNES, inner_map
from territoires.views.portrait_sentence import choose_lead
from territoires.views.selection import waves_of

_WIDE = (Level.PAYS, Level.REGION)
#: What is set in its département, whose other parts make it easy to place.
_IN_DEPARTEMENT = (Level.EPCI, Level.COMMUNE)


def choose_fiche_map(portrait: Portrait, published: Published) -> Selection | None:
    """Choose the map of a sheet; None for what lies outside the boundaries.

    All régions with the survey figure told first, for the country and a région; what a département
    or a zone holds, as on its page; for an EPCI or a commune, the map of its département.
    """
    place = portrait.place
    if place.is_overseas_collectivity:
        return None
    if place.territory.id.level in _WIDE:
        return _survey_map(portrait, published)
    drawn = inner_map(place)
    if drawn is None:
        return None
    level, within, indicator = drawn.level, drawn.within, drawn.indicator_id
    if place.territory.id.level in _IN_DEPARTEMENT and place.territory.departement_code:
        within = TerritoryId(Level.DEPARTEMENT, place.territory.departement_code)
        if place.territory.id.level is Level.EPCI:
            level, indicator = Level.EPCI, SMALL_COMMUNES
    seen = _select(published, indicator, level)
    return seen and replace(seen, territory=place.territory.id, within=within)


def _survey_map(portrait: Portrait, published: Published) -> Selection | None:
    """Show the régions by the figure of the sentence, else by the map's first indicator."""
    default = EDITIONS[published.dataset].default_indicator
    lead = choose_lead(portrait.shared.surveys, default)
    asked = [lead.indicator.indicator_id] if lead else []
    for name in (*asked, default, SMALL_COMMUNES):
        seen = _select(published, name, Level.REGION)
        if seen:
            return replace(seen, territory=portrait.territory.id)
    return None


def _select(published: Published, indicator: str, level: Level) -> Selection | None:
    if indicator not in published.catalogue:
        return None
    waves = waves_of(published, indicator, level)
    if not waves:
        return None
    return Selection(indicator, waves[0], dataset=published.dataset, level=level)
