"""The answer to the territory page's question: how one territory stands, as far as published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from territoires.domain.directory import Directory, Territory
from territoires.domain.indicators import Indicator, Nature
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.catalyst_places import build_actor_places
from territoires.views.catalysts import Nearby, nearest_actors
from territoires.views.datasets import is_simulated_set
from territoires.views.evolution import Evolution, build_evolution
from territoires.views.groupings import GroupedFigure, build_groupings
from territoires.views.maturity import Maturity, build_maturity
from territoires.views.portrait_brief import Answer, answer_actors, answer_maturity, answer_weight
from territoires.views.portrait_domains import Domains, build_domains
from territoires.views.portrait_figures import (
    Comparison,
    FiguresByWave,
    Holder,
    TerritoryFigures,
    figures_by_wave,
    national_landmarks,
)
from territoires.views.portrait_missing import list_missing
from territoires.views.portrait_places import POPULATION, Place, build_place
from territoires.views.portrait_profile import Profile, build_profile
from territoires.views.portrait_sentence import PortraitFacts, say_caveat, say_portrait
from territoires.views.portrait_weight import Weight, build_weight
from territoires.views.roles import Roles, build_roles

#: Levels whose figures many territories share.
_SHARED = (Level.REGION, Level.DEPARTEMENT)
#: How a finer territory with figures of its own is written: no form of its name is known.
_FORMS = {
    Level.EPCI: NameForms("l’intercommunalité", "de l’intercommunalité", "dans l’intercommunalité"),
    Level.COMMUNE: NameForms("la commune", "de la commune", "dans la commune"),
}
PROFILES_KEPT = 256


@dataclass(frozen=True, slots=True)
class Shared:
    """What all the territories of a département, or of a région, have in common.

    One that has no survey figure of its own shows those of the nearest wider one, named as such.
    Nothing is interpolated. A commune or an EPCI with figures of its own shares with nobody.
    """

    surveys: tuple[Comparison, ...]
    context: tuple[Comparison, ...]
    maturity: Maturity
    roles: Roles
    evolution: Evolution
    domains: Domains
    weight: Weight
    groupings: tuple[GroupedFigure, ...]
    #: The main figures of France, for those that have no survey figure of their own.
    landmarks: tuple[Comparison, ...]

    @property
    def has_hidden_domains(self) -> bool:
        """Tell whether too few answered for what they say of the domains to be told."""
        perceived = (one for line in self.domains.lines for one in line.perceived)
        return any(one.local and one.local.suppression for one in perceived)

    @property
    def maturity_lines(self) -> tuple[Comparison, ...]:
        """List the figures of the maturity: the other readings, then the rungs of the ladder."""
        rungs = (rung.line for rung in self.maturity.rungs if rung.line)
        return (*self.maturity.readings, *rungs)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A territory's page: its place in the hierarchy and what is published about it."""

    dataset: Dataset
    place: Place
    region: Territory | None
    #: How the région is written in a sentence.
    region_forms: NameForms | None
    shared: Shared
    #: Its inhabitants; None where no population is known.
    population: Comparison | None
    profile: Profile | None
    nearby: Nearby
    answers: tuple[Answer, ...]
    sentence: str
    sentence_caveat: str
    #: What is not known of it, in French.
    missing: tuple[str, ...]

    @property
    def territory(self) -> Territory:
        """Give the territory itself."""
        return self.place.territory


