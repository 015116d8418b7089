"""What the tests of the kit share: a press, and a reading of a page as a browser would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import TerritoryId
from territoires.render.press import Press
from territoires.tables.published import Published
from territoires.views.citation import Taken
from territoires.views.portrait import Portraits

TAKEN = Taken(date(2026, 11, 22), 3, date(2025, 11, 21))


def press_of(data: Published, places: Directory, names: Mapping[TerritoryId, NameForms]) -> Press:
    return Press(data, places, names, Portraits(data, places, names), TAKEN)


class ReadPage(HTMLParser):
    """Elements of a page, with the text of each script, style and title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.words: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag

    def handle_endtag(self, _: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open, []).append(data)
        if self._open not in {"script", "style"}:
            self.words.append(data)

    def values(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).replace("\u00a0", " ").split())
