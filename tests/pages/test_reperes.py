"""« Repères » opened at its links, on both sets of data."""

from __future__ import annotations

import json
import re

import pytest

from territoires.domain.selection import Dataset
from territoires.domain.story import Step, StepKind, Story
from territoires.domain.story_files import to_link
from territoires.views import landmarks, stories
from territoires.views.datasets import EDITIONS
from tests.pages.conftest import Open, html_of, notices_of, plain, sentence_of, text_of

THEMES = (
    ("adhesion-aux-alliances", "Adhésion aux alliances"),
    ("maturite-de-la-co-construction", "Maturité de la co-construction"),
    ("fragilites-et-priorites", "Fragilités et priorités"),
    ("partenariats", "Partenariats"),
    ("acteurs-et-roles", "Acteurs et rôles"),
    ("methode-et-echantillons", "Méthode et échantillons"),
)
CHOOSER = "repere"


def charts_of(at) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


@pytest.mark.parametrize(("slug", "label"), THEMES)
def test_each_theme_opens_at_its_link(open_page: Open, slug: str, label: str) -> None:
    at = open_page("reperes", theme=slug)
    assert at.pills(key=CHOOSER).value == slug
    assert plain(sentence_of(at)).startswith(f"« {label} » :")
    assert notices_of(at) == []
    assert not at.exception


@pytest.mark.parametrize("slug", ["", "inconnu", "x" * 60, "<script>"])
def test_without_a_known_theme_the_first_is_open(open_page: Open, slug: str) -> None:
    at = open_page("reperes", **({"theme": slug} if slug else {}))
    assert at.pills(key=CHOOSER).value == THEMES[0][0]
    assert "<script>" not in html_of(at)
    assert not at.exception


def test_without_any_national_figure_the_page_and_the_stage_say_so(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landmarks, "themes_of", lambda _: ())
    monkeypatch.setattr(stories, "themes_of", lambda _: ())
    told = "Ce jeu de données n’a aucun chiffre national d’enquête."
    at = open_page("reperes", theme="partenariats")
    assert told in text_of(at)
    assert not at.exception
    story = Story("", (Step(StepKind.REPERES, params={"jeu": "publie"}),))
    for params in ({}, {"edition": "oui"}):
        at = open_page("presentation", recit=to_link(story), **params)
        assert "Repères nationaux" in text_of(at)
        assert (told in text_of(at)) == (not params)
        assert not at.exception


def test_two_choices_in_a_row_both_hold_and_go_to_the_link(open_page: Open) -> None:
    at = open_page("reperes")
    for slug, label in (THEMES[3], THEMES[1]):
        at.pills(key=CHOOSER).set_value(slug).run()
        assert at.query_params["theme"] in (slug, [slug])
        assert label in plain(sentence_of(at))
        assert not at.exception


def test_a_chart_stands_for_each_question_and_nothing_is_simulated(open_page: Open) -> None:
    at = open_page("reperes", theme="partenariats")
    titles = re.findall(r'<div class="question"><h3>', html_of(at))
    charts = charts_of(at)
    assert len(charts) == len(titles) > 1
    assert "DÉMONSTRATION" not in json.dumps(charts, ensure_ascii=False)
    assert "simulé" not in re.sub(r'<div class="contexte.*?</div>', "", html_of(at))
    assert not at.exception


def test_the_simulated_set_bears_its_marks_everywhere(open_page: Open) -> None:
    at = open_page("reperes", jeu="demonstration")
    edition = EDITIONS[Dataset.DEMONSTRATION]
    assert sentence_of(at).startswith(edition.mark)
    charts = charts_of(at)
    assert charts
    for chart in charts:
        texts = [shape["label"]["text"] for shape in chart["layout"]["shapes"]]
        assert plain(edition.watermark) in [plain(text.replace("<br>", " ")) for text in texts]
    assert "effectif non communiqué" not in text_of(at).lower()
    assert not at.exception
