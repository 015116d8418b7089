"""The answer to the home page's questions: the national figures, what is published, what is not."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.indicators import Indicator, Nature
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure, national_figure

_SURVEYS = "Enquêtes de l’Observatoire des partenariats"
_SURVEY_LABELS = {
    Dataset.PUBLIE: _SURVEYS,
    Dataset.DEMONSTRATION: "Enquête simulée",
    Dataset.BROUILLON: _SURVEYS,
}


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A national figure with its indicator."""

    indicator: Indicator
    figure: Figure


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """What is shown of one kind of figures: how many, for how many régions."""

    label: str
    nature: Nature
    indicators: int
    figures: int
    regions: int
    region_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page is drawn from."""

    dataset: Dataset
    key_figures: tuple[KeyFigure, ...]
    coverage: tuple[CoverageLine, ...]
    regions: int
    regions_without_survey: tuple[str, ...]
    unavailable: int
    #: Known figures that statistical secrecy hides.
    hidden: int
    catalysts: int
    #: Of which drawn as points; the others are known by their département or région only.
    placed: int
    is_list_exhaustive: bool


def build_home_view(published: Published, directory: Directory) -> HomeView:
    """Gather the main national figures of a set of data and count what it holds at all."""
    edition = EDITIONS[published.dataset]
    regions = directory.of_level(Level.REGION)
    coverage = tuple(
        _coverage(label, nature, published, directory)
        for label, nature in (
            (_SURVEY_LABELS[published.dataset], Nature.ENQUETE),
            ("Contexte socio-économique (Insee)", Nature.CONTEXTE),
            ("Profil des collectivités (COG 2026)", Nature.COG),
        )
    )
    surveyed = set(coverage[0].region_names)
    keys = (_key_figure(name, edition.key_wave, published) for name in edition.key_indicators)
    return HomeView(
        dataset=published.dataset,
        key_figures=tuple(key for key in keys if key is not None),
        coverage=coverage,
        regions=len(regions),
        regions_without_survey=tuple(r.name for r in regions if r.name not in surveyed),
        unavailable=len(published.unavailable),
        hidden=sum(o.suppression is not None for o in published.observations),
        catalysts=len(published.catalysts),
        placed=sum(catalyst.is_point for catalyst in published.catalysts),
        is_list_exhaustive=published.lists["catalysts"].exhaustive,
    )


def _key_figure(indicator_id: str, wave: str, published: Published) -> KeyFigure | None:
    """Give a main figure; a draft may have taken it away."""
    if published.dataset is Dataset.BROUILLON and indicator_id not in published.catalogue:
        return None
    indicator = published.indicator(indicator_id)
    figure = national_figure(published, indicator, wave)
    return KeyFigure(indicator, figure) if figure else None


def _coverage(
    label: str, nature: Nature, published: Published, directory: Directory
) -> CoverageLine:
    chosen = {i.indicator_id for i in published.catalogue.values() if i.nature is nature}
    figures = [
        o for o in published.observations if o.indicator_id in chosen and o.suppression is None
    ]
    codes = {o.code for o in figures if o.level is Level.REGION}
    names = tuple(r.name for r in directory.of_level(Level.REGION) if r.id.code in codes)
    return CoverageLine(label, nature, len(chosen), len(figures), len(codes), names)
