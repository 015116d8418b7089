"""The map engine alone in Chromium: its states, its proportional symbols, its watermark."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Frame

from territoires.domain.territories import Level
from tests.e2e.conftest import ROOT, running_server

#: Draws the paint that the address holds, and nothing else.
APP = """
import json
import streamlit as st
from streamlit_folium import st_folium
from territoires.analysis.composition import map_bounds
from territoires.domain.territories import Level
from territoires.render.choropleth import (
    COMMON_CLASS, STATES, Paint, build_common, build_map, build_paint,
)
from territoires.settings import STATIC, STATIC_URL

level = Level(st.query_params["niveau"])
plural = level.value if level is Level.EPCI else f"{level.value}s"
(path,) = (STATIC / "geo").glob(f"{plural}.*.json")
count = len(json.loads(path.read_bytes())["objects"]["territories"]["geometries"])
asked = json.loads(st.query_params["peinture"])
classes = (asked["classes"] * count)[:count]
sizes = None
if "sizes" in asked:
    radii = asked["sizes"]
    sizes = tuple(radii[i % len(radii)] if key == "p" else None for i, key in enumerate(classes))
paint = Paint(
    classes=classes,
    palette=tuple(asked.get("palette", ("#6baed6", "#08519c"))),
    title="Essai",
    texts=tuple("" if key in "msin" else asked.get("text", "77 %") for key in classes),
    sizes=sizes,
    watermark=asked.get("watermark", ""),
)
st.html(build_common([], [], {state: f"état {state}" for state in STATES}))
st_folium(
    build_map(
        level,
        topojson_url=f"{STATIC_URL}/geo/{path.name}",
        bounds=map_bounds(),
        common=f".{COMMON_CLASS}",
    ),
    feature_group_to_add=build_paint(paint),
    returned_objects=[],
    key="carte",
    use_container_width=True,
    height=760,
)
"""
HOSTILE = "</text><img src=x onerror=\"parent.piege=1\"> & {{'x'}}"
ALL_LOOKS = "0AUmsinp"
SIDE = 24


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("moteur")
    (home / "dashboard.py").write_text(APP, encoding="utf-8")
    for name in ("static", ".streamlit"):
        (home / name).symlink_to(ROOT / name)
    with running_server(Path(home)) as address:
        yield address


@pytest.fixture
def draw(new_visit, engine: str):
    """Open the map of a level with a paint; gives its visit and its frame."""

    def start(level: Level, viewport: tuple[int, int] = (1000, 950), **asked: Any):
        width, height = viewport
        visit = new_visit(engine, viewport={"width": width, "height": height})
        address = f"{engine}/?niveau={level.value}&peinture={quote(json.dumps(asked))}"
        visit.page.goto(address)
        visit.map_frame()
        (frame,) = [one for one in visit.page.frames if "streamlit_folium" in one.url]
        return visit, frame

    return start


def zoom(frame: Frame, step: float) -> None:
    frame.evaluate(
        """async (step) => {
          const { map } = Territoires.map.frame;
          map.setView(map.getCenter(), map.getZoom() + step, { animate: false });
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }""",
        step,
    )


def test_every_key_gives_its_state_and_its_name(draw) -> None:
    visit, frame = draw(Level.DEPARTEMENT, classes="0BVmsinp", sizes=[6])
    shapes = frame.eval_on_selector_all(
        "path[data-territoire]",
        "all => all.slice(0, 8).map((one) => [one.dataset.etat, "
        "one.getAttribute('aria-label').split(', ').slice(1).join(', ')])",
    )
    assert shapes == [
        ["classe", "77 %"],
        ["indicatif", "77 %, état indicatif"],
        ["inconnu", "77 %, état inconnu"],
        ["manquant", "état manquant"],
        ["supprime", "état supprime"],
        ["imprecis", "état imprecis"],
        ["inconnu", "état inconnu"],
        ["symbole", "77 %"],
    ]
    assert visit.errors == []


def test_a_state_that_the_text_says_already_is_not_said_twice(draw) -> None:
    _, frame = draw(Level.REGION, classes="U", text="77 %, état inconnu")
    label = frame.get_attribute("path[data-territoire]", "aria-label")
    assert label is not None
    assert label.endswith(", 77 %, état inconnu")
    assert label.count("état inconnu") == 1


def tile_of(frame: Frame, page, key: str) -> np.ndarray:
    """Give a square of the map in grey, taken well inside a territory drawn with this key."""
    place = frame.evaluate(
        """([key, side]) => {
          for (const path of document.querySelectorAll(`path[data-classe="${key}"]`)) {
            const box = path.getBoundingClientRect();
            for (let y = box.top; y < box.bottom; y += 6) for (let x = box.left; x < box.right; x += 6) {
              const corners = [0, 0.5, 1].flatMap((u) => [0, 0.5, 1].map((v) => [x + u * side, y + v * side]));
              if (corners.every(([u, v]) => document.elementFromPoint(u, v) === path)) return [x, y];
            }
          }
          return null;
        }""",
        [key, SIDE + 4],
    )
    assert place, f"no territory drawn {key!r} is large enough"
    frame_box = page.locator("iframe[src*=streamlit_folium]").bounding_box()
    clip = {
        "x": round(frame_box["x"] + place[0] + 2),
        "y": round(frame_box["y"] + place[1] + 2),
        "width": SIDE,
        "height": SIDE,
    }
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
    return np.asarray(picture, dtype=float)


def least_difference(one: np.ndarray, other: np.ndarray) -> float:
    """Give the mean difference of two tilings in grey levels, at the shift that hides it most."""
    shifts = [(dx, dy) for dx in range(8) for dy in range(8)]
    return min(float(np.abs(np.roll(one, shift, (0, 1)) - other).mean()) for shift in shifts)


@pytest.mark.parametrize("level", [Level.REGION, Level.DEPARTEMENT])
@pytest.mark.parametrize("colour", ["#eff3ff", "#6baed6", "#08519c"])
def test_looks_differ_in_greyscale_whatever_the_colour_of_the_class(draw, level, colour) -> None:
    # In this order every look falls on a large région.
    visit, frame = draw(level, classes="pmsinU0A"[::-1], sizes=[0], palette=[colour])
    tiles = {key: tile_of(frame, visit.page, key) for key in ALL_LOOKS}
    close = {
        pair: least_difference(tiles[pair[0]], tiles[pair[1]])
        for pair in combinations(ALL_LOOKS, 2)
        if least_difference(tiles[pair[0]], tiles[pair[1]]) < 4
    }
    assert close == {}


@pytest.mark.parametrize("level", [Level.REGION, Level.DEPARTEMENT, Level.EPCI])
def test_each_symbol_stands_inside_its_shape_and_leaves_it_the_mouse(draw, level) -> None:
    visit, frame = draw(level, classes="pppm", sizes=[7.5, 21, 4, 9])
    circles = frame.evaluate(
        """() => [...document.querySelectorAll('.symboles circle')].map((circle) => {
          const { symbole } = circle.dataset;
          const shape = document.querySelector(`path[data-territoire="${symbole}"]`);
          const centre = new DOMPoint(circle.cx.baseVal.value, circle.cy.baseVal.value);
          return {
            inside: shape.isPointInFill(centre), key: shape.dataset.classe,
            size: Number(circle.style.getPropertyValue('--r')),
            pointer: getComputedStyle(circle).pointerEvents,
            hidden: circle.closest('[aria-hidden="true"]') !== null,
          };
        })"""
    )
    count = frame.locator("path[data-territoire]").count()
    assert len(circles) == sum("pppm"[i % 4] == "p" for i in range(count))
    assert all(one["inside"] and one["hidden"] for one in circles)
    assert {(one["key"], one["pointer"]) for one in circles} == {("p", "none")}
    sizes = [one["size"] for one in circles]
    assert sizes == sorted(sizes, reverse=True), "a small circle is under a large one"
    assert set(sizes) == {7.5, 21, 4}
    assert visit.errors == []


def test_symbols_of_communes_stand_inside_theirs(draw) -> None:
    _, frame = draw(Level.COMMUNE, classes="pmmmm", sizes=[6])
    outside, circles, drawn = frame.evaluate(
        """() => {
          const { drawing, shapes } = Territoires.map;
          const paths = new Map(shapes.map((shape) => [shape.id, shape.path2D]));
          const inside = ({ id, x, y }) => drawing.layer.probe.isPointInPath(paths.get(id), x, -y);
          return [drawing.circles.filter((one) => !inside(one)).length, drawing.circles.length,
            document.querySelectorAll('.symboles circle').length];
        }"""
    )
    assert (outside, drawn) == (0, 0)
    assert circles == 34_875 // 5


def test_symbols_keep_their_size_in_pixels_whatever_the_zoom(draw) -> None:
    _, frame = draw(Level.REGION, classes="p", sizes=[10])
    diameters = (
        "all => [...new Set(all.map((one) => Math.round(one.getBoundingClientRect().width)))]"
    )
    before = frame.eval_on_selector_all(".symboles circle", diameters)
    zoom(frame, 1.3)
    assert frame.eval_on_selector_all(".symboles circle", diameters) == before
    (diameter,) = before
    assert diameter == pytest.approx(20, abs=2)


def test_symbols_leave_with_the_paint_that_had_them(draw) -> None:
    _, frame = draw(Level.REGION, classes="p", sizes=[10])
    assert frame.locator(".symboles circle").count() == 18
    frame.evaluate(
        "() => Territoires.paint({ ...Territoires.map.wanted, classes: '0'.repeat(18), sizes: undefined })"
    )
    assert frame.locator(".symboles circle").count() == 0


def uncovered(frame: Frame) -> bool:
    """Tell whether some of what the map shows lies beyond the watermark."""
    return frame.evaluate(
        """() => {
          const room = Territoires.map.frame.container.getBoundingClientRect();
          const cover = document.querySelector('.filigrane rect').getBoundingClientRect();
          return cover.left > room.left || cover.right < room.right
            || cover.top > room.top || cover.bottom < room.bottom;
        }"""
    )


@pytest.mark.parametrize("level", [Level.REGION, Level.COMMUNE])
def test_the_watermark_covers_the_map_wherever_it_is_moved(draw, level) -> None:
    visit, frame = draw(level, classes="01m", watermark="Jeu de démonstration")
    assert not uncovered(frame)
    for step in (2, 0.7):
        zoom(frame, step)
        assert not uncovered(frame)
    frame.evaluate("() => Territoires.map.frame.map.panBy([4000, -4000], { animate: false })")
    assert not uncovered(frame)
    assert frame.locator(".marque").inner_text() == "Jeu de démonstration"
    assert visit.errors == []


@pytest.mark.parametrize(
    ("scheme", "media", "forced"),
    [
        ("light", "screen", "none"),
        ("dark", "screen", "none"),
        ("light", "print", "none"),
        ("light", "screen", "active"),
        ("dark", "screen", "active"),
    ],
)
def test_the_watermark_is_seen_in_every_light(draw, scheme, media, forced) -> None:
    """Without it, the same picture is not the same by far more than noise."""
    visit, frame = draw(Level.REGION, classes="0", watermark="Jeu de démonstration")
    visit.page.emulate_media(color_scheme=scheme, media=media, forced_colors=forced)
    visit.page.wait_for_timeout(300)
    carte = visit.page.locator("iframe[src*=streamlit_folium]")

    def picture() -> np.ndarray:
        image = Image.open(io.BytesIO(carte.screenshot())).convert("L")
        # The corner's tag aside: what is spread over the map is measured.
        return np.asarray(image, dtype=float)[:, 40:]

    marked = picture()
    frame.evaluate("() => Territoires.paint({ ...Territoires.map.wanted, watermark: undefined })")
    bare = picture()
    changed = np.abs(marked - bare) > 12
    assert 0.02 < changed.mean() < 0.25
    rows, columns = changed.shape
    blocks = changed[: rows // 4 * 4, : columns // 4 * 4].reshape(4, rows // 4, 4, columns // 4)
    assert (blocks.mean(axis=(1, 3)) > 0.005).all(), "some part of the map is without watermark"


def test_the_watermark_lies_over_the_shapes_under_the_rings_and_takes_nothing(draw) -> None:
    _, frame = draw(Level.REGION, classes="0", watermark="Jeu de démonstration")
    order = frame.eval_on_selector_all(
        ".planche > g", "all => all.map((one) => one.getAttribute('class'))"
    )
    assert order.index("territoires") < order.index("symboles") < order.index("filigrane")
    assert order.index("filigrane") < order.index("anneaux")
    assert frame.get_attribute(".filigrane", "aria-hidden") == "true"
    pointers = frame.eval_on_selector_all(
        ".filigrane rect, .marque", "all => all.map((one) => getComputedStyle(one).pointerEvents)"
    )
    assert pointers == ["none", "none"]
    levels = frame.eval_on_selector_all(
        ".marque, .boutons, .bulle", "all => all.map((one) => Number(getComputedStyle(one).zIndex))"
    )
    assert levels
    tag = frame.locator(".marque").evaluate("one => Number(getComputedStyle(one).zIndex)")
    assert tag == min(levels)


@pytest.mark.parametrize("viewport", [(390, 800), (700, 900), (1000, 950), (1440, 900)])
def test_the_tag_hides_no_territory(draw, viewport) -> None:
    _, frame = draw(Level.REGION, viewport, classes="0", watermark="Jeu de démonstration")
    hidden = frame.evaluate(
        """() => {
          const tag = document.querySelector('.marque').getBoundingClientRect();
          return [...document.querySelectorAll('path[data-territoire]')].filter((path) => {
            const box = path.getBoundingClientRect();
            return box.left < tag.right && box.right > tag.left && box.top < tag.bottom && box.bottom > tag.top;
          }).map((path) => path.getAttribute('aria-label'));
        }"""
    )
    assert hidden == []


def test_a_hostile_watermark_is_only_text(draw) -> None:
    visit, frame = draw(Level.REGION, classes="0", watermark=HOSTILE)
    assert frame.locator(".marque").inner_text() == HOSTILE
    assert set(frame.locator(".filigrane text").all_text_contents()) == {HOSTILE}
    assert frame.locator("img").count() == 0
    assert visit.page.evaluate("() => window.piege") is None
    assert visit.foreign == []


def test_a_paint_without_watermark_takes_it_away(draw) -> None:
    _, frame = draw(Level.REGION, classes="0", watermark="Jeu de démonstration")
    frame.evaluate("() => Territoires.paint({ ...Territoires.map.wanted, watermark: undefined })")
    assert frame.locator(".filigrane rect").count() == 0
    assert not frame.locator(".marque").is_visible()
