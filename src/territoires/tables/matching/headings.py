"""What the heading of a column says it holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from territoires.domain.indicators import Indicator
from territoires.domain.updates import FileKind
from territoires.tables.matching.fields import FIELDS
from territoires.tables.matching.ignored_headings import KNOWN_AND_IGNORED
from territoires.tables.matching.keys import to_words
from territoires.tables.matching.waves import MONTH_NAMES, normalise_wave
from territoires.tables.zoning_columns import plain

#: Longer headings are read no further.
_LONGEST = 200
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
#: A wave inside a heading: « Adhésion 2024 », « Taux (nov. 2024) », « adhesion_2016-11 ».
_WAVE = re.compile(
    r"(?<![0-9a-z])(?:"
    r"[tq][1-4][ -]?[0-9]{4}|[0-9]{4}[ -]?[tq][1-4]|[1-4](?:er|e|eme)? trimestre [0-9]{4}"
    r"|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{1,2}/[0-9]{2}/[0-9]{4}|[0-9]{1,2}/[0-9]{4}"
    rf"|(?:{'|'.join(MONTH_NAMES)})\.?[ -][0-9]{{4}}|[0-9]{{4}}"
    r")(?![0-9a-z])"
)
#: Likeness out of 100 from which a heading is a known one misspelt, and its lead on the next.
_CLOSE, _MARGIN = 88.0, 4.0
#: Shorter words are too like one another.
_SHORTEST = 5
#: Fields that a wide table holds once by wave.
_BY_WAVE = ("value", "respondents", "deff")
_VALUE_WORDS = ("taux", "part", "pourcentage", "score", "note", "montant", "indice", "proportion")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: a field, or the indicator and wave whose values the column holds.

    ``sure`` is out of 100. ``reason`` is French.
    """

    field: str
    sure: int
    reason: str
    indicator_id: str = ""
    wave: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The headings known for a kind of file, as words, and those of the catalogue."""

    fields: Mapping[str, str]
    ignored: Mapping[str, str]
    indicators: Mapping[str, tuple[str, ...]]

    @property
    def holds_values(self) -> bool:
        """Tell whether columns of the file may hold values."""
        return "value" in self.fields.values()


def build_vocabulary(kind: FileKind, catalogue: Mapping[str, Indicator]) -> Vocabulary:
    """List the headings that may be met; indicators only head the columns of figures."""
    fields: dict[str, str] = {}
    for field in FIELDS[kind]:
        for alias in (to_words(field.label), *field.aliases):
            fields.setdefault(alias, field.name)
    ignored = {**KNOWN_AND_IGNORED[None], **KNOWN_AND_IGNORED.get(kind, {})}
    known: dict[str, list[str]] = defaultdict(list)
    for indicator in catalogue.values() if kind is FileKind.OBSERVATIONS else ():
        label = to_words(indicator.label)
        actor = to_words(indicator.actor_label)
        for words in {to_words(indicator.indicator_id), label, f"{label} {actor}"}:
            known[words].append(indicator.indicator_id)
    return Vocabulary(fields, ignored, {words: tuple(ids) for words, ids in known.items()})


def read_heading(text: str, vocabulary: Vocabulary, waves: Collection[str]) -> Heading | None:
    """Say what a heading tells, None when it tells nothing; ``waves`` are those published."""
    text = text[:_LONGEST]
    told = f"titre «\u00a0{text[:60]}\u00a0»"
    words = to_words(text)
    if ids := vocabulary.indicators.get(words):
        return _of_indicator(ids, "", 98)
    if (field := vocabulary.fields.get(words)) is not None:
        return Heading(field, 100, told)
    if words in vocabulary.ignored:
        return Heading("", 100, vocabulary.ignored[words] or told)
    found = _read_loosely(text, told, vocabulary)
    if found and found.wave in waves:
        return replace(found, reason=f"{found.reason}, déjà au catalogue")
    return found


def _read_loosely(text: str, told: str, vocabulary: Vocabulary) -> Heading | None:
    """Read a heading with a wave, brackets, or mistakes in it: « Adhésion (nov. 2024) »."""
    wave, rest = ("", text)
    if vocabulary.holds_values:
        wave, rest = _find_wave(plain(text).replace("_", " "))
    bare = to_words(_BRACKETS.sub(" ", rest))
    field = vocabulary.fields.get(bare)
    if field is not None and not wave:
        return Heading(field, 95, told)
    if named := vocabulary.indicators.get(to_words(rest)) or vocabulary.indicators.get(bare):
        return _of_indicator(named, wave, 96)
    # « Score 2024 »: a word for values says no indicator.
    if field is None and (near := _near_indicators(bare, vocabulary.indicators)):
        return _of_indicator(near, wave, 85)
    if wave:
        held = field or "value"
        at = wave if held in _BY_WAVE else ""
        return Heading(held, 75 if bare else 90, f"vague {wave}" if at else told, wave=at)
    return _by_words(to_words(text), bare, told, vocabulary)


def _find_wave(lower: str) -> tuple[str, str]:
    """Give the last wave of a heading, and the heading without it."""
    for found in reversed(list(_WAVE.finditer(lower))):
        if wave := normalise_wave(found[0]):
            return wave, f"{lower[: found.start()]} {lower[found.end() :]}"
    return "", lower


def _near_indicators(words: str, indicators: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find the only indicator whose label begins so, or is much like it."""
    if len(words) < _SHORTEST:
        return ()
    begun = {ids for label, ids in indicators.items() if label.startswith(f"{words} ")}
    ids = {one for same in begun for one in same}
    if ids:
        return tuple(ids) if len(ids) == 1 else ()
    best = nearest_words(words, indicators)
    return indicators[best] if best else ()


def _of_indicator(ids: tuple[str, ...], wave: str, sure: int) -> Heading:
    if len(ids) > 1:
        reason = f"libellé de {len(ids)} indicateurs, à préciser"
        return Heading("value", min(sure, 85), reason, wave=wave)
    reason = f"indicateur «\u00a0{ids[0]}\u00a0»"
    told = f"{reason}, vague {wave}" if wave else reason
    return Heading("value", sure, told, ids[0], wave)


def _by_words(words: str, bare: str, told: str, vocabulary: Vocabulary) -> Heading | None:
    """Read a heading misspelt, or that begins as those of values do: « Taux de réponse »."""
    if len(bare) >= _SHORTEST and (near := nearest_words(bare, vocabulary.fields)):
        return Heading(vocabulary.fields[near], 80, f"{told}, proche de «\u00a0{near}\u00a0»")
    if vocabulary.holds_values and words.startswith(_VALUE_WORDS):
        return Heading("value", 72, told)
    return None


def nearest_words(words: str, known: Iterable[str]) -> str:
    """Give the only known heading much like some words; empty when none is, or several are."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - needed by analysts alone

    found = process.extract(words, list(known), scorer=fuzz.ratio, limit=2, score_cutoff=_CLOSE)
    if not found or (len(found) > 1 and found[0][1] - found[1][1] < _MARGIN):
        return ""
    return str(found[0][0])
