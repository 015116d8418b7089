"""A figure as it is shown anywhere: its value, and all that must be known to read it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from territoires.analysis.precision import Interval, Precision, grades, wilson_intervals
from territoires.domain.indicators import (
    Fiabilite,
    Indicator,
    Kind,
    Nature,
    Observation,
    Reading,
    Source,
    Suppression,
    Usage,
)
from territoires.domain.territories import FRANCE, Level
from territoires.tables.published import Published
from territoires.views.french import NBSP, agree, format_number, format_value, short_unit, singular

SUPPRESSION_TEXTS = {
    Suppression.EFFECTIF: "effectif insuffisant",
    Suppression.SECONDAIRE: "masqué pour protéger un autre territoire",
}
_SYMBOLS = ("%", "€")
#: Said beside France's figure where it answers other words than those of the territories.
OTHER_WORDS = "autre formulation"

Estimate = tuple[Interval | None, Precision | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with all that must be known to read it.

    ``interval`` (percent) and ``precision`` are those of a sample: None where there is none
    (Insee, COG) or where no interval can be given (a score).
    """

    value: float | None
    text: str
    short_text: str
    wave: str
    respondents: int | None
    fiabilite: Fiabilite
    caveat: str
    statement: str
    source: Source
    #: What must be said of the indicator itself, whatever the territory.
    indicator_caveat: str = ""
    #: Other wordings or values published for the same question, place and date.
    other_readings: tuple[str, ...] = ()
    interval: Interval | None = None
    precision: Precision | None = None
    deff: float | None = None
    suppression: Suppression | None = None


def build_figure(observation: Observation, published: Published) -> Figure:
    """Turn an observation into a figure ready to be shown; published words stay as they are."""
    return build_figures((observation,), published)[0]


def build_figures(observations: Sequence[Observation], published: Published) -> list[Figure]:
    """Turn the observations of one indicator into figures, all intervals at once."""
    if not observations:
        return []
    indicator = published.catalogue[observations[0].indicator_id]
    estimates = _estimates(observations, indicator)
    readings = _other_readings(observations, indicator, published)
    return [
        _figure(o, indicator, estimate, readings.get((o.level, o.code, o.wave), ()), published)
        for o, estimate in zip(observations, estimates, strict=True)
    ]


def _other_readings(
    observations: Sequence[Observation], indicator: Indicator, published: Published
) -> dict[tuple[Level, str, str], tuple[str, ...]]:
    """Give the other readings shown beside the main ones, by territory and wave: there are few."""
    found: dict[tuple[Level, str, str], tuple[str, ...]] = {}
    for other in _beside(observations, indicator, published):
        if other.reading is not Reading.PRINCIPALE and other.suppression is None:
            cell = other.level, other.code, other.wave
            found[cell] = (*found.get(cell, ()), _reading_text(other, indicator))
    return found


def _beside(
    observations: Sequence[Observation], indicator: Indicator, published: Published
) -> Iterator[Observation]:
    """Give what is published of an indicator beside some figures: one territory has few."""
    if len(observations) == 1:
        of_territory = published.of_territory(observations[0].territory)
        yield from (o for o in of_territory if o.indicator_id == indicator.indicator_id)
        return
    for level in {observation.level for observation in observations}:
        yield from published.of_indicator(indicator.indicator_id, level)


def _figure(
    observation: Observation,
    indicator: Indicator,
    estimate: Estimate,
    readings: tuple[str, ...],
    published: Published,
) -> Figure:
    text, short_text = _texts(observation, indicator)
    interval, precision = estimate
    return Figure(
        value=observation.value,
        text=text,
        short_text=short_text,
        wave=observation.wave,
        respondents=observation.respondents,
        fiabilite=observation.fiabilite,
        caveat=observation.caveat,
        indicator_caveat=indicator.caveat,
        statement=observation.statement,
        source=published.sources[observation.source_id],
        other_readings=readings,
        interval=interval,
        precision=precision,
        deff=observation.deff,
        suppression=observation.suppression,
    )


def has_sampling_error(indicator: Indicator) -> bool:
    """Tell whether an interval and a test can be given: the share of a sample, in percent.

    What describes a sample (its make-up, its response rate) is counted, not estimated.
    """
    return (
        indicator.nature is Nature.ENQUETE
        and indicator.usage is Usage.RESULTAT
        and indicator.kind is Kind.RATE
        and indicator.unit_label == "%"
    )


