"""The actors known in a territory and around, as a table of their own."""

from __future__ import annotations

from collections.abc import Iterator

from territoires.domain.catalysts import Catalyst
from territoires.domain.territories import FRANCE
from territoires.render.carried import NOWHERE
from territoires.render.data_files.catalysts import CODES, FIELDS, Actor
from territoires.render.data_files.tables import Cell, Column, DataTable, without_empty
from territoires.tables.published import Published
from territoires.views.catalysts import where_in
from territoires.views.citation import Citation
from territoires.views.datasets import EDITIONS
from territoires.views.portrait import Portrait

_SET = Column("jeu", "Jeu de données", "Jeu de données d’où vient la ligne.", width=24)
_WHERE = Column(
    "situation",
    "Situation",
    "Dans le territoire, au plus près à l’extérieur, ou sans lieu précis publié.",
    width=26,
)


def portrait_actors_table(
    portrait: Portrait, published: Published, citation: Citation
) -> DataTable:
    """Give the actors of the page: those in the territory, the nearest outside, the others."""
    found = list(_actors(portrait, published))
    fields = (*FIELDS, *CODES)
    name = EDITIONS[portrait.dataset].name
    rows: list[tuple[Cell, ...]] = [
        (name, where, *(read(actor) for _, read in fields)) for where, actor in found
    ]
    columns, cells = without_empty([_SET, _WHERE, *(column for column, _ in fields)], rows)
    keys = tuple(actor.catalyst.actor_id for _, actor in found)
    return DataTable(citation, columns, cells, keys, indicators=(), comparable={}, notes=())


def _actors(portrait: Portrait, published: Published) -> Iterator[tuple[str, Actor]]:
    nearby, territory = portrait.nearby, portrait.territory.id
    here = "" if territory == FRANCE else where_in(territory.level)

    def actor(one: Catalyst, distance_km: float | None = None) -> Actor:
        return Actor(
            one,
            published.catalyst_kinds.get(one.kind, one.kind),
            departement="",
            region="",
            point=None,
            distance_km=distance_km,
            source=published.sources[one.source_id],
        )

    yield from ((here, actor(one)) for one in nearby.inside)
    yield from (("ailleurs", actor(one.catalyst, one.distance_km)) for one in nearby.outside)
    yield from ((NOWHERE, actor(one)) for one in nearby.without_place)
