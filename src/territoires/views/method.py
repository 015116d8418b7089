"""How figures are to be read: thresholds in force, and invented examples put to the real rules.

Only the inputs below are invented; every result is computed by the functions that the maps use,
so that the page cannot say anything else than what the tool does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from territoires import settings
from territoires.analysis.classes import Classes, classify
from territoires.analysis.precision import (
    DEFAULT_THRESHOLDS,
    Interval,
    Precision,
    effective_size,
    grade,
    grades,
    suppress,
    wilson_interval,
)
from territoires.analysis.significance import (
    DEFAULT_ALPHA,
    Difference,
    OrderConfidence,
    change_between,
    differs_from,
    order_confidence,
)
from territoires.domain.classification import ClassChoice, Method
from territoires.domain.directory import Directory
from territoires.domain.indicators import UNDATED_WAVE, Nature, Suppression
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.tables.published import Published

#: Invented shares (percent) and samples: they belong to no survey.
EXAMPLE_SHARE, EXAMPLE_NATIONAL = 77.0, 87.0
SMALL_SAMPLE, LARGE_SAMPLE = 60, 500
EXAMPLE_DEFF = 1.5
UNANIMOUS_SHARE, UNANIMOUS_SAMPLE = 100.0, 12
CHANGE_SHARES, CHANGE_SAMPLES = (68.0, 80.0), (120, 500)
#: Three pairs of (share, sample): one for each wording of an order.
ORDER_PAIRS = (
    ((84.0, 250), (72.0, 200)),
    ((80.0, 120), (74.0, 150)),
    ((78.0, 150), (77.0, 160)),
)
SECRECY_SAMPLES = (34, 8, 52, 15, 61)
CLASS_VALUES = (52.0, 61.0, 64.0, 68.0, 70.0, 73.0, 76.0, 79.0, 83.0, 94.0)
CLASS_NATIONAL = 75.0
CLASS_MANUAL_BOUNDS = (60.0, 75.0, 90.0)
#: Largest sample looked at for the one that each grade asks for.
_LARGEST_SAMPLE = 20_000
#: Grades given by the half-width of an interval, in the order of their limits.
_MEASURED = (
    Precision.PRECISE,
    Precision.CORRECTE,
    Precision.INDICATIVE,
    Precision.TROP_IMPRECISE,
)
_METHODS = tuple(method for method in Method if method is not Method.UNIQUE)


@dataclass(frozen=True, slots=True)
class ShareExample:
    """An invented share of a sample, with what its sample allows to say."""

    share: float
    respondents: int
    deff: float
    #: Size of the simple random sample that would tell as much.
    effective: float
    interval: Interval
    precision: Precision


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A grade with its limits in points (the upper one included), None where it has none."""

    precision: Precision
    above: float | None
    up_to: float | None
    #: Fewest and most answers that give the grade at the share of the examples.
    smallest_sample: int | None
    largest_sample: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """Why a level is divided by the number of territories compared.

    ``false_alert`` and ``corrected_false_alert`` are the chances that at least one of that many
    independent tests, each just at its level, flags a difference where there is none.
    """

    comparisons: int
    level: float
    corrected_level: float
    false_alert: float
    corrected_false_alert: float


@dataclass(frozen=True, slots=True)
class TestedExample:
    """An invented share tested against another one: looked at alone, then among all régions.

    The reference is the national share, or that of the first wave with as many answers.
    """

    reference: float
    share: float
    respondents: int
    alone: Difference
    corrected: Difference


@dataclass(frozen=True, slots=True)
class OrderExample:
    """Two invented territories, as (share, sample), and how sure their order is."""

    one: tuple[float, int]
    other: tuple[float, int]
    order: OrderConfidence


@dataclass(frozen=True, slots=True)
class SecrecyLine:
    """A territory of an invented group, and why its figure is hidden, if it is."""

    name: str
    respondents: int
    suppression: Suppression | None


