"""Paths: the project's own folder, or the one TERRITOIRES_HOME names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHOW = (
    "from territoires import settings as s; print(s.HOME, s.GEO, s.INDICATORS, s.STATIC, sep='|')"
)


def paths(**environment: str) -> list[Path]:
    return [Path(text) for text in run(SHOW, **environment).split("|")]


def run(code: str, **environment: str) -> str:
    """Run Python lines with the person's own environment, but for what is ours in it."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TERRITOIRES_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_data_stand_in_the_project_unless_told_otherwise() -> None:
    assert paths() == [ROOT, ROOT / "data/geo", ROOT / "data/indicators", ROOT / "static"]
    assert all(path.is_dir() for path in paths())


def test_territoires_home_moves_data_and_static_together(tmp_path: Path) -> None:
    assert paths(TERRITOIRES_HOME=str(tmp_path)) == [
        tmp_path,
        tmp_path / "data/geo",
        tmp_path / "data/indicators",
        tmp_path / "static",
    ]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, f"sqlite:///{ROOT}/var/territoires.sqlite False"),
        ({"TERRITOIRES_HOME": "/x"}, "sqlite:////x/var/territoires.sqlite False"),
        ({"TERRITOIRES_DATABASE_URL": "postgresql://b/t"}, "postgresql://b/t False"),
        ({"TERRITOIRES_DATABASE_URL": ""}, f"sqlite:///{ROOT}/var/territoires.sqlite False"),
        ({"TERRITOIRES_PUBLICATION": "oui"}, f"sqlite:///{ROOT}/var/territoires.sqlite True"),
        ({"TERRITOIRES_PUBLICATION": "1"}, f"sqlite:///{ROOT}/var/territoires.sqlite False"),
        ({"TERRITOIRES_PUBLICATION": "non"}, f"sqlite:///{ROOT}/var/territoires.sqlite False"),
    ],
)
def test_versions_stay_at_home_and_publishing_is_closed_unless_told(
    environment: dict[str, str], expected: str
) -> None:
    show = "from territoires import settings as s; print(s.DATABASE_URL, s.PUBLISHING_OPEN)"
    assert run(show, **environment) == expected


def test_what_is_published_here_never_enters_the_repository() -> None:
    assert "/var/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
