"""Everything that leaves the screen for one map or one territory, from one set of data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.atlas import Progress, build_atlas
from territoires.render.drawn_map import DrawnMap, build_drawn_map, read_drawing_of
from territoires.render.exported import export_map, export_portrait, to_file
from territoires.render.fiche import build_fiche
from territoires.render.fiche_map import locator_codes, to_locator, to_sheet_map
from territoires.render.fiche_sheet import LOCAL_ADDRESS, Sheet, page_address
from territoires.render.file_names import Form
from territoires.render.slides import build_slides, read_slide_drawing, territory_deck
from territoires.render.slides.maps import MAX_SHAPES
from territoires.tables.drawings import Drawing, read_drawing, thin
from territoires.tables.published import Published
from territoires.views.citation import Taken, cite_map
from territoires.views.fiche_map import choose_fiche_map
from territoires.views.map_view import MapView, build_map_view
from territoires.views.portrait import Portrait, Portraits
from territoires.views.portrait_steps import build_portrait_steps


@dataclass(frozen=True)
class Press:
    """What files are made from: a set of data, its territories, the day and version it is of."""

    published: Published
    directory: Directory
    names: Mapping[TerritoryId, NameForms]
    portraits: Portraits
    taken: Taken
    base_url: str = LOCAL_ADDRESS

    @cached_property
    def _kept(self) -> dict[tuple[Level, str], Drawing]:
        return {}

    @cached_property
    def departements(self) -> Drawing:
        """Give the outlines of the départements, thin: they only say where a place is."""
        return thin(read_drawing(Level.DEPARTEMENT))

    def map_view(self, selection: Selection) -> MapView:
        """Give the view of a map."""
        seen = replace(selection, territory=None)
        return build_map_view(seen, self.published, self.directory, self.names)

    def drawn(
        self, view: MapView, selected: TerritoryId | None, *, is_thin: bool = False
    ) -> DrawnMap:
        """Draw a map with its citation; thin, its shapes can be edited one by one."""
        zonings = self.published.zonings
        drawing = self._thin(view) if is_thin else read_drawing_of(view, zonings)
        drawn = build_drawn_map(view, drawing, selected=selected)
        return replace(drawn, citation=cite_map(view, self.taken, boundaries=True).line)

    def _thin(self, view: MapView) -> Drawing:
        """Give the outlines of a slide; those of a level are kept, as many slides show them."""
        zonings = self.published.zonings
        if view.level is Level.COMMUNE or len(view.rows) > MAX_SHAPES:
            return read_slide_drawing(view, zonings)
        key = view.level, view.zoning
        if key not in self._kept:
            self._kept[key] = read_slide_drawing(view, zonings)
        return self._kept[key]

    def map_file(self, view: MapView, form: Form, selected: TerritoryId | None = None) -> bytes:
        """Make the file of a map."""
        return to_file(export_map(self, view, selected), form, self)

    def portrait_data(self, portrait: Portrait, form: Form) -> bytes:
        """Make the file of a territory's figures."""
        return to_file(export_portrait(self, portrait), form, self)

    def sheet(self, portrait: Portrait, answers: str = "") -> Sheet:
        """Gather the two pages of a territory."""
        place = portrait.territory
        selection = choose_fiche_map(portrait, self.published)
        drawn = self._selected(selection) if selection else None
        codes = locator_codes(place)
        return Sheet(
            portrait=portrait,
            steps=build_portrait_steps(portrait, self.published.kit, answers),
            published=self.published,
            address=page_address(place.id, portrait.dataset, self.base_url, answers=answers),
            taken=self.taken,
            map=to_sheet_map(drawn) if drawn else None,
            locator_svg=to_locator(self.departements, codes) if codes else "",
        )

    def fiche(self, portrait: Portrait, answers: str = "") -> bytes:
        """Make the two-page sheet of a territory (PDF)."""
        return build_fiche(self.sheet(portrait, answers))

    def slides(self, portrait: Portrait, answers: str = "") -> bytes:
        """Make the slides of a territory (PPTX)."""
        selection = choose_fiche_map(portrait, self.published)
        drawn = self._selected(selection, is_thin=True) if selection else None
        steps = build_portrait_steps(portrait, self.published.kit, answers)
        return build_slides(territory_deck(portrait, self.published, steps, self.taken, drawn))

    def atlas(
        self, places: Sequence[TerritoryId], title: str, progress: Progress = lambda *_: True
    ) -> bytes | None:
        """Make the sheets of many territories in one document; None once asked to stop."""
        return build_atlas(self._sheets(places), len(places), title=title, progress=progress)

    def _sheets(self, places: Sequence[TerritoryId]) -> Iterator[Sheet]:
        for place in places:
            yield self.sheet(self.portraits.build(place))

    def _selected(self, selection: Selection, *, is_thin: bool = False) -> DrawnMap:
        view = self.map_view(selection)
        return self.drawn(view, selection.territory, is_thin=is_thin)
