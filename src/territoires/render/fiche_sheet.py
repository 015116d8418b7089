"""What a sheet is made of: a portrait, its map, where its page is, when it was made."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.indicators import Source
from territoires.domain.selection import Dataset
from territoires.domain.territories import TerritoryId
from territoires.render import html
from territoires.render.qr import LOCAL_ADDRESS, is_only_here
from territoires.tables.published import Published
from territoires.views.citation import Taken
from territoires.views.next_steps import NextSteps
from territoires.views.portrait import Portrait


@dataclass(frozen=True, slots=True)
class MapKey:
    """A line of the map's legend: its swatch, a small SVG, and what it means.

    ``size_px`` is the height of the swatch on the scale of the map (a circle's); else 0.
    """

    swatch_svg: str
    label: str
    size_px: float = 0.0


@dataclass(frozen=True, slots=True)
class SheetMap:
    """A map as a sheet shows it: the drawing alone (its size in pixels), its words, its legend."""

    svg: str
    width_px: float
    height_px: float
    title: str
    alt: str
    legend_title: str
    legend: tuple[MapKey, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The two pages of a territory.

    ``address`` is that of its page; ``taken`` tells the day and the version of the data.
    ``published`` gives names only: kinds of actors, what is said of the list.
    """

    portrait: Portrait
    steps: NextSteps
    published: Published
    address: str
    taken: Taken
    map: SheetMap | None = None
    locator_svg: str = ""

    @property
    def is_local(self) -> bool:
        """Tell whether the address opens on this machine alone."""
        return is_only_here(self.address)


def page_address(
    territory: TerritoryId, dataset: Dataset, base_url: str = LOCAL_ADDRESS, *, answers: str = ""
) -> str:
    """Give the full address of a territory's page, for a code that a phone reads.

    ``answers`` are those of the self-assessment that the next steps come from.
    """
    params = {"territoire": str(territory)}
    if dataset is not Dataset.PUBLIE:
        params["jeu"] = dataset.value
    if answers:
        params["reponses"] = answers
    return base_url.rstrip("/") + html.page_url("territoire", params)
