"""What the colours of a map are made of: figures, mode, classes, differences from France."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from territoires.analysis.classes import Classes, classify
from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag, differences_from
from territoires.domain.indicators import Indicator, Observation, Reading
from territoires.domain.selection import Mode, Selection
from territoires.domain.territories import Territory
from territoires.tables.published import Published
from territoires.views.figure import (
    Figure,
    build_figures,
    displayed_value,
    has_sampling_error,
    is_of_unknown_samples,
    is_same_question,
)


def figures_by_code(
    indicator: Indicator,
    selection: Selection,
    published: Published,
    codes: Collection[str] | None = None,
) -> dict[str, Figure]:
    """Give the main reading of each territory, by code; of some territories only, if asked."""
    chosen = [
        o
        for o in published.of_indicator(indicator.indicator_id, selection.level)
        if o.wave == selection.wave
        and o.reading is Reading.PRINCIPALE
        and (codes is None or o.code in codes)
    ]
    return dict(zip((o.code for o in chosen), build_figures(chosen, published), strict=True))


def possible_mode(
    wanted: Mode, indicator: Indicator, national: Figure | None, found: Sequence[Figure | None]
) -> Mode:
    """Keep a mode that has something to show: no sample, no precision; no France, no difference."""
    if wanted is Mode.VALEUR or not has_sampling_error(indicator):
        return Mode.VALEUR
    if wanted is Mode.DIFFERENCE:
        if national is None or national.value is None:
            return Mode.VALEUR
        sampled = [figure for figure in found if figure and figure.interval]
        if not all(is_same_question(figure, national) for figure in sampled):
            return Mode.VALEUR
    return wanted


def classes_of(
    found: Sequence[Figure | None],
    indicator: Indicator,
    selection: Selection,
    published: Published,
    *,
    national: Figure | None,
    codes: Collection[str] | None = None,
) -> Classes:
    """Put the values that may be coloured in classes; rounded bounds serve every wave."""
    if not indicator.is_colourable:
        return Classes((), (), (None,) * len(found))
    values = [_colourable_value(figure, indicator) for figure in found]
    # A side of the national value is a comparison: none is made where samples are unknown.
    pivot = national if national and not is_of_unknown_samples(found) else None
    return classify(
        values,
        selection.classes,
        decimals=indicator.decimals,
        national=displayed_value(pivot.value, indicator)
        if pivot and pivot.value is not None
        else None,
        shared=_other_waves(indicator, selection, published, codes),
    )


def figures_to_test(
    found: Sequence[Figure | None],
    everywhere: Sequence[Territory],
    indicator: Indicator,
    selection: Selection,
    published: Published,
) -> Sequence[Figure | None]:
    """Give the figures of all territories of the level, where they are samples to be tested."""
    if not any(figure and figure.interval for figure in found):
        return (None,) * len(everywhere)
    figures = figures_by_code(indicator, selection, published)
    return [figures.get(territory.id.code) for territory in everywhere]


def differences_of(
    found: Sequence[Figure | None], indicator: Indicator, national: Figure | None
) -> tuple[Flag | None, ...]:
    """Test each territory against France, corrected for the number of territories tested."""
    if national is None or national.value is None or not has_sampling_error(indicator):
        return (None,) * len(found)
    if not all(is_same_question(figure, national) for figure in found if figure):
        return tuple(Flag.INCONNU if f and f.value is not None else None for f in found)
    return tuple(
        differences_from(
            national.value,
            [f.value if f and f.value is not None else math.nan for f in found],
            [f.respondents if f and f.respondents is not None else math.nan for f in found],
            [(f.deff if f else None) or 1.0 for f in found],
        )
    )


def _colourable_value(figure: Figure | None, indicator: Indicator) -> float | None:
    if figure is None or figure.value is None or figure.precision is Precision.TROP_IMPRECISE:
        return None
    return displayed_value(figure.value, indicator)


def _other_waves(
    indicator: Indicator,
    selection: Selection,
    published: Published,
    codes: Collection[str] | None,
) -> list[float | None]:
    def is_of_another_wave(observation: Observation) -> bool:
        return (
            observation.wave != selection.wave
            and observation.reading is Reading.PRINCIPALE
            and (codes is None or observation.code in codes)
        )

    others = filter(
        is_of_another_wave, published.of_indicator(indicator.indicator_id, selection.level)
    )
    figures = build_figures(tuple(others), published)
    values = (_colourable_value(figure, indicator) for figure in figures)
    return [value for value in values if value is not None]
