"""What is published, as tables of text, and the names of the territories."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.updates import Row
from territoires.tables.indicators import TABLES
from territoires.tables.matching import PlaceNames, build_place_names

Rows = dict[str, tuple[Row, ...]]


def read_tables(folder: Path) -> Rows:
    tables = {}
    for table in TABLES:
        path = folder / f"{table}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as stream:
                tables[table] = tuple(csv.DictReader(stream))
        else:
            tables[table] = ()
    return tables


@pytest.fixture(scope="session")
def tables() -> Rows:
    return read_tables(settings.INDICATORS)


@pytest.fixture(scope="session")
def simulated_tables() -> Rows:
    return read_tables(settings.DEMONSTRATION)


@pytest.fixture(scope="session")
def place_names(directory: Directory) -> PlaceNames:
    return build_place_names(directory)
