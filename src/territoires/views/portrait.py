"""The answer to the territory page's question: how one territory stands, as far as published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from territoires.domain.catalysts import Catalyst
from territoires.domain.directory import Directory, Territory
from territoires.domain.indicators import Indicator, Nature, Reading, Usage, wave_order
from territoires.domain.names import NameForms
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.figure import Figure, build_figure
from territoires.views.french import count

#: Indicators of the profile of the collectivités, in the order they are shown.
SIZE_CLASSES = (
    ("communes_moins_500", "moins de 500 hab."),
    ("communes_500_3499", "500 à 3 499 hab."),
    ("communes_3500_9999", "3 500 à 9 999 hab."),
    ("communes_10000_plus", "10 000 hab. et plus"),
)
_MATURITY_THEME = "Maturité de la co-construction"


@dataclass(frozen=True, slots=True)
class Comparison:
    """An indicator with the territory's figure beside France's, either possibly unpublished."""

    indicator: Indicator
    local: Figure | None
    national: Figure | None


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A domain of fragility, in the source's order, with what is published about it."""

    label: str
    perceived: tuple[Comparison, ...]
    measured: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class SizeShare:
    """Communes of one size class: number and share in the territory, share in France."""

    label: str
    number: int
    share_pct: float
    national_share_pct: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Profile of the collectivités of a région or a département (COG 2026)."""

    territory: Territory
    sizes: tuple[SizeShare, ...]
    counts: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A territory's page: its place in the hierarchy and what is published about it."""

    territory: Territory
    ancestors: tuple[Territory, ...]
    region: Territory | None
    surveys: tuple[Comparison, ...]
    context: tuple[Comparison, ...]
    maturity: tuple[Comparison, ...]
    domains: tuple[DomainLine, ...]
    profile: Profile | None
    catalysts_here: tuple[Catalyst, ...]
    catalysts_region: tuple[Catalyst, ...]
    groupings: pd.DataFrame
    sentence: str
    #: How the région is written in a sentence.
    region_forms: NameForms | None


