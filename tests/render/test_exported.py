"""Everything on screen leaves with its title, source, citation and licence, in each of its forms."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from itertools import combinations
from math import hypot

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation

from territoires.analysis.composition import map_bounds
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import TerritoryId
from territoires.render import exported
from territoires.render.chart_svg import chart_to_svg
from territoires.render.drawn_actors import draw_actors
from territoires.render.exported import Exported, to_file
from territoires.render.file_names import Form
from territoires.render.press import Press
from territoires.render.slides import MapSlide
from territoires.render.slides.maps import about_map
from territoires.render.slides.markup import plain
from territoires.render.svg_parts import SIGN_SIZE, disc_size
from territoires.views.actors import ActorPoint, place_actors
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places
from territoires.views.citation import say_licence, say_source
from territoires.views.comparison import build_comparison
from territoires.views.comparison_waves import build_changes
from territoires.views.datasets import EDITIONS
from territoires.views.landmarks import build_theme_view
from territoires.views.map_view import build_map_view
from territoires.views.programme import build_programme
from territoires.views.timeline import build_timeline

from .kit import press_of
from .test_drawn_map import parse

DEMO = Dataset.DEMONSTRATION
SEEN = Selection("demo_mandat_collectif", "2025", DEMO)
LAVAL = TerritoryId.parse("commune-53130")


@pytest.fixture(scope="module")
def press(demonstration, zoned, names) -> Press:
    return press_of(demonstration, zoned, names)


@pytest.fixture(scope="module")
def things(press: Press, demonstration, zoned, names, simulated) -> dict[str, Exported]:
    """Give one of each thing that a page lets leave."""
    compared = build_comparison(SEEN, simulated, names)
    earlier = build_map_view(replace(SEEN, wave="2023"), demonstration, zoned, names)
    changes = build_changes(compared, earlier, demonstration, names)
    portrait = press.portraits.build(TerritoryId.parse("region-28"))
    evolution = portrait.shared.evolution
    theme = build_theme_view(demonstration, "")
    index = build_catalyst_index(demonstration, zoned, build_actor_places(demonstration, zoned))
    asked = replace(SEEN, territory=LAVAL)
    listed = build_catalysts_view(asked, demonstration, zoned, index)
    kit = demonstration.kit
    points = place_actors(demonstration, zoned)
    assert portrait.profile
    return {
        "carte": exported.export_map(press, simulated, None, points),
        "comparaison": exported.export_comparison(press, compared),
        "vagues": exported.export_changes(press, changes),
        "évolution": exported.export_trends(press, evolution.groups[0], evolution),
        "échelle": exported.export_ladder(press, portrait.shared.maturity),
        "tailles": exported.export_sizes(press, portrait.profile, DEMO),
        "repère": exported.export_question(press, theme, theme.questions[0]),
        "catalyseurs": exported.export_catalysts(press, listed),
        "entonnoir": exported.export_funnel(press, build_programme(kit), DEMO),
        "chronologie": exported.export_timeline(press, build_timeline(kit), DEMO),
    }


NAMES = (
    "carte",
    "comparaison",
    "vagues",
    "évolution",
    "échelle",
    "tailles",
    "repère",
    "catalyseurs",
    "entonnoir",
    "chronologie",
)


@pytest.mark.parametrize("name", NAMES)
def test_an_image_says_what_it_is_whence_and_under_what_terms(things, press, name) -> None:
    thing = things[name]
    svg = to_file(thing, Form.SVG, press).decode()
    parse(svg)
    told, _, drawn = svg.partition("</metadata>")
    shown = " ".join(re.sub(r"<style.*?</style>|<[^>]*>", " ", drawn, flags=re.DOTALL).split())
    cited = thing.cited
    assert cited.watermark in shown
    for words in (cited.title, cited.line, cited.licence):
        assert "".join(words.split()) in "".join(shown.replace("&amp;", "&").split())
    assert "Source" in shown
    rights = re.search(r"<dc:rights>(.*?)</dc:rights>", told)
    assert rights
    assert rights[1].replace("&amp;", "&") == cited.licence


@pytest.mark.parametrize("name", NAMES)
def test_its_data_say_the_same_in_every_row_or_sheet(things, press, name) -> None:
    thing = things[name]
    text = to_file(thing, Form.CSV, press).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows
    assert {row["citation"] for row in rows} == {thing.citation.line}
    assert {row["licence"] for row in rows} == {thing.citation.licence}
    assert {row["jeu"] for row in rows} == {EDITIONS[DEMO].name}
    book = openpyxl.load_workbook(io.BytesIO(to_file(thing, Form.XLSX, press)), read_only=True)
    assert book.sheetnames == ["Données", "Dictionnaire", "Sources", "Notes"]
    notes = dict(row[:2] for row in book["Notes"].iter_rows(min_row=2, values_only=True))
    assert notes["Citation"] == thing.citation.line
    assert notes["Licence"]


def test_two_waves_give_two_rows_and_the_verdict_once(things) -> None:
    table = things["vagues"].table()
    wave, verdict, gap = (table.position(name) for name in ("vague", "evolution", "ecart"))
    later = [row for row in table.rows if row[wave] == "2025"]
    assert all(row[verdict] for row in later)
    assert all(row[verdict] is None and row[gap] is None for row in table.rows if row not in later)
    assert any(isinstance(row[gap], int | float) for row in later)


def test_a_png_says_in_its_own_words_what_it_is(things, press) -> None:
    thing = things["repère"]
    with Image.open(io.BytesIO(to_file(thing, Form.PNG, press))) as image:
        assert image.width == 2400
        image.load()
        assert image.text["Source"] == thing.citation.line
        assert image.text["Copyright"] == thing.citation.licence


def test_another_reading_is_a_cross_and_a_reprint_is_not_drawn(press, published) -> None:
    drawn = 0
    for slug in ("", "maturite-de-la-co-construction", "fragilites-et-priorites", "partenariats"):
        theme = build_theme_view(published, slug)
        for question in theme.questions:
            own = replace(press, published=published)
            chart = exported.export_question(own, theme, question).draw()
            marks = [mark for line in chart.lines for mark in line.marks if mark]
            assert len(marks) <= len(question.landmarks)
            others = sum(mark.series.symbol == "x-thin" for mark in marks)
            assert others <= sum(not one.is_main for one in question.landmarks)
            assert chart_to_svg(chart).count("l12 12m0-12l-12 12") == others
            drawn += len(marks)
    assert drawn


def test_actors_too_near_each_other_are_counted_and_all_of_them_are_told(demonstration) -> None:
    kind = next(iter(demonstration.catalyst_kinds))
    inside = [ActorPoint(500 + 8 * i, 6500, kind, f"A{i}", "") for i in range(3)]
    alone, outside = ActorPoint(900, 6600, kind, "B", ""), ActorPoint(5000, 0, kind, "C", "")
    drawn = draw_actors(
        [*inside, alone, outside], demonstration.catalyst_kinds, (100, 6000, 1200, 7100)
    )
    assert sorted(point.number for point in drawn.points) == [1, 3]
    assert [entry.count for entry in drawn.legend] == [4]
    assert "trop proches" in drawn.note
    assert not draw_actors([outside], demonstration.catalyst_kinds, (0, 6000, 1, 6001)).points


def test_the_marks_of_actors_never_overlap_and_lose_nobody(demonstration, zoned) -> None:
    points = place_actors(demonstration, zoned)
    west, _, east, _ = bounds = map_bounds()
    drawn = draw_actors(points, demonstration.catalyst_kinds, bounds)
    assert sum(point.number for point in drawn.points) == len(points)
    # On the smallest drawing that shows them.
    pixels = 760 / (east - west)
    for one, other in combinations(drawn.points, 2):
        room = sum(disc_size(p.number) if p.number > 1 else SIGN_SIZE for p in (one, other)) / 2
        assert hypot(one.x - other.x, one.y - other.y) * pixels >= room


def test_the_map_of_a_place_shows_what_is_around_it_and_where_distances_start(things) -> None:
    drawn = things["catalyseurs"].draw()
    west, south, east, north = drawn.bounds
    assert all(west <= p.x <= east and south <= p.y <= north for p in drawn.actors.points)
    assert drawn.actors.legend[0].label == "Départ des distances : Laval"
    assert not drawn.frames


def test_a_form_that_a_thing_has_not_is_refused(things, press) -> None:
    with pytest.raises(ValueError, match="gpkg"):
        to_file(things["échelle"], Form.GEOPACKAGE, press)


def test_whatever_has_an_image_has_a_slide_that_says_how_to_cite_it_and_its_terms(things) -> None:
    for name, thing in things.items():
        assert thing.slides, name
        slides = thing.slides()
        assert slides
        for slide in slides:
            about = about_map(slide.drawn) if isinstance(slide, MapSlide) else slide.about
            told = {thing.cited.notes, thing.citation.notes}
            assert any(set(notes) <= set(about.notes) for notes in told), name
    actors = things["carte"].slides()[0].drawn.actors
    assert actors
    assert actors.points


@pytest.mark.parametrize("name", ["carte", "comparaison"])
def test_a_file_of_slides_says_its_terms_in_its_notes_and_of_itself(things, press, name) -> None:
    thing = things[name]
    deck = Presentation(io.BytesIO(to_file(thing, Form.PPTX, press)))
    for slide in deck.slides:
        assert plain(say_licence(thing.cited.licence)) in slide.notes_slide.notes_text_frame.text
    assert deck.core_properties.comments.endswith(plain(thing.cited.licence))
    assert plain(EDITIONS[DEMO].banner) in deck.core_properties.comments


def test_the_sources_of_the_actors_on_a_map_are_cited_with_it_and_not_with_its_data(
    published, directory, names, view
) -> None:
    press = press_of(published, directory, names)
    thing = exported.export_map(press, view, None, place_actors(published, directory))
    own, drawn = set(view.sources), thing.draw()
    named = {published.sources[one.source_id] for one in published.catalysts if one.is_point}
    assert named - own
    assert set(thing.citation.sources) == own
    assert own | named == set(drawn.sources)
    assert "autres sources" in drawn.citation
    publishers = {source.publisher for source in named if source.publisher}
    assert all(publisher in drawn.licence for publisher in publishers)
    (slide,) = thing.slides()
    assert {say_source(source) for source in named} <= set(about_map(slide.drawn).sources)
    assert published.lists["catalysts"].caveat in drawn.caveats
    alone = exported.export_map(press, view)
    assert set(alone.draw().sources) == own
