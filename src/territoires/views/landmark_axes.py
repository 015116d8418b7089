"""Which national figures may share an axis, and how long it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from territoires.domain.indicators import Indicator, Kind, Usage

_OUT_OF = re.compile(r"sur (\d+)")


def scale_of(indicator: Indicator) -> float | None:
    """Give the end of the axis of a rate or a score; a count or a ratio in words has no axis."""
    if indicator.kind is Kind.RATE and indicator.unit_label == "%":
        return 100.0
    if indicator.kind is Kind.SCORE and (top := _OUT_OF.fullmatch(indicator.unit_label)):
        return float(top[1])
    return None


def comparable_groups(
    indicators: Sequence[Indicator], drawn: Mapping[str, int]
) -> list[list[Indicator]]:
    """Group what may share an axis: each with every other; a lone figure makes no group.

    Parameters
    ----------
    drawn
        Number of main figures with a value, by indicator.
    """
    groups: list[list[Indicator]] = []
    for indicator in indicators:
        if scale_of(indicator) is None or indicator.usage is Usage.METHODE:
            continue
        for group in groups:
            if all(_share_an_axis(indicator, other) for other in group):
                group.append(indicator)
                break
        else:
            groups.append([indicator])
    return [group for group in groups if sum(drawn[i.indicator_id] for i in group) > 1]


def _share_an_axis(one: Indicator, other: Indicator) -> bool:
    mutual = one.is_comparable_with(other) and other.is_comparable_with(one)
    return mutual and (one.kind, one.unit_label) == (other.kind, other.unit_label)
