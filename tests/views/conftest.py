"""What is published, as tables of text, and files of analysts taken through the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.updates import Choices, Row
from territoires.tables.matching import PlaceNames, build_place_names
from territoires.tables.published import Published
from territoires.tables.snapshots import read_snapshot, to_tables
from territoires.views.update_review import Review, review_update

Tables = Mapping[str, tuple[Row, ...]]
#: Takes a file (text or bytes) and choices by name.
Reviewer = Callable[..., Review]

#: What a person says of a file that holds a territory, a value and a sample size alone.
SAID = Choices(
    confirmed=True,
    indicator_id="adhesion_maires_region",
    wave="2024-11",
    source_id="cog-2026",
    fiabilite="claire",
)


@pytest.fixture(scope="session")
def tables(directory: Directory) -> Tables:
    return to_tables(read_snapshot(directory.known_codes()))


@pytest.fixture(scope="session")
def place_names(directory: Directory) -> PlaceNames:
    return build_place_names(directory)


@pytest.fixture(scope="session")
def review(
    tables: Tables, directory: Directory, place_names: PlaceNames, published: Published
) -> Reviewer:
    def reviewed(
        content: str | bytes,
        name: str = "chiffres.csv",
        choices: Choices = SAID,
        known: Tables = tables,
        **said: object,
    ) -> Review:
        data = content.encode() if isinstance(content, str) else content
        said_by = replace(choices, **said)
        return review_update(data, name, said_by, known, directory, place_names, published)

    return reviewed
