"""The page to carry."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.story import Step, StepKind, Story
from territoires.domain.territories import FRANCE, TerritoryId
from territoires.render.kit_page import build_kit_page
from territoires.render.kit_story import story_parts
from territoires.render.press import Press
from territoires.tables.published import Published
from territoires.views.portrait_lines import lines_of
from territoires.views.stories import build_story
from tests.render.kit import ReadPage, press_of

NORMANDIE, LAVAL = TerritoryId.parse("region-28"), TerritoryId.parse("commune-53130")
HOSTILE = '<script>alert(1)</script>" onload="x'
MAX_BYTES = 3_000_000


@pytest.fixture(scope="module")
def press(
    published: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> Press:
    return press_of(published, directory, names)


@pytest.fixture(scope="module")
def simulated(
    demonstration: Published, zoned: Directory, names: Mapping[TerritoryId, NameForms]
) -> Press:
    return press_of(demonstration, zoned, names)


@pytest.fixture(scope="module")
def page(press: Press) -> str:
    """Give the largest of all: the country, with the longest of the ready-made stories."""
    story = build_story("france", press.published, press.directory, press.names)
    assert story is not None
    return build_kit_page(press, press.portraits.build(FRANCE), story)


@pytest.fixture(scope="module")
def read(page: str) -> ReadPage:
    return ReadPage(page)


@pytest.fixture(scope="module")
def simulated_read(simulated: Press) -> ReadPage:
    other = Step(StepKind.CARTE, "Réel", params={"jeu": "publie"})
    wrong = Step(StepKind.CARTE, HOSTILE, HOSTILE, {"jeu": "demonstration", "vague": HOSTILE})
    story = Story(HOSTILE, (other, wrong, Step(StepKind.TEXTE, "Fin", "Un\n\ndeux")))
    portrait = simulated.portraits.build(LAVAL)
    address = "https://territoires.exemple.fr"
    return ReadPage(build_kit_page(simulated, portrait, story, base_url=address))


def test_the_page_stays_small_enough_to_be_sent(page: str) -> None:
    assert len(page.encode()) < MAX_BYTES


def test_nothing_is_asked_of_any_network(read: ReadPage) -> None:
    assert all(source.startswith("data:") for source in read.values("src"))
    assert not [tag for tag, _ in read.tags if tag in {"link", "iframe", "object", "base", "form"}]
    assert "url(http" not in "".join(read.texts["style"])
    assert "@import" not in "".join(read.texts["style"])
    links = [attrs["href"] for tag, attrs in read.tags if tag == "a"]
    assert all(link.startswith(("#", "https://", "http://")) for link in links)


def test_only_the_script_of_the_page_may_run(read: ReadPage) -> None:
    (policy,) = [a["content"] for t, a in read.tags if a.get("http-equiv")]
    (script,) = read.texts["script"]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on")]


def test_every_identifier_is_of_one_element_and_every_anchor_has_its_part(read: ReadPage) -> None:
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    anchors = {link[1:] for link in read.values("href") if link.startswith("#")}
    assert anchors <= set(ids)
    named = {name for text in read.values("aria-labelledby") for name in text.split()}
    assert named <= set(ids)


def test_every_shape_of_a_map_has_its_line_in_the_table_beside(read: ReadPage) -> None:
    ids, shapes = set(read.values("id")), set(read.values("data-territoire"))
    maps = read.values("data-carte")
    assert len(maps) >= 3
    assert all(f"carte-1-{shape}" in ids for shape in shapes if shape.startswith("region-"))


def test_the_page_tells_its_sources_its_version_its_method_and_how_to_cite_it(
    read: ReadPage,
) -> None:
    for words in (
        "Sources et méthode",
        "Citer cette page",
        "Territoires, version 3 du 21 novembre 2025, extrait le 22 novembre 2026",
        "Licence Ouverte 2.0",
        "Comment lire ces chiffres",
    ):
        assert words in read.text


def test_every_figure_printed_has_its_source_in_the_list(press: Press) -> None:
    portrait = press.portraits.build(LAVAL)
    page = build_kit_page(press, portrait)
    sources = ReadPage(page[page.index('<section id="sources"') :]).text
    lines = [line for _, line in lines_of(portrait)]
    figures = [figure for line in lines for figure in (line.local, line.national) if figure]
    assert figures
    for figure in figures:
        assert " ".join(figure.source.title.split()) in sources
    landmarks = ReadPage(page).text
    assert all(line.indicator.study in landmarks for line in portrait.shared.landmarks)
    assert "fiche de chaque chiffre" not in page


def test_every_step_of_the_story_is_a_part_of_the_page(read: ReadPage) -> None:
    assert "Présentation : Où en est la co-construction en France ?" in read.text
    assert sum(name.startswith("etape-") and name.count("-") == 1 for name in read.values("id")) > 6


def test_the_presentation_can_be_played_and_promises_no_key_without_a_script(
    read: ReadPage, page: str
) -> None:
    # What the script looks for: steps that stand right under the part, each with its title.
    part = page[page.index('<section id="recit"') :]
    assert part.count('<div class="etape" id="etape-') > 6
    hints = [attrs for tag, attrs in read.tags if tag == "p" and attrs.get("class") == "aide"]
    assert hints
    assert all("hidden" in attrs for attrs in hints)


def test_a_circle_of_the_legend_is_sized_like_those_of_the_map(press: Press) -> None:
    read = ReadPage(build_kit_page(press, press.portraits.build(LAVAL)))
    circles = [attrs for _, attrs in read.tags if attrs.get("class") == "cercle"]
    parts = [float(attrs["style"].partition(":")[2]) for attrs in circles]
    assert parts == sorted(parts, reverse=True)
    assert 0 < parts[-1] < parts[0] < 0.3
    assert "cles cercles" in read.values("class")


def test_large_maps_beyond_the_size_of_the_page_are_told(press: Press) -> None:
    params = {"jeu": "publie", "indicateur": "communes_moins_500_part", "niveau": "epci"}
    step = Step(StepKind.CARTE, params=params)
    (part,) = story_parts(press, Story("Lourd", (step,)), room=100_000)
    assert "trop de territoires pour la place qui reste" in part.content
    assert "<svg" not in part.content


def test_a_figure_without_a_known_sample_is_not_compared(press: Press) -> None:
    read = ReadPage(build_kit_page(press, press.portraits.build(NORMANDIE)))
    assert "77 %" in read.text
    assert "non comparable : effectif non communiqué" in read.text
    assert "bande" in read.values("class")
    assert "intervalle" not in read.values("class")
    assert "france" not in read.values("class")


def test_the_simulated_page_is_marked_from_its_title_to_its_paper(
    simulated_read: ReadPage,
) -> None:
    assert simulated_read.texts["title"][0].startswith("Démonstration, données simulées – Laval")
    assert "DÉMONSTRATION – données simulées" in simulated_read.values("data-jeu")
    captions = simulated_read.texts["caption"]
    assert all(c.startswith(("Démonstration", "Donnée réelle")) for c in captions)
    assert "Ne citez aucun chiffre d’ici" in simulated_read.text


def test_a_share_of_a_sample_is_drawn_with_its_interval_and_france(
    simulated_read: ReadPage,
) -> None:
    assert {"bande", "intervalle", "france", "point"} <= set(simulated_read.values("class"))


def test_two_sets_of_data_never_stand_in_one_page(simulated_read: ReadPage) -> None:
    assert "elle n’est pas reprise ici" in simulated_read.text
    assert simulated_read.text.count("Adhésion à la dynamique partenariale – maires") == 0


def test_the_actors_on_a_map_of_the_story_are_drawn_counted_and_cited(
    simulated_read: ReadPage,
) -> None:
    assert "Acteurs placés" in simulated_read.text
    assert "Licence : Données simulées" in simulated_read.text


def test_hostile_words_print_as_themselves(simulated_read: ReadPage, simulated: Press) -> None:
    assert [tag for tag, _ in simulated_read.tags].count("script") == 1
    assert "<script>alert(1)</script>" in simulated_read.text
    portrait = simulated.portraits.build(LAVAL)
    named = replace(portrait.place.territory, name=HOSTILE)
    portrait = replace(portrait, place=replace(portrait.place, territory=named))
    read = ReadPage(build_kit_page(simulated, portrait))
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert HOSTILE in read.text
    assert not read.values("onload")


def test_the_address_of_the_site_is_given_only_where_it_opens_for_others(
    simulated_read: ReadPage, page: str
) -> None:
    assert "https://territoires.exemple.fr/territoire?territoire=commune-53130" in str(
        simulated_read.values("href")
    )
    assert "localhost" not in page
