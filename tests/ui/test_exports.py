"""A file says what its reader sees, even where another version was published in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import TerritoryId
from territoires.domain.versions import Version, VersionKind
from territoires.render.file_names import Form
from territoires.render.press import Press
from territoires.tables.published import Published
from territoires.ui import documents
from territoires.ui import exports as offers
from territoires.ui.cache import exports
from territoires.ui.cache.keys import DataKey
from territoires.views.map_view import build_map_view
from territoires.views.portrait import Portraits

Publish = Callable[[int], None]


@pytest.fixture
def publish(
    monkeypatch: pytest.MonkeyPatch,
    published: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
    portraits: Portraits,
) -> Iterator[Publish]:
    """Make a version the current one; only the data of the third may be asked for."""

    def read(key: DataKey) -> Published:
        assert key.content == (3, "f3")
        return published

    def current(number: int) -> None:
        day = datetime(2026, 11, number, tzinfo=UTC)
        version = Version(
            number, VersionKind.PUBLICATION, number - 1, day, "Ana", "Vague", f"f{number}"
        )
        key = DataKey(Dataset.PUBLIE, (), (number, f"f{number}"))
        monkeypatch.setattr(exports, "data_key", lambda _: key)
        monkeypatch.setattr(exports.versions, "current_version", lambda: version)

    monkeypatch.setattr(exports, "published_of", read)
    monkeypatch.setattr(exports, "places_of", lambda _: directory)
    monkeypatch.setattr(exports, "names_of", lambda _: names)
    monkeypatch.setattr(exports, "portraits_of", lambda _: portraits)
    exports._press.clear()
    yield current
    exports._press.clear()


def test_a_file_of_a_map_cites_the_version_that_the_page_showed(
    publish: Publish, monkeypatch: pytest.MonkeyPatch, published: Published, directory: Directory
) -> None:
    seen = Selection("adhesion_maires_region", "2016-11")
    view = build_map_view(seen, published, directory)
    drawn: list[offers.Offer] = []
    monkeypatch.setattr(offers, "show_offer", drawn.append)
    publish(3)
    offers.show_map_exports(view, seen)
    publish(4)
    assert b"Territoires, version 3 du 3 novembre 2026" in offers._make(drawn[0], Form.CSV)


def test_the_documents_of_a_territory_are_of_the_version_that_the_page_showed(
    publish: Publish, monkeypatch: pytest.MonkeyPatch, portraits: Portraits
) -> None:
    made: list[Callable[[], bytes]] = []
    asked: list[tuple[str, int | None]] = []

    def note(name: str) -> Callable[..., bytes]:
        return lambda press, *_, **__: asked.append((name, press.taken.version)) or b""

    for name in ("fiche", "slides"):
        monkeypatch.setattr(Press, name, note(name))
    monkeypatch.setattr("territoires.render.kit_zip.build_kit", note("kit"))
    monkeypatch.setattr(offers, "show_button", lambda _, __, make, *___, **____: made.append(make))
    monkeypatch.setattr(offers, "show_offer", lambda _: None)
    portrait = portraits.build(TerritoryId.parse("departement-53"))
    publish(3)
    documents.show_documents(portrait, Selection("adhesion_maires_region", "2016-11"))
    publish(4)
    for make in made:
        make()
    assert asked == [("fiche", 3), ("slides", 3), ("kit", 3)]


def test_what_files_are_made_from_is_kept_from_one_file_to_the_next(publish: Publish) -> None:
    publish(3)
    shown = exports.as_of(Dataset.PUBLIE)
    assert exports.press(shown) is exports.press(exports.as_of(Dataset.PUBLIE))
    assert shown.day == date.today()
