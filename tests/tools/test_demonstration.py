"""The demonstration set as shipped: simulated, marked so, true to its design, in the contracts."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from territoires import settings
from territoires.tables.contracts import check_foreign_keys, check_table, read_schema
from territoires.tables.directory import read_directory
from tools import build_demonstration
from tools.build_demonstration import OUTPUT, build_files
from tools.demonstration import design
from tools.demonstration.checks import (
    PRECISIONS,
    SUPPRESSED,
    TOO_WIDE,
    detect,
    differs,
    half_width,
    precision,
)
from tools.demonstration.design import build_contrasts
from tools.demonstration.tables import EMPTY_TABLES, Figure, design_effect

Row = dict[str, str]

#: Published figures aimed at, by indicator; 46 under one assumed reading.
MARGINS = {
    "demo_adhesion": 87,
    "demo_dynamique_initiee": 76,
    "demo_devoir_alliance": 92,
    "demo_utilite_fragilites": 90,
    "demo_utilite_developpement": 88,
    "demo_mandat_collectif": 64,
    "demo_maturite_3": 46,
}
QUESTIONS = {question.indicator_id: question for question in design.QUESTIONS}
FILLED_TABLES = (
    "sources",
    "domains",
    "indicators",
    "observations",
    "catalyst_kinds",
    "lists",
    "catalysts",
    "zonages",
)
#: Columns that a reader sees beside a simulated figure or actor; each of their cells says so.
LABELS = {
    "sources": ("title", "publisher"),
    "domains": ("note",),
    "indicators": ("label", "description", "study", "actor_label", "base", "caveat"),
    "observations": ("study", "caveat", "statement"),
    "catalyst_kinds": ("label",),
    "lists": ("label", "caveat"),
    "catalysts": ("name", "status_in_source", "note"),
    "zonages": ("zoning_name", "zone_name"),
}
#: The list is known by the name of its table, which the application looks up, and the domains
#: are the real ones, so that real context figures may be filed under them.
IDENTIFIERS = {
    "sources": "source_id",
    "indicators": "indicator_id",
    "observations": "observation_id",
    "catalyst_kinds": "kind",
    "catalysts": "actor_id",
}


def read(name: str, folder: str = "demonstration") -> list[Row]:
    with (settings.DATA / folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def schema_of(table: str) -> dict[str, Any]:
    return read_schema(settings.INDICATORS / "schemas" / f"{table}.schema.json")


def to_figure(row: Row, communes: dict[str, int]) -> Figure:
    effect = float(row["deff"])
    if row["level"] == "pays":
        effect = design_effect(row["wave"], build_contrasts(communes))
    return Figure(
        QUESTIONS[row["indicator_id"]], row["wave"], row["level"], row["code"],
        float(row["value"]), int(row["respondents"]), effect,
    )  # fmt: skip


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return build_files()


@pytest.fixture(scope="module")
def observations() -> list[Row]:
    return read("observations")


@pytest.fixture(scope="module")
def communes() -> dict[str, int]:
    frame = read_directory()
    kept = frame[(frame["level"] == "commune") & frame["region_code"].notna()]
    return {str(code): int(size) for code, size in kept["region_code"].value_counts().items()}


@pytest.fixture(scope="module")
def figures(observations: list[Row], communes: dict[str, int]) -> list[Figure]:
    return [to_figure(row, communes) for row in observations]


def test_the_shipped_files_are_those_the_seed_gives(built: dict[str, bytes]) -> None:
    assert {path.name for path in OUTPUT.iterdir()} == set(built)
    for name, content in built.items():
        assert (OUTPUT / name).read_bytes() == content, name
    assert build_files() == built


def test_the_command_writes_every_file(
    tmp_path: Path, built: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_demonstration, "build_files", lambda: built)
    assert build_demonstration.main(["--out", str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(built)


@pytest.mark.parametrize("table", FILLED_TABLES)
def test_filled_tables_meet_their_contract(table: str) -> None:
    schema = schema_of(table)
    report = check_table(OUTPUT / f"{table}.csv", schema)
    assert [str(issue) for issue in report.issues] == []
    keys = {**IDENTIFIERS, "domains": "domain_id"}
    known = {name: frozenset(row[key] for row in read(name)) for name, key in keys.items()}
    assert check_foreign_keys(report, schema, known) == []


@pytest.mark.parametrize("table", EMPTY_TABLES)
def test_tables_where_nothing_is_simulated_hold_their_header_alone(table: str) -> None:
    fields = schema_of(table)["fields"]
    cells = list(csv.reader(io.StringIO((OUTPUT / f"{table}.csv").read_text(encoding="utf-8"))))
    assert cells == [[field["name"] for field in fields]]


def test_every_published_table_has_its_demonstration_file() -> None:
    tables = {path.name.split(".")[0] for path in (settings.INDICATORS / "schemas").glob("*.json")}
    assert tables == {*FILLED_TABLES, *EMPTY_TABLES}


def test_the_catalogue_says_what_the_observations_hold(observations: list[Row]) -> None:
    waves: dict[str, set[str]] = defaultdict(set)
    levels: dict[str, set[str]] = defaultdict(set)
    for row in observations:
        waves[row["indicator_id"]].add(row["wave"])
        levels[row["indicator_id"]].add(row["level"])
    identifiers = {row["indicator_id"] for row in read("indicators")}
    assert identifiers == set(waves)
    for row in read("indicators"):
        assert set(row["waves"].split()) == waves[row["indicator_id"]] == set(design.WAVES)
        assert set(row["levels"].split()) == levels[row["indicator_id"]]
        assert set(row["comparable_with"].split()) <= identifiers
    cells = Counter(
        (row["indicator_id"], row["wave"], row["level"], row["code"]) for row in observations
    )
    assert max(cells.values()) == 1


@pytest.mark.parametrize(("table", "columns"), LABELS.items())
def test_every_label_says_that_it_is_simulated(table: str, columns: tuple[str, ...]) -> None:
    for row in read(table):
        for column in columns:
            assert "simul" in row[column].lower(), (table, column, row)


def test_the_readme_says_so_too() -> None:
    first = (OUTPUT / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert "fictives" in first
    assert "simulé" in first


@pytest.mark.parametrize(("table", "key"), IDENTIFIERS.items())
def test_no_identifier_is_shared_with_the_published_set(table: str, key: str) -> None:
    simulated = {row[key] for row in read(table)}
    assert all(identifier.startswith(design.PREFIX) for identifier in simulated)
    assert simulated.isdisjoint(row[key] for row in read(table, "indicators"))


def test_no_study_is_shared_with_the_published_set(observations: list[Row]) -> None:
    studies = {row["study"] for row in observations}
    assert studies == {design.STUDY}
    assert studies.isdisjoint(row["study"] for row in read("observations", "indicators"))


def test_national_margins_are_published_ones_within_sampling_error(figures: list[Figure]) -> None:
    national = [
        figure
        for figure in figures
        if figure.level == "pays" and figure.question.indicator_id in MARGINS
    ]
    assert len(national) == len(MARGINS) * len(design.WAVES)
    for figure in national:
        aim = MARGINS[figure.question.indicator_id]
        assert figure.question.margin == figure.question.shares[figure.wave] == aim
        size = figure.respondents / figure.design_effect
        error = 100 * (aim / 100 * (1 - aim / 100) / size) ** 0.5
        assert abs(figure.share - aim) <= 1.96 * error, figure


def test_the_assumed_readings_are_said() -> None:
    caveats = {row["indicator_id"]: row["caveat"] for row in read("indicators")}
    assert "hypothèse" in caveats["demo_maturite_3"]
    assert "46" in caveats["demo_maturite_3"]
    for name in ("demo_utilite_fragilites", "demo_utilite_developpement"):
        assert "ensemble des maires simulés" in caveats[name]


def test_true_regional_differences_leave_france_where_it_is_aimed(
    communes: dict[str, int],
) -> None:
    contrasts = build_contrasts(communes)
    for question in design.QUESTIONS:
        for wave, sample in design.SAMPLES.items():
            total = sum(communes[region] for region in sample)
            shares = {region: contrasts.share(question, wave, region) for region in sample}
            assert all(0 < share < 100 for share in shares.values())
            mean = sum(communes[region] * share for region, share in shares.items()) / total
            assert mean == pytest.approx(question.shares[wave])


def test_some_regions_truly_differ_and_others_do_not(communes: dict[str, int]) -> None:
    contrasts = build_contrasts(communes)
    wave = design.WAVES[-1]
    truly = {
        name: {
            region
            for region in design.SAMPLES[wave]
            if contrasts.differs(QUESTIONS[name], wave, region)
        }
        for name in ("demo_mandat_collectif", "demo_devoir_alliance", "demo_domaine_emploi")
    }
    assert truly["demo_mandat_collectif"] == {"01", "24", "52", "53", "93", "94"}
    assert truly["demo_domaine_emploi"] == {"04", "32", "75"}
    assert truly["demo_devoir_alliance"] == set()


def test_the_corrected_test_tells_them_apart(
    figures: list[Figure], communes: dict[str, int]
) -> None:
    contrasts = build_contrasts(communes)
    wave = design.WAVES[-1]

    def of(name: str, level: str) -> list[Figure]:
        return [
            figure
            for figure in figures
            if figure.question.indicator_id == name and (figure.wave, figure.level) == (wave, level)
        ]

    for name in ("demo_mandat_collectif", "demo_devoir_alliance"):
        regions, (france,) = of(name, "region"), of(name, "pays")
        found = detect(regions, france, contrasts, corrected=True)
        assert found.found_alike == 0
        assert found.found_differing == (3 if found.differing else 0)
        plain = detect(regions, france, contrasts, corrected=False)
        assert plain.found_alike + plain.found_differing >= found.found_differing


def test_samples_go_from_4_to_500_and_meet_every_state(
    figures: list[Figure], communes: dict[str, int]
) -> None:
    regional = [figure for figure in figures if figure.level == "region"]
    sizes = {figure.respondents for figure in regional}
    assert (min(sizes), max(sizes)) == (4, 500)
    # The threshold itself is there, shown, beside sizes under it.
    assert 11 in sizes
    words = {SUPPRESSED, TOO_WIDE, *(name for name, _ in PRECISIONS)}
    assert {precision(figure) for figure in regional} == words
    for sample in design.SAMPLES.values():
        assert all(size <= communes[region] for region, size in sample.items())
    # Missing: a région that a wave did not ask.
    assert "06" not in {figure.code for figure in regional if figure.wave == design.WAVES[0]}
    # A single small cell, which the total would give away, and two of them.
    small = [sum(size < 11 for size in sample.values()) for sample in design.SAMPLES.values()]
    assert sorted(small) == [1, 2]


def test_figures_without_weights_give_their_count_back(figures: list[Figure]) -> None:
    for figure in figures:
        if figure.level != "pays":
            yes = round(figure.share * figure.respondents / 100)
            assert f"{100 * yes / figure.respondents:.1f}" == f"{figure.share:.1f}"


def test_departements_add_up_to_their_region(observations: list[Row]) -> None:
    frame = read_directory()
    rows = frame[frame["level"] == "departement"]
    region_of = dict(zip(rows["code"], rows["region_code"], strict=True))
    departements: dict[tuple[str, ...], int] = Counter()
    regions: dict[tuple[str, ...], int] = {}
    for row in observations:
        cell = (row["indicator_id"], row["wave"])
        if row["level"] == "departement":
            departements[*cell, region_of[row["code"]]] += int(row["respondents"])
        elif row["level"] == "region":
            regions[*cell, row["code"]] = int(row["respondents"])
    assert {region for *_, region in departements} == set(design.DETAILED_REGIONS)
    assert len(departements) == len(design.DETAILED) * len(design.WAVES) * 2
    assert all(regions[cell] == size for cell, size in departements.items())


def families(observations: list[Row]) -> Iterator[tuple[str, str, float]]:
    """Give, by family, wave and territory, the total of the shares."""
    totals: dict[tuple[str, ...], float] = defaultdict(float)
    for row in observations:
        family = QUESTIONS[row["indicator_id"]].family
        totals[family, row["wave"], row["level"], row["code"]] += float(row["value"])
    for (family, wave, *_), total in totals.items():
        yield family, wave, total


def test_steps_profiles_and_priorities_add_up(observations: list[Row]) -> None:
    expected = {"maturite": 100, "profil": 100, "domaine": 300}
    checked = Counter(
        family
        for family, _, total in families(observations)
        if family in expected and abs(total - expected[family]) < 0.9
    )
    every = Counter(family for family, *_ in families(observations) if family in expected)
    assert checked == every
    values: dict[tuple[str, ...], float] = {
        (row["indicator_id"], row["wave"], row["level"], row["code"]): float(row["value"])
        for row in observations
    }
    for (name, *cell), value in values.items():
        if name == "demo_dynamique_initiee":
            steps = sum(values[f"demo_maturite_{step}", *cell] for step in (3, 4, 5))
            assert value == pytest.approx(steps, abs=0.2)


def test_domains_are_the_real_ones_with_simulated_roles() -> None:
    columns = ("domain_id", "source_order", "label")
    simulated, real = (
        [tuple(row[column] for column in columns) for row in read("domains", folder)]
        for folder in ("demonstration", "indicators")
    )
    assert simulated == real
    assert {row["source_id"] for row in read("domains")} == {design.SOURCE_ID}


def test_every_indicator_and_source_is_declared_simulated() -> None:
    assert {(row["status"], row["nature"]) for row in read("indicators")} == {("simule", "enquete")}
    assert {row["kind"] for row in read("sources")} == {"simulation"}


def test_the_design_effect_is_that_of_the_weights_for_france_and_1_elsewhere(
    observations: list[Row], communes: dict[str, int]
) -> None:
    contrasts = build_contrasts(communes)
    for row in observations:
        effect = design_effect(row["wave"], contrasts) if row["level"] == "pays" else 1
        assert float(row["deff"]) == pytest.approx(effect, abs=0.005)
    assert {row["deff"] for row in observations if row["wave"] == "2023"} == {"1.14", "1.00"}
    assert {row["deff"] for row in observations if row["wave"] == "2025"} == {"1.10", "1.00"}


def test_counts() -> None:
    assert len(read("domains")) == 16
    assert len(read("catalysts")) == 350
    names = {row["indicator_id"] for row in read("indicators")}
    for prefix, count in (("maturite", 5), ("profil", 5), ("domaine", 16), ("role", 4)):
        assert sum(name.startswith(f"demo_{prefix}_") for name in names) == count
    actors = [{row[actor] for row in read("domains")} for actor in design.ACTORS]
    assert set.union(*actors) == {"true", "false"}


def test_catalysts_stand_on_real_communes() -> None:
    frame = read_directory()
    rows = frame[(frame["level"] == "commune") & frame["region_code"].notna()]
    real = {row["code"]: row for row in rows.astype(object).to_dict("records")}
    for row in read("catalysts"):
        commune = real[row["insee_commune"]]
        assert row["precision"] == "commune"
        assert row["place_name"] == commune["name"]
        for column in ("departement_code", "region_code", "epci_code"):
            assert row[column] == (commune[column] if commune[column] == commune[column] else "")
    assert {row["kind"] for row in read("catalysts")} == {
        row["kind"] for row in read("catalyst_kinds")
    }
    assert len({row["metier"] for row in read("catalysts")} - {""}) == 6
    assert [row["exhaustive"] for row in read("lists")] == ["true"]


def test_catalysts_are_likelier_in_larger_communes() -> None:
    frame = read_directory()
    rows = frame[(frame["level"] == "commune") & frame["region_code"].notna()]
    population = dict(zip(rows["code"], rows["population"].fillna(0), strict=True))
    bounds = (0, 500, 3_500, 10_000, 10**9)
    drawn = [population[row["insee_commune"]] for row in read("catalysts")]
    rates = [
        sum(low <= size < high for size in drawn)
        / sum(low <= size < high for size in population.values())
        for low, high in pairwise(bounds)
    ]
    assert rates == sorted(rates)


def test_the_zoning_covers_every_epci_of_two_regions_once() -> None:
    frame = read_directory()
    rows = frame[(frame["level"] == "epci") & frame["region_code"].isin(design.DETAILED_REGIONS)]
    zoned = read("zonages")
    codes = [row["code"] for row in zoned]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(rows["code"])
    assert {(row["zoning_id"], row["level"]) for row in zoned} == {("demo_pays_petr", "epci")}
    sizes = Counter(row["zone_code"] for row in zoned)
    assert set(sizes.values()) <= {2, 3, 4, 5}
    home = dict(zip(rows["code"], rows["departement_code"], strict=True))
    departements = defaultdict(set)
    for row in zoned:
        departements[row["zone_code"]].add(home[row["code"]])
    assert all(len(found) == 1 for found in departements.values())
    assert len({row["zone_name"] for row in zoned}) == len(sizes)


def test_wilson_and_clopper_pearson_by_known_values() -> None:
    # Wilson, 20 of 23: 0.6787 to 0.9546. Clopper–Pearson, 9 of 10: 0.5550 to 0.9975.
    assert half_width(100 * 20 / 23, 23) == pytest.approx(13.79, abs=0.01)
    figure = Figure(design.STARTED, "2025", "region", "53", 90.0, 10)
    assert differs(figure, 55.4, 0.05)
    assert not differs(figure, 55.6, 0.05)
    assert not differs(figure, 99.7, 0.05)
    assert differs(figure, 99.8, 0.05)
