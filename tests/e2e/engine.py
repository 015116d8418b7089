"""The map engine alone: an application that draws the paint its address holds, and a tab for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Frame

from territoires.domain.territories import Level
from tests.e2e.browsing import ROOT, Desk, Visit, running_server

#: Draws the paint that the address holds, and nothing else.
APP = """
import json
import streamlit as st
from streamlit_folium import st_folium
from territoires.analysis.composition import map_bounds
from territoires.domain.territories import Level, TerritoryId
from territoires.render.choropleth import (
    COMMON_CLASS, STATES, MergedZone, Paint, Point, PointKind, Zones,
    build_common, build_map, build_paint,
)
from territoires.settings import STATIC, STATIC_URL

asked = json.loads(st.query_params["peinture"])
st.set_page_config(layout=asked.get("layout", "centered"))
level = Level(st.query_params["niveau"])
shapes = Level(asked.get("members", level))
plural = shapes.value if shapes is Level.EPCI else f"{shapes.value}s"
(path,) = (STATIC / "geo").glob(f"{plural}.*.json")
geometries = json.loads(path.read_bytes())["objects"]["territories"]["geometries"]
zones = None
if "zones" in asked:
    zones = Zones("essai", tuple(
        MergedZone(f"essai.{i}", f"Zone {i}", tuple(members)) for i, members in enumerate(asked["zones"])
    ))
count = len(zones.zones if zones else geometries)
classes = (asked["classes"] * count)[:count]
if "inside" in asked:
    classes = "".join(
        key if geometry["id"].startswith(tuple(asked["inside"])) else "o"
        for key, geometry in zip(classes, geometries)
    )
sizes = None
if "sizes" in asked:
    radii = asked["sizes"]
    sizes = tuple(radii[i % len(radii)] if key == "p" else None for i, key in enumerate(classes))
paint = Paint(
    classes=classes,
    palette=tuple(asked.get("palette", ("#6baed6", "#08519c"))),
    title="Essai",
    texts=tuple("" if key in "msino" else asked.get("text", "77 %") for key in classes),
    sizes=sizes,
    point_kinds=(0,) if "points" in asked else (),
    watermark=asked.get("watermark", ""),
    within=TerritoryId.parse(asked["within"]) if "within" in asked else None,
    actors=tuple(asked["actors"]) if "actors" in asked else None,
)
points = [Point(x, y, 0, f"Acteur {i}") for i, (x, y) in enumerate(asked.get("points", ()))]
kinds = [PointKind("Genre", "rond", "#a3195b")]
st.html(build_common(points, kinds, {state: f"état {state}" for state in STATES}, zoning=zones))
st_folium(
    build_map(
        level,
        topojson_urls=(f"{STATIC_URL}/geo/{path.name}",),
        bounds=map_bounds(),
        common=f".{COMMON_CLASS}",
        zoning_id="essai" if zones else "",
    ),
    feature_group_to_add=build_paint(paint),
    returned_objects=[],
    key="carte",
    use_container_width=True,
    height=760,
)
"""
#: Map kilometres: one actor alone in the south, a crowd around Paris, two far from both.
SOUTH, CROWD = (900, 6250), (652, 6862)
ACTORS = [
    SOUTH,
    *[(CROWD[0] + 2 * i, CROWD[1] + i) for i in range(12)],
    (250, 6800),
    (300, 6700),
]

Draw = Callable[..., tuple[Visit, Frame]]
#: A quarter of a second of fluid pictures without a change of view; more on a slow machine.
AT_REST = """() => new Promise((done) => {
  const { map } = Territoires.map.frame;
  let seen = "", still = 0;
  const look = () => {
    const view = [map.getZoom(), map.getCenter().lat, map.getCenter().lng].join();
    still = view === seen && !map._animatingZoom ? still + 1 : 0;
    seen = view;
    if (still >= 15) done(); else requestAnimationFrame(look);
  };
  look();
})"""


def wait_at_rest(frame: Frame) -> None:
    frame.evaluate(AT_REST)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("moteur")
    (home / "dashboard.py").write_text(APP, encoding="utf-8")
    for name in ("static", ".streamlit"):
        (home / name).symlink_to(ROOT / name)
    with running_server(Path(home)) as address:
        yield address


@pytest.fixture(scope="module")
def tab(desk: Desk, engine: str) -> Iterator[Visit]:
    """One tab for the maps of a module: each address is a new document."""
    visit = desk.start(engine)
    yield visit
    desk.leave(visit)


@pytest.fixture
def draw(tab: Visit) -> Draw:
    """Open the map of a level with a paint; gives its visit and its frame."""

    def start(
        level: Level, viewport: tuple[int, int] = (1000, 950), **asked: Any
    ) -> tuple[Visit, Frame]:
        width, height = viewport
        tab.forget()
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.emulate_media(color_scheme="light", media="screen", forced_colors="none")
        tab.page.mouse.move(0, 0)
        tab.page.goto(f"{tab.address}/?niveau={level.value}&peinture={quote(json.dumps(asked))}")
        tab.map_frame()
        (frame,) = [one for one in tab.page.frames if "streamlit_folium" in one.url]
        return tab, frame

    return start
