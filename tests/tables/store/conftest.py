"""A store of its own for each test, and the gestures of a person who publishes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from territoires.domain.publishing import TERMINAL
from territoires.domain.versions import Act, Version
from territoires.tables.store import (
    Store,
    close_store,
    current_number,
    import_release,
    open_store,
    publish,
)

ACT = Act("Ana Lyste", "Vague de novembre")
SHIPPED = {"observations": b"code,value\n53,77\n", "sources": b"source_id\na\n"}

Publish = Callable[..., Version]


def tables(value: object) -> dict[str, bytes]:
    return {**SHIPPED, "observations": f"code,value\n53,{value}\n".encode()}


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'dossier' / 'base.sqlite'}"


@pytest.fixture
def empty(url: str):
    store = open_store(url)
    yield store
    close_store(store)


@pytest.fixture
def store(empty: Store) -> Store:
    import_release(empty, SHIPPED, "Livraison 1")
    return empty


@pytest.fixture
def publish_value(store: Store) -> Publish:
    def act(value: object, **options: object) -> Version:
        options.setdefault("base", current_number(store))
        return publish(store, tables(value), ACT, caller=TERMINAL, **options)  # type: ignore[arg-type]

    return act
