"""The directory of actors: filtered, sorted, counted; what has no place is never a point."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest

from territoires.domain.catalysts import Precision
from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter, Selection
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.actors import place_actors
from territoires.views.catalyst_index import CatalystIndex, build_catalyst_index
from territoires.views.catalyst_list import CatalystsView, build_catalysts_view
from territoires.views.catalyst_places import build_actor_places
from territoires.views.catalyst_sentence import say_choice, say_list, say_nearest
from territoires.views.catalysts import PARTIAL
from territoires.views.french import format_number

LAVAL = TerritoryId(Level.COMMUNE, "53130")
BOURGOGNE = TerritoryId(Level.REGION, "27")
JURA = TerritoryId(Level.DEPARTEMENT, "39")
REUNION = TerritoryId(Level.REGION, "04")


@pytest.fixture(scope="module")
def indexes(
    datasets: tuple[Published, Published], directory: Directory
) -> dict[str, CatalystIndex]:
    return {
        data.dataset: build_catalyst_index(data, directory, build_actor_places(data, directory))
        for data in datasets
    }


@pytest.fixture
def look(directory: Directory, indexes: dict[str, CatalystIndex]):
    """Build the view of a set of data: « look(published, within=…, text="lille") »."""

    def view(data: Published, **asked: object) -> CatalystsView:
        words = {name: str(asked.pop(name)) for name in ("kind", "metier", "text") if name in asked}
        selection = Selection("", "", data.dataset, actor_filter=ActorFilter(**words), **asked)
        return build_catalysts_view(selection, data, directory, indexes[data.dataset])

    return view


def ids(view: CatalystsView) -> set[str]:
    placed = {actor.catalyst.actor_id for actor in view.placed}
    return placed | {c.actor_id for group in view.wide for c in group.catalysts}


def test_without_a_choice_everyone_is_listed_once(look, datasets) -> None:
    for data in datasets:
        view = look(data)
        assert ids(view) == {c.actor_id for c in data.catalysts}
        assert view.found == view.total == len(data.catalysts)
        assert view.visible is None
        assert not view.is_filtered
        assert view.notices == ()


def test_the_points_shown_are_the_actors_of_the_list(look, datasets, directory) -> None:
    for data in datasets:
        points = place_actors(data, directory)
        for within in (BOURGOGNE, JURA, REUNION):
            view = look(data, within=within)
            shown = {points[rank].actor_id for rank in view.visible}
            assert shown == {actor.catalyst.actor_id for actor in view.placed}


def test_an_actor_known_by_a_wide_territory_is_counted_there_and_is_no_point(
    look, published
) -> None:
    view = look(published)
    assert view.wide
    for group in view.wide:
        for catalyst in group.catalysts:
            assert catalyst.precision in {Precision.REGION, Precision.DEPARTEMENT}
            assert catalyst.territory == group.territory.id
    levels = [group.territory.id.level for group in view.wide]
    assert levels == sorted(levels, key=list(Level).index)


def test_a_kind_keeps_its_actors_alone(look, datasets) -> None:
    for data in datasets:
        total = 0
        for kind in data.catalyst_kinds:
            view = look(data, kind=kind)
            assert ids(view) == {c.actor_id for c in data.catalysts if c.kind == kind}
            total += view.found
        assert total == len(data.catalysts)


def test_a_metier_is_offered_only_where_a_source_gives_one(look, published, demonstration) -> None:
    assert look(published).metiers == ()
    metiers = look(demonstration).metiers
    assert set(metiers) == {c.metier for c in demonstration.catalysts}
    for metier in metiers:
        view = look(demonstration, metier=metier)
        assert {actor.catalyst.metier for actor in view.placed} == {metier}


@pytest.mark.parametrize(
    "asked", [{"kind": "<script>"}, {"metier": "=1+1"}, {"kind": "demo_catalyseur"}]
)
def test_an_unknown_choice_is_left_out_with_a_notice(look, published, asked) -> None:
    view = look(published, **asked)
    assert view.found == view.total
    assert len(view.notices) == 1
    assert view.asked == ActorFilter()


@pytest.mark.parametrize("text", ["sables d’olonne", "LES SABLES-D'OLONNE", "olonne  sables"])
def test_a_text_is_found_whatever_its_accents_case_and_hyphens(look, published, text) -> None:
    view = look(published, text=text)
    assert [actor.catalyst.actor_id for actor in view.placed] == ["sables-olonne-dev"]


def test_a_text_looks_in_names_places_departements_and_regions(look, published) -> None:
    assert ids(look(published, text="lille")) == {"cbe-lille", "fondation-lille"}
    assert (
        look(published, text="grand est").found
        == look(published, within=TerritoryId(Level.REGION, "44")).found
    )
    assert look(published, text="zzzz").found == 0


def test_a_limit_keeps_what_surely_lies_in_it_and_counts_what_may(look, published) -> None:
    region, departement = look(published, within=BOURGOGNE), look(published, within=JURA)
    assert region.maybe == 0
    assert ids(departement) < ids(region)
    wide = {c.actor_id for g in region.wide if g.territory.id == BOURGOGNE for c in g.catalysts}
    assert departement.maybe == len(wide) > 0
    assert not ids(departement) & wide


def test_the_country_is_no_place_to_start_from(look, published) -> None:
    assert look(published, territory=FRANCE).origin is None
    assert look(published, territory=FRANCE).territory is None


def test_without_a_place_the_order_is_region_then_departement(look, datasets) -> None:
    for data in datasets:
        view = look(data)
        regions = [actor.region for actor in view.placed]
        # Each région stands in one piece.
        assert len(list(groupby(regions))) == len(set(regions))
        assert all(actor.distance_km is None for actor in view.placed)


def test_with_a_place_the_nearest_come_first_and_overseas_last_without_a_distance(
    look, demonstration
) -> None:
    view = look(demonstration, territory=LAVAL)
    known = [a.distance_km for a in view.placed if a.distance_km is not None]
    assert known == sorted(known)
    assert [a.distance_km is None for a in view.placed] == sorted(
        a.distance_km is None for a in view.placed
    )
    overseas = {a.catalyst.region_code for a in view.placed if a.distance_km is None}
    assert overseas <= {"01", "02", "03", "04", "06"}
    assert overseas


def test_the_map_goes_to_the_place_unless_it_is_limited(look, demonstration) -> None:
    near = look(demonstration, territory=LAVAL)
    west, south, east, north = near.focus
    assert west <= near.origin.x_km <= east
    assert south <= near.origin.y_km <= north
    assert east - west >= 60 - 1e-6
    assert look(demonstration, territory=LAVAL, within=BOURGOGNE).focus is None
    assert look(demonstration).focus is None


def test_a_place_without_a_position_leaves_the_list_whole(look, published) -> None:
    view = look(published, territory=TerritoryId(Level.COMMUNE, "98818"))
    assert view.origin is None
    assert view.found == view.total
    assert "position n’est pas connue" in say_nearest(view)


def test_counts_by_territory_are_those_of_the_list(look, datasets) -> None:
    for data in datasets:
        for asked in ({}, {"within": BOURGOGNE}):
            view = look(data, **asked)
            regions = [n for t, n in view.counts.items() if t.level is Level.REGION]
            assert sum(regions) == view.found


def test_the_sentence_says_the_numbers_of_the_list(look, datasets) -> None:
    for data in datasets:
        for asked in ({}, {"within": BOURGOGNE}, {"text": "zzzz"}, {"kind": "catalyseur"}):
            view = look(data, **asked)
            text = say_list(view)
            mark = "Démonstration, données simulées – "
            number = format_number(view.found) if view.found else "Aucun "
            assert text.removeprefix(mark).startswith(number)
            assert text.startswith(mark) is (data.dataset == "demonstration")
            assert (f"sur {format_number(view.total)}" in text) is view.is_filtered
            assert (PARTIAL in text) is not view.note.exhaustive


def test_the_sentence_tells_what_a_departement_may_hold(look, published) -> None:
    text = say_list(look(published, within=JURA))
    assert "seulement par un territoire plus vaste" in text
    assert "rien ne dit s’ils sont dans le département" in text


def test_one_actor_is_said_in_the_singular(look, published) -> None:
    one = look(published, text="sables d olonne")
    assert say_list(one).startswith("1\u00a0acteur nommé sur 74, placé sur la carte.")


def test_a_list_without_any_place_says_so_and_a_list_of_nobody_too(look, published) -> None:
    bretagne = look(published, within=TerritoryId(Level.REGION, "53"))
    text = say_list(bretagne).replace("\u00a0", " ")
    assert text.startswith("1 acteur nommé sur 74, connu seulement par son département ou sa")
    assert say_list(look(published, text="zzzz")).startswith("Aucun acteur nommé sur 74. ")


def test_the_nearest_are_said_with_where_distances_start_from(look, demonstration) -> None:
    text = say_nearest(look(demonstration, territory=LAVAL))
    assert text.startswith("À vol d’oiseau, depuis la mairie de Laval, les plus proches")
    assert "parmi les acteurs recensés ici :" in text
    assert say_nearest(look(demonstration)) == ""
    limited = say_nearest(look(demonstration, territory=LAVAL, within=BOURGOGNE))
    assert "parmi les acteurs recensés ici qui répondent à ce choix :" in limited


def test_nobody_on_this_side_of_the_sea_is_said(look, published) -> None:
    text = say_nearest(look(published, territory=REUNION))
    assert "aucun acteur de ce choix n’est placé de ce côté de la mer" in text


def test_each_choice_is_named_so_that_it_can_be_undone(look, demonstration) -> None:
    view = look(
        demonstration,
        kind="demo_catalyseur",
        metier="Mise en réseau",
        text="zz",
        within=BOURGOGNE,
    )
    words = say_choice(view, demonstration.catalyst_kinds)
    assert len(words) == 4
    assert "Bourgogne-Franche-Comté" in words[2]


def test_the_index_refuses_nothing_of_an_empty_list(published, directory) -> None:
    nobody = replace(published, catalysts=())
    index = build_catalyst_index(nobody, directory, build_actor_places(nobody, directory))
    view = build_catalysts_view(Selection("", ""), nobody, directory, index)
    assert (view.found, view.total, view.placed, view.wide) == (0, 0, (), ())
