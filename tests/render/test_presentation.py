"""The stage in HTML: escaped, marked, with the way to each step; QR codes of safe addresses."""

from __future__ import annotations

import pytest

from territoires.domain.selection import Dataset
from territoires.domain.story import Step, StepKind
from territoires.errors import StoryError
from territoires.render import presentation, qr, story_builder
from territoires.render.stage_charts import stage_charts
from territoires.tables.published import Published
from territoires.views.landmarks import build_theme_view, themes_of
from tests.render.pieces import tags

HOSTILE = '<script>alert("x")</script>'
BAR = presentation.Bar(2, 3, "/a?etape=1", "/a?etape=3", "/a?etape=1", "/a?etape=3", "/quitter")


def test_texts_of_a_story_are_escaped() -> None:
    pages = (
        presentation.head(HOSTILE, HOSTILE, Dataset.PUBLIE, [HOSTILE]),
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


def test_a_simulated_step_bears_its_mark() -> None:
    assert "DÉMONSTRATION" in presentation.head("T", "", Dataset.DEMONSTRATION, [])
    assert "BROUILLON" in presentation.head("T", "", Dataset.BROUILLON, [])
    assert "scene-jeu" not in presentation.head("T", "", Dataset.PUBLIE, [])


def test_the_foot_counts_and_leads_to_both_sides() -> None:
    foot = presentation.foot(BAR, "Source", "")
    assert "2 / 3" in foot
    roles = {a.get("data-scene"): a["href"] for a in tags(foot, "a")}
    assert roles == {
        "precedente": "/a?etape=1",
        "suivante": "/a?etape=3",
        "quitter": "/quitter",
    }


def test_two_maps_side_by_side_conclude_nothing() -> None:
    assert "ne sont pas testés" in presentation.say_sources([], has_map=True, untested=True)
    assert presentation.say_sources([]) == ""


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
    assert qr.qr_image("", "x") == ""
    assert qr.qr_image("http://exemple.fr/" + "a" * 2000, "x") == ""
    assert qr.is_only_here("http://localhost:8501")
    assert not qr.is_only_here("http://192.168.1.20:8501")


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
    assert f"{len(sources) - 1} autres." in told
    assert "1 autre" not in presentation.say_sources(sources[:1])
