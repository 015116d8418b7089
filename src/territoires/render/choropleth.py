"""The choropleth map: a folium map whose geometry is a static file and whose repaint is tiny.

``build_map`` gives the same script for a level whatever the indicator, so that streamlit-folium
keeps its frame; ``build_paint`` gives the feature group that recolours it. The drawing itself is
in static/map/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from math import inf
from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement
from folium.template import Template

from territoires.domain.territories import Level, TerritoryId
from territoires.render.assets import asset_url
from territoires.render.map_wire import pack_texts, to_json, to_script_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Loaded in this order by the frame; nothing comes from another site.
_SCRIPTS = (
    "vendor/leaflet/leaflet.js",
    "vendor/topojson-client/topojson-client.min.js",
    "map/frame.js",
    "map/tooltip.js",
    "map/textures.js",
    "map/shapes.js",
    "map/canvas.js",
    "map/geometry.js",
    "map/points.js",
    "map/symbols.js",
    "map/choropleth.js",
)
_STYLES = ("vendor/leaflet/leaflet.css", "map/choropleth.css")

#: One character per territory (``Paint.classes``): a class, the same class « indicatif », the same
#: class with a sample size not communicated (« inconnu »), a state without a class, a symbol,
#: plain ground outside what the map is limited to.
CLASS_KEYS = "012345"
INDICATIVE_KEYS = "ABCDEF"
UNKNOWN_KEYS = "UVWXYZ"
MISSING, SUPPRESSED, IMPRECISE, UNKNOWN, SYMBOL, OUTSIDE = "m", "s", "i", "n", "p", "o"
_RANKS = {
    key: rank
    for keys in (CLASS_KEYS, INDICATIVE_KEYS, UNKNOWN_KEYS)
    for rank, key in enumerate(keys)
}
_KEYS = {*_RANKS, MISSING, SUPPRESSED, IMPRECISE, UNKNOWN, SYMBOL, OUTSIDE}

#: Class of the hidden element that ``build_common`` writes.
COMMON_CLASS = "carte-commun"

#: Names of the states in ``data-etat`` and of their labels (``build_common``).
STATES = ("indicatif", "inconnu", "imprecis", "supprime", "manquant")

#: Forms of the point markers, SVG path data on a 16 by 16 tile; the page's legend draws them too.
POINT_SHAPES: Mapping[str, str] = {
    "rond": "M8 2.5a5.5 5.5 0 1 0 .01 0Z",
    "carre": "M3 3H13V13H3Z",
    "losange": "M8 1L15 8L8 15L1 8Z",
    "triangle": "M8 1.5L15 14H1Z",
    "triangle_bas": "M8 14.5L1 2H15Z",
    "croix": "M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5Z",
    "etoile": "M8 .5L10.2 5.6L15.7 6L11.5 9.7L12.8 15L8 12.1L3.2 15L4.5 9.7L.3 6L5.8 5.6Z",
    "hexagone": "M8 1L14.1 4.5V11.5L8 15L1.9 11.5V4.5Z",
    "sablier": "M2 1.5H14L10 8L14 14.5H2L6 8Z",
    "anneau": "M8 1a7 7 0 1 0 .01 0ZM8 5a3 3 0 1 1-.01 0Z",
}


@dataclass(frozen=True, slots=True)
class PointKind:
    """A kind of actor: its French label and how its marker looks."""

    label: str
    #: A key of ``POINT_SHAPES``.
    shape: str
    #: ``#rrggbb``
    colour: str


@dataclass(frozen=True, slots=True)
class Point:
    """An actor placed on the map, in map kilometres."""

    x: float
    y: float
    #: Rank in the ``kinds`` given to ``build_map``.
    kind: int
    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class MergedZone:
    """A zone, and the ranks of its members in the geometry file."""

    code: str
    name: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Zones:
    """What the browser merges to draw a zoning."""

    zoning_id: str
    zones: tuple[MergedZone, ...]


@dataclass(frozen=True, slots=True)
class Paint:
    """What the map shows: one class per territory, and the words that go with it.

    ``classes`` holds one character per territory, in the order of the geometry file: ``0``…``5``
    a class, ``A``…``F`` the same classes drawn as « indicatif », ``U``…``Z`` as « inconnu »
    (sample size not communicated), ``m`` manquant, ``s`` supprimé, ``i`` imprécis, ``n`` inconnu
    without a class, ``p`` a proportional symbol on a neutral ground, ``o`` plain ground outside
    ``within``, the territory that the map is limited to and framed on. ``texts`` holds the value of
    each territory as read by people (« 77 % »), in the same order, without what the label of its
    state says already; without it (communes) the tooltip gives the label of the class, from
    ``class_labels``. ``title`` is the sentence of the map. ``point_kinds`` lists the ranks of the
    kinds of points shown: none by default; ``actors`` limits them to those of these ranks in
    ``build_common``. ``sizes`` holds the radius of each symbol, in pixels
    whatever the zoom, and None for the territories that are not ``p``; symbols take the first
    colour of the palette. ``rings`` holds the radius of a bare circle over each colour, None where
    there is none: a second figure, of people, on a map of shares. ``watermark`` is written across the map and in its corner.
    """

    classes: str
    palette: tuple[str, ...]
    title: str
    texts: tuple[str, ...] | None = None
    class_labels: tuple[str, ...] = ()
    selected: TerritoryId | None = None
    point_kinds: tuple[int, ...] = ()
    sizes: tuple[float | None, ...] | None = None
    rings: tuple[float | None, ...] | None = None
    watermark: str = ""
    within: TerritoryId | None = None
    actors: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse what would be drawn wrong without a word.

        Raises
        ------
        ValueError
            When a class is unknown or has no colour, when texts or sizes are not one per
            territory, or when a symbol has no possible size.
        """
        keys = set(self.classes)
        if keys - _KEYS:
            raise ValueError(f"unknown classes: {''.join(sorted(keys - _KEYS))!r}")
        highest = max((_RANKS.get(key, 0 if key == SYMBOL else -1) for key in keys), default=-1)
        if highest >= len(self.palette):
            raise ValueError(f"class {highest} has no colour in a palette of {len(self.palette)}")
        if self.texts is not None and len(self.texts) != len(self.classes):
            raise ValueError(f"{len(self.texts)} texts for {len(self.classes)} territories")
        self._check_sizes()
        if self.rings is not None and len(self.rings) != len(self.classes):
            raise ValueError(f"{len(self.rings)} rings for {len(self.classes)} territories")

    def _check_sizes(self) -> None:
        sizes = self.sizes
        if sizes is None:
            sizes = (None,) * len(self.classes)
        if len(sizes) != len(self.classes):
            raise ValueError(f"{len(sizes)} sizes for {len(self.classes)} territories")
        for key, size in zip(self.classes, sizes, strict=True):
            if (size is None) == (key == SYMBOL):
                raise ValueError(f"a territory drawn {key!r} has the size {size}")
            if size is not None and not 0 <= size < inf:
                raise ValueError(f"a symbol cannot have the size {size}")


