"""The two sets of data a reader may choose, and what keeps them apart."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Status
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.errors import DataFileError
from territoires.tables.published import (
    SIMULATION,
    Published,
    add_context,
    read_dataset,
    read_published,
)

from .conftest import read_cells, set_cell, write_cells

REAL = {Nature.CONTEXTE, Nature.COG}


@pytest.fixture(scope="module")
def published(directory: Directory) -> Published:
    """Give the published set as its files hold it, before anything is suppressed."""
    return read_published(directory.known_codes())


@pytest.fixture(scope="module")
def demonstration(directory: Directory, published: Published) -> Published:
    return read_dataset(Dataset.DEMONSTRATION, directory.known_codes(), published)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the demonstration set that a test may damage."""
    copy = tmp_path / "demonstration"
    shutil.copytree(settings.DEMONSTRATION, copy)
    monkeypatch.setattr(settings, "DEMONSTRATION", copy)
    return copy


def alter(folder: Path, table: str, row: int, column: str, text: str) -> None:
    path = folder / f"{table}.csv"
    cells = read_cells(path)
    set_cell(row, column, text)(cells)
    write_cells(path, cells)


def survey(published: Published) -> dict[str, set[str]]:
    """Give the identifiers of all that is surveyed or listed: what the sets may not share."""
    names = {name for name, i in published.catalogue.items() if i.nature is Nature.ENQUETE}
    figures = [figure for figure in published.observations if figure.indicator_id in names]
    return {
        "indicators": names,
        "observations": {figure.observation_id for figure in figures},
        "studies": {figure.study for figure in figures},
        "sources": {figure.source_id for figure in figures}
        | {catalyst.source_id for catalyst in published.catalysts},
        "catalysts": {catalyst.actor_id for catalyst in published.catalysts},
        "kinds": set(published.catalyst_kinds),
    }


def test_each_set_says_which_it_is(published: Published, demonstration: Published) -> None:
    assert published.dataset is Dataset.PUBLIE
    assert demonstration.dataset is Dataset.DEMONSTRATION


def test_the_published_set_is_the_one_always_read(
    directory: Directory, published: Published
) -> None:
    again = read_dataset(Dataset.PUBLIE, directory.known_codes())
    assert again.catalogue == published.catalogue
    assert again.observations == published.observations
    assert again.sources == published.sources
    assert again.catalysts == published.catalysts


def test_the_two_sets_share_nothing_surveyed_nor_listed(
    published: Published, demonstration: Published
) -> None:
    real, simulated = survey(published), survey(demonstration)
    for name, identifiers in real.items():
        assert identifiers, name
        assert simulated[name], name
        assert identifiers.isdisjoint(simulated[name]), name


def test_a_survey_source_enters_the_demonstration_only_if_real_context_cites_it(
    published: Published, demonstration: Published
) -> None:
    cited = {
        figure.source_id
        for figure in demonstration.observations
        if demonstration.catalogue[figure.indicator_id].nature in REAL
    }
    kept = set(demonstration.sources) & set(published.sources)
    assert kept == cited


def test_every_survey_figure_of_the_demonstration_is_simulated(demonstration: Published) -> None:
    names = survey(demonstration)["indicators"]
    assert {demonstration.catalogue[name].status for name in names} == {Status.SIMULE}
    sources = survey(demonstration)["sources"]
    assert {demonstration.sources[name].kind for name in sources} == {SIMULATION}
    assert {
        name for name, i in demonstration.catalogue.items() if i.status is Status.SIMULE
    } == names


def test_every_shared_figure_is_context_or_cog_and_the_same(
    published: Published, demonstration: Published
) -> None:
    shared = {
        name: indicator
        for name, indicator in demonstration.catalogue.items()
        if indicator.nature is not Nature.ENQUETE
    }
    assert {indicator.nature for indicator in shared.values()} == REAL
    assert shared == {n: i for n, i in published.catalogue.items() if i.nature in REAL}
    figures, real = (
        [figure for figure in data.observations if figure.indicator_id in shared]
        for data in (demonstration, published)
    )
    assert figures == real
    assert all(
        demonstration.sources[figure.source_id] == published.sources[figure.source_id]
        for figure in figures
    )


def test_every_reference_of_the_demonstration_is_held_by_it(demonstration: Published) -> None:
    domains = set(demonstration.domains["domain_id"])
    for indicator in demonstration.catalogue.values():
        assert set(indicator.comparable_with) <= set(demonstration.catalogue)
        assert set(indicator.domain_ids) <= domains
    for figure in demonstration.observations:
        assert figure.indicator_id in demonstration.catalogue
        assert figure.source_id in demonstration.sources
        assert figure.contradictions == ()
    assert set(demonstration.domains["source_id"]) <= set(demonstration.sources)
    assert {c.kind for c in demonstration.catalysts} <= set(demonstration.catalyst_kinds)


