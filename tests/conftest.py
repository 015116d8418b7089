"""What several tests share: the two sets of data as the pages see them, read once."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

# Before the settings are read: no test writes to the versions of the person who runs it.
os.environ["TERRITOIRES_DATABASE_URL"] = (
    f"sqlite:///{tempfile.mkdtemp(prefix='territoires-')}/versions.sqlite"
)

import hypothesis
import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import TerritoryId
from territoires.tables.directory import read_directory
from territoires.tables.names import read_names
from territoires.tables.profiles import add_profiles
from territoires.tables.published import Published, read_dataset
from territoires.views.disclosure import protect
from territoires.views.portrait import Portraits

#: Several workers share the files of tests: the long ones first, so that none is left alone.
FIRST = ("e2e", "pages", "views", "tables", "render")


# The same examples at each run: a change is judged by what it changes. Others are looked for with
# « make test ARGS=--hypothesis-profile=default ».
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        folder, *_ = item.path.relative_to(Path(__file__).parent).parts
        return FIRST.index(folder) if folder in FIRST else len(FIRST)

    items.sort(key=rank)


@pytest.fixture(autouse=True)
def keep_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the main module back: Streamlit makes a page of it, which child processes would run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def directory() -> Directory:
    return Directory(read_directory())


@pytest.fixture(scope="session")
def published(directory: Directory) -> Published:
    data = read_dataset(Dataset.PUBLIE, directory.known_codes())
    return add_profiles(protect(data, directory), directory)


@pytest.fixture(scope="session")
def demonstration(directory: Directory, published: Published) -> Published:
    data = read_dataset(Dataset.DEMONSTRATION, directory.known_codes(), published)
    return add_profiles(protect(data, directory), directory)


@pytest.fixture(scope="session")
def datasets(published: Published, demonstration: Published) -> tuple[Published, Published]:
    return published, demonstration


@pytest.fixture(scope="session")
def zoned(directory: Directory, demonstration: Published) -> Directory:
    """Give the territories of the demonstration, the zones of its zonings among them."""
    return directory.with_zonings(demonstration.zonings.values())


@pytest.fixture(scope="session")
def portraits(
    published: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> Portraits:
    return Portraits(published, directory, names)


@pytest.fixture(scope="session")
def simulated_portraits(
    demonstration: Published, zoned: Directory, names: Mapping[TerritoryId, NameForms]
) -> Portraits:
    return Portraits(demonstration, zoned, names)


@pytest.fixture(scope="session")
def names() -> Mapping[TerritoryId, NameForms]:
    return read_names()
