"""Hostile texts, and what the HTML they end in must never hold."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

HOSTILE = """<script>alert(1)</script>"><img src=x onerror='alert(2)'>&amp;"""
JAVASCRIPT = "javascript:alert(1)"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Reader:
    """Read HTML as a browser does: its elements and its text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def tags(html: str, name: str) -> list[dict[str, str | None]]:
    return [attributes for tag, attributes in read(html).tags if tag == name]


def without_cards(html: str) -> str:
    """Leave out the cards, which stay hidden until a figure is opened."""
    return re.sub(r"<template.*?</template>", "", html)


def rows(html: str) -> int:
    """Count the rows of a table, its headings apart: each has one heading, whose scope is implied."""
    return sum("scope" not in attributes for attributes in tags(html, "th"))


def cells(html: str) -> list[list[str]]:
    """Read the texts of a table, row by row; the closing tags may be left out."""
    found: list[list[str]] = []
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    for row in re.split(r"<tr[^>]*>", body)[1:]:
        found.append([read(cell).text for cell in re.split(r"<t[hd][^>]*>", row)[1:]])
    return found


def check_harmless(html: str) -> None:
    """No script, no image, no handler, no address but http(s) or ours, nothing loaded."""
    for tag, attributes in read(html).tags:
        assert tag not in {"script", "img", "iframe", "object", "embed", "svg", "style", "link"}
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "src"
            if name == "href":
                assert (value or "").startswith(("/", "#", "http://", "https://")), value
                assert not (value or "").startswith("//"), value


def poison(value: Any, text: str = HOSTILE) -> Any:
    """Replace every free text of a dataclass by a hostile one (codes and choices stay)."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for item in fields(value):
        held = getattr(value, item.name)
        if type(held) is str and item.name not in {"source_id", "code", "wave", "kind"}:
            changes[item.name] = text
        elif is_dataclass(held):
            changes[item.name] = poison(held, text)
        elif isinstance(held, tuple) and held and is_dataclass(held[0]):
            changes[item.name] = tuple(poison(part, text) for part in held)
        elif isinstance(held, tuple) and held and type(held[0]) is str:
            changes[item.name] = tuple(text for _ in held)
    return replace(value, **changes)


def behind(chart) -> list[str]:
    """Give what is written behind a plotly chart: its watermark."""
    texts = (shape.label.text for shape in chart.layout.shapes if shape.layer == "below")
    return [text.replace("<br>", " ") for text in texts if text]
