"""Figures of a territory beside France's: its own, else those of the wider territory it lies in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from territoires.analysis.significance import Flag, differs_from
from territoires.domain.directory import Territory
from territoires.domain.indicators import Indicator, Reading, Usage, wave_order
from territoires.domain.names import NameForms
from territoires.domain.territories import FRANCE, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.figure import (
    Figure,
    build_figure,
    has_sampling_error,
    is_same_statement,
    national_figure,
)

#: Figures of one territory: by indicator, then by wave, latest last.
FiguresByWave = Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Holder:
    """A territory that may have figures of its own, and how it is written in a sentence."""

    territory: Territory
    forms: NameForms | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """An indicator with a territory's figure beside France's, either possibly unpublished.

    ``holder`` is the territory whose figure it is. ``difference`` is None where there is nothing
    to test: no figure of France of the same wave, no sample, a hidden figure.
    """

    indicator: Indicator
    local: Figure | None
    national: Figure | None
    holder: Holder | None = None
    difference: Flag | None = None


class TerritoryFigures:
    """The main reading of each indicator, for some territories (nearest first) and for France."""

    def __init__(
        self,
        published: Published,
        holders: Sequence[Holder],
        national: FiguresByWave | None = None,
    ) -> None:
        """Read the figures of the holders; ``national`` spares those of France, read before."""
        self._published = published
        self._local = [(one, figures_by_wave(published, one.territory.id)) for one in holders]
        self._national = national or figures_by_wave(published, FRANCE)

    def comparison(self, indicator: Indicator) -> Comparison:
        """Put the nearest territory's latest figure beside France's of the same wave."""
        national = self._national.get(indicator.indicator_id, {})
        for holder, figures in self._local:
            if local := _last(figures.get(indicator.indicator_id, {})):
                beside = national.get(local.wave)
                flag = self._difference(indicator, holder.territory.id, local, beside)
                return Comparison(indicator, local, beside, holder, flag)
        return Comparison(indicator, None, _last(national))

    def lines(self, wanted: Callable[[Indicator], bool]) -> tuple[Comparison, ...]:
        """Compare the results (not what describes a sample) that are wanted, published or not."""
        results = (i for i in self._published.catalogue.values() if i.usage is Usage.RESULTAT)
        return tuple(self.comparison(indicator) for indicator in results if wanted(indicator))

    def _difference(
        self,
        indicator: Indicator,
        territory: TerritoryId,
        local: Figure,
        national: Figure | None,
    ) -> Flag | None:
        """Test as the map of the same level does, so that both pages give the same verdict."""
        if local.value is None or national is None or national.value is None:
            return None
        if not has_sampling_error(indicator):
            return None
        figures = [
            o
            for o in self._published.of_indicator(indicator.indicator_id, territory.level)
            if o.wave == local.wave and o.reading is Reading.PRINCIPALE
        ]
        statements = {o.statement for o in figures}
        if not all(is_same_statement(words, national.statement) for words in statements):
            return Flag.INCONNU
        tested = sum(o.value is not None and o.respondents is not None for o in figures)
        return differs_from(
            national.value,
            local.value,
            local.respondents,
            local.deff or 1.0,
            comparisons=max(1, tested),
        ).flag


def national_landmarks(published: Published) -> tuple[Comparison, ...]:
    """Give the main figures of France: a landmark, no estimate of any territory's own."""
    edition = EDITIONS[published.dataset]
    known = [published.catalogue[n] for n in edition.key_indicators if n in published.catalogue]
    found = ((one, national_figure(published, one, edition.key_wave)) for one in known)
    return tuple(Comparison(one, None, figure) for one, figure in found if figure)


def figures_by_wave(published: Published, territory: TerritoryId) -> FiguresByWave:
    """Give the figures of a territory by indicator then wave, latest wave last."""
    figures: dict[str, dict[str, Figure]] = {}
    for o in sorted(published.of_territory(territory), key=lambda o: wave_order(o.wave)):
        if o.reading is Reading.PRINCIPALE:
            figures.setdefault(o.indicator_id, {})[o.wave] = build_figure(o, published)
    return figures


def _last(figures: Mapping[str, Figure]) -> Figure | None:
    return list(figures.values())[-1] if figures else None
