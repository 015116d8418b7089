"""A territory's page, for each level, from its link."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import Open, html_of, notices_of, plain, sentence_of, text_of
from tests.render.pieces import rows, without_cards

HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("territory", "name", "words"),
    [
        ("region-53", "Bretagne", "Ce que disent les enquêtes"),
        ("region-28", "Normandie", "Adhésion à la dynamique partenariale"),
        ("region-06", "Mayotte", "aucun résultat d’enquête publié"),
        ("departement-29", "Finistère", "Aucun résultat d’enquête n’est publié en Bretagne"),
        ("departement-2A", "Corse-du-Sud", "Corse"),
        ("epci-200054781", "Métropole du Grand Paris", "Intercommunalité"),
        (
            "commune-53130",
            "Laval",
            "Aucun résultat d’enquête n’est publié dans les Pays de la Loire",
        ),
        ("commune-97411", "Saint-Denis", "La Réunion"),
        ("commune-97502", "Saint-Pierre", "Où en est la co-construction"),
        ("pays-FR", "France", "Où en est la co-construction"),
    ],
)
def test_the_page_of_a_territory_names_it_and_says_what_is_published(
    open_page: Open, territory: str, name: str, words: str
) -> None:
    at = open_page("territoire", territoire=territory)
    assert [title.value for title in at.title] == [name]
    assert name in sentence_of(at)
    assert words in text_of(at)
    assert f"code officiel {territory.partition('-')[2]}" in text_of(at)
    assert "Les 16 domaines de fragilité" in text_of(at)
    assert notices_of(at) == []
    assert not at.exception


@pytest.mark.parametrize("territory", ["region-53", "region-28", "commune-53130", "pays-FR"])
def test_the_number_of_actors_announced_is_the_number_listed(
    open_page: Open, territory: str
) -> None:
    at = open_page("territoire", territoire=territory)
    announced = int(re.search(r"(\d+)\s+acteurs? recensé", sentence_of(at))[1])
    start = html_of(at).index("<h2>Qui peut aider autour de vous</h2>")
    listed = html_of(at)[start:].partition("<h2>Où en est")[0]
    assert rows(listed) == announced
    assert ("Aucun acteur recensé ici" in listed) == (announced == 0)
    assert not at.exception


def test_two_links_in_a_row_show_two_territories(open_page: Open) -> None:
    at = open_page("territoire", territoire="region-53")
    for territory, name in (("departement-29", "Finistère"), ("region-28", "Normandie")):
        at.query_params["territoire"] = territory
        at.run()
        assert [title.value for title in at.title] == [name]
        assert not at.exception


def test_without_a_territory_the_page_asks_which_and_lists_the_regions(open_page: Open) -> None:
    at = open_page("territoire")
    assert [title.value for title in at.title] == ["Quel est votre territoire ?"]
    assert html_of(at).count("territoire=region-") == 18
    assert not at.exception


@pytest.mark.parametrize(
    "territory", ["region-99", "53", "commune-75101", HOSTILE, "region-53' OR 1=1 --", "x" * 5000]
)
def test_an_unknown_territory_is_told_and_the_page_asks_again(
    open_page: Open, territory: str
) -> None:
    at = open_page("territoire", territoire=territory)
    (notice,) = notices_of(at)
    assert "n’existe pas" in notice or "ne désigne pas un territoire" in notice
    assert HOSTILE not in html_of(at)
    assert [title.value for title in at.title] == ["Quel est votre territoire ?"]
    assert not at.exception


@pytest.mark.parametrize(
    ("dataset", "territory"),
    [("publie", "region-28"), ("publie", "region-06"), ("demonstration", "departement-29")],
)
def test_every_figure_of_the_page_has_its_card(
    open_page: Open, dataset: str, territory: str
) -> None:
    at = open_page("territoire", territoire=territory, jeu=dataset)
    body = html_of(at)
    figures = re.findall(r'<button [^>]*class="chiffre-lien"[^>]*>[^<]+</button>(.{22})', body)
    assert len(figures) > 16
    assert set(figures) == {'<template class="fiche'}
    # No percentage of a table stands outside a figure or its interval.
    for row in re.findall(r"<tr role=.row.>.*?(?=<tr|</tbody>)", without_cards(body)):
        loose = re.sub(r"<button.*?</button>|de [\d,]+ à [\d,]+\xa0%", "", row)
        assert not re.search(r">[\d,]+\xa0%", loose), row
    assert not at.exception


def test_a_simulated_page_is_marked_and_shows_its_own_figures(open_page: Open) -> None:
    at = open_page("territoire", territoire="departement-29", jeu="demonstration")
    sentence = plain(sentence_of(at))
    assert sentence.startswith("Démonstration, données simulées – Finistère est en Bretagne.")
    assert "dans le Finistère" in sentence
    assert "plus que la France" in sentence
    assert "Chiffres du département" in text_of(at)
    assert not at.exception
