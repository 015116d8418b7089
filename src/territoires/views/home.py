"""The answer to the home page's questions: the national figures, what is published, what is not."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.indicators import Indicator, Nature, Reading
from territoires.domain.territories import FRANCE, Level
from territoires.tables.published import Published
from territoires.views.figure import Figure, build_figure

#: The four results of the 2020 survey of mayors (IMPACT-Élus locaux), as the kit presents them.
KEY_INDICATORS = (
    "devoir_alliance_maires",
    "utilite_collectif_fragilites_maires",
    "utilite_collectif_developpement_maires",
    "mandat_jouer_collectif_maires",
)
KEY_WAVE = "2020-11"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A national figure with its indicator."""

    indicator: Indicator
    figure: Figure


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """What is published of one kind of figures: how many, for how many régions."""

    label: str
    indicators: int
    figures: int
    regions: int
    region_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page is drawn from."""

    key_figures: tuple[KeyFigure, ...]
    coverage: tuple[CoverageLine, ...]
    regions: int
    regions_without_survey: tuple[str, ...]
    unavailable: int
    catalysts: int
    #: Of which drawn as points; the others are known by their département or région only.
    placed: int


def build_home_view(published: Published, directory: Directory) -> HomeView:
    """Gather the national figures of 2020 and count what is published at all."""
    regions = directory.of_level(Level.REGION)
    coverage = tuple(
        _coverage(label, nature, published, directory)
        for label, nature in (
            ("Enquêtes de l’Observatoire des partenariats", Nature.ENQUETE),
            ("Contexte socio-économique (Insee)", Nature.CONTEXTE),
            ("Profil des collectivités (COG 2026)", Nature.COG),
        )
    )
    surveyed = set(coverage[0].region_names)
    return HomeView(
        key_figures=tuple(
            key for name in KEY_INDICATORS if (key := _key_figure(name, published)) is not None
        ),
        coverage=coverage,
        regions=len(regions),
        regions_without_survey=tuple(r.name for r in regions if r.name not in surveyed),
        unavailable=len(published.unavailable),
        catalysts=len(published.catalysts),
        placed=sum(catalyst.is_point for catalyst in published.catalysts),
    )


def _key_figure(indicator_id: str, published: Published) -> KeyFigure | None:
    indicator = published.indicator(indicator_id)
    for observation in published.of_indicator(indicator_id, FRANCE.level):
        if observation.wave == KEY_WAVE and observation.reading is Reading.PRINCIPALE:
            return KeyFigure(indicator, build_figure(observation, published))
    return None


def _coverage(
    label: str, nature: Nature, published: Published, directory: Directory
) -> CoverageLine:
    chosen = {i.indicator_id for i in published.catalogue.values() if i.nature is nature}
    figures = [o for o in published.observations if o.indicator_id in chosen]
    codes = {o.code for o in figures if o.level is Level.REGION}
    names = tuple(r.name for r in directory.of_level(Level.REGION) if r.id.code in codes)
    return CoverageLine(label, len(chosen), len(figures), len(codes), names)
