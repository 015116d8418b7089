"""The stage in HTML: escaped, marked, with the way to each step; QR codes of safe addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter, Selection
from territoires.domain.story import Step, StepKind
from territoires.domain.territories import Level
from territoires.errors import StoryError
from territoires.render import presentation, qr, story_builder
from territoires.render.stage_charts import stage_charts
from territoires.tables.published import Published
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places
from territoires.views.french import NBSP, format_wave
from territoires.views.landmarks import build_theme_view, themes_of
from territoires.views.map_view import MapView
from tests.render.pieces import tags

HOSTILE = '<script>alert("x")</script>'
BAR = presentation.Bar(2, 3, "/a?etape=1", "/a?etape=3", "/a?etape=1", "/a?etape=3", "/quitter")


def test_texts_of_a_story_are_escaped() -> None:
    pages = (
        presentation.head(HOSTILE, HOSTILE, HOSTILE, [HOSTILE]),
        presentation.title_step(HOSTILE, ""),
        presentation.text_step(HOSTILE, ""),
        presentation.said(HOSTILE),
        presentation.foot(BAR, HOSTILE, ""),
        story_builder.step_line(1, Step(StepKind.TEXTE), HOSTILE, None),
        story_builder.refused(HOSTILE),
    )
    for page in pages:
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_a_step_bears_its_mark_where_it_has_one() -> None:
    assert "DÉMONSTRATION" in presentation.head("T", "", "DÉMONSTRATION", [])
    assert "scene-jeu" not in presentation.head("T", "", "", [])


def test_the_foot_counts_and_leads_to_both_sides() -> None:
    foot = presentation.foot(BAR, "Source", "")
    assert "2 / 3" in foot
    roles = {a.get("data-scene"): a["href"] for a in tags(foot, "a")}
    assert roles == {
        "precedente": "/a?etape=1",
        "suivante": "/a?etape=3",
        "quitter": "/quitter",
    }


def test_actors_without_any_point_are_named_rather_than_mapped(
    published: Published, directory: Directory
) -> None:
    places = build_actor_places(published, directory)
    index = build_catalyst_index(published, directory, places)
    asked = Selection("", "", actor_filter=ActorFilter(kind="cress"))
    view = build_catalysts_view(asked, published, directory, index)
    side = presentation.actors_side(view, "")
    assert not view.placed
    assert side.count("<li>CRESS") == view.found
    assert "(Bretagne)" not in side, "said in the name already"


@pytest.mark.parametrize(("number", "others"), [(4, 0), (5, 0), (6, 0), (7, 2), (8, 3)])
def test_no_actor_is_left_unnamed_and_uncounted(
    published: Published, directory: Directory, number: int, others: int
) -> None:
    places = build_actor_places(published, directory)
    index = build_catalyst_index(published, directory, places)
    asked = Selection("", "", actor_filter=ActorFilter(text="e"))
    view = build_catalysts_view(asked, published, directory, index)
    side = presentation.actors_side(replace(view, placed=view.placed[:number]), "")
    assert side.count("<li>") == number - others + bool(others)
    assert (f"et {others}{NBSP}autres</li>" in side) == bool(others)


def test_two_maps_side_by_side_conclude_nothing() -> None:
    assert "ne sont pas testés" in presentation.say_sources([], has_map=True, untested=True)
    assert presentation.say_sources([]) == ""


def test_each_of_two_maps_is_named_by_what_they_do_not_share(view: MapView) -> None:
    def captions(**changes: object) -> tuple[str, ...]:
        return presentation.name_maps([view, replace(view, **changes)])[1]  # type: ignore[arg-type]

    wave = format_wave(view.wave)
    assert captions(wave="2023") == (wave, "2023")
    assert captions(place="en Bretagne") == (f"{wave}, France entière", f"{wave}, en Bretagne")
    assert captions(level=Level.EPCI) == (f"{wave}, régions", f"{wave}, intercommunalités")


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("", ""),
        ("192.168.1.20:8501", "http://192.168.1.20:8501"),
        (" https://exemple.fr/territoires/ ", "https://exemple.fr/territoires"),
        ("http://[::1]:8501", "http://[::1]:8501"),
    ],
)
def test_an_address_is_read_without_its_last_slash(text: str, base: str) -> None:
    assert qr.read_base(text) == base


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "javascript://x",
        "http://a b",
        "ftp://exemple.fr",
        "http://exemple.fr/?q=1",
        "http://exemple.fr#x",
        "http://moi:secret@exemple.fr",
        'http://exemple.fr/"><script>',
        "http://" + "a" * 500,
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(StoryError, match="n’est pas une adresse"):
        qr.read_base(text)


def test_a_code_is_a_picture_inside_the_page_with_a_name() -> None:
    (image,) = tags(qr.qr_image("http://exemple.fr/carte?jeu=publie", "Code QR"), "img")
    assert image["src"].startswith("data:image/svg+xml")
    assert image["alt"] == "Code QR"
    assert "http://exemple.fr/carte<" in qr.qr_image("http://exemple.fr/carte?jeu=publie", "x")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "ne s’ouvre que sur cet ordinateur"),
        ("http://localhost:8501/carte", "ne s’ouvre que sur cet ordinateur"),
        ("http://127.0.0.1:8501", "ne s’ouvre que sur cet ordinateur"),
        ("http://exemple.fr/" + "a" * 800, "trop longue"),
        ("http://exemple.fr/" + "a" * 9000, "trop longue"),
    ],
)
def test_a_code_that_no_phone_could_open_or_read_is_not_drawn(address: str, why: str) -> None:
    assert qr.qr_image(address, "x") == ""
    assert why in qr.why_no_code(address)
    assert why in presentation.code_button("", qr.why_no_code(address))


def test_a_long_address_has_a_larger_code_not_smaller_modules() -> None:
    sizes = []
    for letters in (20, 700):
        (image,) = tags(qr.qr_image("http://192.168.1.20:8501/" + "a" * letters, "x"), "img")
        sizes.append(int(image["style"].removeprefix("--modules: ")))
    short, long = sizes
    assert short < 45
    assert 75 < long <= qr.MAX_MODULES + 8


def test_charts_of_a_theme_hold_on_a_stage(datasets: tuple[Published, Published]) -> None:
    for data in datasets:
        for theme in themes_of(data):
            view = build_theme_view(data, theme.slug)
            charts, left_out = stage_charts(view)
            assert sum(chart.figure.layout.height for chart in charts) <= 412
            assert bool(charts) == bool(view.questions)
            assert 0 <= left_out <= len(view.counted)
            drawn = sum(len(chart.question.answers) for chart in charts)
            assert left_out or drawn >= len({a for q in view.questions for a in q.answers})


def test_sources_fit_the_foot_whole_and_the_others_are_counted(published: Published) -> None:
    sources = tuple(published.sources.values())
    told = presentation.say_sources(sources, has_map=True, untested=True)
    assert len(told) < 260
    assert f"{len(sources) - 1}{NBSP}autres." in told
    assert "autre" not in presentation.say_sources(sources[:1])
