"""What people type, for the two tests that hold Python and the browser to the same answers."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from territoires.tables.search_index import SearchTable

LETTERS = "abcdefghijklmnopqrstuvwxyz -'"
PLACES = ("93", "35000", "bretagne", "réunion", "loire", "12e", "1er")
#: Texts that no name gives: hostile, endless, empty or strange.
STRANGE = (
    "",
    " ",
    "-",
    "«»",
    "😀😀",
    "\x00",
    "%%%",
    "../..",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "a" * 10_000,
    "9" * 10_000,
    "[.*]{1000}",
    "(((((",
    "\\",
    "😀 Laval 😀",
    "x" * 80 + " laval",
    "ⅳ",
    "İstanbul",
    "½",
)


def cases() -> list[dict[str, Any]]:
    """Read the shared table: a text, and the territories that must come first (none: no answer)."""
    path = Path(__file__).with_name("search_cases.json")
    return json.loads(path.read_text(encoding="utf-8"))


def typed_texts(table: SearchTable, number: int) -> list[str]:
    """Draw what people may type: names, beginnings, one mistake, postcodes, codes, places after."""
    drawn = random.Random(2026)  # noqa: S311 - the same texts at each run
    texts: list[str] = []
    while len(texts) < number:
        place = drawn.choice(table.places)
        name = place.name if drawn.random() < 0.7 else drawn.choice(table.aliases).name
        code = drawn.choice([place.id.code, place.siren, *place.postcodes]) or place.id.code
        texts.append(
            drawn.choice(
                [
                    name,
                    name.upper(),
                    name[: drawn.randint(1, len(name))],
                    mistyped(name, drawn),
                    mistyped(name, drawn)[: drawn.randint(4, 12)],
                    code[: drawn.randint(2, len(code))],
                    f"{name} {drawn.choice([*PLACES, place.departement_code])}",
                ]
            )
        )
    return texts


def mistyped(name: str, drawn: random.Random) -> str:
    """Make one mistake: a letter changed, added, left out, or swapped with the next one."""
    i, letter = drawn.randrange(len(name)), drawn.choice(LETTERS)
    before, this, after = name[:i], name[i], name[i + 1 :]
    return drawn.choice(
        [
            before + letter + after,
            before + letter + this + after,
            before + after,
            before + after[:1] + this + after[1:],
        ]
    )
