"""The garbage collector comes back to work, whatever happened meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from territoires.tables.collector import without_collector


@pytest.fixture(autouse=True)
def at_work() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_the_collector_rests_and_comes_back() -> None:
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="essai"), without_collector():
        raise ValueError("essai")
    assert gc.isenabled()


def test_one_that_found_it_at_rest_leaves_it_so() -> None:
    with without_collector():
        with without_collector():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_of_two_that_overlap_the_last_to_end_leaves_it_at_work() -> None:
    first, second = without_collector(), without_collector()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.isenabled()
