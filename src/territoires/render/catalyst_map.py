"""The map of the directory: plain ground, the actors that answer, the place distances start from."""

from __future__ import annotations

from collections.abc import Sequence

import folium
from branca.element import MacroElement
from folium.template import Template

from territoires.domain.directory import Territory
from territoires.domain.indicators import Nature
from territoires.domain.territories import Level, TerritoryId
from territoires.render.choropleth import OUTSIDE, SYMBOL, Paint, build_paint
from territoires.render.map_paint import SYMBOL_COLOUR
from territoires.render.map_wire import to_script_json
from territoires.views.catalyst_list import CatalystsView
from territoires.views.catalyst_sentence import say_list, say_number
from territoires.views.datasets import watermark_of

#: A symbol of no size leaves its territory in the colour of the ground, named and reachable.
_NO_SYMBOL = 0.0


class _StartCall(MacroElement):
    """The call that marks where distances start from, or takes the mark away."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Territoires.map.points.startFrom({{ this.start_json }});"
        "{% endmacro %}"
    )

    def __init__(self, start_json: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "StartCall"
        self.start_json = start_json


def level_of_map(view: CatalystsView) -> Level:
    """Choose the shapes under the points: départements once the list is limited to a part."""
    return Level.DEPARTEMENT if view.within else Level.REGION


def build_actors_paint(
    view: CatalystsView,
    shapes: Sequence[Territory],
    inside: Sequence[TerritoryId],
    kinds: int,
) -> folium.FeatureGroup:
    """Build what the map shows of a list of actors (``feature_group_to_add`` of st_folium).

    Parameters
    ----------
    shapes
        Territories of the level of the map, in the order of its geometry.
    inside
        Those that the list is limited to; the others are plain ground.
    kinds
        Number of kinds of actors: all are shown, the list is filtered already.
    """
    held = frozenset(inside)
    classes = "".join(SYMBOL if shape.id in held else OUTSIDE for shape in shapes)
    group = build_paint(
        Paint(
            classes=classes,
            palette=(SYMBOL_COLOUR,),
            title=say_list(view),
            texts=tuple(say_number(view, shape.id) for shape in shapes),
            selected=view.within.id if view.within and view.within.id in held else None,
            point_kinds=tuple(range(kinds)),
            sizes=tuple(_NO_SYMBOL if key == SYMBOL else None for key in classes),
            watermark=watermark_of(view.dataset, Nature.ENQUETE),
            within=view.within.id if view.within else None,
            actors=view.visible,
        )
    )
    group.add_child(_StartCall(to_script_json(_start(view))))
    return group


def _start(view: CatalystsView) -> dict[str, object] | None:
    origin = view.origin
    if origin is None:
        return None
    return {
        "place": [round(origin.x_km, 1), round(origin.y_km, 1)],
        "name": origin.territory.name,
        "frame": view.focus and [round(bound, 1) for bound in view.focus],
    }
