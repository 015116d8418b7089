"""How texts and values are written for the browser: short, and harmless whatever they hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Stands for the absence of a text, which is not the same as a text equal to the shared end.
_NO_TEXT = "\u2205"
#: Stands before a text that has not the end of the others.
_WHOLE = "\u2020"
_REPLACED = str.maketrans({"|": "¦", _NO_TEXT: "Ø", _WHOLE: "+"})
_NUMBER = re.compile(r"^[\d\s.,\u2212-]+(?<!\s)")


def to_json(value: Any) -> str:
    """Write a value as short JSON; what is no number is refused."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def to_script_json(value: Any) -> str:
    """Write a value as JSON that may stand in a <script>, whatever its strings hold.

    The characters that could end the script or that streamlit-folium rewrites (its ``{{ 'name' }}``
    references) only occur inside strings, where an escape means the same.
    """
    text = to_json(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.replace("{{", "{\\u007b")


def pack_texts(texts: Sequence[str]) -> tuple[str, str]:
    """Write texts in one string, without the end most of them share (« %, effectif inconnu »).

    Returns
    -------
    tuple of str
        The texts one after the other, separated by « | » (« ∅ » for none, « † » before one that
        has another end), and the end they share.
    """
    safe = [text.translate(_REPLACED) for text in texts]
    suffix = _common_end([text for text in safe if text])
    words = (_NO_TEXT if not text else _without(text, suffix) for text in safe)
    return "|".join(words), suffix


def _without(text: str, suffix: str) -> str:
    return text.removesuffix(suffix) if text.endswith(suffix) else _WHOLE + text


def _common_end(texts: Sequence[str]) -> str:
    """Choose the end that saves most: the one all share, or the commonest after a number."""
    shortest = min(texts, key=len, default="")
    ends = (shortest[start:] for start in range(len(shortest) + 1))
    shared = next(end for end in ends if all(text.endswith(end) for text in texts))
    tails = Counter(_NUMBER.sub("", text) for text in texts)
    tail, number = tails.most_common(1)[0] if tails else ("", 0)
    saved = number * len(tail) - (len(texts) - number)
    return tail if saved > len(texts) * len(shared) else shared