class _Map(folium.Map):
    """A folium map without tiles, jQuery, Bootstrap or icon fonts, drawn by static/map/."""

    _template = Template(
        "{% macro html(this, kwargs) %}"
        '<div class="folium-map" id={{ this.get_name()|tojson }} ></div>'
        "{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = "
        "Territoires.mount({{ this.get_name()|tojson }}, {{ this.config_json }});"
        "{% endmacro %}"
    )

    def __init__(self, config_json: str) -> None:
        super().__init__(tiles=None, crs="Simple", zoom_control=False)
        self.config_json = config_json
        self.default_js, self.default_css = map(list, asset_urls())

    def add_child(self, child: Any, name: str | None = None, index: int | None = None) -> _Map:
        """Lend the map to a feature group without keeping it.

        st_folium adds the paint to the map. Kept, it would be part of the base script the next
        time, the frame would be drawn anew, and a map in a cache would leak from reader to reader.
        """
        del name, index
        child._parent = self
        return self


class _PaintCall(MacroElement):
    """The one call that recolours the map."""

    _template = Template(
        "{% macro script(this, kwargs) %}Territoires.paint({{ this.paint_json }});{% endmacro %}"
    )

    def __init__(self, paint_json: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "PaintCall"
        self.paint_json = paint_json


@cache
def asset_urls() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Give the (name, URL) pairs of the scripts and of the style sheets, dated by their content."""
    scripts, styles = (
        tuple((name.rpartition("/")[2], asset_url(name)) for name in names)
        for names in (_SCRIPTS, _STYLES)
    )
    return scripts, styles


def build_map(
    level: Level,
    *,
    topojson_urls: Sequence[str],
    bounds: tuple[float, float, float, float],
    common: str | None = None,
    backdrop_url: str | None = None,
    zoning_id: str = "",
    is_part: bool = False,
) -> folium.Map:
    """Build the base map of a level; its script depends on nothing but these arguments.

    ``common`` is the CSS selector, in the page, of what ``build_common`` wrote.
    ``bounds`` are west, south, east, north in map kilometres. ``backdrop_url`` is a lighter
    geometry whose land is shown while a heavy one (communes) is on its way; it stays under a map
    whose files are a part of the country only (``is_part``: some départements). The zones of a zoning
    are merged in the browser from the geometry of their members, as ``build_common`` tells.
    """
    config = {
        "level": level.value,
        "urls": list(topojson_urls),
        "backdrop": backdrop_url,
        "bounds": bounds,
        "common": common,
        "zones": zones_selector(zoning_id) if zoning_id else None,
        "around": is_part,
    }
    return _Map(to_script_json(config))


def build_common(
    points: Sequence[Point],
    kinds: Sequence[PointKind],
    states: Mapping[str, str],
    attribution: str = "",
    zoning: Zones | None = None,
) -> str:
    """Write in HTML what no change touches: actors, labels of the states, attribution, zones.

    It stands in the page, hidden, and Streamlit sends it once; in the component's arguments it
    would travel again at every change.

    Raises
    ------
    ValueError
        When a state is unknown.
    """
    if set(states) - set(STATES):
        raise ValueError(f"unknown states: {sorted(set(states) - set(STATES))}")
    content = {
        "points": [[round(p.x, 1), round(p.y, 1), p.kind, p.name, p.place] for p in points],
        "kinds": [[kind.label, POINT_SHAPES[kind.shape], kind.colour] for kind in kinds],
        "states": dict(states),
        "attribution": attribution,
    }
    held = f'data-commun="{escape(to_json(content))}"'
    if zoning:
        zones = to_json([[zone.code, zone.name, zone.members] for zone in zoning.zones])
        held += f' data-zonage="{escape(zoning.zoning_id)}" data-zones="{escape(zones)}"'
    return f'<div class="{COMMON_CLASS}" hidden {held}></div>'


def zones_selector(zoning_id: str) -> str:
    """Give the CSS selector of what ``build_common`` wrote of a zoning.

    Raises
    ------
    ValueError
        When the identifier could not stand in a selector.
    """
    if not re.fullmatch(r"[a-z0-9_]+", zoning_id):
        raise ValueError(f"not the identifier of a zoning: {zoning_id!r}")
    return f'.{COMMON_CLASS}[data-zonage="{zoning_id}"]'


def build_paint(paint: Paint) -> folium.FeatureGroup:
    """Build the feature group that recolours the map (``feature_group_to_add`` of st_folium)."""
    content: dict[str, Any] = {
        "classes": paint.classes,
        "palette": paint.palette,
        "title": paint.title,
        "labels": paint.class_labels,
        "selected": None if paint.selected is None else str(paint.selected),
        "points": paint.point_kinds,
    }
    if paint.texts is not None:
        inside = [t for t, key in zip(paint.texts, paint.classes, strict=True) if key != OUTSIDE]
        content["texts"], content["suffix"] = pack_texts(inside)
    if paint.within is not None:
        content["within"] = str(paint.within)
    if paint.actors is not None:
        content["actors"] = paint.actors
    # Those of the symbols alone: the communes without one, by the thousand, send nothing.
    # In tenths of a pixel.
    if sizes := [round(10 * size) for size in paint.sizes or () if size is not None]:
        content["sizes"] = sizes
    if any(paint.rings or ()):
        content["rings"] = [round(10 * (size or 0)) for size in paint.rings or ()]
    if watermark := paint.watermark.strip():
        content["watermark"] = watermark
    group = folium.FeatureGroup()
    group.add_child(_PaintCall(to_script_json(content)))
    return group
