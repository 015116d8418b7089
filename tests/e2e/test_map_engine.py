"""The map engine alone in Chromium: its states, its symbols, its actors, its watermark."""

from __future__ import annotations

import io
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Frame, Page

from territoires.domain.territories import Level
from tests.e2e.engine import ACTORS, CROWD, SOUTH, wait_at_rest

HOSTILE = "</text><img src=x onerror=\"parent.piege=1\"> & {{'x'}}"
ALL_LOOKS = "0AUmsinp"
SIDE = 24


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


#: A corner of a square well inside a territory drawn with each key, or nothing.
PLACES = """([keys, side]) => {
  const place = (key) => {
    for (const path of document.querySelectorAll(`path[data-classe="${key}"]`)) {
      const box = path.getBoundingClientRect();
      for (let y = box.top; y < box.bottom; y += 6) for (let x = box.left; x < box.right; x += 6) {
        const corners = [0, 0.5, 1].flatMap((u) => [0, 0.5, 1].map((v) => [x + u * side, y + v * side]));
        if (corners.every(([u, v]) => document.elementFromPoint(u, v) === path)) return [x, y];
      }
    }
    return null;
  };
  return Object.fromEntries([...keys].map((key) => [key, place(key)]));
}"""


def tiles_of(page: Page, places: dict[str, list[float]]) -> dict[str, np.ndarray]:
    """Give the squares of the map in grey, one of each key."""
    box = page.locator("iframe[src*=streamlit_folium]").bounding_box()
    assert box
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    grey = np.asarray(picture, dtype=float)
    tiles = {}
    for key, place in places.items():
        assert place, f"no territory drawn {key!r} is large enough"
        x, y = round(box["x"] + place[0] + 2), round(box["y"] + place[1] + 2)
        tiles[key] = grey[y : y + SIDE, x : x + SIDE]
    return tiles


def least_difference(one: np.ndarray, other: np.ndarray) -> float:
    """Give the mean difference of two tilings in grey levels, at the shift that hides it most."""
    shifts = [(dx, dy) for dx in range(8) for dy in range(8)]
    return min(float(np.abs(np.roll(one, shift, (0, 1)) - other).mean()) for shift in shifts)


@pytest.mark.parametrize("level", [Level.REGION, Level.DEPARTEMENT])
def test_looks_differ_in_greyscale_whatever_the_colour_of_the_class(draw, level) -> None:
    places: dict[str, list[float]] = {}
    for colour in ("#eff3ff", "#6baed6", "#08519c"):
        # In this order every look falls on a large région.
        visit, frame = draw(level, classes="pmsinU0A"[::-1], sizes=[0], palette=[colour])
        places = places or frame.evaluate(PLACES, [ALL_LOOKS, SIDE + 4])
        tiles = tiles_of(visit.page, places)
        differences = {
            pair: least_difference(tiles[pair[0]], tiles[pair[1]])
            for pair in combinations(ALL_LOOKS, 2)
        }
        assert {pair: one for pair, one in differences.items() if one < 4} == {}, colour


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
    assert diameter == pytest.approx(20 * symbol_scale(frame), abs=2)


def symbol_scale(frame: Frame) -> float:
    """Give what the style sheet multiplies the radii by."""
    return frame.locator(".planche").evaluate(
        "one => Number(getComputedStyle(one).getPropertyValue('--echelle-cercles'))"
    )


def test_symbols_have_their_full_size_on_a_large_map(draw) -> None:
    _, frame = draw(Level.REGION, (1500, 1100), layout="wide", classes="p", sizes=[10])
    assert symbol_scale(frame) == 1
    (circle, *_) = frame.locator(".symboles circle").all()
    box = circle.bounding_box()
    assert box
    assert box["width"] == pytest.approx(20, abs=2)


