"""Indicators, their observations and the sources that publish them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from territoires.domain.territories import Level, TerritoryId

#: Wave of a figure whose source gives no date; it has no place on a time axis.
UNDATED_WAVE = "non_precisee"


def wave_order(wave: str) -> tuple[bool, str]:
    """Give the key that sorts waves by date; an undated one comes before all others."""
    return wave != UNDATED_WAVE, wave


class Kind(StrEnum):
    """What an indicator measures; a count is drawn as a symbol, never as a colour."""

    RATE = "rate"
    COUNT = "count"
    SCORE = "score"
    AMOUNT = "amount"
    RATIO = "ratio"


class Fiabilite(StrEnum):
    """How surely a published figure is read; an illegible one never becomes an observation."""

    CLAIRE = "claire"
    AMBIGUE = "ambigue"
    #: Of a simulated figure: it has no source to be read.
    SANS_OBJET = "sans_objet"


class Nature(StrEnum):
    """Where a figure comes from: a survey, Insee context, the Code officiel géographique."""

    ENQUETE = "enquete"
    CONTEXTE = "contexte"
    COG = "cog"


class Direction(StrEnum):
    """Conventional reading of a high value; no judgement on the territory."""

    HAUT_FAVORABLE = "haut_favorable"
    HAUT_FRAGILE = "haut_fragile"
    NEUTRE = "neutre"


class Usage(StrEnum):
    """Whether an indicator is a result to choose, or describes a study (size, sample)."""

    RESULTAT = "resultat"
    METHODE = "methode"


class Status(StrEnum):
    """Whether every value was read at its source."""

    PUBLIE = "publie"
    PROVISOIRE = "provisoire"
    #: Of the demonstration set: nobody was asked.
    SIMULE = "simule"


class Suppression(StrEnum):
    """Why a known figure is not shown."""

    #: Too few people answered.
    EFFECTIF = "effectif"
    #: A subtraction from the total would give away another, suppressed, figure.
    SECONDAIRE = "secondaire"


class Reading(StrEnum):
    """Place of a published figure among those of the same cell."""

    PRINCIPALE = "principale"
    AUTRE = "autre"
    REPRISE = "reprise"


#: Units that count people, whatever the kind says (a median population is an amount of people).
_PEOPLE = frozenset({"habitants", "personnes"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question wording asked to one kind of actor, or one official measure.

    `waves` and `levels` are those where an observation exists; `comparable_with` names the only
    indicators that may share an axis with this one.
    """

    indicator_id: str
    label: str
    description: str
    theme: str
    study: str
    actor: str
    actor_label: str
    unit: str
    unit_label: str
    kind: Kind
    direction: Direction
    base: str
    levels: tuple[Level, ...]
    waves: tuple[str, ...]
    comparable_with: tuple[str, ...]
    domain_ids: tuple[str, ...]
    nature: Nature
    usage: Usage
    status: Status
    decimals: int
    caveat: str

    @property
    def is_colourable(self) -> bool:
        """Tell whether a choropleth may show it: a count or an amount of people may not."""
        return self.kind is not Kind.COUNT and self.unit_label not in _PEOPLE

    def is_comparable_with(self, other: Indicator) -> bool:
        """Tell whether the catalogue allows both on one axis."""
        return other.indicator_id in {self.indicator_id, *self.comparable_with}


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure for one territory and one wave.

    `value` is None where the source only gives words, kept in `value_text`; `respondents` is None
    where the source does not give it, which is nearly always. `deff` is the design effect of the
    sample, None where the source does not give it. A figure with a `suppression` has lost its
    value, words and number of answers: nothing downstream can show them.
    """

    observation_id: str
    indicator_id: str
    wave: str
    cycle: str
    study: str
    level: Level
    code: str
    value: float | None
    value_text: str
    respondents: int | None
    fiabilite: Fiabilite
    reading: Reading
    contradictions: tuple[str, ...]
    caveat: str
    statement: str
    source_id: str
    deff: float | None = None
    suppression: Suppression | None = None

    @property
    def territory(self) -> TerritoryId:
        """Give the territory observed."""
        return TerritoryId(self.level, self.code)


@dataclass(frozen=True, slots=True)
class Source:
    """A published document; `date` is as published, « non datée » included."""

    source_id: str
    title: str
    publisher: str
    date: str
    url: str
    kind: str
    licence: str
