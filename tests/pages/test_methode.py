"""The method page, opened on each set of data."""

from __future__ import annotations

import re

from territoires.settings import MINIMUM_RESPONDENTS
from tests.pages.conftest import Open, html_of, notices_of, plain, text_of
from tests.render.pieces import tags


def test_the_page_shows_every_part_of_its_table_of_contents(open_page: Open) -> None:
    at = open_page("methode")
    assert [title.value for title in at.title] == ["Méthode"]
    body = html_of(at)
    anchors = re.findall(r'href="#(\w+)"', body)
    assert len(anchors) == 10
    assert [title["id"] for title in tags(body, "h2") if "id" in title] == anchors
    assert f"moins de {MINIMUM_RESPONDENTS} réponses" in plain(text_of(at))
    assert notices_of(at) == []
    assert not at.exception


def test_the_example_of_a_divergence_belongs_to_the_set_in_view(open_page: Open) -> None:
    published, simulated = open_page("methode"), open_page("methode", jeu="demonstration")
    empty = "Le jeu de données affiché n’en contient aucune."
    assert empty not in plain(text_of(published))
    assert empty in plain(text_of(simulated))
    assert "Ouvrir la carte du jeu de démonstration" in text_of(published)
    assert "Ouvrir la carte du jeu de démonstration" not in text_of(simulated)
    assert not published.exception
    assert not simulated.exception
