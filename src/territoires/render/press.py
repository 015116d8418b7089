"""Everything that leaves the screen for one map or one territory, from one set of data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.atlas import Progress, build_atlas
from territoires.render.catalyst_map import level_of_map
from territoires.render.drawn_actors import draw_catalysts
from territoires.render.drawn_layers import with_actors, with_circles
from territoires.render.drawn_map import DrawnMap, build_drawn_map, read_drawing_of
from territoires.render.exported import export_map, export_portrait, to_file
from territoires.render.fiche import build_fiche
from territoires.render.fiche_map import locator_codes, to_locator, to_sheet_map
from territoires.render.fiche_sheet import Sheet, page_address
from territoires.render.file_names import Form
from territoires.render.qr import LOCAL_ADDRESS
from territoires.render.slides import (
    build_slides,
    catalyst_slides,
    map_slides,
    read_slide_drawing,
    territory_deck,
)
from territoires.render.slides.deck import Slide
from territoires.render.slides.maps import MAX_SHAPES
from territoires.tables.drawings import Drawing, read_drawing, thin
from territoires.tables.published import Published
from territoires.views.actors import (
    ActorPoint,
    list_actors_inside,
    place_actors,
    sources_of_actors,
)
from territoires.views.catalyst_index import CatalystIndex, build_catalyst_index
from territoires.views.catalyst_list import CatalystsView
from territoires.views.catalyst_places import build_actor_places
from territoires.views.citation import (
    Citation,
    Taken,
    cite_catalysts,
    cite_map,
    with_boundaries,
)
from territoires.views.fiche_map import choose_fiche_map
from territoires.views.limits import Layer
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

    @cached_property
    def _kept(self) -> dict[tuple[Level, str], Drawing]:
        return {}

    @cached_property
    def departements(self) -> Drawing:
        """Give the outlines of the départements, thin: they only say where a place is."""
        return thin(read_drawing(Level.DEPARTEMENT))

    @cached_property
    def catalyst_index(self) -> CatalystIndex:
        """Give what the directory of actors is searched with."""
        places = build_actor_places(self.published, self.directory)
        return build_catalyst_index(self.published, self.directory, places)

    def map_view(self, selection: Selection) -> MapView:
        """Give the view of a map."""
        seen = replace(selection, territory=None)
        return build_map_view(seen, self.published, self.directory, self.names)

    def portrait(self, territory: TerritoryId) -> Portrait:
        """Give the portrait of a territory."""
        return self.portraits.build(territory)

    def cite_drawn(
        self, view: MapView, actors: Sequence[ActorPoint] = (), people: MapView | None = None
    ) -> Citation:
        """Cite a map with its outlines and all that stands over its values."""
        beside = [*(people.sources if people else ()), *sources_of_actors(actors, self.published)]
        return cite_map(view, self.taken, boundaries=True, beside=beside)

    def drawn(
        self,
        view: MapView,
        selected: TerritoryId | None,
        *,
        actors: Sequence[ActorPoint] = (),
        people: MapView | None = None,
        is_thin: bool = False,
    ) -> DrawnMap:
        """Draw a map with how it is cited and under what terms.

        Parameters
        ----------
        actors
            Those that stand on it.
        people
            The view of a count of the same parts, drawn as circles over the colours.
        is_thin
            Whether its shapes are to be edited one by one.
        """
        drawn = self._bare(view, selected, is_thin=is_thin)
        if people:
            drawn = with_circles(drawn, self._bare(people, None, is_thin=is_thin))
        if actors:
            drawn = with_actors(drawn, actors, self.published)
        return _cited(drawn, self.cite_drawn(view, actors, people))

    def _bare(self, view: MapView, selected: TerritoryId | None, *, is_thin: bool) -> DrawnMap:
        zonings = self.published.zonings
        drawing = self._thin(view) if is_thin else read_drawing_of(view, zonings)
        return build_drawn_map(view, drawing, selected=selected)

    def actors_on(self, view: MapView) -> tuple[ActorPoint, ...]:
        """Give the actors that stand on a map."""
        placed = place_actors(self.published, self.directory)
        if view.within is None:
            return placed
        layer = Layer(view.level, view.zoning)
        inside = list_actors_inside(self.published, self.directory, layer, view.within)
        known = {actor.actor_id for actor in inside}
        return tuple(point for point in placed if point.actor_id in known)

    def drawn_actors(self, view: CatalystsView, *, is_thin: bool = False) -> DrawnMap:
        """Draw the map of the directory of actors, with how it is cited and under what terms."""
        drawing = read_drawing(level_of_map(view))
        drawing = thin(drawing) if is_thin else drawing
        points = self.catalyst_index.points
        drawn = draw_catalysts(view, points, self.published, self.directory, drawing)
        return _cited(drawn, with_boundaries(cite_catalysts(view, self.published, self.taken)))

    def actor_slides(self, view: CatalystsView) -> tuple[Slide, ...]:
        """Show the actors found: their map, where some have a place, then the first of the list."""
        cited = cite_catalysts(view, self.published, self.taken)
        listed = catalyst_slides(view, self.published, notes=cited.notes)
        if not view.placed:
            return listed
        # Both are of one list: its map, then its first lines.
        listed = tuple(replace(slide, title=f"{cited.title} : la liste") for slide in listed)
        return (*map_slides(self.drawn_actors(view, is_thin=True)), *listed)

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

    def sheet(self, portrait: Portrait, answers: str = "", base_url: str = LOCAL_ADDRESS) -> Sheet:
        """Gather the two pages of a territory; phones read of them where its page is."""
        place = portrait.territory
        selection = choose_fiche_map(portrait, self.published)
        drawn = self._selected(selection) if selection else None
        codes = locator_codes(place)
        return Sheet(
            portrait=portrait,
            steps=build_portrait_steps(portrait, self.published.kit, answers),
            published=self.published,
            address=page_address(place.id, portrait.dataset, base_url, answers=answers),
            taken=self.taken,
            map=to_sheet_map(drawn) if drawn else None,
            locator_svg=to_locator(self.departements, codes) if codes else "",
        )

    def fiche(self, portrait: Portrait, answers: str = "", base_url: str = LOCAL_ADDRESS) -> bytes:
        """Make the two-page sheet of a territory (PDF)."""
        return build_fiche(self.sheet(portrait, answers, base_url))

    def slides(self, portrait: Portrait, answers: str = "") -> bytes:
        """Make the slides of a territory (PPTX)."""
        selection = choose_fiche_map(portrait, self.published)
        drawn = self._selected(selection, is_thin=True) if selection else None
        steps = build_portrait_steps(portrait, self.published.kit, answers)
        return build_slides(territory_deck(portrait, self.published, steps, self.taken, drawn))

    def atlas(
        self,
        places: Sequence[TerritoryId],
        title: str,
        progress: Progress = lambda *_: True,
        base_url: str = LOCAL_ADDRESS,
    ) -> bytes | None:
        """Make the sheets of many territories in one document; None once asked to stop."""
        sheets = (self.sheet(self.portraits.build(one), base_url=base_url) for one in places)
        return build_atlas(sheets, len(places), title=title, progress=progress)

    def _selected(self, selection: Selection, *, is_thin: bool = False) -> DrawnMap:
        view = self.map_view(selection)
        return self.drawn(view, selection.territory, is_thin=is_thin)


def _cited(drawn: DrawnMap, cited: Citation) -> DrawnMap:
    return replace(drawn, sources=cited.sources, citation=cited.line, licence=cited.licence)