@dataclass(frozen=True, slots=True)
class SecrecyExample:
    """An invented group with its total; ``deduced`` is what a subtraction would give away."""

    lines: tuple[SecrecyLine, ...]
    total: int
    minimum: int
    deduced: int


@dataclass(frozen=True, slots=True)
class ClassExample:
    """Invented values put in classes by every method a reader may ask for.

    A method whose bounds these values do not allow is given another's: it has no entry.
    """

    values: tuple[float, ...]
    national: float
    by_method: tuple[tuple[Method, Classes | None], ...]
    #: A value that lies on a bound, and the bounds of the class that holds it.
    on_bound: float
    holder: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CatalogueCounts:
    """What the catalogue in view allows: surveys compared in time, compared together, counts."""

    surveys: int
    several_waves: int
    linked: int
    not_coloured: int


@dataclass(frozen=True, slots=True)
class Divergence:
    """A subject on which publications disagree, in their own words."""

    topic: str
    reading_1: str
    reading_2: str


@dataclass(frozen=True, slots=True)
class MethodView:
    """What the method page is drawn from; percentages 0 to 100, chances 0 to 1."""

    confidence: float
    almost_sure: float
    probable: float
    grades: tuple[GradeLine, ...]
    #: A small sample, a large one, the small one weighted, a unanimous one.
    shares: tuple[ShareExample, ShareExample, ShareExample, ShareExample]
    correction: Correction
    differences: tuple[TestedExample, ...]
    changes: tuple[TestedExample, ...]
    orders: tuple[OrderExample, ...]
    secrecy: SecrecyExample
    classes: ClassExample
    catalogue: CatalogueCounts
    contradictions: int
    divergence: Divergence | None
    dataset: Dataset


def build_method_view(published: Published, directory: Directory) -> MethodView:
    """Put the examples to the rules in force, and count what the data in view allow."""
    regions = len(directory.of_level(Level.REGION))
    return MethodView(
        confidence=settings.CONFIDENCE,
        almost_sure=settings.ALMOST_SURE,
        probable=settings.PROBABLE,
        grades=_grade_lines(),
        shares=(
            _share_example(EXAMPLE_SHARE, SMALL_SAMPLE),
            _share_example(EXAMPLE_SHARE, LARGE_SAMPLE),
            _share_example(EXAMPLE_SHARE, SMALL_SAMPLE, EXAMPLE_DEFF),
            _share_example(UNANIMOUS_SHARE, UNANIMOUS_SAMPLE),
        ),
        correction=_correction(regions),
        differences=tuple(_difference(n, regions) for n in (SMALL_SAMPLE, LARGE_SAMPLE)),
        changes=tuple(_change(n, regions) for n in CHANGE_SAMPLES),
        orders=tuple(
            OrderExample(one, other, order_confidence(*one, *other, deff=1.0))
            for one, other in ORDER_PAIRS
        ),
        secrecy=build_secrecy_example(SECRECY_SAMPLES),
        classes=_class_example(),
        catalogue=_catalogue_counts(published),
        contradictions=len(published.contradictions),
        divergence=_divergence(published),
        dataset=published.dataset,
    )


def build_secrecy_example(samples: Sequence[int]) -> SecrecyExample:
    """Hide the small samples of a group whose total is published, and what would betray them."""
    minimum, total = DEFAULT_THRESHOLDS.minimum_respondents, sum(samples)
    lines = []
    for i, (n, is_hidden) in enumerate(
        zip(samples, suppress(samples, total, minimum), strict=True)
    ):
        reason = Suppression.EFFECTIF if n < minimum else Suppression.SECONDAIRE
        name = f"Territoire {chr(ord('A') + i)}"
        lines.append(SecrecyLine(name, n, reason if is_hidden else None))
    shown_alone = sum(n for n in samples if n >= minimum)
    return SecrecyExample(tuple(lines), total, minimum, total - shown_alone)