def test_figures_are_found_by_indicator_and_by_territory(demonstration: Published) -> None:
    survey_rows = demonstration.of_indicator("demo_mandat_collectif", Level.REGION)
    assert {figure.wave for figure in survey_rows} == {"2023", "2025"}
    assert demonstration.of_indicator("taux_pauvrete", Level.REGION)
    natures = {
        demonstration.catalogue[figure.indicator_id].nature
        for figure in demonstration.of_territory(TerritoryId(Level.REGION, "53"))
    }
    assert natures == set(Nature)


def test_only_france_is_weighted_in_the_demonstration(demonstration: Published) -> None:
    simulated = survey(demonstration)["indicators"]
    weighted = {
        (figure.wave, figure.territory)
        for figure in demonstration.observations
        if figure.indicator_id in simulated and (figure.deff is None or figure.deff > 1)
    }
    assert weighted == {("2023", FRANCE), ("2025", FRANCE)}


def test_nothing_contradicts_or_is_missing_in_the_demonstration_and_its_list_is_complete(
    published: Published, demonstration: Published
) -> None:
    for name in ("contradictions", "unavailable", "groupings"):
        empty, full = getattr(demonstration, name), getattr(published, name)
        assert len(empty) == 0 < len(full)
        assert list(empty.columns) == list(full.columns)
    assert demonstration.lists["catalysts"].exhaustive
    assert not published.lists["catalysts"].exhaustive


def test_a_draft_has_no_files(directory: Directory) -> None:
    with pytest.raises(DataFileError, match="brouillon"):
        read_dataset(Dataset.BROUILLON, directory.known_codes())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("indicators.status", "publie"),
        ("indicators.nature", "contexte"),
        ("sources.kind", "enquête"),
    ],
)
def test_a_real_row_among_the_simulated_ones_is_refused(
    directory: Directory, published: Published, folder: Path, cell: str, text: str
) -> None:
    table, column = cell.split(".")
    alter(folder, table, 2, column, text)
    with pytest.raises(DataFileError, match="mêle") as caught:
        read_dataset(Dataset.DEMONSTRATION, directory.known_codes(), published)
    assert f"{table}.csv" in caught.value.details[0]
    assert "data/demonstration" in caught.value.remedy


@pytest.mark.parametrize("dataset", [Dataset.PUBLIE, Dataset.DEMONSTRATION])
def test_a_simulated_row_among_the_real_ones_is_refused(
    directory: Directory, published: Published, dataset: Dataset
) -> None:
    name, indicator = next(iter(published.catalogue.items()))
    mixed = replace(
        published,
        catalogue={**published.catalogue, name: replace(indicator, status=Status.SIMULE)},
    )
    with pytest.raises(DataFileError, match="data/indicators mêle") as caught:
        read_dataset(dataset, directory.known_codes(), mixed)
    assert name in caught.value.details[0]


@pytest.mark.parametrize("table", ["indicators", "sources", "observations"])
def test_an_identifier_used_in_both_sets_is_refused(
    published: Published, demonstration: Published, table: str
) -> None:
    simulated = only_simulated(demonstration)
    if table == "indicators":
        twin = replace(simulated.catalogue["demo_adhesion"], indicator_id="taux_pauvrete")
        simulated = replace(simulated, catalogue={"taux_pauvrete": twin})
    elif table == "sources":
        (source,) = simulated.sources.values()
        simulated = replace(simulated, sources={"cog-2026": replace(source, source_id="cog-2026")})
    else:
        real = published.of_indicator("taux_pauvrete", Level.REGION)[0]
        twin_figure = replace(simulated.observations[0], observation_id=real.observation_id)
        simulated = replace(simulated, observations=(twin_figure,))
    with pytest.raises(DataFileError, match="Un même identifiant") as caught:
        add_context(simulated, published)
    assert len(caught.value.details) == 1
    assert caught.value.details[0].startswith(f"{table}.csv, ")


def only_simulated(demonstration: Published) -> Published:
    """Take the real figures back out."""
    catalogue = {
        name: i for name, i in demonstration.catalogue.items() if i.status is Status.SIMULE
    }
    return replace(
        demonstration,
        catalogue=catalogue,
        observations=tuple(o for o in demonstration.observations if o.indicator_id in catalogue),
        sources={n: s for n, s in demonstration.sources.items() if s.kind == SIMULATION},
    )
