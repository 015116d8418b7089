"""What is kept for a version is forgotten once another one is current, and not before."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from territoires.ui.cache import reviews, versions


@pytest.fixture
def cleared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(versions, "_OF_VERSION", [])
    monkeypatch.setattr(versions, "_SEEN", [])
    versions.of_version(SimpleNamespace(clear=lambda: told.append("forgotten")))
    return told


def show(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    version = SimpleNamespace(number=number, fingerprint=f"f{number}")
    monkeypatch.setattr(versions, "current_version", lambda: version)
    versions.current_content()


def test_the_same_version_keeps_everything(
    monkeypatch: pytest.MonkeyPatch, cleared: list[str]
) -> None:
    show(monkeypatch, 1)
    show(monkeypatch, 1)
    assert cleared == []


def test_another_version_forgets_once(monkeypatch: pytest.MonkeyPatch, cleared: list[str]) -> None:
    for number in (1, 2, 2, 3):
        show(monkeypatch, number)
    assert cleared == ["forgotten"] * 2


def test_a_choice_forgets_what_was_made_of_the_draft_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    kept = SimpleNamespace(clear=lambda digest, *_: told.append(digest))
    monkeypatch.setattr(reviews, "_review", kept)
    monkeypatch.setattr(versions, "current_version", lambda: None)
    reviews._seen.clear()
    for key, digest in (("mine", "a"), ("mine", "a"), ("other", "a"), ("mine", "b"), ("mine", "c")):
        reviews._forget_earlier(key, digest)
    assert told == ["a", "b"]
