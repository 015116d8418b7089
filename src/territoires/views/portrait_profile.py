"""The profile of the collectivités of a territory: its communes by size, its EPCI by type."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.directory import Territory
from territoires.tables.published import Published
from territoires.views.portrait_figures import (
    Comparison,
    FiguresByWave,
    Holder,
    TerritoryFigures,
)

#: Indicators of the profile of the collectivités, in the order they are shown.
SIZE_CLASSES = (
    ("communes_moins_500", "moins de 500 hab."),
    ("communes_500_3499", "500 à 3 499 hab."),
    ("communes_3500_9999", "3 500 à 9 999 hab."),
    ("communes_10000_plus", "10 000 hab. et plus"),
)


@dataclass(frozen=True, slots=True)
class SizeShare:
    """Communes of one size class: number and share in the territory, share in France."""

    label: str
    number: int
    share_pct: float
    national_share_pct: float
    #: The same number and shares, with where they come from.
    number_line: Comparison
    share_line: Comparison


@dataclass(frozen=True, slots=True)
class Profile:
    """Profile of the collectivités of a région or a département (COG 2026)."""

    territory: Territory
    sizes: tuple[SizeShare, ...]
    counts: tuple[Comparison, ...]


def build_profile(
    territory: Territory, published: Published, national: FiguresByWave
) -> Profile | None:
    """Give the profile of a territory; None for what has none (a commune, a collectivity).

    Parameters
    ----------
    national
        The figures of France (``portrait_figures.figures_by_wave``).
    """
    figures = TerritoryFigures(published, [Holder(territory)], national)
    if not all(f"{key}_part" in published.catalogue for key, _ in SIZE_CLASSES):
        return None

    def line(name: str) -> Comparison:
        return figures.comparison(published.catalogue[name])

    if line(f"{SIZE_CLASSES[0][0]}_part").local is None:
        return None
    sizes = tuple(
        _size_share(label, line(f"{key}_nombre"), line(f"{key}_part"))
        for key, label in SIZE_CLASSES
    )
    names = ("communes_nombre", "population_municipale", "commune_population_mediane")
    epci = ("epci_nombre", "epci_metropole_nombre", "epci_cu_nombre", "epci_ca_nombre")
    chosen = (*names, *epci, "epci_cc_nombre")
    counts = tuple(found for name in chosen if (found := line(name)).local)
    return Profile(territory, sizes, counts)


def _size_share(label: str, number: Comparison, share: Comparison) -> SizeShare:
    """Take the numbers of one size class; the checked tables hold all of them."""
    own, part, national = (
        f.value if f else None for f in (number.local, share.local, share.national)
    )
    if own is None or part is None or national is None:
        raise ValueError(f"{number.indicator.indicator_id}: incomplete profile")
    return SizeShare(label, int(own), part, national, number, share)
