"""Rows that sum up others: « Total », « Ensemble », « France métropolitaine »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from territoires.domain.territories import FRANCE, TerritoryId
from territoires.tables.matching.keys import to_words

_FIRST = re.compile(
    r"(?:sous total|sous totaux|total|totaux|ensemble|moyenne|moyennes|mediane|somme|cumul|tous"
    r"|toutes|grand total)(?: .*)?"
)
_COUNTRY = re.compile(
    r"(?:la )?france (?:entiere|complete|totale|total|ensemble|hexagonale|m|f|fm|fe|metro"
    r"|metropolitaine|(?:hors|et|avec|y compris|sans) .+)(?: .*)?"
    r"|(?:niveau )?national|echelon national|metropole|hexagone|outre mer|france d outre mer"
    r"|d ?r?om|dom tom|drom com|province|france de province|france metro|fx"
)
_PART = re.compile(
    r"\b(?:metropole|metropolitaine|metro|hexagone|hexagonale|hors|sans|province|fx)\b"
)
_OVERSEAS = re.compile(r"\b(?:outre mer|d ?r?om|dom tom|drom com)\b")
_LONGEST = 80
_PART_NOTE = "n’est pas la France entière\u00a0: il y manque des régions"


@dataclass(frozen=True, slots=True)
class Total:
    """A row that sums up others; ``country`` is France where it is said whole."""

    country: TerritoryId | None
    note: str


def read_total(text: str) -> Total | None:
    """Tell whether a text names a sum, and of what; « France » alone is a territory, not a sum."""
    if not text or len(text) > _LONGEST:
        return None
    words = to_words(text)
    if not (_FIRST.fullmatch(words) or _COUNTRY.fullmatch(words)):
        return None
    if _PART.search(words) or words in ("france m", "france fm"):
        return Total(None, f"ligne de total\u00a0; «\u00a0{text[:40].strip()}\u00a0» {_PART_NOTE}")
    if _OVERSEAS.search(words) and not re.search(r"\b(?:et|avec|y compris) ", words):
        return Total(None, "ligne de total\u00a0: plusieurs territoires d’outre-mer ensemble")
    said = re.search(r"\b(?:france|national|nationale|nationaux)\b", words) is not None
    return Total(FRANCE if said else None, "ligne de total")
