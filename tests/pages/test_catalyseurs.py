"""« Catalyseurs »: each filter followed twice in a row, in step with the link, in both sets."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from territoires.tables.published import Published
from tests.pages.conftest import Open, components, has_map, html_of, notices_of, plain, text_of
from tests.pages.test_carte import link

DEMO = {"jeu": "demonstration"}


def words_of(at: AppTest) -> str:
    return plain(text_of(at))


def sentence(at: AppTest) -> str:
    (found,) = re.findall(r'<p class="phrase"[^>]*>(.*?)</p>', html_of(at))
    return plain(found)


def shown_rows(at: AppTest) -> int:
    tables = re.findall(r'aria-label="Acteurs placés".*?</table>', html_of(at), re.DOTALL)
    return sum(table.count('<tr role="row"') for table in tables)


def paint_of(at: AppTest) -> dict:
    """Give what the map was asked to show."""
    (component,) = components(at)
    text = json.loads(component.proto.json_args)["feature_group"]
    found = re.search(r"Territoires\.paint\((.*?)\);\s*Territoires", text or "", re.DOTALL)
    return json.loads(found[1]) if found else {}


def buttons(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def test_the_published_list_says_that_it_is_partial(open_page: Open, published: Published) -> None:
    at = open_page("catalyseurs")
    placed = sum(c.is_point for c in published.catalysts)
    wide = len(published.catalysts) - placed
    assert sentence(at).startswith(f"{len(published.catalysts)} acteurs nommés : {placed} placés")
    assert "elle ne dit pas où il n’y a personne" in words_of(at)
    assert f"{wide} acteurs sans lieu précis" in words_of(at)
    assert shown_rows(at) == placed
    assert has_map(at)
    assert "Population proche" not in words_of(at)
    assert [box.key for box in at.selectbox] == ["nature", "dans"]
    assert not at.exception


def test_the_simulated_list_is_complete_marked_and_measured(open_page: Open) -> None:
    at = open_page("catalyseurs", **DEMO)
    assert sentence(at).startswith("Démonstration, données simulées – 350 catalyseurs simulés")
    assert "Population proche d’un acteur" in words_of(at)
    assert "départements les moins couverts" in words_of(at)
    assert "ne dit pas où il n’y a personne" not in words_of(at)
    assert [box.key for box in at.selectbox] == ["nature", "metier", "dans"]
    assert not at.exception


@pytest.mark.parametrize(
    ("key", "choices"),
    [
        ("nature", ["demo_catalyseur", "demo_fondation_territoriale", "", "demo_catalyseur"]),
        ("metier", ["Mise en réseau", "Dialogue territorial", "", "Mise en réseau"]),
        ("dans", ["region-53", "departement-29", "", "region-28"]),
    ],
)
def test_a_filter_follows_every_change(open_page: Open, key: str, choices: list[str]) -> None:
    at = open_page("catalyseurs", **DEMO)
    numbers = set()
    for choice in choices:
        at.selectbox(key=key).set_value(choice).run()
        assert link(at).get(key, "") == choice
        assert at.selectbox(key=key).value == choice
        assert link(at)["jeu"] == "demonstration"
        assert notices_of(at) == []
        numbers.add(sentence(at))
        assert ("Tout afficher" in buttons(at)) is bool(choice)
        assert not at.exception
    assert len(numbers) == len(set(choices))


def test_the_text_follows_every_change(open_page: Open) -> None:
    at = open_page("catalyseurs")
    for text, number in (("lille", 2), ("strasbourg", 2), ("", 21), ("Lille", 2)):
        at.text_input(key="texte").set_value(text).run()
        assert at.text_input(key="texte").value == text
        assert shown_rows(at) == number
        assert not at.exception


def test_filters_add_up_and_all_go_at_once(open_page: Open) -> None:
    at = open_page("catalyseurs", nature="fondation_territoriale", dans="region-32", texte="lille")
    assert shown_rows(at) == 1
    at.button(key="tout_afficher").click().run()
    assert {"nature", "dans", "texte"}.isdisjoint(link(at))
    assert shown_rows(at) == 21
    assert at.text_input(key="texte").value == ""
    assert not at.exception


def test_the_map_shows_the_points_of_the_list(open_page: Open) -> None:
    at = open_page("catalyseurs", texte="lille")
    assert len(paint_of(at)["actors"]) == shown_rows(at) == 2
    at.text_input(key="texte").set_value("").run()
    assert "actors" not in paint_of(at)
    at.selectbox(key="dans").set_value("region-27").run()
    assert len(paint_of(at)["actors"]) == shown_rows(at)
    assert len(paint_of(at)["classes"]) == 101
    assert not at.exception


def test_a_place_sorts_by_distance_and_leaves_again(open_page: Open) -> None:
    at = open_page("catalyseurs", territoire="commune-53130", nature="ptce_2023")
    assert "À vol d’oiseau, depuis la mairie de Laval" in words_of(at)
    assert "Distance" in words_of(at)
    at.button(key="retirer_lieu").click().run()
    assert "territoire" not in link(at)
    assert link(at)["nature"] == "ptce_2023"
    assert "À vol d’oiseau, depuis" not in words_of(at)
    assert not at.exception


def test_nobody_found_says_what_to_loosen(open_page: Open) -> None:
    at = open_page("catalyseurs", texte="zzzz", dans="region-53")
    assert "Aucun acteur recensé ne répond à ce choix" in words_of(at)
    assert "le texte « zzzz »" in words_of(at)
    assert "le territoire « Bretagne »" in words_of(at)
    assert "Tout afficher" in buttons(at)
    assert at.get("download_button") == []
    assert has_map(at)
    assert not at.exception


def test_fifty_rows_stand_at_once_and_the_others_follow(open_page: Open) -> None:
    at = open_page("catalyseurs", **DEMO)
    assert shown_rows(at) == 50
    assert "lignes 1 à 50" in words_of(at)
    (pages,) = at.get("pagination")
    assert pages.proto.num_pages == 7


def test_all_the_departements_come_when_asked_for(open_page: Open) -> None:
    at = open_page("catalyseurs", **DEMO)
    assert "Les 10 départements les moins couverts" in words_of(at)
    for every in (True, False, True):
        at.toggle(key="tous_departements").set_value(every).run()
        assert ("Couverture par département" in words_of(at)) is every
        assert not at.exception
    at.selectbox(key="dans").set_value("region-53").run()
    assert not at.toggle
    assert "Couverture par département" in words_of(at)


def offered(at: AppTest) -> set[str]:
    at.session_state["exporter_catalyseurs"] = True
    return {button.proto.label for button in at.run().get("download_button")}


def test_files_are_offered_for_what_is_in_view(open_page: Open) -> None:
    at = open_page("catalyseurs", **DEMO, dans="region-53")
    # Nothing is paid for the files before somebody opens them.
    assert not at.get("download_button")
    assert offered(at) >= {"Image (PNG)", "Classeur (XLSX)", "Points (GeoJSON)"}
    wide = open_page("catalyseurs", dans="region-53")
    assert offered(wide) == {
        "Données pour Excel (CSV ;)",
        "Classeur (XLSX)",
        "Données (CSV standard)",
    }
    assert "sans lieu précis : voir la liste plus bas" in words_of(wide)


@pytest.mark.parametrize(
    "params",
    [
        {"nature": "inconnue"},
        {"metier": "<script>alert(1)</script>"},
        {"jeu": "demonstration", "nature": "catalyseur"},
        {"dans": "region-99"},
        {"dans": "commune-35238"},
        {"territoire": "<script>alert(1)</script>"},
    ],
)
def test_a_bad_link_falls_back_with_a_notice(open_page: Open, params: dict[str, str]) -> None:
    at = open_page("catalyseurs", **params)
    assert len(notices_of(at)) == 1
    assert "<script>alert" not in html_of(at)
    assert shown_rows(at) in {21, 50}
    assert not at.exception


def test_a_hostile_text_is_a_text(open_page: Open) -> None:
    at = open_page("catalyseurs", texte="<script>alert(1)</script>" * 9)
    assert "<script>alert" not in html_of(at)
    assert not at.exception


@pytest.mark.parametrize(
    "territory",
    ["pays-FR", "region-04", "departement-976", "epci-200067981", "commune-98818", "commune-97411"],
)
def test_every_kind_of_place_opens(open_page: Open, territory: str) -> None:
    for data in ({}, DEMO):
        at = open_page("catalyseurs", **data, territoire=territory)
        assert shown_rows(at)
        assert not at.exception


def test_an_intercommunalite_may_limit_the_list(open_page: Open) -> None:
    at = open_page("catalyseurs", dans="epci-246700488")
    assert "Eurométropole" in at.selectbox(key="dans").options[-1]
    assert shown_rows(at) == 2
    assert not at.exception
