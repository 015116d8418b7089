"""A file made in a thread of its own: followed, stopped, and what failed is told."""

from __future__ import annotations

from threading import Event

import pytest

from territoires.render.atlas import Progress
from territoires.ui.work import Work


def test_a_file_is_made_while_its_steps_are_followed() -> None:
    told, go_on = Event(), Event()

    def make(progress: Progress) -> bytes:
        assert progress(1, 3)
        told.set()
        go_on.wait()
        return b"atlas"

    work = Work(make)
    told.wait()
    assert (work.steps, work.is_over) == ((1, 3), False)
    go_on.set()
    assert work.result() == b"atlas"
    assert work.is_over


def test_a_file_nobody_wants_any_more_stops_at_its_next_step() -> None:
    go_on = Event()

    def make(progress: Progress) -> bytes | None:
        go_on.wait()
        return b"" if progress(1, 2) else None

    work = Work(make)
    work.stop()
    go_on.set()
    assert work.result() is None


def test_what_fails_is_told_to_who_takes_the_file() -> None:
    def make(progress: Progress) -> bytes:  # noqa: ARG001 - as any file is made
        raise RuntimeError("typst")

    work = Work(make)
    with pytest.raises(RuntimeError, match="typst"):
        work.result()
    assert work.has_failed
