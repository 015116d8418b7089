"""What an update changes: counted, named, sorted, and never more than secrecy allows."""

from __future__ import annotations

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.tables.indicators import TABLES as ALL_TABLES
from territoires.tables.published import Published
from territoires.tables.snapshots import columns_of
from territoires.tables.updates.compare import Tables
from territoires.views.update_diff import Comparison, map_pair
from territoires.views.update_diff_figures import FIGURE_TABLES, FigureGroup
from territoires.views.update_diff_lines import FigureLine
from territoires.views.update_diff_words import COLUMNS, TABLES, Change
from tests.views.update_tables import (
    NORMANDIE,
    RATE,
    WAVE,
    Compare,
    comparer,
    figure,
    set_cells,
    with_rows,
    without,
)


@pytest.fixture
def compare(tables: Tables, published: Published, directory: Directory) -> Compare:
    return comparer(tables, published, directory)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def only_group(comparison: Comparison) -> FigureGroup:
    (group,) = comparison.figures
    return group


def only_line(comparison: Comparison) -> FigureLine:
    (line,) = only_group(comparison).lines
    return line


def test_the_same_tables_change_nothing_and_it_is_said(tables: Tables, compare: Compare) -> None:
    comparison = compare(tables)
    assert comparison.is_empty
    assert plain(comparison.sentence) == "Aucun changement : les données sont les mêmes."
    assert comparison.unchanged == sum(len(rows) for rows in tables.values())
    assert map_pair(comparison) is None


def test_the_order_of_rows_is_no_change(tables: Tables, compare: Compare) -> None:
    turned = {table: tuple(reversed(rows)) for table, rows in tables.items()}
    assert compare(turned).is_empty


def test_the_sentence_counts_figures_then_names_the_indicator_and_wave(
    tables: Tables, compare: Compare
) -> None:
    new = with_rows(tables, "observations", figure(tables, "53", "81"), figure(tables, "11", "64"))
    new = set_cells(new, "observations", NORMANDIE, {"value": "75"})
    new = without(new, "observations", indicator_id=RATE, code="84")
    assert plain(compare(new).sentence) == (
        "2 chiffres ajoutés, 1 modifié, 1 retiré, 2 inchangés, pour Adhésion à la dynamique "
        "partenariale (novembre 2016)."
    )


def test_many_indicators_and_waves_are_counted(tables: Tables, compare: Compare) -> None:
    new = {**tables, "observations": tables["observations"][:1]}
    indicators = {row["indicator_id"] for row in tables["observations"][1:]}
    waves = {row["wave"] for row in tables["observations"][1:]}
    assert plain(compare(new).sentence).endswith(
        f", pour {len(indicators)} indicateurs ({len(waves)} vagues)."
    )


def test_registers_are_told_after_the_figures_in_their_own_words(
    tables: Tables, compare: Compare
) -> None:
    source = {**tables["sources"][0], "source_id": "nouvelle", "title": "Une source"}
    new = with_rows(tables, "sources", source, {**source, "source_id": "nouvelle-2"})
    new = set_cells(new, "catalysts", {"actor_id": "villes-au-carre"}, {"region_code": "53"})
    assert plain(compare(new).sentence) == "2 sources ajoutées. 1 acteur modifié."


def test_a_changed_figure_says_before_after_and_the_difference(
    tables: Tables, compare: Compare
) -> None:
    new = set_cells(tables, "observations", NORMANDIE, {"value": "80.5", "respondents": "120"})
    line = only_line(compare(new))
    assert (line.change, line.name, line.level) == (Change.CHANGED, "Normandie", "région")
    assert (plain(line.before), plain(line.after)) == ("77 %", "80,5 %")
    assert plain(line.gap_text) == "+3,5 points"
    assert line.respondents == "non communiqué → 120"


@pytest.mark.parametrize(
    ("value", "told"),
    [("78", "+1 point"), ("76", "−1 point"), ("75", "−2 points"), ("77.3", "+0,3 point")],
)
def test_a_difference_has_a_sign_and_agrees(
    tables: Tables, compare: Compare, value: str, told: str
) -> None:
    new = set_cells(tables, "observations", NORMANDIE, {"value": value})
    assert plain(only_line(compare(new)).gap_text) == told


