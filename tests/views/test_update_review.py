"""A file taken through the review: what is proposed, what is checked, what would be published."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.domain.updates import (
    Absent,
    Choices,
    ColumnRole,
    FileKind,
    Grade,
    Row,
    Scale,
    Severity,
)
from territoires.tables.snapshots import check_tables
from territoires.tables.updates.compare import compare_tables, counts
from territoires.tables.updates.templates import build_template
from territoires.views.update_review import Review
from tests.views.conftest import SAID, Reviewer, Tables

#: The file of the issue: French Excel, Île-de-France three times, a total, a wrong share, a double.
EXCEL = (
    "Région;Année;Taux d’adhésion (%);Répondants\r\n"
    "Ile de France;2022;77,5;120\r\n"
    "ÎLE-DE-FRANCE;2023;80,0;110\r\n"
    "Région Île de France;2024;81,7;115\r\n"
    "Bretagne;2024;178;90\r\n"
    "Normandie;2024;82,5;80\r\n"
    "Normandie;2024;82,5;80\r\n"
    "Ensemble;2024;80,9;2 110\r\n"
).encode("cp1252")
EXCEL_COLUMNS = (
    ColumnRole(0, "name"),
    ColumnRole(1, "wave"),
    ColumnRole(2, "value"),
    ColumnRole(3, "respondents"),
)


def codes(review: Review, severity: Severity | None = None) -> list[str]:
    return [one.code for one in review.problems if severity in (None, one.severity)]


def principal(review: Review, indicator: str, wave: str) -> dict[str, Row]:
    assert review.tables is not None
    return {
        f"{row['level']}-{row['code']}": row
        for row in review.tables["observations"]
        if (row["indicator_id"], row["wave"], row["reading"]) == (indicator, wave, "principale")
    }


def changes(review: Review, tables: Tables) -> tuple[int, int, int]:
    assert review.tables is not None
    return counts([d for d in compare_tables(tables, review.tables) if d.table == "observations"])


def write(rows: list[dict[str, str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def test_nothing_is_applied_before_a_person_confirms(review: Reviewer) -> None:
    proposed = review("Région;Taux\nBretagne;77\n", confirmed=False)
    assert codes(proposed, Severity.BLOCKING) == ["unconfirmed"]
    assert [one.role.field for one in proposed.columns] == ["name", "value"]
    assert proposed.level is Level.REGION
    assert not proposed.is_publishable


def test_real_problems_are_told_before_anything_is_confirmed(review: Reviewer) -> None:
    proposed = review("Région;Taux\nBretagne;178\nAtlantide;3\n", confirmed=False)
    assert {"unconfirmed", "share", "place-inconnu"} <= set(codes(proposed, Severity.BLOCKING))


def test_the_file_of_the_issue_is_told_in_full(review: Reviewer) -> None:
    first = review(EXCEL, wave="", columns=EXCEL_COLUMNS, confirmed=False, source_id="")
    assert codes(first, Severity.BLOCKING) == [
        "unconfirmed",
        "source-missing",
        "share",
        "place-total",
    ]
    assert codes(first, Severity.WARNING) == ["duplicate"]
    spelt = [match for match in first.places if str(match.territory) == "region-11"]
    assert [match.grade for match in spelt] == [Grade.EXACT] * 3
    assert [match.rows for match in spelt] == [(2,), (3,), (4,)]


def test_the_file_of_the_issue_is_mended_and_published_by_choices(
    review: Reviewer, tables: Tables
) -> None:
    done = review(EXCEL, wave="", columns=EXCEL_COLUMNS, excluded=(5,), places=(("Ensemble", ""),))
    assert done.is_publishable, done.problems
    assert changes(done, tables) == (4, 0, 0)
    new = principal(done, "adhesion_maires_region", "2024")
    assert {place: (row["value"], row["respondents"]) for place, row in new.items()} == {
        "region-11": ("81.7", "115"),
        "region-28": ("82.5", "80"),
    }
    (indicator,) = [
        row
        for row in (done.tables or {})["indicators"]
        if row["indicator_id"] == "adhesion_maires_region"
    ]
    assert indicator["waves"].split() == ["2016-11", "2022", "2023", "2024"]


def test_a_close_name_waits_for_a_person_even_when_all_is_confirmed(review: Reviewer) -> None:
    file = "Région;Taux;Répondants\nBretagn;77;100\n"
    assert codes(review(file), Severity.BLOCKING) == ["place-proche"]
    chosen = review(file, places=(("Bretagn", "region-53"),))
    assert chosen.is_publishable
    assert list(principal(chosen, "adhesion_maires_region", "2024-11")) == ["region-53"]


def test_a_choice_wins_over_a_sure_match(review: Reviewer) -> None:
    chosen = review(
        "Région;Taux;Répondants\nBretagne;77;100\n", places=(("Bretagne", "region-94"),)
    )
    assert list(principal(chosen, "adhesion_maires_region", "2024-11")) == ["region-94"]


def test_rows_left_out_are_told_and_make_nothing(review: Reviewer, tables: Tables) -> None:
    left = review(
        "Région;Taux;Répondants\nBretagne;77;100\nTotal;178;abc\n", places=(("Total", ""),)
    )
    assert left.is_publishable
    assert codes(left) == ["place-left-out"]
    assert changes(left, tables) == (1, 0, 0)


def test_a_wide_table_by_waves_makes_a_figure_for_each_cell(
    review: Reviewer, tables: Tables
) -> None:
    wide = review(
        "Région;2016-11;2024-11\nBretagne;70;80\nNormandie;77;60\n",
        wave="",
    )
    assert wide.is_publishable, wide.problems
    # Normandie 2016 is published with this value: it keeps its own source.
    assert changes(wide, tables) == (3, 0, 0)
    assert principal(wide, "adhesion_maires_region", "2024-11")["region-28"]["value"] == "60"


def test_a_wide_table_may_hold_several_indicators(review: Reviewer) -> None:
    wide = review(
        "Région;adhesion_maires_region 2024;innovation_region_citoyens 2024\nBretagne;70;80\n",
        wave="",
        indicator_id="",
    )
    assert wide.is_publishable, wide.problems
    assert principal(wide, "adhesion_maires_region", "2024")["region-53"]["value"] == "70"
    assert principal(wide, "innovation_region_citoyens", "2024")["region-53"]["value"] == "80"


def test_a_sample_may_be_that_of_one_wave_alone(review: Reviewer) -> None:
    roles = (
        ColumnRole(0, "name"),
        ColumnRole(1, "value", wave="2023"),
        ColumnRole(2, "respondents", wave="2023"),
        ColumnRole(3, "value", wave="2024"),
    )
    wide = review("Région;A;nA;B\nBretagne;70;90;80\n", columns=roles, wave="")
    assert principal(wide, "adhesion_maires_region", "2023")["region-53"]["respondents"] == "90"
    assert principal(wide, "adhesion_maires_region", "2024")["region-53"]["respondents"] == ""


def test_a_long_table_says_all_row_by_row(review: Reviewer) -> None:
    long = review(
        "Indicateur;Vague;Niveau;Code;Valeur;Répondants;Fiabilité;Source;Réserve\n"
        "adhesion_maires_region;nov. 2024;région;53;70 %;90;claire;cog-2026;\n"
        "adhesion_maires_region;nov. 2024;département;35;75;40;ambiguë;cog-2026;Approché.\n"
        "adhesion_maires_region;T1 2025;pays;FR;80,5;1 200;claire;cog-2026;\n",
        choices=Choices(confirmed=True),
    )
    assert long.is_publishable, long.problems
    november = principal(long, "adhesion_maires_region", "2024-11")
    assert november["region-53"]["value"] == "70"
    assert november["departement-35"]["fiabilite"] == "ambigue"
    assert principal(long, "adhesion_maires_region", "2025-T1")["pays-FR"]["respondents"] == "1200"


def test_proportions_become_exact_percentages(review: Reviewer) -> None:
    scaled = review(
        "Région;Taux\nBretagne;0,29\nCorse;0,285\nNormandie;1\n", scale=Scale.PROPORTION
    )
    values = principal(scaled, "adhesion_maires_region", "2024-11")
    assert [row["value"] for row in values.values()] == ["29", "28.5", "100"]


def test_a_percent_sign_says_the_scale(review: Reviewer) -> None:
    told = review("Région;Taux\nBretagne;0,29 %\nCorse;0,5%\n")
    assert "scale" not in codes(told)
    values = principal(told, "adhesion_maires_region", "2024-11")
    assert [row["value"] for row in values.values()] == ["0.29", "0.5"]


def test_what_a_new_value_keeps_of_the_old_one_is_told(review: Reviewer, tables: Tables) -> None:
    file = "Région;Taux\nNormandie;78\n"
    (past,) = [row for row in tables["observations"] if row["observation_id"] == "PI16-02"]
    done = review(file, wave="2016-11")
    row = principal(done, "adhesion_maires_region", "2016-11")["region-28"]
    assert row["observation_id"] == past["observation_id"]
    assert (row["cycle"], row["study"], row["statement"], row["caveat"]) == (
        past["cycle"],
        past["study"],
        past["statement"],
        past["caveat"],
    )
    assert row["fact_id"] == ""
    assert "caveat-kept" in codes(done, Severity.NOTE)


def test_a_source_and_a_grade_are_never_carried_over_to_a_new_value(review: Reviewer) -> None:
    done = review("Région;Taux\nNormandie;78\n", wave="2016-11", source_id="", fiabilite="")
    assert codes(done, Severity.BLOCKING) == ["fiabilite-missing", "source-missing"]
    same = review("Région;Taux\nNormandie;77\n", wave="2016-11", source_id="", fiabilite="")
    assert codes(same) == ["no-change"]


def test_absent_figures_go_only_when_asked_and_within_what_the_file_speaks_of(
    review: Reviewer, tables: Tables
) -> None:
    file = "Région;Taux\nNormandie;77\n"
    kept = review(file, wave="2016-11", source_id="", fiabilite="")
    assert changes(kept, tables) == (0, 0, 0)
    gone = review(file, wave="2016-11", source_id="", fiabilite="", absent=Absent.REMOVE)
    left = principal(gone, "adhesion_maires_region", "2016-11")
    assert set(left) == {"region-28", "pays-FR"}
    assert changes(gone, tables) == (0, 0, 2)


def test_a_new_indicator_comes_with_its_figures(review: Reviewer, tables: Tables) -> None:
    (model,) = [r for r in tables["indicators"] if r["indicator_id"] == "adhesion_maires_region"]
    card = {**model, "indicator_id": "essai_region", "waves": "", "levels": "", "label": "Essai"}
    done = review(
        "Région;Taux;Répondants\nBretagne;61;120\n",
        indicator_id="essai_region",
        new_indicators=(tuple(card.items()),),
    )
    assert done.is_publishable, done.problems
    row = (done.tables or {})["indicators"][-1]
    assert (row["indicator_id"], row["waves"], row["levels"]) == (
        "essai_region",
        "2024-11",
        "region",
    )


def test_a_new_indicator_without_figure_is_refused(review: Reviewer, tables: Tables) -> None:
    card = {**tables["indicators"][0], "indicator_id": "essai_region"}
    done = review(
        "Région;Taux;Répondants\nBretagne;61;120\n", new_indicators=(tuple(card.items()),)
    )
    assert codes(done, Severity.BLOCKING) == ["indicator-empty"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"status": "simule"}, "simulated"),
        ({"nature": "cog"}, "indicator-derived"),
        ({"indicator_id": "adhesion_maires_region"}, "new-indicator"),
        ({"label": "x" * 71}, "new-indicator"),
        ({"unit": "pommes"}, "new-indicator"),
    ],
)
def test_a_new_indicator_is_held_to_its_contract(
    cells: dict[str, str], code: str, review: Reviewer, tables: Tables
) -> None:
    card = {**tables["indicators"][0], "indicator_id": "essai_region", **cells}
    done = review(
        "Région;Taux;Répondants\nBretagne;61;120\n",
        indicator_id=card["indicator_id"],
        new_indicators=(tuple(card.items()),),
    )
    assert code in codes(done, Severity.BLOCKING)


def test_a_new_source_comes_with_the_figures(review: Reviewer) -> None:
    source = (
        ("source_id", "essai-2026"),
        ("title", "Essai"),
        ("date", "2026-03"),
        ("kind", "enquête"),
    )
    file = "Région;Taux;Répondants\nBretagne;61;120\n"
    done = review(file, source_id="", new_source=source)
    assert done.is_publishable, done.problems
    row = principal(done, "adhesion_maires_region", "2024-11")["region-53"]
    assert row["source_id"] == "essai-2026"
    wrong = review(file, source_id="", new_source=(*source[:2], ("date", "hier"), source[3]))
    assert codes(wrong, Severity.BLOCKING) == ["new-source"]


def test_hostile_text_is_data(review: Reviewer) -> None:
    hostile = "<script>alert(1)</script> {{7*7}} \u202e ' OR 1=1 --"
    done = review(f"Région;Taux;Répondants;Réserve\nBretagne;61;120;{hostile}\n")
    assert done.is_publishable, done.problems
    assert codes(done) == ["cleaned"]
    row = principal(done, "adhesion_maires_region", "2024-11")["region-53"]
    assert row["caveat"].startswith("<script>alert(1)</script> {{7*7}}")
    assert row["caveat"].isprintable()


def test_a_file_that_cannot_be_read_has_its_reason_and_no_table(review: Reviewer) -> None:
    unread = review(b"")
    assert unread.sheet is None
    assert unread.tables is None
    assert unread.counts[Severity.BLOCKING] == 1
    assert not unread.is_publishable


def test_problems_come_by_severity_then_as_the_file_goes(review: Reviewer) -> None:
    told = review("Région;Taux\nBretagne;n.d.\nCorse;178\nNormandie;-1\n").problems
    ranks = [(list(Severity).index(one.severity), one.row) for one in told]
    assert ranks == sorted(ranks)


def test_the_last_net_tells_what_no_check_saw(review: Reviewer, tables: Tables) -> None:
    # A published table that was broken by hand: no check of figures looks at it.
    broken = {**tables, "domains": tables["domains"][:3]}
    done = review("Région;Taux;Répondants\nBretagne;61;120\n", known=broken)
    assert set(codes(done, Severity.BLOCKING)) == {"contract"}
    assert {one.row for one in done.problems if one.code == "contract"} == {0}


def test_published_figures_of_the_commune_level_may_be_brought(review: Reviewer) -> None:
    done = review("Commune;Taux;Répondants\n35238;61;120\n", indicator_id="innovation_citoyens")
    assert done.is_publishable, done.problems
    assert principal(done, "innovation_citoyens", "2024-11")["commune-35238"]["value"] == "61"


def test_the_four_kinds_go_the_same_way(
    review: Reviewer, tables: Tables, directory: Directory
) -> None:
    for kind in (FileKind.CATALOGUE, FileKind.CATALYSTS):
        name, content = build_template(kind, tables, directory, "excel")
        back = review(content, name, choices=Choices(kind=kind, confirmed=True))
        assert back.tables is not None
        assert codes(back, Severity.BLOCKING) == []
        assert not back.has_changes
    zones = review(
        "epci;zone;nom\n200067981;01;Guingamp\n",
        choices=Choices(kind=FileKind.ZONING, confirmed=True, zoning_name="Essai"),
    )
    assert zones.has_changes, zones.problems


@pytest.mark.parametrize("dialect", ["excel", "standard", "xlsx"])
def test_a_template_comes_back_as_no_change(
    dialect: str, review: Reviewer, tables: Tables, directory: Directory
) -> None:
    name, content = build_template(FileKind.OBSERVATIONS, tables, directory, dialect)
    back = review(content, name, choices=Choices(confirmed=True))
    assert codes(back, Severity.BLOCKING) == codes(back, Severity.WARNING) == []
    assert not back.has_changes
    assert "no-change" in codes(back)


def test_the_published_file_itself_comes_back_as_no_change(
    review: Reviewer, tables: Tables
) -> None:
    back = review(
        write([dict(row) for row in tables["observations"]]), choices=Choices(confirmed=True)
    )
    assert set(codes(back)) == {"no-change", "reading-left-out"}


SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOW
@given(data=st.data())
def test_any_change_of_value_is_exactly_one_changed_row(
    data: st.DataObject, review: Reviewer, tables: Tables
) -> None:
    shares = [
        row
        for row in tables["observations"]
        if row["reading"] == "principale" and row["indicator_id"] == "taux_pauvrete"
    ]
    place = data.draw(st.integers(0, len(shares) - 1))
    tenths = data.draw(
        st.integers(0, 1000).filter(lambda v: v / 10 != float(shares[place]["value"]))
    )
    rows = [dict(row) for row in shares]
    rows[place]["value"] = f"{tenths / 10}"
    back = review(
        write(rows), choices=Choices(confirmed=True, source_id="cog-2026", fiabilite="claire")
    )
    # A constant holds where a cell is empty alone: the cells of the file say their own source.
    assert back.is_publishable, back.problems
    assert changes(back, tables) == (0, 1, 0)


CELLS = st.one_of(
    st.text(max_size=12),
    st.floats(-200, 300).map(str),
    st.integers(-5, 200).map(lambda v: f"{v} %"),
    st.sampled_from(
        ["n.d.", "-", "=1+1", "0,5", "1e3", "٣٤", "１２", "77,5,1", "NaN", "inf", "1_0"]
    ),
)


@SLOW
@given(
    values=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), scale=st.sampled_from(Scale)
)
def test_random_cells_never_raise_and_never_publish_a_wrong_share(
    values: list[tuple[str, str]],
    scale: Scale,
    review: Reviewer,
    directory: Directory,
) -> None:
    places = [str(one.id.code) for one in directory.of_level(Level.REGION)]
    rows = [
        {"Région": place, "Taux": value, "Répondants": size}
        for place, (value, size) in zip(places, values, strict=False)
    ]
    done = review(write(rows), choices=replace(SAID, level=Level.REGION), scale=scale)
    if done.is_publishable:
        assert done.tables is not None
        assert check_tables(done.tables, directory.known_codes()) == ()
        new = principal(done, "adhesion_maires_region", "2024-11").values()
        assert all(0 <= float(row["value"]) <= 100 for row in new)
    elif done.sheet is not None:
        assert done.problems


def test_a_former_region_counted_as_a_new_one_by_a_person_is_told_for_good(
    review: Reviewer,
) -> None:
    built = review(
        "Région;Taux;n\nAlsace;74;100\nBretagne;70;100\n",
        places=(("Alsace", "region-44"),),
    )
    (problem,) = [one for one in built.problems if one.code == "place-chosen"]
    assert (problem.severity, problem.row, problem.read) == (Severity.WARNING, 2, "Alsace")
    assert "est compté comme Grand Est, comme demandé" in problem.mend
    assert "ancienne région" in problem.mend
