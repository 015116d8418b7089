"""The published figures as shipped, and what a damaged file says."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest

from territoires import settings
from territoires.domain.indicators import Fiabilite, Kind, Nature, Reading, Usage
from territoires.errors import DataFileError
from territoires.tables import indicators as tables
from territoires.tables.references import check_folder

from .conftest import Change, column, issues, set_cell


def read_frame(folder: Path, *, every_reading: bool = False) -> pd.DataFrame:
    """Give observations.csv and profils.csv in one frame, the main readings alone by default."""
    catalogue = tables.read_catalogue(folder)
    every = pd.DataFrame([asdict(item) for item in tables.read_observations(folder)])
    facts = {
        row["observation_id"]: row["fact_id"]
        for row in tables.check_file("observations", folder).rows
    }
    every["fact_id"] = every["observation_id"].map(facts).fillna("")
    every["nature"] = [catalogue[name].nature.value for name in every["indicator_id"]]
    every["readings"] = every.groupby(tables.CELL)["code"].transform("size")
    return every if every_reading else every[every["reading"] == Reading.PRINCIPALE]


@pytest.fixture(scope="module")
def main() -> pd.DataFrame:
    """The main readings, as shipped."""
    return read_frame(settings.INDICATORS)


def find(observations: pd.DataFrame, indicator_id: str, wave: str) -> dict[str, float]:
    rows = observations[
        (observations["indicator_id"] == indicator_id) & (observations["wave"] == wave)
    ]
    return dict(zip(rows["code"], rows["value"], strict=True))


def test_the_tables_have_their_published_sizes(indicators: Path) -> None:
    assert len(tables.read_catalysts(indicators)) == 74
    assert len(tables.read_domains(indicators)) == 16
    assert len(tables.read_contradictions(indicators)) == 35
    assert len(tables.read_unavailable(indicators)) == 7
    assert len(tables.read_groupings(indicators)) == 4
    assert len(tables.read_sources(indicators)) == 86


def test_every_survey_fact_is_somewhere_and_only_once(indicators: Path) -> None:
    observations = read_frame(indicators, every_reading=True)
    survey = set(observations.query("nature == 'enquete'")["fact_id"])
    illegible = set(tables.read_unavailable(indicators)["fact_id"])
    grouped = set(tables.read_groupings(indicators)["fact_id"])
    assert len(survey) + len(illegible) + len(grouped) == 159
    assert not survey & illegible
    assert not survey & grouped
    assert (observations["nature"] == "contexte").sum() == 132


def test_the_adhesion_of_mayors_has_three_regions_and_a_national_value(indicators: Path) -> None:
    observations = read_frame(indicators)
    values = find(observations, "adhesion_maires_region", "2016-11")
    assert values == {"28": 77, "84": 77, "76": 100, "FR": 87}
    national = observations.query("indicator_id == 'adhesion_maires_region' and code == 'FR'")
    assert "source d’innovation" in national["caveat"].item()


@pytest.mark.parametrize(
    ("indicator_id", "wave", "value"),
    [
        ("devoir_alliance_maires", "2020-11", 92),
        ("utilite_collectif_fragilites_maires", "2020-11", 90),
        ("utilite_collectif_developpement_maires", "2020-11", 88),
        ("mandat_jouer_collectif_maires", "2020-11", 64),
        ("innovation_maires", "2016-11", 87),
        ("innovation_maires", "2020-11", 92),
        ("innovation_citoyens", "2015-09", 69),
        ("innovation_citoyens", "non_precisee", 74),
        ("innovation_entreprises", "non_precisee", 83),
        ("innovation_associations", "non_precisee", 97),
        ("dynamique_initiee_maires", "2016-11", 76),
        ("dynamique_debutante_maires", "2016-11", 46),
    ],
)
def test_known_national_values_are_published(
    main: pd.DataFrame, indicator_id: str, wave: str, value: float
) -> None:
    assert find(main, indicator_id, wave)["FR"] == value


def test_centre_val_de_loire_is_never_compared_with_the_adhesion(indicators: Path) -> None:
    catalogue = tables.read_catalogue(indicators)
    assert catalogue["adhesion_maires_region"].comparable_with == ()
    assert not any(
        "leviers" in other
        for indicator in catalogue.values()
        if not indicator.indicator_id.startswith("leviers")
        for other in indicator.comparable_with
    )


def test_a_cell_has_one_main_reading_and_keeps_the_others(indicators: Path) -> None:
    main = read_frame(indicators)
    assert not main.duplicated(tables.CELL).any()
    every = read_frame(indicators, every_reading=True)
    safety = every[every["indicator_id"] == "priorite_securite_citoyens"]
    assert list(safety["value"]) == [6.6, 7.0]
    assert set(safety["contradictions"]) == {("securite_2015",)}
    assert main.query("indicator_id == 'priorite_securite_citoyens'")["readings"].item() == 2
    early = every[every["indicator_id"] == "dynamique_debutante_maires"]
    assert early["statement"].nunique() == 4
    assert set(early["fiabilite"]) == {"ambigue"}


def test_a_reprint_is_never_a_wave(indicators: Path) -> None:
    every = read_frame(indicators, every_reading=True)
    reprints = every[every["reading"] == Reading.REPRISE]
    assert set(reprints["fact_id"]) == {
        *("SYMX-01", "SYMX-02", "SYMX-03", "SYMX-04"),
        *("NT16-01", "NT16-03"),
    }
    assert tables.read_catalogue(indicators)["partenariats_entreprises"].waves == ("2015-10",)


def test_an_ambiguous_figure_always_carries_its_caveat(indicators: Path, alter: Change) -> None:
    every = read_frame(indicators, every_reading=True)
    ambiguous = every[every["fiabilite"] == Fiabilite.AMBIGUE]
    assert (ambiguous["caveat"] != "").all()
    row = int(ambiguous.index[0]) + 2
    alter("observations", set_cell(row, "caveat", ""))
    assert issues(indicators) == [("observations.csv", row, "caveat", "missing-caveat")]


def test_a_figure_without_number_has_its_words(indicators: Path) -> None:
    every = read_frame(indicators, every_reading=True)
    worded = every[every["value"].isna()]
    assert set(worded["value_text"]) == {
        "près de la moitié",
        "environ un tiers",
        "environ une sur deux",
    }


def test_the_catalogue_is_typed_and_fit_for_a_selector(indicators: Path) -> None:
    catalogue = tables.read_catalogue(indicators)
    assert len({(i.label, i.actor_label) for i in catalogue.values()}) == len(catalogue)
    assert {i.nature for i in catalogue.values()} == set(Nature)
    assert sum(i.nature is Nature.CONTEXTE for i in catalogue.values()) == 8
    assert all(i.unit_label for i in catalogue.values() if i.kind is Kind.COUNT)
    assert not any(
        i.usage is Usage.RESULTAT for i in catalogue.values() if "échantillons" in i.theme
    )
    assert all(
        catalogue[other].is_comparable_with(i)
        for i in catalogue.values()
        for other in i.comparable_with
    )


def test_observations_become_typed_values(indicators: Path) -> None:
    every = read_frame(indicators, every_reading=True)
    typed = tables.read_observations(indicators)
    assert len(typed) == len(every)
    words = next(item for item in typed if item.observation_id == "IO19-03")
    assert words.value is None
    assert words.respondents is None
    assert str(words.territory) == "region-76"
    assert next(item for item in typed if item.observation_id == "IT24-07").respondents == 302
    assert {item.deff for item in typed} == {None}


@pytest.mark.parametrize(("text", "deff"), [("1", 1.0), ("1.14", 1.14), ("", None)])
def test_a_design_effect_is_read_where_it_is_given(
    indicators: Path, alter: Change, text: str, deff: float | None
) -> None:
    alter("observations", set_cell(2, "deff", text))
    assert tables.read_observations(indicators)[0].deff == deff


@pytest.mark.parametrize(("text", "code"), [("0.99", "minimum"), ("1,14", "type-error")])
def test_a_design_effect_below_one_or_badly_written_is_told(
    indicators: Path, alter: Change, text: str, code: str
) -> None:
    alter("observations", set_cell(2, "deff", text))
    assert issues(indicators) == [("observations.csv", 2, "deff", code)]


def test_the_list_of_actors_is_declared_incomplete(indicators: Path) -> None:
    note = tables.read_lists(indicators)["catalysts"]
    assert not note.exhaustive
    assert "350" in note.caveat
    kinds = tables.read_catalyst_kinds(indicators)
    assert {actor.kind for actor in tables.read_catalysts(indicators)} == set(kinds)


@pytest.mark.parametrize(("text", "exhaustive"), [("true", True), ("false", False)])
def test_a_list_is_complete_only_where_its_file_says_so(
    indicators: Path, alter: Change, text: str, exhaustive: bool
) -> None:
    alter("lists", set_cell(2, "exhaustive", text))
    assert tables.read_lists(indicators)["catalysts"].exhaustive is exhaustive


@pytest.mark.parametrize("text", ["", "oui", "True"])
def test_a_list_that_does_not_plainly_say_so_is_refused(
    indicators: Path, alter: Change, text: str
) -> None:
    alter("lists", set_cell(2, "exhaustive", text))
    assert [(file, column) for file, _, column, _ in issues(indicators)] == [
        ("lists.csv", "exhaustive")
    ]


def test_a_broken_table_raises_one_error_with_every_line(indicators: Path, alter: Change) -> None:
    alter("observations", set_cell(12, "value", "abc"))
    alter("observations", set_cell(13, "level", "<script>alert(1)</script>"))
    with pytest.raises(DataFileError) as caught:
        tables.read_observations(indicators)
    error = caught.value
    assert "observations.csv" in error.message
    assert "2 problèmes" in error.message
    assert error.details[0].startswith("ligne 12, colonne value\u00a0: lu «\u00a0abc\u00a0»")
    assert "<script>alert(1)</script>" in error.details[1]
    assert "ligne 12" in error.remedy
    assert "git checkout -- " in error.remedy


def test_details_stop_at_fifty_and_say_how_many_are_left(indicators: Path, alter: Change) -> None:
    def empty_levels(cells: list[list[str]]) -> None:
        for cells_of_row in cells[1:]:
            cells_of_row[column(cells, "level")] = ""

    alter("observations", empty_levels)
    with pytest.raises(DataFileError) as caught:
        tables.read_observations(indicators)
    assert len(caught.value.details) == tables.MAX_DETAILS + 1
    assert caught.value.details[-1] == "… et 231 autres"


def spoil(path: Path, damage: str) -> None:
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "truncated":
        path.write_bytes(content[: content.rindex(b",")])
    elif damage == "latin-1":
        path.write_bytes(content + "é".encode("latin-1"))
    else:
        path.write_bytes(content.replace(b",", b";"))


@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "latin-1", "semicolons"])
def test_every_unreadable_table_is_named(indicators: Path, damage: str) -> None:
    spoilt = [name for name in tables.TABLES if name != "zonages"]
    for table in spoilt:
        spoil(indicators / f"{table}.csv", damage)
    reports = dict(zip(tables.TABLES, check_folder(indicators), strict=True))
    for table in spoilt:
        with pytest.raises(DataFileError) as caught:
            tables.raise_issues(table, reports[table].issues, indicators)
        assert f"{table}.csv" in caught.value.message
        assert caught.value.details
        assert f"git checkout -- {table}.csv" in caught.value.remedy


def test_a_table_saved_by_a_spreadsheet_is_read_the_same(indicators: Path) -> None:
    expected = tables.read_observations(indicators)
    path = indicators / "observations.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert tables.read_observations(indicators) == expected


def test_a_file_of_the_project_is_named_by_its_path(
    indicators: Path, alter: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HOME", indicators.parent)
    monkeypatch.setattr(settings, "INDICATORS", indicators)
    alter("sources", set_cell(3, "kind", "rumeur"))
    with pytest.raises(DataFileError) as caught:
        tables.read_sources()
    assert caught.value.remedy.endswith("git checkout -- indicators/sources.csv")
    assert "l’une des valeurs «\u00a0enquête\u00a0»" in caught.value.details[0]