def test_a_difference_is_decimal_not_binary(tables: Tables, compare: Compare) -> None:
    old = set_cells(tables, "observations", NORMANDIE, {"value": "70.1"})
    new = set_cells(tables, "observations", NORMANDIE, {"value": "70.2"})
    assert only_line(compare(new, old)).gap == 0.1


def test_a_figure_whose_value_stays_says_what_changed(tables: Tables, compare: Compare) -> None:
    changes = {"fiabilite": "ambigue", "caveat": "Mieux dit.", "deff": "1.5"}
    line = only_line(compare(set_cells(tables, "observations", NORMANDIE, changes)))
    assert line.gap_text == "inchangé"
    assert [plain(note) for note in line.notes] == [
        "effet de plan : vide → 1,5",
        "fiabilité : claire → ambiguë ou contredite",
        "réserve",
    ]


def test_another_identifier_for_the_same_figure_is_told_as_such(
    tables: Tables, compare: Compare
) -> None:
    line = only_line(compare(set_cells(tables, "observations", NORMANDIE, {"observation_id": "x"})))
    assert line.notes == ("identifiant interne",)


def test_another_source_is_named_on_both_sides(tables: Tables, compare: Compare) -> None:
    other = tables["sources"][0]
    changes = {"source_id": other["source_id"]}
    line = only_line(compare(set_cells(tables, "observations", NORMANDIE, changes)))
    assert line.source.endswith(f" → {other['title']}")


def test_words_of_a_source_stand_where_there_is_no_number(tables: Tables, compare: Compare) -> None:
    changes = {"value": "", "value_text": "trois quarts"}
    line = only_line(compare(set_cells(tables, "observations", NORMANDIE, changes)))
    assert (plain(line.before), line.after, line.gap) == ("77 %", "trois quarts", None)


def test_other_readings_are_told_apart_from_the_main_one(tables: Tables, compare: Compare) -> None:
    new = with_rows(tables, "observations", figure(tables, "28", "70", reading="autre"))
    assert only_line(compare(new)).notes == ("autre lecture",)


def test_the_largest_changes_come_first_then_names_in_french_order(
    tables: Tables, compare: Compare
) -> None:
    # Bretagne, Île-de-France, Hauts-de-France, then Grand Est by four points.
    codes = ("53", "11", "32", "44")
    old = with_rows(tables, "observations", *(figure(tables, code, "60") for code in codes))
    new = with_rows(tables, "observations", *(figure(tables, code, "61") for code in codes[:3]))
    new = with_rows(new, "observations", figure(tables, "44", "56"))
    names = [line.name for line in only_group(compare(new, old)).lines]
    assert names == ["Grand Est", "Bretagne", "Hauts-de-France", "Île-de-France"]


def test_changed_come_before_added_and_removed(tables: Tables, compare: Compare) -> None:
    new = with_rows(tables, "observations", figure(tables, "53", "81"))
    new = set_cells(new, "observations", NORMANDIE, {"value": "75"})
    new = without(new, "observations", indicator_id=RATE, code="84")
    changes = [line.change for line in only_group(compare(new)).lines]
    assert changes == [Change.CHANGED, Change.ADDED, Change.REMOVED]


def test_lines_are_cut_by_kind_and_counted_in_full(
    tables: Tables, compare: Compare, directory: Directory
) -> None:
    communes = [commune.id.code for commune in directory.of_level(Level.COMMUNE)[:400]]
    rows = [figure(tables, code, "50", level="commune") for code in communes]
    new = with_rows(tables, "observations", *rows)
    new = set_cells(new, "observations", NORMANDIE, {"value": "75"})
    group = only_group(compare(new))
    assert (len(group.lines), group.added, group.changed) == (151, 400, 1)
    assert len(only_group(compare(new, limit=None)).lines) == 401


