"""HTML of the directory of actors: complete, escaped, marked, and silent where nothing is known."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import catalyst_coverage, catalysts
from territoires.tables.published import Published
from territoires.views.catalyst_coverage import build_commune_points, build_coverage
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import CatalystsView, build_catalysts_view
from territoires.views.catalyst_places import build_actor_places

LAVAL = TerritoryId(Level.COMMUNE, "53130")
BRETAGNE = TerritoryId(Level.REGION, "53")
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def look(directory: Directory):
    def view(data: Published, **asked: object) -> tuple[CatalystsView, Selection]:
        index = build_catalyst_index(data, directory, build_actor_places(data, directory, ()))
        selection = Selection("", "", data.dataset, **asked)
        return build_catalysts_view(selection, data, directory, index), selection

    return view


def text_of(html: str) -> str:
    without_cards = re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", without_cards)).replace("\u00a0", " ")


def rows_of(html: str) -> int:
    return html.count('<tr role="row"')


def test_the_introduction_says_the_sentence_the_caveat_and_the_link(look, datasets) -> None:
    for data in datasets:
        view, selection = look(data, territory=LAVAL)
        html = catalysts.introduction(view, selection)
        assert data.lists["catalysts"].caveat[:40] in unescape(html).replace("\u00a0", " ")
        assert 'data-vue="/catalyseurs?' in html
        assert "territoire=commune-53130" in html
        assert "À vol d’oiseau" in html


def test_the_table_has_one_row_per_actor_shown_and_says_which(look, demonstration) -> None:
    view, _ = look(demonstration)
    html = catalysts.placed_table(view, demonstration, 100, 200)
    assert rows_of(html) == 100
    assert "lignes 101 à 200" in text_of(html)
    assert "le tri par une colonne ne porte que sur elles" in text_of(html)
    whole = catalysts.placed_table(view, demonstration, 0, 1000)
    assert rows_of(whole) == len(view.placed)
    assert "lignes" not in text_of(whole)


def test_the_distance_has_a_column_only_where_a_place_is_in_view(look, demonstration) -> None:
    with_place, _ = look(demonstration, territory=LAVAL)
    without, _ = look(demonstration)
    assert ">Distance<" in catalysts.placed_table(with_place, demonstration, 0, 10)
    assert ">Distance<" not in catalysts.placed_table(without, demonstration, 0, 10)


def test_across_the_sea_the_cell_says_why_there_is_no_distance(look, demonstration) -> None:
    view, _ = look(demonstration, territory=LAVAL)
    last = catalysts.placed_table(view, demonstration, len(view.placed) - 1, len(view.placed))
    assert "outre-mer" in text_of(last)
    island, _ = look(demonstration, territory=TerritoryId(Level.REGION, "04"))
    far = catalysts.placed_table(island, demonstration, 300, 301)
    assert "au-delà de la mer" in text_of(far)


def test_the_metier_has_a_column_only_where_sources_give_one(look, datasets) -> None:
    for data in datasets:
        view, _ = look(data)
        html = catalysts.placed_table(view, data, 0, 10)
        assert (">Métier<" in html) is bool(view.metiers)


def test_simulated_tables_bear_the_mark(look, datasets) -> None:
    for data in datasets:
        view, _ = look(data)
        caption = re.search(r"<caption>(.*?)</caption>", catalysts.placed_table(view, data, 0, 5))
        marked = "Démonstration, données simulées" in caption[1]
        assert marked is data.lists["catalysts"].exhaustive


def test_each_actor_opens_a_card_with_its_source(look, published) -> None:
    view, _ = look(published)
    html = catalysts.placed_table(view, published, 0, 100) + catalysts.wide_table(view, published)
    cards = [unescape(text).split("\n") for text in re.findall(r'data-fiche="([^"]*)"', html)]
    assert len(cards) == len(published.catalysts)
    for card in cards:
        lines = [line.split("|") for line in card]
        assert {"Nature", "Lieu", "Fiabilité", "Source"} <= {line[0] for line in lines}
        assert all(line[1] for line in lines)
        assert {len(line) for line in lines} == {2, 3}
    assert html.count('data-question="Qui est cet acteur') == len(cards)


def test_a_text_cannot_add_a_line_to_a_card(published) -> None:
    odd = replace(published.catalysts[0], note="a|b\nSource|c|javascript:alert(1)")
    button = catalysts.actor_button(odd, published)
    (card,) = re.findall(r'data-fiche="([^"]*)"', button)
    assert "À savoir|a¦b Source¦c¦javascript" in card.replace("\u00a0", " ")
    assert len(card.split("\n")) == len(catalysts.actor_card(odd, published))


def test_what_a_source_says_is_escaped(look, published) -> None:
    first = replace(
        published.catalysts[0],
        name=HOSTILE,
        place_name=HOSTILE,
        note=HOSTILE,
        status_in_source=HOSTILE,
    )
    data = replace(published, catalysts=(first, *published.catalysts[1:]))
    view, selection = look(data, actor_filter=ActorFilter(text=HOSTILE))
    assert view.found == 1
    html = (
        catalysts.introduction(view, selection)
        + catalysts.placed_table(view, data, 0, 5)
        + catalysts.wide_table(view, data)
    )
    assert "<img" not in html
    nobody, _ = look(published, actor_filter=ActorFilter(text=HOSTILE + "zz"))
    assert "<img" not in catalysts.nobody(nobody, published)


def test_actors_without_a_place_are_counted_per_territory(look, published) -> None:
    view, _ = look(published)
    html = catalysts.wide_table(view, published)
    assert rows_of(html) == len(view.wide)
    number = sum(len(group.catalysts) for group in view.wide)
    assert f"{number} acteurs sans lieu précis" in text_of(html)
    assert "hors de la carte et des distances" in text_of(html)


def test_a_list_without_wide_actors_has_no_second_table(look, demonstration) -> None:
    view, _ = look(demonstration)
    assert catalysts.wide_table(view, demonstration) == ""


def test_nobody_found_says_what_to_loosen_and_never_that_nobody_is_there(look, datasets) -> None:
    for data in datasets:
        view, _ = look(data, within=BRETAGNE, actor_filter=ActorFilter(text="zzzz"))
        text = text_of(catalysts.nobody(view, data))
        assert "le territoire « Bretagne »" in text
        assert "le texte « zzzz »" in text
        partial = not data.lists["catalysts"].exhaustive
        assert ("cela ne veut pas dire qu’il n’y en a pas" in text) is partial


def test_actors_found_without_a_place_are_announced(look, published) -> None:
    view, _ = look(published, within=BRETAGNE)
    assert view.placed == ()
    assert "sans lieu précis" in text_of(catalysts.nobody_placed(view))


def test_coverage_is_written_only_for_a_complete_list(look, datasets, directory) -> None:
    communes = build_commune_points(directory)
    for data in datasets:
        view, _ = look(data)
        index = build_catalyst_index(data, directory, build_actor_places(data, directory, ()))
        found = build_coverage(
            view.asked, None, published=data, directory=directory, index=index, communes=communes
        )
        note = catalyst_coverage.partial_note(view.note)
        if data.lists["catalysts"].exhaustive:
            assert found
            html = catalyst_coverage.coverage(found, view.asked)
            html += catalyst_coverage.departements(found)
            assert note == ""
            assert "Les 10 départements les moins couverts" in text_of(html)
            assert rows_of(html) == 10
            assert rows_of(catalyst_coverage.departements(found, every=True)) == 101
            assert "pour 100\u202f000 habitants" in text_of(html)
            assert "donnée réelle" in text_of(html)
            assert html.count("Démonstration, données simulées") >= 3
        else:
            assert found is None
            assert "ne dit pas où il n’y a personne" in text_of(note)


def test_coverage_says_which_actors_count(look, demonstration, directory) -> None:
    communes = build_commune_points(directory)
    view, _ = look(demonstration, within=BRETAGNE, actor_filter=ActorFilter(text="x"))
    index = build_catalyst_index(
        demonstration, directory, build_actor_places(demonstration, directory, ())
    )
    found = build_coverage(
        view.asked,
        view.within,
        published=demonstration,
        directory=directory,
        index=index,
        communes=communes,
        place="en Bretagne",
    )
    found = replace(found, unplaced=2)
    text = text_of(
        catalyst_coverage.coverage(found, view.asked) + catalyst_coverage.departements(found)
    )
    assert "En Bretagne, à vol d’oiseau" in text
    assert "territoires voisins comptent aussi" in text
    assert "Le texte cherché n’entre pas en compte" in text
    assert "2 acteurs sans lieu précis ne comptent pas" in text
    assert "Couverture par département" in text
