"""A territory's page, for each level, from its link."""

from __future__ import annotations

import re

import pytest

from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.ui import cache
from tests.pages.conftest import Open, has_map, html_of, notices_of, plain, sentence_of, text_of
from tests.render.pieces import without_cards

HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("territory", "name", "words"),
    [
        ("region-53", "Bretagne", "Ce que disent les enquêtes"),
        ("region-28", "Normandie", "Adhésion à la dynamique partenariale"),
        ("region-06", "Mayotte", "aucun résultat d’enquête publié"),
        ("departement-29", "Finistère", "Aucun résultat d’enquête n’est publié en Bretagne"),
        ("departement-2A", "Corse-du-Sud", "Corse"),
        ("epci-200054781", "Métropole du Grand Paris", "Métropole · "),
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
    name = "SIREN" if territory.startswith("epci") else "code officiel"
    assert f"{name} {territory.partition('-')[2]}" in text_of(at)
    assert "les 16 domaines de fragilité" in plain(text_of(at))
    titles = re.findall(r'<h2 id="(\w+)"', html_of(at))
    (contents,) = re.findall(r'<nav class="sommaire-court".*?</nav>', html_of(at))
    assert re.findall(r'<a href="#(\w+)"', contents) == titles
    assert set(re.findall(r'<a href="#(\w+)"', html_of(at))) <= set(titles)
    assert notices_of(at) == []
    assert not at.exception


def test_a_commune_of_an_overseas_collectivity_has_a_page_without_map_or_region(
    open_page: Open,
) -> None:
    at = open_page("territoire", territoire="commune-97502")
    assert not has_map(at)
    assert "Les enquêtes et les contours portent sur les 18 régions" in text_of(at)
    assert "Territoires comparables" not in text_of(at)
    assert not at.exception


@pytest.mark.parametrize("territory", ["region-53", "commune-53130", "epci-200054781", "pays-FR"])
def test_a_territory_has_its_own_map(open_page: Open, territory: str) -> None:
    at = open_page("territoire", territoire=territory)
    assert has_map(at)
    assert "La même carte en grand" in text_of(at)
    assert not at.exception


def test_the_self_assessment_gives_the_official_a_starting_point_kept_in_the_link(
    open_page: Open,
) -> None:
    at = open_page("territoire", territoire="region-53")
    assert "Cinq questions" in text_of(at)
    for number, radio in enumerate(at.radio):
        at.radio[number].set_value(2).run()
        assert not at.exception, radio.label
    assert "22222" in at.query_params["reponses"]
    assert "Dynamique installée" in text_of(at)
    assert "arce que vous en êtes à « dynamique installée »" in plain(text_of(at))


def test_a_zone_of_the_demonstration_has_a_page(open_page: Open) -> None:
    zone = cache.directory(Dataset.DEMONSTRATION).of_level(Level.ZONE)[0]
    at = open_page("territoire", territoire=str(zone.id), jeu="demonstration")
    assert [title.value for title in at.title] == [zone.name]
    assert has_map(at)
    assert not at.exception
    at = open_page("territoire", territoire=str(zone.id))
    assert notices_of(at) != []
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
    # No percentage of a table stands outside a figure, its interval or its published readings;
    # the measures of the peers have their sources under their table.
    tables = without_cards(body).partition('aria-label="Mesures de la ressemblance"')[0]
    tables = re.sub(r'<ul class="lectures">.*?</ul>', "", tables)
    for row in re.findall(r"<tr role=.row.>.*?(?=<tr|</tbody>)", tables):
        loose = re.sub(r"<button.*?</button>|de [\d,]+ à [\d,]+\xa0%", "", row)
        assert not re.search(r">[\d,]+\xa0%", loose), row
    assert not at.exception


def test_a_simulated_page_is_marked_and_shows_its_own_figures(open_page: Open) -> None:
    at = open_page("territoire", territoire="departement-29", jeu="demonstration")
    sentence = plain(sentence_of(at))
    assert sentence.startswith("Démonstration, données simulées – Finistère est en Bretagne.")
    assert "dans le Finistère" in sentence
    assert "plus que la France" in sentence
    assert not at.exception


def test_a_link_may_ask_for_a_name_without_any_script(open_page: Open) -> None:
    at = open_page("territoire", q="saint-denis reunion")
    assert "/territoire?territoire=commune-97411" in html_of(at)
    at = open_page("territoire", q=HOSTILE)
    assert HOSTILE not in html_of(at)
    assert "Aucun territoire ne répond" in text_of(at)
    assert not at.exception