@pytest.mark.parametrize("viewport", [(390, 844), (840, 390)])
def test_symbols_shrink_with_a_small_map_and_tell_the_page_by_how_much(draw, viewport) -> None:
    visit, frame = draw(Level.REGION, viewport, classes="p", sizes=[20])
    width, height = frame.evaluate(
        "() => { const { x, y } = Territoires.map.frame.map.getSize(); return [x, y]; }"
    )
    scale = symbol_scale(frame)
    assert scale == pytest.approx(min(1, width / 900, height / 540))
    assert scale < 0.7
    (circle, *_) = frame.locator(".symboles circle").all()
    box = circle.bounding_box()
    assert box
    assert box["width"] == pytest.approx(40 * scale, abs=2)
    told = visit.page.evaluate(
        "() => document.documentElement.style.getPropertyValue('--echelle-cercles')"
    )
    assert float(told) == scale


def test_symbols_follow_a_map_that_is_resized(draw) -> None:
    visit, frame = draw(Level.REGION, (1500, 1100), layout="wide", classes="p", sizes=[20])
    assert symbol_scale(frame) == 1
    visit.page.set_viewport_size({"width": 390, "height": 844})
    frame.wait_for_function(
        "() => Territoires.map.frame.map.getSize().x < 400 && Territoires.map.plate.symbolScale < 0.5"
    )
    assert symbol_scale(frame) < 0.5


def largest_cluster(frame: Frame):
    return frame.locator(".acteurs").filter(has_text="12")


def distance_from_crowd(frame: Frame) -> float:
    """Give how far the middle of the view stands from the crowd, in kilometres."""
    return frame.evaluate(
        """([x, y]) => {
          const { lat, lng } = Territoires.map.frame.map.getCenter();
          return Math.hypot(lng - x, lat - y);
        }""",
        CROWD,
    )


def wait_until_zoomed(frame: Frame) -> None:
    frame.wait_for_function("() => Territoires.map.frame.map.getZoom() > 0.3")
    wait_at_rest(frame)


def test_a_cluster_opened_with_the_mouse_shows_its_actors_and_nothing_else(draw) -> None:
    visit, frame = draw(Level.REGION, classes="0", points=ACTORS)
    assert distance_from_crowd(frame) > 100
    largest_cluster(frame).click()
    wait_until_zoomed(frame)
    assert distance_from_crowd(frame) < 40
    assert not frame.locator(".bulle").is_visible()
    assert frame.evaluate("() => document.activeElement === document.body")
    assert visit.errors == []


def test_a_cluster_opened_with_the_keyboard_gives_the_focus_to_one_of_its_actors(draw) -> None:
    visit, frame = draw(Level.REGION, classes="0", points=ACTORS)
    # The tab stop is the first actor, far from the crowd; the arrows go to the crowd.
    frame.locator(".leaflet-marker-pane [tabindex='0']").focus()
    for _ in ACTORS:
        if frame.evaluate("() => document.activeElement.classList.contains('acteurs')"):
            break
        visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Enter")
    wait_until_zoomed(frame)
    assert distance_from_crowd(frame) < 40
    near = frame.evaluate(
        """([x, y]) => {
          const active = document.activeElement;
          return active.place && Math.hypot(active.place[0] - x, active.place[1] - y);
        }""",
        CROWD,
    )
    assert near is not None
    assert near < 45
    stops = frame.locator(".leaflet-marker-pane [tabindex='0']")
    assert stops.count() == 1
    assert stops.evaluate("one => one === document.activeElement")
    assert frame.locator(".bulle").is_visible()


def test_the_arrows_bring_an_actor_out_of_view_into_it(draw) -> None:
    visit, frame = draw(Level.REGION, classes="0", points=ACTORS)
    frame.evaluate(
        "([x, y]) => Territoires.map.frame.map.setView([y, x], 1, { animate: false })", SOUTH
    )
    frame.locator(".leaflet-marker-pane [tabindex='0']").focus()
    visit.page.keyboard.press("End")
    inside = frame.evaluate(
        """() => {
          const room = Territoires.map.frame.container.getBoundingClientRect();
          const box = document.activeElement.getBoundingClientRect();
          return box.left >= room.left && box.right <= room.right
            && box.top >= room.top && box.bottom <= room.bottom;
        }"""
    )
    assert inside


