"""The answer to the territory page's question: how one territory stands, as far as published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from territoires.domain.catalysts import Catalyst
from territoires.domain.directory import Directory, Territory
from territoires.domain.indicators import Indicator, Nature
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.portrait_domains import Domains, build_domains
from territoires.views.portrait_figures import Comparison, Holder, TerritoryFigures
from territoires.views.portrait_sentence import PortraitFacts, say_caveat, say_portrait

#: Indicators of the profile of the collectivités, in the order they are shown.
SIZE_CLASSES = (
    ("communes_moins_500", "moins de 500 hab."),
    ("communes_500_3499", "500 à 3 499 hab."),
    ("communes_3500_9999", "3 500 à 9 999 hab."),
    ("communes_10000_plus", "10 000 hab. et plus"),
)
_MATURITY_THEME = "Maturité de la co-construction"


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


@dataclass(frozen=True, slots=True)
class Portrait:
    """A territory's page: its place in the hierarchy and what is published about it."""

    dataset: Dataset
    territory: Territory
    ancestors: tuple[Territory, ...]
    region: Territory | None
    #: Every survey figure of the territory, or of the nearest wider one that has it.
    surveys: tuple[Comparison, ...]
    context: tuple[Comparison, ...]
    maturity: tuple[Comparison, ...]
    domains: Domains
    profile: Profile | None
    catalysts_here: tuple[Catalyst, ...]
    catalysts_region: tuple[Catalyst, ...]
    groupings: pd.DataFrame
    sentence: str
    sentence_caveat: str
    #: How the région is written in a sentence.
    region_forms: NameForms | None


def build_portrait(
    territory_id: TerritoryId,
    published: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> Portrait:
    """Gather what is published about a territory and the wider ones it lies in.

    Where a territory has no survey figure of its own, those of its département, else of its
    région, are shown and named as such. Nothing is interpolated.
    """
    territory = directory.get(territory_id)
    region = directory.region_of(territory_id)
    figures = TerritoryFigures(published, _holders(territory, directory, names))
    profiled = _profiled(territory, directory)
    here, in_region = _catalysts(territory, region, published)
    surveys = tuple(line for line in figures.lines(_is_survey) if line.local)
    maturity = figures.lines(lambda indicator: indicator.theme == _MATURITY_THEME)
    facts = PortraitFacts(
        dataset=published.dataset,
        territory=territory,
        region=region,
        region_forms=names[region.id] if region else None,
        lines=surveys,
        actors=len(here) + len(in_region),
        is_list_exhaustive=published.lists["catalysts"].exhaustive,
    )
    return Portrait(
        dataset=published.dataset,
        territory=territory,
        ancestors=tuple(directory.ancestors(territory_id)),
        region=region,
        surveys=surveys,
        context=figures.lines(lambda indicator: indicator.nature is Nature.CONTEXTE),
        maturity=tuple(line for line in maturity if line.national or line.local),
        domains=build_domains(published, figures),
        profile=_profile(profiled, published) if profiled and _has_profiles(published) else None,
        catalysts_here=here,
        catalysts_region=in_region,
        groupings=_groupings(region, published),
        sentence=say_portrait(facts),
        sentence_caveat=say_caveat(surveys, published.dataset),
        region_forms=facts.region_forms,
    )


def _is_survey(indicator: Indicator) -> bool:
    return indicator.nature is Nature.ENQUETE


_PROFILED = (Level.REGION, Level.DEPARTEMENT)


def _holders(
    territory: Territory, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> list[Holder]:
    """List whose figures may be shown, nearest first: no survey goes below the département."""
    nearest = (territory, *reversed(directory.ancestors(territory.id)))
    return [Holder(t, names.get(t.id)) for t in nearest if t.id.level in _PROFILED]


def _profiled(territory: Territory, directory: Directory) -> Territory | None:
    """Choose whose profile is shown: the territory's own, else its département's or région's."""
    if territory.id == FRANCE:
        return territory
    nearest = (territory, *reversed(directory.ancestors(territory.id)))
    return next((t for t in nearest if t.id.level in _PROFILED), None)


def _has_profiles(published: Published) -> bool:
    return all(f"{key}_part" in published.catalogue for key, _ in SIZE_CLASSES)


def _profile(territory: Territory, published: Published) -> Profile:
    figures = TerritoryFigures(published, [Holder(territory)])

    def line(name: str) -> Comparison:
        return figures.comparison(published.catalogue[name])

    sizes = tuple(
        _size_share(label, line(f"{key}_nombre"), line(f"{key}_part"))
        for key, label in SIZE_CLASSES
    )
    names = ("communes_nombre", "population_municipale", "commune_population_mediane")
    epci = ("epci_nombre", "epci_metropole_nombre", "epci_cu_nombre", "epci_ca_nombre")
    chosen = (*names, *epci, "epci_cc_nombre")
    return Profile(territory, sizes, tuple(line(name) for name in chosen))


def _size_share(label: str, number: Comparison, share: Comparison) -> SizeShare:
    """Take the numbers of one size class; the checked tables hold all of them."""
    own, part, national = (
        f.value if f else None for f in (number.local, share.local, share.national)
    )
    if own is None or part is None or national is None:
        raise ValueError(f"{number.indicator.indicator_id}: incomplete profile")
    return SizeShare(label, int(own), part, national, number, share)


def _catalysts(
    territory: Territory, region: Territory | None, published: Published
) -> tuple[tuple[Catalyst, ...], tuple[Catalyst, ...]]:
    """Split the région's actors: those known to be in the territory itself, and the others."""
    if region is None:
        everyone = published.catalysts if territory.id == FRANCE else ()
        return (), tuple(everyone)
    in_region = [c for c in published.catalysts if c.region_code == region.id.code]
    here = [c for c in in_region if _is_inside(c, territory)]
    others = [c for c in in_region if c not in here]
    return tuple(here), tuple(others)


def _is_inside(catalyst: Catalyst, territory: Territory) -> bool:
    code = {
        Level.REGION: catalyst.region_code,
        Level.DEPARTEMENT: catalyst.departement_code,
        Level.EPCI: catalyst.epci_code,
        Level.COMMUNE: catalyst.insee_commune,
    }.get(territory.id.level)
    return code == territory.id.code


def _groupings(region: Territory | None, published: Published) -> pd.DataFrame:
    """Figures published for a group of régions that holds this one; never shared out."""
    codes: Sequence[str] = published.groupings["region_codes"].tolist()
    mask = [region is not None and region.id.code in listed.split() for listed in codes]
    return published.groupings[mask]