def interval_text(interval: Interval) -> str:
    """Write an interval: « de 71 à 83 % »."""
    low, high = format_number(interval.low), format_number(interval.high)
    return f"de {low} à {high}{NBSP}%"


def value_text(value: float, indicator: Indicator) -> str:
    """Write a value with its unit; a score or a percentage with no decimals to show has none."""
    unit = indicator.unit_label
    if indicator.kind is Kind.COUNT:
        unit = agree(abs(int(value)), singular(unit), unit)
    return format_value(value, indicator.decimals, unit)


def is_of_unknown_samples(figures: Iterable[Figure | None]) -> bool:
    """Tell whether one of the figures, at least, has a sample of unknown size."""
    return any(figure and figure.precision is Precision.INCONNUE for figure in figures)


def displayed_value(value: float, indicator: Indicator) -> float:
    """Round a value as it is written: what reads the same is classed and compared the same."""
    return round(value, indicator.decimals)


def is_same_question(figure: Figure, benchmark: Figure) -> bool:
    """Tell whether two figures answer the same words."""
    return is_same_statement(figure.statement, benchmark.statement)


def is_same_statement(one: str, other: str) -> bool:
    """Tell whether two statements are of one question, one of them saying more than the other.

    Where a statement is not given, the question is not doubted.
    """
    return one.startswith(other) or other.startswith(one)


def are_asked_the_same(figures: Iterable[Figure | None], benchmark: Figure) -> bool:
    """Tell whether all figures answer the words of a benchmark."""
    said = {figure.statement for figure in figures if figure}
    return all(is_same_statement(one, benchmark.statement) for one in said)


def say_france(national: Figure, *, is_same: bool) -> str:
    """Write France's figure in a sentence: « France : 87 %, dans une autre formulation »."""
    return f"France : {national.text}{'' if is_same else f', dans une {OTHER_WORDS}'}"


def short_value_text(value: float, indicator: Indicator) -> str:
    """Write a value for a table whose heading already gives the unit in full."""
    unit = short_unit(indicator.unit_label)
    return format_value(value, indicator.decimals, unit if unit in _SYMBOLS else "")


def national_figure(published: Published, indicator: Indicator, wave: str) -> Figure | None:
    """Find France's own published figure; it is never computed from the territories'."""
    for observation in published.of_indicator(indicator.indicator_id, FRANCE.level):
        if observation.wave == wave and observation.reading is Reading.PRINCIPALE:
            return build_figure(observation, published)
    return None


def _texts(observation: Observation, indicator: Indicator) -> tuple[str, str]:
    if observation.suppression:
        text = SUPPRESSION_TEXTS[observation.suppression]
        return text, text
    value, words = observation.value, observation.value_text
    if words or value is None:
        return words, words
    text = value_text(value, indicator)
    return text, text if indicator.unit_label in _SYMBOLS else short_value_text(value, indicator)


def _estimates(observations: Sequence[Observation], indicator: Indicator) -> list[Estimate]:
    """Give the interval and the grade of each figure, as far as its sample is known."""
    if indicator.nature is not Nature.ENQUETE:
        return [(None, None)] * len(observations)
    if not has_sampling_error(indicator):
        return [(None, _grade_without_interval(o)) for o in observations]
    shares = [math.nan if o.value is None else o.value for o in observations]
    sizes = [math.nan if o.respondents is None else o.respondents for o in observations]
    effects = [o.deff or 1.0 for o in observations]
    lows, highs = wilson_intervals(shares, sizes, effects)
    words = grades(shares, sizes, effects)
    return [
        (None, Precision.SUPPRIMEE)
        if o.suppression
        else (None if math.isnan(low) else Interval(low, high), word)
        for o, low, high, word in zip(
            observations, lows.tolist(), highs.tolist(), words, strict=True
        )
    ]


def _grade_without_interval(observation: Observation) -> Precision | None:
    if observation.suppression:
        return Precision.SUPPRIMEE
    unknown = observation.value is not None and observation.respondents is None
    return Precision.INCONNUE if unknown else None


def _reading_text(observation: Observation, indicator: Indicator) -> str:
    """Write another published reading: its value and its wording."""
    value = observation.value_text
    if not value and observation.value is not None:
        value = value_text(observation.value, indicator)
    return f"{value} – {observation.statement}" if observation.statement else value