def test_what_is_new_takes_the_names_of_the_new_tables(tables: Tables, compare: Compare) -> None:
    model = next(row for row in tables["indicators"] if row["indicator_id"] == RATE)
    new = with_rows(
        tables, "indicators", {**model, "indicator_id": "tout_neuf", "label": "Tout neuf"}
    )
    row = figure(tables, "53", "7.5", indicator_id="tout_neuf")
    group = only_group(compare(with_rows(new, "observations", row)))
    assert (group.label, plain(group.lines[0].after)) == ("Tout neuf", "7,5 %")


def test_a_draft_that_breaks_its_contract_is_compared_all_the_same(
    tables: Tables, compare: Compare
) -> None:
    wrong = [
        figure(tables, "99", "81"),
        figure(tables, "53", "beaucoup"),
        figure(tables, "11", "64", level="canton", respondents="douze"),
        figure(tables, "32", "nan", indicator_id="inconnu", wave="?", source_id="nulle-part"),
    ]
    new = with_rows(tables, "observations", *wrong)
    new = set_cells(new, "indicators", {"indicator_id": RATE}, {"kind": "?", "decimals": "x"})
    names = {line.name for group in compare(new).figures for line in group.lines}
    assert {"code 99", "Bretagne", "Hauts-de-France"} <= names


def test_a_missing_table_is_a_table_without_rows(tables: Tables, compare: Compare) -> None:
    new = {table: rows for table, rows in tables.items() if table != "catalysts"}
    assert plain(compare(new).sentence) == f"{len(tables['catalysts'])} acteurs retirés."


# Secrecy


def test_figures_of_few_people_stay_hidden_on_their_own_side(
    tables: Tables, compare: Compare
) -> None:
    old = with_rows(tables, "observations", figure(tables, "53", "33.3", respondents="9"))
    new = with_rows(tables, "observations", figure(tables, "53", "41", respondents="90"))
    line = only_line(compare(new, old))
    assert (line.before, plain(line.after)) == ("effectif insuffisant", "41 %")
    assert (line.gap, line.gap_text, line.respondents) == (None, "", "masqué → 90")


def test_hidden_figures_give_nothing_away_but_that_they_change(
    tables: Tables, compare: Compare
) -> None:
    said = {"statement": "7 sur 9 le disent", "caveat": "sur 9", "deff": "1.75"}
    old = with_rows(tables, "observations", figure(tables, "53", "33.3", respondents="9"))
    new = with_rows(tables, "observations", figure(tables, "53", "77.8", respondents="9", **said))
    comparison = compare(new, old)
    text = repr(comparison)
    assert not any(secret in text for secret in ("33,3", "33.3", "77,8", "77.8", "1,75", "sur 9"))
    assert only_group(comparison).hidden == 1
    assert only_line(comparison).notes == ("effet de plan", "réserve", "énoncé")


def test_what_would_give_a_hidden_figure_away_is_hidden_too(
    tables: Tables, compare: Compare
) -> None:
    wave = {"wave": "2030"}
    rows = [
        figure(tables, "FR", "50", level="pays", respondents="1000", **wave),
        figure(tables, "53", "40", respondents="9", **wave),
        figure(tables, "11", "45", respondents="50", **wave),
        figure(tables, "32", "55", respondents="500", **wave),
    ]
    group = only_group(compare(with_rows(tables, "observations", *rows)))
    after = {line.name: plain(line.after) for line in group.lines}
    assert after == {
        "France": "50 %",
        "Bretagne": "effectif insuffisant",
        "Île-de-France": "masqué pour protéger un autre territoire",
        "Hauts-de-France": "55 %",
    }


# Registers


def test_cells_of_registers_are_told_in_words(tables: Tables, compare: Compare) -> None:
    changes = {"kind": "catalyseur", "region_code": "53", "fiabilite": "ambigue"}
    new = set_cells(tables, "catalysts", {"actor_id": "villes-au-carre"}, changes)
    (group,) = compare(new).registers
    (line,) = group.lines
    assert line.name == "Villes au Carré"
    assert [(cell.column, cell.before, cell.after) for cell in line.cells] == [
        ("catégorie", "Réseau pilote du parcours d’expérience 2018", "Catalyseur territorial"),
        ("région", "Centre-Val de Loire", "Bretagne"),
        ("fiabilité", "claire", "ambiguë ou contredite"),
    ]