def build_portrait(
    territory_id: TerritoryId,
    published: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> Portrait:
    """Gather what is published about a territory and the région it belongs to.

    Surveys do not go below the région: for a commune, an EPCI or a département the figures are
    those of its région, and the page says so. Nothing is interpolated.
    """
    territory = directory.get(territory_id)
    region = directory.region_of(territory_id)
    figures = _Figures(published, region.id if region else None)
    profiled = _profiled(territory, directory)
    here, in_region = _catalysts(territory, region, published)
    surveys = figures.local(Nature.ENQUETE)
    return Portrait(
        territory=territory,
        ancestors=tuple(directory.ancestors(territory_id)),
        region=region,
        surveys=surveys,
        context=figures.all_of(Nature.CONTEXTE),
        maturity=figures.national(_MATURITY_THEME),
        domains=tuple(
            figures.domain_line(str(row.domain_id), str(row.label))
            for row in published.domains.itertuples(index=False)
        ),
        profile=_profile(profiled, published) if profiled else None,
        catalysts_here=here,
        catalysts_region=in_region,
        groupings=_groupings(region, published),
        sentence=_sentence(territory, region, surveys, len(here) + len(in_region), names),
        region_forms=names[region.id] if region else None,
    )


def _sentence(
    territory: Territory,
    region: Territory | None,
    surveys: tuple[Comparison, ...],
    actors: int,
    names: Mapping[TerritoryId, NameForms],
) -> str:
    """Say in one sentence what is published here."""
    known = count(actors, "acteur recensé", "acteurs recensés")
    if region is None:
        return f"{territory.name} : les résultats nationaux des enquêtes, et {known}."
    where = names[region.id].en
    if surveys:
        results = count(len(surveys), "résultat d’enquête publié", "résultats d’enquête publiés")
    else:
        results = "aucun résultat d’enquête publié"
    start = "" if territory == region else f"{territory.name} est {where}. "
    return f"{start}{where[0].upper()}{where[1:]} : {results}, et {known} (liste non exhaustive)."


_PROFILED = (Level.REGION, Level.DEPARTEMENT)


def _profiled(territory: Territory, directory: Directory) -> Territory | None:
    """Choose whose profile is shown: the territory's own, else its département's or région's."""
    if territory.id == FRANCE:
        return territory
    nearest = (territory, *reversed(directory.ancestors(territory.id)))
    return next((t for t in nearest if t.id.level in _PROFILED), None)


class _Figures:
    """Figures of a région and of France, by indicator; the main reading of each."""

    def __init__(self, published: Published, region: TerritoryId | None) -> None:
        self._published = published
        self._local = self._by_wave(region) if region else {}
        self._national = self._by_wave(FRANCE)

    def _by_wave(self, territory: TerritoryId) -> dict[str, dict[str, Figure]]:
        """Give the figures of a territory by indicator then wave, latest wave last."""
        figures: dict[str, dict[str, Figure]] = {}
        for o in sorted(self._published.of_territory(territory), key=lambda o: wave_order(o.wave)):
            if o.reading is Reading.PRINCIPALE:
                figures.setdefault(o.indicator_id, {})[o.wave] = build_figure(o, self._published)
        return figures

    def _results(self) -> list[Indicator]:
        """List the indicators that are results, not descriptions of a sample."""
        return [i for i in self._published.catalogue.values() if i.usage is Usage.RESULTAT]

    def comparison(self, indicator: Indicator) -> Comparison:
        """Put the territory's latest figure beside France's of the same wave."""
        local = _last(self._local.get(indicator.indicator_id, {}))
        national = self._national.get(indicator.indicator_id, {})
        return Comparison(indicator, local, national.get(local.wave) if local else _last(national))

    def local(self, nature: Nature) -> tuple[Comparison, ...]:
        return tuple(line for line in self.all_of(nature) if line.local)

    def all_of(self, nature: Nature) -> tuple[Comparison, ...]:
        chosen = [i for i in self._results() if i.nature is nature]
        return tuple(self.comparison(indicator) for indicator in chosen)

    def national(self, theme: str) -> tuple[Comparison, ...]:
        chosen = [i for i in self._results() if i.theme == theme]
        lines = [self.comparison(indicator) for indicator in chosen]
        return tuple(line for line in lines if line.national or line.local)

    def domain_line(self, domain_id: str, label: str) -> DomainLine:
        related = [indicator for indicator in self._results() if domain_id in indicator.domain_ids]
        lines = [self.comparison(indicator) for indicator in related]
        known = [line for line in lines if line.local or line.national]
        return DomainLine(
            label,
            tuple(line for line in known if line.indicator.nature is Nature.ENQUETE),
            tuple(line for line in known if line.indicator.nature is Nature.CONTEXTE),
        )


def _last(figures: Mapping[str, Figure]) -> Figure | None:
    return list(figures.values())[-1] if figures else None


def _profile(territory: Territory, published: Published) -> Profile:
    def values(of: TerritoryId) -> dict[str, float]:
        return {o.indicator_id: o.value for o in published.of_territory(of) if o.value is not None}

    own, national = values(territory.id), values(FRANCE)
    sizes = tuple(
        SizeShare(
            label,
            int(own[f"{key}_nombre"]),
            float(own[f"{key}_part"]),
            float(national[f"{key}_part"]),
        )
        for key, label in SIZE_CLASSES
    )
    figures = _Figures(published, territory.id)
    names = ("communes_nombre", "population_municipale", "commune_population_mediane")
    epci = ("epci_nombre", "epci_metropole_nombre", "epci_cu_nombre", "epci_ca_nombre")
    chosen = (*names, *epci, "epci_cc_nombre")
    return Profile(
        territory, sizes, tuple(figures.comparison(published.catalogue[i]) for i in chosen)
    )


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
