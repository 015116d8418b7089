"""Maps on slides: one named shape per territory, textures, a legend, a picture for the finest."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from territoires.domain.selection import Dataset
from territoires.render.drawn_map import build_drawn_map
from territoires.render.slides import map_slides, maps, read_slide_drawing
from territoires.render.slides.maps import fill_of
from territoires.render.slides.markup import Box
from territoires.render.typography import hold_together
from territoires.tables.published import Published
from territoires.views.map_view import MapView
from tests.render.slides.conftest import Written, texts, write

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def simulated_map(simulated: MapView, demonstration: Published):
    return build_drawn_map(simulated, read_slide_drawing(simulated, demonstration.zonings))


def group_of(slide, name: str):
    return next(shape for shape in slide.shapes if shape.name == name)


def test_each_territory_is_a_shape_with_its_name_its_words_and_its_colour(simulated_map) -> None:
    slide = write(*map_slides(simulated_map), dataset=Dataset.DEMONSTRATION).slides[0]
    by_name = {shape.name: shape._element for shape in group_of(slide, "Carte").shapes}
    for shape in simulated_map.shapes:
        element = by_name[shape.name]
        words = next(element.iter("{*}cNvPr")).get("descr")
        assert words == (f"{shape.name}\u00a0: {shape.text}" if shape.text else shape.name)
        properties = element.find("{*}spPr")
        pattern = properties.find("{*}pattFill")
        assert (pattern is not None) == bool(shape.texture)
        colour = next(
            (properties.find("{*}solidFill") if pattern is None else pattern.find("{*}bgClr")).iter(
                "{*}srgbClr"
            )
        )
        assert colour.get("val").lower() == shape.fill.lstrip("#").lower()


def test_textures_differ_by_their_form(simulated_map) -> None:
    states = {shape.texture for shape in simulated_map.shapes} - {""}
    assert len(states) > 1
    assert len({maps._PATTERNS[state] for state in maps._PATTERNS}) == len(maps._PATTERNS)
    assert states <= set(maps._PATTERNS)


def test_the_strokes_of_a_texture_leave_the_colour_of_its_class() -> None:
    for ground in ("ffffcc", "41b6c4", "253494"):
        told = fill_of(f"#{ground}", "indicatif")
        ink, below = (bytes.fromhex(one) for one in re.findall(r'srgbClr val="(\w{6})"', told))
        assert below.hex() == ground
        assert 40 < max(abs(x - y) for x, y in zip(ink, below, strict=True)) < 160


def test_outlines_are_thin_and_lie_in_the_map(simulated_map) -> None:
    slide = write(*map_slides(simulated_map)).slides[0]
    group = group_of(slide, "Carte")
    number = 0
    for shape in group.shapes:
        number += sum(1 for _ in shape._element.iter("{*}pt"))
        assert group.left - 2 <= shape.left
        assert shape.left + shape.width <= group.left + group.width + 2
        assert group.top - 2 <= shape.top
        assert shape.top + shape.height <= group.top + group.height + 2
    assert number < 80 * len(simulated_map.shapes)


def test_north_is_up(simulated_map) -> None:
    slide = write(*map_slides(simulated_map)).slides[0]
    tops = {shape.name: shape.top for shape in group_of(slide, "Carte").shapes}
    assert tops["Hauts-de-France"] < tops["Occitanie"]
    lefts = {shape.name: shape.left for shape in group_of(slide, "Carte").shapes}
    assert lefts["Bretagne"] < lefts["Grand Est"]


def test_holes_are_parts_of_the_same_path(simulated_map) -> None:
    outer, hole = simulated_map.shapes[0].polygons[0][0], simulated_map.shapes[0].polygons[0][0]
    shape = replace(simulated_map.shapes[0], polygons=((outer, hole / 2),))
    drawn = replace(simulated_map, shapes=(shape,), symbols=(), frames=(), watermark="")
    xml = maps.map_group(drawn, Box(0, 0, 100, 100))
    assert xml.count("<a:moveTo>") == 2
    assert xml.count("<a:path ") == 1


def test_the_map_carries_its_mark_its_legend_and_its_sentence(simulated_map) -> None:
    slide = write(*map_slides(simulated_map), dataset=Dataset.DEMONSTRATION).slides[0]
    assert simulated_map.watermark in texts(group_of(slide, "Carte").shapes)
    legend = texts(group_of(slide, "Légende").shapes)
    for entry in simulated_map.legend:
        told = entry.label if entry.count is None else f"{entry.label} ({entry.count})"
        assert told.replace("\u00a0", " ") in [text.replace("\u00a0", " ") for text in legend]
    assert simulated_map.benchmark.replace(" :", "\u00a0:") in legend
    assert hold_together(simulated_map.sentence)[:60] in " ".join(texts(slide.shapes))


def test_the_chosen_territory_is_drawn_last_with_a_strong_border(simulated_deck: Written) -> None:
    slide = next(s for s in simulated_deck.file.slides if any(x.name == "Carte" for x in s.shapes))
    names = [shape.name for shape in group_of(slide, "Carte").shapes]
    territories = {shape.name for shape in simulated_deck.drawn.shapes}
    drawn = [name for name in names if name in territories]
    assert drawn[-1] == simulated_deck.portrait.territory.name


def test_a_map_of_too_many_shapes_is_a_picture_told_in_words(
    simulated_map, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "MAX_SHAPES", 3)
    monkeypatch.setattr(maps, "picture", lambda _: PNG)
    slide = write(*map_slides(simulated_map)).slides[0]
    picture = group_of(slide, "Carte")
    assert picture.image.blob == PNG
    assert next(picture._element.iter("{*}cNvPr")).get("descr").startswith(simulated_map.title[:20])
    assert group_of(slide, "Légende")


def test_circles_stand_for_counts_in_the_scale_of_the_map(decks) -> None:
    commune = next(one for one in decks if one.name == "publie commune-53130")
    slide = next(s for s in commune.file.slides if any(x.name == "Carte" for x in s.shapes))
    group = group_of(slide, "Carte")
    widest = max(circle.radius_km for circle in commune.drawn.symbols)
    west, _, east, _ = commune.drawn.bounds
    scale = group.width / (east - west)
    circles = [x for x in group.shapes if "ellipse" in str(x._element.xml)]
    assert len(circles) == len(commune.drawn.symbols)
    assert max(circle.width for circle in circles) == pytest.approx(2 * widest * scale, rel=0.01)


def test_the_land_around_a_limited_map_is_cut_at_its_edges(decks) -> None:
    commune = next(one for one in decks if one.name == "publie commune-53130")
    assert commune.view.within
    square = np.array([[0, 0], [0, 9_000], [9_000, 9_000], [9_000, 0], [0, 0]], dtype=float)
    drawn = replace(commune.drawn, ground=((square,),))
    group = group_of(write(*map_slides(drawn)).slides[0], "Carte")
    land = next(shape for shape in group.shapes if shape.name == "Terres voisines")
    assert (land.left, land.top) == (group.left, group.top)
    assert land.width == pytest.approx(group.width, abs=2)
