"""What a page asks of the world is of one moment, whatever happens while it is drawn."""

from __future__ import annotations

import pytest

from territoires.ui.cache.moment import once_per_moment, one_moment


@pytest.fixture
def asked() -> list[int]:
    return []


def test_what_is_asked_within_a_moment_is_asked_once(asked: list[int]) -> None:
    @once_per_moment
    def ask(number: int) -> int:
        asked.append(number)
        return len(asked)

    with one_moment():
        assert [ask(1), ask(1), ask(2)] == [1, 1, 2]
        with one_moment():
            assert ask(1) == 1
    assert ask(1) == 3
    assert ask(1) == 4
    with one_moment():
        assert ask(1) == 5


def test_a_moment_ends_with_an_error_which_is_not_kept(asked: list[int]) -> None:
    @once_per_moment
    def fail() -> None:
        asked.append(0)
        raise LookupError

    with one_moment():
        for _ in range(2):
            with pytest.raises(LookupError):
                fail()
    assert len(asked) == 2
    with pytest.raises(LookupError), one_moment():
        fail()
    with pytest.raises(LookupError):
        fail()
    assert len(asked) == 4