class Portraits:
    """Builds portraits; what many territories share is computed once and kept."""

    def __init__(
        self,
        published: Published,
        directory: Directory,
        names: Mapping[TerritoryId, NameForms],
    ) -> None:
        self._published = published
        self._directory = directory
        self._names = names
        self._places = build_actor_places(published, directory)
        self._actors = Counter(actor.region_code for actor in published.catalysts)
        self._national = figures_by_wave(published, FRANCE)
        self._shared: dict[tuple[TerritoryId, ...], Shared] = {}
        self._told = _told_at(published)
        #: Those of the EPCI, asked for by each of their communes; there are too many to keep all.
        self._profile_of = lru_cache(maxsize=PROFILES_KEPT)(self._build_profile)

    def build(self, territory_id: TerritoryId) -> Portrait:
        """Gather what is published about a territory and the wider ones it lies in.

        Raises
        ------
        UnknownTerritoryError
            When the directory does not hold it.
        """
        published, directory = self._published, self._directory
        place = build_place(territory_id, directory)
        region = directory.region_of(territory_id)
        region_forms = self._names[region.id] if region else None
        shared = self._share(place, region)
        nearby = nearest_actors(published, directory, territory_id, places=self._places)
        exhaustive = published.lists["catalysts"].exhaustive
        facts = PortraitFacts(
            dataset=published.dataset,
            territory=place.territory,
            region=region,
            region_forms=region_forms,
            lines=shared.surveys,
            actors=self._actors[region.id.code] if region else len(nearby.inside),
            is_list_exhaustive=exhaustive,
        )
        return Portrait(
            dataset=published.dataset,
            place=place,
            region=region,
            region_forms=region_forms,
            shared=shared,
            population=self._population(place.territory),
            profile=self._profile(place),
            nearby=nearby,
            answers=(
                answer_weight(
                    shared.weight,
                    region_forms.en if region_forms else "",
                    territory_id,
                    is_hidden=shared.has_hidden_domains,
                ),
                answer_maturity(
                    shared.maturity_lines,
                    region_forms.en if region_forms else "",
                    territory_id,
                ),
                answer_actors(
                    nearby,
                    territory_id.level,
                    is_exhaustive=exhaustive,
                    is_simulated=is_simulated_set(published.dataset),
                ),
            ),
            sentence=say_portrait(facts),
            sentence_caveat=say_caveat(shared.surveys, published.dataset),
            missing=list_missing(
                place,
                region_forms,
                surveys=shared.surveys,
                context=shared.context,
                domains=shared.domains,
                maturity=shared.maturity_lines,
                evolution=shared.evolution,
                dataset=published.dataset,
                is_list_exhaustive=exhaustive,
            ),
        )

    def _share(self, place: Place, region: Territory | None) -> Shared:
        """Give what the territory shares with the others that its figures come from."""
        nearest = (place.territory, *reversed(place.ancestors))
        holders = [
            Holder(t, self._names.get(t.id) or _FORMS.get(t.id.level))
            for t in nearest
            if t.id.level in _SHARED or self._has_own(t.id)
        ]
        key = tuple(holder.territory.id for holder in holders)
        if key in self._shared:
            return self._shared[key]
        shared = _build_shared(self._published, holders, region, self._national)
        # There are too many communes to keep what is their own.
        if all(territory.level in _SHARED for territory in key):
            self._shared[key] = shared
        return shared

    def _has_own(self, territory: TerritoryId) -> bool:
        """Tell whether an EPCI or a commune has figures that were published for it."""
        names = self._told.get(territory.level, frozenset())
        return bool(names) and any(
            figure.indicator_id in names for figure in self._published.of_territory(territory)
        )

    def _population(self, territory: Territory) -> Comparison | None:
        """Give the inhabitants, with where their number comes from."""
        if POPULATION not in self._published.catalogue:
            return None
        figures = TerritoryFigures(self._published, [Holder(territory)], self._national)
        found = figures.comparison(self._published.catalogue[POPULATION])
        return found if found.local else None

    def _profile(self, place: Place) -> Profile | None:
        """Give the profile of the territory, else that of the nearest wider one that has one."""
        nearest = (place.territory, *reversed(place.ancestors))
        for territory in nearest if place.territory.region_code else nearest[:1]:
            if profile := self._profile_of(territory.id):
                return profile
        return None

    def _build_profile(self, territory_id: TerritoryId) -> Profile | None:
        territory = self._directory.get(territory_id)
        return build_profile(territory, self._published, self._national)


def _build_shared(
    published: Published,
    holders: Sequence[Holder],
    region: Territory | None,
    national: FiguresByWave,
) -> Shared:
    figures = TerritoryFigures(published, holders, national)
    context = figures.lines(lambda indicator: indicator.nature is Nature.CONTEXTE)
    domains = build_domains(published, figures)
    ids = dict(zip(published.domains["label"], published.domains["domain_id"], strict=True))
    return Shared(
        surveys=tuple(line for line in figures.lines(_is_survey) if line.local),
        context=context,
        maturity=build_maturity(published, figures),
        roles=build_roles(published, figures),
        evolution=build_evolution(published, holders),
        domains=domains,
        weight=build_weight(domains, context, ids),
        groupings=build_groupings(published, region),
        landmarks=national_landmarks(published),
    )


def _told_at(published: Published) -> Mapping[Level, frozenset[str]]:
    """List the indicators published at each finer level; those of the COG are counted here."""
    told = [name for name, one in published.catalogue.items() if one.nature is not Nature.COG]
    return {
        level: frozenset(name for name in told if published.of_indicator(name, level))
        for level in _FORMS
    }


def _is_survey(indicator: Indicator) -> bool:
    return indicator.nature is Nature.ENQUETE