def over(ink: list[float], ground: list[float]) -> list[float]:
    """Lay a colour with an opacity over an opaque one."""
    alpha = ink[3]
    return [alpha * one + (1 - alpha) * other for one, other in zip(ink, ground, strict=False)]


def luminance(colour: list[float]) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


#: Distances between the edges of the marks of actors that are closest, in pixels.
CLOSEST = """() => {
  const marks = [...document.querySelectorAll('.acteur svg, .acteurs span')].map((mark) => {
    const { left, top, width } = mark.getBoundingClientRect();
    return [left + width / 2, top + width / 2, width / 2];
  });
  return Math.min(...marks.flatMap(([x, y, r], at) => marks.slice(at + 1)
    .map(([u, v, s]) => Math.hypot(x - u, y - v) - r - s)));
}"""


def test_marks_and_watermark_of_the_size_a_stage_asks_for_never_overlap(draw) -> None:
    points = [(200 + 17 * (i % 31), 6300 + 23 * (i * i % 29)) for i in range(300)]
    visit, frame = draw(Level.REGION, classes="0", points=points, watermark="Démonstration")
    assert frame.evaluate(CLOSEST) >= 0
    frame.evaluate(
        """() => {
          const { style } = document.documentElement;
          style.setProperty('--signe', '22px');
          style.setProperty('--disque', '32px');
          style.setProperty('--lettre', '24px');
          document.dispatchEvent(new CustomEvent('tailles'));
        }"""
    )
    assert frame.evaluate(CLOSEST) >= 0
    assert frame.locator(".acteurs span").first.bounding_box()["width"] >= 32
    assert sum(map(int, frame.locator(".acteurs").all_inner_texts())) + frame.locator(
        ".acteur"
    ).count() == len(points)
    letter = frame.evaluate(
        """() => {
          const scale = document.querySelector('#motif-filigrane').patternTransform.baseVal[0].matrix.a;
          return 21 * scale / Territoires.map.frame.kmPerPixel();
        }"""
    )
    assert letter == pytest.approx(24)
    assert visit.errors == []


@pytest.mark.parametrize("theme", ["clair", "sombre"])
def test_the_number_of_a_cluster_is_read_on_every_ground(draw, theme) -> None:
    _, frame = draw(Level.REGION, classes="0", points=ACTORS)
    ink, disc = frame.evaluate(
        """(theme) => {
          document.documentElement.dataset.theme = theme;
          const style = getComputedStyle(document.querySelector('.acteurs span'));
          const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          return [style.color, style.backgroundColor].map((colour) => {
            pen.clearRect(0, 0, 1, 1);
            pen.fillStyle = colour;
            pen.fillRect(0, 0, 1, 1);
            const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
            return [red, green, blue, alpha / 255];
          });
        }""",
        theme,
    )
    assert disc[3] < 1, "the map shows through"
    for ground in ([0, 0, 0], [255, 255, 255]):
        low, high = sorted((luminance(ink), luminance(over(disc, ground))))
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_actors_keep_their_colours_on_paper(draw) -> None:
    _, frame = draw(Level.REGION, classes="0", points=ACTORS)
    kept = frame.eval_on_selector_all(
        ".acteurs span, .acteur svg",
        "all => all.map((one) => getComputedStyle(one).printColorAdjust)",
    )
    assert len(kept) > 1
    assert set(kept) == {"exact"}


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


#: The départements of Bretagne.
BRETAGNE = ["22", "29", "35", "56"]


def shapes_of(frame: Frame, inside: bool) -> Any:
    return frame.locator(f"path[data-territoire]{':not' if inside else ':is'}([data-etat=dehors])")


