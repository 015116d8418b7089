"""Tables of data: the same as the view; what is hidden is hidden, what is missing says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.domain.indicators import Nature, Suppression
from territoires.domain.territories import TerritoryId
from territoires.render.data_files import comparison_table, map_table, portrait_table, say_size
from territoires.views.caveats import OTHER_QUESTION
from territoires.views.comparison import build_comparison
from territoires.views.datasets import EDITIONS
from territoires.views.figure import displayed_value
from territoires.views.map_view import STATE_LABELS, State
from territoires.views.portrait_lines import lines_of
from tests.render.data_files.conftest import DEMO, KNOWN, TAKEN

FOUR = ("region-28", "region-53", "departement-976", "commune-53130")


def records(table) -> list[dict[str, object]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("name", ["connue", "simulée", "île", "zones"])
def test_a_map_s_table_is_the_map(maps, tables, name) -> None:
    view, found = maps[name], records(tables[name])
    assert [record["territoire"] for record in found] == [str(row.id) for row in view.rows]
    for row, record in zip(view.rows, found, strict=True):
        assert record["code"] == row.id.code
        assert record["etat"] == row.state.value
        assert record["etat_en_clair"] == STATE_LABELS[row.state]
        value = row.figure.value if row.figure else None
        shown = None if value is None else displayed_value(value, view.indicator)
        assert record["valeur"] == shown
        assert record["jeu"] == EDITIONS[view.dataset].name


def test_what_is_hidden_is_hidden_and_says_why(maps, tables) -> None:
    found = records(tables["simulée"])
    hidden = [record for record in found if record["etat"] == State.SUPPRIME]
    assert len(hidden) == maps["simulée"].state_counts[State.SUPPRIME] > 0
    for record in hidden:
        for name in ("valeur", "intervalle_bas", "intervalle_haut", "reponses", "effet_de_plan"):
            assert record[name] is None
        assert record["valeur_affichee"]


def test_a_figure_that_should_have_been_hidden_before_still_is(maps, zoned, demonstration) -> None:
    view = maps["simulée"]
    row = next(row for row in view.rows if row.figure and row.figure.interval)
    leak = replace(row, figure=replace(row.figure, suppression=Suppression.EFFECTIF))
    rows = tuple(leak if one is row else one for one in view.rows)
    table = map_table(replace(view, rows=rows), demonstration.catalogue, zoned, TAKEN)
    record = next(r for r in records(table) if r["territoire"] == str(row.id))
    assert record["valeur"] is record["reponses"] is record["intervalle_bas"] is None


def test_france_stands_beside_only_where_the_question_is_the_same(maps, tables) -> None:
    assert not maps["connue"].is_france_asked_the_same
    assert all("valeur_france" not in record for record in records(tables["connue"]))
    national = maps["simulée"].national
    assert {record["valeur_france"] for record in records(tables["simulée"])} == {
        displayed_value(national.value, maps["simulée"].indicator)
    }
    assert ("France", "87\u00a0%") in [(s, t[:4]) for s, t in tables["connue"].notes]


def test_an_official_count_has_no_column_of_samples(tables) -> None:
    names = {column.name for column in tables["île"].columns}
    assert names.isdisjoint({"intervalle_bas", "reponses", "precision", "par_rapport_a_la_france"})
    assert {"code_departement", "code_region"} <= names


def test_every_column_is_explained_in_french_and_named_in_ascii(tables) -> None:
    for table in tables.values():
        assert all(column.name.isascii() and column.description for column in table.columns)
        assert len({column.name for column in table.columns}) == len(table.columns)


def test_classes_are_those_of_the_legend(maps, tables) -> None:
    labels = {record["classe"] for record in records(tables["simulée"]) if record["classe"]}
    assert len(labels) == sum(count > 0 for count in maps["simulée"].category_counts)
    assert all("%" in str(label) for label in labels)


@pytest.mark.parametrize("place", FOUR)
def test_a_portrait_gives_each_figure_of_its_page_once_with_its_territory(
    portraits, simulated_portraits, published, demonstration, place
) -> None:
    for source, data in ((portraits, published), (simulated_portraits, demonstration)):
        portrait = source.build(TerritoryId.parse(place))
        table = portrait_table(portrait, data, TAKEN)
        found = records(table)
        keys = [(r["indicateur"], r["vague"], r["territoire"]) for r in found]
        assert len(set(keys)) == len(keys) > 0
        told = {(r["indicateur"], r["valeur_affichee"], r["territoire"]) for r in found}
        for _, line in lines_of(portrait):
            name = line.indicator.indicator_id
            if line.local:
                whose = line.holder.territory.id if line.holder else portrait.territory.id
                assert (name, line.local.text, str(whose)) in told
            elif line.indicator.nature is Nature.ENQUETE and line.national:
                assert (name, line.national.text, "pays-FR") in told
        assert found[0]["rubrique"] == "Identité"
        assert (found[0]["valeur"], found[0]["nom"]) == (
            portrait.territory.population,
            portrait.territory.name,
        )
        assert all(r["source"] for r in found if r["etat"] != "manquant")
        cited = {source.title for source in table.citation.sources}
        assert {r["source"] for r in found if r["source"]} <= cited
        simulated = {"enquête"} if data is published else {"donnée simulée"}
        assert {r["nature"] for r in found if r["rubrique"] == "Enquêtes"} <= simulated


def test_what_insee_does_not_publish_is_missing_for_the_region_it_would_be_of(
    portraits, published
) -> None:
    portrait = portraits.build(TerritoryId.parse("commune-97608"))
    found = records(portrait_table(portrait, published, TAKEN))
    context = [record for record in found if record["rubrique"] == "Contexte (Insee)"]
    assert {record["nom"] for record in context} == {"Mayotte"}
    assert {record["etat"] for record in context} == {"manquant", "classe"}


def test_the_actors_of_a_portrait_have_a_table_of_their_own(portraits, published) -> None:
    portrait = portraits.build(TerritoryId.parse("commune-97608"))
    ((title, actors),) = portrait_table(portrait, published, TAKEN).beside
    found, nearby = records(actors), portrait.nearby
    assert title == "Acteurs"
    assert [r["nom"] for r in found] == [actor.name for actor in nearby.without_place]
    assert all(r["situation"] == "lieu précis non publié" and r["source"] for r in found)


def test_a_comparison_keeps_the_order_of_the_page_and_says_how_sure_it_is(
    draw, names, zoned, demonstration
) -> None:
    codes = [row.id for row in draw(DEMO).rows if row.figure and row.figure.interval][:4]
    asked = replace(DEMO, compared=tuple(codes))
    comparison = build_comparison(asked, draw(DEMO), names)
    table = comparison_table(comparison, demonstration.catalogue, zoned, TAKEN)
    assert table.keys == (*(str(row.id) for row in comparison.rows), "pays-FR")
    assert records(table)[-1]["valeur"] == displayed_value(
        comparison.national.value, comparison.indicator
    )
    pairs = [text for subject, text in table.notes if subject == "Ordre de deux territoires"]
    assert len(pairs) == len(comparison.pairs)


def test_figures_of_unknown_samples_are_not_ranked_in_words_either(
    draw, names, zoned, published
) -> None:
    comparison = build_comparison(KNOWN, draw(KNOWN), names)
    table = comparison_table(comparison, published.catalogue, zoned, TAKEN)
    order = next(text for subject, text in table.notes if subject == "Ordre des lignes")
    assert order.startswith("Celui des codes : ces chiffres ne se classent pas.")
    france = records(table)[-1]
    assert france["nom"] == "France (autre formulation)"
    assert france["valeur"] == 87
    assert france["reserve"].startswith(OTHER_QUESTION)


def test_sizes_are_told_as_french_readers_write_them() -> None:
    assert say_size(b"x") == "1\u00a0Ko"
    assert say_size(b"x" * 38_400) == "38\u00a0Ko"
    assert say_size(b"x" * 12_400_000) == "12,4\u00a0Mo"
