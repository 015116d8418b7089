"""What weighs on a territory: the domains cited first, what Insee measures on the fragile side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from territoires.domain.indicators import Direction
from territoires.views.figure import displayed_value
from territoires.views.portrait_domains import Domains
from territoires.views.portrait_figures import Comparison

#: Domains told first where they may be ranked: the mayors asked name three of them.
FIRST_DOMAINS = 3
#: Insee advises against showing both: the same ages, counted two ways.
_SAME_MEASURE = {"indice_vieillissement": "part_75_ans_plus"}


@dataclass(frozen=True, slots=True)
class Weight:
    """What weighs first, as far as the figures allow to say it.

    ``cited`` are the first domains with the figure they are ranked by (none where they may not be
    ranked); ``measured`` the Insee figures on the fragile side of France's, in the source's
    order. ``domain_ids`` are the domains concerned, those cited first.
    """

    cited: tuple[tuple[str, Comparison], ...]
    measured: tuple[Comparison, ...]
    domain_ids: tuple[str, ...]
    #: Measures of Insee compared with France's, and those not published here.
    known: int = 0
    unpublished: int = 0


def build_weight(
    domains: Domains, context: Sequence[Comparison], domain_ids: Mapping[str, str]
) -> Weight:
    """Choose what weighs first.

    Parameters
    ----------
    domain_ids
        Identifier of each domain, by its label.
    """
    cited: list[tuple[str, Comparison]] = []
    if domains.is_ranked:
        for line in domains.lines[:FIRST_DOMAINS]:
            if own := next((one for one in line.perceived if one.local), None):
                cited.append((line.label, own))
    fragile = [line for line in context if is_more_fragile(line)]
    shown = {line.indicator.indicator_id for line in fragile}
    measured = tuple(
        line for line in fragile if _SAME_MEASURE.get(line.indicator.indicator_id) not in shown
    )
    ids = [domain_ids[label] for label, _ in cited]
    ids += [name for line in measured for name in line.indicator.domain_ids]
    names = {line.indicator.indicator_id for line in context}
    told = [line for line in context if _SAME_MEASURE.get(line.indicator.indicator_id) not in names]
    known = sum(_is_compared(line) for line in told)
    unpublished = sum(line.local is None for line in told)
    return Weight(tuple(cited), measured, tuple(dict.fromkeys(ids)), known, unpublished)


def _is_compared(line: Comparison) -> bool:
    return line.local is not None and line.national is not None


def is_more_fragile(line: Comparison) -> bool:
    """Tell whether an official figure is, as displayed, on the fragile side of France's.

    The side is a convention of the catalogue, no judgement; figures of Insee cover everyone, so
    that two that read differently are different.
    """
    if line.local is None or line.national is None:
        return False
    own, france = line.local.value, line.national.value
    if own is None or france is None:
        return False
    gap = displayed_value(own, line.indicator) - displayed_value(france, line.indicator)
    direction = line.indicator.direction
    return (direction is Direction.HAUT_FRAGILE and gap > 0) or (
        direction is Direction.HAUT_FAVORABLE and gap < 0
    )
