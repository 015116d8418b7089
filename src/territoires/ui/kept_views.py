"""The views of a set of data as the application keeps them in memory, for the steps of a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import TerritoryId
from territoires.tables.published import Published
from territoires.ui import cache, link
from territoires.views.catalyst_index import CatalystIndex
from territoires.views.map_view import MapView
from territoires.views.portrait import Portrait


@dataclass(frozen=True, slots=True)
class KeptViews:
    """What ``render.story_views.Views`` asks for, from the cache."""

    dataset: Dataset

    @property
    def published(self) -> Published:
        """Give the set of data."""
        return cache.published(self.dataset)

    @property
    def directory(self) -> Directory:
        """Give its territories."""
        return cache.directory(self.dataset)

    @property
    def names(self) -> Mapping[TerritoryId, NameForms]:
        """Give the names of territories in a sentence."""
        return cache.names()

    @property
    def catalyst_index(self) -> CatalystIndex:
        """Give what its directory of actors is searched with."""
        return cache.catalyst_index(self.dataset)

    def map_view(self, selection: Selection) -> MapView:
        """Give the view of a map."""
        return cache.map_view(selection)

    def portrait(self, territory: TerritoryId) -> Portrait:
        """Give the portrait of a territory."""
        return cache.portrait(self.dataset, territory)


def views_of(params: Mapping[str, str]) -> KeptViews:
    """Give the views of the set of data that the parameters of a link ask for."""
    return KeptViews(link.read_dataset(params))
