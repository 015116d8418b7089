"""What a reader may ask of the map, in a number that the tests can build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from territoires.domain.selection import Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.selection import WIDE_LEVELS, indicators_at, offered_layers, waves_of

#: Limits tried at the finer levels: one crossed by EPCI, one drawn in an inset.
LIMITS = (TerritoryId(Level.REGION, "53"), TerritoryId(Level.DEPARTEMENT, "974"))
_EVERY = 3


def all_selections(published: Published) -> Iterator[Selection]:
    """Give every map by région and département, and some of the finer levels, limited or not."""
    for layer in offered_layers(published):
        wide = layer.level in WIDE_LEVELS
        for indicator in indicators_at(published, layer.level)[:: 1 if wide else _EVERY]:
            for wave in waves_of(published, indicator.indicator_id, layer.level):
                seen = Selection(
                    indicator.indicator_id,
                    wave,
                    published.dataset,
                    layer.level,
                    zoning=layer.zoning_id,
                )
                if wide:
                    yield from (replace(seen, mode=mode) for mode in Mode)
                    continue
                if layer.level is not Level.COMMUNE:
                    yield seen
                yield from (replace(seen, within=limit) for limit in LIMITS)
