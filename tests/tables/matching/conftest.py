"""The names of the territories, read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.domain.updates import PlaceMatch
from territoires.tables.matching import PlaceCell, PlaceNames, build_place_names, match_places

MatchOne = Callable[..., PlaceMatch]


@pytest.fixture(scope="session")
def place_names(directory: Directory) -> PlaceNames:
    return build_place_names(directory)


@pytest.fixture(scope="session")
def match_one(directory: Directory, place_names: PlaceNames) -> MatchOne:
    """Match one place: « match_one(Level.REGION, code="53") »."""

    def match(level: Level | None, code: str = "", name: str = "", said: str = "") -> PlaceMatch:
        cell = PlaceCell(2, code, name, said)
        (found,) = match_places([cell], level, directory, place_names)
        return found

    return match
