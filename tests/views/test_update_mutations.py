"""Spoilt files, always the same ones: none raises, none publishes what it should not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bench.mutation_rules import Case, find_wrongs
from bench.mutation_seeds import Seed
from bench.mutations import read_world, run, show
from territoires.domain.directory import Directory
from territoires.domain.updates import Choices, FileKind, Row
from tests.views.conftest import Reviewer, Tables

FILES, SEED = 60, 5


def test_no_spoilt_file_raises_nor_publishes_what_it_should_not() -> None:
    """A sample: « python -m bench.mutations » takes ten thousand files."""
    before = read_world().tables["observations"][0].copy()
    tally = run(FILES, SEED, workers=1)
    assert not tally.errors + tally.wrong, show(tally)
    results = sum(tally.results.values(), Counter())
    # As many are refused as may be published: the files are spoilt, and not only spoilt.
    assert min(results["refusé"], results["publiable"]) > FILES // 6
    assert read_world().tables["observations"][0] == before


def _edit(row: Row, **cells: str) -> Row:
    return {**row, **cells}


@pytest.mark.parametrize(
    ("table", "cells", "said"),
    [
        ("observations", {"value": "178"}, "share"),
        ("observations", {"code": "99"}, "territory"),
        ("observations", {"value": "12.3"}, "figure: no row of the file"),
        ("catalysts", {"note": "autre"}, "table: catalysts"),
        ("sources", {"title": "autre"}, "source: changed"),
        ("indicators", {"label": "autre"}, "indicator"),
    ],
)
def test_the_judge_sees_what_should_not_be_published(  # noqa: PLR0917 - fixtures
    review: Reviewer,
    tables: Tables,
    directory: Directory,
    table: str,
    cells: dict[str, str],
    said: str,
) -> None:
    done = review("Région;Taux;Répondants\nBretagne;77,5;100\n")
    assert done.is_publishable
    assert done.tables is not None
    choices = Choices(confirmed=True, indicator_id="adhesion_maires_region", wave="2024-11")
    seed = Seed("essai", FileKind.OBSERVATIONS, [])
    assert list(find_wrongs(Case(seed, tables, directory, choices, done))) == []
    first, *rest = done.tables[table]
    if table == "observations":
        first = next(
            row
            for row in done.tables[table]
            if row["value"] and row["reading"] == "principale" and row["level"] == "region"
        )
        rest = [row for row in done.tables[table] if row is not first]
    forged = {**done.tables, table: (_edit(first, **cells), *rest)}
    case = Case(seed, tables, directory, choices, replace(done, tables=forged))
    assert any(said in one for one in find_wrongs(case)), list(find_wrongs(case))


def test_two_main_readings_of_a_cell_are_seen(
    review: Reviewer, tables: Tables, directory: Directory
) -> None:
    done = review("Région;Taux;Répondants\nBretagne;77,5;100\n")
    new = (done.tables or {})["observations"]
    twice = {**(done.tables or {}), "observations": (*new, _edit(new[-1], observation_id="bis"))}
    choices = Choices(confirmed=True, indicator_id="adhesion_maires_region", wave="2024-11")
    seed = Seed("essai", FileKind.OBSERVATIONS, [])
    case = Case(seed, tables, directory, choices, replace(done, tables=twice))
    assert any(one.startswith("twice") for one in find_wrongs(case))
