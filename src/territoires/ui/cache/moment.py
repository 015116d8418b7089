"""What is asked of the world once per page: the version everyone reads, the dates of the files.

Asked again by every reading, it would take a third of a page's time; and a version published while
the page is being drawn would give it two halves of different data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_HELD: ContextVar[dict[Any, Any] | None] = ContextVar("held", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Let everything asked within be answered as of the first time it is asked."""
    if _HELD.get() is not None:
        yield
        return
    token = _HELD.set({})
    try:
        yield
    finally:
        _HELD.reset(token)


def once_per_moment(ask: Callable[P, T]) -> Callable[P, T]:
    """Ask once within ``one_moment``, at every call outside it; arguments must be hashable."""

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        held = _HELD.get()
        if held is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(kwargs.items()))
        if key not in held:
            held[key] = ask(*args, **kwargs)
        answered: T = held[key]
        return answered

    return answer