def share_of_the_frame(frame: Frame, selector: str = "path[data-etat]:not([data-etat=dehors])"):
    """Give how much of the frame some shapes fill, and whether they stand all in it."""
    return frame.evaluate(
        """(selector) => {
          const room = Territoires.map.frame.container.getBoundingClientRect();
          const boxes = [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
          const [left, top] = ['left', 'top'].map((side) => Math.min(...boxes.map((box) => box[side])));
          const [right, bottom] = ['right', 'bottom'].map((side) => Math.max(...boxes.map((box) => box[side])));
          return {
            share: Math.max((right - left) / room.width, (bottom - top) / room.height),
            within: left >= room.left - 1 && right <= room.right + 1 && top >= room.top - 1 && bottom <= room.bottom + 1,
          };
        }""",
        selector,
    )


def test_a_limited_map_is_framed_on_what_is_inside(draw) -> None:
    visit, frame = draw(Level.DEPARTEMENT, classes="01", inside=BRETAGNE, within="region-53")
    seen = share_of_the_frame(frame)
    assert seen["within"]
    assert seen["share"] > 0.9
    assert shapes_of(frame, inside=True).count() == 4
    assert frame.locator(".limites .limite").get_attribute("d")
    assert visit.errors == []


def test_what_lies_outside_is_neither_named_nor_reached(draw) -> None:
    visit, frame = draw(Level.DEPARTEMENT, classes="0", inside=BRETAGNE, within="region-53")
    outside = shapes_of(frame, inside=False)
    assert outside.count() == 101 - 4
    attributes = outside.evaluate_all(
        "all => all.map((one) => [one.getAttribute('role'), one.getAttribute('tabindex'), "
        "one.getAttribute('aria-label'), one.getAttribute('aria-pressed'), "
        "one.getAttribute('aria-hidden'), getComputedStyle(one).pointerEvents])"
    )
    assert {tuple(one) for one in attributes} == {(None, None, None, None, "true", "none")}
    frame.locator("path[tabindex='0']").focus()
    seen = []
    for key in ("Home", *["PageDown"] * 5, "End", "ArrowRight", "ArrowLeft", "ArrowLeft", "PageUp"):
        visit.page.keyboard.press(key)
        seen.append(frame.evaluate("() => document.activeElement.dataset.territoire"))
    assert seen[:7] == [f"departement-{code}" for code in (*BRETAGNE, "56", "56", "56")]
    assert set(seen) <= {f"departement-{code}" for code in BRETAGNE}


def repaint(frame: Frame, changes: str) -> None:
    frame.evaluate(f"() => Territoires.paint({{ ...Territoires.map.wanted, {changes} }})")
    wait_at_rest(frame)


def test_the_same_limit_in_other_colours_leaves_the_view_where_the_reader_put_it(draw) -> None:
    _, frame = draw(Level.DEPARTEMENT, classes="01", inside=BRETAGNE, within="region-53")
    zoom(frame, 1)
    place = "() => { const { map } = Territoires.map.frame; return [map.getZoom(), map.getCenter().lat]; }"
    before = frame.evaluate(place)
    repaint(frame, "classes: Territoires.map.wanted.classes.replaceAll('1', '0')")
    assert frame.evaluate(place) == before
    frame.locator("button[title='Vue d’ensemble']").click()
    assert share_of_the_frame(frame)["share"] > 0.9


def test_a_limit_that_goes_gives_the_whole_country_back(draw) -> None:
    _, frame = draw(Level.DEPARTEMENT, classes="0", inside=BRETAGNE, within="region-53")
    repaint(frame, "classes: '0'.repeat(101), texts: undefined, within: undefined")
    assert shapes_of(frame, inside=False).count() == 0
    seen = share_of_the_frame(frame)
    assert seen["within"]
    assert seen["share"] > 0.9
    assert frame.locator(".limites .limite").get_attribute("d") == ""
    assert frame.locator("path[role=button]").count() == 101
    assert frame.locator("path[tabindex='0']").count() == 1