def _grade_lines() -> tuple[GradeLine, ...]:
    limits = (
        DEFAULT_THRESHOLDS.precise,
        DEFAULT_THRESHOLDS.correcte,
        DEFAULT_THRESHOLDS.indicative,
    )
    samples = range(1, _LARGEST_SAMPLE + 1)
    first: dict[Precision | None, int] = {}
    last: dict[Precision | None, int] = {}
    for n, reached in zip(samples, grades(EXAMPLE_SHARE, list(samples)), strict=True):
        first.setdefault(reached, n)
        last[reached] = n
    # No sample is too large for the best grade.
    del last[_MEASURED[0]]
    lines = [
        GradeLine(precision, above, up_to, first.get(precision), last.get(precision))
        for precision, above, up_to in zip(_MEASURED, (None, *limits), (*limits, None), strict=True)
    ]
    hidden = (Precision.SUPPRIMEE, Precision.INCONNUE)
    return (*lines, *(GradeLine(precision, None, None, None, None) for precision in hidden))


def _share_example(share: float, respondents: int, deff: float = 1.0) -> ShareExample:
    return ShareExample(
        share=share,
        respondents=respondents,
        deff=deff,
        effective=effective_size(respondents, deff),
        interval=wilson_interval(share, respondents, deff),
        precision=grade(share, respondents, deff),
    )


def _correction(comparisons: int) -> Correction:
    level = DEFAULT_ALPHA / comparisons
    return Correction(
        comparisons=comparisons,
        level=DEFAULT_ALPHA,
        corrected_level=level,
        false_alert=1 - (1 - DEFAULT_ALPHA) ** comparisons,
        corrected_false_alert=1 - (1 - level) ** comparisons,
    )


def _difference(respondents: int, regions: int) -> TestedExample:
    alone, corrected = (
        differs_from(EXAMPLE_NATIONAL, EXAMPLE_SHARE, respondents, 1.0, comparisons=number)
        for number in (1, regions)
    )
    return TestedExample(EXAMPLE_NATIONAL, EXAMPLE_SHARE, respondents, alone, corrected)


def _change(respondents: int, regions: int) -> TestedExample:
    first, second = CHANGE_SHARES
    alone, corrected = (
        change_between(first, respondents, second, respondents, 1.0, comparisons=number)
        for number in (1, regions)
    )
    return TestedExample(first, second, respondents, alone, corrected)


def _class_example() -> ClassExample:
    found = [(method, _classes(method)) for method in _METHODS]
    rounded = classify(CLASS_VALUES)
    on_bound, member = next(
        (value, member)
        for value, member in zip(CLASS_VALUES, rounded.members, strict=True)
        if value in rounded.bounds[1:-1] and member is not None
    )
    return ClassExample(
        values=CLASS_VALUES,
        national=CLASS_NATIONAL,
        by_method=tuple(
            (method, classes if classes.method is method else None) for method, classes in found
        ),
        on_bound=on_bound,
        holder=(rounded.bounds[member], rounded.bounds[member + 1]),
    )


def _classes(method: Method) -> Classes:
    bounds = CLASS_MANUAL_BOUNDS if method is Method.MANUELLES else ()
    choice = ClassChoice(method=method, bounds=bounds)
    return classify(CLASS_VALUES, choice, decimals=0, national=CLASS_NATIONAL)


def _catalogue_counts(published: Published) -> CatalogueCounts:
    indicators = list(published.catalogue.values())
    surveys = [i for i in indicators if i.nature is Nature.ENQUETE]
    dated = [[wave for wave in i.waves if wave != UNDATED_WAVE] for i in surveys]
    return CatalogueCounts(
        surveys=len(surveys),
        several_waves=sum(len(waves) > 1 for waves in dated),
        linked=sum(bool(i.comparable_with) for i in surveys),
        not_coloured=sum(not i.is_colourable for i in indicators),
    )


def _divergence(published: Published) -> Divergence | None:
    for row in published.contradictions.itertuples(index=False):
        return Divergence(str(row.topic), str(row.reading_1), str(row.reading_2))
    return None
