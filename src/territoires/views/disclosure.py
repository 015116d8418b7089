"""Statistical secrecy, applied once: figures of few people lose their value before any view."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

from territoires import settings
from territoires.analysis.precision import suppress
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Observation, Suppression
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published

Key = TypeVar("Key")

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
#: A figure in digits or in words; « un » and « une » are articles too, and say nothing alone.
_FIGURE = re.compile(
    r"[0-9%½⅓⅔¼¾]|\b(?:zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize"
    r"|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|septante|huitante|octante"
    r"|nonante|cents?|mille|(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?"
    r"|moitié|tiers|quarts?|dixièmes?|cinquièmes?|double|triple|seule?|tous|toutes|totalité"
    r"|aucune?|nulle?|personne|unanim\w*|majorit\w*|minorit\w*)\b",
    re.IGNORECASE,
)


class _Survey(NamedTuple):
    """One question asked once: what is hidden here hides nothing elsewhere."""

    indicator_id: str
    wave: str


_Sizes = dict[TerritoryId, int]
_Hidden = dict[TerritoryId, Suppression]


def protect(published: Published, directory: Directory) -> Published:
    """Strip every survey figure that must stay hidden, so that no view can show or leak it.

    A figure is hidden under ``settings.MINIMUM_RESPONDENTS`` people, or where a subtraction from a
    published total would give such a figure away (``analysis.precision.suppress``). For each
    indicator and wave, the totals are France's for the régions, the région's for the départements,
    the département's for the EPCI and the communes, and the EPCI's for its communes; what has no
    such total published stands beside what does in the wider one.
    Nothing inside a hidden territory is shown, since its parts add up to it. All readings of a
    hidden cell are hidden, and where readings differ on its sample, the smallest one decides.

    What is hidden loses its value, its words, its number of answers, its design effect, and every
    sentence of its statement and caveat that holds a figure. Everything else, and the whole set
    where nothing is to be hidden, is given back as the same objects.

    Notes
    -----
    Limits. A figure whose sample is unknown is neither hidden nor counted: its source published it
    so. Samples are compared within one indicator: the categories of a distribution, which share
    theirs, are hidden together, but crossed questions, several waves asked to the same people and
    levels that overlap (an EPCI across two départements) are not set against one another but
    through the communes they share. Two hidden figures may add up to less than the minimum, and
    their sum can be read. The texts of the catalogue and of the other tables are left as written:
    they must not quote a small figure.
    """
    surveys = _group_sizes(published)
    hidden = {survey: hide_small(sizes, directory) for survey, sizes in surveys.items()}
    stripped: dict[int, Observation] = {}
    for observation in published.observations:
        # Asked of every figure: most questions hide nothing.
        found = hidden.get(_Survey(observation.indicator_id, observation.wave))
        if found and (reason := found.get(observation.territory)) is not None:
            stripped[id(observation)] = _strip(observation, reason)
    if not stripped:
        return published
    return replace(
        published,
        observations=_exchange(published.observations, stripped),
        by_indicator=_exchange_groups(published.by_indicator, stripped),
        by_territory=_exchange_groups(published.by_territory, stripped),
    )


def _group_sizes(published: Published) -> dict[_Survey, _Sizes]:
    """Gather the known samples of each survey question; of several readings, the smallest."""
    catalogue = published.catalogue
    surveys: dict[_Survey, _Sizes] = defaultdict(dict)
    for o in published.observations:
        if o.respondents is None or catalogue[o.indicator_id].nature is not Nature.ENQUETE:
            continue
        sizes, territory = surveys[_Survey(o.indicator_id, o.wave)], o.territory
        sizes[territory] = min(o.respondents, sizes.get(territory, o.respondents))
    return surveys


def hide_small(sizes: Mapping[TerritoryId, int], directory: Directory) -> _Hidden:
    """Tell what must be hidden of one question asked once, and why, from the widest total down.

    Parameters
    ----------
    sizes
        Known samples of the question; of several readings of a cell, the smallest.
    """
    groups: dict[tuple[TerritoryId | None, Level], _Sizes] = defaultdict(dict)
    for territory, size in sizes.items():
        # A département whose région is not published stands beside the régions in France's total.
        partition = Level.DEPARTEMENT if territory.level is Level.REGION else territory.level
        for total in _totals_of(territory, sizes, directory):
            groups[total, partition][territory] = size
    ordered = sorted(groups.items(), key=lambda item: _breadth(item[0][0]))
    hidden: _Hidden = {}
    known = -1
    # What one total hides may give away, or have to hide, what stands under another.
    while known < len(hidden):
        known = len(hidden)
        for (total, _), group in ordered:
            _hide_group(hidden, group, total)
    return hidden


def _hide_group(hidden: _Hidden, group: _Sizes, total: TerritoryId | None) -> None:
    """Add what must be hidden among territories that add up to a total, if it is published."""
    small = settings.MINIMUM_RESPONDENTS
    if total not in hidden and min(group.values()) >= small and hidden.keys().isdisjoint(group):
        return
    territories = sorted(group)
    # What is hidden already counts as small: it may serve as the second one, and need another.
    samples = [min(group[t], small - 1) if t in hidden else group[t] for t in territories]
    # Whatever its size, the total only counts as published.
    masked = suppress(samples, None if total is None else 0.0, small)
    if total in hidden:
        masked = [True] * len(samples)
    for territory, is_hidden in zip(territories, masked, strict=True):
        if is_hidden:
            is_small = group[territory] < small
            hidden[territory] = Suppression.EFFECTIF if is_small else Suppression.SECONDAIRE


def _totals_of(
    territory: TerritoryId, sizes: Mapping[TerritoryId, int], directory: Directory
) -> tuple[TerritoryId | None, ...]:
    """Find the published totals a territory is counted in: None alone where there is none.

    They are the narrowest of its département's, its région's and France's, and, for a commune, its
    EPCI's. The overseas collectivities are in no région, and not in France's total either.
    """
    if territory == FRANCE:
        return (None,)
    if territory.level is Level.REGION:
        return (FRANCE if FRANCE in sizes else None,)
    place = directory.get(territory)
    if place.region_code is None:
        return (None,)
    wider = [TerritoryId(Level.REGION, place.region_code), FRANCE]
    if territory.level is not Level.DEPARTEMENT and len(place.departement_codes) <= 1:
        code = next(iter(place.departement_codes), place.departement_code)
        wider[:0] = [TerritoryId(Level.DEPARTEMENT, code)] if code else []
    total = next((one for one in wider if one in sizes), None)
    if territory.level is Level.COMMUNE and place.epci_code:
        epci = TerritoryId(Level.EPCI, place.epci_code)
        return (total, epci) if epci in sizes else (total,)
    return (total,)


def _breadth(total: TerritoryId | None) -> int:
    """Give the rank of a total, the widest first; what has none comes before all."""
    return -1 if total is None else list(Level).index(total.level)


def _strip(observation: Observation, reason: Suppression) -> Observation:
    return replace(
        observation,
        value=None,
        value_text="",
        respondents=None,
        deff=None,
        contradictions=(),
        statement=_without_figures(observation.statement),
        caveat=_without_figures(observation.caveat),
        suppression=reason,
    )


@lru_cache(maxsize=1024)
def _without_figures(text: str) -> str:
    """Keep the sentences that hold no figure."""
    return " ".join(part for part in _SENTENCE_END.split(text) if not _FIGURE.search(part))


def _exchange(
    observations: Iterable[Observation], stripped: Mapping[int, Observation]
) -> tuple[Observation, ...]:
    return tuple(stripped.get(id(observation), observation) for observation in observations)


def _exchange_groups(
    groups: Mapping[Key, tuple[Observation, ...]], stripped: Mapping[int, Observation]
) -> dict[Key, tuple[Observation, ...]]:
    """Exchange within the groups; one that holds nothing hidden stays the same object."""
    return {
        key: _exchange(group, stripped) if any(id(o) in stripped for o in group) else group
        for key, group in groups.items()
    }
