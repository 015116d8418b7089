"""A publication that dies leaves the old version or the new one, whole."""

from __future__ import annotations

from pathlib import Path

from bench.kills import run


def test_a_publication_killed_at_any_moment_leaves_a_whole_version(tmp_path: Path) -> None:
    tally = run(tmp_path, kills=10, rows=5_000)
    assert tally.wrong == []
    assert tally.old + tally.new == tally.kills == 10