def test_lists_of_identifiers_are_named_one_by_one(tables: Tables, compare: Compare) -> None:
    changes = {
        "comparable_with": "innovation_maires innovation_citoyens",
        "waves": "2016-11 2020-11",
        "levels": "pays region departement",
        "direction": "haut_fragile",
    }
    new = set_cells(tables, "indicators", {"indicator_id": RATE}, changes)
    (group,) = compare(new).registers
    after = {cell.column: cell.after for cell in group.lines[0].cells}
    assert after["vagues"] == "novembre 2016, novembre 2020"
    assert after["niveaux"] == "pays, région, département"
    assert after["sens de lecture"] == "haut fragile"
    assert after["comparable avec"].count("Les alliances sont source d’innovation") == 2


def test_a_catalogue_that_only_follows_its_figures_is_listed_not_announced(
    tables: Tables, compare: Compare
) -> None:
    new = with_rows(tables, "observations", figure(tables, "53", "81", wave="2025"))
    new = set_cells(new, "indicators", {"indicator_id": RATE}, {"waves": "2016-11 2025"})
    comparison = compare(new)
    assert plain(comparison.sentence) == (
        "1 chiffre ajouté, pour Adhésion à la dynamique partenariale (2025)."
    )
    assert (comparison.registers[0].derived, comparison.changed) == (1, 1)


def test_long_cells_are_cut(tables: Tables, compare: Compare) -> None:
    new = set_cells(tables, "catalysts", {"actor_id": "villes-au-carre"}, {"note": "a" * 5_000})
    (cell,) = compare(new).registers[0].lines[0].cells
    assert len(cell.after) < 200


def test_zones_name_their_members(tables: Tables, compare: Compare) -> None:
    zone = {"zoning_id": "crte", "zoning_name": "CRTE", "zone_code": "1", "zone_name": "Pays d’ici"}
    new = with_rows(tables, "zonages", {**zone, "level": "commune", "code": "35238"})
    comparison = compare(new)
    assert comparison.registers[0].lines[0].name == "Pays d’ici – Rennes"
    assert plain(comparison.sentence) == "1 rattachement à une zone ajouté."


def test_every_table_and_column_has_a_french_name() -> None:
    registers = set(ALL_TABLES) - set(FIGURE_TABLES)
    assert set(TABLES) == registers
    for table in registers:
        key = {"zoning_id", "zone_code", "code", *columns_of(table)[:1]}
        named = {*COLUMNS[""], *COLUMNS.get(table, {})}
        assert set(columns_of(table)) - key <= named, table


# Maps


def test_the_map_is_that_of_the_most_changed_colour(tables: Tables, compare: Compare) -> None:
    new = with_rows(tables, "observations", figure(tables, "53", "81"), figure(tables, "11", "70"))
    new = set_cells(new, "observations", NORMANDIE, {"value": "75"})
    pair = map_pair(compare(new))
    assert pair is not None
    assert (pair.indicator_id, pair.wave, pair.level) == (RATE, WAVE, Level.REGION)
    assert (pair.changes, pair.has_before, pair.has_after) == (3, True, True)


def test_a_wave_that_is_new_has_no_map_before(tables: Tables, compare: Compare) -> None:
    new = with_rows(tables, "observations", figure(tables, "53", "81", wave="2025"))
    pair = map_pair(compare(new))
    assert pair is not None
    assert (pair.has_before, pair.has_after) == (False, True)


def test_counts_and_national_figures_have_no_map_to_show(tables: Tables, compare: Compare) -> None:
    national = {"indicator_id": "innovation_maires", "wave": WAVE}
    assert map_pair(compare(set_cells(tables, "observations", national, {"value": "1"}))) is None
    counted = next(row["indicator_id"] for row in tables["indicators"] if row["kind"] == "count")
    row = figure(tables, "53", "81", indicator_id=counted)
    assert map_pair(compare(with_rows(tables, "observations", row))) is None


def test_other_readings_are_no_reason_for_a_map(tables: Tables, compare: Compare) -> None:
    new = with_rows(tables, "observations", figure(tables, "28", "70", reading="autre"))
    assert map_pair(compare(new)) is None