def test_a_limit_in_an_inset_is_framed_alone(draw) -> None:
    _, frame = draw(Level.EPCI, classes="0", inside=["249740", "200043"], within="region-04")
    inside = shapes_of(frame, inside=True).evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert inside
    assert share_of_the_frame(frame)["within"]


def test_communes_outside_the_limit_are_not_under_the_pointer(draw) -> None:
    visit, frame = draw(
        Level.COMMUNE, (1000, 800), classes="0", inside=["53"], within="departement-53"
    )
    under = """(code) => {
      const { shapes, frame, drawing } = Territoires.map;
      const { box: [west, south, east, north] } = shapes.find(({ id }) => id === `commune-${code}`);
      const at = frame.map.latLngToContainerPoint([(south + north) / 2, (west + east) / 2]);
      const room = frame.container.getBoundingClientRect();
      return [room.left + at.x, room.top + at.y];
    }"""
    box = visit.page.locator("iframe[src*=streamlit_folium]").bounding_box()

    def point_at(code: str) -> None:
        x, y = frame.evaluate(under, code)
        visit.page.mouse.move(box["x"] + x, box["y"] + y)

    point_at("53130")
    frame.locator(".bulle.visible").wait_for()
    assert "77 %" in frame.locator(".bulle").inner_text()
    point_at("72264")  # Sablé-sur-Sarthe, next to the Mayenne
    assert not frame.locator(".bulle").is_visible()
    assert visit.errors == []


def test_the_actors_shown_are_those_asked_for(draw) -> None:
    _, frame = draw(Level.REGION, classes="0", points=ACTORS, actors=[0, 13])
    labels = frame.locator(".acteur").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label').split(',')[0])"
    )
    assert sorted(labels) == ["Acteur 0", "Acteur 13"]
    repaint(frame, "actors: undefined")
    assert largest_cluster(frame).count() == 1


def test_zones_are_merged_from_their_members_and_read_as_other_shapes(draw) -> None:
    # Brittany's four départements two by two, and Corsica, which overlaps nothing.
    visit, frame = draw(
        Level.ZONE, classes="01", members="departement", zones=[[22, 29], [35, 56], [19, 20]]
    )
    shapes = frame.locator("path[data-territoire]")
    assert shapes.evaluate_all(
        "all => all.map((one) => [one.dataset.territoire, one.getAttribute('aria-label')])"
    ) == [[f"zone-essai.{i}", f"Zone {i}, 77 %"] for i in range(3)]
    assert frame.locator(".fond path").count() == 1
    assert share_of_the_frame(frame, ".fond path")["share"] > 0.8
    frame.locator("path[tabindex='0']").focus()
    visit.page.keyboard.press("End")
    visit.page.keyboard.press("Enter")
    assert shapes.nth(2).get_attribute("aria-pressed") == "true"
    assert visit.errors == []


def test_overlapping_zones_are_both_drawn_the_later_above(draw) -> None:
    _, frame = draw(Level.ZONE, classes="01", members="departement", zones=[[22, 29, 35], [29, 56]])
    shared = frame.evaluate(
        """() => {
          const [one, other] = document.querySelectorAll('path[data-territoire]');
          const { read } = Territoires.map.geometry.shapes[1];
          const [x, y] = read()[0][0].reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
          return [one, other].map((path) => path.getBoundingClientRect().width > 0)
            .concat(one.compareDocumentPosition(other) === Node.DOCUMENT_POSITION_FOLLOWING, x > 0, y > 0);
        }"""
    )
    assert shared == [True] * 5


def test_the_communes_circles_keep_to_the_size_they_are_given(draw) -> None:
    """Specks are drawn as they are: a floor would hide the country under 34,875 of them."""
    _, frame = draw(Level.COMMUNE, classes="p", sizes=[0.3, 0.1, 12])
    radii = frame.evaluate(
        "() => [...new Set(Territoires.map.drawing.circles.map(({ radius }) => radius))]"
    )
    assert radii == [12, 0.3, 0.1]
