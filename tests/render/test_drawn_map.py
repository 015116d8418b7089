"""What leaves the screen is what was on it: same shapes, colours, textures, words, counts."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PIL import Image

from territoires.analysis.composition import map_bounds
from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import drawn_map, map_svg
from territoires.render.drawn_legend import legend_entries, legend_note, legend_title
from territoires.render.drawn_map import DrawnMap, build_drawn_map, read_drawing_of
from territoires.render.fonts import text_width
from territoires.render.images import to_png, to_svg_file
from territoires.render.legend import build_legend
from territoires.render.map_layout import Layout, lay_out
from territoires.render.map_look import LIGHT_LOOK, TEXTURES
from territoires.render.map_paint import fills
from territoires.render.map_svg import Pen, swatch_svg, to_svg
from territoires.render.typography import hold_together
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.french import ATTRIBUTION
from territoires.views.map_view import STATE_LABELS, MapView, State, build_map_view
from territoires.views.selection import indicators_at
from tests.render.pieces import HOSTILE, read
from tests.render.test_choropleth import browser_looks

SVG = "{http://www.w3.org/2000/svg}"
NORMANDIE = TerritoryId(Level.REGION, "28")
PNG_WIDTH = 2400


@dataclass(frozen=True)
class Drawer:
    """Draw what a reader would see for a selection."""

    sets: Mapping[Dataset, Published]
    directory: Directory
    names: Mapping[TerritoryId, NameForms]

    def view(self, selection: Selection) -> MapView:
        data = self.sets[selection.dataset]
        return build_map_view(selection, data, self.directory, self.names)

    def draw(self, view: MapView, selected: TerritoryId | None = None) -> DrawnMap:
        drawing = read_drawing_of(view, self.sets[view.dataset].zonings)
        return build_drawn_map(view, drawing, selected=selected)

    def count(self, level: Level, dataset: Dataset = Dataset.PUBLIE, **place: object) -> DrawnMap:
        data = self.sets[dataset]
        counts = (i for i in indicators_at(data, level) if i.indicator_id == "population")
        indicator = next(counts, indicators_at(data, level)[0])
        wave = next(o.wave for o in data.of_indicator(indicator.indicator_id, level))
        return self.draw(
            self.view(Selection(indicator.indicator_id, wave, dataset, level, **place))  # type: ignore[arg-type]
        )


@pytest.fixture(scope="module")
def drawer(
    datasets: tuple[Published, Published],
    zoned: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> Drawer:
    return Drawer({data.dataset: data for data in datasets}, zoned, names)


@pytest.fixture(scope="module")
def real(drawer: Drawer, view: MapView) -> DrawnMap:
    return drawer.draw(view, NORMANDIE)


@pytest.fixture(scope="module")
def marked(drawer: Drawer, simulated: MapView) -> DrawnMap:
    return drawer.draw(simulated)


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def words(svg: str) -> str:
    return " ".join(text.text or "" for text in parse(svg).iter(f"{SVG}text"))


def test_every_region_is_drawn_with_the_colour_texture_and_words_of_its_state(
    real: DrawnMap, marked: DrawnMap, view: MapView, simulated: MapView
) -> None:
    for drawn, seen in ((real, view), (marked, simulated)):
        colours = fills(seen)
        assert [shape.id for shape in drawn.shapes] == [row.id for row in seen.rows]
        for shape, row in zip(drawn.shapes, seen.rows, strict=True):
            coloured = row.class_index is not None
            assert (shape.fill in colours) is coloured
            assert shape.texture == ("" if row.state is State.CLASSE else row.state.value)
            assert row.state is State.CLASSE or STATE_LABELS[row.state].lower() in shape.text
    assert len({shape.texture for shape in marked.shapes}) == 4


def test_simulated_values_say_so_in_title_words_and_watermark(marked: DrawnMap) -> None:
    edition = EDITIONS[Dataset.DEMONSTRATION]
    assert marked.title.startswith(edition.mark)
    assert marked.watermark == edition.watermark
    assert all(s.text.count("simulé") == 1 for s in marked.shapes if s.fill.startswith("#2"))
    assert words(to_svg(marked)).count(edition.watermark) > 10
    assert words(to_svg(marked, 300, with_furniture=False)).count(edition.watermark) > 3


def test_the_legend_is_that_of_the_screen_in_every_mode(views: list[MapView]) -> None:
    for seen in views:
        html = read(build_legend(seen)).text
        for entry in legend_entries(seen, 1.0):
            assert hold_together(entry.label) in html
            assert entry.count is None or str(entry.count)[-3:] in html
        assert hold_together(legend_note(seen)) in html
        assert legend_title(seen).startswith("Légende")


def test_the_legend_counts_what_is_drawn(drawer: Drawer) -> None:
    seen = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
    for mode in Mode:
        drawn = drawer.draw(drawer.view(replace(seen, mode=mode)))
        fills_drawn = Counter(shape.fill for shape in drawn.shapes)
        textures = Counter(shape.texture for shape in drawn.shapes)
        for entry in drawn.legend:
            drawn_number = textures[entry.texture] if entry.texture else fills_drawn[entry.fill]
            assert drawn_number == entry.count


def test_textures_are_those_of_the_screen() -> None:
    assert {name: (form.path, form.width) for name, form in TEXTURES.items()} == browser_looks()[2]


def test_grounds_and_lines_are_those_of_the_screen() -> None:
    from territoires.settings import STATIC

    css = (STATIC / "map" / "choropleth.css").read_text(encoding="utf-8")
    block = re.findall(r":root[^{]*\{(.*?)\}", css, re.DOTALL)[0]
    names = ("mer", "terre", "vide", "dehors", "motif", "parent", "cadre", "encre", "halo")
    told = dict(re.findall(r"--([\w-]+): (#\w+);", block))
    long = {
        name: told[name] if len(told[name]) > 4 else told[name] + told[name][1:] for name in names
    }
    look = LIGHT_LOOK
    shown = (look.sea, *look.grounds.values(), look.motif, look.parent, look.frame)
    assert {long[n] for n in names[:7]} == set(shown)
    assert (long["encre"], long["halo"]) == (look.ink, look.halo)


def test_counts_are_circles_of_proportional_areas_the_largest_first(drawer: Drawer) -> None:
    drawn = drawer.count(Level.DEPARTEMENT)
    radii = [symbol.radius_km for symbol in drawn.symbols]
    assert radii == sorted(radii, reverse=True)
    assert len(radii) > 90
    largest = max(entry.radius_km for entry in drawn.legend)
    assert largest == pytest.approx(max(radii), rel=0.1)
    assert all(entry.is_symbol and entry.count is None for entry in drawn.legend)
    assert drawn.backdrop
    assert len(drawn.frames) == 5
    assert drawn.bounds == map_bounds()


@pytest.mark.parametrize("within", ["departement-976", "departement-53", "region-53"])
def test_a_limited_map_is_drawn_alone_in_its_own_bounds(drawer: Drawer, within: str) -> None:
    limit = TerritoryId.parse(within)
    level = Level.COMMUNE if limit.level is Level.DEPARTEMENT else Level.DEPARTEMENT
    drawn = drawer.count(level, within=limit)
    assert len(drawn.shapes) == len(drawer.directory.children(limit, level))
    assert not drawn.frames
    west, south, east, north = drawn.bounds
    assert east - west < 500
    assert drawn.backdrop
    for symbol in drawn.symbols:
        assert west <= symbol.x - symbol.radius_km <= symbol.x + symbol.radius_km <= east
        assert south <= symbol.y - symbol.radius_km <= symbol.y + symbol.radius_km <= north
    # The neighbours of Bretagne are land, those of Mayotte are elsewhere.
    assert bool(drawn.ground) is (within == "region-53")


def test_zones_are_drawn_on_the_land_that_no_zone_covers(drawer: Drawer) -> None:
    zoning = next(iter(drawer.sets[Dataset.DEMONSTRATION].zonings))
    drawn = drawer.count(Level.ZONE, Dataset.DEMONSTRATION, zoning=zoning)
    assert len(drawn.shapes) == len(drawer.directory.of_level(Level.ZONE, zoning))
    assert drawn.ground


def test_an_svg_is_whole_named_and_loads_nothing(real: DrawnMap) -> None:
    svg = to_svg_file(real).decode()
    root = parse(svg)
    assert root.find(f"{SVG}title").text == real.title  # type: ignore[union-attr]
    named = {
        path.get("data-territoire"): path.findtext(f"{SVG}title")
        for path in root.iter(f"{SVG}path")
    }
    assert named["region-28"] == "Normandie : 77\u00a0%, effectif non communiqué"
    assert named["region-53"] == "Bretagne : aucune valeur disponible"
    assert not re.search(r"(?:href|src)=|url\((?!#|data:)", svg)
    shown = words(svg)
    for text in (real.date, "Sources" if len(real.sources) > 1 else "Source", "Guadeloupe"):
        assert text in shown
    for text in (
        ATTRIBUTION,
        real.sources[0].title,
        real.benchmark,
        real.legend_note,
        *real.caveats,
    ):
        assert re.sub(r"\s", "", text) in re.sub(r"\s", "", shown)


def rectangles(layout: Layout) -> list[tuple[float, float, float, float]]:
    found = []
    for line in layout.lines:
        width = text_width(line.text, line.size, bold=line.bold)
        left = line.x - width if line.at_end else line.x
        found.append((left, line.y - 0.75 * line.size, left + width, line.y + 0.2 * line.size))
    boxes = [layout.map, *(swatch.box for swatch in layout.swatches)]
    return found + [(b.x, b.y, b.x + b.width, b.y + b.height) for b in boxes]


@pytest.mark.parametrize("width", [320, 500, 800, 1200])
def test_nothing_overlaps_nor_leaves_the_sheet(
    real: DrawnMap, marked: DrawnMap, drawer: Drawer, width: float
) -> None:
    counts = drawer.count(Level.DEPARTEMENT, within=TerritoryId(Level.REGION, "75"))
    for drawn in (real, marked, counts):
        layout = lay_out(drawn, width)
        found = rectangles(layout)
        for rank, (left, top, right, bottom) in enumerate(found):
            assert left >= 0
            assert right <= width + 0.5
            assert 0 <= top < bottom <= layout.height
            for other in found[rank + 1 :]:
                apart = (
                    right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                )
                assert apart, (drawn.title, width)


def test_the_territory_in_view_is_ringed_and_another_is_not(drawer: Drawer, real: DrawnMap) -> None:
    assert real.selected == NORMANDIE
    ring = f'stroke="{LIGHT_LOOK.chosen}" stroke-width="24"'
    assert ring in to_svg(real)
    assert ring not in to_svg(replace(real, selected=None))
    elsewhere = drawer.draw(
        drawer.view(Selection("adhesion_maires_region", "2016-11")),
        TerritoryId(Level.COMMUNE, "53130"),
    )
    assert elsewhere.selected is None


def test_hostile_texts_stay_texts(real: DrawnMap) -> None:
    shapes = tuple(replace(shape, name=HOSTILE, text=f"\x00{HOSTILE}") for shape in real.shapes)
    poisoned = replace(
        real,
        title=HOSTILE,
        sentence=HOSTILE,
        shapes=shapes,
        sources=(replace(real.sources[0], title=HOSTILE, date=HOSTILE),),
        date=HOSTILE,
        caveats=(HOSTILE,),
        watermark=HOSTILE,
        benchmark=HOSTILE,
        citation=HOSTILE,
        licence=HOSTILE,
    )
    root = parse(to_svg(poisoned))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "defs",
        "pattern",
        "path",
        "rect",
        "g",
        "text",
        "circle",
    }
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_identifiers_start_as_asked_so_that_two_maps_share_a_page(marked: DrawnMap) -> None:
    svg = to_svg(marked, prefix="deux")
    found = set(re.findall(r'(?:id="|url\(#)([^")]*)', svg))
    assert found
    assert all(name.startswith("deux-") for name in found)


def test_a_sample_of_the_legend_is_an_svg_of_its_own(marked: DrawnMap, drawer: Drawer) -> None:
    for entry in (*marked.legend, *drawer.count(Level.REGION).legend):
        svg = parse(swatch_svg(entry))
        assert (svg.find(f".//{SVG}circle") is not None) is entry.is_symbol
        assert (svg.find(f".//{SVG}pattern") is not None) is bool(entry.texture)


def test_a_png_is_wide_and_the_map_alone_has_no_ground(marked: DrawnMap) -> None:
    with Image.open(io.BytesIO(to_png(replace(marked, citation="Territoires, 2026")))) as image:
        assert image.width == PNG_WIDTH
        colours = {colour[:3] for _, colour in image.convert("RGB").getcolors(1 << 24) or []}
    assert {tuple(bytes.fromhex(e.fill[1:])) for e in marked.legend if e.fill} <= colours
    alone = to_png(marked, with_furniture=False, width_px=600)
    with Image.open(io.BytesIO(alone)) as image:
        west, south, east, north = marked.bounds
        assert image.width == 600
        assert image.height == pytest.approx(600 * (north - south) / (east - west), abs=2)
        assert image.convert("RGBA").getpixel((590, 300))[3] == 0


def test_too_many_shapes_are_drawn_by_look_and_only_the_one_in_view_has_words(
    drawer: Drawer, view: MapView, real: DrawnMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (drawn_map, map_svg):
        monkeypatch.setattr(module, "MAX_NAMED", 5)
    drawn = drawer.draw(view, NORMANDIE)
    assert [shape.id for shape in drawn.shapes if shape.text] == [NORMANDIE]
    many, named = to_svg(drawn), to_svg(real)
    assert "data-territoire" not in many
    rings = re.compile(r"M-?\d+[ -]\d+l[^zM\"]+z")
    assert set(rings.findall(many)) == set(rings.findall(named))


def test_lines_are_written_together_without_the_points_that_fall_on_the_one_before() -> None:
    pen = Pen(west=0.0, north=10.0, pixels_per_km=1.0)
    square = np.array([[0.0, 10.0], [2.0, 10.0], [2.001, 10.0], [2.0, 8.0], [0.0, 10.0]])
    speck = np.array([[5.0, 5.0], [5.001, 5.0], [5.0, 5.0]])
    assert pen.lines([]) == ""
    assert pen.lines([square]) == "M0 0l20 0 0 20-20-20"
    assert pen.polygons([(square,), (speck,), (square + 1,)]) == "M0 0l20 0 0 20zM10-10l20 0 0 20z"
