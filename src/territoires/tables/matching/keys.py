"""Texts reduced to what counts when people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_REMEMBERED = 64
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "\u2019": " "})
_ACCENT = re.compile("[\u0300-\u036f]")
_NOT_WRITTEN = re.compile("[^a-z0-9]+")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARTICLE = re.compile(r"(?:les|le|la|l) (?=.)")
#: « Mans (Le) », « Réunion (La) », « Haÿ-les-Roses (L') »: how old lists sort names.
_LAST_ARTICLE = re.compile(r"(.*\S)\s*\(\s*(le|la|les|l\s*['’ʼ]?)\s*\)\s*", re.IGNORECASE)
#: Kinds of EPCI as written in full, the longest first, and as the directory writes them.
_EPCI_KINDS = (
    ("communaute de communes", "cc"),
    ("communaute d agglomeration", "ca"),
    ("communaute urbaine", "cu"),
    ("com de communes", "cc"),
    ("comm de communes", "cc"),
    ("com d agglomeration", "ca"),
    ("com com", "cc"),
    ("comcom", "cc"),
)
_EPCI_KIND = re.compile(
    r"(?:cc|ca|cu|eurometropole|metropole) (?:(?:de la|de l|des|du|de|d) )?(?=.)"
)
_LINK = re.compile(r"^(cc|ca|cu) (?:de la|de l|des|du|de|d|la|le|les|l) (?=.)")
_KIND = re.compile(
    r"(?:region|departement|dept|dep|commune|ville|collectivite territoriale|collectivite unique"
    r"|collectivite|territoire) (?:(?:de la|de l|des|du|de|d) )?(?=.)"
)


# One text is looked at under several keys in a row.
@lru_cache(maxsize=_REMEMBERED)
def to_words(text: str) -> str:
    """Give a text as words without accents, capitals or punctuation."""
    lower = text.lower()
    if not lower.isascii():
        lower = _ACCENT.sub("", unicodedata.normalize("NFKD", lower.translate(_LIGATURES)))
    return _NOT_WRITTEN.sub(" ", lower).strip()


@lru_cache(maxsize=_REMEMBERED)
def to_key(text: str) -> str:
    """Give a name as ``to_words``, « St » being « saint » and « Mans (Le) » « le mans »."""
    if text.endswith(")") and (turned := _LAST_ARTICLE.fullmatch(text)):
        text = f"{turned[2]} {turned[1]}"
    words = to_words(text)
    if "st" not in words:
        return words
    return " ".join(_SAINTS.get(word, word) for word in words.split(" "))


@lru_cache(maxsize=_REMEMBERED)
def to_epci_key(text: str) -> str:
    """Give the name of an EPCI with its kind as the directory writes it: « cc val d ille »."""
    key = to_key(text)
    for long, short in _EPCI_KINDS:
        if key.startswith(f"{long} "):
            key = short + key[len(long) :]
            break
    return _LINK.sub(r"\1 ", key)


def without_article(key: str) -> str:
    """Leave out the article a key begins with."""
    return _ARTICLE.sub("", key, count=1) if _ARTICLE.match(key) else key


def without_epci_kind(key: str) -> str:
    """Leave out « cc », « metropole de » and what links it to the name, then the article."""
    return without_article(_EPCI_KIND.sub("", key, count=1) if _EPCI_KIND.match(key) else key)


def without_kind(key: str) -> str:
    """Leave out « région », « département de l’ », « commune de » and the article after it."""
    return without_article(_KIND.sub("", key, count=1)) if _KIND.match(key) else key
